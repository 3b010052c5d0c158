#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "domain/currency.h"
#include "exchange/yaml.h"
#include "imported.h"

/* What the plan makes of a list before anything is read. */

static void one_header(const char *header, enum import_use use, enum column column)
{
    struct imported it;
    struct buf file = BUF_INIT;
    struct import_options options;
    import_options_init(&options);
    options.platform = PLATFORM_OTHER;
    buf_addf(&file, "%s,username\n,ann\n", header);
    import_bytes(&it, "list.csv", buf_text(&file), &options);
    if (!it.planned)
        fail_msg("%s: %s", header, it.err.message);
    const struct import_column *found = planned(&it, header);
    if (found->use != use || (use == USE_COLUMN && found->column != column))
        fail_msg("'%s' is taken for use %d, column %s", header, found->use,
                 columns[found->column].key);
    imported_release(&it);
    buf_release(&file);
}

static void headers_as_lists_write_them(void **state)
{
    (void)state;
    static const struct {
        enum import_use use;
        enum column column;
        const char *headers[20];
    } rows[] = {
        {USE_COLUMN,
         COL_FOLLOWERS,
         {"followers", "Followers Numbers", "Follower Count", "followerCount", "followers_int",
          "follower_count", "num_followers", "#Followers", "subscribers", "Subscribers count",
          "subs", "Audience", "FOLLOWERS"}},
        {USE_COLUMN,
         COL_LIKES,
         {"avg_likes", "likesAvg", "Likes avg.", "Avg. Likes", "average likes", "Likes per post"}},
        {USE_COLUMN, COL_COMMENTS, {"Avg.Comment", "avg_comments", "Comments (avg)"}},
        {USE_COLUMN, COL_VIEWS, {"Views avg.", "avg views", "Average plays", "views_per_video"}},
        {USE_COLUMN, COL_SHARES, {"Shares avg", "avg_reposts"}},
        {USE_COLUMN, COL_SAVES, {"avg saves"}},
        {USE_COLUMN, COL_ER, {"Eng. Rate", "60_day_eng_rate", "engagement rate", "ER", "ER %"}},
        {USE_COLUMN, COL_NAME, {"Name", "display_name", "Full Name", "nickname"}},
        {USE_COLUMN, COL_COUNTRY, {"Country", "country_code", "Location"}},
        {USE_COLUMN, COL_NICHE, {"niche", "Category", "Category_1", "topics", "Genre"}},
        {USE_COLUMN, COL_POSTS, {"posts", "Media count", "video_count", "videoCount"}},
        {USE_COLUMN, COL_FOLLOWING, {"following", "Following count"}},
        {USE_COLUMN,
         COL_FEE,
         {"Price", "fee", "Price (EUR)", "Price per post", "Fee per post ($)"}},
        {USE_COLUMN, COL_CREDIBILITY, {"Audience credibility", "credibility"}},
        {USE_COLUMN, COL_EMAIL, {"E-Mail", "email address"}},
        {USE_COLUMN, COL_BIO, {"Bio", "biography", "description"}},
        {USE_COLUMN, COL_LANGUAGE, {"Language", "lang"}},
        {USE_COLUMN, COL_REACH_POST, {"reach_post", "avg reach"}},
        {USE_COLUMN, COL_AUDIENCE_AT, {"audience_at"}},
        {USE_DATE, 0, {"collected_at", "stats_fetched_at", "Last updated", "snapshot date"}},
        {USE_LINK, 0, {"profile_url", "URL", "Link"}},
        {USE_TIER_LABEL, 0, {"influencer_type", "tier"}},
        {USE_IGNORED,
         0,
         {"view_count", "likes_count", "total views", "heartCount", "Rank", "#", "roi", "hashtags",
          "whatever", "audience country", "website"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; k < 20 && rows[i].headers[k] != NULL; k++) {
            const char *header = rows[i].headers[k];
            one_header(header, rows[i].use, rows[i].column);
        }
}

static void handles_go_by_many_names(void **state)
{
    (void)state;
    static const char *const headers[] = {
        "handle",      "username",      "uniqueId",        "channel_info",
        "Channel",     "Nick",          "instagram name",  "Influencer insta name",
        "Tiktok name", "youtuber name", "Youtube Channel", "User name",
        "Name",        "screen_name",   "@handle"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct imported it;
        struct buf file = BUF_INIT;
        struct import_options options;
        import_options_init(&options);
        buf_addf(&file, "%s,followers\n@ann,12\n", headers[i]);
        options.platform = strstr(headers[i], "outub") != NULL   ? PLATFORM_YOUTUBE
                           : strstr(headers[i], "insta") != NULL ? PLATFORM_INSTAGRAM
                                                                 : PLATFORM_TIKTOK;
        import_bytes(&it, "list.csv", buf_text(&file), &options);
        if (!it.ran || strstr(buf_string(&it.records), "/ann followers=12") == NULL)
            fail_msg("'%s': %s %s", headers[i], it.err.message, buf_string(&it.records));
        imported_release(&it);
        buf_release(&file);
    }
}

static void import_of(const char *name, const char *bytes, const char *records)
{
    struct imported it;
    import_string(&it, name, bytes);
    assert_records(&it, records);
    imported_release(&it);
}

static void a_name_is_the_handle_only_where_nothing_else_is(void **state)
{
    (void)state;
    import_of("tiktok.csv", "Name,Username,followers\nAnn A,ann,1\n",
              "tiktok/ann name=Ann A followers=1\n");
    import_of("tiktok.csv", "Channel,Username,followers\nAnn A,ann,1\n",
              "tiktok/ann name=Ann A followers=1\n");
    import_of("tiktok.csv", "Name,followers\nann,1\n", "tiktok/ann followers=1\n");
    import_of("list.csv", "Name,Link,followers\nAnn A,https://tiktok.com/@ann?x=1,1\n",
              "tiktok/ann name=Ann A url=https://tiktok.com/@ann?x=1 followers=1\n");
}

static void the_platform_comes_from_many_places(void **state)
{
    (void)state;
    import_of("list.csv", "handle,Network\nann,Instagram\nbob,YT\ncid,twitter\n",
              "instagram/ann\nyoutube/bob\nx/cid\n");
    import_of("folder/ig_list.csv", "handle\nann\n", "instagram/ann\n");
    import_of("tiktok/youtubers-2026.csv", "handle\nann\n", "youtube/ann\n");
    import_of("list.csv", "handle,url\nann,https://www.twitch.tv/ann\n",
              "twitch/ann url=https://www.twitch.tv/ann\n");
    import_of("list.csv", "Tiktok name,followers\nann,1\n", "tiktok/ann followers=1\n");
    import_of("list.csv", "channel_id,subscribers\nUCaaaaaaaaaaaaaaaaaaaaa1,1\n",
              "youtube/UCaaaaaaaaaaaaaaaaaaaaa1 followers=1\n");
    import_of("tt.csv", "handle,url\nann,https://www.twitch.tv/ann\nbob,https://x.com/bob\n",
              "twitch/ann url=https://www.twitch.tv/ann\nx/bob url=https://x.com/bob\n");
    struct imported it;
    import_string(&it, "list.csv", "handle,followers\nann,1\n");
    assert_refused(&it, "cannot tell the platform of 'list.csv': give --platform");
    imported_release(&it);
}

static void rows_of_no_platform_of_ours_are_rejected(void **state)
{
    (void)state;
    struct imported it;
    struct import_options options;
    import_options_init(&options);
    options.platform = PLATFORM_TIKTOK;
    import_bytes(&it, "list.csv", TEXT("handle,platform\nann,tiktok\nbob,peertube\ncid,\n"),
                 &options);
    assert_records(&it, "tiktok/ann\ntiktok/cid\n");
    assert_problems(&it, "rejected 3 platform 'peertube' not a platform we know\n");
    imported_release(&it);
    import_string(&it, "list.csv", "handle,platform\nann,tiktok\ncid,\n");
    assert_records(&it, "tiktok/ann\n");
    assert_problems(&it, "rejected 3 platform '' no platform: give --platform\n");
    imported_release(&it);
}

static void the_platforms_own_word_wins(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "youtube.csv",
                  "handle,followers,subscriber_count\nann,9000,1200\nbob,50,3400\n");
    assert_records(&it, "youtube/ann followers=1200\nyoutube/bob followers=3400\n");
    assert_int_equal(planned(&it, "followers")->use, USE_IGNORED);
    assert_int_equal(it.plan.note_count, 1);
    assert_true(text_is(it.plan.notes[0],
                        "'subscriber_count' is taken for followers and 'followers' is not: "
                        "'subscriber_count' is youtube's own word, so this counts something else"));
    imported_release(&it);
    import_of("instagram.csv", "handle,subscribers,followers\nann,9000,1200\n",
              "instagram/ann followers=1200\n");
}

static void of_twins_the_exact_one_is_taken(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "tiktok.csv", "handle,followers,followers\nann,13.8M,13800123\n");
    assert_records(&it, "tiktok/ann followers=13800123\n");
    assert_int_equal(it.plan.columns[1].use, USE_IGNORED);
    assert_true(text_starts(it.plan.columns[1].why, "says the same as"));
    imported_release(&it);
}

static void columns_about_other_networks_are_left_out(void **state)
{
    (void)state;
    import_of("list.csv", "Instagram name,Instagram followers,Tiktok followers\nann,12,99\n",
              "instagram/ann followers=12\n");
}

static void rates_by_the_range_of_their_column(void **state)
{
    (void)state;
    static const char wanted[] = "instagram/a followers=1 er=0.0139 er_basis=followers\n"
                                 "instagram/b followers=1 er=0.0431 er_basis=followers\n"
                                 "instagram/c followers=1 er=0.025 er_basis=followers\n";
    import_of("instagram.csv", "handle,followers,er\na,1,1.39%\nb,1,4.31%\nc,1,2.5 %\n", wanted);
    import_of("instagram.csv", "handle,followers,er\na,1,1.39\nb,1,4.31\nc,1,2.5\n", wanted);
    import_of("instagram.csv", "handle,followers,er\na,1,0.0139\nb,1,0.0431\nc,1,0.025\n", wanted);
    import_of("instagram.csv", "handle,followers,ER %\na,1,0.2\nb,1,0.1\n",
              "instagram/a followers=1 er=0.002 er_basis=followers\n"
              "instagram/b followers=1 er=0.001 er_basis=followers\n");
    import_of("instagram.csv", "handle,credibility\na,84\nb,1\n",
              "instagram/a credibility=0.84\ninstagram/b credibility=0.01\n");
    import_of("instagram.csv", "handle,credibility\na,0.84\nb,1\n",
              "instagram/a credibility=0.84\ninstagram/b credibility=1\n");
}

static void mixed_units_are_told(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "instagram.csv",
                  "handle,engagement rate\na,1.39%\nb,0.0431\nc,2.5%\nd,0.02\ne,1.2\n");
    assert_records(&it, "instagram/a er=0.0139 er_basis=followers\n"
                        "instagram/b er=0.0431 er_basis=followers\n"
                        "instagram/c er=0.025 er_basis=followers\n"
                        "instagram/d er=0.02 er_basis=followers\n"
                        "instagram/e er=1.2 er_basis=followers\n");
    assert_int_equal(it.plan.note_count, 1);
    assert_true(text_is(it.plan.notes[0], "'engagement rate' mixes units: 2 with a % sign, 3 "
                                          "without, read as fractions"));
    assert_problems(&it, "warning 6 engagement rate '1.2' a rate above 100 %\n");
    imported_release(&it);
}

static void the_basis_of_a_rate_is_kept(void **state)
{
    (void)state;
    import_of("tiktok.csv", "handle,er\na,5%\n", "tiktok/a er=0.05 er_basis=views\n");
    import_of("tiktok.csv", "handle,er_followers\na,5%\n", "tiktok/a er=0.05 er_basis=followers\n");
    import_of("instagram.csv", "handle,Engagement rate (by reach)\na,5%\n",
              "instagram/a er=0.05 er_basis=reach\n");
    import_of("instagram.csv", "handle,er,er_basis\na,5%,reach\nb,5%,\n",
              "instagram/a er=0.05 er_basis=reach\ninstagram/b er=0.05 er_basis=followers\n");
}

static void engagements_per_post_become_a_rate(void **state)
{
    (void)state;
    import_of("instagram.csv", "handle,followers,Eng. (Avg.)\na,10000,431\nb,2M,50K\nc,,7\n",
              "instagram/a followers=10000 er=0.0431 er_basis=followers\n"
              "instagram/b followers=2000000 er=0.025 er_basis=followers\n"
              "instagram/c followers=?\n");
    import_of("instagram.csv", "handle,followers,engagement\na,10000,4.31%\n",
              "instagram/a followers=10000 er=0.0431 er_basis=followers\n");
}

static void totals_of_a_life_are_no_figures_of_a_post(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "tiktok.csv",
                  "handle,followers,likes,views\na,1000,90000,700\nb,10,900,7\n");
    assert_records(&it, "tiktok/a followers=1000 views=700\ntiktok/b followers=10 views=7\n");
    assert_true(text_is(it.plan.notes[0],
                        "'likes' looks like a lifetime total, not a figure per post: ignored"));
    imported_release(&it);
    import_of("instagram.csv", "handle,followers,likes,view_count\na,1000,30,9\n",
              "instagram/a followers=1000 likes=30\n");
}

static void the_date_of_a_list(void **state)
{
    (void)state;
    struct imported it;
    struct import_options options;
    import_options_init(&options);
    import_of("tiktok_2026-05-03.csv", "handle,followers\na,1\n",
              "tiktok/a followers=1 audience_at=2026-05-03\n");
    import_of("tiktok20260503.csv", "handle,followers\na,1\n",
              "tiktok/a followers=1 audience_at=2026-05-03\n");
    assert_true(date_parse(TEXT("2026-04-01"), &options.date));
    import_bytes(&it, "tiktok_2026-05-03.csv", TEXT("handle,followers\na,1\n"), &options);
    assert_records(&it, "tiktok/a followers=1 audience_at=2026-04-01\n");
    imported_release(&it);
}

static void our_own_exports_are_known(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "x.csv",
                  "platform,handle,followers,er,roi,tier,url\n"
                  "instagram,ann,12,0.5,1.2,micro,https://instagram.com/ann\n");
    assert_true(it.plan.ours);
    assert_records(&it, "instagram/ann url=https://instagram.com/ann followers=12 er=0.5"
                        " er_basis=followers\n");
    assert_true(text_is(planned(&it, "roi")->why, "computed here"));
    imported_release(&it);
}

/* Listed with columns of one's choice, figures of ours are no results of a campaign. */
static void our_own_lists_are_creators(void **state)
{
    (void)state;
    struct imported it;
    import_of("tiktok.csv", "handle,roi,clicks,orders,revenue,cpm\nann,1.2,30,1,80,9\n",
              "tiktok/ann\n");
    import_of("tiktok.csv",
              "platform,handle,followers,clicks,orders,revenue,Who asked\n"
              "tiktok,ann,12,30,1,80,Bo\n",
              "tiktok/ann followers=12\n");
    import_string(&it, "tiktok.csv", "handle,campaign,clicks,conversions\nann,spring,30,1\n");
    assert_refused(&it, "looks like campaign results");
    imported_release(&it);
}

static void with_map(struct imported *it, const char *yaml, const char *bytes)
{
    struct doc map;
    struct import_options options;
    import_options_init(&options);
    options.map = &map;
    assert_true(yaml_read(text_of(yaml), &map, NULL));
    import_bytes(it, "list.csv", text_of(bytes), &options);
    doc_release(&map);
}

static void a_mapping_file_beats_every_guess(void **state)
{
    (void)state;
    struct imported it;
    with_map(&it,
             "platform: tiktok\ndate: 2026-04-01\nseparator: ;\nheader: 2\nnumbers: german\n"
             "currency: CHF\nencoding: windows-1252\n"
             "columns:\n  Wer: handle\n  Fans: followers\n  Quote: er percent\n  Name: ignore\n"
             "  Preis: fee\n",
             "a;b;c;d;e\nWer;Fans;Quote;Name;Preis\nann;1.234;0,25;Z\xEB;1.500,50\n");
    assert_records(&it, "tiktok/ann followers=1234 er=0.0025 er_basis=views fee=150050"
                        " fee_origin=imported currency=CHF audience_at=2026-04-01"
                        " engagement_at=2026-04-01 fee_at=2026-04-01\n");
    assert_true(text_is(planned(&it, "Wer")->why, "your map says so"));
    imported_release(&it);
}

static void a_mapping_file_with_mistakes_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *words;
        size_t line, column;
    } maps[] = {
        {"columns:\n  Wer: handel\n",
         "'handel' is no column that can be imported, did you mean "
         "'handle'?",
         2, 8},
        {"columns:\n  handle: roi\n", "'roi' is no column that can be imported", 2, 11},
        {"columns:\n  Nobody: handle\n", "the list has no column 'Nobody'", 2, 3},
        {"platfrom: tiktok\n", "'platfrom' is no key of a mapping file, did you mean 'platform'?",
         1, 1},
        {"platform: orkut\n", "'orkut' is no platform", 1, 11},
        {"date: soon\n", "'soon' is no date", 1, 7},
        {"header: 0\n", "'0' is no line number", 1, 9},
        {"[a, b]\n", "a map was expected", 1, 1},
        {"columns: [a]\n", "'columns' has to be a map", 1, 10},
    };
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        struct imported it;
        with_map(&it, maps[i].yaml, "handle,x\nann,1\n");
        assert_refused(&it, maps[i].words);
        assert_int_equal(it.err.line, maps[i].line);
        assert_int_equal(it.err.column, maps[i].column);
        imported_release(&it);
    }
}

static void the_plan_can_be_read(void **state)
{
    (void)state;
    struct imported it;
    struct buf out = BUF_INIT;
    import_string(&it, "tt_\x1B[2J.csv",
                  ",,\nRank,Username,Follower Count,Eng. Rate\n1,@ann,10.4M,1.39\n");
    import_plan_print(&it.plan, &out);
    assert_string_equal(
        buf_string(&out),
        "file      tt_\uFFFD[2J.csv\n"
        "format    csv, separator ',', header on line 2\n"
        "encoding  UTF-8 (valid)\n"
        "platform  tiktok ? ('tt' in the file's name)\n"
        "date      unknown\n"
        "columns\n"
        "  Username                  -> handle  e.g. @ann (header)\n"
        "  Follower Count            -> followers  e.g. 10.4M (header)\n"
        "  Eng. Rate                 -> er, percent  e.g. 1.39 (header; percent "
        "by its values)\n"
        "left out\n"
        "  Rank (a number of the row)\n"
        "notes\n"
        "  the header is on line 2; what stands above is left out\n"
        "1 of these is a guess, marked ?: check it; a mapping file says otherwise, see "
        "import --help\n");
    imported_release(&it);
    buf_release(&out);
}

static bool cancel(void *self, uint64_t bytes, uint64_t total, uint64_t rows)
{
    (void)self;
    assert_true(bytes > 0 && bytes <= total);
    return rows < 5000;
}

static bool nothing(void *self, struct err *err)
{
    (void)self, (void)err;
    return true;
}

static bool count(void *self, const struct record *record, struct err *err)
{
    (void)record;
    return ++*(int *)self < 100000 || err_set(err, "full");
}

static bool ended(void *self, bool ok, struct err *err)
{
    (void)err;
    *(int *)self = ok ? 1 : -1;
    return true;
}

static void a_run_can_be_cancelled_and_is_undone(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct source source;
    struct import_plan plan;
    struct import_options options;
    struct import_report report;
    struct err err;
    int records = 0;
    struct record_sink sink = {&records, nothing, count, NULL, ended};
    struct import_listener listener = {NULL, NULL, cancel};
    buf_add_string(&file, "handle,followers\n");
    for (int i = 0; i < 20000; i++)
        buf_addf(&file, "c%d,%d\n", i, i);
    import_options_init(&options);
    source_of(&source, "tiktok.csv", buf_text(&file));
    assert_true(import_plan_make(&source, &options, &plan, &err));
    assert_false(import_run(&plan, &source, &sink, &listener, &report, &err));
    assert_string_equal(err.message, "cancelled");
    assert_int_equal(records, -1);
    assert_true(report.rows >= 5000 && report.rows < 7000);
    import_plan_release(&plan);
    source_release(&source);
    buf_release(&file);
}

static void files_that_cannot_be_read_say_why(void **state)
{
    (void)state;
    struct source source;
    struct err err;
    assert_false(source_open(&source, FIXTURES "/nowhere.csv", &err));
    assert_non_null(strstr(err.message, "nowhere.csv': No such file"));
    assert_false(source_open(&source, FIXTURES, &err));
    assert_non_null(strstr(err.message, "it is a folder"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_as_lists_write_them),
        cmocka_unit_test(handles_go_by_many_names),
        cmocka_unit_test(a_name_is_the_handle_only_where_nothing_else_is),
        cmocka_unit_test(the_platform_comes_from_many_places),
        cmocka_unit_test(rows_of_no_platform_of_ours_are_rejected),
        cmocka_unit_test(the_platforms_own_word_wins),
        cmocka_unit_test(of_twins_the_exact_one_is_taken),
        cmocka_unit_test(columns_about_other_networks_are_left_out),
        cmocka_unit_test(rates_by_the_range_of_their_column),
        cmocka_unit_test(mixed_units_are_told),
        cmocka_unit_test(the_basis_of_a_rate_is_kept),
        cmocka_unit_test(engagements_per_post_become_a_rate),
        cmocka_unit_test(totals_of_a_life_are_no_figures_of_a_post),
        cmocka_unit_test(the_date_of_a_list),
        cmocka_unit_test(our_own_exports_are_known),
        cmocka_unit_test(our_own_lists_are_creators),
        cmocka_unit_test(a_mapping_file_beats_every_guess),
        cmocka_unit_test(a_mapping_file_with_mistakes_is_refused),
        cmocka_unit_test(the_plan_can_be_read),
        cmocka_unit_test(a_run_can_be_cancelled_and_is_undone),
        cmocka_unit_test(files_that_cannot_be_read_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
