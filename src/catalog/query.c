#include "catalog/query.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "facet_internal.h"
#include "filter_internal.h"
#include "index_internal.h"
#include "order_internal.h"

#define FAILS_MORE UINT8_MAX /* than one term, or is a tombstone */

static const enum column histogram_columns[QUERY_HISTOGRAMS] = {COL_FOLLOWERS, COL_ER_INDEX,
                                                                COL_FEE};

void query_init(struct query *query)
{
    *query = (struct query){.orders = {{COL_ROI, true}}, .order_count = 1};
    filter_init(&query->filter);
}

void query_release(struct query *query)
{
    if (!query)
        return;
    filter_release(&query->filter);
    *query = (struct query){0};
}

void query_copy(struct query *to, const struct query *from)
{
    filter_copy(&to->filter, &from->filter);
    memcpy(to->orders, from->orders, sizeof to->orders);
    to->order_count = from->order_count;
}

static bool parse_order(struct text piece, struct query_order *order, struct err *err)
{
    struct text key = text_trim(piece);
    const char *near;

    *order = (struct query_order){.descending = text_starts(key, "-")};
    if (order->descending)
        key = text_part(key, 1, key.length - 1);
    if (column_find(key, &order->column))
        return true;
    near = column_nearest(key);
    if (near)
        return err_set(err, "unknown column '%.*s': did you mean '%s'?", (int)key.length, key.at,
                       near);
    return err_set(err, "unknown column '%.*s'", (int)key.length, key.at);
}

bool query_parse_order(struct text text, struct query *query, struct err *err)
{
    struct query_order orders[QUERY_ORDERS];
    struct text piece;
    size_t count = 0;

    while (text_next(&text, ',', &piece)) {
        if (count == QUERY_ORDERS)
            return err_set(err, "at most %d columns can order", QUERY_ORDERS);
        if (!parse_order(piece, &orders[count++], err))
            return false;
    }
    if (!count)
        return err_set(err, "no column to order by");
    memcpy(query->orders, orders, count * sizeof *orders);
    query->order_count = count;
    return true;
}

void query_print_order(const struct query *query, struct buf *out)
{
    for (size_t i = 0; i < query->order_count; i++)
        buf_addf(out, "%s%s%s", i ? "," : "", query->orders[i].descending ? "-" : "",
                 columns[query->orders[i].column].key);
}

/* ---- rows ---- */

uint32_t rowset_at(const struct rowset *set, size_t place)
{
    assert(place < set->count);
    return set->rows[place];
}

size_t rowset_find(const struct rowset *set, uint32_t row)
{
    for (size_t place = 0; place < set->count; place++)
        if (set->rows[place] == row)
            return place;
    return ROWSET_NONE;
}

static void apply_term(const struct filter_term *term, struct sheet *sheet, uint8_t *state,
                       uint8_t mark)
{
    struct matcher matcher;

    matcher_init(&matcher, term, sheet, true);
    for (uint32_t row = 0; row < sheet->catalog->count; row++)
        if (state[row] != FAILS_MORE && !matcher_passes(&matcher, row))
            state[row] = state[row] ? FAILS_MORE : mark;
    matcher_release(&matcher);
}

static void apply_filter(const struct filter *filter, struct sheet *sheet,
                         struct query_result *result)
{
    const struct catalog *catalog = sheet->catalog;

    if (result->state_capacity < catalog->count) {
        result->state = mem_resize(result->state, catalog->capacity, 1);
        result->state_capacity = catalog->capacity;
    }
    for (size_t row = 0; row < catalog->count; row++)
        result->state[row] = catalog->live[row] ? 0 : FAILS_MORE;
    for (size_t i = 0; i < filter->count; i++)
        apply_term(&filter->items[i], sheet, result->state, (uint8_t)(i + 1));
}

static void gather(const struct query *query, struct sheet *sheet, struct query_result *result)
{
    const struct catalog *catalog = sheet->catalog;
    const double *marks = sheet_marks(sheet);

    result->rows.rows = mem_resize(result->rows.rows, catalog->live_count + 1, sizeof(uint32_t));
    result->rows.count = 0;
    result->rows.total = catalog->live_count;
    result->estimated = 0;
    memset(result->lifts, 0, sizeof result->lifts);
    for (uint32_t row = 0; row < catalog->count; row++) {
        uint8_t state = result->state[row];
        if (state == 0) {
            result->rows.rows[result->rows.count++] = row;
            result->estimated += ((unsigned)marks[row] & MARK_FEE_ESTIMATED) != 0;
        } else if (state != FAILS_MORE) {
            result->lifts[state - 1]++;
        }
    }
    order_rows(query, sheet, result->rows.rows, result->rows.count);
}

/* ---- histograms ---- */

static void find_edges(struct sheet *sheet, const double *values, struct histogram *histogram)
{
    double low = INFINITY, high = 0;

    for (size_t row = 0; row < sheet->catalog->count; row++)
        if (sheet->catalog->live[row] && number_known(values[row]) && values[row] > 0) {
            low = fmin(low, values[row]);
            high = fmax(high, values[row]);
        }
    for (int i = 0; i <= QUERY_BUCKETS; i++)
        histogram->edges[i] = high > 0 ? low * pow(high / low, (double)i / QUERY_BUCKETS) : NAN;
}

static void count_histogram(struct sheet *sheet, const struct rowset *rows, enum column column,
                            struct histogram *histogram)
{
    const double *values = sheet_column(sheet, column);

    *histogram = (struct histogram){.column = column};
    find_edges(sheet, values, histogram);
    for (size_t i = 0; i < rows->count && !isnan(histogram->edges[0]); i++) {
        double value = values[rows->rows[i]];
        int bucket = 0;
        if (!number_known(value))
            continue;
        while (bucket < QUERY_BUCKETS - 1 && value >= histogram->edges[bucket + 1])
            bucket++;
        histogram->counts[bucket]++;
    }
}

/* ---- revisions ---- */

static uint64_t mix(uint64_t stamp, uint64_t part)
{
    return catalog_hash(&part, sizeof part, stamp);
}

static uint64_t stamp_term(const struct filter_term *term, struct sheet *sheet, uint64_t stamp)
{
    bool ages = term->kind == FILTER_FLAG;

    if (term->kind == FILTER_COLUMN) {
        stamp = mix(stamp, sheet_stamp(sheet, term->column));
        for (size_t i = 0; i < term->value_count; i++)
            ages |= term->values[i].age;
    } else if (term->kind == FILTER_HAS) {
        for (size_t i = 0; i < term->value_count; i++)
            stamp = mix(stamp, sheet_stamp(sheet, (enum column)term->values[i].code));
    } else {
        const enum column read[] = {COL_HANDLE, COL_NAME,        COL_BIO,          COL_TICKED,
                                    COL_PLAN,   COL_AUDIENCE_AT, COL_ENGAGEMENT_AT};
        for (size_t i = 0; i < COUNT_OF(read); i++)
            stamp = mix(stamp, sheet_stamp(sheet, read[i]));
    }
    return ages ? catalog_hash(&sheet->now, sizeof sheet->now, stamp) : stamp;
}

static uint64_t make_stamp(const struct query *query, struct sheet *sheet)
{
    struct buf text = BUF_INIT;
    uint64_t stamp = mix(sheet->catalog->live_revision, sheet->catalog->count);

    query_print_order(query, &text);
    buf_add_char(&text, ' ');
    filter_print(&query->filter, &text);
    stamp = catalog_hash(text.at, text.length, stamp);
    buf_release(&text);
    for (size_t i = 0; i < query->order_count; i++)
        stamp = mix(stamp, sheet_stamp(sheet, query->orders[i].column));
    for (size_t i = 0; i < query->filter.count; i++)
        stamp = stamp_term(&query->filter.items[i], sheet, stamp);
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (columns[column].facet)
            stamp = mix(stamp, sheet_stamp(sheet, (enum column)column));
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        stamp = mix(stamp, sheet_stamp(sheet, histogram_columns[i]));
    /* ties go by handle and platform */
    stamp = mix(stamp, sheet_stamp(sheet, COL_HANDLE));
    return mix(stamp, sheet_stamp(sheet, COL_PLATFORM));
}

bool query_current(const struct query *query, struct sheet *sheet,
                   const struct query_result *result)
{
    return result->stamp == make_stamp(query, sheet);
}

/* ---- the whole ---- */

/* One pass over the forecast serves order, filter and histograms. */
static void prepare(const struct query *query, struct sheet *sheet)
{
    enum column wanted[QUERY_ORDERS + FILTER_TERMS + QUERY_HISTOGRAMS];
    size_t count = 0;

    for (size_t i = 0; i < query->order_count; i++)
        wanted[count++] = query->orders[i].column;
    for (size_t i = 0; i < query->filter.count; i++)
        if (query->filter.items[i].kind == FILTER_COLUMN)
            wanted[count++] = query->filter.items[i].column;
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        wanted[count++] = histogram_columns[i];
    sheet_prepare(sheet, wanted, count);
}

void query_run(const struct query *query, struct sheet *sheet, struct query_result *result)
{
    prepare(query, sheet);
    apply_filter(&query->filter, sheet, result);
    gather(query, sheet, result);
    facets_count(query, sheet, result);
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        count_histogram(sheet, &result->rows, histogram_columns[i], &result->histograms[i]);
    result->stamp = make_stamp(query, sheet);
}

void query_result_release(struct query_result *result)
{
    if (!result)
        return;
    facets_release(result);
    free(result->rows.rows);
    free(result->state);
    *result = (struct query_result){0};
}

const struct facet *query_facet(const struct query_result *result, enum column column)
{
    for (size_t i = 0; i < result->facet_count; i++)
        if (result->facets[i].column == column)
            return &result->facets[i];
    return NULL;
}

bool query_passes(const struct filter *filter, struct sheet *sheet, uint32_t row)
{
    bool passes = catalog_live(sheet->catalog, row);

    for (size_t i = 0; i < filter->count && passes; i++) {
        struct matcher matcher;
        matcher_init(&matcher, &filter->items[i], sheet, false);
        passes = matcher_passes(&matcher, row);
        matcher_release(&matcher);
    }
    return passes;
}

/* ---- totals ---- */

static int order_numbers(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

struct median query_median(const struct rowset *set, struct sheet *sheet, enum column column)
{
    const double *numbers = sheet_column(sheet, column), *marks = sheet_marks(sheet);
    double *known = mem_alloc((set->count + 1) * sizeof *known);
    struct median median = {.value = NAN};

    for (size_t i = 0; i < set->count; i++) {
        uint32_t row = set->rows[i];
        if (!number_known(numbers[row]))
            continue;
        known[median.known++] = numbers[row];
        median.estimated +=
            (columns[column].rests & RESTS_ON_FEE) && ((unsigned)marks[row] & MARK_FEE_ESTIMATED);
    }
    qsort(known, median.known, sizeof *known, order_numbers);
    if (median.known >= MEDIAN_LEAST)
        median.value = (known[(median.known - 1) / 2] + known[median.known / 2]) / 2;
    free(known);
    return median;
}
