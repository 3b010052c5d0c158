#ifndef MICROSCOPE_RUNTIME_SIGNALS_H
#define MICROSCOPE_RUNTIME_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "base/err.h"

/* Signals, turned into something to wait for, and the last rites when the program is broken.
 *
 * TERM, INT, HUP, QUIT, WINCH, TSTP and CONT wake signals_fd() and are handed out by signals_take().
 * PIPE and XFSZ are ignored: the write that fails says it. Those that were ignored when the program
 * began stay so (nohup). SEGV, ABRT, BUS, FPE and ILL give the terminal back, say one line on standard
 * error and kill the program with the same signal. Call signals_open() before term_open(): curses leaves signals alone that have a handler. */
bool signals_open(struct err *err);
void signals_close(void); /* as found */

int signals_fd(void); /* readable while signals_take() has something; -1 when closed */
/* The next one; any number of the same count as one. False when none is left. */
bool signals_take(int *number);

/* Stops the program as Ctrl-Z would: the whole foreground job (`job`), or just this process when the
 * signal came from elsewhere. Returns when it is continued. The terminal is given back before. */
void signals_stop(bool job);

/* What a fatal signal does before it kills: everything is written with async-signal-safe calls. */
struct signals_rescue {
    int terminal;         /* file descriptor, -1: none */
    struct termios found; /* restored on it */
    char reset[512];      /* written to it */
    size_t reset_length;
    int stderr_saved; /* put back as standard error, -1: nothing */
    int log;          /* what was said meanwhile: copied there, -1: nothing */
};
/* From now on (NULL: no longer). The struct is copied. */
void signals_set_rescue(const struct signals_rescue *rescue);

#endif
