#ifndef MICROSCOPE_EXCHANGE_STREAM_H
#define MICROSCOPE_EXCHANGE_STREAM_H

#include "exchange/import.h"

/* Figures of creators as they come in, for days, in JSON Lines: a line is one object about one
 * creator. Its keys are those of the columns, `at` (the time of what it says) and `snapshots`, and
 * its values are read as an import reads them, but nothing is guessed: shares are fractions unless
 * they wear a %, and a line stands for itself. Who is meant stands in `platform` and `handle`, in
 * `handle` alone as "tiktok/lena", or in a profile link under `handle` or `url`. Nothing is
 * remembered from line to line but which unknown keys there were. */
struct import_stream;

struct import_stream *import_stream_new(const char *name);
void import_stream_free(struct import_stream *stream); /* NULL is fine */

/* A line without its end. Puts a record into `sink`, which has begun, where it can be used; the nth
 * of records is 0. `now` is the time of lines that name none; a time more than a day later is
 * rejected. Adds to `report`. Other keys than ours are a warning, each once. False: the sink
 * refused. */
bool import_stream_line(struct import_stream *stream, size_t number, struct text line, double now,
                        const struct record_sink *sink, const struct import_listener *listener,
                        struct import_report *report, struct err *err);

#endif
