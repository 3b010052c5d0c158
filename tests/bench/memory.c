#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"
#include "data.h"
#include "stage.h"
#include "tty.h"

/* What a long sitting takes: the explorer beside a feed of 1,000 updates a second, both as they are
 * shipped. BENCH_SECONDS says how long, 600 where nothing is said. */

#define SECONDS 600
#define LOOK 10000.0  /* milliseconds between two looks at the memory */
#define KEY 1000.0    /* between two keys */
#define WARM 0.1      /* of the time, before the first look that counts */
#define GROWTH 0.02   /* of the first look that is taken for none, as a heap breathes */
#define SPARE 1048576 /* and so many bytes */

static double seconds_given(void)
{
    const char *text = getenv("BENCH_SECONDS");
    double seconds = text ? strtod(text, NULL) : 0;
    return seconds > 0 ? seconds : SECONDS;
}

static double status_of(pid_t pid, const char *field)
{
    char path[64], line[128];
    double value = NAN;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, field, strlen(field)) == 0)
            value = strtod(line + strlen(field), NULL);
    if (file)
        fclose(file);
    return value;
}

struct watched {
    const char *name;
    pid_t pid;
    double first, last, most; /* bytes */
};

static void look(struct watched *watched, bool counts)
{
    double bytes = status_of(watched->pid, "VmRSS:") * 1024;
    if (isnan(bytes))
        bench_give_up("%s has ended", watched->name);
    if (!counts || watched->first == 0)
        watched->first = watched->most = bytes;
    watched->last = bytes;
    watched->most = fmax(watched->most, bytes);
}

static void tell(const struct bench *bench, const struct watched *watched, double seconds)
{
    char work[64], note[120];
    snprintf(work, sizeof work, "%s, growth in %.0f s", watched->name, seconds * (1 - WARM));
    snprintf(note, sizeof note, "at first %.1f, at last %.1f, at most %.1f MB",
             watched->first / 1e6, watched->last / 1e6, watched->most / 1e6);
    bench_value(bench, work, BENCH_BYTES, fmax(watched->last - watched->first, 0),
                fmax(watched->first * GROWTH, SPARE), note);
}

static pid_t feed(const char *store)
{
    const char *const argv[] = {MICROSCOPE, "feed", "--simulate", "1000", "--store", store, NULL};
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        bench_give_up("fork: %s", strerror(errno));
    if (pid == 0) {
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return pid;
}

void bench_memory(const struct bench *bench)
{
    const char *store = data_path(bench, "memory.db");
    double seconds = seconds_given();
    struct tty tty;
    data_copy(data_path(bench, "store.db"), store);
    tty_explore(&tty, store, STAGE_COLUMNS, STAGE_ROWS);
    while (tty_arriving(&tty))
        continue;
    tty_quiet(&tty, 900);
    struct watched all[] = {{.name = "explorer", .pid = tty.pid},
                            {.name = "feed", .pid = feed(store)}};
    double began = bench_now(), next_look = began, next_key = began;
    double switches = status_of(tty.pid, "voluntary_ctxt_switches:");
    size_t written = tty.written;
    for (size_t key = 0; bench_now() < began + seconds * 1e3;) {
        double now = bench_now();
        tty_read(&tty, 100);
        if (now >= next_key) {
            tty_key_busy(&tty, key++ % 40 < 20 ? "j" : "k");
            next_key = now + KEY;
        }
        for (size_t i = 0; now >= next_look && i < COUNT_OF(all); i++)
            look(&all[i], now >= began + seconds * 1e3 * WARM);
        if (now >= next_look)
            next_look = now + LOOK;
    }
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        look(&all[i], true);
        tell(bench, &all[i], seconds);
    }
    bench_value(bench, "explorer beside a feed, wake-ups a second", BENCH_COUNT,
                (status_of(tty.pid, "voluntary_ctxt_switches:") - switches) / seconds, NAN,
                "voluntary switches");
    bench_value(bench, "explorer beside a feed, bytes written a second", BENCH_COUNT,
                (double)(tty.written - written) / seconds, NAN, "");
    kill(all[1].pid, SIGTERM);
    waitpid(all[1].pid, NULL, 0);
    tty_end(&tty);
    data_remove(store);
}
