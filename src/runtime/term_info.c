#include "term_info_internal.h"

#include <curses.h>
#include <stdio.h>
#include <term.h>
#include <unistd.h>

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
