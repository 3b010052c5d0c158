#ifndef MICROSCOPE_CATALOG_ENGINE_INTERNAL_H
#define MICROSCOPE_CATALOG_ENGINE_INTERNAL_H

#include "digits_internal.h"
#include "facet_internal.h"
#include "filter_internal.h"
#include "rowset_internal.h"
#include "spread_internal.h"

/* What a query keeps between runs. Filters are bits, a set a term; all that is counted is a census over
 * them; each piece knows what it was made from (since_internal.h) and is left, patched or remade. */

#define ENGINE_DIGITS 8                 /* columns that order or have a median at a time */
#define ENGINE_RANKS (QUERY_ORDERS + 1) /* free texts that order, and the ties */

/* Who a term keeps out. Found again by its text. */
struct engine_term {
    char *text;
    struct since since;
    struct bits fails;
};

struct query_engine {
    size_t rows; /* that are looked at: those below the query's limit */
    struct bits live, shown, estimated;
    uint64_t shown_revision; /* moves when others are shown, or others of them are estimated */
    struct since live_since, estimated_since;
    struct engine_term terms[FILTER_TERMS];
    size_t term_count;
    struct bits fails_once; /* exactly one term keeps them out */
    struct facet_count facets[QUERY_FACETS];
    size_t facet_count;
    struct spread spreads[QUERY_HISTOGRAMS];
    size_t spread_count;                     /* all, or none */
    struct digits digits[ENGINE_DIGITS];     /* places stay: the order points at one */
    struct rank ranks[ENGINE_RANKS];         /* the first is of the ties */
    struct query_order orders[QUERY_ORDERS]; /* as they stand: the last whose texts were ranked */
    size_t order_count;
    struct order_key keys[QUERY_ORDERS]; /* of the columns after the first */
    bool waits;                          /* for a rank, to order as the query asks */
};

/* engine_filter.c: live, terms, shown, fails_once, and the rows of each facet and
 * histogram. */
void engine_filter(struct query_engine *engine, const struct query *query, struct sheet *sheet);
void engine_release_filter(struct query_engine *engine);

/* engine_order.c: which order can stand, the digits of its first column, ranks. */
void engine_order(struct query_engine *engine, const struct query *query, struct sheet *sheet);
void engine_rowset(struct query_engine *engine, struct sheet *sheet, struct rowset_order *order);
/* Up to date, and counted by the next census_count() that is told of it. */
struct digits *engine_digits(struct query_engine *engine, struct sheet *sheet, enum column column);
void engine_forget_unused(struct query_engine *engine);
void engine_release_order(struct query_engine *engine);

/* query.c: of what a term rests on; the second of what that is beside the catalogue. */
uint64_t engine_term_stamp(const struct filter_term *term, struct sheet *sheet);
uint64_t engine_term_joined(const struct filter_term *term, struct sheet *sheet);

#endif
