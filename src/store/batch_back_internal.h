#ifndef MICROSCOPE_STORE_BATCH_BACK_INTERNAL_H
#define MICROSCOPE_STORE_BATCH_BACK_INTERNAL_H

#include "batch_internal.h"
#include "grown_internal.h"

/* Taking back one batch, under way. */
struct batch_taking {
    struct store *store;
    int64_t id, at, now;
    bool each; /* changes are logged one by one */
    struct journal_units units;
    struct batch_taking_names {
        int64_t batch;
        struct journal_names names;
    } names[BATCH_MOST + 1];
    size_t name_count;
    sqlite3_stmt *find, *update; /* a row of creators */
    uint64_t bound;
    struct buf carried;
    struct grown grown;
    struct idset restored, kept; /* creators that are counted */
    struct row row, wanted, past;
    struct journal_entry entry;
    struct batch_taking_later {
        struct later_entry {
            struct batch_taking_later_row *row;
            struct journal_entry entry;
        } * *items; /* of batches after this, the first first */
        size_t count, capacity;
    } later;
    struct batch_taking_rows {
        struct batch_taking_later_row {
            int64_t seq;
            const struct journal_names *names;
            struct buf bytes; /* as they were: texts of entries point to them */
            bool changed;
        } * *items;
        size_t count, capacity;
    } rows;
    struct {
        size_t *items, count, capacity;
    } starts; /* of entries in the bytes at hand */
    struct batch_back *back;
};

/* Readers are to look at this creator again. */
bool batch_taking_log(struct batch_taking *taking, int64_t creator, bool gone, struct err *err);

/* Creators that the batch added: they go, or with a later one. */
bool batch_rows_take_back(struct batch_taking *taking, struct err *err);
/* Those that it changed. */
bool batch_changes_take_back(struct batch_taking *taking, struct err *err);

#endif
