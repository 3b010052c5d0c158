#include "domain/column.h"

#include "base/doc.h"

const char *const column_group_titles[GROUP_COUNT] = {
    [GROUP_IDENTITY] = "Who",          [GROUP_TOPIC] = "Topics", [GROUP_AUDIENCE] = "Audience",
    [GROUP_ENGAGEMENT] = "Engagement", [GROUP_PRICE] = "Price",  [GROUP_CLASS] = "Class",
    [GROUP_FORECAST] = "Forecast",     [GROUP_TRUST] = "Trust",  [GROUP_FRESHNESS] = "Last seen",
};

bool column_is_text(enum column column)
{
    enum unit unit = columns[column].unit;
    return unit == UNIT_TEXT || unit == UNIT_WORD || unit == UNIT_SET;
}

bool column_imported(enum column column)
{
    return columns[column].stored && !columns[column].kept;
}

/* People write "vs peers" and "vs-peers" for vs_peers. */
static char plain(char c)
{
    if (c == ' ' || c == '-')
        return '_';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(struct text ours, struct text word)
{
    if (word.length == 0 || word.length > ours.length)
        return false;
    for (size_t i = 0; i < word.length; i++) {
        if (plain(word.at[i]) != ours.at[i])
            return false;
    }
    return true;
}

static bool is_other_word(const struct column_row *row, struct text word)
{
    struct text rest = text_of(row->also), other;
    while (text_next(&rest, '|', &other)) {
        if (other.length == word.length && begins(other, word))
            return true;
    }
    return false;
}

bool column_find(struct text word, enum column *column)
{
    int prefixed = 0, found = COLUMN_COUNT;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        struct text key = text_of(columns[i].key);
        bool starts = begins(key, word);
        if ((starts && key.length == word.length) || is_other_word(&columns[i], word)) {
            *column = (enum column)i;
            return true;
        }
        if (starts) {
            prefixed++;
            found = i;
        }
    }
    if (prefixed != 1)
        return false;
    *column = (enum column)found;
    return true;
}

bool column_from_key(struct text key, enum column *column)
{
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (text_is(key, columns[i].key)) {
            *column = (enum column)i;
            return true;
        }
    }
    return false;
}

const char *column_nearest(struct text word)
{
    return nearest_word(word, &columns[0].key, COLUMN_COUNT, sizeof columns[0]);
}
