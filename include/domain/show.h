#ifndef MICROSCOPE_DOMAIN_SHOW_H
#define MICROSCOPE_DOMAIN_SHOW_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/number.h"
#include "domain/column.h"

/* How figures look on the screen, by unit; the one place that knows. Unknown and undefined show "-",
 * "never" shows "never". Shares 2 decimals (1 from 100 %), ROI whole and signed ("+34%", above
 * ">999%"), ratios "1.62x", money whole and grouped, unit costs two decimals under 100, counts short
 * ("48.2k") or, where `exact`, whole and grouped. Minus is ASCII. */
void show_number(struct buf *out, enum unit unit, double value, bool exact,
                 struct number_style style);

/* As files and JSON have it: shortest exact decimal, fractions as fractions, times as ISO 8601,
 * unknown and never as nothing. */
void show_plain(struct buf *out, enum unit unit, double value);

/* Reads what a person types for a value of this unit: "3%", "2.5k", "1,200", "-6%", "1.62x", "30d".
 * A % is understood for shares, ratios and ROI only. A share above 1 without a % sign is refused as
 * ambiguous. A time is a date after 1970-01-01, or an age ("7d"), which comes as its seconds below 0.
 * False: not such a value, or with other text after it. */
bool show_read(struct text text, enum unit unit, struct number_style style, double *value);

#endif
