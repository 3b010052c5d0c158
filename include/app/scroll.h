#ifndef MICROSCOPE_APP_SCROLL_H
#define MICROSCOPE_APP_SCROLL_H

#include <stddef.h>

/* Something that scrolls: the cursor is an item, `top` the first one in view. */
struct scroll {
    size_t cursor, top;
};
/* Keeps both in range and the cursor in view of `height` items out of `count`. */
void scroll_settle(struct scroll *scroll, size_t count, size_t height);

#endif
