#include <math.h>
#include <signal.h>

#include "explorer_internal.h"
#include "runtime/data.h"
#include "runtime/loop.h"
#include "runtime/signals.h"

/* Messages to the model, and carrying out its effects. */

#define TELL_SECONDS 0.25  /* between two words on how the writing goes */
#define PATIENCE_SECONDS 1 /* with another program that writes, before it is said */

void explorer_fail(struct explorer *it, const struct err *err)
{
    explorer_tell(it, (struct message){.kind = MESSAGE_FAILED, .text = text_of(err->message)});
}

/* effects */

void explorer_notice(struct explorer *it, const char *text)
{
    explorer_tell(it, (struct message){.kind = MESSAGE_NOTICE, .text = text_of(text)});
}

static void tell_keeping(struct explorer *it)
{
    struct message message = {.kind = MESSAGE_KEEPING};
    bool many = keeper_progress(&it->keeper, &message.done, &message.total);
    if (!many && it->model.keep_total == 0)
        return;
    if (!many)
        message.done = message.total = 0;
    if (many && it->keeping == KEEPER_MORE && loop_now() < it->next_tell)
        return;
    it->next_tell = loop_now() + TELL_SECONDS;
    explorer_tell(it, message);
}

/* A full disk: once, and again when it is not. What waits goes on waiting. */
static void tell_full(struct explorer *it, const struct err *err)
{
    struct buf words = BUF_INIT;
    bool full = it->keeping == KEEPER_HELD && err->message[0];
    if (full && !it->full) {
        buf_addf(&words, "%s: what you do is kept when there is room", err->message);
        explorer_tell(it, (struct message){.kind = MESSAGE_FAILED, .text = buf_text(&words)});
    } else if (it->full && it->keeping == KEEPER_DONE) {
        explorer_notice(it, "there is room again: all is kept");
    }
    it->full = full || (it->full && it->keeping == KEEPER_HELD);
    buf_release(&words);
}

/* After the frame, so that nobody waits for the disk to see what a key did. */
void explorer_keep(struct explorer *it, double seconds)
{
    struct err err;
    if (it->lost || (keeper_waits(&it->keeper) && !store_in_place(it->store))) {
        it->keeping = keeper_waits(&it->keeper) ? KEEPER_HELD : KEEPER_DONE;
        return;
    }
    it->keeping = keeper_write(&it->keeper, seconds, &err);
    if (it->keeping != KEEPER_HELD)
        it->held_since = loop_now();
    if (it->keeping == KEEPER_FAILED)
        explorer_fail(it, &err);
    tell_full(it, &err);
    if (it->keeping == KEEPER_DONE && it->held_up)
        explorer_notice(it, "the other program is done: all is kept");
    it->held_up = it->held_up && keeper_waits(&it->keeper);
    tell_keeping(it);
}

/* Where it takes longer than a moment, it is said what is waited for. */
void explorer_say_held_up(struct explorer *it)
{
    if (it->keeping != KEEPER_HELD || it->lost || it->full || explorer_imports(it) ||
        loop_now() - it->held_since < PATIENCE_SECONDS)
        return;
    it->held_up = true;
    explorer_notice(it,
                    "another program writes to this store: what you do is kept when it is done");
}

static void run_quit(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    it->quit = true;
}

static void run_redraw(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    if (it->term)
        term_redraw(it->term);
}

static void run_suspend(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    if (it->term)
        term_suspend(it->term);
    signals_stop(true);
    if (it->term)
        term_resume(it->term);
}

/* Only the latest is answered, once nothing more is waiting: nobody sees the others. */
static void run_history(struct explorer *it, const struct effect *effect)
{
    it->history_wanted = effect->id;
}

static void run_gone(struct explorer *it, const struct effect *effect)
{
    it->gone_wanted = true;
    it->gone_since = effect->number;
}

void explorer_answer(struct explorer *it)
{
    struct err err;
    struct message message = {.kind = MESSAGE_HISTORY, .id = it->history_wanted};
    if (it->history_wanted == 0)
        return;
    it->history_wanted = 0;
    if (keeper_history(&it->keeper, message.id, &message.snapshots, &message.snapshot_count, &err))
        explorer_tell(it, message);
    else if (!store_busy(it->store))
        explorer_fail(it, &err);
}

/* the simulated feed that runs beside */

void explorer_follow_feed(struct explorer *it)
{
    struct buf why = BUF_INIT;
    if (feed_job_read(&it->feed, &why))
        explorer_tell(it, (struct message){.kind = MESSAGE_FAILED, .text = buf_text(&why)});
    buf_release(&why);
}

static void run_mouse(struct explorer *it, const struct effect *effect)
{
    if (it->term)
        term_mouse(it->term, effect->number > 0);
}

static void (*const runners[EFFECT_KINDS])(struct explorer *it, const struct effect *effect) = {
    [EFFECT_QUIT] = run_quit,
    [EFFECT_REDRAW] = run_redraw,
    [EFFECT_SUSPEND] = run_suspend,
    [EFFECT_HISTORY] = run_history,
    [EFFECT_GONE] = run_gone,
    [EFFECT_IMPORT] = explorer_run_import,
    [EFFECT_CANCEL] = explorer_run_cancel,
    [EFFECT_PATHS] = explorer_run_paths,
    [EFFECT_FORM] = explorer_run_form,
    [EFFECT_FORM_ANSWER] = explorer_run_answer,
    [EFFECT_FORM_CLOSE] = explorer_run_close,
    [EFFECT_REJECTS] = explorer_run_rejects,
    [EFFECT_BATCH] = explorer_run_batch,
    [EFFECT_TAKE_BACK] = explorer_run_take_back,
    [EFFECT_LISTS] = explorer_look_for_lists,
    [EFFECT_SAMPLE] = explorer_want_sample,
    [EFFECT_FOLDER] = explorer_folder,
    [EFFECT_HAND_OVER] = explorer_hand_over,
    [EFFECT_MOUSE] = run_mouse,
    [EFFECT_WEAR] = explorer_wear,
    [EFFECT_THEMES] = explorer_list_themes,
    [EFFECT_COPY] = explorer_copy,
    [EFFECT_COPY_TABLE] = explorer_copy_table,
    [EFFECT_COPY_TIERS] = explorer_copy_tiers,
};

/* Effects may answer with messages whose effects join the queue. */
void explorer_tell(struct explorer *it, struct message message)
{
    struct effects effects = {0};
    it->stale = true;
    update(&it->model, &message, &effects);
    keeper_take(&it->keeper, &effects);
    for (size_t i = 0; i < effects.count; i++)
        if (runners[effects.items[i].kind])
            runners[effects.items[i].kind](it, &effects.items[i]);
    effects_release(&effects);
}
