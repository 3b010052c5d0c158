#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* The list: one creator a row. */

/* Place of the column among the keys of the order, from 1; 0: it is none. */
static size_t order_place(const struct model *model, const struct list_column *shown)
{
    for (size_t k = 0; k < model->query.order_count && shown->part <= LIST_NAME; k++)
        if (model->query.orders[k].column == shown->column)
            return k + 1;
    return 0;
}

static void add_title(const struct model *model, const struct list_column *shown, struct buf *out)
{
    if (shown->part == LIST_AGE)
        buf_add_string(out, "Seen");
    else if (shown->part == LIST_TREND)
        buf_add_string(out, "Trend");
    else if (shown->part != LIST_BAR && shown->width > 2)
        figure_title(model, shown->column, out);
}

/* The direction after the title and, where several columns order the list, its place among them; of a
 * figure in the cell of its mark, else within the column. */
static void draw_title(const struct model *model, struct canvas *canvas,
                       const struct list_column *shown, int row, struct ink heading)
{
    struct buf title = BUF_INIT;
    bool right =
        shown->part == LIST_AGE || (shown->part != LIST_TREND && !column_is_text(shown->column));
    size_t place = order_place(model, shown);
    bool several = place > 0 && model->query.order_count > 1;
    int at = model->layout.list.column + shown->at, cells = shown->width;
    int signs = (place > 0) + several, inside = right ? signs - 1 : signs;
    add_title(model, shown, &title);
    if (place > 0 && cells > inside)
        cells -= inside;
    canvas_fit(canvas, at, row, cells, right ? FIT_RIGHT : FIT_LEFT, heading, buf_text(&title));
    int cut = (int)text_width(buf_text(&title), canvas->widths);
    int mark = right || cut > cells ? at + cells : at + cut;
    if (place > 0)
        canvas_glyph(canvas, mark, row, heading,
                     model->query.orders[place - 1].descending ? GLYPH_DOWN : GLYPH_UP);
    if (several)
        canvas_code(canvas, mark + 1, row, heading, (uint32_t)('0' + place));
    buf_release(&title);
}

/* How many columns stand outside to the left and right, where Left and Right bring them. */
static void draw_beyond(const struct model *model, struct canvas *canvas)
{
    struct area area = model->layout.list;
    size_t left, right;
    char count[8];
    list_beyond(model, area.columns, &left, &right);
    if (left > 0) {
        canvas_glyph(canvas, area.column, area.row, ink_strong(ROLE_KEY), GLYPH_BEST);
        snprintf(count, sizeof count, "%zu", left);
        canvas_string(canvas, area.column + 1, area.row, ink_strong(ROLE_KEY), count);
    }
    if (right > 0) {
        int digits = snprintf(count, sizeof count, "%zu", right);
        int end = area.column + area.columns - 1;
        canvas_string(canvas, end - digits, area.row, ink_strong(ROLE_KEY), count);
        canvas_glyph(canvas, end, area.row, ink_strong(ROLE_KEY), GLYPH_FOCUS);
    }
}

/* "▴ 12 above", in fewer words where the room asks for it. Returns the column after it. */
static int draw_rows_beyond(const struct model *model, struct canvas *canvas, int at, int end,
                            enum glyph sign, const char *word, size_t count)
{
    struct buf text = BUF_INIT;
    int row = model->layout.list.row;
    buf_add_char(&text, ' ');
    number_fixed(&text, (double)count, 0, model->style);
    int number = (int)text.length;
    buf_addf(&text, " %s", word);
    int whole = (int)text.length;
    int cells = at + 1 + whole <= end ? whole : at + 1 + number <= end ? number : -1;
    if (count > 0 && cells > 0) {
        canvas_glyph(canvas, at, row, ink_strong(ROLE_KEY), sign);
        at = canvas_text(canvas, at + 1, row, ink(ROLE_KEY),
                         text_part(buf_text(&text), 0, (size_t)cells)) +
             1;
    }
    buf_release(&text);
    return at;
}

/* How many creators stand above and below those in view, behind the title of the names: nobody should
 * take the first row that he sees for the first there is. */
static void draw_outside(const struct model *model, struct canvas *canvas,
                         const struct list_column *shown)
{
    struct buf title = BUF_INIT;
    size_t rows = model->result.rows.count, above = model->list.top;
    size_t height = (size_t)list_height(model);
    size_t below = rows > above + height ? rows - above - height : 0;
    int signs = order_place(model, shown) == 0 ? 0 : 1 + (model->query.order_count > 1);
    add_title(model, shown, &title);
    int at = model->layout.list.column + shown->at, end = at + shown->width;
    at += (int)text_width(buf_text(&title), canvas->widths) + signs + 1;
    at = draw_rows_beyond(model, canvas, at, end, GLYPH_UP, "above", above);
    draw_rows_beyond(model, canvas, at, end, GLYPH_DOWN, "below", below);
    buf_release(&title);
}

/* The list of columns works on the one under the cell cursor. */
static bool looks_at_cell(const struct model *model)
{
    bool chooses = model->overlay == OVERLAY_PICKER && model->picker.kind == PICK_COLUMNS;
    return model->focus == FOCUS_LIST && (model->overlay == OVERLAY_NONE || chooses);
}

static void draw_heading(const struct model *model, struct canvas *canvas,
                         const struct list_column *columns_shown, int count)
{
    for (int i = 0; i < count; i++) {
        const struct list_column *shown = &columns_shown[i];
        enum column cell;
        bool focused =
            looks_at_cell(model) && list_cell_of(shown, &cell) && cell == list_cell(model);
        struct ink heading =
            focused ? (struct ink){ROLE_TAB, ROLE_TAB, true} : ink_strong(ROLE_TITLE);
        draw_title(model, canvas, shown, model->layout.list.row, heading);
        if (shown->part == LIST_NAME)
            draw_outside(model, canvas, shown);
    }
    draw_beyond(model, canvas);
}

/* The scale of the bars: the rows in view, without the few that would dwarf the rest (P95). */
static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double bar_scale(const struct model *model, enum column column, size_t from, size_t to)
{
    double *sizes = mem_zero(to - from + 1, sizeof *sizes);
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        double value = sheet_number(model->sheet, column, rowset_at(&model->result.rows, i));
        if (number_known(value))
            sizes[count++] = fabs(value);
    }
    qsort(sizes, count, sizeof *sizes, by_size);
    double scale = count ? sizes[(count - 1) * 95 / 100] : NAN;
    free(sizes);
    return scale;
}

static void draw_bar(const struct model *model, struct canvas *canvas,
                     const struct list_column *shown, int at, int y, uint32_t row, double scale)
{
    double value = sheet_number(model->sheet, shown->column, row);
    char mark = sheet_mark(model->sheet, shown->column, row);
    if (!number_known(value) || !(scale > 0))
        return;
    enum role role = mark == '~' ? ROLE_EST : value < 0 ? ROLE_BAD : ROLE_GRAPH;
    chart_bar(canvas, at, y, shown->width, value / scale, ink(role));
}

static void draw_name(const struct model *model, struct canvas *canvas,
                      const struct list_column *shown, int at, int y, uint32_t row)
{
    struct text name = catalog_text(model->catalog, COL_HANDLE, row);
    /* A channel id says nothing to a person: its title does. */
    struct text title = catalog_text(model->catalog, COL_NAME, row);
    if (handle_is_channel_id(name) && text_known(title))
        name = title;
    bool cursor = catalog_id(model->catalog, row) == model->cursor_id;
    canvas_fit(canvas, at, y, shown->width, FIT_LEFT,
               cursor ? ink_strong(ROLE_TEXT) : ink(ROLE_TEXT), name);
}

static void draw_figure(const struct model *model, struct canvas *canvas,
                        const struct list_column *shown, int at, int y, uint32_t row)
{
    if (shown->column == COL_PLATFORM) {
        canvas_string(canvas, at, y, ink(ROLE_DIM),
                      platforms[catalog_platform(model->catalog, row)].brief);
        return;
    }
    if (column_is_text(shown->column)) {
        struct buf text = BUF_INIT;
        text_of_cell(model, shown->column, row, &text);
        canvas_fit(canvas, at, y, shown->width, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
        buf_release(&text);
        return;
    }
    struct figure figure = figure_within(model, shown->column, row, shown->width);
    canvas_fit(canvas, at, y, shown->width, FIT_RIGHT, ink(figure.role), text_of(figure.text));
    figure_moved(model, canvas, (struct area){at, y, shown->width, 1}, shown->column, row);
}

static void draw_age(const struct model *model, struct canvas *canvas,
                     const struct list_column *shown, int at, int y, uint32_t row)
{
    double age = sheet_stale_age(model->sheet, row);
    struct buf text = BUF_INIT;
    if (isnan(age))
        return;
    date_age(&text, age);
    canvas_fit(canvas, at, y, shown->width, FIT_RIGHT, ink(ROLE_WARN), buf_text(&text));
    buf_release(&text);
}

/* Blank until its past was read, and where there is none. */
static void draw_trend(const struct model *model, struct canvas *canvas,
                       const struct list_column *shown, int at, int y, uint32_t row)
{
    const struct trend *trend = model_trend(model, row);
    if (trend)
        chart_spark(canvas, at, y, shown->width, trend->values, trend->count, ink(ROLE_GRAPH2));
}

static void draw_gutter(const struct model *model, struct canvas *canvas, int y, uint32_t row,
                        bool cursor)
{
    int at = model->layout.list.column;
    if (cursor)
        canvas_glyph(canvas, at, y, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    if (catalog_ticked(model->catalog, row))
        canvas_glyph(canvas, at + 1, y, ink(ROLE_TICK), GLYPH_YES);
    if (catalog_planned(model->catalog, row) > 0)
        canvas_string(canvas, at + 2, y, ink(ROLE_STAR), "*");
    if (text_known(catalog_text(model->catalog, COL_NOTE, row)))
        canvas_string(canvas, at + 3, y, ink(ROLE_OWN), "\"");
}

static void draw_cursor(const struct model *model, struct canvas *canvas,
                        const struct list_column *shown, int count, int y)
{
    struct area area = model->layout.list;
    bool focused = model->focus == FOCUS_LIST && model->overlay == OVERLAY_NONE;
    canvas_surface(canvas, (struct area){area.column, y, area.columns, 1},
                   focused ? ROLE_CURSOR : ROLE_AWAY);
    for (int i = 0; i < count && focused; i++) {
        enum column here;
        if (!list_cell_of(&shown[i], &here) || here != model->cell)
            continue;
        struct area cell = {area.column + shown[i].at, y, shown[i].width, 1};
        canvas_role(canvas, cell, ROLE_CELL);
        canvas_surface(canvas, cell, ROLE_CELL);
    }
}

static void draw_row(const struct model *model, struct canvas *canvas,
                     const struct list_column *shown, int count, size_t place, int y, double scale)
{
    uint32_t row = rowset_at(&model->result.rows, place);
    bool cursor = place == model->list.cursor;
    draw_gutter(model, canvas, y, row, cursor);
    for (int i = 0; i < count; i++) {
        int at = model->layout.list.column + shown[i].at;
        switch (shown[i].part) {
        case LIST_NAME:
            draw_name(model, canvas, &shown[i], at, y, row);
            break;
        case LIST_BAR:
            draw_bar(model, canvas, &shown[i], at, y, row, scale);
            break;
        case LIST_TREND:
            draw_trend(model, canvas, &shown[i], at, y, row);
            break;
        case LIST_AGE:
            draw_age(model, canvas, &shown[i], at, y, row);
            break;
        case LIST_FIGURE:
            draw_figure(model, canvas, &shown[i], at, y, row);
            break;
        }
    }
    if (cursor)
        draw_cursor(model, canvas, shown, count, y);
    for (int i = 0; i < count && cursor && model->focus == FOCUS_LIST; i++)
        if (shown[i].part == LIST_FIGURE)
            frame_figure(model, canvas, model->layout.list.column + shown[i].at, y, shown[i].width,
                         shown[i].column, row);
}

/* Nothing to show must say why, and what to do. */
static void draw_nothing_matches(const struct model *model, struct canvas *canvas)
{
    struct area area = model->layout.list;
    int y = area.row + 2;
    canvas_fit(canvas, area.column + 2, y++, area.columns - 2, FIT_LEFT, ink_strong(ROLE_TITLE),
               TEXT("No creator passes all filters. Lift one:"));
    y++;
    for (size_t i = 0; i < model->query.filter.count && y < area.row + area.rows; i++, y++) {
        struct buf label = BUF_INIT, count = BUF_INIT;
        filter_label(&model->query.filter.items[i], &label);
        number_fixed(&count, (double)model->result.lifts[i], 0, model->style);
        buf_add_string(&count, model->result.lifts[i] == 1 ? " comes back" : " come back");
        bool cursor = i == model->lift.cursor;
        if (cursor)
            canvas_glyph(canvas, area.column + 2, y, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
        canvas_fit(canvas, area.column + 4, y, area.columns / 2, FIT_LEFT, ink(ROLE_TEXT),
                   buf_text(&label));
        canvas_text(canvas, area.column + 5 + area.columns / 2, y, ink(ROLE_DIM), buf_text(&count));
        if (cursor)
            canvas_surface(canvas, (struct area){area.column, y, area.columns, 1}, ROLE_CURSOR);
        buf_release(&label);
        buf_release(&count);
    }
    if (y + 1 < area.row + area.rows) {
        struct buf keys = BUF_INIT;
        buf_addf(&keys, "%s lifts it   %s goes back   %s clears all",
                 model_key(model, K_ENTER).text, model_key(model, '<').text,
                 model_key(model, 'X').text);
        canvas_fit(canvas, area.column + 2, y + 1, area.columns - 2, FIT_LEFT, ink(ROLE_DIM),
                   buf_text(&keys));
        buf_release(&keys);
    }
}

void pane_list(const struct model *model, struct canvas *canvas)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    struct area area = model->layout.list;
    int count = list_columns(model, area.columns, shown);
    size_t rows = model->result.rows.count;
    if (area.columns < 1)
        return;
    draw_heading(model, canvas, shown, count);
    if (rows == 0 && model->query.filter.count > 0) {
        draw_nothing_matches(model, canvas);
        return;
    }
    size_t height = (size_t)list_height(model);
    size_t to = model->list.top + height < rows ? model->list.top + height : rows;
    enum column order = model->query.order_count ? model->query.orders[0].column : COL_ROI;
    double scale = column_is_text(order) ? NAN : bar_scale(model, order, model->list.top, to);
    for (size_t place = model->list.top; place < to; place++)
        draw_row(model, canvas, shown, count, place, area.row + 1 + (int)(place - model->list.top),
                 scale);
}
