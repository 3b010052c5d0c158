#ifndef MICROSCOPE_STORE_WRITER_H
#define MICROSCOPE_STORE_WRITER_H

#include <stdint.h>

#include "domain/record.h"
#include "store/store.h"

/* Writes records into the store: the last stop of every import. begin() takes the write lock and
 * end(ok = true) makes everything permanent at once; end(ok = false), or the death of the program,
 * leaves no trace. So end(false) after reading the counts is a rehearsal.
 *
 * A record is matched by platform and handle (without case; YouTube channel ids exactly) and needs
 * both. record.id is ignored. Then, for a creator that is there already:
 * - what the record knows replaces what is stored; what it does not know (absent, or present and
 *   unknown; an empty text is unknown too) leaves what is there;
 * - figures that belong together go together: a fee brings its currency and origin (and a fee in
 *   another currency ends what was stored in the old one), a stated ER its basis;
 * - audience, engagement and fee values each have a date (audience_at, engagement_at, fee_at), which
 *   is that of the newest record of them; a figure that this record did not name keeps for itself the
 *   date of the one that did. So whatever comes late, again or out of order, each figure is that of
 *   the newest record that names it, and the same dated records in any order leave the same. (Not
 *   quite: where a fee in one currency, sums by format in another and again in the first come out of
 *   order, a sum may stay that another currency had ended.) Of two records of one date the later to
 *   come wins;
 * - a record without a date that differs takes the place of what is there, and the date becomes
 *   unknown. What has no date gives way to what has one;
 * - audience, engagement and fee values that give way to others of another date join the history under
 *   the date at which they were seen; values older than the present join it under their own; so do all
 *   snapshots of the record, which change no present value;
 * - the niches of the record replace the stored ones; the tags become the record's and the user's
 *   own together.
 * The same records again change nothing. A creator met twice in one import: the later values win.
 *
 * Numbers of whole things are rounded; beyond 2^53 they are unknown.
 *
 * On a store opened with STORE_FEED a transaction is meant to be small, up to STORE_WRITER_SMALL
 * records: each change is logged by its creator, the log keeps its length, and nothing looks at the
 * whole store. */
#define STORE_WRITER_SMALL 500
struct store_writer;

struct store_written {
    uint64_t added, changed, unchanged; /* creators, by what the whole import does to them */
    uint64_t repeated;                  /* records of a creator that came before in this import */
    uint64_t snapshots;                 /* rows of history that are new or other */
};

struct store_writer *store_writer_new(struct store *store); /* borrows the store */
void store_writer_free(struct store_writer *writer); /* NULL is fine; undoes what was not ended */
/* Before begin(): what is written until end() is a batch of that name, see store/batch.h. Before end(), how many
 * rows its file had, and how many of them were not used. */
void store_writer_batch(struct store_writer *writer, struct text file);
void store_writer_rows(struct store_writer *writer, uint64_t read, uint64_t rejected);
/* Valid as long as the writer. drop() deletes the creator with its history; the user's own things
 * stay. Between begin() and end() the store is not to be used otherwise, but for store_meta_set(),
 * which becomes part of it, and store_moving(). */
struct record_sink store_writer_sink(struct store_writer *writer);
struct store_written store_writer_written(const struct store_writer *writer);

#endif
