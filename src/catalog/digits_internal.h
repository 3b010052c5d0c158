#ifndef MICROSCOPE_CATALOG_DIGITS_INTERNAL_H
#define MICROSCOPE_CATALOG_DIGITS_INTERNAL_H

#include "order_internal.h"
#include "census_internal.h"

/* Where values were last looked for: the rows that had a digit in low … high then, ascending, and those
 * that got one since. Some may have got another, or others may be shown: who looks again counts them. */
struct digits_near {
    uint16_t low, high;
    uint32_t *rows; /* NULL: nobody looked */
    size_t count, capacity;
};

/* The 16 bits of every row's key that part most, and how many of the rows shown have each: from there
 * a place, a rank or a median is found by looking at few rows. */
struct digits {
    bool made, used; /* used: since the owner last put it back */
    struct order_key key;
    struct since since;
    uint16_t *codes;
    size_t capacity;
    struct bits known;
    struct digits_near near;
    uint64_t revision;    /* moves when codes do */
    struct median median; /* of the rows shown; its owner keeps it here */
    uint64_t median_of
        [3]; /* what it was made from: revisions of the codes and of who is shown, what is few */
    struct census census; /* of the codes; not counted by digits_make() */
};

/* Brings codes up to date for `rows` rows. `rank`: that of a free text column, else NULL. */
void digits_make(struct digits *digits, struct sheet *sheet, enum column column,
                 const struct rank *rank, size_t rows);
void digits_release(struct digits *digits);
/* Codes and counts as they are, for places; no keys. */
void digits_copy(struct digits *to, const struct digits *from);

/* The smallest and greatest of the places low and high, both counted from 0, among the known values of
 * the rows shown; high < how many are known. Numbers only. */
struct digits_pair {
    double low, high;
};
struct digits_pair digits_values(struct digits *digits, struct sheet *sheet, size_t low,
                                 size_t high);
size_t digits_known(const struct digits *digits); /* of the rows shown */

#endif
