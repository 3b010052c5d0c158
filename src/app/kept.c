#include "app/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

static void release_one(struct kept_scenario *kept)
{
    plan_entries_release(&kept->plan);
}

void kept_release(struct kept_scenarios *kept)
{
    if (!kept)
        return;
    for (size_t i = 0; i < kept->count; i++)
        release_one(&kept->items[i]);
    free(kept->items);
    *kept = (struct kept_scenarios){0};
}

struct kept_scenario *kept_find(const struct kept_scenarios *kept, struct text name)
{
    for (size_t i = 0; i < kept->count; i++)
        if (text_is(name, kept->items[i].scenario.name))
            return &kept->items[i];
    return NULL;
}

struct kept_scenario *kept_alike(const struct kept_scenarios *kept, struct text name)
{
    struct buf wanted = BUF_INIT, folded = BUF_INIT;
    struct kept_scenario *found = NULL;
    utf8_fold(&wanted, name);
    for (size_t i = 0; i < kept->count && !found; i++) {
        buf_clear(&folded);
        utf8_fold(&folded, text_of(kept->items[i].scenario.name));
        if (text_equal(buf_text(&wanted), buf_text(&folded)))
            found = &kept->items[i];
    }
    buf_release(&wanted);
    buf_release(&folded);
    return found;
}

void kept_put(struct kept_scenarios *kept, const struct scenario *scenario,
              struct plan_entries *take_plan, size_t place)
{
    struct kept_scenario *there = kept_find(kept, text_of(scenario->name));
    struct kept_scenario new = {*scenario, *take_plan};
    *take_plan = (struct plan_entries){.count = 0};
    if (there) {
        release_one(there);
        *there = new;
        return;
    }
    VEC_PUSH(kept, new);
    size_t at = place < kept->count - 1 ? place : kept->count - 1;
    memmove(kept->items + at + 1, kept->items + at, (kept->count - 1 - at) * sizeof new);
    kept->items[at] = new;
}

void kept_drop(struct kept_scenarios *kept, struct text name)
{
    struct kept_scenario *there = kept_find(kept, name);
    if (!there)
        return;
    size_t at = (size_t)(there - kept->items);
    release_one(there);
    kept->count--;
    memmove(there, there + 1, (kept->count - at) * sizeof *there);
}
