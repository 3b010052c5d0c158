#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "imported.h"

/* Whole lists with the oddities of published ones. All creators in them are invented. */

static void a_spreadsheet_of_tiktok_accounts(void **state)
{
    (void)state;
    struct imported it;
    import_fixture(&it, "tt_north.csv", NULL);
    assert_records(&it, "tiktok/zoe.brandt name=Zo\u00EB Brandt followers=10400000\n"
                        "tiktok/cafe_love name=Caf\u00E9 L\u00F8ve followers=7400000\n"
                        "tiktok/tea.king name=??KING OF TEA?? followers=980500\n"
                        "tiktok/bee_ohara name=O\u2019Hara \u201CBee\u201D followers=267600\n"
                        "tiktok/plain name=Plain followers=100100\n");
    assert_problems(&it, "");
    assert_int_equal(it.plan.encoding, ENCODING_WINDOWS_1252);
    assert_int_equal(it.plan.header_line, 2);
    assert_int_equal(it.report.rows, 5);
    imported_release(&it);
}

static void scraped_cards_with_lists_in_cells(void **state)
{
    (void)state;
    struct imported it;
    import_fixture(&it, "creator_cards.csv", NULL);
    assert_records(
        &it,
        "tiktok/lumen.lea name=L\u00E9a \U0001F4A1 url=https://www.tiktok.com/@lumen.lea bio=?"
        " niche=craft followers=158846 likes=5340.67 views=75947.5 audience_at=2026-06-28"
        " engagement_at=2026-06-28\n"
        "tiktok/otto_opal name=Otto url=https://www.tiktok.com/@otto_opal bio=Stones.\n18 | Graz"
        " niche=science followers=7082 likes=104.92 views=2961.25 audience_at=2026-06-28"
        " engagement_at=2026-06-28\n"
        "tiktok/mina.mono name=Mina \U0001F1EB\U0001F1EE url=https://www.tiktok.com/@mina.mono"
        " bio=\U0001F39E b/w, only niche=art followers=48211 likes=2640 views=?"
        " audience_at=2026-06-28 engagement_at=2026-06-28\n");
    assert_problems(&it, "");
    assert_true(text_is(it.plan.platform_why, "links in 'profile_url'"));
    imported_release(&it);
}

/* `followers` counts another network there; the word of the platform itself wins. */
static void channels_with_the_followers_of_another_network(void **state)
{
    (void)state;
    struct imported it;
    import_fixture(&it, "makers.json", NULL);
    assert_true(it.ran);
    assert_int_equal(it.report.rows, 10);
    assert_int_equal(it.report.rejected, 2);
    assert_int_equal(it.report.repeats, 3);
    assert_int_equal(it.report.identical, 2);
    assert_int_equal(it.report.creators, 5);
    assert_int_equal(it.report.emitted, 6);
    assert_problems(&it,
                    "rejected 62 youtube_channel_id no handle\n"
                    "rejected 76 youtube_channel_id no handle\n"
                    "repeat 90<22 handle 'UCFx02aBcDeFgHiJkLmNoPqR' says the same again\n"
                    "repeat 110<2 handle 'UCFx01aBcDeFgHiJkLmNoPqR' says the same again\n"
                    "repeat 170<90 handle 'UCFx02aBcDeFgHiJkLmNoPqR' the same creator again: this"
                    " row wins\n");
    const char *last = strstr(it.records.at, "Kit Karl the third");
    assert_non_null(last);
    assert_non_null(strstr(last, "followers=1001 posts=20 audience_at=2026-06-24\n"));
    assert_non_null(strstr(it.records.at, "name=Hidden Hal"));
    assert_non_null(strstr(strstr(it.records.at, "name=Hidden Hal"), "followers=? posts=40"));
    assert_int_equal(planned(&it, "followers")->use, USE_IGNORED);
    assert_int_equal(planned(&it, "view_count")->use, USE_IGNORED);
    assert_int_equal(planned(&it, "youtube_channel_id")->column, COL_HANDLE);
    imported_release(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_spreadsheet_of_tiktok_accounts),
        cmocka_unit_test(scraped_cards_with_lists_in_cells),
        cmocka_unit_test(channels_with_the_followers_of_another_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
