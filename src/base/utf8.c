#include "base/utf8.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

/* What the first byte says: how long the sequence is, the bits it carries, and the range of the
 * second byte, which keeps out overlong forms, surrogates and what is above U+10FFFF (Unicode
 * Standard, table 3-7). */
static const struct lead {
    unsigned char first, last, length, bits, second_low, second_high;
} leads[] = {
    {0x00, 0x7F, 1, 0x7F, 0, 0},       {0xC2, 0xDF, 2, 0x1F, 0x80, 0xBF},
    {0xE0, 0xE0, 3, 0x0F, 0xA0, 0xBF}, {0xE1, 0xEC, 3, 0x0F, 0x80, 0xBF},
    {0xED, 0xED, 3, 0x0F, 0x80, 0x9F}, {0xEE, 0xEF, 3, 0x0F, 0x80, 0xBF},
    {0xF0, 0xF0, 4, 0x07, 0x90, 0xBF}, {0xF1, 0xF3, 4, 0x07, 0x80, 0xBF},
    {0xF4, 0xF4, 4, 0x07, 0x80, 0x8F},
};

/* ASCII and two bytes are most of what there is. */
static inline const struct lead *lead_of(unsigned char byte)
{
    if (byte <= leads[0].last)
        return &leads[0];
    for (size_t i = 1; i < sizeof leads / sizeof leads[0] && byte >= leads[i].first; i++)
        if (byte <= leads[i].last)
            return &leads[i];
    return NULL;
}

/* Bytes of a well-formed sequence at the front, 0 where it is broken. */
static inline size_t decode(struct text text, uint32_t *code_point)
{
    const unsigned char *at = (const unsigned char *)text.at;
    const struct lead *lead = lead_of(at[0]);
    if (!lead || lead->length > text.length)
        return 0;
    uint32_t value = at[0] & lead->bits;
    unsigned char low = lead->second_low, high = lead->second_high;
    for (size_t i = 1; i < lead->length; i++, low = 0x80, high = 0xBF) {
        if (at[i] < low || at[i] > high)
            return 0;
        value = value << 6 | (at[i] & 0x3F);
    }
    *code_point = value;
    return lead->length;
}

size_t utf8_decode(struct text text, uint32_t *code_point)
{
    if (!text.length)
        return 0;
    size_t length = decode(text, code_point);
    if (length)
        return length;
    *code_point = 0xFFFD;
    return 1;
}

/* The first byte from `at` on that is not ASCII, or the end. Eight bytes at once; the last eight are
 * looked at together, some of them again. */
static size_t ascii_until(struct text text, size_t at)
{
    uint64_t eight;

    for (; text.length - at > sizeof eight; at += sizeof eight) {
        memcpy(&eight, text.at + at, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    if (text.length - at <= sizeof eight && text.length >= sizeof eight) {
        memcpy(&eight, text.at + text.length - sizeof eight, sizeof eight);
        if (!(eight & 0x8080808080808080u))
            return text.length;
    }
    while (at < text.length && (unsigned char)text.at[at] < 0x80)
        at++;
    return at;
}

/* The first byte from `at` on that is not well-formed, or the end. */
static size_t valid_until(struct text text, size_t at)
{
    while ((at = ascii_until(text, at)) < text.length) {
        struct text rest = {text.at + at, text.length - at};
        uint32_t code_point;
        size_t length = decode(rest, &code_point);
        if (!length)
            return at;
        at += length;
    }
    return at;
}

bool utf8_valid(struct text text)
{
    return valid_until(text, 0) == text.length;
}

void utf8_repair(struct buf *out, struct text bytes)
{
    for (size_t at = 0; at < bytes.length;) {
        size_t bad = valid_until(bytes, at);
        buf_add_text(out, text_part(bytes, at, bad - at));
        at = bad;
        uint32_t code_point;
        while (at < bytes.length && !decode(text_part(bytes, at, 4), &code_point))
            at++;
        if (at > bad)
            buf_add_utf8(out, 0xFFFD);
    }
}

size_t utf8_next(struct text text, size_t at)
{
    if (at >= text.length)
        return text.length;
    uint32_t before = 0, after;
    utf8proc_int32_t state = 0;
    at += utf8_decode(text_part(text, at, 4), &before);
    for (size_t length; (length = utf8_decode(text_part(text, at, 4), &after)); at += length) {
        bool plain = before < 0x80 && after < 0x80 && before != '\r';
        if (plain || utf8proc_grapheme_break_stateful((utf8proc_int32_t)before,
                                                      (utf8proc_int32_t)after, &state))
            break;
        before = after;
    }
    return at;
}

/* Boundaries can only be told from the front: a flag's halves pair up from the first one on. */
size_t utf8_previous(struct text text, size_t at)
{
    if (at > text.length)
        at = text.length;
    size_t from = 0;
    for (size_t next; at && (next = utf8_next(text, from)) < at;)
        from = next;
    return from;
}
