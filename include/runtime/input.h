#ifndef MICROSCOPE_RUNTIME_INPUT_H
#define MICROSCOPE_RUNTIME_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/key.h"
#include "base/buf.h"
#include "base/text.h"

/* What a terminal sends, taken apart: bytes go in with the time they came, events come out. Pure; the
 * clock is an argument, in seconds since any fixed moment.
 *
 * Understood: UTF-8, what ECMA-48 terminals send for named keys (with modifiers they count as the
 * plain key) and what the terminal's own description says, SGR mouse reports, bracketed paste, focus
 * reports, answers to the questions of the start. All else that begins like a sequence is swallowed
 * whole; so are broken bytes and controls without a name. Ctrl-H is K_BACKSPACE. */

enum input_kind {
    INPUT_KEY,
    INPUT_PASTE,
    INPUT_MOUSE,
    INPUT_FOCUS,
    INPUT_BACKGROUND, /* answer: the colour behind everything */
    INPUT_CURSOR      /* answer: where the cursor stands */
};

enum input_mouse {
    INPUT_PRESS,
    INPUT_DOUBLE, /* the second press on a cell within INPUT_DOUBLE_SECONDS */
    INPUT_DRAG,
    INPUT_RELEASE,
    INPUT_WHEEL_UP,
    INPUT_WHEEL_DOWN
};

struct input_event {
    enum input_kind kind;
    uint32_t key; /* as in app/key.h */
    enum input_mouse mouse;
    int button;        /* 1 left, 2 middle, 3 right; 0 for the wheel */
    int column, row;   /* from 0: of the mouse, of the cursor */
    bool focused;      /* the window has the focus */
    struct text paste; /* valid UTF-8, controls are blanks; borrowed until the next input_next() */
    uint32_t background; /* 0xRRGGBB */
};

#define INPUT_ESCAPE_SECONDS 0.025 /* a lone Esc is a key after this: input.escape_seconds */
#define INPUT_CUT_SECONDS 0.5      /* a sequence that stops in its middle is dropped after this */
#define INPUT_PASTE_SECONDS 5.0 /* a paste whose end does not come is taken as it is after this */
#define INPUT_DOUBLE_SECONDS 0.4
#define INPUT_PASTE_LIMIT (1u << 20) /* bytes of one paste that are kept */

struct input_sequence {
    char bytes[16]; /* terminated */
    uint32_t key;
};

struct input {
    struct buf waiting; /* bytes not yet understood */
    double last_byte;   /* when the newest of them came */
    double escape_seconds;
    struct input_sequence own[32]; /* of this terminal's description */
    size_t own_count;
    bool pasting;
    struct buf paste, paste_out;
    bool has_click;
    int click_column, click_row;
    double click_time;
};

void input_init(struct input *input);
void input_release(struct input *input);
/* One more key of this terminal's own; ignored when `bytes` is NULL, too long or no sequence. */
void input_name(struct input *input, const char *bytes, uint32_t key);
void input_feed(struct input *input, struct text bytes, double now);
/* The next event; false when the bytes at hand make none (yet). */
bool input_next(struct input *input, double now, struct input_event *event);
/* When to ask again although no byte came: INFINITY where nothing is half understood. */
double input_deadline(const struct input *input);

#endif
