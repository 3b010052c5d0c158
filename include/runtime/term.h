#ifndef MICROSCOPE_RUNTIME_TERM_H
#define MICROSCOPE_RUNTIME_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "runtime/input.h"
#include "ui/canvas.h"
#include "ui/theme.h"

/* The terminal: canvases go out, events come in. Only one may be open. Standard input and output. */
struct term;

struct term_options {
    bool ascii;            /* --ascii */
    bool blocks;           /* --blocks */
    bool mouse;            /* ask for mouse reports */
    bool ambiguous_wide;   /* `ambiguous: wide` in the configuration */
    bool no_colour;        /* monochrome whatever the terminal can (NO_COLOR counts as well) */
    double escape_seconds; /* a lone Esc waits so long; 0: 25 ms (ESCDELAY counts before either) */
};

enum term_colours { TERM_MONO, TERM_COLOURS_8, TERM_COLOURS_16, TERM_COLOURS_256, TERM_DIRECT };

/* What is known of it. */
struct term_facts {
    int columns, rows;
    enum term_colours colours;
    const struct glyph_set *glyphs; /* what to draw with: decided by locale, TERM, options, probe */
    bool background_known;
    uint32_t background; /* 0xRRGGBB */
    bool light;          /* the background is known and nearer to white than to black */
    char notice[160];    /* something to tell on the first screen; empty: nothing */
};

/* Takes the terminal: alternate screen, raw keys, mouse, paste and focus reports, standard error set
 * aside where it is a terminal. Asks for background and width and waits up to 100 ms for the answers.
 * Sets the locale's character type. NULL where there is no terminal that could show anything; the
 * message fits one line and names what works without one (exit status 2). */
struct term *term_open(const struct term_options *options, struct err *err);
/* Leaves everything as found, then shows what was said on standard error. */
void term_close(struct term *term);

const struct term_facts *term_facts(const struct term *term);
const struct width_table *term_widths(const struct term *term);

/* Shows the canvas; only what differs from the last frame is sent. Cells beyond the screen are cut. Of
 * a theme with more colours than the terminal has stays what it says without any. */
void term_show(struct term *term, const struct canvas *canvas, const struct theme *theme);
/* Asks for mouse reports, or for no more of them. */
void term_mouse(struct term *term, bool on);
/* The next term_show() paints everything (Ctrl-L, or something else wrote on the screen). */
void term_redraw(struct term *term);
/* The queue is empty and the frame is out: with MICROSCOPE_TEST_SIGN=1 says so to the test that
 * watches, as OSC 7771 ; signs ; bytes read ; columns ; rows ST. Silent otherwise, and while a key is
 * half read. */
void term_idle_sign(struct term *term);
/* A frame is out, whatever else there is to do: the same with MICROSCOPE_TEST_SIGN=each. */
void term_frame_sign(struct term *term);

enum term_event_kind {
    TERM_INPUT,  /* key, paste, mouse, focus: see `input` */
    TERM_RESIZE, /* facts changed; the next frame paints everything */
    TERM_END     /* end of input or the terminal is gone: settle and leave */
};

struct term_event {
    enum term_event_kind kind;
    struct input_event input;
    int columns, rows;
};

int term_fd(const struct term *term); /* to wait for */
/* When to call term_read() although nothing arrived (a lone Esc); INFINITY: never. */
double term_deadline(const struct term *term);
/* The next event, without waiting; false when there is none. What a paste points to lives until the
 * next call. After TERM_END it is TERM_END again. */
bool term_read(struct term *term, struct term_event *event);
/* To the clipboard of whoever sits before the terminal, through the terminal itself (OSC 52). */
#define TERM_COPY_MOST 74000 /* bytes; beyond, terminals drop it without a word */
void term_copy(struct term *term, struct text text);
/* On SIGWINCH: any number of calls give one TERM_RESIZE with the size of then. */
void term_resized(struct term *term);

/* Gives the terminal back for a while, and takes it again. term_resume() without a suspend before
 * takes it anew (SIGCONT from outside); a TERM_RESIZE follows. */
void term_suspend(struct term *term);
void term_resume(struct term *term);

#endif
