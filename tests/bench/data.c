#include "data.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

const char *data_path(const struct bench *bench, const char *name)
{
    static char paths[48][640]; /* a path stays where it is: callers keep it */
    char path[640];
    snprintf(path, sizeof path, "%s/%s", bench->folder, name);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (!paths[i][0])
            memcpy(paths[i], path, sizeof path);
        if (strcmp(paths[i], path) == 0)
            return paths[i];
    }
    bench_give_up("too many files");
}

void data_remove(const char *path)
{
    static const char *const beside[] = {"", "-wal", "-shm", "-journal"};
    char name[700];
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        snprintf(name, sizeof name, "%s%s", path, beside[i]);
        unlink(name);
    }
}

static void redirect(int to, const char *path, int flags)
{
    int file = open(path ? path : "/dev/null", flags, 0600);
    if (file < 0 || dup2(file, to) < 0)
        _exit(126);
    close(file);
}

struct ran data_run(const char *const argv[], const char *in, const char *out)
{
    struct rusage used;
    int status;
    double began = bench_now();
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        bench_give_up("fork: %s", strerror(errno));
    if (pid == 0) {
        redirect(0, in, O_RDONLY);
        redirect(1, out, O_WRONLY | O_CREAT | O_TRUNC);
        redirect(2, NULL, O_WRONLY);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    if (wait4(pid, &status, 0, &used) != pid || status != 0)
        bench_give_up("%s %s ended with status %#x", argv[0], argv[1], (unsigned)status);
    return (struct ran){bench_now() - began, (double)used.ru_maxrss * 1024};
}

static bool there(const char *path)
{
    return access(path, F_OK) == 0;
}

void data_copy(const char *from, const char *to)
{
    data_remove(to);
    data_run((const char *const[]){"cp", from, to, NULL}, NULL, NULL);
}

static void generate(const char *creators, const char *date, const char *store, const char *out)
{
    const char *const onto[] = {MICROSCOPE, "generate", "--creators", creators, "--seed", "1",
                                "--date",   date,       NULL,         NULL,     NULL};
    const char *words[12];
    char part[700];
    snprintf(part, sizeof part, "%s.part", store ? store : out);
    memcpy(words, onto, sizeof onto);
    if (store) {
        words[8] = "--store";
        words[9] = part;
        data_remove(part);
    }
    data_run(words, NULL, store ? NULL : part);
    if (rename(part, store ? store : out) < 0)
        bench_give_up("cannot make '%s': %s", store ? store : out, strerror(errno));
}

/* What the scenario of a user who plans by the budget holds. */
static void turn_fill_on(const char *store)
{
    sqlite3 *db = data_open(store);
    data_sql(db, "insert or replace into knob values('default', 'fill', '1')");
    sqlite3_close(db);
}

static void make_store(const char *creators, const char *path)
{
    if (there(path))
        return;
    bench_say("making %s", path);
    generate(creators, "2026-11-16", path, NULL);
    turn_fill_on(path);
}

void data_make(const struct bench *bench)
{
    char creators[24], parent[512];
    const char *csv = data_path(bench, "creators.csv"), *other = data_path(bench, "changed.csv");
    snprintf(creators, sizeof creators, "%zu", bench->creators);
    snprintf(parent, sizeof parent, "%.*s", (int)(strrchr(bench->folder, '/') - bench->folder),
             bench->folder);
    mkdir(parent, 0700);
    mkdir(bench->folder, 0700);
    if (!there(csv))
        generate(creators, "2026-11-16", NULL, csv);
    if (!there(other))
        generate(creators, "2026-11-20", NULL, other);
    make_store(creators, data_path(bench, "store.db"));
    make_store("1000", data_path(bench, "small.db"));
    if (!there(data_path(bench, "small.csv")))
        generate("1000", "2026-11-16", NULL, data_path(bench, "small.csv"));
}

void data_sql(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_give_up("%s: %.200s", sqlite3_errmsg(db), sql);
}

sqlite3_stmt *data_statement(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        bench_give_up("%s: %.200s", sqlite3_errmsg(db), sql);
    return statement;
}

sqlite3 *data_open(const char *path)
{
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        bench_give_up("cannot open '%s'", path);
    return db;
}
