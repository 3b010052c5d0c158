#ifndef MICROSCOPE_RUNTIME_FEED_INPUT_INTERNAL_H
#define MICROSCOPE_RUNTIME_FEED_INPUT_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* Lines as they are written: by a program into a pipe, or to the end of a file that grows. Such a
 * file is followed by its name: where it is cut short, written anew, or another takes its name, the
 * lines begin anew, after the last of the old one. */

#define FEED_LINE_MOST ((size_t)1 << 20)

/* How far a file was read. `check` tells whether it is still that file: it is made of the last bytes
 * before. */
struct feed_place {
    uint64_t position; /* bytes */
    uint64_t line;     /* lines before it */
    uint64_t check;
};

struct feed_input {
    char *name;
    int fd;
    bool followed; /* a file with a name: what comes behind its end is waited for */
    bool leaving;  /* another file has the name */
    bool ended;    /* no more bytes: what is held is a line though no end of it came */
    bool rested;   /* at the end, with `place.check` of then */
    dev_t device;
    ino_t inode;
    struct feed_place place; /* behind the last line handed out; the check is made when asked for */
    struct buf held;         /* read, not handed out … */
    size_t at, searched;     /* … from here on; no end of a line before */
    uint64_t skipped;        /* bytes of a line that is too long */
};

enum feed_input_state {
    FEED_INPUT_MORE,
    FEED_INPUT_WAIT,  /* nothing more at the moment: only of files that are followed */
    FEED_INPUT_TURN,  /* when the last lines are taken, feed_input_turn() goes on with a new file */
    FEED_INPUT_ENDED, /* for good, when the last lines are taken */
    FEED_INPUT_FAILED
};

struct feed_line {
    struct text text; /* without its end; borrowed until the next feed_input_fill() */
    uint64_t number;
    bool too_long; /* then only how it starts */
};

/* "-": standard input. */
bool feed_input_open(struct feed_input *input, const char *path, struct err *err);
void feed_input_release(struct feed_input *input);

/* Goes on where it stopped. False: it is another file by now, and begins at its front. */
bool feed_input_resume(struct feed_input *input, const struct feed_place *place);
struct feed_place feed_input_place(const struct feed_input *input);

/* Reads what there is; waits only where it is not followed. */
enum feed_input_state feed_input_fill(struct feed_input *input, struct err *err);
/* The next line of what was read. */
bool feed_input_next(struct feed_input *input, struct feed_line *line);
/* After FEED_INPUT_TURN; `why` becomes what happened to the file. */
bool feed_input_turn(struct feed_input *input, const char **why, struct err *err);

#endif
