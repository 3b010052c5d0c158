#include "xlsx_sums_internal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "domain/currency.h"

const struct sums_row sums_rows[SUMS_COLUMNS] = {
    [SUMS_CREATOR] = {"creator", "Creator", UNIT_TEXT, NULL, NULL, SUMS_NONE, SUMS_NONE, false},
    [SUMS_PLATFORM] = {"platform", "Platform", UNIT_TEXT, NULL, NULL, SUMS_NONE, SUMS_NONE, false},
    [SUMS_POSTS] = {"posts", "Posts", UNIT_COUNT, NULL, "SUM({posts*})", SUMS_NONE, SUMS_NONE,
                    true},
    [SUMS_FORMAT] = {"format", "Format", UNIT_TEXT, NULL, NULL, SUMS_NONE, SUMS_NONE, false},
    [SUMS_FEE] = {"fee", "Fee", UNIT_MONEY, NULL, NULL, offsetof(struct figures, fee), SUMS_NONE,
                  true},
    [SUMS_FEE_IS] = {"fee_is", "The fee is", UNIT_TEXT, NULL, NULL, SUMS_NONE, SUMS_NONE, false},
    [SUMS_COST] = {"cost", "Cost", UNIT_MONEY,
                   "IF(COUNT({posts},{fee})=2,{posts}*{fee}*(1-discount)*(1+other_share)"
                   "+IF({posts}>=1,creator_cost,0),\"\")",
                   "SUM({cost*})", offsetof(struct figures, cost), SUMS_NONE, false},
    [SUMS_SHARE] = {"share", "Of budget", UNIT_SHARE, "IFERROR({cost}/budget,\"\")",
                    "IFERROR({cost=}/budget,\"\")", SUMS_NONE, SUMS_NONE, false},
    [SUMS_REACH] = {"reach", "Reach", UNIT_COUNT,
                    "IF(COUNT({posts},{reach_one},{audience},{posted})=4,IF({reach_one}=0,0,"
                    "{posted}*{audience}*(1-(1-{reach_one}/{audience})^{posts})),\"\")",
                    "IF(ISNUMBER(universe),universe,3*SUM({audience*}))*(1-PRODUCT({missed*}))",
                    offsetof(struct figures, reach), SUMS_NONE, false},
    [SUMS_CLICKS] = {"clicks", "Clicks", UNIT_ESTIMATE, NULL, "SUM({clicks*})",
                     offsetof(struct figures, clicks), SUMS_NONE, false},
    [SUMS_ORDERS] = {"orders", "Orders", UNIT_ESTIMATE, "IF(ISNUMBER({clicks}),{clicks}*cvr,\"\")",
                     "SUM({orders*})", offsetof(struct figures, orders), SUMS_NONE, false},
    [SUMS_REVENUE] = {"revenue", "Revenue", UNIT_MONEY, "IF(ISNUMBER({orders}),{orders}*aov,\"\")",
                      "SUM({revenue*})", offsetof(struct figures, revenue), SUMS_NONE, false},
    [SUMS_CONTRIBUTION] = {"contribution", "Contribution", UNIT_MONEY,
                           "IF(ISNUMBER({revenue}),{revenue}*(incremental*margin-commission),\"\")",
                           "SUM({contribution*})", offsetof(struct figures, contribution),
                           SUMS_NONE, false},
    [SUMS_PROFIT] = {"profit", "Profit", UNIT_PROFIT,
                     "IF(COUNT({contribution},{cost})=2,{contribution}-{cost},\"\")",
                     "SUM({profit*})", offsetof(struct figures, profit), SUMS_NONE, false},
    [SUMS_ROI] = {"roi", "ROI", UNIT_ROI, "IFERROR({profit}/{cost},\"\")",
                  "IFERROR({profit=}/{cost&profit},\"\")", offsetof(struct figures, roi), SUMS_NONE,
                  false},
    [SUMS_BREAKEVEN] = {"breakeven", "Break-even fee", UNIT_MONEY,
                        "IFERROR(IF({contribution}/{posted}<creator_cost,\"never\","
                        "({contribution}/{posted}-creator_cost)/({posts}*(1+other_share))),\"\")",
                        NULL, offsetof(struct figures, breakeven_fee), SUMS_NONE, false},
    [SUMS_FOLLOWERS] = {"followers", "Followers", UNIT_COUNT, NULL, NULL, SUMS_NONE,
                        offsetof(struct handover_planned, followers), true},
    [SUMS_BELIEVED] = {"believed", "Believed real", UNIT_SHARE, NULL, NULL, SUMS_NONE,
                       offsetof(struct handover_planned, credibility), true},
    [SUMS_MARKET] = {"market", "In the market", UNIT_SHARE, NULL, NULL, SUMS_NONE,
                     offsetof(struct handover_planned, audience_market), true},
    [SUMS_VIEWS] = {"views", "Views of a post", UNIT_COUNT, NULL, NULL, SUMS_NONE,
                    offsetof(struct handover_planned, views), true},
    [SUMS_GIVEN] = {"given", "Reach of a post, as reported", UNIT_COUNT, NULL, NULL, SUMS_NONE,
                    offsetof(struct handover_planned, reach_post), true},
    [SUMS_REACH_ONE] = {"reach_one", "Reach of a post", UNIT_COUNT, NULL, NULL,
                        offsetof(struct figures, reach_one), SUMS_NONE, false},
    [SUMS_AUDIENCE] = {"audience", "Audience", UNIT_COUNT, NULL, NULL,
                       offsetof(struct figures, audience), SUMS_NONE, false},
    [SUMS_INDEX] = {"index", "ER vs peers", UNIT_RATIO, NULL, NULL,
                    offsetof(struct figures, er_index), SUMS_NONE, true},
    [SUMS_FACTOR] = {"factor", "Clicks for that", UNIT_RATIO,
                     "IF(ISNUMBER({index}),MAX(clamp_low,MIN(clamp_high,{index}))^epsilon,1)", NULL,
                     offsetof(struct figures, response_factor), SUMS_NONE, false},
    [SUMS_POSTED] = {"posted", "Posts that come", UNIT_SHARE,
                     "IF(AND(ISNUMBER({fee}),{fee}=0,{fee_is}<>\"our estimate\"),fulfilment,1)",
                     NULL, SUMS_NONE, SUMS_NONE, false},
    [SUMS_MISSED] = {"missed", "Not reached", UNIT_SHARE,
                     "IFERROR(IF(ISNUMBER({reach}),1-MIN(1,{reach}/IF(ISNUMBER(universe),universe,"
                     "3*SUM({audience*}))),1),1)",
                     NULL, SUMS_NONE, SUMS_NONE, false},
};

/* ---- Cells in words ---- */

static void letters(struct buf *out, enum sums_column column)
{
    if (column >= 26)
        buf_add_char(out, (char)('A' + column / 26 - 1));
    buf_add_char(out, (char)('A' + column % 26));
}

static void add_cell(struct buf *out, enum sums_column column, lxw_row_t row)
{
    letters(out, column);
    buf_addf(out, "%u", (unsigned)row);
}

static enum sums_column column_named(struct text key)
{
    int column = 0;
    while (column < SUMS_COLUMNS && !text_is(key, sums_rows[column].key))
        column++;
    assert(column < SUMS_COLUMNS);
    return (enum sums_column)column;
}

static void add_range(struct buf *out, enum sums_column column, lxw_row_t first, lxw_row_t last)
{
    add_cell(out, column, first);
    buf_add_char(out, ':');
    add_cell(out, column, last);
}

/* The sum of one column over the rows that know the other too. */
static void add_both(struct buf *out, struct text word, size_t sign, lxw_row_t first,
                     lxw_row_t last)
{
    buf_add_string(out, "SUMPRODUCT(--ISNUMBER(");
    add_range(out, column_named(text_part(word, sign + 1, word.length)), first, last);
    buf_add_string(out, "),");
    add_range(out, column_named(text_part(word, 0, sign)), first, last);
    buf_add_char(out, ')');
}

static void add_word(struct buf *out, struct text word, lxw_row_t row, lxw_row_t first,
                     lxw_row_t last)
{
    char kind = word.at[word.length - 1];
    struct text key = text_part(word, 0, word.length - (kind == '*' || kind == '='));
    size_t sign;
    if (text_find(word, TEXT("&"), &sign))
        add_both(out, word, sign, first, last);
    else if (kind == '*')
        add_range(out, column_named(key), first, last);
    else
        add_cell(out, column_named(key), kind == '=' ? last + 1 : row);
}

void sums_fill(struct buf *out, const char *formula, lxw_row_t row, lxw_row_t first, lxw_row_t last)
{
    buf_add_char(out, '=');
    for (const char *at = formula; *at; at++) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (end) {
            add_word(out, (struct text){at + 1, (size_t)(end - at) - 1}, row, first, last);
            at = end;
        } else {
            buf_add_char(out, *at);
        }
    }
}

/* ---- What differs from row to row ---- */

#define IN_MARKET "*IF(ISNUMBER({market}),{market},1)"
#define CREDIBLE "{followers}*IF(ISNUMBER({believed}),MIN(1,{believed}/typical_credibility),1)"

static const char *key_at(size_t offset)
{
    return parameters[parameter_at(offset)].key;
}

/* The rate of an anchor: an assumption, or of a table that is in force instead. */
static void add_rate(struct buf *out, const struct scenario *scenario, enum format format, int at)
{
    const struct reach_curve *curve = scenario_reach(scenario, format);
    if (curve == &scenario->reach[format])
        buf_add_string(out,
                       key_at(offsetof(struct scenario, reach) + (size_t)format * sizeof *curve +
                              offsetof(struct reach_curve, rate) + (size_t)at * sizeof(double)));
    else
        number_exact(out, curve->rate[at]);
}

/* Between this anchor and the next: linear in the logarithm of followers. */
static void add_slope(struct buf *out, const struct scenario *scenario, enum format format, int at)
{
    const double *from = scenario_reach(scenario, format)->from + at;
    add_rate(out, scenario, format, at);
    buf_add_string(out, "+(");
    add_rate(out, scenario, format, at + 1);
    buf_add_char(out, '-');
    add_rate(out, scenario, format, at);
    buf_addf(out, ")*LN({followers}/%.0f)/LN(%.0f/%.0f)", from[0], from[1], from[0]);
}

/* Steps, or slopes between the anchors; flat outside. */
static void add_curve(struct buf *out, const struct scenario *scenario, enum format format)
{
    const struct reach_curve *curve = scenario_reach(scenario, format);
    for (int i = 0; i + 1 < curve->count; i++) {
        buf_add_string(out, curve->steps ? "IF({followers}<" : "IF({followers}<=");
        number_exact(out, curve->from[curve->steps ? i + 1 : i]);
        buf_add_char(out, ',');
        if (!curve->steps && i > 0)
            add_slope(out, scenario, format, i - 1);
        else
            add_rate(out, scenario, format, i);
        buf_add_char(out, ',');
    }
    int last = curve->count - 1;
    if (!curve->steps && last > 0) {
        buf_addf(out, "IF({followers}<%.0f,", curve->from[last]);
        add_slope(out, scenario, format, last - 1);
        buf_add_char(out, ',');
        add_rate(out, scenario, format, last);
        buf_add_char(out, ')');
    } else {
        add_rate(out, scenario, format, last);
    }
    for (int i = 0; i + 1 < curve->count; i++)
        buf_add_char(out, ')');
}

void sums_reach_one(struct buf *out, const struct handover_planned *row,
                    const struct scenario *scenario)
{
    if (row->format == FORMAT_NONE)
        return;
    buf_add_string(out, "IF(ISNUMBER({given}),{given}" IN_MARKET ",");
    if (formats[row->format].by_views) {
        buf_addf(
            out, "IF(ISNUMBER({views}),{views}*%s" IN_MARKET ",\"\"))",
            key_at(offsetof(struct scenario, unique_share) + (size_t)row->format * sizeof(double)));
        return;
    }
    buf_add_string(out, "IF(ISNUMBER({followers})," CREDIBLE "*MIN(1,");
    add_curve(out, scenario, row->format);
    buf_add_string(out, ")" IN_MARKET ",\"\"))");
}

void sums_audience(struct buf *out, const struct handover_planned *row)
{
    if (row->format == FORMAT_NONE)
        return;
    buf_add_string(out, formats[row->format].by_views
                            ? "IF(ISNUMBER({reach_one}),headroom*{reach_one},\"\")"
                            : "IF(COUNT({reach_one},{followers})=2,MAX(" CREDIBLE
                              ",{reach_one}),\"\")");
}

void sums_clicks(struct buf *out, const struct handover_planned *row)
{
    if (row->format != FORMAT_NONE)
        buf_addf(out, "IF(ISNUMBER({reach}),{reach}*MIN(1,%s*{factor}),\"\")",
                 key_at(offsetof(struct scenario, ctr) + (size_t)row->format * sizeof(double)));
}

/* ---- The fee ---- */

static bool about(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

static void add_estimate(struct buf *out, const struct handover_planned *row,
                         const struct scenario *scenario)
{
    bool views = formats[row->format].by_views;
    bool tiktok = formats[row->format].platform == PLATFORM_TIKTOK;
    double each = !views   ? scenario->estimate_follower / 10000
                  : tiktok ? scenario->estimate_views_tiktok / 1000
                           : scenario->estimate_views / 1000;
    if (!about(row->figures->fee, (views ? row->views : row->followers) * each))
        return; /* somebody else's estimate, imported */
    if (views)
        buf_addf(out, "IF(ISNUMBER({views}),{views}/1000*%s,\"\")",
                 tiktok ? "estimate_views_tiktok" : "estimate_views");
    else
        buf_add_string(out, "IF(ISNUMBER({followers}),{followers}/10000*estimate_follower,\"\")");
}

void sums_fee(struct buf *out, const struct handover_planned *row, const struct scenario *scenario)
{
    if (!row->figures || row->figures->marks & MARK_FEE_OWN)
        return;
    double rate = scenario_rate(scenario, row->currency);
    if (row->figures->marks & MARK_FEE_ESTIMATED) {
        add_estimate(out, row, scenario);
    } else if (row->currency != CURRENCY_NONE && row->currency != scenario->currency && rate > 0) {
        number_exact(out, row->figures->fee / rate);
        buf_addf(out, "*rate.%s", currencies[row->currency].code);
    }
}
