#include "ui/canvas.h"

#include <assert.h>
#include <stdlib.h>

#include "base/vec.h"

static const uint32_t signs_unicode[GLYPH_COUNT] = {
    [GLYPH_FOCUS] = 0x25B8,       [GLYPH_DOWN] = 0x25BE,        [GLYPH_UP] = 0x25B4,
    [GLYPH_BEST] = 0x25C2,        [GLYPH_YES] = 0x2713,         [GLYPH_NO] = 0x2717,
    [GLYPH_CUT] = 0x00BB,         [GLYPH_BAR] = 0x2501,         [GLYPH_BAR_HALF] = 0x2578,
    [GLYPH_DASH] = 0x254C,        [GLYPH_NEED] = 0x254E,        [GLYPH_CARET] = 0x258F,
    [GLYPH_VERTICAL] = 0x2502,    [GLYPH_HORIZONTAL] = 0x2500,  [GLYPH_CORNER_NW] = 0x250C,
    [GLYPH_CORNER_NE] = 0x2510,   [GLYPH_CORNER_SW] = 0x2514,   [GLYPH_CORNER_SE] = 0x2518,
    [GLYPH_TEE_LEFT] = 0x251C,    [GLYPH_TEE_RIGHT] = 0x2524,   [GLYPH_CROSS] = 0x253C,
    [GLYPH_BLOCK] = 0x2588,       [GLYPH_HALF_UP] = 0x2580,     [GLYPH_HALF_DOWN] = 0x2584,
    [GLYPH_LEVEL_1] = 0x2581,     [GLYPH_LEVEL_1 + 1] = 0x2582, [GLYPH_LEVEL_1 + 2] = 0x2583,
    [GLYPH_LEVEL_1 + 3] = 0x2584, [GLYPH_LEVEL_1 + 4] = 0x2585, [GLYPH_LEVEL_1 + 5] = 0x2586,
    [GLYPH_LEVEL_7] = 0x2587,
};

static const uint32_t signs_ascii[GLYPH_COUNT] = {
    [GLYPH_FOCUS] = '>',       [GLYPH_DOWN] = 'v',        [GLYPH_UP] = '^',
    [GLYPH_BEST] = '<',        [GLYPH_YES] = 'x',         [GLYPH_NO] = 'X',
    [GLYPH_CUT] = '>',         [GLYPH_BAR] = '=',         [GLYPH_BAR_HALF] = '-',
    [GLYPH_DASH] = '-',        [GLYPH_NEED] = '|',        [GLYPH_CARET] = '|',
    [GLYPH_VERTICAL] = '|',    [GLYPH_HORIZONTAL] = '-',  [GLYPH_CORNER_NW] = '+',
    [GLYPH_CORNER_NE] = '+',   [GLYPH_CORNER_SW] = '+',   [GLYPH_CORNER_SE] = '+',
    [GLYPH_TEE_LEFT] = '+',    [GLYPH_TEE_RIGHT] = '+',   [GLYPH_CROSS] = '+',
    [GLYPH_BLOCK] = '#',       [GLYPH_HALF_UP] = '\'',    [GLYPH_HALF_DOWN] = '.',
    [GLYPH_LEVEL_1] = '_',     [GLYPH_LEVEL_1 + 1] = '.', [GLYPH_LEVEL_1 + 2] = ',',
    [GLYPH_LEVEL_1 + 3] = ':', [GLYPH_LEVEL_1 + 4] = ';', [GLYPH_LEVEL_1 + 5] = '+',
    [GLYPH_LEVEL_7] = '*',
};

/* Rules and blocks are in every font of a text console since code page 437. */
static const uint32_t signs_console[GLYPH_COUNT] = {
    [GLYPH_FOCUS] = '>',        [GLYPH_DOWN] = 'v',          [GLYPH_UP] = '^',
    [GLYPH_BEST] = '<',         [GLYPH_YES] = 'x',           [GLYPH_NO] = 'X',
    [GLYPH_CUT] = 0x00BB,       [GLYPH_BAR] = '=',           [GLYPH_BAR_HALF] = '-',
    [GLYPH_DASH] = '-',         [GLYPH_NEED] = '|',          [GLYPH_CARET] = '|',
    [GLYPH_VERTICAL] = 0x2502,  [GLYPH_HORIZONTAL] = 0x2500, [GLYPH_CORNER_NW] = 0x250C,
    [GLYPH_CORNER_NE] = 0x2510, [GLYPH_CORNER_SW] = 0x2514,  [GLYPH_CORNER_SE] = 0x2518,
    [GLYPH_TEE_LEFT] = 0x251C,  [GLYPH_TEE_RIGHT] = 0x2524,  [GLYPH_CROSS] = 0x253C,
    [GLYPH_BLOCK] = 0x2588,     [GLYPH_HALF_UP] = 0x2580,    [GLYPH_HALF_DOWN] = 0x2584,
    [GLYPH_LEVEL_1] = '_',      [GLYPH_LEVEL_1 + 1] = '.',   [GLYPH_LEVEL_1 + 2] = ',',
    [GLYPH_LEVEL_1 + 3] = ':',  [GLYPH_LEVEL_1 + 4] = ';',   [GLYPH_LEVEL_1 + 5] = '+',
    [GLYPH_LEVEL_7] = '*',
};

const struct glyph_set glyphs_unicode = {"unicode", signs_unicode, false, DOTS_BRAILLE};
const struct glyph_set glyphs_blocks = {"blocks", signs_unicode, false, DOTS_BLOCKS};
const struct glyph_set glyphs_console = {"console", signs_console, true, DOTS_BLOCKS};
const struct glyph_set glyphs_ascii = {"ascii", signs_ascii, true, DOTS_ASCII};

static const struct cell blank = {
    .code = {' '}, .width = 1, .role = ROLE_TEXT, .surface = ROLE_TEXT};

enum { REPLACEMENT = 0xFFFD };

void canvas_init(struct canvas *canvas, const struct width_table *widths,
                 const struct glyph_set *glyphs)
{
    *canvas = (struct canvas){.widths = widths, .glyphs = glyphs};
}

void canvas_release(struct canvas *canvas)
{
    if (!canvas)
        return;
    free(canvas->cells);
    free(canvas->hits);
    free(canvas->cuts.items);
    buf_release(&canvas->cuts.texts);
    canvas->cuts = (struct canvas_cuts){.count = 0};
    canvas->cells = NULL;
    canvas->hits = NULL;
    canvas->columns = canvas->rows = 0;
}

void canvas_clear(struct canvas *canvas, int columns, int rows)
{
    assert(columns >= 0 && rows >= 0);
    if (columns != canvas->columns || rows != canvas->rows) {
        canvas->cells =
            mem_resize(canvas->cells, (size_t)columns * (size_t)rows, sizeof *canvas->cells);
        canvas->hits =
            mem_resize(canvas->hits, (size_t)columns * (size_t)rows, sizeof *canvas->hits);
        canvas->columns = columns;
        canvas->rows = rows;
    }
    for (size_t i = 0; i < (size_t)columns * (size_t)rows; i++) {
        canvas->cells[i] = blank;
        canvas->hits[i] = (struct hit){.kind = HIT_NONE};
    }
    canvas->cuts.count = 0;
    buf_clear(&canvas->cuts.texts);
    canvas->cursor_shown = false;
    canvas->cursor_column = canvas->cursor_row = 0;
}

static bool inside(const struct canvas *canvas, int column, int row)
{
    return column >= 0 && column < canvas->columns && row >= 0 && row < canvas->rows;
}

static struct cell *cell_at(struct canvas *canvas, int column, int row)
{
    return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

const struct cell *canvas_cell(const struct canvas *canvas, int column, int row)
{
    assert(inside(canvas, column, row));
    return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

/* Half a wide character cannot be shown: when one half is drawn over, the other becomes a blank. */
static void part_pair(struct canvas *canvas, int column, int row)
{
    struct cell *cell = cell_at(canvas, column, row);
    int other = cell->width == 0 ? column - 1 : cell->width == 2 ? column + 1 : -1;
    if (other < 0 || other >= canvas->columns)
        return;
    struct cell *half = cell_at(canvas, other, row);
    half->code[0] = ' ';
    half->code[1] = half->code[2] = 0;
    half->width = 1;
}

static void put_one(struct canvas *canvas, int column, int row, struct ink ink, uint32_t code,
                    unsigned width)
{
    if (!inside(canvas, column, row))
        return;
    part_pair(canvas, column, row);
    *cell_at(canvas, column, row) = (struct cell){.code = {code},
                                                  .width = (uint8_t)width,
                                                  .role = (uint8_t)ink.role,
                                                  .surface = (uint8_t)ink.surface,
                                                  .strong = ink.strong};
}

/* A base character; a wide one of which a half falls outside leaves a blank. */
static void put(struct canvas *canvas, int column, int row, struct ink ink, uint32_t code,
                int width)
{
    if (width == 1) {
        put_one(canvas, column, row, ink, code, 1);
        return;
    }
    if (inside(canvas, column, row) && inside(canvas, column + 1, row)) {
        put_one(canvas, column, row, ink, code, 1);
        put_one(canvas, column + 1, row, ink, 0, 0);
        cell_at(canvas, column, row)->width = 2;
    } else {
        put_one(canvas, column, row, ink, ' ', 1);
        put_one(canvas, column + 1, row, ink, ' ', 1);
    }
}

static void put_mark(struct canvas *canvas, int column, int row, uint32_t mark)
{
    if (!inside(canvas, column, row))
        return;
    struct cell *cell = cell_at(canvas, column, row);
    if (cell->width == 0)
        cell = cell_at(canvas, column - 1, row);
    for (size_t i = 1; i < COUNT_OF(cell->code); i++)
        if (!cell->code[i]) {
            cell->code[i] = mark;
            return;
        }
}

static int width_of(const struct canvas *canvas, uint32_t *code)
{
    int width = *code == REPLACEMENT ? 1 : canvas->widths->width(*code);
    if (width >= 0)
        return width;
    *code = REPLACEMENT;
    return 1;
}

/* Draws text that is safe and, where the glyphs are, ASCII. */
static int draw(struct canvas *canvas, int column, int row, struct ink ink, struct text safe)
{
    int start = column;
    uint32_t code;
    for (size_t length; column < canvas->columns && (length = utf8_decode(safe, &code));
         safe = text_part(safe, length, safe.length)) {
        int width = code < 0x7F ? 1 : width_of(canvas, &code);
        if (width > 0)
            put(canvas, column, row, ink, code, width);
        else if (column > start)
            put_mark(canvas, column - 1, row, code);
        column += width;
    }
    return column < canvas->columns ? column : canvas->columns;
}

/* What of a text reaches the screen: safe, and in ASCII where nothing else can be drawn. */
static void make_showable(const struct canvas *canvas, struct buf *out, struct text text)
{
    if (canvas->glyphs->ascii) {
        struct buf safe = BUF_INIT;
        text_safe(&safe, text);
        utf8_ascii(out, buf_text(&safe));
        buf_release(&safe);
    } else {
        text_safe(out, text);
    }
}

static void note_cut(struct canvas *canvas, int column, int row, struct text text)
{
    struct canvas_cuts *cuts = &canvas->cuts;
    struct canvas_cut cut = {column, row, cuts->texts.length, text.length};
    if (!inside(canvas, column, row))
        return;
    buf_add_text(&cuts->texts, text);
    VEC_PUSH(cuts, cut);
}

size_t canvas_cut_count(const struct canvas *canvas)
{
    return canvas->cuts.count;
}

struct text canvas_cut(const struct canvas *canvas, size_t index, int *column, int *row)
{
    assert(index < canvas->cuts.count);
    const struct canvas_cut *cut = &canvas->cuts.items[index];
    *column = cut->column;
    *row = cut->row;
    if (canvas_cell(canvas, cut->column, cut->row)->code[0] != canvas->glyphs->code[GLYPH_CUT])
        return (struct text){0};
    return text_part(buf_text(&canvas->cuts.texts), cut->at, cut->length);
}

int canvas_text(struct canvas *canvas, int column, int row, struct ink ink, struct text text)
{
    struct buf shown = BUF_INIT;
    make_showable(canvas, &shown, text);
    int cells = (int)text_width(buf_text(&shown), canvas->widths);
    bool cut = column < canvas->columns && column + cells > canvas->columns;
    column = draw(canvas, column, row, ink, buf_text(&shown));
    if (cut) {
        canvas_glyph(canvas, canvas->columns - 1, row, ink, GLYPH_CUT);
        note_cut(canvas, canvas->columns - 1, row, text);
    }
    buf_release(&shown);
    return column;
}

int canvas_string(struct canvas *canvas, int column, int row, struct ink ink, const char *string)
{
    return canvas_text(canvas, column, row, ink, text_of(string));
}

static void plain_blanks(struct canvas *canvas, int column, int row, int end, int by)
{
    for (int i = column; i != end; i += by) {
        bool inside = i >= 0 && i < canvas->columns && row >= 0 && row < canvas->rows;
        struct cell *cell = inside ? &canvas->cells[row * canvas->columns + i] : NULL;
        if (cell && cell->code[0] != ' ')
            return;
        if (cell)
            cell->role = ROLE_TEXT;
    }
}

void canvas_fit(struct canvas *canvas, int column, int row, int cells, enum fit_side side,
                struct ink ink, struct text text)
{
    if (cells <= 0)
        return;
    struct buf shown = BUF_INIT, fitted = BUF_INIT;
    struct text whole = text;
    if (canvas->glyphs->ascii) {
        make_showable(canvas, &shown, text);
        text = buf_text(&shown);
    }
    bool cut = text_fit(&fitted, text, (size_t)cells, side, canvas->glyphs->code[GLYPH_CUT],
                        canvas->widths);
    draw(canvas, column, row, ink, buf_text(&fitted));
    if (ink.role == ROLE_OWN) { /* it is underlined: the blanks beside it shall not be */
        plain_blanks(canvas, column, row, column + cells, 1);
        plain_blanks(canvas, column + cells - 1, row, column - 1, -1);
    }
    if (cut)
        note_cut(canvas, column + cells - 1, row, whole);
    buf_release(&shown);
    buf_release(&fitted);
}

int canvas_glyph(struct canvas *canvas, int column, int row, struct ink ink, enum glyph glyph)
{
    assert(glyph < GLYPH_COUNT);
    put(canvas, column, row, ink, canvas->glyphs->code[glyph], 1);
    return column + 1;
}

void canvas_code(struct canvas *canvas, int column, int row, struct ink ink, uint32_t code)
{
    int width = width_of(canvas, &code);
    if (canvas->glyphs->ascii && code >= 0x7F)
        put(canvas, column, row, ink, '?', 1);
    else if (width > 0)
        put(canvas, column, row, ink, code, width);
}

/* The part of an area that lies on the canvas. */
static struct area clip(const struct canvas *canvas, struct area area)
{
    int right = area.column + area.columns, bottom = area.row + area.rows;
    area.column = area.column > 0 ? area.column : 0;
    area.row = area.row > 0 ? area.row : 0;
    area.columns = (right < canvas->columns ? right : canvas->columns) - area.column;
    area.rows = (bottom < canvas->rows ? bottom : canvas->rows) - area.row;
    return area;
}

void canvas_fill(struct canvas *canvas, struct area area, struct ink ink, uint32_t code)
{
    area = clip(canvas, area);
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++)
            canvas_code(canvas, column, row, ink, code);
}

void canvas_surface(struct canvas *canvas, struct area area, enum role surface)
{
    area = clip(canvas, area);
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++)
            cell_at(canvas, column, row)->surface = (uint8_t)surface;
}

void canvas_role(struct canvas *canvas, struct area area, enum role role)
{
    area = clip(canvas, area);
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++) {
            struct cell *cell = cell_at(canvas, column, row);
            cell->role = (uint8_t)role;
            cell->strong = false;
        }
}

void canvas_row_text(const struct canvas *canvas, int row, struct buf *out)
{
    size_t start = out->length;
    for (int column = 0; column < canvas->columns; column++) {
        const struct cell *cell = canvas_cell(canvas, column, row);
        for (size_t i = 0; i < COUNT_OF(cell->code) && cell->code[i]; i++)
            buf_add_utf8(out, cell->code[i]);
    }
    size_t end = out->length;
    while (end > start && out->at[end - 1] == ' ')
        end--;
    buf_cut(out, end);
}

void canvas_row_roles(const struct canvas *canvas, int row, bool surface, struct buf *out)
{
    for (int column = 0; column < canvas->columns; column++) {
        const struct cell *cell = canvas_cell(canvas, column, row);
        buf_add_char(out, roles[surface ? cell->surface : cell->role].letter);
    }
}

void canvas_hit(struct canvas *canvas, struct area area, enum hit_kind kind, size_t index)
{
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int column = area.column; column < area.column + area.columns; column++)
            if (inside(canvas, column, row))
                canvas->hits[(size_t)row * (size_t)canvas->columns + (size_t)column] =
                    (struct hit){(uint8_t)kind, (uint32_t)index};
}

struct hit canvas_hit_at(const struct canvas *canvas, int column, int row)
{
    if (!inside(canvas, column, row))
        return (struct hit){.kind = HIT_NONE};
    return canvas->hits[(size_t)row * (size_t)canvas->columns + (size_t)column];
}
