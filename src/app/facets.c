#include "app_internal.h"

#include "base/vec.h"

/* The filter pane as lines: a title for each group, its values, how many more, and the histograms, each
 * with its range below it. */

void facets_add(struct model *model, size_t facet, size_t value)
{
    VEC_PUSH(&model->facet_lines, ((struct facet_line){facet, value}));
}

const enum column facet_groups[FACET_GROUPS] = {COL_TIER,    COL_NICHE,    COL_PLATFORM,
                                                COL_COUNTRY, COL_LANGUAGE, COL_TAG};

/* From here on groups are parted by a blank line and show more of their values. */
#define TALL 40

/* Values of a group that stand while it is folded: small groups whole, others by room. */
static size_t values_folded(const struct model *model, const struct facet *facet)
{
    bool tall = model->layout.filters.rows >= TALL;
    if (facet->column == COL_TIER)
        return facet->count;
    size_t most = tall ? (facet->column == COL_NICHE ? 7 : 6) : 4;
    if (facet->column == COL_NICHE && !tall)
        most = 5;
    return facet->count <= most + 1 ? facet->count : most;
}

static void add_group(struct model *model, size_t index)
{
    const struct facet *facet = &model->result.facets[index];
    bool unfolded = model->facets_unfolded >> index & 1;
    size_t folded = values_folded(model, facet);
    size_t shown = unfolded ? facet->count : folded;
    if (facet->count == 0)
        return;
    if (model->layout.filters.rows >= TALL && model->facet_lines.count > 0)
        facets_add(model, index, FACET_BLANK);
    facets_add(model, index, FACET_TITLE);
    for (size_t v = 0; v < facet->count; v++)
        if (v < shown || facet->values[v].selected)
            facets_add(model, index, v);
    if (folded < facet->count)
        facets_add(model, index, FACET_MORE);
}

/* The first line that can be chosen; 0 where there is none. */
static size_t first_line(const struct model *model)
{
    for (size_t i = 0; i < model->facet_lines.count; i++)
        if (facets_selectable(model, i))
            return i;
    return 0;
}

static void add_groups(struct model *model)
{
    bool narrowed = facets_narrowed(model);
    for (size_t g = 0; g < FACET_GROUPS; g++)
        for (size_t i = 0; i < model->result.facet_count; i++) {
            if (model->result.facets[i].column != facet_groups[g])
                continue;
            if (narrowed)
                facets_add_found(model, i);
            else
                add_group(model, i);
        }
}

static void add_histogram(struct model *model, size_t index)
{
    struct filter_range range;
    facets_add(model, index, FACET_HISTOGRAM);
    if (range_of(model, index, &range))
        facets_add(model, index, FACET_RANGE);
}

void facets_build(struct model *model)
{
    bool narrowed = facets_narrowed(model);
    model->facet_lines.count = 0;
    model->facet_lines.rows = model->layout.filters.rows;
    model->facet_lines.narrowed = narrowed;
    add_groups(model);
    if (model->layout.filters.rows >= TALL && !narrowed)
        facets_add(model, 0, FACET_BLANK);
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        if (!narrowed || facets_found_histogram(model, i))
            add_histogram(model, i);
    if (!facets_selectable(model, model->facet.cursor))
        model->facet.cursor = first_line(model);
}

/* Does the range of the line under the cursor stand below the pane? */
static bool range_below(const struct model *model)
{
    size_t next = model->facet.cursor + 1, rows = (size_t)model->layout.filters.rows;
    return rows > 1 && next < model->facet_lines.count && next >= model->facet.top + rows &&
           model->facet_lines.items[next].value == FACET_RANGE;
}

void facets_settle(struct model *model)
{
    struct scroll *scroll = &model->facet;
    int rows = model->layout.filters.rows;
    scroll_settle(scroll, model->facet_lines.count, (size_t)rows);
    bool title_above = scroll->top > 0 && scroll->top <= model->facet_lines.count &&
                       model->facet_lines.items[scroll->top - 1].value == FACET_TITLE;
    if (rows > 1 && scroll->cursor == scroll->top && title_above)
        scroll->top--; /* the title of a value comes into view with it */
    else if (range_below(model))
        scroll->top++;
}

void facets_hold(const struct model *model, struct facet_hold *hold)
{
    *hold = (struct facet_hold){.held = false,
                                .at_top = !model->facet_lines.narrowed &&
                                          model->facet.cursor == first_line(model)};
    if (hold->at_top || !facets_selectable(model, model->facet.cursor))
        return;
    struct facet_line line = model->facet_lines.items[model->facet.cursor];
    hold->held = true;
    hold->facet = line.facet;
    hold->value = line.value;
    if (line.value < FACET_LEAST)
        hold->word = model->result.facets[line.facet].values[line.value].word;
}

void facets_return(struct model *model, const struct facet_hold *hold)
{
    if (hold->at_top)
        model->facet.cursor = first_line(model);
    for (size_t i = 0; i < model->facet_lines.count && hold->held; i++) {
        struct facet_line line = model->facet_lines.items[i];
        bool value = line.value < FACET_LEAST && hold->value < FACET_LEAST;
        if (line.facet != hold->facet || (!value && line.value != hold->value))
            continue;
        if (value &&
            !text_equal(model->result.facets[line.facet].values[line.value].word, hold->word))
            continue;
        model->facet.cursor = i;
        break;
    }
}

bool facets_selectable(const struct model *model, size_t line)
{
    if (line >= model->facet_lines.count)
        return false;
    size_t value = model->facet_lines.items[line].value;
    return value != FACET_TITLE && value != FACET_BLANK && value != FACET_RANGE;
}

static void choose_value(struct model *model, const struct facet *facet, size_t at)
{
    const struct facet_value *value = &facet->values[at];
    bool was = value->selected;
    struct buf word = BUF_INIT;
    buf_add_text(&word, value->word); /* the result is remade while the filter changes */
    filter_toggle(&model->query.filter, facet->column, buf_text(&word));
    view_changed(model, "%s %s: %s", was ? "lift" : "only", columns[facet->column].key,
                 buf_string(&word));
    buf_release(&word);
}

static void unfold(struct model *model, size_t facet)
{
    struct facet_hold hold;
    facets_hold(model, &hold);
    model->facets_unfolded ^= 1u << facet;
    facets_build(model);
    facets_return(model, &hold);
}

void facets_choose(struct model *model)
{
    if (!facets_selectable(model, model->facet.cursor))
        return;
    struct facet_line line = model->facet_lines.items[model->facet.cursor];
    if (line.value == FACET_MORE)
        unfold(model, line.facet);
    else if (line.value == FACET_HISTOGRAM)
        range_choose(model, line.facet);
    else
        choose_value(model, &model->result.facets[line.facet], line.value);
}
