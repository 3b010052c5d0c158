#include "actions_internal.h"
#include "app_internal.h"

/* Finding a value in the filter pane: typed letters leave the values that hold them, in all groups. */

bool facets_narrowed(const struct model *model)
{
    return model->prompt == PROMPT_VALUE && text_trim(buf_text(&model->line.text)).length > 0;
}

static struct text typed(const struct model *model)
{
    return text_trim(buf_text(&model->line.text));
}

void facets_add_found(struct model *model, size_t index)
{
    const struct facet *facet = &model->result.facets[index];
    bool titled = false;
    for (size_t v = 0; v < facet->count; v++) {
        if (!value_match(typed(model), facet->column, facet->values[v].word))
            continue;
        if (!titled)
            facets_add(model, index, FACET_TITLE);
        titled = true;
        facets_add(model, index, v);
    }
}

bool facets_found_histogram(const struct model *model, size_t index)
{
    return column_match(typed(model), model->result.histograms[index].column) > 0;
}

static int how_well(const struct model *model, struct facet_line line)
{
    if (line.value == FACET_HISTOGRAM)
        return column_match(typed(model), model->result.histograms[line.facet].column);
    if (line.value >= FACET_LEAST)
        return 0;
    const struct facet *facet = &model->result.facets[line.facet];
    return value_match(typed(model), facet->column, facet->values[line.value].word);
}

/* To what answers best, the first of those. */
static void aim(struct model *model)
{
    int best = 0;
    for (size_t i = 0; i < model->facet_lines.count; i++) {
        int how = how_well(model, model->facet_lines.items[i]);
        if (how <= best)
            continue;
        best = how;
        model->facet.cursor = i;
    }
}

size_t facets_found(const struct model *model)
{
    size_t found = 0;
    for (size_t i = 0; i < model->facet_lines.count; i++)
        found += facets_selectable(model, i) && model->facet_lines.items[i].value != FACET_MORE;
    return found;
}

void facets_find_typed(struct model *model)
{
    model->facet.top = model->facet.cursor = 0;
    facets_build(model);
    if (facets_narrowed(model))
        aim(model);
}

void run_find_value(struct model *model, struct effects *effects)
{
    (void)effects;
    model->facet_before = model->facet;
    prompt_open(model, PROMPT_VALUE);
}

/* Given up, the pane is as it was. */
void facets_find_close(struct model *model, bool keep, struct effects *effects)
{
    (void)keep;
    (void)effects;
    model->facet = model->facet_before;
    facets_build(model);
}

/* A value is chosen, and the pane comes back with the cursor on it; of a figure the cursor is all. */
void run_found_choose(struct model *model, struct effects *effects)
{
    (void)effects;
    if (!facets_narrowed(model) || !facets_selectable(model, model->facet.cursor)) {
        model_notice(model, "no value is called that");
        return;
    }
    struct facet_line line = model->facet_lines.items[model->facet.cursor];
    model->prompt = PROMPT_NONE;
    if (line.value != FACET_HISTOGRAM) {
        facets_choose(model); /* the lines are made anew by what follows */
        return;
    }
    struct facet_hold hold;
    facets_hold(model, &hold);
    facets_build(model);
    facets_return(model, &hold);
}
