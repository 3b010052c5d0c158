#include "app_internal.h"

#include "base/vec.h"

/* The cursor: up, down, left, right, a page, either end, in whatever has the focus. */

void scroll_settle(struct scroll *scroll, size_t count, size_t height)
{
    if (scroll->cursor >= count)
        scroll->cursor = count ? count - 1 : 0;
    if (height == 0)
        height = 1;
    if (scroll->top > scroll->cursor)
        scroll->top = scroll->cursor;
    if (scroll->cursor >= scroll->top + height)
        scroll->top = scroll->cursor - height + 1;
    if (scroll->top + height > count)
        scroll->top = count > height ? count - height : 0;
}

void scroll_by(struct scroll *scroll, long by, size_t count)
{
    if (by < 0 && scroll->cursor < (size_t)-by)
        scroll->cursor = 0;
    else
        scroll->cursor += (size_t)by;
    if (scroll->cursor >= count)
        scroll->cursor = count ? count - 1 : 0;
}

void list_go(struct model *model, size_t place)
{
    if (model->result.rows.count == 0)
        return;
    if (place >= model->result.rows.count)
        place = model->result.rows.count - 1;
    model->list.cursor = place;
    model->cursor_id = catalog_id(model->catalog, rowset_at(&model->result.rows, place));
}

void list_choose(struct model *model, size_t place)
{
    list_go(model, place);
    model->chose_id = model->cursor_id;
}

static void list_vertical(struct model *model, long by)
{
    scroll_by(&model->list, by, model->result.rows.count);
    list_choose(model, model->list.cursor);
}

static void lift_vertical(struct model *model, long by)
{
    scroll_by(&model->lift, by, model->query.filter.count);
}

/* The nearest line from `at` on that can be chosen, going by `step`; the count where there is none. */
static size_t facets_seek(const struct model *model, size_t at, int step)
{
    size_t count = model->facet_lines.count;
    while (at < count && !facets_selectable(model, at))
        at += (size_t)step; /* below 0 wraps beyond the count */
    return at < count ? at : count;
}

static void facets_vertical(struct model *model, long by)
{
    size_t count = model->facet_lines.count;
    scroll_by(&model->facet, by, count);
    size_t found = facets_seek(model, model->facet.cursor, by < 0 ? -1 : 1);
    if (found == count)
        found = facets_seek(model, model->facet.cursor, by < 0 ? 1 : -1);
    if (found < count)
        model->facet.cursor = found;
}

static void detail_vertical(struct model *model, long by)
{
    scroll_by(&model->detail, by, detail_stops(model));
}

static void compare_vertical(struct model *model, long by)
{
    scroll_by(&model->compare_row, by, model->compare_line_count);
}

static void why_vertical(struct model *model, long by)
{
    scroll_by(&model->overlay_scroll, by, (size_t)model->why_count);
}

/* Help has no cursor: it scrolls. */
static void help_vertical(struct model *model, long by)
{
    struct scroll *scroll = &model->overlay_scroll;
    scroll->top = by < 0 && scroll->top < (size_t)-by ? 0 : scroll->top + (size_t)by;
    scroll->cursor = scroll->top;
}

static void picker_vertical(struct model *model, long by)
{
    picker_move(model, (int)by);
}

static void list_horizontal(struct model *model, int by)
{
    enum column there[LIST_COLUMNS_MOST];
    int count = (int)list_reachable(model, model->layout.list.columns, there), at = 0;
    for (int i = 0; i < count; i++)
        if (there[i] == model->cell)
            at = i;
    if (at + by >= 0 && at + by < count)
        model->cell = there[at + by];
}

static void detail_horizontal(struct model *model, int by)
{
    if (model->detail_of_plan)
        plan_vertical(model, by);
    else if (model->detail_of_changes)
        changes_beside(model, by);
    else
        list_vertical(model, by);
}

static void compare_horizontal(struct model *model, int by)
{
    int focus = model->compare_focus + by;
    if (focus >= 0 && focus < model->compare_count)
        model->compare_focus = focus;
}

static const struct {
    void (*vertical)(struct model *model, long by);
    void (*horizontal)(struct model *model, int by);
} movers[CONTEXT_COUNT] = {
    [CONTEXT_LIST] = {list_vertical, list_horizontal},
    [CONTEXT_NOTHING] = {lift_vertical, list_horizontal},
    [CONTEXT_FILTERS] = {facets_vertical, NULL},
    [CONTEXT_DETAIL] = {detail_vertical, detail_horizontal},
    [CONTEXT_COMPARE] = {compare_vertical, compare_horizontal},
    [CONTEXT_PLAN] = {plan_vertical, plan_horizontal},
    [CONTEXT_ASSUMPTIONS] = {side_vertical, NULL},
    [CONTEXT_TIERS] = {tiers_vertical, NULL},
    [CONTEXT_CHANGES] = {changes_vertical, NULL},
    [CONTEXT_PLANS] = {plans_vertical, plans_horizontal},
    [CONTEXT_VIEWS] = {named_vertical, NULL},
    [CONTEXT_FORM] = {form_vertical, NULL},
    [CONTEXT_LOST] = {form_lost_vertical, NULL},
    [CONTEXT_IMPORTS] = {imports_vertical, NULL},
    [CONTEXT_FIRST] = {first_vertical, NULL},
    [CONTEXT_WHY] = {why_vertical, NULL},
    [CONTEXT_VALUE] = {facets_vertical, NULL},
    [CONTEXT_HELP] = {help_vertical, NULL},
    [CONTEXT_PICK] = {picker_vertical, NULL},
    [CONTEXT_COLUMNS] = {picker_vertical, NULL},
    [CONTEXT_FILTER] = {picker_vertical, NULL},
    [CONTEXT_FILL] = {proposal_vertical, NULL},
    [CONTEXT_COMMAND] = {picker_vertical, NULL},
    [CONTEXT_GOAL] = {goal_vertical, NULL},
    [CONTEXT_HAND] = {hand_vertical, NULL},
};

void move_vertical(struct model *model, long by)
{
    enum context context = model_context(model);
    if (movers[context].vertical)
        movers[context].vertical(model, by);
}

void move_pane(struct model *model, enum context context, long by)
{
    movers[context].vertical(model, by);
}

void move_horizontal(struct model *model, int by)
{
    enum context context = model_context(model);
    if (movers[context].horizontal)
        movers[context].horizontal(model, by);
}

void move_page(struct model *model, int pages)
{
    enum context context = model_context(model);
    if (context == CONTEXT_TIERS) {
        tiers_scroll(model, pages);
        return;
    }
    int height = context == CONTEXT_LIST          ? list_height(model)
                 : context == CONTEXT_PLAN        ? plan_height(model)
                 : context == CONTEXT_ASSUMPTIONS ? side_height(model)
                                                  : model->layout.body.rows - 2;
    move_vertical(model, (long)pages * (height > 2 ? height - 1 : 1));
}

void move_edge(struct model *model, bool end)
{
    long most = 1L << 30;
    move_vertical(model, end ? most : -most);
}
