#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* Creators side by side: rows are figures, columns are creators, the best of each row wears a sign. */

struct grid {
    int title;         /* cells of the rows' titles */
    int first, across; /* creators in view */
    int each;          /* cells a creator has */
    int figure;        /* cells of a figure in it */
    int bar;           /* cells of its bar */
    bool against;      /* room for the factor to the reference */
};

static struct grid grid_of(const struct model *model)
{
    struct grid grid = {.title = compare_title(model), .across = compare_across(model)};
    if (grid.across > model->compare_count)
        grid.across = model->compare_count;
    if (model->compare_focus >= grid.across)
        grid.first = model->compare_focus - grid.across + 1;
    grid.each = (model->layout.columns - grid.title) / grid.across;
    if (grid.each > 44)
        grid.each = 44;
    grid.figure = 9;
    grid.against = model->comparison.reference != COMPARE_NONE && grid.each >= 24;
    grid.bar = grid.each - grid.figure - 5 - (grid.against ? 8 : 0);
    if (grid.bar > 14)
        grid.bar = 14;
    return grid;
}

static int column_of(const struct grid *grid, int index)
{
    return grid->title + (index - grid->first) * grid->each;
}

static struct text handle_of(const struct model *model, int index)
{
    uint32_t row = model->comparison.rows[index];
    struct text handle = catalog_text(model->catalog, COL_HANDLE, row);
    struct text name = catalog_text(model->catalog, COL_NAME, row);
    return handle_is_channel_id(handle) && text_known(name) ? name : handle;
}

static void draw_head(const struct model *model, struct canvas *canvas, const struct grid *grid,
                      int y)
{
    for (int i = grid->first; i < grid->first + grid->across; i++) {
        int at = column_of(grid, i);
        uint32_t row = model->comparison.rows[i];
        bool focused = i == model->compare_focus;
        canvas_hit(canvas, (struct area){at, y, grid->each - 1, compare_head(model)}, HIT_CREATOR,
                   (size_t)i);
        struct ink name = focused ? (struct ink){ROLE_TAB, ROLE_TAB, true} : ink_strong(ROLE_TITLE);
        if (focused) {
            canvas_fill(canvas, (struct area){at, y, grid->each - 1, 1}, name, ' ');
            canvas_glyph(canvas, at, y, name, GLYPH_FOCUS);
        }
        bool reference = i == model->comparison.reference;
        int cells = grid->each - 2 - (reference ? 11 : 0);
        canvas_fit(canvas, at + 1, y, cells, FIT_LEFT, name, handle_of(model, i));
        if (reference)
            canvas_string(canvas, at + 1 + cells, y, focused ? name : ink(ROLE_OWN), " reference");
        if (compare_head(model) < 2)
            continue;
        struct buf text = BUF_INIT;
        buf_add_string(&text, platforms[catalog_platform(model->catalog, row)].word);
        buf_add_char(&text, ' ');
        text_of_cell(model, COL_COUNTRY, row, &text);
        buf_add_string(&text, ", ");
        text_of_cell(model, COL_NICHE, row, &text);
        int star = catalog_planned(model->catalog, row) > 0 ? 2 : 0;
        if (star)
            canvas_string(canvas, at + 1, y + 1, ink(ROLE_STAR), "*");
        struct buf age = BUF_INIT;
        age_text(model, row, &age);
        int old = age.length > 0 ? (int)age.length + 1 : 0;
        canvas_text(canvas, at + 1 + star, y + 1, ink(ROLE_WARN), buf_text(&age));
        canvas_fit(canvas, at + 1 + star + old, y + 1, grid->each - 2 - star - old, FIT_LEFT,
                   ink(ROLE_DIM), buf_text(&text));
        buf_release(&text);
        buf_release(&age);
    }
}

static void against_text(const struct model *model, const struct compare_row *row, double against,
                         struct buf *out)
{
    if (!number_known(against))
        return;
    switch (row->measure) {
    case MEASURE_RATIO:
        buf_add_char(out, 'x');
        number_fixed(out, against, 2, model->style);
        break;
    case MEASURE_POINTS:
        buf_add_string(out, against > 0 ? "+" : "");
        number_fixed(out, against * 100, fabs(against) < 0.1 ? 1 : 0, model->style);
        buf_add_string(out, " pt");
        break;
    case MEASURE_MONEY:
        show_number(out, UNIT_PROFIT, against, false, model->style);
        break;
    }
}

static void draw_range(const struct model *model, struct canvas *canvas, const struct grid *grid,
                       int at, int y, const struct compare_cell *cell)
{
    struct buf text = BUF_INIT;
    const struct comparison *all = &model->comparison;
    show_number(&text, UNIT_ROI, cell->low, false, model->style);
    canvas_fit(canvas, at + 1, y, 6, FIT_RIGHT, ink(ROLE_TEXT), buf_text(&text));
    buf_clear(&text);
    show_number(&text, UNIT_ROI, cell->high, false, model->style);
    canvas_fit(canvas, at + 8, y, 6, FIT_RIGHT, ink(ROLE_TEXT), buf_text(&text));
    buf_release(&text);
    struct chart_range range = {.low = cell->low,
                                .median = cell->median,
                                .high = cell->high,
                                .from = fmin(all->range_low, -1),
                                .to = fmin(all->range_high, 5),
                                .zero = 0};
    int cells = grid->each - 17;
    if (cells >= 8)
        chart_range(canvas, at + 15, y, cells, &range, ink(ROLE_DIM), ink(ROLE_GOOD));
}

static void draw_flag(const struct model *model, struct canvas *canvas, const struct grid *grid,
                      int at, int y, const struct compare_row *row, int index)
{
    if (row->line->column != COL_ER) {
        canvas_string(canvas, at, y, ink(ROLE_WARN), "!");
        return;
    }
    char text[32];
    enum er_basis basis = model->comparison.figures[index].basis;
    if (basis == BASIS_NONE)
        return; /* unknown: it stands on nothing */
    int room = grid->each - grid->figure - 3;
    snprintf(text, sizeof text, "! of %s", er_basis_words[basis]);
    if (room < (int)sizeof "! of followers")
        snprintf(text, sizeof text, "! %.6s", er_basis_words[basis]);
    canvas_fit(canvas, at, y, room, FIT_LEFT, ink(ROLE_WARN), text_of(text));
}

/* Where not all of what counts is known, it says how much of the weights is. */
static void draw_score(const struct model *model, struct canvas *canvas, const struct grid *grid,
                       int index, int y, const struct compare_cell *cell)
{
    int at = column_of(grid, index), after = at + 1 + grid->figure;
    struct buf text = BUF_INIT, left = BUF_INIT;
    if (number_known(cell->value) && cell->mark != ' ')
        buf_add_char(&text, cell->mark);
    if (number_known(cell->value))
        number_fixed(&text, cell->value, 0, model->style);
    else
        buf_add_char(&text, '-');
    enum role role = cell->best ? ROLE_GOOD : cell->mark == '~' ? ROLE_EST : ROLE_TEXT;
    canvas_fit(canvas, at + 1, y, grid->figure, FIT_RIGHT, ink_strong(role), buf_text(&text));
    score_say_left(&model->score, index, &left);
    if (left.length)
        canvas_fit(canvas, after + 1, y, grid->each - grid->figure - 3, FIT_LEFT, ink(ROLE_WARN),
                   buf_text(&left));
    else if (cell->best)
        canvas_glyph(canvas, after + 1, y, ink(ROLE_GOOD), GLYPH_BEST);
    if (!left.length && number_known(cell->value))
        chart_bar(canvas, after + 3, y, grid->bar, cell->bar,
                  ink(role == ROLE_TEXT ? ROLE_GRAPH : role));
    buf_release(&text);
    buf_release(&left);
}

static void draw_cell(const struct model *model, struct canvas *canvas, const struct grid *grid,
                      const struct compare_row *row, int index, int y)
{
    const struct compare_cell *cell = &row->cells[index];
    int at = column_of(grid, index);
    if (row->line->kind == COMPARE_RANGE) {
        if (number_known(cell->low))
            draw_range(model, canvas, grid, at, y, cell);
        else
            canvas_fit(canvas, at + 1, y, grid->figure, FIT_RIGHT, ink(ROLE_DIM), TEXT("-"));
        return;
    }
    if (row->line->kind == COMPARE_SCORE) {
        draw_score(model, canvas, grid, index, y, cell);
        return;
    }
    struct figure figure = figure_value(model, row->line->column, cell->value, cell->mark, false);
    bool stale = figure.role == ROLE_TEXT &&
                 sheet_stale(model->sheet, row->line->column, model->comparison.rows[index]);
    struct ink look = {cell->best ? ROLE_GOOD
                       : stale    ? ROLE_DIM
                                  : figure.role,
                       ROLE_TEXT, cell->best};
    canvas_fit(canvas, at + 1, y, grid->figure, FIT_RIGHT, look, text_of(figure.text));
    int after = at + 1 + grid->figure;
    if (row->line->kind == COMPARE_FIGURE)
        figure_moved(model, canvas, (struct area){at + 1, y, grid->figure, 1}, row->line->column,
                     model->comparison.rows[index]);
    if (row->unlike) {
        draw_flag(model, canvas, grid, after + 1, y, row, index);
        return;
    }
    if (cell->best)
        canvas_glyph(canvas, after + 1, y, ink(ROLE_GOOD), GLYPH_BEST);
    if (row->line->kind == COMPARE_CHANNEL) {
        if (model->comparison.channel)
            canvas_fit(canvas, after + 3, y, grid->each - grid->figure - 5, FIT_LEFT, ink(ROLE_DIM),
                       text_of(model->comparison.channel));
        return;
    }
    enum role role = cell->mark == '~' ? ROLE_EST : cell->best ? ROLE_GOOD : ROLE_GRAPH;
    if (number_known(cell->value))
        chart_bar(canvas, after + 3, y, grid->bar, cell->bar, ink(cell->bar < 0 ? ROLE_BAD : role));
    if (!grid->against || index == model->comparison.reference)
        return;
    struct buf text = BUF_INIT;
    against_text(model, row, cell->against, &text);
    canvas_fit(canvas, after + 3 + grid->bar, y, 8, FIT_RIGHT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static void draw_line(const struct model *model, struct canvas *canvas, const struct grid *grid,
                      const struct compare_row *row, int y, bool cursor)
{
    struct buf title = BUF_INIT;
    if (row->channel)
        buf_addf(&title, "vs %s", row->channel);
    else if (row->line->title)
        buf_add_string(&title, row->line->title);
    else
        figure_title(model, row->line->column, &title);
    unsigned weight = row->line->kind == COMPARE_FIGURE ? model->weights.of[row->line->column] : 0;
    int cells = grid->title - (weight ? 6 : 3);
    canvas_fit(canvas, 2, y, cells, FIT_LEFT,
               row->line->kind == COMPARE_SCORE ? ink_strong(ROLE_TITLE) : ink(ROLE_TEXT),
               buf_text(&title));
    if (weight) {
        char sign[] = {'x', (char)('0' + weight), 0};
        canvas_string(canvas, grid->title - 3, y, ink_strong(ROLE_OWN), sign);
    }
    buf_release(&title);
    for (int i = grid->first; i < grid->first + grid->across; i++)
        draw_cell(model, canvas, grid, row, i, y);
    if (!cursor)
        return;
    canvas_glyph(canvas, 0, y, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    canvas_surface(canvas, (struct area){0, y, canvas->columns, 1}, ROLE_CURSOR);
    struct area cell = {column_of(grid, model->compare_focus) + 1, y, grid->figure, 1};
    canvas_role(canvas, cell, ROLE_CELL);
    canvas_surface(canvas, cell, ROLE_CELL);
    frame_figure(model, canvas, cell.column, y, grid->figure, row->line->column,
                 model->comparison.rows[model->compare_focus]);
}

/* Group headings stand where everything fits with them. Returns the row after the last. */
static int draw_rows(const struct model *model, struct canvas *canvas, const struct grid *grid,
                     int y, int height)
{
    const struct comparison *all = &model->comparison;
    bool headings = (int)model->compare_line_count + COMPARE_GROUPS <= height;
    size_t from = headings ? 0 : model->compare_row.top;
    int group = -1, end = y + height;
    for (size_t i = from; i < model->compare_line_count && y < end; i++, y++) {
        const struct compare_row *row = &all->lines[model->compare_lines[i]];
        if (headings && row->line->kind != COMPARE_SCORE && (int)row->line->group != group) {
            group = (int)row->line->group;
            canvas_string(canvas, 1, y++, ink_strong(ROLE_TITLE), compare_group_titles[group]);
        }
        draw_line(model, canvas, grid, row, y, i == model->compare_row.cursor);
        canvas_hit(canvas, (struct area){0, y, grid->title, 1}, HIT_ROW, i);
        for (int k = grid->first; k < grid->first + grid->across; k++)
            canvas_hit(canvas, (struct area){column_of(grid, k), y, grid->each, 1}, HIT_CELL,
                       i * COMPARE_MOST + (size_t)k);
    }
    return y;
}

/* why */

static int factor(const struct model *model, struct canvas *canvas, int column, int y,
                  const char *label, double value)
{
    struct buf text = BUF_INIT;
    buf_add_char(&text, 'x');
    number_fixed(&text, value, 2, model->style);
    column = canvas_string(canvas, column + 2, y, ink(ROLE_TEXT), label) + 1;
    column = canvas_text(canvas, column, y, ink_strong(value >= 1 ? ROLE_GOOD : ROLE_BAD),
                         buf_text(&text));
    buf_release(&text);
    return column;
}

static void draw_factors(const struct model *model, struct canvas *canvas, int y, bool wide)
{
    const struct forecast_factors *factors = &model->comparison.why.factors;
    struct buf text = BUF_INIT;
    if (wide)
        buf_addf(&text, "Each %s brings back ", model_currency(model));
    else
        buf_addf(&text, "%s back per %s ", model_currency(model), model_currency(model));
    int column = canvas_text(canvas, 1, y, ink(ROLE_TEXT), buf_text(&text));
    buf_clear(&text);
    number_fixed(&text, factors->back_a, 2, model->style);
    column = canvas_text(canvas, column, y, ink_strong(ROLE_GOOD), buf_text(&text));
    buf_clear(&text);
    buf_add_string(&text, " against ");
    number_fixed(&text, factors->back_b, 2, model->style);
    buf_add_string(&text, wide ? "  = " : " =");
    column = canvas_text(canvas, column, y, ink(ROLE_TEXT), buf_text(&text));
    buf_release(&text);
    column = factor(model, canvas, column - !wide, y, "reach", factors->reach);
    column = factor(model, canvas, column, y,
                    !factors->same_ctr ? "response"
                    : wide             ? "engagement vs peers"
                                       : "peers",
                    factors->response);
    factor(model, canvas, column, y, "cost", factors->cost);
}

/* Does this creator's reach count a share as all because nobody knows it? Views are what they are:
 * only reach made from followers asks how many of them are real. */
static bool counted_as_all(const struct figures *figures, enum figure_marks mark)
{
    bool asks = mark != MARK_CREDIBILITY_ASSUMED ||
                !(formats[figures->format].by_views || figures->marks & MARK_REACH_IMPORTED);
    return asks && figures->marks & mark;
}

/* What is known of one and counted as all of the other tips the scales. */
static void unknown_text(const struct model *model, struct buf *out)
{
    static const struct {
        enum figure_marks mark;
        const char *what;
    } shares[] = {{MARK_MARKET_ASSUMED, "audience in your market"},
                  {MARK_CREDIBILITY_ASSUMED, "share of real followers"}};
    const struct compare_why *why = &model->comparison.why;
    for (size_t i = 0; i < 2; i++) {
        bool a = counted_as_all(&model->comparison.figures[why->a], shares[i].mark);
        bool b = counted_as_all(&model->comparison.figures[why->b], shares[i].mark);
        if (a == b)
            continue;
        buf_add_string(out, "! ");
        buf_add_text(out, handle_of(model, a ? why->a : why->b));
        buf_addf(out, ": %s unknown, counted as all.  ", shares[i].what);
    }
}

static void draw_chance(const struct model *model, struct canvas *canvas, int y)
{
    const struct compare_why *why = &model->comparison.why;
    if (!number_known(why->chance))
        return;
    struct buf text = BUF_INIT;
    buf_add_string(&text, "Chance that it really does: ");
    number_fixed(&text, why->chance * 100, 0, model->style);
    buf_add_string(&text, "%.  ");
    if (model->comparison.figures[why->a].marks & MARK_CHANCE ||
        model->comparison.figures[why->b].marks & MARK_CHANCE)
        buf_add_string(&text, "Under 3 expected orders luck decides.  ");
    if (why->estimated)
        buf_add_string(&text, "~ One fee is our estimate: ask for the real one.  ");
    unknown_text(model, &text);
    canvas_fit(canvas, 1, y, canvas->columns - 2, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static int superlative(const struct model *model, struct canvas *canvas, int column, int y,
                       const char *label, const struct compare_most *most, enum unit unit)
{
    if (most->index == COMPARE_NONE)
        return column;
    struct buf text = BUF_INIT;
    column = canvas_string(canvas, column, y, ink(ROLE_DIM), label) + 1;
    column =
        canvas_text(canvas, column, y, ink_strong(ROLE_TEXT), handle_of(model, most->index)) + 1;
    show_number(&text, unit, most->value, true, model->style);
    column = canvas_text(canvas, column, y, ink_strong(ROLE_TEXT), buf_text(&text)) + 3;
    buf_release(&text);
    return column;
}

static void why_title(const struct model *model, struct buf *out)
{
    const struct compare_why *why = &model->comparison.why;
    struct compare_verdict verdict = compare_verdict(why);
    buf_add_string(out, verdict.before);
    buf_add_text(out, handle_of(model, why->a));
    buf_add_string(out, verdict.between);
    buf_add_text(out, handle_of(model, why->b));
}

static void draw_why(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct comparison *all = &model->comparison;
    bool wide = area.columns >= 100;
    struct buf title = BUF_INIT;
    if (all->why.a == COMPARE_NONE) {
        buf_add_string(&title, "No reason can be given: a ROI is unknown");
    } else {
        why_title(model, &title);
    }
    frame_rule(canvas, area, buf_text(&title), ink_strong(ROLE_TITLE), NULL);
    buf_release(&title);
    if (all->why.a != COMPARE_NONE)
        draw_factors(model, canvas, area.row + 1, wide);
    if (all->why.a != COMPARE_NONE && area.rows > 2)
        draw_chance(model, canvas, area.row + 2);
    if (area.rows < 4)
        return;
    int column =
        superlative(model, canvas, 1, area.row + 3, "Most profit", &all->most_profit, UNIT_PROFIT);
    column = superlative(model, canvas, column, area.row + 3, "least money at risk",
                         &all->least_risk, UNIT_MONEY);
    superlative(model, canvas, column, area.row + 3, "most room to break-even", &all->most_room,
                UNIT_MONEY);
}

/* The title line says against whom, what is folded, and what the figures rest on. */
static void draw_title(const struct model *model, struct canvas *canvas, int y)
{
    const struct comparison *all = &model->comparison;
    char count[32];
    snprintf(count, sizeof count, "Compare %d", all->count);
    int column = canvas_string(canvas, 1, y, ink_strong(ROLE_TITLE), count) + 3;
    struct buf text = BUF_INIT;
    buf_add_string(&text, "against: ");
    if (all->reference == COMPARE_NONE)
        buf_add_string(&text, "none");
    else
        buf_add_text(&text, handle_of(model, all->reference));
    column = canvas_string(canvas, column, y, ink_strong(ROLE_KEY), "=") + 1;
    column = canvas_text(canvas, column, y, ink(ROLE_TEXT), buf_text(&text)) + 3;
    buf_release(&text);
    column = canvas_string(canvas, column, y, ink_strong(ROLE_KEY), "f") + 1;
    column = canvas_string(canvas, column, y, ink(ROLE_TEXT),
                           model->compare_folded ? "equal rows folded" : "rows: all");
    if (model->compare_count > compare_across(model)) {
        char more[32];
        snprintf(more, sizeof more, "   %d of %d in view", compare_across(model),
                 model->compare_count);
        column = canvas_string(canvas, column, y, ink(ROLE_WARN), more);
    }
    static const char rests[] = "ROI rests on default assumptions !";
    int at = canvas->columns - (int)sizeof rests;
    if (rests_on_defaults(&model->scenario) && at > column + 2)
        canvas_string(canvas, at, y, ink(ROLE_WARN), rests);
}

void pane_compare(const struct model *model, struct canvas *canvas)
{
    struct area body = model->layout.body;
    struct grid grid = grid_of(model);
    int below = compare_below(model);
    int room = compare_height(model);
    draw_title(model, canvas, model->layout.chips.row);
    if (model->compare_past != COMPARE_FIGURES) {
        pane_compare_past(model, canvas, body);
        return;
    }
    draw_head(model, canvas, &grid, body.row);
    int end = draw_rows(model, canvas, &grid, body.row + compare_head(model), room);
    int y = body.row + body.rows - below;
    if (y > end + 1)
        y = end +
            1; /* the reasons stand close to the rows they are about, and take what room there is */
    if (below > 0 && body.row + body.rows - y > below)
        below = body.row + body.rows - y < 4 ? body.row + body.rows - y : 4;
    if (below > 0)
        draw_why(model, canvas, (struct area){0, y, canvas->columns, below});
}
