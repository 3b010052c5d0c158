#include "app/model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/mem.h"
#include "base/utf8.h"

void model_init(struct model *model, struct catalog *catalog, struct sheet *sheet, double now,
                int width, int height)
{
    *model = (struct model){.catalog = catalog,
                            .sheet = sheet,
                            .preset = &tier_presets[0],
                            .style = number_style_english,
                            .confirm = true,
                            .now = now,
                            .day = number_unknown(),
                            .cell = COL_ROI,
                            .search_row = CATALOG_NONE};
    model->chosen.standard = true;
    plan_place_init(&model->plan);
    changes_place_init(&model->changes);
    scenario_init(&model->scenario);
    kept_put(&model->plans, &model->scenario, &(struct plan_entries){.count = 0}, 0);
    peers_init(&model->peers);
    query_init(&model->query);
    query_init(&model->asked);
    query_init(&model->tiers.wide);
    views_begin(model);
    calm_init(&model->calm);
    model->layout = layout_make(width, height, false, 0, NULL, NULL);
}

void model_sample(struct model *model)
{
    model->sample = true;
    tour_begin(model);
}

static void draw_tiers(struct model *model)
{
    const struct tier_preset *preset = tier_find(&model->own_tiers, text_of(model->tiers_named));
    if (!preset)
        preset = tier_find(&model->own_tiers, text_of(model->tiers_standard));
    model->preset = preset ? preset : &tier_presets[0];
}

void model_tiers(struct model *model, struct text name)
{
    snprintf(model->tiers_named, sizeof model->tiers_named, "%.*s", (int)name.length, name.at);
    draw_tiers(model);
}

void model_settle_anew(struct model *model, const struct model_settings *settings)
{
    model->style = model->sheet->style = settings->style;
    model->sheet->fresh = settings->fresh;
    model->sheet->few = settings->few;
    model->benchmarks =
        settings->benchmarks ? *settings->benchmarks : (struct benchmarks){.count = 0};
    model->sheet->benchmarks = &model->benchmarks;
    model->own_tiers = settings->own_tiers ? *settings->own_tiers : (struct tier_own){.count = 0};
    snprintf(model->tiers_standard, sizeof model->tiers_standard, "%s", settings->preset->name);
    draw_tiers(model);
    model->confirm = settings->confirm;
    model->mouse_off = settings->mouse_off;
    model->select_option = settings->select_option;
    bindings_copy(&model->bindings, settings->bindings);
    model->standard_count = settings->column_count;
    if (settings->column_count)
        memcpy(model->standard, settings->columns,
               settings->column_count * sizeof model->standard[0]);
}

void model_settle(struct model *model, const struct model_settings *settings)
{
    model_settle_anew(model, settings);
    query_parse_order(settings->order, &model->query, NULL);
    if (model->query.order_count)
        model->cell = model->query.orders[0].column;
    views_begin(model);
}

void model_release(struct model *model)
{
    if (!model)
        return;
    bindings_release(&model->bindings);
    query_release(&model->query);
    query_release(&model->asked);
    query_result_release(&model->result);
    views_release(&model->views);
    calm_release(&model->calm);
    undo_release(&model->undo);
    kept_release(&model->plans);
    named_release(&model->saved);
    named_place_release(&model->named_place);
    buf_release(&model->left);
    told_release(&model->told);
    line_release(&model->help_line);
    field_release(&model->field);
    picker_release(&model->picker);
    line_release(&model->line);
    buf_release(&model->search);
    search_release(&model->finder);
    paths_release(&model->paths);
    wear_release(&model->wear);
    form_release(&model->form);
    first_release(&model->first);
    hand_release(&model->hand);
    plan_place_release(&model->plan);
    changes_place_release(&model->changes);
    proposal_release(&model->proposal);
    lens_release(&model->tiers.lens);
    query_release(&model->tiers.wide);
    query_result_release(&model->tiers.rows);
    plans_place_release(&model->side_by_side);
    said_release(&model->said);
    free(model->facet_lines.items);
    free(model->history);
    compare_past_release(model);
    *model = (struct model){0};
}

static const enum context prompt_contexts[] = {
    [PROMPT_FILTER] = CONTEXT_FILTER,   [PROMPT_SEARCH] = CONTEXT_SEARCH,
    [PROMPT_FIELD] = CONTEXT_FIELD,     [PROMPT_FILL] = CONTEXT_FILL,
    [PROMPT_COMMAND] = CONTEXT_COMMAND, [PROMPT_GOAL] = CONTEXT_GOAL,
    [PROMPT_NAME] = CONTEXT_NAME,       [PROMPT_VIEW] = CONTEXT_NAME,
    [PROMPT_HAND] = CONTEXT_HAND,       [PROMPT_HAND_FILE] = CONTEXT_HAND_FILE,
    [PROMPT_ANSWER] = CONTEXT_ANSWER,   [PROMPT_VALUE] = CONTEXT_VALUE,
    [PROMPT_NOTE] = CONTEXT_NOTE};
static const enum context overlay_contexts[] = {
    [OVERLAY_WHY] = CONTEXT_WHY,    [OVERLAY_HELP] = CONTEXT_HELP, [OVERLAY_SUBJECT] = CONTEXT_PAGE,
    [OVERLAY_GONE] = CONTEXT_PAGE,  [OVERLAY_TOLD] = CONTEXT_PAGE, [OVERLAY_PICKER] = CONTEXT_PICK,
    [OVERLAY_NAMED] = CONTEXT_VIEWS};
static const enum context focus_contexts[] = {[FOCUS_LIST] = CONTEXT_LIST,
                                              [FOCUS_FILTERS] = CONTEXT_FILTERS,
                                              [FOCUS_DETAIL] = CONTEXT_DETAIL};

/* The filters leave nobody: there is no creator under the cursor, but a filter to lift. */
static bool nothing_shown(const struct model *model)
{
    return model->result.rows.count == 0 && model->query.filter.count > 0;
}

/* Places that are one context whatever has the focus in them. */
static const enum context place_contexts[PLACE_COUNT] = {
    [PLACE_DETAIL] = CONTEXT_DETAIL,   [PLACE_COMPARE] = CONTEXT_COMPARE,
    [PLACE_PLANS] = CONTEXT_PLANS,     [PLACE_TIERS] = CONTEXT_TIERS,
    [PLACE_CHANGES] = CONTEXT_CHANGES, [PLACE_IMPORTS] = CONTEXT_IMPORTS,
    [PLACE_FIRST] = CONTEXT_FIRST};

enum context model_place_context(const struct model *model)
{
    if (model->place == PLACE_IMPORT)
        return model->form.lost_open ? CONTEXT_LOST : CONTEXT_FORM;
    if (model->place == PLACE_PLAN)
        return model->plan.side ? CONTEXT_ASSUMPTIONS : CONTEXT_PLAN;
    if (model->place != PLACE_EXPLORE)
        return place_contexts[model->place];
    return model->focus == FOCUS_LIST && nothing_shown(model) ? CONTEXT_NOTHING
                                                              : focus_contexts[model->focus];
}

static const struct command *with_own_key(uint32_t key)
{
    for (size_t i = 0; i < command_count; i++)
        for (size_t k = 0; k < COMMAND_KEYS && commands[i].keys[k]; k++)
            if (commands[i].keys[k] == key)
                return &commands[i];
    return NULL;
}

struct key_name model_key(const struct model *model, uint32_t key)
{
    struct key_name name;
    struct buf text = BUF_INIT;
    const struct command *command = bindings_command(NULL, model_place_context(model), key);
    if (!command)
        command = with_own_key(key);
    if (command && bindings_keys(&model->bindings, command) != command->keys)
        bindings_name(&model->bindings, command, &text);
    else
        key_label(key, &text);
    snprintf(name.text, sizeof name.text, "%s", buf_string(&text));
    buf_release(&text);
    return name;
}

static enum context context_of(const struct model *model, enum overlay overlay)
{
    if (overlay == OVERLAY_HELP || overlay == OVERLAY_SUBJECT) /* they can be had over a prompt */
        return overlay_contexts[overlay];
    if (model->prompt != PROMPT_NONE)
        return prompt_contexts[model->prompt];
    if (overlay == OVERLAY_PICKER && model->picker.kind == PICK_COLUMNS)
        return CONTEXT_COLUMNS;
    if (overlay != OVERLAY_NONE)
        return overlay_contexts[overlay];
    return model_place_context(model);
}

enum context model_context(const struct model *model)
{
    return context_of(model, model->overlay);
}

enum context model_context_below(const struct model *model)
{
    return context_of(model,
                      model->overlay == OVERLAY_HELP ? model->overlay_below : model->overlay);
}

int64_t model_creator(const struct model *model)
{
    if (model->place == PLACE_PLAN || (model->place == PLACE_DETAIL && model->detail_of_plan))
        return model->plan.cursor_id;
    if (model->place == PLACE_CHANGES || (model->place == PLACE_DETAIL && model->detail_of_changes))
        return model->changes.cursor_id;
    if (model->place == PLACE_COMPARE && model->compare_count > 0)
        return model->compare_ids[model->compare_focus];
    return model->result.rows.count > 0 ? model->cursor_id : 0;
}

uint32_t model_row(const struct model *model)
{
    int64_t id = model->place == PLACE_PLANS ? 0 : model_creator(model);
    return id ? catalog_find_id(model->catalog, id) : CATALOG_NONE;
}

bool model_subject(const struct model *model, uint32_t *row, enum column *column)
{
    *row = model_row(model);
    *column = model->cell == (enum column)LIST_CHOSEN_TREND ? COL_FOLLOWERS : model->cell;
    if (model_place_context(model) == CONTEXT_DETAIL)
        *column = detail_at(model, *row);
    if (model->place == PLACE_PLAN)
        *column = model->plan.cell;
    if (model->place == PLACE_CHANGES)
        *column = COL_ROI;
    if (score_here(model))
        return false;
    if (model->place == PLACE_COMPARE && model->compare_line_count > 0)
        *column =
            model->comparison.lines[model->compare_lines[model->compare_row.cursor]].line->column;
    return *row != CATALOG_NONE;
}

size_t model_chosen(const struct model *model, bool ticked, struct bits *rows)
{
    *rows = (struct bits){0};
    if (ticked && model->catalog->ticked_count > 0) {
        catalog_ticked_rows(model->catalog, rows);
        return model->catalog->ticked_count;
    }
    uint32_t row = model_row(model);
    bits_resize(rows, model->catalog->count);
    if (row != CATALOG_NONE)
        bits_put(rows, row, true);
    return row != CATALOG_NONE;
}

void model_handle(const struct model *model, uint32_t row, struct buf *out)
{
    text_safe(out, catalog_text(model->catalog, COL_HANDLE, row));
}

bool model_namesake(const struct model *model, uint32_t row)
{
    const struct catalog *catalog = model->catalog;
    struct text handle = catalog_text(catalog, COL_HANDLE, row);
    if (catalog_keys_missing(catalog))
        return false; /* to look for them all now would take a while */
    for (int i = 0; i < PLATFORM_COUNT; i++)
        if ((enum platform)i != catalog_platform(catalog, row) &&
            catalog_find(catalog, (enum platform)i, handle) != CATALOG_NONE)
            return true;
    return false;
}

void model_notice(struct model *model, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(model->notice, sizeof model->notice, format, arguments);
    va_end(arguments);
    model->alarm = false;
    told_add(&model->told, model->notice, model->alarm, model->day);
}

void model_alarm(struct model *model, struct text failure)
{
    snprintf(model->notice, sizeof model->notice, "%.*s", (int)failure.length, failure.at);
    model->alarm = true;
    told_add(&model->told, model->notice, model->alarm, model->day);
}
