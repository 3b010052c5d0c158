#ifndef MICROSCOPE_RUNTIME_DOSSIER_H
#define MICROSCOPE_RUNTIME_DOSSIER_H

#include "base/arena.h"
#include "catalog/compare.h"
#include "catalog/query.h"
#include "domain/pack.h"
#include "exchange/handover.h"
#include "store/store.h"

/* What is handed over, filled from what a verb or a screen has: parts are added as wanted, then
 * handover_write() makes the document. The sheet and what is given to the parts are borrowed and must
 * not change before dossier_release(). */
struct dossier {
    struct handover handover; /* title, assumptions and estimates may be set as wanted */
    struct sheet *sheet;
    struct arena arena;
    struct handover_list list;
    struct handover_plan plan;
    struct handover_comparison comparison;
    const enum column *chosen; /* of the list */
    const struct rowset *rows;
    uint32_t *row_numbers;
    struct buf *texts;
    bool (*step)(void *self, size_t done); /* is asked now and then; false: stop. NULL: nobody is */
    void *step_self;
};

void dossier_init(struct dossier *dossier, struct sheet *sheet, double at);
void dossier_release(struct dossier *dossier);

/* The rows of a query in its order, with these columns; `layout` is one for each of `chosen`. */
void dossier_list(struct dossier *dossier, const struct query *query,
                  const struct query_result *result, const enum column *chosen,
                  const struct writer_column *layout, size_t count);
/* The creators in these rows, then those of `missing`, whom the catalogue does not have. */
void dossier_plan(struct dossier *dossier, const uint32_t *rows, size_t count,
                  const struct plan_entry *const *missing, size_t missing_count,
                  const struct totals *totals);
/* As it stands; followers over time from the store. False: these could not be read. */
bool dossier_comparison(struct dossier *dossier, struct store *store, const struct comparison *all,
                        struct err *err);

#endif
