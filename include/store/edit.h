#ifndef MICROSCOPE_STORE_EDIT_H
#define MICROSCOPE_STORE_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "store/store.h"

/* The chain of what can be undone: a row a step, in the order they were made. What the texts mean is
 * the business of who writes them; the store only keeps them. Two programs on one store each go on with
 * steps of their own: numbers are never given twice. */
struct store_edit {
    int64_t seq;          /* 0: not in the store yet */
    struct text label;    /* "budget 10,000 > 8,000" */
    struct text target;   /* what the step is about */
    struct text old, new; /* null: nothing */
    bool undone;
};

/* The newest `most`, oldest first; texts live until `each` returns, which must not use the store. */
bool store_edits(struct store *store, size_t most,
                 void (*each)(void *self, const struct store_edit *edit), void *self,
                 struct err *err);
/* Adds it and sets its number; or, where it has one, writes it anew, also where another program has
 * dropped it. */
bool store_edit_put(struct store *store, struct store_edit *edit, struct err *err);
/* Only whether it is undone; nothing happens where it is gone. */
bool store_edit_undone(struct store *store, int64_t seq, bool undone, struct err *err);
bool store_edit_drop(struct store *store, int64_t seq, struct err *err);
/* Drops the oldest beyond the newest `most`. */
bool store_edits_trim(struct store *store, size_t most, struct err *err);

#endif
