#ifndef MICROSCOPE_TESTS_STORE_SUPPORT_H
#define MICROSCOPE_TESTS_STORE_SUPPORT_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "store/load.h"
#include "store/store.h"
#include "store/writer.h"

/* A folder of its own for each test, removed with what is in it. */
int folder_make(void **state);
int folder_remove(void **state);
/* "<folder>/<name>"; one of a few buffers that take turns. */
const char *in_folder(void **state, const char *name);

struct store *open_for(const char *path, enum store_mode mode);

/* The independent view: a second connection that knows nothing of the program. */
sqlite3 *oracle_open(const char *path);
void oracle_run(sqlite3 *db, const char *sql);
/* The first column of the first row, as text ("NULL" for none); one of a few buffers. */
const char *oracle(const char *path, const char *sql);

/* A record of platform and handle, and what is added to it. Texts are borrowed. */
struct record creator(enum platform platform, const char *handle);
struct record creator_at(enum platform platform, const char *handle, double followers, double at);

/* Imports the records as one; asserts success. */
struct store_written import(struct store *store, const struct record *records, size_t count);
void assert_written(struct store_written written, unsigned added, unsigned changed,
                    unsigned unchanged, unsigned repeated);

#endif
