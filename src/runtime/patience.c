#include "runtime/patience.h"

#include "runtime/loop.h"
#include "runtime/output.h"
#include "runtime/signals.h"
#include "verbs_internal.h"

#define LOOK_SECONDS 0.02 /* between two tries */
#define SAID_SECONDS 1    /* of them, before it is said */

struct waiting {
    const char *path;
    double since;
    bool said;
    int *ending;
};

static bool waits(void *self)
{
    struct waiting *waiting = self;
    struct loop_source sources[] = {{.fd = signals_fd()}};
    loop_wait(sources, 1, loop_now() + LOOK_SECONDS);
    verb_signals(waiting->ending);
    if (!waiting->said && loop_now() - waiting->since > SAID_SECONDS) {
        waiting->said = true;
        say("another program is writing to '%s': waiting for it", waiting->path);
    }
    return !*waiting->ending;
}

bool patience_open(const char *path, enum store_mode mode, struct store **store, int *ending,
                   struct err *err)
{
    struct waiting waiting = {.path = path, .since = loop_now(), .ending = ending};
    struct store_patience patience = {waits, &waiting};
    return store_open_patiently(path, mode, &patience, store, err);
}
