#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "base/vec.h"
#include "feeding_internal.h"

/* Lines that cannot be used, and values that cannot be read: told by the number of the line; the lines
 * are kept aside as JSON Lines. */

#define REJECTS_MOST                                                                               \
    ((off_t)64 << 20) /* bytes of the file: a program gone wild is no reason to fill the disk */

/* So many of each are told. */
static const struct {
    uint64_t most;
    const char *word;
} told[TROUBLE_COUNT] = {
    [TROUBLE_REJECT] = {20, "rejected"},    [TROUBLE_CELL] = {10, "unknown"},
    [TROUBLE_REPEAT] = {0, "repeated"},     [TROUBLE_WARNING] = {10, "look at this"},
    [TROUBLE_LABEL] = {10, "another tier"},
};

static const struct writer_column reject_columns[] = {
    {.key = "from", .title = "From", .unit = UNIT_TEXT},
    {.key = "line", .title = "Line", .unit = UNIT_COUNT},
    {.key = "reason", .title = "Reason", .unit = UNIT_TEXT},
    {.key = "text", .title = "Text", .unit = UNIT_TEXT},
};

bool feeding_problems_open(struct feeding *it, struct err *err)
{
    const char *named = it->cli->values[OPTION_REJECTS];
    if (named)
        buf_add_string(&it->reject_path, named);
    else
        buf_addf(&it->reject_path, "%s.rejected.jsonl", store_path(it->store));
    it->reject_lines = writer_new(exporter_find(TEXT("jsonl")), NULL, writer_out_buf(&it->rejects));
    return writer_begin(it->reject_lines, reject_columns, COUNT_OF(reject_columns), err);
}

void feeding_problems_release(struct feeding *it)
{
    writer_free(it->reject_lines);
    buf_release(&it->reject_path);
    buf_release(&it->rejects);
    buf_release(&it->said);
    if (it->reject_file >= 0)
        close(it->reject_file);
}

static void keep_line(struct feeding *it, const struct import_problem *problem, struct text line)
{
    const struct writer_cell cells[] = {
        {.number = number_unknown(), .text = text_of(it->name)},
        {.number = (double)problem->line},
        {.number = number_unknown(), .text = text_of(problem->reason)},
        {.number = number_unknown(), .text = line},
    };
    it->part.rejected++;
    writer_row(it->reject_lines, cells, NULL);
}

void feeding_problem(struct feeding *it, const struct import_problem *problem, struct text line)
{
    struct buf *said = &it->said;
    uint64_t count = ++it->told[problem->trouble], most = told[problem->trouble].most;
    if (problem->trouble == TROUBLE_REJECT)
        keep_line(it, problem, line);
    if (count == most + 1)
        buf_addf(said, "  more lines are %s: no longer told one by one\n",
                 told[problem->trouble].word);
    if (count > most)
        return;
    size_t from = said->length;
    buf_addf(said, "  line %zu: %s: %s", problem->line, told[problem->trouble].word,
             problem->reason);
    if (text_known(problem->header))
        buf_addf(said, "; '%.*s'", (int)problem->header.length, problem->header.at);
    if (text_known(problem->value))
        buf_addf(said, ": '%.*s'", (int)problem->value.length, problem->value.at);
    for (size_t i = from; i < said->length; i++)
        if (said->at[i] == '\n')
            said->at[i] = ' ';
    buf_add_char(said, '\n');
}

/* What cannot be kept is told, once; it is no reason to lose the good lines. */
static void give_up(struct feeding *it, const char *why)
{
    it->reject_full = true;
    buf_addf(&it->said, "  rejected lines are no longer kept in '%s': %s\n",
             buf_string(&it->reject_path), why);
}

static bool write_all(int fd, struct text bytes)
{
    while (bytes.length > 0) {
        ssize_t written = write(fd, bytes.at, bytes.length);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes = text_part(bytes, (size_t)written, bytes.length);
    }
    return true;
}

void feeding_problems_keep(struct feeding *it)
{
    struct stat about;
    if (it->rejects.length == 0 || it->reject_full)
        return;
    if (it->reject_file < 0)
        it->reject_file = open(buf_string(&it->reject_path),
                               O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (it->reject_file < 0)
        give_up(it, strerror(errno));
    else if (fstat(it->reject_file, &about) == 0 && about.st_size > REJECTS_MOST)
        give_up(it, "it is full");
    else if (!write_all(it->reject_file, buf_text(&it->rejects)))
        give_up(it, strerror(errno));
}

void feeding_problems_tell(struct feeding *it)
{
    if (it->said.length > 0)
        say_text(buf_text(&it->said));
    feeding_problems_drop(it);
}

void feeding_problems_drop(struct feeding *it)
{
    buf_clear(&it->said);
    buf_clear(&it->rejects);
}
