#ifndef TESTS_BENCH_TTY_H
#define TESTS_BENCH_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A program in a pseudo-terminal that is drained all the time, and a stop-watch. Nothing is drawn:
 * an emulator would take the time that is measured. The program says after each frame how many bytes
 * it has read (MICROSCOPE_TEST_SIGN=each), so it is known which frame answers a key. */
struct tty {
    int master;
    pid_t pid;
    int columns, rows;
    size_t sent;    /* bytes to the program */
    size_t written; /* bytes of the program, signs not counted */
    size_t read;    /* bytes the program had read at its latest sign */
    unsigned long signs;
    int sign_columns, sign_rows; /* of that frame */
    double began;                /* milliseconds, as below: bench_now() */
    double last_byte;            /* when the last one came that is no sign */
    double last_sign;            /* when the latest sign came */
    double answered;             /* last_byte at the latest sign */
    size_t answered_written;     /* written at the latest sign */
    const char *watched;         /* by tty_watch(); NULL: nothing is */
    size_t matched;              /* bytes of it that came */
    double seen_at;              /* when the whole of it had come; 0: not yet */
    char tail[256];              /* what may be the start of a sign or a question */
    size_t tail_length;
};

void tty_start(struct tty *tty, const char *const argv[], int columns, int rows);
/* The explorer over a store, to its first frame; and is it still loading? */
void tty_explore(struct tty *tty, const char *store, int columns, int rows);
bool tty_arriving(struct tty *tty);
/* Ends the program by its signal and waits for it. */
void tty_end(struct tty *tty);

/* From now on, seen_at tells when this text was written in one piece; borrowed. */
void tty_watch(struct tty *tty, const char *text);

void tty_send(struct tty *tty, const char *bytes);
void tty_resize(struct tty *tty, int columns, int rows);

/* Reads for at most so long; false where nothing came. */
bool tty_read(struct tty *tty, double milliseconds);
/* Until the first frame after all that was sent and the present size. */
void tty_wait(struct tty *tty);
/* Until nothing came for so long. */
void tty_quiet(struct tty *tty, double milliseconds);

struct answer {
    double milliseconds; /* from the key's byte to the last byte of what followed */
    size_t bytes;
};
/* Sends a key and waits for its frame and what may follow it within 5 ms. */
struct answer tty_key(struct tty *tty, const char *bytes);
/* The same while something else paints all the time: only the frame. */
struct answer tty_key_busy(struct tty *tty, const char *bytes);
struct answer tty_resized(struct tty *tty, int columns, int rows);

#endif
