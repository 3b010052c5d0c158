#ifndef MICROSCOPE_TESTS_SUPPORT_PTY_H
#define MICROSCOPE_TESTS_SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

/* A program in a pseudo-terminal of its own, watched through libvterm: what a person would see.
 * A small leader stands between as a shell would: it owns the session, starts the program as the
 * foreground job, takes the terminal back when it stops or ends. Nothing sleeps: whoever waits, waits
 * for a sign with a hard limit (longer under sanitizers), and fails the test when it passes. */

struct pty_options {
    int columns, rows;      /* 0: 80 x 24 */
    const char *term;       /* TERM; NULL: xterm-256color; "": unset */
    const char *locale;     /* LC_ALL; NULL: C.UTF-8 */
    const char *const *env; /* further NAME=VALUE, NULL at the end; "NAME" alone unsets */
    const char *directory;  /* NULL: where the test runs */
    const char *background; /* answer to OSC 11, as "rgb:ffff/ffff/ffff"; NULL: none */
    bool mute;              /* answers no question at all */
    bool wide_boxes;        /* says that ambiguous characters take two cells */
    bool ignore_hang_up;    /* as under nohup: a closed window gives end of input only */
    bool stdin_closed;      /* standard input is at its end (/dev/null) */
    bool stdout_file;       /* standard output is a file, see pty_output() */
};

struct pty;

/* argv[0] is the path. Fails the test when it cannot be started. */
struct pty *pty_open(const struct pty_options *options, const char *const argv[]);
/* Ends what still runs and forgets everything. */
void pty_close(struct pty *pty);

/* Until the program has read all that was sent, shown its frame at the present size and says so. */
void pty_settle(struct pty *pty);
/* What is sent next makes it close its screen and open another one. */
void pty_expect_another(struct pty *pty);
/* Until the screen holds this text somewhere. */
void pty_wait_text(struct pty *pty, const char *text);
/* Until this cell lies on this one of the 256. */
void pty_wait_ground(struct pty *pty, int column, int row, int index);
/* Until the program has ended: its exit status, or 128 + the signal that killed it. */
int pty_wait_exit(struct pty *pty);
void pty_wait_stop(struct pty *pty); /* until it is stopped, and the leader has the terminal */
void pty_continue(struct pty *pty);  /* like fg */

void pty_send(struct pty *pty, const char *bytes); /* as they are: "\033[A" */
void pty_send_bytes(struct pty *pty, const void *bytes, size_t length);
void pty_paste(struct pty *pty, const char *text); /* bracketed when the program asked for it */
/* A press and release, SGR; button 0 left, 64 wheel up, 65 wheel down. From 0. */
void pty_click(struct pty *pty, int button, int column, int row);
void pty_resize(struct pty *pty, int columns, int rows); /* with SIGWINCH, as the kernel does */
void pty_signal(struct pty *pty, int number);
void pty_hang_up(struct pty *pty); /* the window is closed */
int pty_pid(const struct pty *pty);
int pty_child(const struct pty *pty); /* its oldest child; there has to be one */

/* What is on the screen. Rows without trailing blanks, borrowed until the next call of the same. */
const char *pty_row(struct pty *pty, int row);
const char *pty_screen(struct pty *pty); /* all rows, a newline after each */
bool pty_shows(struct pty *pty, const char *text);
struct pty_cell {
    uint32_t code[6];
    int width;
    bool bold, underline, reverse;
    bool default_fore, default_on;
    int fore_index, on_index;  /* of the 256, -1: none or a true colour */
    uint32_t fore_rgb, on_rgb; /* as the emulator shows them */
};
struct pty_cell pty_cell(struct pty *pty, int column, int row);
void pty_cursor(struct pty *pty, int *column, int *row, bool *shown);
int pty_columns(const struct pty *pty);
int pty_rows(const struct pty *pty);

/* How the terminal is set. */
struct pty_modes {
    bool alternate, cursor_shown, paste, focus, keypad;
    int mouse; /* libvterm's VTERM_PROP_MOUSE_*: 0 none */
    struct termios termios;
};
struct pty_modes pty_modes(struct pty *pty);
/* Fails the test with the difference unless the terminal is as it was when the program began. */
void pty_check_restored(struct pty *pty);

/* All bytes the program wrote so far, and of those the OSC and DCS strings the emulator did not know
 * apart from signs and colour questions, each in a line. */
const char *pty_output(struct pty *pty, size_t *length);
const char *pty_strings(struct pty *pty);
const char *pty_title(struct pty *pty); /* "" where none was set */
size_t pty_written(struct pty *pty);    /* bytes the program wrote so far, signs not counted */

#endif
