#include "why_internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/number.h"
#include "domain/currency.h"
#include "domain/knob.h"
#include "unknown_internal.h"

void why_say(struct why_line *line, const char *format, ...)
{
    size_t used = strlen(line->reason);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line->reason + used, sizeof line->reason - used, format, arguments);
    va_end(arguments);
}

static struct why_words words_of(struct buf *buf)
{
    struct why_words words;
    snprintf(words.at, sizeof words.at, "%s", buf_string(buf));
    buf_release(buf);
    return words;
}

/* Anchors are round: "20k", "1M". */
static struct why_words anchor_words(double count)
{
    struct why_words words;
    if (count >= 1e6)
        snprintf(words.at, sizeof words.at, "%gM", count / 1e6);
    else if (count >= 1e3)
        snprintf(words.at, sizeof words.at, "%gk", count / 1e3);
    else
        snprintf(words.at, sizeof words.at, "%g", count);
    return words;
}

struct why_words why_money(double money)
{
    struct buf buf = BUF_INIT;
    bool whole = money == floor(money) || money >= 100;
    number_fixed(&buf, money, whole ? 0 : 2, number_style_english);
    return words_of(&buf);
}

struct why_words why_share(double share)
{
    struct why_words words;
    snprintf(words.at, sizeof words.at, "%.3g%%", share * 100);
    return words;
}

double why_age(const struct why *why, double at)
{
    double now = why->assumptions->now;
    return now > 0 && now >= at ? now - at : NAN;
}

static struct why_words day_words(const struct why *why, double at)
{
    struct buf buf = BUF_INIT;
    if (why_age(why, at) < 300 * DATE_DAY) {
        date_day(&buf, at);
        buf_remove(&buf, 0, buf.length < 4 ? buf.length : 4); /* the day of the week */
    } else {
        date_day_year(&buf, at);
    }
    return words_of(&buf);
}

void tell_seen(const struct why *why, size_t at, struct why_line *line)
{
    const char *facts = (const char *)why->facts;
    double seen = cells_number((const struct cells *)(facts + at), why->row);
    if (isnan(line->value)) {
        why_say(line, "unknown");
        return;
    }
    if (isnan(seen)) {
        why_say(line, "imported");
        return;
    }
    why_say(line, "import of %s", day_words(why, seen).at);
    double age = why_age(why, seen);
    bool audience = at == offsetof(struct facts, audience_at);
    struct freshness fresh =
        why->assumptions->fresh.audience > 0 ? why->assumptions->fresh : FRESHNESS_STANDARD;
    if (age <= (audience ? fresh.audience : fresh.engagement) * DATE_DAY)
        why_say(line, ", fresh");
    else if (age > 0)
        why_say(line, ", %.0f days old", floor(age / DATE_DAY));
}

static bool is_changed(const struct scenario *scenario, size_t parameter)
{
    return parameter < parameter_count &&
           scenario_own(scenario, text_of(parameters[parameter].key));
}

void tell_assumption(const struct why *why, size_t offset, struct why_line *line)
{
    const struct scenario *scenario = why->assumptions->scenario;
    size_t parameter = parameter_at(offset);
    if (parameter == parameter_count)
        return;
    line->assumed = scenario_assumes(scenario, offset);
    line->parameter = parameters[parameter].key;
    why_say(line, "%s", is_changed(scenario, parameter) ? "yours" : parameters[parameter].source);
}

void tell_followers(const struct why *why, struct why_line *line)
{
    tell_seen(why, offsetof(struct facts, audience_at), line);
}

void tell_counts(const struct why *why, struct why_line *line)
{
    tell_seen(why, offsetof(struct facts, engagement_at), line);
}

/* The anchors that the followers stand between: "20k to 1M followers". */
static void say_band(struct why_line *line, const struct reach_curve *curve, double followers)
{
    int next = 0;
    while (next < curve->count && followers >= curve->from[next])
        next++;
    if (curve->count < 2 || isnan(followers))
        return;
    if (next == 0 || (next == 1 && curve->from[0] == 0))
        why_say(line, ", under %s followers", anchor_words(curve->from[next]).at);
    else if (next == curve->count)
        why_say(line, ", from %s followers", anchor_words(curve->from[next - 1]).at);
    else
        why_say(line, ", %s to %s followers", anchor_words(curve->from[next - 1]).at,
                anchor_words(curve->from[next]).at);
}

/* The anchors whose rates the curve is read off at so many followers. */
static void rates_in_use(const struct reach_curve *curve, double followers, size_t *first,
                         size_t *last)
{
    int next = 0;
    while (next < curve->count && followers >= curve->from[next])
        next++;
    *first = next > 0 ? (size_t)next - 1 : 0;
    *last = next == 0 || next == curve->count || curve->steps ? *first : (size_t)next;
}

static size_t rate_offset(enum format format, size_t anchor)
{
    return offsetof(struct scenario, reach) + (size_t)format * sizeof(struct reach_curve) +
           offsetof(struct reach_curve, rate) + anchor * sizeof(double);
}

void tell_reach_rate(const struct why *why, struct why_line *line)
{
    const struct scenario *scenario = why->assumptions->scenario;
    enum format format = why->figures.format;
    if (format == FORMAT_NONE) {
        why_say(line, "no format to forecast on this platform");
        return;
    }
    const struct reach_curve *curve = scenario_reach(scenario, format);
    if (curve != &scenario->reach[format]) {
        why_say(line, "%s", formats[format].word);
        say_band(line, curve, why->followers);
        why_say(line, ", %s", curve->source);
        line->parameter = "reach_rates";
        return;
    }
    size_t first, last;
    rates_in_use(curve, why->followers, &first, &last);
    size_t parameter = parameter_at(rate_offset(format, first));
    bool yours = !curve->source || is_changed(scenario, parameter) ||
                 is_changed(scenario, parameter_at(rate_offset(format, last)));
    why_say(line, "%s", formats[format].word);
    say_band(line, curve, why->followers);
    why_say(line, ", %s", yours ? "yours" : curve->source);
    line->assumed = !yours && strncmp(curve->source, "assumption", 10) == 0;
    line->parameter = parameter < parameter_count ? parameters[parameter].key : NULL;
}

void tell_believed(const struct why *why, struct why_line *line)
{
    if (why->figures.marks & MARK_CREDIBILITY_ASSUMED) {
        line->assumed = true;
        why_say(line, "share unknown: counted as all real");
        return;
    }
    double share = fact_count(&why->facts->credibility, why->row);
    why_say(line, "%s are, ", why_share(share).at);
    why_say(line, "%s is typical", why_share(why->assumptions->scenario->typical_credibility).at);
}

static void tell_by_format(const struct why *why, size_t array, struct why_line *line)
{
    enum format format = why->figures.format;
    tell_assumption(why, array + (size_t)format * sizeof(double), line);
}

void tell_unique(const struct why *why, struct why_line *line)
{
    tell_by_format(why, offsetof(struct scenario, unique_share), line);
}

void tell_click_rate(const struct why *why, struct why_line *line)
{
    tell_by_format(why, offsetof(struct scenario, ctr), line);
}

const struct why_noun why_nouns[FORMAT_COUNT] = {
    [FORMAT_NONE] = {"post", "posts"},           [FORMAT_FEED] = {"post", "posts"},
    [FORMAT_STORY] = {"story", "stories"},       [FORMAT_REEL] = {"reel", "reels"},
    [FORMAT_TIKTOK_VIDEO] = {"video", "videos"}, [FORMAT_YOUTUBE_VIDEO] = {"video", "videos"},
    [FORMAT_SHORT] = {"short", "shorts"},        [FORMAT_STREAM] = {"stream", "streams"},
    [FORMAT_X_POST] = {"post", "posts"},         [FORMAT_FACEBOOK_POST] = {"post", "posts"},
    [FORMAT_LINKEDIN_POST] = {"post", "posts"},  [FORMAT_PIN] = {"pin", "pins"},
};

void why_say_deliverables(const struct why *why, struct why_line *line)
{
    double n = why->figures.deliverables;
    const struct why_noun *noun = &why_nouns[why->figures.format];
    why_say(line, "%g %s", n, n == 1 ? noun->one : noun->many);
}

void tell_deliverables(const struct why *why, struct why_line *line)
{
    const struct scenario *scenario = why->assumptions->scenario;
    why_say_deliverables(why, line);
    if (!(why->cases & CASE_FIRST))
        why_say(line, " in the plan");
    else if (scenario->fill > 0)
        why_say(line, ": as many as the whole budget buys, at most %g", scenario->fill_cap);
    else
        why_say(line, " for each creator outside the plan");
}

void tell_repeats(const struct why *why, struct why_line *line)
{
    why_say_deliverables(why, line);
    if (why->cases & CASE_FIRST)
        why_say(line, ", people reached twice count once");
    else
        why_say(line, " planned, each person counts once");
}

void tell_reach(const struct why *why, struct why_line *line)
{
    if (why->figures.format == FORMAT_NONE)
        why_say(line, "no format to forecast on this platform");
    else if (isnan(line->value))
        why_say(line, "unknown without %s", why->cases & CASE_VIEWS ? "views" : "followers");
    else if (why->figures.marks & MARK_MARKET_ASSUMED)
        why_say(line, "all markets: the share in yours is unknown");
}

static void say_expectation(const struct why *why, struct why_line *line)
{
    const struct peer_expectation *expectation = &why->expectation;
    if (expectation->count > 0)
        why_say(line, "median of %u peers", (unsigned)expectation->count);
    else if (expectation->source)
        why_say(line, "%s", expectation->source);
    else
        why_say(line, "no peers and no benchmark");
}

void tell_response(const struct why *why, struct why_line *line)
{
    const struct scenario *scenario = why->assumptions->scenario;
    const struct figures *figures = &why->figures;
    if (figures->marks & MARK_INDEX_ASSUMED) {
        line->assumed = true;
        why_say(line, "%s: counted as average",
                isnan(figures->er) ? "ER unknown" : "no peers known");
        return;
    }
    why_say(line, "ER %s", why_share(figures->er).at);
    why_say(line, " / %s", why_share(figures->er_expected).at);
    if (figures->er_index < scenario->clamp_low)
        why_say(line, ", held at %gx", scenario->clamp_low);
    else if (figures->er_index > scenario->clamp_high)
        why_say(line, ", held at %gx", scenario->clamp_high);
    else if (scenario->epsilon != 1)
        why_say(line, " = %.2fx", figures->er_index);
    if (scenario->epsilon != 1)
        why_say(line, ", to the power %g", scenario->epsilon);
    why_say(line, ", ");
    say_expectation(why, line);
    if (line->value != figures->response_factor)
        why_say(line, ", everybody clicks");
}

void tell_margin(const struct why *why, struct why_line *line)
{
    const struct scenario *scenario = why->assumptions->scenario;
    line->assumed = scenario_assumes(scenario, offsetof(struct scenario, margin));
    why_say(line, "%s", line->assumed ? "assumption" : "yours");
    if (scenario->incremental != 1) {
        why_say(line, ", %s", why_share(scenario->margin).at);
        why_say(line, " of the %s that is extra", why_share(scenario->incremental).at);
    } else if (scenario->commission > 0) {
        why_say(line, ", %s", why_share(scenario->margin).at);
    }
    if (scenario->commission > 0)
        why_say(line, " less %s commission", why_share(scenario->commission).at);
    else
        why_say(line, ", no commission");
}

void tell_roi(const struct why *why, struct why_line *line)
{
    if (why->figures.cost == 0)
        why_say(line, "it costs nothing, so there is none");
    else if (isnan(line->value))
        why_say(line, "unknown, as a part of it is");
}

void tell_base(const struct why *why, struct why_line *line)
{
    enum er_basis basis = why->figures.basis;
    if (basis == BASIS_NONE && !isnan(why->figures.er)) {
        why_say(line, "the source does not say of what its rate is");
        return;
    }
    if (basis == BASIS_NONE)
        basis = platforms[why->facts->platform[why->row]].basis;
    snprintf(line->title, sizeof line->title, "%s", er_basis_words[basis]);
    tell_seen(why,
              basis == BASIS_FOLLOWERS ? offsetof(struct facts, audience_at)
                                       : offsetof(struct facts, engagement_at),
              line);
}

void tell_er(const struct why *why, struct why_line *line)
{
    const struct figures *figures = &why->figures;
    if (isnan(figures->er)) {
        why_say(line, "unknown, as the likes or what they are divided by are");
        return;
    }
    if (figures->basis != BASIS_NONE)
        why_say(line, "of %s", er_basis_words[figures->basis]);
    if (figures->marks & MARK_ER_STATED)
        why_say(line, "%sas the source states it", figures->basis == BASIS_NONE ? "" : ", ");
    if (figures->marks & MARK_ER_AT_LEAST)
        why_say(line, ", at least: a part is unknown");
}

void tell_er_expected(const struct why *why, struct why_line *line)
{
    say_expectation(why, line);
}

void tell_engagements(const struct why *why, struct why_line *line)
{
    if (why->figures.format == FORMAT_NONE)
        why_say(line, "no format to forecast on this platform");
    else if (!formats[why->figures.format].engagements)
        why_say(line, "the ER of the feed says nothing about a %s",
                why_nouns[why->figures.format].one);
}

void tell_range(const struct why *why, struct why_line *line)
{
    const struct scenario *scenario = why->assumptions->scenario;
    bool views = formats[why->figures.format].by_views;
    line->assumed = true;
    why_say(line, "spreads %g, %g, %g",
            views ? scenario->spread_reach_views : scenario->spread_reach, scenario->spread_ctr,
            scenario->spread_cvr);
    if (why->figures.marks & MARK_CHANCE)
        why_say(line, "; few orders: chance decides");
    if (why->figures.marks & MARK_FEE_ESTIMATED)
        why_say(line, "; fee uncertain too");
}

void tell_channel(const struct why *why, struct why_line *line)
{
    const struct scenario *scenario = why->assumptions->scenario;
    const struct channel *channel = scenario_baseline(scenario);
    if (!channel) {
        why_say(line, "no channel to compare with");
        return;
    }
    why_say(line, "%s", channel->name);
    if (!isnan(channel->roas))
        why_say(line, ", ROAS %gx as measured", channel->roas);
    else if (isnan(channel->cpm + channel->ctr + channel->cvr))
        why_say(line, ", its CPM, clicks or buyers are not given");
    else
        why_say(line, ", CPM %g, clicks %s, buyers %s", channel->cpm, why_share(channel->ctr).at,
                why_share(channel->cvr).at);
}

void tell_full_contribution(const struct why *why, struct why_line *line)
{
    if (why->cases & CASE_GIFTED)
        why_say(line, "were all gifts to post");
}

void tell_breakeven(const struct why *why, struct why_line *line)
{
    if (!isinf(line->value))
        return;
    if (why->kept <= 0)
        why_say(line, "never: each order costs more than it leaves");
    else
        why_say(line, "never: the orders cannot pay for it");
}
