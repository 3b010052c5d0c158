#ifndef MICROSCOPE_EXCHANGE_HANDOVER_H
#define MICROSCOPE_EXCHANGE_HANDOVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "domain/forecast.h"
#include "domain/total.h"
#include "exchange/writer.h"

/* What one person hands to another: a list, a plan, a comparison, and what they rest on, as ready
 * figures. Whoever fills it (the command line, the explorer) fills in what is on the screen, no more
 * and in the same order; formats that make documents (exporter.document) show what is there. All of
 * it is borrowed; text need not be safe. Money is in whole units of the scenario's currency, unless
 * a column says otherwise. */

struct handover_who {
    enum platform platform;
    struct text handle, name; /* name null: none is known */
};

/* Creators as rows, asked for one after the other, so that a million take no memory. */
struct handover_list {
    const struct writer_column *columns;
    size_t column_count;
    size_t rows, total;        /* those that pass, of so many */
    size_t estimated;          /* of those that pass: the fee is an estimate */
    struct text filter, order; /* as words; null: all of them; as they came */
    /* The cells of row 0 … rows - 1; texts live until the next is asked for. False: no more of it
     * (cancelled, or explained in `err`). */
    bool (*row)(void *self, size_t place, struct writer_cell *cells, struct err *err);
    void *self;
};

/* A creator of the plan, with the facts that its figures were made of, so that a spreadsheet can
 * make them again; NaN where unknown. */
struct handover_planned {
    struct handover_who who;
    unsigned deliverables;
    enum format format;            /* FORMAT_NONE: the platform has none, or nobody said */
    const struct figures *figures; /* NULL: the store does not know the creator: in no figure */
    double followers, credibility, audience_market, views, reach_post;
    unsigned currency; /* of the fee as it was asked */
};

struct handover_plan {
    const struct handover_planned *rows;
    size_t count;
    const struct totals *totals;
};

/* One figure of one creator in a comparison. */
struct handover_figure {
    double value;             /* NaN unknown, INFINITY never */
    double low, median, high; /* of a range */
    double bar;               /* -1 … 1 on the scale of its line; NaN: none */
    char mark;                /* as in struct writer_cell */
    bool best;
    struct text against; /* the difference to the reference, ready to read; null: none */
};

struct handover_line {
    struct text title, group; /* lines of a group stand together */
    enum unit unit;
    bool range;                            /* low to high instead of a value */
    bool unlike;                           /* the figures stand on different bases: not compared */
    const struct handover_figure *figures; /* one a creator */
};

struct handover_past { /* followers over time */
    const double *at, *followers;
    size_t count;
};

struct handover_comparison {
    const struct handover_who *who;
    size_t count;
    size_t reference; /* the others are measured against this one; `count`: none is */
    const struct handover_line *lines;
    size_t line_count;
    const struct text *reasons; /* why one brings back more, a sentence each */
    size_t reason_count;
    const struct handover_past *past; /* one a creator */
};

struct handover {
    struct text title; /* null: one is made of what there is */
    double at;         /* when all this is as it is said to be; seconds since 1970 */
    const struct scenario *scenario;
    const struct handover_list *list; /* NULL: not handed over; likewise the next two */
    const struct handover_plan *plan;
    const struct handover_comparison *comparison;
    bool assumptions; /* with their defaults and sources */
    bool estimates; /* say of whom the fee is an estimate (every such figure wears its ~ anyway) */
    /* Asked again and again while a large file is put together; false: give it up. NULL: nobody is. */
    bool (*goes_on)(void *self);
    void *self;
};

/* "Spring: plan of 6 creators", or the title given. */
void handover_title(const struct handover *handover, struct buf *out);

/* Writes the whole of it; `format` makes documents. False: nothing of use was written. */
bool handover_write(const struct handover *handover, const struct exporter *format,
                    const struct writer_options *options, struct writer_out out, struct err *err);

#endif
