#include "base/names.h"
#include "base/number.h"
#include "explorer_internal.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "runtime/session.h"
#include "store/figures.h"
#include "store/own.h"
#include "store/scenario.h"

/* What is the user's own may be written from another window or by a verb: it is read whole where it is
 * not much, and what differs goes to the model. Ours is written first: the last of two writes of a thing
 * is what it is. */

#define MOST                                                                                       \
    4000 /* ticks, notes, or creators in the plan, beyond which nobody reads them over and over */

static void take_name(void *self, struct text name)
{
    names_add(self, name);
}

static void tell_scenario(struct explorer *it, struct text name, bool there)
{
    struct scenario scenario;
    struct plan_entries plan = {.count = 0};
    scenario_init(&scenario);
    scenario_name_set(&scenario, name);
    if (!there || store_scenario_get(it->store, name, &scenario, &plan, NULL))
        explorer_tell(it, (struct message){.kind = MESSAGE_SCENARIO,
                                           .scenario = &scenario,
                                           .plan = there ? &plan : NULL});
    plan_entries_release(&plan);
}

static void take_scenarios(struct explorer *it)
{
    struct names stored = {.count = 0}, kept = {.count = 0};
    bool few = it->catalog.planned_count + it->catalog.own_count <= MOST;
    if (few && store_scenarios(it->store, take_name, &stored, NULL)) {
        for (size_t i = 0; i < it->model.plans.count; i++)
            take_name(&kept, text_of(it->model.plans.items[i].scenario.name));
        for (uint32_t i = 0; i < stored.count; i++)
            tell_scenario(it, names_text(&stored, i), true);
        for (uint32_t i = 0; i < kept.count; i++)
            if (names_find(&stored, names_text(&kept, i)) == NAMES_NONE)
                tell_scenario(it, names_text(&kept, i), false);
    }
    names_release(&stored);
    names_release(&kept);
}

struct ticked {
    const struct catalog *catalog;
    struct bits rows;
};

static void take_tick(void *self, int64_t id, enum platform platform, struct text key)
{
    struct ticked *ticked = self;
    uint32_t row = id ? catalog_find_id(ticked->catalog, id) : CATALOG_NONE;
    (void)platform;
    (void)key;
    if (row != CATALOG_NONE)
        bits_put(&ticked->rows, row, true);
}

/* Those of `rows` that are not in `without`. */
static struct bits less(const struct bits *rows, const struct bits *without)
{
    struct bits left = {0};
    bits_resize(&left, rows->count);
    for (size_t i = 0; i < bits_words(rows->count); i++)
        left.words[i] = rows->words[i] & ~without->words[i];
    return left;
}

static void take_ticks(struct explorer *it)
{
    struct ticked stored = {.catalog = &it->catalog};
    struct bits ours = {0};
    struct store_page page = {.most = MOST + 1};
    if (it->catalog.ticked_count > MOST)
        return;
    bits_resize(&stored.rows, it->catalog.count);
    catalog_ticked_rows(&it->catalog, &ours);
    if (store_ticks(it->store, &page, take_tick, &stored, NULL) && page.count <= MOST) {
        struct bits on = less(&stored.rows, &ours), off = less(&ours, &stored.rows);
        catalog_tick_rows(&it->catalog, &on, true);
        catalog_tick_rows(&it->catalog, &off, false);
        bits_release(&on);
        bits_release(&off);
    }
    bits_release(&stored.rows);
    bits_release(&ours);
}

static void take_views(struct explorer *it)
{
    struct named_views views = {.count = 0};
    if (session_views(it->store, &views, NULL))
        explorer_tell(it, (struct message){.kind = MESSAGE_NAMED, .views = &views});
    named_release(&views);
}

struct noted {
    struct catalog *catalog;
    struct bits rows;
};

static void take_note(void *self, int64_t id, enum platform platform, struct text key,
                      struct text note)
{
    struct noted *noted = self;
    uint32_t row = id ? catalog_find_id(noted->catalog, id) : CATALOG_NONE;
    (void)platform;
    (void)key;
    if (row == CATALOG_NONE)
        return;
    bits_put(&noted->rows, row, true);
    catalog_note(noted->catalog, row, note);
}

static void take_notes(struct explorer *it)
{
    struct noted stored = {.catalog = &it->catalog};
    struct bits ours = {0};
    struct store_page page = {.most = MOST + 1};
    if (it->catalog.note_count > MOST)
        return;
    bits_resize(&stored.rows, it->catalog.count);
    catalog_noted_rows(&it->catalog, &ours);
    if (store_notes(it->store, &page, take_note, &stored, NULL) && page.count <= MOST) {
        struct bits gone = less(&ours, &stored.rows);
        for (size_t row = bits_next(&gone, 0); row < gone.count; row = bits_next(&gone, row + 1))
            catalog_note(&it->catalog, (uint32_t)row, (struct text){0});
        bits_release(&gone);
    }
    bits_release(&stored.rows);
    bits_release(&ours);
}

/* An import made the medians anew. */
static void take_peers(struct explorer *it)
{
    struct peers peers;
    if (store_peers(it->store, &peers, NULL) && number_known(peers.made_at) &&
        !peers_equal(&peers, &it->model.peers))
        explorer_tell(it, (struct message){.kind = MESSAGE_PEERS, .peers = &peers, .again = true});
}

void explorer_own(struct explorer *it)
{
    if (!it->live.elsewhere || it->live.wanted || it->lost || explorer_is_loading(it) ||
        keeper_waits(&it->keeper) || model_unsettled(&it->model) || it->model.prompt != PROMPT_NONE)
        return;
    it->live.elsewhere = false;
    explorer_tell(it, (struct message){.kind = MESSAGE_CHANGING});
    take_peers(it);
    take_ticks(it);
    take_notes(it);
    take_scenarios(it);
    take_views(it);
    explorer_tell_batches(it);
    explorer_tell(it, (struct message){.kind = MESSAGE_TICK,
                                       .now = clock_now(),
                                       .day = clock_of_day(),
                                       .seconds = loop_now()});
}
