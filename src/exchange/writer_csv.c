#include <string.h>

#include "base/utf8.h"
#include "writer_internal.h"

/* Text that a spreadsheet would run as a formula gets an apostrophe, and so does text that starts
 * with one, so that our own import can take it off again. Figures are never touched. */
static bool needs_guard(struct text text)
{
    return text.length > 0 && memchr("=+-@\t\r'", text.at[0], 7) != NULL;
}

static void csv_cell(struct writer *writer, struct text text, char separator)
{
    bool quote = false;
    for (size_t i = 0; i < text.length && !quote; i++)
        quote = text.at[i] == separator || text.at[i] == '"' || text.at[i] == '\n' ||
                text.at[i] == '\r';
    /* Readers trim what is not quoted. */
    quote |= text.length > 0 && (text.at[0] == ' ' || text.at[text.length - 1] == ' ' ||
                                 text.at[0] == '\t' || text.at[text.length - 1] == '\t');
    if (!quote) {
        buf_add_text(&writer->line, text);
        return;
    }
    buf_add_char(&writer->line, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            buf_add_char(&writer->line, '"');
        buf_add_char(&writer->line, text.at[i]);
    }
    buf_add_char(&writer->line, '"');
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
        buf_clear(&writer->cell);
        if (writer_is_text(column) && text_known(cells[i].text)) {
            if (needs_guard(cells[i].text))
                buf_add_char(&writer->cell, '\'');
            utf8_repair(&writer->cell, cells[i].text);
        } else {
            writer_plain(column, &cells[i], &writer->cell);
        }
        csv_cell(writer, buf_text(&writer->cell), separator);
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
