#include "app_internal.h"
#include "base/vec.h"

/* The cursor goes to the first hit at or after where it was when the search began, in the order of the
 * list. What takes longer than a moment goes on between frames; the cursor follows, unless it was
 * moved meanwhile. */

/* Work of one letter, and of one step between frames: about 4 ms and 1 ms. */
#define WORK_AT_ONCE ((size_t)80 << 20)
#define WORK_STEP ((size_t)16 << 20)

/* The place of the hit nearest to place `from`, itself included, going by `direction` and round the
 * whole list; ROWSET_NONE where nothing shown is a hit. */
static size_t nearest_hit(const struct model *model, size_t from, int direction)
{
    const struct rowset *rows = &model->result.rows;
    const struct bits *hits = search_hits(&model->finder);
    size_t starts[] = {from, direction < 0 ? rows->count - 1 : 0};
    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        uint32_t row = rowset_at(rows, starts[i]);
        if (!bits_get(hits, row))
            row = rowset_next(rows, hits, row, direction);
        if (row != CATALOG_NONE)
            return rowset_find(rows, row);
    }
    return ROWSET_NONE;
}

static void count_hits(struct model *model)
{
    const struct bits *hits = search_hits(&model->finder);
    size_t all = hits ? bits_total(hits) : 0;
    model->search_hits = all;
    model->search_hidden = 0;
    if (!hits || !rowset_rows(&model->result.rows))
        return;
    model->search_hits = bits_common(hits, rowset_rows(&model->result.rows));
    if (model->search_hits == 0 && !search_loose(&model->finder))
        model->search_hidden = all;
}

/* Where the search began, or the first place where that is no longer in the list. */
static size_t first_place(const struct model *model)
{
    size_t place = model->search_row == CATALOG_NONE
                       ? ROWSET_NONE
                       : rowset_find(&model->result.rows, model->search_row);
    return place == ROWSET_NONE ? 0 : place;
}

/* To the first hit that is known, as soon as there is one, and again when all are. */
static void aim(struct model *model)
{
    if (model->cursor_id != model->search_at)
        model->search_aims = false;
    if (!model->search_aims || model->search_hits == 0)
        return;
    list_choose(model, nearest_hit(model, first_place(model), 1));
    model->search_at = model->cursor_id;
}

static void look(struct model *model, size_t work)
{
    size_t before = model->search_hits;
    search_step(&model->finder, model->sheet, work);
    count_hits(model);
    if (before == 0 || !search_busy(&model->finder))
        aim(model);
}

void search_open(struct model *model)
{
    model->search_row = model_row(model);
    model->search_hits = model->search_hidden = 0;
    model->search_aims = false;
}

void search_typed(struct model *model)
{
    buf_clear(&model->search);
    buf_add_text(&model->search, buf_text(&model->line.text));
    search_ask(&model->finder, model->sheet, buf_text(&model->search));
    model->search_aims = true;
    model->search_at = model->cursor_id;
    model->search_hits = 0;
    look(model, WORK_AT_ONCE);
}

/* Given up, the cursor goes back to where it was. */
void search_close(struct model *model, bool keep)
{
    if (keep)
        return;
    model->search_aims = false;
    if (model->search_row != CATALOG_NONE &&
        rowset_find(&model->result.rows, model->search_row) != ROWSET_NONE)
        list_choose(model, rowset_find(&model->result.rows, model->search_row));
}

void search_again(struct model *model, int direction)
{
    size_t count = model->result.rows.count;
    if (count == 0)
        return;
    model->search_aims = false;
    search_ask(&model->finder, model->sheet, buf_text(&model->search));
    look(model, WORK_AT_ONCE);
    if (model->search_hits > 0) {
        size_t from = (model->list.cursor + count + (size_t)direction) % count;
        list_choose(model, nearest_hit(model, from, direction));
        model_notice(model, "%zu %s for '%s'", model->search_hits,
                     model->search_hits == 1 ? "hit" : "hits", buf_string(&model->search));
    } else {
        model_notice(model, "no hit for '%s', %zu outside the filter", buf_string(&model->search),
                     model->search_hidden);
    }
}

void search_work(struct model *model)
{
    look(model, WORK_STEP);
}
