#include "runtime/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

void output_init(struct output *output)
{
    *output = (struct output){.tty = isatty(STDOUT_FILENO)};
}

void output_release(struct output *output)
{
    buf_release(&output->line);
    buf_release(&output->safe);
}

static bool send(struct output *output, struct text bytes, struct err *err)
{
    if (bytes.length == 0 || fwrite(bytes.at, 1, bytes.length, stdout) == bytes.length)
        return true;
    output->closed = errno == EPIPE;
    return err_set(err, "cannot write: %s", strerror(errno));
}

/* text_safe() makes blanks of line ends: so it sees one line at a time, whole, since a character may
 * arrive in two pieces. */
static bool send_lines(struct output *output, bool rest, struct err *err)
{
    struct text left = buf_text(&output->line);
    bool ok = true;
    size_t used = 0, at;
    buf_clear(&output->safe);
    while (text_find(left, TEXT("\n"), &at)) {
        text_safe(&output->safe, text_part(left, 0, at));
        buf_add_char(&output->safe, '\n');
        used += at + 1;
        left = text_part(left, at + 1, left.length);
    }
    if (rest) {
        text_safe(&output->safe, left);
        used += left.length;
    }
    ok = send(output, buf_text(&output->safe), err);
    buf_remove(&output->line, 0, used);
    return ok;
}

bool output_text(struct output *output, struct text text, struct err *err)
{
    if (!output->tty)
        return send(output, text, err);
    buf_add_text(&output->line, text);
    return send_lines(output, false, err);
}

static bool write_text(void *self, struct text bytes, struct err *err)
{
    return output_text(self, bytes, err);
}

struct writer_out output_writer(struct output *output)
{
    return (struct writer_out){output, write_text};
}

bool output_end(struct output *output, bool ok, struct err *err)
{
    if (ok && output->tty)
        ok = send_lines(output, true, err);
    if (ok && fflush(stdout) != 0) {
        output->closed = errno == EPIPE;
        ok = err_set(err, "cannot write: %s", strerror(errno));
    }
    return ok || output->closed;
}

void say_text(struct text text)
{
    struct buf safe = BUF_INIT;
    struct text line;
    while (text_next(&text, '\n', &line)) {
        text_safe(&safe, line);
        if (text_known(text))
            buf_add_char(&safe, '\n');
    }
    if (safe.length && safe.at[safe.length - 1] != '\n')
        buf_add_char(&safe, '\n');
    fwrite(buf_string(&safe), 1, safe.length, stderr);
    buf_release(&safe);
}

void say(const char *format, ...)
{
    struct buf line = BUF_INIT;
    va_list arguments;
    va_start(arguments, format);
    buf_add_string(&line, "microscope: ");
    buf_addv(&line, format, arguments);
    va_end(arguments);
    say_text(buf_text(&line));
    buf_release(&line);
}
