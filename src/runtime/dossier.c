#include "runtime/dossier.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "compare_internal.h"
#include "domain/currency.h"
#include "store/figures.h"
#include "verbs_internal.h"

enum { STEP = 256 };

void dossier_init(struct dossier *dossier, struct sheet *sheet, double at)
{
    *dossier = (struct dossier){.sheet = sheet};
    dossier->handover.at = at;
    dossier->handover.scenario = sheet->scenario;
    dossier->handover.assumptions = true;
    dossier->handover.estimates = true;
}

void dossier_release(struct dossier *dossier)
{
    for (size_t i = 0; dossier->texts && i < dossier->list.column_count; i++)
        buf_release(&dossier->texts[i]);
    free(dossier->texts);
    free(dossier->row_numbers);
    arena_release(&dossier->arena);
    *dossier = (struct dossier){.sheet = NULL};
}

static struct text kept(struct dossier *dossier, struct buf *text)
{
    struct text copy = arena_text(&dossier->arena, buf_text(text));
    buf_release(text);
    return copy;
}

static struct handover_who who_in(const struct dossier *dossier, uint32_t row)
{
    const struct catalog *catalog = dossier->sheet->catalog;
    return (struct handover_who){catalog_platform(catalog, row),
                                 catalog_text(catalog, COL_HANDLE, row),
                                 catalog_text(catalog, COL_NAME, row)};
}

/* ---- The list ---- */

static bool list_row(void *self, size_t place, struct writer_cell *cells, struct err *err)
{
    struct dossier *dossier = self;
    uint32_t row = dossier->row_numbers[place];
    if (place % STEP == 0 && dossier->step && !dossier->step(dossier->step_self, place))
        return err_set(err, "cancelled");
    for (size_t i = 0; i < dossier->list.column_count; i++) {
        buf_clear(&dossier->texts[i]);
        cells[i] = verb_cell(dossier->sheet, dossier->chosen[i], row, true, &dossier->texts[i]);
    }
    return true;
}

void dossier_list(struct dossier *dossier, const struct query *query,
                  const struct query_result *result, const enum column *chosen,
                  const struct writer_column *layout, size_t count)
{
    struct buf filter = BUF_INIT, order = BUF_INIT;
    filter_print(&query->filter, &filter);
    query_print_order(query, &order);
    dossier->chosen = chosen;
    dossier->texts = mem_zero(count + 1, sizeof *dossier->texts);
    dossier->row_numbers = mem_alloc((result->rows.count + 1) * sizeof *dossier->row_numbers);
    rowset_all(&result->rows, dossier->row_numbers);
    dossier->list = (struct handover_list){.columns = layout,
                                           .column_count = count,
                                           .rows = result->rows.count,
                                           .total = result->rows.total,
                                           .estimated = result->estimated,
                                           .filter = kept(dossier, &filter),
                                           .order = kept(dossier, &order),
                                           .row = list_row,
                                           .self = dossier};
    dossier->handover.list = &dossier->list;
}

/* ---- The plan ---- */

static struct handover_planned planned_row(struct dossier *dossier, uint32_t row)
{
    const struct catalog *catalog = dossier->sheet->catalog;
    struct figures *figures = arena_alloc(&dossier->arena, sizeof *figures);
    sheet_figures(dossier->sheet, row, figures);
    return (struct handover_planned){
        .who = who_in(dossier, row),
        .deliverables = (unsigned)figures->deliverables,
        .format = figures->format,
        .figures = figures,
        .followers = catalog_number(catalog, COL_FOLLOWERS, row),
        .credibility = catalog_number(catalog, COL_CREDIBILITY, row),
        .audience_market = catalog_number(catalog, COL_AUDIENCE_MARKET, row),
        .views = catalog_number(catalog, COL_VIEWS, row),
        .reach_post = catalog_number(catalog, COL_REACH_POST, row),
        .currency = currency_from_code(catalog_text(catalog, COL_CURRENCY, row)),
    };
}

static struct handover_planned missing_row(const struct plan_entry *entry)
{
    return (struct handover_planned){.who = {entry->platform, entry->key, {0}},
                                     .deliverables = entry->planned.deliverables,
                                     .format = entry->planned.format,
                                     .followers = NAN,
                                     .credibility = NAN,
                                     .audience_market = NAN,
                                     .views = NAN,
                                     .reach_post = NAN};
}

void dossier_plan(struct dossier *dossier, const uint32_t *rows, size_t count,
                  const struct plan_entry *const *missing, size_t missing_count,
                  const struct totals *totals)
{
    struct handover_planned *all =
        arena_alloc(&dossier->arena, (count + missing_count + 1) * sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = planned_row(dossier, rows[i]);
    for (size_t i = 0; i < missing_count; i++)
        all[count + i] = missing_row(missing[i]);
    dossier->plan = (struct handover_plan){all, count + missing_count, totals};
    dossier->handover.plan = &dossier->plan;
}

/* ---- The comparison ---- */

static struct text title_of(struct dossier *dossier, const struct compare_row *row)
{
    const struct compare_line *line = row->line;
    const char *title = line->title ? line->title : columns[line->column].title;
    struct buf text = BUF_INIT;
    buf_add_string(&text, row->channel ? "ROI against " : title);
    if (row->channel)
        buf_add_string(&text, row->channel);
    else if (line->column == COL_FEE)
        buf_addf(&text, " %s", currencies[dossier->sheet->scenario->currency].code);
    return kept(dossier, &text);
}

static struct text against_of(struct dossier *dossier, const struct compare_row *row,
                              const struct compare_cell *cell)
{
    struct buf text = BUF_INIT;
    if (!row->unlike && row->line->kind == COMPARE_FIGURE)
        compare_against(&text, row->measure, cell->against, dossier->sheet->style);
    return kept(dossier, &text);
}

static struct handover_line line_of(struct dossier *dossier, const struct comparison *all,
                                    const struct compare_row *row)
{
    struct handover_figure *figures =
        arena_alloc(&dossier->arena, (size_t)all->count * sizeof *figures);
    bool score = row->line->kind == COMPARE_SCORE;
    for (int i = 0; i < all->count; i++) {
        const struct compare_cell *cell = &row->cells[i];
        figures[i] = (struct handover_figure){.value = score ? round(cell->value) : cell->value,
                                              .low = cell->low,
                                              .median = cell->median,
                                              .high = cell->high,
                                              .bar = cell->bar,
                                              .mark = cell->mark == ' ' ? (char)0 : cell->mark,
                                              .best = cell->best,
                                              .against = against_of(dossier, row, cell)};
    }
    return (struct handover_line){.title = title_of(dossier, row),
                                  .group = text_of(compare_group_titles[row->line->group]),
                                  .unit = score ? UNIT_COUNT : columns[row->line->column].unit,
                                  .range = row->line->kind == COMPARE_RANGE,
                                  .unlike = row->unlike,
                                  .figures = figures};
}

static bool read_past(struct dossier *dossier, struct store *store, uint32_t row,
                      struct handover_past *past, struct err *err)
{
    struct store_history history = {.items = NULL};
    bool ok = store_history(store, catalog_id(dossier->sheet->catalog, row), &history, err);
    double *at = arena_alloc(&dossier->arena, (history.count + 1) * 2 * sizeof *at);
    double *followers = at + history.count + 1;
    *past = (struct handover_past){at, followers, 0};
    for (size_t i = 0; ok && i < history.count; i++)
        if (number_known(history.items[i].followers)) {
            at[past->count] = history.items[i].at;
            followers[past->count++] = history.items[i].followers;
        }
    store_history_release(&history);
    return ok;
}

static void add_reasons(struct dossier *dossier, const struct comparison *all)
{
    struct buf text = BUF_INIT;
    struct text line, *reasons = arena_alloc(&dossier->arena, 16 * sizeof *reasons);
    compare_reasons(dossier->sheet, all, &text);
    struct text rest = kept(dossier, &text);
    size_t count = 0;
    while (count < 16 && text_next(&rest, '\n', &line))
        if (line.length > 0)
            reasons[count++] = line;
    dossier->comparison.reasons = reasons;
    dossier->comparison.reason_count = count;
}

bool dossier_comparison(struct dossier *dossier, struct store *store, const struct comparison *all,
                        struct err *err)
{
    size_t count = (size_t)all->count;
    struct handover_who *who = arena_alloc(&dossier->arena, count * sizeof *who);
    struct handover_past *past = arena_alloc(&dossier->arena, count * sizeof *past);
    struct handover_line *lines = arena_alloc(&dossier->arena, all->line_count * sizeof *lines);
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        who[i] = who_in(dossier, all->rows[i]);
        ok = read_past(dossier, store, all->rows[i], &past[i], err);
    }
    size_t from = all->score ? all->line_count - 1 : 0; /* the score stands first */
    for (size_t i = 0; i < all->line_count; i++)
        lines[i] = line_of(dossier, all, &all->lines[(from + i) % all->line_count]);
    dossier->comparison = (struct handover_comparison){
        .who = who,
        .count = count,
        .reference = all->reference == COMPARE_NONE ? count : (size_t)all->reference,
        .lines = lines,
        .line_count = all->line_count,
        .past = past};
    add_reasons(dossier, all);
    dossier->handover.comparison = &dossier->comparison;
    return ok;
}
