#ifndef MICROSCOPE_STORE_PAST_INTERNAL_H
#define MICROSCOPE_STORE_PAST_INTERNAL_H

#include "merge_internal.h"
#include "store_internal.h"

struct batch_note;

/* Writes what a creator leaves behind, and then what the record knows of the past; *written counts
 * the dates at which this was news. `note`: to be taken back with a batch; NULL: not. */
bool past_write(struct store *store, int64_t id, const struct past *past,
                const struct record *record, struct batch_note *note, uint64_t *written,
                struct err *err);

/* What a snapshot holds, in the order of snapshot_fields and then snapshot_words. */
#define PAST_NAMES                                                                                 \
    "followers,following,posts,credibility,audience_market,likes,comments,shares,saves,views,"     \
    "reach_post,er,fee,er_basis,currency"

/* A statement that is about to give them, of one creator and time; reset it. */
sqlite3_stmt *past_find(struct store *store, int64_t id, int64_t at, struct err *err);

/* Takes one of them from a result whose columns from `first` on are PAST_NAMES, where it is known there,
 * with the word that goes with it. */
bool past_take(struct snapshot *into, size_t field, sqlite3_stmt *stmt, int first);

/* The dates that the present figures of a row have: audience, engagement, fee. */
#define PAST_DATES "audience_at,engagement_at,fee_at"
#define PAST_DATE_COUNT 3
/* Which of them a figure has. */
int past_date_of(size_t field);

#endif
