#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "home.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static char home[256];

int home_make(void **state)
{
    const char *folder = getenv("TMPDIR");
    (void)state;
    snprintf(home, sizeof home, "%s/microscope-test-XXXXXX", folder ? folder : "/tmp");
    assert_non_null(mkdtemp(home));
    signal(SIGPIPE, SIG_IGN);
    return 0;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about, (void)kind, (void)walk;
    return remove(path);
}

int home_remove(void **state)
{
    (void)state;
    nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return 0;
}

const char *home_folder(void)
{
    return home;
}

const char *at_home(const char *name)
{
    static char paths[16][512];
    static int next;
    char *path = paths[next++ % 16];
    snprintf(path, sizeof paths[0], "%s/%s", home, name);
    return path;
}
