#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "catalog/lens.h"
#include "creators.h"
#include "domain/currency.h"
#include "fixture_internal.h"
#include "middle_internal.h"

/* The tier lens against SQL over the same creators, whose figures are made one row at a time. */

#define FEW ((size_t)700)
#define MANY ((size_t)24000) /* more than a sample holds */

static struct random numbers;

struct ground {
    struct fixture all;
    struct scenario cautious;
    struct lens lens;
    struct bits shown;
    sqlite3 *db;
    int tiers; /* preset */
};

static void must(sqlite3 *db, int result)
{
    if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
        fail_msg("sqlite: %s", sqlite3_errmsg(db));
}

static void make_cautious(struct ground *ground)
{
    ground->cautious = ground->all.scenario;
    for (int format = 0; format < FORMAT_COUNT; format++)
        ground->cautious.ctr[format] = 0.01;
    ground->cautious.cvr = 0.02;
    strcpy(ground->cautious.name, "Cautious");
}

static void join(struct ground *ground)
{
    make_cautious(ground);
    sheet_join(&ground->all.sheet, &ground->all.scenario, &ground->all.peers,
               &tier_presets[ground->tiers], CREATORS_NOW);
}

static void ground_init(struct ground *ground, size_t creators, int preset)
{
    *ground = (struct ground){.tiers = preset};
    fixture_init(&ground->all);
    creators_fill(&ground->all.catalog, &numbers, creators);
    ground->all.scenario.rates[ground->all.scenario.rate_count++] =
        (struct exchange_rate){currency_from_code(TEXT("USD")), 0.9, CREATORS_NOW};
    ground->all.scenario.revision++;
    peers_make(&ground->all.peers, catalog_facts(&ground->all.catalog), ground->all.catalog.live,
               CREATORS_NOW);
    must(ground->db, sqlite3_open(":memory:", &ground->db));
    join(ground);
}

static void ground_release(struct ground *ground)
{
    lens_release(&ground->lens);
    bits_release(&ground->shown);
    sqlite3_close(ground->db);
    fixture_release(&ground->all);
}

/* Living rows, about `percent` of them. */
static void show(struct ground *ground, unsigned percent)
{
    const struct catalog *catalog = &ground->all.catalog;

    bits_resize(&ground->shown, catalog->count);
    bits_clear(&ground->shown);
    for (size_t row = 0; row < catalog->count; row++)
        bits_put(&ground->shown, row, catalog->live[row] && random_below(&numbers, 100) < percent);
}

/* ---- the table ---- */

static void bind(sqlite3_stmt *insert, int place, double value)
{
    if (isfinite(value))
        sqlite3_bind_double(insert, place, value);
    else
        sqlite3_bind_null(insert, place);
}

static void insert_row(struct ground *ground, sqlite3_stmt *insert, uint32_t row)
{
    const struct facts *facts = catalog_facts(&ground->all.catalog);
    struct assumptions other = sheet_assumptions(&ground->all.sheet);
    struct figures figures, others;
    double followers = catalog_number(&ground->all.catalog, COL_FOLLOWERS, row);

    sheet_figures(&ground->all.sheet, row, &figures);
    other.scenario = &ground->cautious;
    forecast(facts, &other, row, &others);
    sqlite3_reset(insert);
    sqlite3_bind_int(insert, 1, tier_of(&tier_presets[ground->tiers], followers));
    sqlite3_bind_int(insert, 2, catalog_platform(&ground->all.catalog, row));
    sqlite3_bind_int(insert, 3, (int)figures.basis);
    sqlite3_bind_int(insert, 4, platforms[catalog_platform(&ground->all.catalog, row)].basis);
    sqlite3_bind_int(insert, 5, figures.marks & MARK_FEE_ESTIMATED ? 1 : 0);
    sqlite3_bind_int(insert, 6, figures.marks & MARK_REACH_IMPORTED ? 1 : 0);
    bind(insert, 7, followers);
    bind(insert, 8, figures.er);
    bind(insert, 9, figures.fee);
    bind(insert, 10, figures.cpe);
    bind(insert, 11, figures.cpm);
    bind(insert, 12, figures.cpr);
    bind(insert, 13, figures.roi);
    bind(insert, 14, figures.revenue_per_follower);
    bind(insert, 15, catalog_number(&ground->all.catalog, COL_CREDIBILITY, row));
    bind(insert, 16, figures.contribution);
    bind(insert, 17, figures.cost);
    bind(insert, 18, others.roi);
    must(ground->db, sqlite3_step(insert));
}

static void fill_table(struct ground *ground)
{
    sqlite3_stmt *insert;

    must(ground->db, sqlite3_exec(ground->db,
                                  "drop table if exists c; create table c(tier, platform, basis, "
                                  "usual, guess, imported, followers, er, fee, cpe, cpm, cpr, roi, "
                                  "rev, credibility, g, c, other)",
                                  NULL, NULL, NULL));
    must(ground->db, sqlite3_exec(ground->db, "begin", NULL, NULL, NULL));
    must(ground->db,
         sqlite3_prepare_v2(ground->db, "insert into c values(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                            -1, &insert, NULL));
    for (size_t row = bits_next(&ground->shown, 0); row < ground->shown.count;
         row = bits_next(&ground->shown, row + 1))
        insert_row(ground, insert, (uint32_t)row);
    sqlite3_finalize(insert);
    must(ground->db, sqlite3_exec(ground->db, "commit", NULL, NULL, NULL));
}

static double ask(struct ground *ground, const char *sql)
{
    sqlite3_stmt *statement;
    double value = NAN;

    must(ground->db, sqlite3_prepare_v2(ground->db, sql, -1, &statement, NULL));
    must(ground->db, sqlite3_step(statement));
    if (sqlite3_column_type(statement, 0) != SQLITE_NULL)
        value = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static void same(double ours, double theirs, const char *what)
{
    if (isnan(ours) && isnan(theirs))
        return;
    if (!(fabs(ours - theirs) <= 1e-9 * fmax(1e-9, fabs(theirs))))
        fail_msg("%s: %.17g instead of %.17g", what, ours, theirs);
}

/* The median, how many are known, and of how many; under five there is none. */
static void check_median(struct ground *ground, const struct lens_value *value, const char *what,
                         const char *where, const char *of)
{
    char sql[1024];

    snprintf(sql, sizeof sql,
             "select case when max(n) >= 5 then avg(v) end from (select %s v, "
             "row_number() over (order by %s) r, count(*) over () n from c where %s and %s is not "
             "null) where r in ((n + 1) / 2, (n + 2) / 2)",
             what, what, where, what);
    same(value->value, ask(ground, sql), sql);
    snprintf(sql, sizeof sql, "select count(%s) from c where %s", what, where);
    same((double)value->known, ask(ground, sql), sql);
    snprintf(sql, sizeof sql, "select count(*) from c where %s", of);
    same((double)value->of, ask(ground, sql), sql);
}

/* ---- what is checked ---- */

#define KNOWN " and not guess"

static const struct {
    const char *sql, *where, *of;
} figures_sql[LENS_FIGURES] = {
    [LENS_FOLLOWERS] = {"followers", "", ""},
    [LENS_ER_FOLLOWERS] = {"er", " and basis = 1",
                           " and (case when er is null then usual else basis end) = 1"},
    [LENS_ER_VIEWS] = {"er", " and basis = 2",
                       " and (case when er is null then usual else basis end) = 2"},
    [LENS_FEE] = {"fee", KNOWN, ""},
    [LENS_CPE] = {"cpe", KNOWN, ""},
    [LENS_CPM] = {"cpm", KNOWN, ""},
    [LENS_ROI] = {"roi", KNOWN, ""},
    [LENS_REVENUE] = {"rev", "", ""},
    [LENS_CREDIBILITY] = {"credibility", "", ""},
};

static void check_tier(struct ground *ground, int tier)
{
    const struct lens_tier *ours = &ground->lens.result.tiers[tier];
    char where[64], full[256], of[256], sql[512];

    snprintf(where, sizeof where, "tier = %d", tier);
    for (int k = 0; k < LENS_FIGURES; k++) {
        snprintf(full, sizeof full, "%s%s", where, figures_sql[k].where);
        snprintf(of, sizeof of, "%s%s", where, figures_sql[k].of);
        check_median(ground, &ours->figures[k], figures_sql[k].sql, full, of);
    }
    snprintf(sql, sizeof sql,
             "select case when count(*) >= 5 and sum(c) > 0 then (sum(g) - sum(c)) / sum(c) end "
             "from c where %s and not guess and fee is not null and g is not null and c is not "
             "null",
             where);
    same(ours->pooled_roi.value, ask(ground, sql), sql);
    const struct channel *channels[SCENARIO_CHANNELS];
    int count = scenario_channels(&ground->all.scenario, channels);
    assert_int_equal(count, 3);
    for (int channel = 0; channel < count; channel++) {
        double roi = channel_roi(&ground->all.scenario, channels[channel]);
        snprintf(sql, sizeof sql,
                 "select case when count(roi) >= 5 then avg(roi > %.17g) end from c "
                 "where %s and not guess",
                 isnan(roi) ? 0 : roi, where);
        same(ours->beats[channel].value, isnan(roi) ? roi : ask(ground, sql), sql);
    }
    snprintf(sql, sizeof sql, "select count(*) from c where %s and guess and fee is not null",
             where);
    same((double)ours->fees_estimated, ask(ground, sql), sql);
}

static void check_platforms(struct ground *ground)
{
    const struct lens_result *result = &ground->lens.result;
    char where[128];

    same((double)result->platform_count,
         ask(ground, "select count(distinct platform) from c where er is not null and basis = "
                     "usual and tier >= 0"),
         "platforms");
    for (size_t i = 0; i < result->platform_count; i++)
        for (int tier = 0; tier < TIER_MOST; tier++) {
            snprintf(where, sizeof where,
                     "platform = %d and tier = %d and basis = usual and er is not null",
                     (int)result->platforms[i].platform, tier);
            check_median(ground, &result->platforms[i].tiers[tier], "er", where, where);
        }
}

static const char *const sides_sql[LENS_SIDES] = {"followers >= 1000 and followers < 100000",
                                                  "followers >= 100000 and followers < 1000000"};

/* A claim once more, from its definition. */
static enum lens_verdict verdict_of(const double value[LENS_SIDES], const double known[LENS_SIDES],
                                    const double of[LENS_SIDES], bool more)
{
    for (int side = 0; side < LENS_SIDES; side++)
        if (known[side] < 5 || known[side] < of[side] / 2)
            return VERDICT_UNSAID;
    if (fabs(value[0] - value[1]) < 0.05 * fmax(fabs(value[0]), fabs(value[1])) ||
        value[0] == value[1])
        return VERDICT_UNSAID;
    return (value[0] > value[1]) == more ? VERDICT_HOLDS : VERDICT_FAILS;
}

static void check_claim(struct ground *ground, enum lens_claim_id id, const char *figure,
                        const char *where, const char *of, bool more)
{
    const struct lens_claim *claim = &ground->lens.result.claims[id];
    double value[LENS_SIDES], known[LENS_SIDES], all[LENS_SIDES];
    char full[256], full_of[256];

    for (int side = 0; side < LENS_SIDES; side++) {
        snprintf(full, sizeof full, "%s%s", sides_sql[side], where);
        snprintf(full_of, sizeof full_of, "%s%s", sides_sql[side], of);
        check_median(ground, &claim->sides[side], figure, full, full_of);
        value[side] = claim->sides[side].value;
        known[side] = (double)claim->sides[side].known;
        all[side] = (double)claim->sides[side].of;
    }
    assert_int_equal(claim->verdict, verdict_of(value, known, all, more));
}

static void check_ads(struct ground *ground)
{
    const struct lens_claim *claim = &ground->lens.result.claims[CLAIM_ADS];
    double ads = channel_roi(&ground->all.scenario, &ground->all.scenario.channels[0]);
    double careful = channel_roi(&ground->cautious, &ground->cautious.channels[0]);
    double value[LENS_SIDES], known[LENS_SIDES], of[LENS_SIDES];
    char sql[512];

    for (int side = 0; side < LENS_SIDES; side++) {
        snprintf(sql, sizeof sql,
                 "select case when count(roi) >= 5 then avg(roi > %.17g) end from c where %s and "
                 "not guess",
                 ads, sides_sql[side]);
        same(claim->sides[side].value, ask(ground, sql), sql);
        snprintf(sql, sizeof sql,
                 "select case when count(other) >= 5 then avg(other > %.17g) end from c where %s "
                 "and not guess",
                 careful, sides_sql[side]);
        same(claim->others[side].value, ask(ground, sql), sql);
        value[side] = claim->sides[side].value;
        known[side] = (double)claim->sides[side].known;
        of[side] = (double)claim->sides[side].of;
    }
    assert_int_equal(claim->verdict, verdict_of(value, known, of, true));
}

static void check_beside(struct ground *ground)
{
    const struct lens_claim *claims = ground->lens.result.claims;
    char full[256], of[256];

    for (int side = 0; side < LENS_SIDES; side++) {
        check_median(ground, &claims[CLAIM_ENGAGEMENT].others[side], "cpe", sides_sql[side],
                     sides_sql[side]);
        snprintf(full, sizeof full, "%s%s", sides_sql[side], figures_sql[LENS_ER_VIEWS].where);
        snprintf(of, sizeof of, "%s%s", sides_sql[side], figures_sql[LENS_ER_VIEWS].of);
        check_median(ground, &claims[CLAIM_ENGAGED].others[side], "er", full, of);
    }
    same((double)claims[CLAIM_REACH].imported,
         ask(ground, "select count(*) from c where followers >= 1000 and followers < 1000000 and "
                     "not guess and cpr is not null and imported"),
         "imported reach");
}

static void check_dots(struct ground *ground)
{
    const struct lens_result *result = &ground->lens.result;
    char sql[256];
    size_t dots = 0;

    for (size_t i = 0; i < sizeof result->dots; i++)
        dots += (&result->dots[0][0])[i];
    assert_int_equal(dots > 0, result->dot_total > 0);
    assert_true(dots <= result->dot_total);
    snprintf(sql, sizeof sql,
             "select count(er) from c where platform = %d and basis = 1 and followers >= "
             "316.22776601683796 and followers < 3162277.6601683795",
             (int)result->dot_platform);
    same((double)result->dot_total, ask(ground, sql), sql);
}

static void finish(struct ground *ground)
{
    lens_ask(&ground->lens, &ground->all.sheet, &ground->shown, &ground->cautious);
    for (double last = 0; lens_step(&ground->lens, &ground->all.sheet);) {
        double now = lens_progress(&ground->lens);
        assert_true(now <= 1 && (now >= last || now == 0));
        last = now;
    }
    assert_true(ground->lens.made);
}

static void check(struct ground *ground)
{
    finish(ground);
    fill_table(ground);
    same((double)ground->lens.result.creators, ask(ground, "select count(*) from c"), "creators");
    same((double)ground->lens.result.without_tier,
         ask(ground, "select count(*) from c where tier < 0"), "without");
    for (int tier = 0; tier < TIER_MOST; tier++)
        check_tier(ground, tier);
    check_platforms(ground);
    check_claim(ground, CLAIM_ENGAGED, "er", figures_sql[LENS_ER_FOLLOWERS].where,
                figures_sql[LENS_ER_FOLLOWERS].of, true);
    check_claim(ground, CLAIM_ENGAGEMENT, "cpe", KNOWN, "", false);
    check_claim(ground, CLAIM_REACH, "cpr", KNOWN, "", false);
    check_claim(ground, CLAIM_CREDIBLE, "credibility", "", "", true);
    check_ads(ground);
    check_beside(ground);
    check_dots(ground);
}

/* ---- tests ---- */

static void says_what_sql_says(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        struct ground ground;
        ground_init(&ground, FEW, i % tier_preset_count);
        show(&ground, i == 0 ? 100 : 5 + (unsigned)random_below(&numbers, 90));
        check(&ground);
        ground_release(&ground);
    }
}

static void says_it_of_many(void **state)
{
    struct ground ground;

    (void)state;
    ground_init(&ground, MANY, 0);
    show(&ground, 100);
    check(&ground);
    show(&ground, 60);
    check(&ground);
    ground_release(&ground);
}

static double passed_by(struct middle *middle, const double *values, size_t count, int *passes)
{
    do {
        for (size_t i = 0; i < count; i++)
            middle_put(middle, values[i]);
        ++*passes;
    } while (!middle_end(middle));
    return middle->value;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Samples of the lowest, of the highest, of all, of one value: the median stays the median. */
static void a_median_is_exact_whatever_the_sample(void **state)
{
    static double values[5000], sorted[5000];

    (void)state;
    for (int round = 0; round < 200; round++) {
        size_t count = 1 + random_below(&numbers, 5000), from, most;
        struct middle middle = {0};
        int passes = 0;
        for (size_t i = 0; i < count; i++)
            values[i] = round % 3 ? random_normal(&numbers) : (double)random_below(&numbers, 4);
        memcpy(sorted, values, count * sizeof *values);
        qsort(sorted, count, sizeof *sorted, ascending);
        from = random_below(&numbers, count);
        most = count - from < 300 ? count - from : 300;
        middle_begin(&middle);
        for (size_t i = 0; i < most; i++) /* of neighbours in order: mostly misleading */
            middle_put(&middle, sorted[from + i]);
        middle_aim(&middle);
        double median = passed_by(&middle, values, count, &passes);
        assert_true(median == (sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
        assert_true(passes <= 3);
        middle_release(&middle);
    }
}

/* Sorted the wrong way, in a rhythm, all the same: a sample that misleads costs time, not truth. */
static void keeps_to_the_truth_where_a_sample_misleads(void **state)
{
    struct ground ground;
    char words[160];

    (void)state;
    ground_init(&ground, 1, 0);
    for (int i = 0; i < (int)MANY; i++) {
        double er = i % 4 ? 0.02 : 0.02 + i * 1e-6;
        snprintf(words, sizeof words,
                 "platform=instagram handle=h%d followers=%d er=%.9f er_basis=followers fee=%d", i,
                 i < (int)MANY / 2 ? 5000 : 200000 + i, er, i % 3 ? 10000 : 20000 + i);
        put(&ground.all.catalog, 1000000 + i, words);
    }
    join(&ground);
    show(&ground, 100);
    check(&ground);
    ground_release(&ground);
}

static void follows_edits(void **state)
{
    struct ground ground;

    (void)state;
    ground_init(&ground, FEW, 0);
    show(&ground, 90);
    check(&ground);
    for (int i = 0; i < 12; i++) {
        struct scenario *scenario = &ground.all.scenario;
        uint32_t row = (uint32_t)random_below(&numbers, ground.all.catalog.count);
        char words[160];
        snprintf(words, sizeof words, "fee=%d fee_origin=%s followers=%d",
                 (int)random_below(&numbers, 300000), i % 2 ? "quoted" : "estimated",
                 (int)random_below(&numbers, 2000000));
        if (i % 3 == 0)
            put(&ground.all.catalog, catalog_id(&ground.all.catalog, row), words);
        else if (i % 3 == 1)
            scenario->aov = 20 + 200 * random_unit(&numbers);
        else
            scenario->channels[0].cpm = 1 + 30 * random_unit(&numbers);
        scenario->revision++;
        bits_resize(&ground.shown, ground.all.catalog.count);
        for (size_t at = 0; at < ground.shown.count; at++)
            bits_put(&ground.shown, at, bits_get(&ground.shown, at) && ground.all.catalog.live[at]);
        join(&ground);
        lens_ask(&ground.lens, &ground.all.sheet, &ground.shown, &ground.cautious);
        assert_true(lens_busy(&ground.lens));
        assert_true(ground.lens.made); /* the old one stands meanwhile */
        check(&ground);
    }
    ground_release(&ground);
}

static void asked_again_it_keeps_what_it_has(void **state)
{
    struct ground ground;

    (void)state;
    ground_init(&ground, FEW, 0);
    show(&ground, 100);
    finish(&ground);
    ground.all.scenario.budget += 500; /* nothing of it rests on the budget */
    ground.all.scenario.revision++;
    join(&ground);
    lens_ask(&ground.lens, &ground.all.sheet, &ground.shown, &ground.cautious);
    assert_false(lens_busy(&ground.lens));
    show(&ground, 50);
    lens_ask(&ground.lens, &ground.all.sheet, &ground.shown, &ground.cautious);
    assert_true(lens_busy(&ground.lens));
    ground_release(&ground);
}

/* What moves while it is being made is in the result as a whole or not at all. */
static void begins_anew_where_data_move_meanwhile(void **state)
{
    struct ground ground;

    (void)state;
    ground_init(&ground, MANY, 0);
    show(&ground, 100);
    lens_ask(&ground.lens, &ground.all.sheet, &ground.shown, &ground.cautious);
    for (int i = 0; i < 18; i++)
        assert_true(lens_step(&ground.lens, &ground.all.sheet));
    ground.all.scenario.cvr *= 2;
    ground.all.scenario.revision++;
    join(&ground);
    ground.cautious = ground.all.scenario;
    check(&ground);
    ground_release(&ground);
}

static void write_one(struct ground *ground)
{
    struct record_sink sink = catalog_sink(&ground->all.catalog);
    struct record record;

    record_clear(&record);
    record.id = catalog_id(&ground->all.catalog, (uint32_t)random_below(&numbers, MANY));
    record_set_number(&record, COL_FOLLOWERS, 1000 + (double)random_below(&numbers, 900000));
    record_set_number(&record, COL_FEE, (double)random_below(&numbers, 5000));
    assert_true(sink.put(sink.self, &record, NULL));
}

static size_t steps_to_the_end(struct ground *ground, bool others_write)
{
    size_t steps = 0;

    lens_ask(&ground->lens, &ground->all.sheet, &ground->shown, &ground->cautious);
    do {
        if (others_write)
            write_one(ground);
        lens_ask(&ground->lens, &ground->all.sheet, &ground->shown, &ground->cautious);
        assert_true(++steps < 10000);
    } while (lens_step(&ground->lens, &ground->all.sheet));
    return steps;
}

/* Others write all the time: it ends all the same, and is of all of it once they pause. */
static void others_do_not_keep_it_from_its_end(void **state)
{
    struct ground ground;

    (void)state;
    ground_init(&ground, MANY, 0);
    show(&ground, 100);
    size_t alone = steps_to_the_end(&ground, false);
    write_one(&ground);
    assert_true(steps_to_the_end(&ground, true) <= 2 * alone + 8);
    assert_true(ground.lens.made);
    check(&ground);
    ground_release(&ground);
}

static void nobody_is_no_claim(void **state)
{
    struct ground ground;
    struct buf text = BUF_INIT;

    (void)state;
    ground_init(&ground, FEW, 0);
    show(&ground, 0);
    check(&ground);
    for (int id = 0; id < LENS_CLAIMS; id++)
        assert_int_equal(ground.lens.result.claims[id].verdict, VERDICT_UNSAID);
    lens_say_but(&ground.lens.result, CLAIM_ENGAGED, number_style_english, &text);
    assert_string_equal(buf_string(&text), "too few: known for 0 and 0, 5 a side are needed");
    buf_release(&text);
    ground_release(&ground);
}

/* Known answers, worked by hand: five a side, the rates of whom are 1 to 5 % and 2 to 6 % … */
static void small_case_in_words(void **state)
{
    struct ground ground;
    struct buf text = BUF_INIT;
    char words[200];

    (void)state;
    ground_init(&ground, 1, 0);
    for (int i = 0; i < 10; i++) {
        snprintf(words, sizeof words,
                 "platform=instagram handle=h%d followers=%d er=0.0%d er_basis=followers "
                 "credibility=%s fee=%d fee_origin=quoted currency=EUR",
                 i, i < 5 ? 10000 : 200000, i < 5 ? 3 + i : 1 + i % 5, i < 4 ? "0.9" : "-",
                 i < 5 ? 10000 : 400000);
        put(&ground.all.catalog, 100 + i, words);
    }
    join(&ground);
    show(&ground, 100);
    bits_put(&ground.shown, 0, false);
    check(&ground);
    const struct lens_result *result = &ground.lens.result;
    assert_int_equal(result->claims[CLAIM_ENGAGED].verdict, VERDICT_HOLDS);
    lens_say_figures(result, CLAIM_ENGAGED, number_style_english, &text);
    assert_string_equal(buf_string(&text), "micro 5.00%, macro 3.00%");
    buf_clear(&text);
    lens_say_rests(result, CLAIM_ENGAGED, number_style_english, &text);
    assert_string_equal(buf_string(&text), "of followers, 5 and 5");
    buf_clear(&text);
    assert_int_equal(result->claims[CLAIM_CREDIBLE].verdict, VERDICT_UNSAID);
    assert_int_equal(result->claims[CLAIM_CREDIBLE].reason, REASON_FEW);
    lens_say_scope(result, "shown", number_style_english, &text);
    assert_string_equal(buf_string(&text),
                        "Medians of 10 shown. Fees: 10 known, 0 estimates out. few: under 5.");
    buf_clear(&text);
    lens_say_value(UNIT_SHARE, &result->tiers[1].figures[LENS_CREDIBILITY], number_style_english,
                   &text);
    assert_string_equal(buf_string(&text), "few");
    buf_clear(&text);
    lens_say_band(&result->preset, 1, &text);
    buf_add_string(&text, ", ");
    lens_say_band(&result->preset, 0, &text);
    buf_add_string(&text, ", ");
    lens_say_band(&result->preset, 3, &text);
    assert_string_equal(buf_string(&text), "1k-100k, under 1k, 1M up");
    buf_release(&text);
    ground_release(&ground);
}

int main(void)
{
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_sql_says),
        cmocka_unit_test(says_it_of_many),
        cmocka_unit_test(a_median_is_exact_whatever_the_sample),
        cmocka_unit_test(keeps_to_the_truth_where_a_sample_misleads),
        cmocka_unit_test(follows_edits),
        cmocka_unit_test(asked_again_it_keeps_what_it_has),
        cmocka_unit_test(begins_anew_where_data_move_meanwhile),
        cmocka_unit_test(others_do_not_keep_it_from_its_end),
        cmocka_unit_test(nobody_is_no_claim),
        cmocka_unit_test(small_case_in_words),
    };

    printf("lens: TEST_SEED=%llu\n", (unsigned long long)seed);
    random_init(&numbers, seed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
