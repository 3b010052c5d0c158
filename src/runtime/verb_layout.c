#include "app/model.h"
#include "verbs_internal.h"

void verb_layout_add(struct verb_layout *layout, enum column column)
{
    for (size_t i = 0; i < layout->count; i++)
        if (layout->chosen[i] == column)
            return;
    layout->chosen[layout->count++] = column;
}

/* Those that the user settled. */
static void add_own(struct verb_layout *list, const struct config *config)
{
    verb_layout_add(list, COL_HANDLE);
    for (size_t i = 0; i < config->column_count; i++)
        if (config->columns[i] != (enum column)LIST_CHOSEN_TREND)
            verb_layout_add(list, config->columns[i]);
}

/* Programs also need what tells two creators apart, the currency of a fee, and what stands in where
 * there is none. */
void verb_layout_standard(struct verb_layout *list, bool people, const struct config *config)
{
    enum column standard[LIST_COLUMNS_MOST];
    size_t count = list_standard_columns(standard);
    if (people && config->column_count) {
        add_own(list, config);
        return;
    }
    if (!people)
        verb_layout_add(list, COL_PLATFORM);
    for (size_t i = 0; i < count; i++) {
        verb_layout_add(list, standard[i]);
        if (!people && standard[i] == COL_HANDLE)
            verb_layout_add(list, COL_NAME);
        if (!people && standard[i] == COL_FEE) {
            verb_layout_add(list, COL_CURRENCY);
            verb_layout_add(list, COL_FEE_ORIGIN);
        }
    }
}

bool verb_layout_view(struct verb_layout *layout, struct text columns_said, bool people)
{
    struct chosen chosen;
    if (columns_said.length == 0 || !chosen_parse(columns_said, &chosen, NULL) || chosen.standard)
        return false;
    if (!people) /* what tells two creators apart */
        verb_layout_add(layout, COL_PLATFORM);
    verb_layout_add(layout, COL_HANDLE);
    for (size_t i = 0; i < chosen.count; i++)
        if (chosen.items[i] != (enum column)LIST_CHOSEN_TREND)
            verb_layout_add(layout, chosen.items[i]);
    return true;
}

static bool unknown_column(struct text word, struct err *err)
{
    const char *nearest = column_nearest(word);
    return err_set(err, "unknown column '%.*s'%s%s%s", (int)word.length, word.at,
                   nearest ? ": did you mean '" : ": microscope columns lists them",
                   nearest ? nearest : "", nearest ? "'?" : "");
}

bool verb_layout_named(struct verb_layout *layout, const char *words, struct err *err)
{
    struct text rest = text_of(words), word;
    while (text_next(&rest, ',', &word)) {
        enum column column;
        word = text_trim(word);
        if (text_is(word, "all"))
            for (int i = 0; i < COLUMN_COUNT; i++)
                verb_layout_add(layout, (enum column)i);
        else if (column_find(word, &column))
            verb_layout_add(layout, column);
        else
            return unknown_column(word, err);
    }
    return true;
}

void verb_layout_titles(struct verb_layout *layout, const char *fee_title)
{
    for (size_t i = 0; i < layout->count; i++) {
        const struct column_row *row = &columns[layout->chosen[i]];
        bool fee = fee_title && layout->chosen[i] == COL_FEE;
        layout->columns[i] = (struct writer_column){
            .key = row->key, .title = fee ? fee_title : row->title, .unit = row->unit};
    }
}
