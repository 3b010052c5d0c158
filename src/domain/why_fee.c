#include "why_internal.h"

#include <math.h>

#include "base/date.h"
#include "domain/currency.h"
#include "unknown_internal.h"

/* Reasons for fees, and for what they cost. */

/* What the user's own fee stands instead of: what the fee would be without it. */
static void say_own(const struct why *why, struct why_line *line)
{
    struct facts facts = *why->facts;
    struct figures without;
    facts.plan_fee = (struct cells){0};
    forecast(&facts, why->assumptions, why->row, &without);
    why_say(line, ", yours");
    if (!isnan(without.fee))
        why_say(line, " instead of %s%s", without.marks & MARK_FEE_ESTIMATED ? "~" : "",
                why_money(without.fee).at);
}

/* What the creator asks for the format in question, or nothing. */
static double asked(const struct why *why)
{
    bool first = why->figures.format == platforms[why->facts->platform[why->row]].format;
    return fact_count(first ? &why->facts->fee : &why->facts->format_fee, why->row);
}

/* Where the fee is from, and how long ago. */
static void say_origin(const struct why *why, struct why_line *line)
{
    const struct figures *figures = &why->figures;
    double origin = cells_number(&why->facts->fee_origin, why->row);
    if (figures->marks & MARK_FEE_OWN) {
        say_own(why, line);
        return;
    }
    if (isnan(asked(why))) {
        bool views = formats[figures->format].by_views;
        why_say(line, ", estimated from %s", views ? "views" : "followers");
        return;
    }
    if (!(origin > FEE_UNKNOWN && origin < FEE_ORIGIN_COUNT))
        return;
    why_say(line, ", %s", fee_origin_words[(int)origin]);
    double days = floor(why_age(why, cells_number(&why->facts->fee_at, why->row)) / DATE_DAY);
    if (days >= 1)
        why_say(line, " %.0f %s ago", days, days == 1 ? "day" : "days");
    else if (days == 0)
        why_say(line, " today");
}

static void say_no_fee(const struct why *why, struct why_line *line)
{
    double currency = cells_number(&why->facts->currency, why->row);
    const char *code = isnan(currency) ? "" : currencies[(unsigned)currency].code;
    if (why->figures.marks & MARK_NO_RATE)
        why_say(line, "fee in %s: no exchange rate, set rate.%s", code, code);
    else
        why_say(line, "fee unknown");
}

void tell_fee(const struct why *why, struct why_line *line)
{
    const struct figures *figures = &why->figures;
    if (isnan(figures->fee)) {
        say_no_fee(why, line);
        return;
    }
    line->assumed = figures->marks & MARK_FEE_ESTIMATED;
    why_say(line, "one %s", why_nouns[figures->format].one);
    say_origin(why, line);
}

void tell_cost(const struct why *why, struct why_line *line)
{
    const struct scenario *scenario = why->assumptions->scenario;
    const struct figures *figures = &why->figures;
    bool estimated = figures->marks & MARK_FEE_ESTIMATED;
    if (isnan(figures->fee)) {
        say_no_fee(why, line);
        return;
    }
    why_say_deliverables(why, line);
    if (!(why->cases & (CASE_FIRST | CASE_MANY)) && scenario->deliverables != 1)
        why_say(line, " planned"); /* of more than one another step says it */
    why_say(line, " x %sfee %s", estimated ? "~" : "", why_money(figures->fee).at);
    say_origin(why, line);
    if (scenario->discount > 0)
        why_say(line, ", less %s", why_share(scenario->discount).at);
    if (scenario->other_share > 0)
        why_say(line, ", %s other cost", why_share(scenario->other_share).at);
    bool once = why->cases & CASE_ONCE && line->value == figures->cost;
    if (once)
        why_say(line, ", + %s a creator", why_money(scenario->creator_cost).at);
    line->assumed =
        estimated || (once && scenario_assumes(scenario, offsetof(struct scenario, creator_cost)));
}
