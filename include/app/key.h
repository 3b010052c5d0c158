#ifndef MICROSCOPE_APP_KEY_H
#define MICROSCOPE_APP_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

/* A key as the program thinks of it: a Unicode character as it was typed, Ctrl with a letter as 1-26
 * (Ctrl-I is K_TAB, Ctrl-M K_ENTER), or one of these. */
enum key {
    K_TAB = 9,
    K_ENTER = 13,
    K_ESCAPE = 27,
    K_SPACE = 32,
    K_BACKSPACE = 127,
    K_FIRST_NAMED = 0x110000, /* above Unicode */
    K_UP = K_FIRST_NAMED,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_INSERT,
    K_DELETE,
    K_BACK_TAB,
    K_F1,
    K_F12 = K_F1 + 11,
    K_LAST_NAMED = K_F12
};
#define K_CTRL(letter) ((letter)&31)

/* "Enter", "Ctrl-D", "Space", "PgDn", "F2", "a". Not key_name(), which belongs to curses. */
void key_label(uint32_t key, struct buf *out);
/* Reads such a name; case matters for a letter alone. False, with the nearest one: there is no such
 * key. */
bool key_read(struct text name, uint32_t *key, struct err *err);

#endif
