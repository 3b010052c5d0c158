#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/generate.h"
#include "runtime/clock.h"
#include "runtime/config.h"
#include "runtime/explore.h"
#include "runtime/signals.h"
#include "store/figures.h"
#include "store/writer.h"
#include "verbs_internal.h"

#define RATE "20" /* looks a second of the simulated feed: each creator once a minute */

/* The sample data, with figures of today: those of the day it was made would count as out of date. */
static bool make_sample(const char *path, struct err *err)
{
    struct store *store;
    struct peers peers;
    struct generate_options options;
    double now = clock_now();
    generate_options_init(&options);
    options.creators = 1200;
    options.niches = 24;
    options.countries = 30;
    options.snapshots = 26;
    options.now = floor(now / DATE_DAY) * DATE_DAY;
    if (!store_open(path, STORE_WRITE, &store, err))
        return false;
    store_set_clock(store, clock_now);
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    bool ok = generate(&options, &sink, err);
    store_writer_free(writer);
    ok = ok && store_peers_make(store, now, &peers, err);
    store_close(store);
    return ok;
}

/* Nobody else can look into the folder. */
static bool make_folder(struct buf *folder, struct err *err)
{
    const char *temporary = getenv("TMPDIR");
    buf_addf(folder, "%s/microscope-demo-XXXXXX",
             temporary && temporary[0] == '/' ? temporary : "/tmp");
    if (mkdtemp(folder->at))
        return true;
    err_set(err, "cannot make the folder '%s': %s", buf_string(folder), strerror(errno));
    buf_clear(folder);
    return false;
}

static void remove_folder(const struct buf *folder)
{
    static const char *const names[] = {"sample.db", "sample.db-wal", "sample.db-shm",
                                        "sample.db-journal"};
    struct buf path = BUF_INIT;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        buf_clear(&path);
        buf_addf(&path, "%s/%s", folder->at, names[i]);
        unlink(buf_string(&path));
    }
    rmdir(folder->at);
    buf_release(&path);
}

static int show_sample(const struct cli *cli, const char *store)
{
    const struct explore_options options = {
        .store = store, .config = cli->config, .simulate = RATE, .sample = true};
    return explore(&options);
}

/* Who is impatient while it is made leaves nothing behind. */
static int make_and_show(const struct cli *cli, const char *store)
{
    struct err err;
    int signal = 0;
    bool ok = signals_open(&err) && (access(store, F_OK) == 0 || make_sample(store, &err));
    if (ok)
        verb_signals(&signal);
    signals_close();
    if (!ok)
        return verb_failed(&err);
    return signal ? EXIT_SIGNAL + signal : show_sample(cli, store);
}

int verb_demo(const struct cli *cli)
{
    struct buf folder = BUF_INIT, path = BUF_INIT;
    struct err err;
    const char *named = cli->values[OPTION_STORE];
    if (named)
        return cli_no_list(named, &err) ? make_and_show(cli, named) : verb_misused(&err);
    if (!make_folder(&folder, &err)) {
        buf_release(&folder);
        return verb_failed(&err);
    }
    buf_addf(&path, "%s/sample.db", buf_string(&folder));
    int status = make_and_show(cli, buf_string(&path));
    remove_folder(&folder);
    buf_release(&folder);
    buf_release(&path);
    return status;
}
