#ifndef MICROSCOPE_STORE_BATCH_INTERNAL_H
#define MICROSCOPE_STORE_BATCH_INTERNAL_H

#include "journal_internal.h"
#include "idset_internal.h"
#include "store/batch.h"

/* A batch that is being written: what the writer notes of it. */
struct batch_note {
    struct store *store;
    struct buf file;
    uint64_t read, rejected;
    int64_t id, first; /* of the journal */
    struct idset marks;
    struct journal_units units;
    struct journal_names names;
    struct journal_entry entry;
    struct row before, after; /* of the history */
    struct buf bytes;         /* of the present creator */
};

struct batch_note *batch_note_new(struct store *store, struct text file);
void batch_note_free(struct batch_note *note);
/* Inside the transaction that writes. */
bool batch_note_begin(struct batch_note *note, struct err *err);
bool batch_note_end(struct batch_note *note, int64_t now, const struct store_written *written,
                    struct err *err);

/* Changes of a creator that was there before; then batch_note_put() keeps them. */
void batch_note_row(struct batch_note *note, const struct row *before, const struct row *after);
void batch_note_past(struct batch_note *note, unsigned kind, int64_t at);
bool batch_note_put(struct batch_note *note, int64_t id, struct err *err);

#endif
