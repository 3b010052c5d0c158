#include <math.h>
#include <stdio.h>

#include "ui/chart.h"
#include "ui_internal.h"

/* Work that takes a while: how far it is, how fast it goes, and when it will be done. */

struct progress {
    const char *title;
    struct text name;
    const char *one, *many; /* what it counts */
    struct job_progress job;
    bool can_cancel;
};

static struct progress progress_of(const struct model *model)
{
    if (model->job.running)
        return (struct progress){.title = model->job.takes_back   ? "Take back "
                                          : model->job.hands_over ? "Save "
                                                                  : "Import ",
                                 .name = text_of(model->job_name),
                                 .one = model->job.hands_over ? " creator" : " row",
                                 .many = model->job.hands_over ? " creators" : " rows",
                                 .job = model->job,
                                 .can_cancel = !model->job.cancelling};
    return (struct progress){.title = model->loading_again ? "Loading again" : "Loading",
                             .one = " creator",
                             .many = " creators",
                             .job = {.running = true,
                                     .rows = model->loaded,
                                     .done = model->loaded,
                                     .total = model->load_total,
                                     .seconds = model->load_seconds}};
}

/* "1,234 rows", "3 s left", "40.0k a second": as many as there is room for, in this order. */
static void job_words(const struct model *model, const struct progress *progress, int room,
                      struct buf *out)
{
    const struct job_progress *job = &progress->job;
    struct buf parts[3] = {BUF_INIT, BUF_INIT, BUF_INIT};
    bool reading = job->done > 0 && job->done < job->total;
    number_fixed(&parts[0], (double)job->rows, 0, model->style);
    buf_add_string(&parts[0], job->rows == 1 ? progress->one : progress->many);
    if (job->cancelling) {
        buf_add_string(&parts[1], "cancelling");
    } else if (reading && job->seconds > 0.3) {
        double left = job->seconds * (double)(job->total - job->done) / (double)job->done;
        buf_addf(&parts[1], left < 100 ? "%.0f s left" : "%.0f min left",
                 left < 100 ? ceil(left) : ceil(left / 60));
        number_short(&parts[2], round((double)job->rows / job->seconds), model->style);
        buf_add_string(&parts[2], " a second");
    } else if (job->total > 0 && job->done >= job->total) {
        buf_add_string(&parts[1], "finishing");
    }
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].length > 0 && (int)(out->length + parts[i].length) + 2 <= room) {
            buf_add_string(out, out->length ? "  " : "");
            buf_add_text(out, buf_text(&parts[i]));
        }
        buf_release(&parts[i]);
    }
}

/* A bar on its whole length, and the share in figures. Returns the column after. */
static int draw_share(struct canvas *canvas, int column, int row, int cells, double share)
{
    char percent[8];
    share = fmin(share, 1);
    snprintf(percent, sizeof percent, "%3.0f%%", floor(share * 100));
    for (int i = 0; i < cells; i++)
        canvas_glyph(canvas, column + i, row, ink(ROLE_BORDER), GLYPH_HORIZONTAL);
    chart_bar(canvas, column, row, cells, share, ink(ROLE_GRAPH));
    return canvas_string(canvas, column + cells + 1, row, ink_strong(ROLE_TEXT), percent) + 2;
}

void progress_draw(const struct model *model, struct canvas *canvas, int row)
{
    struct progress progress = progress_of(model);
    const struct job_progress *job = &progress.job;
    int width = canvas->columns, bar = width >= 100 ? 24 : width >= 60 ? 12 : 0;
    int column = canvas_string(canvas, 1, row, ink_strong(ROLE_TITLE), progress.title);
    int cells = (int)text_width(progress.name, canvas->widths), most = width / 4;
    cells = cells < most ? cells : most;
    if (cells > 0)
        canvas_fit(canvas, column, row, cells, FIT_LEFT, ink(ROLE_TEXT), progress.name);
    column += cells + 2;
    if (job->total > 0 && bar > 0)
        column = draw_share(canvas, column, row, bar, (double)job->done / (double)job->total);
    int end = width - 1;
    if (progress.can_cancel && width >= 60) {
        end -= 14;
        frame_key(canvas, end, row, ROLE_TEXT, "Ctrl-C", "cancels");
    }
    struct buf words = BUF_INIT;
    job_words(model, &progress, end - column, &words);
    canvas_text(canvas, column, row, ink(ROLE_DIM), buf_text(&words));
    buf_release(&words);
}
