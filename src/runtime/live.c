#include "runtime/live.h"

#include "runtime/loop.h"

#define LOOK_SECONDS                                                                               \
    0.3           /* between two looks: seen within half a second, four times a second at most */
#define SLICE 128 /* changes at a time: two milliseconds */

/* ---- into the catalogue ---- */

static bool slice_begin(void *self, struct err *err)
{
    struct live *live = self;
    live->begins(live->self);
    return live->below.begin(live->below.self, err);
}

static bool slice_put(void *self, const struct record *record, struct err *err)
{
    struct live *live = self;
    return live->below.put(live->below.self, record, err);
}

static bool slice_drop(void *self, int64_t id, struct err *err)
{
    struct live *live = self;
    return live->below.drop(live->below.self, id, err);
}

static bool slice_end(void *self, bool ok, struct err *err)
{
    struct live *live = self;
    return live->below.end(live->below.self, ok, err);
}

/* ---- looking ---- */

void live_init(struct live *live, struct store *store, struct catalog *catalog,
               void (*begins)(void *self), void *self)
{
    *live = (struct live){.store = store, .begins = begins, .self = self, .next = loop_now()};
    reload_init(&live->reload, catalog, false);
    live->below = reload_sink(&live->reload);
}

void live_release(struct live *live)
{
    if (live)
        reload_release(&live->reload);
}

bool live_from_here(struct live *live, struct err *err)
{
    return store_changes_latest(live->store, &live->seq, err);
}

static enum live_state after_failure(struct live *live)
{
    if (store_busy(live->store))
        return LIVE_NONE;
    live->wanted = false;
    return LIVE_FAILED;
}

static struct record_sink sink_of(struct live *live)
{
    return (struct record_sink){
        .self = live, .begin = slice_begin, .put = slice_put, .drop = slice_drop, .end = slice_end};
}

enum live_state live_look(struct live *live, struct err *err)
{
    double now = loop_now();
    if (now < live_deadline(live))
        return LIVE_NONE;
    live->next = now + LOOK_SECONDS;
    if (store_changed_elsewhere(live->store))
        live->wanted = live->elsewhere = true;
    if (!live->wanted)
        return LIVE_NONE;
    switch (store_changes_read(live->store, &live->seq, SLICE, sink_of(live), err)) {
    case STORE_CHANGES_SOME:
        live->next = now;
        return LIVE_SOME;
    case STORE_CHANGES_RELOAD:
        live->wanted = false;
        return LIVE_RELOAD;
    case STORE_CHANGES_FAILED:
        return after_failure(live);
    case STORE_CHANGES_NONE:
        live->wanted = false;
        break;
    }
    return LIVE_NONE;
}

double live_deadline(const struct live *live)
{
    return live->next;
}
