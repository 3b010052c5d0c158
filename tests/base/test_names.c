#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/names.h"
#include "seed_internal.h"

static void codes_count_up_and_stay(void **state)
{
    (void)state;
    struct names names = {0};
    assert_int_equal(names_find(&names, TEXT("beauty")), NAMES_NONE);
    assert_int_equal(names_add(&names, TEXT("beauty")), 0);
    assert_int_equal(names_add(&names, TEXT("fitness")), 1);
    assert_int_equal(names_add(&names, TEXT("beauty")), 0);
    assert_int_equal(names_add(&names, TEXT("Beauty")), 2);
    assert_int_equal(names_add(&names, TEXT("")), 3);
    assert_int_equal(names_find(&names, TEXT("fitness")), 1);
    assert_int_equal(names_find(&names, TEXT("fit")), NAMES_NONE);
    assert_int_equal(names_find(&names, (struct text){0}), NAMES_NONE);
    assert_true(text_is(names_text(&names, 1), "fitness"));
    assert_int_equal(names.count, 4);
    names_release(&names);
    assert_int_equal(names.count, 0);
    names_release(&names);
    names_release(NULL);
}

static void many_names_keep_their_codes(void **state)
{
    (void)state;
    enum { MANY = 50000 };
    struct random random = seeded("names");
    uint64_t salt = random_next(&random);
    struct names names = {0};
    struct buf buf = BUF_INIT;
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < MANY; i++) {
            buf_clear(&buf);
            buf_addf(&buf, "%llx-%u", (unsigned long long)salt, i);
            assert_int_equal(names_add(&names, buf_text(&buf)), i);
        }
    assert_int_equal(names.count, MANY);
    for (unsigned i = 0; i < MANY; i++) {
        buf_clear(&buf);
        buf_addf(&buf, "%llx-%u", (unsigned long long)salt, i);
        assert_true(text_equal(names_text(&names, i), buf_text(&buf)));
    }
    buf_release(&buf);
    names_release(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_count_up_and_stay),
        cmocka_unit_test(many_names_keep_their_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
