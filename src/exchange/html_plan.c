#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "html_internal.h"

/* The plan: what it comes to in a sentence and in cards, who is in it, and what the same money
 * returns elsewhere. */

/* ---- Summary ---- */

static void say_outcome(struct html *html, const struct totals *totals)
{
    html_raw(html, " Expected: revenue of ");
    html_money(html, totals->revenue.value);
    html_raw(html, totals->profit.value < 0 ? ", a loss of " : ", a profit of ");
    html_money(html, fabs(totals->profit.value));
    html_raw(html, ", that is ROI <b>");
    html_figure(html, UNIT_ROI, totals->roi.value, totals->roi.estimated ? '~' : 0);
    html_raw(html, "</b>");
    if (number_known(totals->roi_p10)) {
        html_raw(html, "; 8 in 10 times it ends between ");
        html_figure(html, UNIT_ROI, totals->roi_p10, 0);
        html_raw(html, " and ");
        html_figure(html, UNIT_ROI, totals->roi_p90, 0);
    }
    html_raw(html, ".");
}

static void say_channel(struct html *html, const struct totals *totals)
{
    const struct scenario *scenario = html->handover->scenario;
    const struct channel *channel = scenario_baseline(scenario);
    double roi = channel ? channel_roi(scenario, channel) : (double)NAN;
    if (!number_known(roi) || !number_known(totals->roi.value))
        return;
    html_raw(html, " The same money in ");
    html_string(html, channel->name);
    html_raw(html, " would return ");
    html_figure(html, UNIT_ROI, roi, 0);
    html_raw(html, ".");
}

static void say_plan(struct html *html, const struct handover_plan *plan)
{
    const struct totals *totals = plan->totals;
    html_raw(html, "<p class=\"lead\">");
    html_count(html, plan->count, "creator", "creators");
    html_raw(html, " for ");
    html_money(html, totals->cost.value);
    html_raw(html, " of a budget of ");
    html_money(html, totals->budget);
    html_raw(html, totals->left < 0 ? ", <span class=\"bad\">over it by " : ", leaving ");
    html_money(html, fabs(totals->left));
    html_raw(html, totals->left < 0 ? "</span>." : ".");
    if (number_known(totals->revenue.value) && number_known(totals->profit.value))
        say_outcome(html, totals);
    say_channel(html, totals);
    html_raw(html, "</p>\n");
}

static const struct card {
    const char *title;
    enum column column;
} cards[] = {
    {"Cost", COL_COST},
    {"Reached at least once", COL_REACH},
    {"Orders", COL_ORDERS},
    {"Revenue", COL_REVENUE},
    {"Profit", COL_PROFIT},
    {"ROI", COL_ROI},
    {"Cost of 1,000 reached", COL_CPR},
    {"Cost of an order", COL_CPA},
};

static void card_note(struct html *html, const struct handover_plan *plan, enum column column,
                      const struct total *total)
{
    const struct totals *totals = plan->totals;
    html_raw(html, "<span class=\"note\">");
    if (column == COL_COST) {
        html_raw(html, totals->left < 0 ? "over by " : "left ");
        html_figure(html, UNIT_MONEY, fabs(totals->left), 0);
    } else if (column == COL_REACH && number_known(totals->net_reach_high)) {
        html_raw(html, "at most; each ");
        html_figure(html, UNIT_RATIO, totals->frequency.value, 0);
    } else if (column == COL_ORDERS && totals->chance) {
        html_raw(html, "under 3: chance decides");
    } else if (column == COL_ROI && number_known(totals->roi_p10)) {
        html_figure(html, UNIT_ROI, totals->roi_p10, 0);
        html_raw(html, " to ");
        html_figure(html, UNIT_ROI, totals->roi_p90, 0);
    }
    if (total->known < plan->count) {
        html_rawf(html, " known of %zu of %zu", total->known, plan->count);
    }
    html_raw(html, "</span>");
}

/* The sign before a total. */
static char mark_of(const struct totals *totals, enum column column, const struct total *total)
{
    if (total->estimated || (column == COL_REACH && totals->universe_assumed))
        return '~';
    return total->at_least ? '>' : 0;
}

static void show_cards(struct html *html, const struct handover_plan *plan)
{
    html_raw(html, "<dl class=\"cards\">\n");
    for (size_t i = 0; i < COUNT_OF(cards); i++) {
        const struct total *total = total_of_column(plan->totals, cards[i].column);
        html_rawf(html, "<div class=\"card\"><dt>%s</dt><dd>", cards[i].title);
        html_figure(html, columns[cards[i].column].unit, total->value,
                    mark_of(plan->totals, cards[i].column, total));
        card_note(html, plan, cards[i].column, total);
        html_raw(html, "</dd></div>\n");
    }
    html_raw(html, "</dl>\n");
}

/* ---- Who is in it ---- */

static const struct plan_column {
    const char *title;
    enum column column;
    bool bar;
} plan_columns[] = {
    {"Posts", COL_DELIVERABLES, false}, {"Fee", COL_FEE, false},
    {"Cost", COL_COST, true},           {"Reach", COL_REACH, false},
    {"Orders", COL_ORDERS, false},      {"Revenue", COL_REVENUE, false},
    {"Profit", COL_PROFIT, false},      {"ROI", COL_ROI, true},
};

static double figure_of(const struct figures *figures, enum column column)
{
    return *(const double *)(const void *)((const char *)figures + columns[column].figure);
}

static char figure_mark(const struct figures *figures, enum column column)
{
    if (columns[column].rests & RESTS_ON_FEE && figures->marks & MARK_FEE_ESTIMATED)
        return '~';
    return column == COL_FEE && figures->marks & MARK_FEE_OWN ? '=' : 0;
}

/* The greatest of the column is the whole of a bar's room. */
static double scale_of(const struct handover_plan *plan, enum column column)
{
    double most = 0;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->rows[i].figures)
            most = fmax(most, fabs(figure_of(plan->rows[i].figures, column)));
    return most;
}

static void show_planned(struct html *html, const struct handover_plan *plan,
                         const struct handover_planned *row, const double *scales)
{
    html_raw(html, "<tr><th scope=\"row\">");
    html_who(html, &row->who);
    html_rawf(html, "</th><td data-l=\"Format\">%s</td>",
              row->format == FORMAT_NONE ? "-" : formats[row->format].word);
    for (size_t i = 0; i < COUNT_OF(plan_columns); i++) {
        enum column column = plan_columns[i].column;
        double value = row->figures                 ? figure_of(row->figures, column)
                       : column == COL_DELIVERABLES ? row->deliverables
                                                    : (double)NAN;
        char mark = row->figures ? figure_mark(row->figures, column) : 0;
        html_rawf(html, "<td class=\"n\" data-l=\"%s\"><span>", plan_columns[i].title);
        html_figure(html, columns[column].unit, value, mark);
        html_raw(html, "</span>");
        if (plan_columns[i].bar)
            html_bar(html, value / scales[i], mark == '~');
        html_raw(html, "</td>");
    }
    html_raw(html, "</tr>\n");
    html_flow(html);
    (void)plan;
}

static void show_sums(struct html *html, const struct handover_plan *plan)
{
    html_raw(html, "<tfoot><tr><th scope=\"row\">Together</th><td></td>");
    for (size_t i = 0; i < COUNT_OF(plan_columns); i++) {
        enum column column = plan_columns[i].column;
        const struct total *total = total_of_column(plan->totals, column);
        html_rawf(html, "<td class=\"n\"%s%s%s>", total ? " data-l=\"" : "",
                  total ? plan_columns[i].title : "", total ? "\"" : "");
        if (total)
            html_figure(html, columns[column].unit, total->value,
                        mark_of(plan->totals, column, total));
        html_raw(html, "</td>");
    }
    html_raw(html, "</tr></tfoot>\n");
}

static void say_people(struct html *html, const struct handover_plan *plan, const char *before,
                       const char *after, bool estimated)
{
    bool any = false;
    for (size_t i = 0; i < plan->count; i++) {
        const struct handover_planned *row = &plan->rows[i];
        bool is =
            estimated ? row->figures && row->figures->marks & MARK_FEE_ESTIMATED : !row->figures;
        if (!is)
            continue;
        html_raw(html, any ? ", " : before);
        html_text(html, row->who.handle);
        any = true;
    }
    html_raw(html, any ? after : "");
}

static void show_people(struct html *html, const struct handover_plan *plan)
{
    double scales[COUNT_OF(plan_columns)];
    html_raw(html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"fold\">\n<thead><tr>"
                   "<th scope=\"col\">Creator</th><th scope=\"col\">Format</th>");
    for (size_t i = 0; i < COUNT_OF(plan_columns); i++) {
        scales[i] = scale_of(plan, plan_columns[i].column);
        html_rawf(html, "<th scope=\"col\" class=\"n\">%s</th>", plan_columns[i].title);
    }
    html_raw(html, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < plan->count; i++)
        show_planned(html, plan, &plan->rows[i], scales);
    html_raw(html, "</tbody>\n");
    show_sums(html, plan);
    html_raw(html, "</table></div>\n");
    if (html->handover->estimates)
        say_people(html, plan,
                   "<p class=\"note\"><span class=\"est\">~</span> The fee is our estimate, to be "
                   "asked for: ",
                   ".</p>\n", true);
    say_people(html, plan, "<p class=\"note\">Not in the store, in no figure: ", ".</p>\n", false);
}

void html_plan(struct html *html, const struct handover_plan *plan)
{
    html_open_section(html, "plan", "The plan");
    if (plan->count == 0) {
        html_raw(html, "<p>Nobody is in the plan yet.</p>\n");
    } else {
        say_plan(html, plan);
        show_cards(html, plan);
        show_people(html, plan);
    }
    html_close_section(html);
}

/* ---- The same money elsewhere ---- */

struct scale {
    double low, high;
};

static double place(const struct scale *scale, double value)
{
    return 100 * (fmin(fmax(value, scale->low), scale->high) - scale->low) /
           (scale->high - scale->low);
}

static void open_bar(struct html *html, const struct scale *scale)
{
    double zero = place(scale, 0);
    html_rawf(html,
              "<svg viewBox=\"0 0 100 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
              "<path class=\"zero\" d=\"M%.2f 0V20\"/>",
              zero);
}

static void show_roi(struct html *html, const struct scale *scale, double roi, const char *class)
{
    double from = place(scale, 0), to = place(scale, roi);
    if (roi < 0)
        html_rawf(html, "<path class=\"loss\" d=\"M%.2f 10H%.2f\"/>", from, to);
    else
        html_rawf(html, "<rect class=\"%s\" x=\"%.2f\" y=\"5\" width=\"%.2f\" height=\"10\"/>",
                  class, from, to - from);
}

static void show_range(struct html *html, const struct scale *scale, const struct totals *totals)
{
    double low = place(scale, totals->roi_p10), high = place(scale, totals->roi_p90);
    double middle = place(scale, totals->roi_p50);
    if (number_known(low) && number_known(high))
        html_rawf(html, "<path class=\"range\" d=\"M%.2f 10H%.2fM%.2f 6V14M%.2f 6V14M%.2f 3V17\"/>",
                  low, high, low, high, middle);
}

static void channel_row(struct html *html, const struct scale *scale, const char *name, double roi,
                        const struct totals *totals)
{
    html_raw(html, "<span>");
    html_string(html, name);
    html_raw(html, "</span>");
    open_bar(html, scale);
    show_roi(html, scale, roi, totals ? "fill" : "other");
    if (totals)
        show_range(html, scale, totals);
    html_raw(html, "</svg><b>");
    html_figure(html, UNIT_ROI, roi, totals && totals->roi.estimated ? '~' : 0);
    html_raw(html, "</b>\n");
}

static void widen(struct scale *scale, double value)
{
    if (!number_known(value))
        return;
    scale->low = fmin(scale->low, value);
    scale->high = fmax(scale->high, value);
}

void html_channels(struct html *html, const struct handover_plan *plan)
{
    const struct scenario *scenario = html->handover->scenario;
    const struct totals *totals = plan->totals;
    const struct channel *channels[SCENARIO_CHANNELS];
    int count = scenario_channels(scenario, channels);
    struct scale scale = {-0.05, 0.05};
    if (count == 0 || !number_known(totals->roi.value))
        return;
    widen(&scale, totals->roi.value);
    widen(&scale, totals->roi_p10);
    widen(&scale, totals->roi_p90);
    for (int i = 0; i < count; i++)
        widen(&scale, channel_roi(scenario, channels[i]));
    html_open_section(html, "elsewhere", "The same money elsewhere");
    html_raw(html, "<div class=\"rows\">\n");
    channel_row(html, &scale, "This plan", totals->roi.value, totals);
    for (int i = 0; i < count; i++)
        if (number_known(channel_roi(scenario, channels[i])))
            channel_row(html, &scale, channels[i]->name, channel_roi(scenario, channels[i]), NULL);
    html_raw(html, "</div>\n<p class=\"note\">ROI of the same money. The line over the plan's bar "
                   "is where 8 in 10 outcomes lie, its tick the middle one; the bar ends at the "
                   "mean.</p>\n");
    html_close_section(html);
}
