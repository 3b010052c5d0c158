#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "soak_others.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "support/home.h"
#include "support/sql.h"

#define FIRST_AT 1794700800 /* a day before it is now: each line is a second later */
#define LINES 12            /* of a feed at a time */
#define STATEMENTS 4        /* of the shell at a time */
#define PATIENCE 60         /* seconds */

/* Who writes followers and likes of a creator. The fee of everybody is the shell's. */
enum writer { BY_FILE, BY_PIPE, BY_LIST, BY_SHELL, WRITERS };

struct one {
    char platform[16], handle[64];
    enum writer by;
    bool there;
    double followers, likes, fee;
};

struct process {
    const char *name;
    pid_t pid;
    int to;       /* its standard input; -1: closed */
    int expected; /* how it ends */
};

struct others {
    char store[300], now[64], list[300], growing[300];
    struct ones {
        struct one *items;
        size_t count, capacity;
    } ones;
    struct one *importing; /* the creators of the list as the import that runs will leave them */
    struct process file, pipe, import, shell;
    FILE *to_file, *to_pipe, *to_shell;
    char *columns; /* that a REPLACE copies */
    unsigned long lines, statements, imports;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- processes ---- */

static const char *complaints_of(const struct process *process)
{
    char name[32];
    snprintf(name, sizeof name, "%s.err", process->name);
    return at_home(name);
}

static void become(const struct others *others, const struct process *process, int in,
                   const char *const argv[])
{
    int nothing = open("/dev/null", O_RDWR);
    int err = open(complaints_of(process), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(in >= 0 ? in : nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    setenv("HOME", home_folder(), 1);
    setenv("XDG_DATA_HOME", at_home("data"), 1);
    setenv("MICROSCOPE_NOW", others->now, 1);
    signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

static struct process start(const struct others *others, const char *name, bool piped,
                            const char *const argv[])
{
    struct process process = {.name = name, .to = -1};
    int ends[2] = {-1, -1};
    if (piped)
        assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < 2 && piped; i++)
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    process.to = ends[1];
    fflush(NULL);
    process.pid = fork();
    assert_true(process.pid >= 0);
    if (process.pid == 0)
        become(others, &process, ends[0], argv);
    if (piped)
        close(ends[0]);
    return process;
}

static void show_complaints(const struct process *process)
{
    char line[500];
    FILE *file = fopen(complaints_of(process), "r");
    while (file && fgets(line, sizeof line, file))
        print_error("%s: %s", process->name, line);
    if (file)
        fclose(file);
}

/* Has it ended, as it should? */
static bool has_ended(struct process *process, bool wait)
{
    int status;
    if (process->pid == 0)
        return true;
    pid_t got = waitpid(process->pid, &status, wait ? 0 : WNOHANG);
    if (got == 0)
        return false;
    assert_int_equal(got, process->pid);
    process->pid = 0;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (code != process->expected) {
        show_complaints(process);
        fail_msg("%s has ended with %d, not %d", process->name, code, process->expected);
    }
    return true;
}

static void expect_running(struct process *process)
{
    if (has_ended(process, false)) {
        show_complaints(process);
        fail_msg("%s has ended before its time", process->name);
    }
}

/* ---- who is there ---- */

static double number_of(const char *cell)
{
    return *cell ? strtod(cell, NULL) : (double)NAN;
}

static bool next_one(char **rest, struct one *one)
{
    char *cells[5], *line = strsep(rest, "\n");
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        if (!line || !(cells[i] = strsep(&line, "|")))
            return false;
    *one = (struct one){.there = true,
                        .followers = number_of(cells[2]),
                        .likes = number_of(cells[3]),
                        .fee = number_of(cells[4])};
    snprintf(one->platform, sizeof one->platform, "%s", cells[0]);
    snprintf(one->handle, sizeof one->handle, "%s", cells[1]);
    return true;
}

static char *ask_all(const struct others *others)
{
    return sql_text(others->store, "SELECT platform, handle, followers, likes, fee FROM creator"
                                   " WHERE handle NOT GLOB 'pick.*' ORDER BY platform, key");
}

static void read_all(struct others *others)
{
    char *all = ask_all(others), *rest = all;
    struct one one;
    while (next_one(&rest, &one)) {
        one.by = (enum writer)(others->ones.count % WRITERS);
        VEC_PUSH(&others->ones, one);
    }
    free(all);
    assert_true(others->ones.count > 100);
}

/* One of a writer's. */
static struct one *pick(struct others *others, enum writer by, struct random *random)
{
    uint64_t each = others->ones.count / WRITERS;
    return &others->ones.items[random_below(random, each) * WRITERS + (uint64_t)by];
}

/* ---- feeds ---- */

static void feed(struct others *others, FILE *to, enum writer by, struct random *random)
{
    for (int i = 0; i < LINES; i++) {
        struct one *one = pick(others, by, random);
        long at = FIRST_AT + (long)others->lines++;
        one->followers = 1000 + (double)random_below(random, 900000);
        one->likes = 1 + (double)random_below(random, 9000);
        fprintf(to,
                "{\"platform\":\"%s\",\"handle\":\"%s\",\"followers\":%.0f,\"likes\":%.0f,"
                "\"audience_at\":%ld,\"engagement_at\":%ld}\n",
                one->platform, one->handle, one->followers, one->likes, at, at);
    }
    if (fflush(to) != 0)
        fail_msg("a feed reads no more: %s", strerror(errno));
}

/* ---- the list ---- */

static void write_list(struct others *others, struct random *random)
{
    FILE *file = fopen(others->list, "w");
    assert_non_null(file);
    fputs("platform,handle,followers,likes\n", file);
    for (size_t i = BY_LIST; i < others->ones.count; i += WRITERS) {
        struct one *one = &others->importing[i];
        if (random_below(random, 4) == 0 || isnan(one->followers) || isnan(one->likes)) {
            one->followers = 1000 + (double)random_below(random, 900000);
            one->likes = 1 + (double)random_below(random, 9000);
        }
        fprintf(file, "%s,%s,%.0f,%.0f\n", one->platform, one->handle, one->followers, one->likes);
    }
    assert_int_equal(fclose(file), 0);
}

static void take_import(struct others *others)
{
    for (size_t i = BY_LIST; i < others->ones.count; i += WRITERS) {
        others->ones.items[i].followers = others->importing[i].followers;
        others->ones.items[i].likes = others->importing[i].likes;
    }
    others->imports++;
}

static void start_import(struct others *others)
{
    const char *const argv[] = {MICROSCOPE, "import", others->list, "--store", others->store, NULL};
    others->import = start(others, "import", false, argv);
}

static void import(struct others *others, struct random *random)
{
    if (!has_ended(&others->import, false))
        return;
    if (others->import.name)
        take_import(others);
    write_list(others, random);
    start_import(others);
}

/* ---- the shell ---- */

static void shell_fee(struct others *others, struct one *one, long value)
{
    one->fee = one->there ? (double)value : (double)NAN;
    fprintf(others->to_shell, "UPDATE creator SET fee=%ld WHERE platform='%s' AND handle='%s';\n",
            value, one->platform, one->handle);
}

static void shell_followers(struct others *others, struct one *one, long value)
{
    if (one->by != BY_SHELL || !one->there)
        return;
    one->followers = (double)value;
    fprintf(others->to_shell,
            "UPDATE creator SET followers=%ld WHERE platform='%s' AND handle='%s';\n", value,
            one->platform, one->handle);
}

/* The whole row, under another id, whoever writes the rest of it. */
static void shell_replace(struct others *others, struct one *one, long value)
{
    one->fee = one->there ? (double)value : (double)NAN;
    fprintf(others->to_shell,
            "INSERT OR REPLACE INTO creator(%s, fee) SELECT %s, %ld FROM creator"
            " WHERE platform='%s' AND handle='%s';\n",
            others->columns, others->columns, value, one->platform, one->handle);
}

static void shell_delete(struct others *others, struct one *one, long value)
{
    (void)value;
    if (one->by != BY_SHELL)
        return;
    one->there = false;
    fprintf(others->to_shell, "DELETE FROM creator WHERE platform='%s' AND handle='%s';\n",
            one->platform, one->handle);
}

/* With what the shell says and nothing else. */
static void shell_insert(struct others *others, struct one *one, long value)
{
    if (one->there)
        return;
    one->there = true;
    one->followers = (double)value;
    one->likes = one->fee = (double)NAN;
    fprintf(others->to_shell,
            "INSERT INTO creator(platform, handle, followers) VALUES('%s', '%s', %ld);\n",
            one->platform, one->handle, value);
}

static void shell(struct others *others, struct random *random)
{
    static void (*const kinds[])(struct others * others, struct one * one, long value) = {
        shell_fee, shell_followers, shell_replace, shell_delete, shell_insert, shell_insert};
    for (int i = 0; i < STATEMENTS; i++) {
        struct one *one = pick(others, (enum writer)random_below(random, WRITERS), random);
        long value = 1000 + (long)random_below(random, 90000);
        kinds[random_below(random, COUNT_OF(kinds))](others, one, value);
        others->statements++;
    }
    if (fflush(others->to_shell) != 0)
        fail_msg("the shell reads no more: %s", strerror(errno));
}

/* ---- together ---- */

struct others *others_start(const char *store, const char *now)
{
    struct others *others = mem_zero(1, sizeof *others);
    snprintf(others->store, sizeof others->store, "%s", store);
    snprintf(others->now, sizeof others->now, "%s", now);
    snprintf(others->list, sizeof others->list, "%s", at_home("list.csv"));
    snprintf(others->growing, sizeof others->growing, "%s", at_home("growing.jsonl"));
    /* Newer than all that is there is what the feeds will say. */
    sql_run(store, "UPDATE creator SET audience_at=1790000000, engagement_at=1790000000");
    others->columns = sql_text(
        store, "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('creator')"
               " WHERE name NOT IN ('id', 'fee')");
    others->columns[strcspn(others->columns, "\n")] = '\0';
    read_all(others);
    others->importing = mem_zero(others->ones.count, sizeof *others->importing);
    memcpy(others->importing, others->ones.items, others->ones.count * sizeof *others->importing);
    others->to_file = fopen(others->growing, "w");
    assert_non_null(others->to_file);
    const char *const file[] = {MICROSCOPE, "feed", others->growing, "--store", store, NULL};
    const char *const pipe[] = {MICROSCOPE, "feed", "--store", store, NULL};
    const char *const shell_words[] = {"sqlite3", store, NULL};
    others->file = start(others, "feed of a file", false, file);
    others->file.expected = 128 + SIGTERM;
    others->pipe = start(others, "feed of a pipe", true, pipe);
    others->shell = start(others, "sqlite3", true, shell_words);
    others->to_pipe = fdopen(others->pipe.to, "w");
    others->to_shell = fdopen(others->shell.to, "w");
    assert_true(others->to_pipe && others->to_shell);
    fputs(".timeout 60000\n", others->to_shell);
    return others;
}

void others_go_on(struct others *others, struct random *random)
{
    expect_running(&others->file);
    expect_running(&others->pipe);
    expect_running(&others->shell);
    feed(others, others->to_file, BY_FILE, random);
    feed(others, others->to_pipe, BY_PIPE, random);
    shell(others, random);
    import(others, random);
}

/* The place that a feed keeps in the store is then the end of the file. */
static void wait_file_read(struct others *others)
{
    char sql[400];
    struct stat about;
    double until = seconds() + PATIENCE;
    assert_int_equal(stat(others->growing, &about), 0);
    snprintf(sql, sizeof sql, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='feed.%s'",
             others->growing);
    while (sql_number(others->store, sql) != (double)about.st_size) {
        expect_running(&others->file);
        if (seconds() > until)
            fail_msg("the feed of a file does not come to its end");
        poll(NULL, 0, 10);
    }
}

static void expect_no_complaint(const struct process *process)
{
    static const char *const troubles[] = {"cannot", "rejected: ", "Sanitizer", "runtime error",
                                           "Error"};
    char line[500];
    bool bad = false;
    FILE *file = fopen(complaints_of(process), "r");
    while (file && fgets(line, sizeof line, file))
        for (size_t i = 0; i < COUNT_OF(troubles); i++)
            bad = bad || strstr(line, troubles[i]);
    if (file)
        fclose(file);
    if (bad) {
        show_complaints(process);
        fail_msg("%s complains", process->name);
    }
}

static bool same(double one, double other)
{
    return one == other || (isnan(one) && isnan(other));
}

static void expect_all(const struct others *others)
{
    char *all = ask_all(others), *rest = all;
    size_t at = 0, wrong = 0;
    struct one got;
    bool more = next_one(&rest, &got);
    for (; at < others->ones.count; at++) {
        const struct one *one = &others->ones.items[at];
        bool there = more && strcmp(got.handle, one->handle) == 0 &&
                     strcmp(got.platform, one->platform) == 0;
        if (there != one->there ||
            (there && (!same(got.followers, one->followers) || !same(got.likes, one->likes) ||
                       !same(got.fee, one->fee)))) {
            wrong++;
            print_error("%s/%s of writer %d: written %d %g %g %g, stored %d %g %g %g\n",
                        one->platform, one->handle, (int)one->by, one->there, one->followers,
                        one->likes, one->fee, there, got.followers, got.likes, got.fee);
        }
        more = there ? next_one(&rest, &got) : more;
    }
    free(all);
    assert_int_equal(wrong, 0);
    assert_false(more);
    assert_string_equal(sql_value(others->store, "PRAGMA integrity_check"), "ok");
}

void others_end(struct others *others)
{
    if (!has_ended(&others->import, true))
        fail_msg("the import does not end");
    take_import(others);
    fclose(others->to_shell);
    fclose(others->to_pipe);
    fclose(others->to_file);
    has_ended(&others->shell, true);
    has_ended(&others->pipe, true);
    wait_file_read(others);
    kill(others->file.pid, SIGTERM);
    has_ended(&others->file, true);
    const struct process *all[] = {&others->file, &others->pipe, &others->import, &others->shell};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        expect_no_complaint(all[i]);
    expect_all(others);
}

void others_tell(const struct others *others)
{
    print_message("%lu lines of two feeds, %lu imports, %lu statements of the shell\n",
                  others->lines, others->imports, others->statements);
}

void others_free(struct others *others)
{
    free(others->ones.items);
    free(others->importing);
    free(others->columns);
    free(others);
}
