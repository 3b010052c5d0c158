#ifndef MICROSCOPE_STORE_VIEW_H
#define MICROSCOPE_STORE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"
#include "store/store.h"

/* Views by name, as words: what they mean is not known here. What writes belongs between store_begin()
 * and store_end(). */
struct store_view {
    struct text name;
    struct text filter;
    struct text sort, columns, scenario; /* the null text: not said */
};

/* In their order. `each` must not use the store. */
bool store_views(struct store *store, void (*each)(void *self, const struct store_view *view),
                 void *self, struct err *err);
/* Replaces the one with exactly this name, which keeps its place, or adds it at `place`, from 0; whoever
 * stands there makes room. */
bool store_view_put(struct store *store, const struct store_view *view, size_t place,
                    struct err *err);
bool store_view_drop(struct store *store, struct text name, struct err *err);

#endif
