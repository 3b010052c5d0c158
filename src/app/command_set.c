#include <math.h>

#include "app_internal.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/typed.h"
#include "step_internal.h"

/* :set KEY VALUE, for every knob of the scenario. What is typed takes effect at once. */

bool knob_show(struct buf *out, const struct knob *knob, struct text value,
               struct number_style style)
{
    struct number_seen seen = {.value = NAN};
    if (knob->kind == KNOB_NUMBER)
        number_parse(value, number_style_plain, &seen);
    if (!isnan(seen.value))
        typed_show(out, knob->unit, seen.value, style);
    else if (value.length > 0)
        buf_add_text(out, value);
    else
        buf_add_string(out, knob->group ? "various" : "none");
    return !isnan(seen.value);
}

static bool is_money(const struct knob *knob)
{
    return knob->unit == UNIT_MONEY || knob->unit == UNIT_UNIT_COST;
}

static void show_with_unit(const struct model *model, const struct knob *knob, struct text value,
                           struct buf *out)
{
    if (knob_show(out, knob, value, model->style) && is_money(knob))
        buf_addf(out, " %s", currencies[model->scenario.currency].code);
}

/* Returns whether it is the user's. */
static bool show_now(const struct model *model, const struct knob *knob, struct buf *out)
{
    struct buf value = BUF_INIT;
    bool own = scenario_knob_get(&model->scenario, text_of(knob->key), &value);
    show_with_unit(model, knob, buf_text(&value), out);
    buf_release(&value);
    return own;
}

static void show_standard(const struct model *model, const struct knob *knob, struct buf *out)
{
    struct scenario fresh;
    struct buf value = BUF_INIT;
    scenario_init(&fresh);
    scenario_knob_get(&fresh, text_of(knob->key), &value);
    knob_show(out, knob, buf_text(&value), model->style);
    buf_release(&value);
}

/* "KEY VALUE" or "KEY=VALUE". */
struct words {
    struct text key, value;
    bool open; /* the key is still typed */
};

static struct words words_of(struct text typed)
{
    struct words words = {.open = true};
    while (text_starts(typed, " "))
        typed = text_part(typed, 1, typed.length);
    size_t end = 0;
    while (end < typed.length && typed.at[end] != ' ' && typed.at[end] != '=')
        end++;
    words.key = text_part(typed, 0, end);
    words.open = end == typed.length;
    words.value = text_trim(text_part(typed, end + !words.open, typed.length));
    return words;
}

static bool is_default(struct text value)
{
    return text_equal_ascii_case(value, TEXT("default")) ||
           text_equal_ascii_case(value, TEXT("reset"));
}

static bool unknown_key(struct model *model, struct text key)
{
    return knob_unknown(key, &model->line_error);
}

/* offering */

static int key_match(const struct knob *knob, struct text typed)
{
    int key = match_text(typed, text_of(knob->key)),
        title = match_text(typed, text_of(knob->title));
    return key > title ? key : title;
}

/* `place`: from which knob_next() comes to it. */
static void offer_key(struct model *model, const struct knob *knob, size_t place)
{
    struct buf label = BUF_INIT, hint = BUF_INIT, text = BUF_INIT;
    buf_addf(&label, "%-20s %s", knob->key, knob->title);
    bool own = show_now(model, knob, &hint);
    if (own) {
        buf_add_string(&hint, ", default ");
        show_standard(model, knob, &hint);
    }
    buf_addf(&text, "set %s ", knob->key);
    picker_add(&model->picker, (struct choice){.label = buf_text(&label),
                                               .hint = buf_text(&hint),
                                               .text = buf_text(&text),
                                               .value = place,
                                               .checked = own});
    buf_release(&label);
    buf_release(&hint);
    buf_release(&text);
}

static void offer_keys(struct model *model, struct text typed)
{
    for (int best = MATCH_BEST; best > 0; best--) {
        struct knob knob;
        for (size_t at = 0, place = 0; knob_next(&at, &model->scenario, &knob); place = at)
            if (key_match(&knob, typed) == best)
                offer_key(model, &knob, place);
        if (best == 2 && model->picker.count > 0)
            return; /* scattered letters count only where nothing else does */
    }
}

/* Over as many lines as it takes; the texts are ours and ASCII, a byte is a cell. */
static void add_note(struct model *model, struct text text, bool title)
{
    size_t room = model->layout.columns > 12 ? (size_t)model->layout.columns - 2 : 10;
    while (text.length > 0) {
        size_t take = text.length;
        if (take > room) {
            take = room;
            while (take > room / 2 && text.at[take] != ' ')
                take--;
        }
        picker_add(
            &model->picker,
            (struct choice){.label = text_part(text, 0, take), .heading = true, .note = !title});
        text = text_trim(text_part(text, take, text.length));
    }
}

/* "from 0% to 100%" */
static void add_limits(const struct model *model, const struct knob *knob, struct buf *out)
{
    if (knob->kind != KNOB_NUMBER || knob->unit == UNIT_FLAG) {
        buf_add_string(out, knob_example(knob));
        return;
    }
    buf_add_string(out, "from ");
    typed_show(out, knob->unit, knob->least, model->style);
    buf_add_string(out, " to ");
    typed_show(out, knob->unit, knob->most, model->style);
    buf_add_string(out, knob->optional ? ", or none" : "");
}

/* What there is to know before one types a value. */
static void offer_card(struct model *model, const struct knob *knob)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s. %s", knob->title, knob->help);
    add_note(model, buf_text(&text), true);
    buf_clear(&text);
    buf_add_string(&text, "Default ");
    show_standard(model, knob, &text);
    if (is_money(knob) && !isnan(knob->standard))
        buf_addf(&text, " %s", currencies[model->scenario.currency].code);
    buf_addf(&text, " (%s), ", knob->source);
    add_limits(model, knob, &text);
    add_note(model, buf_text(&text), false);
    buf_release(&text);
}

static void offer_value(struct model *model, const struct knob *knob, struct text word,
                        const char *label)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "set %s ", knob->key);
    buf_add_text(&text, word);
    picker_add(&model->picker,
               (struct choice){.label = word, .hint = text_of(label), .text = buf_text(&text)});
    buf_release(&text);
}

static const struct {
    const char *word, *label;
    bool flag; /* of flags only */
} value_words[] = {
    {"on", "yes", true},
    {"off", "no", true},
    {"default", "an assumption again", false},
};

static void offer_values(struct model *model, const struct knob *knob, struct text typed)
{
    bool flag = knob->unit == UNIT_FLAG;
    struct text word;
    offer_card(model, knob);
    for (size_t i = 0; text_known(word = knob_choice(knob, i)) && typed.length > 0; i++)
        if (match_text(typed, word) > 2)
            offer_value(model, knob, word, "");
    for (size_t i = 0; i < COUNT_OF(value_words) && typed.length > 0; i++)
        if ((flag || !value_words[i].flag) && match_text(typed, text_of(value_words[i].word)) > 2)
            offer_value(model, knob, text_of(value_words[i].word), value_words[i].label);
}

static void set_offer(struct model *model, struct text typed)
{
    struct words words = words_of(typed);
    struct knob knob;
    if (words.open)
        offer_keys(model, words.key);
    else if (knob_find(words.key, &knob))
        offer_values(model, &knob, words.value);
}

/* typing */

void setting_begin(struct model *model, const struct knob *knob)
{
    struct setting *setting = &model->setting;
    struct knob members[KNOB_MEMBERS_MOST];
    *setting = (struct setting){.on = true, .knob = *knob};
    setting->count = knob_members(knob, members, KNOB_MEMBERS_MOST);
    for (size_t i = 0; i < setting->count; i++)
        knob_change_begin(&setting->changes[i], &model->scenario, text_of(members[i].key));
}

void setting_put_back(struct model *model)
{
    const struct setting *setting = &model->setting;
    for (size_t i = 0; setting->on && i < setting->count; i++)
        knob_change_apply(&setting->changes[i], &model->scenario, false);
    model->setting.on = false;
}

/* The value before: of a group that of its members, where they agreed. */
static struct text value_before(const struct setting *setting)
{
    struct text first = text_of(setting->changes[0].before);
    for (size_t i = 1; i < setting->count; i++)
        if (!text_is(first, setting->changes[i].before))
            return TEXT("");
    return first;
}

static void label_change(const struct model *model, const struct setting *setting, struct buf *out)
{
    struct buf now = BUF_INIT;
    scenario_knob_get(&model->scenario, text_of(setting->knob.key), &now);
    buf_addf(out, "%s ", setting->knob.key);
    knob_show(out, &setting->knob, value_before(setting), model->style);
    buf_add_string(out, " > ");
    knob_show(out, &setting->knob, buf_text(&now), model->style);
    buf_release(&now);
}

bool setting_step(const struct model *model, struct step *step)
{
    struct setting setting = model->setting;
    struct buf label = BUF_INIT;
    size_t changed = 0;
    if (!setting.on)
        return false;
    label_change(model, &setting, &label);
    for (size_t i = 0; i < setting.count; i++)
        if (knob_change_end(&setting.changes[i], &model->scenario))
            setting.changes[changed++] = setting.changes[i];
    bool made =
        changed > 0 && step_make_knobs(model, buf_text(&label), setting.changes, changed, step);
    buf_release(&label);
    return made;
}

bool setting_keep(struct model *model, struct effects *effects)
{
    struct step step;
    bool made = setting_step(model, &step);
    model->setting.on = false;
    if (made)
        own_push(model, effects, &step, &(struct manner){.token = 0});
    return made;
}

/* Is it the beginning of a word that may still come? */
static bool value_begins(const struct model *model)
{
    return model->picker.cursor < model->picker.count;
}

/* A number is read as people type it, and handed on in full. */
static bool read_number(struct model *model, const struct knob *knob, struct text typed,
                        double present, struct buf *plain, size_t *fault)
{
    struct typed number;
    if (!typed_read(typed, knob->unit, model->style, present, &number, &model->line_error)) {
        *fault = number.fault;
        return false;
    }
    number_exact(plain, number.value);
    return true;
}

bool setting_read(struct model *model, const struct knob *knob, struct text typed, double present,
                  size_t *fault)
{
    struct buf plain = BUF_INIT;
    struct text value = text_trim(typed);
    bool none = knob->optional && text_equal_ascii_case(value, TEXT("none")), ok = true;
    *fault = typed.length;
    if (value.length == 0 || is_default(value)) {
        value = (struct text){0};
    } else if (knob->kind == KNOB_NUMBER && !none) {
        ok = read_number(model, knob, typed, present, &plain, fault);
        value = buf_text(&plain);
    }
    ok = ok && scenario_knob_set(&model->scenario, text_of(knob->key), value, &model->line_error);
    buf_release(&plain);
    return ok;
}

static bool apply(struct model *model, const struct knob *knob, struct text value)
{
    double present = scenario_knob_number(&model->scenario, text_of(knob->key));
    size_t fault;
    setting_begin(model, knob);
    model->setting.on = setting_read(model, knob, value, present, &fault);
    return model->setting.on;
}

static void set_typed(struct model *model, struct text typed)
{
    struct words words = words_of(typed);
    struct knob knob;
    if (words.open)
        return;
    if (!knob_find(words.key, &knob)) {
        unknown_key(model, words.key);
    } else if (words.value.length > 0 && !apply(model, &knob, words.value)) {
        picker_build(model);
        if (value_begins(model))
            model->line_error = (struct err){.message = ""};
    }
}

void setting_say(const struct model *model, const struct knob *knob, bool moved, struct buf *out)
{
    struct buf now = BUF_INIT;
    bool own = show_now(model, knob, &now);
    if (moved) {
        buf_addf(out, "%s%s   was ", own ? "read as " : "the default, ", buf_string(&now));
        knob_show(out, knob, value_before(&model->setting), model->style);
    } else {
        buf_addf(out, "is %s%s", buf_string(&now), own ? ", yours" : ", the default");
    }
    buf_release(&now);
}

static void set_say(const struct model *model, struct text typed, struct buf *out)
{
    struct words words = words_of(typed);
    struct knob knob;
    if (knob_find(words.key, &knob))
        setting_say(model, &knob, model->setting.on, out);
}

/* Enter */

static void tell(struct model *model, const struct knob *knob)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s is ", knob->key);
    if (!show_now(model, knob, &text)) {
        buf_add_string(&text, ", the default");
    } else {
        buf_add_string(&text, ", yours; default ");
        show_standard(model, knob, &text);
    }
    buf_addf(&text, " (%s)", knob->source);
    model_notice(model, "%s", buf_string(&text));
    buf_release(&text);
}

/* The key is still typed: the one under the cursor, unless it stands there whole. */
static bool accept_key(struct model *model, struct text key)
{
    const struct picker *picker = &model->picker;
    struct knob knob;
    if (picker->cursor >= picker->count)
        return unknown_key(model, key);
    size_t place = picker->items[picker->cursor].value;
    if (!knob_next(&place, &model->scenario, &knob))
        return unknown_key(model, key);
    if (!text_equal_ascii_case(key, text_of(knob.key))) {
        picker_complete(model);
        return false;
    }
    tell(model, &knob);
    return true;
}

static bool set_accept(struct model *model, struct text typed, struct effects *effects)
{
    struct words words = words_of(typed);
    struct knob knob;
    if (words.open)
        return accept_key(model, words.key);
    if (!knob_find(words.key, &knob))
        return unknown_key(model, words.key);
    if (value_begins(model))
        picker_complete(model);
    if (model->line_error.message[0])
        return false;
    if (!setting_keep(model, effects))
        tell(model, &knob);
    return true;
}

void setting_of_why(struct model *model, struct effects *effects)
{
    const struct why_line *line = &model->why[model->overlay_scroll.cursor];
    struct buf text = BUF_INIT;
    (void)effects;
    if (model->why_count == 0 || !line->parameter) {
        model_notice(model, "this is a fact, or worked out; e changes what ! or = stands beside");
        return;
    }
    buf_addf(&text, "set %s ", line->parameter);
    model->overlay = OVERLAY_NONE;
    command_open(model, buf_string(&text));
    buf_release(&text);
}

const struct command_argument argument_set = {"KEY VALUE", set_offer, set_typed, set_accept,
                                              set_say};
