#ifndef MICROSCOPE_BASE_NUMBER_H
#define MICROSCOPE_BASE_NUMBER_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

/* Unknown is NaN everywhere. INFINITY in a break-even stands for "never". */
static inline bool number_known(double value) /* neither NaN nor infinite */
{
    return isfinite(value);
}
static inline double number_unknown(void)
{
    return (double)NAN;
}

/* How figures are grouped and pointed, for input and output alike. `group` 0: no grouping. */
struct number_style {
    char group;   /* ',' '.' ' ' or 0 */
    char decimal; /* '.' or ',' */
};
extern const struct number_style number_style_plain;   /* no grouping, '.': files and JSON */
extern const struct number_style number_style_english; /* 1,234.5 */

/* What a written number turned out to be. */
struct number_seen {
    double value;      /* NaN where it means unknown; a percentage is divided by 100 */
    bool unknown;      /* empty, '-', 'NA', 'null' …: said to be unknown, no mistake */
    bool percent;      /* it wore a % */
    bool scaled;       /* it wore k, M, B, or such a word: million, lakh … */
    bool grouped;      /* it had grouping signs */
    bool trailing;     /* text after the number was ignored: "105.4M (=)" */
    unsigned decimals; /* digits after the decimal sign as written */
};

/* Reads a number as people write it: "10.4M", "1,234", "1 234" (plain, no-break and thin spaces),
 * "2,28,00,000", "4.31%", "$1,027", "€ 1.296,50", "2.28E+11", "105.4M (=)". `style` decides what
 * ',' and '.' mean where both readings are possible ("1,234" and "1.234"); elsewhere the digits
 * decide ("12,5", "1.296,50"). Text behind a blank is a remark; letters grown onto the digits
 * ("3rd"), a second number, a range or a date are no number. False where no number leads the text
 * and it is not a known word for unknown either; `value` is then NaN. */
bool number_parse(struct text text, struct number_style style, struct number_seen *seen);
/* The same for nothing but digits with at most a decimal sign between them, 15 bytes at the most:
 * nearly all numbers of a file. False: ask number_parse(). */
bool number_parse_bare(struct text text, char decimal, double *value);

/* Shortest decimal form that reads back as the same double; "null"-less: unknown adds nothing. */
void number_exact(struct buf *out, double value);
/* Exactly `decimals` places, grouped; the shortest form is rounded half away from zero, so that
 * 1.005 gives 1.01. Unknown and infinite add nothing, here and below. */
void number_fixed(struct buf *out, double value, unsigned decimals, struct number_style style);
/* Counts as the screen shows them: below 1,000 exact (decimals only when the value has them and is
 * under 100: one), then three significant digits 1.23k 48.2k 318k 1.24M 1.20B; 999,500 is 1.00M. */
void number_short(struct buf *out, double value, struct number_style style);

#endif
