#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"

/* The plan as a place: who is in it, in which order, and where the cursor stands. */

void plan_place_init(struct plan_place *place)
{
    *place = (struct plan_place){.cell = COL_ROI, .ordered = COL_PROFIT, .descending = true};
    totals_init(&place->totals);
}

void plan_place_release(struct plan_place *place)
{
    if (!place)
        return;
    free(place->known);
    free(place->rows);
    free(place->members);
    bits_release(&place->listed);
    totals_release(&place->totals);
    next_posts_release(&place->next.search);
    side_release(&place->assumed);
    *place = (struct plan_place){0};
}

/* Whose posts are just being typed stays in sight, also while there is a 0. */
static bool stays(const struct model *model, uint32_t row)
{
    return catalog_live(model->catalog, row) &&
           (catalog_planned(model->catalog, row) > 0 ||
            field_is_creator(model, catalog_id(model->catalog, row), COL_DELIVERABLES));
}

static void know(struct plan_place *place, uint32_t row)
{
    place->known = vec_grow(place->known, &place->known_capacity, place->known_count + 1,
                            sizeof *place->known);
    place->known[place->known_count++] = row;
    bits_put(&place->listed, row, true);
}

/* Who is new comes last; who left keeps his place, should he come back. */
static void list_rows(struct model *model)
{
    struct plan_place *place = &model->plan;
    size_t count;
    const uint32_t *planned = sheet_planned(model->sheet, &count);
    if (place->listed.count < model->catalog->count)
        bits_resize(&place->listed, model->catalog->count);
    for (size_t i = 0; i < count; i++)
        if (!bits_get(&place->listed, planned[i]))
            know(place, planned[i]);
    place->count = 0;
    place->rows =
        vec_grow(place->rows, &place->capacity, place->known_count + 1, sizeof *place->rows);
    place->members = mem_resize(place->members, place->capacity, sizeof *place->members);
    place->member_count = 0;
    for (size_t i = 0; i < place->known_count; i++) {
        uint32_t row = place->known[i];
        if (!stays(model, row))
            continue;
        place->rows[place->count++] = row;
        if (catalog_planned(model->catalog, row) > 0)
            place->members[place->member_count++] = row;
    }
}

#define ARRANGED_MOST ((size_t)50000) /* more are not put in order unasked */

/* Whoever has just come to see it sees it in order; then it stands still. */
static void plan_list(struct model *model)
{
    bool first = model->plan.known_count == 0 || (model->loading && !model->loading_again);
    list_rows(model);
    if (first)
        plan_arrange(model, ARRANGED_MOST);
}

static void plan_total(struct model *model)
{
    struct plan_place *place = &model->plan;
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    uint64_t made_of[] = {sheet_stamp(model->sheet, COL_ROI), model->sheet->epoch,
                          model->catalog->revision, model->scenario.revision};
    uint64_t stamp = hash_bytes(made_of, sizeof made_of, 1) | 1;
    if (stamp == place->totals_stamp)
        return;
    place->totals_stamp = stamp;
    totals_make(&place->totals, catalog_facts(model->catalog), &assumptions, place->members,
                place->member_count);
}

/* Who is in the plan, but not in the catalogue, changes with neither posts nor fees. */
static void plan_missing(struct model *model)
{
    struct plan_place *place = &model->plan;
    struct text name = text_of(model->scenario.name);
    const struct kept_scenario *kept = kept_find(&model->plans, name);
    uint64_t made_of[] = {catalog_revision(model->catalog, COL_HANDLE), model->catalog->live_count,
                          kept ? kept->scenario.revision : 0, kept ? kept->plan.count : 0};
    uint64_t stamp = hash_bytes(name.at, name.length, 1);
    stamp = hash_bytes(made_of, sizeof made_of, stamp) | 1;
    if (stamp == place->missing_stamp)
        return;
    place->missing_stamp = stamp;
    place->missing = kept ? plans_missing(model, &kept->plan) : 0;
}

/* Below the last creator there are the totals. */
static void plan_go(struct model *model, size_t at)
{
    struct plan_place *place = &model->plan;
    place->total = place->count > 0 && at >= place->count;
    place->at.cursor = at < place->count ? at : place->count ? place->count - 1 : 0;
    place->cursor_id = place->count && !place->total
                           ? catalog_id(model->catalog, place->rows[place->at.cursor])
                           : 0;
}

/* The cursor stays on its creator; where he left, on who stands in his place. */
static void plan_settle(struct model *model)
{
    struct plan_place *place = &model->plan;
    size_t at = place->at.cursor;
    bool total = place->total && plan_layout(model).totals.rows > 0;
    for (size_t i = 0; i <= place->count && !total; i++) {
        size_t near = i == 0 ? at : i - 1; /* mostly he is where he was */
        if (near < place->count &&
            catalog_id(model->catalog, place->rows[near]) == place->cursor_id) {
            at = near;
            break;
        }
    }
    if (at >= place->count)
        at = place->count ? place->count - 1 : 0;
    plan_go(model, total ? place->count : at);
}

int plan_height(const struct model *model)
{
    int rows = plan_layout(model).rows.rows;
    return rows > 1 ? rows - 1 : 0;
}

/* The cell cursor stands on a column that is in view. */
static void plan_settle_cell(struct model *model)
{
    struct plan_column shown[PLAN_COLUMNS_MOST];
    int count = plan_columns(plan_layout(model).rows.columns, shown);
    for (int i = 0; i < count; i++)
        if (shown[i].part != PLAN_SHARE && shown[i].column == model->plan.cell)
            return;
    model->plan.cell = COL_ROI;
}

/* Who was edited last is the one to give way where the budget is over. */
static void note_edited(struct model *model)
{
    const struct field *field = &model->field;
    bool stepped = model->last_key == '+' || model->last_key == '-';
    if (field->kind == FIELD_FEE || field->kind == FIELD_DELIVERABLES)
        model->plan.edited = field->id;
    else if (stepped &&
             (field->stepped.kind == FIELD_FEE || field->stepped.kind == FIELD_DELIVERABLES))
        model->plan.edited = field->stepped.id;
}

/* What the figures of the creator whose deal is being typed were before. */
static void note_before(struct model *model)
{
    const struct field *field = &model->field;
    struct plan_place *place = &model->plan;
    uint32_t row = catalog_find_id(model->catalog, field->id);
    place->moving = (field->kind == FIELD_FEE || field->kind == FIELD_DELIVERABLES) &&
                    field->moved && row != CATALOG_NONE;
    if (!place->moving)
        return;
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    enum format format = field->before.format;
    if (format == FORMAT_NONE)
        format = platforms[catalog_platform(model->catalog, row)].format;
    struct forecast_case before = {.format = format,
                                   .deliverables = field->before.deliverables,
                                   .fee = field->kind == FIELD_FEE ? field->present : (double)NAN,
                                   .er_expected = NAN};
    forecast_as(catalog_facts(model->catalog), &assumptions, row, &before, &place->before);
}

void plan_build(struct model *model)
{
    note_edited(model);
    note_before(model);
    plan_list(model);
    plan_total(model);
    plan_missing(model);
    next_build(model);
    side_build(model);
    plan_settle(model);
    plan_settle_cell(model);
    scroll_settle(&model->plan.at, model->plan.count, (size_t)plan_height(model));
}

void plan_gather(struct model *model)
{
    plan_list(model);
    plan_total(model);
    plan_missing(model);
}

void plan_open(struct model *model)
{
    model->place = PLACE_PLAN;
    model->plan.side = false;
    int64_t before = model->plan.cursor_id;
    model->plan.cursor_id = model->cursor_id; /* where he is in it */
    list_rows(model);
    plan_arrange(model, ARRANGED_MOST);
    uint32_t row = catalog_find_id(model->catalog, model->cursor_id);
    if (row == CATALOG_NONE || !stays(model, row))
        model->plan.cursor_id = before;
}

void plan_vertical(struct model *model, long by)
{
    struct plan_place *place = &model->plan;
    bool totals = model->place == PLACE_PLAN && plan_layout(model).totals.rows > 0;
    if (place->total)
        place->at.cursor = place->count;
    scroll_by(&place->at, by, place->count + totals);
    plan_go(model, place->at.cursor);
}

void plan_horizontal(struct model *model, int by)
{
    struct plan_column shown[PLAN_COLUMNS_MOST];
    int count = plan_columns(plan_layout(model).rows.columns, shown), at = 0;
    for (int i = 0; i < count; i++)
        if (shown[i].part != PLAN_SHARE && shown[i].column == model->plan.cell)
            at = i;
    at += by;
    if (at >= 0 && at < count && shown[at].part == PLAN_SHARE)
        at += by;
    if (at >= 0 && at < count)
        model->plan.cell = shown[at].column;
}

bool plan_total_here(const struct model *model)
{
    return model_place_context(model) == CONTEXT_PLAN && model->plan.total;
}

bool plan_next_figure(struct model *model)
{
    struct plan_place *place = &model->plan;
    if (place->cell == COL_DELIVERABLES) {
        place->cell = COL_FEE;
        return true;
    }
    if (place->total || place->at.cursor + 1 >= place->count)
        return false;
    plan_go(model, place->at.cursor + 1);
    place->cell = COL_DELIVERABLES;
    return true;
}

/* ---- order ---- */

struct ranked {
    double value;
    size_t at; /* where he stood: equal ones stay as they were */
    uint32_t row;
    struct text text;
};

static int by_value(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    bool known_x = !isnan(x->value), known_y = !isnan(y->value);
    if (known_x != known_y)
        return known_x ? -1 : 1;
    if (known_x && x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return x->at < y->at ? -1 : 1;
}

static int by_text(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int order = text_order(x->text, y->text);
    return order ? order : x->at < y->at ? -1 : 1;
}

/* Once: what is edited afterwards moves nobody. */
void plan_arrange(struct model *model, size_t most)
{
    struct plan_place *place = &model->plan;
    enum column column = place->ordered;
    bool words = column == COL_HANDLE || column_is_text(column);
    if (place->count > most)
        return;
    struct ranked *ranked = mem_zero(place->count + 1, sizeof *ranked);
    struct arena arena = {0};
    for (size_t i = 0; i < place->count; i++) {
        struct ranked *it = &ranked[i];
        struct buf room = BUF_INIT;
        *it = (struct ranked){.at = i, .row = place->rows[i]};
        if (words)
            it->text = column == COL_HANDLE ? catalog_key(model->catalog, it->row)
                                            : sheet_text(model->sheet, column, it->row, &room);
        else
            it->value = sheet_number(model->sheet, column, it->row) * (place->descending ? -1 : 1);
        it->text = arena_text(&arena, it->text);
        buf_release(&room);
    }
    qsort(ranked, place->count, sizeof *ranked, words ? by_text : by_value);
    bits_clear(&place->listed);
    place->known_count = 0;
    for (size_t i = 0; i < place->count; i++)
        know(place, ranked[words && place->descending ? place->count - 1 - i : i].row);
    place->arranged = place->known_count;
    free(ranked);
    arena_release(&arena);
    list_rows(model);
}

void plan_order(struct model *model)
{
    struct plan_place *place = &model->plan;
    enum column column = place->cell;
    bool words = column == COL_HANDLE || column_is_text(column);
    place->descending =
        place->ordered == column ? !place->descending : !words && query_descends(column);
    place->ordered = column;
    plan_arrange(model, SIZE_MAX);
    model_notice(model, "ordered by %s; edits move nobody", columns[column].title);
}

/* ---- mouse ---- */

static bool click_cell(struct model *model, struct area rows, int x)
{
    struct plan_column shown[PLAN_COLUMNS_MOST];
    int count = plan_columns(rows.columns, shown);
    for (int i = 0; i < count; i++)
        if (x >= shown[i].at && x <= shown[i].at + shown[i].width && shown[i].part != PLAN_SHARE) {
            model->plan.cell = shown[i].column;
            return true;
        }
    return false;
}

void plan_click(struct model *model, const struct message *message, struct effects *effects)
{
    struct plan_layout layout = plan_layout(model);
    if (area_holds(layout.side, message->column, message->row)) {
        model->plan.side = true;
        if (side_go(model, message->row - layout.side.row - 1) && message->mouse == MOUSE_DOUBLE)
            press(model, K_ENTER, effects);
        return;
    }
    if (!area_holds(layout.rows, message->column, message->row))
        return;
    model->plan.side = false;
    bool cell = click_cell(model, layout.rows, message->column - layout.rows.column);
    int line = message->row - layout.rows.row - 1;
    if (line < 0 && cell)
        plan_order(model);
    if (line < 0 || model->plan.at.top + (size_t)line >= model->plan.count)
        return;
    plan_go(model, model->plan.at.top + (size_t)line);
    if (message->mouse == MOUSE_DOUBLE)
        press(model, K_ENTER, effects);
}
