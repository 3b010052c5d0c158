#include <math.h>

#include "app_internal.h"
#include "base/doc.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"

/* :set KEY VALUE, for every parameter of the scenario. What is typed takes effect at once. */

bool parameter_stands(const struct scenario *scenario, size_t parameter)
{
    return !(scenario->changed >> parameter & 1);
}

/* As the screen shows such a figure, or, where that would round, in full. */
void parameter_show(struct buf *out, size_t parameter, double value, struct number_style style)
{
    enum unit unit = parameters[parameter].unit;
    struct buf shown = BUF_INIT;
    double read = NAN;
    show_number(&shown, unit, value, true, style);
    bool whole = show_read(buf_text(&shown), unit, style, &read) &&
                 fabs(read - value) <= fabs(value) * 1e-12;
    if (whole)
        buf_add_text(out, buf_text(&shown));
    else if (unit == UNIT_SHARE)
        buf_addf(out, "%.12g%%", value * 100);
    else
        buf_addf(out, "%.15g", value);
    buf_release(&shown);
}

/* What a value of a unit looks like, for who typed something else. */
static const char *const unit_examples[UNIT_COUNT_OF] = {
    [UNIT_COUNT] = "a whole number",           [UNIT_SHARE] = "a share like 4% or 0.04",
    [UNIT_RATIO] = "a number like 0.5",        [UNIT_MONEY] = "an amount like 5000 or 2.5k",
    [UNIT_UNIT_COST] = "an amount like 89.50", [UNIT_FLAG] = "on or off",
};

static bool is_money(size_t parameter)
{
    enum unit unit = parameters[parameter].unit;
    return unit == UNIT_MONEY || unit == UNIT_UNIT_COST;
}

static void show_with_unit(const struct model *model, size_t parameter, double value,
                           struct buf *out)
{
    parameter_show(out, parameter, value, model->style);
    if (is_money(parameter))
        buf_addf(out, " %s", currencies[model->scenario.currency].code);
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
    const char *nearest = nearest_word(key, parameters, parameter_count, sizeof parameters[0]);
    int length = key.length < 60 ? (int)key.length : 60;
    if (nearest)
        err_set(&model->line_error, "no assumption '%.*s': did you mean '%s'?", length, key.at,
                nearest);
    else
        err_set(&model->line_error, "no assumption '%.*s': Tab shows all of them", length, key.at);
    return false;
}

/* offering */

static int key_match(const struct parameter_row *row, struct text typed)
{
    int key = match_text(typed, text_of(row->key)), title = match_text(typed, text_of(row->title));
    return key > title ? key : title;
}

static void offer_key(struct model *model, size_t parameter)
{
    const struct parameter_row *row = &parameters[parameter];
    struct buf label = BUF_INIT, hint = BUF_INIT, text = BUF_INIT;
    buf_addf(&label, "%-20s %s", row->key, row->title);
    show_with_unit(model, parameter, scenario_get(&model->scenario, parameter), &hint);
    if (!parameter_stands(&model->scenario, parameter)) {
        buf_add_string(&hint, ", default ");
        parameter_show(&hint, parameter, row->standard, model->style);
    }
    buf_addf(&text, "set %s ", row->key);
    picker_add(&model->picker,
               (struct choice){.label = buf_text(&label),
                               .hint = buf_text(&hint),
                               .text = buf_text(&text),
                               .value = parameter,
                               .checked = !parameter_stands(&model->scenario, parameter)});
    buf_release(&label);
    buf_release(&hint);
    buf_release(&text);
}

static void offer_keys(struct model *model, struct text typed)
{
    for (int best = MATCH_BEST; best > 0; best--) {
        for (size_t i = 0; i < parameter_count; i++)
            if (key_match(&parameters[i], typed) == best)
                offer_key(model, i);
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

/* What there is to know before one types a value. */
static void offer_card(struct model *model, size_t parameter)
{
    const struct parameter_row *row = &parameters[parameter];
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s. %s", row->title, row->help);
    add_note(model, buf_text(&text), true);
    buf_clear(&text);
    buf_add_string(&text, "Default ");
    show_with_unit(model, parameter, row->standard, &text);
    buf_addf(&text, " (%s), ", row->source);
    if (row->unit == UNIT_FLAG) {
        buf_add_string(&text, "on or off");
    } else {
        buf_add_string(&text, "from ");
        parameter_show(&text, parameter, row->least, model->style);
        buf_add_string(&text, " to ");
        parameter_show(&text, parameter, row->most, model->style);
    }
    add_note(model, buf_text(&text), false);
    buf_release(&text);
}

static void offer_value(struct model *model, size_t parameter, const char *word, const char *label)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "set %s %s", parameters[parameter].key, word);
    picker_add(
        &model->picker,
        (struct choice){.label = text_of(word), .hint = text_of(label), .text = buf_text(&text)});
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

static void offer_values(struct model *model, size_t parameter, struct text typed)
{
    bool flag = parameters[parameter].unit == UNIT_FLAG;
    offer_card(model, parameter);
    for (size_t i = 0; i < COUNT_OF(value_words) && typed.length > 0; i++)
        if ((flag || !value_words[i].flag) && match_text(typed, text_of(value_words[i].word)) > 2)
            offer_value(model, parameter, value_words[i].word, value_words[i].label);
}

static void set_offer(struct model *model, struct text typed)
{
    struct words words = words_of(typed);
    size_t parameter;
    if (words.open)
        offer_keys(model, words.key);
    else if (parameter_find(words.key, &parameter))
        offer_values(model, parameter, words.value);
}

/* typing */

void setting_put_back(struct model *model)
{
    const struct setting *setting = &model->setting;
    if (!setting->on)
        return;
    if (setting->assumed)
        scenario_reset(&model->scenario, setting->parameter);
    else
        scenario_set(&model->scenario, setting->parameter, setting->before, NULL);
    model->setting.on = false;
}

bool setting_keep(struct model *model, struct effects *effects)
{
    struct setting setting = model->setting;
    bool changed =
        setting.on && (scenario_get(&model->scenario, setting.parameter) != setting.before ||
                       parameter_stands(&model->scenario, setting.parameter) != setting.assumed);
    model->setting.on = false;
    if (changed)
        own_parameter(model, effects, &setting);
    return changed;
}

/* Is it the beginning of a word that may still come? */
static bool value_begins(const struct model *model)
{
    return model->picker.cursor < model->picker.count;
}

static bool apply(struct model *model, size_t parameter, struct text value)
{
    const struct parameter_row *row = &parameters[parameter];
    struct setting before = {.on = true,
                             .parameter = parameter,
                             .before = scenario_get(&model->scenario, parameter),
                             .assumed = parameter_stands(&model->scenario, parameter)};
    double number;
    if (is_default(value))
        scenario_reset(&model->scenario, parameter);
    else if (!show_read(value, row->unit, model->style, &number))
        return err_set(&model->line_error, "'%s' takes %s", row->key, unit_examples[row->unit]);
    else if (!scenario_set(&model->scenario, parameter, number, &model->line_error))
        return false;
    model->setting = before;
    return true;
}

static void set_typed(struct model *model, struct text typed)
{
    struct words words = words_of(typed);
    size_t parameter;
    if (words.open)
        return;
    if (!parameter_find(words.key, &parameter)) {
        unknown_key(model, words.key);
    } else if (words.value.length > 0 && !apply(model, parameter, words.value)) {
        picker_build(model);
        if (value_begins(model))
            model->line_error = (struct err){.message = ""};
    }
}

static void set_say(const struct model *model, struct text typed, struct buf *out)
{
    struct words words = words_of(typed);
    size_t parameter;
    if (!parameter_find(words.key, &parameter))
        return;
    double value = scenario_get(&model->scenario, parameter);
    bool stands = parameter_stands(&model->scenario, parameter);
    if (model->setting.on) {
        buf_add_string(out, stands ? "the default, " : "read as ");
        show_with_unit(model, parameter, value, out);
        buf_add_string(out, "   was ");
        parameter_show(out, parameter, model->setting.before, model->style);
    } else {
        buf_add_string(out, "is ");
        show_with_unit(model, parameter, value, out);
        buf_add_string(out, stands ? ", the default" : ", yours");
    }
}

/* Enter */

static void tell(struct model *model, size_t parameter)
{
    const struct parameter_row *row = &parameters[parameter];
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s is ", row->key);
    show_with_unit(model, parameter, scenario_get(&model->scenario, parameter), &text);
    if (parameter_stands(&model->scenario, parameter)) {
        buf_add_string(&text, ", the default");
    } else {
        buf_add_string(&text, ", yours; default ");
        parameter_show(&text, parameter, row->standard, model->style);
    }
    buf_addf(&text, " (%s)", row->source);
    model_notice(model, "%s", buf_string(&text));
    buf_release(&text);
}

/* The key is still typed: the one under the cursor, unless it stands there whole. */
static bool accept_key(struct model *model, struct text key)
{
    const struct picker *picker = &model->picker;
    if (picker->cursor >= picker->count)
        return unknown_key(model, key);
    size_t parameter = picker->items[picker->cursor].value;
    if (!text_equal_ascii_case(key, text_of(parameters[parameter].key))) {
        picker_complete(model);
        return false;
    }
    tell(model, parameter);
    return true;
}

static bool set_accept(struct model *model, struct text typed, struct effects *effects)
{
    struct words words = words_of(typed);
    size_t parameter;
    if (words.open)
        return accept_key(model, words.key);
    if (!parameter_find(words.key, &parameter))
        return unknown_key(model, words.key);
    if (value_begins(model))
        picker_complete(model);
    if (model->line_error.message[0])
        return false;
    if (!setting_keep(model, effects))
        tell(model, parameter);
    return true;
}

const struct command_argument argument_set = {"KEY VALUE", set_offer, set_typed, set_accept,
                                              set_say};
