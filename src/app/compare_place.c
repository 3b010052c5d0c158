#include <math.h>

#include "app/compare_say.h"
#include "app_internal.h"
#include "base/vec.h"

/* The comparison as a place: who stands in it, in which order, which rows show. */

/* Ticked creators in the order of the list, then those the filter hides. */
static int ticked_rows(const struct model *model, uint32_t *rows)
{
    const struct rowset *shown = &model->result.rows;
    struct bits ticked = {0};
    catalog_ticked_rows(model->catalog, &ticked);
    size_t count = rowset_first(shown, &ticked, rows, COMPARE_MOST);
    for (size_t row = bits_next(&ticked, 0); count < COMPARE_MOST && row < ticked.count;
         row = bits_next(&ticked, row + 1))
        if (!rowset_has(shown, (uint32_t)row))
            rows[count++] = (uint32_t)row;
    bits_release(&ticked);
    return (int)count;
}

static void compare_gather(struct model *model)
{
    uint32_t rows[COMPARE_MOST];
    model->compare_count = ticked_rows(model, rows);
    for (int i = 0; i < model->compare_count; i++)
        model->compare_ids[i] = catalog_id(model->catalog, rows[i]);
}

void compare_open(struct model *model)
{
    if (model->catalog->ticked_count < 2) {
        model_notice(model, "tick two to %d creators with Space first", COMPARE_MOST);
        return;
    }
    compare_gather(model);
    if (model->catalog->ticked_count > COMPARE_MOST)
        model_notice(model, "%zu are ticked: the first %d in the list's order are compared",
                     model->catalog->ticked_count, COMPARE_MOST);
    compare_past_forget(model);
    model->place = PLACE_COMPARE;
    model->compare_focus = 0;
    for (int i = 0; i < model->compare_count; i++)
        if (model->compare_ids[i] == model->cursor_id)
            model->compare_focus = i;
    model->compare_row = (struct scroll){0};
    model->compare_returns = true;
}

static int reference_index(const struct model *model)
{
    for (int i = 0; i < model->compare_count; i++)
        if (model->compare_ids[i] == model->compare_reference)
            return i;
    return COMPARE_NONE;
}

int hand_compared(const struct model *model, uint32_t *rows, int *reference, int *focus)
{
    int count = model->place == PLACE_COMPARE ? model->compare_count : ticked_rows(model, rows);
    *reference = COMPARE_NONE;
    *focus = 0;
    if (model->place == PLACE_COMPARE) {
        for (int i = 0; i < count; i++)
            rows[i] = catalog_find_id(model->catalog, model->compare_ids[i]);
        *reference = reference_index(model);
        *focus = model->compare_focus;
    }
    for (int i = 0; i < count && *reference == COMPARE_NONE; i++)
        if (catalog_id(model->catalog, rows[i]) == model->compare_reference)
            *reference = i;
    return count;
}

/* Creators that are gone, or no longer ticked, leave the comparison. */
static void compare_prune(struct model *model)
{
    int64_t focused = model->compare_count ? model->compare_ids[model->compare_focus] : 0;
    int kept = 0;
    for (int i = 0; i < model->compare_count; i++) {
        uint32_t row = catalog_find_id(model->catalog, model->compare_ids[i]);
        if (row == CATALOG_NONE || !catalog_ticked(model->catalog, row))
            continue;
        model->compare_ids[kept++] = model->compare_ids[i];
    }
    model->compare_count = kept;
    if (model->compare_focus >= kept)
        model->compare_focus = kept ? kept - 1 : 0;
    for (int i = 0; i < kept; i++)
        if (model->compare_ids[i] == focused)
            model->compare_focus = i;
}

static const struct compare_line *line_at(const struct model *model, size_t at)
{
    return model->comparison.lines[model->compare_lines[at]].line;
}

/* The row it was on; where that is not shown the next one that is; at first, ROI. */
static void go_back(struct model *model)
{
    const struct compare_line *before = model->compare_line;
    bool found = false;
    model->compare_returns = false;
    for (size_t i = 0; i < model->compare_line_count && !found; i++) {
        const struct compare_line *line = line_at(model, i);
        found = before ? line == before : line->kind == COMPARE_FIGURE && line->column == COL_ROI;
        if (found)
            model->compare_row.cursor = i;
    }
}

void compare_build(struct model *model)
{
    compare_prune(model);
    if (model->compare_count < 2) {
        model->place = PLACE_EXPLORE;
        return;
    }
    uint32_t rows[COMPARE_MOST];
    for (int i = 0; i < model->compare_count; i++)
        rows[i] = catalog_find_id(model->catalog, model->compare_ids[i]);
    compare_make(model->sheet, rows, model->compare_count, reference_index(model),
                 model->compare_focus, &model->comparison);
    score_build(model);
    bool narrow = model->layout.class < LAYOUT_MIDDLE;
    size_t others = model->comparison.line_count - model->scored;
    model->compare_line_count = model->compare_equal = 0;
    if (model->scored)
        model->compare_lines[model->compare_line_count++] = others;
    for (size_t i = 0; i < others; i++) {
        const struct compare_row *row = &model->comparison.lines[i];
        if (narrow && !row->line->narrow)
            continue;
        model->compare_equal += row->equal;
        if (model->compare_folded && row->equal)
            continue;
        model->compare_lines[model->compare_line_count++] = i;
    }
    if (model->compare_returns)
        go_back(model);
    scroll_settle(&model->compare_row, model->compare_line_count, (size_t)compare_height(model));
    if (model->compare_line_count > 0)
        model->compare_line = line_at(model, model->compare_row.cursor);
}

void compare_fold(struct model *model)
{
    size_t rows = model->compare_equal;
    model->compare_folded = !model->compare_folded;
    model->compare_returns = true;
    if (rows == 0)
        model_notice(model, "no row says the same of all: none is folded");
    else if (model->compare_folded)
        model_notice(model, "%zu %s the same of all %s folded: %s brings %s back", rows,
                     rows == 1 ? "row that says" : "rows that say", rows == 1 ? "is" : "are",
                     model_key(model, 'f').text, rows == 1 ? "it" : "them");
    else
        model_notice(model, "all rows: %zu of them %s the same of all; %s folds %s", rows,
                     rows == 1 ? "says" : "say", model_key(model, 'f').text,
                     rows == 1 ? "it" : "them");
}

void compare_refer(struct model *model)
{
    int64_t id = model->compare_ids[model->compare_focus];
    model->compare_reference = model->compare_reference == id ? 0 : id;
}

void compare_leave_out(struct model *model)
{
    int64_t gone = model->compare_ids[model->compare_focus];
    if (model->compare_count <= 2) {
        model_notice(model, "a comparison needs two; %s goes back", model_key(model, 'q').text);
        return;
    }
    int kept = 0;
    for (int i = 0; i < model->compare_count; i++)
        if (model->compare_ids[i] != gone)
            model->compare_ids[kept++] = model->compare_ids[i];
    model->compare_count = kept;
    if (model->compare_focus >= kept)
        model->compare_focus = kept - 1;
    model_notice(model, "left out, still ticked: c twice brings it back");
}

/* Best first by the row under the cursor; unknown last. */
void compare_order(struct model *model)
{
    const struct compare_row *row =
        &model->comparison.lines[model->compare_lines[model->compare_row.cursor]];
    bool less = columns[row->line->column].better == BETTER_LESS;
    int64_t focused = model->compare_ids[model->compare_focus];
    int order[COMPARE_MOST];
    for (int i = 0; i < model->compare_count; i++) {
        double value = row->cells[i].value;
        int at = i;
        for (; at > 0; at--) {
            double other = row->cells[order[at - 1]].value;
            bool before =
                isfinite(value) && (!isfinite(other) || (less ? value < other : value > other));
            if (!before)
                break;
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    int64_t ids[COMPARE_MOST];
    for (int i = 0; i < model->compare_count; i++)
        ids[i] = model->compare_ids[order[i]];
    for (int i = 0; i < model->compare_count; i++) {
        model->compare_ids[i] = ids[i];
        if (ids[i] == focused)
            model->compare_focus = i;
    }
}

/* Reasons that go on for long leave the rows they are about most of the room. */
int compare_below(const struct model *model)
{
    int rows = model->layout.body.rows, most = rows < 14 ? 2 : rows / 2 - 2;
    int wanted = compare_say_rows(model);
    if (rows < 8)
        return 0;
    return wanted < most ? wanted : most;
}

int compare_head(const struct model *model)
{
    return model->layout.body.rows < 6 ? 1 : 2;
}

int compare_title(const struct model *model)
{
    return model->layout.columns < 44 ? 14 : 18;
}

int compare_height(const struct model *model)
{
    int height = model->layout.body.rows - compare_head(model) - compare_below(model);
    return height > 1 ? height : 1;
}

/* A creator needs its figures; bars have what is left over. */
#define EACH_LEAST 17

int compare_across(const struct model *model)
{
    int across = (model->layout.columns - compare_title(model)) / EACH_LEAST;
    return across < 1 ? 1 : across > COMPARE_MOST ? COMPARE_MOST : across;
}
