#include <math.h>
#include <stdio.h>

#include "base/vec.h"
#include "domain/show.h"
#include "ui_internal.h"

/* "Fill the budget": the form, what comes of it, and what that would change. */

#define TITLE_CELLS 19
#define NUMBER_CELLS 14
#define SUM_CELLS 11

/* ---- The form ---- */

static void draw_means(const struct model *model, struct canvas *canvas, struct area at,
                       const struct proposal_line *line, enum role surface)
{
    struct buf means = BUF_INIT;
    proposal_means(model, line, false, &means);
    if ((int)means.length > at.columns) {
        buf_clear(&means);
        proposal_means(model, line, true, &means);
    }
    if (means.length > 0)
        canvas_fit(canvas, at.column, at.row, at.columns, FIT_LEFT, ink_on(ROLE_DIM, surface),
                   buf_text(&means));
    buf_release(&means);
}

static void draw_form_line(const struct model *model, struct canvas *canvas, struct area at,
                           const struct proposal_line *line, bool cursor)
{
    struct buf title = BUF_INIT, value = BUF_INIT;
    proposal_title(model, line, &title);
    proposal_value(model, line, &value);
    bool rule = line->part == PROPOSAL_RULE;
    int x = at.column + 1 + TITLE_CELLS;
    int cells = rule ? at.column + at.columns - x - 1 : NUMBER_CELLS;
    canvas_fit(canvas, at.column + 2, at.row, TITLE_CELLS - 1, FIT_LEFT,
               ink(value.length ? ROLE_TEXT : ROLE_DIM), buf_text(&title));
    if (cursor)
        canvas_surface(canvas, at, ROLE_CURSOR);
    if (cursor)
        canvas_glyph(canvas, at.column, at.row, (struct ink){ROLE_TEXT, ROLE_CURSOR, true},
                     GLYPH_FOCUS);
    if (cursor && proposal_is_text(line->part)) {
        frame_field(canvas, x, at.row, cells, &model->line);
    } else {
        bool hint = rule && value.length == 0;
        if (hint)
            buf_add_string(&value, "such as: at most 3 beauty");
        canvas_fit(canvas, x, at.row, cells, FIT_LEFT,
                   ink_on(hint ? ROLE_DIM : ROLE_TEXT, cursor ? ROLE_CURSOR : ROLE_TEXT),
                   buf_text(&value));
        draw_means(model, canvas, (struct area){x + 5, at.row, at.column + at.columns - x - 6, 1},
                   line, cursor ? ROLE_CURSOR : ROLE_TEXT);
    }
    buf_release(&title);
    buf_release(&value);
}

static void draw_form(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct proposal *proposal = &model->proposal;
    for (int i = 0; i < area.rows; i++) {
        size_t index = proposal->shown_form.top + (size_t)i;
        if (index < proposal->form)
            draw_form_line(model, canvas, (struct area){area.column, area.row + i, area.columns, 1},
                           &proposal->lines.items[index], index == proposal->cursor);
    }
    if (proposal->shown_form.top > 0)
        canvas_glyph(canvas, area.column + area.columns - 1, area.row, ink(ROLE_DIM), GLYPH_UP);
    if (proposal->shown_form.top + (size_t)area.rows < proposal->form)
        canvas_glyph(canvas, area.column + area.columns - 1, area.row + area.rows - 1,
                     ink(ROLE_DIM), GLYPH_DOWN);
}

/* ---- What comes of it ---- */

static void draw_sum(const struct model *model, struct canvas *canvas, int x, int y,
                     enum column column, double value, bool estimated)
{
    struct figure figure = figure_fit(model, column, value, estimated ? '~' : ' ', SUM_CELLS - 1);
    canvas_fit(canvas, x, y, SUM_CELLS, FIT_RIGHT, ink(figure.role), text_of(figure.text));
}

static double roi_of(const struct fill_sum *sum)
{
    return sum->cost > 0 ? sum->profit / sum->cost : NAN;
}

static void draw_sums(const struct model *model, struct canvas *canvas, struct area at, int x,
                      const struct fill_sum *sum)
{
    char count[24];
    snprintf(count, sizeof count, "%zu", sum->creators);
    draw_sum(model, canvas, x, at.row + 1, COL_COST, sum->cost, sum->estimated);
    canvas_fit(canvas, x, at.row + 2, SUM_CELLS, FIT_RIGHT, ink(ROLE_TEXT), text_of(count));
    draw_sum(model, canvas, x, at.row + 3, COL_PROFIT, sum->profit, sum->estimated);
    draw_sum(model, canvas, x, at.row + 4, COL_ROI, roi_of(sum), sum->estimated);
}

static enum role judge_role(const struct fill_report *report)
{
    if (report && report->result.state == ALLOCATION_IMPOSSIBLE)
        return ROLE_BAD;
    return report && report->result.state == ALLOCATION_PROVEN ? ROLE_GOOD : ROLE_DIM;
}

/* On a second line goes what the first has no room for. */
static void draw_two_lines(struct canvas *canvas, int x, int y, int cells, struct ink look,
                           struct text text)
{
    struct text rest = text, first = frame_line(canvas, &rest, cells);
    canvas_fit(canvas, x, y, cells, FIT_LEFT, look, first);
    if (rest.length > 0)
        canvas_fit(canvas, x, y + 1, cells, FIT_LEFT, look, rest);
}

/* Why there is none takes two lines; there is no money left to speak of then. */
static void draw_judgement(const struct model *model, struct canvas *canvas, int x, int y,
                           int cells)
{
    struct buf text = BUF_INIT;
    proposal_judge(model, &text);
    draw_two_lines(canvas, x, y, cells, ink(judge_role(model->proposal.report)), buf_text(&text));
    buf_release(&text);
}

static void draw_left(const struct model *model, struct canvas *canvas, int x, int y, int cells,
                      bool alone)
{
    struct buf text = BUF_INIT;
    proposal_left(model, &text);
    if (alone)
        canvas_fit(canvas, x, y, cells, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    else
        draw_two_lines(canvas, x, y, cells, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

/* Where there is no room for the sums, one line says how good it is and one what is left. */
static void draw_result(const struct model *model, struct canvas *canvas, struct area area)
{
    static const char *const titles[] = {"", "Cost", "Creators", "Profit", "ROI"};
    const struct fill_report *report = model->proposal.report;
    int now = area.column + 12, then = now + SUM_CELLS, lines = (int)COUNT_OF(titles);
    int say = then + SUM_CELLS + 3, at_left = area.row + 1, at_judgement = area.row + 3;
    if (area.rows < lines || area.rows >= lines + 2) {
        say = area.column + 2;
        at_judgement = area.row + (area.rows < lines ? 0 : lines);
        at_left = at_judgement + 1;
    }
    int cells = area.column + area.columns - say - 1;
    bool below = at_left > at_judgement;
    if (area.rows > 0)
        draw_judgement(model, canvas, say, at_judgement, cells);
    if (area.rows > 1)
        draw_left(model, canvas, say, at_left, cells, below);
    if (area.rows < lines)
        return;
    canvas_fit(canvas, now, area.row, SUM_CELLS, FIT_RIGHT, ink_strong(ROLE_TITLE), TEXT("now"));
    canvas_fit(canvas, then, area.row, SUM_CELLS, FIT_RIGHT, ink_strong(ROLE_TITLE),
               TEXT("proposed"));
    for (int i = 1; i < lines; i++)
        canvas_string(canvas, area.column + 2, area.row + i, ink(ROLE_DIM), titles[i]);
    if (!report || report->gathering)
        return;
    draw_sums(model, canvas, area, now, &report->before);
    if (report->result.any)
        draw_sums(model, canvas, area, then, &report->after);
}

/* ---- What it would change ---- */

static void change_text(const struct fill_change *change, struct buf *out)
{
    if (change->before == 0)
        buf_addf(out, "%u %s", change->after, change->after == 1 ? "post" : "posts");
    else if (change->after == 0)
        buf_addf(out, "out, was %u", change->before);
    else
        buf_addf(out, "%u > %u posts", change->before, change->after);
}

#define POSTS_CELLS 12
#define AMOUNT_CELLS 9

static void draw_amount(const struct model *model, struct canvas *canvas, int x, int y,
                        enum column column, double value, bool estimated)
{
    struct figure figure =
        figure_fit(model, column, value, estimated ? '~' : ' ', AMOUNT_CELLS - 1);
    canvas_fit(canvas, x, y, AMOUNT_CELLS, FIT_RIGHT, ink(figure.role), text_of(figure.text));
}

/* Posts, cost and profit of a change stand right of its name; where that is little, without the cost. */
#define AMOUNTS_FROM 46
static int amounts_of(struct area at)
{
    return at.columns >= AMOUNTS_FROM ? 2 : 1;
}

static int posts_at(struct area at)
{
    return at.column + at.columns - POSTS_CELLS - amounts_of(at) * AMOUNT_CELLS - 2;
}

static int profit_at(struct area at)
{
    return posts_at(at) + POSTS_CELLS + (amounts_of(at) - 1) * AMOUNT_CELLS;
}

static void draw_change(const struct model *model, struct canvas *canvas, struct area at,
                        const struct proposal_line *line, bool cursor)
{
    struct buf text = BUF_INIT;
    const struct fill_change *change =
        line->part == PROPOSAL_CHANGE ? &model->proposal.report->changes[line->index] : NULL;
    const char *sign = !change ? "x" : change->before == 0 ? "+" : change->after == 0 ? "-" : " ";
    int x = posts_at(at);
    canvas_string(canvas, at.column + 2, at.row, ink_strong(change ? ROLE_TEXT : ROLE_DIM), sign);
    canvas_fit(canvas, at.column + 4, at.row, x - at.column - 5, FIT_LEFT,
               ink(change ? ROLE_TEXT : ROLE_DIM),
               catalog_text(model->catalog, COL_HANDLE, line->row));
    if (change)
        change_text(change, &text);
    else
        buf_add_string(&text, "left out");
    canvas_fit(canvas, x, at.row, POSTS_CELLS, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    if (change && amounts_of(at) > 1)
        draw_amount(model, canvas, x + POSTS_CELLS, at.row, COL_COST, change->cost,
                    change->estimated);
    if (change)
        draw_amount(model, canvas, profit_at(at), at.row, COL_PROFIT, change->profit,
                    change->estimated);
    if (cursor) {
        canvas_glyph(canvas, at.column, at.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
        canvas_surface(canvas, at, ROLE_CURSOR);
    }
    buf_release(&text);
}

static void draw_heading(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct proposal *proposal = &model->proposal;
    size_t count = proposal->lines.count - proposal->form;
    int x = posts_at(area);
    char title[48];
    snprintf(title, sizeof title, "%zu %s%s", count, count == 1 ? "change" : "changes",
             amounts_of(area) > 1 ? " to the plan" : "");
    bool done = proposal->report && proposal->report->result.any;
    if (count == 0) {
        canvas_fit(canvas, area.column + 2, area.row, area.columns - 3, FIT_LEFT,
                   ink_strong(ROLE_TITLE), text_of(done ? "The plan stays as it is" : ""));
        return;
    }
    canvas_fit(canvas, area.column + 2, area.row, x - area.column - 3, FIT_LEFT,
               ink_strong(ROLE_TITLE), text_of(title));
    if (amounts_of(area) > 1)
        canvas_fit(canvas, x + POSTS_CELLS, area.row, AMOUNT_CELLS, FIT_RIGHT,
                   ink_strong(ROLE_TITLE), TEXT("Cost"));
    canvas_fit(canvas, profit_at(area), area.row, AMOUNT_CELLS, FIT_RIGHT, ink_strong(ROLE_TITLE),
               TEXT("Profit"));
}

static void draw_changes(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct proposal *proposal = &model->proposal;
    size_t count = proposal->lines.count - proposal->form;
    draw_heading(model, canvas, area);
    for (int i = 0; i < area.rows - 1; i++) {
        size_t index = proposal->form + proposal->shown_change.top + (size_t)i;
        if (index < proposal->lines.count)
            draw_change(model, canvas,
                        (struct area){area.column, area.row + 1 + i, area.columns, 1},
                        &proposal->lines.items[index], index == proposal->cursor);
    }
    int right = area.column + area.columns - 1;
    if (proposal->shown_change.top > 0)
        canvas_glyph(canvas, right, area.row + 1, ink(ROLE_DIM), GLYPH_UP);
    if (proposal->shown_change.top + (size_t)area.rows - 1 < count)
        canvas_glyph(canvas, right, area.row + area.rows - 1, ink(ROLE_DIM), GLYPH_DOWN);
}

/* What is wrong with the line at the cursor, or what it is for. */
static void draw_foot(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct proposal_line *line = &model->proposal.lines.items[model->proposal.cursor];
    bool wrong = model->line_error.message[0];
    struct buf say = BUF_INIT;
    if (wrong)
        buf_addf(&say, "! %s", model->line_error.message);
    else
        proposal_help(model, line, &say);
    canvas_fit(canvas, area.column + 2, area.row + area.rows - 1, area.columns - 3, FIT_LEFT,
               ink(wrong ? ROLE_BAD : ROLE_DIM), buf_text(&say));
    buf_release(&say);
}

static void draw_from(const struct model *model, struct canvas *canvas, struct area at)
{
    struct buf text = BUF_INIT;
    int cells = at.columns - 3;
    proposal_from(model, false, &text);
    if ((int)text_width(buf_text(&text), canvas->widths) > cells) {
        buf_clear(&text);
        proposal_from(model, true, &text);
    }
    canvas_fit(canvas, at.column + 2, at.row, cells, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

void pane_proposal(const struct model *model, struct canvas *canvas)
{
    struct proposal_layout layout = proposal_layout(model);
    struct area area = frame_box(model, canvas, layout.columns, layout.rows,
                                 TEXT("Fill the budget"), contexts[CONTEXT_FILL].way_out);
    int left = layout.beside ? (area.columns - 1) / 2 : area.columns;
    draw_form(model, canvas, (struct area){area.column, area.row, left, layout.form});
    int y = area.row + layout.form;
    if (layout.from)
        draw_from(model, canvas, (struct area){area.column, y++, left, 1});
    draw_result(model, canvas, (struct area){area.column, y, left, layout.result});
    struct area changes = {area.column, y + layout.result, left, layout.changes + 1};
    if (layout.beside) {
        frame_vertical(canvas, area.column + left,
                       (struct area){area.column, area.row, 1, area.rows - layout.foot});
        changes.column += left + 1;
        changes.row = area.row;
        changes.columns = area.columns - left - 1;
    }
    if (layout.changes > 0)
        draw_changes(model, canvas, changes);
    if (layout.foot > 0)
        draw_foot(model, canvas, area);
}
