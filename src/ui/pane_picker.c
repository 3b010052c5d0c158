#include "ui_internal.h"

/* Lists to choose from: commands, columns, and what the filter prompt offers. */

static void draw_choice(struct canvas *canvas, struct area at, const struct choice *choice,
                        bool cursor)
{
    if (choice->heading) {
        canvas_fit(canvas, at.column + 1, at.row, at.columns - 2, FIT_LEFT,
                   choice->note ? ink(ROLE_DIM) : ink_strong(ROLE_TITLE), choice->label);
        return;
    }
    int hint = (int)text_width(choice->hint, canvas->widths);
    if (hint > at.columns / 3)
        hint = at.columns / 3;
    if (choice->checked)
        canvas_glyph(canvas, at.column + 1, at.row, ink(ROLE_TICK), GLYPH_YES);
    canvas_fit(canvas, at.column + 3, at.row, at.columns - hint - 6, FIT_LEFT, ink(ROLE_TEXT),
               choice->label);
    canvas_fit(canvas, at.column + at.columns - hint - 1, at.row, hint, FIT_RIGHT, ink(ROLE_DIM),
               choice->hint);
    if (!cursor)
        return;
    canvas_glyph(canvas, at.column, at.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    canvas_surface(canvas, at, ROLE_CURSOR);
}

static void draw_choices(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct picker *picker = &model->picker;
    struct scroll scroll = {picker->cursor < picker->count ? picker->cursor : 0, picker->top};
    scroll_settle(&scroll, picker->count, (size_t)area.rows);
    for (int i = 0; i < area.rows && scroll.top + (size_t)i < picker->count; i++) {
        size_t index = scroll.top + (size_t)i;
        struct area line = {area.column, area.row + i, area.columns, 1};
        draw_choice(canvas, line, &picker->items[index], index == picker->cursor);
        canvas_hit(canvas, line, HIT_CHOICE, index);
    }
    int right = area.column + area.columns - 1;
    if (scroll.top > 0)
        canvas_glyph(canvas, right, area.row, ink(ROLE_DIM), GLYPH_UP);
    if (scroll.top + (size_t)area.rows < picker->count)
        canvas_glyph(canvas, right, area.row + area.rows - 1, ink(ROLE_DIM), GLYPH_DOWN);
    if (picker->count == 0)
        canvas_string(canvas, area.column + 3, area.row, ink(ROLE_DIM), "nothing of that name");
}

/* That of the columns leaves the upper half of the list in view, so that one sees what one does. */
static struct area columns_box(const struct model *model, struct canvas *canvas, int rows)
{
    struct area body = model->layout.body, list = model->layout.list;
    int width = canvas->columns < 64 ? canvas->columns : 64, most = (body.rows + 1) / 2 + 1;
    rows = rows + 2 < most ? rows + 2 : most;
    rows = rows < 7 ? 7 : rows;
    rows = rows > canvas->rows - 2 ? canvas->rows - 2 : rows;
    int left = list.columns > width ? list.column + list.columns - width : canvas->columns - width;
    int row = body.row + body.rows - rows;
    return (struct area){left, row < 1 ? 1 : row, width, rows};
}

/* The keys for which the last line has no room on narrow screens. Returns the cells they take. */
static int draw_column_keys(const struct model *model, struct canvas *canvas, struct area area)
{
    static const char line[] = "`Ctrl-T` auto  `Ctrl-X` standard";
    const int cells = (int)sizeof line - 1 - 4;
    if (canvas->columns >= 120 || area.columns < cells + 28)
        return 0;
    frame_keys(model, canvas, area.column + area.columns - 1 - cells, area.row, cells, ROLE_DIM,
               ROLE_TEXT, line);
    return cells + 1;
}

void pane_picker(const struct model *model, struct canvas *canvas)
{
    const struct pick_row *pick = &picks[model->picker.kind];
    int rows = (int)model->picker.count + 2;
    const char *way_out = contexts[CONTEXT_PICK].way_out;
    struct text title = text_of(pick->title);
    struct area area = model->picker.kind == PICK_COLUMNS
                           ? frame_around(canvas, columns_box(model, canvas, rows), title, way_out)
                           : frame_box(model, canvas, 60, rows < 6 ? 6 : rows, title, way_out);
    canvas_string(canvas, area.column + 1, area.row, ink(ROLE_DIM), "type to narrow");
    int keys = model->picker.kind == PICK_COLUMNS ? draw_column_keys(model, canvas, area) : 0;
    frame_field(canvas, area.column + 16, area.row, area.columns - 17 - keys, &model->line);
    int gap = model->picker.kind == PICK_COLUMNS && area.rows < 8 ? 1 : 2;
    draw_choices(model, canvas,
                 (struct area){area.column, area.row + gap, area.columns, area.rows - gap});
}

/* On a ground of their own, so that they stand apart from what they cover. */
static void draw_panel(const struct model *model, struct canvas *canvas, struct area area)
{
    canvas_fill(canvas, area, ink_on(ROLE_TEXT, ROLE_BAR), ' ');
    draw_choices(model, canvas, area);
    for (int row = area.row; row < area.row + area.rows; row++)
        if (canvas_cell(canvas, area.column, row)->surface != ROLE_CURSOR)
            canvas_surface(canvas, (struct area){area.column, row, area.columns, 1}, ROLE_BAR);
}

static int panel_rows(const struct model *model)
{
    int rows = (int)model->picker.count < 12 ? (int)model->picker.count : 12;
    int most = model->layout.body.rows - 2;
    return rows > most ? most : rows;
}

/* The candidates hang below the prompt, over the list. */
void pane_candidates(const struct model *model, struct canvas *canvas)
{
    struct area body = model->layout.body;
    int rows = panel_rows(model), width = canvas->columns < 64 ? canvas->columns : 64;
    if (rows < 1)
        return;
    int column = model->layout.list.columns > width ? model->layout.list.column : 0;
    draw_panel(model, canvas, (struct area){column, body.row, width, rows});
    frame_rule(canvas, (struct area){column, body.row + rows, width, 1}, TEXT(""), ink(ROLE_TITLE),
               "Enter add   Tab complete   Esc done");
}

/* Those of the command prompt stand above it. */
void pane_commands(const struct model *model, struct canvas *canvas)
{
    struct area body = model->layout.body;
    int rows = panel_rows(model), width = canvas->columns < 130 ? canvas->columns : 100;
    if (rows < 1)
        return;
    int row = model->layout.status.row - rows;
    draw_panel(model, canvas, (struct area){body.column, row, width, rows});
    frame_rule(canvas, (struct area){body.column, row - 1, width, 1}, text_of(command_title(model)),
               ink_strong(ROLE_TITLE), NULL);
}
