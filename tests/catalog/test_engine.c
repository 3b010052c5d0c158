#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/vec.h"
#include "catalog/query.h"
#include "creators.h"

/* A query that goes on from its last answer says the same as one that begins anew, whatever came,
 * changed or went between: rows, places, neighbours, facets, histograms, lifts, medians. */

struct fixture {
    struct random random;
    struct catalog catalog;
    struct scenario scenario;
    struct peers peers;
    struct sheet sheet;
    struct query query;
    struct query_result kept;
    bool holding;
};

static uint64_t below(struct fixture *it, uint64_t bound)
{
    return random_below(&it->random, bound);
}

static const char *const terms[] = {"tier:micro",      "tier:nano,mid", "platform:instagram",
                                    "niche:food",      "-niche:beauty", "followers>=5000",
                                    "fee:known",       "is:ticked",     "in:plan",
                                    "fee<900",         "roi>0",         "country:germany",
                                    "has:bio",         "-has:er",       "er>=2%",
                                    "is:stale",        "name:a",        "\"o\"",
                                    "audience_at<90d", "profit<0",      "import:last",
                                    "-import:2"};
static const char *const orders[] = {"-roi",    "followers", "-fee,followers",     "name",
                                     "-handle", "niche,-er", "-tier,platform,roi", "country,name",
                                     "-profit", "bio,-cpm"};

static void change_filter(struct fixture *it)
{
    struct filter_context context = {.sheet = &it->sheet};
    struct err err;

    if (it->query.filter.count && below(it, 2))
        filter_remove(&it->query.filter, (size_t)below(it, it->query.filter.count));
    else if (it->query.filter.count < 5)
        assert_true(filter_add(&it->query.filter, text_of(terms[below(it, COUNT_OF(terms))]),
                               &context, &err));
}

static void change_order(struct fixture *it)
{
    struct err err;

    assert_true(query_parse_order(text_of(orders[below(it, COUNT_OF(orders))]), &it->query, &err));
}

static void change_rows(struct fixture *it)
{
    static const char *const names[] = {"Äda", "ada", "Zoë", "", "o o"};
    static const char *const cards[] = {"reel=12", "story=90|reel=350", "short=1", "none"};
    struct record_sink sink = catalog_sink(&it->catalog);
    struct err err;

    for (uint64_t i = below(it, 4); i > 0 && it->catalog.count; i--) {
        uint32_t row = (uint32_t)below(it, it->catalog.count);
        struct record record;
        record_clear(&record);
        record.id = catalog_id(&it->catalog, row);
        record_set_number(&record, COL_FOLLOWERS, (double)below(it, 500000));
        record_set_number(&record, COL_FEE, below(it, 3) ? (double)below(it, 200000) : NAN);
        record_set_text(&record, COL_NAME, text_of(names[below(it, COUNT_OF(names))]));
        record_set_text(&record, COL_FEE_BY_FORMAT, text_of(cards[below(it, COUNT_OF(cards))]));
        if (below(it, 3) && catalog_live(&it->catalog, row))
            assert_true(sink.put(sink.self, &record, &err));
        else
            assert_true(sink.drop(sink.self, record.id, &err));
    }
}

static void change_marks(struct fixture *it)
{
    uint32_t row = it->catalog.count ? (uint32_t)below(it, it->catalog.count) : 0;

    if (!catalog_live(&it->catalog, row))
        return;
    catalog_tick(&it->catalog, row, below(it, 2));
    if (below(it, 2))
        catalog_plan(&it->catalog, row, (unsigned)below(it, 3));
    else
        creators_plan(&it->catalog, &it->random, row, 50);
}

static void change_scenario(struct fixture *it)
{
    static const char *const keys[] = {"budget", "aov", "fill", "cvr", "estimate_follower"};
    size_t parameter;

    assert_true(parameter_find(text_of(keys[below(it, COUNT_OF(keys))]), &parameter));
    double value = scenario_get(&it->scenario, parameter);
    bool flag = parameters[parameter].unit == UNIT_FLAG;
    scenario_set(&it->scenario, parameter, flag ? !(value > 0) : value * 1.25, NULL);
}

static void more_rows(struct fixture *it)
{
    creators_fill(&it->catalog, &it->random, (size_t)below(it, 60));
}

static void change_limit(struct fixture *it)
{
    it->query.limit = below(it, 3) ? QUERY_ALL : (size_t)below(it, it->catalog.count + 1);
}

/* A creator that another program writes under a new id. */
static void change_id(struct fixture *it)
{
    uint32_t row = it->catalog.count ? (uint32_t)below(it, it->catalog.count) : 0;

    if (catalog_live(&it->catalog, row))
        catalog_renumber(&it->catalog, row, (int64_t)(1 + below(it, 200000)));
}

/* The newest may be taken back, or another come. */
static void change_batches(struct fixture *it)
{
    int64_t last = 2 + (int64_t)below(it, 3);
    struct batch_told told[4];
    size_t count = 0;

    for (int64_t id = last; id > 0; id--)
        told[count++] = (struct batch_told){
            .id = id, .file = TEXT("list.csv"), .taken_back_at = below(it, 3) ? NAN : 1};
    batches_tell(&it->sheet.batches, told, count);
    for (int64_t id = last; id > 0; id--) {
        struct id_set ids = {0};
        for (int64_t creator = 1; creator < 200000; creator += 1 + (int64_t)below(it, 1000))
            id_set_add(&ids, creator);
        if (below(it, 2))
            batches_take_ids(&it->sheet.batches, id, &ids);
        id_set_release(&ids);
    }
}

static void (*const changes[])(struct fixture *it) = {
    change_filter,   change_filter, change_filter, change_order, change_rows,   change_marks,
    change_scenario, more_rows,     change_limit,  change_id,    change_batches};

/* ---- the same ---- */

static void same_rows(struct fixture *it, struct query_result *fresh)
{
    size_t count = fresh->rows.count;
    uint32_t *whole = mem_alloc((count + 1) * sizeof *whole);

    assert_int_equal(it->kept.rows.count, count);
    assert_int_equal(it->kept.rows.total, fresh->rows.total);
    rowset_all(&fresh->rows, whole);
    for (size_t i = 0; i < 40 && count; i++) {
        size_t place = (size_t)below(it, count);
        uint32_t row = rowset_at(&it->kept.rows, place);
        assert_int_equal(row, whole[place]);
        assert_int_equal(rowset_find(&it->kept.rows, row), place);
        assert_true(rowset_has(&it->kept.rows, row));
    }
    rowset_all(&it->kept.rows, whole);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(rowset_at(&fresh->rows, i), whole[i]);
    free(whole);
}

/* Next and first ones, against a walk through the whole order. */
static void same_neighbours(struct fixture *it)
{
    const struct rowset *rows = &it->kept.rows;
    struct bits among = {0};
    uint32_t first[7], expected = CATALOG_NONE;
    size_t place, found = 0;

    if (!rows->count)
        return;
    bits_resize(&among, it->catalog.count);
    for (size_t i = 0; i < it->catalog.count; i++)
        bits_put(&among, i, below(it, 20) == 0);
    place = (size_t)below(it, rows->count);
    for (size_t i = place + 1; i < rows->count && expected == CATALOG_NONE; i++)
        expected = bits_get(&among, rowset_at(rows, i)) ? rowset_at(rows, i) : CATALOG_NONE;
    assert_int_equal(rowset_next(rows, &among, rowset_at(rows, place), 1), expected);
    expected = CATALOG_NONE;
    for (size_t i = place; i-- > 0 && expected == CATALOG_NONE;)
        expected = bits_get(&among, rowset_at(rows, i)) ? rowset_at(rows, i) : CATALOG_NONE;
    assert_int_equal(rowset_next(rows, &among, rowset_at(rows, place), -1), expected);
    size_t count = rowset_first(rows, &among, first, COUNT_OF(first));
    for (size_t i = 0; i < rows->count && found < count; i++)
        if (bits_get(&among, rowset_at(rows, i)))
            assert_int_equal(first[found++], rowset_at(rows, i));
    assert_int_equal(found, count);
    bits_release(&among);
}

static void same_facets(struct fixture *it, struct query_result *fresh)
{
    assert_int_equal(it->kept.facet_count, fresh->facet_count);
    for (size_t i = 0; i < fresh->facet_count; i++) {
        const struct facet *a = &it->kept.facets[i], *b = &fresh->facets[i];
        assert_int_equal(a->count, b->count);
        for (size_t k = 0; k < b->count; k++) {
            assert_true(text_equal(a->values[k].word, b->values[k].word));
            assert_int_equal(a->values[k].count, b->values[k].count);
            assert_int_equal(a->values[k].all, b->values[k].all);
            assert_int_equal(a->values[k].selected, b->values[k].selected);
        }
    }
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++) {
        assert_memory_equal(it->kept.histograms[i].edges, fresh->histograms[i].edges,
                            sizeof fresh->histograms[i].edges);
        assert_memory_equal(it->kept.histograms[i].counts, fresh->histograms[i].counts,
                            sizeof fresh->histograms[i].counts);
    }
    for (size_t i = 0; i < it->query.filter.count; i++)
        assert_int_equal(it->kept.lifts[i], fresh->lifts[i]);
    assert_int_equal(it->kept.estimated, fresh->estimated);
}

static int order_numbers(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

/* Against sorting all that is known. */
static void same_median(struct fixture *it, enum column column)
{
    const struct rowset *rows = &it->kept.rows;
    struct median median = query_median(&it->kept, &it->sheet, column);
    double *known = mem_alloc((rows->count + 1) * sizeof *known);
    size_t count = 0, estimated = 0;

    for (size_t i = 0; i < rows->count; i++) {
        double value = sheet_number(&it->sheet, column, rowset_at(rows, i));
        if (!isfinite(value))
            continue;
        known[count++] = value;
        estimated += sheet_mark(&it->sheet, column, rowset_at(rows, i)) == '~';
    }
    qsort(known, count, sizeof *known, order_numbers);
    assert_int_equal(median.known, count);
    if (!it->holding) /* who has an estimate is counted with who is shown */
        assert_int_equal(median.estimated, estimated);
    if (count < FEW_STANDARD)
        assert_true(isnan(median.value));
    else
        assert_true(median.value == (known[(count - 1) / 2] + known[count / 2]) / 2);
    free(known);
}

static void go_on(struct fixture *it)
{
    struct query_result fresh = {0};

    query_finish(&it->query, &it->sheet, &it->kept);
    query_finish(&it->query, &it->sheet, &fresh);
    assert_true(query_current(&it->query, &it->sheet, &it->kept));
    same_rows(it, &fresh);
    same_neighbours(it);
    same_facets(it, &fresh);
    same_median(it, COL_ROI);
    same_median(it, COL_FOLLOWERS);
    query_result_release(&fresh);
}

static void set_up(struct fixture *it, uint64_t seed, size_t creators)
{
    *it = (struct fixture){.kept = {.stamp = 0}};
    random_init(&it->random, seed);
    catalog_init(&it->catalog);
    creators_fill(&it->catalog, &it->random, creators);
    scenario_init(&it->scenario);
    peers_init(&it->peers);
    peers_make(&it->peers, catalog_facts(&it->catalog), it->catalog.live, CREATORS_NOW);
    sheet_init(&it->sheet, &it->catalog);
    query_init(&it->query);
}

static void tear_down(struct fixture *it)
{
    query_result_release(&it->kept);
    query_release(&it->query);
    sheet_release(&it->sheet);
    catalog_release(&it->catalog);
}

static uint64_t given_seed(void)
{
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);

    printf("engine: TEST_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

static void walk(uint64_t seed, size_t creators, int steps)
{
    struct fixture it;

    set_up(&it, seed, creators);
    for (int i = 0; i < steps; i++) {
        for (uint64_t k = below(&it, 3); k < 3; k++)
            changes[below(&it, COUNT_OF(changes))](&it);
        sheet_join(&it.sheet, &it.scenario, &it.peers, &tier_presets[0], CREATORS_NOW);
        go_on(&it);
    }
    tear_down(&it);
}

static void goes_on_as_if_it_began(void **state)
{
    uint64_t seed = given_seed();

    (void)state;
    walk(seed, 0, 60);
    walk(seed + 1, 300, 250);
    walk(seed + 2, 3000, 60);
}

/* ---- held ---- */

static void same_as_before(struct fixture *it, const uint32_t *whole, size_t count)
{
    uint32_t *now = mem_alloc((count + 1) * sizeof *now);

    assert_int_equal(it->kept.rows.count, count);
    for (size_t i = 0; i < 20 && count; i++) {
        size_t place = (size_t)below(it, count);
        assert_int_equal(rowset_at(&it->kept.rows, place), whole[place]);
        assert_int_equal(rowset_find(&it->kept.rows, whole[place]), place);
    }
    rowset_all(&it->kept.rows, now);
    assert_memory_equal(now, whole, count * sizeof *now);
    free(now);
}

static void drifts_as_counted(struct fixture *it)
{
    struct query_result fresh = {0};
    struct query_drift drift = query_drift(&it->query, &it->sheet, &it->kept);
    size_t come = 0, gone = 0;

    query_finish(&it->query, &it->sheet, &fresh);
    for (uint32_t row = 0; row < it->catalog.count; row++) {
        bool was = rowset_has(&it->kept.rows, row), is = rowset_has(&fresh.rows, row);
        come += is && !was;
        gone += was && !is;
    }
    assert_int_equal(drift.come, come);
    assert_int_equal(drift.gone, gone);
    query_result_release(&fresh);
}

static void new_row(struct fixture *it)
{
    struct record_sink sink = catalog_sink(&it->catalog);
    struct record record;
    char handle[32];

    snprintf(handle, sizeof handle, "new%zu", it->catalog.count);
    record_clear(&record);
    record.id = 1000000 + (int64_t)it->catalog.count;
    record_set_text(&record, COL_HANDLE, text_of(handle));
    record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
    record_set_number(&record, COL_FOLLOWERS, (double)below(it, 50000));
    assert_true(sink.put(sink.self, &record, NULL));
}

/* Names and figures; a handle that is written anew may move its creator among equals. */
static void (*const writings[])(struct fixture *it) = {change_rows, change_rows, change_marks,
                                                       change_scenario, new_row};

/* Whatever is written, who is shown and in which order stays; medians and what would change follow. */
static void hold_on(struct fixture *it, int times)
{
    size_t count = it->kept.rows.count;
    uint32_t *whole = mem_alloc((count + 1) * sizeof *whole);

    rowset_all(&it->kept.rows, whole);
    query_hold(&it->kept);
    it->holding = true;
    for (int i = 0; i < times; i++) {
        writings[below(it, COUNT_OF(writings))](it);
        sheet_join(&it->sheet, &it->scenario, &it->peers, &tier_presets[0], CREATORS_NOW);
        same_as_before(it, whole, count);
        same_neighbours(it);
        same_median(it, COL_ROI);
        drifts_as_counted(it);
    }
    it->holding = false;
    free(whole);
}

static void what_is_held_stays(void **state)
{
    struct fixture it;
    uint64_t seed = given_seed();

    (void)state;
    set_up(&it, seed, 2500);
    for (int i = 0; i < 40; i++) {
        change_filter(&it);
        change_order(&it);
        sheet_join(&it.sheet, &it.scenario, &it.peers, &tier_presets[0], CREATORS_NOW);
        go_on(&it);
        hold_on(&it, 4);
        go_on(&it);
    }
    tear_down(&it);
}

/* A figure that reads much like the median of now, so that it is the rows about it that change. */
static void write_about(struct fixture *it, enum column column, double median)
{
    struct record_sink sink = catalog_sink(&it->catalog);
    uint32_t row = (uint32_t)below(it, it->catalog.count);
    struct record record;

    record_clear(&record);
    record.id = catalog_id(&it->catalog, row);
    record_set_number(&record, column, floor(median * (0.9 + (double)below(it, 200) / 1000)));
    assert_true(sink.put(sink.self, &record, NULL));
}

/* More rows than lie about a median, and few enough changes at a time that each is followed. */
static void medians_follow_what_changes(void **state)
{
    static const enum column looked_at[] = {COL_FOLLOWERS, COL_FEE, COL_ROI, COL_PROFIT};
    struct fixture it;

    (void)state;
    set_up(&it, given_seed(), 6000);
    sheet_join(&it.sheet, &it.scenario, &it.peers, &tier_presets[0], CREATORS_NOW);
    query_finish(&it.query, &it.sheet, &it.kept);
    query_hold(&it.kept);
    it.holding = true;
    for (int i = 0; i < 60; i++) {
        for (int k = 0; k < 20; k++) {
            enum column column = below(&it, 2) ? COL_FOLLOWERS : COL_FEE;
            write_about(&it, column, query_median(&it.kept, &it.sheet, column).value);
        }
        change_rows(&it);
        if (below(&it, 8) == 0)
            change_scenario(&it);
        sheet_join(&it.sheet, &it.scenario, &it.peers, &tier_presets[0], CREATORS_NOW);
        for (size_t k = 0; k < COUNT_OF(looked_at); k++)
            same_median(&it, looked_at[k]);
    }
    tear_down(&it);
}

/* So many that texts and ties are ranked in steps. */
static void goes_on_at_size(void **state)
{
    (void)state;
    walk(given_seed(), 12000, 12);
}

/* Until the texts are ranked the order before stands; then the new one is there. */
static void the_order_before_stands_until_the_new_one_can(void **state)
{
    struct fixture it;
    struct err err;
    uint32_t first;
    int steps = 0;

    (void)state;
    set_up(&it, 5, 12000);
    sheet_join(&it.sheet, &it.scenario, &it.peers, &tier_presets[0], CREATORS_NOW);
    query_finish(&it.query, &it.sheet, &it.kept);
    first = rowset_at(&it.kept.rows, 0);
    assert_true(query_parse_order(TEXT("name"), &it.query, &err));
    query_run(&it.query, &it.sheet, &it.kept);
    assert_true(query_waits(&it.kept));
    for (double before = -1; query_busy(&it.kept); steps++) {
        assert_int_equal(rowset_at(&it.kept.rows, 0), first);
        assert_true(query_progress(&it.kept) >= before);
        before = query_progress(&it.kept);
        query_step(&it.sheet, &it.kept);
    }
    assert_true(steps > 5);
    assert_false(query_current(&it.query, &it.sheet, &it.kept));
    query_run(&it.query, &it.sheet, &it.kept);
    assert_false(query_waits(&it.kept));
    assert_int_not_equal(rowset_at(&it.kept.rows, 0), first);
    tear_down(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_on_as_if_it_began), cmocka_unit_test(medians_follow_what_changes),
        cmocka_unit_test(goes_on_at_size), cmocka_unit_test(what_is_held_stays),
        cmocka_unit_test(the_order_before_stands_until_the_new_one_can)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
