#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/vec.h"
#include "exchange/yaml.h"
#include "imported.h"

/* Lists in other languages than English, and lists whose headers say nothing to us. */

static void import_of(const char *bytes, const char *records)
{
    struct imported it;
    import_string(&it, "list.csv", bytes);
    if (!it.ran)
        fail_msg("%s", it.err.message);
    assert_records(&it, records);
    imported_release(&it);
}

static void lists_speak_other_languages(void **state)
{
    (void)state;
    import_of("Benutzername;Plattform;Abonnenten;Land;Ø Likes;Preis\n"
              "@lea;Instagram;1200;DE;30;50\n",
              "instagram/lea country=DE followers=1200 fee=5000 fee_origin=imported\n");
    import_of("Nombre de usuario;Plataforma;Seguidores;País;Comentarios\n@lea;TikTok;1200;ES;3\n",
              "tiktok/lea country=ES followers=1200 comments=3\n");
    import_of("Nom d'utilisateur;Plateforme;Abonnés;PAYS\n@lea;TikTok;1200;FR\n",
              "tiktok/lea country=FR followers=1200\n");
    import_of("Canal;Rede social;Inscritos;País;Idioma\n@lea;YouTube;1200;BR;pt\n",
              "youtube/lea country=BR language=pt followers=1200\n");
}

static void points_may_group_digits(void **state)
{
    (void)state;
    import_of("Nutzername;Plattform;Follower;Likes\nlea;ig;48.200;1.234\nmo;ig;1.204.000;900\n",
              "instagram/lea followers=48200 likes=1234\n"
              "instagram/mo followers=1204000 likes=900\n");
    /* One that cannot be meant so, and points are decimal signs. */
    import_of("handle,platform,followers,avg likes\nlea,ig,48.200k,1.234\nmo,ig,1200,90\n",
              "instagram/lea followers=48200 likes=1.234\n"
              "instagram/mo followers=1200 likes=90\n");
    /* Where nothing settles it, groups are likelier; it is a question. */
    import_of("handle,platform,avg likes\nlea,ig,1.234\n", "instagram/lea likes=1234\n");
}

static void words_behind_an_at_are_handles(void **state)
{
    (void)state;
    import_of("Wer,Netzwerk,Follower\n@lea,ig,1200\n@mo,ig,900\n",
              "instagram/lea followers=1200\ninstagram/mo followers=900\n");
    import_of("Name,Wer,Netzwerk\nLea B,@lea,ig\n", "instagram/lea name=Lea B\n");
    /* A header that says so is worth more. */
    import_of("Erwähnt,Username,Netzwerk\n@other,lea,ig\n", "instagram/lea\n");
}

static void who_has_no_handle_is_told_what_was_seen(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "list.csv", "Abonnenten,Wer\x1B[2J da,Wo\n1200,lea,ig\n");
    assert_refused(&it, "no column looks like a handle: there are Abonnenten, Wer\uFFFD[2J da, Wo");
    assert_non_null(strstr(it.err.message, "\n  columns:\n    \"Wer\uFFFD[2J da\": handle"));
    imported_release(&it);
    struct buf many = BUF_INIT;
    for (int i = 0; i < 400; i++)
        buf_addf(&many, "a long header with number %d,", i);
    buf_add_string(&many, "followers\n1,2,3\n");
    import_bytes(&it, "list.csv", buf_text(&many), NULL);
    assert_refused(&it, "more");
    assert_non_null(strstr(it.err.message, "handle"));
    assert_true(it.err.message[strlen(it.err.message) - 1] == 'e'); /* the end of it is there */
    imported_release(&it);
    buf_release(&many);
}

/* The example of the manual does what the manual says. */
static void the_example_of_a_map_works(void **state)
{
    (void)state;
    struct doc map = {0};
    struct err err;
    struct import_options options;
    struct imported it;
    import_options_init(&options);
    if (!yaml_read(text_of(import_map_example), &map, &err))
        fail_msg("%s", err.message);
    options.map = &map;
    options.platform = PLATFORM_INSTAGRAM;
    import_bytes(&it, "list.csv", TEXT("Wer;Abonnenten;Interaktion\nlea;1.200;3,5\n"), &options);
    if (!it.ran)
        fail_msg("%s", it.err.message);
    assert_records(&it, "instagram/lea followers=1200 er=0.035 er_basis=followers\n");
    imported_release(&it);
    doc_release(&map);
}

static void the_brief_has_the_decisions(void **state)
{
    (void)state;
    struct imported it;
    struct buf out = BUF_INIT;
    import_string(&it, "tt.csv",
                  ",,\nRank,Username,Follower Count,followers\n1,@ann,10.4M,10400001\n");
    import_plan_brief(&it.plan, &out);
    assert_string_equal(
        buf_string(&out),
        "file      tt.csv: csv, UTF-8, separator ',', header on line 2\n"
        "platform  tiktok ? ('tt' in the file's name)\n"
        "date      unknown\n"
        "read      handle (Username), followers\n"
        "left out  Rank, Follower Count\n"
        "  the header is on line 2; what stands above is left out\n"
        "  'followers' is taken for followers and 'Follower Count' is not: says the same as "
        "'followers', less exactly or later\n"
        "1 of these is a guess, marked ?: check it; a mapping file says otherwise, see import "
        "--help\n");
    imported_release(&it);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_speak_other_languages),
        cmocka_unit_test(points_may_group_digits),
        cmocka_unit_test(words_behind_an_at_are_handles),
        cmocka_unit_test(who_has_no_handle_is_told_what_was_seen),
        cmocka_unit_test(the_example_of_a_map_works),
        cmocka_unit_test(the_brief_has_the_decisions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
