#include "app/footer.h"
#include "app/tabs.h"
#include "app_internal.h"

/* The mouse does what the key under it would do. */

/* The program's own key, whatever it is on now. */
void press(struct model *model, uint32_t key, struct effects *effects)
{
    const struct command *command = bindings_command(NULL, model_context(model), key);
    if (command && command_enabled(command, model))
        command->run(model, effects);
}

/* Whether there is a column under it, which then has the cell cursor. */
static bool click_cell(struct model *model, int x)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    int count = list_columns(model, model->layout.list.columns, shown);
    for (int i = 0; i < count; i++) {
        enum column cell;
        if (x < shown[i].at || x > shown[i].at + shown[i].width || !list_cell_of(&shown[i], &cell))
            continue;
        model->cell = cell;
        return true;
    }
    return false;
}

static void click_row(struct model *model, const struct message *message, struct effects *effects)
{
    struct area list = model->layout.list;
    size_t place = model->list.top + (size_t)(message->row - list.row - 1);
    if (place >= model->result.rows.count)
        return;
    list_choose(model, place);
    uint32_t row = model_row(model);
    if (message->column < list.column + 3)
        own_tick_row(model, effects, row);
    else if (message->mouse == MOUSE_DOUBLE)
        press(model, K_ENTER, effects);
}

static void click_list(struct model *model, const struct message *message, struct effects *effects)
{
    bool cell = click_cell(model, message->column - model->layout.list.column);
    model->focus = FOCUS_LIST;
    if (message->row > model->layout.list.row)
        click_row(model, message, effects);
    else if (cell)
        press(model, 's', effects);
}

static void click_filters(struct model *model, const struct message *message,
                          struct effects *effects)
{
    (void)effects;
    size_t line = model->facet.top + (size_t)(message->row - model->layout.filters.row);
    model->focus = FOCUS_FILTERS;
    if (!facets_selectable(model, line))
        return;
    model->facet.cursor = line;
    if (model->facet_lines.items[line].value == FACET_HISTOGRAM)
        range_click(model, model->facet_lines.items[line].facet,
                    message->column - model->layout.filters.column);
    else
        facets_choose(model);
}

static void click_detail(struct model *model, const struct message *message,
                         struct effects *effects)
{
    (void)message;
    (void)effects;
    model->focus = FOCUS_DETAIL;
}

static void click_strip(struct model *model, const struct message *message, struct effects *effects)
{
    (void)message;
    model->focus = FOCUS_LIST;
    press(model, K_ENTER, effects);
}

static void click_chips(struct model *model, const struct message *message, struct effects *effects)
{
    (void)message;
    press(model, 'f', effects);
}

static void click_explore(struct model *model, const struct message *message,
                          struct effects *effects)
{
    const struct layout *layout = &model->layout;
    const struct {
        struct area area;
        void (*click)(struct model *model, const struct message *message, struct effects *effects);
    } places[] = {{layout->list, click_list},
                  {layout->filters, click_filters},
                  {layout->detail, click_detail},
                  {layout->strip, click_strip},
                  {layout->chips, click_chips}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (area_holds(places[i].area, message->column, message->row)) {
            places[i].click(model, message, effects);
            return;
        }
}

static void click_bar(struct model *model, const struct message *message, struct effects *effects)
{
    struct tab tabs[TABS_MOST];
    int count = tabs_make(model, tabs_from(model), tabs);
    for (int i = 0; i < count; i++) {
        if (message->column < tabs[i].at || message->column >= tabs[i].at + tabs[i].width)
            continue;
        if (tabs[i].key && !tabs[i].open)
            press(model, tabs[i].key, effects);
        else if (!tabs[i].open)
            model->place = PLACE_EXPLORE;
        return;
    }
    if (message->column >= model->layout.columns / 2)
        press(model, 'b', effects);
}

/* The pane under the pointer scrolls, and the focus stays where it is. */
static void wheel(struct model *model, const struct message *message)
{
    const struct layout *layout = &model->layout;
    const struct {
        struct area area;
        enum context context;
    } panes[] = {{layout->filters, CONTEXT_FILTERS}, {layout->detail, CONTEXT_DETAIL}};
    long by = message->mouse == MOUSE_WHEEL_UP ? -3 : 3;
    enum context context = model_context(model);
    bool panes_open = model->place == PLACE_EXPLORE && context == model_place_context(model);
    for (size_t i = 0; i < sizeof panes / sizeof panes[0] && panes_open; i++)
        if (area_holds(panes[i].area, message->column, message->row)) {
            move_pane(model, panes[i].context, by);
            return;
        }
    if (model->place == PLACE_PLAN && context == model_place_context(model)) {
        struct plan_layout plan = plan_layout(model);
        bool side = area_holds(plan.side, message->column, message->row);
        move_pane(model, side ? CONTEXT_ASSUMPTIONS : CONTEXT_PLAN, by);
    } else if (panes_open && context != CONTEXT_NOTHING)
        move_pane(model, CONTEXT_LIST, by);
    else
        move_vertical(model, by);
}

void mouse(struct model *model, const struct message *message, struct effects *effects)
{
    if (message->mouse == MOUSE_DRAG || message->mouse == MOUSE_RELEASE) {
        mouse_moved(model, message);
        return;
    }
    model->moved = true;
    model->held = BORDER_NONE;
    model->notice[0] = '\0';
    if (model->layout.class == LAYOUT_TOO_SMALL)
        return;
    if (message->mouse == MOUSE_WHEEL_UP || message->mouse == MOUSE_WHEEL_DOWN) {
        wheel(model, message);
        return;
    }
    if (area_holds(model->layout.keys, message->column, message->row)) {
        footer_click(model, message, effects);
        return;
    }
    if (mouse_hit(model, message, effects) || model->prompt != PROMPT_NONE ||
        model->overlay != OVERLAY_NONE)
        return;
    if (model->place == PLACE_FIRST)
        first_click(model, message, effects);
    else if (model->place == PLACE_IMPORT)
        form_click(model, message, effects);
    else if (model->place == PLACE_IMPORTS)
        imports_click(model, message, effects);
    else if (message->row == 0)
        click_bar(model, message, effects);
    else if (model->place == PLACE_EXPLORE)
        click_explore(model, message, effects);
    else if (model->place == PLACE_PLAN)
        plan_click(model, message, effects);
    else if (model->place == PLACE_TIERS)
        tiers_click(model, message, effects);
    else if (model->place == PLACE_CHANGES)
        changes_click(model, message, effects);
}
