#include <utf8proc.h>

#include "base/utf8.h"
#include "base/vec.h"

/* What becomes of a code point that must not reach a screen as it is. */
enum fate {
    KEEP,
    REPLACE,      /* with U+FFFD; tells */
    DROP,         /* tells */
    DROP_QUIETLY, /* belongs to ordinary writing and emoji */
};

static const struct range {
    uint32_t first, last;
    enum fate fate;
} ranges[] = {
    {0x0000, 0x001F, REPLACE},        /* C0 */
    {0x007F, 0x009F, REPLACE},        /* DEL, C1 */
    {0x034F, 0x034F, DROP},           /* combining grapheme joiner, seen by nobody */
    {0x17B4, 0x17B5, DROP},           /* Khmer vowels that are not written */
    {0x180B, 0x180D, DROP_QUIETLY},   /* Mongolian variation selectors */
    {0x180F, 0x180F, DROP_QUIETLY},   /* and the fourth */
    {0x200C, 0x200D, DROP_QUIETLY},   /* joiners */
    {0x2028, 0x2029, REPLACE},        /* line and paragraph separator */
    {0x2060, 0x206F, DROP},           /* invisible operators, isolates, deprecated controls */
    {0xFE00, 0xFE0F, DROP_QUIETLY},   /* variation selectors */
    {0x1F3FB, 0x1F3FF, DROP_QUIETLY}, /* skin tones */
    {0xE0000, 0xE00FF, DROP},         /* tags, and what Unicode keeps invisible beside them */
    {0xE0100, 0xE01EF, DROP_QUIETLY}, /* more variation selectors */
    {0xE01F0, 0xE0FFF, DROP},
};

static enum fate fate_of(uint32_t c)
{
    for (size_t i = 0; i < COUNT_OF(ranges) && c >= ranges[i].first; i++)
        if (c <= ranges[i].last)
            return ranges[i].fate;
    /* Every other format character is as invisible as the listed ones and takes no cell, but for
     * the few signs of Arabic and its kin that are written before a number. */
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)c);
    bool format = property->category == UTF8PROC_CATEGORY_CF &&
                  property->boundclass != UTF8PROC_BOUNDCLASS_PREPEND;
    return format ? DROP : KEEP;
}

/* Sits on the character before it: marks without a width, vowels and finals of a Hangul syllable
 * that is written in parts. */
static bool is_mark(uint32_t c)
{
    if ((c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FF))
        return true;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

enum { MOST_MARKS = 2, BLACK_FLAG = 0x1F3F4 };

static size_t printable_ascii(struct text text, size_t at)
{
    size_t end = at;
    while (end < text.length && text.at[end] >= ' ' && text.at[end] <= '~')
        end++;
    return end - at;
}

/* How far the cleaning of one text has come. */
struct cleaning {
    struct buf *out;
    size_t start;   /* of this text in `out` */
    unsigned marks; /* on the last character */
    bool flag;      /* inside an emoji flag that is spelled with tags */
    bool broken;    /* inside a run of broken bytes */
    bool told;
};

static void clean_code_point(struct cleaning *c, uint32_t point)
{
    enum fate fate = fate_of(point);
    bool tag = point >= 0xE0020 && point <= 0xE007F;
    c->flag = point == BLACK_FLAG || (c->flag && tag);
    if (c->flag && tag)
        return;
    if (fate == KEEP && is_mark(point)) {
        /* With nothing below it, it would land on whatever stands before the text. */
        if (c->out->length == c->start)
            fate = REPLACE;
        else if (++c->marks > MOST_MARKS)
            fate = DROP;
    } else if (fate == KEEP || fate == REPLACE) {
        c->marks = 0;
    }
    if (fate == KEEP || fate == REPLACE)
        buf_add_utf8(c->out, fate == KEEP ? point : 0xFFFD);
    c->told = c->told || fate == REPLACE || fate == DROP;
}

/* Bytes of a line end or a tab at the front, else 0. */
static size_t white_space(struct text text)
{
    if (text_starts(text, "\r\n"))
        return 2;
    return text_starts(text, "\n") || text_starts(text, "\t");
}

bool text_safe(struct buf *out, struct text text)
{
    struct cleaning c = {.out = out, .start = out->length};
    for (size_t at = 0; at < text.length;) {
        size_t plain = printable_ascii(text, at);
        if (plain) {
            buf_add_text(out, text_part(text, at, plain));
            at += plain;
            c.marks = 0;
            c.flag = c.broken = false;
            continue;
        }
        struct text rest = text_part(text, at, 4);
        size_t blank = white_space(rest);
        uint32_t point = ' ';
        size_t length = blank ? blank : utf8_decode(rest, &point);
        bool broken = point == 0xFFFD && length == 1;
        /* A run of broken bytes is one sign, but one that says so. */
        if (!broken || !c.broken)
            clean_code_point(&c, point);
        c.told = c.told || broken;
        c.broken = broken;
        at += length;
    }
    return c.told;
}

/* What is shown of text, into an empty `out`: safe, what the terminal lacks replaced, and no more code points without
 * a width on a cell than marks are allowed, whatever the table calls so. */
static void add_shown(struct buf *out, struct text text, const struct width_table *widths)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, text);
    struct text rest = buf_text(&safe);
    uint32_t c;
    unsigned narrow = MOST_MARKS;
    for (size_t length; (length = utf8_decode(rest, &c));
         rest = text_part(rest, length, rest.length)) {
        int width = c == 0xFFFD ? 1 : widths->width(c);
        narrow = width == 0 ? narrow + 1 : 0;
        /* What it sat on may have been left out. */
        bool alone = out->length == 0 && is_mark(c);
        if (narrow <= MOST_MARKS)
            buf_add_utf8(out, width < 0 || alone ? 0xFFFD : c);
    }
    buf_release(&safe);
}

/* Cells of text from add_shown(). */
static size_t shown_width(struct text shown, const struct width_table *widths)
{
    size_t cells = 0;
    uint32_t c;
    for (size_t length; (length = utf8_decode(shown, &c));
         shown = text_part(shown, length, shown.length))
        cells += c == 0xFFFD ? 1 : (size_t)widths->width(c);
    return cells;
}

size_t text_width(struct text text, const struct width_table *widths)
{
    if (printable_ascii(text, 0) == text.length)
        return text.length;
    struct buf shown = BUF_INIT;
    add_shown(&shown, text, widths);
    size_t cells = shown_width(buf_text(&shown), widths);
    buf_release(&shown);
    return cells;
}

/* The longest front of `shown` that ends at a grapheme and takes at most `cells`, which it
 * lowers to the cells taken. */
static struct text front(struct text shown, size_t *cells, const struct width_table *widths)
{
    size_t end = 0, taken = 0;
    while (end < shown.length) {
        size_t next = utf8_next(shown, end);
        size_t more = shown_width(text_part(shown, end, next - end), widths);
        if (more > *cells - taken)
            break;
        taken += more;
        end = next;
    }
    *cells = taken;
    return text_part(shown, 0, end);
}

/* What is kept, with its blanks on the other side. */
static void lay(struct buf *out, struct text kept, size_t blanks, enum fit_side side)
{
    if (side == FIT_RIGHT)
        buf_add_repeat(out, ' ', blanks);
    buf_add_text(out, kept);
    if (side == FIT_LEFT)
        buf_add_repeat(out, ' ', blanks);
}

static bool fit_shown(struct buf *out, struct text shown, size_t cells, enum fit_side side,
                      uint32_t cut, const struct width_table *widths)
{
    size_t taken = cells;
    struct text kept = front(shown, &taken, widths);
    if (kept.length == shown.length) {
        lay(out, kept, cells - taken, side);
        return false;
    }
    taken = cells - 1;
    kept = front(shown, &taken, widths);
    lay(out, kept, cells - 1 - taken, side);
    buf_add_utf8(out, cut);
    return true;
}

bool text_fit(struct buf *out, struct text text, size_t cells, enum fit_side side, uint32_t cut,
              const struct width_table *widths)
{
    bool was_cut = false;
    if (!cells)
        return text.length > 0;
    /* ASCII needs neither table nor copy; one byte of it beyond the cells says that it is cut. */
    size_t plain = printable_ascii(text_part(text, 0, cells + 1), 0);
    if (plain == cells + 1) {
        buf_add_text(out, text_part(text, 0, cells - 1));
        buf_add_utf8(out, cut);
        was_cut = true;
    } else if (plain == text.length) {
        lay(out, text, cells - plain, side);
    } else {
        struct buf shown = BUF_INIT;
        add_shown(&shown, text, widths);
        was_cut = fit_shown(out, buf_text(&shown), cells, side, cut, widths);
        buf_release(&shown);
    }
    return was_cut;
}
