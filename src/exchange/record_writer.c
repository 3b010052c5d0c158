#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "exchange/writer.h"

struct record_writer {
    struct writer *writer;
    struct writer_column *columns;
    enum column *chosen;
    size_t count; /* of chosen */
    bool snapshots;
    struct writer_cell *cells;
    struct buf history;
};

struct record_writer *record_writer_new(const struct exporter *format,
                                        const struct writer_options *options, struct writer_out out,
                                        const enum column *chosen, size_t count, bool snapshots)
{
    struct record_writer *self = mem_zero(1, sizeof *self);
    self->writer = writer_new(format, options, out);
    self->columns = mem_zero(count + 1, sizeof *self->columns);
    self->cells = mem_zero(count + 1, sizeof *self->cells);
    self->chosen = mem_alloc(count * sizeof *chosen);
    memcpy(self->chosen, chosen, count * sizeof *chosen);
    self->count = count;
    self->snapshots = snapshots;
    for (size_t i = 0; i < count; i++)
        self->columns[i] = (struct writer_column){.key = columns[chosen[i]].key,
                                                  .title = columns[chosen[i]].title,
                                                  .unit = columns[chosen[i]].unit};
    self->columns[count] =
        (struct writer_column){.key = "snapshots", .title = "History", .json = true};
    return self;
}

void record_writer_free(struct record_writer *self)
{
    if (self == NULL)
        return;
    writer_free(self->writer);
    free(self->columns);
    free(self->cells);
    free(self->chosen);
    buf_release(&self->history);
    free(self);
}

static bool records_begin(void *self_, struct err *err)
{
    struct record_writer *self = self_;
    return writer_begin(self->writer, self->columns, self->count + self->snapshots, err);
}

struct history {
    struct buf *out;
    const struct snapshot *items;
    size_t count;
};

/* A field that no snapshot knows is left out. */
static void history_field(const struct history *history, size_t field)
{
    enum column column = snapshot_fields[field].column;
    bool any = false;
    for (size_t i = 0; i < history->count && !any; i++)
        any = number_known(snapshot_value(&history->items[i], field));
    if (!any)
        return;
    buf_addf(history->out, ", \"%s\": [", columns[column].key);
    for (size_t i = 0; i < history->count; i++) {
        double value = snapshot_value(&history->items[i], field);
        if (i > 0)
            buf_add_char(history->out, ',');
        if (column == COL_FEE)
            value /= currency_scale(history->items[i].currency);
        if (number_known(value))
            number_exact(history->out, value);
        else
            buf_add_string(history->out, "null");
    }
    buf_add_char(history->out, ']');
}

/* Words are ours: nothing in them is to be escaped. */
static void history_words(const struct history *history, enum column column)
{
    bool any = false;
    for (size_t i = 0; i < history->count && !any; i++)
        any = text_known(snapshot_word(&history->items[i], column));
    if (!any)
        return;
    buf_addf(history->out, ", \"%s\": [", columns[column].key);
    for (size_t i = 0; i < history->count; i++) {
        struct text word = snapshot_word(&history->items[i], column);
        if (i > 0)
            buf_add_char(history->out, ',');
        buf_add_string(history->out, text_known(word) ? "\"" : "null");
        buf_add_text(history->out, word);
        if (text_known(word))
            buf_add_char(history->out, '"');
    }
    buf_add_char(history->out, ']');
}

void record_snapshots(struct buf *out, const struct snapshot *snapshots, size_t count)
{
    const struct history history = {out, snapshots, count};
    if (count == 0)
        return;
    buf_add_string(out, "{\"at\": [");
    for (size_t i = 0; i < count; i++) {
        buf_add_string(out, i > 0 ? ",\"" : "\"");
        date_iso(out, snapshots[i].at);
        buf_add_char(out, '"');
    }
    buf_add_char(out, ']');
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        history_field(&history, i);
    for (size_t i = 0; i < SNAPSHOT_WORDS; i++)
        history_words(&history, snapshot_words[i]);
    buf_add_char(out, '}');
}

static struct text history_of(struct record_writer *self, const struct record *record)
{
    buf_clear(&self->history);
    record_snapshots(&self->history, record->snapshots, record->snapshot_count);
    return self->history.length > 0 ? buf_text(&self->history) : (struct text){0};
}

static bool records_put(void *self_, const struct record *record, struct err *err)
{
    struct record_writer *self = self_;
    double scale = currency_scale(currency_from_code(record_text(record, COL_CURRENCY)));
    for (size_t i = 0; i < self->count; i++) {
        const struct value *value = &record->values[self->chosen[i]];
        if (record_has(record, self->chosen[i]))
            self->cells[i] = (struct writer_cell){.number = value->number, .text = value->text};
        else
            self->cells[i] = (struct writer_cell){.number = number_unknown()};
        if (self->chosen[i] == COL_FEE)
            self->cells[i].number /= scale;
    }
    if (self->snapshots)
        self->cells[self->count] =
            (struct writer_cell){.number = number_unknown(), .text = history_of(self, record)};
    return writer_row(self->writer, self->cells, err);
}

static bool records_drop(void *self, int64_t id, struct err *err)
{
    (void)self, (void)id, (void)err;
    assert(!"a file cannot forget a row");
    return false;
}

static bool records_end(void *self_, bool ok, struct err *err)
{
    struct record_writer *self = self_;
    return ok && writer_end(self->writer, err);
}

struct record_sink record_writer_sink(struct record_writer *writer)
{
    return (struct record_sink){writer, records_begin, records_put, records_drop, records_end};
}
