#ifndef MICROSCOPE_DOMAIN_RECORD_H
#define MICROSCOPE_DOMAIN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "domain/column.h"
#include "domain/platform.h"

/* How creators travel: reading a file, loading the store, importing, exporting and generating are
 * all "something emits records into a sink". */

/* One value of a stored column: `number` for figures, `text` for text, words and sets (sets sorted,
 * distinct, '|' between). Platform, ER basis, currency, fee origin travel as their words. Fees travel
 * in whole minor units of the row's currency (of CURRENCY_NONE: hundredths). */
struct value {
    double number;
    struct text text;
};

/* Past values of the figures that move; NaN unknown. */
struct snapshot {
    double at;
    double followers, following, posts, credibility, audience_market;
    double likes, comments, shares, saves, views, reach_post, er;
    double fee;             /* in minor units of `currency` */
    enum er_basis er_basis; /* of er */
    unsigned currency;      /* see domain/currency.h */
};

/* Of which column each figure is the past; in the order of the struct. */
struct snapshot_field {
    enum column column;
    size_t offset; /* of a double in struct snapshot */
};
#define SNAPSHOT_FIELDS 13
extern const struct snapshot_field snapshot_fields[SNAPSHOT_FIELDS];

/* The words that go with a figure. */
#define SNAPSHOT_WORDS 2
extern const enum column snapshot_words[SNAPSHOT_WORDS]; /* COL_ER_BASIS, COL_CURRENCY */

/* Of that time; nothing else is known. */
struct snapshot snapshot_at(double at);
/* Is anything known but the time? */
bool snapshot_known(const struct snapshot *snapshot);
static inline double *snapshot_figure(struct snapshot *snapshot, size_t field)
{
    return (double *)(void *)((char *)snapshot + snapshot_fields[field].offset);
}
static inline double snapshot_value(const struct snapshot *snapshot, size_t field)
{
    return *(const double *)(const void *)((const char *)snapshot + snapshot_fields[field].offset);
}
/* Of one of snapshot_words; the null text: unknown. What is set and is no such word is unknown. */
struct text snapshot_word(const struct snapshot *snapshot, enum column column);
void snapshot_set_word(struct snapshot *snapshot, enum column column, struct text word);

#define RECORD_MASK_WORDS ((COLUMN_COUNT + 63) / 64)

struct record {
    int64_t id; /* in the store; 0: not known yet */
    uint64_t
        nth; /* which creator of its source: from 1 on, in the order they are first put, and the
                     same again for the same creator. 0: this source does not count */
    uint64_t mask[RECORD_MASK_WORDS]; /* which columns are present; present may still be unknown */
    struct value values[COLUMN_COUNT];
    const struct snapshot *snapshots; /* ascending, borrowed; only for sources that know the past */
    size_t snapshot_count;
};

void record_clear(struct record *record);
static inline bool record_has(const struct record *record, enum column column)
{
    return record->mask[column / 64] >> column % 64 & 1;
}
void record_set_number(struct record *record, enum column column, double number);
void record_set_text(struct record *record, enum column column, struct text text); /* borrowed */
/* Present, but not known. */
void record_set_unknown(struct record *record, enum column column);
/* The present number, or NaN; the present text, or the null text. */
double record_number(const struct record *record, enum column column);
struct text record_text(const struct record *record, enum column column);
/* Platform of the record; PLATFORM_COUNT where absent or not one of ours. */
enum platform record_platform(const struct record *record);

/* Takes records. The texts of a record live until put() returns. A false return ends the matter and
 * is explained in `err`; end(ok = false) undoes whatever the sink can undo. Every begun sink is ended
 * exactly once. */
struct record_sink {
    void *self;
    bool (*begin)(void *self, struct err *err);
    bool (*put)(void *self, const struct record *record, struct err *err);
    bool (*drop)(void *self, int64_t id, struct err *err);
    bool (*end)(void *self, bool ok, struct err *err);
};

#endif
