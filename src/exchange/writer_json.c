#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "writer_internal.h"

/* A byte that may not stand in a string as it is. */
static void json_escape(struct buf *out, unsigned char c)
{
    static const char *const short_forms[0x20] = {
        ['\b'] = "\\b", ['\f'] = "\\f", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t"};
    if (c == '"' || c == '\\') {
        buf_add_char(out, '\\');
        buf_add_char(out, (char)c);
    } else if (c < 0x20 && short_forms[c] != NULL) {
        buf_add_string(out, short_forms[c]);
    } else {
        buf_addf(out, "\\u%04x", c);
    }
}

void json_quote(struct buf *out, struct text text)
{
    struct buf repaired = BUF_INIT;
    if (!utf8_valid(text)) {
        utf8_repair(&repaired, text);
        text = buf_text(&repaired);
    }
    buf_add_char(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
            continue;
        buf_add(out, text.at + from, i - from);
        json_escape(out, c);
        from = i + 1;
    }
    buf_add(out, text.at + from, text.length - from);
    buf_add_char(out, '"');
    buf_release(&repaired);
}

static void json_set(struct buf *out, struct text set)
{
    struct text rest = set, word;
    bool first = true;
    buf_add_char(out, '[');
    while (text_next(&rest, '|', &word)) {
        if (word.length == 0)
            continue;
        if (!first)
            buf_add_string(out, ", ");
        first = false;
        json_quote(out, word);
    }
    buf_add_char(out, ']');
}

static void json_value(struct buf *out, const struct writer_column *column,
                       const struct writer_cell *cell)
{
    bool text = writer_is_text(column);
    if (text ? !text_known(cell->text) : !number_known(cell->number))
        buf_add_string(out, "null");
    else if (column->json)
        buf_add_text(out, cell->text);
    else if (column->unit == UNIT_SET)
        json_set(out, cell->text);
    else if (text)
        json_quote(out, cell->text);
    else if (column->unit == UNIT_FLAG)
        buf_add_string(out, cell->number != 0 ? "true" : "false");
    else if (column->unit == UNIT_TIME) {
        buf_add_char(out, '"');
        writer_plain(column, cell, out);
        buf_add_char(out, '"');
    } else {
        writer_plain(column, cell, out);
    }
}

/* `, "key": ` of every column, made once. */
static void json_names(struct writer *writer)
{
    free(writer->name_ends);
    writer->name_ends = mem_alloc((writer->count + 1) * sizeof *writer->name_ends);
    buf_clear(&writer->names);
    for (size_t i = 0; i < writer->count; i++) {
        if (i > 0)
            buf_add_string(&writer->names, ", ");
        json_quote(&writer->names, text_of(writer->columns[i].key));
        buf_add_string(&writer->names, ": ");
        writer->name_ends[i] = writer->names.length;
    }
}

static void json_object(struct writer *writer, const struct writer_cell *cells)
{
    size_t from = 0;
    buf_add_char(&writer->line, '{');
    for (size_t i = 0; i < writer->count; i++) {
        size_t end = writer->name_ends[i];
        buf_add(&writer->line, writer->names.at + from, end - from);
        from = end;
        json_value(&writer->line, &writer->columns[i], &cells[i]);
    }
    buf_add_char(&writer->line, '}');
}

bool writer_array_begin(struct writer *writer, struct err *err)
{
    json_names(writer);
    buf_add_char(&writer->line, '[');
    return writer_flush(writer, err);
}

bool writer_array_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    buf_add_string(&writer->line, writer->rows > 0 ? ",\n" : "\n");
    json_object(writer, cells);
    return writer_flush(writer, err);
}

bool writer_array_end(struct writer *writer, struct err *err)
{
    buf_add_string(&writer->line, writer->rows > 0 ? "\n]\n" : "]\n");
    return writer_flush(writer, err);
}

bool writer_lines_begin(struct writer *writer, struct err *err)
{
    (void)err;
    json_names(writer);
    return true;
}

bool writer_lines_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    json_object(writer, cells);
    buf_add_char(&writer->line, '\n');
    return writer_flush(writer, err);
}
