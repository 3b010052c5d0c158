#include "feed_input_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define BLOCK ((size_t)65536)
#define START 200 /* bytes shown of a line that is too long */
#define CHECK 256 /* bytes that tell whether a file is the same */

static bool cannot_read(const struct feed_input *input, struct err *err)
{
    return err_set(err, "cannot read '%s': %s", input->name, strerror(errno));
}

static bool describe(struct feed_input *input, bool named, struct err *err)
{
    struct stat about;
    if (fstat(input->fd, &about) != 0)
        return cannot_read(input, err);
    if (S_ISDIR(about.st_mode))
        return err_set(err, "cannot read '%s': it is a folder", input->name);
    input->followed = named && S_ISREG(about.st_mode);
    input->device = about.st_dev;
    input->inode = about.st_ino;
    return true;
}

bool feed_input_open(struct feed_input *input, const char *path, struct err *err)
{
    bool named = strcmp(path, "-") != 0;
    *input = (struct feed_input){.name = mem_copy_string(named ? path : "standard input")};
    input->fd = named ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
    bool ok = input->fd >= 0 ? describe(input, named, err) : cannot_read(input, err);
    if (!ok)
        feed_input_release(input);
    return ok;
}

void feed_input_release(struct feed_input *input)
{
    if (input->fd > STDIN_FILENO)
        close(input->fd);
    free(input->name);
    buf_release(&input->held);
    *input = (struct feed_input){.fd = -1};
}

/* ---- which file it is ---- */

/* FNV-1a, which is the same on every machine. */
static uint64_t check_at(const struct feed_input *input, uint64_t position)
{
    char bytes[CHECK];
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    size_t length = position < CHECK ? (size_t)position : CHECK;
    ssize_t got = pread(input->fd, bytes, length, (off_t)(position - length));
    for (ssize_t i = 0; i < got; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    return got == (ssize_t)length ? hash : 0;
}

struct feed_place feed_input_place(const struct feed_input *input)
{
    struct feed_place place = input->place;
    place.check = check_at(input, place.position);
    return place;
}

static void begin_at(struct feed_input *input, const struct feed_place *place)
{
    input->place = *place;
    input->at = input->searched = 0;
    input->skipped = 0;
    input->rested = input->leaving = input->ended = false;
    buf_clear(&input->held);
    lseek(input->fd, (off_t)place->position, SEEK_SET);
}

bool feed_input_resume(struct feed_input *input, const struct feed_place *place)
{
    const struct feed_place front = {.position = 0};
    bool same = check_at(input, place->position) == place->check;
    begin_at(input, same ? place : &front);
    return same;
}

static bool was_cut(const struct feed_input *input)
{
    struct stat about;
    off_t read = lseek(input->fd, 0, SEEK_CUR);
    if (fstat(input->fd, &about) == 0 && about.st_size < read)
        return true;
    return input->rested && check_at(input, input->place.position) != input->place.check;
}

/* While it is being renamed there is none of the name. */
static bool was_replaced(const struct feed_input *input)
{
    struct stat about;
    return stat(input->name, &about) == 0 &&
           (about.st_dev != input->device || about.st_ino != input->inode);
}

bool feed_input_turn(struct feed_input *input, const char **why, struct err *err)
{
    const struct feed_place front = {.position = 0};
    *why = input->leaving ? "another file has its name now" : "it was cut short or written anew";
    if (input->leaving) {
        int fd = open(input->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0)
            return cannot_read(input, err);
        close(input->fd);
        input->fd = fd;
        if (!describe(input, true, err))
            return false;
    }
    begin_at(input, &front);
    return true;
}

/* ---- bytes and lines ---- */

static ssize_t read_block(struct feed_input *input)
{
    ssize_t got;
    buf_remove(&input->held, 0, input->at);
    input->searched -= input->at;
    input->at = 0;
    do
        got = read(input->fd, buf_room(&input->held, BLOCK), BLOCK);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        buf_grown(&input->held, (size_t)got);
    return got;
}

/* At the end of a file. What was written between the last look and its renaming is still to come. */
static enum feed_input_state look_around(struct feed_input *input)
{
    if (input->leaving) {
        input->ended = true;
        return FEED_INPUT_TURN;
    }
    if (was_cut(input))
        return FEED_INPUT_TURN;
    input->leaving = was_replaced(input);
    if (input->leaving)
        return FEED_INPUT_MORE;
    input->place = feed_input_place(input);
    input->rested = true;
    return FEED_INPUT_WAIT;
}

enum feed_input_state feed_input_fill(struct feed_input *input, struct err *err)
{
    if (input->rested && was_cut(input))
        return FEED_INPUT_TURN;
    ssize_t got = read_block(input);
    if (got < 0) {
        cannot_read(input, err);
        return FEED_INPUT_FAILED;
    }
    if (got == 0 && input->followed)
        return look_around(input);
    input->rested = false;
    input->ended = got == 0;
    return got == 0 ? FEED_INPUT_ENDED : FEED_INPUT_MORE;
}

/* Of a line that is too long only the start is kept. */
static void cut_long(struct feed_input *input)
{
    size_t length = input->held.length - input->at;
    if (length <= (input->skipped ? START : FEED_LINE_MOST))
        return;
    input->skipped += length - START;
    buf_cut(&input->held, input->at + START);
    input->searched = input->held.length;
}

bool feed_input_next(struct feed_input *input, struct feed_line *line)
{
    size_t left = input->held.length - input->searched;
    const char *end = left ? memchr(input->held.at + input->searched, '\n', left) : NULL;
    if (!end && !(input->ended && input->held.length > input->at)) {
        input->searched = input->held.length;
        cut_long(input);
        return false;
    }
    size_t length =
        end ? (size_t)(end - input->held.at) - input->at : input->held.length - input->at;
    line->text = text_part(buf_text(&input->held), input->at, length);
    line->too_long = input->skipped > 0 || length > FEED_LINE_MOST;
    if (line->too_long)
        line->text = text_part(line->text, 0, START);
    line->number = ++input->place.line;
    size_t used = length + (end != NULL);
    input->place.position += used + input->skipped;
    input->skipped = 0;
    input->searched = input->at += used;
    return true;
}
