#include <errno.h>
#include <math.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "base/vec.h"
#include "data.h"
#include "stage.h"
#include "tty.h"

/* At rest, and while another process writes. It knows nothing of the explorer and writes with SQLite
 * alone: so many updates of anybody in each transaction, and when it is asked to, one of a creator who
 * stands in view. His new figure on the terminal is what tells that a transaction was seen. */

#define REST 5000.0 /* milliseconds */
#define BEAT 20.0   /* between two transactions */
#define EACH 20     /* updates in each: 1,000 a second */
#define KEY_EVERY 50.0
#define PROBE_EVERY 700.0
#define PATIENCE 10000.0
#define IN_VIEW 64 /* the first so many creators are left alone by the others */
#define TARGET 5   /* the place of the creator that is asked about */

/* ---- the other process ---- */

struct other {
    pid_t pid;
    int asked, told; /* a byte asks for a probe; when it was committed is told */
};

/* What probes make of the followers, and how that stands in the list. Up and down in turn, so that
 * the arrow is another each time too. */
static const struct probe {
    double followers;
    const char *shown;
} probes[] = {
    {7654321, "7.65M\xe2\x96\xb4"}, {1432100, "1.43M\xe2\x96\xbe"}, {8765432, "8.77M\xe2\x96\xb4"},
    {2543210, "2.54M\xe2\x96\xbe"}, {9387654, "9.39M\xe2\x96\xb4"}, {3219876, "3.22M\xe2\x96\xbe"},
    {6543219, "6.54M\xe2\x96\xb4"}, {4123456, "4.12M\xe2\x96\xbe"}, {5678912, "5.68M\xe2\x96\xb4"},
    {1876543, "1.88M\xe2\x96\xbe"},
};

struct writing {
    const struct bench *bench;
    const char *store;
    const int64_t *in_view; /* IN_VIEW ids */
    size_t added;           /* of the updates of each transaction, those that are new creators */
};

static bool is_in_view(const struct writing *writing, int64_t id)
{
    for (size_t i = 0; i < IN_VIEW; i++)
        if (writing->in_view[i] == id)
            return true;
    return false;
}

static void update_one(sqlite3_stmt *update, int64_t id, double followers)
{
    sqlite3_bind_double(update, 1, followers);
    sqlite3_bind_int64(update, 2, id);
    sqlite3_step(update);
    sqlite3_reset(update);
}

static void add_one(sqlite3_stmt *add, struct random *random)
{
    char handle[32];
    snprintf(handle, sizeof handle, "new.%08x", (unsigned)random_below(random, UINT32_MAX));
    sqlite3_bind_text(add, 1, handle, -1, SQLITE_TRANSIENT);
    sqlite3_bind_double(add, 2, 1000 + random_below(random, 90000));
    sqlite3_step(add);
    sqlite3_reset(add);
}

static bool is_asked(const struct other *other, bool *over)
{
    struct pollfd fd = {.fd = other->asked, .events = POLLIN};
    char byte;
    if (poll(&fd, 1, 0) <= 0)
        return false;
    *over = read(other->asked, &byte, 1) <= 0;
    return !*over;
}

/* Until the pipe is closed. */
static _Noreturn void write_on(const struct writing *writing, const struct other *other)
{
    sqlite3 *db = data_open(writing->store);
    struct random random;
    size_t asked = 0;
    bool over = false;
    sqlite3_busy_timeout(db, 5000);
    sqlite3_stmt *update =
        data_statement(db, "UPDATE creator SET followers=CAST(?1 AS INTEGER) WHERE id=?2");
    sqlite3_stmt *add = data_statement(
        db, "INSERT OR IGNORE INTO creator(platform, handle, followers) VALUES('tiktok', ?1, "
            "CAST(?2 AS INTEGER))");
    random_init(&random, 1);
    for (double next = bench_now(); !over; next += BEAT) {
        bool probe = is_asked(other, &over);
        data_sql(db, "BEGIN IMMEDIATE");
        for (size_t i = 0; i < EACH; i++) {
            int64_t id = 1 + (int64_t)random_below(&random, (uint32_t)writing->bench->creators);
            if (i < writing->added)
                add_one(add, &random);
            else if (!is_in_view(writing, id))
                update_one(update, id, 1000 + random_below(&random, 90000));
        }
        if (probe)
            update_one(update, writing->in_view[TARGET],
                       probes[asked++ % COUNT_OF(probes)].followers);
        data_sql(db, "COMMIT");
        double now = bench_now();
        if (probe && write(other->told, &now, sizeof now) != (ssize_t)sizeof now)
            break;
        if (next > now)
            usleep((useconds_t)((next - now) * 1e3));
    }
    _exit(0);
}

static struct other other_start(const struct writing *writing)
{
    int asked[2], told[2];
    fflush(NULL);
    if (pipe(asked) < 0 || pipe(told) < 0)
        bench_give_up("pipe: %s", strerror(errno));
    struct other other = {.asked = asked[0], .told = told[1], .pid = fork()};
    if (other.pid < 0)
        bench_give_up("fork: %s", strerror(errno));
    if (other.pid == 0) {
        close(asked[1]);
        write_on(writing, &other);
    }
    close(asked[0]);
    close(told[1]);
    return (struct other){.pid = other.pid, .asked = asked[1], .told = told[0]};
}

static void other_end(struct other *other)
{
    close(other->asked);
    close(other->told);
    waitpid(other->pid, NULL, 0);
}

/* ---- at rest ---- */

static double switches(pid_t pid)
{
    char path[64], line[128];
    double count = NAN;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "voluntary_ctxt_switches:", 24) == 0)
            count = strtod(line + 24, NULL);
    if (file)
        fclose(file);
    return count;
}

static void explore(const char *store, struct tty *tty)
{
    tty_explore(tty, store, STAGE_COLUMNS, STAGE_ROWS);
    while (tty_arriving(tty))
        continue;
    tty_quiet(tty, 900);
}

static void rest(const struct bench *bench, const char *store)
{
    struct tty tty;
    explore(store, &tty);
    double before = switches(tty.pid), end = bench_now() + REST;
    size_t written = tty.written;
    while (bench_now() < end)
        tty_read(&tty, 100);
    bench_value(bench, "idle, wake-ups a second", BENCH_COUNT,
                (switches(tty.pid) - before) / (REST / 1e3), 4, "voluntary switches, 5 s");
    bench_value(bench, "idle, bytes written", BENCH_COUNT, (double)(tty.written - written), 0,
                "in 5 s");
    tty_end(&tty);
}

/* ---- others write ---- */

/* Who stands in view at the start. */
static void find_view(const char *store, int64_t in_view[IN_VIEW])
{
    struct stage *stage = mem_zero(1, sizeof *stage);
    stage_open(stage, store);
    for (size_t i = 0; i < IN_VIEW; i++)
        in_view[i] = catalog_id(&stage->catalog, rowset_at(&stage->model.result.rows, i));
    stage_close(stage);
    free(stage);
}

#define MOST_KEYS 1000
#define MOST_PROBES 40

struct watched {
    double keys[MOST_KEYS], seen[MOST_PROBES];
    size_t key_count, seen_count, asked;
    double asked_at, committed; /* of the probe that is out; committed 0: not told yet */
    bool out;
};

static void ask(struct watched *watched, struct tty *tty, const struct other *other)
{
    if (write(other->asked, "?", 1) != 1)
        bench_give_up("the other process is gone");
    tty_watch(tty, probes[watched->asked++ % COUNT_OF(probes)].shown);
    watched->asked_at = bench_now();
    watched->committed = 0;
    watched->out = true;
}

static void follow_probe(struct watched *watched, struct tty *tty, const struct other *other)
{
    struct pollfd fd = {.fd = other->told, .events = POLLIN};
    if (!watched->out)
        return;
    if (watched->committed == 0 && poll(&fd, 1, 0) > 0 &&
        read(other->told, &watched->committed, sizeof watched->committed) <= 0)
        bench_give_up("the other process is gone");
    if (watched->committed == 0)
        return;
    bool late = bench_now() > watched->committed + PATIENCE;
    if (tty->seen_at > 0 || late) {
        double seen = late ? PATIENCE : fmax(tty->seen_at - watched->committed, 0);
        if (watched->seen_count < MOST_PROBES)
            watched->seen[watched->seen_count++] = seen;
        watched->out = false;
    }
}

static void watch(struct watched *watched, struct tty *tty, const struct other *other,
                  double milliseconds)
{
    double began = bench_now(), next_key = began, now;
    while ((now = bench_now()) < began + milliseconds || watched->out) {
        follow_probe(watched, tty, other);
        if (!watched->out && now > watched->asked_at + PROBE_EVERY && now < began + milliseconds)
            ask(watched, tty, other);
        if (now < next_key) {
            tty_read(tty, fmin(next_key - now, 2));
            continue;
        }
        next_key = now + KEY_EVERY;
        const char *key = watched->key_count % 20 < 10 ? "j" : "k";
        double took = tty_key_busy(tty, key).milliseconds;
        if (watched->key_count < MOST_KEYS)
            watched->keys[watched->key_count++] = took;
    }
}

static void tell(const struct bench *bench, const char *how, struct watched *watched)
{
    char work[64], note[120];
    size_t seen = watched->seen_count, keys = watched->key_count;
    if (seen == 0 || keys == 0)
        bench_give_up("nothing was seen of what others wrote");
    bench_sort(watched->seen, seen);
    bench_sort(watched->keys, keys);
    snprintf(work, sizeof work, "1,000 %s a second, until seen", how);
    snprintf(note, sizeof note, "the most of %zu; p50 %.0f ms", seen, watched->seen[seen / 2]);
    bench_value(bench, work, BENCH_MS, watched->seen[seen - 1], 500, note);
    snprintf(work, sizeof work, "key at 1,000 %s a second, p99", how);
    snprintf(note, sizeof note, "%zu keys; p50 %.1f, most %.1f ms", keys, watched->keys[keys / 2],
             watched->keys[keys - 1]);
    bench_value(bench, work, BENCH_MS, watched->keys[keys * 99 / 100], 33, note);
}

static void others(const struct bench *bench, const char *store, const int64_t *in_view,
                   const char *how, size_t added)
{
    struct writing writing = {bench, store, in_view, added};
    struct watched *watched = mem_zero(1, sizeof *watched);
    struct tty tty;
    explore(store, &tty);
    tty_key(&tty, "j"); /* rows stay where they are for whoever looks at them */
    struct other other = other_start(&writing);
    watch(watched, &tty, &other, bench->samples * 80.0);
    other_end(&other);
    tty_end(&tty);
    tell(bench, how, watched);
    free(watched);
}

void bench_live(const struct bench *bench)
{
    static const struct {
        const char *how;
        size_t added;
    } kinds[] = {{"updates", 0}, {"updates and additions", 1}};
    const char *store = data_path(bench, "live.db");
    int64_t in_view[IN_VIEW];
    data_copy(data_path(bench, "store.db"), store);
    rest(bench, store);
    find_view(store, in_view);
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        data_copy(data_path(bench, "store.db"), store);
        others(bench, store, in_view, kinds[i].how, kinds[i].added);
    }
    data_remove(store);
}
