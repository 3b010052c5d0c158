#include <stdio.h>

#include "app_internal.h"

/* The list of columns: those that the list shows, in its order, and the rest by groups. What is done here
 * takes effect at once behind it, as a step of undo each. */

#define STANDARD (COLUMN_COUNT + 1) /* the line that puts all back */

/* ---- the lines ---- */

static bool is_shown(const struct model *model, enum column column)
{
    struct chosen now;
    list_chosen_now(model, &now);
    return column == COL_HANDLE || chosen_find(&now, column) < now.count;
}

/* "frozen, 12 wide" */
static void add_shown(struct model *model, enum column column, bool frozen, unsigned width)
{
    char cells[24] = "";
    struct buf hint = BUF_INIT;
    if (width > 0)
        snprintf(cells, sizeof cells, "%u wide", width);
    buf_addf(&hint, "%s%s%s", frozen ? "frozen" : "", frozen && width > 0 ? ", " : "", cells);
    picker_add(&model->picker, (struct choice){.label = text_of(chosen_title(column)),
                                               .hint = buf_text(&hint),
                                               .value = (size_t)column,
                                               .checked = true});
    buf_release(&hint);
}

static void add_heading(struct model *model, const char *title)
{
    picker_add(&model->picker, (struct choice){.label = text_of(title), .heading = true});
}

static void add_all_shown(struct model *model, struct text typed)
{
    struct chosen now;
    size_t heading = model->picker.count;
    list_chosen_now(model, &now);
    add_heading(model, "In the list, from left to right");
    if (picker_names(typed, COL_HANDLE))
        add_shown(model, COL_HANDLE, true, now.name_width);
    for (size_t i = 0; i < now.count; i++)
        if (picker_names(typed, now.items[i]))
            add_shown(model, now.items[i], i < now.frozen, now.widths[i]);
    if (model->picker.count == heading + 1)
        model->picker.count--; /* nobody under it */
}

void columns_build(struct model *model)
{
    struct text typed = buf_text(&model->line.text);
    enum column trend = (enum column)LIST_CHOSEN_TREND;
    add_all_shown(model, typed);
    picker_add_columns(model, NULL, is_shown);
    if (!is_shown(model, trend) && picker_names(typed, trend)) {
        add_heading(model, "Pictures");
        picker_add(&model->picker, (struct choice){.label = text_of(chosen_title(trend)),
                                                   .hint = TEXT("followers of the last half year"),
                                                   .value = (size_t)trend});
    }
    if (!model->chosen.standard && match_text(typed, TEXT("Standard columns")) > 1) {
        add_heading(model, "All of them");
        picker_add(&model->picker, (struct choice){.label = TEXT("Standard columns"),
                                                   .hint = TEXT("put back"),
                                                   .value = STANDARD});
    }
}

/* The line under the cursor; COLUMN_COUNT + 2: none. */
static size_t line_value(const struct model *model)
{
    const struct picker *picker = &model->picker;
    return picker->cursor < picker->count ? picker->items[picker->cursor].value : STANDARD + 1;
}

static void go_to(struct model *model, size_t value)
{
    struct picker *picker = &model->picker;
    for (size_t i = 0; i < picker->count; i++)
        if (!picker->items[i].heading && picker->items[i].value == value)
            picker->cursor = i;
}

enum column list_cell(const struct model *model)
{
    bool chooses = model->overlay == OVERLAY_PICKER && model->picker.kind == PICK_COLUMNS;
    size_t value = chooses ? line_value(model) : STANDARD;
    return value < STANDARD && is_shown(model, (enum column)value) ? (enum column)value
                                                                   : model->cell;
}

/* ---- what is done ---- */

/* The lines anew, the cursor on its column. */
static void again(struct model *model, size_t value)
{
    picker_build(model);
    go_to(model, value);
}

static void turn_on(struct model *model, enum column column)
{
    struct chosen now;
    list_chosen_now(model, &now);
    if (!chosen_add(&now, column)) {
        model_notice(model, "no more than %d columns: hide one first", LIST_CHOSEN_MOST);
        return;
    }
    model->chosen = now;
    view_step(model, false, "show %s", chosen_title(column));
}

static void turn_off(struct model *model, enum column column)
{
    struct chosen now;
    list_chosen_now(model, &now);
    chosen_remove(&now, chosen_find(&now, column));
    model->chosen = now;
    view_step(model, false, "hide %s", chosen_title(column));
    if (model->query.order_count > 0 && model->query.orders[0].column == column)
        model_notice(model, "%s orders the list: it stays at the end until another does",
                     chosen_title(column));
}

void run_columns_standard(struct model *model, struct effects *effects)
{
    (void)effects;
    size_t value = line_value(model);
    model->chosen = (struct chosen){.standard = true};
    if (!view_step(model, false, "standard columns"))
        model_notice(model, "these are the standard columns");
    again(model, value);
}

void columns_accept(struct model *model, struct effects *effects)
{
    size_t value = line_value(model);
    if (value > STANDARD)
        return;
    if (value == STANDARD) {
        run_columns_standard(model, effects);
        return;
    }
    enum column column = (enum column)value;
    if (column == COL_HANDLE)
        model_notice(model, "%s stands in every list", chosen_title(column));
    else if (is_shown(model, column))
        turn_off(model, column);
    else
        turn_on(model, column);
    again(model, value);
}

bool columns_key(struct model *model, uint32_t key)
{
    if (key != K_SPACE || model->line.text.length > 0)
        return false;
    columns_accept(model, NULL);
    return true;
}

/* The place of a shown column among those that are chosen; false: told what is wrong. */
static bool chosen_place(struct model *model, struct chosen *now, size_t *at)
{
    size_t value = line_value(model);
    list_chosen_now(model, now);
    *at = value <= COLUMN_COUNT ? chosen_find(now, (enum column)value) : now->count;
    if (*at < now->count)
        return true;
    if (value == COL_HANDLE)
        model_notice(model, "%s leads every list", chosen_title(COL_HANDLE));
    else if (value <= COLUMN_COUNT)
        model_notice(model, "%s is not in the list: Enter shows it",
                     chosen_title((enum column)value));
    return false;
}

static void move_column(struct model *model, int by)
{
    struct chosen now;
    size_t at, value = line_value(model);
    if (!chosen_place(model, &now, &at) || !chosen_move(&now, at, by))
        return;
    model->chosen = now;
    view_step(model, true, "move %s", chosen_title((enum column)value));
    again(model, value);
}

void run_column_left(struct model *model, struct effects *effects)
{
    (void)effects;
    move_column(model, -1);
}

void run_column_right(struct model *model, struct effects *effects)
{
    (void)effects;
    move_column(model, 1);
}

void run_column_freeze(struct model *model, struct effects *effects)
{
    struct chosen now;
    size_t at, value = line_value(model);
    (void)effects;
    if (value == COL_HANDLE) { /* it alone */
        list_chosen_now(model, &now);
        at = (size_t)-1;
    } else if (!chosen_place(model, &now, &at)) {
        return;
    }
    bool loose = now.frozen == at + 1;
    if (loose && value == COL_HANDLE) {
        model_notice(model, "%s stays in view always", chosen_title(COL_HANDLE));
        return;
    }
    now.frozen = loose ? 0 : at + 1;
    model->chosen = now;
    view_step(model, true, now.frozen ? "freeze up to %s" : "freeze %s alone",
              chosen_title(now.frozen ? (enum column)value : COL_HANDLE));
    again(model, value);
}

/* `width` 0: by what it shows. */
static void set_width(struct model *model, int by)
{
    struct chosen now;
    size_t at = 0, value = line_value(model);
    bool name = value == COL_HANDLE;
    list_chosen_now(model, &now);
    if (!name && !chosen_place(model, &now, &at))
        return;
    uint8_t *width = name ? &now.name_width : &now.widths[at];
    int least = name ? CHOSEN_NAME_LEAST : CHOSEN_WIDTH_LEAST;
    int from = *width ? *width : list_automatic_width((enum column)value), to = from + by;
    if (value == COL_PLATFORM || value == COL_COUNTRY)
        least = from < least ? from : least;
    *width = by == 0 ? 0
                     : (uint8_t)(to < least               ? least
                                 : to > CHOSEN_WIDTH_MOST ? CHOSEN_WIDTH_MOST
                                                          : to);
    model->chosen = now;
    view_step(model, true, "width of %s", chosen_title((enum column)value));
    again(model, value);
}

void run_column_wider(struct model *model, struct effects *effects)
{
    (void)effects;
    set_width(model, 1);
}

void run_column_narrower(struct model *model, struct effects *effects)
{
    (void)effects;
    set_width(model, -1);
}

void run_column_automatic(struct model *model, struct effects *effects)
{
    (void)effects;
    set_width(model, 0);
}
