#include "app/tour.h"

#include <math.h>

#include "app_internal.h"
#include "base/vec.h"

/* The seven steps, and how the model shows that they are done. */

static bool settled(const struct model *model)
{
    return model->prompt == PROMPT_NONE;
}

static bool went_down(const struct model *model)
{
    return model->list.cursor >= model->tour.place + 3;
}

static bool chose_niche_and_tier(const struct model *model)
{
    const struct filter *filter = &model->query.filter;
    return settled(model) && filter_selected(filter, COL_NICHE, TEXT("beauty")) &&
           filter_selected(filter, COL_TIER, TEXT("micro"));
}

static bool orders_by(const struct model *model, enum column column)
{
    return model->query.order_count > 0 && model->query.orders[0].column == column &&
           model->query.orders[0].descending;
}

static bool ordered_otherwise(const struct model *model)
{
    return !orders_by(model, COL_ROI);
}

static bool ordered_by_roi(const struct model *model)
{
    return orders_by(model, COL_ROI);
}

static bool asked_why(const struct model *model)
{
    return model->overlay == OVERLAY_WHY && model->why_column == COL_ROI;
}

static bool closed_why(const struct model *model)
{
    return settled(model) && model->overlay == OVERLAY_NONE;
}

static bool set_order_value(const struct model *model)
{
    return settled(model) && model->scenario.aov != model->tour.order_value;
}

static bool ticked_three(const struct model *model)
{
    return model->catalog->ticked_count >= 3;
}

static bool compares(const struct model *model)
{
    return model->place == PLACE_COMPARE && model->compare_count > 1;
}

static bool came_back(const struct model *model)
{
    return model->place != PLACE_COMPARE;
}

static bool lowered_fee(const struct model *model)
{
    uint32_t row = model_row(model);
    return settled(model) && row != CATALOG_NONE &&
           catalog_id(model->catalog, row) == model->tour.fee_id &&
           number_known(catalog_plan_get(model->catalog, row).fee) &&
           sheet_number(model->sheet, COL_FEE, row) < model->tour.fee;
}

static bool goal_is_offered(const struct model *model)
{
    return model->prompt == PROMPT_GOAL && model->goal.column == COL_ROI && model->goal.cursor >= 0;
}

static bool took_offer(const struct model *model)
{
    return settled(model) && model->undo.done > model->tour.undone;
}

static bool put_back(const struct model *model)
{
    return model->undo.done + 2 <= model->tour.undone; /* offer and fee */
}

static bool planned(const struct model *model)
{
    return model->catalog->planned_count > 0;
}

static bool opened_plan(const struct model *model)
{
    return model->place == PLACE_PLAN;
}

static bool set_budget(const struct model *model)
{
    double budget = model->scenario.budget;
    return settled(model) && (budget == 5000 || budget != model->tour.budget);
}

static bool fills(const struct model *model)
{
    return model->prompt == PROMPT_FILL;
}

static bool hands_over(const struct model *model)
{
    return model->prompt == PROMPT_HAND || model->prompt == PROMPT_HAND_FILE;
}

#define LOOK "Look around: the details follow the cursor"
#define ONLY "Only micro-influencers, only in beauty"
#define BEST "Best first"
#define DOUBT "Do not believe us"
#define WHICH "Which of three?"
#define HAGGLE "Negotiate"
#define SPEND "Spend it"

const struct tour_part tour_parts[] = {
    {1, LOOK, "`Down` three times: all that is known of the creator under the cursor follows.",
     "`Down` three times: all that is known of each follows below the list.", "`Down` three times.",
     NULL, went_down},
    {2, ONLY,
     "`f`, type `beau`, `Enter`, type `micro`, `Enter`; then `Esc`. What filters stands above the "
     "list.",
     "`f`, type `beau`, `Enter`, type `micro`, `Enter`; then `Esc`.",
     "`f` `beau` `Enter` `micro` `Enter` `Esc`", NULL, chose_niche_and_tier},
    {3, BEST, "The list is by ROI. `Left` to ER vs peers, then `s`: the most engaged come first.",
     "`Left` to ER vs peers, then `s`: the most engaged come first.",
     "`Left` to another figure, `s`", NULL, ordered_otherwise},
    {3, BEST,
     "`Right` to ROI, `s`: who returns most for the money. ~ means that the fee is our guess.",
     "`Right` to ROI, `s`: most for the money. ~ means: the fee is our guess.",
     "`Right` to ROI, `s`", NULL, ordered_by_roi},
    {4, DOUBT, "With the cursor on ROI, `i` shows what the figure is worked out from.",
     "With the cursor on ROI, `i` shows what it is worked out from.", "`i` on ROI", NULL,
     asked_why},
    {4, DOUBT,
     "! marks our assumptions. `Down` to order value, `e`, type what an order brings you, `Enter`.",
     "`Down` to order value, `e`, type what an order brings you, `Enter`.",
     "`Down` to order value, `e`, yours, `Enter`", NULL, set_order_value, closed_why},
    {5, WHICH, "`Space` ticks the creator under the cursor and goes on: three times.",
     "`Space` ticks the creator under the cursor and goes on: three times.", "`Space` three times",
     NULL, ticked_three},
    {5, WHICH, "`c` sets those who are ticked side by side.",
     "`c` sets those who are ticked side by side.", "`c` compares them", NULL, compares},
    {5, WHICH,
     "Read the last lines: in factors, why one beats the other. `Right` to the next; `Esc` goes "
     "back.",
     "Read the last lines: in factors, why one beats the other. `Esc` goes back.",
     "Read the last lines, then `Esc`", NULL, came_back},
    {6, HAGGLE, "`Left` to Fee, type a lower one, `Enter`: profit and ROI follow with every digit.",
     "`Left` to Fee, type a lower one, `Enter`: ROI follows every digit.",
     "`Left` to Fee, type less, `Enter`", NULL, lowered_fee},
    {6, HAGGLE,
     "`Right` to ROI, `e`, type `50%`: which fee, order value or rate brings it. `Enter` takes "
     "one.",
     "`Right` to ROI, `e`, type `50%`: what brings it stands there. `Enter`.",
     "`Right` to ROI, `e`, `50%`, `Enter`", goal_is_offered, took_offer},
    {6, HAGGLE, "`u` takes that back; once more, and the fee is as it was.",
     "`u` takes that back; once more, and the fee is as it was.", "`u` puts it back", NULL,
     put_back},
    {7, SPEND, "`a` puts those who are ticked into the plan.",
     "`a` puts those who are ticked into the plan.", "`a` into the plan", NULL, planned},
    {7, SPEND, "`p` opens the plan: what it costs, what it brings, and what that rests on.",
     "`p` opens the plan: what it costs, and what it brings.", "`p` opens the plan", NULL,
     opened_plan},
    {7, SPEND, "`b`, type `5000`, `Enter`: that is the budget.",
     "`b`, type `5000`, `Enter`: that is the budget.", "`b` `5000` `Enter`", NULL, set_budget},
    {7, SPEND, "`A` proposes whom else the money is worth spending on; `Enter` takes all of it.",
     "`A` proposes whom else to spend it on; `Enter` takes all of it.", "`A`, then `Enter`", fills,
     settled},
    {7, SPEND,
     "`x` hands it over: a page for your boss, a workbook for your team. `Esc` if not now.",
     "`x` hands it over: to your boss, your team. `Esc` if not now.", "`x`, then `Esc`", hands_over,
     settled},
};
const size_t tour_part_count = COUNT_OF(tour_parts);

const struct tour_part tour_end = {
    0,
    "You can filter, doubt, compare, negotiate and spend.",
    "Your own list: `q`, then `microscope` in the shell. There all is saved, and `d` tells what "
    "moved.",
    "Your own list: `q`, then `microscope`. There all is saved, `d` tells what moved.",
    "Your own list: `q`, then `microscope`",
    NULL,
    NULL,
    NULL};
