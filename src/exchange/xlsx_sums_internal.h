#ifndef MICROSCOPE_EXCHANGE_XLSX_SUMS_INTERNAL_H
#define MICROSCOPE_EXCHANGE_XLSX_SUMS_INTERNAL_H

#include "xlsx_internal.h"

/* The sheet Plan as a table of columns: what each holds, and the formulas that make it. In these
 * {cost} is the cell of that column in the row, {cost*} all of its cells, {cost=} the cell below them,
 * {cost&orders} the sum of those whose orders are known too; other words are names of assumptions. They are the steps of domain/forecast.h. */

enum sums_column {
    SUMS_CREATOR,
    SUMS_PLATFORM,
    SUMS_POSTS,
    SUMS_FORMAT,
    SUMS_FEE,
    SUMS_FEE_IS,
    SUMS_COST,
    SUMS_SHARE,
    SUMS_REACH,
    SUMS_CLICKS,
    SUMS_ORDERS,
    SUMS_REVENUE,
    SUMS_CONTRIBUTION,
    SUMS_PROFIT,
    SUMS_ROI,
    SUMS_BREAKEVEN,
    SUMS_FOLLOWERS,
    SUMS_BELIEVED,
    SUMS_MARKET,
    SUMS_VIEWS,
    SUMS_GIVEN,
    SUMS_REACH_ONE,
    SUMS_AUDIENCE,
    SUMS_INDEX,
    SUMS_FACTOR,
    SUMS_POSTED,
    SUMS_MISSED,
    SUMS_COLUMNS
};

struct sums_row {
    const char *key, *title;
    enum unit unit;
    const char *formula; /* NULL: a value, or one that each row has its own for */
    const char *total;   /* NULL: none */
    size_t figure;       /* offset in struct figures, or SUMS_NONE */
    size_t fact;         /* offset in struct handover_planned, or SUMS_NONE */
    bool input;
};
#define SUMS_NONE ((size_t)-1)
extern const struct sums_row sums_rows[SUMS_COLUMNS];

/* Puts cells in the places of {words}. The rows of creators are first … last, counted from 1. */
void sums_fill(struct buf *out, const char *formula, lxw_row_t row, lxw_row_t first,
               lxw_row_t last);
/* The formulas that depend on format and facts of a row; nothing is added where the row has none. */
void sums_reach_one(struct buf *out, const struct handover_planned *row,
                    const struct scenario *scenario);
void sums_audience(struct buf *out, const struct handover_planned *row);
void sums_clicks(struct buf *out, const struct handover_planned *row);
/* An estimate, or a fee in another currency; nothing is added where the fee is a plain amount. */
void sums_fee(struct buf *out, const struct handover_planned *row, const struct scenario *scenario);

#endif
