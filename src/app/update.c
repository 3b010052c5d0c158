#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "base/utf8.h"
#include "base/vec.h"

/* Messages in, model changed, effects out: nothing else changes the model. */

static void on_leave(struct model *model, const struct message *message, struct effects *effects)
{
    (void)message;
    prompt_close(model, true, effects);
    prompt_close(model, false, effects); /* what was half typed is not worth a question now */
    leave(model, effects);
}

/* A digit begins to edit the figure under the cursor. */
static void begin_figure(struct model *model, uint32_t key, struct effects *effects)
{
    struct field_figure figure;
    uint32_t row;
    enum column column;
    if (!field_here(model, &figure)) {
        if (!model_subject(model, &row, &column))
            return;
        if (columns[column].figure == COLUMN_NO_FIGURE)
            model_notice(model, "digits edit fee and posts");
        else
            model_notice(model, "digits edit fee and posts; %s is worked out, %s asks for a goal",
                         columns[column].title, model_key(model, 'e').text);
        return;
    }
    field_edit(model, effects);
    prompt_key(model, key);
}

static void on_key(struct model *model, const struct message *message, struct effects *effects)
{
    enum context context = model_context(model);
    const struct command *command = bindings_command(&model->bindings, context, message->key);
    uint32_t meant = command ? command->keys[0] : message->key; /* whichever it is on now */
    model->notice[0] = '\0';
    model->moved = true;
    model->leave_asked = model->leave_asked && meant == 'q';
    if (model->layout.class == LAYOUT_TOO_SMALL) {
        if (meant == 'q' || meant == K_CTRL('C'))
            on_leave(model, message, effects);
        else if (meant == '?')
            model_notice(model, "%s quits", model_key(model, 'q').text);
    } else if (command && command_enabled(command, model))
        command->run(model, effects);
    else if (contexts[context].text)
        prompt_key(model, message->key);
    else if (message->key >= '0' && message->key <= '9' && context == model_place_context(model))
        begin_figure(model, message->key, effects);
    else if (message->key >= 0x370 && message->key < K_FIRST_NAMED)
        model_notice(model, "this keyboard layout sends no Latin letters: arrows, Enter, Tab, F1 "
                            "and F10 work in every layout");
    model->last_key = meant;
}

static void on_paste(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    if (contexts[model_context(model)].text)
        prompt_paste(model, message->text);
    else
        model_notice(model, "%s opens the prompt for filter words: paste there",
                     model_key(model, 'f').text);
}

static void on_resize(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    model->layout = layout_make(message->columns, message->rows, model->filters_open,
                                model->tour.on ? TOUR_ROWS : 0, &model->splits, &model->layout);
}

static void on_tick(struct model *model, const struct message *message, struct effects *effects)
{
    field_settle(model, effects);
    own_settle(model, effects);
    resume_settle(model, effects);
    model->now =
        floor(message->now / 60) * 60; /* ages need no more, and what rests on them stays */
    model->day = message->day;
    calm_tick(model, message->seconds);
    if (model->place == PLACE_FIRST)
        first_tick(model, message->seconds);
    calm_absorb(model); /* that time goes by asks for no other rows */
}

static void on_loading(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    model->loading = true;
    model->loading_again = message->again;
    model->loaded = message->done;
    model->load_total = message->total;
    model->load_seconds = message->seconds;
}

static void on_loaded(struct model *model, const struct message *message, struct effects *effects)
{
    model->loading = false;
    if (message->again) {
        run_apply(model, effects);
        imports_land(model);
    }
    compare_past_forget(model);
}

static void on_peers(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    model->peers = *message->peers;
    if (message->again && model->calm.standing)
        calm_absorb(model); /* others made them anew: that asks for no other rows */
    else
        model->result.stamp = 0;
}

static void on_history(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    if (message->id != model->history_id)
        return;
    size_t count = message->snapshot_count;
    model->history = mem_resize(model->history, count + 1, sizeof *model->history);
    if (count > 0)
        memcpy(model->history, message->snapshots, count * sizeof *model->history);
    model->history_count = count;
}

static void on_trend(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    trend_take(model, message);
}

static void on_keeping(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    model->kept = message->done;
    model->keep_total = message->total;
}

static void on_job(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    struct buf name = BUF_INIT;
    model->job = message->job;
    text_safe(&name, message->text);
    snprintf(model->job_name, sizeof model->job_name, "%s", buf_string(&name));
    buf_release(&name);
    if (!model->job.running)
        form_imported(model);
}

static void on_changing(struct model *model, const struct message *message, struct effects *effects)
{
    (void)message;
    (void)effects;
    calm_begin(model);
}

static void on_changed(struct model *model, const struct message *message, struct effects *effects)
{
    calm_changed(model, message, effects);
}

static void on_scenario(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    scenario_take(model, message->scenario, message->plan);
    calm_absorb(model); /* who else turned an assumption asks for no other rows */
}

static void on_form(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    form_take_plan(model, message->form);
}

static void on_figures(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    form_take_figures(model, message->figures);
}

static void on_batches(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    imports_take(model, message);
}

static void on_batch(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    imports_take_ids(model, message);
}

static void on_paths(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    paths_take(model, message);
}

static void on_lists(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    first_take(model, message);
}

static void on_themes(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    wear_take(model, message);
}

static void on_visit(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    changes_visit(model, message->now);
}

static void on_then(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    changes_take_then(model, message);
}

static void on_gone(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    changes_take_gone(model, message);
}

static void on_folder(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    hand_take_folder(model, message->text);
}

static void on_taken(struct model *model, const struct message *message, struct effects *effects)
{
    (void)message;
    (void)effects;
    hand_take_question(model);
}

static void on_saved(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    hand_take_saved(model, message->text);
}

/* As others left them. */
static void on_named(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    named_release(&model->saved);
    for (size_t i = 0; i < message->views->count; i++)
        named_put(&model->saved, text_of(message->views->items[i].name),
                  buf_text(&message->views->items[i].lines), i);
}

static void on_use_view(struct model *model, const struct message *message, struct effects *effects)
{
    struct err err;
    if (!view_use(model, effects, message->text, &err)) {
        model_notice(model, "%s", err.message);
        model->alarm = true;
    }
}

static void on_settled(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    model_settle_anew(model, message->settings);
    model->list_from = 0;
    if (model->overlay == OVERLAY_PICKER)
        picker_build(model);
}

static void on_notice(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    if (message->kind == MESSAGE_FAILED)
        model_alarm(model, message->text);
    else
        model_notice(model, "%.*s", (int)message->text.length, message->text.at);
}

static void on_say(struct model *model, const struct message *message, struct effects *effects)
{
    said_line(model, message->text, effects);
}

static void on_tell(struct model *model, const struct message *message, struct effects *effects)
{
    (void)effects;
    said_tell(model, message->again);
}

static void on_work(struct model *model, const struct message *message, struct effects *effects)
{
    (void)message;
    (void)effects;
    work_step(model);
}

static void (*const receivers[])(struct model *model, const struct message *message,
                                 struct effects *effects) = {
    [MESSAGE_KEY] = on_key,           [MESSAGE_PASTE] = on_paste,
    [MESSAGE_MOUSE] = mouse,          [MESSAGE_RESIZE] = on_resize,
    [MESSAGE_TICK] = on_tick,         [MESSAGE_LOADING] = on_loading,
    [MESSAGE_LOADED] = on_loaded,     [MESSAGE_PEERS] = on_peers,
    [MESSAGE_HISTORY] = on_history,   [MESSAGE_TREND] = on_trend,
    [MESSAGE_WORK] = on_work,         [MESSAGE_JOB] = on_job,
    [MESSAGE_PATHS] = on_paths,       [MESSAGE_CHANGING] = on_changing,
    [MESSAGE_CHANGED] = on_changed,   [MESSAGE_SCENARIO] = on_scenario,
    [MESSAGE_KEEPING] = on_keeping,   [MESSAGE_FAILED] = on_notice,
    [MESSAGE_VISIT] = on_visit,       [MESSAGE_THEN] = on_then,
    [MESSAGE_GONE] = on_gone,         [MESSAGE_NOTICE] = on_notice,
    [MESSAGE_SETTLED] = on_settled,   [MESSAGE_NAMED] = on_named,
    [MESSAGE_USE_VIEW] = on_use_view, [MESSAGE_LEAVE] = on_leave,
    [MESSAGE_FORM] = on_form,         [MESSAGE_FIGURES] = on_figures,
    [MESSAGE_FOLDER] = on_folder,     [MESSAGE_TAKEN] = on_taken,
    [MESSAGE_THEMES] = on_themes,     [MESSAGE_BATCHES] = on_batches,
    [MESSAGE_BATCH] = on_batch,       [MESSAGE_LISTS] = on_lists,
    [MESSAGE_SAY] = on_say,           [MESSAGE_TELL] = on_tell,
    [MESSAGE_SAVED] = on_saved,
};

void update(struct model *model, const struct message *message, struct effects *effects)
{
    bool leaving = model->leaving;
    calm_absorb(model);
    if (!hand_dismiss(model, message))
        receivers[message->kind](model, message, effects);
    own_flush(model, effects);
    derive(model, effects);
    tour_follow(model);
    paths_ask(model, effects);
    wear_follow(model, effects);
    /* Until all is loaded, the view is not yet the one of last time. */
    if (model->leaving && !leaving && (!model->loading || model->loading_again))
        resume_keep(model, effects);
}
