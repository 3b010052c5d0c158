#ifndef MICROSCOPE_RUNTIME_TERM_INTERNAL_H
#define MICROSCOPE_RUNTIME_TERM_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>
#include <wchar.h>

#include "runtime/signals.h"
#include "runtime/term.h"

struct screen; /* curses' SCREEN */

/* Standard error set aside while curses is on. */
struct term_log {
    int saved; /* standard error as found, -1: not set aside */
    int file;  /* what is said meanwhile, -1: lost */
};
void term_log_begin(struct term_log *log);
void term_log_end(struct term_log *log); /* shows what was said */

/* A pair of roles in this terminal's terms. */
struct term_style {
    bool known;
    unsigned attributes; /* curses' attr_t */
    int pair;
    int on; /* number of the colour behind */
};

struct term_painter {
    struct theme theme; /* that the styles were made from */
    bool can_paint;     /* the terminal has its colours; else only what stays of it without any */
    int named;          /* of the terminal's own colours can be named by number */
    struct term_style styles[ROLE_COUNT][ROLE_COUNT][2];
    struct term_line *line; /* room for one row */
    int capacity;
    bool cursor_shown;
};
void term_paint_begin(struct term *term); /* after newterm(): colours */
void term_paint_release(struct term_painter *painter);
/* Puts the canvas on curses' screen without showing it. */
void term_paint(struct term *term, const struct canvas *canvas, const struct theme *theme);

enum { TERM_TYPED_AHEAD = 64 };

enum term_sign { SIGN_NONE, SIGN_IDLE, SIGN_EACH }; /* when a test is told */

struct term {
    struct screen *screen;
    struct term_options options;
    struct term_facts facts;
    struct term_log log;
    struct term_painter painter;
    struct input input;
    struct input_event ahead[TERM_TYPED_AHEAD]; /* keys typed during the questions of the start */
    size_t ahead_count, ahead_next;
    struct termios found;
    struct termios taken; /* the settings of our own */
    char modes_on[64], modes_off[64];
    char leave[sizeof((struct signals_rescue *)0)->reset]; /* gives everything back */
    char enter[256], hide_cursor[32];
    bool utf8;   /* the locale's encoding */
    bool modern; /* knows modes and questions of xterm */
    bool suspended, resized, ended;
    enum term_sign sign;
    unsigned long signs, bytes_read;
    unsigned long signed_bytes; /* read at the latest sign of a frame */
    bool shown;                 /* a frame since */
};

/* The TERM to use: $TERM, or a stand-in with a notice; with direct colours where the terminal says that it
 * has them. False with the reason to refuse. After true term_info_narrow() is due. */
bool term_choose(char *name, size_t size, struct term_facts *facts, struct err *err);
/* After newterm(): modes, keys of the description, glyphs, what a fatal signal has to do. */
void term_describe(struct term *term, const char *name);
/* What to write for the mouse to be reported, or no longer; "": nothing. */
const char *term_choose_mouse(struct term *term, bool on);
void term_rescue(const struct term *term);
/* Asks for background and width, waits for the answers, keeps what is typed meanwhile. */
void term_probe(struct term *term);

void term_write(const char *bytes, size_t length); /* past curses, all of it */
/* Reads what is there now into term->input. False when nothing was. */
bool term_fill(struct term *term);

#endif
