#include "app/model.h"

#include <string.h>

#include "app_internal.h"
#include "base/vec.h"

/* Which columns the list shows, and where. */

/* `keep` decides what goes first when width shrinks: the lowest. */
enum { KEEP_ALWAYS = 11, KEEP_ORDER = 10, KEEP_CHOSEN = 9, KEEP_BAR = 3 };

/* In the order of the screen. */
static const struct {
    enum list_part part;
    enum column column;
    int keep;
} standard[] = {
    {LIST_NAME, COL_HANDLE, KEEP_ALWAYS},
    {LIST_FIGURE, COL_PLATFORM, 5},
    {LIST_FIGURE, COL_COUNTRY, 1},
    {LIST_FIGURE, COL_NICHE, -1},
    {LIST_FIGURE, COL_FOLLOWERS, 8},
    {LIST_TREND, COL_FOLLOWERS, 0},
    {LIST_FIGURE, COL_ER, KEEP_ALWAYS},
    {LIST_FIGURE, COL_ER_INDEX, 6},
    {LIST_FIGURE, COL_FEE, 7},
    {LIST_FIGURE, COL_PROFIT, 2},
    {LIST_FIGURE, COL_ROI, KEEP_ALWAYS},
    {LIST_AGE, COL_ENGAGEMENT_AT, 4},
};

#define GUTTER 4
#define NAME_LEAST 14
#define NAME_MOST 28
#define BAR_WIDTH 5
#define AGE_WIDTH 4
#define SQUEEZED_WIDTH 6  /* "~+144%" */
#define SIGN_WIDTH 3      /* of how many more stand to the right */
#define SCROLLED_LEAST 12 /* cells that must be left to what is scrolled */

static const uint8_t unit_widths[UNIT_COUNT_OF] = {
    [UNIT_TEXT] = 18,   [UNIT_WORD] = 10,  [UNIT_SET] = 18,      [UNIT_COUNT] = 9,
    [UNIT_AVERAGE] = 7, [UNIT_SHARE] = 7,  [UNIT_RATIO] = 8,     [UNIT_ROI] = 6,
    [UNIT_MONEY] = 7,   [UNIT_PROFIT] = 8, [UNIT_UNIT_COST] = 7, [UNIT_ESTIMATE] = 7,
    [UNIT_GROWTH] = 7,  [UNIT_DAYS] = 6,   [UNIT_TIME] = 11,     [UNIT_FLAG] = 3,
    [UNIT_SCORE] = 5,
};

/* Cells of its figures, without signs around. */
static int list_column_width(enum column column)
{
    if (column == COL_PLATFORM || column == COL_COUNTRY)
        return 2;
    int width = unit_widths[columns[column].unit];
    int title = (int)text_of(columns[column].title).length + (column == COL_FEE ? 4 : 0);
    return title > width ? title : width;
}

struct wanted {
    enum list_part part;
    enum column column;
    int keep;
    int width; /* cells that the user gave it; 0: by what it shows */
};

static bool is_figure(enum list_part part, enum column column)
{
    return part == LIST_FIGURE && !column_is_text(column);
}

/* Cells of a part; a figure has one more for the mark after it. */
static int part_width(const struct wanted *wanted)
{
    static const int widths[] = {[LIST_NAME] = NAME_LEAST,
                                 [LIST_BAR] = BAR_WIDTH,
                                 [LIST_AGE] = AGE_WIDTH,
                                 [LIST_TREND] = TREND_VALUES};
    if (wanted->width > 0)
        return wanted->width + is_figure(wanted->part, wanted->column);
    if (wanted->part != LIST_FIGURE)
        return widths[wanted->part];
    return list_column_width(wanted->column) + is_figure(wanted->part, wanted->column);
}

/* The mark of a figure parts it from what follows; elsewhere a blank does. */
static int gap_after(const struct wanted *wanted)
{
    return is_figure(wanted->part, wanted->column) ? 0 : 1;
}

static int gap_before(const struct wanted *wanted, size_t at)
{
    return at == 0 ? 0 : gap_after(&wanted[at - 1]);
}

static int total_width(const struct wanted *wanted, size_t count)
{
    int total = GUTTER;
    for (size_t i = 0; i < count; i++)
        total += gap_before(wanted, i) + part_width(&wanted[i]);
    return total;
}

size_t list_standard_columns(enum column *out)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(standard); i++)
        if (standard[i].part == LIST_FIGURE || standard[i].part == LIST_NAME)
            out[count++] = standard[i].column;
    return count;
}

static bool title_fills(enum column column)
{
    int width = list_column_width(column);
    int title = (int)text_of(columns[column].title).length + (column == COL_FEE ? 4 : 0);
    return width > 2 && title >= width;
}

int list_automatic_width(enum column column)
{
    if (column == (enum column)LIST_CHOSEN_TREND)
        return TREND_VALUES;
    return column == COL_HANDLE ? NAME_LEAST : list_column_width(column);
}

static bool is_wanted(const struct wanted *wanted, size_t count, enum column column)
{
    for (size_t i = 0; i < count; i++)
        if (wanted[i].column == column && wanted[i].part <= LIST_NAME)
            return true;
    return false;
}

/* The one that decides the order stands in every list. */
static size_t add_order(struct wanted *out, size_t count, enum column order)
{
    if (!is_wanted(out, count, order))
        out[count++] = (struct wanted){LIST_FIGURE, order, KEEP_ORDER, 0};
    return count;
}

/* The bar stands beside the figures it shows. */
static size_t add_bar(struct wanted *out, size_t count, enum column order)
{
    size_t at = 0;
    if (column_is_text(order))
        return count;
    while (at < count && (out[at].column != order || out[at].part != LIST_FIGURE))
        at++;
    if (at == count)
        return count;
    memmove(&out[at + 2], &out[at + 1], (count - at - 1) * sizeof *out);
    out[at + 1] = (struct wanted){LIST_BAR, order, KEEP_BAR, 0};
    return count + 1;
}

/* Growth needs a month of it; of a younger past, a trend that was read tells. */
static bool any_past(const struct model *model)
{
    return model->trend_seen || model->catalog->columns[COL_GROWTH_30D].kind != CELLS_NONE;
}

static enum column order_of(const struct model *model)
{
    return model->query.order_count ? model->query.orders[0].column : COL_ROI;
}

/* Where several columns order the list, the title has two signs: one of them within the column. */
static void widen_ordered(const struct model *model, struct wanted *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < model->query.order_count && model->query.order_count > 1; k++)
            if (is_figure(wanted[i].part, wanted[i].column) && wanted[i].width == 0 &&
                wanted[i].column == model->query.orders[k].column)
                wanted[i].width =
                    list_column_width(wanted[i].column) + title_fills(wanted[i].column);
}

/* `past`: is there any to be shown? */
static size_t want_standard(const struct model *model, bool past, struct wanted *out)
{
    enum column order = order_of(model);
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(standard); i++) {
        enum column column = standard[i].column;
        int keep = standard[i].keep;
        if (standard[i].part == LIST_AGE)
            count = add_order(out, count, order);
        if (standard[i].part == LIST_TREND && !past)
            continue;
        if (column == order && standard[i].part == LIST_FIGURE && keep < KEEP_ORDER)
            keep = KEEP_ORDER;
        out[count++] = (struct wanted){standard[i].part, column, keep, 0};
    }
    widen_ordered(model, out, count);
    return add_bar(out, count, order);
}

/* Does the list show what fits, the first of the standard first? Else all that is chosen, sideways where
 * it must. */
static bool is_standard(const struct model *model)
{
    return model->chosen.standard && model->standard_count == 0;
}

static struct wanted wanted_of(enum column column, int width)
{
    if (column == (enum column)LIST_CHOSEN_TREND)
        return (struct wanted){LIST_TREND, COL_FOLLOWERS, KEEP_CHOSEN, width};
    return (struct wanted){LIST_FIGURE, column, KEEP_CHOSEN, width};
}

/* A title that fills its column would run into the next one: a cell more where there is room for all. */
static void loosen(struct wanted *wanted, size_t count, int width)
{
    int spare = width - total_width(wanted, count);
    for (size_t i = 0; i < count && spare > 0; i++)
        if (wanted[i].part == LIST_FIGURE && wanted[i].width == 0 &&
            title_fills(wanted[i].column)) {
            wanted[i].width = list_column_width(wanted[i].column) + 1;
            spare--;
        }
}

/* The name leaves room for what stands beside it, whatever width the user gave it. */
static size_t want_chosen(const struct model *model, int width, struct wanted *out)
{
    const struct chosen *chosen = &model->chosen;
    size_t count = 0, own = chosen->standard ? model->standard_count : chosen->count;
    int name = chosen->standard ? 0 : chosen->name_width, most = width - GUTTER - SCROLLED_LEAST;
    name = name > most ? (most > CHOSEN_NAME_LEAST ? most : CHOSEN_NAME_LEAST) : name;
    out[count++] = (struct wanted){LIST_NAME, COL_HANDLE, KEEP_ALWAYS, name};
    for (size_t i = 0; i < own; i++) {
        enum column column = chosen->standard ? model->standard[i] : chosen->items[i];
        if (column != COL_HANDLE)
            out[count++] = wanted_of(column, chosen->standard ? 0 : chosen->widths[i]);
    }
    count = add_order(out, count, order_of(model));
    widen_ordered(model, out, count);
    loosen(out, count, width);
    return count;
}

static size_t weakest(const struct wanted *wanted, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        if (wanted[i].part != LIST_NAME &&
            (wanted[at].part == LIST_NAME || wanted[i].keep <= wanted[at].keep))
            at = i;
    return at;
}

/* Handle, ER and ROI in less than they would like: the figures close up, the name has the rest. */
static int squeeze(const struct wanted *wanted, size_t count, int width, struct list_column *out)
{
    int at = GUTTER, figure = SQUEEZED_WIDTH + 1;
    for (size_t i = 0; i < count; i++) {
        bool name = wanted[i].part == LIST_NAME;
        int cells = name ? width - GUTTER - ((int)count - 1) * figure : figure;
        out[i] = (struct list_column){wanted[i].part, wanted[i].column, at, cells - 1};
        at += cells;
    }
    return (int)count;
}

/* All of them, the name with what is left over unless the user gave it a width. */
static int place_all(const struct wanted *wanted, size_t count, int width, struct list_column *out)
{
    int spare = width - total_width(wanted, count) - 1; /* a blank at the right edge */
    int most = wanted[0].width > 0 ? 0 : NAME_MOST - NAME_LEAST, at = GUTTER;
    spare = spare < 0 ? 0 : spare > most ? most : spare;
    for (size_t i = 0; i < count; i++) {
        enum list_part part = wanted[i].part;
        int cells = part_width(&wanted[i]) + (part == LIST_NAME ? spare : 0);
        at += gap_before(wanted, i);
        out[i] = (struct list_column){part, wanted[i].column, at,
                                      cells - is_figure(part, wanted[i].column)};
        at += cells;
    }
    return (int)count;
}

static void leave_out(struct wanted *wanted, size_t *count, size_t at)
{
    --*count;
    memmove(&wanted[at], &wanted[at + 1], (*count - at) * sizeof *wanted);
}

static int fit_standard(struct wanted *wanted, size_t count, int width, struct list_column *out)
{
    while (total_width(wanted, count) > width) {
        size_t gone = weakest(wanted, count);
        if (wanted[gone].keep == KEEP_ALWAYS)
            return squeeze(wanted, count, width, out);
        leave_out(wanted, &count, gone);
    }
    return place_all(wanted, count, width, out);
}

/* ---- sideways ---- */

/* What stands on the screen of columns that do not all fit. */
struct window {
    size_t fixed; /* the name and those that are frozen */
    size_t from, to;
};

static size_t fixed_count(const struct model *model, const struct wanted *wanted, size_t count,
                          int width)
{
    size_t fixed = 1 + (model->chosen.standard ? 0 : model->chosen.frozen);
    fixed = fixed < count ? fixed : count;
    while (fixed > 1 && total_width(wanted, fixed) > width - SCROLLED_LEAST)
        fixed--; /* what is scrolled needs room too */
    return fixed;
}

/* Those from `from` on that fit; the first is cut where even that does not. */
static struct window window_from(const struct wanted *wanted, size_t count, size_t fixed,
                                 size_t from, int width)
{
    struct window window = {fixed, from, from};
    int used = total_width(wanted, fixed);
    while (window.to < count) {
        const struct wanted *before = &wanted[window.to == from ? fixed - 1 : window.to - 1];
        int room = width - (window.to + 1 < count ? SIGN_WIDTH : 1);
        used += gap_after(before) + part_width(&wanted[window.to]);
        if (used > room && window.to > from)
            break;
        window.to++;
    }
    return window;
}

static size_t clamp_from(size_t from, size_t fixed, size_t count)
{
    return from < fixed ? fixed : from >= count ? count - 1 : from;
}

static int place_window(const struct wanted *wanted, size_t count, struct window window, int width,
                        struct list_column *out)
{
    struct wanted shown[LIST_COLUMNS_MOST];
    size_t many = window.fixed;
    memcpy(shown, wanted, window.fixed * sizeof *shown);
    for (size_t i = window.from; i < window.to; i++)
        shown[many++] = wanted[i];
    int right = width - (window.to < count ? SIGN_WIDTH - 1 : 0);
    int over = total_width(shown, many) - right;
    if (over > 0) { /* only the last can be too wide: it is cut */
        int left = part_width(&shown[many - 1]) - over -
                   is_figure(shown[many - 1].part, shown[many - 1].column);
        shown[many - 1].width = left > 1 ? left : 1;
    }
    int placed = place_all(shown, many, right, out);
    const struct list_column *last = &out[placed - 1];
    if (last->at + last->width + is_figure(last->part, last->column) > width)
        placed--; /* not a cell is left for it */
    return placed;
}

/* Bar and age stand where they fit; nobody chose them. */
static bool fits_chosen(const struct model *model, struct wanted *wanted, size_t *count, int width)
{
    struct wanted more[LIST_COLUMNS_MOST];
    size_t many = *count;
    memcpy(more, wanted, many * sizeof *more);
    if (total_width(wanted, *count) > width)
        return false;
    more[many++] = (struct wanted){LIST_AGE, COL_ENGAGEMENT_AT, KEEP_BAR, 0};
    if (total_width(more, many) > width)
        many--;
    many = add_bar(more, many, order_of(model));
    if (total_width(more, many) <= width) {
        memcpy(wanted, more, many * sizeof *more);
        *count = many;
    }
    return true;
}

static int fit_chosen(const struct model *model, struct wanted *wanted, size_t count, int width,
                      struct list_column *out)
{
    if (fits_chosen(model, wanted, &count, width))
        return place_all(wanted, count, width, out);
    size_t fixed = fixed_count(model, wanted, count, width);
    size_t from = clamp_from(fixed + model->list_from, fixed, count);
    return place_window(wanted, count, window_from(wanted, count, fixed, from, width), width, out);
}

/* Whether all of them do not fit, and then where each is. */
static bool sideways(const struct model *model, int width, struct wanted *wanted, size_t *count,
                     struct window *window)
{
    if (is_standard(model) || model->layout.class == LAYOUT_TINY)
        return false;
    *count = want_chosen(model, width, wanted);
    if (total_width(wanted, *count) <= width)
        return false;
    size_t fixed = fixed_count(model, wanted, *count, width);
    *window = window_from(wanted, *count, fixed,
                          clamp_from(fixed + model->list_from, fixed, *count), width);
    return true;
}

void list_beyond(const struct model *model, int width, size_t *left, size_t *right)
{
    struct wanted wanted[LIST_COLUMNS_MOST];
    struct window window;
    size_t count;
    *left = *right = 0;
    if (!sideways(model, width, wanted, &count, &window))
        return;
    *left = window.from - window.fixed;
    *right = count - window.to;
}

bool list_cell_of(const struct list_column *shown, enum column *cell)
{
    *cell = shown->part == LIST_TREND ? (enum column)LIST_CHOSEN_TREND : shown->column;
    return shown->part <= LIST_NAME || shown->part == LIST_TREND;
}

static enum column wanted_cell(const struct wanted *wanted)
{
    return wanted->part == LIST_TREND ? (enum column)LIST_CHOSEN_TREND : wanted->column;
}

size_t list_reachable(const struct model *model, int width, enum column *out)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    struct wanted wanted[LIST_COLUMNS_MOST];
    struct window window;
    size_t count, many = 0;
    if (sideways(model, width, wanted, &count, &window)) {
        for (size_t i = 0; i < count; i++)
            out[many++] = wanted_cell(&wanted[i]);
        return many;
    }
    count = (size_t)list_columns(model, width, shown);
    for (size_t i = 0; i < count; i++)
        many += list_cell_of(&shown[i], &out[many]);
    return many;
}

void list_settle_sideways(struct model *model)
{
    struct wanted wanted[LIST_COLUMNS_MOST];
    struct window window;
    size_t count, cell = 0;
    int width = model->layout.list.columns;
    if (!sideways(model, width, wanted, &count, &window)) {
        model->list_from = 0;
        return;
    }
    size_t fixed = window.fixed, from = window.from;
    while (cell < count && wanted_cell(&wanted[cell]) != list_cell(model))
        cell++;
    if (cell < count && cell >= fixed && cell < from)
        from = cell;
    while (cell < count && from < cell && window_from(wanted, count, fixed, from, width).to <= cell)
        from++;
    while (from > fixed && window_from(wanted, count, fixed, from - 1, width).to == count)
        from--; /* no room is left empty at the end */
    model->list_from = from - fixed;
}

static int list_fit(const struct model *model, int width, bool past, struct list_column *out)
{
    static const struct wanted tiny[] = {{LIST_NAME, COL_HANDLE, KEEP_ALWAYS, 0},
                                         {LIST_FIGURE, COL_ER, KEEP_ALWAYS, 0},
                                         {LIST_FIGURE, COL_ROI, KEEP_ALWAYS, 0}};
    struct wanted wanted[LIST_COLUMNS_MOST];
    if (model->layout.class == LAYOUT_TINY) {
        memcpy(wanted, tiny, sizeof tiny);
        return fit_standard(wanted, COUNT_OF(tiny), width, out);
    }
    if (is_standard(model))
        return fit_standard(wanted, want_standard(model, past, wanted), width, out);
    return fit_chosen(model, wanted, want_chosen(model, width, wanted), width, out);
}

int list_columns(const struct model *model, int width, struct list_column *out)
{
    return list_fit(model, width, any_past(model), out);
}

void list_chosen_now(const struct model *model, struct chosen *out)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    *out = model->chosen;
    if (!model->chosen.standard)
        return;
    *out = (struct chosen){.standard = false};
    for (size_t i = 0; i < model->standard_count; i++)
        if (model->standard[i] != COL_HANDLE)
            chosen_add(out, model->standard[i]);
    if (model->standard_count > 0)
        return;
    int width = model->layout.list.columns ? model->layout.list.columns : model->layout.columns;
    int count = list_columns(model, width, shown);
    for (int i = 0; i < count; i++)
        if (shown[i].part == LIST_FIGURE || shown[i].part == LIST_TREND)
            chosen_add(out, shown[i].part == LIST_TREND ? (enum column)LIST_CHOSEN_TREND
                                                        : shown[i].column);
}

bool list_has_room_for_trend(const struct model *model)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    int count = list_fit(model, model->layout.list.columns, true, shown);
    bool room = false;
    for (int i = 0; i < count; i++)
        room = room || shown[i].part == LIST_TREND;
    return room;
}

int list_height(const struct model *model)
{
    return model->layout.list.rows > 1 ? model->layout.list.rows - 1 : 0;
}
