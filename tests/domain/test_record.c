#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "domain/facts.h"
#include "base/number.h"
#include "domain/record.h"

static int make(void **state)
{
    struct record *record = mem_alloc(sizeof *record);
    record_clear(record);
    *state = record;
    return 0;
}

static int give_back(void **state)
{
    free(*state);
    return 0;
}

static void a_cleared_record_has_nothing(void **state)
{
    struct record *record = *state;
    assert_int_equal(record->id, 0);
    assert_int_equal(record->snapshot_count, 0);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        assert_false(record_has(record, (enum column)i));
        assert_true(isnan(record_number(record, (enum column)i)));
        assert_false(text_known(record_text(record, (enum column)i)));
    }
    assert_int_equal(record_platform(record), PLATFORM_COUNT);
}

/* Every column on its own: the mask spans more than one word. */
static void each_column_is_apart(void **state)
{
    struct record *record = *state;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        record_clear(record);
        if (column_is_text((enum column)i))
            record_set_text(record, (enum column)i, TEXT("x"));
        else
            record_set_number(record, (enum column)i, i + 0.5);
        for (int j = 0; j < COLUMN_COUNT; j++)
            assert_int_equal(record_has(record, (enum column)j), i == j);
        if (column_is_text((enum column)i))
            assert_true(text_is(record_text(record, (enum column)i), "x"));
        else
            assert_true(record_number(record, (enum column)i) == i + 0.5);
    }
}

static void present_may_be_unknown(void **state)
{
    struct record *record = *state;
    record_set_number(record, COL_LIKES, NAN);
    record_set_text(record, COL_BIO, (struct text){0});
    assert_true(record_has(record, COL_LIKES));
    assert_true(isnan(record_number(record, COL_LIKES)));
    assert_true(record_has(record, COL_BIO));
    assert_false(text_known(record_text(record, COL_BIO)));
}

static void clearing_forgets(void **state)
{
    struct record *record = *state;
    record_set_number(record, COL_FOLLOWERS, 12);
    record_set_text(record, COL_HANDLE, TEXT("lena"));
    record->id = 9;
    record_clear(record);
    assert_true(isnan(record_number(record, COL_FOLLOWERS)));
    assert_false(text_known(record_text(record, COL_HANDLE)));
    assert_int_equal(record->id, 0);
}

static void the_platform_is_one_of_ours(void **state)
{
    struct record *record = *state;
    record_set_text(record, COL_PLATFORM, TEXT("tiktok"));
    assert_int_equal(record_platform(record), PLATFORM_TIKTOK);
    record_set_text(record, COL_PLATFORM, TEXT("other"));
    assert_int_equal(record_platform(record), PLATFORM_OTHER);
    record_set_text(record, COL_PLATFORM, TEXT("myspace"));
    assert_int_equal(record_platform(record), PLATFORM_COUNT);
    record_set_text(record, COL_PLATFORM, (struct text){0});
    assert_int_equal(record_platform(record), PLATFORM_COUNT);
}

static void origins_have_words(void **state)
{
    (void)state;
    assert_string_equal(fee_origin_words[FEE_UNKNOWN], "");
    assert_string_equal(fee_origin_words[FEE_QUOTED], "quoted");
    assert_string_equal(fee_origin_words[FEE_IMPORTED], "imported");
    assert_string_equal(fee_origin_words[FEE_ESTIMATED], "estimated");
}

static void a_snapshot_knows_nothing_but_its_time(void **state)
{
    (void)state;
    struct snapshot snapshot = snapshot_at(77);
    assert_true(snapshot.at == 77 && !snapshot_known(&snapshot));
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
        assert_false(number_known(snapshot_value(&snapshot, i)));
        *snapshot_figure(&snapshot, i) = 3;
        assert_true(snapshot_known(&snapshot));
        *snapshot_figure(&snapshot, i) = number_unknown();
    }
    assert_false(snapshot_known(&snapshot));
    snapshot_set_word(&snapshot, COL_ER_BASIS, TEXT("views"));
    snapshot_set_word(&snapshot, COL_CURRENCY, TEXT("chf"));
    assert_true(text_is(snapshot_word(&snapshot, COL_ER_BASIS), "views"));
    assert_true(text_is(snapshot_word(&snapshot, COL_CURRENCY), "CHF"));
    snapshot_set_word(&snapshot, COL_ER_BASIS, TEXT("moods"));
    snapshot_set_word(&snapshot, COL_CURRENCY, TEXT("shells"));
    assert_false(text_known(snapshot_word(&snapshot, COL_ER_BASIS)));
    assert_false(text_known(snapshot_word(&snapshot, COL_CURRENCY)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_cleared_record_has_nothing, make, give_back),
        cmocka_unit_test_setup_teardown(each_column_is_apart, make, give_back),
        cmocka_unit_test_setup_teardown(present_may_be_unknown, make, give_back),
        cmocka_unit_test_setup_teardown(clearing_forgets, make, give_back),
        cmocka_unit_test_setup_teardown(the_platform_is_one_of_ours, make, give_back),
        cmocka_unit_test(a_snapshot_knows_nothing_but_its_time),
        cmocka_unit_test(origins_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
