#include <math.h>
#include <string.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "base/date.h"
#include "base/mem.h"

/* The form of an import: what the runtime says of the file, and the keys. */

#define FOOT_ROWS 3 /* a blank, the figures, the first that are unusable */

void form_release(struct form *form)
{
    arena_release(&form->arena);
    arena_release(&form->figures_arena);
    *form = (struct form){.stage = FORM_NONE};
}

/* ---- rows ---- */

static size_t lines_before(const struct form_plan *plan, enum form_part part)
{
    size_t count = 0;
    while (count < plan->line_count && plan->lines[count].part < part)
        count++;
    return count;
}

static bool has_columns(const struct form_plan *plan)
{
    return lines_before(plan, FORM_NOTE) > lines_before(plan, FORM_COLUMN);
}

int form_heading(const struct form_plan *plan)
{
    size_t questions = lines_before(plan, FORM_COLUMN);
    return has_columns(plan) ? (int)questions + (questions > 0) : -1;
}

size_t form_fold(const struct form *form)
{
    size_t first = lines_before(&form->plan, FORM_DECIDED);
    bool several = form->plan.line_count > first + 1;
    return several && !form->unfolded ? first : form->plan.line_count;
}

/* Where the cursor can stand. */
static size_t lines_shown(const struct form *form)
{
    size_t fold = form_fold(form);
    return fold < form->plan.line_count ? fold + 1 : fold;
}

int form_row(const struct form *form, size_t line)
{
    const struct form_plan *plan = &form->plan;
    enum form_part part = plan->lines[line].part, before = FORM_QUESTION;
    size_t fold = form_fold(form);
    int row = (int)(line < fold ? line : fold) + (part >= FORM_COLUMN && has_columns(plan));
    for (enum form_part next = FORM_COLUMN; next <= part; next++) {
        bool any = lines_before(plan, next) > lines_before(plan, before);
        bool more = next == part || lines_before(plan, next + 1) > lines_before(plan, next);
        row += any && more; /* a blank */
        before = more ? next : before;
    }
    return row;
}

int form_rows(const struct form *form)
{
    size_t shown = lines_shown(form);
    return shown > 0 ? form_row(form, shown - 1) + 1 : 0;
}

int form_foot(const struct model *model)
{
    int rows = model->layout.body.rows;
    return rows >= 3 * FOOT_ROWS ? FOOT_ROWS : rows > 3;
}

int form_height(const struct model *model)
{
    int most = model->layout.body.rows - form_foot(model), rows = form_rows(&model->form);
    return rows < most ? rows : most;
}

int form_lost_height(const struct model *model)
{
    return model->layout.body.rows;
}

/* The heading of the columns stays in view with the first of them. */
static void settle(struct model *model)
{
    struct form *form = &model->form;
    if (form->plan.line_count == 0)
        return;
    if (form->cursor >= lines_shown(form))
        form->cursor = lines_shown(form) - 1;
    size_t rows = (size_t)form_rows(form), height = (size_t)form_height(model);
    struct scroll scroll = {(size_t)form_row(form, form->cursor), form->top};
    scroll_settle(&scroll, rows, height);
    if ((int)scroll.cursor == form_heading(&form->plan) + 1 && height > 1) {
        scroll.cursor--;
        scroll_settle(&scroll, rows, height);
    }
    form->top = scroll.top;
}

void form_settle(struct model *model)
{
    struct form *form = &model->form;
    if (model->place != PLACE_IMPORT)
        return;
    settle(model);
    scroll_settle(&form->lost, form->figures.problem_count, (size_t)form_lost_height(model));
}

/* ---- what the runtime says ---- */

static void keep_choices(struct arena *arena, struct form_line *line)
{
    struct form_choice *kept = arena_alloc(arena, (line->choice_count + 1) * sizeof *kept);
    for (size_t i = 0; i < line->choice_count; i++)
        kept[i] = (struct form_choice){.decision = line->choices[i].decision,
                                       .word = arena_text(arena, line->choices[i].word),
                                       .label = arena_text(arena, line->choices[i].label),
                                       .hint = arena_text(arena, line->choices[i].hint),
                                       .chosen = line->choices[i].chosen};
    line->choices = kept;
}

static void keep_plan(struct form *form, const struct form_plan *plan)
{
    struct arena *arena = &form->arena;
    arena_release(arena);
    struct form_line *lines = arena_alloc(arena, (plan->line_count + 1) * sizeof *lines);
    for (size_t i = 0; i < plan->line_count; i++) {
        lines[i] = plan->lines[i];
        lines[i].title = arena_text(arena, lines[i].title);
        lines[i].typed = arena_text(arena, lines[i].typed);
        lines[i].shown = arena_text(arena, lines[i].shown);
        lines[i].example = arena_text(arena, lines[i].example);
        lines[i].note = arena_text(arena, lines[i].note);
        keep_choices(arena, &lines[i]);
    }
    form->plan = *plan;
    form->plan.lines = lines;
    form->plan.file = arena_text(arena, plan->file);
    form->plan.about = arena_text(arena, plan->about);
    form->plan.missing = arena_text(arena, plan->missing);
}

/* The line that was under the cursor, wherever its answer has put it. */
static size_t find_line(const struct form_plan *plan, struct text title, size_t or_else)
{
    for (size_t i = 0; i < plan->line_count; i++)
        if (title.length > 0 && text_equal(plan->lines[i].title, title))
            return i;
    return or_else < plan->line_count ? or_else : 0;
}

/* From where Esc leads back to. */
static void go_to_form(struct model *model)
{
    if (model->place != PLACE_IMPORT)
        model->form_from = model->place;
    model->place = PLACE_IMPORT;
}

void form_take_plan(struct model *model, const struct form_plan *plan)
{
    struct form *form = &model->form;
    struct buf title = BUF_INIT;
    bool again = form->stage == FORM_ASKING && form->plan.line_count > 0;
    if (again)
        buf_add_text(&title, form->plan.lines[form->cursor].title);
    keep_plan(form, plan);
    form->cursor = again ? find_line(&form->plan, buf_text(&title), form->cursor) : 0;
    buf_release(&title);
    if (!again) {
        form->top = 0;
        form->unfolded = false;
    }
    form->lost_open = false;
    form->lost = (struct scroll){0};
    arena_release(&form->figures_arena);
    form->figures = (struct form_figures){.share = NAN};
    form->stage = FORM_ASKING;
    go_to_form(model);
}

void form_take_figures(struct model *model, const struct form_figures *figures)
{
    struct form *form = &model->form;
    struct arena *arena = &form->figures_arena;
    if (form->stage == FORM_NONE)
        return;
    arena_release(arena);
    form->figures = *figures;
    form->figures.failure = arena_text(arena, figures->failure);
    struct form_problem *kept = arena_alloc(arena, (figures->problem_count + 1) * sizeof *kept);
    for (size_t i = 0; i < figures->problem_count; i++) {
        kept[i] = figures->problems[i];
        kept[i].what = arena_text(arena, kept[i].what);
    }
    form->figures.problems = kept;
}

/* An import has ended: what it could not use stays until somebody looks. */
void form_imported(struct model *model)
{
    struct form *form = &model->form;
    if (form->stage != FORM_IMPORTING)
        return;
    if (form->figures.known)
        imports_end(model, form->figures.added + form->figures.changed > 0);
    if (form->figures.known && form->figures.problem_count > 0)
        form->stage = FORM_IMPORTED;
    else
        form_release(form);
}

uint64_t form_usable(const struct form_figures *figures)
{
    return figures->known ? figures->added + figures->changed + figures->unchanged : 0;
}

/* ---- keys ---- */

bool form_left(const struct model *model)
{
    return model->form.stage == FORM_IMPORTED;
}

bool form_asks(const struct model *model)
{
    return model->form.stage == FORM_ASKING;
}

bool form_has_lost(const struct model *model)
{
    return model->form.figures.problem_count > 0;
}

bool form_has_rejects(const struct model *model)
{
    return model->form.figures.known && model->form.figures.troubles[FORM_REJECTED] > 0;
}

void form_keep_rejects(struct model *model, struct effects *effects)
{
    (void)model;
    effects_add(effects, (struct effect){.kind = EFFECT_REJECTS});
}

void form_show_lost(struct model *model)
{
    go_to_form(model);
    model->form.lost_open = true;
    model->form.lost = (struct scroll){0};
}

void form_turn(struct model *model, struct effects *effects)
{
    (void)effects;
    if (model->form.lost_open)
        model->form.lost_open = false;
    else
        form_show_lost(model);
}

void form_vertical(struct model *model, long by)
{
    struct scroll scroll = {model->form.cursor, 0};
    scroll_by(&scroll, by, lines_shown(&model->form));
    model->form.cursor = scroll.cursor;
    if (scroll.cursor == 0)
        model->form.top = 0;
}

void form_lost_vertical(struct model *model, long by)
{
    scroll_by(&model->form.lost, by, model->form.figures.problem_count);
}

void form_cancel(struct model *model, struct effects *effects)
{
    model->place = model->form_from;
    if (model->form.stage == FORM_ASKING)
        effects_add(effects, (struct effect){.kind = EFFECT_FORM_CLOSE});
    form_release(&model->form);
}

void run_close_unusable(struct model *model, struct effects *effects)
{
    if (form_asks(model))
        form_turn(model, effects);
    else
        form_cancel(model, effects);
}

uint64_t count_usable(const struct model *model)
{
    return form_usable(&model->form.figures);
}

void form_accept(struct model *model, struct effects *effects)
{
    struct form *form = &model->form;
    if (text_known(form->plan.missing)) {
        model_notice(model, "say the %.*s first: e on its line", (int)form->plan.missing.length,
                     form->plan.missing.at);
        return;
    }
    form->stage = FORM_IMPORTING;
    form->figures = (struct form_figures){.share = NAN};
    model->place = PLACE_EXPLORE;
    imports_begin(model);
    effects_add(effects, (struct effect){.kind = EFFECT_IMPORT});
}

bool form_folds(const struct model *model)
{
    const struct form_plan *plan = &model->form.plan;
    return plan->line_count > lines_before(plan, FORM_DECIDED) + 1;
}

void form_unfold(struct model *model, struct effects *effects)
{
    (void)effects;
    model->form.unfolded = !model->form.unfolded;
}

void form_edit(struct model *model, struct effects *effects)
{
    struct form *form = &model->form;
    (void)effects;
    if (form->plan.line_count == 0)
        return;
    if (form->cursor == form_fold(form)) {
        form_unfold(model, effects);
        return;
    }
    const struct form_line *line = &form->plan.lines[form->cursor];
    if (line->part == FORM_NOTE) {
        model_notice(model, "there is nothing to answer here");
        return;
    }
    form->asked = form->cursor;
    if (line->choice_count > 0) {
        picker_open(model, PICK_ANSWER);
        return;
    }
    prompt_open(model, PROMPT_ANSWER);
    line_set(&model->line, line->typed);
    model->line_fresh = true;
}

static const struct form_line *asked(const struct model *model)
{
    const struct form *form = &model->form;
    return form->asked < form->plan.line_count ? &form->plan.lines[form->asked] : NULL;
}

static void answer(struct effects *effects, size_t decision, struct text word)
{
    effects_add(effects,
                (struct effect){.kind = EFFECT_FORM_ANSWER, .id = (int64_t)decision, .text = word});
}

/* Those that hold what is typed; what is in force wears a tick. */
void form_offer(struct model *model)
{
    const struct form_line *line = asked(model);
    struct text typed = text_trim(buf_text(&model->line.text));
    if (!line)
        return;
    for (size_t i = 0; i < line->choice_count; i++) {
        const struct form_choice *choice = &line->choices[i];
        if (match_text(typed, choice->label) < 2 && match_text(typed, choice->hint) < 2)
            continue;
        picker_add(&model->picker, (struct choice){.label = choice->label,
                                                   .hint = choice->hint,
                                                   .value = i,
                                                   .checked = choice->chosen});
    }
    for (size_t i = 0; typed.length == 0 && i < model->picker.count; i++)
        if (model->picker.items[i].checked)
            model->picker.cursor = i;
}

void form_choose(struct model *model, struct effects *effects)
{
    const struct picker *picker = &model->picker;
    const struct form_line *line = asked(model);
    if (!line || picker->cursor >= picker->count)
        return;
    const struct form_choice *choice = &line->choices[picker->items[picker->cursor].value];
    answer(effects, choice->decision, choice->word);
    model->overlay = OVERLAY_NONE;
}

void form_typed(struct model *model)
{
    model->line_error = (struct err){.message = ""};
}

void form_answered(struct model *model, bool keep, struct effects *effects)
{
    const struct form_line *line = asked(model);
    struct text typed = text_trim(buf_text(&model->line.text));
    if (keep && line && typed.length > 0)
        answer(effects, line->decision, typed);
}

struct text form_asked(const struct model *model)
{
    const struct form_line *line = asked(model);
    return line ? line->title : TEXT("");
}

void form_say(const struct model *model, struct buf *out)
{
    double day;
    if (!date_parse(text_trim(buf_text(&model->line.text)), &day))
        return;
    buf_add_string(out, "read as ");
    date_day_year(out, day);
}

void form_click(struct model *model, const struct message *message, struct effects *effects)
{
    struct form *form = &model->form;
    int row = message->row - model->layout.body.row;
    if (row < 0)
        return;
    if (form->lost_open) {
        if (form->lost.top + (size_t)row < form->figures.problem_count)
            form->lost.cursor = form->lost.top + (size_t)row;
        return;
    }
    for (size_t i = 0; i < lines_shown(form) && row < form_height(model); i++) {
        if (form_row(form, i) != row + (int)form->top)
            continue;
        form->cursor = i;
        if (message->mouse == MOUSE_DOUBLE)
            form_edit(model, effects);
    }
}
