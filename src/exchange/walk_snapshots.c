#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/vec.h"
#include "walk_internal.h"

/* {"at": ["2026-05-03", …], "followers": [1200, …], "likes": [null, …]}: columns are shorter than
 * rows and compress well. Numbers arrive as strings, as they were written. */

static double item_number(const json_t *item)
{
    struct number_seen seen;
    struct text text = {json_string_value(item), json_string_length(item)};
    if (!json_is_string(item) || !number_parse(text, number_style_english, &seen) || seen.value < 0)
        return number_unknown();
    return seen.value;
}

static const char *snapshots_fill(struct import_walk *walk, const json_t *list)
{
    const json_t *at = json_object_get(list, "at");
    size_t count = json_array_size(at);
    for (size_t i = 0; i < count; i++) {
        struct snapshot snapshot = {.at = number_unknown()};
        const json_t *when = json_array_get(at, i);
        if (!json_is_string(when) || !date_parse(text_of(json_string_value(when)), &snapshot.at))
            return "'at' of the snapshots is not a list of dates";
        VEC_PUSH(&walk->snapshots, snapshot);
    }
    for (size_t k = 0; k < SNAPSHOT_FIELDS; k++) {
        const json_t *values = json_object_get(list, columns[snapshot_fields[k].column].key);
        if (values != NULL && json_array_size(values) != count)
            return "lists of the snapshots differ in length";
        for (size_t i = 0; i < count; i++) {
            char *base = (char *)&walk->snapshots.items[i];
            *(double *)(void *)(base + snapshot_fields[k].offset) =
                item_number(json_array_get(values, i));
        }
    }
    return NULL;
}

static int snapshot_order(const void *a, const void *b)
{
    const struct snapshot *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

void walk_take_snapshots(struct import_walk *walk, const struct import_column *column,
                         struct text cell)
{
    walk->snapshots.count = 0;
    if (cell.length == 0)
        return;
    json_t *list = json_loadb(cell.at, cell.length, 0, NULL);
    const char *trouble =
        json_is_object(list) ? snapshots_fill(walk, list) : "the snapshots are not an object";
    json_decref(list);
    if (trouble != NULL) {
        walk_trouble(walk, TROUBLE_CELL, column, cell, trouble);
        walk->snapshots.count = 0;
        return;
    }
    if (walk->snapshots.count > 0)
        qsort(walk->snapshots.items, walk->snapshots.count, sizeof *walk->snapshots.items,
              snapshot_order);
}
