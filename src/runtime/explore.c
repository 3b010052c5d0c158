#include "runtime/explore.h"

#include <math.h>
#include <stdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "runtime/clock.h"
#include "runtime/data.h"
#include "runtime/feed_job.h"
#include "runtime/import_job.h"
#include "runtime/keeper.h"
#include "runtime/loading.h"
#include "runtime/loop.h"
#include "runtime/output.h"
#include "runtime/reload.h"
#include "runtime/session.h"
#include "runtime/signals.h"
#include "runtime/term.h"
#include "store/figures.h"
#include "ui/view.h"

/* The loop: events become messages, messages change the model, effects are carried out, and when the
 * queue is empty one frame is shown. */

#define TICK_SECONDS 1.0
#define WORK_SECONDS 0.008       /* of work between two frames */
#define KEEP_SECONDS 0.003       /* of writing between two frames */
#define TELL_SECONDS 0.25        /* between two words on how the writing goes */
#define LOAD_SECONDS 0.008       /* of loading between two frames, so that every key is answered */
#define LOAD_LEAST_SECONDS 0.004 /* where somebody waits */
#define JOB_LOOK_SECONDS 0.01    /* until a child that says no more is gone */

struct explorer {
    struct store *store;
    struct keeper keeper;
    struct catalog catalog;
    struct sheet sheet;
    struct model model;
    struct effects effects;
    struct term *term;
    struct theme theme;
    struct canvas canvas;
    struct loading load;
    struct import_job import;
    struct feed_job feed;
    struct reload reload;
    bool reload_wanted; /* the store holds what the catalogue does not */
    bool reloading;     /* `load` is not the first one */
    double next_tick;
    bool stale;       /* the model heard something that the latest frame does not show */
    double last_turn; /* seconds the latest turn took */
    enum keeper_state keeping;
    double next_tell;       /* how the keeping goes */
    int64_t history_wanted; /* id of a creator; 0: none */
    bool held_up; /* it was told that another program keeps the store from being written */
    bool quit;
    struct err broken; /* why nothing could be shown; empty: all is well */
    int killed_by;     /* signal; 0: none */
};

static void tell(struct explorer *it, struct message message);

static void fail(struct explorer *it, const struct err *err)
{
    tell(it, (struct message){.kind = MESSAGE_FAILED, .text = text_of(err->message)});
}

/* effects */

static void notice(struct explorer *it, const char *text)
{
    tell(it, (struct message){.kind = MESSAGE_NOTICE, .text = text_of(text)});
}

static void tell_keeping(struct explorer *it)
{
    struct message message = {.kind = MESSAGE_KEEPING};
    bool many = keeper_progress(&it->keeper, &message.done, &message.total);
    if (!many && it->model.keep_total == 0)
        return;
    if (!many)
        message.done = message.total = 0;
    if (many && it->keeping == KEEPER_MORE && loop_now() < it->next_tell)
        return;
    it->next_tell = loop_now() + TELL_SECONDS;
    tell(it, message);
}

/* After the frame, so that nobody waits for the disk to see what a key did. */
static void keep(struct explorer *it, double seconds)
{
    struct err err;
    it->keeping = keeper_write(&it->keeper, seconds, &err);
    if (it->keeping == KEEPER_FAILED)
        fail(it, &err);
    if (it->keeping == KEEPER_DONE && it->held_up)
        notice(it, "the other program is done: all is kept");
    it->held_up = it->held_up && keeper_waits(&it->keeper);
    tell_keeping(it);
}

/* Where it takes longer than a moment, it is said what is waited for. */
static void say_held_up(struct explorer *it)
{
    if (it->keeping != KEEPER_HELD || import_job_running(&it->import))
        return;
    it->held_up = true;
    notice(it, "another program writes to this store: what you do is kept when it is done");
}

static void run_quit(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    it->quit = true;
}

static void run_redraw(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    term_redraw(it->term);
}

static void run_suspend(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    term_suspend(it->term);
    signals_stop(true);
    term_resume(it->term);
}

/* Only the latest is answered, once nothing more is waiting: nobody sees the others. */
static void run_history(struct explorer *it, const struct effect *effect)
{
    it->history_wanted = effect->id;
}

static void answer_history(struct explorer *it)
{
    struct err err;
    struct message message = {.kind = MESSAGE_HISTORY, .id = it->history_wanted};
    if (it->history_wanted == 0)
        return;
    it->history_wanted = 0;
    if (keeper_history(&it->keeper, message.id, &message.snapshots, &message.snapshot_count, &err))
        tell(it, message);
    else if (!store_busy(it->store))
        fail(it, &err);
}

/* the import that runs beside */

static void tell_job(struct explorer *it)
{
    it->import.moved = false;
    tell(it, (struct message){.kind = MESSAGE_JOB,
                              .job = it->import.progress,
                              .text = buf_text(&it->import.name)});
}

static void run_import(struct explorer *it, const struct effect *effect)
{
    struct err err;
    if (import_job_running(&it->import))
        return;
    keep(it, INFINITY); /* before it holds the lock */
    if (import_job_start(&it->import, store_path(it->store), effect->text, &err))
        tell_job(it);
    else
        fail(it, &err);
}

static void run_cancel(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    import_job_cancel(&it->import);
    tell_job(it);
}

static void run_paths(struct explorer *it, const struct effect *effect)
{
    struct path_list list = {.count = 0};
    path_list_read(&list, effect->text);
    tell(it, (struct message){.kind = MESSAGE_PATHS,
                              .text = effect->text,
                              .paths = list.items,
                              .path_count = list.count});
    path_list_release(&list);
}

static void end_import(struct explorer *it, int status)
{
    struct buf words = BUF_INIT;
    bool ok = import_job_tell(&it->import, status, &words);
    tell_job(it);
    tell(it,
         (struct message){.kind = ok ? MESSAGE_NOTICE : MESSAGE_FAILED, .text = buf_text(&words)});
    it->reload_wanted = it->reload_wanted || import_job_changed(&it->import, status);
    buf_release(&words);
}

static void follow_import(struct explorer *it)
{
    int status;
    if (!import_job_running(&it->import))
        return;
    if (import_job_read(&it->import, &status))
        end_import(it, status);
    else if (it->import.moved)
        tell_job(it);
}

/* the simulated feed that runs beside */

static void follow_feed(struct explorer *it)
{
    struct buf why = BUF_INIT;
    if (feed_job_read(&it->feed, &why))
        tell(it, (struct message){.kind = MESSAGE_FAILED, .text = buf_text(&why)});
    buf_release(&why);
}

static void (*const runners[EFFECT_KINDS])(struct explorer *it, const struct effect *effect) = {
    [EFFECT_QUIT] = run_quit,       [EFFECT_REDRAW] = run_redraw, [EFFECT_SUSPEND] = run_suspend,
    [EFFECT_HISTORY] = run_history, [EFFECT_IMPORT] = run_import, [EFFECT_CANCEL] = run_cancel,
    [EFFECT_PATHS] = run_paths,
};

/* Effects may answer with messages whose effects join the queue. */
static void tell(struct explorer *it, struct message message)
{
    struct effects effects = {0};
    it->stale = true;
    update(&it->model, &message, &effects);
    keeper_take(&it->keeper, &effects);
    for (size_t i = 0; i < effects.count; i++)
        if (runners[effects.items[i].kind])
            runners[effects.items[i].kind](it, &effects.items[i]);
    effects_release(&effects);
}

/* events */

static void on_mouse(struct explorer *it, const struct input_event *input)
{
    static const enum mouse_kind kinds[] = {[INPUT_PRESS] = MOUSE_PRESS,
                                            [INPUT_DOUBLE] = MOUSE_DOUBLE,
                                            [INPUT_WHEEL_UP] = MOUSE_WHEEL_UP,
                                            [INPUT_WHEEL_DOWN] = MOUSE_WHEEL_DOWN};
    if (input->mouse == INPUT_DRAG || input->mouse == INPUT_RELEASE || input->button > 1)
        return;
    tell(it, (struct message){.kind = MESSAGE_MOUSE,
                              .mouse = kinds[input->mouse],
                              .column = input->column,
                              .row = input->row});
}

static void on_event(struct explorer *it, const struct term_event *event)
{
    if (event->kind == TERM_END) {
        it->killed_by = SIGHUP;
        tell(it, (struct message){.kind = MESSAGE_LEAVE});
    } else if (event->kind == TERM_RESIZE) {
        tell(it, (struct message){
                     .kind = MESSAGE_RESIZE, .columns = event->columns, .rows = event->rows});
    } else if (event->input.kind == INPUT_KEY) {
        tell(it, (struct message){.kind = MESSAGE_KEY, .key = event->input.key});
    } else if (event->input.kind == INPUT_PASTE) {
        tell(it, (struct message){.kind = MESSAGE_PASTE, .text = event->input.paste});
    } else if (event->input.kind == INPUT_MOUSE) {
        on_mouse(it, &event->input);
    }
}

static void on_signal(struct explorer *it, int number)
{
    if (number == SIGWINCH) {
        term_resized(it->term);
    } else if (number == SIGTSTP) {
        term_suspend(it->term);
        signals_stop(false);
        term_resume(it->term);
    } else if (number == SIGCONT) {
        term_resume(it->term);
    } else {
        it->killed_by = number;
        tell(it, (struct message){.kind = MESSAGE_LEAVE});
    }
}

/* loading */

static bool is_loading(const struct explorer *it)
{
    return it->load.stage != LOADING_NONE;
}

static void say_loading(struct explorer *it)
{
    tell(it, (struct message){.kind = MESSAGE_LOADING,
                              .again = it->reloading,
                              .done = it->load.done,
                              .total = it->load.total,
                              .seconds = loading_seconds(&it->load)});
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
    tell(it, (struct message){.kind = MESSAGE_PEERS, .peers = &peers});
}

static bool begin_load(struct explorer *it, struct record_sink sink, struct err *err)
{
    return loading_begin(&it->load, it->store, &it->catalog, sink, &it->model, err);
}

static void begin_reload(struct explorer *it)
{
    struct err err;
    it->reload_wanted = false;
    it->reloading = begin_load(it, reload_sink(&it->reload, catalog_sink(&it->catalog)), &err);
    if (!it->reloading)
        fail(it, &err);
}

/* Another program made the medians anew. */
static void take_peers(struct explorer *it)
{
    struct peers peers;
    if (it->reloading && store_peers(it->store, &peers, NULL))
        tell(it, (struct message){.kind = MESSAGE_PEERS, .peers = &peers});
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
    take_view(it);
    it->reloading = false;
    tell(it, (struct message){.kind = MESSAGE_LOADED});
}

static bool is_input_waiting(struct explorer *it)
{
    struct loop_source sources[] = {{.fd = term_fd(it->term)}, {.fd = signals_fd()}};
    return loop_wait(sources, 2, loop_now()) > 0;
}

/* As long as the rest of a turn takes, so that it never starves behind its own frames; less where
 * somebody waits. What still waits to be kept is not in the store, and what stands there instead is
 * not to come back. */
static void load(struct explorer *it)
{
    struct err err;
    double began = loop_now(), until = began + fmax(LOAD_SECONDS, it->last_turn);
    do {
        loading_step(&it->load, &err);
        if (it->reloading && (keeper_waits(&it->keeper) || model_unsettled(&it->model)))
            loading_skip_marks(&it->load);
        if (err.message[0])
            fail(it, &err);
        if (loop_now() > began + LOAD_LEAST_SECONDS && is_input_waiting(it))
            break;
    } while (is_loading(it) && loop_now() < until);
    if (is_loading(it))
        say_loading(it);
    else
        end_load(it);
}

/* work between frames */

/* A step at a time, so that whoever types is served first; then a frame, so that it shows. */
static void work(struct explorer *it)
{
    double until = loop_now() + WORK_SECONDS;
    while (model_busy(&it->model) && loop_now() < until && !is_input_waiting(it))
        tell(it, (struct message){.kind = MESSAGE_WORK});
}

/* the loop */

static void tick(struct explorer *it)
{
    if (loop_now() < it->next_tick)
        return;
    it->next_tick = loop_now() + TICK_SECONDS;
    say_held_up(it);
    tell(it, (struct message){.kind = MESSAGE_TICK, .now = clock_now()});
}

static void take_input(struct explorer *it)
{
    struct term_event event;
    int number;
    while (!it->quit && signals_take(&number))
        on_signal(it, number);
    while (!it->quit && term_read(it->term, &event))
        on_event(it, &event);
}

static void show(struct explorer *it)
{
    if (it->stale) {
        it->stale = false;
        it->canvas.widths = term_widths(it->term);
        it->canvas.glyphs = term_facts(it->term)->glyphs;
        view(&it->model, &it->canvas);
        term_show(it->term, &it->canvas, &it->theme);
    }
    term_frame_sign(it->term);
}

static void turn(struct explorer *it)
{
    double began = loop_now();
    take_input(it);
    tick(it);
    follow_import(it);
    follow_feed(it);
    if (it->quit)
        return;
    if (it->reload_wanted && !is_loading(it))
        begin_reload(it);
    answer_history(it);
    show(it);
    it->last_turn = loop_now() - began;
    keep(it, KEEP_SECONDS);
    if (is_loading(it))
        load(it);
    else
        work(it);
    if (!is_loading(it) && !it->stale && it->keeping != KEEPER_MORE)
        term_idle_sign(it->term);
}

static void wait_for_something(struct explorer *it)
{
    const struct job *job = &it->import.job, *feed = &it->feed.job;
    struct loop_source sources[] = {{.fd = term_fd(it->term)}, {.fd = signals_fd()},
                                    {.fd = job->out},          {.fd = job->err},
                                    {.fd = feed->out},         {.fd = feed->err}};
    double deadline = fmin(it->next_tick, term_deadline(it->term));
    if (job_closing(job) || job_closing(feed))
        deadline = fmin(deadline, loop_now() + JOB_LOOK_SECONDS);
    loop_wait(sources, sizeof sources / sizeof sources[0],
              is_loading(it) || it->stale || it->keeping == KEEPER_MORE ? loop_now() : deadline);
}

/* beginning and end */

/* The theme that goes with the terminal's background, unless one was asked for. */
static void choose_theme(struct explorer *it, const struct explore_options *options)
{
    struct err err;
    if (!options->theme &&
        !theme_load(term_facts(it->term)->light ? "light" : "dark", &it->theme, &err))
        fail(it, &err);
}

static bool begin(struct explorer *it, const struct explore_options *options, int *status)
{
    struct err err;
    struct term_options wanted = {.ascii = options->ascii, .mouse = options->mouse};
    *status = 2;
    if (options->theme && !theme_load(options->theme, &it->theme, &err)) {
        say("%s", err.message);
        return false;
    }
    *status = 1;
    if (!store_open(options->store, STORE_EXPLORE, &it->store, &err) || !signals_open(&err)) {
        say("%s", err.message);
        return false;
    }
    it->term = term_open(&wanted, &err);
    if (!it->term) {
        say("%s", err.message);
        *status = 2;
        return false;
    }
    const struct term_facts *facts = term_facts(it->term);
    import_job_init(&it->import);
    feed_job_init(&it->feed);
    catalog_init(&it->catalog);
    sheet_init(&it->sheet, &it->catalog);
    canvas_init(&it->canvas, term_widths(it->term), facts->glyphs);
    model_init(&it->model, &it->catalog, &it->sheet, clock_now(), facts->columns, facts->rows);
    keeper_init(&it->keeper, it->store, &it->catalog);
    it->model.read_only = store_read_only(it->store);
    it->model.loading = true;
    snprintf(it->model.store_name, sizeof it->model.store_name, "%s", options->store);
    it->next_tick = loop_now() + TICK_SECONDS;
    choose_theme(it, options);
    if (facts->notice[0])
        notice(it, facts->notice);
    if (!keeper_begin(&it->keeper, &it->model, &err) ||
        !begin_load(it, catalog_sink(&it->catalog), &err)) {
        it->broken = err; /* a store that cannot be read is no empty one: leave at once */
        it->quit = true;
        return true;
    }
    tell(it, (struct message){.kind = MESSAGE_TICK, .now = clock_now()});
    if (options->simulate && !feed_job_start(&it->feed, options->store, options->simulate, &err))
        fail(it, &err);
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
        notice(it, "keeping what you ticked and planned");
        show(it);
    }
    do {
        state = keeper_write(&it->keeper, INFINITY, err);
        if (state == KEEPER_HELD)
            loop_wait(NULL, 0, loop_now() + 0.05);
    } while (state == KEEPER_HELD && loop_now() < until);
    if (state == KEEPER_HELD)
        err_set(err, "'%s' is locked by another program: the last changes are not kept",
                store_path(it->store));
}

int explore(const struct explore_options *options)
{
    struct explorer *it = mem_zero(1, sizeof *it);
    struct err err = {.message = ""};
    int status;
    bool begun = begin(it, options, &status);
    if (begun) {
        while (!it->quit) {
            turn(it);
            if (!it->quit)
                wait_for_something(it);
        }
        import_job_release(&it->import); /* they would hold the lock */
        feed_job_release(&it->feed);
        if (it->broken.message[0])
            err = it->broken;
        else
            settle(it, &err);
        status = it->killed_by ? 128 + it->killed_by : err.message[0] ? 1 : 0;
    }
    term_close(it->term);
    loading_release(&it->load);
    if (begun) {
        keeper_release(&it->keeper);
        model_release(&it->model);
        canvas_release(&it->canvas);
        sheet_release(&it->sheet);
        catalog_release(&it->catalog);
    }
    signals_close();
    store_close(it->store);
    free(it);
    if (err.message[0])
        say("%s", err.message);
    return status;
}
