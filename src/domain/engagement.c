#include "base/wide.h"
#include "steps_internal.h"
#include "unknown_internal.h"

/* What counts on each platform, by platform: 1 or 0, but for likes 0 or NaN, which makes the whole sum
 * unknown. */
struct counted {
    double likes[PLATFORM_COUNT], shares[PLATFORM_COUNT], saves[PLATFORM_COUNT];
    double by_views[PLATFORM_COUNT];
};

static void counted_init(struct counted *counted)
{
    for (int i = 0; i < PLATFORM_COUNT; i++) {
        counted->likes[i] = platforms[i].has_likes ? 0 : (double)NAN;
        counted->shares[i] = platforms[i].counts_shares;
        counted->saves[i] = platforms[i].counts_saves;
        counted->by_views[i] = platforms[i].basis == BASIS_VIEWS;
    }
}

/* Of a block: what counts in each row, the rate from its counts, and whether a part is unknown and
 * left out, so that the interactions are at least as many. */
struct rates {
    double likes[FORECAST_BLOCK], shares[FORECAST_BLOCK], saves[FORECAST_BLOCK];
    double by_views[FORECAST_BLOCK];
    double rate[FORECAST_BLOCK], at_least[FORECAST_BLOCK];
};

static void look_up_counted(const struct block *block, struct rates *rates)
{
    const uint8_t *platform = block->facts->platform + block->from;
    struct counted counted;

    counted_init(&counted);
    for (size_t i = 0; i < block->count; i++) {
        rates->likes[i] = counted.likes[platform[i]];
        rates->shares[i] = counted.shares[platform[i]];
        rates->saves[i] = counted.saves[platform[i]];
        rates->by_views[i] = counted.by_views[platform[i]];
    }
}

WIDE static void rate_from_counts(const struct block *block, struct rates *restrict rates)
{
    const double *likes = block->at[FIGURE_LIKES], *comments = block->at[FIGURE_COMMENTS];
    const double *shares = block->at[FIGURE_SHARES], *saves = block->at[FIGURE_SAVES];
    const double *views = block->at[FIGURE_VIEWS], *followers = block->at[FIGURE_FOLLOWERS];

    for (size_t i = 0; i < block->count; i++) {
        double whole = rates->by_views[i] > 0 ? views[i] : followers[i];
        double said = isnan(comments[i]) ? 0 : comments[i];
        double shared = isnan(shares[i]) ? 0 : shares[i];
        double saved = isnan(saves[i]) ? 0 : saves[i];
        double missed = isnan(comments[i]) ? 1 : 0;
        double missed_shares = isnan(shares[i]) ? rates->shares[i] : 0;
        double missed_saves = isnan(saves[i]) ? rates->saves[i] : 0;
        double sum = likes[i] + rates->likes[i] + said;
        sum += rates->shares[i] * shared;
        sum += rates->saves[i] * saved;
        rates->rate[i] = ratio(sum, whole);
        rates->at_least[i] = missed + missed_shares + missed_saves;
    }
}

/* From the counts, else as a source stated it. */
void make_engagement(const struct block *block, const struct step *step)
{
    const uint8_t *platform = block->facts->platform + block->from;
    struct rates rates;

    (void)step;
    look_up_counted(block, &rates);
    rate_from_counts(block, &rates);
    for (size_t i = 0; i < block->count; i++) {
        double stated_basis = block->at[FIGURE_ER_STATED_BASIS][i], rate = rates.rate[i];
        enum er_basis basis = platforms[platform[i]].basis;
        uint16_t marks = rates.at_least[i] > 0 ? MARK_ER_AT_LEAST : 0;
        if (isnan(rate)) {
            bool said = stated_basis > BASIS_NONE && stated_basis < BASIS_COUNT;
            rate = block->at[FIGURE_ER_STATED][i];
            basis = said && !isnan(rate) ? (enum er_basis)stated_basis : BASIS_NONE;
            marks = isnan(rate) ? 0 : MARK_ER_STATED;
        }
        block->at[FIGURE_ER][i] = rate;
        block->basis[i] = (uint8_t)basis;
        block->er_marks[i] = marks;
    }
}
