#include "facet_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "filter_internal.h"

struct tally {
    size_t *counts, *all; /* by code */
};

static int order_values(const void *a, const void *b)
{
    const struct facet_value *first = a, *second = b;

    if (first->count != second->count)
        return first->count > second->count ? -1 : 1;
    return text_order(first->word, second->word);
}

static struct tally tally_codes(struct sheet *sheet, enum column column, const uint8_t *state,
                                unsigned own)
{
    size_t words = sheet_word_count(sheet, column);
    struct cells codes = sheet_codes(sheet, column);
    struct tally tally = {mem_zero(words + 1, sizeof(size_t)), mem_zero(words + 1, sizeof(size_t))};

    for (size_t row = 0; row < sheet->catalog->count; row++) {
        double code = cells_number(&codes, row);
        if (isnan(code) || !sheet->catalog->live[row])
            continue;
        tally.all[(size_t)code]++;
        tally.counts[(size_t)code] += state[row] == 0 || state[row] == own;
    }
    return tally;
}

/* Sets were counted as wholes, which is one look-up a row; now each word gets its share. */
static struct tally spread_sets(struct sheet *sheet, enum column column, struct tally sets)
{
    size_t members = sheet_value_count(sheet, column);
    struct tally tally = {mem_zero(members + 1, sizeof(size_t)),
                          mem_zero(members + 1, sizeof(size_t))};

    for (uint32_t code = 0; code < sheet_word_count(sheet, column); code++) {
        const uint32_t *words;
        size_t count = catalog_set(sheet->catalog, column, code, &words);
        for (size_t i = 0; i < count; i++) {
            tally.counts[words[i]] += sets.counts[code];
            tally.all[words[i]] += sets.all[code];
        }
    }
    free(sets.counts);
    free(sets.all);
    return tally;
}

static void count_facet(const struct query *query, struct sheet *sheet, const uint8_t *state,
                        enum column column, struct facet *facet)
{
    const struct filter_term *selection = filter_selection(&query->filter, column);
    /* 0 stands for no selection: such rows pass anyhow */
    unsigned own = selection ? (unsigned)(selection - query->filter.items) + 1 : 0;
    struct tally tally = tally_codes(sheet, column, state, own);
    size_t values = sheet_value_count(sheet, column);
    struct word_set selected = {0};

    if (columns[column].unit == UNIT_SET)
        tally = spread_sets(sheet, column, tally);
    if (selection)
        word_set_init(&selected, selection);
    *facet = (struct facet){.column = column, .values = mem_zero(values, sizeof *facet->values)};
    for (uint32_t i = 0; i < values; i++) {
        struct facet_value value = {
            .word = sheet_value(sheet, column, i), .count = tally.counts[i], .all = tally.all[i]};
        value.selected = selection && word_set_has(&selected, value.word);
        if (value.word.length && (value.all || value.selected || column == COL_TIER))
            facet->values[facet->count++] = value;
    }
    if (column != COL_TIER)
        qsort(facet->values, facet->count, sizeof *facet->values, order_values);
    free(tally.counts);
    free(tally.all);
    word_set_release(&selected);
}

void facets_count(const struct query *query, struct sheet *sheet, struct query_result *result)
{
    facets_release(result);
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (columns[column].facet) {
            assert(result->facet_count < QUERY_FACETS);
            count_facet(query, sheet, result->state, (enum column)column,
                        &result->facets[result->facet_count++]);
        }
}

void facets_release(struct query_result *result)
{
    for (size_t i = 0; i < result->facet_count; i++)
        free(result->facets[i].values);
    result->facet_count = 0;
}
