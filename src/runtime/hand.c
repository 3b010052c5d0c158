#include "runtime/hand.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "compare_internal.h"
#include "domain/currency.h"
#include "plan_verb_internal.h"
#include "runtime/width.h"
#include "verbs_internal.h"

#define WIDE 100000 /* cells: no column of the list is left out for want of room */

/* ---- the list ---- */

/* Notes are the user's own business, also where they stand in the list: only the switch sends them. */
static void choose_columns(const struct handing *handing, struct verb_layout *layout)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    int count = list_columns(handing->model, WIDE, shown);
    bool plain = handing->whom == HAND_TOOL;
    if (plain || handing->whom == HAND_TEAM) { /* what tells two creators apart */
        verb_layout_add(layout, COL_PLATFORM);
        verb_layout_add(layout, COL_HANDLE);
        verb_layout_add(layout, COL_NAME);
    }
    for (int i = 0; i < count; i++) {
        if ((shown[i].part != LIST_FIGURE && shown[i].part != LIST_NAME) ||
            shown[i].column == COL_NOTE)
            continue;
        verb_layout_add(layout, shown[i].column);
        if (plain && shown[i].column == COL_FEE) {
            verb_layout_add(layout, COL_CURRENCY);
            verb_layout_add(layout, COL_FEE_ORIGIN);
        }
    }
    if (handing->model->hand.notes)
        verb_layout_add(layout, COL_NOTE);
}

static bool write_rows(struct handing *handing, const struct verb_layout *layout,
                       struct writer *writer, struct err *err)
{
    const struct handover_list *list = &handing->dossier.list;
    struct writer_cell cells[COLUMN_COUNT + 2];
    unsigned currency = handing->model->scenario.currency;
    bool ok = writer_begin(writer, layout->columns, layout->count, err);
    for (size_t place = 0; ok && place < list->rows; place++) {
        ok = list->row(list->self, place, cells, err);
        for (size_t i = 0; ok && i < layout->count; i++)
            if (handing->whom == HAND_TOOL && layout->chosen[i] == COL_CURRENCY)
                cells[i].text = text_of(currencies[currency].code); /* fees are as on the screen */
        ok = ok && writer_row(writer, cells, err);
    }
    return ok && writer_end(writer, err);
}

/* Where an order by text is still being made, it is made here. */
static const struct query_result *result_of(struct handing *handing, struct query_result *own)
{
    const struct model *model = handing->model;
    if (!query_waits(&model->result))
        return &model->result;
    query_finish(&model->query, model->sheet, own);
    return own;
}

static bool write_list(struct handing *handing, const struct exporter *format,
                       const struct writer_options *options, struct writer_out out, struct err *err)
{
    struct verb_layout *layout = mem_zero(1, sizeof *layout);
    struct query_result own = {0};
    char fee[16];
    choose_columns(handing, layout);
    snprintf(fee, sizeof fee, "%s %s", columns[COL_FEE].title,
             currencies[handing->model->scenario.currency].code);
    verb_layout_titles(layout, fee);
    handing->dossier.step = handing->step;
    handing->dossier.step_self = handing->step_self;
    dossier_list(&handing->dossier, &handing->model->query, result_of(handing, &own),
                 layout->chosen, layout->columns, layout->count);
    bool ok = true;
    if (format->document) {
        ok = handover_write(&handing->dossier.handover, format, options, out, err);
    } else {
        struct writer *writer = writer_new(format, options, out);
        ok = write_rows(handing, layout, writer, err);
        writer_free(writer);
    }
    query_result_release(&own);
    free(layout);
    return ok;
}

/* ---- the plan ---- */

static const struct plan_entry **missing_of(const struct model *model, size_t *count)
{
    const struct kept_scenario *kept = kept_find(&model->plans, text_of(model->scenario.name));
    size_t most = kept ? kept->plan.count : 0;
    const struct plan_entry **missing = mem_zero(most + 1, sizeof *missing);
    *count = 0;
    for (size_t i = 0; i < most; i++) {
        const struct plan_entry *entry = &kept->plan.items[i];
        if (entry->planned.deliverables > 0 &&
            catalog_find(model->catalog, entry->platform, entry->key) == CATALOG_NONE)
            missing[(*count)++] = entry;
    }
    return missing;
}

static bool write_plan(struct handing *handing, const struct exporter *format,
                       const struct writer_options *options, struct writer_out out, struct err *err)
{
    const struct plan_place *plan = &handing->model->plan;
    struct plan_print print = {
        .sheet = handing->model->sheet, .rows = plan->members, .count = plan->member_count};
    print.missing = missing_of(handing->model, &print.missing_count);
    dossier_plan(&handing->dossier, plan->members, plan->member_count, print.missing,
                 print.missing_count, &plan->totals);
    bool ok = true;
    if (format->document) {
        ok = handover_write(&handing->dossier.handover, format, options, out, err);
    } else {
        struct writer *writer = writer_new(format, options, out);
        ok = plan_print_rows(&print, writer, format->people, err);
        writer_free(writer);
    }
    free(print.missing);
    return ok;
}

/* ---- the comparison ---- */

static bool begin_comparison(struct handing *handing, struct store *store, struct err *err)
{
    const struct model *model = handing->model;
    uint32_t rows[COMPARE_MOST];
    int reference, focus, count = hand_compared(model, rows, &reference, &focus);
    handing->all = mem_zero(1, sizeof *handing->all);
    compare_make(model->sheet, rows, count, reference, focus, handing->all);
    const struct bits *shown = rowset_rows(&model->result.rows);
    if (score_any(&model->weights) && shown) {
        score_make(model->sheet, shown, &model->weights, handing->all, &handing->score);
        score_add(&handing->score, handing->all);
    }
    return dossier_comparison(&handing->dossier, store, handing->all, err);
}

static bool write_comparison(struct handing *handing, const struct exporter *format,
                             const struct writer_options *options, struct writer_out out,
                             struct err *err)
{
    struct sheet *sheet = handing->model->sheet;
    if (format->document)
        return handover_write(&handing->dossier.handover, format, options, out, err);
    struct writer *writer = writer_new(format, options, out);
    bool ok = format->people ? compare_table(sheet, handing->all, writer, err)
                             : compare_plain(sheet, handing->all, writer, err);
    writer_free(writer);
    return ok;
}

/* ---- all of them ---- */

bool handing_begin(struct handing *handing, const struct model *model, enum hand_what what,
                   enum hand_whom whom, struct store *store, struct err *err)
{
    *handing = (struct handing){.model = model, .what = what, .whom = whom};
    dossier_init(&handing->dossier, model->sheet, model->now);
    handing->dossier.handover.assumptions = !model->hand.quiet_assumptions;
    handing->dossier.handover.estimates = !model->hand.quiet_estimates;
    return what != HAND_COMPARISON || begin_comparison(handing, store, err);
}

void handing_release(struct handing *handing)
{
    dossier_release(&handing->dossier);
    free(handing->all);
    handing->all = NULL;
}

struct writer_options handing_options(const struct model *model, enum hand_whom whom)
{
    return (struct writer_options){.widths = runtime_width_table(),
                                   .style = model->style,
                                   .exact = whom != HAND_CHAT,
                                   .cut = '>',
                                   .gather = 1 << 16};
}

bool handing_write(struct handing *handing, struct writer_out out, struct err *err)
{
    static bool (*const writers[HAND_WHATS])(
        struct handing * handing, const struct exporter *format,
        const struct writer_options *options, struct writer_out out, struct err *err) = {
        [HAND_LIST] = write_list, [HAND_PLAN] = write_plan, [HAND_COMPARISON] = write_comparison};
    struct writer_options options = handing_options(handing->model, handing->whom);
    const struct exporter *format = exporter_find(text_of(hand_whoms[handing->whom].format));
    return writers[handing->what](handing, format, &options, out, err);
}
