#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "catalog/query.h"
#include "fixture_internal.h"

static struct fixture fixture;
static struct query query;
static struct query_result result;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1,
        "platform=instagram handle=bea followers=5000 fee=20000 niche=food country=DE");
    put(&fixture.catalog, 2,
        "platform=tiktok handle=Abe followers=500 fee=20000 niche=beauty|food");
    put(&fixture.catalog, 3, "platform=instagram handle=abe followers=- fee=40000 country=FR");
    put(&fixture.catalog, 4, "platform=instagram handle=émil followers=5000 name=ZOE");
    put(&fixture.catalog, 5,
        "platform=youtube handle=cleo followers=200000 fee=0 niche=food name=zoé");
    query_init(&query);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    query_release(&query);
    query_result_release(&result);
    fixture_release(&fixture);
    return 0;
}

static void run(const char *filter, const char *order)
{
    struct filter_context context = {&fixture.sheet, true};
    struct err err;

    if (!filter_parse(text_of(filter), &context, &query.filter, &err) ||
        !query_parse_order(text_of(order), &query, &err))
        fail_msg("%s", err.message);
    query_run(&query, &fixture.sheet, &result);
}

static void expect_order(const char *filter, const char *order, const char *expected)
{
    char ids[16];
    size_t count = 0;

    run(filter, order);
    for (; count < result.rows.count; count++)
        ids[count] = (char)('0' + catalog_id(&fixture.catalog, rowset_at(&result.rows, count)));
    ids[count] = '\0';
    if (strcmp(ids, expected) != 0)
        fail_msg("%s by %s: %s, not %s", filter, order, ids, expected);
}

static void unknown_is_last_both_ways(void **state)
{
    (void)state;
    expect_order("", "followers", "21453");
    expect_order("", "-followers", "51423");
    expect_order("", "-fee,followers", "32145");
    expect_order("has:fee", "fee,-followers", "54123");
    expect_order("", "tier", "21453");
    expect_order("", "-tier", "51423");
}

static void ties_go_by_key_then_platform(void **state)
{
    (void)state;
    expect_order("", "deliverables", "32154");
    expect_order("", "-deliverables", "32154");
    /* folded form, then bytes: "ZOE" stands before "zoé" */
    expect_order("", "name", "45321");
    expect_order("", "-name", "54321");
    expect_order("", "handle", "23154");
}

static const struct facet_value *value_of(enum column column, const char *word)
{
    const struct facet *facet = query_facet(&result, column);

    for (size_t i = 0; i < facet->count; i++)
        if (text_is(facet->values[i].word, word))
            return &facet->values[i];
    return NULL;
}

static void facets_count_given_the_other_filters(void **state)
{
    (void)state;
    run("platform:instagram niche:food", "roi");
    assert_int_equal(result.rows.count, 1);
    assert_int_equal(result.rows.total, 5);
    /* of instagram, whatever the niche; of food, whatever the platform */
    assert_int_equal(value_of(COL_NICHE, "food")->count, 1);
    assert_null(value_of(COL_NICHE, "fashion"));
    assert_int_equal(value_of(COL_NICHE, "food")->all, 3);
    assert_int_equal(value_of(COL_NICHE, "beauty")->count, 0);
    assert_int_equal(value_of(COL_PLATFORM, "instagram")->count, 1);
    assert_int_equal(value_of(COL_PLATFORM, "tiktok")->count, 1);
    assert_int_equal(value_of(COL_PLATFORM, "youtube")->count, 1);
    assert_null(value_of(COL_PLATFORM, "x"));
    assert_int_equal(value_of(COL_TIER, "micro")->count, 1);
    assert_int_equal(value_of(COL_TIER, "mega")->count, 0);
    assert_true(value_of(COL_PLATFORM, "instagram")->selected);
    assert_false(value_of(COL_PLATFORM, "tiktok")->selected);
    assert_int_equal(query_facet(&result, COL_TIER)->count, tier_presets[0].count);
    assert_true(text_is(query_facet(&result, COL_TIER)->values[0].word, "nano"));
    /* a repeated term is one of the other filters */
    run("niche:food niche:beauty", "roi");
    assert_int_equal(value_of(COL_NICHE, "food")->count, 1);
    drop(&fixture.catalog, 2);
    run("", "roi");
    assert_null(value_of(COL_NICHE, "beauty"));
    assert_null(value_of(COL_PLATFORM, "tiktok"));
}

static void an_empty_list_says_what_to_lift(void **state)
{
    (void)state;
    run("platform:tiktok niche:food followers>1000", "roi");
    assert_int_equal(result.rows.count, 0);
    assert_int_equal(result.lifts[0], 2); /* bea and cleo are food over 1,000 */
    assert_int_equal(result.lifts[1], 0);
    assert_int_equal(result.lifts[2], 1); /* Abe */
}

static void rows_are_found_and_estimates_counted(void **state)
{
    (void)state;
    run("", "followers");
    assert_int_equal(rowset_find(&result.rows, 4), 2 + 1);
    assert_int_equal(rowset_find(&result.rows, 99), ROWSET_NONE);
    assert_int_equal(result.estimated, 1); /* émil; the fee of a gift is known */
    run("followers<1000", "followers");
    assert_int_equal(rowset_find(&result.rows, 4), ROWSET_NONE);
}

static void a_result_knows_whether_it_is_current(void **state)
{
    (void)state;
    run("niche:food", "followers");
    assert_true(query_current(&query, &fixture.sheet, &result));
    put(&fixture.catalog, 1, "bio=new");
    assert_true(query_current(&query, &fixture.sheet, &result));
    put(&fixture.catalog, 1, "followers=6000");
    assert_false(query_current(&query, &fixture.sheet, &result));
    run("niche:food", "followers");
    drop(&fixture.catalog, 1);
    assert_false(query_current(&query, &fixture.sheet, &result));
    run("niche:food", "followers");
    filter_toggle(&query.filter, COL_NICHE, TEXT("beauty"));
    assert_false(query_current(&query, &fixture.sheet, &result));
    run("niche:food audience_at<7d", "followers");
    fixture.sheet.now += 60;
    assert_false(query_current(&query, &fixture.sheet, &result));
}

static void orders_are_read_and_printed(void **state)
{
    struct buf text = BUF_INIT;
    struct err err;

    (void)state;
    assert_true(query_parse_order(TEXT("-peers, followers"), &query, &err));
    query_print_order(&query, &text);
    assert_string_equal(buf_string(&text), "-er_index,followers");
    assert_false(query_parse_order(TEXT("folowers"), &query, &err));
    assert_string_equal(err.message, "unknown column 'folowers': did you mean 'followers'?");
    assert_false(query_parse_order(TEXT(""), &query, &err));
    buf_release(&text);
}

static void medians_are_few_under_five(void **state)
{
    struct median median;

    (void)state;
    run("", "roi");
    median = query_median(&result, &fixture.sheet, COL_FOLLOWERS);
    assert_true(isnan(median.value));
    assert_int_equal(median.known, 4);
    put(&fixture.catalog, 6, "platform=instagram handle=six followers=7000");
    run("", "roi");
    median = query_median(&result, &fixture.sheet, COL_FOLLOWERS);
    assert_true(median.value == 5000);
    put(&fixture.catalog, 7, "platform=instagram handle=seven followers=9000");
    run("", "roi");
    median = query_median(&result, &fixture.sheet, COL_FOLLOWERS);
    assert_true(median.value == 6000);
    assert_int_equal(median.estimated, 0);
    median = query_median(&result, &fixture.sheet, COL_FEE);
    assert_int_equal(median.known, 7);
    assert_int_equal(median.estimated, 3);
}

static void histograms_have_round_edges(void **state)
{
    static const double edges[] = {500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5};
    const struct histogram *histogram;
    size_t sum = 0;

    (void)state;
    run("", "roi");
    histogram = &result.histograms[0];
    assert_int_equal(histogram->column, COL_FOLLOWERS);
    assert_int_equal(histogram->buckets, 9);
    assert_memory_equal(histogram->edges, edges, sizeof edges);
    assert_true(isnan(histogram->edges[10]));
    for (int i = 0; i < QUERY_BUCKETS; i++)
        sum += histogram->counts[i];
    assert_int_equal(sum, 4);
    assert_int_equal(histogram->counts[0], 1);
    assert_int_equal(histogram->counts[3], 2); /* 5,000, the edge itself, twice */
    assert_int_equal(histogram->counts[8], 1);
    run("platform:youtube", "roi");
    assert_int_equal(result.histograms[0].counts[3], 0);
    assert_int_equal(result.histograms[0].counts[8], 1);
}

/* As the values of a group do: what the range itself keeps out counts, what others keep out does not. */
static void a_histogram_counts_what_its_own_range_keeps_out(void **state)
{
    (void)state;
    run("followers:1k..10k", "roi");
    assert_int_equal(result.rows.count, 2);
    assert_int_equal(result.histograms[0].counts[0], 1);
    assert_int_equal(result.histograms[0].counts[8], 1);
    run("followers:1k..10k -followers:100k..", "roi");
    assert_int_equal(result.histograms[0].counts[0], 1);
    assert_int_equal(result.histograms[0].counts[8], 0);
    run("followers:1k..10k followers:..10k", "roi"); /* the second is like any other filter */
    assert_int_equal(result.histograms[0].counts[0], 1);
    assert_int_equal(result.histograms[0].counts[8], 0);
    run("followers:1k..10k platform:youtube", "roi");
    assert_int_equal(result.rows.count, 0);
    assert_int_equal(result.histograms[0].counts[0], 0);
    assert_int_equal(result.histograms[0].counts[8], 1);
    run("followers>=1k followers<=10k", "roi"); /* comparisons are no range */
    assert_int_equal(result.histograms[0].counts[0], 0);
}

static void nothing_at_all_is_no_trouble(void **state)
{
    struct fixture empty;

    (void)state;
    fixture_init(&empty);
    query_run(&query, &empty.sheet, &result);
    assert_int_equal(result.rows.count, 0);
    assert_int_equal(result.rows.total, 0);
    assert_true(isnan(query_median(&result, &empty.sheet, COL_ROI).value));
    query_result_release(&result);
    fixture_release(&empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(unknown_is_last_both_ways, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ties_go_by_key_then_platform, set_up, tear_down),
        cmocka_unit_test_setup_teardown(facets_count_given_the_other_filters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_list_says_what_to_lift, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_are_found_and_estimates_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_result_knows_whether_it_is_current, set_up, tear_down),
        cmocka_unit_test_setup_teardown(orders_are_read_and_printed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(medians_are_few_under_five, set_up, tear_down),
        cmocka_unit_test_setup_teardown(histograms_have_round_edges, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_histogram_counts_what_its_own_range_keeps_out, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_at_all_is_no_trouble, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
