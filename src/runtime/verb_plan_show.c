#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "plan_verb_internal.h"
#include "runtime/clock.h"

/* microscope plan show: the rows. */

bool plan_print_make(struct plan_print *print, struct err *err)
{
    struct session *session = print->session;
    struct scenario as_kept;
    print->sheet = &session->sheet;
    if (!store_scenario_get(session->store, text_of(session->scenario.name), &as_kept,
                            &print->entries, err))
        return false;
    print->rows = mem_zero(print->entries.count + 1, sizeof *print->rows);
    print->missing = mem_zero(print->entries.count + 1, sizeof *print->missing);
    for (size_t i = 0; i < print->entries.count; i++) {
        const struct plan_entry *entry = &print->entries.items[i];
        uint32_t row = catalog_find(&session->catalog, entry->platform, entry->key);
        if (entry->planned.deliverables == 0)
            continue;
        if (row == CATALOG_NONE)
            print->missing[print->missing_count++] = entry;
        else
            print->rows[print->count++] = row;
    }
    struct assumptions assumptions = sheet_assumptions(&session->sheet);
    totals_make(&print->totals, catalog_facts(&session->catalog), &assumptions, print->rows,
                print->count);
    return true;
}

void plan_print_release(struct plan_print *print)
{
    totals_release(&print->totals);
    plan_entries_release(&print->entries);
    free(print->rows);
    free(print->missing);
}

/* ---- rows ---- */

enum row_part { ROW_COLUMN, ROW_CURRENCY, ROW_SHARE };
static const struct row_column {
    enum row_part part;
    enum column column;
    bool people, programs;
    const char *title; /* NULL: the column's */
} row_columns[] = {
    {ROW_COLUMN, COL_PLATFORM, true, true, NULL},
    {ROW_COLUMN, COL_HANDLE, true, true, NULL},
    {ROW_COLUMN, COL_NAME, false, true, NULL},
    {ROW_COLUMN, COL_DELIVERABLES, true, true, "Posts"},
    {ROW_COLUMN, COL_FORMAT, true, true, NULL},
    {ROW_COLUMN, COL_FEE, true, true, NULL},
    {ROW_CURRENCY, COL_CURRENCY, false, true, NULL},
    {ROW_COLUMN, COL_FEE_ORIGIN, false, true, NULL},
    {ROW_COLUMN, COL_COST, true, true, NULL},
    {ROW_SHARE, COL_COST, true, true, "Of budget"},
    {ROW_COLUMN, COL_REACH, true, true, NULL},
    {ROW_COLUMN, COL_IMPRESSIONS, false, true, NULL},
    {ROW_COLUMN, COL_ENGAGEMENTS, false, true, NULL},
    {ROW_COLUMN, COL_CLICKS, false, true, NULL},
    {ROW_COLUMN, COL_ORDERS, true, true, NULL},
    {ROW_COLUMN, COL_REVENUE, false, true, NULL},
    {ROW_COLUMN, COL_CONTRIBUTION, false, true, NULL},
    {ROW_COLUMN, COL_PROFIT, true, true, NULL},
    {ROW_COLUMN, COL_ROI, true, true, NULL},
    {ROW_COLUMN, COL_ROI_P10, false, true, NULL},
    {ROW_COLUMN, COL_ROI_P50, false, true, NULL},
    {ROW_COLUMN, COL_ROI_P90, false, true, NULL},
    {ROW_COLUMN, COL_BREAKEVEN_FEE, true, true, NULL},
    {ROW_COLUMN, COL_BREAKEVEN_CVR, false, true, NULL},
    {ROW_COLUMN, COL_EMV, false, true, NULL},
};

#define ROW_CELLS COUNT_OF(row_columns)

static struct writer_column column_of(const struct row_column *row)
{
    if (row->part == ROW_SHARE)
        return (struct writer_column){
            .key = "budget_share", .title = row->title, .unit = UNIT_SHARE};
    return (struct writer_column){.key = columns[row->column].key,
                                  .title = row->title ? row->title : columns[row->column].title,
                                  .unit = columns[row->column].unit};
}

/* Money is in the scenario's currency throughout. */
static struct writer_cell cell_of(struct plan_print *print, const struct row_column *column,
                                  uint32_t row, struct buf *text)
{
    const struct scenario *scenario = print->sheet->scenario;
    struct writer_cell cell = verb_cell(print->sheet, column->column, row, true, text);
    if (column->part == ROW_CURRENCY)
        cell.text = text_of(currencies[scenario->currency].code);
    if (column->part == ROW_SHARE)
        cell.number /= scenario->budget > 0 ? scenario->budget : (double)NAN;
    return cell;
}

static struct writer_cell missing_cell(const struct plan_entry *entry,
                                       const struct row_column *column)
{
    const struct planned *planned = &entry->planned;
    struct writer_cell cell = {.number = NAN};
    if (column->column == COL_PLATFORM)
        cell.text = text_of(platforms[entry->platform].word);
    if (column->column == COL_HANDLE)
        cell.text = entry->key;
    if (column->column == COL_DELIVERABLES)
        cell.number = planned->deliverables;
    if (column->column == COL_FORMAT && planned->format != FORMAT_NONE)
        cell.text = text_of(formats[planned->format].word);
    return cell;
}

/* `row` CATALOG_NONE: one of whom the plan alone knows. */
static bool write_row(struct plan_print *print, const struct row_column *const *shown, size_t count,
                      uint32_t row, const struct plan_entry *missing, struct writer *writer,
                      struct err *err)
{
    struct writer_cell cells[ROW_CELLS] = {{.mark = 0}};
    struct buf texts[ROW_CELLS] = {{.at = NULL}};
    for (size_t i = 0; i < count; i++)
        cells[i] = row == CATALOG_NONE ? missing_cell(missing, shown[i])
                                       : cell_of(print, shown[i], row, &texts[i]);
    bool ok = writer_row(writer, cells, err);
    for (size_t i = 0; i < count; i++)
        buf_release(&texts[i]);
    return ok;
}

bool plan_print_rows(struct plan_print *print, struct writer *writer, bool people, struct err *err)
{
    const struct row_column *shown[ROW_CELLS];
    struct writer_column layout[ROW_CELLS];
    size_t count = 0;
    char fee[16];
    for (size_t i = 0; i < ROW_CELLS; i++) {
        if (!(people ? row_columns[i].people : row_columns[i].programs))
            continue;
        layout[count] = column_of(&row_columns[i]);
        shown[count++] = &row_columns[i];
    }
    snprintf(fee, sizeof fee, "Fee %s", currencies[print->sheet->scenario->currency].code);
    for (size_t i = 0; i < count; i++)
        if (shown[i]->column == COL_FEE)
            layout[i].title = fee;
    bool ok = writer_begin(writer, layout, count, err);
    for (size_t i = 0; i < print->count && ok; i++)
        ok = write_row(print, shown, count, print->rows[i], NULL, writer, err);
    for (size_t i = 0; i < print->missing_count && ok; i++)
        ok = write_row(print, shown, count, CATALOG_NONE, print->missing[i], writer, err);
    return ok && writer_end(writer, err);
}

/* ---- all of it ---- */

static bool is_object(const struct exporter *format)
{
    return text_is(text_of(format->name), "json");
}

static bool print_object(struct plan_print *print, struct output *output, struct err *err)
{
    struct buf text = BUF_INIT;
    bool ok = plan_print_object(print, &text, err) && output_text(output, buf_text(&text), err);
    buf_release(&text);
    return ok;
}

static bool print_table(struct plan_print *print, const struct cli *cli,
                        const struct exporter *format, struct output *output, struct err *err)
{
    struct writer_options options = verb_writer_options(cli);
    struct writer *writer = writer_new(format, &options, output_writer(output));
    bool ok = plan_print_rows(print, writer, format->people, err);
    writer_free(writer);
    return ok && (!format->people || plan_print_totals(print, &options, output, err));
}

void plan_print_hand(const struct plan_print *print, struct dossier *dossier)
{
    dossier_plan(dossier, print->rows, print->count, print->missing, print->missing_count,
                 &print->totals);
}

static bool print_document(struct plan_print *print, const struct cli *cli,
                           const struct exporter *format, struct output *output, struct err *err)
{
    struct writer_options options = verb_writer_options(cli);
    struct dossier dossier;
    dossier_init(&dossier, &print->session->sheet, clock_now());
    plan_print_hand(print, &dossier);
    bool ok = handover_write(&dossier.handover, format, &options, output_writer(output), err);
    dossier_release(&dossier);
    return ok;
}

static bool print_any(struct plan_print *print, const struct cli *cli,
                      const struct exporter *format, struct output *output, struct err *err)
{
    if (format->document)
        return print_document(print, cli, format, output, err);
    return is_object(format) ? print_object(print, output, err)
                             : print_table(print, cli, format, output, err);
}

static void say_missing(const struct plan_print *print)
{
    for (size_t i = 0; i < print->missing_count; i++)
        say("%s/%.*s is in the plan, but not in the store: in no figure",
            platforms[print->missing[i]->platform].word, (int)print->missing[i]->key.length,
            print->missing[i]->key.at);
}

int plan_print_out(struct plan_print *print, const struct cli *cli, const struct exporter *format)
{
    struct output output;
    struct err err;
    output_init(&output);
    bool ok = print_any(print, cli, format, &output, &err);
    int status = output_end(&output, ok, &err) ? EXIT_DONE : verb_failed(&err);
    if (status == EXIT_DONE && format->people)
        say_missing(print);
    output_release(&output);
    return status;
}

bool plan_budget(const struct cli *cli, struct scenario *scenario, struct err *err)
{
    const char *word = cli->values[OPTION_BUDGET];
    double budget;
    if (!word)
        return true;
    if (!show_read(text_of(word), UNIT_MONEY, cli->config->style, &budget))
        return err_set(err, "'--budget' takes an amount like 5000 or 2.5k, not '%s'", word);
    return scenario_set(scenario, parameter_at(offsetof(struct scenario, budget)), budget, err);
}

int plan_show(const struct cli *cli, const char *const *words, size_t count)
{
    struct session session;
    struct plan_print print = {.session = &session};
    struct err err;
    int status;
    (void)words;
    (void)count;
    const struct exporter *format = verb_format(cli, "table", &err);
    if (!format)
        return verb_misused(&err);
    if (!verb_session(cli, &session))
        return EXIT_FAILED;
    totals_init(&print.totals);
    if (!plan_budget(cli, &session.scenario, &err))
        status = verb_misused(&err);
    else if (!plan_print_make(&print, &err))
        status = verb_failed(&err);
    else
        status = plan_print_out(&print, cli, format);
    plan_print_release(&print);
    session_close(&session);
    return status;
}
