#include "base/number.h"
#include "base/vec.h"
#include "export_internal.h"
#include "runtime/loop.h"

static const struct writer_column progress_columns[] = {
    {.key = "state", .title = "State", .unit = UNIT_TEXT},
    {.key = "file", .title = "File", .unit = UNIT_TEXT},
    {.key = "rows", .title = "Rows", .unit = UNIT_COUNT},
    {.key = "total", .title = "Total", .unit = UNIT_COUNT},
};

bool export_tell_begin(struct exporting *job, struct err *err)
{
    output_init(&job->output);
    bar_begin(&job->bar, job->cli->config->plain);
    if (!job->path && job->cli->given[OPTION_PROGRESS])
        return err_set(err, "standard output takes the data or '--progress', not both");
    return verb_progress(job->cli, &job->output, progress_columns, COUNT_OF(progress_columns),
                         &job->lines, err);
}

/* A lost listener is no reason to lose a file: it is told at the end. */
static void tell_line(struct exporting *job, const char *state)
{
    const struct writer_cell cells[] = {
        {.number = number_unknown(), .text = text_of(state)},
        {.number = number_unknown(), .text = text_of(job->path ? job->path : "-")},
        {.number = (double)job->done},
        {.number = (double)job->total},
    };
    if (!job->lines || job->lines_failed)
        return;
    job->lines_failed = !writer_row(job->lines, cells, &job->lines_err);
    fflush(stdout);
}

static void tell_bar(struct exporting *job)
{
    struct buf line = BUF_INIT;
    if (!bar_due(&job->bar) || (!job->path && job->output.tty))
        return;
    number_fixed(&line, (double)job->done, 0, job->cli->config->style);
    buf_addf(&line, " creators, %.0f%%",
             job->total ? 100.0 * (double)job->done / (double)job->total : 100.0);
    bar_show(&job->bar, &line);
    buf_release(&line);
}

bool export_tell_step(struct exporting *job)
{
    verb_signals(&job->signal);
    tell_bar(job);
    if (job->lines && loop_now() - job->line_at >= 0.1) {
        job->line_at = loop_now();
        tell_line(job, "writing");
    }
    verb_signals(&job->signal);
    return job->signal == 0;
}

void export_tell_state(struct exporting *job, const char *state)
{
    bar_clear(&job->bar);
    tell_line(job, state);
}

bool export_tell_end(struct exporting *job, struct err *err)
{
    if (job->lines_failed)
        *err = job->lines_err;
    bool ok = !job->lines || output_end(&job->output, !job->lines_failed, err);
    writer_free(job->lines);
    output_release(&job->output);
    return ok;
}
