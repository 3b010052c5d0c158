#include "words_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "domain/currency.h"

#define MEMO_BITS 6
#define MEMO_LONGEST 16 /* bytes of a word that is remembered */

/* The latest words met, so that most of the rows ask neither dictionary nor vocabulary. Two reads of
 * eight bytes, which may overlap, and the length are the whole word. */
struct catalog_memo {
    uint64_t first, last;
    uint32_t size; /* length + 1; 0: nothing here */
    double code;
};

static double platform_code(struct text word)
{
    for (unsigned platform = 0; platform < PLATFORM_COUNT; platform++)
        if (text_is(word, platforms[platform].word))
            return platform;
    return NAN;
}

static double basis_code(struct text word)
{
    enum er_basis basis;

    return er_basis_from_word(word, &basis) ? basis : NAN;
}

static double origin_code(struct text word)
{
    for (unsigned origin = FEE_QUOTED; origin < FEE_ORIGIN_COUNT; origin++)
        if (text_equal_ascii_case(word, text_of(fee_origin_words[origin])))
            return origin;
    return NAN;
}

static double currency_code(struct text word)
{
    unsigned currency = currency_from_code(word);

    return currency == CURRENCY_NONE ? NAN : currency;
}

static const char *platform_word(unsigned code)
{
    return platforms[code].word;
}

static const char *basis_word(unsigned code)
{
    return er_basis_words[code];
}

static const char *origin_word(unsigned code)
{
    return fee_origin_words[code];
}

static const char *currency_word(unsigned code)
{
    return currencies[code].code;
}

static const struct vocabulary vocabularies[COLUMN_COUNT] = {
    [COL_PLATFORM] = {platform_code, platform_word},
    [COL_ER_BASIS] = {basis_code, basis_word},
    [COL_FEE_ORIGIN] = {origin_code, origin_word},
    [COL_CURRENCY] = {currency_code, currency_word},
};

const struct vocabulary *vocabulary_of(enum column column)
{
    return vocabularies[column].code ? &vocabularies[column] : NULL;
}

void catalog_words_release(struct catalog_column *column)
{
    free(column->memo);
    names_release(&column->words);
    names_release(&column->members);
    free(column->member_from);
    free(column->member_codes);
}

size_t catalog_words_memory(const struct catalog_column *column)
{
    size_t bytes = column->memo ? sizeof *column->memo << MEMO_BITS : 0;

    return bytes + names_memory(&column->words) + names_memory(&column->members) +
           (column->member_from_capacity + column->member_code_capacity) * sizeof(uint32_t);
}

/* The first time a set is seen, its members are looked up once for all rows that will have it. */
static void add_members(struct catalog_column *column, struct text set)
{
    struct text word;
    size_t codes = column->words.count;

    column->member_from = vec_grow(column->member_from, &column->member_from_capacity, codes + 1,
                                   sizeof *column->member_from);
    column->member_from[codes - 1] = (uint32_t)column->member_code_count;
    while (text_next(&set, '|', &word)) {
        if (!word.length)
            continue;
        column->member_codes =
            vec_grow(column->member_codes, &column->member_code_capacity,
                     column->member_code_count + 1, sizeof *column->member_codes);
        column->member_codes[column->member_code_count++] = names_add(&column->members, word);
    }
    column->member_from[codes] = (uint32_t)column->member_code_count;
}

static double look_up(struct catalog_column *column, enum column which, struct text text)
{
    const struct vocabulary *vocabulary = vocabulary_of(which);
    size_t before = column->words.count;
    double code;

    if (vocabulary)
        return vocabulary->code(text);
    code = names_add(&column->words, text);
    if (columns[which].unit == UNIT_SET && column->words.count > before)
        add_members(column, text);
    return code;
}

static uint64_t eight_at(const char *at)
{
    uint64_t eight;

    memcpy(&eight, at, sizeof eight);
    return eight;
}

static uint64_t less_than_eight(struct text text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    uint32_t first, last;

    if (text.length < 4)
        return text.length ? (uint64_t)at[0] << 16 | (uint64_t)at[text.length / 2] << 8 |
                                 at[text.length - 1]
                           : 0;
    memcpy(&first, at, sizeof first);
    memcpy(&last, at + text.length - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

static struct catalog_memo memo_of(struct text word)
{
    struct catalog_memo memo = {.size = (uint32_t)word.length + 1};

    if (word.length < 8) {
        memo.first = less_than_eight(word);
    } else {
        memo.first = eight_at(word.at);
        memo.last = eight_at(word.at + word.length - 8);
    }
    return memo;
}

static size_t place_of(const struct catalog_memo *memo)
{
    uint64_t mixed = (memo->first ^ (memo->last << 7 | memo->last >> 57)) + memo->size;

    return (size_t)(mixed * UINT64_C(0x9E3779B97F4A7C15) >> (64 - MEMO_BITS));
}

double catalog_words_code(struct catalog *catalog, enum column which, struct text text)
{
    struct catalog_column *column = &catalog->columns[which];
    struct catalog_memo memo, *kept;

    if (!text_known(text))
        return NAN;
    if (text.length > MEMO_LONGEST)
        return look_up(column, which, text);
    if (!column->memo)
        column->memo = mem_zero((size_t)1 << MEMO_BITS, sizeof *column->memo);
    memo = memo_of(text);
    kept = &column->memo[place_of(&memo)];
    if (kept->first != memo.first || kept->last != memo.last || kept->size != memo.size) {
        memo.code = look_up(column, which, text);
        *kept = memo;
    }
    return kept->code;
}
