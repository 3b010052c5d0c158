#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "fresh_start.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

#define HEADING 2 /* the row that names the columns */

/* The heading has such a sign as well: what the list is ordered by. */
static bool is_marked(struct pty *pty)
{
    for (int row = HEADING + 1; row < pty_rows(pty) - 1; row++) {
        const char *line = pty_row(pty, row);
        if (strstr(line, "\xe2\x96\xb4") || strstr(line, "\xe2\x96\xbe"))
            return true;
    }
    return false;
}

static void take_screen(struct pty *pty, struct buf *out)
{
    while (is_marked(pty)) {
        pty_send(pty, "g"); /* a key, so that there is a frame to wait for */
        pty_settle(pty);
    }
    for (int row = HEADING; row < pty_rows(pty) - 2; row++)
        buf_addf(out, "%s\n", pty_row(pty, row));
}

void expect_fresh_start(struct pty *lived, struct pty_options options, const char *const argv[])
{
    struct buf before = BUF_INIT, after = BUF_INIT;
    take_screen(lived, &before);
    pty_send(lived, "q");
    assert_int_equal(pty_wait_exit(lived), 0);
    pty_check_restored(lived);
    struct pty *started = home_open(options, argv);
    pty_wait_text(started, "ordered by");
    pty_settle(started);
    take_screen(started, &after);
    bool same = strcmp(buf_string(&before), buf_string(&after)) == 0;
    if (!same)
        fprintf(stderr, "before:\n%safter a fresh start:\n%s", buf_string(&before),
                buf_string(&after));
    assert_true(same);
    pty_close(started);
    buf_release(&before);
    buf_release(&after);
}
