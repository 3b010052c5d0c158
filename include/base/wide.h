#ifndef MICROSCOPE_BASE_WIDE_H
#define MICROSCOPE_BASE_WIDE_H

#include <stdint.h> /* any header of the C library makes it known */

/* Stands before a function that is one loop over a million numbers: it is compiled a second time for
 * processors with vectors twice as wide (AVX2), and the loader takes the one that fits. Both round
 * every step alike, so they agree to the bit. Where the system cannot choose there is one. Without it
 * the edits of a scenario take half as long again. */
#if defined(WIDE) /* by a test that wants the one for every processor */
#elif defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

#endif
