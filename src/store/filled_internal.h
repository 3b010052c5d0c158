#ifndef MICROSCOPE_STORE_FILLED_INTERNAL_H
#define MICROSCOPE_STORE_FILLED_INTERNAL_H

#include "cells_internal.h"
#include "store_internal.h"

/* Which columns hold anything at all: a load reads only those. The list is kept beside the number
 * of the last change it knows of, so that a change by anyone who does not keep it makes it void. */
struct filled {
    bool valid; /* false: any column may hold something */
    bool columns[COLUMN_COUNT];
};

bool filled_read(struct store *store, struct filled *filled, struct err *err);
/* The same, but settled: looks at all rows where not valid. */
bool filled_settle(struct store *store, struct filled *filled, struct err *err);
/* Inside a transaction that writes, after the last change. Looks at all rows where not valid. */
bool filled_write(struct store *store, struct filled *filled, struct err *err);

#endif
