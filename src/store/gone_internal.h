#ifndef MICROSCOPE_STORE_GONE_INTERNAL_H
#define MICROSCOPE_STORE_GONE_INTERNAL_H

#include "store_internal.h"

/* Who was deleted, for the writer: its triggers are away while it writes much. */
struct gone_who {
    struct text platform, handle;
};

/* Is anybody kept at all? */
bool gone_any(struct store *store, bool *any, struct err *err);
/* *since is when one who was deleted had been added; NaN: before that was kept. */
bool gone_find(struct store *store, const struct gone_who *who, bool *found, double *since,
               struct err *err);
bool gone_forget(struct store *store, const struct gone_who *who, struct err *err);
/* A creator that is about to be deleted. */
bool gone_keep(struct store *store, int64_t id, int64_t now, struct err *err);

#endif
