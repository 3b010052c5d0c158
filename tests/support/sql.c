#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 20000

static sqlite3 *connect(const char *store, int flags)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(store, &db, flags, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, PATIENCE_MS);
    return db;
}

void sql_run(const char *store, const char *sql)
{
    sqlite3 *db = connect(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

char *sql_text(const char *store, const char *sql)
{
    sqlite3 *db = connect(store, SQLITE_OPEN_READONLY);
    sqlite3_stmt *stmt;
    char *out = NULL;
    size_t length;
    int rc;
    FILE *stream = open_memstream(&out, &length);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *cell = (const char *)sqlite3_column_text(stmt, i);
            fprintf(stream, "%s%s", i ? "|" : "", cell ? cell : "");
        }
        fputc('\n', stream);
    }
    if (rc != SQLITE_DONE)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    fclose(stream);
    return out;
}

const char *sql_value(const char *store, const char *sql)
{
    static char values[4][256];
    static int next;
    char *value = values[next++ % 4], *text = sql_text(store, sql);
    snprintf(value, sizeof values[0], "%.*s", (int)strcspn(text, "|\n"), text);
    free(text);
    return value;
}

double sql_number(const char *store, const char *sql)
{
    return strtod(sql_value(store, sql), NULL);
}
