#include "term_info_internal.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "runtime/data.h"

#define PLACES "TERMINFO_DIRS"

void term_info_widen(void)
{
    struct buf own = BUF_INIT, all = BUF_INIT;
    const char *theirs = getenv(PLACES);
    if (data_find("terminfo", &own)) {
        buf_addf(&all, "%s:%s", theirs ? theirs : "", own.at); /* an empty one is the system's */
        setenv(PLACES, all.at, 1);
    }
    buf_release(&own);
    buf_release(&all);
}

/* Children get what was found. */
void term_info_narrow(void)
{
    char *all = getenv(PLACES), *last = all ? strrchr(all, ':') : NULL;
    struct buf own = BUF_INIT, before = BUF_INIT;
    if (last && data_find("terminfo", &own) && strcmp(last + 1, own.at) == 0) {
        buf_add(&before, all, (size_t)(last - all));
        if (before.length > 0)
            setenv(PLACES, before.at, 1);
        else
            unsetenv(PLACES);
    }
    buf_release(&own);
    buf_release(&before);
}

void term_info_direct(char *name, size_t size)
{
    static const char many[] = "-256color";
    const char *says = getenv("COLORTERM");
    size_t length = strlen(name), end = sizeof many - 1;
    char direct[128];
    if (!says || (strcmp(says, "truecolor") != 0 && strcmp(says, "24bit") != 0))
        return;
    if (length > end && strcmp(name + length - end, many) == 0)
        length -= end;
    int wanted = snprintf(direct, sizeof direct, "%.*s-direct", (int)length, name);
    if (wanted > 0 && (size_t)wanted < size && (size_t)wanted < sizeof direct &&
        term_info_look(direct) == TERM_INFO_USEFUL)
        snprintf(name, size, "%s", direct);
}

enum term_info term_info_look(const char *name)
{
    int status = 0;
    if (setupterm(name, STDOUT_FILENO, &status) != OK || status != 1)
        return TERM_INFO_UNKNOWN;
    bool useful = term_info_string("cup") && tigetflag("hc") <= 0;
    del_curterm(cur_term);
    return useful ? TERM_INFO_USEFUL : TERM_INFO_USELESS;
}

const char *term_info_string(const char *capability)
{
    const char *value = tigetstr(capability);
    return value == (const char *)-1 ? NULL : value;
}

int term_info_named_colours(void)
{
    enum { USUAL = 8, MOST = 16 };
    char name[] = "CO"; /* tigetnum() takes no const */
    int number = tigetnum(name);
    return number > 0 && number <= MOST ? number : USUAL;
}
