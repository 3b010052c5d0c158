#ifndef MICROSCOPE_DOMAIN_CURRENCY_H
#define MICROSCOPE_DOMAIN_CURRENCY_H

#include <stdint.h>

#include "base/text.h"

/* ISO 4217. Index 0 is "none given". Codes are small integers so that a column of them is narrow. */
struct currency_row {
    char code[4];
    uint8_t digits; /* of its minor unit: EUR 2, JPY 0, KWD 3 */
};
extern const struct currency_row currencies[];
extern const unsigned currency_count;

#define CURRENCY_NONE 0u
unsigned currency_from_code(struct text code); /* case ignored; CURRENCY_NONE when unknown */
unsigned
currency_from_sign(struct text sign);     /* "€" "$" "£" "₽" "¥" "₹" …: the usual one */
double currency_scale(unsigned currency); /* minor units in one: 100, 1, 1000; none: 100 */

#endif
