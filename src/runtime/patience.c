#include "runtime/patience.h"

#include "bar_internal.h"
#include "base/utf8.h"
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
    struct bar bar;
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

static bool told(void *self, const char *what, double share)
{
    struct waiting *waiting = self;
    if (bar_due(&waiting->bar)) {
        struct buf line = BUF_INIT, safe = BUF_INIT;
        buf_addf(&line, "bringing '%s' up to date: %.0f %% (%s)", waiting->path, 100 * share, what);
        text_safe(&safe, buf_text(&line));
        bar_show(&waiting->bar, &safe);
        buf_release(&line);
        buf_release(&safe);
    }
    verb_signals(waiting->ending);
    return !*waiting->ending;
}

static bool open_store(struct waiting *waiting, enum store_mode mode, bool plain,
                       bool (*wait)(void *self), struct store **store, struct err *err)
{
    struct store_patience patience = {wait, told, waiting};
    bar_begin(&waiting->bar, plain);
    bool ok = store_open_patiently(waiting->path, mode, &patience, store, err);
    bar_clear(&waiting->bar);
    return ok;
}

bool patience_open(const char *path, enum store_mode mode, bool plain, struct store **store,
                   int *ending, struct err *err)
{
    struct waiting waiting = {.path = path, .since = loop_now(), .ending = ending};
    return open_store(&waiting, mode, plain, waits, store, err);
}

bool patience_open_for_a_verb(const char *path, enum store_mode mode, bool plain,
                              struct store **store, struct err *err)
{
    int ending = 0;
    struct waiting waiting = {.path = path, .since = loop_now(), .ending = &ending};
    return open_store(&waiting, mode, plain, NULL, store, err);
}
