#include "verbs_internal.h"

void verb_layout_add(struct verb_layout *layout, enum column column)
{
    for (size_t i = 0; i < layout->count; i++)
        if (layout->chosen[i] == column)
            return;
    layout->chosen[layout->count++] = column;
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
