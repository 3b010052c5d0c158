#ifndef MICROSCOPE_RUNTIME_LOADING_H
#define MICROSCOPE_RUNTIME_LOADING_H

#include <stdbool.h>
#include <stdint.h>

#include "catalog/catalog.h"
#include "domain/scenario.h"
#include "store/load.h"
#include "app/model.h"
#include "store/own.h"

/* The store into the catalogue, a little at a time: creators, then the user's marks on them. Zeroed is
 * empty: nothing is being loaded. */
enum loading_stage { LOADING_NONE, LOADING_CREATORS, LOADING_TICKS, LOADING_NOTES, LOADING_PLAN };

struct loading {
    enum loading_stage stage;
    struct store *store;     /* borrowed, as all below */
    struct catalog *catalog; /* where marks go; creators go where the sink says */
    struct model *model; /* whose plan is loaded; of whom is not in the catalogue it takes note */
    struct store_load *load;
    struct store_page page;
    uint64_t done, total; /* creators */
    double began;
};

bool loading_begin(struct loading *loading, struct store *store, struct catalog *catalog,
                   struct record_sink sink, struct model *model, struct err *err);
void loading_release(struct loading *loading); /* what came so far stays */

/* A millisecond or so. Back at LOADING_NONE when this was the last. What went wrong ends its stage
 * and is told by `err`, whose message is empty where all is well. */
void loading_step(struct loading *loading, struct err *err);
/* The marks are not wanted: what the catalogue has is newer. */
void loading_skip_marks(struct loading *loading);
double loading_seconds(const struct loading *loading); /* since it began */

#endif
