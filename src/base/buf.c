#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

/* And for the NUL. */
static inline char *room(struct buf *buf, size_t more)
{
    if (buf->capacity - buf->length <= more)
        buf->at = vec_grow(buf->at, &buf->capacity, buf->length + more + 1, 1);
    return buf->at + buf->length;
}

static inline void grown(struct buf *buf, size_t more)
{
    buf->length += more;
    buf->at[buf->length] = '\0';
}

char *buf_room(struct buf *buf, size_t more)
{
    return room(buf, more);
}

void buf_grown(struct buf *buf, size_t more)
{
    assert(more < buf->capacity - buf->length);
    grown(buf, more);
}

void buf_release(struct buf *buf)
{
    if (!buf)
        return;
    free(buf->at);
    *buf = (struct buf)BUF_INIT;
}

void buf_clear(struct buf *buf)
{
    buf_cut(buf, 0);
}

void buf_add(struct buf *buf, const void *bytes, size_t length)
{
    char *end = room(buf, length);
    if (length)
        memcpy(end, bytes, length);
    grown(buf, length);
}

void buf_add_text(struct buf *buf, struct text text)
{
    buf_add(buf, text.at, text.length);
}

void buf_add_string(struct buf *buf, const char *string)
{
    buf_add(buf, string, strlen(string));
}

void buf_add_char(struct buf *buf, char c)
{
    *room(buf, 1) = c;
    grown(buf, 1);
}

void buf_add_repeat(struct buf *buf, char c, size_t times)
{
    memset(room(buf, times), c, times);
    grown(buf, times);
}

void buf_add_utf8(struct buf *buf, uint32_t code_point)
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = 0xFFFD;
    if (code_point < 0x80) {
        buf_add_char(buf, (char)code_point);
        return;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    char *end = room(buf, length);
    for (size_t i = length - 1; i > 0; i--, code_point >>= 6)
        end[i] = (char)(0x80 | (code_point & 0x3F));
    end[0] = (char)(lead[length] | code_point);
    grown(buf, length);
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buf_addv(buf, format, arguments);
    va_end(arguments);
}

void buf_addv(struct buf *buf, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    char *end = room(buf, 64);
    int length = vsnprintf(end, buf->capacity - buf->length, format, arguments);
    assert(length >= 0);
    if ((size_t)length >= buf->capacity - buf->length) {
        end = room(buf, (size_t)length);
        vsnprintf(end, (size_t)length + 1, format, again);
    }
    va_end(again);
    grown(buf, (size_t)length);
}

void buf_cut(struct buf *buf, size_t length)
{
    assert(length <= buf->length);
    buf->length = length;
    if (buf->at)
        buf->at[length] = '\0';
}

void buf_remove(struct buf *buf, size_t from, size_t length)
{
    assert(from <= buf->length && length <= buf->length - from);
    if (!length)
        return;
    memmove(buf->at + from, buf->at + from + length, buf->length - from - length);
    buf_cut(buf, buf->length - length);
}

void buf_insert(struct buf *buf, size_t at, struct text text)
{
    assert(at <= buf->length);
    if (!text.length)
        return;
    room(buf, text.length);
    memmove(buf->at + at + text.length, buf->at + at, buf->length - at);
    memcpy(buf->at + at, text.at, text.length);
    grown(buf, text.length);
}

struct text buf_text(const struct buf *buf)
{
    return (struct text){buf->at ? buf->at : "", buf->length};
}

const char *buf_string(struct buf *buf)
{
    if (!buf->at)
        buf_add(buf, NULL, 0);
    return buf->at;
}

char *buf_take(struct buf *buf)
{
    buf_string(buf);
    char *taken = buf->at;
    *buf = (struct buf)BUF_INIT;
    return taken;
}
