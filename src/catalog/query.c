#include "catalog/query.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "engine_internal.h"
#include "index_internal.h"

static const enum column histogram_columns[QUERY_HISTOGRAMS] = {COL_FOLLOWERS, COL_ER_INDEX,
                                                                COL_FEE};

void query_init(struct query *query)
{
    *query = (struct query){.orders = {{COL_ROI, true}}, .order_count = 1, .limit = QUERY_ALL};
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

/* ---- revisions ---- */

static uint64_t mix(uint64_t stamp, uint64_t part)
{
    return catalog_hash(&part, sizeof part, stamp);
}

/* What a term reads, mixed: all of it, or what that rests on beside the catalogue. */
static uint64_t mix_term(const struct filter_term *term, struct sheet *sheet,
                         uint64_t (*of)(struct sheet *sheet, enum column column))
{
    static const enum column flagged[] = {COL_TICKED,        COL_PLAN, COL_AUDIENCE_AT,
                                          COL_ENGAGEMENT_AT, COL_FEE,  COL_FEE_ORIGIN,
                                          COL_ADDED_AT};
    static const enum column words[] = {COL_HANDLE, COL_NAME, COL_BIO};
    bool flags = term->kind == FILTER_FLAG, ages = false, visits = false, stales = false;
    size_t count = flags ? COUNT_OF(flagged) : COUNT_OF(words);
    uint64_t stamp = 0;

    if (term->kind == FILTER_COLUMN)
        stamp = mix(stamp, of(sheet, term->column));
    for (size_t i = 0; i < term->value_count; i++) {
        if (term->kind == FILTER_HAS)
            stamp = mix(stamp, of(sheet, (enum column)term->values[i].code));
        stales |= flags && term->values[i].code == FLAG_STALE;
        ages |= term->values[i].age || stales;
        visits |= flags && term->values[i].code == FLAG_NEW;
    }
    for (size_t i = 0; i < count && (flags || term->kind == FILTER_WORD); i++)
        stamp = mix(stamp, of(sheet, flags ? flagged[i] : words[i]));
    if (visits)
        stamp = catalog_hash(&sheet->visited, sizeof sheet->visited, stamp);
    if (stales)
        stamp = catalog_hash(&sheet->fresh, sizeof sheet->fresh, stamp);
    if (term->kind == FILTER_BATCH)
        stamp = mix(stamp, sheet->batches.revision);
    return ages ? catalog_hash(&sheet->now, sizeof sheet->now, stamp) : stamp;
}

/* Who was in an import is known by ids, which stand in no column. */
uint64_t engine_term_stamp(const struct filter_term *term, struct sheet *sheet)
{
    uint64_t stamp = mix_term(term, sheet, sheet_stamp);

    if (term->kind == FILTER_BATCH)
        stamp = mix(mix(stamp, sheet->catalog->live_revision), sheet->catalog->id_revision);
    return stamp;
}

uint64_t engine_term_joined(const struct filter_term *term, struct sheet *sheet)
{
    return mix_term(term, sheet, sheet_joined);
}

static size_t rows_of(const struct query *query, const struct sheet *sheet)
{
    return query->limit < sheet->catalog->count ? query->limit : sheet->catalog->count;
}

uint64_t query_stamp(const struct query *query, struct sheet *sheet)
{
    struct buf text = BUF_INIT;
    uint64_t stamp = mix(sheet->catalog->live_revision, rows_of(query, sheet));

    query_print_order(query, &text);
    buf_add_char(&text, ' ');
    filter_print(&query->filter, &text);
    stamp = catalog_hash(text.at, text.length, stamp);
    buf_release(&text);
    for (size_t i = 0; i < query->order_count; i++)
        stamp = mix(stamp, sheet_stamp(sheet, query->orders[i].column));
    for (size_t i = 0; i < query->filter.count; i++)
        stamp = mix(stamp, engine_term_stamp(&query->filter.items[i], sheet));
    for (int column = 0; column < COLUMN_COUNT; column++)
        if (columns[column].facet)
            stamp = mix(stamp, sheet_stamp(sheet, (enum column)column));
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        stamp = mix(stamp, sheet_stamp(sheet, histogram_columns[i]));
    /* ties go by handle and platform */
    stamp = mix(stamp, sheet_stamp(sheet, COL_HANDLE));
    return mix(stamp, sheet_stamp(sheet, COL_PLATFORM));
}

/* A rank that is complete lets the order stand that was waited for. */
static uint64_t stamp_now(const struct query *query, struct sheet *sheet,
                          const struct query_result *result)
{
    uint64_t ranks = 0;

    for (size_t i = 0; result->engine && i < ENGINE_RANKS; i++) {
        const struct rank *rank = &result->engine->ranks[i];
        /* The rows too: columns that came together have equal stamps, and one may follow another. */
        ranks = mix(mix(ranks, rank->since.stamp), rank->rows);
    }
    return mix(query_stamp(query, sheet), ranks);
}

bool query_current(const struct query *query, struct sheet *sheet,
                   const struct query_result *result)
{
    return result->stamp == stamp_now(query, sheet, result);
}

/* ---- the whole ---- */

/* One pass over the forecast serves order, filter, histograms and medians. */
static void prepare(const struct query *query, struct sheet *sheet,
                    const struct query_engine *engine)
{
    enum column wanted[QUERY_ORDERS + FILTER_TERMS + QUERY_HISTOGRAMS + ENGINE_DIGITS];
    size_t count = 0;

    for (size_t i = 0; i < query->order_count; i++)
        wanted[count++] = query->orders[i].column;
    for (size_t i = 0; i < query->filter.count; i++)
        if (query->filter.items[i].kind == FILTER_COLUMN)
            wanted[count++] = query->filter.items[i].column;
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        wanted[count++] = histogram_columns[i];
    for (size_t i = 0; i < ENGINE_DIGITS; i++)
        if (engine->digits[i].made)
            wanted[count++] = engine->digits[i].key.column;
    sheet_prepare(sheet, wanted, count);
}

static struct query_engine *engine_new(void)
{
    struct query_engine *engine = mem_zero(1, sizeof *engine);

    for (int column = 0; column < COLUMN_COUNT; column++)
        if (columns[column].facet) {
            assert(engine->facet_count < QUERY_FACETS);
            engine->facets[engine->facet_count++].column = (enum column)column;
        }
    engine->spread_count = QUERY_HISTOGRAMS;
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        engine->spreads[i].column = histogram_columns[i];
    return engine;
}

/* All that is counted, in one go. */
static void count(struct query_engine *engine, const struct query *query, struct sheet *sheet)
{
    struct census_job jobs[QUERY_FACETS + QUERY_HISTOGRAMS + ENGINE_DIGITS];
    size_t jobs_count = 0;

    for (size_t i = 0; i < engine->facet_count; i++) {
        struct facet_count *facet = &engine->facets[i];
        bool selects = filter_selection(&query->filter, facet->column) != NULL;
        facet_make(facet, sheet, engine->rows);
        jobs[jobs_count++] =
            (struct census_job){&facet->census, selects ? &facet->rows : &engine->shown};
    }
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++) {
        struct spread *spread = &engine->spreads[i];
        bool selects = filter_range(&query->filter, spread->column) != NULL;
        spread_make(spread, sheet, engine->rows);
        jobs[jobs_count++] =
            (struct census_job){&spread->census, selects ? &spread->rows : &engine->shown};
    }
    for (size_t i = 0; i < ENGINE_DIGITS; i++) {
        struct digits *digits = &engine->digits[i];
        if (!digits->used)
            continue;
        engine_digits(engine, sheet, digits->key.column);
        jobs[jobs_count++] = (struct census_job){&digits->census, &engine->shown};
    }
    census_count(jobs, jobs_count, &engine->live);
}

static void list(struct query_result *result, const struct query *query, struct sheet *sheet)
{
    struct query_engine *engine = result->engine;

    result->facet_count = engine->facet_count;
    for (size_t i = 0; i < engine->facet_count; i++)
        facet_list(&engine->facets[i], &query->filter, sheet, &result->facets[i]);
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        spread_list(&engine->spreads[i], &result->histograms[i]);
    memset(result->lifts, 0, sizeof result->lifts);
    for (size_t i = 0; i < engine->term_count; i++)
        result->lifts[i] = bits_common(&engine->fails_once, &engine->terms[i].fails);
    result->estimated = bits_common(&engine->shown, &engine->estimated);
    result->rows.bits = &engine->shown;
    result->rows.count = bits_total(&engine->shown);
    result->rows.total = bits_total(&engine->live);
    if (!result->rows.order)
        result->rows.order = mem_zero(1, sizeof *result->rows.order);
    engine_rowset(engine, sheet, result->rows.order);
}

void query_run(const struct query *query, struct sheet *sheet, struct query_result *result)
{
    if (!result->engine)
        result->engine = engine_new();
    result->engine->rows = rows_of(query, sheet);
    engine_order(result->engine, query, sheet);
    prepare(query, sheet, result->engine);
    engine_filter(result->engine, query, sheet);
    engine_digits(result->engine, sheet, result->engine->orders[0].column);
    count(result->engine, query, sheet);
    list(result, query, sheet);
    engine_forget_unused(result->engine);
    result->stamp = stamp_now(query, sheet, result);
}

void query_hold(struct query_result *result)
{
    if (result->engine && !result->rows.order->held)
        rowset_hold(result->rows.order);
}

/* Who would be shown, in an engine of its own that counts and orders nothing. */
struct query_drift query_drift(const struct query *query, struct sheet *sheet,
                               struct query_result *result)
{
    struct query_drift drift = {.come = 0};

    if (!result->engine)
        return drift;
    if (!result->ahead)
        result->ahead = mem_zero(1, sizeof *result->ahead);
    result->ahead->rows = sheet->catalog->count;
    engine_filter(result->ahead, query, sheet);
    size_t both = bits_common(&result->ahead->shown, &result->engine->shown);
    drift.come = bits_total(&result->ahead->shown) - both;
    drift.gone = bits_total(&result->engine->shown) - both;
    return drift;
}

void query_result_release(struct query_result *result)
{
    struct query_engine *engine = result ? result->engine : NULL;

    for (size_t i = 0; result && i < result->facet_count; i++)
        free(result->facets[i].values);
    if (engine) {
        for (size_t i = 0; i < engine->facet_count; i++)
            facet_release(&engine->facets[i]);
        for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
            spread_release(&engine->spreads[i]);
        engine_release_filter(engine);
        engine_release_order(engine);
        free(engine);
    }
    if (!result)
        return;
    if (result->rows.order)
        rowset_let_go(result->rows.order);
    if (result->ahead)
        engine_release_filter(result->ahead);
    free(result->ahead);
    free(result->rows.order);
    *result = (struct query_result){0};
}

static size_t census_memory(const struct census *census)
{
    return 2 * ((census->slots + 1) * sizeof(uint32_t) +
                bits_words(census->shown.rows.count) * sizeof(uint64_t));
}

size_t query_memory(const struct query_result *result)
{
    const struct query_engine *engine = result->engine;
    size_t set, sets = 4, bytes = 0;

    if (!engine)
        return 0;
    set = bits_words(engine->rows) * sizeof(uint64_t);
    for (size_t i = 0; i < engine->facet_count; i++)
        bytes += census_memory(&engine->facets[i].census);
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        bytes += census_memory(&engine->spreads[i].census) + engine->rows;
    for (size_t i = 0; i < ENGINE_DIGITS; i++)
        if (engine->digits[i].made)
            bytes += census_memory(&engine->digits[i].census) + engine->rows * sizeof(uint16_t) +
                     engine->digits[i].near.capacity * sizeof(uint32_t) + set;
    for (size_t i = 0; i < ENGINE_RANKS; i++)
        bytes += engine->ranks[i].rows * sizeof(uint32_t);
    return bytes + (sets + engine->term_count + engine->facet_count + QUERY_HISTOGRAMS) * set;
}

void query_finish(const struct query *query, struct sheet *sheet, struct query_result *result)
{
    query_run(query, sheet, result);
    while (query_busy(result))
        query_step(sheet, result);
    if (!query_current(query, sheet, result))
        query_run(query, sheet, result);
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
        matcher_init(&matcher, &filter->items[i], sheet);
        passes = matcher_passes(&matcher, row);
        matcher_release(&matcher);
    }
    return passes;
}

/* ---- totals ---- */

/* Known values of the rows shown that rest on an estimated fee. */
static size_t count_estimated(const struct query_engine *engine, const struct digits *digits)
{
    size_t total = 0;

    for (size_t i = 0; i < bits_words(engine->rows); i++)
        total += bits_of_word(engine->shown.words[i] & engine->estimated.words[i] &
                              digits->known.words[i]);
    return total;
}

static struct median make_median(struct query_engine *engine, struct sheet *sheet,
                                 struct digits *digits)
{
    struct median median = {.value = NAN};

    census_count(&(struct census_job){&digits->census, &engine->shown}, 1, &engine->live);
    median.known = digits_known(digits);
    if (columns[digits->key.column].rests & RESTS_ON_FEE)
        median.estimated = count_estimated(engine, digits);
    if (median.known >= sheet->few) {
        struct digits_pair pair =
            digits_values(digits, sheet, (median.known - 1) / 2, median.known / 2);
        median.value = (pair.low + pair.high) / 2;
    }
    return median;
}

struct median query_median(struct query_result *result, struct sheet *sheet, enum column column)
{
    struct query_engine *engine = result->engine;
    struct digits *digits;

    if (!engine || !engine->rows)
        return (struct median){.value = NAN};
    digits = engine_digits(engine, sheet, column);
    const uint64_t made_of[] = {digits->revision, engine->shown_revision, sheet->few};
    if (memcmp(digits->median_of, made_of, sizeof made_of) != 0)
        digits->median = make_median(engine, sheet, digits);
    memcpy(digits->median_of, made_of, sizeof made_of);
    return digits->median;
}
