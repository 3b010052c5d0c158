#ifndef MICROSCOPE_TESTS_CATALOG_ROWS_INTERNAL_H
#define MICROSCOPE_TESTS_CATALOG_ROWS_INTERNAL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/random.h"
#include "catalog/catalog.h"

/* Rows one by one, for the tests of how they come and what they weigh. */

static inline struct random seeded(void)
{
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    struct random random;

    printf("rows: TEST_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    return random;
}

static inline bool put(struct catalog *catalog, const struct record *record)
{
    struct record_sink sink = catalog_sink(catalog);

    return sink.put(sink.self, record, NULL);
}

static inline void drop(struct catalog *catalog, int64_t id)
{
    struct record_sink sink = catalog_sink(catalog);

    assert_true(sink.drop(sink.self, id, NULL));
}

static inline void end(struct catalog *catalog)
{
    struct record_sink sink = catalog_sink(catalog);

    assert_true(sink.end(sink.self, true, NULL));
}

static inline void put_one(struct catalog *catalog, int64_t id, const char *handle,
                           double followers)
{
    struct record record;

    record_clear(&record);
    record.id = id;
    if (handle)
        record_set_text(&record, COL_HANDLE, text_of(handle));
    record_set_number(&record, COL_FOLLOWERS, followers);
    assert_true(put(catalog, &record));
}

static inline void add_many(struct catalog *catalog, size_t count)
{
    while (catalog->count < count) {
        char handle[24];
        snprintf(handle, sizeof handle, "h%zu", catalog->count);
        put_one(catalog, (int64_t)catalog->count + 1, handle, 1);
    }
}

#endif
