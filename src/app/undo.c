#include "app/undo.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

const char *const step_words[STEP_KINDS] = {
    [STEP_TICK] = "tick",         [STEP_PLAN] = "plan",   [STEP_KNOBS] = "knob",
    [STEP_SCENARIO] = "scenario", [STEP_TIERS] = "tiers", [STEP_WEIGHTS] = "weights",
    [STEP_SAVED] = "view",        [STEP_NOTE] = "note",
};

void step_release(struct step *step)
{
    if (!step)
        return;
    buf_release(&step->old);
    buf_release(&step->new);
}

static size_t step_bytes(const struct step *step)
{
    return step->old.length + step->new.length;
}

static void forget(struct undo *undo, struct step *step)
{
    if (step->token)
        VEC_PUSH(&undo->gone, step->token);
    undo->bytes -= step_bytes(step);
    step_release(step);
}

static void forget_undone(struct undo *undo)
{
    while (undo->count > undo->done)
        forget(undo, &undo->items[--undo->count]);
}

static void forget_oldest(struct undo *undo)
{
    size_t gone = undo->count > UNDO_MOST ? undo->count - UNDO_MOST : 0, left = undo->bytes;
    for (size_t i = 0; i < gone; i++)
        left -= step_bytes(&undo->items[i]);
    while (left > UNDO_BYTES_MOST && gone + 1 < undo->count)
        left -= step_bytes(&undo->items[gone++]);
    if (gone == 0)
        return;
    for (size_t i = 0; i < gone; i++)
        forget(undo, &undo->items[i]);
    undo->count -= gone;
    undo->done -= gone;
    memmove(undo->items, undo->items + gone, undo->count * sizeof *undo->items);
}

void undo_release(struct undo *undo)
{
    if (!undo)
        return;
    for (size_t i = 0; i < undo->count; i++)
        step_release(&undo->items[i]);
    free(undo->items);
    free(undo->gone.items);
    *undo = (struct undo){0};
}

int64_t undo_token(struct undo *undo)
{
    return -++undo->tokens;
}

void undo_push(struct undo *undo, struct step *take_step)
{
    forget_undone(undo);
    if (step_words[take_step->kind] && !take_step->token)
        take_step->token = undo_token(undo);
    undo->bytes += step_bytes(take_step);
    VEC_PUSH(undo, *take_step);
    undo->done = undo->count;
    forget_oldest(undo);
}

struct step undo_pop(struct undo *undo)
{
    struct step step = undo->items[--undo->count];
    undo->done = undo->count;
    undo->bytes -= step_bytes(&step);
    return step;
}

static bool kind_from(struct text word, enum step_kind *kind)
{
    for (size_t i = 0; i < STEP_KINDS; i++)
        if (step_words[i] && text_is(word, step_words[i])) {
            *kind = (enum step_kind)i;
            return true;
        }
    return false;
}

static void copy_text(char *to, size_t size, struct text text)
{
    size_t length = text.length < size ? text.length : size - 1;
    memcpy(to, text.at ? text.at : "", length);
    to[length] = '\0';
}

bool undo_restore(struct undo *undo, int64_t seq, struct text label, struct text target,
                  struct text old, struct text new, bool undone)
{
    struct text word;
    struct step step = {.token = seq};
    if (!text_next(&target, ' ', &word) || !kind_from(word, &step.kind))
        return false;
    copy_text(step.label, sizeof step.label, label);
    copy_text(step.scenario, sizeof step.scenario, target);
    buf_add_text(&step.old, old);
    buf_add_text(&step.new, new);
    undo->bytes += step_bytes(&step);
    VEC_PUSH(undo, step);
    size_t at = undone ? undo->count - 1 : undo->done++;
    memmove(undo->items + at + 1, undo->items + at, (undo->count - 1 - at) * sizeof step);
    undo->items[at] = step;
    return true;
}

void step_target(const struct step *step, struct buf *out)
{
    buf_add_string(out, step_words[step->kind]);
    if (step->scenario[0])
        buf_addf(out, " %s", step->scenario);
}

const struct step *undo_next(const struct undo *undo)
{
    return undo->done > 0 ? &undo->items[undo->done - 1] : NULL;
}

const struct step *redo_next(const struct undo *undo)
{
    return undo->done < undo->count ? &undo->items[undo->done] : NULL;
}
