#include <string.h>

#include "app_internal.h"
#include "base/hash.h"

/* The next best posts of the plan. Few candidates are looked through within the frame; many between
 * frames, and until that is done the list stays as it was. */

#define ROWS_AT_ONCE 4096
#define ROWS_BETWEEN 4096

static void finish(struct plan_next *next)
{
    next->count = next->search.count < PLAN_NEXT_MOST ? next->search.count : PLAN_NEXT_MOST;
    memcpy(next->shown, next->search.items, next->count * sizeof next->shown[0]);
}

void next_build(struct model *model)
{
    struct plan_next *next = &model->plan.next;
    uint64_t asks[] = {model->sheet->epoch, catalog_revision(model->catalog, COL_PLAN),
                       model->result.stamp, model->scenario.revision};
    uint64_t facts[] = {model->catalog->live_revision, sheet_stamp(model->sheet, COL_PROFIT)};
    uint64_t asked = hash_bytes(asks, sizeof asks, 1) | 1;
    uint64_t stamp = hash_bytes(facts, sizeof facts, asked) | 1;
    if (stamp == next->stamp || (asked == next->asked && next->search.busy))
        return; /* what others write does not keep it from its end */
    next->stamp = stamp;
    next->asked = asked;
    next_posts_begin(&next->search, model->sheet, rowset_rows(&model->result.rows));
    if (!next_posts_step(&next->search, ROWS_AT_ONCE))
        finish(next);
}

bool next_busy(const struct model *model)
{
    return model->place == PLACE_PLAN && model->plan.next.search.busy;
}

void next_work(struct model *model)
{
    if (!next_posts_step(&model->plan.next.search, ROWS_BETWEEN))
        finish(&model->plan.next);
}
