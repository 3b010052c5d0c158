#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "base/vec.h"

/* Letters that Unicode does not take apart, and signs that have an obvious plain form. */
static const struct plain {
    uint32_t code_point;
    const char *ascii;
} plains[] = {
    {0x00C6, "AE"}, {0x00D0, "D"},   {0x00D8, "O"},  {0x00DE, "Th"}, {0x00DF, "ss"}, {0x00E6, "ae"},
    {0x00F0, "d"},  {0x00F8, "o"},   {0x00FE, "th"}, {0x0110, "D"},  {0x0111, "d"},  {0x0126, "H"},
    {0x0127, "h"},  {0x0131, "i"},   {0x0141, "L"},  {0x0142, "l"},  {0x0152, "OE"}, {0x0153, "oe"},
    {0x2010, "-"},  {0x2012, "-"},   {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2018, "'"},
    {0x2019, "'"},  {0x201A, "'"},   {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x2022, "*"},
    {0x2044, "/"},  {0x20AC, "EUR"}, {0x2212, "-"},
};

static int order(const void *key, const void *item)
{
    uint32_t a = *(const uint32_t *)key, b = ((const struct plain *)item)->code_point;
    return a < b ? -1 : a > b;
}

/* Appends the letters left when accents and compatibility forms are undone; nothing when one of
 * them is not ASCII. */
static void add_undone(struct buf *out, uint32_t code_point)
{
    utf8proc_int32_t parts[32];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code_point, parts, COUNT_OF(parts),
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &boundary);
    size_t start = out->length;
    for (utf8proc_ssize_t i = 0; i < count && i < (utf8proc_ssize_t)COUNT_OF(parts); i++) {
        if (parts[i] < ' ' || parts[i] > '~') {
            buf_cut(out, start);
            return;
        }
        buf_add_char(out, (char)parts[i]);
    }
}

void utf8_ascii(struct buf *out, struct text text)
{
    uint32_t c;
    for (size_t length; (length = utf8_decode(text, &c));
         text = text_part(text, length, text.length)) {
        if (c < 0x80) {
            buf_add_char(out, (char)c);
            continue;
        }
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
        if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
            category == UTF8PROC_CATEGORY_CF)
            continue;
        size_t before = out->length;
        const struct plain *plain = bsearch(&c, plains, COUNT_OF(plains), sizeof plains[0], order);
        if (plain)
            buf_add_string(out, plain->ascii);
        else
            add_undone(out, c);
        if (out->length == before)
            buf_add_char(out, '?');
    }
}
