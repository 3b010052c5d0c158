#include "app/calm.h"

#include <math.h>
#include <stdlib.h>

#include "app_internal.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/show.h"

void calm_init(struct calm *calm)
{
    *calm = (struct calm){.at = NAN};
}

void calm_release(struct calm *calm)
{
    if (calm)
        free(calm->before.items);
}

/* ---- what reads as before ---- */

/* On the screen. */
static bool reads_alike(const struct model *model, enum column column, double a, double b,
                        bool exact)
{
    struct buf first = BUF_INIT, second = BUF_INIT;
    enum unit unit = columns[column].unit;
    if (unit == UNIT_FLAG || unit == UNIT_TIME)
        return a == b;
    show_number(&first, unit, a, exact, model->style);
    show_number(&second, unit, b, exact, model->style);
    bool alike = text_equal(buf_text(&first), buf_text(&second));
    buf_release(&first);
    buf_release(&second);
    return alike;
}

/* ---- what stands ---- */

/* Between two messages only others write: what they did asks for no other rows. */
void calm_absorb(struct model *model)
{
    if (!model->calm.standing)
        return;
    sheet_join(model->sheet, &model->scenario, &model->peers, model->preset, model->now);
    model->calm.stamp = query_stamp(&model->query, model->sheet);
}

bool calm_holds(const struct model *model)
{
    return model->calm.standing && model->result.stamp &&
           model->calm.stamp == query_stamp(&model->query, model->sheet) &&
           (!query_waits(&model->result) || query_busy(&model->result));
}

void calm_end(struct model *model)
{
    model->calm.standing = false;
    model->calm.gone = 0;
}

static bool stand_wrong(const struct model *model, uint32_t first, uint32_t second)
{
    const struct query_order *order = &model->query.orders[0];
    double a = sheet_number(model->sheet, order->column, first);
    double b = sheet_number(model->sheet, order->column, second);
    if (!number_known(a) || !number_known(b))
        return !number_known(a) && number_known(b);
    return (order->descending ? a < b : a > b) && !reads_alike(model, order->column, a, b, false);
}

bool calm_disordered(const struct model *model)
{
    const struct rowset *rows = &model->result.rows;
    size_t height = (size_t)list_height(model), top = model->list.top;
    if (!model->calm.standing || model->query.order_count == 0 ||
        column_is_text(model->query.orders[0].column))
        return false;
    for (size_t i = top + 1; i < rows->count && i < top + height; i++)
        if (stand_wrong(model, rowset_at(rows, i - 1), rowset_at(rows, i)))
            return true;
    return false;
}

void calm_count(struct model *model)
{
    struct calm *calm = &model->calm;
    if (model->loading || calm->counted_at == model->catalog->revision)
        return;
    calm->counted_at = model->catalog->revision;
    struct query_drift drift = query_drift(&model->query, model->sheet, &model->result);
    model->pending = drift.come;
    calm->gone = drift.gone;
}

/* ---- marks ---- */

static void look_at(struct model *model, uint32_t row, enum column column)
{
    struct calm_cell cell = {catalog_id(model->catalog, row), column,
                             sheet_number(model->sheet, column, row)};
    VEC_PUSH(&model->calm.before, cell);
}

static void look_at_list(struct model *model)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    int count = list_columns(model, model->layout.list.columns, shown);
    size_t rows = model->result.rows.count, height = (size_t)list_height(model);
    size_t to = model->list.top + height < rows ? model->list.top + height : rows;
    for (size_t place = model->list.top; place < to; place++)
        for (int i = 0; i < count; i++)
            if (shown[i].part == LIST_FIGURE && !column_is_text(shown[i].column))
                look_at(model, rowset_at(&model->result.rows, place), shown[i].column);
}

static void look_at_compared(struct model *model)
{
    for (int k = 0; k < model->comparison.count; k++)
        for (size_t i = 0; i < model->compare_line_count; i++) {
            const struct compare_row *line = &model->comparison.lines[model->compare_lines[i]];
            if (line->line->kind == COMPARE_FIGURE && !column_is_text(line->line->column))
                look_at(model, model->comparison.rows[k], line->line->column);
        }
}

static void look_at_plan(struct model *model)
{
    struct plan_column shown[PLAN_COLUMNS_MOST];
    const struct plan_place *place = &model->plan;
    int count = plan_columns(plan_layout(model).rows.columns, shown);
    size_t to = place->at.top + (size_t)plan_height(model);
    for (size_t i = place->at.top; i < to && i < place->count; i++)
        for (int k = 0; k < count; k++)
            if (shown[k].part == PLAN_FIGURE && !column_is_text(shown[k].column))
                look_at(model, place->rows[i], shown[k].column);
}

static void look_at_changes(struct model *model)
{
    const struct changes_place *place = &model->changes;
    size_t to = place->scroll.top + (size_t)changes_page(model).rows;
    for (size_t i = place->scroll.top; i < to && i < place->lines.count; i++) {
        const struct changes_entry *entry = changes_entry(model, &place->lines.items[i]);
        uint32_t row = entry ? catalog_find_id(model->catalog, entry->id) : CATALOG_NONE;
        if (row == CATALOG_NONE)
            continue;
        look_at(model, row, COL_ROI);
        if (entry->most < MOVED_FIGURES)
            look_at(model, row, moved_columns[entry->most]);
    }
}

static void (*const lookers[PLACE_COUNT])(struct model *model) = {
    [PLACE_EXPLORE] = look_at_list,
    [PLACE_COMPARE] = look_at_compared,
    [PLACE_PLAN] = look_at_plan,
    [PLACE_CHANGES] = look_at_changes,
};

void calm_begin(struct model *model)
{
    struct calm *calm = &model->calm;
    if (!calm->standing && model->result.stamp && model->result.rows.total > 0 &&
        (!model->loading || model->loading_again)) {
        query_hold(&model->result);
        calm->standing = true;
        calm_absorb(model);
    }
    calm->before.count = 0;
    if (lookers[model->place])
        lookers[model->place](model);
}

static int direction(double before, double now)
{
    if (isnan(before) || isnan(now) || fabs(now - before) <= 1e-9 * fabs(before))
        return 0;
    return now > before ? 1 : -1;
}

static void put_mark(struct calm *calm, struct calm_mark mark)
{
    for (size_t i = 0; i < calm->mark_count; i++)
        if (calm->marks[i].id == mark.id && calm->marks[i].column == mark.column) {
            calm->marks[i] = mark;
            return;
        }
    if (calm->mark_count < CALM_MARKS)
        calm->marks[calm->mark_count++] = mark;
}

/* Many at once would be a flicker: then only the clock says it. */
static void put_marks(struct model *model, const struct calm_cells *moved, double seconds)
{
    struct calm *calm = &model->calm;
    if (moved->count > CALM_MARKS)
        calm->mark_count = 0;
    for (size_t i = 0; i < moved->count && moved->count <= CALM_MARKS; i++)
        put_mark(calm, (struct calm_mark){moved->items[i].id, moved->items[i].column,
                                          moved->items[i].value > 0, seconds + CALM_SECONDS});
}

static void compare(struct model *model, double seconds)
{
    struct calm_cells *cells = &model->calm.before;
    size_t moved = 0;
    for (size_t i = 0; i < cells->count; i++) {
        struct calm_cell cell = cells->items[i];
        uint32_t row = catalog_find_id(model->catalog, cell.id);
        double now =
            row == CATALOG_NONE ? (double)NAN : sheet_number(model->sheet, cell.column, row);
        bool exact = cell.id == model->cursor_id; /* its details are in view */
        /* A mark beside a figure that reads as before would only puzzle. */
        int way = reads_alike(model, cell.column, cell.value, now, exact)
                      ? 0
                      : direction(cell.value, now);
        cell.value = way;
        if (way)
            cells->items[moved++] = cell;
    }
    cells->count = moved;
    put_marks(model, cells, seconds);
    cells->count = 0;
}

static void renumber(int64_t *id, const struct message *message)
{
    for (size_t i = 0; i < message->renumbered_count; i++)
        if (*id == message->renumbered[i].from)
            *id = message->renumbered[i].to;
}

static void renumber_all(struct model *model, const struct message *message)
{
    int64_t *const ids[] = {&model->cursor_id,  &model->compare_reference, &model->why_id,
                            &model->history_id, &model->plan.cursor_id,    &model->search_at,
                            &model->field.id};
    for (size_t i = 0; i < COUNT_OF(ids) && message->renumbered_count > 0; i++)
        renumber(ids[i], message);
    for (int i = 0; i < model->compare_count; i++)
        renumber(&model->compare_ids[i], message);
    changes_renumber(model, message);
    for (size_t i = 0; i < model->calm.before.count && message->renumbered_count > 0; i++)
        renumber(&model->calm.before.items[i].id, message);
}

void calm_changed(struct model *model, const struct message *message, struct effects *effects)
{
    model->calm.at = message->now;
    model->calm.seconds = message->seconds;
    renumber_all(model, message);
    sheet_join(model->sheet, &model->scenario, &model->peers, model->preset, model->now);
    compare(model, message->seconds);
    if (model->history_id) /* it may have grown */
        effects_add(effects, (struct effect){.kind = EFFECT_HISTORY, .id = model->history_id});
}

void calm_tick(struct model *model, double seconds)
{
    struct calm *calm = &model->calm;
    size_t kept = 0;
    calm->seconds = seconds;
    for (size_t i = 0; i < calm->mark_count; i++)
        if (calm->marks[i].until > seconds)
            calm->marks[kept++] = calm->marks[i];
    calm->mark_count = kept;
}

int calm_moved(const struct model *model, int64_t id, enum column column)
{
    const struct calm *calm = &model->calm;
    for (size_t i = 0; i < calm->mark_count; i++)
        if (calm->marks[i].id == id && calm->marks[i].column == column)
            return calm->marks[i].up ? 1 : -1;
    return 0;
}

double calm_deadline(const struct model *model)
{
    double deadline = INFINITY;
    for (size_t i = 0; i < model->calm.mark_count; i++)
        deadline = fmin(deadline, model->calm.marks[i].until);
    return deadline;
}
