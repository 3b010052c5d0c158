#include <math.h>
#include <stdlib.h>

#include "actions_internal.h"
#include "app_internal.h"

/* The ends of the histograms move from edge to edge; a typed end that is none goes to the next one. */

static const struct histogram *histogram_of(const struct model *model, size_t index)
{
    return &model->result.histograms[index];
}

static struct filter_range range_now(const struct model *model, size_t index)
{
    const struct filter_term *term =
        filter_range(&model->query.filter, histogram_of(model, index)->column);
    return term ? (struct filter_range){term->values[0].low, term->values[0].high}
                : (struct filter_range){-INFINITY, INFINITY};
}

bool range_of(const struct model *model, size_t index, struct filter_range *range)
{
    *range = range_now(model, index);
    return isfinite(range->low) || isfinite(range->high);
}

void range_say(struct filter_range range, struct buf *out)
{
    if (isinf(range.low))
        buf_add_string(out, "up to ");
    else
        filter_bound(range.low, out);
    if (isinf(range.high))
        buf_add_string(out, " up");
    else if (isfinite(range.low))
        buf_add_string(out, " .. ");
    if (isfinite(range.high))
        filter_bound(range.high, out);
}

/* The lower edge of a bucket, the upper one of that before it; those of the whole are open. */
static double edge(const struct histogram *histogram, size_t place)
{
    return place == 0                    ? -INFINITY
           : place >= histogram->buckets ? INFINITY
                                         : histogram->edges[place];
}

bool range_holds(const struct model *model, size_t index, size_t bucket)
{
    const struct histogram *histogram = histogram_of(model, index);
    struct filter_range range = range_now(model, index);
    double from = edge(histogram, bucket), to = edge(histogram, bucket + 1);
    return range.low < to && (range.high > from || range.low == from);
}

int range_bars(const struct model *model, size_t index)
{
    return model->layout.filters.columns - (int)histogram_of(model, index)->buckets;
}

/* ---- what the cursor stands on ---- */

static bool histogram_here(const struct model *model, size_t *index)
{
    if (model_context(model) != CONTEXT_FILTERS ||
        model->facet.cursor >= model->facet_lines.count ||
        model->facet_lines.items[model->facet.cursor].value != FACET_HISTOGRAM)
        return false;
    *index = model->facet_lines.items[model->facet.cursor].facet;
    return true;
}

bool on_histogram(const struct model *model)
{
    size_t index;
    return histogram_here(model, &index);
}

const char *name_end(const struct model *model)
{
    return model->ranges.high ? "high end" : "low end";
}

const char *name_chosen(const struct model *model)
{
    struct filter_range range;
    size_t index;
    if (histogram_here(model, &index))
        return range_of(model, index, &range) ? "lift range" : "begin range";
    if (model->facet.cursor >= model->facet_lines.count)
        return NULL;
    struct facet_line line = model->facet_lines.items[model->facet.cursor];
    if (line.value != FACET_MORE)
        return NULL;
    return model->facets_unfolded >> line.facet & 1 ? "fold" : "unfold";
}

/* ---- moving ---- */

/* A run of + and - on one range is one view, and one step of undo. */
static bool goes_on(const struct model *model, enum column column)
{
    const struct undo *undo = &model->undo;
    const struct step *step = undo_next(undo);
    return (model->last_key == '+' || model->last_key == '-') && model->ranges.column == column &&
           model->ranges.view == model->views.at && step && step->kind == STEP_VIEW &&
           step->view_after == model->views.at && undo->done == undo->count;
}

static void put(struct model *model, size_t index, struct filter_range range, bool joins)
{
    enum column column = histogram_of(model, index)->column;
    const char *key = columns[column].key;
    struct buf words = BUF_INIT;
    bool ranged = isfinite(range.low) || isfinite(range.high);
    range_say(ranged ? range : range_now(model, index), &words);
    filter_set_range(&model->query.filter, column, range);
    const char *label = ranged ? "only" : "lift";
    size_t before = model->views.at;
    bool stays;
    if (joins) {
        stays = view_goes_on(model, "%s %s: %s", label, key, buf_string(&words));
    } else {
        view_changed(model, "%s %s: %s", label, key, buf_string(&words));
        stays = model->views.at != before;
    }
    model->ranges.column = column;
    model->ranges.view = stays ? model->views.at : VIEW_NONE;
    buf_release(&words);
}

/* The edge next to a value, above or below it. */
static double next_edge(const struct histogram *histogram, double value, int by)
{
    size_t place = by > 0 ? 0 : histogram->buckets;
    while (by > 0 && place < histogram->buckets && edge(histogram, place) <= value)
        place++;
    while (by < 0 && place > 0 && edge(histogram, place) >= value)
        place--;
    return edge(histogram, place);
}

static void move_end(struct model *model, int by)
{
    size_t index;
    if (!histogram_here(model, &index))
        return;
    const struct histogram *histogram = histogram_of(model, index);
    struct filter_range range = range_now(model, index), moved = range;
    double *end = model->ranges.high ? &moved.high : &moved.low;
    *end = next_edge(histogram, *end, by);
    bool joins = goes_on(model, histogram->column);
    if (*end == (model->ranges.high ? range.high : range.low))
        model_notice(model, "this is all there is: - and + move the %s", name_end(model));
    else if (moved.low >= moved.high)
        model_notice(model, "the ends meet: %s moves the other end",
                     model->ranges.high ? "Left" : "Right");
    else
        put(model, index, moved, joins);
}

void run_end_more(struct model *model, struct effects *effects)
{
    (void)effects;
    move_end(model, 1);
}

void run_end_less(struct model *model, struct effects *effects)
{
    (void)effects;
    move_end(model, -1);
}

void run_low_end(struct model *model, struct effects *effects)
{
    (void)effects;
    model->ranges.high = false;
}

void run_high_end(struct model *model, struct effects *effects)
{
    (void)effects;
    model->ranges.high = true;
}

/* The middle half of those who are there, between edges: at least a bucket, never all. */
static struct filter_range middle(const struct histogram *histogram)
{
    size_t total = 0, below = 0, low = 0, high = histogram->buckets;
    for (size_t i = 0; i < histogram->buckets; i++)
        total += histogram->counts[i];
    for (size_t i = 0; i < histogram->buckets; i++) {
        if (below * 4 <= total)
            low = i;
        below += histogram->counts[i];
        if (below * 4 >= total * 3) {
            high = i + 1;
            break;
        }
    }
    if (low == 0 && high == histogram->buckets)
        low = 1;
    return (struct filter_range){edge(histogram, low), edge(histogram, high)};
}

void range_choose(struct model *model, size_t index)
{
    const struct histogram *histogram = histogram_of(model, index);
    struct filter_range range;
    bool was = range_of(model, index, &range);
    if (was)
        put(model, index, (struct filter_range){-INFINITY, INFINITY}, false);
    else if (histogram->buckets < 2)
        model_notice(model, "%s: there is nothing to choose between",
                     columns[histogram->column].title);
    else
        put(model, index, middle(histogram), false);
}

/* ---- the mouse ---- */

/* Where an end stands among the edges: how many buckets are below it. */
static long place_of(const struct histogram *histogram, double end)
{
    long place = 0;
    while ((size_t)place < histogram->buckets && edge(histogram, (size_t)place + 1) <= end)
        place++;
    return place;
}

/* The nearer end goes to the bucket, which is in the range then. */
void range_click(struct model *model, size_t index, int cell)
{
    const struct histogram *histogram = histogram_of(model, index);
    long bucket = cell - range_bars(model, index);
    struct filter_range range = range_now(model, index), moved = range;
    if (bucket < 0 || bucket >= (long)histogram->buckets)
        return;
    long low = labs(bucket - place_of(histogram, range.low));
    long high = labs(bucket + 1 - place_of(histogram, range.high));
    model->ranges.high = high < low || (high == low && model->ranges.high);
    if (model->ranges.high)
        moved.high = edge(histogram, (size_t)bucket + 1);
    else
        moved.low = edge(histogram, (size_t)bucket);
    if (moved.low < moved.high && (moved.low != range.low || moved.high != range.high))
        put(model, index, moved, false);
}
