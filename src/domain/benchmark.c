#include "domain/benchmark.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/vec.h"

static const struct benchmark published[] = {
    {PLATFORM_INSTAGRAM,
     BASIS_FOLLOWERS,
     {0.0426, 0.0426, 0.0228, 0.0162, 0.0155, 0.0154},
     "HypeAuditor 2018"},
    {PLATFORM_TIKTOK, BASIS_VIEWS, {0.05, 0.05, 0.05, 0.05, 0.05, 0.05}, "Rival IQ 2023"},
    {PLATFORM_YOUTUBE,
     BASIS_VIEWS,
     {0.065, 0.065, 0.065, 0.045, 0.03, 0.02},
     "ytstudio.org guide, weak"},
};

uint32_t benchmarks_peers(const struct benchmarks *own)
{
    return own && own->peers ? own->peers : PEERS_STANDARD;
}

static const struct benchmark *find(const struct benchmark *items, size_t count,
                                    enum platform platform, enum er_basis basis, int band)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].platform == platform && items[i].basis == basis && !isnan(items[i].er[band]))
            return &items[i];
    return NULL;
}

const struct benchmark *benchmark_find(const struct benchmarks *own, enum platform platform,
                                       enum er_basis basis, int band)
{
    const struct benchmark *found =
        own ? find(own->items, own->count, platform, basis, band) : NULL;
    return found ? found : find(published, COUNT_OF(published), platform, basis, band);
}

uint64_t benchmarks_stamp(const struct benchmarks *own)
{
    uint32_t peers = benchmarks_peers(own);
    uint64_t stamp = hash_bytes(&peers, sizeof peers, 1);
    for (size_t i = 0; own && i < own->count; i++) {
        const struct benchmark *item = &own->items[i];
        stamp = hash_bytes(&item->platform, sizeof item->platform, stamp);
        stamp = hash_bytes(&item->basis, sizeof item->basis, stamp);
        stamp = hash_bytes(item->er, sizeof item->er, stamp);
    }
    return stamp;
}
