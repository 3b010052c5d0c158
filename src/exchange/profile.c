#include "profile_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/country.h"
#include "domain/currency.h"

static const char *const unknown_words[] = {
    "-",       "\u2013", "\u2014", "--",        "na",  "n/a",     "n/a'",      "n.a.",
    "nan",     "nan%",   "none",   "null",      "nil", "unknown", "(not set)", "#value!",
    "#valor!", "#n/a",   "#ref!",  "undefined", "?",   "[]",      "{}",
};

bool cell_unknown(struct text cell)
{
    cell = text_trim(cell);
    if (cell.length == 0)
        return true;
    /* Asked of every cell: most differ from all words by length or in their first byte. */
    if (cell.length > 9 || memchr("-nNuU(#?[{\xE2", cell.at[0], 11) == NULL)
        return false;
    for (size_t i = 0; i < COUNT_OF(unknown_words); i++)
        if (text_equal_ascii_case(cell, text_of(unknown_words[i])))
            return true;
    return false;
}

void profile_release(struct profile *profile)
{
    for (size_t i = 0; i < profile->count; i++) {
        free(profile->items[i].values.items);
        names_release(&profile->items[i].words);
    }
    free(profile->items);
    arena_release(&profile->arena);
    memset(profile, 0, sizeof *profile);
}

void profile_reserve(struct profile *profile, size_t count)
{
    if (count <= profile->count)
        return;
    VEC_RESERVE(profile, count);
    memset(profile->items + profile->count, 0, (count - profile->count) * sizeof *profile->items);
    for (size_t i = profile->count; i < count; i++)
        profile->items[i].numbers = profile->numbers;
    profile->count = count;
}

void profile_again(struct profile *profile)
{
    for (size_t i = 0; i < profile->count; i++) {
        struct column_profile *column = &profile->items[i];
        free(column->values.items);
        names_release(&column->words);
        *column = (struct column_profile){.numbers = column->numbers,
                                          .numbers_why = column->numbers_why,
                                          .numbers_guess = column->numbers_guess};
    }
    profile->rows = 0;
}

/* Exports and files of rejects guard an @ with an apostrophe. */
static bool is_at_handle(struct text cell)
{
    if (text_starts(cell, "'@"))
        cell = text_part(cell, 1, cell.length);
    return cell.length > 1 && *cell.at == '@' && memchr(cell.at, ' ', cell.length) == NULL;
}

static void profile_example(struct profile *profile, struct column_profile *column,
                            struct text cell)
{
    if (text_known(column->example))
        return;
    struct buf repaired = BUF_INIT;
    utf8_repair(&repaired, text_part(text_trim(cell), 0, 60));
    column->example = arena_text(&profile->arena, buf_text(&repaired));
    buf_release(&repaired);
}

static void profile_figure(struct profile *profile, struct column_profile *column, struct text cell,
                           const struct number_seen *seen)
{
    column->numbers_known++;
    column->percents += seen->percent;
    column->scaled += seen->scaled;
    if (cell.at[0] != CELL_OF_JSON)
        point_marks_add(&column->points, text_trim(cell), seen, &profile->arena);
    if (!seen->percent)
        VEC_PUSH(&column->values, seen->value);
}

static bool has_capital(struct text cell)
{
    for (size_t i = 0; i < cell.length; i++)
        if (cell.at[i] >= 'A' && cell.at[i] <= 'Z')
            return true;
    return false;
}

static void profile_words(struct column_profile *column, struct text cell)
{
    enum platform platform;
    struct text handle;
    bool url = text_starts(cell, "http://") || text_starts(cell, "https://");
    column->urls += url;
    column->blanks += memchr(cell.at, ' ', cell.length) != NULL;
    if (column->countries_asked < PROFILE_COUNTRIES) {
        column->countries_asked++;
        column->countries += cell.length < 40 && country_find(cell) != NULL;
    }
    if (platform_from_link(cell, &platform, &handle)) {
        column->links++;
        column->on_platform[platform]++;
    } else if (platform_from_word(cell, &platform)) {
        column->on_platform[platform]++;
    }
    if (!url && cell.length < 60 && column->words.count < PROFILE_WORDS && has_capital(cell))
        names_add(&column->words, cell);
}

/* Its figures may wear a currency on either side. */
static bool wears_currency(struct text cell)
{
    size_t front = 0, back = cell.length;
    while (front < cell.length && !(cell.at[front] >= '0' && cell.at[front] <= '9'))
        front++;
    while (back > front && !(cell.at[back - 1] >= '0' && cell.at[back - 1] <= '9'))
        back--;
    struct text before = text_trim(text_part(cell, 0, front));
    struct text after = text_trim(text_part(cell, back, cell.length));
    return front < cell.length && (currency_from_code(before) != CURRENCY_NONE ||
                                   currency_from_sign(before) != CURRENCY_NONE ||
                                   currency_from_code(after) != CURRENCY_NONE ||
                                   currency_from_sign(after) != CURRENCY_NONE);
}

static void profile_date(struct profile *profile, struct date_marks *marks, struct text cell)
{
    double days[2], iso;
    if (cell.length < 8 || cell.at[0] < '0' || cell.at[0] > '9' || date_parse(cell, &iso))
        return;
    bool day = date_parse_ordered(cell, DATE_DAY_MONTH, &days[DATE_DAY_MONTH]);
    bool month = date_parse_ordered(cell, DATE_MONTH_DAY, &days[DATE_MONTH_DAY]);
    if ((!day && !month) || (day && month && days[DATE_DAY_MONTH] == days[DATE_MONTH_DAY]))
        return;
    size_t *count = day && month ? &marks->either : &marks->only[!day];
    struct text *example = day && month ? &marks->doubtful : &marks->settled[!day];
    if ((*count)++ == 0)
        *example = arena_text(&profile->arena, text_part(cell, 0, 30));
}

static void profile_cell(struct profile *profile, struct column_profile *column, struct text cell)
{
    struct number_seen seen;
    struct text trimmed = text_trim(cell);
    if (cell_unknown(cell))
        return;
    column->known++;
    profile_example(profile, column, cell);
    struct number_style style = cell.at[0] == CELL_OF_JSON ? number_style_plain : column->numbers;
    if (number_parse(trimmed, style, &seen) && !seen.unknown)
        profile_figure(profile, column, cell, &seen);
    else
        profile_words(column, trimmed);
    profile_date(profile, &column->dates, trimmed);
    column->currencies += wears_currency(trimmed);
    column->channel_ids += handle_is_channel_id(trimmed);
    column->at_signs += is_at_handle(trimmed);
}

void profile_add(struct profile *profile, const struct row *row)
{
    if (profile->rows >= PROFILE_ROWS)
        return;
    profile->rows++;
    size_t count = row->count < profile->count ? row->count : profile->count;
    for (size_t i = 0; i < count; i++)
        if (text_known(row->cells[i]))
            profile_cell(profile, &profile->items[i], row->cells[i]);
}

static int double_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double profile_median(const struct column_profile *column)
{
    size_t n = column->values.count;
    if (n == 0)
        return number_unknown();
    double *copy = mem_alloc(n * sizeof *copy);
    memcpy(copy, column->values.items, n * sizeof *copy);
    qsort(copy, n, sizeof *copy, double_order);
    double median = n % 2 ? copy[n / 2] : (copy[n / 2 - 1] + copy[n / 2]) / 2;
    free(copy);
    return median;
}

double profile_most(const struct column_profile *column)
{
    double most = number_unknown();
    for (size_t i = 0; i < column->values.count; i++)
        if (!(column->values.items[i] <= most))
            most = column->values.items[i];
    return most;
}
