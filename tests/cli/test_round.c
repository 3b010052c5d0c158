#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/random.h"
#include "base/vec.h"
#include "program.h"

/* Out as a file and into an empty store: the same facts by SQL; as JSON the same past too. */

#define FACTS                                                                                      \
    "platform,handle,name,person,country,language,email,url,bio,niche,tag,followers,following,"    \
    "posts,credibility,audience_market,likes,comments,shares,saves,views,reach_post,sample,"       \
    "\"window\",er,er_basis,last_post_at,posts_30d,sponsored_share,fee,fee_origin,currency,"       \
    "fee_by_format,audience_at,engagement_at,fee_at"
#define PAST                                                                                       \
    "platform,handle,at,snapshot.followers,snapshot.following,snapshot.posts,snapshot.likes,"      \
    "snapshot.comments,snapshot.shares,snapshot.saves,snapshot.views,snapshot.er,snapshot.fee,"    \
    "snapshot.er_basis,snapshot.currency,snapshot.credibility,snapshot.audience_market,"           \
    "snapshot.reach_post"

/* One creator a line, every value in quotes, so that nothing and an empty text differ. */
static char *facts_of(const char *store)
{
    char query[4096] = "SELECT ", words[] = FACTS;
    for (char *word = strtok(words, ","); word; word = strtok(NULL, ","))
        snprintf(query + strlen(query), sizeof query - strlen(query), "quote(%s)||'|'||", word);
    strcat(query, "'' FROM creator ORDER BY platform,handle");
    return sql_text(store, query);
}

static char *past_of(const char *store)
{
    return sql_text(store, "SELECT " PAST " FROM snapshot JOIN creator ON id=creator"
                           " ORDER BY platform,handle,at");
}

static void assert_lines(const char *expected, const char *got, const char *format)
{
    size_t line = 1, at = 0, start = 0;
    for (; expected[at] && expected[at] == got[at]; at++)
        if (expected[at] == '\n') {
            line++;
            start = at + 1;
        }
    if (expected[at] || got[at])
        fail_msg("%s, line %zu:\n%.*s\nnot\n%.*s", format, line, (int)strcspn(got + start, "\n"),
                 got + start, (int)strcspn(expected + start, "\n"), expected + start);
}

static void round_trip(const char *store, const char *format, bool past)
{
    char name[64];
    snprintf(name, sizeof name, "trip.%s", format);
    run_expect(0, NULL, "export", at_home(name), "--force", "--store", at_home(store), NULL);
    remove(at_home("other.db"));
    run_expect(0, NULL, "import", at_home(name), "--store", at_home("other.db"), NULL);
    char *before = facts_of(at_home(store)), *after = facts_of(at_home("other.db"));
    assert_true(strlen(before) > 1000);
    assert_lines(before, after, format);
    free(before);
    free(after);
    if (!past)
        return;
    before = past_of(at_home(store));
    after = past_of(at_home("other.db"));
    assert_true(strlen(before) > 1000);
    assert_lines(before, after, format);
    free(before);
    free(after);
}

static void everywhere(const char *store)
{
    round_trip(store, "csv", false);
    round_trip(store, "tsv", false);
    round_trip(store, "json", true);
    round_trip(store, "jsonl", true);
}

static void the_sample_comes_back(void **state)
{
    (void)state;
    run_expect(0, NULL, "import", SAMPLE, "--store", at_home("sample.db"), NULL);
    everywhere("sample.db");
    /* What passes a filter has its past with it too. */
    struct ran ran = run(NULL, "export", "-", "has:handle", "--format=jsonl", "--store",
                         at_home("sample.db"), NULL);
    char *all = read_file(at_home("trip.jsonl"), NULL);
    assert_string_equal(ran.out, all);
    free(all);
    ran_release(&ran);
}

/* ---- Random creators ---- */

static struct random dice;

static const char *one_of(const char *const *words, size_t count)
{
    return words[random_below(&dice, count)];
}

/* As JSON has them: what a spreadsheet runs, what separators and quotes are, what reads like a number,
 * a date, a word or nothing, and every script. */
static const char *const texts[] = {
    "=1+1",
    "+49 30",
    "-5",
    "@home",
    "'quoted'",
    "''",
    "'1a",
    "'-",
    "\\ta",
    "a,b",
    "a;b\\tc",
    "\\\"q\\\", \\\"\\\"",
    "two\\nlines\\r\\nthree",
    "0123",
    "1.500",
    "1,5",
    "12%",
    "1e5",
    "2026-11-01",
    "true",
    "NaNa",
    "nullable",
    "x|y",
    "\\\\",
    "{\\\"a\\\": 1}",
    "[1]",
    "=cmd|' /C calc'!A0",
    "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
    "\xe2\x80\xae"
    "evil",
    "e\xcc\x81",
    "\xe7\xbe\x8e\xe5\xae\xb9",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
    "Stra\xc3\x9f"
    "e",
    "\xe0\xb8\xaa\xe0\xb8\xa7\xe0\xb8\xa2",
    "\xef\xbf\xbd",
    "\xc2\xa0nbsp\xc2\xa0",
    "<b>&amp;",
    "a  b",
    "#hash",
    "//",
    "?why",
    "OK",
};

static void add_text(struct buf *out, const char *key)
{
    uint64_t kind = random_below(&dice, 8);
    if (kind < 3)
        return;
    buf_addf(out, ",\"%s\":\"%s", key, one_of(texts, COUNT_OF(texts)));
    if (kind == 3)
        buf_add_string(out, one_of(texts, COUNT_OF(texts)));
    if (kind == 4)
        for (uint64_t i = random_below(&dice, 3000); i > 0; i--)
            buf_add_string(out, "lang ");
    buf_addf(out, "%s\"", kind == 4 ? "." : "");
}

static void add_number(struct buf *out, const char *key, const char *const *extremes, size_t count)
{
    switch (random_below(&dice, 4)) {
    case 0:
        return;
    case 1:
        buf_addf(out, ",\"%s\":%s", key, one_of(extremes, count));
        return;
    default:
        buf_addf(out, ",\"%s\":%" PRIu64, key, random_below(&dice, 5000000));
    }
}

static void add_share(struct buf *out, const char *key)
{
    static const char *const shares[] = {"0", "1", "0.5", "0.0431", "1e-9", "0.30000000000000004"};
    uint64_t kind = random_below(&dice, 3);
    if (kind == 1)
        buf_addf(out, ",\"%s\":%s", key, one_of(shares, COUNT_OF(shares)));
    if (kind == 2)
        buf_addf(out, ",\"%s\":%.17g", key, random_unit(&dice));
}

static void add_facts(struct buf *out)
{
    static const char *const counts[] = {
        "0", "1", "999", "1000", "4294967295", "4294967296", "9007199254740991"};
    static const char *const averages[] = {"0",      "0.1",   "12.25",
                                           "1e-300", "1e300", "33.333333333333336"};
    static const char *const whole[] = {"followers", "following", "posts",
                                        "sample",    "window",    "posts_30d"};
    static const char *const each[] = {"likes", "comments", "shares",
                                       "saves", "views",    "reach_post"};
    for (size_t i = 0; i < COUNT_OF(whole); i++)
        add_number(out, whole[i], counts, i < 3 ? COUNT_OF(counts) : 4);
    for (size_t i = 0; i < COUNT_OF(each); i++)
        add_number(out, each[i], averages, COUNT_OF(averages));
    add_share(out, "credibility");
    add_share(out, "audience_market");
    add_share(out, "sponsored_share");
}

static void add_rest(struct buf *out)
{
    static const char *const fees[] = {",\"fee\":0,\"currency\":\"EUR\"",
                                       ",\"fee\":0.01,\"currency\":\"USD\"",
                                       ",\"fee\":1234567890.12,\"currency\":\"EUR\"",
                                       ",\"fee\":1200,\"currency\":\"JPY\"",
                                       ",\"fee\":1.234,\"currency\":\"KWD\"",
                                       ",\"fee\":99.5",
                                       ""};
    static const char *const rates[] = {",\"er\":0.0431,\"er_basis\":\"followers\"",
                                        ",\"er\":0,\"er_basis\":\"views\"",
                                        ",\"er\":1.25,\"er_basis\":\"reach\"", ""};
    static const char *const countries[] = {",\"country\":\"NA\"", ",\"country\":\"DE\"",
                                            ",\"country\":\"NO\"", ""};
    static const char *const cards[] = {",\"fee_by_format\":\"story=90|reel=350.5\"", ""};
    static const char *const sets[] = {",\"niche\":[\"-x\",\"a b\",\"=y\"]", ",\"tag\":[\"'q\"]",
                                       ",\"niche\":[\"\xe7\xbe\x8e\"],\"tag\":[\"z\",\"@w\"]", ""};
    buf_add_string(out, one_of(fees, COUNT_OF(fees)));
    buf_add_string(out, one_of(rates, COUNT_OF(rates)));
    buf_add_string(out, one_of(countries, COUNT_OF(countries)));
    buf_add_string(out, one_of(cards, COUNT_OF(cards)));
    buf_add_string(out, one_of(sets, COUNT_OF(sets)));
}

static void add_past(struct buf *out)
{
    if (random_below(&dice, 3) == 0)
        return;
    buf_add_string(out, ",\"snapshots\":{\"at\":[\"2026-03-01\",\"2026-04-01T10:11:12Z\"],"
                        "\"followers\":[1000,null],\"likes\":[12.5,1e300],\"views\":[null,0]}");
}

static void write_creators(const char *path, size_t count)
{
    static const char *const platforms_used[] = {"instagram", "tiktok",   "youtube",  "x",
                                                 "twitch",    "facebook", "linkedin", "pinterest"};
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_addf(&out, "{\"platform\":\"%s\",\"handle\":\"%s%zu\"",
                 one_of(platforms_used, COUNT_OF(platforms_used)), i % 7 ? "who." : "W_", i);
        add_text(&out, "name");
        add_text(&out, "person");
        add_text(&out, "bio");
        add_facts(&out);
        add_rest(&out);
        add_past(&out);
        buf_add_string(&out, ",\"audience_at\":\"2026-10-01\",\"engagement_at\":"
                             "\"2026-10-02T03:04:05Z\",\"fee_at\":\"2026-09-01\"}\n");
    }
    write_file(path, buf_string(&out));
    buf_release(&out);
}

static void random_creators_come_back(void **state)
{
    (void)state;
    const char *given = getenv("SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    random_init(&dice, seed);
    print_message("SEED=%" PRIu64 "\n", seed);
    write_creators(at_home("random.jsonl"), 600);
    struct ran ran =
        run(NULL, "import", at_home("random.jsonl"), "--store", at_home("random.db"), NULL);
    if (ran.status != 0)
        fail_msg("status %d: %.2000s", ran.status, ran.err);
    ran_release(&ran);
    everywhere("random.db");
}

/* A code that reads like nothing, and words of other programs that do. */
static void what_reads_like_nothing_is_kept(void **state)
{
    (void)state;
    const char *store = at_home("odd.db");
    run_expect(0, "platform,handle,country,name\nx,anna,Namibia,Anna\nx,bert,DE,Bert\n", "import",
               "-", "--date", "2026-10-01", "--store", store, NULL);
    sql_run(store, "UPDATE creator SET name='n/a', person='-', bio='null' WHERE handle='anna'");
    run_expect(0, NULL, "export", at_home("odd.csv"), "--store", store, NULL);
    run_expect(0, NULL, "import", at_home("odd.csv"), "--store", at_home("odd2.db"), NULL);
    char *all = sql_text(at_home("odd2.db"),
                         "SELECT country,name,person,bio FROM creator WHERE handle='anna'");
    assert_string_equal(all, "NA|n/a|-|null\n");
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_comes_back),
        cmocka_unit_test(random_creators_come_back),
        cmocka_unit_test(what_reads_like_nothing_is_kept),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
