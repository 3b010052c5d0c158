#include "rows_internal.h"

#include <string.h>

/* What creators weigh. */

/* Wide values in every column, as large as creators have them: billions of followers, fractions per
 * post, dates of today, more sets than 16 bits tell apart. */
static void fill_record(struct record *record, uint32_t row, char words[COLUMN_COUNT][48])
{
    record_clear(record);
    record->id = (int64_t)row + 1;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum column column = (enum column)i;
        static const double by_unit[UNIT_COUNT_OF] = {
            [UNIT_COUNT] = 2e9, [UNIT_AVERAGE] = 1234.56, [UNIT_SHARE] = 0.123,
            [UNIT_MONEY] = 4e7, [UNIT_DAYS] = 3000,       [UNIT_TIME] = 1.79e9};
        enum unit unit = columns[column].unit;
        if (!columns[column].stored)
            continue;
        snprintf(words[i], sizeof words[i], unit == UNIT_WORD ? "w%u" : "%u|%s",
                 unit == UNIT_WORD ? row % 250 : row, columns[column].key);
        if (column_is_text(column))
            record_set_text(record, column, text_of(words[i]));
        else
            record_set_number(record, column, by_unit[unit] + row);
    }
    record_set_text(record, COL_PLATFORM, TEXT("tiktok"));
    record_set_text(record, COL_ER_BASIS, TEXT("views"));
    record_set_text(record, COL_FEE_ORIGIN, TEXT("quoted"));
    record_set_text(record, COL_CURRENCY, TEXT("USD"));
}

static void every_column_filled_fits_the_budget(void **state)
{
    enum { ROWS = 100000, BUDGET = 192 };
    static char words[COLUMN_COUNT][48];
    struct catalog_memory memory;
    struct record record;
    struct catalog catalog;
    size_t text = 0;

    (void)state;
    catalog_init(&catalog);
    for (uint32_t row = 0; row < ROWS; row++) {
        fill_record(&record, row, words);
        assert_true(put(&catalog, &record));
        for (int i = 0; i < COLUMN_COUNT; i++)
            if (columns[i].stored && columns[i].unit == UNIT_TEXT)
                text += strlen(words[i]) + 1;
        catalog_plan(&catalog, row, 300);
    }
    end(&catalog);
    catalog_memory(&catalog, &memory);
    print_message("facts %.1f, marks %.1f, text %.1f bytes a creator\n",
                  (double)memory.facts / ROWS, (double)memory.marks / ROWS,
                  (double)memory.text / ROWS);
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (columns[i].stored && !column_is_text((enum column)i))
            assert_true(catalog_number(&catalog, (enum column)i, ROWS - 1) > 0);
    assert_true(memory.facts + memory.marks <= (size_t)BUDGET * ROWS);
    /* two of the sets' dictionaries: entry, place and bytes of each */
    assert_true(memory.text >= text && memory.text < text + text / 16 + ROWS * 2 * 120);
    catalog_release(&catalog);
    catalog_memory(&catalog, &memory);
    assert_int_equal(memory.facts + memory.marks + memory.text + memory.index, 0);
}

static void room_that_is_not_needed_goes_back(void **state)
{
    struct catalog catalog;
    size_t roomy;

    (void)state;
    catalog_init(&catalog);
    add_many(&catalog, 30000);
    roomy = catalog.capacity;
    add_many(&catalog, roomy + 1);
    assert_true(catalog.capacity > catalog.count + catalog.count / 6);
    end(&catalog);
    assert_true(catalog.capacity < catalog.count + catalog.count / 12);
    roomy = catalog.capacity; /* a few more now and then fit */
    add_many(&catalog, catalog.count + 50);
    end(&catalog);
    assert_int_equal(catalog.capacity, roomy);
    for (uint32_t row = 0; row < catalog.count; row++)
        assert_true(cells_number(&catalog_facts(&catalog)->followers, row) == 1);
    catalog_release(&catalog);
}

static void replaced_text_does_not_leak(void **state)
{
    enum { ROWS = 16384, REPLACED = 1000000 }; /* whole blocks */
    static unsigned lengths[ROWS];
    static char bytes[600];
    struct random random = seeded();
    struct catalog_memory memory;
    struct record record;
    struct catalog catalog;
    size_t live = 0;

    (void)state;
    catalog_init(&catalog);
    memset(bytes, 'x', sizeof bytes);
    for (int i = 0; i < REPLACED; i++) {
        uint32_t row = i < ROWS ? (uint32_t)i : (uint32_t)random_below(&random, ROWS);
        live -= lengths[row];
        lengths[row] = (unsigned)random_below(&random, random_below(&random, 8) ? 40 : 600);
        live += lengths[row];
        record_clear(&record);
        record.id = row + 1;
        record_set_text(&record, COL_HANDLE, TEXT("h"));
        record_set_text(&record, COL_BIO, (struct text){bytes, lengths[row]});
        assert_true(put(&catalog, &record));
        if (i < ROWS || i % 5000)
            continue;
        catalog_memory(&catalog, &memory);
        assert_true(memory.text < (live + ROWS * 4) / 10 * 13);
    }
    for (uint32_t row = 0; row < ROWS; row++)
        assert_int_equal(catalog_text(&catalog, COL_BIO, row).length, lengths[row]);
    catalog_release(&catalog);
}

/* The bytes are not looked at: what cannot be kept is refused before. */
static void text_without_end_is_refused(void **state)
{
    struct record_sink sink;
    struct record record;
    struct catalog catalog;
    struct err err;
    uint64_t revision;

    (void)state;
    catalog_init(&catalog);
    put_one(&catalog, 1, "a", 1);
    revision = catalog.revision;
    record_clear(&record);
    record.id = 2;
    record_set_text(&record, COL_HANDLE, TEXT("b"));
    record_set_text(&record, COL_BIO, (struct text){"x", (size_t)UINT32_MAX - 3});
    sink = catalog_sink(&catalog);
    assert_false(sink.put(sink.self, &record, &err));
    assert_non_null(strstr(err.message, "'bio'"));
    assert_int_equal(catalog.count, 1);
    assert_true(catalog.revision == revision);
    catalog_release(&catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_filled_fits_the_budget),
        cmocka_unit_test(room_that_is_not_needed_goes_back),
        cmocka_unit_test(replaced_text_does_not_leak),
        cmocka_unit_test(text_without_end_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
