#include "plain_compare.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "domain/currency.h"

enum fact { F_COUNT = 18 };

static unsigned char platform_of(const char *word)
{
    enum platform platform;
    if (!platform_from_word(text_of(word), &platform))
        abort();
    return (unsigned char)platform;
}

static double basis_of(const char *word)
{
    enum er_basis basis;
    return er_basis_from_word(text_of(word), &basis) ? (double)basis : NAN;
}

static void put(struct plain_world *world, struct cells *cells, size_t *column, size_t row,
                double value)
{
    double *numbers = world->numbers + *column * world->facts.count;
    numbers[row] = value;
    *cells = (struct cells){.kind = CELLS_F64, .f64 = numbers};
    ++*column;
    assert(*column <= F_COUNT);
}

static double format_of(const struct plain_creator *c)
{
    enum format format;
    if (!c->plan_format)
        return NAN;
    if (!format_from_word(text_of(c->plan_format), (enum platform)platform_of(c->platform),
                          &format))
        abort();
    return format;
}

static double format_fee_of(const struct plain_creator *c)
{
    if (!c->plan_format || !c->fee_of_format_known)
        return NAN;
    return c->fee_not_convertible ? 12345 : c->fee_of_format * 100;
}

/* As the catalogue has it where nobody has any. */
static void leave_out_unknown(struct cells *cells, size_t count)
{
    for (size_t row = 0; row < count; row++)
        if (!isnan(cells->f64[row]))
            return;
    *cells = (struct cells){0};
}

void plain_world_init(struct plain_world *world, const struct plain_creator *creators, size_t count)
{
    *world = (struct plain_world){
        .facts = {.count = count},
        .platform = calloc(count + 1, 1),
        .numbers = calloc((count + 1) * F_COUNT, sizeof(double)),
    };
    if (!world->platform || !world->numbers)
        abort();
    world->facts.platform = world->platform;
    unsigned foreign = currency_from_code(TEXT("CHF")); /* no test has a rate for it */
    for (size_t row = 0; row < count; row++) {
        const struct plain_creator *c = &creators[row];
        struct facts *f = &world->facts;
        size_t column = 0;
        world->platform[row] = platform_of(c->platform);
        put(world, &f->followers, &column, row, c->followers);
        put(world, &f->credibility, &column, row, c->credibility);
        put(world, &f->audience_market, &column, row, c->audience_market);
        put(world, &f->likes, &column, row, c->likes);
        put(world, &f->comments, &column, row, c->comments);
        put(world, &f->shares, &column, row, c->shares);
        put(world, &f->saves, &column, row, c->saves);
        put(world, &f->views, &column, row, c->views);
        put(world, &f->reach_post, &column, row, c->reach_post);
        put(world, &f->er_stated, &column, row, c->er_stated);
        put(world, &f->er_basis, &column, row, basis_of(c->er_stated_basis));
        put(world, &f->fee, &column, row, c->fee_not_convertible ? 12345 : c->fee * 100);
        put(world, &f->fee_origin, &column, row, c->fee_is_estimate ? FEE_ESTIMATED : FEE_QUOTED);
        put(world, &f->currency, &column, row, c->fee_not_convertible ? foreign : CURRENCY_NONE);
        put(world, &f->planned, &column, row, c->planned);
        put(world, &f->plan_format, &column, row, format_of(c));
        put(world, &f->plan_fee, &column, row, c->own_fee_set ? c->own_fee * 100 : NAN);
        put(world, &f->format_fee, &column, row, format_fee_of(c));
    }
    leave_out_unknown(&world->facts.plan_format, count);
    leave_out_unknown(&world->facts.plan_fee, count);
    leave_out_unknown(&world->facts.format_fee, count);
}

void plain_world_release(struct plain_world *world)
{
    free(world->platform);
    free(world->numbers);
    *world = (struct plain_world){0};
}

bool plain_equal(double a, double b, double scale)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b);
    if (isinf(a) || isinf(b))
        return a == b;
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b)) + 1e-13 * scale;
}

struct pair {
    const char *name;
    size_t plain, figures;
};

static const struct pair pairs[] = {
    {"view_rate", offsetof(struct plain_figures, view_rate), offsetof(struct figures, view_rate)},
    {"er", offsetof(struct plain_figures, er), offsetof(struct figures, er)},
    {"er_expected", offsetof(struct plain_figures, er_expected),
     offsetof(struct figures, er_expected)},
    {"er_index", offsetof(struct plain_figures, er_index), offsetof(struct figures, er_index)},
    {"fee", offsetof(struct plain_figures, fee), offsetof(struct figures, fee)},
    {"deliverables", offsetof(struct plain_figures, deliverables),
     offsetof(struct figures, deliverables)},
    {"credible_followers", offsetof(struct plain_figures, credible_followers),
     offsetof(struct figures, credible_followers)},
    {"reach_one", offsetof(struct plain_figures, reach_one), offsetof(struct figures, reach_one)},
    {"audience", offsetof(struct plain_figures, audience), offsetof(struct figures, audience)},
    {"response_factor", offsetof(struct plain_figures, response_factor),
     offsetof(struct figures, response_factor)},
    {"reach", offsetof(struct plain_figures, reach), offsetof(struct figures, reach)},
    {"impressions", offsetof(struct plain_figures, impressions),
     offsetof(struct figures, impressions)},
    {"engagements", offsetof(struct plain_figures, engagements),
     offsetof(struct figures, engagements)},
    {"clicks", offsetof(struct plain_figures, clicks), offsetof(struct figures, clicks)},
    {"orders", offsetof(struct plain_figures, orders), offsetof(struct figures, orders)},
    {"revenue", offsetof(struct plain_figures, revenue), offsetof(struct figures, revenue)},
    {"cost", offsetof(struct plain_figures, cost), offsetof(struct figures, cost)},
    {"contribution", offsetof(struct plain_figures, contribution),
     offsetof(struct figures, contribution)},
    {"profit", offsetof(struct plain_figures, profit), offsetof(struct figures, profit)},
    {"commission", offsetof(struct plain_figures, commission),
     offsetof(struct figures, commission)},
    {"roi", offsetof(struct plain_figures, roi), offsetof(struct figures, roi)},
    {"roi_p10", offsetof(struct plain_figures, roi_p10), offsetof(struct figures, roi_p10)},
    {"roi_p50", offsetof(struct plain_figures, roi_p50), offsetof(struct figures, roi_p50)},
    {"roi_p90", offsetof(struct plain_figures, roi_p90), offsetof(struct figures, roi_p90)},
    {"roas", offsetof(struct plain_figures, roas), offsetof(struct figures, roas)},
    {"cpm", offsetof(struct plain_figures, cpm), offsetof(struct figures, cpm)},
    {"cpr", offsetof(struct plain_figures, cpr), offsetof(struct figures, cpr)},
    {"cpe", offsetof(struct plain_figures, cpe), offsetof(struct figures, cpe)},
    {"cpc", offsetof(struct plain_figures, cpc), offsetof(struct figures, cpc)},
    {"cpa", offsetof(struct plain_figures, cpa), offsetof(struct figures, cpa)},
    {"breakeven_fee", offsetof(struct plain_figures, breakeven_fee),
     offsetof(struct figures, breakeven_fee)},
    {"breakeven_cvr", offsetof(struct plain_figures, breakeven_cvr),
     offsetof(struct figures, breakeven_cvr)},
    {"breakeven_roas", offsetof(struct plain_figures, breakeven_roas),
     offsetof(struct figures, breakeven_roas)},
    {"breakeven_orders", offsetof(struct plain_figures, breakeven_orders),
     offsetof(struct figures, breakeven_orders)},
    {"revenue_per_follower", offsetof(struct plain_figures, revenue_per_follower),
     offsetof(struct figures, revenue_per_follower)},
    {"frequency", offsetof(struct plain_figures, frequency), offsetof(struct figures, frequency)},
    {"baseline_roi", offsetof(struct plain_figures, baseline_roi),
     offsetof(struct figures, baseline_roi)},
    {"roi_vs_baseline", offsetof(struct plain_figures, roi_vs_baseline),
     offsetof(struct figures, roi_vs_baseline)},
    {"emv", offsetof(struct plain_figures, emv), offsetof(struct figures, emv)},
    {"affordable", offsetof(struct plain_figures, affordable),
     offsetof(struct figures, affordable)},
    {"log_variance_own", offsetof(struct plain_figures, log_variance_own),
     offsetof(struct figures, log_variance_own)},
};

static double number_at(const void *base, size_t offset)
{
    return *(const double *)((const char *)base + offset);
}

bool plain_agrees(const char *who, const struct plain_figures *plain, const struct figures *figures)
{
    bool agrees = true;
    double scale = fabs(plain->cost) > 1 ? fabs(plain->cost) : 1;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        double a = number_at(plain, pairs[i].plain), b = number_at(figures, pairs[i].figures);
        if (plain_equal(a, b, scale))
            continue;
        fprintf(stderr, "%s: %s is %.17g, should be %.17g\n", who, pairs[i].name, b, a);
        agrees = false;
    }
    if (strcmp(plain->er_basis, er_basis_words[figures->basis]) != 0) {
        fprintf(stderr, "%s: ER is by '%s', should be by '%s'\n", who,
                er_basis_words[figures->basis], plain->er_basis);
        agrees = false;
    }
    if (plain->fee_estimated != ((figures->marks & MARK_FEE_ESTIMATED) != 0)) {
        fprintf(stderr, "%s: fee estimated or not differs\n", who);
        agrees = false;
    }
    if (plain->fee_own != ((figures->marks & MARK_FEE_OWN) != 0)) {
        fprintf(stderr, "%s: fee the user's own or not differs\n", who);
        agrees = false;
    }
    if (plain->emv_at_least != ((figures->marks & MARK_EMV_AT_LEAST) != 0)) {
        fprintf(stderr, "%s: media value at least or not differs\n", who);
        agrees = false;
    }
    bool gifted = plain->fee == 0 && !plain->fee_estimated;
    if (gifted != ((figures->marks & MARK_GIFTED) != 0)) {
        fprintf(stderr, "%s: gifted or not differs\n", who);
        agrees = false;
    }
    return agrees;
}
