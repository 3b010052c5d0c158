#include "said_internal.h"

/* Columns and assumptions as people call them: by key, by title, by the front of it. */

static bool titled(struct text words, int least, enum column *column)
{
    int found = 0;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (match_text(words, text_of(columns[i].title)) < least)
            continue;
        *column = (enum column)i;
        found++;
    }
    return found == 1;
}

bool said_column(struct text words, enum column *column)
{
    return words.length > 0 && (titled(words, MATCH_BEST, column) || column_find(words, column) ||
                                (words.length > 2 && titled(words, 3, column)));
}

bool said_column_whole(struct text words, enum column *column)
{
    return column_from_key(words, column) || titled(words, MATCH_BEST, column);
}

/* Where the word before byte `end` begins, so that a run of words gets one shorter. */
static size_t shorter(struct text text, size_t end)
{
    while (end > 0 && text.at[end - 1] != ' ')
        end--;
    while (end > 0 && text.at[end - 1] == ' ')
        end--;
    return end;
}

bool said_take_column(struct text *rest, enum column *column)
{
    for (size_t end = rest->length; end > 0; end = shorter(*rest, end)) {
        if (!said_column(text_part(*rest, 0, end), column))
            continue;
        *rest = text_trim(text_part(*rest, end, rest->length));
        return true;
    }
    return false;
}

static bool knob_called(const struct model *model, struct text words, int least, struct knob *out)
{
    struct knob knob;
    size_t at = 0, found = 0;
    while (knob_next(&at, &model->scenario, &knob))
        if (match_text(words, text_of(knob.title)) >= least) {
            *out = knob;
            found++;
        }
    return found == 1;
}

bool said_take_knob(const struct model *model, struct text *rest, struct knob *knob)
{
    for (size_t end = rest->length; end > 0; end = shorter(*rest, end)) {
        struct text words = text_part(*rest, 0, end);
        if (!knob_find(words, knob) && !knob_called(model, words, MATCH_BEST, knob) &&
            !(words.length > 3 && knob_called(model, words, 3, knob)))
            continue;
        *rest = text_trim(text_part(*rest, end, rest->length));
        return true;
    }
    return false;
}
