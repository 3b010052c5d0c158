#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "writer_internal.h"

/* md: a Markdown table. table: aligned text. Widths have to be known before the first line goes
 * out, so the first rows wait; later cells that are wider push their line, nothing is lost. */

#define HELD_ROWS 2000

struct writer_held {
    struct arena arena;
    struct text *cells; /* rows x count */
    size_t rows;
    size_t *widths;
    bool settled;
};

void writer_held_free(struct writer_held *held)
{
    if (held == NULL)
        return;
    arena_release(&held->arena);
    free(held->cells);
    free(held->widths);
    free(held);
}

static bool to_the_right(const struct writer_column *column)
{
    return column->right || !writer_is_text(column);
}

/* ---- md ---- */

/* Bars and line ends would break the table, other signs could become markup. */
static void md_text(struct writer *writer, struct text text)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, text);
    for (size_t i = 0; i < safe.length; i++) {
        if (strchr("|\\`*_<>[]", safe.at[i]) != NULL)
            buf_add_char(&writer->line, '\\');
        buf_add_char(&writer->line, safe.at[i]);
    }
    buf_release(&safe);
}

bool writer_md_begin(struct writer *writer, struct err *err)
{
    for (size_t i = 0; i < writer->count; i++) {
        if (writer->columns[i].json)
            continue;
        buf_add_string(&writer->line, "| ");
        md_text(writer, text_of(writer->columns[i].title));
        buf_add_char(&writer->line, ' ');
    }
    buf_add_string(&writer->line, "|\n");
    for (size_t i = 0; i < writer->count; i++)
        if (!writer->columns[i].json)
            buf_add_string(&writer->line, to_the_right(&writer->columns[i]) ? "| ---: " : "| --- ");
    buf_add_string(&writer->line, "|\n");
    return writer_flush(writer, err);
}

bool writer_md_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    for (size_t i = 0; i < writer->count; i++) {
        if (writer->columns[i].json)
            continue;
        buf_clear(&writer->cell);
        writer_show(writer, &writer->columns[i], &cells[i], &writer->cell);
        buf_add_string(&writer->line, "| ");
        md_text(writer, buf_text(&writer->cell));
        buf_add_char(&writer->line, ' ');
    }
    buf_add_string(&writer->line, "|\n");
    return writer_flush(writer, err);
}

/* ---- table ---- */

static size_t cell_width(const struct writer *writer, size_t column, struct text text)
{
    size_t width = text_width(text, writer->options.widths);
    size_t most = writer->options.text_cells;
    bool cuts =
        most > 0 && writer_is_text(&writer->columns[column]) && !writer->columns[column].right;
    return cuts && width > most ? most : width;
}

/* The last column needs no blanks behind it. */
static void table_cell(struct writer *writer, size_t column, struct text text)
{
    size_t width = writer->held->widths[column];
    size_t own = cell_width(writer, column, text);
    bool right = to_the_right(&writer->columns[column]);
    if (own > width)
        width = own;
    if (column + 1 == writer->count && !right)
        width = own;
    text_fit(&writer->line, text, width, right ? FIT_RIGHT : FIT_LEFT, writer->options.cut,
             writer->options.widths);
}

static bool table_line(struct writer *writer, const struct text *texts, struct err *err)
{
    bool first = true;
    for (size_t i = 0; i < writer->count; i++) {
        if (writer->columns[i].json)
            continue;
        if (!first)
            buf_add_string(&writer->line, "  ");
        first = false;
        table_cell(writer, i, texts[i]);
    }
    size_t length = writer->line.length;
    while (length > 0 && writer->line.at[length - 1] == ' ')
        length--;
    buf_cut(&writer->line, length);
    buf_add_char(&writer->line, '\n');
    return writer_flush(writer, err);
}

bool writer_table_begin(struct writer *writer, struct err *err)
{
    (void)err;
    struct writer_held *held = mem_zero(1, sizeof *held);
    writer->held = held;
    held->cells = mem_alloc((HELD_ROWS + 1) * (writer->count + 1) * sizeof *held->cells);
    held->widths = mem_zero(writer->count + 1, sizeof *held->widths);
    for (size_t i = 0; i < writer->count; i++) {
        held->cells[i] = text_of(writer->columns[i].title);
        held->widths[i] = cell_width(writer, i, held->cells[i]);
    }
    held->rows = 1;
    return true;
}

static bool table_settle(struct writer *writer, struct err *err)
{
    struct writer_held *held = writer->held;
    bool ok = true;
    for (size_t i = 0; i < held->rows && ok; i++)
        ok = table_line(writer, held->cells + i * writer->count, err);
    held->settled = true;
    arena_release(&held->arena);
    return ok;
}

bool writer_table_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    struct writer_held *held = writer->held;
    struct text *texts = held->cells + (held->settled ? 0 : held->rows * writer->count);
    for (size_t i = 0; i < writer->count; i++) {
        buf_clear(&writer->cell);
        writer_show(writer, &writer->columns[i], &cells[i], &writer->cell);
        texts[i] = arena_text(&held->arena, buf_text(&writer->cell));
        size_t width = cell_width(writer, i, texts[i]);
        if (!held->settled && width > held->widths[i])
            held->widths[i] = width;
    }
    if (held->settled) {
        bool ok = table_line(writer, texts, err);
        arena_release(&held->arena);
        return ok;
    }
    return ++held->rows <= HELD_ROWS || table_settle(writer, err);
}

bool writer_table_end(struct writer *writer, struct err *err)
{
    return writer->held->settled || table_settle(writer, err);
}
