#ifndef MICROSCOPE_CATALOG_QUERY_H
#define MICROSCOPE_CATALOG_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "base/text.h"
#include "catalog/filter.h"
#include "catalog/sheet.h"

/* Which creators, in which order, and what there is to choose from. */

#define QUERY_ORDERS 8
#define QUERY_FACETS 8
#define QUERY_BUCKETS 12 /* of a histogram, at most */
#define QUERY_HISTOGRAMS 3

struct query_order {
    enum column column;
    bool descending;
};

struct query {
    struct filter filter;
    struct query_order orders[QUERY_ORDERS]; /* the first decides; ties: key, then platform */
    size_t order_count;
    size_t limit; /* rows numbered from here on do not count yet: a load that is still coming in */
};
#define QUERY_ALL SIZE_MAX

void query_init(struct query *query); /* no filter, ROI descending */
void query_release(struct query *query);
void query_copy(struct query *to, const struct query *from); /* but for the limit */
/* Reads "-roi,followers": keys as in a filter, - is descending. */
bool query_parse_order(struct text text, struct query *query, struct err *err);
void query_print_order(const struct query *query, struct buf *out);

/* Rows in order. Unknown stands last in both directions. Text orders by its folded form, then its
 * bytes; tiers in band order. Only the part of the order that is looked at is ever made, so looking
 * changes what is kept, never what is answered; all answers are good until the sheet changes. */
struct rowset {
    size_t count;               /* rows that pass */
    size_t total;               /* living rows */
    const struct bits *bits;    /* those that pass; NULL: never run */
    struct rowset_order *order; /* its own */
};
uint32_t rowset_at(const struct rowset *set, size_t place);
#define ROWSET_NONE ((size_t)-1)
/* The rows of the places *from … *from+*count-1 that were looked at latest, in order; these stay good
 * when the sheet changes. NULL: none were. */
const uint32_t *rowset_window(const struct rowset *set, size_t *from, size_t *count);
size_t rowset_find(const struct rowset *set, uint32_t row); /* its place, or ROWSET_NONE */
bool rowset_has(const struct rowset *set, uint32_t row);
/* The rows by number; NULL where the query was never run. */
const struct bits *rowset_rows(const struct rowset *set);
/* The row of the set that is also `among` nearest after (direction 1) or before (-1) `row`, which need
 * not be in the set; CATALOG_NONE where there is none. */
uint32_t rowset_next(const struct rowset *set, const struct bits *among, uint32_t row,
                     int direction);
/* The first rows of the set that are also `among`, at most so many, in order; returns how many. */
size_t rowset_first(const struct rowset *set, const struct bits *among, uint32_t *rows,
                    size_t most);
void rowset_all(const struct rowset *set, uint32_t *rows); /* the whole of it: `count` rows */

/* A value of a facet group and how many creators have it, given the filters of all other groups. */
struct facet_value {
    struct text word; /* borrowed from catalogue or tables */
    size_t count;
    size_t all; /* in the whole catalogue */
    bool selected;
};
/* Tiers in band order, all of them; platforms, words and set members by count, then word, where
 * values nobody has are left out unless selected. */
struct facet {
    enum column column;
    struct facet_value *values;
    size_t count;
};

/* How a figure spreads over the rows that all filters but its own range let pass (filter_range()).
 * The edges are round and ascend: of ratios always the same, from 0 to infinity; else 1 2 5 10 20 …, or
 * finer or coarser steps of that kind, around the positive values of the whole catalogue. A bucket goes
 * from its edge up to the next, that one left out; the first has all that is less, too, and the last all
 * that is more. */
struct histogram {
    enum column column;
    size_t buckets;                  /* 0: nothing is known */
    double edges[QUERY_BUCKETS + 1]; /* beyond edges[buckets] NaN */
    size_t counts[QUERY_BUCKETS];
};

struct query_result {
    struct rowset rows;
    struct facet facets[QUERY_FACETS];
    size_t facet_count;
    struct histogram histograms[QUERY_HISTOGRAMS]; /* followers, er_index, fee */
    size_t lifts[FILTER_TERMS];                    /* by term: rows that come back without it */
    size_t estimated;                              /* rows shown whose fee is an estimate */
    uint64_t stamp;                                /* of everything that it was made from */
    struct query_engine *engine; /* its own: what is kept so that the next run costs less */
    struct query_engine *ahead;  /* its own: the same for query_drift() */
};

/* Zeroed is empty and valid. Running again costs what is different from the run before. Cannot fail: a
 * broken filter was refused by filter_parse(). */
void query_run(const struct query *query, struct sheet *sheet, struct query_result *result);
void query_result_release(struct query_result *result);
/* Would running it again give the same? */
bool query_current(const struct query *query, struct sheet *sheet,
                   const struct query_result *result);

/* Equal numbers: running it would give the same, but for what query_busy() is about. */
uint64_t query_stamp(const struct query *query, struct sheet *sheet);

/* Who is shown and in which order stays from now on as it is in the sheet at this moment, whatever is
 * written to the catalogue, until the next query_run(); values and medians follow the sheet. To be
 * asked for while query_current(). */
void query_hold(struct query_result *result);
/* How many rows would come and go if it were run now. */
struct query_drift {
    size_t come, gone;
};
struct query_drift query_drift(const struct query *query, struct sheet *sheet,
                               struct query_result *result);

/* Ordering by free text (and settling ties by key) wants the place of each text, which takes a while
 * for many creators. As long as it is busy the order before stands; each step is a few milliseconds
 * of work. After the last one query_current() is false. */
bool query_busy(const struct query_result *result);
bool query_waits(
    const struct query_result *result); /* … and the order asked for is not there yet */
double query_progress(const struct query_result *result); /* 0 … 1 */
void query_step(struct sheet *sheet, struct query_result *result);
/* Runs and takes all steps: for those who need the answer and nothing else. */
void query_finish(const struct query *query, struct sheet *sheet, struct query_result *result);

/* Bytes of the sets, digits, ranks and counts kept between runs. */
size_t query_memory(const struct query_result *result);
const struct facet *query_facet(const struct query_result *result, enum column column);
/* One row against a filter. */
bool query_passes(const struct filter *filter, struct sheet *sheet, uint32_t row);

/* Median of a column over the rows shown. Under sheet->few known values it is "few": NaN. */
struct median {
    double value;
    size_t known;
    size_t estimated; /* of the known ones rest on an estimated fee */
};
struct median query_median(struct query_result *result, struct sheet *sheet, enum column column);

#endif
