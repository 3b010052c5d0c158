#include "app/layout.h"

#include <stddef.h>

#include "base/vec.h"

#define HYSTERESIS 2
#define STRIP_ROWS 4
#define STRIP_FROM_ROWS 20
#define FILTERS_LEAST 20
#define DETAIL_LEAST 28
#define LIST_LEAST 40
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

static int detail_width(int columns)
{
    return columns >= 190 ? 54 : 43;
}

/* As wide as is wanted, where that leaves `room` for it; never less than it has by itself, which leaves the
 * list enough. */
static int split(int wanted, int own, int least, int room)
{
    int most = room > own ? room : own;
    return wanted == 0 ? own : wanted < least ? least : wanted > most ? most : wanted;
}

struct layout layout_make(int columns, int rows, bool filters, int told,
                          const struct splits *splits, const struct layout *before)
{
    static const struct splits none = {0};
    const struct splits *wanted = splits ? splits : &none;
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
        int beside = it.class == LAYOUT_WIDE ? DETAIL_LEAST + 1 : 0;
        int width = split(wanted->filters, filters_width(it.class), FILTERS_LEAST,
                          columns - 1 - LIST_LEAST - beside);
        it.filters = (struct area){rest.column, rest.row, width, rest.rows};
        rest.column += width + 1;
        rest.columns -= width + 1;
    } else if (filters) {
        it.filters = rest;
        rest.columns = 0;
    }
    if (it.class == LAYOUT_WIDE) {
        int room = rest.columns - 1 - LIST_LEAST, own = detail_width(columns);
        int width = split(wanted->detail, own < room ? own : room, DETAIL_LEAST, room);
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

void layout_split(const struct layout *layout, enum border border, int column,
                  struct splits *splits)
{
    if (border == BORDER_FILTERS && layout->filters.columns > 0)
        splits->filters = column > 1 ? column : 1;
    else if (border == BORDER_DETAIL && layout->detail.columns > 0)
        splits->detail = column < layout->columns - 2 ? layout->columns - 1 - column : 1;
}
