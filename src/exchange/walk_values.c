#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/date.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/country.h"
#include "domain/currency.h"
#include "profile_internal.h"
#include "walk_internal.h"

/* How a cell becomes a value, by the kind of its column. */

/* Is it ASCII without NUL, eight bytes at a time? */
static bool is_ascii(struct text text)
{
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    size_t at = 0;
    for (; text.length - at >= 8; at += 8) {
        uint64_t eight;
        memcpy(&eight, text.at + at, 8);
        if (((eight - ones) | eight) & highs)
            return false;
    }
    for (; at < text.length; at++)
        if (text.at[at] <= 0)
            return false;
    return true;
}

/* Most cells need nothing done: no blanks around, no guard, no word for unknown, only ASCII. */
static bool is_plain(struct text cell)
{
    if (cell.length == 0 || cell.at[0] <= ' ' || cell.at[cell.length - 1] <= ' ' ||
        cell.at[0] == '\'')
        return false;
    return !cell_unknown(cell) && is_ascii(cell);
}

/* Valid UTF-8 without NUL and surrounding blanks, as long as the row; null where it is unknown. */
static struct text walk_text(struct import_walk *walk, struct text cell)
{
    if (is_plain(cell))
        return cell;
    cell = text_trim(cell);
    if (cell_unknown(cell))
        return (struct text){0};
    /* Spreadsheets guard text with an apostrophe, and so do our own exports. */
    bool guarded =
        cell.length > 1 && cell.at[0] == '\'' && walk->plan->header_line > 0 &&
        (memchr("=+-@\t\r'", cell.at[1], 7) != NULL || (cell.at[1] >= '0' && cell.at[1] <= '9') ||
         cell_unknown(text_part(cell, 1, cell.length)));
    if (guarded)
        cell = text_part(cell, 1, cell.length - 1);
    if (utf8_valid(cell) && memchr(cell.at, '\0', cell.length) == NULL)
        return cell;
    struct buf repaired = BUF_INIT;
    utf8_repair(&repaired, cell);
    struct buf clean = BUF_INIT;
    for (size_t i = 0; i < repaired.length; i++)
        if (repaired.at[i] == '\0')
            buf_add_utf8(&clean, 0xFFFD);
        else
            buf_add_char(&clean, repaired.at[i]);
    struct text kept = arena_text(&walk->scratch, buf_text(&clean));
    buf_release(&repaired);
    buf_release(&clean);
    return kept;
}

static void take_text(struct import_walk *walk, const struct import_column *column,
                      struct text cell)
{
    record_set_text(&walk->record, column->column, walk_text(walk, cell));
}

/* ---- figures ---- */

/* How this cell is written: JSON has a way of its own. */
static struct number_style cell_style(const struct import_walk *walk,
                                      const struct import_column *column, struct text cell)
{
    bool json = walk->plan->header_line == 0 && cell.length > 0 && cell.at[0] == CELL_OF_JSON;
    return json ? number_style_plain : column->numbers;
}

double walk_number(struct import_walk *walk, const struct import_column *column, struct text cell,
                   struct number_seen *seen)
{
    *seen = (struct number_seen){.value = number_unknown(), .unknown = true};
    if (cell_unknown(cell))
        return number_unknown();
    if (!number_parse(cell, cell_style(walk, column, cell), seen)) {
        walk_trouble(walk, TROUBLE_CELL, column, cell, "not a number");
        *seen = (struct number_seen){.value = number_unknown(), .unknown = true};
        return number_unknown();
    }
    if (seen->trailing)
        walk_trouble(walk, TROUBLE_WARNING, column, cell, "text after the number is left out");
    return seen->unknown ? number_unknown() : seen->value;
}

/* "1.500" in a column where "348.5" says that the point is one: nobody has one follower and a half. */
static double count_without_fraction(struct import_walk *walk, const struct import_column *column,
                                     struct text cell, double value)
{
    struct number_style other = {.group = column->numbers.decimal,
                                 .decimal = column->numbers.decimal == '.' ? ',' : '.'};
    struct number_seen grouped;
    if (!(value < 1000) || value == round(value) || cell.at[0] == CELL_OF_JSON ||
        !number_parse(cell, other, &grouped) || !grouped.grouped || grouped.scaled)
        return value;
    walk_trouble(walk, TROUBLE_WARNING, column, cell, "read in thousands: a count has no fraction");
    return grouped.value;
}

static void take_figure(struct import_walk *walk, const struct import_column *column,
                        struct text cell)
{
    struct number_seen seen = {.scaled = false};
    double value;
    bool whole = columns[column->column].unit != UNIT_AVERAGE;
    if (!number_parse_bare(cell, column->numbers.decimal, &value)) {
        value = walk_number(walk, column, cell, &seen);
        if (seen.percent) {
            walk_trouble(walk, TROUBLE_CELL, column, cell, "a percentage where a count belongs");
            value = number_unknown();
        } else if (value < 0) {
            /* -1 is how programs say "hidden"; other counts below zero are mistakes. */
            if (value != -1)
                walk_trouble(walk, TROUBLE_CELL, column, cell, "a count below zero");
            value = number_unknown();
        }
    }
    if (whole && value != round(value))
        value = count_without_fraction(walk, column, cell, value);
    if (value >= 1000)
        walk_note_written(walk, column, cell, seen.scaled ? WRITTEN_ROUNDED : WRITTEN_BARE);
    record_set_number(&walk->record, column->column, whole ? round(value) : value);
}

static void take_share(struct import_walk *walk, const struct import_column *column,
                       struct text cell)
{
    struct number_seen seen;
    double value = walk_number(walk, column, cell, &seen);
    if (number_known(value))
        walk_note_written(walk, column, cell, seen.percent ? WRITTEN_PERCENT : WRITTEN_BARE);
    if (!seen.percent && column->scale == SCALE_PERCENT)
        value /= 100;
    if (value < 0) {
        walk_trouble(walk, TROUBLE_CELL, column, cell, "a share below zero");
        value = number_unknown();
    } else if (value > 1 && column->column != COL_ER) {
        walk_trouble(walk, TROUBLE_CELL, column, cell, "a share above 100 %");
        value = number_unknown();
    } else if (value > 1) {
        walk_trouble(walk, TROUBLE_WARNING, column, cell, "a rate above 100 %");
    }
    record_set_number(&walk->record, column->column, value);
}

static void take_engagements(struct import_walk *walk, const struct import_column *column,
                             struct text cell)
{
    struct number_seen seen;
    walk->state.engagements = walk_number(walk, column, cell, &seen);
}

static double not_later(struct import_walk *walk, const struct import_column *column,
                        struct text cell, double seconds)
{
    if (!(seconds > walk->plan->now + DATE_DAY))
        return seconds;
    walk_trouble(walk, TROUBLE_CELL, column, cell, "its date lies in the future");
    return number_unknown();
}

/* "31/05/2026": in the file's order, else in the only one there is. Where the sample had none such, one
 * that can be read in both orders is none. */
static bool day_and_month(const struct import_walk *walk, struct text cell, double *seconds)
{
    enum date_order order = walk->plan->dates;
    double days[2];
    bool can[2] = {date_parse_ordered(cell, DATE_DAY_MONTH, &days[DATE_DAY_MONTH]),
                   date_parse_ordered(cell, DATE_MONTH_DAY, &days[DATE_MONTH_DAY])};
    bool known = text_known(walk->plan->dates_why) || walk->plan->dates_said;
    if ((!can[0] && !can[1]) || (!known && can[0] && can[1] && days[0] != days[1]))
        return false;
    *seconds = days[can[order] ? order : !order];
    return true;
}

/* ISO dates, and the seconds or milliseconds that programs write. */
static double cell_date(struct import_walk *walk, const struct import_column *column,
                        struct text cell)
{
    double seconds;
    struct number_seen seen;
    if (date_parse(cell, &seconds) || day_and_month(walk, cell, &seconds))
        return not_later(walk, column, cell, seconds);
    cell = text_trim(cell);
    if (cell_unknown(cell))
        return number_unknown();
    bool digits = cell.length == 10 || cell.length == 13;
    for (size_t i = 0; i < cell.length && digits; i++)
        digits = cell.at[i] >= '0' && cell.at[i] <= '9';
    if (digits && number_parse(cell, number_style_plain, &seen))
        return not_later(walk, column, cell,
                         cell.length == 13 ? floor(seen.value / 1000) : seen.value);
    walk_trouble(walk, TROUBLE_CELL, column, cell, "not a date");
    return number_unknown();
}

static void take_time(struct import_walk *walk, const struct import_column *column,
                      struct text cell)
{
    record_set_number(&walk->record, column->column, cell_date(walk, column, cell));
}

static void take_date(struct import_walk *walk, const struct import_column *column,
                      struct text cell)
{
    walk->state.dated = !cell_unknown(cell);
    walk->state.date = cell_date(walk, column, cell);
}

static void take_days(struct import_walk *walk, const struct import_column *column,
                      struct text cell)
{
    double seconds;
    if (date_duration(text_trim(cell), &seconds))
        record_set_number(&walk->record, column->column, seconds / DATE_DAY);
    else
        take_figure(walk, column, cell);
}

/* ---- words ---- */

static void take_platform(struct import_walk *walk, const struct import_column *column,
                          struct text cell)
{
    (void)column;
    struct text handle;
    cell = text_trim(cell);
    if (!cell_unknown(cell) && !platform_from_word(cell, &walk->state.platform) &&
        !platform_from_link(cell, &walk->state.platform, &handle))
        walk->state.platform_word = cell;
}

/* "tiktok/lena", as the command line names a creator. */
static bool platform_and_handle(struct text written, enum platform *platform, struct text *handle)
{
    struct text rest = written, before;
    if (!text_next(&rest, '/', &before) || rest.length == 0 ||
        !platform_from_word(before, platform))
        return false;
    *handle = handle_from(rest);
    return true;
}

/* JSON has a null of its own: there "null" and "na" are handles like others. */
static bool is_word(struct text cell)
{
    for (size_t i = 0; i < cell.length; i++)
        if (!((cell.at[i] | 32) >= 'a' && (cell.at[i] | 32) <= 'z'))
            return false;
    return cell.length > 0;
}

static void take_handle(struct import_walk *walk, const struct import_column *column,
                        struct text cell)
{
    struct text written = walk_text(walk, cell), handle;
    (void)column;
    if (walk->plan->header_line == 0 && is_word(text_trim(cell)))
        written = text_trim(cell);
    if (!text_known(written))
        return;
    if (platform_from_link(written, &walk->state.link_platform, &handle) ||
        platform_and_handle(written, &walk->state.link_platform, &handle))
        walk->state.handle = handle;
    else
        walk->state.handle = handle_from(written);
}

static void take_link(struct import_walk *walk, const struct import_column *column,
                      struct text cell)
{
    struct text link = walk_text(walk, cell);
    (void)column;
    if (text_known(link) &&
        !platform_from_link(link, &walk->state.link_platform, &walk->state.link_handle))
        walk->state.link_handle = (struct text){0};
    record_set_text(&walk->record, COL_URL, link);
}

static void take_country(struct import_walk *walk, const struct import_column *column,
                         struct text cell)
{
    const struct country_row *country = NULL;
    struct text written = walk_text(walk, cell);
    if (walk->plan->header_line == 0 && text_is(cell, "NA"))
        written = cell; /* JSON has a null for what is unknown: this is Namibia */
    if (text_known(written) && !text_equal_ascii_case(written, TEXT("other"))) {
        country = country_find(written);
        if (country == NULL)
            walk_trouble(walk, TROUBLE_CELL, column, cell, "not a country");
    }
    record_set_text(&walk->record, COL_COUNTRY,
                    country != NULL ? text_of(country->code) : (struct text){0});
}

static struct text lower_copy(struct import_walk *walk, struct text text)
{
    char *copy = arena_string(&walk->scratch, text);
    for (size_t i = 0; i < text.length; i++)
        if (copy[i] >= 'A' && copy[i] <= 'Z')
            copy[i] = (char)(copy[i] - 'A' + 'a');
    return (struct text){copy, text.length};
}

static bool has_capital(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] >= 'A' && text.at[i] <= 'Z')
            return true;
    return false;
}

static void take_word(struct import_walk *walk, const struct import_column *column,
                      struct text cell)
{
    struct text word = walk_text(walk, cell);
    if (text_known(word) && has_capital(word))
        word = lower_copy(walk, word);
    record_set_text(&walk->record, column->column, word);
}

static void take_basis(struct import_walk *walk, const struct import_column *column,
                       struct text cell)
{
    if (!cell_unknown(cell) && !er_basis_from_word(text_trim(cell), &walk->state.er_basis))
        walk_trouble(walk, TROUBLE_CELL, column, cell, "not a basis of a rate");
}

static void take_hidden(struct import_walk *walk, const struct import_column *column,
                        struct text cell)
{
    (void)column;
    walk->state.hidden = text_equal_ascii_case(text_trim(cell), TEXT("true"));
}

static void take_tier(struct import_walk *walk, const struct import_column *column,
                      struct text cell)
{
    walk->state.tier_label = text_trim(cell);
    walk->state.tier_column = column;
}

/* ---- sets ---- */

static void set_add(struct import_walk *walk, struct walk_set *set, struct text word)
{
    word = text_trim(word);
    /* A link in a column of topics is no topic. */
    if (cell_unknown(word) || text_starts(word, "http://") || text_starts(word, "https://"))
        return;
    if (has_capital(word))
        word = lower_copy(walk, word);
    VEC_PUSH(set, word);
}

/* "MusicCinema" where a capital begins a word; "YouTube" is one. */
static void set_add_all(struct import_walk *walk, struct walk_set *set, struct text word,
                        bool capitals)
{
    size_t from = 0;
    enum platform platform;
    capitals = capitals && !platform_from_word(text_trim(word), &platform);
    for (size_t i = 1; i < word.length && capitals; i++)
        if (word.at[i] >= 'A' && word.at[i] <= 'Z' && word.at[i - 1] >= 'a' &&
            word.at[i - 1] <= 'z') {
            set_add(walk, set, text_part(word, from, i - from));
            from = i;
        }
    set_add(walk, set, text_part(word, from, word.length));
}

static bool set_from_json(struct import_walk *walk, struct walk_set *set, struct text cell)
{
    json_t *list = cell.at[0] == '[' ? json_loadb(cell.at, cell.length, 0, NULL) : NULL;
    size_t i;
    json_t *item;
    if (!json_is_array(list)) {
        json_decref(list);
        return false;
    }
    json_array_foreach(list, i, item)
    {
        struct text word = {json_string_value(item), json_string_length(item)};
        if (word.length > 0 && memchr(word.at, '|', word.length) == NULL)
            set_add(walk, set, arena_text(&walk->scratch, word));
    }
    json_decref(list);
    return true;
}

static void take_set(struct import_walk *walk, const struct import_column *column, struct text cell)
{
    static const char separators[] = "|;,";
    struct walk_set *set = &walk->sets[column->column == COL_TAG];
    struct text rest = walk_text(walk, cell), word;
    record_set_text(&walk->record, column->column, (struct text){0});
    if (!text_known(rest) || set_from_json(walk, set, rest))
        return;
    char separator = '|';
    for (size_t i = 0; separators[i] != '\0'; i++)
        if (memchr(rest.at, separators[i], rest.length) != NULL) {
            separator = separators[i];
            break;
        }
    while (text_next(&rest, separator, &word))
        set_add_all(walk, set, word, column->capitals);
}

static int text_compare(const void *a, const void *b)
{
    return text_order(*(const struct text *)a, *(const struct text *)b);
}

static bool in_order(const struct walk_set *set)
{
    for (size_t i = 1; i < set->count; i++)
        if (text_order(set->items[i - 1], set->items[i]) > 0)
            return false;
    return true;
}

void walk_join_sets(struct import_walk *walk)
{
    static const enum column of[WALK_SETS] = {COL_NICHE, COL_TAG};
    for (size_t k = 0; k < WALK_SETS; k++) {
        struct walk_set *set = &walk->sets[k];
        if (set->count == 0)
            continue;
        if (!in_order(set))
            qsort(set->items, set->count, sizeof *set->items, text_compare);
        buf_clear(&set->joined);
        for (size_t i = 0; i < set->count; i++) {
            if (i > 0 && text_equal(set->items[i], set->items[i - 1]))
                continue;
            if (i > 0)
                buf_add_char(&set->joined, '|');
            buf_add_text(&set->joined, set->items[i]);
        }
        record_set_text(&walk->record, of[k], buf_text(&set->joined));
        set->count = 0;
    }
}

/* ---- which is which ---- */

static const walk_taker take_by_unit[UNIT_COUNT_OF] = {
    [UNIT_TEXT] = take_text,      [UNIT_WORD] = take_word,      [UNIT_SET] = take_set,
    [UNIT_COUNT] = take_figure,   [UNIT_AVERAGE] = take_figure, [UNIT_SHARE] = take_share,
    [UNIT_MONEY] = walk_take_fee, [UNIT_DAYS] = take_days,      [UNIT_TIME] = take_time,
};

static const struct {
    enum column column;
    walk_taker take;
    bool more; /* the cell says more than the column's value: ask even where it is empty */
} take_by_column[] = {
    {COL_PLATFORM, take_platform, true},          {COL_HANDLE, take_handle, true},
    {COL_COUNTRY, take_country, false},           {COL_CURRENCY, walk_take_currency, true},
    {COL_FEE_ORIGIN, walk_take_fee_origin, true}, {COL_ER_BASIS, take_basis, true},
};

static const walk_taker take_by_use[USE_COUNT] = {
    [USE_DATE] = take_date,
    [USE_LINK] = take_link,
    [USE_ENGAGEMENTS] = take_engagements,
    [USE_HIDDEN] = take_hidden,
    [USE_TIER_LABEL] = take_tier,
    [USE_SNAPSHOTS] = walk_take_snapshots,
    [USE_FEE_FORMAT] = walk_take_fee_format,
    [USE_POSTS] = walk_take_posts,
};

struct walk_reader walk_reader_of(const struct import_column *column)
{
    struct walk_reader reader = {.column = column, .take = take_by_use[column->use]};
    if (column->use != USE_COLUMN)
        return reader;
    enum unit unit = columns[column->column].unit;
    reader.take = take_by_unit[unit];
    reader.empty_is_unknown = unit != UNIT_MONEY;
    for (size_t i = 0; i < COUNT_OF(take_by_column); i++)
        if (take_by_column[i].column == column->column) {
            reader.take = take_by_column[i].take;
            reader.empty_is_unknown = !take_by_column[i].more;
        }
    return reader;
}
