#include "runtime/loading.h"

#include "runtime/loop.h"
#include "runtime/memory.h"
#include "runtime/session.h"

#define STEP_ROWS 512
#define STEP_MARKS 256

bool loading_begin(struct loading *loading, struct store *store, struct catalog *catalog,
                   struct record_sink sink, struct model *model, struct err *err)
{
    *loading =
        (struct loading){.store = store, .catalog = catalog, .model = model, .began = loop_now()};
    memory_grows(true);
    if (!store_load_begin(store, sink, &loading->load, err))
        return false;
    loading->stage = LOADING_CREATORS;
    return true;
}

void loading_release(struct loading *loading)
{
    if (!loading)
        return;
    store_load_free(loading->load);
    *loading = (struct loading){0};
}

static void begin_stage(struct loading *loading, enum loading_stage stage)
{
    loading->stage = stage;
    loading->page = (struct store_page){.most = STEP_MARKS};
}

static void step_creators(struct loading *loading, struct err *err)
{
    enum store_load_state state = store_load_step(loading->load, STEP_ROWS, err);
    store_load_progress(loading->load, &loading->done, &loading->total);
    if (state == STORE_LOAD_MORE)
        return;
    store_load_free(loading->load);
    loading->load = NULL;
    memory_grows(false);
    begin_stage(loading, LOADING_TICKS);
}

/* Where it cannot be read, there is nothing more to come either. */
static bool is_last(const struct loading *loading, bool read)
{
    return !read || loading->page.count < loading->page.most;
}

static void step_ticks(struct loading *loading, struct err *err)
{
    if (is_last(loading, session_ticks(loading->store, loading->catalog, &loading->page, err)))
        begin_stage(loading, LOADING_NOTES);
}

static void step_notes(struct loading *loading, struct err *err)
{
    if (is_last(loading, session_notes(loading->store, loading->catalog, &loading->page, err)))
        begin_stage(loading, LOADING_PLAN);
}

static void step_plan(struct loading *loading, struct err *err)
{
    const struct scenario *scenario = &loading->model->scenario;
    struct kept_scenario *kept = kept_find(&loading->model->plans, text_of(scenario->name));
    if (is_last(loading, session_plan(loading->store, loading->catalog, scenario,
                                      kept ? &kept->plan : NULL, &loading->page, err)))
        begin_stage(loading, LOADING_NONE);
}

void loading_step(struct loading *loading, struct err *err)
{
    static void (*const steps[])(struct loading * loading, struct err * err) = {
        [LOADING_CREATORS] = step_creators,
        [LOADING_TICKS] = step_ticks,
        [LOADING_NOTES] = step_notes,
        [LOADING_PLAN] = step_plan,
    };
    *err = (struct err){.message = ""};
    if (loading->stage != LOADING_NONE)
        steps[loading->stage](loading, err);
}

void loading_skip_marks(struct loading *loading)
{
    if (loading->stage > LOADING_CREATORS)
        begin_stage(loading, LOADING_NONE);
}

double loading_seconds(const struct loading *loading)
{
    return loop_now() - loading->began;
}
