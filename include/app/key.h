#ifndef MICROSCOPE_APP_KEY_H
#define MICROSCOPE_APP_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

/* A key as the program thinks of it: a Unicode character as it was typed, Ctrl with a letter as 1-26
 * (Ctrl-I is KEY_TAB, Ctrl-M KEY_ENTER), or one of these. */
enum key {
    KEY_TAB = 9,
    KEY_ENTER = 13,
    KEY_ESCAPE = 27,
    KEY_SPACE = 32,
    KEY_BACKSPACE = 127,
    KEY_FIRST_NAMED = 0x110000, /* above Unicode */
    KEY_UP = KEY_FIRST_NAMED,
    KEY_DOWN,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_HOME,
    KEY_END,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_INSERT,
    KEY_DELETE,
    KEY_BACK_TAB,
    KEY_F1,
    KEY_F12 = KEY_F1 + 11,
    KEY_LAST_NAMED = KEY_F12
};
#define KEY_CTRL(letter) ((letter)&31)

/* "Enter", "Ctrl-D", "Space", "PgDn", "F2", "a". */
void key_name(uint32_t key, struct buf *out);
bool key_from_name(struct text name, uint32_t *key);

#endif
