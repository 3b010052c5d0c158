#include "domain/goal.h"

#include <assert.h>

#include "base/bit.h"
#include "base/vec.h"
#include "total_internal.h"
#include "unknown_internal.h"

/* ---- What depends on what ---- */

enum {
    FEE = BIT(GOAL_FEE),
    CVR = BIT(GOAL_CVR),
    AOV = BIT(GOAL_AOV),
    POSTS = BIT(GOAL_DELIVERABLES),
    DISCOUNT = BIT(GOAL_DISCOUNT),
    PAID = FEE | POSTS | DISCOUNT,
    ALL = PAID | CVR | AOV
};

struct goal_row {
    unsigned inputs;
    bool at_most;
    bool most; /* the most posts that will do; what grows with them is reached by the fewest */
};

static const struct goal_row goals[COLUMN_COUNT] = {
    [COL_REACH] = {.inputs = POSTS},
    [COL_IMPRESSIONS] = {.inputs = POSTS},
    [COL_ENGAGEMENTS] = {.inputs = POSTS},
    [COL_CLICKS] = {.inputs = POSTS},
    [COL_FREQUENCY] = {.inputs = POSTS},
    [COL_EMV] = {.inputs = POSTS},
    [COL_ORDERS] = {.inputs = CVR | POSTS},
    [COL_REVENUE] = {.inputs = CVR | AOV | POSTS},
    [COL_CONTRIBUTION] = {.inputs = CVR | AOV | POSTS},
    [COL_REVENUE_PER_FOLLOWER] = {.inputs = CVR | AOV | POSTS},
    [COL_PROFIT] = {.inputs = ALL},
    [COL_ROI] = {.inputs = ALL, .most = true},
    [COL_ROI_P10] = {.inputs = ALL, .most = true},
    [COL_ROI_P50] = {.inputs = ALL, .most = true},
    [COL_ROI_P90] = {.inputs = ALL, .most = true},
    [COL_ROI_VS_BASELINE] = {.inputs = ALL, .most = true},
    [COL_ROAS] = {.inputs = ALL, .most = true},
    [COL_BREAKEVEN_FEE] = {.inputs = CVR | AOV | POSTS, .most = true},
    [COL_COST] = {.inputs = PAID, .at_most = true, .most = true},
    [COL_CPM] = {.inputs = PAID, .at_most = true, .most = true},
    [COL_CPR] = {.inputs = PAID, .at_most = true, .most = true},
    [COL_CPE] = {.inputs = PAID, .at_most = true, .most = true},
    [COL_CPC] = {.inputs = PAID, .at_most = true, .most = true},
    [COL_CPA] = {.inputs = PAID | CVR, .at_most = true, .most = true},
    [COL_BREAKEVEN_CVR] = {.inputs = PAID | AOV, .at_most = true, .most = true},
    [COL_BREAKEVEN_ORDERS] = {.inputs = PAID | AOV, .at_most = true, .most = true},
    [COL_COMMISSION] = {.inputs = CVR | AOV | POSTS, .at_most = true, .most = true},
};

#define OF_A_CREATOR (unsigned)(FEE | CVR | AOV | POSTS)
#define OF_A_PLAN (unsigned)(CVR | AOV | DISCOUNT)

static bool plan_has(enum column column)
{
    static const struct totals none;
    bool range = column == COL_ROI_P10 || column == COL_ROI_P50 || column == COL_ROI_P90;
    return range || total_of_column(&none, column);
}

bool goal_can(enum column column, bool plan)
{
    return plan ? goals[column].inputs & OF_A_PLAN && plan_has(column)
                : (goals[column].inputs & OF_A_CREATOR) != 0;
}

bool goal_at_most(enum column column)
{
    return goals[column].at_most;
}

bool goal_most_posts(enum column column)
{
    return goals[column].most;
}

/* ---- One look at the forecast ---- */

struct trial {
    enum column column;
    double goal;
    const struct assumptions *assumptions;
    const struct facts *facts; /* of one creator … */
    size_t row;
    struct forecast_case as;     /* deliverables NaN: as the scenario and the plan have it */
    const struct replay *replay; /* … or NULL: of a plan */
    struct totals *totals;
    double posts; /* of the last look */
};

/* Numbers of the scenario that are an input. */
static const size_t scenario_inputs[GOAL_INPUTS] = {
    [GOAL_CVR] = offsetof(struct scenario, cvr),
    [GOAL_AOV] = offsetof(struct scenario, aov),
    [GOAL_DISCOUNT] = offsetof(struct scenario, discount),
};

static double look(struct trial *trial, enum goal_input input, double value)
{
    struct scenario scenario = *trial->assumptions->scenario;
    struct assumptions assumptions = *trial->assumptions;
    struct forecast_case as = trial->as;
    assumptions.scenario = &scenario;
    if (scenario_inputs[input] > 0)
        *(double *)((char *)&scenario + scenario_inputs[input]) = value;
    else if (input == GOAL_FEE)
        as.fee = value;
    else
        as.deliverables = value;
    if (trial->replay) {
        replay_with(trial->replay, &assumptions, trial->totals);
        totals_end(trial->totals, &assumptions);
        return totals_figure(trial->totals, trial->column);
    }
    struct figures figures;
    forecast_as(trial->facts, &assumptions, trial->row, &as, &figures);
    trial->posts = figures.deliverables;
    return *(const double *)((const char *)&figures + columns[trial->column].figure);
}

/* A hair of tolerance: 2.5 % must break even where exactly 2.5 % does. */
static bool reaches(const struct trial *trial, double figure)
{
    double slack = 1e-9 * fmax(1, fabs(trial->goal));
    return goals[trial->column].at_most ? figure <= trial->goal + slack
                                        : figure >= trial->goal - slack;
}

static bool holds(struct trial *trial, enum goal_input input, double value)
{
    return reaches(trial, look(trial, input, value));
}

/* ---- Searches over what can be typed ---- */

/* The input in steps; figures are monotone in it. */
struct grid {
    enum goal_input input;
    double steps_of_one; /* value = step / this */
    double least, most;  /* steps */
};

static double at_step(const struct grid *grid, double step)
{
    return step / grid->steps_of_one;
}

/* Of a step that holds and one that does not the nearest neighbours between them. */
static double narrow(struct trial *trial, const struct grid *grid, double holding, double failing)
{
    while (fabs(holding - failing) > 1) {
        double middle = floor((holding + failing) / 2);
        if (holds(trial, grid->input, at_step(grid, middle)))
            holding = middle;
        else
            failing = middle;
    }
    return holding;
}

/* The lowest step that holds, or of what is too much from somewhere on the highest; NaN unknown, or
 * every one holds. */
static double seek_step(struct trial *trial, const struct grid *grid)
{
    double low = look(trial, grid->input, at_step(grid, grid->least));
    double high = look(trial, grid->input, at_step(grid, grid->most));
    if (isnan(low) && isnan(high))
        return NAN;
    if (reaches(trial, low))
        return reaches(trial, high) ? (double)NAN : narrow(trial, grid, grid->least, grid->most);
    return reaches(trial, high) ? narrow(trial, grid, grid->most, grid->least) : (double)INFINITY;
}

static double seek_rate(struct trial *trial, enum goal_input input)
{
    struct grid grid = {.input = input, .steps_of_one = 10000, .least = 0, .most = 10000};
    if (input == GOAL_DISCOUNT)
        grid.most--; /* of nothing paid there is no ROI */
    double step = seek_step(trial, &grid);
    return at_step(&grid, step);
}

#define AOV_MOST 1e9
#define AOV_COARSE 20 /* from here on in steps of 0.50 */

static double seek_aov(struct trial *trial, enum goal_input input)
{
    struct grid fine = {.input = input, .steps_of_one = 100, .least = 0, .most = 100 * AOV_MOST};
    double exact = at_step(&fine, seek_step(trial, &fine));
    if (!(exact >= AOV_COARSE) || isinf(exact))
        return exact;
    double up = ceil(exact * 2) / 2, down = floor(exact * 2) / 2;
    return holds(trial, input, up) ? up : down;
}

#define FEE_MOST 1e9

/* Where the budget is filled a lower fee buys more posts. So fee by fee: those that buy as many as the
 * highest does, then those that buy one more … */
static double seek_fee(struct trial *trial, enum goal_input input)
{
    struct grid grid = {.input = input, .steps_of_one = 1, .least = 1, .most = FEE_MOST};
    bool known = false;
    for (double high = FEE_MOST, low; high >= 1; high = low - 1) {
        double figure = look(trial, input, high), posts = trial->posts;
        known = known || !isnan(figure);
        if (reaches(trial, figure))
            return high == FEE_MOST ? (double)NAN : high; /* whatever the fee */
        low = 1;
        for (double below = 0, above = high; above - below > 1;) {
            double middle = floor((below + above) / 2);
            look(trial, input, middle);
            if (trial->posts > posts)
                below = middle;
            else
                above = middle;
            low = above;
        }
        figure = look(trial, input, low);
        known = known || !isnan(figure);
        if (reaches(trial, figure))
            return narrow(trial, &grid, low, high);
    }
    return !known ? (double)NAN : holds(trial, input, 0) ? 0 : (double)INFINITY;
}

static double seek_posts(struct trial *trial, enum goal_input input)
{
    bool most = goals[trial->column].most, known = false;
    double cap = trial->assumptions->scenario->fill_cap;
    for (double i = 1; i <= cap; i++) {
        double posts = most ? cap + 1 - i : i, figure = look(trial, input, posts);
        if (reaches(trial, figure))
            return posts;
        known = known || !isnan(figure);
    }
    return known ? (double)INFINITY : (double)NAN;
}

static void seek(struct trial *trial, unsigned inputs, double out[GOAL_INPUTS])
{
    static double (*const seekers[GOAL_INPUTS])(struct trial *, enum goal_input) = {
        [GOAL_FEE] = seek_fee,
        [GOAL_CVR] = seek_rate,
        [GOAL_AOV] = seek_aov,
        [GOAL_DELIVERABLES] = seek_posts,
        [GOAL_DISCOUNT] = seek_rate};
    for (int i = 0; i < GOAL_INPUTS; i++) {
        bool asked = goals[trial->column].inputs & inputs & BIT(i) && !isnan(trial->goal);
        out[i] = asked ? seekers[i](trial, (enum goal_input)i) : (double)NAN;
    }
}

void goal_seek(const struct facts *facts, const struct assumptions *assumptions, size_t row,
               const struct forecast_case *as, enum column column, double goal,
               double out[GOAL_INPUTS])
{
    struct figures figures;
    struct trial trial = {.column = column,
                          .goal = goal,
                          .assumptions = assumptions,
                          .facts = facts,
                          .row = row,
                          .as = {.deliverables = NAN, .fee = NAN, .er_expected = NAN}};
    forecast(facts, assumptions, row, &figures);
    trial.as.format = figures.format;
    if (as)
        trial.as = *as;
    seek(&trial, OF_A_CREATOR, out);
}

void goal_seek_plan(const struct facts *facts, const struct assumptions *assumptions,
                    const uint32_t *rows, size_t count, enum column column, double goal,
                    double out[GOAL_INPUTS])
{
    struct chosen_facts chosen;
    struct replay replay;
    struct totals totals;
    totals_init(&totals);
    chosen_facts_init(&chosen, facts, rows, count);
    replay_init(&replay, &chosen.facts, assumptions);
    struct trial trial = {.column = column,
                          .goal = goal,
                          .assumptions = assumptions,
                          .replay = &replay,
                          .totals = &totals};
    seek(&trial, OF_A_PLAN, out);
    replay_release(&replay);
    chosen_facts_release(&chosen);
    totals_release(&totals);
}
