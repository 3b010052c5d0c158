#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/random.h"
#include "base/utf8.h"

/* A sink that writes each record down as one line, the way the oracle's statement does. */
struct lines {
    struct buf out;
    int begun, ended, ended_well;
    uint64_t refuse_after;
    uint64_t count;
    bool begin_fails;
};

static bool lines_begin(void *self, struct err *err)
{
    struct lines *lines = self;

    lines->begun++;
    return !lines->begin_fails || err_set(err, "no room");
}

static bool lines_put(void *self, const struct record *record, struct err *err)
{
    struct lines *lines = self;

    if (lines->refuse_after && lines->count == lines->refuse_after)
        return err_set(err, "no more");
    lines->count++;
    buf_addf(&lines->out, "%lld", (long long)record->id);
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        if (!columns[column].stored)
            continue;
        buf_add_char(&lines->out, ';');
        if (!record_has(record, column))
            buf_add_string(&lines->out, "NULL");
        else if (column_is_text(column))
            buf_add_text(&lines->out, record_text(record, column));
        else
            buf_addf(&lines->out, "%.17g", record_number(record, column));
    }
    buf_add_char(&lines->out, '\n');
    return true;
}

static bool lines_end(void *self, bool ok, struct err *err)
{
    struct lines *lines = self;

    (void)err;
    lines->ended++;
    lines->ended_well += ok;
    return true;
}

static struct record_sink lines_sink(struct lines *lines)
{
    return (struct record_sink){lines, lines_begin, lines_put, NULL, lines_end};
}

/* The same lines out of an independent connection that reads every column of every row. */
static void oracle_lines(const char *path, struct buf *out)
{
    struct buf sql = BUF_INIT;
    sqlite3 *db = oracle_open(path);
    sqlite3_stmt *stmt;

    buf_add_string(&sql, "SELECT id");
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        if (columns[column].stored)
            buf_addf(&sql, ", \"%s\"", columns[column].key);
    buf_add_string(&sql, " FROM creator ORDER BY id");
    assert_int_equal(sqlite3_prepare_v2(db, buf_string(&sql), -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            int type = sqlite3_column_type(stmt, i);
            if (i)
                buf_add_char(out, ';');
            if (type == SQLITE_NULL)
                buf_add_string(out, "NULL");
            else if (type == SQLITE_TEXT)
                buf_add_string(out, (const char *)sqlite3_column_text(stmt, i));
            else
                buf_addf(out, "%.17g", sqlite3_column_double(stmt, i));
        }
        buf_add_char(out, '\n');
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    buf_release(&sql);
}

static struct record random_creator(struct random *random, int number, char handle[20])
{
    struct record record;

    snprintf(handle, 20, "creator%d", number);
    record = creator(random_below(random, PLATFORM_COUNT), handle);
    for (enum column column = COL_NAME; column < COLUMN_COUNT; column++) {
        if (!columns[column].stored || random_below(random, 3) || column == COL_EMAIL ||
            column == COL_SAVES)
            continue;
        if (column_is_text(column))
            record_set_text(&record, column,
                            random_below(random, 2) ? TEXT("w\xc3\xb6rd") : TEXT("a|b"));
        else
            record_set_number(&record, column, random_unit(random) * 100000);
    }
    return record;
}

static void fill(struct store *store, int count, uint64_t seed)
{
    struct record *records = calloc((size_t)count, sizeof *records);
    char(*handles)[20] = calloc((size_t)count, sizeof *handles);
    struct random random;

    random_init(&random, seed);
    for (int i = 0; i < count; i++)
        records[i] = random_creator(&random, i, handles[i]);
    assert_written(import(store, records, (size_t)count), (unsigned)count, 0, 0, 0);
    free(records);
    free(handles);
}

static void load_is_what_a_select_says(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct lines lines = {.count = 0};
    struct buf wanted = BUF_INIT;

    print_message("seed 7\n");
    struct store *store = open_for(path, STORE_EXPLORE);
    fill(store, 2500, 7);
    sqlite3 *db = oracle_open(path);
    oracle_run(db, "DELETE FROM creator WHERE id % 7 = 3");
    sqlite3_close(db);
    assert_true(store_load_all(store, lines_sink(&lines), NULL));
    oracle_lines(path, &wanted);
    assert_true(lines.count > 2000);
    assert_string_equal(buf_string(&lines.out), buf_string(&wanted));
    assert_int_equal(lines.begun + lines.ended + lines.ended_well, 3);
    buf_release(&wanted);
    buf_release(&lines.out);
    store_close(store);
}

/* The list of columns that hold anything is void as soon as somebody else writes. */
static void load_sees_a_column_that_others_fill_first(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);

    fill(store, 50, 3);
    sqlite3 *db = oracle_open(path);
    for (int round = 0; round < 3; round++) {
        struct lines lines = {.count = 0};
        struct buf wanted = BUF_INIT;
        if (round == 1)
            oracle_run(db, "UPDATE creator SET email='a@example.org' WHERE id=7");
        if (round == 2) { /* and an import after that must not hide it again */
            struct record one = creator(PLATFORM_X, "late");
            import(store, &one, 1);
        }
        assert_true(store_load_all(store, lines_sink(&lines), NULL));
        oracle_lines(path, &wanted);
        assert_string_equal(buf_string(&lines.out), buf_string(&wanted));
        assert_int_equal(strstr(buf_string(&lines.out), "example.org") != NULL, round > 0);
        buf_release(&wanted);
        buf_release(&lines.out);
    }
    sqlite3_close(db);
    store_close(store);
}

static void load_goes_step_by_step_in_one_moment(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct lines lines = {.count = 0};
    struct buf wanted = BUF_INIT;
    struct store_load *load;
    uint64_t done, total, before = 0;
    struct store *store = open_for(path, STORE_WRITE);

    fill(store, 1000, 5);
    oracle_lines(path, &wanted);
    assert_true(store_load_begin(store, lines_sink(&lines), &load, NULL));
    store_load_progress(load, &done, &total);
    assert_int_equal(done, 0);
    assert_int_equal(total, 1000);
    struct record early = creator(PLATFORM_X, "early");
    import(store, &early, 1);
    enum store_load_state step;
    while ((step = store_load_step(load, 64, NULL)) == STORE_LOAD_MORE) {
        store_load_progress(load, &done, &total);
        assert_int_equal(done, before + 64);
        assert_true(total >= done && total <= 1000);
        before = done;
        if (done == 128) { /* written while it loads: not part of this moment */
            struct record one = creator(PLATFORM_X, "late");
            import(store, &one, 1);
        }
        if (done == 256) {
            store_close(store);
            store = NULL;
        }
    }
    assert_int_equal(step, STORE_LOAD_DONE);
    store_load_progress(load, &done, &total);
    assert_int_equal(done, 1000);
    assert_int_equal(total, 1000);
    store_load_free(load);
    assert_string_equal(buf_string(&lines.out), buf_string(&wanted));
    buf_release(&lines.out);
    buf_release(&wanted);
}

static void load_can_be_cancelled(void **state)
{
    struct lines lines = {.count = 0}, refusing = {.refuse_after = 30};
    struct lines broken = {.begin_fails = true};
    struct store_load *load;
    struct err err;
    struct store *store = open_for(in_folder(state, "a.db"), STORE_WRITE);

    fill(store, 100, 5);
    assert_true(store_load_begin(store, lines_sink(&lines), &load, NULL));
    assert_int_equal(store_load_step(load, 10, NULL), STORE_LOAD_MORE);
    store_load_free(load);
    assert_int_equal(lines.count, 10);
    assert_int_equal(lines.ended, 1);
    assert_int_equal(lines.ended_well, 0);
    assert_false(store_load_all(store, lines_sink(&refusing), &err));
    assert_string_equal(err.message, "no more");
    assert_int_equal(refusing.ended, 1);
    assert_int_equal(refusing.ended_well, 0);
    assert_false(store_load_begin(store, lines_sink(&broken), &load, &err));
    assert_string_equal(err.message, "no room");
    assert_null(load);
    assert_int_equal(broken.ended, 0);
    buf_release(&lines.out);
    buf_release(&refusing.out);
    store_close(store);
}

static void empty_store_loads_nothing(void **state)
{
    struct lines lines = {.count = 0};
    struct store *store = open_for(in_folder(state, "a.db"), STORE_WRITE);

    assert_true(store_load_all(store, lines_sink(&lines), NULL));
    assert_int_equal(lines.count, 0);
    assert_int_equal(lines.ended_well, 1);
    store_close(store);
}

static void broken_text_of_others_comes_out_valid(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct lines lines = {.count = 0};
    struct store *store = open_for(path, STORE_WRITE);
    sqlite3 *db = oracle_open(path);

    oracle_run(db, "INSERT INTO creator(platform, handle, name, likes) VALUES"
                   " ('x', 'ada', CAST(x'41ff42' AS TEXT), 9e999)");
    sqlite3_close(db);
    assert_true(store_load_all(store, lines_sink(&lines), NULL));
    assert_non_null(strstr(buf_string(&lines.out), ";ada;A\xef\xbf\xbd"
                                                   "B;"));
    assert_true(utf8_valid(buf_text(&lines.out)));
    assert_null(strstr(buf_string(&lines.out), "inf"));
    buf_release(&lines.out);
    store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(load_is_what_a_select_says, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(load_sees_a_column_that_others_fill_first, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(load_goes_step_by_step_in_one_moment, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(load_can_be_cancelled, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(empty_store_loads_nothing, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(broken_text_of_others_comes_out_valid, folder_make,
                                        folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
