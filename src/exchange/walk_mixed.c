#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "walk_internal.h"

/* In how many ways the figures of a column are written. */

const char *const import_written_words[WRITTEN_COUNT] = {
    [WRITTEN_PERCENT] = "percent",
    [WRITTEN_ROUNDED] = "rounded",
    [WRITTEN_BARE] = "bare",
};

#define VALUE_MOST 40

struct walk_written {
    struct {
        uint64_t count;
        size_t line;
        char value[VALUE_MOST];
        size_t length;
    } ways[WRITTEN_COUNT];
};

void walk_note_written(struct import_walk *walk, const struct import_column *column,
                       struct text cell, enum import_written way)
{
    if (walk->endless)
        return;
    if (walk->written == NULL)
        walk->written = mem_zero(walk->plan->column_count, sizeof *walk->written);
    struct walk_written *written = &walk->written[column - walk->plan->columns];
    if (written->ways[way].count++ > 0)
        return;
    cell = text_part(text_trim(cell), 0, VALUE_MOST);
    written->ways[way].line = walk->row->line;
    written->ways[way].length = cell.length;
    memcpy(written->ways[way].value, cell.at, cell.length);
}

void walk_tell_mixed(struct import_walk *walk)
{
    const struct import_listener *listener = walk->listener;
    if (listener == NULL || listener->mixed == NULL || walk->written == NULL)
        return;
    for (size_t i = 0; i < walk->plan->column_count; i++) {
        const struct import_column *column = &walk->plan->columns[i];
        struct import_mixed mixed = {.column = column->place, .header = column->name};
        size_t ways = 0;
        for (int k = 0; k < WRITTEN_COUNT; k++) {
            mixed.ways[k].rows = walk->written[i].ways[k].count;
            mixed.ways[k].line = walk->written[i].ways[k].line;
            mixed.ways[k].value =
                (struct text){walk->written[i].ways[k].value, walk->written[i].ways[k].length};
            ways += mixed.ways[k].rows > 0;
        }
        if (ways > 1)
            listener->mixed(listener->self, &mixed);
    }
}
