#ifndef MICROSCOPE_EXCHANGE_REJECTS_INTERNAL_H
#define MICROSCOPE_EXCHANGE_REJECTS_INTERNAL_H

#include "exchange/rejects.h"

/* Files of rejects as they are read again. */

/* Does such a file begin here? `separator`: that of a CSV, '\0' of JSON Lines. */
bool rejects_begin(struct text bytes, char *separator);
/* A column of such a file, not of the file it came from. */
bool rejects_own(struct text name);
/* What was decided of the file it came from, as a mapping file; without one `out` is empty. To be
 * released in either case. */
bool rejects_map(struct text sample, struct doc *out, struct err *err);
/* How many columns at the front are such. */
size_t rejects_lead(const struct text *names, size_t count);

#endif
