#include <math.h>
#include <string.h>

#include "app_internal.h"
#include "base/vec.h"

/* Where the parts of the plan stand, and what there is room for. */

#define GUTTER 4
#define NAME_LEAST 14
#define NAME_MOST 28
#define SHARE_LEAST 10
#define SHARE_MOST 16
#define BESIDE_FROM 100 /* columns from which the assumptions stand beside the rows */
#define SQUEEZED_WIDTH 6

/* In the order of the screen; what is kept longest has the greatest `keep`. */
static const struct {
    enum plan_part part;
    enum column column;
    int width, keep;
} standard[] = {
    {PLAN_NAME, COL_HANDLE, NAME_LEAST, 11},
    {PLAN_FIGURE, COL_DELIVERABLES, 5, 9},
    {PLAN_FIGURE, COL_FEE, 7, 7},
    {PLAN_FIGURE, COL_COST, 7, 8},
    {PLAN_SHARE, COL_COST, SHARE_LEAST, 4},
    {PLAN_FIGURE, COL_REACH, 7, 5},
    {PLAN_FIGURE, COL_ORDERS, 6, 3},
    {PLAN_FIGURE, COL_PROFIT, 8, 6},
    {PLAN_FIGURE, COL_ROI, 6, 10},
    {PLAN_FIGURE, COL_BREAKEVEN_FEE, 10, 2},
    {PLAN_WORD, COL_FORMAT, 6, 1},
};
_Static_assert(COUNT_OF(standard) == PLAN_COLUMNS_MOST, "room for all of them");

/* With the blank or the mark behind it. */
static int cells_of(const struct plan_column *column)
{
    return column->width + 1;
}

static int width_of(const struct plan_column *shown, int count)
{
    int width = GUTTER;
    for (int i = 0; i < count; i++)
        width += cells_of(&shown[i]);
    return width;
}

static int keep_of(const struct plan_column *column)
{
    for (size_t i = 0; i < COUNT_OF(standard); i++)
        if (standard[i].part == column->part && standard[i].column == column->column)
            return standard[i].keep;
    return 0;
}

static int weakest(const struct plan_column *shown, int count)
{
    int at = 0;
    for (int i = 1; i < count; i++)
        if (keep_of(&shown[i]) < keep_of(&shown[at]))
            at = i;
    return at;
}

int plan_columns(int width, struct plan_column out[PLAN_COLUMNS_MOST])
{
    int count = 0, at = GUTTER;
    for (size_t i = 0; i < COUNT_OF(standard); i++)
        out[count++] = (struct plan_column){
            .part = standard[i].part, .column = standard[i].column, .width = standard[i].width};
    while (count > 2 && width_of(out, count) > width) {
        int gone = weakest(out, count--);
        memmove(&out[gone], &out[gone + 1], (size_t)(count - gone) * sizeof *out);
    }
    int spare = width - width_of(out, count);
    for (int i = 0; i < count && spare != 0; i++) {
        int most = out[i].part == PLAN_NAME    ? NAME_MOST - NAME_LEAST
                   : out[i].part == PLAN_SHARE ? SHARE_MOST - SHARE_LEAST
                                               : 0;
        int more = spare < most ? spare : most;
        if (out[i].part == PLAN_NAME && more > 6 && count > 6)
            more = more * 3 / 5; /* the bar has some of it */
        out[i].width += more;
        spare -= more;
        if (out[i].width < SQUEEZED_WIDTH && out[i].part == PLAN_NAME)
            out[i].width = SQUEEZED_WIDTH;
    }
    for (int i = 0; i < count; i++) {
        out[i].at = at;
        at += cells_of(&out[i]);
    }
    return count;
}

/* ---- lines of the totals ---- */

static bool has_cost(const struct model *model)
{
    return model->plan.totals.cost.known > 0;
}

static bool has_roi(const struct model *model)
{
    return number_known(model->plan.totals.roi_p10);
}

static bool has_reach(const struct model *model)
{
    return number_known(model->plan.totals.net_reach.value);
}

static bool is_over(const struct model *model)
{
    return model->plan.totals.left < 0;
}

static bool has_unknown(const struct model *model)
{
    return model->plan.totals.unknown_costs > 0;
}

static bool leaves_to_chance(const struct model *model)
{
    return model->plan.totals.chance;
}

static bool anybody(const struct model *model)
{
    return model->plan.count > 0;
}

static const struct {
    int keep;
    bool (*said)(const struct model *model);
} lines[PLAN_LINES] = {
    [PLAN_SUMS] = {8, anybody},
    [PLAN_RANGE] = {6, has_roi},
    [PLAN_AGAINST] = {4, has_roi},
    [PLAN_REACH] = {3, has_reach},
    [PLAN_MONEY] = {1, has_cost},
    [PLAN_UNKNOWN] = {5, has_unknown},
    [PLAN_CHANCE] = {2, leaves_to_chance},
    [PLAN_OVER] = {7, is_over},
};

int plan_lines(const struct model *model, int room, enum plan_line out[PLAN_LINES])
{
    bool shown[PLAN_LINES] = {false};
    for (int keep = PLAN_LINES; keep > 0 && room > 0; keep--)
        for (int i = 0; i < PLAN_LINES; i++)
            if (lines[i].keep == keep && lines[i].said && lines[i].said(model)) {
                shown[i] = true;
                room--;
            }
    int count = 0;
    for (int i = 0; i < PLAN_LINES; i++)
        if (shown[i])
            out[count++] = (enum plan_line)i;
    return count;
}

/* ---- areas ---- */

static int side_width(int width)
{
    return width >= 150 ? 55 : 39;
}

/* Beside the rows, or below them where there is no width; where there is no height either, instead of
 * them while it has the focus. */
static struct area side_area(const struct model *model)
{
    struct area body = model->layout.body;
    if (body.columns >= BESIDE_FROM) {
        int width = side_width(body.columns);
        return (struct area){body.columns - width, body.row, width, body.rows};
    }
    int rows = body.rows >= 16 ? body.rows * 7 / 20 : model->plan.side ? body.rows : 0;
    return (struct area){0, body.row + body.rows - rows, body.columns, rows};
}

struct plan_layout plan_layout(const struct model *model)
{
    struct plan_layout it = {.side = side_area(model)};
    struct area rest = model->layout.body;
    enum plan_line shown[PLAN_LINES];
    if (it.side.column > 0)
        rest.columns = it.side.column - 1;
    else
        rest.rows -= it.side.rows;
    int rows = (int)(model->plan.count < 10000 ? model->plan.count : 10000) + 1;
    int least = rows < rest.rows / 2 ? rows : rest.rows / 2; /* creators come before small print */
    int totals = rest.rows - least - 1;
    totals = totals < 1 ? 0 : 1 + plan_lines(model, totals, shown);
    if (totals < 2 || model->plan.count == 0)
        totals = 0;
    if (rows > rest.rows - totals)
        rows = rest.rows - totals;
    it.rows = (struct area){rest.column, rest.row, rest.columns, rows};
    it.totals = (struct area){rest.column, rest.row + rows, rest.columns, totals};
    it.below = (struct area){rest.column, rest.row + rows + totals, rest.columns,
                             rest.rows - rows - totals};
    return it;
}

int side_help(const struct model *model)
{
    struct area side = plan_layout(model).side;
    if (!model->plan.side || side.rows < 6)
        return 0;
    return side.column > 0 ? 4 : 1;
}

int side_height(const struct model *model)
{
    int rows = plan_layout(model).side.rows - 1 - side_help(model);
    return rows > 0 ? rows : 0;
}
