#include "profile_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"

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
    for (size_t i = 0; i < profile->count; i++)
        free(profile->items[i].values.items);
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
    profile->count = count;
}

static bool is_at_handle(struct text cell)
{
    return cell.length > 1 && *cell.at == '@' && memchr(cell.at, ' ', cell.length) == NULL;
}

/* Does a number group its digits by points? "48.200", "1.204.000" */
static void profile_points(struct column_profile *column, struct text cell)
{
    struct text rest = cell, piece;
    size_t pieces = 0;
    bool grouped = true, points = false;
    for (size_t i = 0; i < cell.length; i++)
        points |= cell.at[i] == '.' || cell.at[i] == ',';
    while (text_next(&rest, '.', &piece)) {
        grouped &= pieces > 0 ? piece.length == 3 : piece.length >= 1 && piece.length <= 3;
        for (size_t i = 0; i < piece.length; i++)
            grouped &= piece.at[i] >= '0' && piece.at[i] <= '9';
        pieces++;
    }
    column->points_group += points && grouped;
    column->points_else += points && !grouped;
}

static void profile_cell(struct profile *profile, struct column_profile *column, struct text cell)
{
    if (cell_unknown(cell))
        return;
    column->known++;
    if (!text_known(column->example)) {
        struct buf repaired = BUF_INIT;
        utf8_repair(&repaired, text_part(text_trim(cell), 0, 60));
        column->example = arena_text(&profile->arena, buf_text(&repaired));
        buf_release(&repaired);
    }
    struct number_seen seen;
    enum platform platform;
    struct text handle;
    if (number_parse(cell, profile->numbers, &seen) && !seen.unknown) {
        column->numbers++;
        column->percents += seen.percent;
        column->scaled += seen.scaled;
        profile_points(column, text_trim(cell));
        if (!seen.percent)
            VEC_PUSH(&column->values, seen.value);
    } else if (platform_from_link(text_trim(cell), &platform, &handle)) {
        column->links++;
        column->on_platform[platform]++;
    } else if (platform_from_word(text_trim(cell), &platform)) {
        column->on_platform[platform]++;
    }
    column->channel_ids += handle_is_channel_id(text_trim(cell));
    column->at_signs += is_at_handle(text_trim(cell));
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
