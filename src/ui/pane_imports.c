#include <math.h>

#include "base/date.h"
#include "base/number.h"
#include "base/vec.h"
#include "ui_internal.h"

/* The last imports: a line each, newest first. */

#define TITLE_AT 2
#define WHEN_CELLS 11
#define FILE_CELLS 20 /* at least, with a blank */
#define HOUR 3600.0

/* The figures stand right in columns of their own, as many as there is room for; the file takes what
 * is left. */
enum import_figure { FIGURE_READ, FIGURE_NEW, FIGURE_CHANGED, FIGURE_SAME, FIGURE_LOST, FIGURES };

static const struct {
    const char *title;
    int cells;
    enum role role;
} figures[FIGURES] = {
    [FIGURE_READ] = {"Rows", 10, ROLE_TEXT},       [FIGURE_NEW] = {"New", 10, ROLE_GOOD},
    [FIGURE_CHANGED] = {"Changed", 10, ROLE_TEXT}, [FIGURE_SAME] = {"As it was", 10, ROLE_DIM},
    [FIGURE_LOST] = {"Unusable", 10, ROLE_BAD},
};

struct grid {
    int number, when, file, figure[FIGURES]; /* where each begins; 0: no room for it */
    int file_cells;
};

/* From the right; what matters least goes first. */
static struct grid grid_of(const struct canvas *canvas)
{
    static const enum import_figure kept[] = {FIGURE_NEW, FIGURE_CHANGED, FIGURE_READ, FIGURE_LOST,
                                              FIGURE_SAME};
    struct grid grid = {.number = TITLE_AT, .when = TITLE_AT + 6};
    int width = canvas->columns - 1, room = width - grid.when - WHEN_CELLS - FILE_CELLS;
    bool shown[FIGURES] = {false};
    for (size_t i = 0; i < COUNT_OF(kept) && room >= figures[kept[i]].cells; i++) {
        room -= figures[kept[i]].cells;
        shown[kept[i]] = true;
    }
    int at = width;
    for (int i = FIGURES - 1; i >= 0; i--) {
        at -= shown[i] ? figures[i].cells : 0;
        grid.figure[i] = shown[i] ? at : 0;
    }
    bool narrow = canvas->columns < 40;
    grid.file = narrow ? grid.when : grid.when + WHEN_CELLS + 1;
    grid.when = narrow ? 0 : grid.when;
    grid.file_cells = at - grid.file - 1;
    return grid;
}

static uint64_t count_of(const struct batch_told *import, enum import_figure which)
{
    const uint64_t all[FIGURES] = {
        [FIGURE_READ] = import->read,       [FIGURE_NEW] = import->added,
        [FIGURE_CHANGED] = import->changed, [FIGURE_SAME] = import->unchanged,
        [FIGURE_LOST] = import->rejected,
    };
    return all[which];
}

/* What was today is told by how long ago. */
static void when_text(const struct model *model, double at, struct buf *out)
{
    double age = model->now - at;
    if (isnan(age) || age < -HOUR || age >= DATE_DAY)
        date_day_year(out, at);
    else if (age < 60) /* the clock here goes by the minute */
        buf_add_string(out, "just now");
    else if (age < HOUR)
        buf_addf(out, "%.0f min ago", floor(age / 60));
    else
        buf_addf(out, "%.0f h ago", floor(age / HOUR));
}

static void draw_head(struct canvas *canvas, int y)
{
    struct grid grid = grid_of(canvas);
    struct ink title = ink_strong(ROLE_TITLE);
    canvas_fit(canvas, grid.number, y, 5, FIT_RIGHT, title, TEXT("No."));
    if (grid.when)
        canvas_fit(canvas, grid.when, y, WHEN_CELLS, FIT_LEFT, title, TEXT("When"));
    canvas_fit(canvas, grid.file, y, grid.file_cells, FIT_LEFT, title, TEXT("File"));
    for (int i = 0; i < FIGURES; i++)
        if (grid.figure[i])
            canvas_fit(canvas, grid.figure[i], y, figures[i].cells, FIT_RIGHT, title,
                       text_of(figures[i].title));
}

/* Of one that was taken back it is said where its new ones and changed ones stood. */
static void draw_figures(const struct model *model, struct canvas *canvas, int y,
                         const struct batch_told *import)
{
    struct grid grid = grid_of(canvas);
    bool stands = batch_stands(import), said = false;
    for (int i = 0; i < FIGURES; i++) {
        uint64_t many = count_of(import, (enum import_figure)i);
        struct buf text = BUF_INIT;
        if (!grid.figure[i] || (said && i == FIGURE_CHANGED))
            continue;
        int cells = figures[i].cells;
        if (!stands && i == FIGURE_NEW && grid.figure[FIGURE_CHANGED]) {
            buf_add_string(&text, "taken back");
            cells += figures[FIGURE_CHANGED].cells;
            said = true;
        } else {
            number_fixed(&text, (double)many, 0, model->style);
        }
        canvas_fit(canvas, grid.figure[i], y, cells, FIT_RIGHT,
                   ink(said && i == FIGURE_NEW ? ROLE_WARN
                       : stands && many > 0    ? figures[i].role
                                               : ROLE_DIM),
                   buf_text(&text));
        buf_release(&text);
    }
}

/* Without its folder. */
static struct text name_of(struct text file)
{
    size_t from = file.length;
    while (from > 0 && file.at[from - 1] != '/')
        from--;
    return text_part(file, from, file.length - from);
}

static void draw_import(const struct model *model, struct canvas *canvas, int y,
                        const struct batch_told *import)
{
    struct grid grid = grid_of(canvas);
    struct buf number = BUF_INIT, when = BUF_INIT;
    enum role role = batch_stands(import) ? ROLE_TEXT : ROLE_DIM;
    buf_addf(&number, "%lld", (long long)import->id);
    when_text(model, import->at, &when);
    canvas_fit(canvas, grid.number, y, 5, FIT_RIGHT, ink(role), buf_text(&number));
    if (grid.when)
        canvas_fit(canvas, grid.when, y, WHEN_CELLS, FIT_LEFT, ink(ROLE_DIM), buf_text(&when));
    canvas_fit(canvas, grid.file, y, grid.file_cells, FIT_LEFT, ink(role), name_of(import->file));
    draw_figures(model, canvas, y, import);
    buf_release(&number);
    buf_release(&when);
}

static void draw_bar(const struct model *model, struct canvas *canvas)
{
    canvas_fill(canvas, model->layout.bar, ink_on(ROLE_BAR, ROLE_BAR), ' ');
    canvas_string(canvas, 1, 0, (struct ink){ROLE_TITLE, ROLE_BAR, true}, "Imports");
    canvas_fill(canvas, model->layout.chips, ink(ROLE_TEXT), ' ');
    canvas_fit(canvas, 1, model->layout.chips.row, canvas->columns - 2, FIT_LEFT, ink(ROLE_DIM),
               model->sheet->batches.count == 0
                   ? TEXT("Nothing was imported yet: I imports a list.")
                   : TEXT("The last ten are kept, and each can be taken back."));
}

void pane_imports(const struct model *model, struct canvas *canvas)
{
    const struct batches *batches = &model->sheet->batches;
    const struct scroll *at = &model->imports.at;
    struct area body = model->layout.body;
    draw_bar(model, canvas);
    canvas_fill(canvas, body, ink(ROLE_TEXT), ' ');
    if (batches->count > 0 && body.rows > 0)
        draw_head(canvas, body.row);
    for (int i = 0; i < body.rows - 1 && at->top + (size_t)i < batches->count; i++) {
        size_t line = at->top + (size_t)i;
        int y = body.row + 1 + i;
        draw_import(model, canvas, y, &batches->items[line].told);
        if (line != at->cursor)
            continue;
        canvas_surface(canvas, (struct area){0, y, canvas->columns, 1}, ROLE_CURSOR);
        canvas_glyph(canvas, 0, y, (struct ink){ROLE_TITLE, ROLE_CURSOR, true}, GLYPH_FOCUS);
    }
}

/* "287 new, 9 changed when it came; taken back 3 Aug 2026" */
void imports_standing(const struct model *model, struct canvas *canvas, int row)
{
    const struct batches *batches = &model->sheet->batches;
    struct buf text = BUF_INIT;
    if (model->imports.at.cursor < batches->count) {
        const struct batch_told *import = &batches->items[model->imports.at.cursor].told;
        buf_add_text(&text, name_of(import->file));
        buf_add_string(&text, ": ");
        number_fixed(&text, (double)import->added, 0, model->style);
        buf_add_string(&text, " new, ");
        number_fixed(&text, (double)import->changed, 0, model->style);
        buf_add_string(&text, " changed");
        if (!batch_stands(import)) {
            buf_add_string(&text, "; taken back ");
            date_day_year(&text, import->taken_back_at);
        }
    }
    canvas_fit(canvas, 1, row, canvas->columns - 2, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}
