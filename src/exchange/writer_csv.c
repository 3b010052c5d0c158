#include <string.h>

#include "base/utf8.h"
#include "profile_internal.h"
#include "writer_internal.h"

/* Text that a spreadsheet would run as a formula gets an apostrophe, and so does text that starts
 * with one or reads like "unknown" (NA is Namibia), so that our own import can take it off again.
 * Figures are never touched. */
static bool needs_guard(struct text text)
{
    return text.length > 0 && (memchr("=+-@\t\r'", text.at[0], 7) != NULL || cell_unknown(text));
}

/* What a byte does to a cell. */
enum { ENDS_CSV = 1, ENDS_TSV = 2, ENDS_BOTH = ENDS_CSV | ENDS_TSV };
static const unsigned char ends[256] = {
    [','] = ENDS_CSV, ['\t'] = ENDS_TSV, ['"'] = ENDS_BOTH, ['\n'] = ENDS_BOTH, ['\r'] = ENDS_BOTH};

/* Readers trim what is not quoted. */
static bool trimmed(char c)
{
    return c == ' ' || c == '\t';
}

void csv_quote(struct buf *line, struct text text)
{
    buf_add_char(line, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            buf_add_char(line, '"');
        buf_add_char(line, text.at[i]);
    }
    buf_add_char(line, '"');
}

/* Copied and looked at in one go; *ascii tells whether nothing else was in it. */
static void text_cell(struct buf *line, struct text text, char separator, bool *ascii)
{
    unsigned char seen = 0, all = 0;
    char *to = buf_room(line, text.length);
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        to[i] = (char)c;
        seen |= ends[c];
        all |= c;
    }
    *ascii = all < 0x80;
    if (!text.length)
        return;
    bool quote = seen & (separator == ',' ? ENDS_CSV : ENDS_TSV);
    if (quote || trimmed(text.at[0]) || trimmed(text.at[text.length - 1]))
        csv_quote(line, text);
    else
        buf_grown(line, text.length);
}

/* What is not in order is put in order and written again. */
static void csv_cell(struct writer *writer, struct text text, char separator)
{
    struct buf *line = &writer->line;
    size_t before = line->length;
    bool guard = needs_guard(text), ascii = true;
    if (!guard)
        text_cell(line, text, separator, &ascii);
    if (!guard && (ascii || utf8_valid(text)))
        return;
    buf_cut(line, before);
    buf_clear(&writer->cell);
    if (guard)
        buf_add_char(&writer->cell, '\'');
    utf8_repair(&writer->cell, text);
    text_cell(line, buf_text(&writer->cell), separator, &ascii);
}

static bool separated_begin(struct writer *writer, char separator, struct err *err)
{
    bool first = true;
    for (size_t i = 0; i < writer->count; i++) {
        if (writer->columns[i].json)
            continue;
        if (!first)
            buf_add_char(&writer->line, separator);
        first = false;
        csv_cell(writer, text_of(writer->columns[i].key), separator);
    }
    buf_add_char(&writer->line, '\n');
    return writer_flush(writer, err);
}

static bool separated_row(struct writer *writer, const struct writer_cell *cells, char separator,
                          struct err *err)
{
    bool first = true;
    for (size_t i = 0; i < writer->count; i++) {
        const struct writer_column *column = &writer->columns[i];
        if (column->json)
            continue;
        if (!first)
            buf_add_char(&writer->line, separator);
        first = false;
        if (!writer_is_text(column))
            writer_plain(column, &cells[i], &writer->line);
        else if (cells[i].text.length)
            csv_cell(writer, cells[i].text, separator);
    }
    buf_add_char(&writer->line, '\n');
    return writer_flush(writer, err);
}

bool writer_csv_begin(struct writer *writer, struct err *err)
{
    return separated_begin(writer, ',', err);
}

bool writer_csv_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    return separated_row(writer, cells, ',', err);
}

bool writer_tsv_begin(struct writer *writer, struct err *err)
{
    return separated_begin(writer, '\t', err);
}

bool writer_tsv_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    return separated_row(writer, cells, '\t', err);
}
