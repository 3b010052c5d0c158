#include "support/pty_lead_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"

static volatile pid_t leader_job;

static void pass_on_hang_up(int number)
{
    kill(-leader_job, number);
}

static void tell(int reports, enum pty_report_kind kind, int value)
{
    struct pty_report report = {.kind = kind, .value = value};
    if (write(reports, &report, sizeof report) != sizeof report)
        _exit(125);
}

static void set_variable(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void set_environment(const struct pty_options *options)
{
    static const char *const unset[] = {"NO_COLOR", "COLORTERM", "ESCDELAY", "COLUMNS",
                                        "LINES",    "LANG",      "LC_CTYPE", "TERM_PROGRAM"};
    for (size_t i = 0; i < COUNT_OF(unset); i++)
        unsetenv(unset[i]);
    const char *term = options->term ? options->term : "xterm-256color";
    set_variable("TERM", *term ? term : NULL);
    set_variable("LC_ALL", options->locale ? options->locale : "C.UTF-8");
    set_variable("MICROSCOPE_TEST_SIGN", "1");
    set_variable("XDG_CONFIG_HOME", "/dev/null"); /* nobody's own settings */
    /* A finding of a sanitizer ends the way of every other bug. */
    set_variable("ASAN_OPTIONS", "abort_on_error=1:detect_stack_use_after_return=0");
    set_variable("UBSAN_OPTIONS", "halt_on_error=1:abort_on_error=1:print_stacktrace=1");
    for (const char *const *entry = options->env; entry && *entry; entry++) {
        const char *equals = strchr(*entry, '=');
        char name[64];
        snprintf(name, sizeof name, "%.*s", equals ? (int)(equals - *entry) : 63, *entry);
        set_variable(name, equals ? equals + 1 : NULL);
    }
}

static void run_program(const struct pty_options *options, int output_file,
                        const char *const argv[])
{
    setpgid(0, 0);
    tcsetpgrp(0, getpid());
    for (int number = 1; number < NSIG; number++)
        if (number != SIGKILL && number != SIGSTOP)
            signal(number, SIG_DFL);
    if (options->ignore_hang_up)
        signal(SIGHUP, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    set_environment(options);
    if (options->directory && chdir(options->directory) < 0)
        _exit(126);
    if (options->stdin_closed)
        dup2(open("/dev/null", O_RDONLY), 0);
    if (options->stdout_file)
        dup2(output_file, 1);
    char *arguments[32] = {0};
    for (size_t i = 0; argv[i] && i + 1 < COUNT_OF(arguments); i++)
        arguments[i] = strdup(argv[i]);
    execv(arguments[0], arguments);
    dprintf(2, "cannot run %s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

_Noreturn void pty_lead(const struct pty_options *options, int output_file, const char *slave,
                        const char *const argv[], int reports, int commands)
{
    char command;
    setsid();
    int tty = open(slave, O_RDWR);
    if (tty < 0 || ioctl(tty, TIOCSCTTY, 0) < 0)
        _exit(124);
    for (int i = 0; i < 3; i++)
        dup2(tty, i);
    if (tty > 2)
        close(tty);
    signal(SIGTTOU, SIG_IGN);
    signal(SIGTTIN, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    leader_job = fork();
    if (leader_job == 0)
        run_program(options, output_file, argv);
    setpgid(leader_job, leader_job);
    tcsetpgrp(0, leader_job);
    signal(SIGHUP, pass_on_hang_up);
    tell(reports, PTY_STARTED, leader_job);
    for (int status;;) {
        pid_t found = waitpid(leader_job, &status, WUNTRACED);
        if (found < 0 && errno == EINTR)
            continue;
        tcsetpgrp(0, getpgrp());
        if (found < 0 || !WIFSTOPPED(status)) {
            tell(reports, PTY_ENDED, status);
            break;
        }
        tell(reports, PTY_STOPPED, status);
        while (read(commands, &command, 1) < 0 && errno == EINTR)
            continue;
        tcsetpgrp(0, leader_job);
        kill(-leader_job, SIGCONT);
    }
    while (read(commands, &command, 1) < 0 && errno == EINTR)
        continue;
    _exit(0);
}
