#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "imported.h"

/* What single cells mean. */

static void import_of(const char *bytes, const char *records, const char *problems)
{
    struct imported it;
    import_string(&it, "instagram.csv", bytes);
    assert_records(&it, records);
    assert_problems(&it, problems);
    imported_release(&it);
}

static void counts_as_people_write_them(void **state)
{
    (void)state;
    import_of("handle;followers\n"
              "a;475.8m\nb;13.8M\nc;29.0b\nd;0.89k\ne;222,000,000\nf;2,28,00,00,00,000\n"
              "g;2 587\nh;2\u00A0587\ni;2\u2009587\nj;249500000.0\nk;2.28E+11\nl;348.5\n",
              "instagram/a followers=475800000\ninstagram/b followers=13800000\n"
              "instagram/c followers=29000000000\ninstagram/d followers=890\n"
              "instagram/e followers=222000000\ninstagram/f followers=228000000000\n"
              "instagram/g followers=2587\ninstagram/h followers=2587\n"
              "instagram/i followers=2587\ninstagram/j followers=249500000\n"
              "instagram/k followers=228000000000\ninstagram/l followers=349\n",
              "");
}

static void unknown_is_not_zero(void **state)
{
    (void)state;
    import_of("handle,followers,country,name\n"
              "a,,,\nb,-,-,-\nc,\u2013,Unknown,null\nd,N/A,Other,N/A\ne,NaN%,(not set),nan\n"
              "f,#VALUE!,#VALOR!,None\ng,-1,DE,x\nh,0,DE,y\n",
              "instagram/a name=? country=? followers=?\ninstagram/b name=? country=? followers=?\n"
              "instagram/c name=? country=? followers=?\ninstagram/d name=? country=? followers=?\n"
              "instagram/e name=? country=? followers=?\ninstagram/f name=? country=? followers=?\n"
              "instagram/g name=x country=DE followers=?\n"
              "instagram/h name=y country=DE followers=0\n",
              "");
}

static void what_cannot_be_read_is_told(void **state)
{
    (void)state;
    import_of("handle,followers,country,avg_views,collected_at\n"
              "a,lots,Narnia,105.4M (=),31st of May\n"
              "b,-7,DE,12%,2026-05-31\n"
              "c,0,DE,3400000,\n",
              "instagram/a country=? followers=? views=105400000\n"
              "instagram/b country=DE followers=? views=?\n"
              "instagram/c country=DE followers=? views=3400000\n",
              "unknown 2 followers 'lots' not a number\n"
              "unknown 2 country 'Narnia' not a country\n"
              "warning 2 avg_views '105.4M (=)' text after the number is left out\n"
              "unknown 2 collected_at '31st of May' not a date\n"
              "unknown 3 followers '-7' a count below zero\n"
              "unknown 3 avg_views '12%' a percentage where a count belongs\n"
              "unknown 4 followers '0' no followers beside so many views\n");
}

static void handles_lose_what_is_no_part_of_them(void **state)
{
    (void)state;
    import_of("handle,followers\n@Ann,1\nhttps://www.instagram.com/bob/?hl=de,2\n"
              "instagram.com/cid,3\n433,4\n24k,5\n3444.3444,6\n.186229,7\n"
              "7139812345678901234,8\n@ ,9\n",
              "instagram/Ann followers=1\ninstagram/bob followers=2\ninstagram/cid followers=3\n"
              "instagram/433 followers=4\ninstagram/24k followers=5\n"
              "instagram/3444.3444 followers=6\ninstagram/.186229 followers=7\n"
              "instagram/7139812345678901234 followers=8\n",
              "rejected 10 handle '@' no handle\n");
}

static void topics_are_sets(void **state)
{
    (void)state;
    import_of("handle;niche\na;Beauty|Skin care|\nb;\"art, Beauty,art\"\nc;[\"x\", \"B\", null]\n"
              "d;MusicCinema\ne;https://example.org/x\nf;\n",
              "instagram/a niche=beauty|skin care\ninstagram/b niche=art|beauty\n"
              "instagram/c niche=b|x\ninstagram/d niche=musiccinema\ninstagram/e niche=?\n"
              "instagram/f niche=?\n",
              "");
    import_of("handle,Category_1,Category_2,Tags\na,Music,Art,VIP\nb,,Art,\n",
              "instagram/a niche=art|music tag=vip\ninstagram/b niche=art tag=?\n", "");
}

static void countries_by_any_name(void **state)
{
    (void)state;
    import_of("handle;country\na;DE\nb;Germany\nc;Deutschland\nd;Espa\u00F1a\ne;Berlin, Germany\n",
              "instagram/a country=DE\ninstagram/b country=DE\ninstagram/c country=DE\n"
              "instagram/d country=ES\ninstagram/e country=DE\n",
              "");
}

static void money_in_minor_units_of_its_currency(void **state)
{
    (void)state;
    import_of("handle;Price\na;$1027\nb;\u20AC 1,296.50\nc;1 552 \u20BD\nd;500 EUR\ne;JPY 30000\n"
              "f;120\ng;free\nh;\n",
              "instagram/a fee=102700 fee_origin=imported currency=USD\n"
              "instagram/b fee=129650 fee_origin=imported currency=EUR\n"
              "instagram/c fee=155200 fee_origin=imported currency=RUB\n"
              "instagram/d fee=50000 fee_origin=imported currency=EUR\n"
              "instagram/e fee=30000 fee_origin=imported currency=JPY\n"
              "instagram/f fee=12000 fee_origin=imported\n"
              "instagram/g fee=? fee_origin=?\ninstagram/h fee=? fee_origin=?\n",
              "unknown 8 Price 'free' not a number\n");
    import_of("handle,Price (EUR)\na,12.5\nb,$3\n",
              "instagram/a fee=1250 fee_origin=imported currency=EUR\n"
              "instagram/b fee=300 fee_origin=imported currency=USD\n",
              "");
    import_of("handle,fee,currency\na,12.5,KWD\nb,7,Euro\nc,7,\nd,7,shells\n",
              "instagram/a fee=12500 fee_origin=imported currency=KWD\n"
              "instagram/b fee=700 fee_origin=imported currency=EUR\n"
              "instagram/c fee=700 fee_origin=imported\ninstagram/d fee=700 fee_origin=imported\n",
              "unknown 5 currency 'shells' not a currency\n");
}

static void an_estimate_is_no_fee(void **state)
{
    (void)state;
    import_of("handle,fee,fee_origin,currency\na,12,estimated,EUR\nb,12,quoted,EUR\nc,12,,EUR\n",
              "instagram/a\ninstagram/b fee=1200 fee_origin=quoted currency=EUR\n"
              "instagram/c fee=1200 fee_origin=imported currency=EUR\n",
              "");
}

static void dates_belong_to_what_was_seen(void **state)
{
    (void)state;
    import_of("handle,followers,avg_likes,price,collected_at\n"
              "a,12,3,4,2026-06-28\nb,12,,,2026-06-28T10:00:00Z\nc,,3,,1782604800\nd,,,,20260628\n",
              "instagram/a followers=12 likes=3 fee=400 fee_origin=imported audience_at=2026-06-28"
              " engagement_at=2026-06-28 fee_at=2026-06-28\n"
              "instagram/b followers=12 likes=? fee=? fee_origin=?"
              " audience_at=2026-06-28T10:00:00Z\n"
              "instagram/c followers=? likes=3 fee=? fee_origin=? engagement_at=2026-06-28\n"
              "instagram/d followers=? likes=? fee=? fee_origin=?\n",
              "");
}

static void a_guard_against_formulas_is_taken_off(void **state)
{
    (void)state;
    import_of("handle,name,bio\na,'=1+1,'75008\nb,''quoted,'tis mine\n",
              "instagram/a name==1+1 bio=75008\ninstagram/b name='quoted bio='tis mine\n", "");
}

static void the_same_creator_again_is_told(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "instagram.csv",
                  "platform,handle,followers\n"
                  "instagram,Ann,1\n"  /* 2 */
                  "YouTube,ann,5\n"    /* 3: no repeat, another platform */
                  "Instagram,@ann,2\n" /* 4 */
                  "instagram,ANN,1\n"  /* 5: not the same as line 4 */
                  "instagram,ANN,1\n"  /* 6: exactly the same */
                  "youtube,UCaaaaaaaaaaaaaaaaaaaaaB,1\n"
                  "youtube,UCaaaaaaaaaaaaaaaaaaaaab,1\n");
    assert_records(&it, "instagram/Ann followers=1\nyoutube/ann followers=5\n"
                        "instagram/ann followers=2\ninstagram/ANN followers=1\n"
                        "youtube/UCaaaaaaaaaaaaaaaaaaaaaB followers=1\n"
                        "youtube/UCaaaaaaaaaaaaaaaaaaaaab followers=1\n");
    assert_problems(&it, "repeat 4<2 handle 'ann' the same creator again: this row wins\n"
                         "repeat 5<4 handle 'ANN' the same creator again: this row wins\n"
                         "repeat 6<5 handle 'ANN' says the same again\n");
    assert_int_equal(it.report.rows, 7);
    assert_int_equal(it.report.emitted, 6);
    assert_int_equal(it.report.creators, 4);
    assert_int_equal(it.report.repeats, 3);
    assert_int_equal(it.report.identical, 1);
    imported_release(&it);
}

/* More creators than are kept in memory; every third comes again, and its second time is told. */
static void repeats_are_found_in_long_files(void **state)
{
    (void)state;
    enum { CREATORS = 60000 };
    struct imported it;
    struct buf file = BUF_INIT, expected = BUF_INIT;
    buf_add_string(&file, "handle,followers\n");
    for (int i = 0; i < CREATORS; i++)
        buf_addf(&file, "c%d,%d\n", i, i);
    for (int i = 0; i < CREATORS; i += 3) {
        buf_addf(&file, "C%d,%d\n", i, i);
        buf_addf(&expected, "repeat %d<%d handle 'C%d' the same creator again: this row wins\n",
                 CREATORS + 2 + i / 3, i + 2, i);
    }
    for (int i = 0; i < CREATORS; i += 3000) { /* and a third time, as the second */
        buf_addf(&file, "C%d,%d\n", i, i);
        buf_addf(&expected, "repeat %d<%d handle 'C%d' says the same again\n",
                 CREATORS + 2 + CREATORS / 3 + i / 3000, CREATORS + 2 + i / 3, i);
    }
    import_bytes(&it, "instagram.csv", buf_text(&file), NULL);
    assert_problems(&it, buf_string(&expected));
    assert_int_equal(it.report.creators, CREATORS);
    assert_int_equal(it.report.emitted, CREATORS + CREATORS / 3);
    assert_int_equal(it.counted, CREATORS);
    imported_release(&it);
    buf_release(&file);
    buf_release(&expected);
}

static void labels_that_contradict_are_counted(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "instagram.csv",
                  "handle,followers,influencer_type\na,2000000,micro\nb,5000,micro\nc,,mega\n");
    assert_records(&it, "instagram/a followers=2000000\ninstagram/b followers=5000\n"
                        "instagram/c followers=?\n");
    assert_problems(&it, "label 2 influencer_type 'micro' by its followers it is mega\n");
    assert_int_equal(it.report.tiers_disagree, 1);
    imported_release(&it);
}

static void hostile_text_passes_as_text(void **state)
{
    (void)state;
    import_of("handle,name,followers\na,\x1B[31mred\x07,1\nb,Robert'); DROP TABLE creator;--,2\n",
              "instagram/a name=\x1B[31mred\x07 followers=1\n"
              "instagram/b name=Robert'); DROP TABLE creator;-- followers=2\n",
              "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_as_people_write_them),
        cmocka_unit_test(unknown_is_not_zero),
        cmocka_unit_test(what_cannot_be_read_is_told),
        cmocka_unit_test(handles_lose_what_is_no_part_of_them),
        cmocka_unit_test(topics_are_sets),
        cmocka_unit_test(countries_by_any_name),
        cmocka_unit_test(money_in_minor_units_of_its_currency),
        cmocka_unit_test(an_estimate_is_no_fee),
        cmocka_unit_test(dates_belong_to_what_was_seen),
        cmocka_unit_test(a_guard_against_formulas_is_taken_off),
        cmocka_unit_test(the_same_creator_again_is_told),
        cmocka_unit_test(repeats_are_found_in_long_files),
        cmocka_unit_test(labels_that_contradict_are_counted),
        cmocka_unit_test(hostile_text_passes_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
