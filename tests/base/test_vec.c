#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/vec.h"

struct ints {
    int *items;
    size_t count, capacity;
};

static void items_survive_growth(void **state)
{
    (void)state;
    struct ints ints = {0};
    size_t moves = 0, capacity = 0;
    for (int i = 0; i < 10000; i++) {
        VEC_PUSH(&ints, i);
        moves += ints.capacity != capacity;
        capacity = ints.capacity;
    }
    for (int i = 0; i < 10000; i++)
        assert_int_equal(ints.items[i], i);
    assert_true(moves < 30);
    free(ints.items);
}

static void reserving_keeps_count(void **state)
{
    (void)state;
    struct ints ints = {0};
    VEC_RESERVE(&ints, 100);
    assert_true(ints.capacity >= 100);
    assert_int_equal(ints.count, 0);
    int *items = ints.items;
    for (int i = 0; i < 100; i++)
        VEC_PUSH(&ints, i);
    assert_ptr_equal(ints.items, items);
    free(ints.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_survive_growth),
        cmocka_unit_test(reserving_keeps_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
