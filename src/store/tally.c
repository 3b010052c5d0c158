#include "tally_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

/* What became of a creator: one of these, or the hash of the row as it was before the import. */
enum met_state { MET_SAME, MET_ADDED, MET_PAST, MET_FIRST_HASH };

void tally_init(struct tally *tally, int64_t last_old)
{
    *tally = (struct tally){.last_old = last_old};
}

void tally_release(struct tally *tally)
{
    free(tally->slots);
    free(tally->states.items);
    tally->slots = NULL;
    tally->states.items = NULL;
    tally->states.count = tally->states.capacity = 0;
    tally->count = tally->capacity = 0;
}

static struct tally_met *slot_of(const struct tally *tally, int64_t id)
{
    size_t mask = tally->capacity - 1;
    size_t at = (size_t)(((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & mask;

    while (tally->slots[at].id != 0 && tally->slots[at].id != id)
        at = (at + 1) & mask;
    return &tally->slots[at];
}

static void grow(struct tally *tally)
{
    struct tally old = *tally;

    tally->capacity = old.capacity ? old.capacity * 2 : 1024;
    tally->slots = mem_zero(tally->capacity, sizeof *tally->slots);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].id != 0)
            *slot_of(tally, old.slots[i].id) = old.slots[i];
    free(old.slots);
}

static struct tally_met *meet(struct tally *tally, int64_t id, bool *fresh)
{
    if (tally->count >= tally->capacity / 4 * 3)
        grow(tally);
    struct tally_met *met = slot_of(tally, id);
    *fresh = met->id == 0;
    if (*fresh) {
        met->id = id;
        tally->count++;
    }
    return met;
}

/* The state of a creator, and whether this is its first time. */
static uint32_t state_of(struct tally *tally, const struct tally_who *who, bool *fresh)
{
    *fresh = who->fresh;
    if (who->number == 0)
        return meet(tally, who->id, fresh)->state;
    return who->number < tally->states.count ? tally->states.items[who->number] : MET_SAME;
}

static void set_state(struct tally *tally, const struct tally_who *who, uint32_t state)
{
    size_t count = tally->states.count, needed = (size_t)who->number + 1;
    bool fresh;

    if (who->number == 0) {
        meet(tally, who->id, &fresh)->state = state;
        return;
    }
    if (needed > count) {
        VEC_RESERVE(&tally->states, needed);
        memset(tally->states.items + count, 0, (needed - count) * sizeof *tally->states.items);
        tally->states.count = needed;
    }
    tally->states.items[who->number] = state;
}

static uint32_t hash_state(const struct row *row, const struct fields *fields)
{
    return (uint32_t)(row_hash(row, fields) >> 32) | MET_FIRST_HASH;
}

struct tally_who tally_meet(struct tally *tally, uint64_t number)
{
    struct tally_who who = {.number = number, .fresh = number > tally->numbered};

    if (who.fresh)
        tally->numbered = number;
    return who;
}

void tally_added(struct tally *tally, const struct tally_who *who)
{
    tally->written.added++;
    /* Ids grow, unless the highest possible is taken: then free ones below are given out. */
    if (who->id <= tally->last_old)
        set_state(tally, who, MET_ADDED);
}

void tally_known(struct tally *tally, const struct tally_who *who, enum tally_effect effect,
                 const struct row *before, const struct row *after, const struct fields *fields)
{
    struct store_written *written = &tally->written;
    bool fresh;

    if (who->id > tally->last_old) { /* added by this very import */
        written->repeated++;
        return;
    }
    uint32_t state = state_of(tally, who, &fresh);
    written->repeated += !fresh;
    written->unchanged += fresh;
    if (effect == EFFECT_NONE || state == MET_ADDED || state == MET_PAST)
        return;
    if (state == MET_SAME) {
        written->unchanged--;
        written->changed++;
        state = effect == EFFECT_PAST ? (uint32_t)MET_PAST : hash_state(before, fields);
    } else if (effect == EFFECT_PAST) {
        state = MET_PAST;
    } else if (hash_state(after, fields) == state) { /* back to what it was */
        written->changed--;
        written->unchanged++;
        state = MET_SAME;
    }
    set_state(tally, who, state);
}
