#ifndef MICROSCOPE_DOMAIN_BENCHMARK_H
#define MICROSCOPE_DOMAIN_BENCHMARK_H

#include <stddef.h>
#include <stdint.h>

#include "domain/platform.h"

/* What a creator is expected to reach where too few peers are known: rates by platform, basis and band
 * of followers. Those of the program are published ones; the user's own come before them. */
#define PEER_BANDS 6      /* from 0, 1k, 5k, 20k, 100k, 1M */
#define PEERS_STANDARD 30 /* so many creators make a group of peers */
#define PEERS_LEAST 2
#define PEERS_MOST 1000000

struct benchmark {
    enum platform platform;
    enum er_basis basis;
    double er[PEER_BANDS]; /* NaN: none for that band */
    char source[96];       /* name and year; safe for the screen */
};

/* The user's own, and how many peers he wants. Zeroed: none, and the standard. Can be copied. */
#define BENCHMARKS_MOST 24
struct benchmarks {
    uint32_t peers; /* 0: PEERS_STANDARD */
    size_t count;
    struct benchmark items[BENCHMARKS_MOST];
};

uint32_t benchmarks_peers(const struct benchmarks *own); /* NULL: the standard */
/* The first of its platform and basis with a rate for the band, the user's before the program's; NULL. */
const struct benchmark *benchmark_find(const struct benchmarks *own, enum platform platform,
                                       enum er_basis basis, int band);
/* The same for two that say the same. */
uint64_t benchmarks_stamp(const struct benchmarks *own);

#endif
