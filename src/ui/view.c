#include "ui/view.h"

#include <stdio.h>

#include "app/help.h"
#include "base/bit.h"
#include "ui_internal.h"

/* What stands in each place, and over it. A pane is a file and a row here. */

static bool has_filters(const struct model *model)
{
    return model->layout.filters.columns > 0;
}

static bool has_strip(const struct model *model)
{
    return model->layout.strip.columns > 0;
}

static bool has_detail(const struct model *model)
{
    return model->layout.detail.columns > 0;
}

static bool has_why(const struct model *model)
{
    return model->overlay == OVERLAY_WHY;
}

static bool has_tour(const struct model *model)
{
    return model->layout.told.rows > 0;
}

static bool has_help(const struct model *model)
{
    return overlay_is_help(model);
}

static bool has_picker(const struct model *model)
{
    return model->overlay == OVERLAY_PICKER;
}

static bool has_views(const struct model *model)
{
    return model->overlay == OVERLAY_NAMED;
}

static bool has_candidates(const struct model *model)
{
    return model->prompt == PROMPT_FILTER && model->overlay == OVERLAY_NONE;
}

static bool has_proposal(const struct model *model)
{
    return model->prompt == PROMPT_FILL;
}

static bool has_commands(const struct model *model)
{
    return model->prompt == PROMPT_COMMAND && model->overlay == OVERLAY_NONE;
}

static bool has_goal(const struct model *model)
{
    return model->prompt == PROMPT_GOAL && model->overlay == OVERLAY_NONE;
}

static bool has_hand(const struct model *model)
{
    return (model->prompt == PROMPT_HAND || model->prompt == PROMPT_HAND_FILE) &&
           model->overlay == OVERLAY_NONE;
}

static bool has_saved(const struct model *model)
{
    return model->hand.saved && model->layout.rows >= 8;
}

#define ANYWHERE (BIT(PLACE_COUNT) - 1)

static const struct {
    unsigned places;
    bool (*shown)(const struct model *model); /* NULL: always */
    void (*draw)(const struct model *model, struct canvas *canvas);
} panes[] = {
    {BIT(PLACE_EXPLORE) | BIT(PLACE_TIERS), NULL, pane_chips},
    {BIT(PLACE_EXPLORE), NULL, pane_list},
    {BIT(PLACE_EXPLORE), has_filters, pane_filters},
    {BIT(PLACE_EXPLORE), has_strip, pane_strip},
    {BIT(PLACE_EXPLORE), has_detail, pane_detail},
    {BIT(PLACE_DETAIL), NULL, pane_whole},
    {BIT(PLACE_COMPARE), NULL, pane_compare},
    {BIT(PLACE_PLAN), NULL, pane_plan},
    {BIT(PLACE_PLAN), NULL, pane_plan_totals},
    {BIT(PLACE_PLAN), NULL, pane_plan_side},
    {BIT(PLACE_TIERS), NULL, pane_tiers},
    {BIT(PLACE_CHANGES), NULL, pane_changes},
    {BIT(PLACE_PLAN), plans_below, pane_plans_below},
    {BIT(PLACE_PLANS), NULL, pane_plans},
    {BIT(PLACE_IMPORT), NULL, pane_form},
    {BIT(PLACE_IMPORTS), NULL, pane_imports},
    {BIT(PLACE_FIRST), NULL, pane_first},
    {ANYWHERE & ~BIT(PLACE_IMPORT) & ~BIT(PLACE_IMPORTS) & ~BIT(PLACE_FIRST), NULL, pane_bar},
    {ANYWHERE, NULL, pane_status},
    {ANYWHERE, has_proposal, pane_proposal},
    {ANYWHERE, has_why, pane_why},
    {ANYWHERE, has_help, pane_help},
    {ANYWHERE, has_picker, pane_picker},
    {ANYWHERE, has_views, pane_views},
    {ANYWHERE, has_candidates, pane_candidates},
    {ANYWHERE, has_commands, pane_commands},
    {ANYWHERE, has_goal, pane_goal},
    {ANYWHERE, has_hand, pane_hand},
    {ANYWHERE, has_tour, pane_tour},
    {ANYWHERE, NULL, pane_peek},
    {ANYWHERE, has_saved, pane_saved},
    {ANYWHERE, NULL, pane_keys},
};

static void draw_too_small(const struct model *model, struct canvas *canvas)
{
    char text[64];
    snprintf(text, sizeof text, "%dx%d: needs %dx%d", model->layout.columns, model->layout.rows,
             LAYOUT_LEAST_COLUMNS, LAYOUT_LEAST_ROWS);
    canvas_fit(canvas, 0, 0, canvas->columns, FIT_LEFT, ink(ROLE_WARN),
               text_of(model->notice[0] ? model->notice : text));
}

void view(const struct model *model, struct canvas *canvas)
{
    canvas_clear(canvas, model->layout.columns, model->layout.rows);
    canvas->cursor_shown = false;
    if (model->layout.class == LAYOUT_TOO_SMALL) {
        draw_too_small(model, canvas);
        return;
    }
    for (size_t i = 0; i < sizeof panes / sizeof panes[0]; i++)
        if (panes[i].places >> model->place & 1 && (!panes[i].shown || panes[i].shown(model)))
            panes[i].draw(model, canvas);
}
