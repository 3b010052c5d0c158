#ifndef MICROSCOPE_EXCHANGE_PROFILE_INTERNAL_H
#define MICROSCOPE_EXCHANGE_PROFILE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/names.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/platform.h"
#include "rows_internal.h"

/* What the values of a column look like in the sample: headers alone do not tell units. */
#define PROFILE_ROWS 2000
#define PROFILE_WORDS 400
#define PROFILE_COUNTRIES 40 /* to find one takes its time */
#define PROFILE_COUNTRIES 40 /* to find one takes its time */

/* What ',' and '.' between digits can mean, by the way they stand: "4,31" and "0.139" are fractions,
 * "1.204.000" is grouped, "1.500" is either. */
enum point_sign { SIGN_POINT, SIGN_COMMA, SIGN_COUNT };
struct point_marks {
    size_t fraction[SIGN_COUNT]; /* the sign stands before a fraction, … */
    size_t group[SIGN_COUNT];    /* … between groups of digits, … */
    size_t either[SIGN_COUNT];   /* … or in front of exactly three, … */
    size_t scaled[SIGN_COUNT];   /* … with a k or M behind them */
    size_t large;                /* four digits or more before the point, none grouped */
    struct text doubtful;        /* the first that could be either; null */
    struct text settled;         /* the first that settles it; null */
};

/* Dates whose year comes last, by the order in which they can be read. */
struct date_marks {
    size_t only[2];         /* by enum date_order: only so */
    size_t either;          /* in both orders, as another day */
    struct text settled[2]; /* the first of these */
    struct text doubtful;   /* the first of those */
};

struct column_profile {
    size_t known;                      /* cells that say something */
    size_t numbers_known;              /* of which are numbers, … */
    size_t percents;                   /* … wear a %, … */
    size_t scaled;                     /* … are rounded: 13.8M */
    size_t links;                      /* profile links of a platform */
    size_t channel_ids;                /* UC and 22 characters */
    size_t urls;                       /* links of any kind */
    size_t countries_asked, countries; /* the first texts; which of them are countries */
    size_t blanks;                     /* texts with a blank inside */
    size_t currencies;                 /* figures that wear a currency */
    struct point_marks points;
    struct date_marks dates;
    struct number_style numbers; /* of `values`; this and why are kept by profile_again() */
    struct text numbers_why;
    bool numbers_guess;
    struct names words;                 /* texts with capitals, the first PROFILE_WORDS of them */
    size_t at_signs;                    /* one word behind an @ */
    size_t on_platform[PLATFORM_COUNT]; /* by a link or by the platform's word */
    struct {
        double *items; /* bare numbers, no % */
        size_t count, capacity;
    } values;
    struct text example;
};

struct profile {
    struct arena arena;
    struct number_style numbers; /* of columns that come up */
    struct column_profile *items;
    size_t count, capacity;
    size_t rows;
};

void profile_release(struct profile *profile);
/* Empty again, but for what is known of the way each column writes its numbers. */
void profile_again(struct profile *profile);
/* Makes room for `count` columns. */
void profile_reserve(struct profile *profile, size_t count);
void profile_add(struct profile *profile, const struct row *row);
/* Median and largest of the bare numbers; NaN without any. */
double profile_median(const struct column_profile *column);
double profile_most(const struct column_profile *column);

/* JSON writes numbers with a point, whatever strings beside them do: those that could be read in two
 * ways begin with this sign. */
#define CELL_OF_JSON '\t'

/* How the digits of a number stand, added to `marks`. */
void point_marks_add(struct point_marks *marks, struct text cell, const struct number_seen *seen,
                     struct arena *arena);

/* Words for "we do not know", in any column. */
bool cell_unknown(struct text cell);

#endif
