#include "base/text.h"

#include <string.h>

struct text text_of(const char *string)
{
    return (struct text){string, string ? strlen(string) : 0};
}

bool text_equal(struct text a, struct text b)
{
    if (!a.at || !b.at)
        return !a.at && !b.at;
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_equal_ascii_case(struct text a, struct text b)
{
    if (!a.at || !b.at)
        return !a.at && !b.at;
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

bool text_is(struct text text, const char *string)
{
    return text_equal(text, text_of(string));
}

int text_order(struct text a, struct text b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common ? memcmp(a.at, b.at, common) : 0;
    if (order)
        return order < 0 ? -1 : 1;
    return (a.length > b.length) - (a.length < b.length);
}

bool text_starts(struct text text, const char *prefix)
{
    size_t length = strlen(prefix);
    return text.at && text.length >= length && memcmp(text.at, prefix, length) == 0;
}

bool text_find(struct text text, struct text part, size_t *at)
{
    if (!text.at || !part.at || part.length > text.length)
        return false;
    size_t last = text.length - part.length;
    for (size_t from = 0; from <= last; from++) {
        if (part.length) {
            const char *hit = memchr(text.at + from, part.at[0], last - from + 1);
            if (!hit)
                return false;
            from = (size_t)(hit - text.at);
        }
        if (memcmp(text.at + from, part.at, part.length) == 0) {
            if (at)
                *at = from;
            return true;
        }
    }
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text text)
{
    while (text.length && is_space(text.at[0]))
        text = text_part(text, 1, text.length);
    while (text.length && is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

bool text_next(struct text *rest, char separator, struct text *piece)
{
    if (!rest->length)
        return false;
    const char *end = memchr(rest->at, separator, rest->length);
    size_t length = end ? (size_t)(end - rest->at) : rest->length;
    *piece = text_part(*rest, 0, length);
    *rest = text_part(*rest, length + 1, rest->length);
    return true;
}
