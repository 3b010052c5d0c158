#ifndef MICROSCOPE_EXCHANGE_WALK_INTERNAL_H
#define MICROSCOPE_EXCHANGE_WALK_INTERNAL_H

#include "base/arena.h"
#include "base/buf.h"
#include "domain/facts.h"
#include "exchange/import.h"
#include "importers_internal.h"
#include "seen_internal.h"

/* One run over a file: rows in, records out. */

#define WALK_SETS 2 /* niche and tag */

struct walk_set {
    struct text *items;
    size_t count, capacity;
    struct buf joined;
};

/* What a row says that only makes sense together. */
struct walk_row_state {
    enum platform platform, link_platform; /* PLATFORM_COUNT: not said */
    struct text platform_word;             /* said, but not one of ours */
    struct text handle, link_handle;
    unsigned currency;
    enum fee_origin fee_origin;
    double engagements;
    enum er_basis er_basis;
    double date;
    bool dated; /* the row says a date, if only one that cannot be read */
    bool hidden;
    struct text tier_label;
    const struct import_column *tier_column;
};

/* A price, before it is known of what. */
struct walk_fee {
    const struct import_column *column;
    double amount; /* in whole units; NaN */
    unsigned currency;
    struct text cell;
};

/* Which format the prices of a group are for. */
struct walk_fee_format {
    const struct import_column *column;
    struct text word;
};

#define WALK_FEES 24

/* Reads a cell that is there into the record or the state. */
typedef void (*walk_taker)(struct import_walk *walk, const struct import_column *column,
                           struct text cell);
struct walk_reader {
    const struct import_column *column;
    size_t at;             /* of its cell in a row */
    walk_taker take;       /* NULL: the column is not read */
    bool empty_is_unknown; /* an empty cell says nothing else */
};
struct walk_reader walk_reader_of(const struct import_column *column);

struct walk_readers {
    struct walk_reader *items;
    size_t count, capacity;
};

struct import_walk {
    const struct import_plan *plan;
    bool endless;                  /* rows come in for days: see exchange/stream.h */
    struct walk_readers who, rest; /* what tells platform and handle is read first */
    const struct import_column *handle_column, *link_column, *platform_column, *followers_column;
    struct source *source;
    const struct record_sink *sink;
    const struct import_listener *listener;
    struct import_report *report;
    struct seen seen;
    struct record record;
    const struct row *row;
    struct walk_row_state state;
    struct arena scratch; /* repaired texts of this row */
    struct buf key;
    struct walk_set sets[WALK_SETS];
    struct walk_fee fees[WALK_FEES];
    size_t fee_count;
    struct walk_fee_format fee_formats[WALK_FEES];
    size_t fee_format_count;
    struct walk_written *written; /* of each column; NULL: no figure came yet */
    struct buf card;              /* fee_by_format */
    struct {
        struct snapshot *items;
        size_t count, capacity;
    } snapshots;
};

/* What each column of the plan means is settled before the first row. */
void walk_compile(struct import_walk *walk);
void walk_release(struct import_walk *walk);

/* Tells of a cell of the present row. */
void walk_trouble(struct import_walk *walk, enum import_trouble trouble,
                  const struct import_column *column, struct text value, const char *reason);

/* A cell as the person wrote it, NaN where it says unknown or nothing that can be used; the latter is
 * told. */
double walk_number(struct import_walk *walk, const struct import_column *column, struct text cell,
                   struct number_seen *seen);

/* Notes in which way a figure is written, and tells of columns with several at the end. */
void walk_note_written(struct import_walk *walk, const struct import_column *column,
                       struct text cell, enum import_written way);
void walk_tell_mixed(struct import_walk *walk);

/* Prices. */
void walk_take_fee(struct import_walk *walk, const struct import_column *column, struct text cell);
void walk_take_fee_format(struct import_walk *walk, const struct import_column *column,
                          struct text cell);
void walk_take_currency(struct import_walk *walk, const struct import_column *column,
                        struct text cell);
void walk_take_fee_origin(struct import_walk *walk, const struct import_column *column,
                          struct text cell);
void walk_settle_fees(struct import_walk *walk);

/* Single posts: [{"like_count": …, "comments_count": …, "timestamp": …}, …]. */
void walk_take_posts(struct import_walk *walk, const struct import_column *column,
                     struct text cell);

/* Joins what the columns of a set gave. */
void walk_join_sets(struct import_walk *walk);

/* Past values: {"at": [...], "followers": [...], ...}. */
void walk_take_snapshots(struct import_walk *walk, const struct import_column *column,
                         struct text cell);

#endif
