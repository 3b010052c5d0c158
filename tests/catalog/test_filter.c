#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "catalog/filter.h"
#include "catalog/query.h"
#include "fixture_internal.h"

static struct fixture fixture;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1,
        "platform=instagram handle=lenaskin name=Lena_Vogt bio=vegan_food niche=beauty|skincare "
        "country=DE language=de followers=48213 likes=2004 comments=74 fee=48000 currency=EUR "
        "fee_origin=quoted tag=vip audience_at=1784800000 added_at=1784700000 "
        "changed_at=1784800000");
    put(&fixture.catalog, 2,
        "platform=tiktok handle=José niche=food country=US followers=900 views=300 "
        "audience_at=1780000000 added_at=1780000000");
    put(&fixture.catalog, 3, "platform=youtube handle=nobody country=-");
    catalog_tick(&fixture.catalog, 1, true);
    catalog_plan(&fixture.catalog, 2, 2);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_release(&fixture);
    return 0;
}

/* Ids of the creators that pass, as digits; or the message. */
static void expect_passes(const char *line, const char *expected)
{
    struct filter_context context = {&fixture.sheet, true};
    struct filter filter;
    struct err err;
    char ids[8] = "";
    size_t count = 0;

    filter_init(&filter);
    if (!filter_parse(text_of(line), &context, &filter, &err))
        fail_msg("%s: %s", line, err.message);
    for (uint32_t row = 0; row < fixture.catalog.count; row++)
        if (query_passes(&filter, &fixture.sheet, row))
            ids[count++] = (char)('0' + catalog_id(&fixture.catalog, row));
    ids[count] = '\0';
    if (strcmp(ids, expected) != 0)
        fail_msg("%s: passes '%s', not '%s'", line, ids, expected);
    filter_release(&filter);
}

static void words_mean_what_people_write(void **state)
{
    static const struct {
        const char *line, *passes;
    } cases[] = {
        {"", "123"},
        {"niche:beauty", "1"},
        {"niche:beauty,food", "12"},
        {"niche:\"Skin Care\"", "1"},
        {"niche:skin-care", "1"},
        {"-niche:food", "13"},
        {"niche!=food", "1"},
        {"country:germany", "1"},
        {"country:Deutschland,usa", "12"},
        {"country!=DE", "2"},
        {"platform:IG,yt", "13"},
        {"tier:micro", "1"},
        {"tier:nano", "2"},
        {"-tier:nano,micro", "3"},
        {"followers>=900", "12"},
        {"followers>900", "1"},
        {"followers:10k..50k", "1"},
        {"followers:..1k", "2"},
        {"followers:900,48213", "12"},
        {"-followers<1k", "13"},
        {"er>=4.31%", "1"},
        {"er:4%..5%", "1"},
        {"fee<500", "12"},
        {"fee:known", "1"},
        {"-fee:known", "23"},
        {"has:followers", "12"},
        {"has:fee", "12"},
        {"-has:country", "3"},
        {"is:ticked", "2"},
        {"in:plan", "3"},
        {"is:stale", "2"},
        {"changed:7d", "1"},
        {"added:7d", "1"},
        {"added>1mo", "2"},
        {"is:new", ""},
        {"-is:new", "123"},
        {"audience_at<7d", "1"},
        {"audience_at:7d", "1"},
        {"audience_at>1mo", "2"},
        {"audience_at>2026-01-01", "12"},
        {"audience_at:2026-07-23", "1"},
        {"followers >= 900", "12"},
        {"followers >900 niche: beauty", "1"},
        {"fee under 500", "12"},
        {"fee Less Than 500 niche:food", "2"},
        {"followers at least 900", "12"},
        {"followers above 900", "1"},
        {"-followers below 1k", "13"},
        {"followers up to 900", "2"},
        {"fee under", ""},         /* words to look for */
        {"\"fee\" under 500", ""}, /* likewise */
        {"vegan", "1"},
        {"\"vegan food\"", "1"},
        {"JOSE", "2"},
        {"handle:os", "2"},
        {"handle=jose", "2"},
        {"-vegan", "23"},
        {"peers>=1", "1"},
        {"followe>1k", "1"},
        {"niche:beauty tier:micro fee<=480", "1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_passes(cases[i].line, cases[i].passes);
}

static void mistakes_are_pointed_at(void **state)
{
    static const struct {
        const char *line;
        size_t column;
        const char *says;
    } cases[] = {
        {"nich:beauty tier:micro x fees:3", 26, "'fee'"},
        {"tier:micro nicke:beauty", 12, "unknown word 'nicke': did you mean 'niche'?"},
        {"ro>3", 1, "'ro' could be roi, roi_p10, roi_p50, roi_p90"},
        {"niche:beuty", 7, "unknown niche 'beuty': did you mean 'beauty'?"},
        {"niche:zzzzzz", 7, "no creator has niche 'zzzzzz'; there are "},
        {"niche:eau", 7, "no creator has niche 'eau': did you mean beauty"},
        {"tier:mikro", 6, "did you mean 'micro'?"},
        {"platform:instagam", 10, "did you mean 'instagram'?"},
        {"ünïque followers>viele", 18, "'viele' is not a number for 'followers'"},
        {"er>3", 4, "write 3%"},
        {"roi>100", 5, "write 100%"},
        {"roi:..10", 5, "write 10%"},
        {"roi_p50<-25", 9, "write -25%"},
        {"niche>food", 1, "does not go with words"},
        {"followers>1..2", 11, "takes one number"},
        {"followers>1,2", 11, "takes one number"},
        {"followers:5..3", 11, "runs backwards"},
        {"niche:", 7, "'niche:' has no value"},
        {"niche:food,", 12, "'niche:' has no value"},
        {"\"open", 1, "the quote is not closed"},
        {"is:tickd", 4, "did you mean 'ticked'?"},
        {"in:space", 4, "unknown word 'space'"},
        {">5", 1, "'>' has no figure before it, as in fee>300"},
        {"https://x.com/a", 1, "in quotes the text is searched for"},
        {"has:nothing", 5, "unknown word 'nothing'"},
        {"audience_at<soon", 13, "neither an age"},
        {"roi:known", 5, "write has:roi"},
        {"-", 2, "nothing to search for"},
    };
    struct filter_context context = {&fixture.sheet, true};
    struct filter filter;

    (void)state;
    filter_init(&filter);
    assert_true(filter_parse(TEXT("followers>1"), &context, &filter, NULL));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        if (filter_parse(text_of(cases[i].line), &context, &filter, &err))
            fail_msg("%s: accepted", cases[i].line);
        if (!strstr(err.message, cases[i].says) || err.column != cases[i].column)
            fail_msg("%s: '%s' at %zu", cases[i].line, err.message, err.column);
        assert_int_equal(filter.count, 1);
    }
    filter_release(&filter);
}

static void expect_print(const struct filter *filter, const char *expected)
{
    struct buf text = BUF_INIT;

    filter_print(filter, &text);
    assert_string_equal(buf_string(&text), expected);
    buf_release(&text);
}

static void text_is_canonical_and_labels_are_for_people(void **state)
{
    static const struct {
        const char *line, *prints, *label;
    } cases[] = {
        {"NICHES:\"skin care\",Beauty", "niche:skincare,beauty", "niche: skincare, beauty"},
        {"country:germany", "country:DE", "country: Germany"},
        {"-followe>=10k", "-followers>=10k", "not followers >= 10k"},
        {"price:known", "fee:known", "fee: known"},
        {"\"two words\"", "\"two words\"", "\"two words\""},
        {"\"vegan\"", "vegan", "\"vegan\""},
        {"\"a:b\\\"\"", "\"a:b\\\"\"", "\"a:b\"\""},
        {"is:TICKED", "is:ticked", "is: ticked"},
        {"name:\"Lena V\"", "name:\"Lena V\"", "name: Lena V"},
    };
    struct filter_context context = {&fixture.sheet, true};
    struct filter filter;

    (void)state;
    filter_init(&filter);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf label = BUF_INIT;
        struct err err;
        if (!filter_parse(text_of(cases[i].line), &context, &filter, &err))
            fail_msg("%s: %s", cases[i].line, err.message);
        expect_print(&filter, cases[i].prints);
        filter_label(&filter.items[0], &label);
        assert_string_equal(buf_string(&label), cases[i].label);
        buf_release(&label);
    }
    filter_release(&filter);
}

static void the_pane_toggles_values(void **state)
{
    struct filter_context context = {&fixture.sheet, true};
    struct filter filter;
    uint64_t revision;

    (void)state;
    filter_init(&filter);
    assert_true(filter_parse(TEXT("-niche:food er>1%"), &context, &filter, NULL));
    assert_null(filter_selection(&filter, COL_NICHE));
    revision = filter.revision;
    filter_toggle(&filter, COL_NICHE, TEXT("beauty"));
    filter_toggle(&filter, COL_NICHE, TEXT("skincare"));
    assert_true(filter.revision > revision);
    expect_print(&filter, "-niche:food er>1% niche:beauty,skincare");
    assert_true(filter_selected(&filter, COL_NICHE, TEXT("Skin Care")));
    assert_false(filter_selected(&filter, COL_NICHE, TEXT("food")));
    assert_true(filter_add(&filter, TEXT("niche:food tier:micro"), &context, NULL));
    expect_print(&filter, "-niche:food er>1% niche:beauty,skincare,food tier:micro");
    filter_toggle(&filter, COL_NICHE, TEXT("beauty"));
    filter_toggle(&filter, COL_NICHE, TEXT("food"));
    filter_toggle(&filter, COL_NICHE, TEXT("skincare"));
    expect_print(&filter, "-niche:food er>1% tier:micro");
    filter_remove(&filter, 0);
    expect_print(&filter, "er>1% tier:micro");
    filter_release(&filter);
}

static void like_this_cell(void **state)
{
    struct filter filter;

    (void)state;
    filter_init(&filter);
    assert_true(filter_like(&filter, &fixture.sheet, COL_NICHE, 0, true));
    expect_print(&filter, "niche:beauty,skincare");
    assert_true(filter_like(&filter, &fixture.sheet, COL_NICHE, 1, true));
    expect_print(&filter, "niche:food");
    assert_true(filter_like(&filter, &fixture.sheet, COL_COUNTRY, 0, false));
    assert_true(filter_like(&filter, &fixture.sheet, COL_FOLLOWERS, 0, true));
    assert_true(filter_like(&filter, &fixture.sheet, COL_FEE, 0, true));
    expect_print(&filter, "niche:food -country:DE followers>=48200 fee<=480");
    assert_false(filter_like(&filter, &fixture.sheet, COL_COUNTRY, 2, true));
    assert_false(filter_like(&filter, &fixture.sheet, COL_LIKES, 2, true));
    filter_release(&filter);
}

static void unknown_words_survive_a_load(void **state)
{
    struct filter_context lenient = {&fixture.sheet, false};
    struct filter filter, copy;

    (void)state;
    filter_init(&filter);
    filter_init(&copy);
    assert_true(filter_parse(TEXT("niche:gardening"), &lenient, &filter, NULL));
    assert_false(query_passes(&filter, &fixture.sheet, 0));
    filter_copy(&copy, &filter);
    assert_true(filter_equal(&copy, &filter));
    put(&fixture.catalog, 9, "handle=late niche=Gardening");
    assert_true(query_passes(&copy, &fixture.sheet, 3));
    filter_release(&copy);
    filter_release(&filter);
}

/* Whatever is typed is read or refused with a place inside the line; what is read prints as something
 * that reads as the same. */
static void any_line_is_read_or_refused(void **state)
{
    static const char *const pieces[] = {
        "niche", "fee", "er", "name", ":", "=", "!=", "<",  ">=",  "..",    ",",    "-",    "\"",
        "\\",    " ",   "5%", "10k",  "é", "a", "7d", "is", "has", "known", "food", "\xff", "!"};
    struct filter_context context = {&fixture.sheet, false};
    struct filter filter, again;
    struct buf line = BUF_INIT, print = BUF_INIT;
    struct random random;
    uint64_t seed =
        getenv("TEST_SEED") ? strtoull(getenv("TEST_SEED"), NULL, 0) : (uint64_t)time(NULL);
    size_t read = 0;

    (void)state;
    printf("filter: TEST_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    filter_init(&filter);
    filter_init(&again);
    for (int i = 0; i < 20000; i++) {
        size_t count = random_below(&random, 9);
        struct err err = {0};
        buf_clear(&line);
        buf_clear(&print);
        for (size_t j = 0; j < count; j++)
            buf_add_string(&line, pieces[random_below(&random, sizeof pieces / sizeof *pieces)]);
        if (!filter_parse(buf_text(&line), &context, &filter, &err)) {
            assert_true(err.message[0] && err.column >= 1 && err.column <= line.length + 1);
            continue;
        }
        read++;
        filter_print(&filter, &print);
        if (!filter_parse(buf_text(&print), &context, &again, &err) ||
            !filter_equal(&filter, &again) || filter.count != again.count)
            fail_msg("'%s' prints as '%s': %s", buf_string(&line), buf_string(&print), err.message);
    }
    assert_true(read > 1000);
    buf_release(&line);
    buf_release(&print);
    filter_release(&filter);
    filter_release(&again);
}

/* Counted from the last visit, and not from one that is other now. */
static void new_is_who_came_after_the_last_visit(void **state)
{
    (void)state;
    sheet_visited(&fixture.sheet, 1784699999);
    expect_passes("is:new", "1");
    expect_passes("-is:new", "23");
    sheet_visited(&fixture.sheet, 1784700000);
    expect_passes("is:new", "");
    sheet_visited(&fixture.sheet, 0);
    expect_passes("is:new", "12");
    sheet_visited(&fixture.sheet, NAN);
    expect_passes("is:new", "");
}

/* An answer that is kept is none any more when the visit it counts from is another. */
static void another_visit_is_another_answer(void **state)
{
    struct query query;
    struct query_result result = {0};

    (void)state;
    query_init(&query);
    assert_true(filter_parse(TEXT("is:new"), NULL, &query.filter, NULL));
    query_finish(&query, &fixture.sheet, &result);
    assert_int_equal(result.rows.count, 0);
    sheet_visited(&fixture.sheet, 1784699999);
    query_finish(&query, &fixture.sheet, &result);
    assert_int_equal(result.rows.count, 1);
    query_result_release(&result);
    query_release(&query);
}

/* ---- imports ---- */

static void tell_batches(void)
{
    const struct batch_told told[] = {{.id = 8, .file = TEXT("c.csv"), .taken_back_at = 5},
                                      {.id = 7, .file = TEXT("b.csv"), .taken_back_at = NAN},
                                      {.id = 6, .file = TEXT("b.csv"), .taken_back_at = NAN},
                                      {.id = 5, .file = TEXT("b.csv"), .taken_back_at = NAN},
                                      {.id = 3, .file = TEXT("a.csv"), .taken_back_at = NAN}};
    struct id_set last = {0}, old = {0};

    assert_true(batches_tell(&fixture.sheet.batches, told, 5));
    id_set_add(&last, 1);
    id_set_add(&last, 3);
    id_set_add(&last, 200000);
    id_set_add(&old, 2);
    batches_take_ids(&fixture.sheet.batches, 7, &last);
    batches_take_ids(&fixture.sheet.batches, 3, &old);
    assert_false(batches_tell(&fixture.sheet.batches, told, 5));
}

static void an_import_finds_those_it_had(void **state)
{
    (void)state;
    expect_passes("import:last", ""); /* nobody has told */
    tell_batches();
    expect_passes("import:last", "13");
    expect_passes("-import:last", "2");
    expect_passes("import:7", "13");
    expect_passes("IMPORT=Last", "13");
    expect_passes("import:3", "2");
    expect_passes("import:3,last", "123");
    expect_passes("import:last followers>1", "1");
    catalog_renumber(&fixture.catalog, 1, 200000);
    expect_passes("import:3", "");
}

/* What names one that is not there says which there are. */
static void imports_that_are_not_there(void **state)
{
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"import:4", "there is no import '4'; there are 3, 5 to 7, and last"},
        {"import:8", "import '8' was taken back; there are 3, 5 to 7, and last"},
        {"import:lst", "'lst' is no import: 'import:last', or the number of one"},
        {"import:1.5", "is no import"},
        {"import:0", "is no import"},
        {"import>3", "'import' takes ':'"},
    };
    struct filter_context context = {&fixture.sheet, true};
    struct filter filter;
    struct err err;

    (void)state;
    filter_init(&filter);
    assert_true(batches_tell(&fixture.sheet.batches, NULL, 0));
    assert_false(filter_parse(TEXT("import:last"), &context, &filter, &err));
    assert_non_null(strstr(err.message, "there is no import 'last': nothing was imported"));
    tell_batches();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (filter_parse(text_of(cases[i].line), &context, &filter, &err))
            fail_msg("%s: accepted", cases[i].line);
        if (!strstr(err.message, cases[i].says))
            fail_msg("%s: '%s'", cases[i].line, err.message);
    }
    context.strict = false; /* a view of last time */
    assert_true(filter_parse(TEXT("import:4"), &context, &filter, &err));
    expect_print(&filter, "import:4");
    filter_release(&filter);
}

/* Whose creators are still to be told, and only of what is named. */
static void ids_are_asked_for_once(void **state)
{
    struct filter_context context = {&fixture.sheet, true};
    struct filter filter;
    struct id_set ids = {0};

    (void)state;
    tell_batches();
    filter_init(&filter);
    assert_true(filter_parse(TEXT("import:last tier:micro"), &context, &filter, NULL));
    assert_int_equal(filter_batch_wanted(&filter, &fixture.sheet.batches), 0);
    assert_true(filter_parse(TEXT("-import:3,6"), &context, &filter, NULL));
    assert_int_equal(filter_batch_wanted(&filter, &fixture.sheet.batches), 6);
    batches_take_ids(&fixture.sheet.batches, 6, &ids);
    assert_int_equal(filter_batch_wanted(&filter, &fixture.sheet.batches), 0);
    filter_release(&filter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_mean_what_people_write, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mistakes_are_pointed_at, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_import_finds_those_it_had, set_up, tear_down),
        cmocka_unit_test_setup_teardown(imports_that_are_not_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_are_asked_for_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_is_canonical_and_labels_are_for_people, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_pane_toggles_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(like_this_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_line_is_read_or_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_words_survive_a_load, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_is_who_came_after_the_last_visit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_visit_is_another_answer, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
