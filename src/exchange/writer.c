#include "exchange/writer.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "domain/show.h"
#include "html_internal.h"
#include "writer_internal.h"
#include "xlsx_internal.h"

const struct exporter exporters[] = {
    {.name = "csv",
     .extensions = "csv",
     .begin = writer_csv_begin,
     .row = writer_csv_row,
     .end = writer_nothing_at_end},
    {.name = "tsv",
     .extensions = "tsv|tab",
     .begin = writer_tsv_begin,
     .row = writer_tsv_row,
     .end = writer_nothing_at_end},
    {.name = "json",
     .extensions = "json",
     .begin = writer_array_begin,
     .row = writer_array_row,
     .end = writer_array_end},
    {.name = "jsonl",
     .extensions = "jsonl|ndjson",
     .begin = writer_lines_begin,
     .row = writer_lines_row,
     .end = writer_nothing_at_end},
    {.name = "md",
     .extensions = "md|markdown",
     .people = true,
     .begin = writer_md_begin,
     .row = writer_md_row,
     .end = writer_nothing_at_end},
    {.name = "table",
     .extensions = "txt",
     .people = true,
     .begin = writer_table_begin,
     .row = writer_table_row,
     .end = writer_table_end},
    {.name = "html",
     .extensions = "html|htm",
     .people = true,
     .begin = writer_html_begin,
     .row = writer_html_row,
     .end = writer_html_end,
     .document = html_document},
    {.name = "xlsx",
     .extensions = "xlsx",
     .people = true,
     .binary = true,
     .begin = writer_xlsx_begin,
     .row = writer_xlsx_row,
     .end = writer_xlsx_end,
     .document = xlsx_document},
};
const size_t exporter_count = COUNT_OF(exporters);

static bool file_write(void *self, struct text bytes, struct err *err)
{
    FILE *file = self;
    if (bytes.length == 0 || fwrite(bytes.at, 1, bytes.length, file) == bytes.length)
        return true;
    return err_set(err, "cannot write: %s", strerror(errno));
}

struct writer_out writer_out_file(FILE *file)
{
    return (struct writer_out){file, file_write};
}

static bool buf_write(void *self, struct text bytes, struct err *err)
{
    (void)err;
    buf_add_text(self, bytes);
    return true;
}

struct writer_out writer_out_buf(struct buf *buf)
{
    return (struct writer_out){buf, buf_write};
}

const struct exporter *exporter_find(struct text name)
{
    for (size_t i = 0; i < exporter_count; i++)
        if (text_equal_ascii_case(name, text_of(exporters[i].name)))
            return &exporters[i];
    return NULL;
}

const struct exporter *exporter_for_file(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (dot == NULL || strchr(dot, '/') != NULL)
        return NULL;
    for (size_t i = 0; i < exporter_count; i++) {
        struct text rest = text_of(exporters[i].extensions), word;
        while (text_next(&rest, '|', &word))
            if (text_equal_ascii_case(word, text_of(dot + 1)))
                return &exporters[i];
    }
    return NULL;
}

struct writer *writer_new(const struct exporter *format, const struct writer_options *options,
                          struct writer_out out)
{
    struct writer *writer = mem_zero(1, sizeof *writer);
    writer->format = format;
    writer->out = out;
    if (options != NULL)
        writer->options = *options;
    else
        writer->options.style = number_style_plain;
    if (writer->options.cut == 0)
        writer->options.cut = '>';
    assert(writer->options.widths != NULL || !format->people);
    return writer;
}

void writer_free(struct writer *writer)
{
    if (writer == NULL)
        return;
    buf_release(&writer->line);
    buf_release(&writer->cell);
    buf_release(&writer->names);
    free(writer->name_ends);
    writer_held_free(writer->held);
    writer_book_free(writer->book);
    free(writer);
}

bool writer_begin(struct writer *writer, const struct writer_column *layout, size_t count,
                  struct err *err)
{
    writer->columns = layout;
    writer->count = count;
    return writer->format->begin(writer, err);
}

bool writer_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    bool ok = writer->format->row(writer, cells, err);
    writer->rows++;
    return ok;
}

bool writer_end(struct writer *writer, struct err *err)
{
    bool ok = writer->format->end(writer, err);
    writer->options.gather = 0;
    return ok && writer_flush(writer, err);
}

bool writer_flush(struct writer *writer, struct err *err)
{
    if (writer->line.length < writer->options.gather)
        return true;
    bool ok = writer->out.write(writer->out.self, buf_text(&writer->line), err);
    buf_clear(&writer->line);
    return ok;
}

bool writer_nothing_at_end(struct writer *writer, struct err *err)
{
    (void)writer, (void)err;
    return true;
}

void writer_show(const struct writer *writer, const struct writer_column *column,
                 const struct writer_cell *cell, struct buf *out)
{
    if (writer_is_text(column)) {
        struct text text = cell->text;
        if (!text_known(text) || text.length == 0)
            text = TEXT("-");
        for (size_t i = 0; i < text.length; i++)
            if (text.at[i] == '|' && column->unit == UNIT_SET)
                buf_add_string(out, ", ");
            else
                buf_add_char(out, text.at[i]);
        return;
    }
    if (cell->mark != 0 && number_known(cell->number))
        buf_add_char(out, cell->mark);
    show_number(out, column->unit, cell->number, writer->options.exact, writer->options.style);
}

void writer_plain(const struct writer_column *column, const struct writer_cell *cell,
                  struct buf *out)
{
    if (writer_is_text(column))
        buf_add_text(out, cell->text);
    else if (number_known(cell->number))
        show_plain(out, column->unit, cell->number);
}
