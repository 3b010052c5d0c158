#include "app/why.h"

#include <ctype.h>
#include <math.h>

#include "app/goal_prompt.h"
#include "app_internal.h"
#include "base/vec.h"
#include "domain/growth.h"
#include "domain/show.h"

/* Why a creator's figure is what it is: its steps, and what stands around them. */

bool why_is_of_past(enum column column)
{
    return columns[column].kept && columns[column].unit != UNIT_TIME;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reasons come with English signs in their figures; these are the reader's. */
static void restyle(char *text, struct number_style style)
{
    char *to = text, before = '\0';
    for (const char *at = text; *at; at++) {
        bool inside = is_digit(before) && is_digit(at[1]);
        char sign = inside && *at == ',' ? style.group : inside && *at == '.' ? style.decimal : *at;
        before = *at;
        if (sign)
            *to++ = sign;
    }
    *to = '\0';
}

void why_build(struct model *model)
{
    uint32_t row = catalog_find_id(model->catalog, model->why_id);
    if (row == CATALOG_NONE) {
        model->overlay = OVERLAY_NONE;
        return;
    }
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    size_t past = model->history_id == model->why_id ? model->history_count : 0;
    if (why_is_of_past(model->why_column))
        model->why_count = growth_why(model->history, past, catalog_platform(model->catalog, row),
                                      model->why_column, model->why);
    else
        model->why_count = forecast_why(catalog_facts(model->catalog), &assumptions, row,
                                        model->why_column, model->why);
    for (int i = 0; i < model->why_count; i++)
        restyle(model->why[i].reason, model->style);
    scroll_settle(&model->overlay_scroll, (size_t)model->why_count, (size_t)model->why_count);
}

/* ---- what stands around them ---- */

struct text why_meaning(enum column column)
{
    struct text help = text_of(columns[column].help);
    size_t end = 0;
    while (end < help.length &&
           !(help.at[end] == '.' && (end + 1 == help.length || help.at[end + 1] == ' ')))
        end++;
    return text_part(help, 0, end + 1);
}

static double roi_with(const struct model *model, uint32_t row, const struct scenario *scenario)
{
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    struct figures figures;
    assumptions.scenario = scenario;
    forecast(catalog_facts(model->catalog), &assumptions, row, &figures);
    return figures.roi;
}

/* What a tenth more of it moves ROI by; NaN: nothing that could be turned so. */
static double moved_by(const struct model *model, uint32_t row, const char *key)
{
    struct scenario other = model->scenario;
    struct buf value = BUF_INIT;
    double moved = NAN, number = scenario_knob_number(&other, text_of(key));
    number_exact(&value, number * 1.1);
    if (number_known(number) && scenario_knob_set(&other, text_of(key), buf_text(&value), NULL))
        moved = roi_with(model, row, &other) - roi_with(model, row, &model->scenario);
    buf_release(&value);
    return moved;
}

/* The line of the assumption that moves ROI most; NULL: none does. */
static const struct why_line *strongest(const struct model *model, uint32_t row, double *moves)
{
    const struct why_line *found = NULL;
    *moves = 0;
    for (int i = 0; i < model->why_count; i++) {
        const struct why_line *line = &model->why[i];
        double by = line->assumed && line->parameter ? moved_by(model, row, line->parameter) : NAN;
        if (!number_known(by) || fabs(by) <= fabs(*moves))
            continue;
        found = line;
        *moves = by;
    }
    return found;
}

/* All of `part`, or nothing of it. */
static void add_fitting(struct buf *out, int cells, const struct buf *part)
{
    if ((int)(out->length + part->length) <= cells)
        buf_add_text(out, buf_text(part));
}

void why_say_inputs(const struct model *model, int cells, struct buf *out)
{
    uint32_t row = catalog_find_id(model->catalog, model->why_id);
    int inputs = 0, assumed = 0;
    double by;
    struct buf more = BUF_INIT;
    for (int i = 0; i < model->why_count; i++) {
        inputs += model->why[i].sign != '=' && i + 1 < model->why_count;
        assumed += model->why[i].assumed;
    }
    if (assumed == 0 || row == CATALOG_NONE)
        return;
    buf_addf(out, "! %d of %d inputs assumed", assumed, inputs > assumed ? inputs : assumed);
    const struct why_line *line = model->why_column == COL_ROI ? strongest(model, row, &by) : NULL;
    if (line) {
        buf_addf(&more, "  strongest: %s, 10%% more: %s", line->title, by > 0 ? "+" : "");
        number_fixed(&more, by * 100, fabs(by) < 0.1 ? 1 : 0, model->style);
        buf_add_string(&more, " pt");
    } else {
        buf_add_string(&more, ": your own figures belong there");
    }
    add_fitting(out, cells, &more);
    buf_release(&more);
}

/* The next mark above; NaN: none. */
static double next_mark(double roi)
{
    static const double marks[] = {0, 0.25, 0.5, 1, 2, 5};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (roi < marks[i])
            return marks[i];
    return NAN;
}

void why_say_goal(const struct model *model, int cells, struct buf *out)
{
    static const enum goal_input asked[] = {GOAL_FEE, GOAL_CVR, GOAL_AOV};
    uint32_t row = catalog_find_id(model->catalog, model->why_id);
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    double values[GOAL_INPUTS];
    if (row == CATALOG_NONE || model->why_column != COL_ROI)
        return;
    double goal = next_mark(roi_with(model, row, &model->scenario));
    if (isnan(goal)) /* unknown, or above all of them */
        return;
    goal_seek(catalog_facts(model->catalog), &assumptions, row, NULL, COL_ROI, goal, values);
    size_t told = 0;
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        struct buf part = BUF_INIT;
        const char *title = goal_input_title(asked[i]);
        if (!number_known(values[asked[i]]))
            continue;
        if (told == 0)
            buf_addf(&part, "For ROI %.0f%%: ", goal * 100);
        buf_addf(&part, "%s%c%s ", told ? ", or " : "", tolower((unsigned char)*title), title + 1);
        goal_input_show(&part, asked[i], values[asked[i]], model->style);
        size_t before = out->length;
        add_fitting(out, cells, &part);
        told += out->length > before;
        buf_release(&part);
    }
    struct buf more = BUF_INIT;
    buf_addf(&more, "   %s on ROI: other goals", model_key(model, 'e').text);
    if (told > 0)
        add_fitting(out, cells, &more);
    buf_release(&more);
}
