#include "catalog/sheet.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bit.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "folded_internal.h"
#include "sheet_internal.h"

/* Rows of which the figures are remembered: more than a screen shows. */
#define RECENT ((size_t)256)

#define NOTHING_LISTED UINT64_MAX /* instead of a revision: nothing was looked for */

struct sheet_recent {
    struct {
        uint64_t stamp; /* 0: nothing here */
        uint32_t row;
        struct figures figures;
    } at[RECENT];
};

void sheet_init(struct sheet *sheet, const struct catalog *catalog)
{
    *sheet = (struct sheet){.catalog = catalog,
                            .preset = &tier_presets[0],
                            .now = NAN,
                            .visited = NAN,
                            .fresh = FRESHNESS_STANDARD,
                            .few = FEW_STANDARD,
                            .style = number_style_english};
    sheet_find_rests(sheet);
}

void sheet_release(struct sheet *sheet)
{
    if (!sheet)
        return;
    for (int column = 0; column < SHEET_COLUMNS; column++)
        free(sheet->columns[column].cells);
    for (int column = 0; column < COLUMN_COUNT; column++)
        folded_free(sheet->folded[column]);
    free(sheet->planned);
    free(sheet->recent);
    free(sheet->room);
    batches_release(&sheet->batches);
    *sheet = (struct sheet){0};
}

/* ---- what things rest on ---- */

static uint64_t stamp_preset(const struct tier_preset *preset)
{
    uint64_t stamp = 0;

    for (int i = 0; i < preset->count; i++) {
        const struct tier_band *band = &preset->bands[i];
        stamp = hash_bytes(&band->from, sizeof band->from, stamp);
        stamp = hash_bytes(band->word, strlen(band->word), stamp);
    }
    return stamp;
}

static struct assumptions without_money(const struct sheet *sheet)
{
    return (struct assumptions){.scenario = sheet->scenario,
                                .peers = sheet->peers,
                                .money_left = NAN,
                                .now = sheet->now,
                                .fresh = sheet->fresh,
                                .benchmarks = sheet->benchmarks};
}

/* Those of the scenario and the peers; what is left of the money follows from them. */
static void stamp_parts(struct sheet *sheet)
{
    struct assumptions assumptions = without_money(sheet);
    double numbers[FORECAST_PART_MOST];
    uint64_t preset = stamp_preset(sheet->preset);
    /* what is left of the money moves with the budget, also where no part of the forecast does */
    bool moved = preset != sheet->preset_stamp || sheet->scenario->budget != sheet->budget;

    for (int part = 0; part < PART_COUNT; part++) {
        size_t count = forecast_part(&assumptions, (enum forecast_part)part, numbers);
        uint64_t stamp = hash_bytes(numbers, count * sizeof *numbers, (uint64_t)part);
        moved |= stamp != sheet->parts[part];
        sheet->parts[part] = stamp;
    }
    sheet->preset_stamp = preset;
    sheet->budget = sheet->scenario->budget;
    sheet->seen = sheet->scenario->revision;
    sheet->epoch += moved;
}

void sheet_refresh(struct sheet *sheet)
{
    if (sheet->seen != sheet->scenario->revision)
        stamp_parts(sheet);
}

void sheet_join(struct sheet *sheet, const struct scenario *scenario, const struct peers *peers,
                const struct tier_preset *preset, double now)
{
    sheet->scenario = scenario;
    sheet->peers = peers;
    sheet->preset = preset;
    sheet->now = now;
    stamp_parts(sheet);
}

void sheet_visited(struct sheet *sheet, double last)
{
    sheet->visited = last;
}

/* Formats and fees of the user's move apart from how many deliverables are planned: fees and reach of
 * a post do not rest on that. */
static uint64_t fact_revision(const struct catalog *catalog, enum figure_id fact)
{
    static const int inner[FIGURE_FACTS_END] = {[FIGURE_PLAN_FORMAT] = CATALOG_PLAN_FORMAT,
                                                [FIGURE_PLAN_FEE] = CATALOG_PLAN_FEE,
                                                [FIGURE_FORMAT_FEE] = CATALOG_FORMAT_FEE};

    return catalog->columns[inner[fact] ? inner[fact] : (int)figure_fact(fact)].revision;
}

uint64_t sheet_input_revision(const struct sheet *sheet, int column)
{
    const struct catalog *catalog = sheet->catalog;
    uint64_t latest = catalog->live_revision, one;

    if (!sheet_has_figures(column)) {
        one = catalog_revision(catalog, (enum column)column);
        return one > latest ? one : latest;
    }
    one = catalog_revision(catalog, COL_PLATFORM);
    latest = one > latest ? one : latest;
    for (unsigned facts = sheet->rests[column].facts; facts; facts &= facts - 1) {
        enum figure_id fact = (enum figure_id)__builtin_ctz(facts);
        one = fact_revision(catalog, fact);
        latest = one > latest ? one : latest;
    }
    return latest;
}

uint64_t sheet_input_stamp(struct sheet *sheet, int column)
{
    unsigned parts = sheet->rests[column].parts;
    uint64_t stamp = column == COL_TIER ? sheet->preset_stamp : 1;

    if (parts & BIT(PART_MONEY)) {
        double left = sheet_money_left(sheet);
        stamp = hash_bytes(&left, sizeof left, stamp);
    }
    for (parts &= ~BIT(PART_MONEY); parts; parts &= parts - 1) {
        uint64_t part = sheet->parts[__builtin_ctz(parts)];
        stamp = hash_bytes(&part, sizeof part, stamp);
    }
    return stamp | 1; /* 0 stands for never */
}

uint64_t sheet_stamp(struct sheet *sheet, enum column column)
{
    uint64_t made_of[2];

    sheet_refresh(sheet);
    made_of[0] = sheet_input_revision(sheet, column);
    made_of[1] = sheet_input_stamp(sheet, column);
    return hash_bytes(made_of, sizeof made_of, 1);
}

uint64_t sheet_joined(struct sheet *sheet, enum column column)
{
    sheet_refresh(sheet);
    return sheet_input_stamp(sheet, column);
}

/* ---- the money ---- */

/* Those that went stay in the list: the plan column does not say when one comes back. */
static void list_planned(struct sheet *sheet)
{
    const struct catalog *catalog = sheet->catalog;
    uint64_t revision = catalog_revision(catalog, COL_PLAN);
    double planned[FORECAST_BLOCK];

    if (sheet->planned_revision == revision)
        return;
    sheet->planned_revision = revision;
    sheet->planned_count = 0;
    if (!catalog->planned_count) {
        sheet->planned_revision = NOTHING_LISTED;
        return;
    }
    for (size_t from = 0; from < catalog->count; from += FORECAST_BLOCK) {
        size_t rest = catalog->count - from, count = rest < FORECAST_BLOCK ? rest : FORECAST_BLOCK;
        cells_block(&catalog_facts(catalog)->planned, from, count, planned);
        for (size_t i = 0; i < count; i++)
            if (planned[i] > 0) {
                sheet->planned = vec_grow(sheet->planned, &sheet->planned_capacity,
                                          sheet->planned_count + 1, sizeof *sheet->planned);
                sheet->planned[sheet->planned_count++] = (uint32_t)(from + i);
            }
    }
}

/* The planned rows of a block, from the list's `at` on; returns where the next block goes on. */
static size_t add_costs(struct sheet *sheet, const struct block *block, size_t at, double *spent)
{
    size_t end = block->from + block->count;

    for (; at < sheet->planned_count && sheet->planned[at] < end; at++) {
        double cost = block->at[FIGURE_COST][sheet->planned[at] - block->from];
        if (!sheet->catalog->live[sheet->planned[at]])
            continue;
        if (number_known(cost))
            *spent += cost;
        else
            sheet->money_unknown++;
    }
    return at;
}

/* Block by block, as a plan may hold everybody; those without anyone in the plan are passed over. */
static void count_money(struct sheet *sheet)
{
    static const bool wanted[FIGURE_COUNT] = {[FIGURE_COST] = true};
    static const bool given[FIGURE_COUNT] = {false};
    const struct catalog *catalog = sheet->catalog;
    struct assumptions assumptions = without_money(sheet);
    struct recipe recipe;
    struct block block;
    double spent = 0;

    list_planned(sheet);
    sheet->money_unknown = 0;
    if (!sheet->room)
        sheet->room = mem_alloc(sizeof *sheet->room);
    recipe_init(&recipe, wanted, given);
    block_init(&block, catalog_facts(catalog), &assumptions, sheet->room);
    for (size_t at = 0; at < sheet->planned_count;) {
        block.from = sheet->planned[at];
        block.count = catalog->count - block.from;
        block.count = block.count < FORECAST_BLOCK ? block.count : FORECAST_BLOCK;
        block_run(&block, &recipe);
        at = add_costs(sheet, &block, at, &spent);
    }
    sheet->money_left = sheet->scenario->budget - spent;
}

static uint64_t money_stamp(struct sheet *sheet)
{
    uint64_t made_of[3];

    made_of[0] = sheet_input_revision(sheet, COL_COST);
    made_of[1] = sheet_input_stamp(sheet, COL_COST);
    memcpy(&made_of[2], &sheet->scenario->budget, sizeof made_of[2]);
    return hash_bytes(made_of, sizeof made_of, 1) | 1;
}

double sheet_money_left(struct sheet *sheet)
{
    uint64_t stamp;

    sheet_refresh(sheet);
    stamp = money_stamp(sheet);
    if (sheet->money_stamp != stamp)
        count_money(sheet);
    sheet->money_stamp = stamp;
    return sheet->money_left;
}

size_t sheet_money_unknown(struct sheet *sheet)
{
    sheet_money_left(sheet);
    return sheet->money_unknown;
}

const uint32_t *sheet_planned(struct sheet *sheet, size_t *count)
{
    list_planned(sheet);
    *count = sheet->planned_count;
    return sheet->planned;
}

struct assumptions sheet_assumptions(struct sheet *sheet)
{
    struct assumptions assumptions = without_money(sheet);

    assumptions.money_left = sheet_money_left(sheet);
    return assumptions;
}

/* ---- whole columns and blocks ---- */

const double *sheet_column(struct sheet *sheet, enum column column)
{
    assert(!column_is_text(column) && sheet_has_figures((int)column));
    return sheet_make(sheet, (int)column);
}

const uint16_t *sheet_marks(struct sheet *sheet)
{
    return sheet_make(sheet, SHEET_MARKS);
}

struct cells sheet_codes(struct sheet *sheet, enum column column)
{
    if (!sheet_is_figure_word((int)column))
        return catalog_codes(sheet->catalog, column);
    return (struct cells){.kind = CELLS_U8, .u8 = sheet_make(sheet, (int)column)};
}

const double *sheet_block(struct sheet *sheet, enum column column, uint32_t from, size_t count,
                          double *room)
{
    struct cells cells = catalog_codes(sheet->catalog, column);

    assert(!column_is_text(column) && from + count <= sheet->catalog->count);
    if (sheet_has_figures((int)column))
        return sheet_column(sheet, column) + from;
    if (column == COL_TICKED)
        cells = (struct cells){.kind = CELLS_U8, .u8 = sheet->catalog->ticked};
    cells_block(&cells, from, count, room);
    for (size_t i = 0; column == COL_PLAN && i < count; i++)
        room[i] = room[i] > 0 ? 1 : 0;
    return room;
}

/* ---- one cell ---- */

/* The figures of a row, kept for whoever asks for another of its cells. */
static const struct figures *recent_figures(struct sheet *sheet, uint32_t row)
{
    struct assumptions assumptions = sheet_assumptions(sheet);
    uint64_t made_of[3] = {sheet->epoch, sheet->catalog->revision}, stamp;
    size_t place = row % RECENT;

    memcpy(&made_of[2], &assumptions.money_left, sizeof made_of[2]);
    stamp = hash_bytes(made_of, sizeof made_of, 1) | 1;
    if (!sheet->recent)
        sheet->recent = mem_zero(1, sizeof *sheet->recent);
    if (sheet->recent->at[place].stamp != stamp || sheet->recent->at[place].row != row)
        forecast(catalog_facts(sheet->catalog), &assumptions, row,
                 &sheet->recent->at[place].figures);
    sheet->recent->at[place].stamp = stamp;
    sheet->recent->at[place].row = row;
    return &sheet->recent->at[place].figures;
}

void sheet_figures(struct sheet *sheet, uint32_t row, struct figures *figures)
{
    *figures = *recent_figures(sheet, row);
}

int sheet_tier(const struct sheet *sheet, uint32_t row)
{
    return tier_of(sheet->preset, catalog_number(sheet->catalog, COL_FOLLOWERS, row));
}

double sheet_number(struct sheet *sheet, enum column column, uint32_t row)
{
    const double *whole;

    if (column_is_text(column))
        return NAN;
    if (column == COL_PLAN)
        return catalog_planned(sheet->catalog, row) > 0;
    if (!sheet_has_figures((int)column))
        return catalog_number(sheet->catalog, column, row);
    assert(row < sheet->catalog->count);
    whole = sheet_current(sheet, (int)column);
    return whole ? whole[row]
                 : *(const double *)((const char *)recent_figures(sheet, row) +
                                     columns[column].figure);
}

static double origin_code(struct sheet *sheet, uint32_t row)
{
    unsigned marks = recent_figures(sheet, row)->marks;

    if (marks & (MARK_FEE_ESTIMATED | MARK_FEE_OWN))
        return marks & MARK_FEE_OWN ? FEE_OWN : FEE_ESTIMATED;
    return cells_number(&catalog_facts(sheet->catalog)->fee_origin, row);
}

/* Of a word that follows from figures; 0 is no format and no basis. */
static double figure_code(struct sheet *sheet, enum column column, uint32_t row)
{
    double code = column == COL_TIER         ? sheet_tier(sheet, row)
                  : column == COL_FEE_ORIGIN ? origin_code(sheet, row)
                  : column == COL_FORMAT     ? (double)recent_figures(sheet, row)->format
                                             : (double)recent_figures(sheet, row)->basis;
    bool none = column == COL_TIER ? code == TIER_NONE : code == 0;

    return none ? NAN : code;
}

struct text sheet_text(struct sheet *sheet, enum column column, uint32_t row, struct buf *buf)
{
    double code;

    (void)buf;
    if (!column_is_text(column))
        return (struct text){0};
    if (!sheet_is_figure_word((int)column))
        return catalog_text(sheet->catalog, column, row);
    code = figure_code(sheet, column, row);
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
    const uint16_t *whole;

    if (!rests || !sheet_known(sheet, column, row))
        return ' ';
    whole = rests & RESTS_ON_VALUES ? NULL : sheet_current(sheet, SHEET_MARKS);
    marks = whole ? whole[row] : recent_figures(sheet, row)->marks;
    if ((rests & RESTS_ON_FEE) && (marks & MARK_FEE_ESTIMATED))
        return '~';
    if (column == COL_FEE && (marks & MARK_FEE_OWN))
        return '=';
    if ((rests & RESTS_ON_VALUES) && (marks & MARK_EMV_AT_LEAST))
        return '>';
    return (rests & RESTS_ON_COUNTS) && (marks & MARK_ER_AT_LEAST) ? '>' : ' ';
}
