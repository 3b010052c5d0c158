#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/key.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "explorer_internal.h"
#include "runtime/loop.h"
#include "runtime/signals.h"
#include "ui/spoken.h"

/* The explorer as lines of words, for those who hear it and for scripts: a line comes in, what it asks for
 * is done, and when nothing is left to do it is told what came of it. The terminal edits the line itself;
 * nothing but text goes out. */

#define LINE_MOST ((size_t)4000) /* bytes; no line that means something is as long */
#define BUSY_SECONDS 0.02        /* between two looks while a child works */
#define LINES_COLUMNS 160        /* of the screen that there would be: all panes have room */
#define LINES_ROWS 50

struct lines {
    struct buf in;  /* of the line that is coming in */
    size_t number;  /* of lines that came */
    bool typed;     /* somebody types them, and is told where to */
    bool begun;     /* what there is was told */
    bool answering; /* a line was said, and its answer is to come */
    bool prompted;  /* it is his turn */
    bool ended;     /* no more lines come */
    bool moved;     /* the model heard something since the last look */
    uint64_t seen;  /* revision of the catalogue when it became his turn */
    size_t changed; /* creators that others changed until he said his line */
};

/* ---- out ---- */

static bool write_all(int fd, struct text text)
{
    while (text.length > 0) {
        ssize_t written = write(fd, text.at, text.length);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            text = text_part(text, (size_t)written, text.length);
    }
    return true;
}

/* Nobody listens any more: there is no use in going on. */
static void out(struct explorer *it, int fd, struct text text)
{
    if (write_all(fd, text) || it->quit)
        return;
    if (errno == EIO && it->lines->typed) /* the terminal is gone */
        it->killed_by = SIGHUP;
    else if (errno != EPIPE)
        err_set(&it->broken, "cannot write: %s", strerror(errno));
    it->undone = true;
    explorer_tell(it, (struct message){.kind = MESSAGE_LEAVE});
}

/* What failed stands where failures do; in a script with the number of its line. */
static void tell_failure(struct explorer *it, const struct buf *words)
{
    struct buf text = BUF_INIT;
    if (!it->lines->typed && it->lines->begun)
        buf_addf(&text, "line %zu: ", it->lines->number);
    buf_add_text(&text, buf_text(words));
    out(it, STDERR_FILENO, buf_text(&text));
    it->undone = it->undone || !it->lines->typed;
    buf_release(&text);
}

/* While he thought about his line: nothing of ours changes then. */
static size_t count_changed(const struct explorer *it)
{
    const struct catalog_change *changes;
    struct bits rows = {0};
    size_t count;
    if (!catalog_changes(&it->catalog, it->lines->seen, &changes, &count))
        return it->catalog.live_count; /* so many that nobody knows which */
    bits_resize(&rows, it->catalog.count);
    for (size_t i = 0; i < count; i++)
        bits_put(&rows, changes[i].row, true);
    size_t changed = bits_total(&rows);
    bits_release(&rows);
    return changed;
}

static void tell_changed(struct explorer *it)
{
    struct buf words = BUF_INIT;
    if (it->lines->changed == 0 || it->model.leaving)
        return;
    number_fixed(&words, (double)it->lines->changed, 0, it->model.style);
    buf_add_string(&words, it->lines->changed == 1 ? " creator" : " creators");
    buf_add_string(&words, " changed meanwhile; where tells what is new.\n");
    out(it, STDOUT_FILENO, buf_text(&words));
    it->lines->changed = 0;
    buf_release(&words);
}

static void tell(struct explorer *it, bool opening)
{
    struct buf words = BUF_INIT;
    explorer_tell(it, (struct message){.kind = MESSAGE_TELL, .again = opening});
    spoken(&it->model, &words);
    if (it->model.said.failed || it->model.alarm)
        tell_failure(it, &words);
    else
        out(it, STDOUT_FILENO, buf_text(&words));
    it->model.notice[0] = '\0';
    buf_release(&words);
    tell_changed(it);
}

static void prompt(struct explorer *it)
{
    struct lines *lines = it->lines;
    bool asked = it->model.said.answer == ANSWER_QUESTION;
    if (lines->prompted || lines->ended || it->quit)
        return;
    lines->prompted = true;
    lines->seen = it->catalog.revision;
    if (lines->typed)
        out(it, STDOUT_FILENO, asked ? TEXT("answer: ") : TEXT("microscope: "));
}

/* ---- in ---- */

static bool takes_lines(const struct explorer *it)
{
    const struct lines *lines = it->lines;
    return lines->begun && !lines->answering && !lines->ended && !it->quit;
}

static int input_fd(struct explorer *it)
{
    return takes_lines(it) ? STDIN_FILENO : -1;
}

static bool is_input_waiting(struct explorer *it)
{
    struct loop_source sources[] = {{.fd = input_fd(it)}, {.fd = signals_fd()}};
    return loop_wait(sources, 2, loop_now()) > 0;
}

static void say_line(struct explorer *it)
{
    struct lines *lines = it->lines;
    struct buf clean = BUF_INIT;
    lines->number++;
    lines->changed = count_changed(it);
    lines->answering = true;
    lines->prompted = false;
    utf8_repair(&clean, buf_text(&lines->in));
    buf_clear(&lines->in);
    explorer_tell(it, (struct message){.kind = MESSAGE_SAY, .text = buf_text(&clean)});
    buf_release(&clean);
}

static void end_input(struct explorer *it)
{
    struct lines *lines = it->lines;
    lines->ended = true;
    if (lines->typed)
        out(it, STDOUT_FILENO, TEXT("\n"));
    if (lines->in.length > 0)
        say_line(it);
}

/* A byte at a time, so that what follows the line is still there for whoever takes this program's place.
 * False: nothing more is there now. */
static bool read_byte(struct explorer *it)
{
    struct loop_source source = {.fd = STDIN_FILENO};
    struct lines *lines = it->lines;
    char byte;
    if (loop_wait(&source, 1, loop_now()) == 0)
        return false;
    ssize_t got = read(STDIN_FILENO, &byte, 1);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    if (got <= 0)
        end_input(it);
    else if (byte == '\n')
        say_line(it);
    else if (lines->in.length < LINE_MOST)
        buf_add_char(&lines->in, byte);
    return true;
}

/* A key of the terminal's is one of ours; a signal from elsewhere ends. */
static void on_signal(struct explorer *it, int number)
{
    struct lines *lines = it->lines;
    if (number == SIGWINCH)
        return;
    if (number == SIGTSTP) {
        signals_stop(false);
        lines->prompted = false;
    } else if (number == SIGCONT) {
        lines->prompted = false;
    } else if (number == SIGINT && lines->typed) {
        out(it, STDOUT_FILENO, TEXT("\n"));
        buf_clear(&lines->in);
        bool asked = it->model.said.answer == ANSWER_QUESTION;
        explorer_tell(it, (struct message){.kind = MESSAGE_SAY, .text = TEXT("")});
        if (!asked)
            explorer_tell(it, (struct message){.kind = MESSAGE_KEY, .key = K_CTRL('C')});
        lines->answering = true;
        lines->prompted = false;
    } else {
        it->killed_by = number;
        explorer_tell(it, (struct message){.kind = MESSAGE_LEAVE});
    }
}

static void take_input(struct explorer *it)
{
    int number;
    while (!it->quit && signals_take(&number))
        on_signal(it, number);
    while (takes_lines(it) && read_byte(it))
        continue;
}

/* ---- the answer, once there is nothing left to do ---- */

static bool works(const struct explorer *it)
{
    int64_t ids[CHANGES_PAGE];
    bool changes = it->model.place == PLACE_CHANGES;
    return explorer_is_loading(it) || it->reload_wanted || model_busy(&it->model) ||
           explorer_imports(it) || import_job_running(&it->rehearsal) || it->next != NEXT_NOTHING ||
           hand_job_running(&it->hand) || job_running(&it->back) || it->history_wanted != 0 ||
           (changes && it->gone_wanted) || (changes && model_then_wanted(&it->model, ids) > 0);
}

static void show(struct explorer *it)
{
    struct lines *lines = it->lines;
    lines->moved = it->stale;
    it->stale = false;
    if (lines->moved || works(it))
        return;
    if (!lines->begun || lines->answering) {
        tell(it, !lines->begun);
        lines->begun = true;
        lines->answering = false;
        it->stale = false;
    }
    if (lines->ended && !it->quit && !it->model.leaving)
        explorer_tell(it, (struct message){.kind = MESSAGE_LEAVE});
    prompt(it);
}

static double deadline(struct explorer *it)
{
    const struct lines *lines = it->lines;
    if (lines->begun && !lines->answering && !lines->ended && lines->prompted)
        return INFINITY;
    return lines->moved || !works(it) ? loop_now() : loop_now() + BUSY_SECONDS;
}

/* ---- beginning and end ---- */

static bool prepare(struct explorer *it, const struct config *config, struct err *err)
{
    (void)config;
    (void)err;
    it->lines = mem_zero(1, sizeof *it->lines);
    it->lines->typed = isatty(STDIN_FILENO);
    return true;
}

static bool open_lines(struct explorer *it, const struct config *config, struct err *err)
{
    (void)it;
    (void)config;
    (void)err;
    return true;
}

static void size(struct explorer *it, int *width, int *height)
{
    (void)it;
    *width = LINES_COLUMNS;
    *height = LINES_ROWS;
}

static void begin(struct explorer *it, const struct config *config)
{
    (void)it;
    (void)config;
}

static void idle(struct explorer *it)
{
    (void)it;
}

static void close_lines(struct explorer *it)
{
    buf_release(&it->lines->in);
    free(it->lines);
    it->lines = NULL;
}

const struct front front_lines = {.prepare = prepare,
                                  .open = open_lines,
                                  .size = size,
                                  .begin = begin,
                                  .fd = input_fd,
                                  .deadline = deadline,
                                  .take_input = take_input,
                                  .is_input_waiting = is_input_waiting,
                                  .show = show,
                                  .idle = idle,
                                  .close = close_lines};
