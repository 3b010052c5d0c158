#include <assert.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"

/* Letters whose stroke or ligature Unicode does not take apart, in folded case. */
static const struct plain_letter {
    utf8proc_int32_t letter;
    char plain[3];
} plain_letters[] = {
    {0xE6, "ae"}, {0xF0, "d"},  {0xF8, "o"},   {0x111, "d"}, {0x127, "h"},
    {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x167, "t"},
};

/* Accents go, but not the marks that make another letter: vowel signs and viramas of India and
 * Thailand, the voicing of kana. The canonical combining class tells them apart: 1 is an overlay,
 * 10-36 are the points of Hebrew and Arabic, 200 and up are what is set around a letter. */
static bool is_accent(utf8proc_int32_t code_point)
{
    const utf8proc_property_t *property = utf8proc_get_property(code_point);
    int class = property->combining_class;
    return property->category == UTF8PROC_CATEGORY_ME || class == 1 ||
           (class >= 10 && class <= 36) || class >= 200;
}

/* Both `from` and `to` lie in the same array; a letter never becomes longer than it was coded. */
static utf8proc_ssize_t drop_accents(utf8proc_int32_t *points, utf8proc_ssize_t count)
{
    utf8proc_ssize_t kept = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        if (!is_accent(points[i]))
            points[kept++] = points[i];
    return kept;
}

static void add_folded(struct buf *out, utf8proc_int32_t code_point)
{
    for (size_t i = 0; code_point < 0x180 && i < COUNT_OF(plain_letters); i++)
        if (plain_letters[i].letter == code_point) {
            buf_add_string(out, plain_letters[i].plain);
            return;
        }
    buf_add_utf8(out, (uint32_t)code_point);
}

/* NFKC with case folding and without accents, of well-formed text. */
static void fold_run(struct buf *out, struct text run)
{
    const utf8proc_option_t options =
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_int32_t few[64], *points = few;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)run.at;
    utf8proc_ssize_t length = (utf8proc_ssize_t)run.length;
    utf8proc_ssize_t count = utf8proc_decompose(bytes, length, few, COUNT_OF(few), options);
    if (count > (utf8proc_ssize_t)COUNT_OF(few)) {
        points = mem_zero((size_t)count + 1, sizeof *points);
        count = utf8proc_decompose(bytes, length, points, count, options);
    }
    assert(count >= 0);
    count = drop_accents(points, count);
    count = utf8proc_normalize_utf32(points, count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < count; i++)
        add_folded(out, points[i]);
    if (points != few)
        free(points);
}

static bool is_ascii(char c)
{
    return (unsigned char)c < 0x80;
}

/* A loop without branches: most text is ASCII, and there is much of it. */
static void fold_ascii(struct buf *out, struct text run)
{
    size_t from = out->length;
    buf_add_text(out, run);
    for (size_t i = from; i < out->length; i++) {
        unsigned char c = (unsigned char)out->at[i];
        out->at[i] = (char)(c + ((unsigned char)(c - 'A') < 26 ? 'a' - 'A' : 0));
    }
}

/* ASCII letters neither combine with what follows them once the accents are gone nor change with
 * it, so runs of either kind fold on their own. */
void utf8_fold(struct buf *out, struct text text)
{
    for (size_t at = 0, end; at < text.length; at = end) {
        for (end = at; end < text.length && is_ascii(text.at[end]);)
            end++;
        fold_ascii(out, text_part(text, at, end - at));
        size_t run = end;
        while (end < text.length && !is_ascii(text.at[end]))
            end++;
        if (end == run)
            continue;
        struct text bytes = text_part(text, run, end - run);
        struct buf repaired = BUF_INIT;
        if (!utf8_valid(bytes)) {
            utf8_repair(&repaired, bytes);
            bytes = buf_text(&repaired);
        }
        fold_run(out, bytes);
        buf_release(&repaired);
    }
}
