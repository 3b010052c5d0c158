#include "catalog/sheet.h"

#include "domain/currency.h"

/* What the codes of word columns mean: a fixed vocabulary, or a dictionary of the catalogue. */

static size_t fixed_words(const struct sheet *sheet, enum column column)
{
    const size_t counts[COLUMN_COUNT] = {
        [COL_PLATFORM] = PLATFORM_COUNT, [COL_TIER] = (size_t)sheet->preset->count,
        [COL_FORMAT] = FORMAT_COUNT,     [COL_ER_BASIS] = BASIS_COUNT,
        [COL_CURRENCY] = currency_count, [COL_FEE_ORIGIN] = FEE_ORIGIN_WORDS};

    return counts[column];
}

static const char *platform_word(const struct sheet *sheet, uint32_t code)
{
    (void)sheet;
    return platforms[code].word;
}

static const char *tier_word(const struct sheet *sheet, uint32_t code)
{
    return sheet->preset->bands[code].word;
}

static const char *format_word(const struct sheet *sheet, uint32_t code)
{
    (void)sheet;
    return formats[code].word;
}

static const char *basis_word(const struct sheet *sheet, uint32_t code)
{
    (void)sheet;
    return er_basis_words[code];
}

static const char *currency_word(const struct sheet *sheet, uint32_t code)
{
    (void)sheet;
    return currencies[code].code;
}

static const char *origin_word(const struct sheet *sheet, uint32_t code)
{
    (void)sheet;
    return fee_origin_words[code];
}

static const char *(*const word_of[COLUMN_COUNT])(const struct sheet *sheet, uint32_t code) = {
    [COL_PLATFORM] = platform_word, [COL_TIER] = tier_word,         [COL_FORMAT] = format_word,
    [COL_ER_BASIS] = basis_word,    [COL_CURRENCY] = currency_word, [COL_FEE_ORIGIN] = origin_word};

size_t sheet_word_count(const struct sheet *sheet, enum column column)
{
    return word_of[column] ? fixed_words(sheet, column)
                           : catalog_word_count(sheet->catalog, column);
}

struct text sheet_word(const struct sheet *sheet, enum column column, uint32_t code)
{
    struct text word;

    if (!word_of[column])
        return catalog_word(sheet->catalog, column, code);
    word = text_of(word_of[column](sheet, code));
    return word.length ? word : (struct text){0};
}

size_t sheet_value_count(const struct sheet *sheet, enum column column)
{
    return columns[column].unit == UNIT_SET ? catalog_member_count(sheet->catalog, column)
                                            : sheet_word_count(sheet, column);
}

struct text sheet_value(const struct sheet *sheet, enum column column, uint32_t value)
{
    return columns[column].unit == UNIT_SET ? catalog_member(sheet->catalog, column, value)
                                            : sheet_word(sheet, column, value);
}
