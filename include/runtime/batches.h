#ifndef MICROSCOPE_RUNTIME_BATCHES_H
#define MICROSCOPE_RUNTIME_BATCHES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "catalog/batches.h"
#include "catalog/filter.h"
#include "store/batch.h"

/* The imports of a store, for filters that name one. */
struct batch_list {
    struct arena arena; /* of the names */
    struct batch_told items[BATCH_MOST];
    size_t count; /* newest first */
};
bool batch_list_read(struct batch_list *list, struct store *store, struct err *err);
void batch_list_release(struct batch_list *list);

/* The creators of one that stands; empty where there is none. `out` is zeroed or released. */
bool batch_ids_read(struct store *store, int64_t id, struct id_set *out, struct err *err);
/* All that a filter names and `batches` does not hold yet. */
bool batch_ids_need(struct store *store, const struct filter *filter, struct batches *batches,
                    struct err *err);

#endif
