#include <math.h>
#include <stdio.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "plan_fill_internal.h"

/* What plan fill prints. */

/* ---- the changes ---- */

enum { CELL_PLATFORM, CELL_HANDLE, CELL_BEFORE, CELL_AFTER, CELL_COST, CELL_PROFIT, CELLS };

static const struct writer_column layout[CELLS] = {
    [CELL_PLATFORM] = {.key = "platform", .title = "Platform", .unit = UNIT_WORD},
    [CELL_HANDLE] = {.key = "handle", .title = "Handle", .unit = UNIT_TEXT},
    [CELL_BEFORE] = {.key = "posts_before", .title = "Posts now", .unit = UNIT_COUNT},
    [CELL_AFTER] = {.key = "posts_after", .title = "Then posts", .unit = UNIT_COUNT},
    [CELL_COST] = {.key = "cost", .title = "Cost more", .unit = UNIT_MONEY},
    [CELL_PROFIT] = {.key = "profit", .title = "Profit more", .unit = UNIT_PROFIT},
};

static bool print_changes(const struct plan_fill *filling, struct writer *writer, struct err *err)
{
    const struct catalog *catalog = &filling->session.catalog;
    bool ok = writer_begin(writer, layout, CELLS, err);
    for (size_t i = 0; i < filling->report->change_count && ok; i++) {
        const struct fill_change *change = &filling->report->changes[i];
        char mark = change->estimated ? '~' : 0;
        struct writer_cell cells[CELLS] = {
            [CELL_PLATFORM] = {.text =
                                   text_of(platforms[catalog_platform(catalog, change->row)].word)},
            [CELL_HANDLE] = {.text = catalog_text(catalog, COL_HANDLE, change->row)},
            [CELL_BEFORE] = {.number = change->before},
            [CELL_AFTER] = {.number = change->after},
            [CELL_COST] = {.number = change->cost, .mark = mark},
            [CELL_PROFIT] = {.number = change->profit, .mark = mark},
        };
        ok = writer_row(writer, cells, err);
    }
    return ok && writer_end(writer, err);
}

/* ---- for people ---- */

static void add_figure(struct buf *out, enum unit unit, double value, bool estimated,
                       struct number_style style)
{
    if (estimated)
        buf_add_char(out, '~');
    show_number(out, unit, value, false, style);
}

static double roi_of(const struct fill_sum *sum)
{
    return sum->cost > 0 ? sum->profit / sum->cost : (double)NAN;
}

static bool print_sums(const struct plan_fill *filling, const struct writer_options *options,
                       struct output *output, struct err *err)
{
    static const struct writer_column columns_of[] = {
        {.key = "figure", .title = ""},
        {.key = "now", .title = "Now", .right = true},
        {.key = "then", .title = "Then", .right = true},
    };
    const struct fill_sum *sums[] = {&filling->report->before, &filling->report->after};
    struct writer *writer =
        writer_new(exporter_find(TEXT("table")), options, output_writer(output));
    bool ok = writer_begin(writer, columns_of, COUNT_OF(columns_of), err);
    static const char *const titles[] = {"Cost", "Creators", "Profit", "ROI"};
    for (size_t i = 0; i < COUNT_OF(titles) && ok; i++) {
        struct buf figures[2] = {BUF_INIT, BUF_INIT};
        for (size_t k = 0; k < 2; k++) {
            const struct {
                enum unit unit;
                double value;
                bool estimated;
            } lines[] = {{UNIT_MONEY, sums[k]->cost, sums[k]->estimated},
                         {UNIT_COUNT, (double)sums[k]->creators, false},
                         {UNIT_PROFIT, sums[k]->profit, sums[k]->estimated},
                         {UNIT_ROI, roi_of(sums[k]), sums[k]->estimated}};
            add_figure(&figures[k], lines[i].unit, lines[i].value, lines[i].estimated,
                       filling->session.sheet.style);
        }
        struct writer_cell cells[] = {{.text = text_of(titles[i])},
                                      {.text = buf_text(&figures[0])},
                                      {.text = buf_text(&figures[1])}};
        ok = writer_row(writer, cells, err);
        buf_release(&figures[0]);
        buf_release(&figures[1]);
    }
    ok = ok && writer_end(writer, err);
    writer_free(writer);
    return ok;
}

static bool print_people(struct plan_fill *filling, const struct writer_options *options,
                         const struct exporter *format, struct output *output, struct err *err)
{
    const struct fill_report *report = filling->report;
    struct buf text = BUF_INIT;
    bool ok = true;
    if (report->change_count > 0) {
        struct writer *writer = writer_new(format, options, output_writer(output));
        ok = print_changes(filling, writer, err) && output_text(output, TEXT("\n"), err);
        writer_free(writer);
    }
    ok = ok && print_sums(filling, options, output, err);
    buf_add_char(&text, '\n');
    fill_judge(&filling->wish, report, filling->session.sheet.style, &text);
    buf_addf(&text, "\n%s ", currencies[filling->session.scenario.currency].code);
    fill_left(&filling->wish, report, filling->session.sheet.style, &text);
    fill_without(report, false, &text);
    buf_add_string(&text, filling->dry ? "\na dry run: nothing was changed\n" : "\n");
    ok = ok && output_text(output, buf_text(&text), err);
    buf_release(&text);
    return ok;
}

/* ---- as JSON ---- */

static bool sum_object(const struct fill_sum *sum, struct buf *out, struct err *err)
{
    static const struct writer_column columns_of[] = {
        {.key = "creators", .unit = UNIT_COUNT},
        {.key = "cost", .unit = UNIT_MONEY},
        {.key = "profit", .unit = UNIT_PROFIT},
        {.key = "roi", .unit = UNIT_ROI},
    };
    struct writer_cell cells[] = {{.number = (double)sum->creators},
                                  {.number = sum->cost},
                                  {.number = sum->profit},
                                  {.number = roi_of(sum)}};
    struct writer *writer = writer_new(exporter_find(TEXT("jsonl")), NULL, writer_out_buf(out));
    bool ok = writer_begin(writer, columns_of, COUNT_OF(columns_of), err) &&
              writer_row(writer, cells, err) && writer_end(writer, err);
    writer_free(writer);
    return ok;
}

static struct text trimmed(struct buf *json)
{
    while (json->length > 0 && json->at[json->length - 1] == '\n')
        buf_cut(json, json->length - 1);
    return buf_text(json);
}

static bool print_object(struct plan_fill *filling, struct output *output, struct err *err)
{
    static const struct writer_column columns_of[] = {
        {.key = "scenario", .unit = UNIT_TEXT},
        {.key = "currency", .unit = UNIT_WORD},
        {.key = "budget", .unit = UNIT_MONEY},
        {.key = "left", .unit = UNIT_MONEY},
        {.key = "now", .json = true},
        {.key = "then", .json = true},
        {.key = "changes", .json = true},
        {.key = "bound", .unit = UNIT_PROFIT},
        {.key = "gap", .unit = UNIT_SHARE},
        {.key = "proven", .json = true},
        {.key = "left_out", .unit = UNIT_COUNT},
    };
    const struct fill_report *report = filling->report;
    const struct scenario *scenario = &filling->session.scenario;
    struct buf now = BUF_INIT, then = BUF_INIT, changes = BUF_INIT;
    struct writer *rows = writer_new(exporter_find(TEXT("json")), NULL, writer_out_buf(&changes));
    struct writer *writer = writer_new(exporter_find(TEXT("jsonl")), NULL, output_writer(output));
    bool ok = sum_object(&report->before, &now, err) && sum_object(&report->after, &then, err) &&
              print_changes(filling, rows, err);
    struct writer_cell cells[] = {
        {.text = text_of(scenario->name)},
        {.text = text_of(currencies[scenario->currency].code)},
        {.number = filling->wish.budget},
        {.number = filling->wish.budget - report->spent},
        {.text = trimmed(&now)},
        {.text = trimmed(&then)},
        {.text = trimmed(&changes)},
        {.number = report->result.bound},
        {.number = fill_gap(report)},
        {.text = report->result.state == ALLOCATION_PROVEN ? TEXT("true") : TEXT("false")},
        {.number = (double)(report->unknown + report->guessed)},
    };
    ok = ok && writer_begin(writer, columns_of, COUNT_OF(columns_of), err) &&
         writer_row(writer, cells, err) && writer_end(writer, err);
    writer_free(rows);
    writer_free(writer);
    buf_release(&now);
    buf_release(&then);
    buf_release(&changes);
    return ok;
}

bool plan_fill_print(struct plan_fill *filling, const struct cli *cli,
                     const struct exporter *format, struct output *output, struct err *err)
{
    struct writer_options options = verb_writer_options(cli);
    if (format->people)
        return print_people(filling, &options, format, output, err);
    if (text_is(text_of(format->name), "json"))
        return print_object(filling, output, err);
    struct writer *writer = writer_new(format, &options, output_writer(output));
    bool ok = print_changes(filling, writer, err);
    writer_free(writer);
    return ok;
}
