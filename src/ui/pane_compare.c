#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "app/compare_say.h"
#include "base/vec.h"
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
    grid.against = model->comparison.reference != COMPARE_NONE && grid.each >= 22;
    grid.bar = grid.each - grid.figure - 5 - (grid.against ? 8 : 0);
    if (grid.bar > 14)
        grid.bar = 14;
    if (grid.bar < 2)
        grid.bar = 0; /* the figure says it */
    return grid;
}

static int column_of(const struct grid *grid, int index)
{
    return grid->title + (index - grid->first) * grid->each;
}

/* Is this the one of the two below that is ahead, and surely enough? */
static bool wins(const struct model *model, int index)
{
    const struct compare_why *why = &model->comparison.why;
    return why->a == index && compare_verdict(why).decided;
}

/* The name, then whether it wins, and whether all is measured against it. */
static void draw_name(const struct model *model, struct canvas *canvas, const struct grid *grid,
                      int index, int y, struct ink name)
{
    bool reference = index == model->comparison.reference, focused = index == model->compare_focus;
    const char *word = grid->each < 26 ? "=" : "reference";
    int at = column_of(grid, index) + 1, room = grid->each - 2;
    if (reference)
        room -= (int)text_of(word).length + 1;
    if (wins(model, index))
        room -= 2;
    uint32_t row = model->comparison.rows[index];
    bool apart = compare_head(model) < 2 && model_namesake(model, row); /* else it stands below */
    struct text text = compare_name(model, index);
    int width = (int)text_width(text, canvas->widths);
    room -= apart ? 3 : 0;
    width = width < room ? width : room;
    canvas_fit(canvas, at, y, width, FIT_LEFT, name, text);
    if (apart)
        canvas_string(canvas, at + width + 1, y, name,
                      platforms[catalog_platform(model->catalog, row)].brief);
    width += apart ? 3 : 0;
    if (wins(model, index))
        canvas_glyph(canvas, at + width + 1, y,
                     focused ? name : (struct ink){ROLE_GOOD, ROLE_TEXT, true}, GLYPH_BEST);
    if (reference)
        canvas_string(canvas, at + grid->each - 2 - (int)text_of(word).length, y,
                      focused ? name : ink(ROLE_OWN), word);
}

/* Of the words those that stand whole in so many cells. */
static struct text whole_words(const struct canvas *canvas, struct text text, int cells)
{
    while (text.length > 0 && (int)text_width(text, canvas->widths) > cells) {
        while (text.length > 0 && text.at[text.length - 1] != ' ')
            text.length--;
        while (text.length > 0 && strchr(" ,", text.at[text.length - 1]))
            text.length--;
    }
    return text;
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
        draw_name(model, canvas, grid, i, y, name);
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
        canvas_text(canvas, at + 1 + star + old, y + 1, ink(ROLE_DIM),
                    whole_words(canvas, buf_text(&text), grid->each - 2 - star - old));
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

#define RANGE_CELLS 13 /* two figures: "-29%  +526%" */

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
    int cells = grid->each - RANGE_CELLS - 4;
    if (cells >= 8)
        chart_range(canvas, at + RANGE_CELLS + 2, y, cells, &range, ink(ROLE_DIM), ink(ROLE_GOOD));
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
    if (room < (int)sizeof "! followers")
        snprintf(text, sizeof text, room < 8 ? "!" : "! %.6s", er_basis_words[basis]);
    else if (room < (int)sizeof "! of followers")
        snprintf(text, sizeof text, "! %s", er_basis_words[basis]);
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
    int wide = row->line->kind == COMPARE_RANGE ? RANGE_CELLS : grid->figure;
    struct area cell = {column_of(grid, model->compare_focus) + 1, y, wide, 1};
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
    int group = -1, first = y, end = y + height;
    size_t i = from;
    for (; i < model->compare_line_count && y < end; i++, y++) {
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
    struct area beside = {0, first, grid->title, 1}; /* the names of who is compared */
    if (compare_head(model) > 1)
        frame_more(canvas, beside, first - 2, GLYPH_UP, from);
    frame_more(canvas, beside, first - 1, GLYPH_DOWN, model->compare_line_count - i);
    return y;
}

/* Who has no room: how many to the left and right, where Left and Right bring them, and a click does. */
static int draw_beyond(const struct model *model, struct canvas *canvas, const struct grid *grid,
                       int column, int y)
{
    int beyond = model->compare_count - grid->first - grid->across;
    const struct {
        enum glyph sign;
        int count, next;
    } sides[] = {{GLYPH_BEST, grid->first, grid->first - 1},
                 {GLYPH_FOCUS, beyond, grid->first + grid->across}};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        char count[24];
        if (sides[i].count < 1)
            continue;
        snprintf(count, sizeof count, " %d more", sides[i].count);
        int at = column + 3;
        canvas_glyph(canvas, at, y, ink_strong(ROLE_KEY), sides[i].sign);
        column = canvas_string(canvas, at + 1, y, ink(ROLE_WARN), count);
        canvas_hit(canvas, (struct area){at, y, column - at, 1}, HIT_CREATOR,
                   (size_t)sides[i].next);
    }
    return column;
}

/* The title line says against whom, what is folded, and what the figures rest on. */
static void draw_title(const struct model *model, struct canvas *canvas, const struct grid *grid,
                       int y)
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
        buf_add_text(&text, compare_name(model, all->reference));
    column = canvas_string(canvas, column, y, ink_strong(ROLE_KEY), "=") + 1;
    column = canvas_text(canvas, column, y, ink(ROLE_TEXT), buf_text(&text)) + 3;
    buf_release(&text);
    column = canvas_string(canvas, column, y, ink_strong(ROLE_KEY), "f") + 1;
    char folded[32] = "rows: all";
    if (model->compare_folded)
        snprintf(folded, sizeof folded, "%zu equal %s folded", model->compare_equal,
                 model->compare_equal == 1 ? "row" : "rows");
    column = canvas_string(canvas, column, y, ink(ROLE_TEXT), folded);
    column = draw_beyond(model, canvas, grid, column, y);
    static const char *const rests[] = {"ROI rests on default assumptions !",
                                        "default assumptions !", "defaults !"};
    for (size_t i = 0; i < COUNT_OF(rests) && rests_on_defaults(&model->scenario); i++) {
        int at = canvas->columns - 1 - (int)text_of(rests[i]).length;
        if (at <= column + 1)
            continue;
        canvas_string(canvas, at, y, ink(ROLE_WARN), rests[i]);
        break;
    }
}

void pane_compare(const struct model *model, struct canvas *canvas)
{
    struct area body = model->layout.body;
    struct grid grid = grid_of(model);
    int below = compare_below(model);
    int room = compare_height(model);
    draw_title(model, canvas, &grid, model->layout.chips.row);
    if (model->compare_past != COMPARE_FIGURES) {
        pane_compare_past(model, canvas, body);
        return;
    }
    draw_head(model, canvas, &grid, body.row);
    int end = draw_rows(model, canvas, &grid, body.row + compare_head(model), room);
    /* The reasons stand close to the rows they are about. */
    int y = body.row + body.rows - below;
    y = y > end + 1 ? end + 1 : y;
    if (below > 0)
        compare_why_draw(model, canvas, (struct area){0, y, canvas->columns, below});
}
