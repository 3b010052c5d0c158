#ifndef MICROSCOPE_BASE_BUF_H
#define MICROSCOPE_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* A growing run of bytes, always followed by a NUL that does not count, so `at` serves as a C
 * string after the first add or after buf_string(). Zeroed is empty and valid. */
struct buf {
    char *at;
    size_t length;
    size_t capacity;
};

#define BUF_INIT                                                                                   \
    {                                                                                              \
        0                                                                                          \
    }

void buf_release(struct buf *buf); /* frees; the buffer is empty and valid again */
void buf_clear(struct buf *buf);   /* empties, keeps the memory */
void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_add_text(struct buf *buf, struct text text); /* the null text adds nothing */
void buf_add_string(struct buf *buf, const char *string);
void buf_add_char(struct buf *buf, char c);
void buf_add_repeat(struct buf *buf, char c, size_t times);
void buf_add_utf8(struct buf *buf, uint32_t code_point);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *buf, const char *format, va_list arguments);
/* Where `more` bytes may be written, and then how many of them were: for what is made in place. */
char *buf_room(struct buf *buf, size_t more);
void buf_grown(struct buf *buf, size_t more);
void buf_cut(struct buf *buf, size_t length); /* shortens to `length`, which is not above its own */
void buf_remove(struct buf *buf, size_t from, size_t length);
void buf_insert(struct buf *buf, size_t at, struct text text);
struct text buf_text(const struct buf *buf); /* borrowed until the next change; never null */
const char *buf_string(struct buf *buf);     /* terminated, borrowed likewise */
char *buf_take(struct buf *buf);             /* the terminated bytes, the caller frees; empties */

#endif
