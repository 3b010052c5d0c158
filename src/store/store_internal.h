#ifndef MICROSCOPE_STORE_STORE_INTERNAL_H
#define MICROSCOPE_STORE_STORE_INTERNAL_H

#include <sqlite3.h>
#include <sys/types.h>

#include "store/store.h"

#define STORE_WAIT_MS 5000
#define STORE_CHANGES_KEPT 100000

struct store_statement {
    const char *sql; /* by address: a literal of ours */
    sqlite3_stmt *stmt;
};

/* How far an older store is on its way to today's format. */
struct store_upgrade {
    const struct store_patience *watch; /* NULL: nobody waits */
    const char *what;                   /* the step */
    double done, steps;
    int64_t last, reached; /* ids of creators: the highest, and how far the step is */
    bool stopped;          /* by who waits */
};

struct store {
    const struct store_patience *patience; /* while it is being opened; NULL: 5 s */
    sqlite3 *db;
    char *path;
    enum store_mode mode;
    bool read_only;
    bool busy, full; /* the last failure was a lock */
    bool writing;
    int64_t data_version;
    double (*now)(void);
    int64_t visit; /* 0: not begun */
    dev_t device;  /* of the file that was opened */
    ino_t inode;
    ino_t log;                     /* of its log, as it was seen latest */
    struct store_upgrade *upgrade; /* NULL but while it is opened */
    struct store_statements {
        struct store_statement *items;
        size_t count, capacity;
    } statements;
};

/* Explains what the engine just said: "cannot <what> '<path>': …". Returns false. */
bool store_fail(struct store *store, const char *what, struct err *err);

/* A statement made once per connection and kept; `sql` is a literal. Comes reset, its bindings
 * gone. NULL: see err. Reset it after use, a cursor left open keeps a lock. */
sqlite3_stmt *store_statement(struct store *store, const char *sql, struct err *err);
/* One that the caller finalizes, for text made at run time. */
sqlite3_stmt *store_prepare(struct store *store, const char *sql, struct err *err);
/* Statements without results: a literal, or a kept statement that is bound already. Both say what
 * failed; the kept one is reset. */
bool store_exec(struct store *store, const char *sql, const char *what, struct err *err);
bool store_finish(struct store *store, sqlite3_stmt *stmt, struct err *err);
/* The first column of the first row; `absent` where there is none. */
bool store_integer(struct store *store, const char *sql, int64_t absent, int64_t *out,
                   struct err *err);

/* A step is done with all creators up to this. */
void store_upgrade_reached(struct store *store, int64_t id);

/* Cuts the log of changes to its length where it has become longer. */
void store_trim_changes(struct store *store);

bool store_may_write(struct store *store, struct err *err);

/* Whole seconds. */
int64_t store_now(const struct store *store);

/* What the connection is about to do; the first three not inside a transaction. Filling an empty store
 * writes each page once, into place, instead of to the log and from there: where nobody else has it
 * open. Neither that nor merging asks of each entry of the history whether its creator is there: who
 * takes one away sees to its history.
 * Reading once through has no use for memory; seeking here and there has, for the index. */
enum store_work { WORK_USUAL, WORK_FILL, WORK_MERGE, WORK_SCAN, WORK_SEEK };
void store_prepare_for(struct store *store, enum store_work work);

void store_bind_text(sqlite3_stmt *stmt, int at, struct text text); /* null binds NULL */
void store_bind_real(sqlite3_stmt *stmt, int at, double value);     /* unknown binds NULL */
void store_bind_whole(sqlite3_stmt *stmt, int at, double value);    /* rounded */
struct text store_column_text(sqlite3_stmt *stmt, int at);          /* NULL: the null text */
double store_column_number(sqlite3_stmt *stmt, int at);             /* NULL: NaN */

#endif
