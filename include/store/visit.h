#ifndef MICROSCOPE_STORE_VISIT_H
#define MICROSCOPE_STORE_VISIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "domain/platform.h"
#include "domain/record.h"
#include "store/store.h"

/* What has become of the creators since somebody last looked. Times are seconds since 1970. */

/* A visit is one run of the explorer: when it began, and when it was last seen there. The last visit is
 * the newest that began before this one, or at all where this connection has begun none; *last is when
 * it was last seen, NaN: there was none. */
bool store_visit_last(struct store *store, double *last, struct err *err);
/* Begins one on this connection; *last is set also where that could not be written (the store is read
 * only, or busy): then store_visit_seen() begins it. The last 20 are kept. */
bool store_visit_begin(struct store *store, double now, double *last, struct err *err);
bool store_visit_seen(struct store *store, double now, struct err *err);
/* The same when it ends: also keeps how the planned (of every scenario) and ticked look, up to
 * STORE_SEEN_MOST of each, as beginning one does. That of the last five visits is kept. */
#define STORE_SEEN_MOST 10000
bool store_visit_leave(struct store *store, double now, struct err *err);

/* Who was deleted after `since`, by whomever, and is not there again; the newest first. -INFINITY: all
 * that are kept, the last 10,000; NaN: nobody. Texts live until `each` returns, which must not use the
 * store; `handle` as it was last written. */
bool store_gone(struct store *store, double since,
                void (*each)(void *self, enum platform platform, struct text handle, double at),
                void *self, struct err *err);

/* Each of these creators as it was at `at`: of every figure the last value dated not after it, of its
 * history or its row; unknown where none is kept. A rate comes with its basis and a fee with its
 * currency. `then->at` is `at`. In the order of `ids`; an id that is not there is left out. */
bool store_as_of(struct store *store, const int64_t *ids, size_t count, double at,
                 void (*each)(void *self, int64_t id, const struct snapshot *then), void *self,
                 struct err *err);

/* Each of these creators as it stood in the store when the last visit was left, whatever dates its
 * figures bear: last week's export that is imported today changes what was seen. Who was neither
 * planned nor ticked then, as it was at `at`. The rest as store_as_of(). */
bool store_as_seen(struct store *store, const int64_t *ids, size_t count, double at,
                   void (*each)(void *self, int64_t id, const struct snapshot *then), void *self,
                   struct err *err);

#endif
