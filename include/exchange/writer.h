#ifndef MICROSCOPE_EXCHANGE_WRITER_H
#define MICROSCOPE_EXCHANGE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/column.h"
#include "domain/record.h"

/* Tables on their way out: rows of named cells in one of several formats.
 *
 *     writer_new → writer_begin → writer_row … → writer_end → writer_free
 *
 * csv, tsv, json, jsonl are for programs: keys of columns, figures plain and exact (show_plain()),
 * sets as lists, times as ISO 8601, unknown and never as nothing or null. table and md are for
 * people: titles, show_number(), text made safe; html is a page of its own. */

struct writer_out {
    void *self;
    bool (*write)(void *self, struct text bytes, struct err *err);
};
/* Onto a stdio stream; not closed. An error names no file: the caller puts that before. */
struct writer_out writer_out_file(FILE *file);
struct writer_out writer_out_buf(struct buf *buf);

struct writer_options {
    const struct width_table *widths; /* needed by table and md */
    struct number_style style;        /* of figures for people */
    bool exact;                       /* whole counts instead of 48.2k, for people */
    size_t text_cells; /* widest text in a table, cut visibly beyond; 0: nothing is cut */
    uint32_t cut;      /* one-cell sign of a cut, '>' or U+00BB; 0: '>' */
    size_t gather;     /* bytes that wait for each other before they go out; 0: none does */
};

struct writer_column {
    const char *key;   /* header of csv, name in JSON */
    const char *title; /* heading for people */
    enum unit unit;
    bool right; /* text against the right edge, for cells that hold prepared figures */
    bool json;  /* the text is JSON already; such columns exist in json and jsonl only */
};

/* One cell. Figures use `number` (NaN or INFINITY: unknown, never); money is in whole currency units
 * ("12.5"), not minor ones. Text, words and sets use `text`; sets have '|' between words. */
struct writer_cell {
    double number;
    struct text text;
    char mark; /* sign before a figure where people read it: '~' estimate, '>' at least; 0 none */
};

struct writer;
struct handover; /* exchange/handover.h */

struct exporter {
    const char *name;       /* "csv": the word of --format */
    const char *extensions; /* without dots, '|' between */
    bool people;            /* titles and rounded figures; else keys and exact ones */
    bool binary;            /* bytes that no terminal can show */
    bool (*begin)(struct writer *writer, struct err *err);
    bool (*row)(struct writer *writer, const struct writer_cell *cells, struct err *err);
    bool (*end)(struct writer *writer, struct err *err);
    /* A whole document instead of one table; NULL: this format makes none. See handover_write(). */
    bool (*document)(const struct handover *handover, const struct writer_options *options,
                     struct writer_out out, struct err *err);
};
extern const struct exporter exporters[]; /* csv tsv json jsonl md table html */
extern const size_t exporter_count;

/* NULL: none of that name; by the name's extension. */
const struct exporter *exporter_find(struct text name);
const struct exporter *exporter_for_file(const char *path);

/* `options` NULL: plain style, no widths. */
struct writer *writer_new(const struct exporter *format, const struct writer_options *options,
                          struct writer_out out);
void writer_free(struct writer *writer);
/* Columns are borrowed until writer_end(). False: the write failed. */
bool writer_begin(struct writer *writer, const struct writer_column *layout, size_t count,
                  struct err *err);
bool writer_row(struct writer *writer, const struct writer_cell *cells, struct err *err);
bool writer_end(struct writer *writer, struct err *err);

/* A sink that writes records as rows of the given stored columns; fees become decimals of the row's
 * currency. `snapshots` adds them as one more member, in json and jsonl. The sink's end() ends the
 * writer; with ok = false what went out stays as it is, cut off where it was. drop() is not allowed. */
struct record_writer;
/* Snapshots as an object of lists, as an import reads them: {"at": [...], "followers": [...]}. */
void record_snapshots(struct buf *out, const struct snapshot *snapshots, size_t count);
struct record_writer *record_writer_new(const struct exporter *format,
                                        const struct writer_options *options, struct writer_out out,
                                        const enum column *chosen, size_t count, bool snapshots);
void record_writer_free(struct record_writer *writer);
struct record_sink record_writer_sink(struct record_writer *writer);

#endif
