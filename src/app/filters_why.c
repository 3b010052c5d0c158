#include <math.h>

#include "app_internal.h"
#include "base/utf8.h"
#include "domain/country.h"
#include "domain/show.h"
#include "help_internal.h"
#include "subject_internal.h"

/* How the counts of the filter pane come about, what a filter keeps out, and what a view says. */

static const struct facet_line *line_here(const struct model *model)
{
    return facets_selectable(model, model->facet.cursor)
               ? &model->facet_lines.items[model->facet.cursor]
               : NULL;
}

/* The term of the filter that is this group's own; SIZE_MAX: nothing of it is chosen. */
static size_t place_of(const struct model *model, const struct filter_term *term)
{
    return term ? (size_t)(term - model->query.filter.items) : SIZE_MAX;
}

/* ---- a value ---- */

bool value_here(const struct model *model)
{
    const struct facet_line *line = line_here(model);
    return line && line->value < FACET_LEAST;
}

static const struct facet *facet_of(const struct model *model)
{
    return &model->result.facets[line_here(model)->facet];
}

static const struct facet_value *facet_value_of(const struct model *model)
{
    return &facet_of(model)->values[line_here(model)->value];
}

const char *value_source(const struct model *model)
{
    return columns[facet_of(model)->column].title;
}

static void add_word(const struct model *model, struct buf *out)
{
    struct text word = facet_value_of(model)->word;
    const struct country_row *country =
        facet_of(model)->column == COL_COUNTRY ? country_find(word) : NULL;
    if (country)
        buf_add_string(out, country->name);
    else
        text_safe(out, word);
}

void value_title(const struct model *model, struct buf *out)
{
    buf_add_string(out, "Why ");
    number_fixed(out, (double)facet_value_of(model)->count, 0, model->style);
    buf_addf(out, "  %s ", columns[facet_of(model)->column].title);
    add_word(model, out);
}

static void tell_band(const struct model *model, struct help *help)
{
    int band = tier_from_word(model->preset, facet_value_of(model)->word);
    struct buf text = BUF_INIT;
    if (facet_of(model)->column != COL_TIER || band == TIER_NONE)
        return;
    number_fixed(&text, model->preset->bands[band].from, 0, model->style);
    if (band + 1 < model->preset->count) {
        buf_add_string(&text, " followers up to, not including, ");
        number_fixed(&text, model->preset->bands[band + 1].from, 0, model->style);
    } else {
        buf_add_string(&text, " followers and more");
    }
    buf_addf(&text, ", as the preset %s draws it; e in t chooses another.", model->preset->name);
    help_entry(help, TEXT("Band"), buf_text(&text));
    buf_release(&text);
}

void value_why(const struct model *model, struct help *help)
{
    const struct facet *facet = facet_of(model);
    const struct facet_value *value = facet_value_of(model);
    struct buf text = BUF_INIT;
    help_heading(help, "What it is");
    why_tell_column(facet->column, help);
    tell_band(model, help);
    help_heading(help, "How it was counted");
    why_add_count(model, (double)value->count, "creator has it and passes",
                  "creators have it and pass", &text);
    buf_add_string(&text, " all filters but what is chosen in this group: what the list would show "
                          "were it chosen alone.");
    help_entry(help, TEXT("The count"), buf_text(&text));
    buf_clear(&text);
    why_add_terms(model, place_of(model, filter_selection(&model->query.filter, facet->column)),
                  &text);
    help_entry(help, TEXT("The other filters"), buf_text(&text));
    buf_clear(&text);
    why_add_count(model, (double)value->all, "creator", "creators", &text);
    buf_add_string(&text, " of ");
    number_fixed(&text, (double)model->result.rows.total, 0, model->style);
    buf_add_string(&text, " have it, whatever is filtered.");
    help_entry(help, TEXT("In the whole store"), buf_text(&text));
    help_entry(help, TEXT("Chosen"),
               value->selected
                   ? TEXT("Yes: it is in the list. Values chosen in one group are joined by or.")
                   : TEXT("No. Values chosen in one group are joined by or, groups by and."));
    help_entry(help, TEXT("The bar"),
               TEXT("Its share of the greatest count of the group. Who has no value here is in no "
                    "count; who has several is in each of them."));
    buf_release(&text);
}

/* ---- the bars of a figure, and its range ---- */

bool bars_here(const struct model *model)
{
    const struct facet_line *line = line_here(model);
    return line && line->value == FACET_HISTOGRAM;
}

static const struct histogram *bars_of(const struct model *model)
{
    return &model->result.histograms[line_here(model)->facet];
}

const char *bars_source(const struct model *model)
{
    return columns[bars_of(model)->column].title;
}

void bars_title(const struct model *model, struct buf *out)
{
    struct filter_range range;
    buf_addf(out, "Why %s ", columns[bars_of(model)->column].title);
    if (range_of(model, line_here(model)->facet, &range))
        range_say(range, out);
    else
        buf_add_string(out, "any");
}

static void tell_bucket(const struct model *model, size_t at, struct help *help)
{
    const struct histogram *bars = bars_of(model);
    struct filter_range range = {at == 0 ? -INFINITY : bars->edges[at],
                                 at + 1 == bars->buckets ? INFINITY : bars->edges[at + 1]};
    struct filter_range set;
    struct buf label = BUF_INIT, text = BUF_INIT;
    range_say(range, &label);
    why_add_count(model, (double)bars->counts[at], "creator", "creators", &text);
    if (range_of(model, line_here(model)->facet, &set) &&
        !range_holds(model, line_here(model)->facet, at))
        buf_add_string(&text, ", outside the range");
    help_entry(help, buf_text(&label), buf_text(&text));
    buf_release(&label);
    buf_release(&text);
}

void bars_why(const struct model *model, struct help *help)
{
    const struct histogram *bars = bars_of(model);
    struct buf text = BUF_INIT;
    size_t counted = 0;
    for (size_t i = 0; i < bars->buckets; i++)
        counted += bars->counts[i];
    help_heading(help, "What it is");
    why_tell_column(bars->column, help);
    help_heading(help, "How it was counted");
    why_add_count(model, (double)counted, "creator passes", "creators pass", &text);
    buf_add_string(&text, " all filters but this range and have the figure. Who has none is in no "
                          "bar, and a range leaves him out.");
    help_entry(help, TEXT("The bars"), buf_text(&text));
    buf_clear(&text);
    why_add_terms(model, place_of(model, filter_range(&model->query.filter, bars->column)), &text);
    help_entry(help, TEXT("The other filters"), buf_text(&text));
    if (bars->column == COL_FEE)
        help_entry(help, TEXT("Estimates"),
                   TEXT("Fees that are our estimate count too; fee:known leaves them out."));
    help_heading(help, "Bar by bar");
    for (size_t i = 0; i < bars->buckets; i++)
        tell_bucket(model, i, help);
    buf_release(&text);
}

/* ---- nothing matches: what a filter keeps out ---- */

bool lift_here(const struct model *model)
{
    return model->lift.cursor < model->query.filter.count && model->result.rows.count == 0;
}

const char *lift_source(const struct model *model)
{
    const struct filter_term *term = &model->query.filter.items[model->lift.cursor];
    return term->kind == FILTER_COLUMN ? columns[term->column].title : NULL;
}

void lift_title(const struct model *model, struct buf *out)
{
    struct buf label = BUF_INIT;
    size_t back = model->result.lifts[model->lift.cursor];
    buf_add_string(out, "Why ");
    number_fixed(out, (double)back, 0, model->style);
    buf_add_string(out, back == 1 ? " comes back without " : " come back without ");
    filter_label(&model->query.filter.items[model->lift.cursor], &label);
    text_safe(out, buf_text(&label));
    buf_release(&label);
}

void lift_why(const struct model *model, struct help *help)
{
    size_t at = model->lift.cursor;
    const struct filter_term *term = &model->query.filter.items[at];
    struct buf text = BUF_INIT;
    if (term->kind == FILTER_COLUMN) {
        help_heading(help, "What it asks about");
        why_tell_column(term->column, help);
    }
    help_heading(help, "How it was counted");
    why_add_count(model, (double)model->result.lifts[at], "creator fails", "creators fail", &text);
    buf_add_string(&text, " this filter alone and would pass all the others.");
    help_entry(help, TEXT("Come back"), buf_text(&text));
    buf_clear(&text);
    why_add_terms(model, at, &text);
    help_entry(help, TEXT("The other filters"), buf_text(&text));
    buf_clear(&text);
    buf_add_string(&text, "nobody of ");
    number_fixed(&text, (double)model->result.rows.total, 0, model->style);
    buf_add_string(&text, ". Who fails two filters comes back only when both are lifted, so the "
                          "lines do not add up.");
    help_entry(help, TEXT("Pass all of them"), buf_text(&text));
    if (term->kind == FILTER_COLUMN && !column_is_text(term->column))
        help_entry(help, TEXT("Unknown"),
                   TEXT("Who has no such figure fails a bound on it, whatever the bound."));
    buf_release(&text);
}

/* ---- views ---- */

void view_title(const struct model *model, struct buf *out)
{
    buf_addf(out, "Why view %s", named_line(model, model->named_place.cursor).name);
}

static void tell_part(struct help *help, const char *label, struct text text, const char *none)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, text);
    help_entry(help, text_of(label), text.length > 0 ? buf_text(&safe) : text_of(none));
    buf_release(&safe);
}

static void tell_order(struct help *help, struct text said)
{
    struct query query;
    struct buf text = BUF_INIT;
    query_init(&query);
    if (said.length > 0 && query_parse_order(said, &query, NULL))
        for (size_t i = 0; i < query.order_count; i++)
            buf_addf(&text, "%s%s, %s first", i ? "; then " : "",
                     columns[query.orders[i].column].title,
                     query.orders[i].descending ? "the greatest" : "the least");
    tell_part(help, "Order", buf_text(&text), "as it is");
    query_release(&query);
    buf_release(&text);
}

void view_why(const struct model *model, struct help *help)
{
    struct named_line line = named_line(model, model->named_place.cursor);
    struct buf text = BUF_INIT;
    help_heading(help, "What it is");
    help_entry(help, TEXT("From"),
               text_of(line.builtin ? line.builtin->help
                                    : "Yours, kept in this store; microscope views export "
                                      "shares them."));
    tell_part(help, "Filter", line.says.filter, "none: all creators");
    tell_order(help, line.says.order);
    tell_part(help, "Columns", line.says.columns, "as they are");
    tell_part(help, "Plan", line.says.scenario, "as it is");
    help_heading(help, "How it was counted");
    if (line.count == NAMED_UNCOUNTED) {
        buf_add_string(&text, "It is still being counted.");
    } else {
        why_add_count(model, (double)line.count, "creator passes", "creators pass", &text);
        buf_add_string(&text, " its filter now, whatever else is filtered, of ");
        number_fixed(&text, (double)model->result.rows.total, 0, model->style);
        buf_add_string(&text, " in the store.");
    }
    help_entry(help, TEXT("Creators"), buf_text(&text));
    if (text_is(text_of(line.name), model->named))
        help_entry(help, TEXT("In use"),
                   model->named_differs ? TEXT("Yes, but something was changed since: a saves it.")
                                        : TEXT("Yes: the list is as it says."));
    buf_release(&text);
}
