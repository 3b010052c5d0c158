#ifndef MICROSCOPE_CATALOG_SHEET_H
#define MICROSCOPE_CATALOG_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/number.h"
#include "catalog/batches.h"
#include "catalog/catalog.h"
#include "domain/freshness.h"
#include "domain/block.h"
#include "domain/tier.h"

/* Facts and assumptions joined: every column of the registry for every creator, whoever asks. Columns
 * of figures are made whole on demand, block by block and those wanted together in one go, kept, and
 * brought up to date when asked for again: new rows are added, few changed ones made again, and all of
 * it when an assumption that the column rests on moved. Asking changes nothing but these caches.
 *
 * What costs logarithms and powers (reach of one post, response factor), the fee, the ER index and the
 * marks are kept as columns of their own, so that an edit of what follows is plain arithmetic. */

/* A column that was made whole: doubles; codes of words in one byte; marks in two. */
struct sheet_cache {
    void *cells;
    size_t capacity, rows; /* room for; made, those after came since */
    uint64_t stamp;        /* of the assumptions it was made with; 0: never */
    uint64_t revision;     /* of the catalogue it is good for */
    uint64_t epoch;        /* of the assumptions it is good for */
    uint64_t used;         /* when: the sheet's count of preparations */
};

/* Columns of the sheet that are none of the registry. */
enum sheet_inner {
    SHEET_MARKS = COLUMN_COUNT,
    SHEET_REACH_ONE,
    SHEET_AUDIENCE,
    SHEET_RESPONSE_FACTOR,
    SHEET_COLUMNS
};

/* What a column of figures rests on, as bits. */
struct sheet_rests {
    unsigned parts;  /* by enum forecast_part */
    unsigned facts;  /* by enum figure_id */
    unsigned inputs; /* columns kept for others, in the order of sheet_inputs[] */
};

/* A median of fewer known values than so many says nothing: "few" stands in its place. */
#define FEW_STANDARD 5
#define FEW_LEAST 2
#define FEW_MOST 1000

struct sheet_recent; /* figures of rows asked for lately */

/* Zeroed is not valid: sheet_init(). */
struct sheet {
    const struct catalog *catalog; /* borrowed, as all below */
    const struct scenario *scenario;
    const struct peers *peers;
    const struct tier_preset *preset;
    const struct benchmarks *benchmarks; /* the user's own; NULL: none. Set by whoever knows */
    double now;                          /* seconds since 1970 */
    double visited;                      /* … of the last visit; NaN: there was none */
    struct batches batches;              /* imports that filters can name */
    struct freshness fresh;     /* how long what was seen is not stale; set by whoever knows */
    size_t few;                 /* as FEW_STANDARD; set likewise */
    struct number_style style;  /* of figures that people read; set by whoever knows them */
    uint64_t epoch;             /* moves when one of the stamps does */
    uint64_t seen;              /* revision of the scenario they were made of */
    uint64_t parts[PART_COUNT]; /* stamps of what the scenario and the peers say */
    uint64_t preset_stamp;      /* … and the preset */
    double budget;              /* as it was then: in the stamps only where it is filled */
    double money_left;          /* of the budget */
    size_t money_unknown;       /* planned creators whose cost is unknown */
    uint64_t money_stamp;       /* of what these two were made of; 0: never */
    uint32_t *planned;          /* rows, those that went included */
    size_t planned_count, planned_capacity;
    uint64_t planned_revision; /* of the plan column the list was made of */
    struct sheet_cache columns[SHEET_COLUMNS];
    uint64_t preparations;
    struct sheet_rests rests[SHEET_COLUMNS];
    struct folded *folded[COLUMN_COUNT]; /* text columns that were searched, folded; else NULL */
    struct sheet_recent *recent;
    struct block_room *room;
};

void sheet_init(struct sheet *sheet, const struct catalog *catalog);
void sheet_release(struct sheet *sheet);

/* Says what the facts are joined with, as often as wanted: what did not change is not remade. All
 * are borrowed until the next call. `now` matters to ages and staleness only. */
void sheet_join(struct sheet *sheet, const struct scenario *scenario, const struct peers *peers,
                const struct tier_preset *preset, double now);

/* What is:new counts from, in seconds since 1970; NaN (as it begins): nobody is new. */
void sheet_visited(struct sheet *sheet, double last);

/* One cell. Numbers: NaN unknown, INFINITY never; fee and er as the forecast uses them; `ticked`
 * and `plan` 0 or 1. Of a text column: NaN. */
double sheet_number(struct sheet *sheet, enum column column, uint32_t row);
/* The word or text of a text column: borrowed, null when unknown. `buf` is there for what has to be
 * put together. Not made safe for the screen. */
struct text sheet_text(struct sheet *sheet, enum column column, uint32_t row, struct buf *buf);
bool sheet_known(struct sheet *sheet, enum column column, uint32_t row); /* never is not known */
/* The sign before a figure: '~' rests on an estimated fee, '=' a fee of the user's, '>' at least, else
 * ' '. */
char sheet_mark(struct sheet *sheet, enum column column, uint32_t row);
void sheet_figures(struct sheet *sheet, uint32_t row, struct figures *figures);
int sheet_tier(const struct sheet *sheet, uint32_t row); /* band of the preset, or TIER_NONE */

/* The whole of a column of figures, one double a row (tombstones have anything); good until the next
 * change. Columns wanted together are cheaper prepared together. Facts have no such copy: ask for blocks
 * of them. */
const double *sheet_column(struct sheet *sheet, enum column column);
void sheet_prepare(struct sheet *sheet, const enum column *wanted, size_t count);
#define SHEET_BYTES ((size_t)64)
#define SHEET_BLOCK ((size_t)1024) /* a good number of rows to read at a time */
/* The values of rows from … from+count-1 of any numeric column, NaN unknown: borrowed until the next
 * change, or decoded into `room`, which holds `count`. Of a column of figures the whole is made. */
const double *sheet_block(struct sheet *sheet, enum column column, uint32_t from, size_t count,
                          double *room);
/* Bytes of the columns that are kept. */
size_t sheet_memory(const struct sheet *sheet);
/* enum figure_marks of every row, without MARK_CHANCE and MARK_EMV_AT_LEAST; good until the next
 * change. */
const uint16_t *sheet_marks(struct sheet *sheet);

/* The whole of a word or set column as codes, and what the codes mean. */
struct cells sheet_codes(struct sheet *sheet, enum column column);
size_t sheet_word_count(const struct sheet *sheet, enum column column);
struct text sheet_word(const struct sheet *sheet, enum column column, uint32_t code);
/* Values one can filter by: the words, or the members of sets. */
size_t sheet_value_count(const struct sheet *sheet, enum column column);
struct text sheet_value(const struct sheet *sheet, enum column column, uint32_t value);

/* Equal numbers mean equal contents of the column: all of it, and what it rests on beside the
 * catalogue (scenario, peers, preset, money left). */
uint64_t sheet_stamp(struct sheet *sheet, enum column column);
uint64_t sheet_joined(struct sheet *sheet, enum column column);

/* What is left of the budget after the planned creators whose cost is known. */
double sheet_money_left(struct sheet *sheet);
/* How many planned creators it leaves out because their cost is unknown. */
size_t sheet_money_unknown(struct sheet *sheet);
/* The rows of the plan, ascending, those that went since included; good until the next change. */
const uint32_t *sheet_planned(struct sheet *sheet, size_t *count);
/* For forecast(), forecast_as(), forecast_why(). */
struct assumptions sheet_assumptions(struct sheet *sheet);

/* Age in seconds of the fact behind a column (audience, engagement, price); NaN unknown, or not such
 * a column. Stale: past the days of the glossary; a fee never is. */
double sheet_age(const struct sheet *sheet, enum column column, uint32_t row);
bool sheet_stale(const struct sheet *sheet, enum column column, uint32_t row);
/* Has any group of the row gone stale? For rows from … from+count-1. */
void sheet_stale_block(struct sheet *sheet, uint32_t from, size_t count, bool *stale);
/* The age of the oldest stale group of the row, for the badge; NaN where none is stale. */
double sheet_stale_age(const struct sheet *sheet, uint32_t row);

#endif
