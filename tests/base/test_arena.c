#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/vec.h"
#include "seed_internal.h"

static void memory_is_zeroed_aligned_and_stays(void **state)
{
    (void)state;
    enum { MANY = 2000 };
    struct random random = seeded("arena");
    struct arena arena = {0};
    unsigned char *at[MANY];
    size_t sizes[MANY], asked = 0;
    for (size_t i = 0; i < MANY; i++) {
        sizes[i] = random_below(&random, i % 50 ? 200 : 50000);
        asked += sizes[i];
        at[i] = arena_alloc(&arena, sizes[i]);
        assert_int_equal((uintptr_t)at[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(at[i][k], 0);
        memset(at[i], (int)i, sizes[i]);
        arena_text(&arena, TEXT("odd"));
    }
    for (size_t i = 0; i < MANY; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(at[i][k], (unsigned char)i);
    assert_true(arena.bytes >= asked);
    assert_true(arena.bytes < 2 * asked + 500000);
    arena_release(&arena);
    assert_null(arena.newest);
    assert_int_equal(arena.bytes, 0);
}

static void texts_are_copied_and_terminated(void **state)
{
    (void)state;
    struct arena arena = {0};
    char source[] = "lenaskin and more";
    struct text copy = arena_text(&arena, (struct text){source, 8});
    char *string = arena_string(&arena, (struct text){source, 4});
    memset(source, 'x', sizeof source - 1);
    assert_true(text_is(copy, "lenaskin"));
    assert_int_equal(copy.at[8], '\0');
    assert_string_equal(string, "lena");
    arena_release(&arena);
}

static void unknown_stays_unknown(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_false(text_known(arena_text(&arena, (struct text){0})));
    struct text empty = arena_text(&arena, TEXT(""));
    assert_true(text_known(empty));
    assert_int_equal(empty.length, 0);
    assert_string_equal(arena_string(&arena, (struct text){0}), "");
    arena_release(&arena);
    arena_release(&arena);
    arena_release(NULL);
}

static void small_arenas_stay_small(void **state)
{
    (void)state;
    struct arena arena = {0};
    arena_text(&arena, TEXT("one word"));
    assert_true(arena.bytes < 2048);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_stays),
        cmocka_unit_test(texts_are_copied_and_terminated),
        cmocka_unit_test(unknown_stays_unknown),
        cmocka_unit_test(small_arenas_stay_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
