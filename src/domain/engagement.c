#include "engagement_internal.h"

double fact_count(const struct cells *cells, size_t row)
{
    double count = cells_number(cells, row);
    return count >= 0 ? count : NAN;
}

double ratio(double part, double whole)
{
    return whole == 0 ? NAN : part / whole;
}

static void add_part(struct engagement *engagement, double *sum, double part)
{
    if (isnan(part))
        engagement->at_least = true;
    else
        *sum += part;
}

static struct engagement from_counts(const struct facts *facts, size_t row)
{
    const struct platform_row *platform = &platforms[facts->platform[row]];
    struct engagement engagement = {.rate = NAN, .basis = platform->basis};
    double sum = fact_count(&facts->likes, row);
    if (!platform->has_likes || isnan(sum))
        return engagement;
    add_part(&engagement, &sum, fact_count(&facts->comments, row));
    if (platform->counts_shares)
        add_part(&engagement, &sum, fact_count(&facts->shares, row));
    if (platform->counts_saves)
        add_part(&engagement, &sum, fact_count(&facts->saves, row));
    bool by_views = platform->basis == BASIS_VIEWS;
    engagement.rate = ratio(sum, fact_count(by_views ? &facts->views : &facts->followers, row));
    return engagement;
}

struct engagement engagement_of(const struct facts *facts, size_t row)
{
    struct engagement engagement = from_counts(facts, row);
    if (!isnan(engagement.rate))
        return engagement;
    engagement =
        (struct engagement){.rate = fact_count(&facts->er_stated, row), .basis = BASIS_NONE};
    double basis = cells_number(&facts->er_basis, row);
    if (isnan(engagement.rate))
        return engagement;
    engagement.stated = true;
    if (basis > BASIS_NONE && basis < BASIS_COUNT)
        engagement.basis = (enum er_basis)basis;
    return engagement;
}
