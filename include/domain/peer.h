#ifndef MICROSCOPE_DOMAIN_PEER_H
#define MICROSCOPE_DOMAIN_PEER_H

#include <stddef.h>
#include <stdint.h>

#include "domain/benchmark.h"
#include "domain/facts.h"
#include "domain/platform.h"

/* Peers: same platform, same ER basis, same band of followers. Their median ER over the whole store
 * is what a creator is expected to have; under benchmarks_peers() creators a benchmark serves. */
extern const double peer_band_from[PEER_BANDS];

struct peer_cell {
    uint32_t count;           /* creators of the cell with a known ER; 0: never made */
    double er;                /* their median; NaN without any */
    double comments_per_like; /* median over those with both; NaN */
};

struct peers {
    double made_at; /* NaN: never */
    struct peer_cell cell[PLATFORM_COUNT][BASIS_COUNT][PEER_BANDS];
};

void peers_init(struct peers *peers); /* none known: benchmarks only */
bool peers_equal(const struct peers *a, const struct peers *b);
/* Medians over all rows of `facts` for which live[row] is not 0 (NULL: all). Even count: mean of the
 * two middle ones. Rows without an ER, without a basis of it or without followers are nobody's peer.
 * `at` is noted as made_at. */
void peers_make(struct peers *peers, const struct facts *facts, const uint8_t *live, double at);

/* The same where the facts never stand in memory as a whole: added in batches, at most 16 bytes are
 * kept of each row. */
struct peers_maker;
struct peers_maker *peers_maker_new(void);
void peers_maker_free(struct peers_maker *maker);
void peers_maker_add(struct peers_maker *maker, const struct facts *facts, const uint8_t *live);
/* Once, after the last batch. */
void peers_maker_make(struct peers_maker *maker, struct peers *peers, double at);

int peer_band(double followers); /* 0 … PEER_BANDS-1; -1 unknown */

/* Where an expected rate comes from. */
struct peer_expectation {
    double er;          /* NaN: no expectation */
    uint32_t count;     /* peers behind a median; 0: it is a benchmark */
    const char *source; /* of a benchmark: name and year; NULL for a median or without any */
};
struct peer_expectation peers_expect(const struct peers *peers, const struct benchmarks *own,
                                     enum platform platform, enum er_basis basis, double followers);

#endif
