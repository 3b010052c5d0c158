#ifndef MICROSCOPE_DOMAIN_GENERATE_H
#define MICROSCOPE_DOMAIN_GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/column.h"
#include "domain/record.h"

/* Creators that do not exist: for the sample data, for tests and for measuring. The same options give
 * the same records on every machine, and the first n creators do not depend on how many follow.
 *
 * Followers are heavy-tailed from 300 to 30 million with three quarters in 1,000 to 100,000; ER falls
 * with size on Instagram but not on TikTok; about 60 % have a fee, which mostly follows size and
 * views. Some hide their likes, some were not looked at for long, some bought followers, a few went
 * viral, some people have several accounts, some niches are dear and some are bargains. A dozen are
 * planted with something to find (sample-data/README.md). */

#define GENERATE_NICHES 40
#define GENERATE_COUNTRIES 60
#define GENERATE_SNAPSHOTS 520

struct generate_options {
    uint64_t creators;
    uint64_t seed;
    unsigned niches, countries; /* 1 … the most */
    unsigned snapshots; /* weeks of history of each, the last the present; 0 … GENERATE_SNAPSHOTS */
    double now;         /* the day it is in the data: a midnight, seconds since 1970 */
};

/* No creators, seed 1, all niches and countries, no snapshots, on a fixed day (2026-11-16). */
void generate_options_init(struct generate_options *options);

/* Puts the creators into `sink`, which it begins and ends. False: the sink refused. */
bool generate(const struct generate_options *options, const struct record_sink *sink,
              struct err *err);

/* The columns it fills, in order, for those who write the records to a file. */
extern const enum column generate_columns[];
extern const size_t generate_column_count;

#endif
