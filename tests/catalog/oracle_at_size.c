#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "creators.h"
#include "domain/generate.h"
#include "filter_oracle.h"
#include "plain_compare.h"
#include "random_creators.h"

/* Hundreds of random filters, orders and scenario edits over generated creators, and SQLite agrees to
 * the row: who passes, the whole order and pages of it, facet counts, lifts. Under each scenario the
 * figures that SQLite orders by are those of the plain forecast, to 1e-9, for a random part of the
 * rows. Between two lines some rows change, as in a store that others write to.
 *
 * ORACLE_CREATORS=5000 ORACLE_SCENARIOS=6 ORACLE_LINES=10 (of each) TEST_SEED=… */

#define JOBS 2 /* processes: scenarios are shared out */
#define CHECKED ((size_t)20000)
#define BANDS 6
#define NOW 1795046400.0 /* 2026-11-19: three days after the data */

static const double bands[BANDS] = {0, 1e3, 5e3, 2e4, 1e5, 1e6};

struct world {
    struct catalog catalog;
    struct sheet sheet;
    struct scenario scenario;
    struct peers peers;
    struct random random;
    struct filter_oracle oracle;
    struct plain_creator *creators; /* by row */
    double *expected;               /* by row: expected ER */
};

static size_t given(const char *name, size_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoul(text, NULL, 0) : otherwise;
}

/* ---- the same creators, plain ---- */

static const char *word_of(const struct catalog *catalog, enum column column, uint32_t row)
{
    struct text text = catalog_text(catalog, column, row);
    enum er_basis basis;
    if (column == COL_ER_BASIS)
        return text_known(text) && er_basis_from_word(text, &basis) ? er_basis_words[basis] : "";
    return platforms[catalog_platform(catalog, row)].word;
}

static double count_of(const struct catalog *catalog, enum column column, uint32_t row)
{
    double count = catalog_number(catalog, column, row);
    return count >= 0 ? count : NAN;
}

static unsigned currency_of(const struct catalog *catalog, uint32_t row)
{
    struct text code = catalog_text(catalog, COL_CURRENCY, row);
    return text_known(code) ? currency_from_code(code) : CURRENCY_NONE;
}

/* "story=90|reel=350": what stands behind the word. */
static double on_card(struct text card, const char *format)
{
    char text[256], wanted[32];
    snprintf(text, sizeof text, "|%.*s", (int)card.length, card.at ? card.at : "");
    snprintf(wanted, sizeof wanted, "|%s=", format);
    const char *at = strstr(text, wanted);
    return at ? strtod(at + strlen(wanted), NULL) : NAN;
}

static void take_planned(const struct world *world, uint32_t row, double rate)
{
    const struct catalog *catalog = &world->catalog;
    struct plain_creator *creator = &world->creators[row];
    struct planned planned = catalog_plan_get(catalog, row);
    double card;
    creator->own_fee_set = !isnan(planned.fee);
    creator->own_fee = planned.fee / currency_scale(world->scenario.currency);
    if (planned.format == FORMAT_NONE)
        return;
    creator->plan_format = formats[planned.format].word;
    card = on_card(catalog_text(catalog, COL_FEE_BY_FORMAT, row), creator->plan_format);
    creator->fee_of_format_known = !isnan(card);
    creator->fee_of_format = card * currency_scale(currency_of(catalog, row)) * rate;
    if (creator->fee_of_format_known && isnan(rate))
        creator->fee_not_convertible = true;
}

static void take(const struct world *world, uint32_t row)
{
    const struct catalog *catalog = &world->catalog;
    unsigned currency = currency_of(catalog, row);
    double fee = count_of(catalog, COL_FEE, row), rate = scenario_rate(&world->scenario, currency);
    world->creators[row] = (struct plain_creator){
        .platform = word_of(catalog, COL_PLATFORM, row),
        .followers = count_of(catalog, COL_FOLLOWERS, row),
        .credibility = count_of(catalog, COL_CREDIBILITY, row),
        .audience_market = count_of(catalog, COL_AUDIENCE_MARKET, row),
        .likes = count_of(catalog, COL_LIKES, row),
        .comments = count_of(catalog, COL_COMMENTS, row),
        .shares = count_of(catalog, COL_SHARES, row),
        .saves = count_of(catalog, COL_SAVES, row),
        .views = count_of(catalog, COL_VIEWS, row),
        .reach_post = count_of(catalog, COL_REACH_POST, row),
        .er_stated = count_of(catalog, COL_ER, row),
        .er_stated_basis = word_of(catalog, COL_ER_BASIS, row),
        .fee = fee / currency_scale(currency) * rate,
        .fee_is_estimate = text_is(catalog_text(catalog, COL_FEE_ORIGIN, row), "estimated"),
        .fee_not_convertible = !isnan(fee) && isnan(rate),
        .planned = catalog_planned(catalog, row),
    };
    take_planned(world, row, rate / currency_scale(currency));
}

static int band_of(double followers)
{
    int band = 0;
    while (band + 1 < BANDS && followers >= bands[band + 1])
        band++;
    return band;
}

/* Expected rates are the same for all of a platform, basis and band: asked once each. */
static void expect(struct world *world)
{
    static const char *const bases[] = {"followers", "views", "reach"};
    double cells[PLATFORM_COUNT][COUNT_OF(bases)][BANDS];
    bool asked[PLATFORM_COUNT][COUNT_OF(bases)][BANDS] = {0};
    struct plain_creator *living = mem_alloc((world->catalog.count + 1) * sizeof *living);
    size_t count = 0;
    for (uint32_t row = 0; row < world->catalog.count; row++)
        if (catalog_live(&world->catalog, row))
            living[count++] = world->creators[row];
    for (uint32_t row = 0; row < world->catalog.count; row++) {
        const struct plain_creator *creator = &world->creators[row];
        const char *basis;
        double er = plain_er(creator, &basis);
        size_t b = 0;
        world->expected[row] = NAN;
        while (b < COUNT_OF(bases) && strcmp(bases[b], basis) != 0)
            b++;
        if (isnan(er) || b == COUNT_OF(bases) || isnan(creator->followers))
            continue;
        enum platform platform = catalog_platform(&world->catalog, row);
        int band = band_of(creator->followers);
        if (!asked[platform][b][band])
            cells[platform][b][band] = plain_expected(living, count, creator);
        asked[platform][b][band] = true;
        world->expected[row] = cells[platform][b][band];
    }
    free(living);
}

/* ---- the world ---- */

static uint32_t any_row(struct world *world)
{
    return (uint32_t)random_below(&world->random, world->catalog.count);
}

static void make_creators(struct world *world, size_t creators, uint64_t seed)
{
    struct generate_options options;
    struct record_sink sink = catalog_sink(&world->catalog);
    struct err err;
    generate_options_init(&options);
    options.creators = creators;
    options.seed = seed;
    if (!generate(&options, &sink, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    for (size_t i = 0; i < creators / 20; i++)
        catalog_tick(&world->catalog, any_row(world), true);
    for (int i = 0; i < 40; i++)
        catalog_plan(&world->catalog, any_row(world),
                     1 + (unsigned)random_below(&world->random, 4));
    for (size_t i = 0; i < 100 + creators / 100; i++)
        creators_plan(&world->catalog, &world->random, any_row(world), 60);
}

static void make_world(struct world *world, size_t creators, uint64_t seed)
{
    random_init(&world->random, seed);
    catalog_init(&world->catalog);
    sheet_init(&world->sheet, &world->catalog);
    scenario_init(&world->scenario);
    peers_init(&world->peers);
    make_creators(world, creators, seed);
    size_t rows = world->catalog.count;
    world->creators = mem_alloc((rows + 1) * sizeof *world->creators);
    world->expected = mem_alloc((rows + 1) * sizeof *world->expected);
    for (uint32_t row = 0; row < rows; row++)
        take(world, row);
    expect(world);
    peers_make(&world->peers, catalog_facts(&world->catalog), world->catalog.live, NOW);
    sheet_join(&world->sheet, &world->scenario, &world->peers, &tier_presets[1], NOW);
    oracle_init(&world->oracle, &world->sheet, seed);
}

static void release_world(struct world *world)
{
    oracle_release(&world->oracle);
    sheet_release(&world->sheet);
    catalog_release(&world->catalog);
    free(world->creators);
    free(world->expected);
}

/* ---- a scenario ---- */

/* The plain forecast counts what the money buys one by one: nothing may cost next to nothing. */
static void throw_scenario(struct world *world)
{
    static const char *const euros[] = {"USD", "GBP", "CHF", "PLN", "SEK"};
    struct scenario *scenario = &world->scenario;
    uint64_t revision = scenario->revision;
    random_scenario(&world->random, scenario);
    scenario->discount = fmin(scenario->discount, 0.9);
    for (size_t i = 0; i < COUNT_OF(euros); i++)
        if (random_below(&world->random, 4) > 0)
            scenario->rates[scenario->rate_count++] = (struct exchange_rate){
                currency_from_code(text_of(euros[i])), 0.1 + random_unit(&world->random), NOW};
    scenario->revision += revision + 1;
}

static struct plain_figures plain_of(const struct world *world, uint32_t row, double money_left)
{
    const struct plain_creator *creator = &world->creators[row];
    struct plain_scenario plain = plain_scenario_for(&world->scenario, creator, money_left);
    return plain_forecast(creator, world->expected[row], &plain);
}

static double money_left(const struct world *world)
{
    double left = world->scenario.budget;
    for (uint32_t row = 0; row < world->catalog.count; row++)
        if (catalog_live(&world->catalog, row) && catalog_planned(&world->catalog, row) > 0) {
            double cost = plain_of(world, row, 0).cost;
            left -= isnan(cost) ? 0 : cost;
        }
    return left;
}

/* What a row shows, what its column holds, and what the plain forecast says. */
static void check_figures(struct world *world, uint32_t row, double left)
{
    struct figures figures;
    char who[64];
    if (!catalog_live(&world->catalog, row))
        return;
    struct plain_figures plain = plain_of(world, row, left);
    snprintf(who, sizeof who, "row %u", row);
    sheet_figures(&world->sheet, row, &figures);
    bool same = plain_agrees(who, &plain, &figures);
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (columns[column].figure == COLUMN_NO_FIGURE)
            continue;
        double one = sheet_number(&world->sheet, (enum column)column, row);
        double all = sheet_column(&world->sheet, (enum column)column)[row];
        if (plain_equal(one, all,
                        fmax(fmax(figures.revenue, figures.cost), 0))) /* NaN counts as 0 */
            continue;
        fprintf(stderr, "%s: %s is %.17g, in its column %.17g\n", who, columns[column].key, one,
                all);
        same = false;
    }
    if (!same)
        exit(1);
}

static void join(struct world *world, size_t scenario)
{
    if (scenario > 0)
        throw_scenario(world);
    for (uint32_t row = 0; row < world->catalog.count; row++)
        take(world, row);
    sheet_join(&world->sheet, &world->scenario, &world->peers, &tier_presets[1], NOW);
    double left = money_left(world), ours = sheet_money_left(&world->sheet);
    if (!plain_equal(left, ours, world->scenario.budget)) {
        fprintf(stderr, "money left is %.17g, plain %.17g\n", ours, left);
        exit(1);
    }
    bool all = world->catalog.count <= CHECKED;
    for (size_t i = 0; i < (all ? world->catalog.count : CHECKED); i++)
        check_figures(world, all ? (uint32_t)i : any_row(world), left);
    oracle_rejoin(&world->oracle);
}

/* ---- rows that change under the query ---- */

static void change_rows(struct world *world)
{
    struct record_sink sink = catalog_sink(&world->catalog);
    uint32_t rows[3];
    sink.begin(sink.self, NULL);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct record record;
        rows[i] = any_row(world);
        if (!catalog_live(&world->catalog, rows[i]) || catalog_planned(&world->catalog, rows[i]))
            continue;
        record_clear(&record);
        record.id = catalog_id(&world->catalog, rows[i]);
        record_set_number(&record, COL_FOLLOWERS,
                          300 + (double)random_below(&world->random, 100000));
        if (record.id != 0 && !sink.put(sink.self, &record, NULL))
            abort();
        catalog_tick(&world->catalog, rows[i], random_below(&world->random, 2) == 0);
    }
    sink.end(sink.self, true, NULL);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        oracle_changed(&world->oracle, rows[i]);
}

static void run_scenario(struct world *world, size_t scenario, size_t lines)
{
    double began = (double)time(NULL);
    struct buf why = BUF_INIT;
    size_t rows = 0;
    join(world, scenario);
    for (size_t i = 0; i < lines; i++) {
        oracle_next(&world->oracle);
        if (!oracle_agrees(&world->oracle, &why)) {
            fprintf(stderr, "scenario %zu, line %zu: %s\n  order %s\n  %s\n", scenario, i,
                    buf_string(&world->oracle.line), buf_string(&world->oracle.order),
                    buf_string(&why));
            exit(1);
        }
        rows += world->oracle.result.rows.count;
        change_rows(world);
    }
    printf("scenario %zu: %zu lines agree, %zu rows on the average, %.0f s\n", scenario, lines,
           rows / lines, (double)time(NULL) - began);
    fflush(stdout);
    buf_release(&why);
}

static pid_t start_job(struct world *world, size_t job, size_t scenarios, size_t lines,
                       uint64_t seed)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    random_init(&world->random, seed + job + 1);
    random_init(&world->oracle.random, seed + 1000 * (job + 1));
    for (size_t scenario = job; scenario < scenarios; scenario += JOBS)
        run_scenario(world, scenario, lines);
    release_world(world);
    exit(0);
}

int main(void)
{
    size_t creators = given("ORACLE_CREATORS", 5000), scenarios = given("ORACLE_SCENARIOS", 30);
    size_t lines = given("ORACLE_LINES", 10), failed = 0;
    uint64_t seed = given("TEST_SEED", (size_t)time(NULL));
    struct world *world = mem_zero(1, sizeof *world);
    pid_t jobs[JOBS];
    printf("oracle at size: %zu creators, TEST_SEED=%llu\n", creators, (unsigned long long)seed);
    make_world(world, creators, seed);
    for (size_t job = 0; job < JOBS; job++)
        jobs[job] = start_job(world, job, scenarios, lines, seed);
    for (size_t job = 0; job < JOBS; job++) {
        int status = 1;
        failed += jobs[job] < 0 || waitpid(jobs[job], &status, 0) < 0 || status != 0;
    }
    release_world(world);
    free(world);
    if (failed == 0)
        printf("%zu queries under %zu scenarios agree with SQLite\n", scenarios * lines, scenarios);
    return failed != 0;
}
