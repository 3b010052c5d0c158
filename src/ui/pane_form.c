#include <math.h>

#include "base/number.h"
#include "base/vec.h"
#include "ui_internal.h"

/* The form of an import: the file, what is a guess, what becomes of its columns, and what it would
 * bring; or, over it, the list of what cannot be used. */

#define TITLE_AT 2
#define FIELD_AT 16
#define FIELD_CELLS 14
#define FIRST_CELLS 24  /* of what is unusable, cut short */
#define ANSWER_CELLS 32 /* of what is typed */

/* Cells where the parts of a column's row begin; 0: no room for it. */
struct grid {
    int becomes, example, note;
};

static struct grid grid_of(const struct canvas *canvas)
{
    int width = canvas->columns, spare = width > 80 ? width - 80 : 0;
    if (width < 40)
        return (struct grid){width / 2, 0, 0};
    if (width < 72)
        return (struct grid){width * 3 / 10, width * 11 / 20, 0};
    spare = spare < 60 ? spare : 60;
    return (struct grid){24 + spare / 5, 40 + spare / 4, 60 + spare / 2};
}

static void count_text(const struct model *model, struct buf *out, uint64_t count, const char *one,
                       const char *many)
{
    number_fixed(out, (double)count, 0, model->style);
    buf_addf(out, " %s", count == 1 ? one : many);
}

/* ---- the file ---- */

static void draw_file(const struct model *model, struct canvas *canvas)
{
    const struct form *form = &model->form;
    struct ink bar = ink_on(ROLE_BAR, ROLE_BAR), name = {ROLE_BAR, ROLE_BAR, true};
    struct buf about = BUF_INIT;
    canvas_fill(canvas, model->layout.bar, bar, ' ');
    int column =
        canvas_string(canvas, 1, 0, (struct ink){ROLE_TITLE, ROLE_BAR, true}, "Import") + 2;
    if (form->figures.rows > 0) {
        count_text(model, &about, form->figures.rows, "row", "rows");
        buf_add_string(&about, form->plan.about.length > 0 ? ", " : "");
    }
    buf_add_text(&about, form->plan.about);
    int room = canvas->columns - column - 1;
    int cells = (int)text_width(buf_text(&about), canvas->widths);
    int needed = (int)text_width(form->plan.file, canvas->widths);
    if (needed + 2 + cells <= room) {
        canvas_text(canvas, canvas->columns - 1 - cells, 0, bar, buf_text(&about));
        room -= cells + 2;
    }
    canvas_fit(canvas, column, 0, needed < room ? needed : room, FIT_LEFT, name, form->plan.file);
    buf_release(&about);
}

static const char *const words[] = {"No",   "One", "Two",   "Three", "Four",
                                    "Five", "Six", "Seven", "Eight", "Nine"};

static void guesses_text(const struct form_plan *plan, struct buf *out)
{
    if (plan->blind)
        buf_add_string(out, "A pipe can be read only once: no look beforehand.");
    else if (text_known(plan->missing))
        buf_addf(out, "The %.*s has to be said first: e on its line.", (int)plan->missing.length,
                 plan->missing.at);
    else if (plan->guesses == 0)
        buf_add_string(out, "Nothing had to be guessed.");
    else if (plan->guesses == 1)
        buf_add_string(out, "One answer is a guess: check it.");
    else if (plan->guesses < COUNT_OF(words))
        buf_addf(out, "%s answers are guesses: check them.", words[plan->guesses]);
    else
        buf_addf(out, "%zu answers are guesses: check them.", plan->guesses);
    if (plan->remembered)
        buf_add_string(out, " Your answers of last time hold.");
}

static void draw_state(const struct model *model, struct canvas *canvas)
{
    struct area line = model->layout.chips;
    const struct form_plan *plan = &model->form.plan;
    struct buf text = BUF_INIT;
    bool missing = text_known(plan->missing);
    canvas_fill(canvas, line, ink(ROLE_TEXT), ' ');
    guesses_text(plan, &text);
    int column = canvas_string(canvas, 1, line.row, ink(ROLE_GOOD), "Nothing is written yet.") + 1;
    if (column < canvas->columns)
        canvas_fit(canvas, column, line.row, canvas->columns - column - 1, FIT_LEFT,
                   ink(missing ? ROLE_WARN : ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

/* ---- lines ---- */

static void draw_decision(struct canvas *canvas, int y, const struct form_line *line)
{
    int width = canvas->columns;
    int field = width < 50 ? width / 3 : FIELD_AT;
    int cells = width < 50 ? width / 3 : FIELD_CELLS;
    canvas_fit(canvas, TITLE_AT, y, field - TITLE_AT, FIT_LEFT, ink(ROLE_TEXT), line->title);
    struct ink value =
        line->part == FORM_QUESTION ? ink_on(ROLE_FIELD, ROLE_FIELD) : ink(ROLE_TEXT);
    canvas_fit(canvas, field, y, cells, FIT_LEFT, value, TEXT(""));
    canvas_fit(canvas, field + 1, y, cells - 2, FIT_LEFT, value, line->shown);
    int at = field + cells + 2;
    if (line->guess)
        canvas_string(canvas, at, y, ink(ROLE_WARN), line->open ? "!" : "?");
    if (at + 2 < width - 1)
        canvas_fit(canvas, at + 2, y, width - at - 3, FIT_LEFT,
                   ink(line->open ? ROLE_WARN : ROLE_DIM), line->note);
}

static void column_note(const struct model *model, const struct form_line *line, struct buf *out)
{
    const struct form_figures *figures = &model->form.figures;
    if (line->tiers && figures->known) {
        if (figures->tiers_disagree > 0) {
            buf_add_string(out, "ours: ");
            count_text(model, out, figures->tiers_disagree, "disagrees", "disagree");
        } else {
            buf_add_string(out, "ours: all agree");
        }
        return;
    }
    buf_add_string(out, line->guess ? "? " : "");
    buf_add_text(out, line->note);
}

static void draw_column(const struct model *model, struct canvas *canvas, int y,
                        const struct form_line *line)
{
    struct grid grid = grid_of(canvas);
    int end = canvas->columns - 1, after = grid.example ? grid.example : end;
    struct buf note = BUF_INIT;
    canvas_fit(canvas, TITLE_AT, y, grid.becomes - TITLE_AT - 1, FIT_LEFT, ink(ROLE_TEXT),
               line->title);
    canvas_fit(canvas, grid.becomes, y, after - grid.becomes - 1, FIT_LEFT,
               ink(line->left_out ? ROLE_DIM : ROLE_TITLE), line->shown);
    if (grid.example)
        canvas_fit(canvas, grid.example, y, (grid.note ? grid.note : end) - grid.example - 1,
                   FIT_LEFT, ink(ROLE_DIM), line->example);
    column_note(model, line, &note);
    bool doubt =
        line->doubt || line->guess ||
        (line->tiers && model->form.figures.known && model->form.figures.tiers_disagree > 0);
    if (grid.note)
        canvas_fit(canvas, grid.note, y, end - grid.note, FIT_LEFT,
                   ink(doubt            ? ROLE_WARN
                       : line->left_out ? ROLE_DIM
                                        : ROLE_TEXT),
                   buf_text(&note));
    buf_release(&note);
}

static void draw_heading(struct canvas *canvas, int y)
{
    struct grid grid = grid_of(canvas);
    struct ink title = ink_strong(ROLE_TITLE);
    canvas_fit(canvas, TITLE_AT, y, grid.becomes - TITLE_AT - 1, FIT_LEFT, title,
               TEXT("Column in the file"));
    canvas_string(canvas, grid.becomes, y, title, "becomes");
    if (grid.example)
        canvas_string(canvas, grid.example, y, title, "for example");
    if (grid.note)
        canvas_string(canvas, grid.note, y, title, "notes");
}

/* "Encoding UTF-8   Separator ;   Header on line 1" */
static void draw_fold(const struct model *model, struct canvas *canvas, int y)
{
    const struct form_plan *plan = &model->form.plan;
    static const char hint[] = "Space lists them";
    int end = canvas->columns - 1, wide = (int)sizeof hint;
    struct buf text = BUF_INIT;
    for (size_t i = form_fold(&model->form); i < plan->line_count; i++) {
        buf_add_string(&text, text.length > 0 ? "   " : "");
        buf_add_text(&text, plan->lines[i].title);
        buf_add_char(&text, ' ');
        buf_add_text(&text, plan->lines[i].shown);
    }
    if (canvas->columns >= 60) {
        canvas_string(canvas, end - wide + 1, y, ink(ROLE_DIM), hint);
        end -= wide + 1;
    }
    canvas_fit(canvas, TITLE_AT, y, end - TITLE_AT, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

/* The surface of the field stays what it is. */
static void draw_cursor(struct canvas *canvas, int y)
{
    for (int column = 0; column < canvas->columns; column++)
        if (canvas_cell(canvas, column, y)->surface != ROLE_FIELD)
            canvas_surface(canvas, (struct area){column, y, 1, 1}, ROLE_CURSOR);
    canvas_glyph(canvas, 0, y, (struct ink){ROLE_TITLE, ROLE_CURSOR, true}, GLYPH_FOCUS);
}

static void draw_lines(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct form *form = &model->form;
    int heading = form_heading(&form->plan) - (int)form->top;
    if (form_heading(&form->plan) >= 0 && heading >= 0 && heading < area.rows)
        draw_heading(canvas, area.row + heading);
    for (size_t i = 0; i < form->plan.line_count && i <= form_fold(form); i++) {
        const struct form_line *line = &form->plan.lines[i];
        int y = form_row(form, i) - (int)form->top;
        if (y < 0 || y >= area.rows)
            continue;
        y += area.row;
        if (i == form_fold(form))
            draw_fold(model, canvas, y);
        else if (line->part == FORM_NOTE)
            canvas_fit(canvas, TITLE_AT, y, canvas->columns - TITLE_AT - 1, FIT_LEFT,
                       ink(ROLE_WARN), line->note);
        else if (line->part == FORM_COLUMN)
            draw_column(model, canvas, y, line);
        else
            draw_decision(canvas, y, line);
        if (i == form->cursor)
            draw_cursor(canvas, y);
    }
    int right = canvas->columns - 1;
    if (form->top > 0)
        canvas_glyph(canvas, right, area.row, ink(ROLE_DIM), GLYPH_UP);
    if ((int)form->top + area.rows < form_rows(form))
        canvas_glyph(canvas, right, area.row + area.rows - 1, ink(ROLE_DIM), GLYPH_DOWN);
}

/* ---- what it brings ---- */

static int draw_count(const struct model *model, struct canvas *canvas, int column, int y,
                      enum role role, uint64_t count, const char *what)
{
    struct buf number = BUF_INIT;
    number_fixed(&number, (double)count, 0, model->style);
    int cells = (int)number.length + 1 + (int)text_of(what).length;
    if (column + cells < canvas->columns) {
        column = canvas_text(canvas, column, y, ink_strong(role), buf_text(&number)) + 1;
        column = canvas_string(canvas, column, y, ink(ROLE_DIM), what) + 3;
    }
    buf_release(&number);
    return column;
}

static void draw_counts(const struct model *model, struct canvas *canvas, int y)
{
    const struct form_figures *figures = &model->form.figures;
    uint64_t unusable = figures->troubles[FORM_REJECTED], unknown = figures->troubles[FORM_UNKNOWN];
    int column = TITLE_AT;
    column = draw_count(model, canvas, column, y, figures->added ? ROLE_GOOD : ROLE_DIM,
                        figures->added, "new");
    column =
        draw_count(model, canvas, column, y, ROLE_TEXT, figures->changed, "already there, updated");
    if (figures->unchanged > 0)
        column = draw_count(model, canvas, column, y, ROLE_TEXT, figures->unchanged, "as they are");
    column =
        draw_count(model, canvas, column, y, unusable ? ROLE_BAD : ROLE_DIM, unusable, "unusable");
    if (unknown > 0 && column + 30 < canvas->columns)
        column = draw_count(model, canvas, column, y, ROLE_WARN, unknown, "unknown");
    if (figures->problem_count > 0 && column + 14 < canvas->columns) {
        column = canvas_string(canvas, column - 1, y, ink_strong(ROLE_KEY), "Tab");
        canvas_string(canvas, column + 1, y, ink(ROLE_DIM), "shows them");
    }
}

static void problem_text(const struct form_problem *problem, struct buf *out)
{
    if (problem->line > 0)
        buf_addf(out, "line %llu: ", (unsigned long long)problem->line);
    buf_add_text(out, problem->what);
}

/* "line 88: no handle   line 141: …   2 more": as many as there is room for, the last cut short. */
static void draw_first(const struct model *model, struct canvas *canvas, int y)
{
    const struct form_figures *figures = &model->form.figures;
    int column = TITLE_AT, end = canvas->columns - 1;
    uint64_t all = figures->troubles[FORM_REJECTED], shown = 0;
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < figures->problem_count && shown < all; i++) {
        buf_clear(&text);
        problem_text(&figures->problems[i], &text);
        int cells = (int)text_width(buf_text(&text), canvas->widths);
        int room = end - column - (shown + 1 < all ? 10 : 0);
        if (cells > room && shown > 0 && room < FIRST_CELLS)
            break;
        canvas_fit(canvas, column, y, cells < room ? cells : room, FIT_LEFT, ink(ROLE_DIM),
                   buf_text(&text));
        column += (cells < room ? cells : room) + 3;
        shown++;
    }
    if (shown > 0 && shown < all) {
        buf_clear(&text);
        number_fixed(&text, (double)(all - shown), 0, model->style);
        buf_add_string(&text, " more");
        canvas_text(canvas, column, y, ink(ROLE_DIM), buf_text(&text));
    }
    buf_release(&text);
}

static void draw_running(const struct model *model, struct canvas *canvas, int y)
{
    const struct form_figures *figures = &model->form.figures;
    struct buf text = BUF_INIT;
    buf_add_string(&text, "looking what it would bring");
    if (figures->rows > 0) {
        buf_add_string(&text, ": ");
        count_text(model, &text, figures->rows, "row", "rows");
    }
    if (figures->share >= 0 && figures->share <= 1)
        buf_addf(&text, ", %.0f%%", floor(figures->share * 100));
    canvas_fit(canvas, TITLE_AT, y, canvas->columns - TITLE_AT - 1, FIT_LEFT, ink(ROLE_DIM),
               buf_text(&text));
    buf_release(&text);
}

static void draw_figures(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct form_figures *figures = &model->form.figures;
    int y = area.row + (area.rows > 2);
    if (area.rows < 1)
        return;
    if (figures->known)
        draw_counts(model, canvas, y);
    else if (figures->running)
        draw_running(model, canvas, y);
    else if (text_known(figures->failure))
        canvas_fit(canvas, TITLE_AT, y, canvas->columns - TITLE_AT - 1, FIT_LEFT, ink(ROLE_BAD),
                   figures->failure);
    if (figures->known && area.rows > 2)
        draw_first(model, canvas, y + 1);
}

/* ---- what cannot be used ---- */

static const struct {
    const char *word;
    const char *one, *many;
    enum role role;
} troubles[FORM_TROUBLES] = {
    [FORM_REJECTED] = {"left out", "row cannot be used", "rows cannot be used", ROLE_BAD},
    [FORM_UNKNOWN] = {"unknown", "value counts as unknown", "values count as unknown", ROLE_WARN},
    [FORM_REPEATED] = {"repeated", "row repeats a creator", "rows repeat a creator", ROLE_DIM},
    [FORM_LOOK] = {"look", "value is worth a look", "values are worth a look", ROLE_DIM},
};

static void draw_lost_state(const struct model *model, struct canvas *canvas)
{
    const struct form_figures *figures = &model->form.figures;
    struct area line = model->layout.chips;
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < FORM_TROUBLES; i++) {
        if (figures->troubles[i] == 0)
            continue;
        buf_add_string(&text, text.length > 0 ? ", " : "");
        count_text(model, &text, figures->troubles[i], troubles[i].one, troubles[i].many);
    }
    canvas_fill(canvas, line, ink(ROLE_TEXT), ' ');
    canvas_fit(canvas, 1, line.row, canvas->columns - 2, FIT_LEFT, ink(ROLE_TITLE),
               buf_text(&text));
    buf_release(&text);
}

static void draw_problem(const struct model *model, struct canvas *canvas, int y,
                         const struct form_problem *problem)
{
    struct buf number = BUF_INIT;
    bool narrow = canvas->columns < 50;
    int word = narrow ? 8 : 18, what = word + (narrow ? 0 : 11);
    if (problem->line > 0)
        number_fixed(&number, (double)problem->line, 0, model->style);
    if (!narrow)
        canvas_string(canvas, TITLE_AT, y, ink(ROLE_DIM), "line");
    canvas_fit(canvas, narrow ? 1 : TITLE_AT + 5, y, narrow ? 6 : 9, FIT_RIGHT, ink(ROLE_TEXT),
               buf_text(&number));
    if (!narrow)
        canvas_fit(canvas, word, y, 10, FIT_LEFT, ink(troubles[problem->trouble].role),
                   text_of(troubles[problem->trouble].word));
    canvas_fit(canvas, what, y, canvas->columns - what - 1, FIT_LEFT, ink(ROLE_TEXT),
               problem->what);
    buf_release(&number);
}

static void draw_lost(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct form *form = &model->form;
    size_t count = form->figures.problem_count;
    for (int i = 0; i < area.rows && form->lost.top + (size_t)i < count; i++) {
        size_t index = form->lost.top + (size_t)i;
        draw_problem(model, canvas, area.row + i, &form->figures.problems[index]);
        if (index == form->lost.cursor)
            draw_cursor(canvas, area.row + i);
    }
    int right = canvas->columns - 1;
    if (form->lost.top > 0)
        canvas_glyph(canvas, right, area.row, ink(ROLE_DIM), GLYPH_UP);
    if (form->lost.top + (size_t)area.rows < count)
        canvas_glyph(canvas, right, area.row + area.rows - 1, ink(ROLE_DIM), GLYPH_DOWN);
}

/* ---- all of it ---- */

void pane_form(const struct model *model, struct canvas *canvas)
{
    struct area body = model->layout.body;
    draw_file(model, canvas);
    canvas_fill(canvas, body, ink(ROLE_TEXT), ' ');
    if (model->form.lost_open) {
        draw_lost_state(model, canvas);
        body.rows = form_lost_height(model);
        draw_lost(model, canvas, body);
        return;
    }
    draw_state(model, canvas);
    body.rows = form_height(model);
    draw_lines(model, canvas, body);
    draw_figures(model, canvas,
                 (struct area){body.column, body.row + body.rows, body.columns, form_foot(model)});
}

/* Where many are unusable, not all of them are here. */
void form_standing(const struct model *model, struct canvas *canvas, int row)
{
    const struct form *form = &model->form;
    uint64_t all = 0;
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < FORM_TROUBLES; i++)
        all += form->figures.troubles[i];
    if (!form->lost_open && !form->plan.blind) {
        buf_add_string(&text, "remembered for the next file with these columns");
    } else if (form->lost_open && all > form->figures.problem_count) {
        count_text(model, &text, all - form->figures.problem_count, "more is", "more are");
        buf_add_string(&text, " not shown; microscope import --report FILE writes all of them");
    }
    canvas_fit(canvas, 1, row, canvas->columns - 2, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    static const char undo[] = "undo any time: :imports";
    int at = canvas->columns - (int)sizeof undo;
    if (!form->lost_open && at > (int)text.length + 2)
        canvas_string(canvas, at, row, ink(ROLE_DIM), undo);
    buf_release(&text);
}

void form_field(const struct model *model, struct canvas *canvas, int row)
{
    struct buf text = BUF_INIT;
    struct text title = form_asked(model);
    int most = canvas->columns / 3, cells = (int)text_width(title, canvas->widths);
    cells = cells < most ? cells : most;
    canvas_fit(canvas, 1, row, cells, FIT_LEFT, ink_strong(ROLE_TITLE), title);
    int column = cells + 2;
    cells = canvas->columns >= 80 ? ANSWER_CELLS : canvas->columns / 2;
    frame_field(canvas, column, row, cells, &model->line);
    column += cells + 1;
    form_say(model, &text);
    if (column < canvas->columns - 1)
        canvas_fit(canvas, column, row, canvas->columns - column - 1, FIT_LEFT, ink(ROLE_DIM),
                   buf_text(&text));
    buf_release(&text);
}
