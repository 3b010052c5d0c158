#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "program.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_WORDS 32

bool there(const char *path)
{
    return access(path, F_OK) == 0;
}

void write_file(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    assert_int_equal(fclose(file), 0);
}

char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, size, file), size);
    bytes[size] = '\0';
    fclose(file);
    if (length)
        *length = size;
    return bytes;
}

/* In the child: what the program finds around it. */
static void become(const char *const words[], int in, int out, int err)
{
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    signal(SIGPIPE, SIG_DFL);
    setenv("HOME", home_folder(), 1);
    setenv("XDG_DATA_HOME", at_home("data"), 1);
    setenv("XDG_CONFIG_HOME", at_home("config"), 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("MICROSCOPE_NOW", PROGRAM_NOW, 1);
    execv(PROGRAM, (char *const *)(uintptr_t)words);
    _exit(127);
}

static int status_of(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static struct ran run_words(const char *input, const char *const words[])
{
    const char *in_path = at_home("stdin"), *out_path = at_home("stdout"),
               *err_path = at_home("stderr");
    write_file(in_path, input ? input : "");
    int in = open(in_path, O_RDONLY | O_CLOEXEC);
    int out = open(out_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int err = open(err_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(in >= 0 && out >= 0 && err >= 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        become(words, in, out, err);
    struct ran ran = {.status = status_of(pid)};
    close(in);
    close(out);
    close(err);
    ran.out = read_file(out_path, &ran.out_length);
    ran.err = read_file(err_path, NULL);
    if (strstr(ran.err, "Sanitizer") || strstr(ran.err, "runtime error:"))
        fail_msg("%s", ran.err);
    return ran;
}

static void take_words(const char *words[MOST_WORDS], va_list arguments)
{
    size_t count = 1;
    words[0] = "microscope";
    do
        assert_true(count < MOST_WORDS);
    while ((words[count++] = va_arg(arguments, const char *)));
}

struct ran run(const char *input, ...)
{
    const char *words[MOST_WORDS];
    va_list arguments;
    va_start(arguments, input);
    take_words(words, arguments);
    va_end(arguments);
    return run_words(input, words);
}

void ran_release(struct ran *ran)
{
    free(ran->out);
    free(ran->err);
    *ran = (struct ran){0};
}

void run_expect(int status, const char *input, ...)
{
    const char *words[MOST_WORDS];
    va_list arguments;
    va_start(arguments, input);
    take_words(words, arguments);
    va_end(arguments);
    struct ran ran = run_words(input, words);
    if (ran.status != status)
        fail_msg("status %d, not %d:\n%s", ran.status, status, ran.err);
    ran_release(&ran);
}

/* To the last byte that goes in. */
static void fill(int pipe)
{
    static const char blanks[4096];
    int flags = fcntl(pipe, F_GETFL);
    fcntl(pipe, F_SETFL, flags | O_NONBLOCK);
    for (size_t length = sizeof blanks; length; length /= 2)
        while (write(pipe, blanks, length) > 0)
            continue;
    fcntl(pipe, F_SETFL, flags);
}

static struct running start_with(const char *const words[], bool full)
{
    int to[2], from[2];
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    for (int i = 0; i < 2; i++) {
        fcntl(to[i], F_SETFD, FD_CLOEXEC);
        fcntl(from[i], F_SETFD, FD_CLOEXEC);
    }
    if (full)
        fill(from[1]);
    int err = open(at_home("stderr"), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        become(words, to[0], from[1], err);
    close(to[0]);
    close(from[1]);
    close(err);
    return (struct running){.pid = pid, .to = to[1], .from = from[0]};
}

struct running start(const char *const words[])
{
    return start_with(words, false);
}

struct running start_full(const char *const words[])
{
    return start_with(words, true);
}

int finish(struct running *running)
{
    if (running->to >= 0)
        close(running->to);
    if (running->from >= 0)
        close(running->from);
    running->to = running->from = -1;
    return status_of(running->pid);
}
