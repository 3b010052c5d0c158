#include <stdlib.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "base/vec.h"

/* :theme NAME. The screen wears what is under the cursor, so that one chooses by looking; it follows from
 * the state of the prompt alone, and closing that is all it takes to put the former one back. */

static const struct wear_choice automatic = {.name = {"auto", 4},
                                             .title = {"As the terminal's background", 28}};

void wear_settle(struct model *model, struct text name, const char *by)
{
    struct wear *wear = &model->wear;
    buf_clear(&wear->kept);
    buf_add_text(&wear->kept, name);
    buf_clear(&wear->worn);
    buf_add_text(&wear->worn, name);
    buf_clear(&wear->settled);
    buf_add_string(&wear->settled, by ? by : "");
}

void wear_release(struct wear *wear)
{
    free(wear->items);
    arena_release(&wear->arena);
    buf_release(&wear->kept);
    buf_release(&wear->worn);
    buf_release(&wear->settled);
    *wear = (struct wear){.count = 0};
}

/* The first is the automatic one. */
static const struct wear_choice *choice_at(const struct wear *wear, size_t i)
{
    return i == 0 ? &automatic : &wear->items[i - 1];
}

static struct text name_of(const struct wear *wear, size_t i)
{
    return i == 0 ? TEXT("") : wear->items[i - 1].name;
}

/* The one under the cursor; NULL: there is none. */
static const struct wear_choice *under_cursor(const struct model *model, struct text *name)
{
    struct text rest;
    const struct picker *picker = &model->picker;
    if (!command_rest(model, &argument_theme, &rest) || picker->cursor >= picker->count)
        return NULL;
    size_t i = picker->items[picker->cursor].value;
    *name = name_of(&model->wear, i);
    return choice_at(&model->wear, i);
}

static void offer_one(struct model *model, size_t i)
{
    struct buf label = BUF_INIT, text = BUF_INIT;
    const struct wear_choice *choice = choice_at(&model->wear, i);
    buf_add_text(&label, choice->title);
    buf_add_string(&text, "theme ");
    buf_add_text(&text, choice->name);
    if (choice->note.length > 0 && !choice->broken) {
        buf_add_string(&label, ", ");
        buf_add_text(&label, choice->note);
    }
    picker_add(&model->picker, (struct choice){.label = buf_text(&label),
                                               .hint = choice->name,
                                               .text = buf_text(&text),
                                               .value = i,
                                               .checked = text_equal(name_of(&model->wear, i),
                                                                     buf_text(&model->wear.kept))});
    buf_release(&label);
    buf_release(&text);
}

static void theme_offer(struct model *model, struct text typed)
{
    const struct wear *wear = &model->wear;
    typed = text_trim(typed);
    for (int best = MATCH_BEST; best > 0; best--)
        for (size_t i = 0; i <= wear->count; i++) {
            int name = match_text(typed, choice_at(wear, i)->name);
            int title = match_text(typed, choice_at(wear, i)->title);
            if ((name > title ? name : title) == best)
                offer_one(model, i);
        }
}

/* Nothing typed yet: the cursor begins on the one that is worn, so that nothing changes. */
static void theme_typed(struct model *model, struct text typed)
{
    const struct wear *wear = &model->wear;
    if (text_trim(typed).length > 0)
        return;
    for (size_t i = 0; i <= wear->count; i++)
        if (text_equal(name_of(wear, i), buf_text(&wear->kept)))
            model->picker.cursor = i;
}

static bool theme_accept(struct model *model, struct text typed, struct effects *effects)
{
    struct text name;
    struct wear *wear = &model->wear;
    const struct wear_choice *choice = under_cursor(model, &name);
    if (!choice)
        return err_set(&model->line_error, "there is no theme '%.*s'",
                       (int)text_part(typed, 0, 40).length, typed.at);
    if (choice->broken)
        return err_set(&model->line_error, "%.*s", (int)choice->note.length, choice->note.at);
    buf_clear(&wear->kept);
    buf_add_text(&wear->kept, name);
    const char *why = wear->settled.length > 0 ? buf_string(&wear->settled) : NULL;
    if (why)
        model_notice(model, "%.*s until you leave: %s names the theme", (int)choice->title.length,
                     choice->title.at, why);
    else if (model->read_only)
        model_notice(model, "%.*s until you leave: this store can only be read",
                     (int)choice->title.length, choice->title.at);
    else
        model_notice(model, "%.*s, kept for next time", (int)choice->title.length,
                     choice->title.at);
    if (!why)
        effects_add(effects,
                    (struct effect){.kind = EFFECT_META, .key = TEXT("theme"), .text = name});
    return true;
}

static void theme_say(const struct model *model, struct text typed, struct buf *out)
{
    struct text name;
    const struct wear_choice *choice = under_cursor(model, &name);
    (void)typed;
    if (choice && choice->broken)
        buf_add_text(out, choice->note);
    else if (choice)
        buf_add_string(out, "Enter keeps what you see");
}

const struct command_argument argument_theme = {"NAME", theme_offer, theme_typed, theme_accept,
                                                theme_say};

void run_theme(struct model *model, struct effects *effects)
{
    (void)effects;
    command_open(model, "theme ");
}

void wear_take(struct model *model, const struct message *message)
{
    struct wear *wear = &model->wear;
    struct text rest;
    wear->count = 0;
    arena_release(&wear->arena);
    for (size_t i = 0; i < message->theme_count; i++) {
        const struct wear_choice *from = &message->themes[i];
        struct wear_choice to = {.name = arena_text(&wear->arena, from->name),
                                 .title = arena_text(&wear->arena, from->title),
                                 .note = arena_text(&wear->arena, from->note),
                                 .broken = from->broken};
        VEC_PUSH(wear, to);
    }
    if (command_rest(model, &argument_theme, &rest))
        prompt_typed(model);
}

void wear_follow(struct model *model, struct effects *effects)
{
    struct wear *wear = &model->wear;
    struct text rest, name = buf_text(&wear->kept);
    const struct wear_choice *choice = under_cursor(model, &name);
    if (!choice || choice->broken || wear->count == 0) /* the list is still to come */
        name = buf_text(&wear->kept);
    if (!text_equal(name, buf_text(&wear->worn))) {
        buf_clear(&wear->worn);
        buf_add_text(&wear->worn, name);
        effects_add(effects, (struct effect){.kind = EFFECT_WEAR, .text = name});
    }
    /* Last: its answer comes at once, and may ask to wear another. */
    if (command_rest(model, &argument_theme, &rest) && !wear->asked) {
        wear->asked = true;
        effects_add(effects, (struct effect){.kind = EFFECT_THEMES});
    }
}
