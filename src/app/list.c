#include "app/model.h"

#include "base/vec.h"

/* Which columns the list shows, and where. */

/* In the order of the screen; `keep` decides what goes first when width shrinks: the lowest goes. */
static const struct {
    enum list_part part;
    enum column column;
    int keep; /* 9: never dropped */
} standard[] = {
    {LIST_NAME, COL_HANDLE, 9},       {LIST_FIGURE, COL_PLATFORM, 4},
    {LIST_FIGURE, COL_COUNTRY, 1},    {LIST_FIGURE, COL_FOLLOWERS, 8},
    {LIST_FIGURE, COL_ER, 9},         {LIST_FIGURE, COL_ER_INDEX, 5},
    {LIST_FIGURE, COL_FEE, 7},        {LIST_FIGURE, COL_PROFIT, 2},
    {LIST_FIGURE, COL_ROI, 9},        {LIST_BAR, COL_ROI, 3},
    {LIST_AGE, COL_ENGAGEMENT_AT, 3},
};

#define GUTTER 4
#define NAME_LEAST 14
#define NAME_MOST 28
#define BAR_WIDTH 6
#define AGE_WIDTH 4

static const uint8_t unit_widths[UNIT_COUNT_OF] = {
    [UNIT_TEXT] = 18,   [UNIT_WORD] = 10,  [UNIT_SET] = 18,      [UNIT_COUNT] = 9,
    [UNIT_AVERAGE] = 7, [UNIT_SHARE] = 7,  [UNIT_RATIO] = 8,     [UNIT_ROI] = 7,
    [UNIT_MONEY] = 7,   [UNIT_PROFIT] = 8, [UNIT_UNIT_COST] = 7, [UNIT_ESTIMATE] = 7,
    [UNIT_DAYS] = 6,    [UNIT_TIME] = 11,  [UNIT_FLAG] = 3,
};

int list_column_width(enum column column)
{
    if (column == COL_PLATFORM || column == COL_COUNTRY)
        return 2;
    int width = unit_widths[columns[column].unit];
    int title = (int)text_of(columns[column].title).length + (column == COL_FEE ? 4 : 0);
    return title > width ? title : width;
}

/* Cells with the blank before and, for figures, the sign before and the mark after. */
static int part_width(enum list_part part, enum column column)
{
    switch (part) {
    case LIST_NAME:
        return NAME_LEAST;
    case LIST_BAR:
        return BAR_WIDTH + 1;
    case LIST_AGE:
        return AGE_WIDTH + 1;
    case LIST_FIGURE:
        break;
    }
    return list_column_width(column) + (column_is_text(column) ? 1 : 2);
}

void list_choose_standard(struct model *model)
{
    model->chosen_count = 0;
    for (size_t i = 0; i < COUNT_OF(standard); i++)
        if (standard[i].part == LIST_FIGURE)
            model->chosen[model->chosen_count++] = standard[i].column;
}

/* Is the column beyond the standard ones, wanted by the user or by the order? */
static bool is_standard(enum column column)
{
    for (size_t i = 0; i < COUNT_OF(standard); i++)
        if (standard[i].part == LIST_FIGURE && standard[i].column == column)
            return true;
    return column == COL_HANDLE;
}

struct wanted {
    enum list_part part;
    enum column column;
    int keep;
};

static size_t list_wanted(const struct model *model, struct wanted *out)
{
    enum column order = model->query.order_count ? model->query.orders[0].column : COL_ROI;
    bool listed = is_standard(order);
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(standard); i++) {
        enum column column = standard[i].part == LIST_BAR ? order : standard[i].column;
        bool hidden = standard[i].part == LIST_FIGURE && standard[i].keep < 9;
        for (size_t k = 0; k < model->chosen_count && hidden; k++)
            hidden = model->chosen[k] != column;
        if (standard[i].part == LIST_BAR) {
            for (size_t k = 0; k < model->chosen_count && !listed; k++)
                listed = model->chosen[k] == order;
            for (size_t k = 0; k < model->chosen_count && count < LIST_COLUMNS_MOST - 4; k++)
                if (!is_standard(model->chosen[k]))
                    out[count++] = (struct wanted){LIST_FIGURE, model->chosen[k], 6};
            if (!listed)
                out[count++] = (struct wanted){LIST_FIGURE, order, 9};
        }
        if (standard[i].part == LIST_BAR && column_is_text(order))
            continue;
        if (!hidden)
            out[count++] =
                (struct wanted){standard[i].part, column, column == order ? 9 : standard[i].keep};
    }
    return count;
}

int list_columns(const struct model *model, int width, struct list_column *out)
{
    struct wanted wanted[LIST_COLUMNS_MOST];
    size_t count = list_wanted(model, wanted);
    if (model->layout.class == LAYOUT_TINY) {
        static const struct wanted tiny[] = {
            {LIST_NAME, COL_HANDLE, 9}, {LIST_FIGURE, COL_ER, 8}, {LIST_FIGURE, COL_ROI, 9}};
        count = COUNT_OF(tiny);
        for (size_t i = 0; i < count; i++)
            wanted[i] = tiny[i];
    }
    for (;;) {
        int total = GUTTER;
        size_t weakest = 0;
        for (size_t i = 0; i < count; i++) {
            total += part_width(wanted[i].part, wanted[i].column);
            if (wanted[i].keep <= wanted[weakest].keep && wanted[i].part != LIST_NAME)
                weakest = i;
        }
        if (total <= width || count <= 1 || wanted[weakest].part == LIST_NAME)
            break;
        count--;
        for (size_t i = weakest; i < count; i++)
            wanted[i] = wanted[i + 1];
    }
    int at = GUTTER, spare = width - GUTTER - 1; /* a blank at the right edge */
    for (size_t i = 0; i < count; i++)
        spare -= part_width(wanted[i].part, wanted[i].column);
    if (spare < 0)
        spare = 0;
    int name = NAME_LEAST + (spare < NAME_MOST - NAME_LEAST ? spare : NAME_MOST - NAME_LEAST);
    for (size_t i = 0; i < count; i++) {
        bool is_name = wanted[i].part == LIST_NAME;
        int cells = part_width(wanted[i].part, wanted[i].column) - 1;
        bool figure = wanted[i].part == LIST_FIGURE && !column_is_text(wanted[i].column);
        out[i] = (struct list_column){.part = wanted[i].part,
                                      .column = wanted[i].column,
                                      .at = is_name ? at : at + 1,
                                      .width = is_name ? name : cells - (figure ? 1 : 0)};
        at += is_name ? name : cells + 1;
    }
    return (int)count;
}

int list_height(const struct model *model)
{
    return model->layout.list.rows > 1 ? model->layout.list.rows - 1 : 0;
}
