#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "catalog/catalog.h"
#include "runtime/reload.h"

static void put(struct record_sink sink, int64_t id, const char *handle, double followers,
                const char *niche)
{
    struct record record;
    record_clear(&record);
    record.id = id;
    record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
    record_set_text(&record, COL_HANDLE, text_of(handle));
    if (!isnan(followers))
        record_set_number(&record, COL_FOLLOWERS, followers);
    if (niche)
        record_set_text(&record, COL_NICHE, text_of(niche));
    assert_true(sink.put(sink.self, &record, NULL));
}

/* A store leaves out what it does not know: what it knew before must not stay. */
static void what_became_unknown_does_not_stay(void **state)
{
    (void)state;
    struct catalog catalog;
    struct reload reload;
    catalog_init(&catalog);
    struct record_sink sink = catalog_sink(&catalog);
    assert_true(sink.begin(sink.self, NULL));
    put(sink, 1, "anna", 1000, "food");
    put(sink, 2, "bert", 2000, "food");
    assert_true(sink.end(sink.self, true, NULL));
    reload_init(&reload, &catalog, false);
    sink = reload_sink(&reload);
    assert_true(sink.begin(sink.self, NULL));
    put(sink, 1, "anna", NAN, NULL);
    put(sink, 2, "bert", 2500, "food");
    put(sink, 3, "cleo", 3000, "beauty");
    assert_true(sink.end(sink.self, true, NULL));
    assert_int_equal(catalog.live_count, 3);
    assert_int_equal(catalog_find_id(&catalog, 1), 0); /* in the same row */
    assert_true(isnan(catalog_number(&catalog, COL_FOLLOWERS, 0)));
    assert_false(text_known(catalog_text(&catalog, COL_NICHE, 0)));
    assert_true(text_is(catalog_text(&catalog, COL_HANDLE, 0), "anna"));
    assert_true(catalog_number(&catalog, COL_FOLLOWERS, 1) == 2500);
    assert_true(text_is(catalog_text(&catalog, COL_NICHE, 2), "beauty"));
    reload_release(&reload);
    catalog_release(&catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_became_unknown_does_not_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
