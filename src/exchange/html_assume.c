#include "domain/knob.h"
#include "domain/show.h"
#include "html_internal.h"

/* What all of it rests on: the user's own figures first, then every default with where it is from. */

static void show_value(struct html *html, const struct knob *knob, bool standard)
{
    const struct scenario *scenario = html->handover->scenario;
    struct buf text = BUF_INIT;
    if (knob->kind == KNOB_NUMBER) {
        double value =
            standard ? knob->standard : scenario_knob_number(scenario, text_of(knob->key));
        if (number_known(value) && knob->unit == UNIT_FLAG)
            html_raw(html, value != 0 ? "on" : "off");
        else
            html_figure(html, knob->unit, value, 0);
    } else if (!standard) {
        scenario_knob_get(scenario, text_of(knob->key), &text);
        html_text(html, text.length > 0 ? buf_text(&text) : TEXT("-"));
    }
    buf_release(&text);
}

static void show_knob(struct html *html, const struct knob *knob, bool own)
{
    html_raw(html, "<tr><th scope=\"row\">");
    html_string(html, knob->title);
    html_raw(html, "<span class=\"against\">");
    html_string(html, knob->help);
    html_rawf(html, "</span></th><td class=\"n%s\" data-l=\"%s\">", own ? " own" : "",
              own ? "Set to" : "Value");
    show_value(html, knob, false);
    html_raw(html, "</td><td class=\"t wide\" data-l=\"Source\">");
    if (own) {
        html_raw(html, "set by the user");
        if (knob->kind == KNOB_NUMBER && number_known(knob->standard)) {
            html_raw(html, "; default ");
            show_value(html, knob, true);
        }
    } else {
        html_string(html, knob->source);
    }
    html_raw(html, "</td></tr>\n");
    html_flow(html);
}

static size_t show_knobs(struct html *html, bool own)
{
    struct knob knob;
    size_t at = 0, count = 0;
    while (knob_next(&at, html->handover->scenario, &knob)) {
        if (knob.group || scenario_own(html->handover->scenario, text_of(knob.key)) != own)
            continue;
        if (count++ == 0)
            html_rawf(html,
                      "<tr class=\"group\"><th colspan=\"3\" scope=\"rowgroup\">%s</th></tr>\n",
                      own ? "Our own figures" : "Defaults");
        show_knob(html, &knob, own);
    }
    return count;
}

void html_assumptions(struct html *html)
{
    html_open_section(html, "assumptions", "What this rests on");
    if (!scenario_touched(html->handover->scenario))
        html_raw(html, "<p>All of it rests on default assumptions: a starting point to be replaced "
                       "by own figures.</p>\n");
    html_raw(html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"fold\">\n<thead><tr>"
                   "<th scope=\"col\">Assumption</th><th scope=\"col\" class=\"n\">Value</th>"
                   "<th scope=\"col\">Source</th></tr></thead>\n<tbody>\n");
    show_knobs(html, true);
    show_knobs(html, false);
    html_raw(html, "</tbody></table></div>\n");
    html_close_section(html);
}
