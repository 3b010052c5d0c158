#include <string.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "base/hash.h"
#include "domain/show.h"
#include "help_internal.h"
#include "subject_internal.h"
#include "step_internal.h"

/* How much each figure of the comparison counts for its score, the score, and why it is what it is. */

static const struct compare_row *row_here(const struct model *model)
{
    if (model->place != PLACE_COMPARE || model->compare_past != COMPARE_FIGURES ||
        model->compare_line_count == 0)
        return NULL;
    return &model->comparison.lines[model->compare_lines[model->compare_row.cursor]];
}

bool score_here(const struct model *model)
{
    const struct compare_row *row = row_here(model);
    return row && row->line->kind == COMPARE_SCORE;
}

bool can_weigh(const struct model *model)
{
    return row_here(model) != NULL;
}

bool has_weights(const struct model *model)
{
    return score_any(&model->weights);
}

/* ---- as steps ---- */

/* Goes on with the newest step where that is of the same figure. */
static bool goes_on(const struct model *model, const char *label)
{
    const struct step *newest = undo_next(&model->undo);
    size_t length = strlen(label);
    return newest && newest->kind == STEP_WEIGHTS && !redo_next(&model->undo) &&
           strncmp(newest->label, label, length) == 0;
}

static void keep(struct model *model, struct effects *effects, const struct score_weights *after,
                 struct text label, bool joins)
{
    struct step step = {.kind = STEP_WEIGHTS};
    struct manner manner = {.joins = joins};
    score_weights_print(&model->weights, &step.old);
    score_weights_print(after, &step.new);
    step_label(&step, label);
    own_push(model, effects, &step, &manner);
}

static void weigh(struct model *model, struct effects *effects, int by)
{
    const struct compare_row *row = row_here(model);
    enum column column = row->line->column;
    struct score_weights after = model->weights;
    struct buf label = BUF_INIT;
    if (row->line->kind == COMPARE_SCORE) {
        model_notice(model, "the score follows from the rows: W on one of them says how much it "
                            "counts");
        return;
    }
    if (row->line->kind != COMPARE_FIGURE || !score_can(column)) {
        model_notice(model, "of this row neither more nor less is better: it cannot count");
        return;
    }
    unsigned before = after.of[column];
    after.of[column] = (uint8_t)((before + SCORE_MOST + 1 + (unsigned)by) % (SCORE_MOST + 1));
    buf_addf(&label, "weight of %s ", columns[column].title);
    bool joins = goes_on(model, buf_string(&label));
    buf_addf(&label, "%u > %u", before, (unsigned)after.of[column]);
    keep(model, effects, &after, buf_text(&label), joins);
    buf_release(&label);
}

void run_weigh(struct model *model, struct effects *effects)
{
    weigh(model, effects, 1);
}

void run_weigh_less(struct model *model, struct effects *effects)
{
    weigh(model, effects, -1);
}

void run_weigh_none(struct model *model, struct effects *effects)
{
    keep(model, effects, &(struct score_weights){.of = {0}}, TEXT("no weights"), false);
}

/* ---- the score ---- */

static uint64_t stamp_now(const struct model *model)
{
    uint64_t parts[] = {model->catalog->revision, model->sheet->epoch, model->result.stamp,
                        model->result.rows.count, (uint64_t)model->compare_count};
    uint64_t stamp = hash_bytes(parts, sizeof parts, 1);
    stamp = hash_bytes(model->compare_ids, sizeof model->compare_ids, stamp);
    return hash_bytes(&model->weights, sizeof model->weights, stamp) | 1;
}

void score_build(struct model *model)
{
    const struct bits *shown = rowset_rows(&model->result.rows);
    bool any = score_any(&model->weights) && shown;
    if (any && model->score_stamp != stamp_now(model)) {
        score_make(model->sheet, shown, &model->weights, &model->comparison, &model->score);
        model->score_stamp = stamp_now(model);
    }
    if (any)
        score_add(&model->score, &model->comparison);
    if (any != model->scored && model->compare_line_count > 0) { /* the cursor stays on its row */
        size_t cursor = model->compare_row.cursor;
        model->compare_row.cursor = any ? cursor + 1 : cursor > 0 ? cursor - 1 : 0;
    }
    model->scored = any;
}

/* ---- why ---- */

static void say_part(const struct model *model, const struct score_part *part, int index,
                     struct buf *out)
{
    const struct score_cell *cell = &part->cells[index];
    if (part->unlike) {
        buf_add_string(out, "stands on different bases here: its weight is left out");
        return;
    }
    if (isnan(cell->place)) {
        buf_add_string(out, "unknown: its weight is left out");
        return;
    }
    if (cell->mark != ' ')
        buf_add_char(out, cell->mark);
    show_number(out, columns[part->column].unit, cell->value, false, model->style);
    buf_addf(out, ", place %zu of %zu: ", cell->better + 1, part->known);
    number_fixed(out, cell->place * 100, 0, model->style);
    buf_addf(out, " of 100 (%s is better)",
             columns[part->column].better == BETTER_LESS ? "less" : "more");
}

static void say_total(const struct model *model, int index, struct buf *out)
{
    const struct score *score = &model->score;
    bool first = true;
    buf_add_char(out, '(');
    for (size_t i = 0; i < score->count; i++) {
        const struct score_part *part = &score->parts[i];
        if (isnan(part->cells[index].place))
            continue;
        buf_addf(out, "%s%u x ", first ? "" : " + ", part->weight);
        number_fixed(out, part->cells[index].place * 100, 0, model->style);
        first = false;
    }
    buf_addf(out, ") / %.0f = ", score->counted[index]);
    number_fixed(out, score->total[index], 0, model->style);
}

void score_why(const struct model *model, struct help *help)
{
    const struct score *score = &model->score;
    int index = model->compare_focus;
    struct buf label = BUF_INIT, text = BUF_INIT;
    help_heading(help, "What counts");
    for (size_t i = 0; i < score->count; i++) {
        buf_clear(&label);
        buf_clear(&text);
        buf_addf(&label, "%s x%u", columns[score->parts[i].column].title, score->parts[i].weight);
        say_part(model, &score->parts[i], index, &text);
        help_entry(help, buf_text(&label), buf_text(&text));
    }
    help_heading(help, "Together");
    buf_clear(&text);
    if (isnan(score->total[index]))
        buf_add_string(&text, "unknown: no figure that counts is known");
    else
        say_total(model, index, &text);
    help_entry(help, TEXT("Score"), buf_text(&text));
    help_entry(help, TEXT("Place"),
               TEXT("Of each figure: the share of the creators shown of whom it is known that are "
                    "not better. Another filter, another score."));
    help_entry(help, TEXT("Weights"),
               TEXT("W on a row, 0 to 5. They are yours, not a rule: ROI already has fee, reach "
                    "and engagement in it."));
    buf_release(&label);
    buf_release(&text);
}
