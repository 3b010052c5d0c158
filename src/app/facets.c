#include "app_internal.h"

#include "base/vec.h"

/* The filter pane as lines: a title for each group, its values, how many more, and the histograms. */

static void add(struct model *model, size_t facet, size_t value)
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
        add(model, index, FACET_BLANK);
    add(model, index, FACET_TITLE);
    for (size_t v = 0; v < facet->count; v++)
        if (v < shown || facet->values[v].selected)
            add(model, index, v);
    if (folded < facet->count)
        add(model, index, FACET_MORE);
}

/* The first line that can be chosen; 0 where there is none. */
static size_t first_line(const struct model *model)
{
    for (size_t i = 0; i < model->facet_lines.count; i++)
        if (facets_selectable(model, i))
            return i;
    return 0;
}

void facets_build(struct model *model)
{
    bool tall = model->layout.filters.rows >= TALL;
    model->facet_lines.count = 0;
    model->facet_lines.rows = model->layout.filters.rows;
    for (size_t g = 0; g < FACET_GROUPS; g++)
        for (size_t i = 0; i < model->result.facet_count; i++)
            if (model->result.facets[i].column == facet_groups[g])
                add_group(model, i);
    if (tall)
        add(model, 0, FACET_BLANK);
    for (size_t i = 0; i < QUERY_HISTOGRAMS; i++)
        add(model, i, FACET_HISTOGRAM);
    if (!facets_selectable(model, model->facet.cursor))
        model->facet.cursor = first_line(model);
}

void facets_settle(struct model *model)
{
    struct scroll *scroll = &model->facet;
    int rows = model->layout.filters.rows;
    scroll_settle(scroll, model->facet_lines.count, (size_t)rows);
    bool title_above = scroll->top > 0 && !facets_selectable(model, scroll->top - 1);
    if (rows > 1 && scroll->cursor == scroll->top && title_above)
        scroll->top--; /* the title of a value comes into view with it */
}

void facets_hold(const struct model *model, struct facet_hold *hold)
{
    *hold = (struct facet_hold){.held = false, .at_top = model->facet.cursor == first_line(model)};
    if (hold->at_top || !facets_selectable(model, model->facet.cursor))
        return;
    struct facet_line line = model->facet_lines.items[model->facet.cursor];
    hold->held = true;
    hold->facet = line.facet;
    hold->value = line.value;
    if (line.value < FACET_HISTOGRAM)
        hold->word = model->result.facets[line.facet].values[line.value].word;
}

void facets_return(struct model *model, const struct facet_hold *hold)
{
    if (hold->at_top)
        model->facet.cursor = first_line(model);
    for (size_t i = 0; i < model->facet_lines.count && hold->held; i++) {
        struct facet_line line = model->facet_lines.items[i];
        bool value = line.value < FACET_HISTOGRAM && hold->value < FACET_HISTOGRAM;
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
    return line < model->facet_lines.count && model->facet_lines.items[line].value != FACET_TITLE &&
           model->facet_lines.items[line].value != FACET_BLANK;
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

/* A histogram is a question for a bound: the prompt opens with the key. */
static void choose_histogram(struct model *model, size_t at)
{
    prompt_open(model, PROMPT_FILTER);
    struct buf start = BUF_INIT;
    buf_addf(&start, "%s>=", columns[model->result.histograms[at].column].key);
    line_set(&model->line, buf_text(&start));
    buf_release(&start);
    prompt_typed(model);
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
        choose_histogram(model, line.facet);
    else
        choose_value(model, &model->result.facets[line.facet], line.value);
}
