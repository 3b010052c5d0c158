#include "domain/country.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* States of the USA whose short or long names mean a country too: "Los Angeles, CA" is not in Canada. */
static const char states[] = "AL AR AZ CA CO DE GA ID IL IN KY LA MA MD ME MN MO MS MT NC NE PA SC "
                             "SD VA Georgia";

/* Blanks and signs say nothing: "U.S.A.", "Guinea Bissau", "Bonaire, Sint Eustatius and Saba". */
static bool is_sign(char c)
{
    return c != '\0' && strchr(" .,-'()", c);
}

/* Folded, without such signs. */
static void plain_name(struct buf *out, struct text written)
{
    struct buf folded = BUF_INIT;
    utf8_fold(&folded, written);
    struct text rest = buf_text(&folded);
    while (rest.length > 0) {
        size_t bytes = 1;
        if (text_starts(rest, "\u2019"))
            bytes = strlen("\u2019");
        else if (rest.at[0] == '&')
            buf_add_string(out, "and");
        else if (!is_sign(rest.at[0]))
            buf_add_char(out, rest.at[0]);
        rest = text_part(rest, bytes, rest.length);
    }
    buf_release(&folded);
}

/* `plain` against a folded spelling or an English name. */
static bool is_name(struct text plain, struct text name)
{
    size_t at = 0;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        if (is_sign(c))
            continue;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (at == plain.length || plain.at[at++] != c)
            return false;
    }
    return at == plain.length;
}

static const struct country_row *find_code(struct text code)
{
    if (code.length != 2)
        return NULL;
    char upper[2];
    for (int i = 0; i < 2; i++)
        upper[i] =
            (char)(code.at[i] >= 'a' && code.at[i] <= 'z' ? code.at[i] - 'a' + 'A' : code.at[i]);
    unsigned low = 0, high = country_count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        int order = memcmp(upper, countries[middle].code, 2);
        if (order == 0)
            return &countries[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static const struct country_row *by_name(struct text plain)
{
    for (unsigned i = 0; i < country_count; i++)
        if (is_name(plain, text_of(countries[i].name)))
            return &countries[i];
    return NULL;
}

static const struct country_row *by_spelling(struct text plain)
{
    for (unsigned i = 0; i < country_count; i++) {
        struct text rest = text_of(countries[i].also), other;
        while (text_next(&rest, '|', &other))
            if (is_name(plain, other))
                return &countries[i];
    }
    return NULL;
}

/* Of each spelling there is one. The names are few against the rest, and are most of what is written. */
static const struct country_row *find_name(struct text written)
{
    struct buf plain = BUF_INIT;
    const struct country_row *found = NULL;

    plain_name(&plain, written);
    if (plain.length > 0) {
        found = by_name(buf_text(&plain));
        if (!found)
            found = by_spelling(buf_text(&plain));
    }
    buf_release(&plain);
    return found;
}

static bool is_state(struct text word)
{
    struct text rest = text_of(states), state;
    while (text_next(&rest, ' ', &state)) {
        if (text_equal_ascii_case(word, state))
            return true;
    }
    return false;
}

const struct country_row *country_find(struct text written)
{
    written = text_trim(written);
    const struct country_row *row = find_code(written);
    if (!row)
        row = find_name(written);
    if (row)
        return row;
    size_t comma = written.length;
    while (comma > 0 && written.at[comma - 1] != ',')
        comma--;
    if (comma == 0)
        return NULL;
    struct text last = text_trim(text_part(written, comma, written.length));
    if (is_state(last))
        return NULL;
    row = find_code(last);
    return row ? row : find_name(last);
}
