#include "xlsx_sums_internal.h"

#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"

/* The plan as a sheet whose sums stay live: posts, fees and assumptions can be changed, and cost,
 * reach, revenue and ROI follow. */

enum { HEAD_ROW = 4 }; /* from 0 */

struct sums {
    struct xlsx_sheet sheet;
    const struct handover_plan *plan;
    const struct scenario *scenario;
    lxw_row_t first, last; /* rows of creators, from 1 */
};

static void put_formula(struct sums *sums, lxw_col_t column, enum unit unit, double value,
                        char mark, enum xlsx_look look, const char *formula)
{
    struct buf text = BUF_INIT;
    sums_fill(&text, formula, sums->sheet.row + 1, sums->first, sums->last);
    xlsx_formula(&sums->sheet, column, unit, value, mark, look, buf_string(&text));
    buf_release(&text);
}

/* ---- A row ---- */

static const char *fee_is(const struct handover_planned *row)
{
    unsigned marks = row->figures ? row->figures->marks : 0;
    if (!row->figures)
        return "not in the store";
    if (marks & MARK_FEE_OWN)
        return "ours";
    if (marks & MARK_FEE_ESTIMATED)
        return "our estimate";
    return isnan(row->figures->fee) ? "unknown" : "asked";
}

static void text_cell(struct sums *sums, const struct handover_planned *row,
                      enum sums_column column)
{
    struct text text = column == SUMS_CREATOR       ? row->who.handle
                       : column == SUMS_PLATFORM    ? text_of(platforms[row->who.platform].word)
                       : column == SUMS_FEE_IS      ? text_of(fee_is(row))
                       : row->format == FORMAT_NONE ? TEXT("-")
                                                    : text_of(formats[row->format].word);
    xlsx_text(&sums->sheet, (lxw_col_t)column, text, XLSX_PLAIN);
}

static double posted(const struct handover_planned *row, const struct scenario *scenario)
{
    return row->figures && row->figures->marks & MARK_GIFTED ? scenario->fulfilment : 1;
}

static double value_of(const struct sums *sums, const struct handover_planned *row,
                       enum sums_column column)
{
    const struct sums_row *about = &sums_rows[column];
    double universe = sums->plan->totals->universe;
    if (about->fact != SUMS_NONE)
        return *(const double *)(const void *)((const char *)row + about->fact);
    if (column == SUMS_POSTS)
        return row->deliverables;
    if (column == SUMS_POSTED)
        return posted(row, sums->scenario);
    if (!row->figures)
        return column == SUMS_MISSED ? 1 : (double)NAN;
    if (column == SUMS_SHARE)
        return sums->scenario->budget > 0 ? row->figures->cost / sums->scenario->budget
                                          : (double)NAN;
    if (column == SUMS_MISSED)
        return number_known(row->figures->reach) && universe > 0
                   ? 1 - fmin(1, row->figures->reach / universe)
                   : 1;
    return *(const double *)(const void *)((const char *)row->figures + about->figure);
}

/* The formula of this cell; empty: there is none. */
static void formula_of(const struct sums *sums, const struct handover_planned *row,
                       enum sums_column column, struct buf *out)
{
    if (sums_rows[column].formula)
        buf_add_string(out, sums_rows[column].formula);
    else if (column == SUMS_REACH_ONE)
        sums_reach_one(out, row, sums->scenario);
    else if (column == SUMS_AUDIENCE)
        sums_audience(out, row);
    else if (column == SUMS_CLICKS)
        sums_clicks(out, row);
    else if (column == SUMS_FEE)
        sums_fee(out, row, sums->scenario);
}

static bool rests_on_fee(enum sums_column column)
{
    return column == SUMS_FEE || column == SUMS_COST || column == SUMS_SHARE ||
           column == SUMS_PROFIT || column == SUMS_ROI;
}

static void creator_row(struct sums *sums, const struct handover_planned *row)
{
    bool estimated = row->figures && row->figures->marks & MARK_FEE_ESTIMATED;
    struct buf formula = BUF_INIT;
    for (int i = 0; i < SUMS_COLUMNS; i++) {
        enum sums_column column = (enum sums_column)i;
        const struct sums_row *about = &sums_rows[i];
        char mark = estimated && rests_on_fee(column) ? '~' : 0;
        enum xlsx_look look = about->input ? XLSX_INPUT : XLSX_PLAIN;
        buf_clear(&formula);
        formula_of(sums, row, column, &formula);
        if (about->unit == UNIT_TEXT)
            text_cell(sums, row, column);
        else if (formula.length > 0)
            put_formula(sums, (lxw_col_t)i, about->unit, value_of(sums, row, column), mark, look,
                        buf_string(&formula));
        else
            xlsx_number(&sums->sheet, (lxw_col_t)i, about->unit, value_of(sums, row, column), mark,
                        look);
    }
    sums->sheet.row++;
    buf_release(&formula);
}

/* ---- Sums ---- */

static const struct {
    enum sums_column at;
    enum column total;
} totals_of[] = {
    {SUMS_POSTS, COL_DELIVERABLES},
    {SUMS_COST, COL_COST},
    {SUMS_REACH, COL_REACH},
    {SUMS_CLICKS, COL_CLICKS},
    {SUMS_ORDERS, COL_ORDERS},
    {SUMS_REVENUE, COL_REVENUE},
    {SUMS_CONTRIBUTION, COL_CONTRIBUTION},
    {SUMS_PROFIT, COL_PROFIT},
    {SUMS_ROI, COL_ROI},
};

static double total_at(const struct sums *sums, enum sums_column column)
{
    const struct totals *totals = sums->plan->totals;
    if (column == SUMS_SHARE)
        return totals->budget > 0 ? totals->cost.value / totals->budget : (double)NAN;
    for (size_t i = 0; i < COUNT_OF(totals_of); i++)
        if (totals_of[i].at == column)
            return totals_figure(totals, totals_of[i].total);
    return NAN;
}

static void total_row(struct sums *sums)
{
    bool estimated = sums->plan->totals->estimated_fees > 0;
    for (int i = 0; i <= SUMS_BREAKEVEN; i++) {
        enum sums_column column = (enum sums_column)i;
        char mark = estimated && rests_on_fee(column) ? '~' : 0;
        if (i == 0)
            xlsx_string(&sums->sheet, 0, "Together", XLSX_SUM);
        else if (sums_rows[i].total)
            put_formula(sums, (lxw_col_t)i, sums_rows[i].unit, total_at(sums, column), mark,
                        XLSX_SUM, sums_rows[i].total);
        else
            xlsx_number(&sums->sheet, (lxw_col_t)i, UNIT_COUNT, NAN, 0, XLSX_SUM);
    }
    sums->sheet.row += 2;
}

static const struct ratio {
    const char *title;
    enum unit unit;
    enum column total; /* COLUMN_COUNT: the budget; COL_AFFORDABLE: what is left of it */
    const char *formula;
} ratios[] = {
    {"Budget", UNIT_MONEY, COLUMN_COUNT, "budget"},
    {"Left of it", UNIT_PROFIT, COL_AFFORDABLE, "budget-{cost=}"},
    {"ROAS", UNIT_RATIO, COL_ROAS, "IFERROR({revenue&cost}/{cost&revenue},\"\")"},
    {"Cost of 1,000 reached", UNIT_UNIT_COST, COL_CPR,
     "IFERROR(1000*{cost&reach}/{reach&cost},\"\")"},
    {"Cost of a click", UNIT_UNIT_COST, COL_CPC, "IFERROR({cost&clicks}/{clicks&cost},\"\")"},
    {"Cost of an order", UNIT_UNIT_COST, COL_CPA, "IFERROR({cost&orders}/{orders&cost},\"\")"},
    {"Buy rate to break even", UNIT_SHARE, COL_BREAKEVEN_CVR,
     "IFERROR({cost&clicks}/({clicks&cost}*aov*(incremental*margin-commission)),\"\")"},
    {"Commission on top", UNIT_MONEY, COL_COMMISSION, "{revenue=}*commission"},
};

static void ratio_rows(struct sums *sums)
{
    const struct totals *totals = sums->plan->totals;
    for (size_t i = 0; i < COUNT_OF(ratios); i++) {
        double value = ratios[i].total == COLUMN_COUNT     ? totals->budget
                       : ratios[i].total == COL_AFFORDABLE ? totals->left
                                                           : totals_figure(totals, ratios[i].total);
        xlsx_string(&sums->sheet, 0, ratios[i].title, XLSX_PLAIN);
        put_formula(sums, 2, ratios[i].unit, value, 0, XLSX_PLAIN, ratios[i].formula);
        sums->sheet.row++;
    }
    sums->sheet.row++;
}

static void channel_row(struct sums *sums, const struct channel *channel)
{
    int n = (int)(channel - sums->scenario->channels) + 1;
    struct buf text = BUF_INIT;
    buf_addf(&text, "Same money in %s", channel->name);
    xlsx_text(&sums->sheet, 0, buf_text(&text), XLSX_PLAIN);
    buf_clear(&text);
    buf_addf(&text,
             "IF(ISNUMBER(channel.%d.roas),channel.%d.roas*channel.%d.incremental*margin-1,"
             "IF(COUNT(channel.%d.cpm,channel.%d.ctr,channel.%d.cvr)=3,IFERROR(1000/channel.%d.cpm"
             "*channel.%d.ctr*channel.%d.cvr*aov*channel.%d.incremental*margin-1,\"\"),\"\"))",
             n, n, n, n, n, n, n, n, n, n);
    put_formula(sums, 2, UNIT_ROI, channel_roi(sums->scenario, channel), 0, XLSX_PLAIN,
                buf_string(&text));
    sums->sheet.row++;
    buf_release(&text);
}

static void range_note(struct sums *sums)
{
    const struct totals *totals = sums->plan->totals;
    struct buf text = BUF_INIT;
    if (!number_known(totals->roi_p10))
        return;
    buf_add_string(&text, "As exported, 8 in 10 times ROI ends between ");
    show_number(&text, UNIT_ROI, totals->roi_p10, false, number_style_english);
    buf_add_string(&text, " and ");
    show_number(&text, UNIT_ROI, totals->roi_p90, false, number_style_english);
    buf_add_string(&text, "; this line does not follow changes.");
    sums->sheet.row++;
    xlsx_note(&sums->sheet, buf_string(&text));
    buf_release(&text);
}

/* ---- The whole ---- */

static void heading(struct sums *sums)
{
    struct xlsx_sheet *sheet = &sums->sheet;
    struct buf text = BUF_INIT;
    handover_title(sheet->xlsx->handover, &text);
    xlsx_text(sheet, 0, buf_text(&text), XLSX_TITLE);
    sheet->row = 1;
    buf_clear(&text);
    date_day_year(&text, sheet->xlsx->handover->at);
    buf_addf(&text, ", money in %s. ~ rests on a fee that is our estimate.",
             currencies[sums->scenario->currency].code);
    xlsx_note(sheet, buf_string(&text));
    xlsx_note(sheet, "Blue figures are yours to change, here and on the sheet Assumptions; all "
                     "others follow. Reach together counts nobody twice, at most.");
    sheet->row = HEAD_ROW;
    for (int i = 0; i < SUMS_COLUMNS; i++)
        xlsx_head(sheet, (lxw_col_t)i, sums_rows[i].title, sums_rows[i].unit);
    sheet->row++;
    buf_release(&text);
}

static void series(struct sums *sums, lxw_chart *chart, enum sums_column column, lxw_color_t color)
{
    lxw_chart_fill fill = {.color = color};
    lxw_chart_series *line = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(line, "Plan", sums->first - 1, SUMS_CREATOR, sums->last - 1,
                                SUMS_CREATOR);
    chart_series_set_values(line, "Plan", sums->first - 1, (lxw_col_t)column, sums->last - 1,
                            (lxw_col_t)column);
    chart_series_set_name(line, sums_rows[column].title);
    chart_series_set_fill(line, &fill);
}

/* What each costs beside what comes back. */
static void draw(struct sums *sums, lxw_row_t row)
{
    lxw_chart *chart = workbook_add_chart(sums->sheet.xlsx->book, LXW_CHART_COLUMN);
    series(sums, chart, SUMS_COST, 0x8A93A0);
    series(sums, chart, SUMS_CONTRIBUTION, 0x2B6FB5);
    chart_title_set_name(chart, "Cost and contribution of each creator");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    lxw_chart_options size = {.x_scale = 1.6, .y_scale = 1.1};
    worksheet_insert_chart_opt(sums->sheet.sheet, row, SUMS_FEE, chart, &size);
}

void xlsx_plan(struct xlsx *xlsx, const struct handover_plan *plan)
{
    const struct channel *channels[SCENARIO_CHANNELS];
    struct sums sums = {.plan = plan, .scenario = xlsx->handover->scenario};
    xlsx_sheet_open(&sums.sheet, xlsx, "Plan", SUMS_COLUMNS);
    sums.first = HEAD_ROW + 2;
    sums.last = HEAD_ROW + 1 + (lxw_row_t)(plan->count > 0 ? plan->count : 1);
    heading(&sums);
    for (size_t i = 0; i < plan->count; i++)
        creator_row(&sums, &plan->rows[i]);
    sums.sheet.row = sums.last;
    total_row(&sums);
    lxw_row_t below = sums.sheet.row;
    ratio_rows(&sums);
    int count = scenario_channels(sums.scenario, channels);
    for (int i = 0; i < count; i++)
        channel_row(&sums, channels[i]);
    range_note(&sums);
    if (sums.sheet.sheet && plan->count > 0)
        draw(&sums, below);
    if (sums.sheet.sheet)
        worksheet_print_area(sums.sheet.sheet, 0, 0, sums.sheet.row + 12, SUMS_BREAKEVEN);
    if (sums.sheet.sheet)
        worksheet_freeze_panes(sums.sheet.sheet, HEAD_ROW + 1, 1);
    xlsx_sheet_close(&sums.sheet);
}
