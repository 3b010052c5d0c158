#ifndef MICROSCOPE_BASE_TEXT_H
#define MICROSCOPE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A borrowed run of bytes, UTF-8 unless said otherwise, not terminated. `at` NULL is the null
 * text: unknown. An empty text that is known has a non-null `at` and length 0. */
struct text {
    const char *at;
    size_t length;
};

/* Borrow a literal, or a terminated string (NULL gives the null text). */
#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})
struct text text_of(const char *string);

static inline bool text_known(struct text text)
{
    return text.at != NULL;
}
bool text_equal(struct text a, struct text b);            /* bytewise; null equals only null */
bool text_equal_ascii_case(struct text a, struct text b); /* A-Z and a-z count as the same */
bool text_is(struct text a, const char *string);
int text_order(struct text a, struct text b); /* bytewise, like memcmp, then length */
bool text_starts(struct text text, const char *prefix);
bool text_find(struct text text, struct text part,
               size_t *at); /* first place of `part`, bytewise */

/* Part of `text` from byte `from` on, at most `length` bytes; clipped to the text. */
static inline struct text text_part(struct text text, size_t from, size_t length)
{
    if (!text.at)
        return text;
    if (from > text.length)
        from = text.length;
    size_t left = text.length - from;
    return (struct text){text.at + from, length < left ? length : left};
}
struct text text_trim(struct text text); /* without ASCII white space around */

/* Takes the piece before the next `separator` off the front of *rest. False when *rest is used up;
 * "a||b" gives "a", "", "b"; an empty or null rest gives nothing. */
bool text_next(struct text *rest, char separator, struct text *piece);

#endif
