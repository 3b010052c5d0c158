#include <math.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "catalog/score.h"
#include "spoken_internal.h"

/* Why a figure is what it is, and why one creator beats another. */

static const struct {
    char sign;
    const char *word;
} steps[] = {{' ', ""},      {'x', "times "}, {'=', "gives "},
             {'-', "less "}, {'+', "plus "},  {'/', "divided by "}};

static void add_step(const struct model *model, const struct why_line *line, struct buf *out)
{
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (steps[i].sign == line->sign)
            buf_add_string(out, steps[i].word);
    buf_addf(out, "%s: ", line->title);
    spoken_value(model, line->unit, line->value, out);
    if (line->assumed)
        buf_add_string(out, ", assumed");
    buf_add_string(out, line->reason[0] ? "; " : "");
    spoken_signs(SPOKEN_REASON, text_of(line->reason), out);
    if (line->assumed && line->parameter)
        buf_addf(out, "; set %s makes it yours", line->parameter);
    buf_add_char(out, '\n');
}

void spoken_why(const struct model *model, struct buf *out)
{
    uint32_t row = catalog_find_id(model->catalog, model->why_id);
    if (row == CATALOG_NONE)
        return;
    buf_addf(out, "%s of ", columns[model->why_column].title);
    spoken_name(model, row, out);
    buf_add_string(out, ": ");
    spoken_figure(model, model->why_column, row, out);
    buf_add_string(out, ".\n");
    for (int i = 0; i < model->why_count; i++)
        add_step(model, &model->why[i], out);
    buf_addf(out, "What it is: %s\n", columns[model->why_column].help);
}

/* ---- compare ---- */

static void add_name(const struct model *model, int index, struct buf *out)
{
    spoken_name(model, model->comparison.rows[index], out);
}

static void add_times(const struct model *model, const char *label, double value, struct buf *out)
{
    buf_addf(out, "; %s times ", label);
    number_fixed(out, value, 2, model->style);
}

/* "Why lena beats mia: each EUR brings back 2.03 against 1.34; reach times 3.40; …" */
static void add_verdict(const struct model *model, struct buf *out)
{
    const struct compare_why *why = &model->comparison.why;
    if (why->a == COMPARE_NONE) {
        buf_add_string(out, "No winner can be named: a ROI is unknown.\n");
        return;
    }
    struct compare_verdict verdict = compare_verdict(why);
    buf_add_string(out, verdict.before);
    add_name(model, why->a, out);
    buf_add_string(out, verdict.between);
    add_name(model, why->b, out);
    buf_addf(out, ": each %s brings back ", model_currency(model));
    number_fixed(out, why->factors.back_a, 2, model->style);
    buf_add_string(out, " against ");
    number_fixed(out, why->factors.back_b, 2, model->style);
    add_times(model, "reach", why->factors.reach, out);
    add_times(model, why->factors.same_ctr ? "engagement against peers" : "response",
              why->factors.response, out);
    add_times(model, "cost", why->factors.cost, out);
    buf_add_string(out, ".\n");
    if (number_known(why->chance)) {
        buf_add_string(out, "Chance that it really does: ");
        number_fixed(out, why->chance * 100, 0, model->style);
        buf_add_string(out, "%.\n");
    }
    if (why->estimated)
        buf_add_string(out, "One fee is our estimate: ask for the real one.\n");
}

static void add_most(const struct model *model, const char *label, const struct compare_most *most,
                     enum unit unit, struct buf *out)
{
    if (most->index == COMPARE_NONE)
        return;
    buf_addf(out, "%s: ", label);
    add_name(model, most->index, out);
    buf_add_string(out, ", ");
    spoken_value(model, unit, most->value, out);
    buf_add_string(out, ".\n");
}

static void add_title(const struct compare_row *row, struct buf *out)
{
    if (row->channel) {
        buf_add_string(out, "ROI against ");
        text_safe(out, text_of(row->channel));
    } else {
        buf_add_string(out, row->line->title ? row->line->title : columns[row->line->column].title);
    }
    buf_add_string(out, ": ");
}

static void add_cell(const struct model *model, const struct compare_row *row, int index,
                     struct buf *out)
{
    const struct compare_cell *cell = &row->cells[index];
    enum er_basis basis = model->comparison.figures[index].basis;
    add_title(row, out);
    if (row->line->kind == COMPARE_SCORE) {
        spoken_value(model, UNIT_COUNT, round(cell->value), out);
        buf_add_string(out, " of 100");
    } else if (row->line->kind == COMPARE_RANGE && number_known(cell->low)) {
        spoken_value(model, UNIT_ROI, cell->low, out);
        buf_add_string(out, " to ");
        spoken_value(model, UNIT_ROI, cell->high, out);
    } else {
        spoken_marked(model, row->line->column, cell->value, cell->mark, out);
    }
    if (row->unlike && row->line->column == COL_ER && basis != BASIS_NONE)
        buf_addf(out, ", of %s, not comparable", er_basis_words[basis]);
    else if (row->unlike)
        buf_add_string(out, ", not comparable");
    else if (cell->best)
        buf_add_string(out, ", best");
}

/* A creator: a line who, then a line for each group of figures. */
static void add_creator(const struct model *model, int index, struct buf *out)
{
    const struct comparison *all = &model->comparison;
    int group = -1;
    buf_addf(out, "%d: ", index + 1);
    add_name(model, index, out);
    buf_addf(out, ", %s", platforms[catalog_platform(model->catalog, all->rows[index])].word);
    buf_add_string(out, index == all->reference ? ", the others are measured against it" : "");
    for (size_t i = 0; i < all->line_count; i++) {
        const struct compare_row *row = &all->lines[i];
        bool score = row->line->kind == COMPARE_SCORE;
        bool first = score || (int)row->line->group != group;
        buf_add_string(out, first ? ".\n" : "; ");
        if (first && !score)
            buf_addf(out, "%s: ", compare_group_titles[row->line->group]);
        group = score ? -1 : (int)row->line->group;
        add_cell(model, row, index, out);
    }
    buf_add_string(out, ".\n");
}

void spoken_compare(const struct model *model, struct buf *out)
{
    const struct comparison *all = &model->comparison;
    if (all->count < COMPARE_LEAST)
        return;
    add_verdict(model, out);
    add_most(model, "Most profit", &all->most_profit, UNIT_PROFIT, out);
    add_most(model, "Least money at risk", &all->least_risk, UNIT_MONEY, out);
    add_most(model, "Most room to break even", &all->most_room, UNIT_MONEY, out);
    for (int i = 0; i < all->count; i++)
        add_creator(model, i, out);
    if (all->unlike_bases)
        buf_add_string(out, "These engagement rates stand on different bases: not compared.\n");
    if (!scenario_touched(&model->scenario))
        buf_add_string(out, "All of it rests on default assumptions.\n");
}
