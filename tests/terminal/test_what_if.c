/* Twelve creators in the plan of the sample data, and figures typed a key at a time: after each key
 * the one frame that answers it shows rows and totals as the plain forecast has them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plain_sample.h"
#include "runtime/session.h"
#include "support/home_pty.h"

#define PLANNED 12
#define COLUMNS 160
#define ROWS 48

static char store[300];
static const char *const environment[] = {"MICROSCOPE_NOW=2026-11-16T12:00:00Z", NULL};

/* ---- what it has to be ---- */

struct one {
    char handle[64];
    struct plain_creator creator;
    double expected; /* ER of the peers */
    struct plain_figures figures;
};

struct world {
    struct one *all;
    size_t count;
    struct one *planned[PLANNED]; /* best ROI first */
    double budget, cvr, fill;
};

static struct plain_scenario scenario_of(const struct world *world, const struct one *one)
{
    struct plain_scenario scenario = plain_default(one->creator.platform);
    scenario.budget = world->budget;
    scenario.cvr = world->cvr;
    scenario.fill = world->fill > 0;
    return scenario;
}

static void compute(const struct world *world, struct one *one)
{
    struct plain_scenario scenario = scenario_of(world, one);
    one->figures = plain_forecast(&one->creator, one->expected, &scenario);
}

static void compute_all(struct world *world)
{
    for (size_t i = 0; i < world->count; i++)
        compute(world, &world->all[i]);
}

static int by_roi(const void *a, const void *b)
{
    double left = (*(struct one *const *)a)->figures.roi,
           right = (*(struct one *const *)b)->figures.roi;
    return (left < right) - (left > right);
}

/* The best of those whose fee is known, as the list orders them. */
static void choose(struct world *world)
{
    struct one **known = calloc(world->count, sizeof *known);
    size_t count = 0;
    for (size_t i = 0; i < world->count; i++)
        if (!world->all[i].figures.fee_estimated && !isnan(world->all[i].figures.roi))
            known[count++] = &world->all[i];
    qsort(known, count, sizeof *known, by_roi);
    memcpy(world->planned, known, sizeof world->planned);
    free(known);
}

static void world_read(struct world *world)
{
    struct session *session = calloc(1, sizeof *session);
    struct err err;
    if (!session_open(session, store, &err))
        fail_msg("%s", err.message);
    *world = (struct world){.count = session->catalog.count, .budget = 10000, .cvr = 0.025};
    struct plain_creator *all = calloc(world->count, sizeof *all);
    world->all = calloc(world->count, sizeof *world->all);
    for (uint32_t row = 0; row < world->count; row++)
        all[row] = plain_of_sample(&session->catalog, row);
    for (uint32_t row = 0; row < world->count; row++) {
        struct text handle = catalog_text(&session->catalog, COL_HANDLE, row);
        world->all[row].creator = all[row];
        world->all[row].expected = plain_expected(all, world->count, &all[row]);
        snprintf(world->all[row].handle, sizeof world->all[row].handle, "%.*s", (int)handle.length,
                 handle.at);
    }
    free(all);
    session_close(session);
    free(session);
    compute_all(world);
    choose(world);
}

struct sums {
    double cost, reach, orders, revenue, profit, roi, p10, p90;
};

/* Sums over the plan, and where 8 in 10 end: the closed form of the glossary, written out. */
static struct sums sums_of(const struct world *world)
{
    struct sums sums = {0};
    double own = 0, common = 0.5 * 0.6 * 0.6 + 0.4 * 0.4;
    for (size_t i = 0; i < PLANNED; i++) {
        const struct plain_figures *f = &world->planned[i]->figures;
        sums.cost += f->cost;
        sums.orders += f->orders;
        sums.revenue += f->revenue;
        sums.profit += f->profit;
    }
    for (size_t i = 0; i < PLANNED; i++) {
        const struct one *one = world->planned[i];
        bool views = strcmp(one->creator.platform, "tiktok") == 0 ||
                     strcmp(one->creator.platform, "youtube") == 0 ||
                     strcmp(one->creator.platform, "twitch") == 0;
        double spread = views ? 0.6 : 0.35, part = one->figures.revenue / sums.revenue;
        own += part * part * (exp(spread * spread + 0.5 * 0.6 * 0.6) - 1);
    }
    double s = sqrt(log(exp(common) * (1 + own) + 1 / sums.orders)), z = 1.2815515655446004;
    sums.roi = sums.profit / sums.cost;
    sums.p10 = sums.p90 = sums.roi;
    if (sums.orders == 0)
        return sums;
    sums.p10 = 0.5 * sums.revenue * exp(-z * s - s * s / 2) / sums.cost - 1;
    sums.p90 = 0.5 * sums.revenue * exp(z * s - s * s / 2) / sums.cost - 1;
    return sums;
}

/* ---- how it is written ---- */

static const char *grouped(double value, bool sign)
{
    static char texts[8][40];
    static unsigned next;
    char digits[32], *out = texts[next++ % 8];
    long long whole = llround(fabs(value));
    snprintf(digits, sizeof digits, "%lld", whole);
    size_t length = strlen(digits), at = 0;
    if (value < 0 && whole != 0)
        out[at++] = '-';
    else if (sign && whole != 0)
        out[at++] = '+';
    for (size_t i = 0; i < length; i++) {
        out[at++] = digits[i];
        if (i + 1 < length && (length - i - 1) % 3 == 0)
            out[at++] = ',';
    }
    out[at] = '\0';
    return out;
}

static const char *percent(double roi)
{
    static char texts[8][40];
    static unsigned next;
    char *out = texts[next++ % 8];
    long whole = lround(roi * 100);
    snprintf(out, sizeof texts[0], whole > 999 ? ">999%%" : whole == 0 ? "0%%" : "%+ld%%", whole);
    return out;
}

/* ---- what is there ---- */

static const char *line_with(struct pty *pty, const char *words)
{
    for (int row = 0; row < pty_rows(pty); row++) {
        const char *line = pty_row(pty, row);
        if (strstr(line, words))
            return line;
    }
    fail_msg("no line with '%s' in:\n%s", words, pty_screen(pty));
    return "";
}

/* Is this a word of the line, signs of marks and changes aside? */
static bool has_word(const char *line, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(line, word); at; at = strstr(at + 1, word)) {
        char before = at == line ? ' ' : at[-1], after = at[length];
        bool begins = !isalnum((unsigned char)before) && !strchr(",.+-", before);
        bool ends = !isalnum((unsigned char)after) && (after == '\0' || !strchr("%", after)) &&
                    !(strchr(".,", after) && after && isdigit((unsigned char)at[length + 1]));
        if (begins && ends)
            return true;
    }
    return false;
}

static void expect_word(struct pty *pty, const char *line, const char *what, const char *word)
{
    if (!has_word(line, word))
        fail_msg("%s should be %s in\n%s\nof\n%s", what, word, line, pty_screen(pty));
}

/* A handle stands cut where it is long. */
static const char *line_of(struct pty *pty, const struct one *one)
{
    char start[13];
    snprintf(start, sizeof start, "%.12s", one->handle);
    return line_with(pty, start);
}

static void expect_planned(struct pty *pty, struct world *world)
{
    for (size_t i = 0; i < PLANNED; i++) {
        const struct one *one = world->planned[i];
        const char *line = line_of(pty, one);
        expect_word(pty, line, "cost", grouped(one->figures.cost, false));
        expect_word(pty, line, "profit", grouped(one->figures.profit, true));
        expect_word(pty, line, "ROI", percent(one->figures.roi));
    }
    struct sums sums = sums_of(world);
    const char *total = line_with(pty, "All 12");
    expect_word(pty, total, "cost of all", grouped(sums.cost, false));
    expect_word(pty, total, "profit of all", grouped(sums.profit, true));
    expect_word(pty, total, "ROI of all", percent(sums.roi));
    const char *range = line_with(pty, "8 in 10");
    expect_word(pty, range, "low end", percent(sums.p10));
    expect_word(pty, range, "high end", percent(sums.p90));
}

/* The budget stands there as it is typed, the rest as figures do. */
static void expect_money(struct pty *pty, const struct world *world)
{
    char left[80];
    double over = sums_of(world).cost - world->budget;
    snprintf(left, sizeof left, "%s %s of ", over > 0 ? "over by" : "left",
             grouped(fabs(over), false));
    const char *line = pty_row(pty, 0), *at = strstr(line, left);
    const char *of = at ? at + strlen(left) : "";
    if (!at || (!has_word(of, grouped(world->budget, false)) && atof(of) != world->budget))
        fail_msg("not in the top line: %s%g\n%s", left, world->budget, pty_screen(pty));
}

/* ---- a sitting ---- */

static struct pty *explore(void)
{
    return home_open((struct pty_options){.env = environment, .columns = COLUMNS, .rows = ROWS},
                     (const char *const[]){MICROSCOPE, store, NULL});
}

static void press(struct pty *pty, const char *keys)
{
    pty_send(pty, keys);
    pty_settle(pty);
}

/* A store of its own with the sample, and twelve in the plan. */
static struct pty *begin(struct world *world, const char *name)
{
    snprintf(store, sizeof store, "%s", at_home(name));
    home_run((const char *const[]){MICROSCOPE, "import", SAMPLE, "--store", store, NULL}, 0);
    world_read(world);
    struct pty *pty = explore();
    pty_settle(pty);
    press(pty, "ffee:known\r\033");
    for (size_t i = 0; i < PLANNED; i++) {
        world->planned[i]->creator.planned = 1;
        press(pty, " ");
    }
    press(pty, "a");
    compute_all(world);
    return pty;
}

static void end(struct pty *pty, struct world *world)
{
    pty_signal(pty, 15);
    assert_int_equal(pty_wait_exit(pty), 128 + 15);
    pty_close(pty);
    free(world->all);
}

/* Types a figure; after each key `value` says what it stands for by then, NaN: nothing yet. */
static void type(struct pty *pty, struct world *world, const char *keys, const double *values,
                 double *figure, void (*expect)(struct pty *pty, struct world *world))
{
    double before = *figure;
    for (size_t i = 0; keys[i]; i++) {
        press(pty, (char[]){keys[i], '\0'});
        *figure = isnan(values[i]) ? before : values[i];
        compute_all(world);
        expect(pty, world);
    }
}

static const double rates[] = {0, 0, 0, 0.03, 0.032, 0.0325};

static void expect_plan_and_money(struct pty *pty, struct world *world)
{
    expect_planned(pty, world);
    expect_money(pty, world);
}

static void test_fee_in_the_plan(void **state)
{
    (void)state;
    struct world world;
    struct pty *pty = begin(&world, "fee");
    press(pty, "p");
    expect_plan_and_money(pty, &world);
    press(pty, "ghhhhhhhhll"); /* from the name to the fee */
    for (size_t i = 0; i < PLANNED; i++) {
        /* whoever stands first: rows have an order of their own */
        const char *line = line_of(pty, world.planned[i]);
        if (strncmp(line, "\xe2\x96\xb8", 3) != 0)
            continue;
        struct one *one = world.planned[i];
        one->creator.own_fee_set = true;
        one->creator.own_fee = one->creator.fee;
        type(pty, &world, "1250", (const double[]){1, 12, 125, 1250}, &one->creator.own_fee,
             expect_plan_and_money);
        press(pty, "\r");
        expect_plan_and_money(pty, &world);
        press(pty, "u");
        one->creator.own_fee_set = false;
        compute_all(&world);
        expect_plan_and_money(pty, &world);
    }
    assert_true(pty_shows(pty, "undone"));
    end(pty, &world);
}

static void test_buy_rate_in_the_plan(void **state)
{
    (void)state;
    struct world world;
    struct pty *pty = begin(&world, "rate");
    press(pty, "p\tjj"); /* order value, click rate, buy rate */
    type(pty, &world, "0.0325", rates, &world.cvr, expect_planned);
    press(pty, "\033");
    world.cvr = 0.025;
    compute_all(&world);
    expect_planned(pty, &world);
    end(pty, &world);
}

/* Who stands on a line of the list, by the name behind the rule of the filter pane; NULL: nobody. A
 * name that is cut may be that of several: then it is the one with the ROI that stands there. */
static const struct one *one_on(const struct world *world, const char *line)
{
    const struct one *found = NULL;
    const char *name = strstr(line, "\xe2\x94\x82");
    while (name && *name && !isalnum((unsigned char)*name) && *name != '_')
        name++;
    size_t length = name ? strcspn(name, " \xc2") : 0; /* a cut begins with C2 */
    if (length == 0)
        return NULL;
    bool cut = name[length] != ' ';
    for (size_t i = 0; i < world->count; i++) {
        const struct one *one = &world->all[i];
        if (strncmp(one->handle, name, length) != 0 || (!cut && one->handle[length]))
            continue;
        if (!found || has_word(line, percent(one->figures.roi)))
            found = one;
    }
    return found;
}

/* Every row in view has its own figures, and none stands above a better one. */
static void expect_list(struct pty *pty, struct world *world)
{
    double above = INFINITY;
    size_t rows = 0;
    for (int row = 3; row < ROWS - 2; row++) {
        char line[1024];
        snprintf(line, sizeof line, "%s", pty_row(pty, row));
        const struct one *one = one_on(world, line);
        if (!one)
            continue;
        expect_word(pty, line, "profit", grouped(one->figures.profit, true));
        expect_word(pty, line, "ROI", percent(one->figures.roi));
        if (one->figures.roi > above)
            fail_msg("%s stands below a worse one:\n%s", one->handle, pty_screen(pty));
        above = one->figures.roi;
        rows++;
    }
    assert_true(rows > 30);
    expect_money(pty, world);
}

/* The row of the comparison with this title. */
static const char *row_of(struct pty *pty, const char *title)
{
    for (int row = 0; row < ROWS; row++) {
        const char *line = pty_row(pty, row);
        while (*line && !isalnum((unsigned char)*line))
            line++;
        if (strncmp(line, title, strlen(title)) == 0 && strncmp(line + strlen(title), "  ", 2) == 0)
            return line;
    }
    fail_msg("no row '%s' in:\n%s", title, pty_screen(pty));
    return "";
}

static void expect_comparison(struct pty *pty, struct world *world)
{
    const char *roi = row_of(pty, "ROI");
    for (size_t i = 0; i < 3; i++)
        expect_word(pty, roi, "ROI", percent(world->planned[i]->figures.roi));
    const char *profit = row_of(pty, "Profit");
    for (size_t i = 0; i < 3; i++)
        expect_word(pty, profit, "profit", grouped(world->planned[i]->figures.profit, true));
    expect_money(pty, world);
}

static const double budget_values[] = {7, 75, 750, 7500};

/* Under the rule that fills the budget it moves every row that has no posts of its own. */
static void test_budget_in_the_list(void **state)
{
    (void)state;
    struct world world;
    struct pty *pty = begin(&world, "list");
    press(pty, ":set fill on\r");
    world.fill = 1;
    compute_all(&world);
    press(pty, "g");
    expect_list(pty, &world);
    press(pty, "b");
    type(pty, &world, "7500", budget_values, &world.budget, expect_list);
    press(pty, "\r");
    expect_list(pty, &world);
    press(pty, "u");
    world.budget = 10000;
    compute_all(&world);
    expect_list(pty, &world);
    end(pty, &world);
}

static void test_budget_in_plan_and_comparison(void **state)
{
    (void)state;
    struct world world;
    struct pty *pty = begin(&world, "compare");
    press(pty, "pb");
    type(pty, &world, "7500", budget_values, &world.budget, expect_plan_and_money);
    press(pty, "\033q*"); /* ticks everybody, and … */
    press(pty, "*g   c"); /* … nobody; then the best three */
    world.budget = 10000;
    compute_all(&world);
    expect_comparison(pty, &world);
    press(pty, ":set cvr ");
    type(pty, &world, "0.0325", rates, &world.cvr, expect_comparison);
    press(pty, "\r");
    expect_comparison(pty, &world);
    end(pty, &world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fee_in_the_plan),
        cmocka_unit_test(test_buy_rate_in_the_plan),
        cmocka_unit_test(test_budget_in_the_list),
        cmocka_unit_test(test_budget_in_plan_and_comparison),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
