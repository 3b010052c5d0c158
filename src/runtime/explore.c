#include "runtime/explore.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "explorer_internal.h"
#include "runtime/clock.h"
#include "runtime/config.h"
#include "runtime/loop.h"
#include "runtime/output.h"
#include "runtime/patience.h"
#include "runtime/signals.h"
#include "store/visit.h"

/* The loop: what comes in becomes messages, messages change the model, effects are carried out, and when
 * the queue is empty it is shown. What comes in from where, and how it is shown, is the front's. */

#define TICK_SECONDS 1.0
#define TICK_EARLY_SECONDS 0.25
#define WORK_SECONDS 0.008    /* of work between two frames */
#define KEEP_SECONDS 0.003    /* of writing between two frames */
#define HELD_SECONDS 0.05     /* between two tries while another program writes */
#define JOB_LOOK_SECONDS 0.01 /* until a child that says no more is gone */

/* work between frames */

/* A step at a time, so that whoever types is served first; then a frame, so that it shows. */
static void work(struct explorer *it)
{
    double until = loop_now() + WORK_SECONDS;
    while (model_busy(&it->model) && loop_now() < until && !it->front->is_input_waiting(it))
        explorer_tell(it, (struct message){.kind = MESSAGE_WORK});
}

/* The past of rows in view, when nothing else waits. */
static void read_trends(struct explorer *it)
{
    struct err err;
    double until = loop_now() + WORK_SECONDS;
    int64_t id;
    while (!model_busy(&it->model) && loop_now() < until && !it->front->is_input_waiting(it) &&
           (id = model_trend_wanted(&it->model)) != 0) {
        struct message message = {.kind = MESSAGE_TREND, .id = id};
        if (!keeper_history(&it->keeper, id, &message.snapshots, &message.snapshot_count, &err))
            return; /* the next turn tries again */
        explorer_tell(it, message);
    }
}

/* What those planned and ticked were, likewise. */
static void read_then(struct explorer *it)
{
    double until = loop_now() + WORK_SECONDS;
    while (!model_busy(&it->model) && loop_now() < until && !it->front->is_input_waiting(it) &&
           explorer_read_then(it))
        continue;
}

/* the loop */

static void tell_time(struct explorer *it)
{
    explorer_tell(it, (struct message){.kind = MESSAGE_TICK,
                                       .now = clock_now(),
                                       .day = clock_of_day(),
                                       .seconds = loop_now()});
}

/* When one is woken anyhow, a little early: each time of its own would be one more. */
static void tick(struct explorer *it)
{
    double now = loop_now();
    bool due = now + TICK_EARLY_SECONDS >= it->next_tick;
    if (due) {
        it->next_tick = now + TICK_SECONDS;
        explorer_say_held_up(it);
        explorer_watch_theme(it);
        explorer_watch_config(it);
    }
    if (due || now >= calm_deadline(&it->model))
        tell_time(it);
}

static void turn(struct explorer *it)
{
    double began = loop_now();
    it->front->take_input(it);
    tick(it);
    explorer_follow_import(it);
    explorer_follow_feed(it);
    explorer_follow_hand(it);
    explorer_follow_back(it);
    if (it->quit)
        return;
    explorer_watch_place(it);
    if (it->reload_wanted && !it->lost && !explorer_is_loading(it))
        explorer_begin_reload(it);
    explorer_live(it, it->front->is_input_waiting);
    if (!it->front->is_input_waiting(it))
        explorer_own(it);
    explorer_answer(it);
    explorer_tell_gone(it);
    it->front->show(it);
    it->last_turn = loop_now() - began;
    explorer_keep(it, KEEP_SECONDS);
    if (explorer_is_loading(it))
        explorer_load(it, it->front->is_input_waiting);
    else
        work(it);
    if (!explorer_is_loading(it) && !it->stale && it->front->shows_trends)
        read_trends(it);
    if (!explorer_is_loading(it) && !it->stale)
        read_then(it);
    if (!explorer_is_loading(it) && !it->stale)
        explorer_count_lists(it, it->front->is_input_waiting);
    if (!explorer_is_loading(it) && !it->stale && it->keeping != KEEPER_MORE &&
        !explorer_counts_lists(it))
        it->front->idle(it);
}

static void wait_for_something(struct explorer *it)
{
    const struct job *job = &it->import.job, *feed = &it->feed.job, *hand = &it->hand.job;
    const struct job *rehearsal = &it->rehearsal.job;
    struct loop_source sources[] = {
        {.fd = it->front->fd(it)}, {.fd = signals_fd()},   {.fd = job->out},
        {.fd = job->err},          {.fd = feed->out},      {.fd = feed->err},
        {.fd = rehearsal->out},    {.fd = rehearsal->err}, {.fd = hand->out},
        {.fd = hand->err},         {.fd = it->back.out},   {.fd = it->back.err}};
    double deadline = fmin(it->next_tick, it->front->deadline(it));
    deadline = fmin(deadline, calm_deadline(&it->model));
    deadline = fmin(deadline, explorer_live_deadline(it));
    if (it->keeping == KEEPER_HELD && !it->lost && !it->full)
        deadline = fmin(deadline, loop_now() + HELD_SECONDS);
    if (job_closing(job) || job_closing(feed) || job_closing(rehearsal) || job_closing(hand) ||
        job_closing(&it->back))
        deadline = fmin(deadline, loop_now() + JOB_LOOK_SECONDS);
    loop_wait(sources, sizeof sources / sizeof sources[0],
              explorer_is_loading(it) || it->stale || it->keeping == KEEPER_MORE ||
                      explorer_counts_lists(it)
                  ? loop_now()
                  : deadline);
}

/* beginning and end */

/* Nothing of the store is in it yet. */
static void make_model(struct explorer *it, const struct explore_options *options)
{
    int width, height;
    it->front->size(it, &width, &height);
    import_job_init(&it->import);
    import_job_init(&it->rehearsal);
    feed_job_init(&it->feed);
    hand_job_init(&it->hand);
    job_init(&it->back);
    catalog_init(&it->catalog);
    sheet_init(&it->sheet, &it->catalog);
    model_init(&it->model, &it->catalog, &it->sheet, clock_now(), width, height);
    explorer_settle(it, options->config);
    keeper_init(&it->keeper, it->store, &it->catalog);
    explorer_live_init(it);
    it->model.read_only = store_read_only(it->store);
    it->model.loading = true;
    explorer_name_store(it, options->store);
    it->view = options->view;
    if (options->sample)
        model_sample(&it->model);
    it->next_tick = loop_now() + TICK_SECONDS;
}

static bool open_all(struct explorer *it, const struct explore_options *options, int *status)
{
    struct err err;
    const struct config *config = options->config;
    *status = 2;
    if (!it->front->prepare(it, config, &err)) {
        say("%s", err.message);
        return false;
    }
    *status = 1;
    if (!signals_open(&err) || !patience_open(options->store, STORE_EXPLORE, config->plain,
                                              &it->store, &it->killed_by, &err)) {
        if (it->killed_by)
            *status = 128 + it->killed_by;
        else
            say("%s", err.message);
        return false;
    }
    if (!it->front->open(it, config, &err)) {
        say("%s", err.message);
        *status = 2;
        return false;
    }
    return true;
}

static bool begin(struct explorer *it, const struct explore_options *options, int *status)
{
    struct err err;
    if (!open_all(it, options, status))
        return false;
    make_model(it, options);
    it->front->begin(it, options->config);
    if (!keeper_begin(&it->keeper, &it->model, &err) || !live_from_here(&it->live, &err) ||
        !explorer_begin_load(it, catalog_sink(&it->catalog), &err)) {
        it->broken = err; /* a store that cannot be read is no empty one: leave at once */
        it->quit = true;
        return true;
    }
    explorer_begin_visit(it);
    tell_time(it);
    if (options->simulate && !feed_job_start(&it->feed, options->store, options->simulate, &err))
        explorer_fail(it, &err);
    return true;
}

/* What waits is written before anything is over; a lock that another program holds is worth a
 * moment. */
static void settle(struct explorer *it, struct err *err)
{
    uint64_t done, total;
    double until = loop_now() + 5;
    enum keeper_state state;
    if (keeper_progress(&it->keeper, &done, &total) && !it->killed_by) {
        explorer_notice(it, "keeping what you ticked and planned");
        it->front->show(it);
    }
    if (keeper_waits(&it->keeper) && !store_in_place(it->store)) {
        err_set(err, "'%s' is gone: the last changes are not kept", store_path(it->store));
        return;
    }
    do {
        state = keeper_write(&it->keeper, INFINITY, err);
        if (state == KEEPER_HELD)
            loop_wait(NULL, 0, loop_now() + 0.05);
    } while (state == KEEPER_HELD && !err->message[0] && loop_now() < until);
    if (state == KEEPER_DONE && !store_read_only(it->store))
        store_visit_leave(it->store, clock_now(), NULL); /* nobody is held up for that */
    if (state == KEEPER_HELD && err->message[0])
        err_set(err, "'%s' has no room left: the last changes are not kept", store_path(it->store));
    else if (state == KEEPER_HELD)
        err_set(err, "'%s' is locked by another program: the last changes are not kept",
                store_path(it->store));
}

int explore(const struct explore_options *options)
{
    struct explorer *it = mem_zero(1, sizeof *it);
    it->front = options->config->plain ? &front_lines : &front_screen;
    struct err err = {.message = ""};
    int status;
    bool begun = begin(it, options, &status);
    if (begun) {
        while (!it->quit) {
            turn(it);
            if (!it->quit)
                wait_for_something(it);
        }
        explorer_import_release(it); /* they would hold the lock */
        feed_job_release(&it->feed);
        hand_job_release(&it->hand);
        job_release(&it->back);
        lists_release(&it->lists);
        if (it->broken.message[0])
            err = it->broken;
        else
            settle(it, &err);
        status = it->killed_by ? 128 + it->killed_by : err.message[0] || it->undone ? 1 : 0;
        if (options->sample_wanted)
            *options->sample_wanted = it->sample_wanted && status == 0;
    }
    it->front->close(it);
    loading_release(&it->load);
    if (begun) {
        keeper_release(&it->keeper);
        live_release(&it->live);
        reload_release(&it->reload);
        model_release(&it->model);
        sheet_release(&it->sheet);
        catalog_release(&it->catalog);
    }
    config_release(&it->settled);
    store_close(it->store);
    signals_close();
    free(it);
    if (err.message[0])
        say("%s", err.message);
    return status;
}
