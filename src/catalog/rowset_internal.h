#ifndef MICROSCOPE_CATALOG_ROWSET_INTERNAL_H
#define MICROSCOPE_CATALOG_ROWSET_INTERNAL_H

#include "digits_internal.h"

/* The rows of a query in an order of which only a window is ever made. */

#define ROWSET_WINDOW ((size_t)1024)

struct rowset_order {
    struct ordering ordering;
    const struct digits *first; /* of the first column of the order; its census counts the rows */
    uint32_t window[ROWSET_WINDOW];
    size_t from, count; /* places that stand in the window */
    struct rowset_held {
        struct order_key keys[QUERY_ORDERS];
        struct digits first;
    } * held; /* its own; NULL: it follows the sheet */
};

/* From now on it answers as if the sheet were as it is now. */
void rowset_hold(struct rowset_order *order);
void rowset_let_go(struct rowset_order *order);

#endif
