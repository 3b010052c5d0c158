#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "term_info_internal.h"
#include "term_internal.h"

struct term_line {
    cchar_t cell;
};

enum { DEFAULT = -1, REPLACEMENT = 0xFFFD, DIRECT_COLOURS = 1 << 24, ALMOST_BLACK = 0x010101 };

static enum term_colours count_colours(const struct term *term)
{
    static const struct {
        int colours;
        enum term_colours kind;
    } steps[] = {{256, TERM_COLOURS_256}, {16, TERM_COLOURS_16}, {8, TERM_COLOURS_8}};
    const char *no_colour = getenv("NO_COLOR");
    if (term->options.no_colour || (no_colour && *no_colour) || !has_colors())
        return TERM_MONO;
    start_color();
    use_default_colors();
    if (COLORS >= DIRECT_COLOURS)
        return TERM_DIRECT;
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (COLORS >= steps[i].colours)
            return steps[i].kind;
    return TERM_MONO;
}

void term_paint_begin(struct term *term)
{
    static const int named[] = {
        [TERM_COLOURS_8] = 8, [TERM_COLOURS_16] = 16, [TERM_COLOURS_256] = 16};
    term->facts.colours = count_colours(term);
    term->painter.named =
        term->facts.colours == TERM_DIRECT ? term_info_named_colours() : named[term->facts.colours];
    term->painter.cursor_shown = true; /* as curses starts */
}

void term_paint_release(struct term_painter *painter)
{
    free(painter->line);
    painter->line = NULL;
}

/* White is what dark text on paper must not be. */
static int own_number(const struct term *term, unsigned number)
{
    enum { WHITE = 7, BRIGHT_WHITE = 15 };
    bool white = number == WHITE || number == BRIGHT_WHITE;
    return number == THEME_DEFAULT || (white && term->facts.light) ? DEFAULT : (int)number;
}

static int colour_number(const struct term *term, struct colour colour)
{
    int named = term->painter.named;
    if (colour.rgb == THEME_NO_COLOUR)
        return own_number(term, colour.index < named ? colour.index : colour.plain);
    if (term->facts.colours == TERM_COLOURS_256)
        return colour.index;
    /* The description of direct colours takes the first numbers for the named ones. */
    return colour.rgb < (uint32_t)named ? ALMOST_BLACK : (int)colour.rgb;
}

static attr_t curses_attributes(unsigned attributes)
{
    return (attributes & THEME_BOLD ? A_BOLD : A_NORMAL) |
           (attributes & THEME_REVERSE ? A_REVERSE : A_NORMAL) |
           (attributes & THEME_UNDERLINE ? A_UNDERLINE : A_NORMAL);
}

static bool can_paint(const struct term *term, const struct theme *theme)
{
    static const int colours[] = {[TERM_MONO] = 0,
                                  [TERM_COLOURS_8] = 8,
                                  [TERM_COLOURS_16] = 16,
                                  [TERM_COLOURS_256] = 256,
                                  [TERM_DIRECT] = 256};
    return theme_colours(theme) <= colours[term->facts.colours];
}

static struct term_style make_style(const struct term *term, enum role role, enum role surface,
                                    bool strong)
{
    struct theme_style look = theme_look(&term->painter.theme, role, surface);
    bool painted = term->painter.can_paint;
    struct term_style style = {.known = true, .on = DEFAULT};
    attr_t attributes = curses_attributes(painted ? look.attributes : look.mono);
    style.attributes = attributes | (strong ? A_BOLD : A_NORMAL);
    if (painted && term->facts.colours != TERM_MONO) {
        style.on = colour_number(term, look.on);
        style.pair = alloc_pair(colour_number(term, look.fore), style.on);
    }
    if (style.pair < 0)
        style.pair = 0;
    return style;
}

static const struct term_style *style_of(struct term *term, const struct cell *cell)
{
    struct term_style *style =
        &term->painter.styles[cell->role][cell->surface][cell->strong ? 1 : 0];
    if (!style->known)
        *style = make_style(term, (enum role)cell->role, (enum role)cell->surface, cell->strong);
    return style;
}

/* A cell in curses' terms. curses counts cells as wcwidth() does, so what does not agree with it is
 * replaced: the rest of the row must not shift. Returns false where it did not fit. */
static bool convert(struct term *term, const struct cell *cell, const struct term_style *style,
                    cchar_t *out)
{
    enum { FIRST = ' ', DEL = 0x7F };
    wchar_t text[COUNT_OF(cell->code) + 1] = {0};
    for (size_t i = 0; i < COUNT_OF(cell->code); i++)
        text[i] = (wchar_t)cell->code[i];
    bool ascii = text[0] >= FIRST && text[0] < DEL;
    bool fits = ascii || (term->utf8 && wcwidth(text[0]) == cell->width);
    if (!fits) {
        text[0] = term->utf8 && wcwidth(REPLACEMENT) == 1 ? REPLACEMENT : '?';
        text[1] = 0;
    }
    int pair = style->pair;
    if (setcchar(out, text, style->attributes, 0, &pair) == ERR) {
        text[0] = '?';
        text[1] = 0;
        setcchar(out, text, style->attributes, 0, &pair);
        fits = false;
    }
    return fits;
}

/* A blank shows nothing but what is behind it: where that is the same, it goes on in the style of its
 * neighbour, so that the terminal need not be told of another one and back. */
static const struct term_style *style_after(const struct term_style *left,
                                            const struct term_style *own, const struct cell *cell)
{
    bool blank = cell->code[0] == ' ' && cell->code[1] == 0;
    attr_t seen = ~(attr_t)A_BOLD;
    if (left && blank && left->on == own->on &&
        (left->attributes & seen) == (own->attributes & seen))
        return left;
    return own;
}

static void paint_row(struct term *term, const struct canvas *canvas, int row)
{
    static const struct cell blank = {.code = {' '}, .width = 1};
    struct term_line *line = term->painter.line;
    const struct term_style *style = NULL;
    int count = 0;
    for (int column = 0; column < COLS;) {
        bool there = column < canvas->columns && row < canvas->rows;
        const struct cell *cell = there ? canvas_cell(canvas, column, row) : &blank;
        bool wide = cell->width == 2 && column + 1 < COLS;
        style = style_after(style, style_of(term, cell), cell);
        bool fits = convert(term, cell, style, &line[count++].cell);
        column++;
        if (!wide)
            continue;
        /* The right half is part of the cell, or a blank when the left one was replaced. */
        if (!fits) {
            struct cell half = *cell;
            half.code[0] = ' ';
            half.code[1] = 0;
            half.width = 1;
            convert(term, &half, style, &line[count++].cell);
        }
        column++;
    }
    mvadd_wchnstr(row, 0, &line->cell, count);
}

static void place_cursor(struct term *term, const struct canvas *canvas)
{
    bool shown = canvas->cursor_shown && canvas->cursor_column < COLS &&
                 canvas->cursor_row < LINES && canvas->cursor_column >= 0 &&
                 canvas->cursor_row >= 0;
    if (shown != term->painter.cursor_shown) {
        curs_set(shown ? 1 : 0);
        term->painter.cursor_shown = shown;
    }
    /* A terminal that cannot hide it shows it where it disturbs least. */
    if (shown)
        move(canvas->cursor_row, canvas->cursor_column);
    else
        move(LINES - 1, 0);
}

void term_paint(struct term *term, const struct canvas *canvas, const struct theme *theme)
{
    struct term_painter *painter = &term->painter;
    if (memcmp(&painter->theme, theme, sizeof *theme) != 0) {
        memcpy(&painter->theme, theme, sizeof *theme);
        memset(painter->styles, 0, sizeof painter->styles);
        painter->can_paint = can_paint(term, theme);
    }
    if (COLS > painter->capacity) {
        painter->line = mem_resize(painter->line, (size_t)COLS, sizeof *painter->line);
        painter->capacity = COLS;
    }
    for (int row = 0; row < LINES; row++)
        paint_row(term, canvas, row);
    place_cursor(term, canvas);
}
