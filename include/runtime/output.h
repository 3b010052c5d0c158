#ifndef MICROSCOPE_RUNTIME_OUTPUT_H
#define MICROSCOPE_RUNTIME_OUTPUT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "exchange/writer.h"

/* Data goes to standard output, everything else to standard error. */

/* Standard output. Where it is a terminal every line is made safe first. Its address is kept by what
 * output_writer() gives. */
struct output {
    bool tty;
    bool closed; /* the reader went away: writing fails, but that is no failure in the end */
    struct buf line, safe;
};

void output_init(struct output *output);
void output_release(struct output *output);
struct writer_out output_writer(struct output *output);
bool output_text(struct output *output, struct text text, struct err *err);
/* Writes what waits. False: something did not arrive (a full disk). A reader that stopped early is
 * no failure. `ok` false: an earlier write failed and `err` says why. */
bool output_end(struct output *output, bool ok, struct err *err);

/* "microscope: " and the message, made safe, on standard error. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Lines of any text on standard error, made safe. */
void say_text(struct text text);

#endif
