#include "base/vec.h"
#include "base/wide.h"
#include "steps_internal.h"
#include "unknown_internal.h"

/* Earned media value: what the user holds each view, like, comment, share and save worth, added up. */

struct media_part {
    enum figure_id count;
    size_t worth;   /* of one: offset in struct scenario; NaN: not given */
    bool of_a_post; /* counted for each post, and only where the format has them */
};

static const struct media_part media_parts[] = {
    {FIGURE_IMPRESSIONS, offsetof(struct scenario, value_impression), false},
    {FIGURE_LIKES, offsetof(struct scenario, value_like), true},
    {FIGURE_COMMENTS, offsetof(struct scenario, value_comment), true},
    {FIGURE_SHARES, offsetof(struct scenario, value_share), true},
    {FIGURE_SAVES, offsetof(struct scenario, value_save), true},
};

/* What is worth nothing is so however often it comes. */
WIDE static void add_part(const double *restrict counts, double worth, size_t count,
                          double *restrict sum, double *restrict known, double *restrict missed)
{
    for (size_t i = 0; i < count; i++) {
        double part = worth == 0 ? 0 : counts[i] * worth;
        double missing = isnan(part) ? 1 : 0;
        sum[i] += isnan(part) ? 0 : part;
        known[i] += 1 - missing;
        missed[i] += missing;
    }
}

static void count_of_posts(const struct block *block, enum figure_id figure, double *restrict out)
{
    const double *posted = block->at[FIGURE_POSTED], *n = block->at[FIGURE_DELIVERABLES];
    for (size_t i = 0; i < block->count; i++) {
        bool said = formats[block->format[i]].engagements;
        out[i] = said ? posted[i] * n[i] * block->at[figure][i] : (double)NAN;
    }
}

void make_emv(const struct block *block, const struct step *step)
{
    const char *scenario = (const char *)block->assumptions->scenario;
    double sum[FORECAST_BLOCK] = {0}, known[FORECAST_BLOCK] = {0}, counts[FORECAST_BLOCK];
    double *restrict out = block->at[FIGURE_EMV], *missed = block->at[FIGURE_EMV_MISSED];
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        missed[i] = 0;
    for (size_t i = 0; i < COUNT_OF(media_parts); i++) {
        const struct media_part *part = &media_parts[i];
        double worth = *(const double *)(scenario + part->worth);
        if (isnan(worth))
            continue;
        if (part->of_a_post)
            count_of_posts(block, part->count, counts);
        add_part(part->of_a_post ? counts : block->at[part->count], worth, block->count, sum, known,
                 missed);
    }
    for (size_t i = 0; i < block->count; i++)
        out[i] = known[i] > 0 ? sum[i] : (double)NAN;
}
