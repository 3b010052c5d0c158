#include <math.h>

#include "domain/movement.h"
#include "feeding_internal.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "store/moving.h"
#include "verbs_internal.h"

#define RATE_MOST 100000
#define SECONDS_MOST 1e9
#define UPDATES_MOST 1e15

struct simulating {
    struct feeding *feeding;
    struct movement movement;
    double rate, seconds, updates; /* INFINITY: no end */
    uint64_t due;                  /* of the present transaction */
};

static bool look_at(void *self, const struct record *record, struct err *err)
{
    struct simulating *it = self;
    struct record seen;
    movement_step(&it->movement, record, clock_now(), &seen);
    it->feeding->part.lines++;
    return it->feeding->sink.put(it->feeding->sink.self, &seen, err);
}

static bool fill(void *self, struct err *err)
{
    struct simulating *it = self;
    struct store *store = it->feeding->store;
    int64_t last;
    bool found = true, ok = store_last_id(store, &last, err);
    for (uint64_t i = 0; ok && found && i < it->due; i++)
        ok = store_moving(store, movement_pick(&it->movement, last), look_at, it, &found, err);
    if (ok && !found)
        ok = err_set(err, "there are no creators in '%s' whose figures could move",
                     store_path(store));
    return ok;
}

/* One transaction; where it has to be tried again, so is the movement. */
static bool fill_again(void *self, struct err *err)
{
    struct simulating *it = self;
    struct movement before = it->movement;
    bool ok = fill(it, err);
    if (!ok)
        it->movement = before;
    return ok;
}

/* How many looks should be done by now. After a pause (the machine slept, the store was locked) what
 * was missed is left out: `began` moves. */
static uint64_t due_by(const struct simulating *it, double *began)
{
    double now = loop_now(), done = (double)it->feeding->done.lines;
    double due = floor((now - *began) * it->rate) + 1 - done, most = STORE_WRITER_SMALL;
    if (due > it->rate + most) {
        *began = now - (done + most) / it->rate;
        due = most;
    }
    return (uint64_t)fmax(fmin(fmin(due, most), it->updates - done), 0);
}

static void run(struct simulating *it, struct err *err)
{
    struct feeding *feeding = it->feeding;
    double began = loop_now(), until = began + it->seconds;
    while (feeding_goes_on(feeding) && (double)feeding->done.lines < it->updates &&
           loop_now() < until) {
        double next = fmax(began + (double)feeding->done.lines / it->rate,
                           feeding->done.lines ? feeding->written_at + FEED_SECONDS : 0);
        it->due = due_by(it, &began);
        if (it->due < STORE_WRITER_SMALL && (it->due == 0 || loop_now() < next))
            feeding_wait(feeding, -1, fmin(fmax(next, loop_now() + 0.001), until));
        else
            feeding->failed = !feeding_commit(feeding, fill_again, it, err);
    }
}

static bool read_limits(struct simulating *it, const struct cli *cli, struct err *err)
{
    double seed = 1;
    it->rate = 1;
    it->seconds = it->updates = INFINITY;
    if (!verb_whole(cli, OPTION_SIMULATE, 1, RATE_MOST, &it->rate, err) ||
        !verb_whole(cli, OPTION_SEED, 0, 1e15, &seed, err) ||
        !verb_whole(cli, OPTION_FOR, 1, SECONDS_MOST, &it->seconds, err) ||
        !verb_whole(cli, OPTION_UPDATES, 1, UPDATES_MOST, &it->updates, err))
        return false;
    movement_init(&it->movement, (uint64_t)seed);
    return true;
}

int feed_simulate(struct feeding *feeding, const struct cli *cli)
{
    struct simulating it = {.feeding = feeding};
    struct err err;
    if (!read_limits(&it, cli, &err))
        return verb_misused(&err);
    bool begun = feeding_begin(feeding, cli, "simulated", &err);
    double began = loop_now();
    if (begun)
        run(&it, &err);
    if (begun && feeding->failed)
        say("%s", err.message);
    int status =
        begun ? feeding_end(feeding, loop_now() - began) : feeding_not_begun(feeding, &err);
    feeding_release(feeding);
    return status;
}
