#ifndef MICROSCOPE_EXCHANGE_FEED_INTERNAL_H
#define MICROSCOPE_EXCHANGE_FEED_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "exchange/import.h"
#include "exchange/source.h"

/* A source as UTF-8: the byte order mark gone, other encodings converted block by block. Bytes that
 * mean nothing in their encoding become U+FFFD; broken UTF-8 stays as it is and is repaired where a
 * cell is read. */
struct feed {
    struct source *source;
    enum import_encoding encoding;
    void *converter; /* iconv_t */
    bool converting;
    bool started;
    bool ended;
    char *raw; /* read, not converted yet */
    size_t raw_length;
    struct buf block; /* UTF-8 */
    size_t at;        /* of feed_next() in the block */
    size_t line;      /* 1-based, of feed_next() */
    struct err err;   /* of feed_next(), which cannot say more than FEED_END */
    bool failed;
};

#define FEED_END (-1)

bool feed_init(struct feed *feed, struct source *source, enum import_encoding encoding,
               struct err *err);
/* In the encoding of the plan. */
bool feed_init_plan(struct feed *feed, struct source *source, const struct import_plan *plan,
                    struct err *err);
bool encoding_known(const char *name); /* can it be converted? */
void feed_release(struct feed *feed);

/* The next block, borrowed until the next call; empty at the end. */
bool feed_block(struct feed *feed, struct text *block, struct err *err);

bool feed_fill(struct feed *feed); /* false: at the end, or failed */

/* Byte by byte, counting lines; not to be mixed with feed_block(). */
static inline int feed_peek(struct feed *feed)
{
    if (feed->at == feed->block.length && !feed_fill(feed))
        return FEED_END;
    return (unsigned char)feed->block.at[feed->at];
}

static inline int feed_next(struct feed *feed)
{
    int c = feed_peek(feed);
    if (c == FEED_END)
        return c;
    feed->at++;
    if (c == '\n')
        feed->line++;
    return c;
}

/* The byte order mark that begins files of this encoding; empty. */
struct text encoding_mark(enum import_encoding encoding);

/* What encoding these first bytes are in, with a phrase for the plan. */
struct encoding_guess {
    enum import_encoding encoding;
    bool guess;        /* nothing in the bytes settles it */
    size_t words, all; /* WINDOWS_1251: Cyrillic words among those with letters beyond ASCII */
    const char *why;
};
struct encoding_guess encoding_find(struct text sample);

#endif
