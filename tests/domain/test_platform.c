#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"
#include "domain/platform.h"

static enum platform platform_of(const char *word)
{
    enum platform platform = PLATFORM_COUNT;
    return platform_from_word(text_of(word), &platform) ? platform : PLATFORM_COUNT;
}

static void rows_have_no_holes(void **state)
{
    (void)state;
    for (int i = 0; i < PLATFORM_COUNT; i++) {
        const struct platform_row *row = &platforms[i];
        assert_int_equal(platform_of(row->word), i);
        assert_int_equal(platform_of(row->brief), i);
        assert_in_range(strlen(row->brief), 1, 2);
        assert_non_null(row->profile);
        assert_true(row->basis == BASIS_FOLLOWERS || row->basis == BASIS_VIEWS);
        if (i == PLATFORM_OTHER)
            assert_int_equal(row->format, FORMAT_NONE);
        else
            assert_int_equal(formats[row->format].platform, i);
        if (row->host) {
            char link[64], *end = link;
            end = stpcpy(end, "https://");
            end = stpcpy(end, row->host);
            end = stpcpy(end, row->profile);
            stpcpy(end, "someone");
            enum platform platform;
            struct text handle;
            assert_true(platform_from_link(text_of(link), &platform, &handle));
            assert_int_equal(platform, i);
            assert_true(text_is(handle, "someone"));
        }
    }
    for (int i = FORMAT_NONE + 1; i < FORMAT_COUNT; i++) {
        enum format format;
        assert_true(format_from_word(text_of(formats[i].word), formats[i].platform, &format));
        assert_int_equal(format, i);
    }
    for (int i = BASIS_NONE + 1; i < BASIS_COUNT; i++) {
        enum er_basis basis;
        assert_true(er_basis_from_word(text_of(er_basis_words[i]), &basis));
        assert_int_equal(basis, i);
    }
}

static void interactions_are_what_each_platform_counts(void **state)
{
    (void)state;
    static const struct {
        enum platform platform;
        enum er_basis basis;
        bool likes, shares, saves;
    } cases[] = {
        {PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, true, false, false},
        {PLATFORM_TIKTOK, BASIS_VIEWS, true, true, false},
        {PLATFORM_YOUTUBE, BASIS_VIEWS, true, false, false},
        {PLATFORM_X, BASIS_FOLLOWERS, true, true, false},
        {PLATFORM_FACEBOOK, BASIS_FOLLOWERS, true, true, false},
        {PLATFORM_LINKEDIN, BASIS_FOLLOWERS, true, true, false},
        {PLATFORM_PINTEREST, BASIS_FOLLOWERS, true, false, true},
        {PLATFORM_OTHER, BASIS_FOLLOWERS, true, false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct platform_row *row = &platforms[cases[i].platform];
        assert_int_equal(row->basis, cases[i].basis);
        assert_int_equal(row->has_likes, cases[i].likes);
        assert_int_equal(row->counts_shares, cases[i].shares);
        assert_int_equal(row->counts_saves, cases[i].saves);
    }
    assert_false(platforms[PLATFORM_TWITCH].has_likes);
    assert_false(formats[FORMAT_STORY].engagements);
    assert_false(formats[FORMAT_STORY].by_views);
    assert_true(formats[FORMAT_REEL].by_views);
}

static void words_are_understood_as_written(void **state)
{
    (void)state;
    assert_int_equal(platform_of("YouTube"), PLATFORM_YOUTUBE);
    assert_int_equal(platform_of("You Tube"), PLATFORM_YOUTUBE);
    assert_int_equal(platform_of("YT"), PLATFORM_YOUTUBE);
    assert_int_equal(platform_of("Tik-Tok"), PLATFORM_TIKTOK);
    assert_int_equal(platform_of("Twitter"), PLATFORM_X);
    assert_int_equal(platform_of("X (Twitter)"), PLATFORM_X);
    assert_int_equal(platform_of("Insta"), PLATFORM_INSTAGRAM);
    assert_int_equal(platform_of("twitch.tv"), PLATFORM_TWITCH);
    static const char *const others[] = {
        "",    " ", "myspace",         "instagramm",
        "---", "|", "instagram|insta", "a word that is longer than any platform has"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_int_equal(platform_of(others[i]), PLATFORM_COUNT);
    enum platform platform;
    assert_false(platform_from_word((struct text){0}, &platform));
    assert_false(platform_from_word((struct text){"x\0y", 3}, &platform));

    enum format format;
    assert_true(format_from_word(TEXT("Reels"), PLATFORM_INSTAGRAM, &format));
    assert_int_equal(format, FORMAT_REEL);
    assert_true(format_from_word(TEXT("video"), PLATFORM_TIKTOK, &format));
    assert_int_equal(format, FORMAT_TIKTOK_VIDEO);
    assert_false(format_from_word(TEXT("reel"), PLATFORM_YOUTUBE, &format));
    assert_false(format_from_word(TEXT(""), PLATFORM_OTHER, &format));
    enum er_basis basis;
    assert_false(er_basis_from_word(TEXT(""), &basis));
    assert_false(er_basis_from_word(TEXT("likes"), &basis));
}

static void links_give_platform_and_handle(void **state)
{
    (void)state;
    static const struct {
        const char *link;
        enum platform platform;
        const char *handle; /* NULL: names none */
    } cases[] = {
        {"https://www.tiktok.com/@x?lang=de", PLATFORM_TIKTOK, "x"},
        {"instagram.com/x/", PLATFORM_INSTAGRAM, "x"},
        {"  https://www.instagram.com/Lena.Skin/?hl=de  ", PLATFORM_INSTAGRAM, "Lena.Skin"},
        {"HTTP://INSTAGRAM.COM/lena", PLATFORM_INSTAGRAM, "lena"},
        {"//instagram.com//lena", PLATFORM_INSTAGRAM, "lena"},
        {"instagram.com:443/lena#top", PLATFORM_INSTAGRAM, "lena"},
        {"https://instagram.com./lena", PLATFORM_INSTAGRAM, "lena"},
        {"https://instagram.com/stories/lena/123", PLATFORM_INSTAGRAM, "lena"},
        {"https://instagram.com/stories/highlights/123", PLATFORM_INSTAGRAM, NULL},
        {"https://instagram.com/p/Cabc123/", PLATFORM_INSTAGRAM, NULL},
        {"https://instagram.com/paula", PLATFORM_INSTAGRAM, "paula"},
        {"https://instagram.com/", PLATFORM_INSTAGRAM, NULL},
        {"https://instagram.com", PLATFORM_INSTAGRAM, NULL},
        {"https://instagram.com?x=1", PLATFORM_INSTAGRAM, NULL},
        {"instagram.com/a, instagram.com/b", PLATFORM_INSTAGRAM, "a"},
        {"https://m.tiktok.com/%40some.one/video/7", PLATFORM_TIKTOK, "some.one"},
        {"https://vm.tiktok.com/ZM8abc", PLATFORM_TIKTOK, NULL},
        {"https://www.tiktok.com/tag/fun", PLATFORM_TIKTOK, NULL},
        {"https://www.youtube.com/@MrBeast/videos", PLATFORM_YOUTUBE, "MrBeast"},
        {"youtube.com/channel/UCX6OQ3DkcsbYNE6H8uQQuVA", PLATFORM_YOUTUBE,
         "UCX6OQ3DkcsbYNE6H8uQQuVA"},
        {"https://youtube.com/c/Name", PLATFORM_YOUTUBE, "Name"},
        {"https://youtube.com/user/Name?x", PLATFORM_YOUTUBE, "Name"},
        {"https://youtube.com/cooking", PLATFORM_YOUTUBE, "cooking"},
        {"https://www.youtube.com/watch?v=dQw4w9WgXcQ", PLATFORM_YOUTUBE, NULL},
        {"https://youtu.be/dQw4w9WgXcQ", PLATFORM_YOUTUBE, NULL},
        {"https://twitter.com/jack/status/20", PLATFORM_X, "jack"},
        {"https://mobile.twitter.com/#!/jack", PLATFORM_X, "jack"},
        {"x.com/intent/user?screen_name=jack&ref=1", PLATFORM_X, "jack"},
        {"x.com/i/lists/1", PLATFORM_X, NULL},
        {"x.com/ines", PLATFORM_X, "ines"},
        {"twitch.tv/ninja", PLATFORM_TWITCH, "ninja"},
        {"https://www.facebook.com/profile.php?id=100012&sk=x", PLATFORM_FACEBOOK, "100012"},
        {"https://de-de.facebook.com/some.one", PLATFORM_FACEBOOK, "some.one"},
        {"https://de.linkedin.com/in/some-one-12", PLATFORM_LINKEDIN, "some-one-12"},
        {"https://linkedin.com/company/glow", PLATFORM_LINKEDIN, "glow"},
        {"https://www.pinterest.co.uk/pia/boards", PLATFORM_PINTEREST, "pia"},
        {"https://pin.it/abc", PLATFORM_PINTEREST, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        enum platform platform = PLATFORM_COUNT;
        struct text handle = TEXT("untouched");
        if (!platform_from_link(text_of(cases[i].link), &platform, &handle))
            fail_msg("no link: %s", cases[i].link);
        if (platform != cases[i].platform || !text_equal(handle, text_of(cases[i].handle)))
            fail_msg("%s: platform %d, handle '%.*s'", cases[i].link, (int)platform,
                     (int)handle.length, handle.at ? handle.at : "");
    }
}

static void what_only_looks_like_a_link_is_none(void **state)
{
    (void)state;
    static const char *const others[] = {"",
                                         " ",
                                         "lena",
                                         "@lena",
                                         "lena@x.com",
                                         "mailto:lena@fb.com",
                                         "netflix.com/lena",
                                         "https://notinstagram.com/lena",
                                         "https://instagram.com.evil.example/lena",
                                         "https://instagram.com@evil.example/lena",
                                         "https://lena@instagram.com/lena",
                                         "javascript://instagram.com/lena",
                                         "ftp://instagram.com/lena",
                                         "https://evil.example/instagram.com/lena",
                                         "https://evil.example\\instagram.com/lena",
                                         "https://",
                                         "https:///instagram.com",
                                         "/",
                                         ".",
                                         ":",
                                         "@"};
    enum platform platform;
    struct text handle;
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (platform_from_link(text_of(others[i]), &platform, &handle))
            fail_msg("taken for a link: %s", others[i]);
    }
    assert_false(platform_from_link((struct text){0}, &platform, &handle));
}

/* Pieces of links in wild order, in memory of exactly their length, so that the sanitizer sees a step
 * too far. */
static void wild_links_give_clean_handles(void **state)
{
    (void)state;
    static const char *const pieces[] = {"https://",
                                         "instagram.com",
                                         "youtube.com",
                                         "x.com",
                                         "/",
                                         "/",
                                         "@",
                                         "%40",
                                         "#!",
                                         "?",
                                         "#",
                                         "channel",
                                         "in",
                                         ".",
                                         ":",
                                         "stories",
                                         "lena",
                                         "\xC3\xA9",
                                         "\xF0\x9F",
                                         "\x1B[2J",
                                         "\x9D",
                                         "\n",
                                         " ",
                                         "&id=",
                                         "profile.php?id=",
                                         "facebook.com",
                                         "\\",
                                         "\"",
                                         "tiktok.com/@",
                                         "www.",
                                         "UC",
                                         "highlights"};
    uint64_t seed = 20260803;
    print_message("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    for (int round = 0; round < 20000; round++) {
        char line[256];
        size_t length = 0;
        for (uint64_t left = random_below(&random, 9); left > 0; left--) {
            const char *piece = pieces[random_below(&random, COUNT_OF(pieces))];
            if (random_below(&random, 20) == 0)
                line[length++] = (char)random_below(&random, 256);
            memcpy(line + length, piece, strlen(piece));
            length += strlen(piece);
        }
        char *exact = mem_alloc(length ? length : 1);
        memcpy(exact, line, length);
        enum platform platform = PLATFORM_COUNT;
        struct text handle = {0};
        if (platform_from_link((struct text){exact, length}, &platform, &handle)) {
            assert_true(platform < PLATFORM_OTHER);
            if (text_known(handle)) {
                assert_true(handle.length > 0);
                assert_true(handle.at >= exact && handle.at + handle.length <= exact + length);
            }
            for (size_t i = 0; i < handle.length; i++) {
                unsigned char c = (unsigned char)handle.at[i];
                assert_true(c > ' ' && c != 0x7F && c != '/' && c != '?' && c != '\\');
            }
        }
        handle = handle_from((struct text){exact, length});
        assert_true(!text_known(handle) || handle.length > 0);
        free(exact);
    }
}

static void handles_come_bare(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"@lena", "lena"},
        {"lena", "lena"},
        {" @ lena ", "lena"},
        {"@@lena", "lena"},
        {"433", "433"},
        {".186229", ".186229"},
        {"Channel With Blanks", "Channel With Blanks"},
        {"https://www.instagram.com/lena/", "lena"},
        {"https://www.instagram.com/", NULL},
        {"https://evil.example/lena", NULL},
        {"@", NULL},
        {"", NULL},
        {"   ", NULL},
        {NULL, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_true(text_equal(handle_from(text_of(cases[i][0])), text_of(cases[i][1])));
}

static void keys_keep_channel_ids(void **state)
{
    (void)state;
    char key[64];
    handle_key(PLATFORM_INSTAGRAM, TEXT("Lena.Skin"), key);
    assert_string_equal(key, "lena.skin");
    handle_key(PLATFORM_YOUTUBE, TEXT("MrBeast"), key);
    assert_string_equal(key, "mrbeast");
    handle_key(PLATFORM_YOUTUBE, TEXT("UCX6OQ3DkcsbYNE6H8uQQuVA"), key);
    assert_string_equal(key, "UCX6OQ3DkcsbYNE6H8uQQuVA");
    handle_key(PLATFORM_TIKTOK, TEXT("UCX6OQ3DkcsbYNE6H8uQQuVA"), key);
    assert_string_equal(key, "ucx6oq3dkcsbyne6h8uqquva");
    handle_key(PLATFORM_YOUTUBE, TEXT("\xC3\x89lan"), key);
    assert_string_equal(key, "\xC3\x89lan");
    assert_true(handle_is_channel_id(TEXT("UCX6OQ3DkcsbYNE6H8uQQuVA")));
    assert_false(handle_is_channel_id(TEXT("UCX6OQ3DkcsbYNE6H8uQQuV")));
    assert_false(handle_is_channel_id(TEXT("UCX6OQ3DkcsbYNE6H8uQQuVAA")));
    assert_false(handle_is_channel_id(TEXT("ucX6OQ3DkcsbYNE6H8uQQuVA")));
    assert_false(handle_is_channel_id((struct text){0}));
}

/* The store works the key out in SQL; both must agree on whatever a handle may hold. */
static void keys_equal_those_of_the_store(void **state)
{
    (void)state;
    sqlite3 *db;
    sqlite3_stmt *ask;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT CASE WHEN ?1 AND ?2 GLOB 'UC?????????????????????"
                                        "?'"
                                        " THEN ?2 ELSE lower(?2) END",
                                        -1, &ask, NULL),
                     SQLITE_OK);
    uint64_t seed = 7;
    print_message("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    for (int round = 0; round < 5000; round++) {
        static const char *const pieces[] = {
            "A", "z", "0", "_", "\xC3\x89", "\xE6\x97\xA5", "\x80", "\xF0\x9F\x98\x80", "\xC3"};
        char handle[160] = "", key[160];
        size_t length = 0;
        if (random_below(&random, 4) > 0)
            length = (size_t)(stpcpy(handle, "UC") - handle);
        for (uint64_t left = 20 + random_below(&random, 5); left > 0; left--) {
            const char *piece = pieces[random_below(&random, random_below(&random, 2) ? 4 : 9)];
            length = (size_t)(stpcpy(handle + length, piece) - handle);
        }
        bool youtube = random_below(&random, 2);
        sqlite3_bind_int(ask, 1, youtube);
        sqlite3_bind_text(ask, 2, handle, (int)length, SQLITE_STATIC);
        assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
        handle_key(youtube ? PLATFORM_YOUTUBE : PLATFORM_X, (struct text){handle, length}, key);
        assert_string_equal(key, (const char *)sqlite3_column_text(ask, 0));
        sqlite3_reset(ask);
    }
    sqlite3_finalize(ask);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_have_no_holes),
        cmocka_unit_test(interactions_are_what_each_platform_counts),
        cmocka_unit_test(words_are_understood_as_written),
        cmocka_unit_test(links_give_platform_and_handle),
        cmocka_unit_test(what_only_looks_like_a_link_is_none),
        cmocka_unit_test(wild_links_give_clean_handles),
        cmocka_unit_test(handles_come_bare),
        cmocka_unit_test(keys_keep_channel_ids),
        cmocka_unit_test(keys_equal_those_of_the_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
