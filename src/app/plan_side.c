#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/hash.h"
#include "base/vec.h"

/* The side pane of the plan: its assumptions, and what ROI would be were they low or high. */

/* Those that come first, whatever order the rest has; and what is varied to see how much they matter. */
static const struct {
    const char *key, *title;
    const char *swing; /* NULL: the key itself */
} first[] = {
    {"aov", "Order value", NULL},       {"ctr", "Click rate", NULL},
    {"cvr", "Buy rate", NULL},          {"margin", "Margin", NULL},
    {"reach_rates", "Reach", "reach"},  {"epsilon", "Weight of ER", NULL},
    {"discount", "Off all fees", NULL}, {"creator_cost", "Cost each", NULL},
};

/* Rows of a plan times assumptions that are worked out at once; the rest waits for a free moment. */
#define SWINGS_AT_ONCE ((size_t)4000)
#define SWING_ROWS_MOST ((size_t)20000) /* in larger plans nothing is varied */

bool side_selectable(const struct side_line *line)
{
    return line->kind != SIDE_BLANK && line->kind != SIDE_HEADING && line->kind != SIDE_POST &&
           line->kind != SIDE_NEXT;
}

static bool comes_first(const char *key)
{
    for (size_t i = 0; i < COUNT_OF(first); i++)
        if (strcmp(first[i].key, key) == 0)
            return true;
    return false;
}

static void add(struct plan_side *side, struct side_line line)
{
    VEC_PUSH(side, line);
}

static size_t swing_of(const struct plan_side *side, const char *key)
{
    for (size_t i = 0; i < side->swings.count; i++)
        if (strcmp(side->swings.items[i].key, key) == 0)
            return i;
    return SIDE_NO_SWING;
}

static void add_knob(struct plan_side *side, const struct knob *knob, const char *swing)
{
    add(side, (struct side_line){.kind = SIDE_KNOB,
                                 .knob = *knob,
                                 .channel = -1,
                                 .swing = swing_of(side, swing ? swing : knob->key)});
}

static bool of_channel(const struct knob *knob, int *channel)
{
    if (strncmp(knob->key, "channel.", 8) != 0)
        return false;
    *channel = knob->key[8] - '1';
    return true;
}

/* ---- what is varied ---- */

static void list_swings(struct model *model)
{
    struct plan_side *side = &model->plan.assumed;
    struct knob knob;
    int channel;
    side->swings.count = 0;
    for (size_t i = 0; i < COUNT_OF(first); i++) {
        struct side_swing swing = {.low = NAN, .high = NAN};
        strcpy(swing.key, first[i].swing ? first[i].swing : first[i].key);
        VEC_PUSH(&side->swings, swing);
    }
    for (size_t at = 0; knob_next(&at, &model->scenario, &knob);) {
        struct side_swing swing = {.low = NAN, .high = NAN};
        if (knob.kind != KNOB_NUMBER || comes_first(knob.key) || of_channel(&knob, &channel))
            continue;
        memcpy(swing.key, knob.key, sizeof swing.key);
        VEC_PUSH(&side->swings, swing);
    }
}

static double width_of(const struct side_swing *swing)
{
    double width = fabs(swing->high - swing->low);
    return number_known(width) ? width : 0;
}

static void mark_widest(struct plan_side *side)
{
    for (int n = 0; n < 2; n++) {
        struct side_swing *widest = NULL;
        for (size_t i = 0; i < side->swings.count; i++) {
            struct side_swing *swing = &side->swings.items[i];
            if (!swing->widest && width_of(swing) > (widest ? width_of(widest) : 0))
                widest = swing;
        }
        if (widest)
            widest->widest = true;
    }
}

bool side_busy(const struct model *model)
{
    const struct plan_place *place = &model->plan;
    return model->place == PLACE_PLAN && place->member_count > 0 &&
           place->member_count <= SWING_ROWS_MOST &&
           place->assumed.swung < place->assumed.swings.count;
}

void side_work(struct model *model)
{
    struct plan_place *place = &model->plan;
    struct plan_side *side = &place->assumed;
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    size_t left = side->swings.count - side->swung, chunk = SWINGS_AT_ONCE / place->member_count;
    chunk = chunk < 1 ? 1 : chunk < left ? chunk : left;
    const char **keys = mem_alloc(chunk * sizeof *keys);
    struct total_swing *swings = mem_alloc(chunk * sizeof *swings);
    for (size_t i = 0; i < chunk; i++)
        keys[i] = side->swings.items[side->swung + i].key;
    totals_swing(catalog_facts(model->catalog), &assumptions, place->members, place->member_count,
                 keys, chunk, swings);
    for (size_t i = 0; i < chunk; i++) {
        side->swings.items[side->swung + i].low = swings[i].low;
        side->swings.items[side->swung + i].high = swings[i].high;
    }
    free(keys);
    free(swings);
    side->swung += chunk;
    if (side->swung == side->swings.count)
        mark_widest(side);
}

/* As much as fits into this frame; what was worked out for other figures is forgotten. */
static void vary(struct model *model)
{
    struct plan_side *side = &model->plan.assumed;
    if (side->swing_stamp == model->plan.totals_stamp)
        return;
    side->swing_stamp = model->plan.totals_stamp;
    side->swung = 0;
    list_swings(model);
    if (side_busy(model))
        side_work(model);
}

/* ---- lines ---- */

static void list_assumptions(struct model *model)
{
    struct plan_side *side = &model->plan.assumed;
    struct knob knob;
    int channel;
    for (size_t i = 0; i < COUNT_OF(first); i++)
        if (knob_find(text_of(first[i].key), &knob)) {
            strcpy(knob.title, first[i].title);
            add_knob(side, &knob, first[i].swing);
        }
    add(side, (struct side_line){.kind = SIDE_MORE, .channel = -1});
    for (size_t at = 0; side->all && knob_next(&at, &model->scenario, &knob);)
        if (!comes_first(knob.key) && !of_channel(&knob, &channel))
            add_knob(side, &knob, NULL);
}

static void heading(struct plan_side *side, const char *title)
{
    add(side, (struct side_line){.kind = SIDE_BLANK});
    add(side, (struct side_line){.kind = SIDE_HEADING, .title = title});
}

static void list_channels(struct model *model)
{
    struct plan_side *side = &model->plan.assumed;
    struct knob knob;
    int channel;
    heading(side, "The same money elsewhere");
    for (size_t at = 0; knob_next(&at, &model->scenario, &knob);) {
        if (!of_channel(&knob, &channel))
            continue;
        bool name = knob.kind == KNOB_NAME;
        const char *field = strchr(knob.title, ','); /* whose it is stands above it */
        if (!name && field)
            memmove(knob.title, field + 2, strlen(field + 2) + 1);
        if (name || side->open >> channel & 1)
            add(side, (struct side_line){.kind = name ? SIDE_CHANNEL : SIDE_KNOB,
                                         .knob = knob,
                                         .channel = channel,
                                         .swing = SIDE_NO_SWING});
    }
}

static void list_posts(struct model *model)
{
    const struct plan_next *next = &model->plan.next;
    if (next->count > 0)
        heading(&model->plan.assumed, "Next best posts");
    else if (!next->search.busy && model->result.rows.count > 0)
        heading(&model->plan.assumed, "No further post gains");
    for (size_t i = 0; i < next->count; i++)
        add(&model->plan.assumed, (struct side_line){.kind = SIDE_POST, .channel = -1, .post = i});
}

/* Who would come next, by the cursor of the list. */
static void list_next(struct model *model)
{
    uint32_t row = catalog_find_id(model->catalog, model->cursor_id);
    if (row == CATALOG_NONE || catalog_planned(model->catalog, row) > 0)
        return;
    heading(&model->plan.assumed, "People that one more would add");
    add(&model->plan.assumed, (struct side_line){.kind = SIDE_NEXT});
}

static void key_of(const struct side_line *line, char *key)
{
    if (line->kind == SIDE_MORE)
        strcpy(key, "more");
    else
        strcpy(key, line->knob.key);
}

static void side_settle(struct model *model)
{
    struct plan_side *side = &model->plan.assumed;
    for (size_t i = 0; i < side->count; i++) {
        char key[sizeof side->key];
        if (!side_selectable(&side->items[i]))
            continue;
        key_of(&side->items[i], key);
        if (strcmp(key, side->key) == 0)
            side->at.cursor = i;
    }
    scroll_settle(&side->at, side->count, (size_t)side_height(model));
    while (side->at.cursor > 0 && !side_selectable(&side->items[side->at.cursor]))
        side->at.cursor--;
    if (side->count > 0)
        key_of(&side->items[side->at.cursor], side->key);
    scroll_settle(&side->at, side->count, (size_t)side_height(model));
}

void side_build(struct model *model)
{
    vary(model);
    model->plan.assumed.count = 0;
    list_assumptions(model);
    list_channels(model);
    list_posts(model);
    list_next(model);
    side_settle(model);
}

void side_release(struct plan_side *side)
{
    free(side->items);
    free(side->swings.items);
    *side = (struct plan_side){0};
}

/* ---- cursor ---- */

void side_vertical(struct model *model, long by)
{
    struct plan_side *side = &model->plan.assumed;
    scroll_by(&side->at, by, side->count);
    size_t at = side->at.cursor;
    int step = by < 0 ? -1 : 1;
    while (at < side->count && !side_selectable(&side->items[at]))
        at += (size_t)step;
    if (at >= side->count) /* nothing further that way: the last there is */
        for (at = side->count; at-- > 0 && !side_selectable(&side->items[at]);)
            ;
    side->at.cursor = at;
    key_of(&side->items[at], side->key);
}

const struct side_line *side_line(const struct model *model)
{
    const struct plan_side *side = &model->plan.assumed;
    return side->count > 0 ? &side->items[side->at.cursor] : NULL;
}

bool side_go(struct model *model, int line)
{
    struct plan_side *side = &model->plan.assumed;
    size_t at = side->at.top + (size_t)line; /* above the first it wraps */
    if (line >= side_height(model) || at >= side->count || !side_selectable(&side->items[at]))
        return false;
    side->at.cursor = at;
    key_of(&side->items[at], side->key);
    return true;
}

/* ---- editing ---- */

bool side_figure(const struct model *model, struct field_figure *figure)
{
    const struct side_line *line = side_line(model);
    if (!line || (line->kind != SIDE_KNOB && line->kind != SIDE_CHANNEL))
        return false;
    *figure = (struct field_figure){.kind = FIELD_KNOB};
    memcpy(figure->key, line->knob.key, sizeof figure->key);
    return true;
}

bool side_next_figure(struct model *model)
{
    struct plan_side *side = &model->plan.assumed;
    for (size_t i = side->at.cursor + 1; i < side->count; i++)
        if (side->items[i].kind == SIDE_KNOB) {
            side->at.cursor = i;
            key_of(&side->items[i], side->key);
            return true;
        }
    return false;
}

static bool is_named(const struct model *model, const struct side_line *line)
{
    return line->kind == SIDE_CHANNEL && model->scenario.channels[line->channel].name[0];
}

void side_unfold(struct model *model)
{
    const struct side_line *line = side_line(model);
    if (line && line->kind == SIDE_MORE)
        model->plan.assumed.all = !model->plan.assumed.all;
}

void side_enter(struct model *model, struct effects *effects)
{
    struct plan_side *side = &model->plan.assumed;
    const struct side_line *line = side_line(model);
    if (line && is_named(model, line))
        side->open ^= 1u << line->channel;
    else
        field_edit(model, effects);
}

/* Sets some knobs at once: to `value`, or where that is the null text to their defaults. */
static void set_knobs(struct model *model, struct effects *effects, const struct knob *knobs,
                      size_t count, struct text value, const char *label)
{
    struct knob_change *changes = mem_alloc((count + 1) * sizeof *changes);
    size_t changed = 0;
    for (size_t i = 0; i < count; i++) {
        knob_change_begin(&changes[changed], &model->scenario, text_of(knobs[i].key));
        scenario_knob_set(&model->scenario, text_of(knobs[i].key), value, NULL);
        changed += knob_change_end(&changes[changed], &model->scenario);
    }
    if (changed > 0)
        own_knobs(model, effects, text_of(label), changes, changed);
    else
        model_notice(model, "it is the default already");
    free(changes);
}

void side_default(struct model *model, struct effects *effects)
{
    struct knob knobs[KNOB_MEMBERS_MOST];
    const struct side_line *line = side_line(model);
    struct buf label = BUF_INIT;
    size_t count = 0;
    if (!line || line->kind == SIDE_MORE)
        return;
    if (line->kind == SIDE_KNOB)
        count = knob_members(&line->knob, knobs, KNOB_MEMBERS_MOST);
    struct knob knob;
    int channel;
    for (size_t at = 0; line->kind == SIDE_CHANNEL && knob_next(&at, &model->scenario, &knob);)
        if (of_channel(&knob, &channel) && channel == line->channel && count < COUNT_OF(knobs))
            knobs[count++] = knob;
    buf_addf(&label, "%s back to the default", line->knob.key);
    set_knobs(model, effects, knobs, count, (struct text){0}, buf_string(&label));
    buf_release(&label);
}

void side_remove(struct model *model, struct effects *effects)
{
    const struct side_line *line = side_line(model);
    struct buf label = BUF_INIT;
    if (!line || !is_named(model, line))
        return;
    buf_addf(&label, "without %s", model->scenario.channels[line->channel].name);
    set_knobs(model, effects, &line->knob, 1, TEXT("none"), buf_string(&label));
    buf_release(&label);
}
