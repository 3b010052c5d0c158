#include <stdio.h>
#include <string.h>

#include "app_internal.h"
#include "base/number.h"
#include "step_internal.h"

/* What is done with views by name, one step of undo each. */

/* ---- steps: a side is its name, its place and what it says, or nothing where it is not there ---- */

struct side {
    struct text name, lines;
    size_t place;
};

static void write_side(struct buf *out, const struct side *side)
{
    buf_add_text(out, side->name);
    buf_addf(out, "\n%zu\n", side->place);
    buf_add_text(out, side->lines);
}

static struct side read_side(struct text text)
{
    struct side side = {.place = 0};
    struct text word;
    struct number_seen seen;
    text_next(&text, '\n', &side.name);
    if (text_next(&text, '\n', &word) && number_parse(word, number_style_plain, &seen) &&
        seen.value >= 0 && seen.value < 1e6)
        side.place = (size_t)seen.value;
    side.lines = text;
    return side;
}

static void set_name(char *to, size_t size, struct text name)
{
    snprintf(to, size, "%.*s", (int)name.length, name.at ? name.at : "");
}

/* What is on the screen, and was before, goes by the new name. */
static void rename_shown(struct model *model, struct text from, struct text to)
{
    if (text_is(from, model->named))
        set_name(model->named, sizeof model->named, to);
    for (size_t i = 0; i < model->views.count; i++) {
        struct shown *shown = &model->views.items[i].shown;
        if (text_is(from, shown->named))
            set_name(shown->named, sizeof shown->named, to);
    }
}

void apply_named(struct applying *it, struct text from, struct text to)
{
    struct named_views *views = &it->model->saved;
    struct side before = read_side(from), after = read_side(to);
    bool renamed = before.name.length > 0 && !text_equal(before.name, after.name);
    if (renamed) {
        named_drop(views, before.name);
        if (it->effects)
            effects_add(it->effects, (struct effect){.kind = EFFECT_VIEW_DROP, .key = before.name});
    }
    if (after.name.length == 0 || after.name.length > VIEW_NAME_MOST)
        return;
    if (renamed)
        rename_shown(it->model, before.name, after.name);
    named_put(views, after.name, after.lines, after.place);
    if (it->effects)
        effects_add(it->effects, (struct effect){.kind = EFFECT_VIEW_PUT,
                                                 .key = after.name,
                                                 .text = after.lines,
                                                 .number = (double)after.place});
}

static size_t place_of(const struct model *model, const struct named_view *view)
{
    return view ? (size_t)(view - model->saved.items) : model->saved.count;
}

static void push(struct model *model, struct effects *effects, const char *what, struct text name,
                 const struct side *before, const struct side *after)
{
    struct step step = {.kind = STEP_SAVED};
    struct buf label = BUF_INIT;
    buf_addf(&label, "%s %.*s", what, (int)name.length, name.at);
    step_label(&step, buf_text(&label));
    write_side(&step.old, before);
    write_side(&step.new, after);
    own_push(model, effects, &step, &(struct manner){.token = 0});
    buf_release(&label);
}

static struct side side_of(const struct model *model, const struct named_view *view)
{
    return (struct side){text_of(view->name), buf_text(&view->lines), place_of(model, view)};
}

/* ---- what can be done ---- */

bool own_view_put(struct model *model, struct effects *effects, struct text name, struct text lines,
                  struct err *err)
{
    const struct named_view *there = named_alike(&model->saved, name);
    if (!named_name_allowed(name, err))
        return false;
    struct side none = {.place = model->saved.count};
    struct side before = there ? side_of(model, there) : none;
    struct side after = {there ? text_of(there->name) : name, lines, before.place};
    if (!there || !text_equal(before.lines, lines))
        push(model, effects, there ? "change view" : "save view", after.name, &before, &after);
    return true;
}

bool own_view_rename(struct model *model, struct effects *effects, struct text from, struct text to,
                     struct err *err)
{
    const struct named_view *view = named_find(&model->saved, from);
    const struct named_view *alike = named_alike(&model->saved, to);
    if (!view)
        return err_set(err, "there is no view of this name");
    if (!named_name_allowed(to, err))
        return false;
    if (alike && alike != view)
        return err_set(err, "there is a view '%s' already", alike->name);
    if (text_equal(from, to))
        return true;
    struct side before = side_of(model, view);
    struct side after = {to, before.lines, before.place};
    push(model, effects, "rename view", before.name, &before, &after);
    return true;
}

void own_view_delete(struct model *model, struct effects *effects, struct text name)
{
    const struct named_view *view = named_find(&model->saved, name);
    if (!view)
        return;
    struct side before = side_of(model, view);
    push(model, effects, "delete view", before.name, &before, &(struct side){.place = 0});
}

bool view_use(struct model *model, struct effects *effects, struct text wanted, struct err *err)
{
    struct named_says says;
    struct text name;
    struct buf kept = BUF_INIT; /* what is said may stand in what changes */
    char called[VIEW_NAME_MOST + 1];
    if (!named_look_up(&model->saved, wanted, &name, &says, err))
        return false;
    set_name(called, sizeof called, name);
    named_write(&says, &kept);
    says = named_read(buf_text(&kept));
    const struct step *newest = undo_next(&model->undo);
    int64_t before = newest ? newest->token : 0;
    bool ok = (says.scenario.length == 0 ||
               own_scenario_use(model, effects, says.scenario, called, err)) &&
              named_apply(&says, model->sheet, &model->query, &model->chosen, err);
    buf_release(&kept);
    if (!ok)
        return false;
    strcpy(model->named, called);
    if (model->query.order_count > 0 && says.order.length > 0)
        model->cell = model->query.orders[0].column;
    model->from_top = true;
    newest = undo_next(&model->undo);
    bool brought = newest && newest->kind == STEP_SCENARIO && newest->token != before;
    if (view_step(model, false, "view %s", called) && brought)
        model->undo.items[model->undo.done - 1].joined = true;
    return true;
}
