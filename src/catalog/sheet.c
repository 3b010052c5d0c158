#include "catalog/sheet.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "folded_internal.h"
#include "index_internal.h"

#define CODE_UNKNOWN UINT8_MAX
#define PATCH_SHARE 100 /* a column is patched where at most one row in so many changed */
#define PREPARE_MOST ((size_t)SHEET_COLUMNS)

/* Columns that are words following from figures: small codes of a fixed vocabulary. */
static const enum column figure_words[] = {COL_TIER, COL_FORMAT, COL_ER_BASIS, COL_FEE_ORIGIN};

/* What the forecast reads of the catalogue. */
static const enum column fact_inputs[] = {
    COL_PLATFORM,        COL_FOLLOWERS,  COL_FOLLOWING,  COL_POSTS,    COL_CREDIBILITY,
    COL_AUDIENCE_MARKET, COL_LIKES,      COL_COMMENTS,   COL_SHARES,   COL_SAVES,
    COL_VIEWS,           COL_REACH_POST, COL_SAMPLE,     COL_WINDOW,   COL_ER,
    COL_ER_BASIS,        COL_FEE,        COL_FEE_ORIGIN, COL_CURRENCY, COL_PLAN};

static bool is_figure_word(int column)
{
    for (size_t i = 0; i < COUNT_OF(figure_words); i++)
        if ((int)figure_words[i] == column)
            return true;
    return false;
}

static bool is_figure(int column)
{
    return column == SHEET_MARKS || is_figure_word(column) ||
           columns[column].figure != COLUMN_NO_FIGURE;
}

void sheet_init(struct sheet *sheet, const struct catalog *catalog)
{
    *sheet = (struct sheet){.catalog = catalog, .preset = &tier_presets[0], .now = NAN};
}

void sheet_release(struct sheet *sheet)
{
    if (!sheet)
        return;
    for (int column = 0; column < SHEET_COLUMNS; column++) {
        free(sheet->columns[column].numbers);
        free(sheet->columns[column].codes);
    }
    for (int column = 0; column < COLUMN_COUNT; column++)
        folded_free(sheet->folded[column]);
    *sheet = (struct sheet){0};
}

static uint64_t stamp_peers(const struct peers *peers)
{
    uint64_t stamp = 0;
    const struct peer_cell *cell = &peers->cell[0][0][0];

    for (size_t i = 0; i < sizeof peers->cell / sizeof *cell; i++) {
        stamp = catalog_hash(&cell[i].count, sizeof cell[i].count, stamp);
        stamp = catalog_hash(&cell[i].er, sizeof cell[i].er, stamp);
    }
    return stamp;
}

static uint64_t stamp_preset(const struct tier_preset *preset)
{
    uint64_t stamp = 0;

    for (int i = 0; i < preset->count; i++) {
        const struct tier_band *band = &preset->bands[i];
        stamp = catalog_hash(&band->from, sizeof band->from, stamp);
        stamp = catalog_hash(band->word, strlen(band->word), stamp);
    }
    return stamp;
}

void sheet_join(struct sheet *sheet, const struct scenario *scenario, const struct peers *peers,
                const struct tier_preset *preset, double now)
{
    sheet->scenario = scenario;
    sheet->peers = peers;
    sheet->preset = preset;
    sheet->now = now;
    sheet->peers_stamp = stamp_peers(peers);
    sheet->preset_stamp = stamp_preset(preset);
}

/* ---- what things rest on ---- */

static uint64_t facts_revision(const struct sheet *sheet)
{
    uint64_t revision = sheet->catalog->live_revision;

    for (size_t i = 0; i < COUNT_OF(fact_inputs); i++) {
        uint64_t one = catalog_revision(sheet->catalog, fact_inputs[i]);
        revision = one > revision ? one : revision;
    }
    return revision;
}

static uint64_t input_revision(const struct sheet *sheet, int column)
{
    uint64_t own;

    if (is_figure(column))
        return facts_revision(sheet);
    own = catalog_revision(sheet->catalog, (enum column)column);
    return own > sheet->catalog->live_revision ? own : sheet->catalog->live_revision;
}

static uint64_t figures_stamp(const struct sheet *sheet)
{
    uint64_t parts[] = {(uint64_t)(uintptr_t)sheet->scenario, sheet->scenario->revision,
                        sheet->peers_stamp};

    return catalog_hash(parts, sizeof parts, 1);
}

/* Of the inputs beside the catalogue. */
static uint64_t input_stamp(struct sheet *sheet, int column)
{
    double left;

    if (column == COL_TIER)
        return sheet->preset_stamp;
    if (!is_figure(column))
        return 0;
    if (column != COL_AFFORDABLE)
        return figures_stamp(sheet);
    left = sheet_money_left(sheet);
    return catalog_hash(&left, sizeof left, figures_stamp(sheet));
}

uint64_t sheet_stamp(struct sheet *sheet, enum column column)
{
    uint64_t revision = input_revision(sheet, column);

    return catalog_hash(&revision, sizeof revision, input_stamp(sheet, column));
}

uint64_t sheet_joined(struct sheet *sheet, enum column column)
{
    return input_stamp(sheet, column);
}

static struct assumptions without_money(const struct sheet *sheet)
{
    return (struct assumptions){
        .scenario = sheet->scenario, .peers = sheet->peers, .money_left = NAN, .now = sheet->now};
}

double sheet_money_left(struct sheet *sheet)
{
    const struct catalog *catalog = sheet->catalog;
    struct assumptions assumptions = without_money(sheet);
    uint64_t stamp = figures_stamp(sheet), revision = facts_revision(sheet);
    double spent = 0;

    if (sheet->money_made && sheet->money_stamp == stamp && sheet->money_revision == revision)
        return sheet->money_left;
    sheet->money_unknown = 0;
    for (uint32_t row = 0; catalog->planned_count && row < catalog->count; row++) {
        struct figures figures;
        if (!catalog->live[row] || !catalog_planned(catalog, row))
            continue;
        forecast(catalog_facts(catalog), &assumptions, row, &figures);
        if (number_known(figures.cost))
            spent += figures.cost;
        else
            sheet->money_unknown++;
    }
    sheet->money_made = true;
    sheet->money_stamp = stamp;
    sheet->money_revision = revision;
    sheet->money_left = sheet->scenario->budget - spent;
    return sheet->money_left;
}

size_t sheet_money_unknown(struct sheet *sheet)
{
    sheet_money_left(sheet);
    return sheet->money_unknown;
}

struct assumptions sheet_assumptions(struct sheet *sheet)
{
    struct assumptions assumptions = without_money(sheet);

    assumptions.money_left = sheet_money_left(sheet);
    return assumptions;
}

/* ---- one cell ---- */

void sheet_figures(struct sheet *sheet, uint32_t row, struct figures *figures)
{
    struct assumptions assumptions = sheet_assumptions(sheet);

    forecast(catalog_facts(sheet->catalog), &assumptions, row, figures);
}

int sheet_tier(const struct sheet *sheet, uint32_t row)
{
    return tier_of(sheet->preset, catalog_number(sheet->catalog, COL_FOLLOWERS, row));
}

static double origin_code(const struct sheet *sheet, uint32_t row, const struct figures *figures)
{
    if (figures->marks & MARK_FEE_ESTIMATED)
        return number_known(figures->fee) ? FEE_ESTIMATED : NAN;
    return cells_number(&catalog_facts(sheet->catalog)->fee_origin, row);
}

static bool needs_figures(int column)
{
    return is_figure(column) && column != COL_TIER;
}

/* What the rows of a column need to be made: the range costs exponentials that most do without. */
enum need { NEED_FACTS, NEED_POINT, NEED_RANGE };

static enum need need_of(int column)
{
    bool range = column == COL_ROI_P10 || column == COL_ROI_P50 || column == COL_ROI_P90;
    return !needs_figures(column) ? NEED_FACTS : range ? NEED_RANGE : NEED_POINT;
}

/* The value or, for words that follow from figures, the code. `figures` where needs_figures(). */
static double cell_value(const struct sheet *sheet, int column, uint32_t row,
                         const struct figures *figures)
{
    int tier;

    if (column == SHEET_MARKS)
        return figures->marks;
    if (columns[column].figure != COLUMN_NO_FIGURE)
        return *(const double *)((const char *)figures + columns[column].figure);
    if (column == COL_TIER)
        return (tier = sheet_tier(sheet, row)) == TIER_NONE ? NAN : tier;
    if (column == COL_FORMAT)
        return figures->format == FORMAT_NONE ? NAN : (double)figures->format;
    if (column == COL_ER_BASIS)
        return figures->basis == BASIS_NONE ? NAN : (double)figures->basis;
    if (column == COL_FEE_ORIGIN)
        return origin_code(sheet, row, figures);
    if (column == COL_PLAN)
        return catalog_planned(sheet->catalog, row) > 0;
    return catalog_number(sheet->catalog, (enum column)column, row);
}

/* ---- whole columns ---- */

static bool is_current(struct sheet *sheet, int column)
{
    const struct sheet_column_cache *cache = &sheet->columns[column];

    return cache->made && cache->revision >= input_revision(sheet, column) &&
           cache->stamp == input_stamp(sheet, column);
}

static void make_room(struct sheet *sheet, int column)
{
    struct sheet_column_cache *cache = &sheet->columns[column];
    size_t count = sheet->catalog->count;

    if (cache->capacity >= count && cache->made)
        return;
    cache->capacity = sheet->catalog->capacity;
    if (is_figure_word(column))
        cache->codes = mem_resize(cache->codes, cache->capacity, sizeof *cache->codes);
    else
        cache->numbers = mem_resize(cache->numbers, cache->capacity, sizeof *cache->numbers);
}

static void fill_row(struct sheet *sheet, const int *wanted, size_t count, enum need need,
                     const struct assumptions *assumptions, uint32_t row)
{
    struct figures figures;

    if (need >= NEED_POINT)
        forecast_point(catalog_facts(sheet->catalog), assumptions, row, &figures);
    if (need == NEED_RANGE)
        forecast_range(assumptions->scenario, &figures);
    for (size_t i = 0; i < count; i++) {
        struct sheet_column_cache *cache = &sheet->columns[wanted[i]];
        double value = cell_value(sheet, wanted[i], row, &figures);
        if (cache->codes)
            cache->codes[row] = isnan(value) ? CODE_UNKNOWN : (uint8_t)value;
        else
            cache->numbers[row] = value;
    }
}

/* Only the rows that changed, where the column is otherwise good. */
static bool patch(struct sheet *sheet, int column)
{
    struct sheet_column_cache *cache = &sheet->columns[column];
    struct assumptions assumptions = without_money(sheet);
    const struct catalog_change *changes;
    size_t count;

    if (!cache->made || cache->stamp != input_stamp(sheet, column) ||
        !catalog_changes(sheet->catalog, cache->revision, &changes, &count) ||
        count + sheet->catalog->count - cache->rows > sheet->catalog->count / PATCH_SHARE)
        return false;
    make_room(sheet, column);
    if (column == COL_AFFORDABLE)
        assumptions = sheet_assumptions(sheet);
    for (size_t i = 0; i < count; i++)
        fill_row(sheet, &column, 1, need_of(column), &assumptions, changes[i].row);
    for (uint32_t row = (uint32_t)cache->rows; row < sheet->catalog->count; row++)
        fill_row(sheet, &column, 1, need_of(column), &assumptions, row);
    cache->rows = sheet->catalog->count;
    cache->revision = sheet->catalog->revision;
    return true;
}

/* One pass over the rows for all columns that have to be made anew. */
static void make(struct sheet *sheet, const int *wanted, size_t count)
{
    int missing[PREPARE_MOST];
    size_t missing_count = 0;
    enum need need = NEED_FACTS;
    struct assumptions assumptions = {0};

    for (size_t i = 0; i < count; i++) {
        if (is_current(sheet, wanted[i]) || patch(sheet, wanted[i]))
            continue;
        make_room(sheet, wanted[i]);
        need = need_of(wanted[i]) > need ? need_of(wanted[i]) : need;
        missing[missing_count++] = wanted[i];
    }
    if (!missing_count)
        return;
    if (need > NEED_FACTS)
        assumptions = sheet_assumptions(sheet);
    for (uint32_t row = 0; row < sheet->catalog->count; row++)
        fill_row(sheet, missing, missing_count, need, &assumptions, row);
    for (size_t i = 0; i < missing_count; i++) {
        struct sheet_column_cache *cache = &sheet->columns[missing[i]];
        cache->made = true;
        cache->rows = sheet->catalog->count;
        cache->stamp = input_stamp(sheet, missing[i]);
        cache->revision = sheet->catalog->revision;
    }
}

void sheet_prepare(struct sheet *sheet, const enum column *wanted, size_t count)
{
    int needed[PREPARE_MOST];
    bool seen[SHEET_COLUMNS] = {false};
    size_t needed_count = 0;

    for (size_t i = 0; i < count; i++) {
        if (seen[wanted[i]] || (column_is_text(wanted[i]) && !is_figure_word(wanted[i])))
            continue;
        seen[wanted[i]] = true;
        needed[needed_count++] = (int)wanted[i];
    }
    make(sheet, needed, needed_count);
}

const double *sheet_column(struct sheet *sheet, enum column column)
{
    int wanted = (int)column;

    assert(!column_is_text(column));
    make(sheet, &wanted, 1);
    return sheet->columns[column].numbers;
}

const double *sheet_block(struct sheet *sheet, enum column column, uint32_t from, size_t count,
                          double *room)
{
    assert(from + count <= sheet->catalog->count);
    if (is_figure(column))
        return sheet_column(sheet, column) + from;
    for (size_t i = 0; i < count; i++)
        room[i] = cell_value(sheet, column, from + (uint32_t)i, NULL);
    return room;
}

const double *sheet_marks(struct sheet *sheet)
{
    int wanted = SHEET_MARKS;

    make(sheet, &wanted, 1);
    return sheet->columns[SHEET_MARKS].numbers;
}

struct cells sheet_codes(struct sheet *sheet, enum column column)
{
    int wanted = (int)column;

    if (!is_figure_word(wanted))
        return catalog_codes(sheet->catalog, column);
    make(sheet, &wanted, 1);
    return (struct cells){.kind = CELLS_U8, .u8 = sheet->columns[column].codes};
}

/* ---- words ---- */

static size_t fixed_words(const struct sheet *sheet, enum column column)
{
    const size_t counts[COLUMN_COUNT] = {
        [COL_PLATFORM] = PLATFORM_COUNT, [COL_TIER] = (size_t)sheet->preset->count,
        [COL_FORMAT] = FORMAT_COUNT,     [COL_ER_BASIS] = BASIS_COUNT,
        [COL_CURRENCY] = currency_count, [COL_FEE_ORIGIN] = FEE_ORIGIN_COUNT};

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

double sheet_number(struct sheet *sheet, enum column column, uint32_t row)
{
    struct figures figures;

    if (column_is_text(column))
        return NAN;
    if (!needs_figures(column))
        return cell_value(sheet, column, row, NULL);
    if (is_current(sheet, column))
        return sheet->columns[column].numbers[row];
    sheet_figures(sheet, row, &figures);
    return cell_value(sheet, column, row, &figures);
}

struct text sheet_text(struct sheet *sheet, enum column column, uint32_t row, struct buf *buf)
{
    struct figures figures;
    double code;

    (void)buf;
    if (!column_is_text(column))
        return (struct text){0};
    if (!is_figure_word(column))
        return catalog_text(sheet->catalog, column, row);
    if (needs_figures(column))
        sheet_figures(sheet, row, &figures);
    code = cell_value(sheet, column, row, &figures);
    return isnan(code) ? (struct text){0} : sheet_word(sheet, column, (uint32_t)code);
}

bool sheet_known(struct sheet *sheet, enum column column, uint32_t row)
{
    if (column_is_text(column))
        return sheet_text(sheet, column, row, NULL).length > 0;
    return number_known(sheet_number(sheet, column, row));
}

char sheet_mark(struct sheet *sheet, enum column column, uint32_t row)
{
    unsigned rests = columns[column].rests, marks;
    struct figures figures;

    if (!rests || !sheet_known(sheet, column, row))
        return ' ';
    if (is_current(sheet, SHEET_MARKS)) {
        marks = (unsigned)sheet->columns[SHEET_MARKS].numbers[row];
    } else {
        sheet_figures(sheet, row, &figures);
        marks = figures.marks;
    }
    if ((rests & RESTS_ON_FEE) && (marks & MARK_FEE_ESTIMATED))
        return '~';
    return (rests & RESTS_ON_COUNTS) && (marks & MARK_ER_AT_LEAST) ? '>' : ' ';
}
