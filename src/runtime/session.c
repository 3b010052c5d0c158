#include "runtime/patience.h"
#include "runtime/session.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/doc.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/knob.h"
#include "runtime/batches.h"
#include "runtime/clock.h"
#include "store/figures.h"
#include "store/load.h"
#include "store/own.h"
#include "store/scenario.h"
#include "store/view.h"
#include "store/visit.h"

/* A knob that this program does not know, or that is out of range, is another version's: left. */
static void turn_knob(void *self, struct text key, struct text value)
{
    scenario_knob_set(self, key, value, NULL);
}

bool session_scenario(struct store *store, struct scenario *scenario, struct err *err)
{
    struct buf name = BUF_INIT;
    bool ok = store_scenario_in_use(store, &name, err);
    if (ok)
        scenario_name_set(scenario, buf_text(&name));
    buf_release(&name);
    return ok;
}

struct names_there {
    struct arena arena;
    const char **items;
    size_t count, capacity;
};

static void note_name(void *self, struct text name)
{
    struct names_there *names = self;
    VEC_PUSH(names, arena_string(&names->arena, name));
}

static bool no_scenario(struct store *store, const char *name, struct err *err)
{
    struct names_there names = {.items = NULL};
    const char *nearest = NULL;
    if (store_scenarios(store, note_name, &names, NULL))
        nearest = nearest_word(text_of(name), names.items, names.count, sizeof names.items[0]);
    err_set(err, "there is no scenario '%s'%s%s%s", name,
            nearest ? ": did you mean '" : "; microscope scenario lists them",
            nearest ? nearest : "", nearest ? "'?" : "");
    free(names.items);
    arena_release(&names.arena);
    return false;
}

bool session_scenario_named(struct store *store, const char *name, struct scenario *scenario,
                            struct err *err)
{
    struct buf kept = BUF_INIT;
    bool found = false;
    if (!name)
        return session_scenario(store, scenario, err);
    bool ok = store_scenario_find(store, text_of(name), &kept, &found, err);
    if (ok && found)
        scenario_name_set(scenario, buf_text(&kept));
    buf_release(&kept);
    return ok && (found || no_scenario(store, name, err));
}

bool session_assumptions(struct store *store, struct scenario *scenario, struct peers *peers,
                         struct err *err)
{
    return store_peers(store, peers, err) &&
           store_knobs(store, text_of(scenario->name), turn_knob, scenario, err);
}

static void tick(void *self, int64_t id, enum platform platform, struct text key)
{
    uint32_t row = id ? catalog_find_id(self, id) : CATALOG_NONE;
    (void)platform;
    (void)key;
    if (row != CATALOG_NONE)
        catalog_tick(self, row, true);
}

bool session_ticks(struct store *store, struct catalog *catalog, struct store_page *page,
                   struct err *err)
{
    return store_ticks(store, page, tick, catalog, err);
}

static void write_note(void *self, int64_t id, enum platform platform, struct text key,
                       struct text note)
{
    uint32_t row = id ? catalog_find_id(self, id) : CATALOG_NONE;
    (void)platform;
    (void)key;
    if (row != CATALOG_NONE)
        catalog_note(self, row, note);
}

bool session_notes(struct store *store, struct catalog *catalog, struct store_page *page,
                   struct err *err)
{
    return store_notes(store, page, write_note, catalog, err);
}

struct planner {
    struct catalog *catalog;
    struct plan_entries *absent; /* NULL: nobody asks */
};

static void plan(void *self, int64_t id, const struct store_plan_row *entry)
{
    const struct planner *planner = self;
    uint32_t row = id ? catalog_find_id(planner->catalog, id) : CATALOG_NONE;
    if (row != CATALOG_NONE)
        catalog_plan_put(planner->catalog, row, &entry->planned);
    else if (planner->absent)
        plan_entries_put(planner->absent, entry->platform, entry->key, &entry->planned);
}

bool session_plan(struct store *store, struct catalog *catalog, const struct scenario *scenario,
                  struct plan_entries *absent, struct store_page *page, struct err *err)
{
    struct planner planner = {catalog, absent};
    return store_plan(store, text_of(scenario->name), page, plan, &planner, err);
}

bool session_marks(struct store *store, struct catalog *catalog, const struct scenario *scenario,
                   struct err *err)
{
    return session_ticks(store, catalog, NULL, err) && session_notes(store, catalog, NULL, err) &&
           session_plan(store, catalog, scenario, NULL, NULL, err);
}

void session_tiers(struct store *store, struct buf *name)
{
    bool found = false;
    if (!store_meta(store, "tiers", name, &found, NULL) || !found)
        buf_clear(name);
}

static const struct tier_preset *tiers_of(struct store *store,
                                          const struct session_options *options)
{
    struct buf name = BUF_INIT;
    session_tiers(store, &name);
    const struct tier_preset *preset = tier_find(options->own_tiers, buf_text(&name));
    buf_release(&name);
    return preset ? preset : options->tiers;
}

static void take_view(void *self, const struct store_view *view)
{
    struct named_views *views = self;
    struct buf lines = BUF_INIT;
    const struct named_says says = {view->filter, view->sort, view->columns, view->scenario};
    named_write(&says, &lines);
    if (view->name.length > 0 && view->name.length <= VIEW_NAME_MOST)
        named_put(views, view->name, buf_text(&lines), views->count);
    buf_release(&lines);
}

bool session_views(struct store *store, struct named_views *views, struct err *err)
{
    named_release(views);
    return store_views(store, take_view, views, err);
}

/* Its scenario counts where none is asked for. */
static bool look_up_view(struct session *session, const struct session_options *options,
                         struct buf *scenario, struct err *err)
{
    struct named_views views = {.count = 0};
    struct named_says says = {.filter = {0}};
    struct text name;
    bool ok = !options->view || (session_views(session->store, &views, err) &&
                                 named_look_up(&views, text_of(options->view), &name, &says, err));
    if (ok && options->view)
        named_write(&says, &session->view);
    if (options->scenario)
        buf_add_string(scenario, options->scenario);
    else if (ok)
        buf_add_text(scenario, says.scenario);
    named_release(&views);
    return ok;
}

void session_make_peers(const struct catalog *catalog, double now, struct peers *peers)
{
    peers_make(peers, catalog_facts(catalog), catalog->live, now);
}

bool session_open(struct session *session, const char *path, struct err *err)
{
    return session_open_with(session, path,
                             &(struct session_options){.tiers = &tier_presets[0],
                                                       .style = number_style_english,
                                                       .plain = true},
                             err);
}

bool session_open_with(struct session *session, const char *path,
                       const struct session_options *options, struct err *err)
{
    *session = (struct session){0};
    catalog_init(&session->catalog);
    sheet_init(&session->sheet, &session->catalog);
    session->sheet.style = options->style;
    if (options->fresh.audience > 0)
        session->sheet.fresh = options->fresh;
    session->sheet.benchmarks = options->benchmarks;
    if (options->few > 0)
        session->sheet.few = options->few;
    scenario_init(&session->scenario);
    peers_init(&session->peers);
    struct buf scenario = BUF_INIT;
    double now = clock_now(), visited = number_unknown();
    struct batch_list list = {.count = 0};
    bool ok = patience_open_for_a_verb(path, STORE_READ, options->plain, &session->store, err) &&
              store_visit_last(session->store, &visited, err) &&
              batch_list_read(&list, session->store, err) &&
              look_up_view(session, options, &scenario, err) &&
              session_scenario_named(session->store, scenario.length ? buf_string(&scenario) : NULL,
                                     &session->scenario, err) &&
              session_assumptions(session->store, &session->scenario, &session->peers, err) &&
              store_load_all(session->store, catalog_sink(&session->catalog), err) &&
              session_marks(session->store, &session->catalog, &session->scenario, err);
    buf_release(&scenario);
    if (!ok) {
        batch_list_release(&list);
        session_close(session);
        return false;
    }
    if (!number_known(session->peers.made_at))
        session_make_peers(&session->catalog, now, &session->peers);
    sheet_join(&session->sheet, &session->scenario, &session->peers,
               tiers_of(session->store, options), now);
    sheet_visited(&session->sheet, visited);
    batches_tell(&session->sheet.batches, list.items, list.count);
    batch_list_release(&list);
    return true;
}

void session_close(struct session *session)
{
    buf_release(&session->view);
    sheet_release(&session->sheet);
    catalog_release(&session->catalog);
    store_close(session->store);
    session->store = NULL;
}
