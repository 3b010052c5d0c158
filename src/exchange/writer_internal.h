#ifndef MICROSCOPE_EXCHANGE_WRITER_INTERNAL_H
#define MICROSCOPE_EXCHANGE_WRITER_INTERNAL_H

#include "base/buf.h"
#include "exchange/writer.h"

struct writer {
    const struct exporter *format;
    struct writer_options options;
    struct writer_out out;
    const struct writer_column *columns;
    size_t count;
    size_t rows;
    struct buf line; /* on its way out */
    struct buf cell;
    struct buf names;         /* json: what stands before each value, one after the other */
    size_t *name_ends;        /* by column */
    struct writer_held *held; /* table: rows that wait for the widths */
    struct writer_book *book; /* xlsx */
};

/* Sends what is in `line`, once it is enough to gather. */
bool writer_flush(struct writer *writer, struct err *err);

/* A cell for people: figures by show_number() behind their mark, text as it came (not safe yet). */
void writer_show(const struct writer *writer, const struct writer_column *column,
                 const struct writer_cell *cell, struct buf *out);
/* The same for programs; unknown adds nothing. */
void writer_plain(const struct writer_column *column, const struct writer_cell *cell,
                  struct buf *out);
static inline bool writer_is_text(const struct writer_column *column)
{
    return column->unit == UNIT_TEXT || column->unit == UNIT_WORD || column->unit == UNIT_SET;
}

void csv_quote(struct buf *out, struct text text); /* a cell of CSV with its quotes */
/* A JSON string with its quotes; broken UTF-8 repaired. */
void json_quote(struct buf *out, struct text text);

void writer_held_free(struct writer_held *held);
void writer_book_free(struct writer_book *book);

bool writer_csv_begin(struct writer *writer, struct err *err);
bool writer_csv_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_tsv_begin(struct writer *writer, struct err *err);
bool writer_tsv_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_nothing_at_end(struct writer *writer, struct err *err);
bool writer_array_begin(struct writer *writer, struct err *err);
bool writer_array_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_array_end(struct writer *writer, struct err *err);
bool writer_lines_begin(struct writer *writer, struct err *err);
bool writer_lines_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_md_begin(struct writer *writer, struct err *err);
bool writer_md_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_table_begin(struct writer *writer, struct err *err);
bool writer_table_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_table_end(struct writer *writer, struct err *err);

bool writer_html_begin(struct writer *writer, struct err *err);
bool writer_html_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_html_end(struct writer *writer, struct err *err);

bool writer_xlsx_begin(struct writer *writer, struct err *err);
bool writer_xlsx_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_xlsx_end(struct writer *writer, struct err *err);

#endif
