#ifndef MICROSCOPE_BASE_DATE_H
#define MICROSCOPE_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

/* Times are seconds since 1970-01-01T00:00:00Z, in a double where they travel among figures (NaN:
 * unknown). The calendar is the proleptic Gregorian one, UTC only. */
#define DATE_DAY 86400.0

/* "2026-08-03", "2026-08-03T09:50:26Z", "2025-10-07 09:50:26 +0200", "20260803"; a date alone is
 * its midnight UTC. False for anything else, or a day that does not exist. */
bool date_parse(struct text text, double *seconds);
/* Days in other orders: "31.05.2026", "5/31/2026", "1-6-2026" by `order`, "2026/05/31" always; a time may
 * follow as in date_parse(). */
enum date_order { DATE_DAY_MONTH, DATE_MONTH_DAY };
bool date_parse_ordered(struct text text, enum date_order order, double *seconds);
void date_iso(struct buf *out, double seconds); /* 2026-08-03T09:50:26Z; a midnight as 2026-08-03 */
void date_day(struct buf *out,
              double seconds); /* Mon 3 Aug; with the year where `seconds` is far: date_day_year */
void date_day_year(struct buf *out, double seconds);   /* 3 Aug 2026 */
void date_age(struct buf *out, double age_seconds);    /* 16d, 5w, 4mo, 2y; under a day: 0d */
bool date_duration(struct text text, double *seconds); /* 7d, 2w, 3mo (30 days), 1y (365 days) */

#endif
