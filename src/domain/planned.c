#include "domain/planned.h"

#include "base/number.h"
#include "domain/currency.h"

/* A fee below 0 is none: some sources write unknown so. */
static double fee_in(struct text written, unsigned currency)
{
    double fee;
    if (!number_parse_bare(text_trim(written), '.', &fee) || !(fee >= 0))
        return NAN;
    return floor(fee * currency_scale(currency) + 0.5);
}

double fee_of_format(struct text card, enum platform platform, enum format format,
                     unsigned currency)
{
    struct text entry;
    while (text_next(&card, '|', &entry)) {
        enum format named;
        size_t at;
        if (text_find(entry, TEXT("="), &at) &&
            format_from_word(text_trim(text_part(entry, 0, at)), platform, &named) &&
            named == format)
            return fee_in(text_part(entry, at + 1, entry.length - at - 1), currency);
    }
    return NAN;
}
