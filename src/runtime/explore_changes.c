#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "domain/platform.h"
#include "explorer_internal.h"
#include "runtime/clock.h"
#include "store/own.h"
#include "store/visit.h"

/* What has become of the creators since the last visit: asked of the store for the model. */

#define LOST_MOST                                                                                  \
    2000 /* ticks, or places in the plan, that are looked up among those who are gone */

/* Where it cannot be written down now it is with the first thing that is kept. */
void explorer_begin_visit(struct explorer *it)
{
    double last;
    struct err err;
    store_visit_begin(it->store, clock_now(), &last, &err);
    explorer_tell(it, (struct message){.kind = MESSAGE_VISIT, .now = last});
}

/* ---- as they were ---- */

struct past_page {
    struct changes_then items[CHANGES_PAGE];
    size_t count;
};

static void take_then(void *self, int64_t id, const struct snapshot *then)
{
    struct past_page *page = self;
    if (page->count < CHANGES_PAGE)
        page->items[page->count++] = (struct changes_then){id, *then};
}

bool explorer_read_then(struct explorer *it)
{
    int64_t ids[CHANGES_PAGE];
    struct err err;
    size_t count = model_then_wanted(&it->model, ids);
    double since = it->model.changes.since;
    if (count == 0)
        return false;
    struct past_page *page = mem_zero(1, sizeof *page);
    bool visit = it->model.changes.span == CHANGES_VISIT;
    bool ok = visit ? store_as_seen(it->store, ids, count, since, take_then, page, &err)
                    : store_as_of(it->store, ids, count, since, take_then, page, &err);
    if (ok)
        explorer_tell(it, (struct message){.kind = MESSAGE_THEN,
                                           .now = since,
                                           .thens = page->items,
                                           .then_count = page->count});
    free(page);
    return ok; /* else the next turn tries again */
}

/* ---- who is gone ---- */

struct gone_list {
    struct arena arena;
    struct changes_gone *items;
    size_t count, capacity;
};

static void take_gone(void *self, enum platform platform, struct text handle, double at)
{
    struct gone_list *list = self;
    VEC_PUSH(list,
             ((struct changes_gone){platform, arena_text(&list->arena, handle), at, false, false}));
}

static struct changes_gone *find_gone(const struct gone_list *list, enum platform platform,
                                      struct text key)
{
    char own[256];
    for (size_t i = 0; i < list->count; i++) {
        struct changes_gone *gone = &list->items[i];
        if (gone->platform != platform || gone->handle.length != key.length ||
            key.length >= sizeof own)
            continue;
        handle_key(platform, gone->handle, own);
        if (text_is(key, own))
            return gone;
    }
    return NULL;
}

static void mark_ticked(void *self, int64_t id, enum platform platform, struct text key)
{
    struct changes_gone *gone = id ? NULL : find_gone(self, platform, key);
    if (gone)
        gone->ticked = true;
}

static void mark_planned(void *self, int64_t id, const struct store_plan_row *row)
{
    struct changes_gone *gone = id ? NULL : find_gone(self, row->platform, row->key);
    if (gone)
        gone->planned = row->planned.deliverables > 0;
}

static void mark_own(struct explorer *it, struct gone_list *list)
{
    struct store_page ticks = {.most = LOST_MOST}, plan = {.most = LOST_MOST};
    if (list->count == 0)
        return;
    store_ticks(it->store, &ticks, mark_ticked, list, NULL);
    store_plan(it->store, text_of(it->model.scenario.name), &plan, mark_planned, list, NULL);
}

/* Asked for by the model; where the store cannot be read now, the next turn tries again. */
void explorer_tell_gone(struct explorer *it)
{
    struct gone_list list = {.count = 0};
    struct err err;
    if (!it->gone_wanted)
        return;
    if (store_gone(it->store, it->gone_since, take_gone, &list, &err)) {
        it->gone_wanted = false;
        mark_own(it, &list);
        explorer_tell(it, (struct message){.kind = MESSAGE_GONE,
                                           .now = it->gone_since,
                                           .gone = list.items,
                                           .gone_count = list.count});
    }
    free(list.items);
    arena_release(&list.arena);
}
