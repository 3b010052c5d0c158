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
#define SQUEEZED_WIDTH 6 /* "~+144%" */

static const uint8_t unit_widths[UNIT_COUNT_OF] = {
    [UNIT_TEXT] = 18,   [UNIT_WORD] = 10,  [UNIT_SET] = 18,      [UNIT_COUNT] = 9,
    [UNIT_AVERAGE] = 7, [UNIT_SHARE] = 7,  [UNIT_RATIO] = 8,     [UNIT_ROI] = 6,
    [UNIT_MONEY] = 7,   [UNIT_PROFIT] = 8, [UNIT_UNIT_COST] = 7, [UNIT_ESTIMATE] = 7,
    [UNIT_GROWTH] = 7,  [UNIT_DAYS] = 6,   [UNIT_TIME] = 11,     [UNIT_FLAG] = 3,
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

/* Cells of a part; a figure has one more for the mark after it. */
static int part_width(enum list_part part, enum column column)
{
    switch (part) {
    case LIST_NAME:
        return NAME_LEAST;
    case LIST_BAR:
        return BAR_WIDTH;
    case LIST_AGE:
        return AGE_WIDTH;
    case LIST_TREND:
        return TREND_VALUES;
    case LIST_FIGURE:
        break;
    }
    return list_column_width(column) + (column_is_text(column) ? 0 : 1);
}

size_t list_standard_columns(enum column *out)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(standard); i++)
        if (standard[i].part == LIST_FIGURE || standard[i].part == LIST_NAME)
            out[count++] = standard[i].column;
    return count;
}

/* What the user's choice calls it. */
static enum column chosen_as(size_t at)
{
    return standard[at].part == LIST_TREND ? (enum column)LIST_CHOSEN_TREND : standard[at].column;
}

void list_choose_standard(struct model *model)
{
    model->chosen_count = model->standard_count;
    memcpy(model->chosen, model->standard, model->standard_count * sizeof model->chosen[0]);
    for (size_t i = 0; i < COUNT_OF(standard) && !model->standard_count; i++)
        if (standard[i].part == LIST_FIGURE || standard[i].part == LIST_TREND)
            model->chosen[model->chosen_count++] = chosen_as(i);
}

bool list_fixed(enum column column)
{
    for (size_t i = 0; i < COUNT_OF(standard); i++)
        if (standard[i].part <= LIST_NAME && standard[i].column == column)
            return standard[i].keep == KEEP_ALWAYS;
    return false;
}

/* Has the column a place of its own? Others stand where the user or the order wants them. */
static bool is_standard(enum column column)
{
    for (size_t i = 0; i < COUNT_OF(standard); i++)
        if (standard[i].part == LIST_FIGURE && standard[i].column == column)
            return true;
    return column == COL_HANDLE || column == (enum column)LIST_CHOSEN_TREND;
}

struct wanted {
    enum list_part part;
    enum column column;
    int keep;
};

static bool is_wanted(const struct wanted *wanted, size_t count, enum column column)
{
    for (size_t i = 0; i < count; i++)
        if (wanted[i].column == column && wanted[i].part <= LIST_NAME)
            return true;
    return false;
}

/* Columns beyond the standard ones: the user's choice, and the one that decides the order. */
static size_t add_extras(const struct model *model, struct wanted *out, size_t count,
                         enum column order)
{
    for (size_t k = 0; k < model->chosen_count && count < LIST_COLUMNS_MOST - 4; k++)
        if (!is_standard(model->chosen[k]))
            out[count++] = (struct wanted){LIST_FIGURE, model->chosen[k], KEEP_CHOSEN};
    if (!is_wanted(out, count, order))
        out[count++] = (struct wanted){LIST_FIGURE, order, KEEP_ORDER};
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
    out[at + 1] = (struct wanted){LIST_BAR, order, KEEP_BAR};
    return count + 1;
}

/* Growth needs a month of it; of a younger past, a trend that was read tells. */
static bool any_past(const struct model *model)
{
    return model->trend_seen || model->catalog->columns[COL_GROWTH_30D].kind != CELLS_NONE;
}

/* `past`: is there any to be shown? */
static size_t list_wanted(const struct model *model, bool past, struct wanted *out)
{
    enum column order = model->query.order_count ? model->query.orders[0].column : COL_ROI;
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(standard); i++) {
        enum column column = standard[i].column;
        bool hidden = (standard[i].part == LIST_FIGURE || standard[i].part == LIST_TREND) &&
                      standard[i].keep < KEEP_ALWAYS;
        for (size_t k = 0; k < model->chosen_count && hidden; k++)
            hidden = model->chosen[k] != chosen_as(i);
        if (standard[i].part == LIST_AGE)
            count = add_extras(model, out, count, order);
        if (hidden || (standard[i].part == LIST_TREND && !past))
            continue;
        int keep = standard[i].keep;
        if (column == order && standard[i].part == LIST_FIGURE && keep < KEEP_ORDER)
            keep = KEEP_ORDER;
        out[count++] = (struct wanted){standard[i].part, column, keep};
    }
    return add_bar(out, count, order);
}

/* The mark of a figure parts it from what follows; elsewhere a blank does. */
static int gap_before(const struct wanted *wanted, size_t at)
{
    bool marked =
        at > 0 && wanted[at - 1].part == LIST_FIGURE && !column_is_text(wanted[at - 1].column);
    return at == 0 || marked ? 0 : 1;
}

static int total_width(const struct wanted *wanted, size_t count)
{
    int total = GUTTER;
    for (size_t i = 0; i < count; i++)
        total += gap_before(wanted, i) + part_width(wanted[i].part, wanted[i].column);
    return total;
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

static int list_fit(const struct model *model, int width, bool past, struct list_column *out)
{
    static const struct wanted tiny[] = {{LIST_NAME, COL_HANDLE, KEEP_ALWAYS},
                                         {LIST_FIGURE, COL_ER, KEEP_ALWAYS},
                                         {LIST_FIGURE, COL_ROI, KEEP_ALWAYS}};
    struct wanted wanted[LIST_COLUMNS_MOST];
    size_t count = list_wanted(model, past, wanted);
    if (model->layout.class == LAYOUT_TINY) {
        count = COUNT_OF(tiny);
        memcpy(wanted, tiny, sizeof tiny);
    }
    while (total_width(wanted, count) > width) {
        size_t gone = weakest(wanted, count);
        if (wanted[gone].keep == KEEP_ALWAYS)
            return squeeze(wanted, count, width, out);
        count--;
        memmove(&wanted[gone], &wanted[gone + 1], (count - gone) * sizeof *wanted);
    }
    int spare = width - total_width(wanted, count) - 1; /* a blank at the right edge */
    int most = NAME_MOST - NAME_LEAST, at = GUTTER;
    spare = spare < 0 ? 0 : spare > most ? most : spare;
    for (size_t i = 0; i < count; i++) {
        enum list_part part = wanted[i].part;
        int cells = part_width(part, wanted[i].column) + (part == LIST_NAME ? spare : 0);
        bool figure = part == LIST_FIGURE && !column_is_text(wanted[i].column);
        at += gap_before(wanted, i);
        out[i] = (struct list_column){part, wanted[i].column, at, cells - figure};
        at += cells;
    }
    return (int)count;
}

int list_columns(const struct model *model, int width, struct list_column *out)
{
    return list_fit(model, width, any_past(model), out);
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
