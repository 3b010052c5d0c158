#include <jansson.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/currency.h"
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

/* The list of that name; *fits: there is none, or it is as long as that of the times. */
static const json_t *list_of(const json_t *lists, enum column column, size_t count, bool *fits)
{
    const json_t *list = json_object_get(lists, columns[column].key);

    *fits = *fits && (list == NULL || json_array_size(list) == count);
    return list;
}

static void take_words(struct import_walk *walk, const json_t *list, enum column column)
{
    for (size_t i = 0; i < walk->snapshots.count; i++) {
        const json_t *item = json_array_get(list, i);
        if (json_is_string(item))
            snapshot_set_word(&walk->snapshots.items[i], column, text_of(json_string_value(item)));
    }
}

/* A sum that does not say its currency has that of the list. */
static void take_figures(struct import_walk *walk, const json_t *list, size_t field)
{
    for (size_t i = 0; i < walk->snapshots.count; i++) {
        struct snapshot *snapshot = &walk->snapshots.items[i];
        double value = item_number(json_array_get(list, i));
        if (snapshot_fields[field].column == COL_FEE && number_known(value)) {
            if (snapshot->currency == CURRENCY_NONE)
                snapshot->currency = walk->plan->currency;
            value = round(value * currency_scale(snapshot->currency));
        }
        *snapshot_figure(snapshot, field) = value;
    }
}

static const char *snapshots_fill(struct import_walk *walk, const json_t *lists)
{
    const json_t *at = json_object_get(lists, "at");
    size_t count = json_array_size(at);
    bool fits = true;
    for (size_t i = 0; i < count; i++) {
        struct snapshot snapshot = snapshot_at(number_unknown());
        const json_t *when = json_array_get(at, i);
        if (!json_is_string(when) || !date_parse(text_of(json_string_value(when)), &snapshot.at))
            return "'at' of the snapshots is not a list of dates";
        VEC_PUSH(&walk->snapshots, snapshot);
    }
    for (size_t k = 0; k < SNAPSHOT_WORDS; k++)
        take_words(walk, list_of(lists, snapshot_words[k], count, &fits), snapshot_words[k]);
    for (size_t k = 0; k < SNAPSHOT_FIELDS; k++)
        take_figures(walk, list_of(lists, snapshot_fields[k].column, count, &fits), k);
    return fits ? NULL : "lists of the snapshots differ in length";
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
