#include "import_internal.h"

#include <stdio.h>

#include "base/number.h"
#include "base/vec.h"
#include "runtime/loop.h"
#include "verbs_internal.h"

/* What an import says: to the person on standard error, to programs on standard output. */

/* So many of each trouble are shown; --report has all of them. */
static const struct {
    uint64_t most;
    const char *word;
} told[TROUBLE_COUNT] = {
    [TROUBLE_REJECT] = {20, "rejected"},   [TROUBLE_CELL] = {5, "unknown"},
    [TROUBLE_REPEAT] = {3, "repeated"},    [TROUBLE_WARNING] = {5, "look at this"},
    [TROUBLE_LABEL] = {3, "another tier"},
};

void import_tell_problem(struct importing *job, const struct import_problem *problem)
{
    if (job->told[problem->trouble]++ >= told[problem->trouble].most)
        return;
    struct buf line = BUF_INIT;
    import_tell_clear(job);
    buf_addf(&line, "  line %zu: %s: %s", problem->line, told[problem->trouble].word,
             problem->reason);
    if (problem->trouble == TROUBLE_REPEAT)
        buf_addf(&line, ", first on line %zu", problem->first_line);
    if (problem->column)
        buf_addf(&line, "; column %zu", problem->column);
    if (text_known(problem->header))
        buf_addf(&line, " '%.*s'", (int)problem->header.length, problem->header.at);
    if (text_known(problem->value))
        buf_addf(&line, ": '%.*s'", (int)problem->value.length, problem->value.at);
    for (size_t i = 0; i < line.length; i++)
        if (line.at[i] == '\n')
            line.at[i] = ' ';
    buf_add_char(&line, '\n');
    say_text(buf_text(&line));
    buf_release(&line);
}

/* In the words of the file, on one line. */
static void add_words(struct buf *line, struct text words)
{
    for (size_t i = 0; i < words.length; i++)
        buf_add_char(line, (char)(words.at[i] == '\n' || words.at[i] == '\r' ? ' ' : words.at[i]));
}

static void add_count(const struct importing *job, struct buf *line, uint64_t count,
                      const char *one, const char *many)
{
    number_fixed(line, (double)count, 0, job->cli->config->style);
    buf_addf(line, " %s", count == 1 ? one : many);
}

void import_tell_mixed(struct importing *job, const struct import_mixed *mixed)
{
    static const char *const ways[WRITTEN_COUNT] = {
        [WRITTEN_PERCENT] = "in percent",
        [WRITTEN_ROUNDED] = "rounded",
        [WRITTEN_BARE] = "bare",
    };
    struct buf line = BUF_INIT;
    bool first = true;
    import_tell_clear(job);
    buf_add_string(&line, "  '");
    add_words(&line, mixed->header);
    buf_add_string(&line, "' mixes units:");
    for (int i = 0; i < WRITTEN_COUNT; i++) {
        if (mixed->ways[i].rows == 0)
            continue;
        buf_add_string(&line, first ? " " : ", ");
        add_count(job, &line, mixed->ways[i].rows, ways[i], ways[i]);
        buf_addf(&line, " (line %zu: '", mixed->ways[i].line);
        add_words(&line, mixed->ways[i].value);
        buf_add_string(&line, "')");
        first = false;
    }
    buf_add_char(&line, '\n');
    say_text(buf_text(&line));
    buf_release(&line);
}

static void tell_more(const struct importing *job, struct buf *line)
{
    for (int i = 0; i < TROUBLE_COUNT; i++) {
        if (job->told[i] <= told[i].most)
            continue;
        buf_add_string(line, "  and ");
        add_count(job, line, job->told[i] - told[i].most, "more", "more");
        buf_addf(line, " %s%s\n", told[i].word,
                 job->cli->given[OPTION_REPORT] ? "" : "; --report FILE writes all of them");
    }
}

void import_tell_result(struct importing *job, struct text file)
{
    const struct import_report *report = &job->report;
    const struct store_written *written = &job->written;
    struct buf line = BUF_INIT;
    import_tell_clear(job);
    tell_more(job, &line);
    buf_addf(&line, "%.*s: ", (int)file.length, file.at);
    add_count(job, &line, report->rows, "row", "rows");
    buf_add_string(&line, ", ");
    add_count(job, &line, report->creators, "creator", "creators");
    buf_add_string(&line, "; ");
    add_count(job, &line, report->rejected, "row rejected", "rows rejected");
    buf_add_string(&line, ", ");
    add_count(job, &line, report->repeats, "row repeats a creator", "rows repeat a creator");
    if (report->tiers_disagree) {
        buf_add_string(&line, ", ");
        add_count(job, &line, report->tiers_disagree, "tier label disagrees with the followers",
                  "tier labels disagree with the followers");
    }
    buf_add_char(&line, '\n');
    if (job->store) {
        buf_addf(&line, "%s '%s': ", job->cli->given[OPTION_DRY_RUN] ? "would go into" : "into",
                 store_path(job->store));
        number_fixed(&line, (double)written->added, 0, job->cli->config->style);
        buf_add_string(&line, " new, ");
        number_fixed(&line, (double)written->changed, 0, job->cli->config->style);
        buf_add_string(&line, " changed, ");
        number_fixed(&line, (double)written->unchanged, 0, job->cli->config->style);
        buf_add_string(&line, " as they were");
        if (written->snapshots) {
            buf_add_string(&line, "; ");
            add_count(job, &line, written->snapshots, "past value", "past values");
        }
        buf_add_char(&line, '\n');
    }
    import_rates_tell(job, &line);
    if (job->cli->given[OPTION_DRY_RUN])
        buf_add_string(&line, "a dry run: nothing was changed\n");
    say_text(buf_text(&line));
    buf_release(&line);
}

/* ---- progress ---- */

void import_tell_clear(struct importing *job)
{
    bar_clear(&job->bar);
}

static void tell_bar(struct importing *job, uint64_t bytes, uint64_t total, uint64_t rows)
{
    if (!bar_due(&job->bar))
        return;
    struct buf line = BUF_INIT;
    add_count(job, &line, rows, "row", "rows");
    if (total)
        buf_addf(&line, ", %.0f%%", 100.0 * (double)bytes / (double)total);
    bar_show(&job->bar, &line);
    buf_release(&line);
}

static const struct writer_column progress_columns[] = {
    {.key = "state", .title = "State", .unit = UNIT_TEXT},
    {.key = "file", .title = "File", .unit = UNIT_TEXT},
    {.key = "bytes", .title = "Bytes", .unit = UNIT_COUNT},
    {.key = "total", .title = "Total", .unit = UNIT_COUNT},
    {.key = "rows", .title = "Rows", .unit = UNIT_COUNT},
    {.key = "creators", .title = "Creators", .unit = UNIT_COUNT},
    {.key = "rejected", .title = "Rejected", .unit = UNIT_COUNT},
    {.key = "repeats", .title = "Repeats", .unit = UNIT_COUNT},
    {.key = "added", .title = "Added", .unit = UNIT_COUNT},
    {.key = "changed", .title = "Changed", .unit = UNIT_COUNT},
    {.key = "unchanged", .title = "Unchanged", .unit = UNIT_COUNT},
};

bool import_tell_begin(struct importing *job, struct err *err)
{
    output_init(&job->output);
    return verb_progress(job->cli, &job->output, progress_columns, COUNT_OF(progress_columns),
                         &job->lines, err);
}

/* What went wrong here is told at the end: a lost listener is no reason to lose an import. */
static void tell_line(struct importing *job, const char *state, const uint64_t *counts,
                      size_t known)
{
    struct writer_cell cells[COUNT_OF(progress_columns)] = {
        {.number = number_unknown(), .text = text_of(state)},
        {.number = number_unknown(), .text = text_of(job->source.name)}};
    if (!job->lines || job->output_failed)
        return;
    for (size_t i = 2; i < COUNT_OF(progress_columns); i++)
        cells[i].number = i - 2 < known ? (double)counts[i - 2] : number_unknown();
    job->output_failed = !writer_row(job->lines, cells, &job->output_err);
    fflush(stdout);
}

void import_tell_progress(struct importing *job, uint64_t bytes, uint64_t total, uint64_t rows)
{
    const uint64_t counts[] = {bytes, total, rows};
    tell_bar(job, bytes, total, rows);
    if (loop_now() - job->line_at < 0.1)
        return;
    job->line_at = loop_now();
    tell_line(job, "reading", counts, COUNT_OF(counts));
}

void import_tell_state(struct importing *job, const char *state)
{
    const struct import_report *report = &job->report;
    const struct store_written *written = &job->written;
    const uint64_t counts[] = {job->source.taken, job->source.total, report->rows,
                               report->creators,  report->rejected,  report->repeats,
                               written->added,    written->changed,  written->unchanged};
    tell_line(job, state, counts, COUNT_OF(counts));
}

bool import_tell_end(struct importing *job, struct err *err)
{
    import_tell_clear(job);
    if (job->output_failed)
        *err = job->output_err;
    bool ok = output_end(&job->output, !job->output_failed, err);
    writer_free(job->lines);
    job->lines = NULL;
    output_release(&job->output);
    return ok;
}
