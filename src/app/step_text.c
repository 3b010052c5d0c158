#include <math.h>

#include "base/number.h"
#include "step_internal.h"

/* Creators as lines of text. */

static void add_named(struct buf *out, const struct catalog *catalog, uint32_t row)
{
    buf_addf(out, " @%lld %s ", (long long)catalog_id(catalog, row),
             platforms[catalog_platform(catalog, row)].word);
    buf_add_text(out, catalog_key(catalog, row));
    buf_add_char(out, '\n');
}

void step_add_row(struct buf *out, const struct catalog *catalog, const char *head, uint32_t row)
{
    buf_add_string(out, head);
    add_named(out, catalog, row);
}

static void add_whole(struct buf *out, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    bool minus = value < 0;
    uint64_t left = minus ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (minus)
        digits[--at] = '-';
    buf_add(out, digits + at, sizeof digits - at);
}

/* Rows that follow each other and whose ids ascend are one run: whoever has an id between theirs, if
 * anybody ever has, would have to have come before. */
static void add_many(struct buf *out, const struct catalog *catalog, const struct bits *rows)
{
    int64_t last = 0;
    buf_add_string(out, " #");
    for (size_t row = bits_next(rows, 0); row < rows->count; row = bits_next(rows, row + 1)) {
        int64_t first = catalog_id(catalog, (uint32_t)row), end = first;
        while (row + 1 < rows->count && bits_get(rows, row + 1) &&
               catalog_id(catalog, (uint32_t)row + 1) == end + 1) {
            end++;
            row++;
        }
        if (last != 0)
            buf_add_char(out, ',');
        add_whole(out, first - last);
        if (end > first) {
            buf_add_char(out, '+');
            add_whole(out, end - first);
        }
        last = end;
    }
    buf_add_char(out, '\n');
}

void step_add_rows(struct buf *out, const struct catalog *catalog, const char *head,
                   const struct bits *rows)
{
    if (bits_total(rows) > STEP_NAMED) {
        buf_add_string(out, head);
        add_many(out, catalog, rows);
        return;
    }
    for (size_t row = bits_next(rows, 0); row < rows->count; row = bits_next(rows, row + 1))
        step_add_row(out, catalog, head, (uint32_t)row);
}

/* A whole number off the front. */
static bool take_whole(struct text *rest, int64_t *value)
{
    size_t at = 0;
    bool minus = rest->length > 0 && rest->at[0] == '-';
    int64_t seen = 0;
    for (at = minus; at < rest->length && rest->at[at] >= '0' && rest->at[at] <= '9'; at++) {
        if (seen > INT64_MAX / 10 - 10)
            return false;
        seen = seen * 10 + (rest->at[at] - '0');
    }
    if (at == (size_t)minus)
        return false;
    *value = minus ? -seen : seen;
    *rest = text_part(*rest, at, rest->length);
    return true;
}

static bool take_sign(struct text *rest, char sign)
{
    if (rest->length == 0 || rest->at[0] != sign)
        return false;
    *rest = text_part(*rest, 1, rest->length);
    return true;
}

static bool is_named(const struct catalog *catalog, uint32_t row, enum platform platform,
                     struct text key)
{
    return row != CATALOG_NONE && catalog_platform(catalog, row) == platform &&
           text_equal(catalog_key(catalog, row), key);
}

/* By id where that is still the same creator: only then nobody has to look through all keys. */
static bool read_named(struct text rest, const struct catalog *catalog, struct step_line *line)
{
    struct text word;
    enum platform platform;
    int64_t id;
    if (!take_whole(&rest, &id) || !take_sign(&rest, ' ') || !text_next(&rest, ' ', &word) ||
        !platform_from_word(word, &platform))
        return false;
    line->row = id > 0 ? catalog_find_id(catalog, id) : CATALOG_NONE;
    if (!is_named(catalog, line->row, platform, rest))
        line->row = catalog_find(catalog, platform, rest);
    line->gone = line->row == CATALOG_NONE;
    return true;
}

/* Neighbours in a run are mostly neighbours in the catalogue: they need not be looked for. */
static void take_run(const struct catalog *catalog, int64_t first, int64_t last,
                     struct step_line *line)
{
    uint32_t row = CATALOG_NONE;
    for (int64_t id = first; id <= last; id++) {
        bool next = row != CATALOG_NONE && row + 1 < catalog->count &&
                    catalog_live(catalog, row + 1) && catalog_id(catalog, row + 1) == id;
        row = next ? row + 1 : catalog_find_id(catalog, id);
        if (row == CATALOG_NONE)
            line->gone++;
        else
            bits_put(&line->rows, row, true);
    }
}

static bool read_many(struct text rest, const struct catalog *catalog, struct step_line *line)
{
    int64_t last = 0, gap, more;
    bits_resize(&line->rows, catalog->count);
    line->many = true;
    do {
        more = 0;
        if (!take_whole(&rest, &gap) || (take_sign(&rest, '+') && !take_whole(&rest, &more)) ||
            more < 0 || more > (int64_t)UINT32_MAX)
            return false;
        take_run(catalog, last + gap, last + gap + more, line);
        last += gap + more;
    } while (take_sign(&rest, ','));
    return rest.length == 0;
}

static bool read_line(struct text text, const struct catalog *catalog, struct step_line *line)
{
    *line = (struct step_line){.row = CATALOG_NONE};
    if (!text_next(&text, ' ', &line->head))
        return false;
    if (take_sign(&text, '@') && read_named(text, catalog, line))
        return true;
    if (take_sign(&text, '#') && read_many(text, catalog, line))
        return true;
    bits_release(&line->rows);
    return false;
}

bool step_next_line(struct text *rest, const struct catalog *catalog, struct step_line *line)
{
    struct text text;
    while (text_next(rest, '\n', &text))
        if (read_line(text, catalog, line))
            return true;
    return false;
}

void step_head_note(struct buf *out, struct text note)
{
    buf_add_char(out, '=');
    for (size_t i = 0; i < note.length; i++) {
        unsigned char byte = (unsigned char)note.at[i];
        if (byte <= ' ' || byte == '%')
            buf_addf(out, "%%%02X", byte);
        else
            buf_add_char(out, note.at[i]);
    }
}

static int hex_value(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                          : 0;
}

void step_read_note(struct text head, struct buf *out)
{
    for (size_t i = 1; i < head.length; i++) {
        bool coded = head.at[i] == '%' && i + 2 < head.length;
        buf_add_char(out, coded ? (char)(hex_value(head.at[i + 1]) << 4 | hex_value(head.at[i + 2]))
                                : head.at[i]);
        i += coded ? 2 : 0;
    }
}

void step_head_planned(struct buf *out, const struct planned *planned)
{
    buf_addf(out, "%u,", planned->deliverables);
    if (planned->format != FORMAT_NONE)
        buf_addf(out, "%s:%s", platforms[formats[planned->format].platform].word,
                 formats[planned->format].word);
    buf_add_char(out, ',');
    number_exact(out, planned->fee);
}

static enum format read_format(struct text words)
{
    struct text word;
    enum platform platform;
    enum format format;
    bool known = text_next(&words, ':', &word) && platform_from_word(word, &platform) &&
                 format_from_word(words, platform, &format);
    return known ? format : FORMAT_NONE;
}

struct planned step_planned(struct text head)
{
    struct planned planned = planned_none();
    struct text word;
    int64_t deliverables;
    struct number_seen seen;
    if (text_next(&head, ',', &word) && take_whole(&word, &deliverables) && deliverables >= 0 &&
        deliverables <= PLANNED_MOST)
        planned.deliverables = (unsigned)deliverables;
    if (text_next(&head, ',', &word))
        planned.format = read_format(word);
    if (number_parse(head, number_style_plain, &seen))
        planned.fee = seen.value;
    return planned;
}
