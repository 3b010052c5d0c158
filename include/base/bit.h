#ifndef MICROSCOPE_BASE_BIT_H
#define MICROSCOPE_BASE_BIT_H

#include <stdint.h>

/* Bit `n` of an unsigned, for the sets of small enums in const tables: a constant expression where
 * `n` is one. 0 <= n < 32. */
#define BIT(n) (1u << (n))
/* The same of 64 bits. */
#define BIT64(n) ((uint64_t)1 << (n))

#endif
