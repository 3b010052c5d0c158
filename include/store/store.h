#ifndef MICROSCOPE_STORE_STORE_H
#define MICROSCOPE_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

/* The database file that holds all creators, their past, and the user's own things. What engine is
 * behind it shows nowhere: no caller writes a query. One `struct store` is one connection; it is not
 * shared between threads or across fork().
 *
 * Errors name the file: "cannot open 'deals.db': file is not a database". */
struct store;

enum store_mode {
    STORE_READ,    /* must exist; never written; waits up to 5 s for a lock */
    STORE_WRITE,   /* made when absent; waits up to 5 s for a lock (import and the like) */
    STORE_EXPLORE, /* made when absent; never waits and never tidies up while it is open */
    STORE_FEED     /* made when absent; never waits; open for days of small transactions: tidies up
                    * as it goes, see store/writer.h */
};

/* Opens `path`; its folder must exist. A new file is readable by its owner only. An older store is
 * brought up to date; a newer one, a database of another program, a folder, anything else that is
 * no store, or one that may not be read is refused. A file that may be read but not written is
 * opened for reading whatever the mode: see store_read_only(). *store is NULL after a failure. */
bool store_open(const char *path, enum store_mode mode, struct store **store, struct err *err);
/* The same for who has somebody waiting. waits() is for who would rather wait than give up after 5 s
 * while another program holds the file: asked whenever it still does, and told so; true: try again at
 * once. told() hears, while an older store is brought up to date, many times a second what is being
 * done and how much of all of it is, 0 … 1: a long past takes seconds; false: it is left, and opening
 * fails. Each step is kept whole or leaves no trace. Either may be NULL. */
struct store_patience {
    bool (*waits)(void *self);
    bool (*told)(void *self, const char *what, double share);
    void *self;
};
bool store_open_patiently(const char *path, enum store_mode mode,
                          const struct store_patience *patience, struct store **store,
                          struct err *err);
void store_close(struct store *store); /* NULL is fine; an open transaction is undone */

/* What time it is for what is dated as it is written: when a creator was added, changed, or went. The
 * system's clock where nobody says. */
void store_set_clock(struct store *store, double (*now)(void));

const char *store_path(const struct store *store); /* as given to store_open() */
bool store_read_only(const struct store *store);
/* Did the last failure on this store come from another program that holds it? Worth a retry. */
bool store_busy(const struct store *store);
/* Or from a disk that has no room left or does not write? That may pass. */
bool store_full(const struct store *store);

/* Several changes as one: between store_begin() and store_end(ok = true) all of them are kept, or
 * none. Not nested. Every change made outside such a pair is a transaction of its own. */
bool store_begin(struct store *store, struct err *err);
bool store_end(struct store *store, bool ok, struct err *err);

/* Creators in the store. Counts them: a few milliseconds in a hundred thousand. */
bool store_count(struct store *store, uint64_t *count, struct err *err);

/* Whether the file of that name is still the one that was opened: what is written to one that was
 * deleted or replaced is lost. */
bool store_in_place(const struct store *store);
/* The same for who keeps it open for long and looks often. STORE_OTHER: may be opened in its stead, and
 * what was left beside it of the old one is gone. */
enum store_place { STORE_THERE, STORE_GONE, STORE_OTHER };
enum store_place store_place(struct store *store);

/* Has another connection committed anything since the last call (or since opening)? Cheap: meant
 * for every tick. False also where it cannot be said. */
bool store_changed_elsewhere(struct store *store);

/* Small things worth remembering, by name: the view, the time of the last visit. The program's own
 * keys only. `value` is replaced; an absent key leaves it empty and sets *found to false. */
bool store_meta(struct store *store, const char *key, struct buf *value, bool *found,
                struct err *err);
bool store_meta_set(struct store *store, const char *key, struct text value, struct err *err);

#endif
