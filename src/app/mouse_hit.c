#include "actions_internal.h"
#include "app_internal.h"

/* Clicks on what a pane says lies there. */

static void lift_chip(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    if (message->mouse == MOUSE_PRESS && message->hit.index < model->query.filter.count)
        lift(model, message->hit.index);
}

/* As Enter on it; a second click of a double one finds another list, or none. */
static void choose(struct model *model, const struct message *message, struct effects *effects)
{
    struct picker *picker = &model->picker;
    if (message->mouse == MOUSE_DOUBLE || message->hit.index >= picker->count ||
        picker->items[message->hit.index].heading)
        return;
    picker->cursor = message->hit.index;
    press(model, K_ENTER, effects);
}

static void go_to_figure(struct model *model, const struct message *message,
                         struct effects *effects)
{
    if (model->place == PLACE_EXPLORE)
        model->focus = FOCUS_DETAIL;
    model->detail.cursor = message->hit.index;
    if (message->mouse == MOUSE_DOUBLE)
        press(model, 'i', effects);
}

static void go_to_creator(struct model *model, uint32_t index)
{
    if ((int)index < model->compare_count)
        model->compare_focus = (int)index;
}

static void focus_creator(struct model *model, const struct message *message,
                          struct effects *effects)
{
    go_to_creator(model, message->hit.index);
    if (message->mouse == MOUSE_DOUBLE)
        press(model, '=', effects);
}

static void go_to_row(struct model *model, size_t row)
{
    if (row < model->compare_line_count)
        model->compare_row.cursor = row;
}

static void focus_row(struct model *model, const struct message *message, struct effects *effects)
{
    go_to_row(model, message->hit.index);
    if (message->mouse == MOUSE_DOUBLE)
        press(model, 's', effects);
}

static void focus_cell(struct model *model, const struct message *message, struct effects *effects)
{
    go_to_row(model, message->hit.index / COMPARE_MOST);
    go_to_creator(model, message->hit.index % COMPARE_MOST);
    if (message->mouse == MOUSE_DOUBLE)
        press(model, 'i', effects);
}

/* ---- borders ---- */

/* Held, it follows the mouse; a double click puts it back. */
static void take_border(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    enum border border = (enum border)message->hit.index;
    if (message->mouse != MOUSE_DOUBLE)
        model->held = border;
    else if (border == BORDER_FILTERS)
        model->splits.filters = 0;
    else
        model->splits.detail = 0;
}

void mouse_moved(struct model *model, const struct message *message)
{
    bool bare = model->place == PLACE_EXPLORE && model->prompt == PROMPT_NONE &&
                model->overlay == OVERLAY_NONE;
    if (message->mouse == MOUSE_DRAG && bare)
        layout_split(&model->layout, model->held, message->column, &model->splits);
    else
        model->held = BORDER_NONE;
}

/* ---- plans side by side ---- */

static void focus_plan(struct model *model, const struct message *message, struct effects *effects)
{
    if (model->place != PLACE_PLANS) {
        press(model, 'w', effects); /* in short, below the plan */
        return;
    }
    if (message->hit.index < model->side_by_side.count)
        model->side_by_side.focus = message->hit.index;
    if (message->mouse == MOUSE_DOUBLE)
        press(model, K_ENTER, effects);
}

static void focus_plan_row(struct model *model, const struct message *message,
                           struct effects *effects)
{
    if (message->hit.index < model->side_by_side.rows.count)
        model->side_by_side.at.cursor = message->hit.index;
    if (message->mouse == MOUSE_DOUBLE)
        press(model, 'i', effects);
}

/* Those that lie on top are all there is to click then. */
static const struct {
    bool on_top;
    void (*click)(struct model *model, const struct message *message, struct effects *effects);
} clicks[] = {
    [HIT_NONE] = {false, NULL},
    [HIT_CHIP] = {false, lift_chip},
    [HIT_CHOICE] = {true, choose},
    [HIT_FIGURE] = {false, go_to_figure},
    [HIT_CREATOR] = {false, focus_creator},
    [HIT_ROW] = {false, focus_row},
    [HIT_CELL] = {false, focus_cell},
    [HIT_BORDER] = {false, take_border},
    [HIT_PLAN] = {false, focus_plan},
    [HIT_PLAN_ROW] = {false, focus_plan_row},
};

bool mouse_hit(struct model *model, const struct message *message, struct effects *effects)
{
    bool covered = model->prompt != PROMPT_NONE || model->overlay != OVERLAY_NONE;
    enum hit_kind kind = (enum hit_kind)message->hit.kind;
    if (!clicks[kind].click || covered != clicks[kind].on_top)
        return false;
    clicks[kind].click(model, message, effects);
    return true;
}

/* ---- whose it is ---- */

void run_mouse(struct model *model, struct effects *effects)
{
    model->mouse_off = !model->mouse_off;
    effects_add(effects, (struct effect){.kind = EFFECT_MOUSE, .number = !model->mouse_off});
    if (model->mouse_off)
        model_notice(model, "the mouse is the terminal's: it selects text; :mouse takes it back");
    else
        model_notice(model, "the mouse is back; hold %s to select text in this terminal",
                     mouse_select_key(model));
}

const char *mouse_select_key(const struct model *model)
{
    return model->select_option ? "Option" : "Shift";
}
