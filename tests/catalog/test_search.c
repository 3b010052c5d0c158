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
#include "base/utf8.h"
#include "base/vec.h"
#include "catalog/search.h"
#include "folded_internal.h"

/* Folded columns and the search over them, against folding and looking through one text at a time. */

#define WHOLE SIZE_MAX

struct world {
    struct catalog catalog;
    struct sheet sheet;
    struct random random;
    size_t count; /* ids given */
};

static void world_init(struct world *world, const char *test)
{
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);

    printf("%s: TEST_SEED=%llu\n", test, (unsigned long long)seed);
    *world = (struct world){.count = 0};
    random_init(&world->random, seed);
    catalog_init(&world->catalog);
    sheet_init(&world->sheet, &world->catalog);
}

static void world_release(struct world *world)
{
    sheet_release(&world->sheet);
    catalog_release(&world->catalog);
}

static size_t below(struct world *world, size_t bound)
{
    return (size_t)random_below(&world->random, bound);
}

/* Words that come again, scripts that fold, and bytes that mean harm. */
static void random_text(struct world *world, struct buf *out)
{
    static const char *const pieces[] = {"ann",
                                         "Anna ",
                                         "JOS\u00C9",
                                         "Jose",
                                         "\u041C\u0430\u0440\u0438\u044F",
                                         "a",
                                         "e\u0301",
                                         "\u0130",
                                         "stra\u00DFe ",
                                         "\uFB01t",
                                         "\u5C71\u7530",
                                         "-",
                                         " ",
                                         "x",
                                         "Z",
                                         "\U0001F600",
                                         "mia",
                                         "qu"};
    size_t count = below(world, below(world, 8) ? 5 : 60);

    buf_clear(out);
    for (size_t i = 0; i < count; i++)
        if (below(world, 12))
            buf_add_string(out, pieces[below(world, COUNT_OF(pieces))]);
        else
            buf_add_char(out, (char)(1 + below(world, 255)));
}

static void put_random(struct world *world, int64_t id)
{
    static const char *const sets[] = {"beauty", "beauty|skincare", "food|Tr\u00E4vel", "diy", ""};
    struct record_sink sink = catalog_sink(&world->catalog);
    struct buf handle = BUF_INIT, name = BUF_INIT, bio = BUF_INIT;
    struct record record;
    struct err err;

    random_text(world, &name);
    random_text(world, &bio);
    buf_addf(&handle, "%s%lld", below(world, 2) ? "Annika." : "zo_", (long long)id);
    record_clear(&record);
    record.id = id;
    record_set_text(&record, COL_PLATFORM, TEXT("tiktok"));
    record_set_text(&record, COL_HANDLE, buf_text(&handle));
    record_set_text(&record, COL_NAME, below(world, 5) ? buf_text(&name) : (struct text){0});
    if (below(world, 2))
        record_set_text(&record, COL_BIO, below(world, 9) ? buf_text(&bio) : (struct text){0});
    record_set_text(&record, COL_NICHE, text_of(sets[below(world, COUNT_OF(sets))]));
    record_set_text(&record, COL_TAG, text_of(sets[below(world, COUNT_OF(sets))]));
    assert_true(sink.put(sink.self, &record, &err));
    buf_release(&handle);
    buf_release(&name);
    buf_release(&bio);
}

static void grow(struct world *world, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_random(world, (int64_t)++world->count);
}

static void change(struct world *world, size_t count)
{
    struct record_sink sink = catalog_sink(&world->catalog);
    struct err err;

    for (size_t i = 0; i < count; i++)
        if (below(world, 10))
            put_random(world, 1 + (int64_t)below(world, world->count));
        else
            sink.drop(sink.self, 1 + (int64_t)below(world, world->count), &err);
}

static void fold_cell(const struct world *world, enum column column, uint32_t row, struct buf *out)
{
    buf_clear(out);
    utf8_fold(out, catalog_text(&world->catalog, column, row));
}

/* ---- folded ---- */

static const enum column texts[] = {COL_HANDLE, COL_NAME, COL_BIO};

static void expect_texts(struct world *world, const struct folded *folded, enum column column)
{
    struct buf room = BUF_INIT;

    assert_int_equal(folded->count, world->catalog.count);
    for (uint32_t row = 0; row < folded->count; row++) {
        struct text text = folded_text(folded, row);
        fold_cell(world, column, row, &room);
        assert_int_equal(text.length, room.length);
        if (room.length)
            assert_memory_equal(text.at, room.at, room.length);
        else
            assert_false(text_known(text));
    }
    buf_release(&room);
}

/* Part of some row's folded text, or of none. */
static void random_needle(struct world *world, enum column column, struct buf *out)
{
    struct buf whole = BUF_INIT;

    fold_cell(world, column, (uint32_t)below(world, world->catalog.count), &whole);
    buf_clear(out);
    if (whole.length) {
        size_t from = below(world, whole.length);
        buf_add_text(out,
                     text_part(buf_text(&whole), from, 1 + below(world, below(world, 9) ? 4 : 90)));
    }
    if (!out->length || !below(world, 9))
        buf_add_string(out, "qj");
    buf_release(&whole);
}

static void expect_found(struct world *world, const struct folded *folded, enum column column)
{
    struct buf needle = BUF_INIT, room = BUF_INIT;
    struct bits hits = {0};
    uint32_t count = (uint32_t)world->catalog.count;
    uint32_t from = (uint32_t)below(world, count),
             to = from + (uint32_t)below(world, count - from + 1);
    uint32_t kept = (uint32_t)below(world, count);

    random_needle(world, column, &needle);
    bits_resize(&hits, count);
    bits_put(&hits, kept, true);
    folded_find(folded, buf_text(&needle), from, to, &hits);
    for (uint32_t row = 0; row < count; row++) {
        fold_cell(world, column, row, &room);
        bool has = row >= from && row < to && text_find(buf_text(&room), buf_text(&needle), NULL);
        if (bits_get(&hits, row) != (has || row == kept))
            fail_msg("row %u, '%s' in '%s'", row, buf_string(&needle), buf_string(&room));
    }
    bits_release(&hits);
    buf_release(&needle);
    buf_release(&room);
}

static void a_scan_finds_what_looking_row_by_row_does(void **state)
{
    struct world world;

    (void)state;
    world_init(&world, "folded");
    for (int round = 0; round < 12; round++) {
        grow(&world, 1 + below(&world, 150));
        if (round % 3)
            change(&world, below(&world, round % 4 ? 40 : 900));
        for (size_t i = 0; i < COUNT_OF(texts); i++) {
            const struct folded *folded;
            if (below(&world, 2)) /* a part of the way */
                folded_step(sheet_folding(&world.sheet, texts[i]), &world.catalog, texts[i],
                            1 + below(&world, 2000));
            folded = sheet_folded(&world.sheet, texts[i]);
            assert_true(folded_current(folded, &world.catalog, texts[i]));
            expect_texts(&world, folded, texts[i]);
            for (int k = 0; k < 25; k++)
                expect_found(&world, folded, texts[i]);
        }
    }
    world_release(&world);
}

static void no_needle_is_in_every_text_there_is(void **state)
{
    struct world world;
    struct bits hits = {0};
    const struct folded *folded;

    (void)state;
    world_init(&world, "no needle");
    grow(&world, 200);
    folded = sheet_folded(&world.sheet, COL_BIO);
    bits_resize(&hits, world.catalog.count);
    folded_find(folded, TEXT(""), 0, folded->count, &hits);
    for (uint32_t row = 0; row < folded->count; row++)
        assert_int_equal(bits_get(&hits, row), folded_text(folded, row).length > 0);
    bits_release(&hits);
    world_release(&world);
}

static void a_name_put(struct catalog *catalog, int64_t id, struct text name)
{
    struct record_sink sink = catalog_sink(catalog);
    struct record record;
    struct err err;
    char handle[32];

    snprintf(handle, sizeof handle, "h%lld", (long long)id);
    record_clear(&record);
    record.id = id;
    record_set_text(&record, COL_HANDLE, text_of(handle));
    record_set_text(&record, COL_NAME, name);
    assert_true(sink.put(sink.self, &record, &err));
}

/* Days of changes: names that grow, shrink and come back, read after each. */
static void what_is_replaced_does_not_pile_up(void **state)
{
    struct world world;
    const struct folded *folded = NULL;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";

    (void)state;
    world_init(&world, "replaced");
    for (int64_t id = 1; id <= 3000; id++)
        a_name_put(&world.catalog, id, TEXT("ab"));
    for (int i = 0; i < 60000; i++) { /* one that no longer fits its place */
        a_name_put(&world.catalog, 1, (struct text){letters, 3 + below(&world, 49)});
        folded = sheet_folded(&world.sheet, COL_NAME);
    }
    assert_true(folded->pool.length + folded->moved_pool.length < 3000 * 4 + 2 * 65536);
    for (int i = 0; i < 60000; i++) {
        struct text name = {letters, 1 + below(&world, 50)};
        a_name_put(&world.catalog, 1 + (int64_t)below(&world, 3000), name);
        folded = sheet_folded(&world.sheet, COL_NAME);
    }
    expect_texts(&world, folded, COL_NAME);
    assert_in_range(folded->pool.length + folded->moved_pool.length, 3000,
                    (size_t)3000 * 51 * 2 + 65536);
    world_release(&world);
}

static void what_did_not_change_is_not_folded_again(void **state)
{
    struct world world;
    const struct folded *folded;
    const char *at;

    (void)state;
    world_init(&world, "again");
    grow(&world, 100);
    folded = sheet_folded(&world.sheet, COL_NAME);
    at = folded->pool.at;
    catalog_tick(&world.catalog, 7, true);
    assert_true(folded_current(folded, &world.catalog, COL_NAME));
    assert_int_equal(
        folded_step(sheet_folding(&world.sheet, COL_NAME), &world.catalog, COL_NAME, WHOLE), 0);
    assert_ptr_equal(sheet_folded(&world.sheet, COL_NAME)->pool.at, at);
    world_release(&world);
}

/* ---- search ---- */

static bool in_order(struct text text, struct text letters)
{
    size_t at = 0;

    for (size_t i = 0; i < letters.length; i++, at++) {
        while (at < text.length && text.at[at] != letters.at[i])
            at++;
        if (at >= text.length)
            return false;
    }
    return true;
}

static bool row_hits(const struct world *world, uint32_t row, struct text word, bool loosely)
{
    static const enum column searched[] = {COL_HANDLE, COL_NAME, COL_BIO, COL_NICHE, COL_TAG};
    struct buf room = BUF_INIT;
    bool hit = false;

    for (size_t i = 0; i < (loosely ? 2 : COUNT_OF(searched)) && !hit; i++) {
        fold_cell(world, searched[i], row, &room);
        hit = loosely ? in_order(buf_text(&room), word) : text_find(buf_text(&room), word, NULL);
    }
    buf_release(&room);
    return hit && catalog_live(&world->catalog, row);
}

static size_t naive_hits(const struct world *world, struct text word, bool loosely,
                         struct bits *hits)
{
    bits_resize(hits, world->catalog.count);
    for (uint32_t row = 0; row < world->catalog.count; row++)
        bits_put(hits, row, row_hits(world, row, word, loosely));
    return bits_total(hits);
}

static void expect_hits(const struct world *world, const struct search *search, struct text typed)
{
    struct buf folded = BUF_INIT;
    struct bits hits = {0};
    bool loosely;

    utf8_fold(&folded, typed);
    if (!folded.length) {
        assert_null(search_hits(search));
    } else {
        loosely = naive_hits(world, buf_text(&folded), false, &hits) == 0;
        if (loosely)
            naive_hits(world, buf_text(&folded), true, &hits);
        assert_int_equal(search_loose(search), loosely);
        assert_int_equal(search_hits(search)->count, hits.count);
        for (uint32_t row = 0; row < hits.count; row++)
            if (bits_get(search_hits(search), row) != bits_get(&hits, row))
                fail_msg("row %u for '%.*s'", row, (int)typed.length, typed.at);
    }
    buf_release(&folded);
    bits_release(&hits);
}

/* Letters typed and taken back, some before the search has come to an end. */
static void type(struct world *world, struct search *search, struct buf *word)
{
    static const char *const letters[] = {"a",      "n",      "N", "i", "k", "o", "s",  "e",
                                          "\u00C9", "\u043C", "b", ".", "z", "x", "ma", "skin"};

    if (below(world, 4) == 0)
        buf_cut(word, below(world, word->length + 1));
    else
        buf_add_string(word, letters[below(world, COUNT_OF(letters))]);
    if (below(world, 15) == 0)
        buf_clear(word);
    search_ask(search, &world->sheet, buf_text(word));
    if (below(world, 3)) {
        while (search_step(search, &world->sheet, 1 + below(world, 40000)))
            assert_true(search_busy(search));
        expect_hits(world, search, buf_text(word));
    } else {
        search_step(search, &world->sheet, below(world, 400000));
    }
}

static void narrowing_is_starting_over(void **state)
{
    struct world world;
    struct search search = {.count = 0};
    struct buf word = BUF_INIT;

    (void)state;
    world_init(&world, "search");
    grow(&world, 400);
    for (int i = 0; i < 700; i++) {
        if (i % 50 == 49) {
            grow(&world, below(&world, 50));
            change(&world, below(&world, 50));
        }
        type(&world, &search, &word);
    }
    buf_release(&word);
    search_release(&search);
    world_release(&world);
}

/* More rows than are looked at in one go, and the work bounded. */
static void a_long_search_is_done_in_steps(void **state)
{
    struct world world;
    struct search search = {.count = 0};
    double share = 0, before = 0;
    size_t steps = 0;

    (void)state;
    world_init(&world, "steps");
    for (int64_t id = 1; id <= 50000; id++)
        a_name_put(&world.catalog, id, id % 1000 ? TEXT("Lena") : TEXT("Jos\u00E9"));
    assert_true(search_unready(&world.sheet));
    while (search_unready(&world.sheet))
        search_prepare(&world.sheet);
    search_ask(&search, &world.sheet, TEXT("JOSE"));
    assert_string_equal(search_progress(&search, &share), "searching handles");
    a_name_put(&world.catalog, 50001, TEXT("Jose")); /* came too late for this search */
    while (search_step(&search, &world.sheet, 1)) {
        steps++;
        search_progress(&search, &share);
        assert_true(share >= 0 && share <= 1);
        before = share > before ? share : before;
    }
    assert_true(steps > 4 && before > 0.5);
    assert_null(search_progress(&search, &share));
    assert_int_equal(search_hits(&search)->count, 50001);
    assert_int_equal(bits_total(search_hits(&search)), 50);
    search_ask(&search, &world.sheet, TEXT("JOSE"));
    search_step(&search, &world.sheet, WHOLE);
    assert_int_equal(bits_total(search_hits(&search)), 51);
    search_release(&search);
    world_release(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scan_finds_what_looking_row_by_row_does),
        cmocka_unit_test(no_needle_is_in_every_text_there_is),
        cmocka_unit_test(what_is_replaced_does_not_pile_up),
        cmocka_unit_test(what_did_not_change_is_not_folded_again),
        cmocka_unit_test(narrowing_is_starting_over),
        cmocka_unit_test(a_long_search_is_done_in_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
