#include "feed_internal.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"

#define FEED_BLOCK ((size_t)65536)

const char *const import_encoding_words[ENCODING_COUNT] = {
    [ENCODING_UTF8] = "UTF-8",
    [ENCODING_UTF8_BOM] = "UTF-8 with byte order mark",
    [ENCODING_UTF16_LE] = "UTF-16 little endian",
    [ENCODING_UTF16_BE] = "UTF-16 big endian",
    [ENCODING_WINDOWS_1252] = "Windows-1252",
    [ENCODING_WINDOWS_1251] = "Windows-1251",
    [ENCODING_NAMED] = "as named",
};

static const struct {
    const char *iconv; /* NULL: bytes pass as they are */
    const char *mark;  /* byte order mark */
    size_t mark_length;
    size_t unit; /* bytes of the smallest character */
} encodings[ENCODING_COUNT] = {
    [ENCODING_UTF8] = {NULL, "\xEF\xBB\xBF", 3, 1},
    [ENCODING_UTF8_BOM] = {NULL, "\xEF\xBB\xBF", 3, 1},
    [ENCODING_UTF16_LE] = {"UTF-16LE", "\xFF\xFE", 2, 2},
    [ENCODING_UTF16_BE] = {"UTF-16BE", "\xFE\xFF", 2, 2},
    [ENCODING_WINDOWS_1252] = {"WINDOWS-1252", "", 0, 1},
    [ENCODING_WINDOWS_1251] = {"WINDOWS-1251", "", 0, 1},
    [ENCODING_NAMED] = {NULL, "", 0, 1},
};

/* What iconv takes for a name may say more than a name. */
static bool is_name(const char *name)
{
    static const char signs[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:";
    size_t length = strlen(name);
    return length > 0 && length < 40 && strspn(name, signs) == length;
}

bool encoding_known(const char *name)
{
    iconv_t converter = is_name(name) ? iconv_open("UTF-8", name) : (iconv_t)-1;
    if (converter == (iconv_t)-1) // NOLINT: iconv's own sign of failure
        return false;
    iconv_close(converter);
    return true;
}

/* `name` NULL: bytes pass as they are. */
static bool feed_open(struct feed *feed, struct source *source, enum import_encoding encoding,
                      const char *name, struct err *err)
{
    memset(feed, 0, sizeof *feed);
    feed->source = source;
    feed->encoding = encoding;
    feed->line = 1;
    if (name != NULL) {
        iconv_t converter = iconv_open("UTF-8", name);
        if (converter == (iconv_t)-1) // NOLINT: iconv's own sign of failure
            return err_set(err, "cannot read '%s': this system cannot convert %s", source->name,
                           name);
        feed->converter = converter;
        feed->converting = true;
    }
    feed->raw = mem_alloc(FEED_BLOCK);
    return true;
}

bool feed_init(struct feed *feed, struct source *source, enum import_encoding encoding,
               struct err *err)
{
    return feed_open(feed, source, encoding, encodings[encoding].iconv, err);
}

bool feed_init_plan(struct feed *feed, struct source *source, const struct import_plan *plan,
                    struct err *err)
{
    const char *name = encodings[plan->encoding].iconv;
    return feed_open(feed, source, plan->encoding,
                     plan->encoding == ENCODING_NAMED ? plan->encoding_name.at : name, err);
}

const char *import_plan_encoding(const struct import_plan *plan)
{
    return plan->encoding == ENCODING_NAMED ? plan->encoding_name.at
                                            : import_encoding_words[plan->encoding];
}

void feed_release(struct feed *feed)
{
    if (feed == NULL)
        return;
    if (feed->converting)
        iconv_close(feed->converter);
    free(feed->raw);
    buf_release(&feed->block);
    memset(feed, 0, sizeof *feed);
}

/* Converts what is in `raw` and keeps an incomplete character at its end for the next time. */
static void feed_convert(struct feed *feed)
{
    size_t unit = encodings[feed->encoding].unit;
    char *in = feed->raw;
    size_t left = feed->raw_length;
    char out[8192];
    while (left > 0) {
        char *to = out;
        size_t room = sizeof out;
        size_t result = iconv(feed->converter, &in, &left, &to, &room);
        buf_add(&feed->block, out, (size_t)(to - out));
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        if (errno == EINVAL && !feed->ended)
            break;
        buf_add_utf8(&feed->block, 0xFFFD);
        size_t skip = left < unit ? left : unit;
        in += skip;
        left -= skip;
    }
    memmove(feed->raw, in, left);
    feed->raw_length = left;
}

struct text encoding_mark(enum import_encoding encoding)
{
    return (struct text){encodings[encoding].mark, encodings[encoding].mark_length};
}

static void feed_drop_mark(struct feed *feed)
{
    size_t length = encodings[feed->encoding].mark_length;
    if (feed->raw_length < length || memcmp(feed->raw, encodings[feed->encoding].mark, length) != 0)
        return;
    feed->raw_length -= length;
    memmove(feed->raw, feed->raw + length, feed->raw_length);
}

/* At least the bytes of a mark, as a pipe may give them one by one. */
static bool feed_read(struct feed *feed, struct err *err)
{
    size_t least = feed->started ? 1 : 4;
    size_t before = feed->raw_length;
    while (!feed->ended && feed->raw_length - before < least) {
        size_t got;
        if (!source_read(feed->source, feed->raw + feed->raw_length, FEED_BLOCK - feed->raw_length,
                         &got, err))
            return false;
        feed->raw_length += got;
        feed->ended = got == 0;
    }
    if (!feed->started)
        feed_drop_mark(feed);
    feed->started = true;
    return true;
}

bool feed_block(struct feed *feed, struct text *block, struct err *err)
{
    buf_clear(&feed->block);
    do {
        if (!feed_read(feed, err))
            return false;
        if (feed->converting) {
            feed_convert(feed);
        } else {
            buf_add(&feed->block, feed->raw, feed->raw_length);
            feed->raw_length = 0;
        }
    } while (feed->block.length == 0 && !feed->ended);
    *block = buf_text(&feed->block);
    return true;
}

bool feed_fill(struct feed *feed)
{
    struct text block;
    if (feed->failed)
        return false;
    feed->at = 0;
    if (!feed_block(feed, &block, &feed->err)) {
        buf_clear(&feed->block);
        feed->failed = true;
        return false;
    }
    return block.length > 0;
}
