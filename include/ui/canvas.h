#ifndef MICROSCOPE_UI_CANVAS_H
#define MICROSCOPE_UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/area.h"
#include "app/hit.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ui/role.h"

/* The only thing panes draw on: a grid of cells that carry roles, never colours. Drawing outside the
 * grid is clipped. The terminal shows it; tests read it. */

struct cell {
    uint32_t code[3]; /* a base character and at most two combining marks; 0 ends */
    uint8_t width;    /* 1, 2, or 0 for the right half of a wide one */
    uint8_t role;     /* enum role: foreground */
    uint8_t surface;  /* enum role whose background lies under it */
    bool strong;      /* bold beyond what the role says */
};

struct canvas {
    int columns, rows;
    struct cell *cells; /* rows x columns */
    struct hit *hits;   /* likewise: what lies there */
    const struct width_table *widths;
    const struct glyph_set *glyphs;
    struct canvas_cuts {
        struct canvas_cut {
            int column, row;   /* of the cell that says so */
            size_t at, length; /* of the whole text in `texts` */
        } * items;
        size_t count, capacity;
        struct buf texts;
    } cuts;            /* what was drawn cut since canvas_clear() */
    bool cursor_shown; /* the terminal's own cursor: only in input fields */
    int cursor_column, cursor_row;
};

/* Signs the program draws itself; every one takes one cell in both sets. */
enum glyph {
    GLYPH_FOCUS,      /* ▸ > */
    GLYPH_DOWN,       /* ▾ v */
    GLYPH_UP,         /* ▴ ^ */
    GLYPH_BEST,       /* ◂ < */
    GLYPH_YES,        /* ✓ x */
    GLYPH_NO,         /* ✗ X */
    GLYPH_CUT,        /* » > */
    GLYPH_BAR,        /* ━ = */
    GLYPH_BAR_HALF,   /* ╸ - */
    GLYPH_DASH,       /* ╌ - */
    GLYPH_NEED,       /* ╎ | */
    GLYPH_CARET,      /* ▏ | */
    GLYPH_VERTICAL,   /* │ | */
    GLYPH_HORIZONTAL, /* ─ - */
    GLYPH_CORNER_NW,  /* ┌ + */
    GLYPH_CORNER_NE,
    GLYPH_CORNER_SW,
    GLYPH_CORNER_SE,
    GLYPH_TEE_LEFT,  /* ├ + */
    GLYPH_TEE_RIGHT, /* ┤ + */
    GLYPH_CROSS,     /* ┼ + */
    GLYPH_BLOCK,     /* █ # */
    GLYPH_HALF_UP,   /* ▀ ' */
    GLYPH_HALF_DOWN, /* ▄ . */
    GLYPH_LEVEL_1,   /* ▁▂▃▄▅▆▇ and _.,:;+* */
    GLYPH_LEVEL_7 = GLYPH_LEVEL_1 + 6,
    GLYPH_COUNT
};

/* What the lines of a plot are made of: dots, 2 x 4 a cell; half blocks, where a font has no
 * braille; or '.:*'. */
enum glyph_dots { DOTS_BRAILLE, DOTS_BLOCKS, DOTS_ASCII };

struct glyph_set {
    const char *name;
    const uint32_t *code; /* GLYPH_COUNT of them */
    bool ascii;           /* text from outside is shown transliterated or replaced */
    enum glyph_dots dots;
};
/* Blocks: as Unicode, without braille. Console: what the fonts of text consoles have, which is rules
 * and blocks besides ASCII. */
extern const struct glyph_set glyphs_unicode, glyphs_blocks, glyphs_console, glyphs_ascii;

void canvas_init(struct canvas *canvas, const struct width_table *widths,
                 const struct glyph_set *glyphs);
void canvas_release(struct canvas *canvas);
/* Resizes and blanks: every cell a space of role ROLE_TEXT on ROLE_TEXT. */
void canvas_clear(struct canvas *canvas, int columns, int rows);
const struct cell *canvas_cell(const struct canvas *canvas, int column, int row); /* inside only */

/* Style of what is drawn next: passed by value, so panes share nothing. */
struct ink {
    enum role role;
    enum role surface;
    bool strong;
};

/* Text at a place, made safe on its way; returns the column after the last cell drawn. What runs over
 * the right edge ends in GLYPH_CUT. */
int canvas_text(struct canvas *canvas, int column, int row, struct ink ink, struct text text);
int canvas_string(struct canvas *canvas, int column, int row, struct ink ink, const char *string);
/* In exactly `cells` cells, cut with GLYPH_CUT and padded. */
void canvas_fit(struct canvas *canvas, int column, int row, int cells, enum fit_side side,
                struct ink ink, struct text text);
/* The whole text of what is cut, of the `index`th so drawn, not made safe, and where its GLYPH_CUT
 * stands. The null text where something was drawn over it since. Good until the next drawing. */
size_t canvas_cut_count(const struct canvas *canvas);
struct text canvas_cut(const struct canvas *canvas, size_t index, int *column, int *row);
int canvas_glyph(struct canvas *canvas, int column, int row, struct ink ink, enum glyph glyph);
void canvas_code(struct canvas *canvas, int column, int row, struct ink ink, uint32_t code);
void canvas_fill(struct canvas *canvas, struct area area, struct ink ink, uint32_t code);
/* Lays a surface under what is there, keeping text and roles (cursor row, changed cell). */
void canvas_surface(struct canvas *canvas, struct area area, enum role surface);
/* Gives everything in the area this role (dimming what an overlay covers). */
void canvas_role(struct canvas *canvas, struct area area, enum role role);

/* What a click there means; nothing where it is covered by something else. */
void canvas_hit(struct canvas *canvas, struct area area, enum hit_kind kind, size_t index);
struct hit canvas_hit_at(const struct canvas *canvas, int column, int row); /* anywhere */

/* For tests and pictures: the characters of a row, without trailing blanks; the role letters of a
 * row (foreground, or surface), one a cell. */
void canvas_row_text(const struct canvas *canvas, int row, struct buf *out);
void canvas_row_roles(const struct canvas *canvas, int row, bool surface, struct buf *out);

#endif
