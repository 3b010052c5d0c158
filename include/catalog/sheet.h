#ifndef MICROSCOPE_CATALOG_SHEET_H
#define MICROSCOPE_CATALOG_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "catalog/catalog.h"
#include "domain/forecast.h"
#include "domain/tier.h"

/* Facts and assumptions joined: every column of the registry for every creator, whoever asks. Whole
 * columns are made on demand, kept, and remade (or patched, where few rows changed) when what they
 * rest on has a new revision. Asking changes nothing but those caches. */

/* A whole column that was made. `codes` instead of `numbers` for words that follow from figures. */
struct sheet_column_cache {
    double *numbers;
    uint8_t *codes;
    size_t capacity;
    uint64_t stamp;    /* of the inputs beside the catalogue */
    uint64_t revision; /* of the catalogue when made */
    size_t rows;       /* made so far; those after came since */
    bool made;
};

#define SHEET_MARKS COLUMN_COUNT /* inner column: marks of the figures */
#define SHEET_COLUMNS (COLUMN_COUNT + 1)

/* Zeroed is not valid: sheet_init(). */
struct sheet {
    const struct catalog *catalog; /* borrowed, as all below */
    const struct scenario *scenario;
    const struct peers *peers;
    const struct tier_preset *preset;
    double now;                         /* seconds since 1970 */
    uint64_t peers_stamp, preset_stamp; /* of their contents */
    double money_left;
    size_t money_unknown;                 /* planned creators whose cost is unknown */
    uint64_t money_stamp, money_revision; /* of what money_left was made from */
    bool money_made;
    struct sheet_column_cache columns[SHEET_COLUMNS];
    struct folded *folded[COLUMN_COUNT]; /* text columns that were searched, folded; else NULL */
};

void sheet_init(struct sheet *sheet, const struct catalog *catalog);
void sheet_release(struct sheet *sheet);

/* Says what the facts are joined with, as often as wanted: what did not change is not remade. All
 * are borrowed until the next call. `now` matters to ages and staleness only. */
void sheet_join(struct sheet *sheet, const struct scenario *scenario, const struct peers *peers,
                const struct tier_preset *preset, double now);

/* One cell. Numbers: NaN unknown, INFINITY never; fee and er as the forecast uses them; `ticked`
 * and `plan` 0 or 1. Of a text column: NaN. */
double sheet_number(struct sheet *sheet, enum column column, uint32_t row);
/* The word or text of a text column: borrowed, null when unknown. `buf` is there for what has to be
 * put together. Not made safe for the screen. */
struct text sheet_text(struct sheet *sheet, enum column column, uint32_t row, struct buf *buf);
bool sheet_known(struct sheet *sheet, enum column column, uint32_t row); /* never is not known */
/* The sign before a figure: '~' rests on an estimated fee, '>' at least, else ' '. */
char sheet_mark(struct sheet *sheet, enum column column, uint32_t row);
void sheet_figures(struct sheet *sheet, uint32_t row, struct figures *figures);
int sheet_tier(const struct sheet *sheet, uint32_t row); /* band of the preset, or TIER_NONE */

/* The whole of a numeric column, one double a row (tombstones have anything); good until the next
 * change. Columns wanted together are cheaper prepared together. */
const double *sheet_column(struct sheet *sheet, enum column column);
void sheet_prepare(struct sheet *sheet, const enum column *wanted, size_t count);
#define SHEET_BLOCK ((size_t)1024) /* a good number of rows to read at a time */
/* The values of rows from … from+count-1 of a numeric column, NaN unknown: borrowed until the next
 * change, or decoded into `room`, which holds `count`. */
const double *sheet_block(struct sheet *sheet, enum column column, uint32_t from, size_t count,
                          double *room);
/* enum figure_marks of every row, as doubles. */
const double *sheet_marks(struct sheet *sheet);

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
