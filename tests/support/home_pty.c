#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "home_pty.h"

#include <stdio.h>

#include "base/vec.h"

#define MOST_VARIABLES 16

/* The program has started, and holds a copy of them, when pty_open() returns. */
struct pty *home_open(struct pty_options options, const char *const argv[])
{
    static const char *const places[][2] = {{"HOME", ""},
                                            {"XDG_DATA_HOME", "/data"},
                                            {"XDG_CONFIG_HOME", "/config"},
                                            {"XDG_CACHE_HOME", "/cache"},
                                            {"TMPDIR", ""}};
    char variables[COUNT_OF(places)][300];
    const char *all[MOST_VARIABLES + 1] = {NULL};
    size_t count = 0;
    for (; count < COUNT_OF(places); count++) {
        snprintf(variables[count], sizeof variables[count], "%s=%s%s", places[count][0],
                 home_folder(), places[count][1]);
        all[count] = variables[count];
    }
    for (size_t i = 0; options.env && options.env[i]; i++) {
        assert_true(count < MOST_VARIABLES);
        all[count++] = options.env[i];
    }
    options.env = all;
    options.directory = home_folder();
    return pty_open(&options, argv);
}

void home_run(const char *const argv[], int status)
{
    struct pty *pty = home_open((struct pty_options){.columns = 160}, argv);
    int found = pty_wait_exit(pty);
    if (found != status)
        print_error("%s", pty_screen(pty));
    assert_int_equal(found, status);
    pty_close(pty);
}
