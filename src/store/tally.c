#include "tally_internal.h"

#include <stdlib.h>

#include "base/mem.h"

/* What became of a creator: one of these, or the hash of the row as it was before the import. */
enum met_state { MET_SAME, MET_ADDED, MET_PAST, MET_FIRST_HASH };

void tally_init(struct tally *tally, int64_t last_old)
{
    *tally = (struct tally){.last_old = last_old};
}

void tally_release(struct tally *tally)
{
    free(tally->slots);
    tally->slots = NULL;
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

static uint64_t hash_state(const struct row *row, const struct fields *fields)
{
    return row_hash(row, fields) | MET_FIRST_HASH;
}

void tally_added(struct tally *tally, int64_t id)
{
    bool fresh;

    tally->written.added++;
    /* Ids grow, unless the highest possible is taken: then free ones below are given out. */
    if (id <= tally->last_old)
        meet(tally, id, &fresh)->state = MET_ADDED;
}

static void count_changed(struct tally *tally, struct tally_met *met, enum tally_effect effect,
                          const struct row *before, const struct fields *fields)
{
    tally->written.changed++;
    met->state = effect == EFFECT_PAST ? (uint64_t)MET_PAST : hash_state(before, fields);
}

void tally_known(struct tally *tally, int64_t id, enum tally_effect effect,
                 const struct row *before, const struct row *after, const struct fields *fields)
{
    struct store_written *written = &tally->written;
    bool fresh;

    if (id > tally->last_old) { /* added by this very import */
        written->repeated++;
        return;
    }
    struct tally_met *met = meet(tally, id, &fresh);
    written->repeated += !fresh;
    written->unchanged += fresh;
    if (effect == EFFECT_NONE || met->state == MET_ADDED || met->state == MET_PAST)
        return;
    if (met->state == MET_SAME) {
        written->unchanged--;
        count_changed(tally, met, effect, before, fields);
    } else if (effect == EFFECT_PAST) {
        met->state = MET_PAST;
    } else if (hash_state(after, fields) == met->state) { /* back to what it was */
        written->changed--;
        written->unchanged++;
        met->state = MET_SAME;
    }
}
