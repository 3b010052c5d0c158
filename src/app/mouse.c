#include "app_internal.h"

/* The mouse does what the key under it would do. */

static void click_list(struct model *model, int column, int row)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    int count = list_columns(model, model->layout.list.columns, shown);
    int x = column - model->layout.list.column;
    for (int i = 0; i < count; i++)
        if (x >= shown[i].at && x <= shown[i].at + shown[i].width && shown[i].part <= LIST_NAME)
            model->cell = shown[i].column;
    model->focus = FOCUS_LIST;
    if (row > model->layout.list.row)
        list_go(model, model->list.top + (size_t)(row - model->layout.list.row - 1));
}

static void press(struct model *model, uint32_t key, struct effects *effects)
{
    const struct command *command = command_for_key(model_context(model), key);
    if (command && command_enabled(command, model))
        command->run(model, effects);
}

static void click_explore(struct model *model, const struct message *message,
                          struct effects *effects)
{
    const struct layout *layout = &model->layout;
    if (area_holds(layout->list, message->column, message->row)) {
        bool heading = message->row == layout->list.row;
        bool gutter = message->column < layout->list.column + 3;
        click_list(model, message->column, message->row);
        if (heading)
            press(model, 's', effects);
        else if (gutter)
            press(model, K_SPACE, effects);
        else if (message->mouse == MOUSE_DOUBLE)
            press(model, K_ENTER, effects);
    } else if (area_holds(layout->filters, message->column, message->row)) {
        size_t line = model->facet.top + (size_t)(message->row - layout->filters.row);
        model->focus = FOCUS_FILTERS;
        if (!facets_selectable(model, line))
            return;
        model->facet.cursor = line;
        facets_choose(model);
    } else if (area_holds(layout->detail, message->column, message->row)) {
        model->focus = FOCUS_DETAIL;
    } else if (area_holds(layout->strip, message->column, message->row)) {
        press(model, K_ENTER, effects);
    } else if (area_holds(layout->chips, message->column, message->row)) {
        press(model, 'f', effects);
    }
}

static void click_bar(struct model *model, const struct message *message, struct effects *effects)
{
    /* The tabs stand left, the budget right. */
    if (message->column >= model->layout.columns / 2)
        press(model, 'b', effects);
    else if (model->place == PLACE_EXPLORE)
        press(model, 'c', effects);
    else
        press(model, 'q', effects);
}

void mouse(struct model *model, const struct message *message, struct effects *effects)
{
    model->moved = true;
    model->notice[0] = '\0';
    if (message->mouse == MOUSE_WHEEL_UP || message->mouse == MOUSE_WHEEL_DOWN) {
        move_vertical(model, message->mouse == MOUSE_WHEEL_UP ? -3 : 3);
        return;
    }
    if (model->prompt != PROMPT_NONE || model->overlay != OVERLAY_NONE)
        return;
    if (message->row == 0)
        click_bar(model, message, effects);
    else if (model->place == PLACE_EXPLORE)
        click_explore(model, message, effects);
}
