#ifndef MICROSCOPE_STORE_AHEAD_INTERNAL_H
#define MICROSCOPE_STORE_AHEAD_INTERNAL_H

#include "cells_internal.h"
#include "store_internal.h"

/* A list that is imported again has mostly the order it had before, which is that of the ids: the
 * next creator is then found without a search, by reading on from the last. How far this is trusted
 * goes up by one with each that is found so and down with each that is not; at 0 it rests. */
struct ahead {
    sqlite3_stmt *rows; /* id, then the fields, then `carried` */
    int64_t after;      /* they begin behind this id */
    bool standing;      /* on a row that was not asked for yet */
    bool used;          /* on one that was */
    int trust;
    unsigned rest; /* so many questions more */
};

bool ahead_init(struct ahead *ahead, struct store *store, const struct fields *fields,
                struct err *err);
void ahead_release(struct ahead *ahead);

/* Is this creator, written just so, the next one? Then `rows` stands there until the next call. */
bool ahead_find(struct ahead *ahead, struct text platform, struct text handle);
/* The next one may stand behind this, which was found by a search. */
void ahead_go_from(struct ahead *ahead, int64_t id);
/* Lets go of the row: a standing statement would hold up changes of the schema. */
void ahead_stop(struct ahead *ahead);

#endif
