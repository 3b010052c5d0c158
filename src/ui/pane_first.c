#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "base/number.h"
#include "ui_internal.h"

/* The menu of a store without creators: what one can begin with. */

#define NAME_LEAST 12
#define NAME_WHOLE 32 /* a longer name is cut before anything else gives way to it */
#define MARKED 104    /* cells of the cursor's line at most */
#define HOUR 3600.0

static void age_of(double seconds, struct buf *out)
{
    if (!(seconds >= 60)) {
        buf_add_string(out, "just now");
        return;
    }
    if (seconds < HOUR)
        buf_addf(out, "%d min", (int)(seconds / 60));
    else if (seconds < DATE_DAY)
        buf_addf(out, "%d h", (int)(seconds / HOUR));
    else
        date_age(out, seconds);
    buf_add_string(out, " ago");
}

static void rows_of(const struct model *model, const struct list_found *found, struct buf *out)
{
    if (found->state == LIST_ROWS_BOOK) {
        buf_add_string(out, "Excel");
        return;
    }
    if (found->state == LIST_ROWS_KNOWN)
        number_fixed(out, found->rows, 0, model->style);
    else
        buf_add_string(out, found->state == LIST_ROWS_UNKNOWN ? "?" : "…");
    buf_add_string(out, found->state == LIST_ROWS_KNOWN && found->rows == 1 ? " row" : " rows");
}

static void last_of(const struct model *model, const struct list_found *found, struct buf *out)
{
    if (found->state == LIST_ROWS_BOOK)
        buf_add_string(out, "see below");
    else
        age_of(model->now - found->at, out);
}

/* ---- the files stand in columns ---- */

struct grid {
    int name, folder, rows, last; /* cells; 0: no room */
};

static int wider(int cells, struct text text, const struct canvas *canvas)
{
    int width = (int)text_width(text, canvas->widths);
    return width > cells ? width : cells;
}

/* What stands beside the name, with the blanks between. */
static int others(const struct grid *grid)
{
    return grid->folder + (grid->folder > 0) + grid->rows + 2 * (grid->rows > 0) + grid->last +
           2 * (grid->last > 0);
}

/* As much as each needs; what matters least goes first, and the name gives way before the others. */
static struct grid grid_of(const struct model *model, const struct canvas *canvas, int room)
{
    const struct first_place *first = &model->first;
    struct grid grid = {.name = NAME_LEAST};
    int *const dear[] = {&grid.folder, &grid.rows, &grid.last};
    for (size_t i = 0; i < first->count; i++) {
        struct buf rows = BUF_INIT, last = BUF_INIT;
        rows_of(model, &first->found[i], &rows);
        last_of(model, &first->found[i], &last);
        grid.name = wider(grid.name, first->found[i].name, canvas);
        grid.folder = wider(grid.folder, first->found[i].folder, canvas);
        grid.rows = wider(grid.rows, buf_text(&rows), canvas);
        grid.last = wider(grid.last, buf_text(&last), canvas);
        buf_release(&rows);
        buf_release(&last);
    }
    for (size_t i = 0; i < sizeof dear / sizeof dear[0]; i++)
        if (others(&grid) + (grid.name < NAME_WHOLE ? grid.name : NAME_WHOLE) > room)
            *dear[i] = 0;
    if (grid.name > room - others(&grid))
        grid.name = room - others(&grid);
    return grid;
}

static void draw_file(const struct model *model, struct canvas *canvas, struct area line,
                      const struct list_found *found)
{
    struct grid grid = grid_of(model, canvas, line.columns);
    struct buf rows = BUF_INIT, last = BUF_INIT;
    bool book = found->state == LIST_ROWS_BOOK;
    int end = line.column + line.columns;
    rows_of(model, found, &rows);
    last_of(model, found, &last);
    canvas_fit(canvas, line.column, line.row, grid.name, FIT_LEFT, ink(ROLE_TEXT), found->name);
    canvas_fit(canvas, line.column + grid.name + 1, line.row, grid.folder, FIT_LEFT, ink(ROLE_DIM),
               found->folder);
    frame_right(canvas, end - grid.last, line.row, grid.last, ink(book ? ROLE_WARN : ROLE_DIM),
                buf_text(&last));
    end -= grid.last > 0 ? grid.last + 2 : 0;
    frame_right(canvas, end - grid.rows, line.row, grid.rows, ink(book ? ROLE_WARN : ROLE_TEXT),
                buf_text(&rows));
    buf_release(&rows);
    buf_release(&last);
}

/* ---- lines ---- */

static void draw_choice(const struct model *model, struct canvas *canvas,
                        const struct first_layout *at, const struct first_line *line, int row)
{
    int end = at->area.column + at->area.columns;
    bool file = line->choice == FIRST_FILE, beside = at->text > at->label;
    int from = line->label[0] ? at->label : at->text;
    if (line->label[0])
        canvas_fit(canvas, at->label, row, beside ? at->text - at->label - 1 : end - at->label,
                   FIT_LEFT, ink(ROLE_TEXT), text_of(line->label));
    if (file)
        draw_file(model, canvas, (struct area){at->text, row, end + 1 - at->text, 1},
                  &model->first.found[line->place - 1]);
    else if (beside)
        canvas_string(canvas, at->text, row, ink(ROLE_DIM), line->text);
    if (line->place != model->first.cursor)
        return;
    int left = at->area.column - 1, wide = canvas->columns - left;
    canvas_surface(canvas, (struct area){left, row, wide < MARKED ? wide : MARKED, 1}, ROLE_CURSOR);
    canvas_glyph(canvas, from - 2, row, (struct ink){ROLE_TITLE, ROLE_CURSOR, true}, GLYPH_FOCUS);
}

/* Above the choices it begins where their cursor stands. */
static void draw_said(const struct model *model, struct canvas *canvas,
                      const struct first_layout *at, const struct first_line *line, int row)
{
    int end = at->area.column + at->area.columns;
    bool label = line->label[0] != '\0', beside = at->text > at->label;
    bool heading = line->kind == FIRST_HEADING;
    int column = heading ? at->label : at->area.column;
    if (label)
        canvas_fit(canvas, column, row, beside ? at->text - column - 1 : end - column, FIT_LEFT,
                   ink(heading ? ROLE_TEXT : ROLE_TITLE), text_of(line->label));
    if (label && !beside)
        return;
    column = label ? at->text : column;
    if (line->kind == FIRST_KEYS)
        frame_keys(model, canvas, column, row, end - column, ROLE_DIM, ROLE_TEXT, line->text);
    else
        canvas_string(canvas, column, row,
                      line->kind == FIRST_TITLE ? ink_strong(ROLE_TITLE) : ink(ROLE_DIM),
                      line->text);
}

static void draw_top(const struct model *model, struct canvas *canvas)
{
    const char *says = "your work is saved by itself";
    int width = (int)text_of(says).length, columns_ = canvas->columns;
    canvas_fill(canvas, model->layout.bar, ink_on(ROLE_BAR, ROLE_BAR), ' ');
    canvas_string(canvas, 1, 0, (struct ink){ROLE_TITLE, ROLE_BAR, true}, "microscope");
    if (model->read_only)
        canvas_string(canvas, columns_ - 10, 0, ink_on(ROLE_ALERT, ROLE_ALERT), "read-only");
    else if (columns_ >= width + 14)
        canvas_string(canvas, columns_ - width - 1, 0, ink_on(ROLE_BAR, ROLE_BAR), says);
}

void pane_first(const struct model *model, struct canvas *canvas)
{
    struct first_line lines[FIRST_LINES_MOST];
    struct first_layout at = first_layout(model);
    size_t count = first_lines(model, lines);
    draw_top(model, canvas);
    for (size_t i = 0; i < count; i++) {
        int row = at.area.row + (int)i;
        if (lines[i].kind == FIRST_CHOICE)
            draw_choice(model, canvas, &at, &lines[i], row);
        else if (lines[i].kind != FIRST_BLANK)
            draw_said(model, canvas, &at, &lines[i], row);
    }
}

void first_standing(const struct model *model, struct canvas *canvas, int row)
{
    bool used = model->sheet->batches.count > 0;
    const char *state = used ? "empty" : "new";
    int end = canvas->columns - 2 - (int)text_of(state).length;
    canvas_string(canvas, 1, row, ink(ROLE_DIM), "Store");
    canvas_fit(canvas, 7, row, end - 8, FIT_LEFT, ink(ROLE_TEXT), text_of(model->store_name));
    canvas_string(canvas, end, row, ink(ROLE_GOOD), state);
}
