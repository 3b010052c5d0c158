#include "app_internal.h"
#include "base/vec.h"

/* What takes too long for one frame and is done in steps between them, the first that is busy first. */

static bool search_is_busy(const struct model *model)
{
    return search_busy(&model->finder);
}

static const char *tell_search(const struct model *model, double *share)
{
    return search_progress(&model->finder, share);
}

static bool folding_is_busy(const struct model *model)
{
    return !model->loading && search_unready(model->sheet);
}

static void fold(struct model *model)
{
    search_prepare(model->sheet);
}

static bool keys_are_missing(const struct model *model)
{
    return !model->loading && catalog_keys_missing(model->catalog);
}

static void enter_keys(struct model *model)
{
    catalog_keys_enter(model->catalog);
}

/* While creators still come in, only what somebody waits for is worth the time. */
static bool order_is_busy(const struct model *model)
{
    return query_busy(&model->result) && (!model->loading || query_waits(&model->result));
}

static void order_on(struct model *model)
{
    query_step(model->sheet, &model->result);
}

static const char *tell_order(const struct model *model, double *share)
{
    *share = query_progress(&model->result);
    return query_waits(&model->result) ? "putting in order" : NULL;
}

static const struct kind {
    bool (*busy)(const struct model *model);
    void (*step)(struct model *model);
    const char *(*progress)(const struct model *model, double *share); /* NULL: not worth telling */
} kinds[] = {
    {search_is_busy, search_work, tell_search},
    {order_is_busy, order_on, tell_order},
    {proposal_busy, proposal_work, proposal_progress},
    {side_busy, side_work, NULL},
    {next_busy, next_work, NULL},
    {tiers_busy, tiers_work, tiers_progress},
    {named_busy, named_work, NULL},
    {changes_busy, changes_work, changes_progress},
    {keys_are_missing, enter_keys, NULL}, /* so that the first new creator finds them there */
    {folding_is_busy, fold, NULL},        /* so that the first letter of a search finds it done */
};

static const struct kind *busy_kind(const struct model *model)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (kinds[i].busy(model))
            return &kinds[i];
    return NULL;
}

bool model_busy(const struct model *model)
{
    return busy_kind(model) != NULL;
}

const char *model_progress(const struct model *model, double *share)
{
    const struct kind *kind = busy_kind(model);
    const char *what = kind && kind->progress ? kind->progress(model, share) : NULL;
    if (what)
        return what;
    *share = model->keep_total > 0 ? (double)model->kept / (double)model->keep_total : 1;
    return model->keep_total > 0 ? "keeping what you did" : NULL;
}

const char *job_does(const struct model *model)
{
    return model->job.takes_back   ? "taking back"
           : model->job.hands_over ? "saving"
                                   : "the import of";
}

void work_step(struct model *model)
{
    const struct kind *kind = busy_kind(model);
    if (kind)
        kind->step(model);
}
