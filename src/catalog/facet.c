#include "facet_internal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "filter_internal.h"

void facet_release(struct facet_count *facet)
{
    census_release(&facet->census);
    bits_release(&facet->rows);
}

/* The codes belong to the catalogue, so what changed rows had before is not known: they are all counted
 * anew. New rows, and words never seen before, only add. */
void facet_make(struct facet_count *facet, struct sheet *sheet, size_t rows)
{
    const struct catalog *catalog = sheet->catalog;
    uint64_t stamp = sheet_stamp(sheet, facet->column), joined = sheet_joined(sheet, facet->column);
    struct cells codes = sheet_codes(sheet, facet->column);
    struct since_rows todo;
    enum since_state state = since_look(&facet->since, catalog, stamp, joined, rows, &todo);
    bool changed = false;

    for (size_t i = 0; state == SINCE_PATCH && i < todo.count; i++)
        changed |= todo.changed[i].row < todo.from;
    changed &= stamp != facet->since.stamp;
    if (state == SINCE_REMAKE || changed || codes.kind != facet->census.codes.kind)
        census_reset(&facet->census, sheet_word_count(sheet, facet->column));
    else
        census_widen(&facet->census, sheet_word_count(sheet, facet->column));
    facet->census.codes = codes;
    since_note(&facet->since, catalog, stamp, joined, rows);
}

/* ---- values ---- */

static int order_values(const void *a, const void *b)
{
    const struct facet_value *first = a, *second = b;

    if (first->count != second->count)
        return first->count > second->count ? -1 : 1;
    return text_order(first->word, second->word);
}

/* Sets were counted as wholes, which is one look-up a row; now each word gets its share. */
static void spread_set(const struct facet_count *facet, struct sheet *sheet, uint32_t code,
                       struct facet_value *values)
{
    size_t shown = census_shown(&facet->census, code), all = census_all(&facet->census, code);
    const uint32_t *words;
    size_t count = all ? catalog_set(sheet->catalog, facet->column, code, &words) : 0;

    for (size_t i = 0; i < count; i++) {
        values[words[i]].count += shown;
        values[words[i]].all += all;
    }
}

static struct facet_value *share(const struct facet_count *facet, struct sheet *sheet, size_t count)
{
    struct facet_value *values = mem_zero(count + 1, sizeof *values);
    bool set = columns[facet->column].unit == UNIT_SET;

    for (uint32_t code = 0; code < facet->census.slots; code++) {
        if (set) {
            spread_set(facet, sheet, code, values);
        } else {
            values[code].count = census_shown(&facet->census, code);
            values[code].all = census_all(&facet->census, code);
        }
    }
    return values;
}

void facet_list(const struct facet_count *facet, const struct filter *filter, struct sheet *sheet,
                struct facet *out)
{
    const struct filter_term *selection = filter_selection(filter, facet->column);
    size_t count = sheet_value_count(sheet, facet->column);
    struct facet_value *values = share(facet, sheet, count);
    struct word_set selected = {0};

    if (selection)
        word_set_init(&selected, selection);
    free(out->values);
    *out = (struct facet){.column = facet->column, .values = values};
    for (uint32_t i = 0; i < count; i++) {
        struct facet_value value = values[i];
        value.word = sheet_value(sheet, facet->column, i);
        value.selected = selection && word_set_has(&selected, value.word);
        if (value.word.length && (value.all || value.selected || facet->column == COL_TIER))
            values[out->count++] = value; /* never beyond i */
    }
    if (facet->column != COL_TIER)
        qsort(values, out->count, sizeof *values, order_values);
    word_set_release(&selected);
}
