#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "filter_internal.h"

/* The range of a figure: what the ends of its histogram move. */

static size_t range_place(const struct filter *filter, enum column column)
{
    for (size_t i = 0; i < filter->count; i++) {
        const struct filter_term *term = &filter->items[i];
        if (term->kind == FILTER_COLUMN && term->column == column && !term->negative &&
            term->op == filter_colon && term->value_count == 1 && !term->values[0].age)
            return i;
    }
    return filter->count;
}

const struct filter_term *filter_range(const struct filter *filter, enum column column)
{
    size_t place = column_is_text(column) ? filter->count : range_place(filter, column);

    return place < filter->count ? &filter->items[place] : NULL;
}

void filter_bound(double value, struct buf *out)
{
    double unit = fabs(value) >= 1e6 ? 1e6 : fabs(value) >= 1e3 ? 1e3 : 1;

    buf_addf(out, "%.12g%s", value / unit, unit == 1e6 ? "M" : unit == 1e3 ? "k" : "");
}

static void print_range(struct filter_range range, struct buf *out)
{
    if (isfinite(range.low))
        filter_bound(range.low, out);
    buf_add_string(out, "..");
    if (isfinite(range.high))
        filter_bound(range.high, out);
}

void filter_set_range(struct filter *filter, enum column column, struct filter_range range)
{
    size_t place = range_place(filter, column);
    struct filter_term *term;
    struct buf text = BUF_INIT;

    assert(!column_is_text(column) && range.low <= range.high);
    if (isinf(range.low) && isinf(range.high)) {
        if (place < filter->count)
            filter_remove(filter, place);
        return;
    }
    if (place == filter->count) {
        struct filter_term made = {.kind = FILTER_COLUMN,
                                   .column = column,
                                   .op = filter_colon,
                                   .key = columns[column].key};
        if (filter->count == FILTER_TERMS)
            return;
        filter_push(filter, &made);
    }
    term = &filter->items[place];
    if (term->value_count)
        free(term->values[0].text);
    term->value_count = 0;
    print_range(range, &text);
    filter_term_add(term, buf_text(&text), range.low, range.high, -1);
    buf_release(&text);
    filter->revision++;
}
