#ifndef MICROSCOPE_DOMAIN_TYPED_H
#define MICROSCOPE_DOMAIN_TYPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/column.h"

/* What a person types for one figure, however it is spelled:
 *   a value     2.5k   3%   89,50   1.500 (of whole things and money: three digits after a sign group)
 *   a sum       =12*450   =(400+50)*3   + - * / and parentheses, numbers with k, M, %
 *   relative    +10%   -50   *1.1   /2   to what stands there; +10% is ten per cent of it
 * After + and - a number with % alone is that share of what stands before it, but in a sum for a share
 * (=2%+1% is 3%). Where profit, ROI and the like are asked for, -6% is a value. */
struct typed {
    double value; /* finite; a share as a fraction, whole things whole */
    bool sum, relative;
    size_t fault; /* false was returned: the byte of the text at which it went wrong */
};

/* `present` is what stands there, NaN where nothing does: then nothing can be relative to it. Results of
 * arithmetic have twelve digits. False: no such figure; why, and where (typed->fault). */
bool typed_read(struct text text, enum unit unit, struct number_style style, double present,
                struct typed *typed, struct err *err);

/* A figure so that no digit of it is lost and typed_read() reads it back: as the screen shows such a figure
 * ("10,000", "4.00%"), or in full where that would round. Unknown adds nothing. */
void typed_show(struct buf *out, enum unit unit, double value, struct number_style style);

/* By how much one key moves a figure: the largest of 1, 2, 5 x 10^k not above 2.5 % of the value, and not
 * below the smallest amount of the unit. */
double typed_step(enum unit unit, double value);
/* The value so many steps further, without the dust of binary fractions. */
double typed_stepped(enum unit unit, double value, double steps);

#endif
