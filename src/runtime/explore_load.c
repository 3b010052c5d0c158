#include <math.h>

#include "explorer_internal.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "runtime/session.h"
#include "store/figures.h"

/* The store into the catalogue: the first time, again, and what others write. */

#define LOAD_SECONDS 0.008 /* of loading between two frames, so that every key is answered */
#define PLACE_SECONDS 0.25
#define LOAD_LEAST_SECONDS 0.004 /* where somebody waits */
#define LIVE_SECONDS 0.008       /* of reading what others wrote between two frames */
#define GIVE_WAY_SECONDS 0.1

/* loading */

bool explorer_is_loading(const struct explorer *it)
{
    return it->load.stage != LOADING_NONE;
}

static void say_loading(struct explorer *it)
{
    explorer_tell(it, (struct message){.kind = MESSAGE_LOADING,
                                       .again = it->reloading,
                                       .done = it->load.done,
                                       .total = it->load.total,
                                       .seconds = loading_seconds(&it->load)});
}

static void tell_changed(struct explorer *it, struct reload *reload)
{
    explorer_tell(it, (struct message){.kind = MESSAGE_CHANGED,
                                       .now = clock_of_day(),
                                       .seconds = loop_now(),
                                       .renumbered = reload->renumbered.items,
                                       .renumbered_count = reload->renumbered.count});
    reload->renumbered.count = 0;
    it->changing = false;
}

/* Medians are stored, so that every reader shows the same; the first load makes them. */
static void make_peers(struct explorer *it)
{
    struct peers peers;
    if (number_known(it->model.peers.made_at) || it->catalog.live_count == 0)
        return;
    session_make_peers(&it->catalog, it->model.now, &peers);
    if (!store_read_only(it->store))
        store_peers_set(it->store, &peers, NULL);
    explorer_tell(it, (struct message){.kind = MESSAGE_PEERS, .peers = &peers});
}

bool explorer_begin_load(struct explorer *it, struct record_sink sink, struct err *err)
{
    return loading_begin(&it->load, it->store, &it->catalog, sink, &it->model, err);
}

void explorer_begin_reload(struct explorer *it)
{
    struct err err;
    it->reload_wanted = false;
    it->reloading =
        live_from_here(&it->live, &err) && explorer_begin_load(it, reload_sink(&it->reload), &err);
    if (!it->reloading)
        explorer_fail(it, &err);
}

/* Another program made the medians anew. */
static void take_peers(struct explorer *it)
{
    struct peers peers;
    if (it->reloading && store_peers(it->store, &peers, NULL))
        explorer_tell(it, (struct message){.kind = MESSAGE_PEERS, .peers = &peers});
    make_peers(it);
}

static void take_view(struct explorer *it)
{
    struct err err;
    struct buf view_before = BUF_INIT;
    if (!it->reloading && keeper_view(&it->keeper, &view_before, &err) && view_before.length > 0 &&
        !it->model.moved)
        model_restore(&it->model, buf_text(&view_before));
    buf_release(&view_before);
}

static void end_load(struct explorer *it)
{
    take_peers(it);
    explorer_tell_batches(it);
    take_view(it);
    it->reloading = false;
    explorer_tell(it, (struct message){.kind = MESSAGE_LOADED, .again = it->imported});
    it->imported = false;
    if (it->view)
        explorer_tell(it, (struct message){.kind = MESSAGE_USE_VIEW, .text = text_of(it->view)});
    it->view = NULL;
}

/* As long as the rest of a turn takes, so that it never starves behind its own frames; less where
 * somebody waits. What still waits to be kept is not in the store, and what stands there instead is
 * not to come back. */
void explorer_load(struct explorer *it, bool (*is_input_waiting)(struct explorer *it))
{
    struct err err;
    double began = loop_now(), until = began + fmax(LOAD_SECONDS, it->last_turn);
    if (it->reloading)
        explorer_tell(it, (struct message){.kind = MESSAGE_CHANGING});
    do {
        loading_step(&it->load, &err);
        if (it->reloading && (keeper_waits(&it->keeper) || model_unsettled(&it->model)))
            loading_skip_marks(&it->load);
        if (err.message[0])
            explorer_fail(it, &err);
        if (loop_now() > began + LOAD_LEAST_SECONDS && is_input_waiting(it))
            break;
    } while (explorer_is_loading(it) && loop_now() < until);
    if (it->reloading)
        tell_changed(it, &it->reload);
    if (explorer_is_loading(it))
        say_loading(it);
    else
        end_load(it);
}

/* the file */

static void take_store(struct explorer *it, struct store *store)
{
    store_close(it->store);
    it->store = it->keeper.store = it->live.store = store;
    it->model.read_only = store_read_only(store);
    it->lost = false;
    loading_release(&it->load);
    it->reload_wanted = true;
    explorer_begin_visit(it);
    explorer_notice(it, "the file of the store was replaced: read anew");
}

static void lose_store(struct explorer *it, const char *why)
{
    struct buf words = BUF_INIT;
    if (it->lost)
        return;
    it->lost = true;
    buf_addf(&words, "the store is gone, what you do is kept when it is back: %s", why);
    explorer_tell(it, (struct message){.kind = MESSAGE_FAILED, .text = buf_text(&words)});
    buf_release(&words);
}

void explorer_watch_place(struct explorer *it)
{
    struct err err;
    struct store *store;
    if (loop_now() < it->next_place)
        return;
    it->next_place = loop_now() + PLACE_SECONDS;
    enum store_place place = store_place(it->store);
    if (place == STORE_THERE)
        it->lost = false; /* it was moved away and back */
    else if (place == STORE_GONE)
        lose_store(it, "the file is not there any more");
    else if (store_open(store_path(it->store), STORE_EXPLORE, &store, &err))
        take_store(it, store);
    else
        lose_store(it, err.message);
}

/* others */

/* What stands there is about to be written over: said before the first of the slices that are shown
 * together. */
static void begin_slice(void *self)
{
    struct explorer *it = self;
    if (!it->changing)
        explorer_tell(it, (struct message){.kind = MESSAGE_CHANGING});
    it->changing = true;
}

void explorer_live_init(struct explorer *it)
{
    reload_init(&it->reload, &it->catalog, true);
    live_init(&it->live, it->store, &it->catalog, begin_slice, it);
}

/* Who typed sees the answer before what others wrote, but for a moment at most. */
static bool gives_way(const struct explorer *it)
{
    return it->stale && loop_now() < live_deadline(&it->live) + GIVE_WAY_SECONDS;
}

void explorer_live(struct explorer *it, bool (*is_input_waiting)(struct explorer *it))
{
    struct err err;
    enum live_state state;
    double until = loop_now() + LIVE_SECONDS;
    if (it->model.calm.held || it->lost || explorer_is_loading(it) || it->reload_wanted ||
        gives_way(it))
        return;
    do
        state = live_look(&it->live, &err);
    while (state == LIVE_SOME && loop_now() < until && !is_input_waiting(it));
    if (it->changing)
        tell_changed(it, &it->live.reload);
    if (state == LIVE_RELOAD)
        it->reload_wanted = true;
    else if (state == LIVE_FAILED)
        explorer_fail(it, &err);
}

double explorer_live_deadline(const struct explorer *it)
{
    return it->model.calm.held || it->lost || explorer_is_loading(it) ? (double)INFINITY
                                                                      : live_deadline(&it->live);
}
