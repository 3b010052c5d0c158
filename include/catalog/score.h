#ifndef MICROSCOPE_CATALOG_SCORE_H
#define MICROSCOPE_CATALOG_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/text.h"
#include "catalog/compare.h"

/* A score of the user's own making for those who are compared: he says how much each figure counts. A
 * figure is worth its place among the creators shown: the share of those of whom it is known that are
 * not better, 0 … 1, by whether more or less of it is better. The score is the mean of the places by
 * their weights, 0 … 100; a figure that is unknown leaves its weight out. */

#define SCORE_MOST 5 /* the greatest weight */

struct score_weights {
    uint8_t of[COLUMN_COUNT]; /* 0 … SCORE_MOST; 0: does not count */
};

/* A figure of the comparison of which more or less is better. */
bool score_can(enum column column);
bool score_any(const struct score_weights *weights);
/* "er 3,roi 5"; what cannot be read of it is ignored. */
void score_weights_print(const struct score_weights *weights, struct buf *out);
void score_weights_read(struct text text, struct score_weights *out);

struct score_part {
    enum column column;
    unsigned weight;
    bool unlike;  /* stands on different bases: counts for nobody */
    size_t known; /* creators shown of whom it is known */
    struct score_cell {
        double value;  /* NaN unknown */
        char mark;     /* as sheet_mark() */
        double place;  /* 0 … 1; NaN: leaves its weight out */
        size_t better; /* creators shown who are better */
    } cells[COMPARE_MOST];
};

struct score {
    struct score_part parts[COMPARE_LINES];
    size_t count;
    size_t shown;                 /* creators */
    double weight;                /* of all parts */
    double total[COMPARE_MOST];   /* 0 … 100; NaN unknown */
    double counted[COMPARE_MOST]; /* the weight that is not left out */
};

/* Of those in `all`, among the living rows `among`; one pass for each weighted column. */
void score_make(struct sheet *sheet, const struct bits *among, const struct score_weights *weights,
                const struct comparison *all, struct score *out);
/* Its row becomes the last of the comparison, which borrows the score. */
void score_add(const struct score *score, struct comparison *all);
/* "! 7 of 10": where weight is left out. */
void score_say_left(const struct score *score, int index, struct buf *out);
/* "ROI x3, vs peers x1". */
void score_say_weights(const struct score *score, struct buf *out);

#endif
