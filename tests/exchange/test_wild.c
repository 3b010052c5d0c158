#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/vec.h"
#include "exchange/yaml.h"
#include "imported.h"
#include "wild.h"

/* Files as they are in the wild, all eighteen points, and plans as maps. */

static void import_wild(struct imported *it, const struct wild *wanted, const struct doc *map)
{
    struct buf name = BUF_INIT;
    buf_addf(&name, "wild/%s", wanted->file);
    import_fixture(it, buf_string(&name), map);
    buf_release(&name);
}

static double followers_of(const struct imported *it)
{
    double sum = 0;
    const char *at = buf_string((struct buf *)&it->records);
    while ((at = strstr(at, " followers=")) != NULL) {
        at += strlen(" followers=");
        sum += *at == '?' ? 0 : strtod(at, NULL);
    }
    return sum;
}

static void assert_counts(const struct imported *it, const struct wild *wanted)
{
    const struct import_report *report = &it->report;
    const struct {
        const char *what;
        uint64_t is, wanted;
    } counts[] = {
        {"rows", report->rows, wanted->rows},
        {"creators", report->creators, wanted->creators},
        {"rejected", report->rejected, wanted->rejected},
        {"repeats", report->repeats, wanted->repeats},
        {"identical", report->identical, wanted->identical},
        {"unknown", report->cells, wanted->unknown},
        {"warnings", report->warnings, wanted->warnings},
        {"tiers", report->tiers_disagree, wanted->tiers},
        {"encoding", it->plan.encoding, wanted->encoding},
        {"separator", (unsigned char)it->plan.separator, (unsigned char)wanted->separator},
        {"header", it->plan.header_line, wanted->header},
        {"guesses", import_plan_guesses(&it->plan), wanted->guesses},
        {"followers", (uint64_t)followers_of(it), (uint64_t)wanted->followers},
    };
    for (size_t i = 0; i < COUNT_OF(counts); i++)
        if (counts[i].is != counts[i].wanted)
            fail_msg("%s: %s is %llu, not %llu", wanted->file, counts[i].what,
                     (unsigned long long)counts[i].is, (unsigned long long)counts[i].wanted);
}

static void every_file_becomes_what_a_careful_person_reads(void **state)
{
    (void)state;
    bool points[19] = {false};
    for (size_t i = 0; i < wild_count; i++) {
        struct imported it;
        import_wild(&it, &wild[i], NULL);
        points[wild[i].point] = true;
        if (wild[i].refused != NULL) {
            assert_refused(&it, wild[i].refused);
        } else {
            assert_records(&it, wild[i].records);
            assert_problems(&it, wild[i].problems != NULL ? wild[i].problems : "");
            assert_counts(&it, &wild[i]);
        }
        imported_release(&it);
    }
    for (size_t i = 1; i < COUNT_OF(points); i++)
        if (!points[i])
            fail_msg("no file for point %zu", i);
}

static void assert_mixed(const char *file, const char *bytes, const char *lines)
{
    struct imported it;
    struct wild none = {.file = file};
    if (bytes != NULL)
        import_string(&it, file, bytes);
    else
        import_wild(&it, &none, NULL);
    assert_true(it.ran);
    assert_string_equal(buf_string(&it.mixed), lines);
    imported_release(&it);
}

static void units_that_mix_are_counted(void **state)
{
    (void)state;
    assert_mixed("instagram_counts.csv", NULL,
                 "followers 3 rounded 2 '475.8m', 8 bare 6 '222,000,000'\n");
    assert_mixed("instagram_german.csv", NULL, "");
    assert_mixed("instagram_rate_sign.csv", NULL, "");
    assert_mixed("tiktok.csv",
                 "handle,followers,er,avg_likes\na,10.4M,4.31%,12\nb,10400000,0.043,9\n"
                 "c,\"1,200\",5 %,1.2k\nd,950,,300\nd,950,x,300\n",
                 "followers 1 rounded 2 '10.4M', 2 bare 3 '10400000'\n"
                 "er 2 percent 2 '4.31%', 1 bare 3 '0.043'\n");
    assert_mixed("tiktok.json",
                 "[{\"handle\":\"a\",\"er\":\"4.31%\"},\n{\"handle\":\"b\",\"er\":0.043}]",
                 "er 1 percent 1 '4.31%', 1 bare 2 '0.043'\n");
}

/* ---- decisions ---- */

static const struct import_decision *decision_on(const struct imported *it, enum import_topic topic,
                                                 const char *header)
{
    for (size_t i = 0; i < it->plan.decision_count; i++) {
        const struct import_decision *one = &it->plan.decisions[i];
        bool whole = one->column == IMPORT_WHOLE;
        if (one->topic == topic && (header == NULL ? whole : !whole && text_is(one->title, header)))
            return one;
    }
    return NULL;
}

static void assert_decision(const struct import_decision *one, const char *chosen,
                            const char *shown, const char *why, bool guess)
{
    assert_non_null(one);
    if (!text_is(one->chosen, chosen) || !text_is(one->shown, shown) || !text_is(one->why, why))
        fail_msg("'%.*s' is '%.*s', shown '%.*s', '%.*s'", (int)one->title.length, one->title.at,
                 (int)one->chosen.length, one->chosen.at, (int)one->shown.length, one->shown.at,
                 (int)one->why.length, one->why.at);
    assert_int_equal(one->guess, guess);
}

static bool among(const struct import_decision *one, struct text word)
{
    for (size_t i = 0; i < one->choice_count; i++)
        if (text_equal(one->choices[i], word))
            return true;
    return one->choices == NULL;
}

static struct text first_word(struct text words)
{
    struct text rest = words, word = words;
    text_next(&rest, ' ', &word);
    return word;
}

/* What a form needs of each: a title, what was chosen and why, and what else there is. */
static void every_decision_can_be_shown(void **state)
{
    (void)state;
    for (size_t i = 0; i < wild_count; i++) {
        struct imported it;
        if (wild[i].refused != NULL)
            continue;
        import_wild(&it, &wild[i], NULL);
        for (size_t k = 0; k < it.plan.decision_count; k++) {
            const struct import_decision *one = &it.plan.decisions[k];
            bool more = text_is(first_word(one->chosen), "fee_format") ||
                        text_is(first_word(one->chosen), "post_list");
            bool named =
                one->column == IMPORT_WHOLE || it.plan.columns[one->column].name.length > 0;
            bool lost = one->guess && one->why.length == 0;
            if ((named && one->title.length == 0) || lost ||
                (text_known(one->chosen) && !more && !among(one, first_word(one->chosen))))
                fail_msg("%s: decision %zu '%.*s' = '%.*s'", wild[i].file, k,
                         (int)one->title.length, one->title.at, (int)one->chosen.length,
                         one->chosen.at);
        }
        imported_release(&it);
    }
}

static void the_drawing_of_the_form_is_in_the_decisions(void **state)
{
    (void)state;
    struct imported it;
    import_fixture(&it, "wild/instagram_german.csv", NULL);
    const struct import_decision *points = decision_on(&it, TOPIC_NUMBERS, NULL);
    assert_decision(points, "german", "2,004", "no value has 1 or 2 places after the point", true);
    assert_true(text_is(points->title, "2.004 means"));
    assert_decision(decision_on(&it, TOPIC_PLATFORM, NULL), "instagram", "instagram",
                    "'instagram' in the file's name", true);
    assert_decision(decision_on(&it, TOPIC_COLUMN, "Eng. Rate"), "er fraction", "er fraction",
                    "header", false);
    assert_true(text_is(planned(&it, "Eng. Rate")->numbers_why, "comma read as point"));
    assert_true(planned(&it, "Followers")->numbers.decimal == '.');
    imported_release(&it);
    import_fixture(&it, "wild/tiktok_cyrillic.csv", NULL);
    assert_decision(decision_on(&it, TOPIC_ENCODING, NULL), "windows-1251", "Windows-1251",
                    "13 of 13 words beyond ASCII are Cyrillic then", true);
    imported_release(&it);
}

static void plan_asking(struct import_plan *plan, const char *bytes, const struct doc *map)
{
    struct import_options options;
    struct source source;
    struct err err;
    import_options_init(&options);
    options.ask = true;
    options.map = map;
    source_of(&source, "list.csv", text_of(bytes));
    if (!import_plan_make(&source, &options, plan, &err))
        fail_msg("%s", err.message);
    source_release(&source);
}

/* A form asks for what only the user knows, and plans again with the answer. */
static void what_is_missing_can_be_asked_for(void **state)
{
    (void)state;
    static const char list[] = "Wer,Follower\nann,1200\nbob,3400\n";
    struct import_plan plan;
    struct doc map = {.root = NULL};
    plan_asking(&plan, list, NULL);
    assert_string_equal(plan.missing, "handle");
    for (size_t i = 0; i < plan.decision_count; i++)
        if (plan.decisions[i].topic == TOPIC_COLUMN && plan.decisions[i].column == 0)
            import_map_put(&map, &plan, &plan.decisions[i], TEXT("handle"));
    import_plan_release(&plan);
    plan_asking(&plan, list, &map);
    assert_string_equal(plan.missing, "platform");
    for (size_t i = 0; i < plan.decision_count; i++)
        if (plan.decisions[i].topic == TOPIC_PLATFORM) {
            assert_true(plan.decisions[i].guess && !text_known(plan.decisions[i].chosen));
            import_map_put(&map, &plan, &plan.decisions[i], TEXT("x"));
        }
    import_plan_release(&plan);
    plan_asking(&plan, list, &map);
    assert_null(plan.missing);
    assert_int_equal(plan.platform, PLATFORM_X);
    import_plan_release(&plan);
    doc_release(&map);
}

/* ---- maps ---- */

static void write_and_read(const struct doc *map, struct doc *again)
{
    struct buf yaml = BUF_INIT;
    struct err err;
    if (!yaml_write(map, &yaml, &err) || !yaml_read(buf_text(&yaml), again, &err))
        fail_msg("%s\n%s", err.message, buf_string(&yaml));
    buf_release(&yaml);
}

/* The plan is written as a map, as a file would hold it, and used: nothing is left to guess. */
static void a_plan_as_a_map_gives_the_same_import(void **state)
{
    (void)state;
    for (size_t i = 0; i < wild_count; i++) {
        struct imported first, second;
        struct doc map, again;
        if (wild[i].refused != NULL)
            continue;
        import_wild(&first, &wild[i], NULL);
        import_plan_map(&first.plan, &map);
        write_and_read(&map, &again);
        import_wild(&second, &wild[i], &again);
        if (!second.ran)
            fail_msg("%s: %s", wild[i].file, second.err.message);
        assert_records(&second, buf_string(&first.records));
        assert_problems(&second, buf_string(&first.problems));
        for (size_t k = 0; k < second.plan.decision_count; k++) {
            const struct import_decision *one = &second.plan.decisions[k];
            if (one->guess && one->topic != TOPIC_DATE && text_known(one->chosen))
                fail_msg("%s: still a guess: '%.*s'", wild[i].file, (int)one->title.length,
                         one->title.at);
        }
        doc_release(&map);
        doc_release(&again);
        imported_release(&first);
        imported_release(&second);
    }
}

static void overruled(const char *file, enum import_topic topic, const char *header,
                      const char *choice, const char *records)
{
    struct imported first, second;
    struct doc map = {.root = NULL}, again;
    import_fixture(&first, file, NULL);
    const struct import_decision *one = decision_on(&first, topic, header);
    if (one == NULL)
        fail_msg("%s: no such decision", file);
    import_map_put(&map, &first.plan, one, text_of(choice));
    write_and_read(&map, &again);
    import_fixture(&second, file, &again);
    if (!second.ran)
        fail_msg("%s: %s", file, second.err.message);
    assert_records(&second, records);
    const struct import_decision *then = decision_on(&second, topic, header);
    assert_true(then == NULL || !then->guess);
    doc_release(&map);
    doc_release(&again);
    imported_release(&first);
    imported_release(&second);
}

/* What a date means, and why, by other dates of the file or by habit. */
static void dates_say_which_part_is_the_day(void **state)
{
    static const struct {
        const char *file, *chosen, *shown, *why;
        bool guess;
        const char *days;
    } cases[] = {
        {"handle,followers,date\na,1,31.05.2026\nb,1,05.06.2026\n", "day-month", "5 Jun 2026",
         "as 31.05.2026 in 'date'", false, "2026-05-31 2026-06-05"},
        {"handle,followers,date\na,1,05/31/2026\nb,1,05/06/2026\n", "month-day", "6 May 2026",
         "as 05/31/2026 in 'date'", false, "2026-05-31 2026-05-06"},
        {"handle,followers,date\na,1,05/06/2026\n", "month-day", "6 May 2026",
         "no part is above 12; with slashes often the month comes first", true, "2026-05-06"},
        {"handle;followers;date\na;1;05/06/2026\n", "day-month", "5 Jun 2026",
         "no part is above 12; the file is written as in Europe", true, "2026-06-05"},
        {"handle,followers,date\na,1,05.06.2026\n", "day-month", "5 Jun 2026",
         "no part is above 12; with points the day comes first", true, "2026-06-05"},
        {"handle,followers,date\na,1,05-06-2026\n", "day-month", "5 Jun 2026",
         "no part is above 12; the day comes first in most countries", true, "2026-06-05"},
        {"handle,followers,date\na,1,31/05/2026\nb,1,05/31/2026\nc,1,30/05/2026\nd,1,01/02/2026\n",
         "day-month", "1 Feb 2026",
         "written in both ways, as '31/05/2026' and '05/31/2026'; most of them so", true,
         "2026-05-31 2026-05-31 2026-05-30 2026-02-01"},
        {"[{\"handle\":\"a\",\"followers\":1,\"date\":\"31.05.2026\"}]", "day-month", "31 May 2026",
         "as 31.05.2026 in 'date'", false, "2026-05-31"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct imported it;
        struct buf wanted = BUF_INIT;
        struct text days = text_of(cases[i].days), day;
        import_string(&it, "tiktok.csv", cases[i].file);
        for (char name = 'a'; text_next(&days, ' ', &day); name++)
            buf_addf(&wanted, "tiktok/%c followers=1 audience_at=%.*s\n", name, (int)day.length,
                     day.at);
        assert_records(&it, buf_string(&wanted));
        assert_problems(&it, "");
        assert_decision(decision_on(&it, TOPIC_DATES, NULL), cases[i].chosen, cases[i].shown,
                        cases[i].why, cases[i].guess);
        imported_release(&it);
        buf_release(&wanted);
    }
    /* No such date is in sight: nothing is decided, and what could be either stays unknown. */
    struct imported it;
    import_string(&it, "tiktok.csv", "handle,followers,date\na,1,2026-05-31\n");
    assert_null(decision_on(&it, TOPIC_DATES, NULL));
    imported_release(&it);
}

/* Letters beyond ASCII in rows are no Western text; which other, the bytes do not tell. */
static void encodings_of_one_byte_are_guesses(void **state)
{
    (void)state;
    static const char *const files[] = {"tiktok_greek.csv", "tiktok_thai.csv"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct imported it;
        struct wild wanted = {.file = files[i]};
        import_wild(&it, &wanted, NULL);
        const struct import_decision *one = decision_on(&it, TOPIC_ENCODING, NULL);
        assert_true(one->guess);
        assert_true(among(one, TEXT("windows-1253")) && among(one, TEXT("windows-874")));
        imported_release(&it);
    }
    struct imported it;
    struct doc map;
    struct import_options options;
    import_options_init(&options);
    assert_true(yaml_read(TEXT("encoding: klingon"), &map, NULL));
    options.map = &map;
    import_bytes(&it, "tiktok.csv", TEXT("handle,followers\na,1\n"), &options);
    assert_refused(&it, "'klingon' is no encoding");
    imported_release(&it);
    doc_release(&map);
}

/* Lists that spell the word out have creators of these names. */
static void words_for_unknown_are_handles_in_json(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "tiktok.json",
                  "[{\"handle\":\"null\",\"followers\":5},{\"handle\":\"NA\",\"followers\":6},\n"
                  "{\"handle\":null,\"followers\":7},{\"handle\":\"-\",\"followers\":8}]");
    assert_records(&it, "tiktok/null followers=5\ntiktok/NA followers=6\n");
    assert_int_equal(it.report.rejected, 2);
    imported_release(&it);
    import_string(&it, "tiktok.csv", "handle,followers\nnull,5\n'null,6\n");
    assert_records(&it, "tiktok/null followers=6\n"); /* guarded, as exports do */
    imported_release(&it);
}

static void every_decision_can_be_overruled(void **state)
{
    (void)state;
    overruled("wild/instagram_either.csv", TOPIC_NUMBERS, NULL, "english",
              "instagram/ann followers=1500 views=2.004\n"
              "instagram/bob followers=48200 views=900\n");
    overruled("wild/instagram_either.csv", TOPIC_COLUMN, "avg_views", "ignore",
              "instagram/ann followers=1500\ninstagram/bob followers=48200\n");
    overruled("wild/instagram_either.csv", TOPIC_PLATFORM, NULL, "tiktok",
              "tiktok/ann followers=1500 views=2004\ntiktok/bob followers=48200 views=900\n");
    overruled("wild/instagram_either.csv", TOPIC_DATE, NULL, "2026-05-01",
              "instagram/ann followers=1500 views=2004 audience_at=2026-05-01"
              " engagement_at=2026-05-01\n"
              "instagram/bob followers=48200 views=900 audience_at=2026-05-01"
              " engagement_at=2026-05-01\n");
    overruled("wild/instagram_rate_low.csv", TOPIC_SCALE, "er", "percent",
              "instagram/ann followers=1000 er=0.004 er_basis=followers\n"
              "instagram/bob followers=1000 er=0.002 er_basis=followers\n"
              "instagram/cid followers=1000 er=?\n");
    overruled("wild/instagram_no_currency.csv", TOPIC_CURRENCY, NULL, "CHF",
              "instagram/ann followers=1200 fee=12000 fee_origin=imported currency=CHF\n"
              "instagram/bob followers=3400 fee=8000 fee_origin=imported currency=CHF\n");
    overruled("wild/tiktok_western.csv", TOPIC_ENCODING, NULL, "windows-1251",
              "tiktok/zoe name=Zo\u043B Brandt followers=1200 fee=? fee_origin=?\n"
              "tiktok/cafe name=Caf\u0439 L\u0448ve followers=3400 fee=? fee_origin=?\n");
    overruled("wild/tiktok_greek.csv", TOPIC_ENCODING, NULL, "windows-1253",
              "tiktok/ann name=\u0393\u03BB\u03CD\u03BA\u03BF\u03C2 "
              "\u0391\u03B8\u03AE\u03BD\u03B1 followers=1200\n"
              "tiktok/bob name="
              "\u039A\u03C9\u03BD\u03C3\u03C4\u03B1\u03BD\u03C4\u03AF\u03BD\u03BF\u03C2 "
              "followers=3400\n");
    overruled("wild/tiktok_thai.csv", TOPIC_ENCODING, NULL, "tis-620",
              "tiktok/ann name=\u0E2A\u0E27\u0E32\u0E22\u0E35\u0E2D\u0E01\u0E44\u0E17\u0E22 "
              "followers=1200\n"
              "tiktok/bob name=\u0E2A\u0E27\u0E32\u0E22\u0E35\u0E2D followers=3400\n");
    overruled("wild/tiktok_dates.csv", TOPIC_DATES, NULL, "day-month",
              "tiktok/ann followers=1200 audience_at=2026-06-05\n"
              "tiktok/bob followers=3400 audience_at=2026-07-05T09:30:00Z\n");
    overruled("wild/instagram_joined.csv", TOPIC_COLUMN, "category", "niche",
              "instagram/a niche=musiccinema\ninstagram/b niche=music\ninstagram/c niche=cinema\n"
              "instagram/d niche=humormusic\ninstagram/e niche=youtube\n"
              "instagram/f niche=humor & fun\n");
    /* Of two that are called the same, the other: by its place. */
    struct imported it;
    struct doc map = {.root = NULL};
    import_fixture(&it, "wild/tiktok_twins.csv", NULL);
    for (size_t i = 0; i < it.plan.decision_count; i++) {
        const struct import_decision *one = &it.plan.decisions[i];
        if (one->topic == TOPIC_COLUMN && one->column == 1)
            import_map_put(&map, &it.plan, one, TEXT("followers"));
        if (one->topic == TOPIC_COLUMN && one->column == 2)
            import_map_put(&map, &it.plan, one, TEXT("ignore"));
    }
    imported_release(&it);
    import_fixture(&it, "wild/tiktok_twins.csv", &map);
    assert_records(&it, "tiktok/ann followers=13800000\ntiktok/bob followers=1200\n");
    imported_release(&it);
    doc_release(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_becomes_what_a_careful_person_reads),
        cmocka_unit_test(units_that_mix_are_counted),
        cmocka_unit_test(every_decision_can_be_shown),
        cmocka_unit_test(the_drawing_of_the_form_is_in_the_decisions),
        cmocka_unit_test(what_is_missing_can_be_asked_for),
        cmocka_unit_test(a_plan_as_a_map_gives_the_same_import),
        cmocka_unit_test(every_decision_can_be_overruled),
        cmocka_unit_test(dates_say_which_part_is_the_day),
        cmocka_unit_test(encodings_of_one_byte_are_guesses),
        cmocka_unit_test(words_for_unknown_are_handles_in_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
