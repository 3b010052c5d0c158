#include "steps_internal.h"
#include "unknown_internal.h"

/* What a part adds to the interactions: left out where unknown, and then they are at least as many. */
static double part_of(bool counts, double part, uint16_t *marks)
{
    bool unknown = counts && isnan(part);
    *marks |= unknown ? MARK_ER_AT_LEAST : 0;
    return counts && !unknown ? part : 0;
}

static double rate_from_counts(const struct block *block, size_t i, uint16_t *marks)
{
    const struct platform_row *platform = &platforms[block->facts->platform[block->from + i]];
    double whole = block->at[platform->basis == BASIS_VIEWS ? FIGURE_VIEWS : FIGURE_FOLLOWERS][i];
    double sum = platform->has_likes ? block->at[FIGURE_LIKES][i] : (double)NAN;
    sum += part_of(true, block->at[FIGURE_COMMENTS][i], marks);
    sum += part_of(platform->counts_shares, block->at[FIGURE_SHARES][i], marks);
    sum += part_of(platform->counts_saves, block->at[FIGURE_SAVES][i], marks);
    return ratio(sum, whole);
}

/* From the counts, else as a source stated it. */
void make_engagement(const struct block *block, const struct step *step)
{
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        double stated = block->at[FIGURE_ER_STATED][i];
        double stated_basis = block->at[FIGURE_ER_STATED_BASIS][i];
        enum er_basis basis = platforms[block->facts->platform[block->from + i]].basis;
        uint16_t marks = 0;
        double rate = rate_from_counts(block, i, &marks);
        if (isnan(rate)) {
            bool said = stated_basis > BASIS_NONE && stated_basis < BASIS_COUNT;
            rate = stated;
            basis = said && !isnan(rate) ? (enum er_basis)stated_basis : BASIS_NONE;
            marks = isnan(rate) ? 0 : MARK_ER_STATED;
        }
        block->at[FIGURE_ER][i] = rate;
        block->basis[i] = (uint8_t)basis;
        block->er_marks[i] = marks;
    }
}
