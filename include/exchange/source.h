#ifndef MICROSCOPE_EXCHANGE_SOURCE_H
#define MICROSCOPE_EXCHANGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

/* Bytes to import: a file, standard input, or memory, read once from front to end. The first
 * SOURCE_SAMPLE bytes are kept for those who look before they read. */
#define SOURCE_SAMPLE ((size_t)4 << 20)

struct source {
    char *name;     /* as the user gave it: for messages, and its last part for hints */
    double date;    /* when the file was last changed; NaN: not a file */
    uint64_t total; /* bytes of the file; 0: unknown */
    uint64_t taken; /* bytes handed out by source_read() */
    int descriptor; /* -1: memory only */
    bool ended;     /* the descriptor has nothing more to give */
    struct buf head;
    size_t head_taken;
};

/* "-" is standard input. Opens nothing but plain files and pipes. */
bool source_open(struct source *source, const char *path, struct err *err);
/* Copies `bytes`; date NaN. */
void source_of(struct source *source, const char *name, struct text bytes);
void source_release(struct source *source);

/* What the source starts with, at most SOURCE_SAMPLE bytes, without consuming it; *whole tells
 * whether that is all there is. Borrowed until release. */
bool source_sample(struct source *source, struct text *sample, bool *whole, struct err *err);
/* The next block; *got 0 at the end. */
bool source_read(struct source *source, void *bytes, size_t capacity, size_t *got, struct err *err);

#endif
