#include "app/layout.h"

#include <stddef.h>

#include "base/vec.h"

#define HYSTERESIS 2
#define STRIP_ROWS 4
#define STRIP_FROM_ROWS 20
#define TOLD_FROM_BODY 4 /* rows that have to be left of the body */

static const struct {
    enum layout_class class;
    int columns;
} steps[] = {
    {LAYOUT_WIDE, 150},
    {LAYOUT_MIDDLE, 100},
    {LAYOUT_SMALL, 60},
    {LAYOUT_NARROW, LAYOUT_LEAST_COLUMNS},
};

/* A class is entered at its width and left two columns below it, so that a pane does not flicker
 * while a window edge is dragged. */
static enum layout_class class_of(int columns, int rows, const struct layout *before)
{
    if (columns < LAYOUT_LEAST_COLUMNS || rows < LAYOUT_LEAST_ROWS)
        return LAYOUT_TOO_SMALL;
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        int from = steps[i].columns;
        if (before && before->class == steps[i].class && steps[i].class > LAYOUT_NARROW)
            from -= HYSTERESIS;
        if (columns >= from)
            return steps[i].class == LAYOUT_NARROW && rows < 16 ? LAYOUT_TINY : steps[i].class;
    }
    return LAYOUT_TINY;
}

static int filters_width(enum layout_class class)
{
    return class == LAYOUT_WIDE ? 28 : 23;
}

struct layout layout_make(int columns, int rows, bool filters, int told,
                          const struct layout *before)
{
    struct layout it = {.class = class_of(columns, rows, before), .columns = columns, .rows = rows};
    if (it.class == LAYOUT_TOO_SMALL)
        return it;
    it.bar = (struct area){0, 0, columns, 1};
    it.chips = (struct area){0, 1, columns, 1};
    it.status = (struct area){0, rows - 2, columns, 1};
    it.keys = (struct area){0, rows - 1, columns, 1};
    int most = rows - 4 - TOLD_FROM_BODY;
    told = told < most ? told : most > 0 ? most : 0;
    it.told = (struct area){0, rows - 2 - told, columns, told};
    it.body = (struct area){0, 2, columns, rows - 4 - told};

    struct area rest = it.body;
    if (it.class >= LAYOUT_MIDDLE || (filters && columns >= 48)) {
        int width = filters_width(it.class);
        it.filters = (struct area){rest.column, rest.row, width, rest.rows};
        rest.column += width + 1;
        rest.columns -= width + 1;
    } else if (filters) {
        it.filters = rest;
        rest.columns = 0;
    }
    if (it.class == LAYOUT_WIDE) {
        int width = columns >= 190 ? 54 : 43;
        it.detail = (struct area){columns - width, rest.row, width, rest.rows};
        rest.columns -= width + 1;
    }
    bool strip = it.class == LAYOUT_MIDDLE || (it.class == LAYOUT_SMALL && rows >= STRIP_FROM_ROWS);
    if (strip && rest.columns >= 40 && rest.rows > STRIP_ROWS + 4) {
        it.strip =
            (struct area){rest.column, rest.row + rest.rows - STRIP_ROWS, rest.columns, STRIP_ROWS};
        rest.rows -= STRIP_ROWS;
    }
    it.list = rest;
    return it;
}
