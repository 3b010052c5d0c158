#include "app/tabs.h"

#include <stdio.h>
#include <string.h>

#include "app/model.h"
#include "base/vec.h"

static size_t count_none(const struct model *model)
{
    (void)model;
    return 0;
}

static size_t count_compared(const struct model *model)
{
    return model->place == PLACE_COMPARE ? (size_t)model->compare_count
                                         : model->catalog->ticked_count;
}

static size_t count_planned(const struct model *model)
{
    return model->catalog->planned_count;
}

static const struct {
    enum place place;
    uint32_t key;
    const char *title, *brief; /* brief where there is little room */
    size_t (*count)(const struct model *model);
} places[] = {
    {PLACE_EXPLORE, 0, "Explore", "Explore", count_none},
    {PLACE_COMPARE, 'c', "Compare", "Compare", count_compared},
    {PLACE_PLAN, 'p', "Plan", "Plan", count_planned},
    {PLACE_TIERS, 't', "Tiers", "Tiers", count_none},
    {PLACE_CHANGES, 'd', "Changes", "New", changes_count},
};
_Static_assert(COUNT_OF(places) <= TABS_MOST, "room for the tabs");

static bool is_open(const struct model *model, enum place place)
{
    enum place here = model->place;
    if (here == PLACE_PLANS)
        here = PLACE_PLAN;
    if (here == PLACE_DETAIL)
        here = model->detail_of_plan      ? PLACE_PLAN
               : model->detail_of_changes ? PLACE_CHANGES
                                          : PLACE_EXPLORE;
    return here == place;
}

int tabs_from(const struct model *model)
{
    return model->layout.columns >= 100 ? 12 : 1;
}

static struct tab make(const struct model *model, size_t place)
{
    struct tab tab = {.key = places[place].key, .open = is_open(model, places[place].place)};
    size_t many = places[place].count(model);
    const char *title = model->layout.columns >= 100 ? places[place].title : places[place].brief;
    if (many > 0)
        snprintf(tab.title, sizeof tab.title, "%s %zu", title, many);
    else
        snprintf(tab.title, sizeof tab.title, "%s", title);
    if (tab.key && !tab.open)
        tab.name = model_key(model, tab.key);
    tab.width =
        2 + (int)strlen(tab.title) + (tab.name.text[0] ? (int)strlen(tab.name.text) + 1 : 0);
    return tab;
}

int tabs_make(const struct model *model, int from, struct tab out[TABS_MOST])
{
    int width = model->layout.columns, count = 0, still = 0;
    int end = width - (width >= 60 ? 24 : width >= 40 ? 16 : 0); /* the money's */
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct tab tab = make(model, i);
        still += tab.open ? tab.width : 0; /* room kept for the open one */
    }
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct tab tab = make(model, i);
        if (!tab.open && from + tab.width + still > end)
            continue;
        still -= tab.open ? tab.width : 0;
        tab.at = from;
        from += tab.width;
        out[count++] = tab;
    }
    return count;
}
