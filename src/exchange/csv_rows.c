#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "rows_internal.h"
#include "writer_internal.h"

/* libcsv knows no lines, so it is fed one physical line at a time. Lines of a row that is not
 * complete stay in `pending`: when its quote never closes, only the first of them is given up and
 * the others are read again. */

const char csv_too_many_cells[] = "more than 4096 cells";

#define WINDOW_LEAST ((size_t)1024)

/* A cell while its row is not complete: offsets, as the bytes may move. */
struct csv_span {
    size_t from, length;
};

struct csv_reader {
    struct csv_parser parser;
    const struct row_taker *taker;
    struct buf pending; /* from `start`: lines of the incomplete row, up to `fed` given to libcsv */
    size_t start, fed;
    size_t start_line, line; /* of the lines at these places */
    size_t piece_end;        /* of the lines of the row under way, as far as they were given */
    size_t window;           /* give up on an open quote after so many bytes */
    bool skipping;           /* the rest of a line that was too long */
    char terminator;         /* '\n', or '\r' where the file knows no other */
    char separator;
    struct buf bytes; /* of the row's cells */
    struct {
        struct csv_span *items;
        size_t count, capacity;
    } spans;
    struct {
        struct text *items;
        size_t count, capacity;
    } cells;
    struct buf raw; /* a row written anew */
    bool stopped;
    struct err *err;
};

static void csv_on_cell(void *bytes, size_t length, void *self)
{
    struct csv_reader *reader = self;
    if (reader->spans.count > IMPORT_COLUMNS_MOST)
        return;
    struct csv_span span = {reader->bytes.length, length};
    buf_add(&reader->bytes, bytes, length);
    VEC_PUSH(&reader->spans, span);
}

static struct text csv_without_end(struct text line)
{
    line.length -= line.length > 0 && line.at[line.length - 1] == '\n';
    line.length -= line.length > 0 && line.at[line.length - 1] == '\r';
    return line;
}

/* The row of `cells` as it stands in the file; where its line holds others too, written anew. */
static struct text csv_raw(struct csv_reader *reader)
{
    struct text piece =
        text_part(buf_text(&reader->pending), reader->start, reader->piece_end - reader->start);
    piece = csv_without_end(piece);
    if (piece.length == 0 || memchr(piece.at, '\r', piece.length) == NULL)
        return piece;
    buf_clear(&reader->raw);
    for (size_t i = 0; i < reader->cells.count; i++) {
        if (i > 0)
            buf_add_char(&reader->raw, reader->separator);
        csv_quote(&reader->raw, reader->cells.items[i]);
    }
    return buf_text(&reader->raw);
}

static bool csv_broken(struct csv_reader *reader, struct text value, struct text raw,
                       const char *reason)
{
    const struct row_taker *taker = reader->taker;
    if (!taker->broken(taker->self, reader->start_line, text_trim(text_part(value, 0, 200)), raw,
                       reason, reader->err))
        reader->stopped = true;
    return !reader->stopped;
}

/* Hands on the row of `cells`; `all` is what it is made of. */
static void csv_give(struct csv_reader *reader, struct text all)
{
    struct row row = {reader->start_line, reader->cells.items, reader->cells.count};
    if (reader->taker->raw)
        row.raw = csv_raw(reader);
    if (row.count > IMPORT_COLUMNS_MOST)
        csv_broken(reader, all, row.raw, csv_too_many_cells);
    else if (!reader->taker->row(reader->taker->self, &row, reader->err))
        reader->stopped = true;
    reader->window = IMPORT_CELL_MOST;
}

static void csv_on_row(int terminator, void *self)
{
    (void)terminator;
    struct csv_reader *reader = self;
    if (reader->stopped)
        return;
    struct text all = buf_text(&reader->bytes);
    reader->cells.count = 0;
    for (size_t i = 0; i < reader->spans.count; i++) {
        struct csv_span span = reader->spans.items[i];
        struct text cell = {all.at + span.from, span.length};
        VEC_PUSH(&reader->cells, cell);
    }
    csv_give(reader, all);
    reader->spans.count = 0;
    buf_clear(&reader->bytes);
}

static void csv_start(struct csv_reader *reader, char separator)
{
    if (csv_init(&reader->parser, 0) != 0)
        abort();
    csv_set_delim(&reader->parser, (unsigned char)separator);
    reader->separator = separator;
    csv_set_blk_size(&reader->parser, 65536); /* it grows by as much: 128 is its own choice */
}

/* Forgets the row under way. */
static void csv_restart(struct csv_reader *reader)
{
    csv_fini(&reader->parser, NULL, NULL, NULL);
    reader->spans.count = 0;
    buf_clear(&reader->bytes);
}

static void csv_feed(struct csv_reader *reader, size_t length)
{
    const char *at = reader->pending.at + reader->fed;
    reader->piece_end = reader->fed + length;
    size_t done = csv_parse(&reader->parser, at, length, csv_on_cell, csv_on_row, reader);
    if (done != length) /* there was no memory: its only reason when not strict */
        abort();
    reader->fed += length;
}

/* Outside of a row libcsv is in its state 0; at the end of a line it is else inside a quote. */
static bool csv_inside(const struct csv_reader *reader)
{
    return reader->parser.pstate != 0;
}

static size_t csv_line_length(const struct csv_reader *reader, size_t from)
{
    if (from == reader->pending.length)
        return 0;
    const char *at = reader->pending.at + from;
    const char *end = memchr(at, reader->terminator, reader->pending.length - from);
    return end == NULL ? 0 : (size_t)(end - at) + 1;
}

/* The quote that opened in the first pending line never closed. */
static bool csv_give_up(struct csv_reader *reader)
{
    size_t first = csv_line_length(reader, reader->start);
    if (first == 0)
        first = reader->pending.length - reader->start;
    struct text line = text_part(buf_text(&reader->pending), reader->start, first);
    if (!csv_broken(reader, line, csv_without_end(line), "a quote is not closed"))
        return false;
    csv_restart(reader);
    reader->start += first;
    reader->start_line++;
    reader->fed = reader->start;
    reader->line = reader->start_line;
    /* Line after line like that would be read a million times over: look less far each time. */
    if (reader->window > WINDOW_LEAST)
        reader->window /= 2;
    return true;
}

/* ---- lines that need no parser ---- */

static bool csv_is_blank(const struct csv_reader *reader, char c)
{
    return (c == ' ' || c == '\t') && c != reader->separator;
}

/* A quoted cell without quotes in it; *at is moved behind it. */
static bool csv_split_quoted(const struct csv_reader *reader, const char **at, const char *end,
                             struct text *cell)
{
    const char *from = *at + 1;
    const char *quote = memchr(from, '"', (size_t)(end - from));
    if (quote == NULL || (quote + 1 < end && quote[1] != reader->separator))
        return false;
    *cell = (struct text){from, (size_t)(quote - from)};
    *at = quote + 1;
    return true;
}

static void csv_split_bare(const struct csv_reader *reader, const char **at, const char *end,
                           struct text *cell)
{
    const char *from = *at, *to = from;
    while (to < end && *to != reader->separator)
        to++;
    *at = to;
    while (to > from && csv_is_blank(reader, to[-1]))
        to--;
    *cell = (struct text){from, (size_t)(to - from)};
}

/* Cuts a whole line, without its end, where it stands: what libcsv would say of it, four times as
 * fast. False where a quote or a return makes it hard: libcsv has to say it. */
static bool csv_split(struct csv_reader *reader, const char *at, const char *end)
{
    reader->cells.count = 0;
    for (;;) {
        struct text cell;
        while (at < end && csv_is_blank(reader, *at))
            at++;
        if (at == end && reader->cells.count == 0)
            return true;
        if (at < end && *at == '"') {
            if (!csv_split_quoted(reader, &at, end, &cell))
                return false;
        } else {
            csv_split_bare(reader, &at, end, &cell);
        }
        VEC_PUSH(&reader->cells, cell);
        if (at == end)
            return reader->cells.count <= IMPORT_COLUMNS_MOST;
        at++;
    }
}

static bool csv_take_plain(struct csv_reader *reader, size_t length)
{
    const char *at = reader->pending.at + reader->fed;
    size_t bare = length - 1;
    if (reader->terminator != '\n' || csv_inside(reader))
        return false;
    if (bare > 0 && at[bare - 1] == '\r')
        bare--;
    if (memchr(at, '\r', bare) != NULL || !csv_split(reader, at, at + bare))
        return false;
    reader->fed += length;
    reader->piece_end = reader->fed;
    if (reader->cells.count > 0)
        csv_give(reader, (struct text){at, bare});
    return true;
}

/* Reads the whole lines in pending. */
static bool csv_drain(struct csv_reader *reader)
{
    size_t length;
    while (!reader->stopped && (length = csv_line_length(reader, reader->fed)) > 0) {
        if (!csv_take_plain(reader, length))
            csv_feed(reader, length);
        reader->line++;
        if (!csv_inside(reader)) {
            reader->start = reader->fed;
            reader->start_line = reader->line;
        } else if (reader->fed - reader->start > reader->window && !csv_give_up(reader)) {
            return false;
        }
    }
    return !reader->stopped;
}

/* The line under way is larger than any cell may be, and has no end yet. */
static bool csv_overflow(struct csv_reader *reader)
{
    if (reader->fed > reader->start)
        return csv_give_up(reader) && csv_drain(reader);
    struct text all = buf_text(&reader->pending);
    if (!csv_broken(reader, text_part(all, reader->start, 200), (struct text){0},
                    "longer than 1 MiB"))
        return false;
    reader->start = reader->fed = all.length;
    reader->skipping = true;
    return true;
}

static struct text csv_skip(struct csv_reader *reader, struct text block)
{
    const char *end = memchr(block.at, reader->terminator, block.length);
    if (end == NULL)
        return text_part(block, block.length, 0);
    reader->skipping = false;
    reader->line++;
    reader->start_line = reader->line;
    size_t used = (size_t)(end - block.at) + 1;
    return text_part(block, used, block.length - used);
}

static bool csv_take(struct csv_reader *reader, struct text block)
{
    if (reader->skipping)
        block = csv_skip(reader, block);
    buf_remove(&reader->pending, 0, reader->start);
    reader->fed -= reader->start;
    reader->start = 0;
    buf_add_text(&reader->pending, block);
    if (!csv_drain(reader))
        return false;
    while (reader->pending.length - reader->fed > IMPORT_CELL_MOST)
        if (!csv_overflow(reader))
            return false;
    return true;
}

static bool csv_finish(struct csv_reader *reader)
{
    while (!reader->stopped && (reader->pending.length > reader->start)) {
        csv_feed(reader, reader->pending.length - reader->fed);
        bool open = reader->parser.quoted && reader->parser.pstate == 2;
        if (!open)
            break;
        if (!csv_give_up(reader) || !csv_drain(reader))
            return false;
    }
    csv_fini(&reader->parser, csv_on_cell, csv_on_row, reader);
    return !reader->stopped;
}

static char csv_terminator(struct text first)
{
    if (first.length > 0 && memchr(first.at, '\n', first.length) == NULL &&
        memchr(first.at, '\r', first.length) != NULL)
        return '\r';
    return '\n';
}

static void csv_release(struct csv_reader *reader)
{
    csv_free(&reader->parser);
    buf_release(&reader->pending);
    buf_release(&reader->bytes);
    buf_release(&reader->raw);
    free(reader->spans.items);
    free(reader->cells.items);
}

bool csv_rows(struct feed *feed, char separator, const struct row_taker *taker, struct err *err)
{
    struct csv_reader reader = {.taker = taker, .window = IMPORT_CELL_MOST, .err = err};
    reader.start_line = reader.line = 1;
    csv_start(&reader, separator);
    bool ok = true, first = true;
    while (ok) {
        struct text block;
        ok = feed_block(feed, &block, err);
        if (!ok || block.length == 0)
            break;
        if (first)
            reader.terminator = csv_terminator(block);
        first = false;
        ok = csv_take(&reader, block);
    }
    ok = ok && csv_finish(&reader);
    csv_release(&reader);
    return ok;
}
