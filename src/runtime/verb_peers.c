#include "base/vec.h"
#include "runtime/clock.h"
#include "runtime/patience.h"
#include "store/figures.h"
#include "verbs_internal.h"

int verb_peers(const struct cli *cli)
{
    struct buf path = BUF_INIT;
    struct store *store = NULL;
    struct peers peers;
    struct err err;
    if (!verb_store(cli, &path)) {
        buf_release(&path);
        return EXIT_FAILED;
    }
    bool ok = patience_open_for_a_verb(buf_string(&path), STORE_WRITE, cli->config->plain, &store,
                                       &err) &&
              store_peers_make(store, clock_now(), &peers, &err);
    uint64_t creators = 0, groups = 0;
    const struct peer_cell *cells = &peers.cell[0][0][0];
    for (size_t i = 0; ok && i < sizeof peers.cell / sizeof *cells; i++) {
        creators += cells[i].count;
        groups += cells[i].count >= benchmarks_peers(&cli->config->benchmarks);
    }
    if (ok)
        say("medians made from %llu creators; %llu groups have enough of them",
            (unsigned long long)creators, (unsigned long long)groups);
    store_close(store);
    buf_release(&path);
    return ok ? EXIT_DONE : verb_failed(&err);
}
