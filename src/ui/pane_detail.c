#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/show.h"
#include "ui_internal.h"

/* One creator: beside the list, on the whole screen, or as a strip below it. */

#define NO_STOP SIZE_MAX /* the cursor does not go there */

/* What stands in the detail, as lines, so that it can flow into any number of columns. */
enum detail_kind {
    DETAIL_BLANK,
    DETAIL_HEADING,
    DETAIL_TEXT,
    DETAIL_FIGURE,
    DETAIL_PLOT,
    DETAIL_RANGE
};

#define PLOT_ROWS 5
#define TEXT_AT 12 /* where texts start in their line */

struct detail_line {
    enum detail_kind kind;
    int rows;            /* on the screen */
    size_t index;        /* DETAIL_FIGURE, DETAIL_TEXT: where the cursor stands on it */
    const char *heading; /* DETAIL_HEADING */
    enum column column;  /* DETAIL_TEXT, DETAIL_FIGURE; first of a group: DETAIL_HEADING */
};

struct detail_lines {
    struct detail_line *items;
    size_t count, capacity;
};

static void add(struct detail_lines *lines, struct detail_line line)
{
    if (line.kind != DETAIL_TEXT)
        line.rows = line.kind == DETAIL_PLOT ? PLOT_ROWS : line.kind == DETAIL_RANGE ? 2 : 1;
    VEC_PUSH(lines, line);
}

bool history_known(const struct model *model)
{
    size_t known = 0;
    for (size_t i = 0; i < model->history_count; i++)
        known += number_known(model->history[i].followers);
    return known >= 2 && model->history_id == model_creator(model);
}

/* Texts worth a line only where they say something. */
static int text_rows(const struct model *model, const struct canvas *canvas, enum column column,
                     uint32_t row, int cells)
{
    struct buf text = BUF_INIT;
    int rows = 0;
    text_of_cell(model, column, row, &text);
    struct text rest = buf_text(&text);
    while (text_known(frame_line(canvas, &rest, cells)))
        rows++;
    buf_release(&text);
    return rows ? rows : 1;
}

static void add_texts(const struct model *model, const struct canvas *canvas, int cells,
                      struct detail_lines *lines, uint32_t row)
{
    enum column texts[DETAIL_TEXTS];
    const enum column *figures;
    size_t count = detail_texts(model, row, texts), before = detail_columns(&figures);
    if (count == 0)
        return;
    add(lines, (struct detail_line){.kind = DETAIL_BLANK});
    add(lines,
        (struct detail_line){.kind = DETAIL_HEADING, .heading = "About", .column = COLUMN_COUNT});
    for (size_t i = 0; i < count; i++)
        add(lines,
            (struct detail_line){.kind = DETAIL_TEXT,
                                 .index = before + i,
                                 .column = texts[i],
                                 .rows = text_rows(model, canvas, texts[i], row, cells - TEXT_AT)});
}

/* What the user wrote comes first, whole, over the whole width. */
static void add_note(const struct model *model, const struct canvas *canvas, int cells,
                     struct detail_lines *lines, uint32_t row)
{
    if (!text_known(catalog_text(model->catalog, COL_NOTE, row)))
        return;
    int rows = text_rows(model, canvas, COL_NOTE, row, cells - 1);
    add(lines, (struct detail_line){
                   .kind = DETAIL_HEADING, .heading = "Your note", .column = COLUMN_COUNT});
    add(lines, (struct detail_line){
                   .kind = DETAIL_TEXT, .index = NO_STOP, .column = COL_NOTE, .rows = rows});
    add(lines, (struct detail_line){.kind = DETAIL_BLANK});
}

static void detail_build(const struct model *model, const struct canvas *canvas, int cells,
                         uint32_t row, struct detail_lines *lines)
{
    const enum column *shown;
    size_t count = detail_columns(&shown);
    add_note(model, canvas, cells, lines, row);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || columns[shown[i]].group != columns[shown[i - 1]].group) {
            if (i > 0)
                add(lines, (struct detail_line){.kind = DETAIL_BLANK});
            add(lines, (struct detail_line){.kind = DETAIL_HEADING,
                                            .heading = column_group_titles[columns[shown[i]].group],
                                            .column = shown[i]});
        }
        add(lines, (struct detail_line){.kind = DETAIL_FIGURE, .index = i, .column = shown[i]});
        if (shown[i] == COL_FOLLOWERS && history_known(model))
            add(lines, (struct detail_line){.kind = DETAIL_PLOT});
        if (shown[i] == COL_ROI && number_known(sheet_number(model->sheet, COL_ROI_P10, row)))
            add(lines, (struct detail_line){.kind = DETAIL_RANGE});
    }
    add_texts(model, canvas, cells, lines, row);
}

#define LABEL_CELLS 15
#define VALUE_CELLS 9
#define NOTE_AT (1 + LABEL_CELLS + VALUE_CELLS + 2)

static bool is_focused(const struct model *model)
{
    return model->focus == FOCUS_DETAIL || model->place == PLACE_DETAIL;
}

static void draw_cursor(const struct model *model, struct canvas *canvas, struct area at, int rows)
{
    bool focused = is_focused(model);
    if (focused)
        canvas_glyph(canvas, at.column, at.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    canvas_surface(canvas, (struct area){at.column, at.row, at.columns, rows},
                   focused ? ROLE_CURSOR : ROLE_AWAY);
}

static void draw_figure(const struct model *model, struct canvas *canvas, struct area at,
                        const struct detail_line *line, uint32_t row, bool cursor)
{
    bool focused = is_focused(model);
    struct buf title = BUF_INIT, note = BUF_INIT;
    figure_title(model, line->column, &title);
    canvas_fit(canvas, at.column + 1, at.row, LABEL_CELLS, FIT_LEFT, ink(ROLE_DIM),
               buf_text(&title));
    struct figure figure = figure_of(model, line->column, row, true);
    canvas_fit(canvas, at.column + 1 + LABEL_CELLS, at.row, VALUE_CELLS, FIT_RIGHT,
               line->column == COL_ROI ? ink_strong(figure.role) : ink(figure.role),
               text_of(figure.text));
    figure_note(model, line->column, row, &note);
    if (at.columns > NOTE_AT)
        canvas_fit(canvas, at.column + NOTE_AT, at.row, at.columns - NOTE_AT, FIT_LEFT,
                   ink(ROLE_DIM), buf_text(&note));
    if (cursor)
        draw_cursor(model, canvas, at, line->rows);
    if (cursor && focused)
        frame_figure(model, canvas, at.column + 1 + LABEL_CELLS, at.row, VALUE_CELLS, line->column,
                     row);
    buf_release(&title);
    buf_release(&note);
}

/* What the sign in the plot means stands at the end of the line above it, where that has room. */
static void draw_plot(const struct model *model, struct canvas *canvas, struct area at,
                      uint32_t row)
{
    static const char *const legends[] = {"! sudden change", "! jump"};
    struct buf note = BUF_INIT;
    bool jumps;
    struct area plot = {at.column + 1, at.row, at.columns - 2, PLOT_ROWS};
    past_plot(model, canvas, plot, COL_FOLLOWERS, &jumps);
    figure_note(model, COL_FOLLOWERS, row, &note);
    int room = at.columns - 2 - NOTE_AT - (int)text_width(buf_text(&note), canvas->widths);
    for (size_t i = 0; jumps && i < COUNT_OF(legends); i++) {
        int cells = (int)strlen(legends[i]);
        if (cells + 2 > room)
            continue;
        canvas_string(canvas, at.column + at.columns - 1 - cells, at.row - 1, ink(ROLE_WARN),
                      legends[i]);
        jumps = false;
    }
    buf_release(&note);
}

void figure_range(const struct model *model, const struct figures *figures, const char *before,
                  const char *between, struct buf *out)
{
    buf_add_string(out, before);
    show_number(out, UNIT_ROI, figures->roi_p10, false, model->style);
    buf_add_string(out, between);
    show_number(out, UNIT_ROI, figures->roi_p90, false, model->style);
}

static void draw_range(const struct model *model, struct canvas *canvas, struct area at,
                       uint32_t row)
{
    struct figures figures;
    sheet_figures(model->sheet, row, &figures);
    figure_chart(canvas, at.column + 2, at.row, at.columns - 4, &figures);
    struct buf text = BUF_INIT;
    figure_range(model, &figures, "8 in 10: ", " to ", &text);
    buf_add_string(&text, ", middle ");
    show_number(&text, UNIT_ROI, figures.roi_p50, false, model->style);
    canvas_fit(canvas, at.column + 1, at.row + 1, at.columns - 1, FIT_LEFT, ink(ROLE_DIM),
               buf_text(&text));
    buf_release(&text);
}

static void draw_text_line(const struct model *model, struct canvas *canvas, struct area at,
                           enum column column, uint32_t row)
{
    struct buf text = BUF_INIT;
    int from = column == COL_NOTE ? 1 : TEXT_AT;
    if (column != COL_NOTE)
        canvas_fit(canvas, at.column + 1, at.row, 10, FIT_LEFT, ink(ROLE_DIM),
                   text_of(columns[column].title));
    text_of_cell(model, column, row, &text);
    struct text rest = buf_text(&text);
    for (int y = at.row; rest.length > 0; y++)
        canvas_text(canvas, at.column + from, y, ink(column == COL_NOTE ? ROLE_OWN : ROLE_TEXT),
                    frame_line(canvas, &rest, at.columns - from));
    buf_release(&text);
}

/* A group that is out of date says so once. */
static void draw_heading(const struct model *model, struct canvas *canvas, struct area at,
                         const struct detail_line *line, uint32_t row)
{
    int column =
        canvas_string(canvas, at.column + 1, at.row, ink_strong(ROLE_TITLE), line->heading);
    if (line->column == COLUMN_COUNT || !sheet_stale(model->sheet, line->column, row))
        return;
    struct buf age = BUF_INIT;
    date_age(&age, sheet_age(model->sheet, line->column, row));
    buf_add_string(&age, " old");
    canvas_text(canvas, column + 2, at.row, ink(ROLE_WARN), buf_text(&age));
    buf_release(&age);
}

static void draw_line(const struct model *model, struct canvas *canvas, struct area at,
                      const struct detail_line *line, uint32_t row)
{
    bool cursor = model->detail.cursor == line->index;
    switch (line->kind) {
    case DETAIL_HEADING:
        draw_heading(model, canvas, at, line, row);
        break;
    case DETAIL_FIGURE:
        draw_figure(model, canvas, at, line, row, cursor);
        canvas_hit(canvas, at, HIT_FIGURE, line->index);
        break;
    case DETAIL_PLOT:
        draw_plot(model, canvas, at, row);
        break;
    case DETAIL_RANGE:
        draw_range(model, canvas, at, row);
        break;
    case DETAIL_TEXT:
        draw_text_line(model, canvas, at, line->column, row);
        if (cursor)
            draw_cursor(model, canvas, at, line->rows);
        if (line->index != NO_STOP)
            canvas_hit(canvas, (struct area){at.column, at.row, at.columns, line->rows}, HIT_FIGURE,
                       line->index);
        break;
    case DETAIL_BLANK:
        break;
    }
}

static bool is_stop(const struct detail_line *line)
{
    return (line->kind == DETAIL_FIGURE || line->kind == DETAIL_TEXT) && line->index != NO_STOP;
}

/* The line under the cursor, what is drawn below it, and the next one where "▾ 12 more" may stand. */
static size_t last_line(const struct model *model, const struct detail_lines *lines)
{
    size_t at = 0;
    while (at + 1 < lines->count &&
           !(is_stop(&lines->items[at]) && lines->items[at].index >= model->detail.cursor))
        at++;
    bool drawn = at + 1 < lines->count && (lines->items[at + 1].kind == DETAIL_PLOT ||
                                           lines->items[at + 1].kind == DETAIL_RANGE);
    at += drawn;
    return at + 1 < lines->count ? at + 1 : at;
}

/* The first line to show so that the one under the cursor is in view. */
static size_t first_line(const struct model *model, const struct detail_lines *lines, int rows)
{
    size_t first = 0, last = last_line(model, lines);
    int used = 0;
    for (size_t i = 0; i <= last; i++) {
        used += lines->items[i].rows;
        while (used > rows && first < i)
            used -= lines->items[first++].rows;
    }
    return first;
}

static int group_rows(const struct detail_lines *lines, size_t heading)
{
    int rows = lines->items[heading].rows;
    for (size_t i = heading + 1; i < lines->count && lines->items[i].kind != DETAIL_BLANK; i++)
        rows += lines->items[i].rows;
    return rows;
}

static size_t figures_of(const struct detail_lines *lines, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += lines->items[i].kind == DETAIL_FIGURE || lines->items[i].kind == DETAIL_TEXT;
    return count;
}

#define NOTE_ROOM 14 /* left for "▴ 14 more" */

/* What the user wrote stays in view where its lines are scrolled away. */
static void draw_note(const struct model *model, struct canvas *canvas, struct area area,
                      uint32_t row)
{
    struct buf text = BUF_INIT;
    struct text note = catalog_text(model->catalog, COL_NOTE, row);
    if (text_known(note)) {
        buf_add_string(&text, "Your note: ");
        buf_add_text(&text, note);
        canvas_fit(canvas, area.column + 1, area.row - 1, area.columns - NOTE_ROOM, FIT_LEFT,
                   ink(ROLE_TEXT), buf_text(&text));
    }
    buf_release(&text);
}

/* Lines run down a column and on into the next. */
static void draw_lines(const struct model *model, struct canvas *canvas, struct area area,
                       int across, uint32_t row)
{
    struct detail_lines lines = {0};
    int width = area.columns / across, y = 0, x = 0;
    int cells = width - (across > 1);
    detail_build(model, canvas, cells, row, &lines);
    size_t first = first_line(model, &lines, area.rows * across), i = first;
    for (; i < lines.count; i++) {
        int rows =
            lines.items[i].kind == DETAIL_HEADING ? group_rows(&lines, i) : lines.items[i].rows;
        bool whole = rows <= area.rows && x + 1 < across;
        if (y + (whole ? rows : lines.items[i].rows) > area.rows) {
            y = 0;
            x++;
        }
        if (x == across)
            break;
        if (y == 0 && lines.items[i].kind == DETAIL_BLANK)
            continue;
        struct area at = {area.column + x * width, area.row + y, cells, 1};
        draw_line(model, canvas, at, &lines.items[i], row);
        y += lines.items[i].rows;
    }
    if (first > 0)
        draw_note(model, canvas, area, row);
    frame_more(canvas, area, area.row - 1, GLYPH_UP, figures_of(&lines, 0, first));
    frame_more(canvas, area, area.row + area.rows - 1, GLYPH_DOWN,
               figures_of(&lines, i, lines.count));
    free(lines.items);
}

static void link_text(const struct model *model, uint32_t row, struct buf *out)
{
    const struct platform_row *platform = &platforms[catalog_platform(model->catalog, row)];
    struct text handle = catalog_text(model->catalog, COL_HANDLE, row);
    if (!platform->host)
        return;
    bool channel = handle_is_channel_id(handle);
    buf_addf(out, "%s%s", platform->host, channel ? "/channel/" : platform->profile);
    buf_add_text(out, handle);
}

static struct text name_of(const struct model *model, uint32_t row)
{
    struct text name = catalog_text(model->catalog, COL_NAME, row);
    return text_known(name) && name.length > 0 ? name
                                               : catalog_text(model->catalog, COL_HANDLE, row);
}

/* "@lenaskin, instagram, Germany, beauty, skincare" */
void identity_text(const struct model *model, uint32_t row, struct buf *out)
{
    static const enum column parts[] = {COL_PLATFORM, COL_COUNTRY, COL_NICHE};
    buf_add_char(out, '@');
    buf_add_text(out, catalog_text(model->catalog, COL_HANDLE, row));
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (!text_known(catalog_text(model->catalog, parts[i], row)))
            continue;
        buf_add_string(out, ", ");
        text_of_cell(model, parts[i], row, out);
    }
}

/* Three lines: who, where and what, and the link. Returns the rows used. */
static int draw_identity(const struct model *model, struct canvas *canvas, struct area area,
                         uint32_t row)
{
    struct buf text = BUF_INIT, safe = BUF_INIT;
    int width = area.columns - 2;
    bool misleads = text_safe(&safe, name_of(model, row));
    canvas_fit(canvas, area.column + 1, area.row, width, FIT_LEFT, ink_strong(ROLE_TITLE),
               name_of(model, row));
    if (misleads)
        canvas_fit(canvas, area.column + area.columns / 2, area.row, area.columns / 2, FIT_RIGHT,
                   ink(ROLE_WARN), TEXT("! hidden characters"));
    identity_text(model, row, &text);
    canvas_fit(canvas, area.column + 1, area.row + 1, width, FIT_LEFT, ink(ROLE_TEXT),
               buf_text(&text));
    buf_clear(&text);
    link_text(model, row, &text);
    canvas_fit(canvas, area.column + 1, area.row + 2, width, FIT_LEFT, ink(ROLE_DIM),
               buf_text(&text));
    buf_release(&text);
    buf_release(&safe);
    return 4;
}

static void draw_detail(const struct model *model, struct canvas *canvas, struct area area)
{
    uint32_t row = model_row(model);
    if (row == CATALOG_NONE || area.columns < 10)
        return;
    int used = draw_identity(model, canvas, area, row);
    int across = area.columns / 52;
    area.row += used;
    area.rows -= used;
    if (model->place == PLACE_DETAIL && model->past_open) {
        past_page(model, canvas, area);
        return;
    }
    draw_lines(model, canvas, area, across < 1 ? 1 : across, row);
}

void pane_detail(const struct model *model, struct canvas *canvas)
{
    struct area area = model->layout.detail;
    frame_vertical(canvas, area.column - 1, area);
    draw_detail(model, canvas, area);
    canvas_hit(canvas, (struct area){area.column - 1, area.row, 1, area.rows}, HIT_BORDER,
               BORDER_DETAIL);
    if (model->focus == FOCUS_DETAIL)
        canvas_glyph(canvas, area.column, area.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
}

void pane_whole(const struct model *model, struct canvas *canvas)
{
    struct area area = model->layout.body;
    area.row--; /* the chips' line is free here */
    area.rows++;
    draw_detail(model, canvas, area);
}
