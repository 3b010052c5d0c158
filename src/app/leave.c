#include "actions_internal.h"
#include "app_internal.h"

/* The way back, a level at a time, and out. */

void leave(struct model *model, struct effects *effects)
{
    model->leaving = true;
    own_settle(model, effects);
    effects_add(effects, (struct effect){.kind = EFFECT_QUIT});
}

static void ask_to_leave(struct model *model)
{
    model->leave_asked = true;
    model_notice(model, "%s %s still runs: %s again cancels it and quits", job_does(model),
                 model->job_name, model_key(model, 'q').text);
}

/* From here the way back leads out of the program. */
static bool is_outermost(enum place place)
{
    return place == PLACE_EXPLORE || place == PLACE_FIRST;
}

static enum place place_before(const struct model *model)
{
    return model->detail_of_plan      ? PLACE_PLAN
           : model->detail_of_changes ? PLACE_CHANGES
                                      : PLACE_EXPLORE;
}

/* One level: overlay, prompt, pane, place, program. */
void run_back(struct model *model, struct effects *effects)
{
    if (model->overlay != OVERLAY_NONE)
        model->overlay =
            model->overlay == OVERLAY_HELP ? model->overlay_below : subject_under(model);
    else if (model->place == PLACE_PLAN && model->plan.side)
        model->plan.side = false;
    else if (model->place == PLACE_PLANS)
        model->place = PLACE_PLAN;
    else if (!is_outermost(model->place))
        model->place = place_before(model);
    else if (model->focus != FOCUS_LIST)
        model->focus = FOCUS_LIST;
    else if (model->job.running && !model->leave_asked && model->confirm)
        ask_to_leave(model);
    else
        leave(model, effects);
    model->filters_open = model->filters_open && model->focus == FOCUS_FILTERS;
}

void run_escape(struct model *model, struct effects *effects)
{
    bool outermost =
        model->overlay == OVERLAY_NONE && is_outermost(model->place) && model->focus == FOCUS_LIST;
    if (outermost && model->tour.on)
        tour_leave(model);
    else if (outermost)
        model_notice(model, "%s quits", model_key(model, 'q').text);
    else
        run_back(model, effects);
}
