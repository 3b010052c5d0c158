#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "base/vec.h"

/* The list of views by name, over whatever is open. */

void named_place_release(struct named_place *place)
{
    if (!place)
        return;
    free(place->counts.items);
    query_result_release(&place->result);
    *place = (struct named_place){.cursor = 0};
}

size_t named_line_count(const struct model *model)
{
    return model->saved.count + named_builtin_count;
}

struct named_line named_line(const struct model *model, size_t at)
{
    const struct named_counts *counts = &model->named_place.counts;
    struct named_line line = {.count = at < counts->count ? counts->items[at] : NAMED_UNCOUNTED};
    if (at < model->saved.count) {
        line.name = model->saved.items[at].name;
        line.says = named_read(buf_text(&model->saved.items[at].lines));
        return line;
    }
    line.builtin = &named_builtins[at - model->saved.count];
    line.name = line.builtin->name;
    line.says.filter = text_of(line.builtin->filter);
    line.says.order = text_of(line.builtin->order);
    return line;
}

bool named_differs(const struct model *model)
{
    struct named_says says;
    struct text name;
    struct query query;
    struct chosen chosen = model->chosen;
    bool differs = true;
    if (!named_look_up(&model->saved, text_of(model->named), &name, &says, NULL))
        return false;
    query_init(&query);
    query_copy(&query, &model->query);
    if (named_apply(&says, model->sheet, &query, &chosen, NULL))
        differs = !query_asks_same(&query, &model->query) || !chosen_equal(&chosen, &model->chosen);
    query_release(&query);
    return differs || (says.scenario.length > 0 && !text_is(says.scenario, model->scenario.name));
}

/* ---- how many each shows ---- */

static size_t uncounted(const struct model *model)
{
    const struct named_counts *counts = &model->named_place.counts;
    size_t at = 0;
    while (at < counts->count && counts->items[at] != NAMED_UNCOUNTED)
        at++;
    return at;
}

/* Also under the page on one of them. */
static bool is_open(const struct model *model)
{
    return model->overlay == OVERLAY_NAMED || subject_under(model) == OVERLAY_NAMED;
}

bool named_busy(const struct model *model)
{
    return is_open(model) && !model->loading && uncounted(model) < model->named_place.counts.count;
}

/* One a step. */
void named_work(struct model *model)
{
    struct named_place *place = &model->named_place;
    size_t at = uncounted(model);
    struct query query;
    struct chosen chosen = model->chosen;
    struct named_line line = named_line(model, at);
    query_init(&query);
    place->counts.items[at] = 0;
    if (named_apply(&(struct named_says){.filter = line.says.filter}, model->sheet, &query, &chosen,
                    NULL)) {
        query_run(&query, model->sheet, &place->result);
        place->counts.items[at] = place->result.rows.count;
    }
    query_release(&query);
}

/* After what was done with them; what was counted is counted again. */
void named_build(struct model *model)
{
    struct named_place *place = &model->named_place;
    size_t count = named_line_count(model);
    struct named_says says;
    struct text name;
    if (model->named[0] && !named_look_up(&model->saved, text_of(model->named), &name, &says, NULL))
        model->named[0] = '\0'; /* it was deleted */
    model->named_differs = model->named[0] && named_differs(model);
    if (!is_open(model)) {
        if (place->counts.count > 0) {
            size_t cursor = place->cursor;
            named_place_release(place);
            place->cursor = cursor;
        }
        return;
    }
    if (place->counts.count != count || place->counted != model->saved.revision) {
        place->counts.count = 0;
        for (size_t i = 0; i < count; i++)
            VEC_PUSH(&place->counts, NAMED_UNCOUNTED);
        place->counted = model->saved.revision;
    }
    if (place->cursor >= count)
        place->cursor = count - 1;
}

/* ---- keys ---- */

static void go_to(struct model *model, struct text name)
{
    for (size_t i = 0; i < named_line_count(model); i++)
        if (text_is(name, named_line(model, i).name))
            model->named_place.cursor = i;
}

void run_views(struct model *model, struct effects *effects)
{
    (void)effects;
    if (model->overlay == OVERLAY_NAMED) {
        model->overlay = OVERLAY_NONE;
        return;
    }
    model->overlay = OVERLAY_NAMED;
    model->named_place.cursor = 0;
    go_to(model, text_of(model->named));
}

void named_vertical(struct model *model, long by)
{
    struct scroll scroll = {model->named_place.cursor, 0};
    scroll_by(&scroll, by, named_line_count(model));
    model->named_place.cursor = scroll.cursor;
}

static struct named_line under_cursor(const struct model *model)
{
    return named_line(model, model->named_place.cursor);
}

void run_use_view(struct model *model, struct effects *effects)
{
    struct err err;
    struct named_line line = under_cursor(model);
    if (!view_use(model, effects, text_of(line.name), &err)) {
        model_notice(model, "%s", err.message);
        return;
    }
    model->overlay = OVERLAY_NONE;
    model->focus = FOCUS_LIST;
    if (model->place != PLACE_TIERS)
        model->place = PLACE_EXPLORE;
}

static bool is_own(struct model *model, const char *what)
{
    struct named_line line = under_cursor(model);
    if (line.builtin)
        model_notice(model, "%s is built in: it %s; a saves a view of yours", line.name, what);
    return !line.builtin;
}

void run_delete_view(struct model *model, struct effects *effects)
{
    char name[VIEW_NAME_MOST + 1];
    if (!is_own(model, "stays"))
        return;
    snprintf(name, sizeof name, "%s", under_cursor(model).name);
    own_view_delete(model, effects, text_of(name));
    model_notice(model, "%s is deleted; %s brings it back", name, model_key(model, 'u').text);
}

/* The plan in use comes with the view from now on, or no longer. */
void run_view_plan(struct model *model, struct effects *effects)
{
    struct buf lines = BUF_INIT;
    struct err err;
    char name[VIEW_NAME_MOST + 1];
    if (!is_own(model, "has no plan"))
        return;
    struct named_line line = under_cursor(model);
    bool has = line.says.scenario.length > 0;
    line.says.scenario = has ? (struct text){0} : text_of(model->scenario.name);
    named_write(&line.says, &lines);
    snprintf(name, sizeof name, "%s", line.name);
    if (!own_view_put(model, effects, text_of(name), buf_text(&lines), &err))
        model_notice(model, "%s", err.message);
    else if (has)
        model_notice(model, "%s leaves the plan as it is", name);
    else
        model_notice(model, "%s brings the plan %s with it", name, model->scenario.name);
    buf_release(&lines);
}

/* ---- names ---- */

const char *named_task_title(const struct model *model)
{
    return model->named_place.task == NAMED_SAVE ? "Save this view as" : "New name of the view";
}

static void ask(struct model *model, enum named_task task, const char *name)
{
    struct named_place *place = &model->named_place;
    prompt_open(model, PROMPT_VIEW);
    place->task = task;
    place->replaces = false;
    snprintf(place->asked, sizeof place->asked, "%s", name);
    line_set(&model->line, text_of(name));
    model->line_fresh = true;
}

void run_save_view(struct model *model, struct effects *effects)
{
    (void)effects;
    ask(model, NAMED_SAVE, named_find(&model->saved, text_of(model->named)) ? model->named : "");
}

void run_rename_view(struct model *model, struct effects *effects)
{
    (void)effects;
    if (is_own(model, "keeps its name"))
        ask(model, NAMED_RENAME, under_cursor(model).name);
}

void named_typed(struct model *model)
{
    struct text name = text_trim(buf_text(&model->line.text));
    model->named_place.replaces = false;
    if (name.length > 0)
        named_name_allowed(name, &model->line_error);
}

const char *named_question(const struct model *model)
{
    return model->named_place.replaces ? "there is one: Enter again replaces it" : NULL;
}

static bool save(struct model *model, struct effects *effects, struct text name, struct err *err)
{
    struct buf lines = BUF_INIT;
    const struct named_view *there = named_alike(&model->saved, name);
    struct named_says says;
    named_print(&model->query, &model->chosen, &lines);
    if (there) { /* what it says of the plan stays */
        struct buf whole = BUF_INIT;
        says = named_read(buf_text(&lines));
        says.scenario = named_read(buf_text(&there->lines)).scenario;
        named_write(&says, &whole);
        buf_clear(&lines);
        buf_add_text(&lines, buf_text(&whole));
        buf_release(&whole);
    }
    bool ok = own_view_put(model, effects, name, buf_text(&lines), err);
    buf_release(&lines);
    if (!ok)
        return false;
    const struct named_view *now = named_alike(&model->saved, name);
    snprintf(model->named, sizeof model->named, "%s", now->name);
    snprintf(model->views.items[model->views.at].shown.named, sizeof model->named, "%s", now->name);
    go_to(model, text_of(now->name));
    model_notice(model, "saved as %s: v lists the views", now->name);
    return true;
}

void named_close(struct model *model, bool keep, struct effects *effects)
{
    struct named_place *place = &model->named_place;
    struct err err = {.message = ""};
    char name[4 * VIEW_NAME_MOST + 1];
    struct text typed = text_trim(buf_text(&model->line.text));
    if (!keep)
        return;
    snprintf(name, sizeof name, "%.*s", (int)typed.length, typed.at ? typed.at : "");
    typed = text_of(name);
    bool asks = place->task == NAMED_SAVE && !place->replaces && named_alike(&model->saved, typed);
    bool done =
        !asks && (place->task == NAMED_SAVE
                      ? save(model, effects, typed, &err)
                      : own_view_rename(model, effects, text_of(place->asked), typed, &err));
    if (done)
        return;
    place->replaces = asks;
    model->prompt = PROMPT_VIEW; /* it stays, with a question or what is wrong */
    model->line_error = err;
}
