#include "app/plans.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/hash.h"
#include "base/vec.h"
#include "domain/currency.h"

/* Plans side by side: every column a scenario with its totals. */

/* The totals, in the order of the screen. */
static const struct {
    struct plans_row row;
    size_t total;  /* offset of a struct total in struct totals, or … */
    size_t number; /* … of a double */
} sums[] = {
    {{"Cost", UNIT_MONEY, .neutral = true, .column = COL_COST}, offsetof(struct totals, cost), 0},
    {{"Left of the budget", UNIT_PROFIT, .neutral = true, .column = COLUMN_COUNT,
      .help = "The budget less the cost of all. Below 0 the plan is over it."},
     0,
     offsetof(struct totals, left)},
    {{"Profit", UNIT_PROFIT, .column = COL_PROFIT}, offsetof(struct totals, profit), 0},
    {{"ROI", UNIT_ROI, .column = COL_ROI}, offsetof(struct totals, roi), 0},
    {{"8 in 10 from", UNIT_ROI, .column = COL_ROI_P10}, 0, offsetof(struct totals, roi_p10)},
    {{"middle", UNIT_ROI, .column = COL_ROI_P50}, 0, offsetof(struct totals, roi_p50)},
    {{"to", UNIT_ROI, .column = COL_ROI_P90}, 0, offsetof(struct totals, roi_p90)},
    {{"People reached", UNIT_COUNT, .column = COL_REACH}, offsetof(struct totals, net_reach), 0},
    {{"Views each", UNIT_RATIO, .neutral = true, .column = COL_FREQUENCY},
     offsetof(struct totals, frequency),
     0},
    {{"Orders", UNIT_ESTIMATE, .column = COL_ORDERS}, offsetof(struct totals, orders), 0},
    {{"Clicks", UNIT_ESTIMATE, .column = COL_CLICKS}, offsetof(struct totals, clicks), 0},
    {{"Revenue", UNIT_MONEY, .column = COL_REVENUE}, offsetof(struct totals, revenue), 0},
    {{"Commission", UNIT_MONEY, .less = true, .column = COL_COMMISSION},
     offsetof(struct totals, commission),
     0},
    {{"CPM", UNIT_UNIT_COST, .less = true, .column = COL_CPM}, offsetof(struct totals, cpm), 0},
    {{"Cost per order", UNIT_UNIT_COST, .less = true, .column = COL_CPA},
     offsetof(struct totals, cpa),
     0},
    {{"Min. buy rate", UNIT_SHARE, .less = true, .column = COL_BREAKEVEN_CVR},
     offsetof(struct totals, breakeven_cvr),
     0},
    {{"Posts", UNIT_COUNT, .neutral = true, .column = COL_DELIVERABLES},
     offsetof(struct totals, deliverables),
     0},
};

static void column_release(struct plans_column *column)
{
    totals_release(&column->totals);
}

static void plans_clear(struct plans_place *place)
{
    for (size_t i = 0; i < place->count; i++)
        column_release(&place->columns[i]);
    place->count = 0;
}

void plans_place_release(struct plans_place *place)
{
    if (!place)
        return;
    plans_clear(place);
    free(place->columns);
    free(place->rows.items);
    *place = (struct plans_place){0};
}

static struct plans_column *add_column(struct plans_place *place, enum plans_kind kind,
                                       size_t index, const char *title,
                                       const struct scenario *scenario)
{
    place->columns =
        vec_grow(place->columns, &place->capacity, place->count + 1, sizeof *place->columns);
    struct plans_column *column = &place->columns[place->count++];
    *column = (struct plans_column){.kind = kind, .index = index, .scenario = *scenario};
    strncpy(column->title, title, sizeof column->title - 1);
    totals_init(&column->totals);
    return column;
}

/* The same creators with other assumptions. */
static void total_here(struct model *model, struct plans_column *column)
{
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    size_t count, living = 0;
    const uint32_t *planned = sheet_planned(model->sheet, &count);
    uint32_t *rows = mem_alloc((count + 1) * sizeof *rows);
    for (size_t i = 0; i < count; i++)
        if (catalog_live(model->catalog, planned[i]))
            rows[living++] = planned[i];
    assumptions.scenario = &column->scenario;
    totals_make(&column->totals, catalog_facts(model->catalog), &assumptions, rows, living);
    free(rows);
}

/* Whoever set them. */
static bool same_values(const struct scenario *a, const struct scenario *b)
{
    for (size_t i = 0; i < parameter_count; i++) {
        double x = scenario_get(a, i), y = scenario_get(b, i);
        if (x != y && !(isnan(x) && isnan(y)))
            return false;
    }
    return true;
}

/* The facts as if nobody were in the plan. */
static struct facts facts_unplanned(const struct catalog *catalog)
{
    struct facts facts = *catalog_facts(catalog);
    facts.planned = facts.plan_format = facts.plan_fee = facts.format_fee =
        (struct cells){.kind = CELLS_NONE};
    return facts;
}

/* What the creator asks for a format that is not the platform's first, in the scenario's money; NaN:
 * as the forecast has it. */
static double format_fee(const struct catalog *catalog, const struct scenario *scenario,
                         uint32_t row, enum format format)
{
    enum platform platform = catalog_platform(catalog, row);
    if (format == platforms[platform].format)
        return NAN;
    double code = cells_number(&catalog_facts(catalog)->currency, row);
    unsigned currency = code > 0 ? (unsigned)code : scenario->currency;
    double fee =
        fee_of_format(catalog_text(catalog, COL_FEE_BY_FORMAT, row), platform, format, currency);
    return fee / currency_scale(currency) * scenario_rate(scenario, currency);
}

static bool is_planned(const struct plan_entry *entry)
{
    return entry->planned.deliverables > 0;
}

size_t plans_missing(const struct model *model, const struct plan_entries *plan)
{
    size_t missing = 0;
    for (size_t i = 0; i < plan->count; i++)
        missing += is_planned(&plan->items[i]) &&
                   catalog_find(model->catalog, plan->items[i].platform, plan->items[i].key) ==
                       CATALOG_NONE;
    return missing;
}

/* Another plan: its own creators, deals and assumptions. */
static void total_kept(struct model *model, struct plans_column *column,
                       const struct plan_entries *plan)
{
    struct facts facts = facts_unplanned(model->catalog);
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    assumptions.scenario = &column->scenario;
    totals_begin(&column->totals);
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_entry *entry = &plan->items[i];
        uint32_t row = catalog_find(model->catalog, entry->platform, entry->key);
        struct figures figures;
        if (!is_planned(entry) || row == CATALOG_NONE)
            continue;
        enum format format = entry->planned.format;
        if (format == FORMAT_NONE)
            format = platforms[entry->platform].format;
        double fee = entry->planned.fee / currency_scale(column->scenario.currency);
        if (isnan(fee))
            fee = format_fee(model->catalog, &column->scenario, row, format);
        struct forecast_case as = {.format = format,
                                   .deliverables = entry->planned.deliverables,
                                   .fee = fee,
                                   .er_expected = NAN};
        forecast_as(&facts, &assumptions, row, &as, &figures);
        totals_add(&column->totals, &figures);
    }
    totals_end(&column->totals, &assumptions);
    column->missing = plans_missing(model, plan);
}

/* Everything that another plan rests on; that of the one in use is not among it. */
static uint64_t kept_stamp(struct model *model, const struct kept_scenario *kept)
{
    uint64_t numbers[COLUMN_COUNT + 3] = {kept->scenario.revision, model->catalog->live_revision,
                                          model->sheet->parts[PART_PEERS]};
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (columns[i].stored)
            numbers[3 + i] = catalog_revision(model->catalog, (enum column)i);
    uint64_t stamp = hash_bytes(numbers, sizeof numbers, 1);
    for (size_t i = 0; i < kept->plan.count; i++) {
        const struct plan_entry *entry = &kept->plan.items[i];
        uint64_t deal[3] = {entry->planned.deliverables, entry->planned.format};
        memcpy(&deal[2], &entry->planned.fee, sizeof deal[2]);
        stamp = hash_bytes(deal, sizeof deal, stamp + entry->platform);
        stamp = hash_bytes(entry->key.at, entry->key.length, stamp);
    }
    return stamp | 1;
}

/* What was worked out before and still holds changes hands. */
static bool take_over(struct plans_column *columns_before, size_t count,
                      struct plans_column *column)
{
    for (size_t i = 0; i < count; i++) {
        struct plans_column *before = &columns_before[i];
        if (before->kind != PLANS_KEPT || before->stamp != column->stamp ||
            strcmp(before->title, column->title) != 0)
            continue;
        struct totals totals = column->totals;
        column->totals = before->totals;
        column->missing = before->missing;
        before->totals = totals;
        return true;
    }
    return false;
}

static void add_kept(struct model *model, const struct kept_scenario *kept,
                     struct plans_column *before, size_t count)
{
    struct plans_column *column =
        add_column(&model->side_by_side, PLANS_KEPT, 0, kept->scenario.name, &kept->scenario);
    column->stamp = kept_stamp(model, kept);
    if (!take_over(before, count, column))
        total_kept(model, column, &kept->plan);
}

static void list_columns_of(struct model *model)
{
    struct plans_place *place = &model->side_by_side;
    struct plans_column *before = place->columns;
    size_t before_count = place->count;
    place->columns = NULL;
    place->count = place->capacity = 0;
    struct plans_column *first =
        add_column(place, PLANS_IN_USE, 0, model->scenario.name, &model->scenario);
    total_here(model, first);
    for (size_t i = 0; i < model->plans.count; i++) {
        const struct kept_scenario *kept = &model->plans.items[i];
        if (strcmp(kept->scenario.name, model->scenario.name) == 0)
            place->columns[0].missing = plans_missing(model, &kept->plan);
        else
            add_kept(model, kept, before, before_count);
    }
    for (size_t i = 0; i < before_count; i++)
        column_release(&before[i]);
    free(before);
    for (size_t i = 0; i < scenario_preset_count; i++) {
        struct scenario as = model->scenario;
        scenario_preset_apply(&as, &scenario_presets[i]);
        if (!same_values(&as, &model->scenario))
            total_here(model, add_column(place, PLANS_PRESET, i, scenario_presets[i].title, &as));
    }
}

/* ---- rows ---- */

struct keys {
    struct arena arena;
    struct text *items;
    size_t count, capacity;
};

static void note_key(void *self, struct text key, struct text value)
{
    struct keys *keys = self;
    (void)value;
    for (size_t i = 0; i < keys->count; i++)
        if (text_equal(keys->items[i], key))
            return;
    VEC_PUSH(keys, arena_text(&keys->arena, key));
}

static bool differs(const struct plans_place *place, struct text key)
{
    struct buf here = BUF_INIT, there = BUF_INIT;
    bool found = false;
    scenario_knob_get(&place->columns[0].scenario, key, &here);
    for (size_t i = 1; i < place->count && !found; i++) {
        buf_clear(&there);
        scenario_knob_get(&place->columns[i].scenario, key, &there);
        found = !text_equal(buf_text(&here), buf_text(&there));
    }
    buf_release(&here);
    buf_release(&there);
    return found;
}

static bool ctr_differs_alike(const struct plans_place *place)
{
    for (size_t i = 0; i < place->count; i++)
        if (isnan(scenario_knob_number(&place->columns[i].scenario, TEXT("ctr"))))
            return false;
    return differs(place, TEXT("ctr"));
}

static void add_row(struct plans_place *place, struct text key)
{
    struct plans_row row = {.neutral = true, .column = COLUMN_COUNT};
    if (!knob_find(key, &row.knob))
        return;
    row.unit = row.knob.unit;
    VEC_PUSH(&place->rows, row);
}

/* Totals, then what differs. All click rates that go together are one row. */
static void list_rows(struct model *model)
{
    struct plans_place *place = &model->side_by_side;
    struct keys keys = {.count = 0};
    place->rows.count = 0;
    for (size_t i = 0; i < COUNT_OF(sums); i++)
        VEC_PUSH(&place->rows, sums[i].row);
    for (size_t i = 0; i < place->count; i++)
        scenario_knobs(&place->columns[i].scenario, note_key, &keys);
    bool together = ctr_differs_alike(place);
    if (together)
        add_row(place, TEXT("ctr"));
    for (size_t i = 0; i < keys.count; i++)
        if (!(together && text_starts(keys.items[i], "ctr_")) && differs(place, keys.items[i]))
            add_row(place, keys.items[i]);
    free(keys.items);
    arena_release(&keys.arena);
}

double plans_value(const struct plans_column *column, const struct plans_row *row, char *mark)
{
    *mark = ' ';
    if (row->knob.key[0]) {
        bool own = scenario_own(&column->scenario, text_of(row->knob.key));
        *mark = own ? '=' : ' ';
        return scenario_knob_number(&column->scenario, text_of(row->knob.key));
    }
    for (size_t i = 0; i < COUNT_OF(sums); i++) {
        if (sums[i].row.title != row->title)
            continue;
        const char *totals = (const char *)&column->totals;
        if (!sums[i].total && sums[i].number)
            return *(const double *)(totals + sums[i].number);
        const struct total *total = (const struct total *)(totals + sums[i].total);
        bool guess = total == &column->totals.net_reach && column->totals.universe_assumed;
        *mark = total->estimated || guess ? '~' : ' ';
        return total->value;
    }
    return NAN;
}

/* ---- the place ---- */

size_t plans_base(const struct model *model)
{
    const struct plans_place *place = &model->side_by_side;
    for (size_t i = 0; i < place->count && place->base[0]; i++)
        if (place->columns[i].kind == place->base_kind &&
            strcmp(place->columns[i].title, place->base) == 0)
            return i;
    return PLANS_NONE;
}

int plans_title(const struct model *model)
{
    return model->layout.columns >= 100 ? 26 : model->layout.columns >= 60 ? 20 : 14;
}

int plans_across(const struct model *model)
{
    int across = (model->layout.columns - plans_title(model)) / PLANS_COLUMN_LEAST;
    int most = (int)model->side_by_side.count;
    return across < 1 ? 1 : across > most ? most : across;
}

/* The one in use stays in view, the others scroll beside it. */
size_t plans_from(const struct model *model)
{
    size_t beside = (size_t)plans_across(model) - 1, focus = model->side_by_side.focus;
    if (beside == 0)
        return focus > 0 ? focus : 1;
    return focus > beside ? focus - beside + 1 : 1;
}

int plans_height(const struct model *model)
{
    int rows = model->layout.body.rows - 2;
    return rows > 0 ? rows : 0;
}

static uint64_t plans_stamp(struct model *model)
{
    uint64_t made_of[] = {sheet_stamp(model->sheet, COL_ROI),
                          model->sheet->epoch,
                          model->catalog->revision,
                          model->scenario.revision,
                          model->undo.done,
                          model->undo.count,
                          model->plans.count};
    uint64_t stamp = hash_bytes(made_of, sizeof made_of, 1);
    stamp = hash_bytes(model->scenario.name, strlen(model->scenario.name), stamp);
    for (size_t i = 0; i < model->plans.count; i++) {
        const struct kept_scenario *kept = &model->plans.items[i];
        uint64_t numbers[] = {kept->scenario.revision, kept->plan.count};
        stamp = hash_bytes(numbers, sizeof numbers, stamp);
        stamp = hash_bytes(kept->scenario.name, strlen(kept->scenario.name), stamp);
    }
    return stamp | 1;
}

void plans_build(struct model *model)
{
    struct plans_place *place = &model->side_by_side;
    uint64_t stamp = plans_stamp(model);
    if (stamp != place->stamp) {
        list_columns_of(model);
        list_rows(model);
    }
    place->stamp = stamp;
    if (place->focus >= place->count)
        place->focus = place->count - 1;
    scroll_settle(&place->at, place->rows.count, (size_t)plans_height(model));
}

/* Under the totals of the plan, where there is room for it and it does not keep the keys waiting. */
bool plans_below(const struct model *model)
{
    return model->place == PLACE_PLAN && model->plan.count > 0 &&
           model->plan.count <= PLANS_BELOW_MOST &&
           plan_layout(model).below.rows >= PLANS_BELOW_ROWS;
}

void plans_open(struct model *model)
{
    model->place = PLACE_PLANS;
    model->side_by_side.focus = 0;
}

void plans_vertical(struct model *model, long by)
{
    scroll_by(&model->side_by_side.at, by, model->side_by_side.rows.count);
}

void plans_horizontal(struct model *model, int by)
{
    struct plans_place *place = &model->side_by_side;
    if (by < 0 && place->focus > 0)
        place->focus--;
    else if (by > 0 && place->focus + 1 < place->count)
        place->focus++;
}

void plans_measure(struct model *model)
{
    struct plans_place *place = &model->side_by_side;
    const struct plans_column *column = &place->columns[place->focus];
    if (plans_base(model) == place->focus) {
        place->base[0] = '\0';
        return;
    }
    place->base_kind = column->kind;
    strcpy(place->base, column->title);
}
