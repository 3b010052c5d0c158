#include <math.h>

#include "catalog/fill.h"
#include "domain/show.h"

/* A proposal in words. */

static void money(double value, struct number_style style, struct buf *out)
{
    show_number(out, UNIT_MONEY, value, false, style);
}

static void say_impossible(const struct fill_wish *wish, const struct allocation_result *result,
                           struct number_style style, struct buf *out)
{
    if (result->broken == ALLOCATION_NO_MONEY) {
        buf_add_string(out, "not possible: what is kept costs ");
        money(result->needed, style, out);
        buf_add_string(out, ": spend more, or let the plan change");
        return;
    }
    const struct fill_rule *rule = &wish->rules[result->broken];
    bool first = result->broken == 0;
    buf_add_string(out, "not possible: ");
    fill_rule_print(rule, out);
    if (!number_known(result->needed)) {
        buf_add_string(out, first && rule->rule.kind == ALLOCATION_AT_MOST
                                ? ": the plan has more; let it change"
                            : first ? " finds too few"
                                    : " goes against the rules before it");
        return;
    }
    buf_add_string(out, " needs ");
    money(result->needed, style, out);
}

double fill_gap(const struct fill_report *report)
{
    const struct allocation_result *result = &report->result;
    return result->any ? (result->bound - result->gain) / fabs(result->bound) : (double)NAN;
}

void fill_judge(const struct fill_wish *wish, const struct fill_report *report,
                struct number_style style, struct buf *out)
{
    const struct allocation_result *result = &report->result;
    double gap = fill_gap(report);
    if (report->gathering)
        buf_add_string(out, "looking up costs");
    else if (result->state == ALLOCATION_IMPOSSIBLE)
        say_impossible(wish, result, style, out);
    else if (result->state == ALLOCATION_PROVEN)
        buf_add_string(out, "proven best");
    else if (!number_known(gap))
        buf_add_string(out, "looking");
    else if (gap < 0.0005)
        buf_add_string(out, "less than 0.1% below the best there can be");
    else
        buf_addf(out, "at most %.1f%% below the best there can be", ceil(gap * 1000) / 10);
    if (result->state == ALLOCATION_RUNNING && number_known(gap))
        buf_addf(out, ", looking on %.0f%%", floor(result->progress * 100));
}

static const char *const reasons[] = {
    [FILL_LEFT_UNSAID] = " left",
    [FILL_LEFT_LITTLE] = " left: the next that gains costs ",
    [FILL_LEFT_LOSES] = " left: any further post loses",
    [FILL_LEFT_RULES] = " left: the rules allow no more",
};

void fill_left(const struct fill_wish *wish, const struct fill_report *report,
               struct number_style style, struct buf *out)
{
    if (report->gathering || !report->result.any)
        return;
    money(wish->budget - report->spent, style, out);
    buf_add_string(out, reasons[report->left]);
    if (report->left == FILL_LEFT_LITTLE)
        money(report->next_cost, style, out);
}

void fill_without(const struct fill_report *report, bool brief, struct buf *out)
{
    if (report->gathering)
        return;
    if (report->unknown > 0)
        buf_addf(out, brief ? ", %zu unknown left out" : ", %zu of unknown cost or gain left out",
                 report->unknown);
    if (report->stay > 0)
        buf_addf(out, brief ? ", %zu stay" : ", %zu in plan stay as they are", report->stay);
}
