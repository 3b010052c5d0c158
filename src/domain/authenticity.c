#include "domain/authenticity.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "domain/show.h"
#include "steps_internal.h"
#include "unknown_internal.h"
#include "why_internal.h"

const struct signal_row signal_rows[SIGNALS] = {
    [SIGNAL_CREDIBILITY] = {"believed real", UNIT_SHARE, 30, 0.60, 0.90, INFINITY, INFINITY, false,
                            "under 75% is often bought (Modash help)"},
    [SIGNAL_ENGAGEMENT] = {"ER vs peers", UNIT_RATIO, 25, 0.1, 0.5, 2, 5, true, NULL},
    [SIGNAL_COMMENTS] = {"comments vs peers", UNIT_RATIO, 15, 0.1, 1.0 / 3, 3, 10, true, NULL},
    [SIGNAL_JUMP] = {"sudden change", UNIT_RATIO, 15, -INFINITY, -INFINITY, 6, 20, false, NULL},
    [SIGNAL_FOLLOWING] = {"following", UNIT_COUNT, 15, -INFINITY, -INFINITY, 1500, 7500, false,
                          "HypeAuditor help"},
};

/* How far `value` is from `none` on the way to `full`. */
static double way(double value, double none, double full, bool by_ratio)
{
    if (by_ratio)
        return log(value / none) / log(full / none);
    return (value - none) / (full - none);
}

static double mark_of(const struct signal_row *row, double value)
{
    double mark = 1;
    if (isnan(value))
        return NAN;
    if (value < row->full_low)
        mark = way(value, row->none_low, row->full_low, row->by_ratio);
    else if (value > row->full_high)
        mark = way(value, row->none_high, row->full_high, row->by_ratio);
    return mark > 0 ? mark : 0;
}

void authenticity_of(const double values[SIGNALS], struct authenticity *out)
{
    double sum = 0, known = 0, all = 0;
    out->lowest = NAN;
    for (int i = 0; i < SIGNALS; i++) {
        double mark = out->marks[i] = mark_of(&signal_rows[i], values[i]);
        all += signal_rows[i].weight;
        if (isnan(mark))
            continue;
        sum += signal_rows[i].weight * mark;
        known += signal_rows[i].weight;
        out->lowest = mark > out->lowest ? out->lowest : mark;
    }
    out->confidence = known / all;
    out->score = out->confidence >= AUTHENTICITY_LEAST ? 100 * sum / known : (double)NAN;
}

double authenticity_comments(const struct peers *peers, enum platform platform, enum er_basis basis,
                             double followers, double comments, double likes)
{
    int band = peer_band(followers);
    if (basis == BASIS_NONE) /* no ER, but there may be comments */
        basis = platforms[platform].basis;
    if (band < 0)
        return NAN;
    const struct peer_cell *cell = &peers->cell[platform][basis][band];
    return cell->count >= PEERS_STANDARD ? ratio(ratio(comments, likes), cell->comments_per_like)
                                         : (double)NAN;
}

/* What the signals are read from. */
struct signs {
    enum platform platform;
    enum er_basis basis;
    double followers, following, comments, likes, credibility, jump, er_index;
};

static void signals_of(const struct signs *signs, const struct peers *peers, double out[SIGNALS])
{
    bool follows = signs->platform == PLATFORM_INSTAGRAM || signs->platform == PLATFORM_TIKTOK;
    out[SIGNAL_CREDIBILITY] = signs->credibility;
    out[SIGNAL_ENGAGEMENT] = signs->er_index;
    out[SIGNAL_COMMENTS] = authenticity_comments(peers, signs->platform, signs->basis,
                                                 signs->followers, signs->comments, signs->likes);
    out[SIGNAL_JUMP] = signs->jump;
    out[SIGNAL_FOLLOWING] = follows ? signs->following : (double)NAN;
}

void make_authenticity(const struct block *block, const struct step *step)
{
    const uint8_t *platform = block->facts->platform + block->from;
    double values[SIGNALS];
    struct authenticity one;
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        struct signs signs = {.platform = (enum platform)platform[i],
                              .basis = (enum er_basis)block->basis[i],
                              .followers = block->at[FIGURE_FOLLOWERS][i],
                              .following = block->at[FIGURE_FOLLOWING][i],
                              .comments = block->at[FIGURE_COMMENTS][i],
                              .likes = block->at[FIGURE_LIKES][i],
                              .credibility = block->at[FIGURE_CREDIBILITY][i],
                              .jump = block->at[FIGURE_JUMP][i],
                              .er_index = block->at[FIGURE_ER_INDEX][i]};
        signals_of(&signs, block->assumptions->peers, values);
        authenticity_of(values, &one);
        block->at[FIGURE_AUTHENTICITY][i] = one.score;
        block->at[FIGURE_AUTHENTICITY_CONFIDENCE][i] = one.confidence;
        block->at[FIGURE_AUTHENTICITY_LOWEST][i] = one.lowest;
    }
}

/* ---- why ---- */

static const char *const unknown_because[SIGNALS] = {
    [SIGNAL_CREDIBILITY] = "no list brought it",
    [SIGNAL_ENGAGEMENT] = "no ER, or no peers to expect one",
    [SIGNAL_COMMENTS] = "no comments or likes, or under 30 peers",
    [SIGNAL_JUMP] = "under 8 days of the past",
    [SIGNAL_FOLLOWING] = "no list brought it, or another platform",
};

static void say_number(struct why_line *line, const char *before, double value, enum unit unit)
{
    struct buf shown = BUF_INIT;
    show_number(&shown, unit, value, unit == UNIT_COUNT, number_style_english);
    why_say(line, "%s%s", before, buf_string(&shown));
    buf_release(&shown);
}

/* "of 30: 86.00%; all from 90.00%, none at 60.00%" */
static void say_points(const struct signal_row *row, double value, struct why_line *line)
{
    why_say(line, "of %.0f", row->weight);
    say_number(line, ": ", value, row->unit);
    why_say(line, "; all");
    if (isfinite(row->full_low))
        say_number(line, " from ", row->full_low, row->unit);
    if (isfinite(row->full_high))
        say_number(line, " to ", row->full_high, row->unit);
    why_say(line, ", none at");
    if (isfinite(row->none_low))
        say_number(line, " ", row->none_low, row->unit);
    if (isfinite(row->none_high))
        say_number(line, isfinite(row->none_low) ? " or " : " ", row->none_high, row->unit);
    if (row->source)
        why_say(line, "; %s", row->source);
}

/* The points add up to the score once they are divided by those that there are. */
static int tell_points(const double values[SIGNALS], const struct authenticity *all,
                       struct why_line *lines)
{
    bool begun = false;
    for (int i = 0; i < SIGNALS; i++) {
        const struct signal_row *row = &signal_rows[i];
        lines[i] = (struct why_line){
            .sign = begun ? '+' : ' ', .value = row->weight * all->marks[i], .unit = UNIT_SCORE};
        snprintf(lines[i].title, sizeof lines[i].title, "%s", row->title);
        if (isnan(values[i]))
            why_say(&lines[i], "unknown: %s", unknown_because[i]);
        else
            say_points(row, values[i], &lines[i]);
        begun = begun || !isnan(values[i]);
    }
    lines[SIGNALS] = (struct why_line){.sign = '/', .value = all->confidence, .unit = UNIT_SHARE};
    snprintf(lines[SIGNALS].title, sizeof lines[SIGNALS].title, "signals known");
    why_say(&lines[SIGNALS], "share of the 100 points");
    return SIGNALS + 1;
}

static int tell_known(const double values[SIGNALS], struct why_line *lines)
{
    for (int i = 0; i < SIGNALS; i++) {
        double weight = isnan(values[i]) ? 0 : signal_rows[i].weight / 100;
        lines[i] = (struct why_line){.sign = i ? '+' : ' ', .value = weight, .unit = UNIT_SHARE};
        snprintf(lines[i].title, sizeof lines[i].title, "%s", signal_rows[i].title);
        if (weight > 0)
            say_number(&lines[i], "known: ", values[i], signal_rows[i].unit);
        else
            why_say(&lines[i], "unknown: %s", unknown_because[i]);
    }
    return SIGNALS;
}

static int tell_lowest(const double values[SIGNALS], const struct authenticity *all,
                       struct why_line *lines)
{
    int at = 0;
    while (at < SIGNALS && !(all->marks[at] == all->lowest))
        at++;
    if (at == SIGNALS)
        return 0;
    lines[0] = (struct why_line){.sign = ' ', .value = all->lowest, .unit = UNIT_SHARE};
    snprintf(lines[0].title, sizeof lines[0].title, "%s", signal_rows[at].title);
    say_points(&signal_rows[at], values[at], &lines[0]);
    return 1;
}

static void say_result(const struct authenticity *all, enum column column, struct why_line *line)
{
    if (column == COL_AUTHENTICITY_CONFIDENCE)
        why_say(line, "under %.0f%% there is no score", 100 * AUTHENTICITY_LEAST);
    else if (isnan(line->value))
        why_say(line, "unknown: too few signals known, it takes %.0f%%", 100 * AUTHENTICITY_LEAST);
    else if (all->lowest == 0)
        why_say(line, "doubtful: one signal is as odd as bought followers are");
}

int authenticity_why(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                     const struct figures *figures, enum column column,
                     struct why_line lines[WHY_MOST])
{
    struct signs signs = {.platform = (enum platform)facts->platform[row],
                          .basis = figures->basis,
                          .followers = fact_count(&facts->followers, row),
                          .following = fact_count(&facts->following, row),
                          .comments = fact_count(&facts->comments, row),
                          .likes = fact_count(&facts->likes, row),
                          .credibility = fact_count(&facts->credibility, row),
                          .jump = fact_count(&facts->jump, row),
                          .er_index = figures->er_index};
    double values[SIGNALS];
    struct authenticity all;
    signals_of(&signs, assumptions->peers, values);
    authenticity_of(values, &all);
    int count = column == COL_AUTHENTICITY_CONFIDENCE ? tell_known(values, lines)
                : column == COL_AUTHENTICITY_LOWEST   ? tell_lowest(values, &all, lines)
                                                      : tell_points(values, &all, lines);
    lines[count] = (struct why_line){
        .sign = '=',
        .unit = columns[column].unit,
        .value = *(const double *)((const char *)figures + columns[column].figure)};
    snprintf(lines[count].title, sizeof lines[count].title, "%s", columns[column].title);
    say_result(&all, column, &lines[count]);
    return count + 1;
}
