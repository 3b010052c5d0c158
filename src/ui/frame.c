#include <stdio.h>

#include "base/vec.h"
#include "ui_internal.h"

void frame_vertical(struct canvas *canvas, int column, struct area body)
{
    for (int row = body.row; row < body.row + body.rows; row++)
        canvas_glyph(canvas, column, row, ink(ROLE_BORDER), GLYPH_VERTICAL);
}

void frame_rule(struct canvas *canvas, struct area area, struct text title, struct ink title_ink,
                const char *right)
{
    for (int i = 0; i < area.columns; i++)
        canvas_glyph(canvas, area.column + i, area.row, ink(ROLE_BORDER), GLYPH_HORIZONTAL);
    int room = area.columns - 4;
    int right_cells = right ? (int)text_of(right).length + 2 : 0;
    if (right && room > right_cells + 10) {
        int at = area.column + area.columns - right_cells - 1;
        canvas_string(canvas, at, area.row, ink(ROLE_DIM), " ");
        canvas_string(canvas, at + 1, area.row, ink(ROLE_DIM), right);
        canvas_string(canvas, at + right_cells - 1, area.row, ink(ROLE_DIM), " ");
        room -= right_cells;
    }
    if (room < 1 || title.length == 0)
        return;
    int width = (int)text_width(title, canvas->widths);
    if (width > room)
        width = room;
    canvas_string(canvas, area.column + 1, area.row, title_ink, " ");
    canvas_fit(canvas, area.column + 2, area.row, width, FIT_LEFT, title_ink, title);
    canvas_string(canvas, area.column + 2 + width, area.row, title_ink, " ");
}

struct area frame_around(struct canvas *canvas, struct area box, struct text title,
                         const char *way_out)
{
    canvas_fill(canvas, box, ink(ROLE_TEXT), ' ');
    int right = box.column + box.columns - 1, bottom = box.row + box.rows - 1;
    frame_vertical(canvas, box.column, box);
    frame_vertical(canvas, right, box);
    frame_rule(canvas, (struct area){box.column, bottom, box.columns, 1}, TEXT(""), ink(ROLE_TITLE),
               NULL);
    frame_rule(canvas, (struct area){box.column, box.row, box.columns, 1}, title,
               ink_strong(ROLE_TITLE), way_out);
    canvas_glyph(canvas, box.column, box.row, ink(ROLE_BORDER), GLYPH_CORNER_NW);
    canvas_glyph(canvas, right, box.row, ink(ROLE_BORDER), GLYPH_CORNER_NE);
    canvas_glyph(canvas, box.column, bottom, ink(ROLE_BORDER), GLYPH_CORNER_SW);
    canvas_glyph(canvas, right, bottom, ink(ROLE_BORDER), GLYPH_CORNER_SE);
    return (struct area){box.column + 1, box.row + 1, box.columns - 2, box.rows - 2};
}

struct area frame_box(const struct model *model, struct canvas *canvas, int columns_wanted,
                      int rows_wanted, struct text title, const char *way_out)
{
    int width = columns_wanted + 2 > canvas->columns ? canvas->columns : columns_wanted + 2;
    int most = canvas->rows - 3 - model->layout.told.rows;
    int height = rows_wanted + 2 > most ? most : rows_wanted + 2;
    struct area box = {(canvas->columns - width) / 2, 1 + (most - height) / 3, width, height};
    canvas_role(canvas, (struct area){0, 0, canvas->columns, canvas->rows - 1}, ROLE_BORDER);
    canvas_surface(canvas, (struct area){0, 0, canvas->columns, canvas->rows - 1}, ROLE_TEXT);
    return frame_around(canvas, box, title, way_out);
}

int frame_key(struct canvas *canvas, int column, int row, enum role surface, const char *key,
              const char *label)
{
    column = canvas_string(canvas, column, row, (struct ink){ROLE_KEY, surface, true}, key);
    column = canvas_string(canvas, column, row, ink_on(surface, surface), " ");
    return canvas_string(canvas, column, row, ink_on(surface, surface), label);
}

struct text frame_line(const struct canvas *canvas, struct text *rest, int cells)
{
    size_t take = rest->length;
    if (take == 0)
        return (struct text){0};
    while (take > 0 && (int)text_width(text_part(*rest, 0, take), canvas->widths) > cells)
        take = utf8_previous(*rest, take);
    if (take == 0)
        take = utf8_next(*rest, 0); /* wider than the room: cut where it is drawn */
    size_t blank = take;
    while (blank > take / 2 && blank < rest->length && rest->at[blank] != ' ')
        blank--;
    if (blank > take / 2)
        take = blank;
    struct text line = text_part(*rest, 0, take);
    *rest = text_trim(text_part(*rest, take, rest->length - take));
    return line;
}

void frame_keys(const struct model *model, struct canvas *canvas, int column, int row, int cells,
                enum role role, enum role surface, const char *line)
{
    struct text rest = text_of(line), part;
    int end = column + cells;
    bool key = false;
    while (column < end && text_next(&rest, '`', &part)) {
        uint32_t named;
        struct key_name now;
        if (key && key_read(part, &named, NULL)) {
            now = model_key(model, named);
            part = text_of(now.text);
        }
        int width = (int)text_width(part, canvas->widths);
        canvas_fit(canvas, column, row, width < end - column ? width : end - column, FIT_LEFT,
                   key ? (struct ink){ROLE_KEY, surface, true} : ink_on(role, surface), part);
        column += width;
        key = !key;
    }
}

void frame_right(struct canvas *canvas, int column, int row, int cells, struct ink look,
                 struct text text)
{
    int width = (int)text_width(text, canvas->widths);
    int spare = width < cells ? cells - width : 0;
    canvas_fit(canvas, column + spare, row, cells - spare, FIT_LEFT, look, text);
}

void frame_creator(const struct model *model, struct canvas *canvas, struct area cell,
                   struct ink look, uint32_t row)
{
    struct text name = catalog_text(model->catalog, COL_HANDLE, row);
    struct text title = catalog_text(model->catalog, COL_NAME, row);
    bool apart = model_namesake(model, row) && cell.columns > 6;
    if (handle_is_channel_id(name) && text_known(title))
        name = title;
    int width = (int)text_width(name, canvas->widths), most = cell.columns - (apart ? 3 : 0);
    width = width < most ? width : most;
    canvas_fit(canvas, cell.column, cell.row, width, FIT_LEFT, look, name);
    struct ink small = look;
    small.role = look.role == ROLE_TEXT ? ROLE_DIM : look.role;
    if (apart)
        canvas_string(canvas, cell.column + width + 1, cell.row, small,
                      platforms[catalog_platform(model->catalog, row)].brief);
}

void frame_field(struct canvas *canvas, int column, int row, int cells, const struct line *line)
{
    struct ink field = ink_on(ROLE_FIELD, ROLE_FIELD);
    struct text text = buf_text(&line->text);
    size_t from = 0;
    if (column + cells > canvas->columns)
        cells = canvas->columns - column;
    if (cells < 2)
        return;
    /* The caret stays in view: what is left of it gives way. */
    while (from < line->caret &&
           (int)text_width(text_part(text, from, line->caret - from), canvas->widths) > cells - 2)
        from = utf8_next(text, from);
    canvas_fit(canvas, column, row, cells, FIT_LEFT, field, TEXT(""));
    canvas_fit(canvas, column, row, cells - 1, FIT_LEFT, field,
               text_part(text, from, text.length - from));
    int caret = column + (int)text_width(text_part(text, from, line->caret - from), canvas->widths);
    canvas->cursor_shown = true;
    canvas->cursor_column = caret;
    canvas->cursor_row = row;
}

void frame_figure(const struct model *model, struct canvas *canvas, int column, int row, int cells,
                  enum column figure, uint32_t creator)
{
    if (field_is_creator(model, catalog_id(model->catalog, creator), figure))
        frame_field(canvas, column, row, cells + 1,
                    &model->line); /* the caret may stand after it */
}

void frame_more(struct canvas *canvas, struct area area, int row, enum glyph sign, size_t count)
{
    char text[24];
    int cells = snprintf(text, sizeof text, "  %zu more", count) + 1;
    int at = area.column + area.columns - cells;
    if (count == 0 || cells + 4 > area.columns)
        return;
    canvas_string(canvas, at, row, ink(ROLE_KEY), text);
    canvas_glyph(canvas, at, row, ink_strong(ROLE_KEY), sign);
    canvas_string(canvas, at + cells - 1, row, ink(ROLE_TEXT), " ");
}
