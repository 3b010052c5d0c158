#include <math.h>

#include "base/date.h"
#include "domain/show.h"
#include "html_internal.h"

/* Creators side by side, why one brings back more, and their followers over time. */

static void show_names(struct html *html, const struct handover_comparison *all)
{
    html_raw(html, "<thead><tr><th scope=\"col\"></th>");
    for (size_t i = 0; i < all->count; i++) {
        html_raw(html, "<th scope=\"col\" class=\"n\">");
        html_who(html, &all->who[i]);
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></thead>\n<tbody>\n");
}

static void show_value(struct html *html, const struct handover_line *line,
                       const struct handover_figure *figure)
{
    bool best = figure->best && !line->unlike;
    html_raw(html, best ? "<b>" : "");
    if (line->range && number_known(figure->low)) {
        html_figure(html, line->unit, figure->low, 0);
        html_raw(html, " to ");
        html_figure(html, line->unit, figure->high, 0);
    } else {
        html_figure(html, line->unit, line->range ? (double)NAN : figure->value, figure->mark);
    }
    html_raw(html, best ? "</b>" : "");
}

/* Below the figure: whether it is the best, and what it is to the reference's. */
static void show_against(struct html *html, const struct handover_line *line,
                         const struct handover_figure *figure, bool reference)
{
    bool best = figure->best && !line->unlike;
    bool against = !reference && figure->against.length > 0;
    if (!best && !against)
        return;
    html_rawf(html, "<span class=\"against\">%s", best ? "<i>best</i>" : "");
    if (against)
        html_text(html, figure->against);
    html_raw(html, "</span>");
}

static void show_line(struct html *html, const struct handover_comparison *all,
                      const struct handover_line *line)
{
    html_raw(html, "<tr><th scope=\"row\">");
    html_text(html, line->title);
    if (line->unlike)
        html_raw(html, "<span class=\"against\">on different bases</span>");
    html_raw(html, "</th>");
    for (size_t i = 0; i < all->count; i++) {
        const struct handover_figure *figure = &line->figures[i];
        html_rawf(html, "<td class=\"n%s\">", figure->best && !line->unlike ? " best" : "");
        show_value(html, line, figure);
        show_against(html, line, figure, i == all->reference);
        if (!line->unlike && !line->range)
            html_bar(html, figure->bar, figure->mark == '~');
        html_raw(html, "</td>");
    }
    html_raw(html, "</tr>\n");
}

static void show_table(struct html *html, const struct handover_comparison *all)
{
    html_raw(html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"side\">\n");
    show_names(html, all);
    for (size_t i = 0; i < all->line_count; i++) {
        const struct handover_line *line = &all->lines[i];
        if (i == 0 || !text_equal(line->group, line[-1].group)) {
            html_rawf(html, "<tr class=\"group\"><th colspan=\"%zu\" scope=\"rowgroup\">",
                      all->count + 1);
            html_text(html, line->group);
            html_raw(html, "</th></tr>\n");
        }
        show_line(html, all, line);
    }
    html_raw(html, "</tbody></table></div>\n");
}

static void show_reasons(struct html *html, const struct handover_comparison *all)
{
    for (size_t i = 0; i < all->reason_count; i++) {
        html_raw(html, i == 0 ? "<p>" : "<p class=\"note\">");
        html_text(html, all->reasons[i]);
        html_raw(html, "</p>\n");
    }
    if (all->reference < all->count) {
        html_raw(html, "<p class=\"note\">Small figures: measured against ");
        html_text(html, all->who[all->reference].handle);
        html_raw(html, ".</p>\n");
    }
}

/* ---- Followers over time ---- */

struct window {
    double from, to, low, high;
};

static struct window window_of(const struct handover_past *past)
{
    struct window window = {past->at[0], past->at[past->count - 1], INFINITY, -INFINITY};
    for (size_t i = 0; i < past->count; i++) {
        window.low = fmin(window.low, past->followers[i]);
        window.high = fmax(window.high, past->followers[i]);
    }
    if (window.high - window.low < window.high * 0.02) { /* a flat line stays one */
        window.high += window.high * 0.01 + 1;
        window.low -= window.low * 0.01 + 1;
    }
    return window;
}

static void show_curve(struct html *html, const struct handover_past *past)
{
    struct window window = window_of(past);
    html_raw(html, "<svg viewBox=\"0 0 100 50\" preserveAspectRatio=\"none\" "
                   "aria-hidden=\"true\"><path class=\"grid\" d=\"M0 49.5H100\"/>"
                   "<polyline class=\"line\" points=\"");
    for (size_t i = 0; i < past->count; i++)
        html_rawf(html, "%.2f,%.2f ", 100 * (past->at[i] - window.from) / (window.to - window.from),
                  47 - 44 * (past->followers[i] - window.low) / (window.high - window.low));
    html_raw(html, "\"/></svg>");
}

static void show_past(struct html *html, const struct handover_who *who,
                      const struct handover_past *past)
{
    double first = past->followers[0], last = past->followers[past->count - 1];
    html_raw(html, "<figure class=\"past\"><h3>");
    html_text(html, who->handle);
    html_raw(html, "</h3>");
    show_curve(html, past);
    html_raw(html, "<div class=\"ends\"><span>");
    html_figure(html, UNIT_COUNT, first, 0);
    html_raw(html, "<br>");
    date_day_year(&html->out, past->at[0]);
    html_raw(html, "</span><b>");
    html_figure(html, UNIT_GROWTH, first > 0 ? last / first - 1 : (double)NAN, 0);
    html_raw(html, "</b><span>");
    html_figure(html, UNIT_COUNT, last, 0);
    html_raw(html, "<br>");
    date_day_year(&html->out, past->at[past->count - 1]);
    html_raw(html, "</span></div></figure>\n");
    html_flow(html);
}

static bool has_past(const struct handover_past *past)
{
    return past && past->count > 1 && past->at[past->count - 1] > past->at[0];
}

static void show_pasts(struct html *html, const struct handover_comparison *all)
{
    size_t count = 0;
    for (size_t i = 0; all->past && i < all->count; i++)
        count += has_past(&all->past[i]);
    if (count == 0)
        return;
    html_open_section(html, "history", "Followers over time");
    html_raw(html, "<div class=\"pasts\">\n");
    for (size_t i = 0; i < all->count; i++)
        if (has_past(&all->past[i]))
            show_past(html, &all->who[i], &all->past[i]);
    html_raw(html, "</div>\n<p class=\"note\">Each on its own scale.</p>\n");
    html_close_section(html);
}

void html_comparison(struct html *html, const struct handover_comparison *comparison)
{
    html_open_section(html, "comparison", "Side by side");
    show_table(html, comparison);
    show_reasons(html, comparison);
    html_close_section(html);
    show_pasts(html, comparison);
}
