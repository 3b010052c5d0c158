#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "plan_verb_internal.h"

/* microscope plan show: what the plan adds up to. */

/* Sums and ratios, in the order people read them. The reach of a plan is its net reach. */
static const struct sum {
    const char *key, *title;
    enum column column;
    bool people;
} sums[] = {
    {"cost", "Cost", COL_COST, true},
    {"commission", "Commission on top", COL_COMMISSION, false},
    {"net_reach", "Reached at least once", COL_REACH, true},
    {"frequency", "Times each sees it", COL_FREQUENCY, true},
    {"impressions", "Impressions", COL_IMPRESSIONS, true},
    {"engagements", "Engagements", COL_ENGAGEMENTS, true},
    {"clicks", "Clicks", COL_CLICKS, true},
    {"orders", "Orders", COL_ORDERS, true},
    {"revenue", "Revenue", COL_REVENUE, true},
    {"contribution", "Contribution", COL_CONTRIBUTION, true},
    {"profit", "Profit", COL_PROFIT, true},
    {"roi", "ROI", COL_ROI, true},
    {"roas", "ROAS", COL_ROAS, true},
    {"cpm", "Cost per 1,000 shown", COL_CPM, false},
    {"cpr", "Cost per 1,000 reached", COL_CPR, true},
    {"cpe", "Cost per engagement", COL_CPE, false},
    {"cpc", "Cost per click", COL_CPC, true},
    {"cpa", "Cost per order", COL_CPA, true},
    {"breakeven_cvr", "Buy rate to break even", COL_BREAKEVEN_CVR, true},
    {"breakeven_orders", "Orders to break even", COL_BREAKEVEN_ORDERS, true},
    {"roi_vs_baseline", "ROI vs the first channel", COL_ROI_VS_BASELINE, false},
    {"emv", "Earned media value", COL_EMV, false},
};

/* ---- for people ---- */

struct lines {
    struct writer *writer;
    struct number_style style;
    bool ok;
    struct err *err;
};

/* `figure` is text that is there already. */
static void line(struct lines *lines, const char *title, struct text figure, struct text note)
{
    struct writer_cell cells[] = {
        {.text = text_of(title)}, {.text = figure}, {.text = note.length ? note : TEXT(" ")}};
    lines->ok = lines->ok && writer_row(lines->writer, cells, lines->err);
}

static void show(struct buf *out, enum unit unit, double value, struct number_style style)
{
    show_number(out, unit, value, false, style);
}

/* The sign before it: an estimate, or a sum of which parts are unknown. */
static char sign_of(const struct totals *totals, const struct sum *sum, const struct total *total)
{
    if (total->estimated || (sum->column == COL_REACH && totals->universe_assumed))
        return '~';
    return total->at_least ? '>' : 0;
}

static void note_cost(const struct totals *totals, struct number_style style, struct buf *out)
{
    buf_add_string(out, "of ");
    show(out, UNIT_MONEY, totals->budget, style);
    buf_add_string(out, totals->left < 0 ? ", over by " : ", left ");
    show(out, UNIT_MONEY, fabs(totals->left), style);
}

static void note_reach(const struct totals *totals, struct number_style style, struct buf *out)
{
    buf_add_string(out, "at most; between ");
    show(out, UNIT_COUNT, totals->net_reach_low, style);
    buf_add_string(out, " and ");
    show(out, UNIT_COUNT, totals->net_reach_high, style);
    buf_add_string(out, ", of ");
    show(out, UNIT_COUNT, totals->universe, style);
    buf_add_string(out, totals->universe_assumed ? " people (assumed)" : " people");
}

static void note_roi(const struct totals *totals, struct number_style style, struct buf *out)
{
    buf_add_string(out, "8 in 10 between ");
    show(out, UNIT_ROI, totals->roi_p10, style);
    buf_add_string(out, " and ");
    show(out, UNIT_ROI, totals->roi_p90, style);
    buf_add_string(out, ", middle ");
    show(out, UNIT_ROI, totals->roi_p50, style);
    buf_add_string(out, ", mean ");
    show(out, UNIT_ROI, totals->roi.value, style);
}

static void note_orders(const struct totals *totals, struct number_style style, struct buf *out)
{
    (void)style;
    if (totals->chance)
        buf_add_string(out, "under 3: chance decides");
}

static const struct {
    enum column column;
    void (*note)(const struct totals *totals, struct number_style style, struct buf *out);
} notes[] = {
    {COL_COST, note_cost}, {COL_REACH, note_reach}, {COL_ROI, note_roi}, {COL_ORDERS, note_orders}};

static void sum_line(const struct totals *totals, const struct sum *sum, struct lines *lines)
{
    const struct total *total = total_of_column(totals, sum->column);
    struct buf figure = BUF_INIT, note = BUF_INIT;
    char sign = sign_of(totals, sum, total);
    if (sign)
        buf_add_char(&figure, sign);
    show(&figure, columns[sum->column].unit, total->value, lines->style);
    for (size_t i = 0; i < COUNT_OF(notes) && number_known(total->value); i++)
        if (notes[i].column == sum->column)
            notes[i].note(totals, lines->style, &note);
    if (total->known < totals->creators)
        buf_addf(&note, "%sknown of %zu of %zu", note.length ? "; " : "", total->known,
                 totals->creators);
    line(lines, sum->title, buf_text(&figure), buf_text(&note));
    buf_release(&figure);
    buf_release(&note);
}

static void channel_lines(const struct scenario *scenario, struct lines *lines)
{
    const struct channel *channels[SCENARIO_CHANNELS];
    int count = scenario_channels(scenario, channels);
    for (int i = 0; i < count; i++) {
        double roi = channel_roi(scenario, channels[i]);
        struct buf title = BUF_INIT, figure = BUF_INIT;
        buf_addf(&title, "Same money in %s", channels[i]->name);
        show(&figure, UNIT_ROI, roi, lines->style);
        line(lines, buf_string(&title), buf_text(&figure),
             number_known(roi) ? TEXT("") : TEXT("no click and buy rate, no measured ROAS"));
        buf_release(&title);
        buf_release(&figure);
    }
}

static bool heading(const struct plan_print *print, struct output *output, struct err *err)
{
    const struct totals *totals = &print->totals;
    const struct scenario *scenario = &print->session->scenario;
    size_t all = totals->creators + print->missing_count;
    struct buf text = BUF_INIT;
    if (all == 0)
        buf_addf(&text, "Nobody is in the plan of '%s': microscope plan add HANDLE\n",
                 scenario->name);
    else
        buf_addf(&text, "\nTotals of %zu of %zu creator%s in the plan of '%s', in %s",
                 totals->creators, all, all == 1 ? "" : "s", scenario->name,
                 currencies[scenario->currency].code);
    if (totals->estimated_fees > 0)
        buf_addf(&text, "; ~ rests on %zu fee%s that %s our estimate", totals->estimated_fees,
                 totals->estimated_fees == 1 ? "" : "s",
                 totals->estimated_fees == 1 ? "is" : "are");
    if (all > 0)
        buf_add_string(&text, "\n\n");
    bool ok = output_text(output, buf_text(&text), err);
    buf_release(&text);
    return ok;
}

static bool footing(const struct plan_print *print, struct output *output, struct err *err)
{
    return scenario_touched(&print->session->scenario) ||
           output_text(output, TEXT("\nAll of it rests on default assumptions.\n"), err);
}

/* What only some people want shows once they said what it is worth. */
static bool is_given(const struct totals *totals, const struct sum *sum)
{
    return sum->column == COL_EMV && number_known(totals->emv.value);
}

bool plan_print_totals(struct plan_print *print, const struct writer_options *options,
                       struct output *output, struct err *err)
{
    static const struct writer_column layout[] = {
        {.key = "total", .title = "Total"},
        {.key = "figure", .title = "Figure", .right = true},
        {.key = "note", .title = ""},
    };
    struct writer_options whole = *options;
    whole.text_cells = 0;
    if (!heading(print, output, err))
        return false;
    if (print->totals.creators + print->missing_count == 0)
        return true;
    struct lines lines = {writer_new(exporter_find(TEXT("table")), &whole, output_writer(output)),
                          print->session->sheet.style, true, err};
    lines.ok = writer_begin(lines.writer, layout, COUNT_OF(layout), err);
    for (size_t i = 0; i < COUNT_OF(sums); i++)
        if (sums[i].people || is_given(&print->totals, &sums[i]))
            sum_line(&print->totals, &sums[i], &lines);
    channel_lines(&print->session->scenario, &lines);
    bool ok = lines.ok && writer_end(lines.writer, err);
    writer_free(lines.writer);
    return ok && footing(print, output, err);
}

/* ---- as JSON ---- */

/* One object, without the newline behind it. */
static bool object(const struct writer_column *layout, const struct writer_cell *cells,
                   size_t count, struct buf *out, struct err *err)
{
    struct writer *writer = writer_new(exporter_find(TEXT("jsonl")), NULL, writer_out_buf(out));
    bool ok = writer_begin(writer, layout, count, err) && writer_row(writer, cells, err) &&
              writer_end(writer, err);
    writer_free(writer);
    while (ok && out->length > 0 && out->at[out->length - 1] == '\n')
        buf_cut(out, out->length - 1);
    return ok;
}

#define MEMBERS_MOST 48
struct members {
    struct writer_column layout[MEMBERS_MOST];
    struct writer_cell cells[MEMBERS_MOST];
    size_t count;
};

static void add_number(struct members *members, const char *key, enum unit unit, double number)
{
    members->layout[members->count] = (struct writer_column){.key = key, .unit = unit};
    members->cells[members->count++] = (struct writer_cell){.number = number};
}

static void add_text(struct members *members, const char *key, struct text text, bool json)
{
    members->layout[members->count] = (struct writer_column){.key = key, .json = json};
    members->cells[members->count++] = (struct writer_cell){.number = NAN, .text = text};
}

/* Of how many creators each is known, and which rest on an estimated fee. */
static bool known_object(const struct totals *totals, bool estimated, struct buf *out,
                         struct err *err)
{
    struct members members = {.count = 0};
    for (size_t i = 0; i < COUNT_OF(sums); i++) {
        const struct total *total = total_of_column(totals, sums[i].column);
        add_number(&members, sums[i].key, estimated ? UNIT_FLAG : UNIT_COUNT,
                   estimated ? total->estimated : (double)total->known);
    }
    return object(members.layout, members.cells, members.count, out, err);
}

static void add_plain(struct members *members, const struct totals *totals)
{
    const struct {
        const char *key;
        enum unit unit;
        double value;
    } plain[] = {
        {"creators", UNIT_COUNT, (double)totals->creators},
        {"estimated_fees", UNIT_COUNT, (double)totals->estimated_fees},
        {"unknown_costs", UNIT_COUNT, (double)totals->unknown_costs},
        {"budget", UNIT_MONEY, totals->budget},
        {"left", UNIT_MONEY, totals->left},
        {"roi_p10", UNIT_ROI, totals->roi_p10},
        {"roi_p50", UNIT_ROI, totals->roi_p50},
        {"roi_p90", UNIT_ROI, totals->roi_p90},
        {"chance", UNIT_FLAG, totals->chance},
        {"net_reach_low", UNIT_COUNT, totals->net_reach_low},
        {"net_reach_high", UNIT_COUNT, totals->net_reach_high},
        {"universe", UNIT_COUNT, totals->universe},
        {"universe_assumed", UNIT_FLAG, totals->universe_assumed},
        {"breakeven_roas", UNIT_RATIO, totals->breakeven_roas},
    };
    for (size_t i = 0; i < COUNT_OF(plain); i++)
        add_number(members, plain[i].key, plain[i].unit, plain[i].value);
}

static bool totals_object(const struct totals *totals, struct buf *out, struct err *err)
{
    struct members members = {.count = 0};
    struct buf known = BUF_INIT, estimated = BUF_INIT;
    bool ok =
        known_object(totals, false, &known, err) && known_object(totals, true, &estimated, err);
    add_plain(&members, totals);
    for (size_t i = 0; i < COUNT_OF(sums); i++)
        add_number(&members, sums[i].key, columns[sums[i].column].unit,
                   total_of_column(totals, sums[i].column)->value);
    add_text(&members, "known", buf_text(&known), true);
    add_text(&members, "estimated", buf_text(&estimated), true);
    ok = ok && object(members.layout, members.cells, members.count, out, err);
    buf_release(&known);
    buf_release(&estimated);
    return ok;
}

static bool channels_array(const struct scenario *scenario, struct buf *out, struct err *err)
{
    const struct channel *channels[SCENARIO_CHANNELS];
    int count = scenario_channels(scenario, channels);
    bool ok = true;
    buf_add_char(out, '[');
    for (int i = 0; i < count && ok; i++) {
        struct members members = {.count = 0};
        add_text(&members, "name", text_of(channels[i]->name), false);
        add_number(&members, "cpm", UNIT_UNIT_COST, channels[i]->cpm);
        add_number(&members, "roi", UNIT_ROI, channel_roi(scenario, channels[i]));
        buf_add_string(out, i ? ", " : "");
        ok = object(members.layout, members.cells, members.count, out, err);
    }
    buf_add_char(out, ']');
    return ok;
}

static bool rows_array(struct plan_print *print, struct buf *out, struct err *err)
{
    struct writer *writer = writer_new(exporter_find(TEXT("json")), NULL, writer_out_buf(out));
    bool ok = plan_print_rows(print, writer, false, err);
    writer_free(writer);
    while (ok && out->length > 0 && out->at[out->length - 1] == '\n')
        buf_cut(out, out->length - 1);
    return ok;
}

bool plan_print_object(struct plan_print *print, struct buf *out, struct err *err)
{
    const struct scenario *scenario = &print->session->scenario;
    struct members members = {.count = 0};
    struct buf rows = BUF_INIT, totals = BUF_INIT, channels = BUF_INIT;
    bool ok = rows_array(print, &rows, err) && totals_object(&print->totals, &totals, err) &&
              channels_array(scenario, &channels, err);
    add_text(&members, "scenario", text_of(scenario->name), false);
    add_text(&members, "currency", text_of(currencies[scenario->currency].code), false);
    add_text(&members, "creators", buf_text(&rows), true);
    add_text(&members, "totals", buf_text(&totals), true);
    add_text(&members, "channels", buf_text(&channels), true);
    ok = ok && object(members.layout, members.cells, members.count, out, err);
    buf_add_char(out, '\n');
    buf_release(&rows);
    buf_release(&totals);
    buf_release(&channels);
    return ok;
}
