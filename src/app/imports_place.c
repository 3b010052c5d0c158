#include <math.h>

#include "actions_internal.h"
#include "app/key.h"
#include "app_internal.h"

/* The imports of the store: whom a filter finds by one, the list of them, and taking one back. */

#define HEAD_ROWS 1

/* ---- what the runtime says ---- */

/* What others imported asks for no other rows; what the user asked for does. */
static void absorb(struct model *model)
{
    if (view_is_asked(model))
        calm_absorb(model);
    else
        calm_end(model);
    model->calm.counted_at = 0;
}

void imports_take(struct model *model, const struct message *message)
{
    if (batches_tell(&model->sheet->batches, message->batches, message->batch_count))
        absorb(model);
}

void imports_take_ids(struct model *model, const struct message *message)
{
    batches_take_ids(&model->sheet->batches, message->id, message->batch_ids);
    absorb(model);
}

bool imports_ask(struct model *model, struct effects *effects)
{
    struct imports_place *place = &model->imports;
    int64_t id = filter_batch_wanted(&model->query.filter, &model->sheet->batches);
    if (id != 0 && id != place->wanted)
        effects_add(effects, (struct effect){.kind = EFFECT_BATCH, .id = id});
    place->wanted = id;
    return id != 0;
}

/* ---- after an import ---- */

static bool is_where_it_was(const struct model *model)
{
    bool list = model->place == PLACE_EXPLORE || model->place == PLACE_FIRST;
    return list && model->prompt == PROMPT_NONE && model->overlay == OVERLAY_NONE &&
           model->views.at == model->imports.view;
}

static void show(struct model *model, const char *word)
{
    struct filter wanted;
    struct buf text = BUF_INIT;
    buf_addf(&text, FILTER_BATCH_KEY ":%s", word);
    filter_init(&wanted);
    bool ok = filter_parse(buf_text(&text), NULL, &wanted, NULL);
    if (ok && !filter_equal(&wanted, &model->query.filter)) {
        filter_copy(&model->query.filter, &wanted);
        view_changed(model, "show %s", buf_string(&text));
    }
    filter_release(&wanted);
    buf_release(&text);
}

void imports_begin(struct model *model)
{
    model->imports.view = model->views.at;
    model->imports.lands = false;
}

void imports_end(struct model *model, bool changed)
{
    model->imports.lands = batches_last(&model->sheet->batches) != 0;
    if (!changed) /* nothing has to be read first */
        imports_land(model);
}

void imports_land(struct model *model)
{
    if (model->imports.lands && is_where_it_was(model)) {
        show(model, FILTER_BATCH_LAST);
        model->focus = FOCUS_LIST;
    }
    model->imports.lands = false;
}

/* ---- the list ---- */

static const struct batch_told *import_here(const struct model *model)
{
    const struct batches *batches = &model->sheet->batches;
    size_t at = model->imports.at.cursor;
    return at < batches->count ? &batches->items[at].told : NULL;
}

int imports_height(const struct model *model)
{
    int rows = model->layout.body.rows - HEAD_ROWS;
    return rows > 0 ? rows : 0;
}

void imports_settle(struct model *model)
{
    const struct batch_told *here = import_here(model);
    scroll_settle(&model->imports.at, model->sheet->batches.count, (size_t)imports_height(model));
    if (model->place != PLACE_IMPORTS || !here || here->id != model->imports.asked)
        model->imports.asked = 0;
}

void imports_open(struct model *model, struct effects *effects)
{
    (void)effects;
    model->imports_from = model->place;
    model->place = PLACE_IMPORTS;
    model->imports.at = (struct scroll){0};
    model->imports.asked = 0;
}

void imports_close(struct model *model, struct effects *effects)
{
    (void)effects;
    model->place = model->imports_from;
}

bool imports_any(const struct model *model)
{
    return import_here(model) != NULL;
}

void imports_show(struct model *model, struct effects *effects)
{
    const struct batch_told *import = import_here(model);
    struct buf word = BUF_INIT;
    (void)effects;
    if (!batch_stands(import)) {
        model_notice(model, "import %lld was taken back: nobody is left of it",
                     (long long)import->id);
        return;
    }
    buf_addf(&word, "%lld", (long long)import->id);
    model->place = PLACE_EXPLORE;
    model->focus = FOCUS_LIST;
    show(model, buf_string(&word));
    buf_release(&word);
}

/* "take back import 7: 287 that came with it go, 9 become what they were; - again does it" */
static void ask(struct model *model, const struct batch_told *import)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "take import %lld back? ", (long long)import->id);
    number_fixed(&text, (double)import->added, 0, model->style);
    buf_add_string(&text, import->added == 1 ? " goes, " : " go, ");
    number_fixed(&text, (double)import->changed, 0, model->style);
    buf_add_string(&text, import->changed == 1 ? " becomes what it was" : " become what they were");
    model_notice(model, "%s: - again does it", buf_string(&text));
    buf_release(&text);
    model->imports.asked = import->id;
}

void imports_take_back(struct model *model, struct effects *effects)
{
    const struct batch_told *import = import_here(model);
    if (model->read_only)
        model_notice(model, "this store can only be read");
    else if (!batch_stands(import))
        model_notice(model, "import %lld was taken back already", (long long)import->id);
    else if (model->job.running)
        model_notice(model, "%s %s still runs", job_does(model), model->job_name);
    else if (model->imports.asked != import->id ||
             (model->last_key != '-' && model->last_key != K_DELETE))
        ask(model, import);
    else {
        model->imports.asked = 0;
        effects_add(effects, (struct effect){.kind = EFFECT_TAKE_BACK, .id = import->id});
    }
}

void imports_vertical(struct model *model, long by)
{
    scroll_by(&model->imports.at, by, model->sheet->batches.count);
}

void imports_click(struct model *model, const struct message *message, struct effects *effects)
{
    int row = message->row - model->layout.body.row - HEAD_ROWS;
    size_t line = model->imports.at.top + (size_t)row;
    if (row < 0 || row >= imports_height(model) || line >= model->sheet->batches.count)
        return;
    model->imports.at.cursor = line;
    if (message->mouse == MOUSE_DOUBLE)
        imports_show(model, effects);
}
