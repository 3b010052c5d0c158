#include "app/chosen.h"

#include <string.h>

#include "base/doc.h"
#include "base/number.h"

bool chosen_equal(const struct chosen *a, const struct chosen *b)
{
    if (a->standard || b->standard)
        return a->standard == b->standard;
    bool equal = a->count == b->count && a->frozen == b->frozen && a->name_width == b->name_width;
    for (size_t i = 0; equal && i < a->count; i++)
        equal = a->items[i] == b->items[i] && a->widths[i] == b->widths[i];
    return equal;
}

size_t chosen_find(const struct chosen *chosen, enum column column)
{
    size_t at = 0;
    while (at < chosen->count && chosen->items[at] != column)
        at++;
    return at;
}

bool chosen_add(struct chosen *chosen, enum column column)
{
    if (chosen_find(chosen, column) < chosen->count)
        return true;
    if (chosen->count == LIST_CHOSEN_MOST)
        return false;
    chosen->items[chosen->count] = column;
    chosen->widths[chosen->count++] = 0;
    return true;
}

void chosen_remove(struct chosen *chosen, size_t at)
{
    chosen->count--;
    chosen->frozen -= at < chosen->frozen;
    memmove(&chosen->items[at], &chosen->items[at + 1],
            (chosen->count - at) * sizeof chosen->items[0]);
    memmove(&chosen->widths[at], &chosen->widths[at + 1],
            (chosen->count - at) * sizeof chosen->widths[0]);
}

bool chosen_move(struct chosen *chosen, size_t at, int by)
{
    size_t to = at + (size_t)by; /* below 0 wraps */
    if (at >= chosen->count || to >= chosen->count)
        return false;
    enum column column = chosen->items[at];
    uint8_t width = chosen->widths[at];
    chosen->items[at] = chosen->items[to];
    chosen->widths[at] = chosen->widths[to];
    chosen->items[to] = column;
    chosen->widths[to] = width;
    return true;
}

const char *chosen_key(enum column column)
{
    return column == (enum column)LIST_CHOSEN_TREND ? "trend" : columns[column].key;
}

const char *chosen_title(enum column column)
{
    return column == (enum column)LIST_CHOSEN_TREND ? "Trend" : columns[column].title;
}

static void print_width(unsigned width, struct buf *out)
{
    if (width > 0)
        buf_addf(out, ":%u", width);
}

void chosen_print(const struct chosen *chosen, struct buf *out)
{
    size_t from = out->length;
    if (chosen->standard) {
        buf_add_string(out, "standard");
        return;
    }
    if (chosen->name_width > 0 || chosen->count == 0) {
        buf_add_string(out, columns[COL_HANDLE].key);
        print_width(chosen->name_width, out);
    }
    for (size_t i = 0; i < chosen->count; i++) {
        buf_add_string(out, out->length > from ? " " : "");
        buf_add_string(out, chosen_key(chosen->items[i]));
        print_width(chosen->widths[i], out);
        if (i + 1 == chosen->frozen)
            buf_add_string(out, " |");
    }
}

/* "24", within what can be shown. */
static bool read_width(struct text word, int least, uint8_t *width, struct err *err)
{
    struct number_seen seen;
    bool whole = number_parse(word, number_style_plain, &seen) && !seen.percent && !seen.trailing &&
                 seen.value >= least && seen.value <= CHOSEN_WIDTH_MOST;
    if (!whole || seen.value != (double)(unsigned)seen.value)
        return err_set(err, "'%.*s' is no width: %d to %d cells",
                       (int)text_part(word, 0, 20).length, word.at, least, CHOSEN_WIDTH_MOST);
    *width = (uint8_t)seen.value;
    return true;
}

static bool find_key(struct text key, enum column *column, struct err *err)
{
    *column = (enum column)LIST_CHOSEN_TREND;
    if (text_is(key, "trend") || column_find(key, column))
        return true;
    const char *nearest = column_nearest(key);
    return err_set(err, "unknown column '%.*s'%s%s%s", (int)text_part(key, 0, 60).length, key.at,
                   nearest ? ": did you mean '" : "; microscope columns lists them",
                   nearest ? nearest : "", nearest ? "'?" : "");
}

static bool read_word(struct text word, struct chosen *chosen, struct err *err)
{
    struct text rest = word, key;
    enum column column;
    uint8_t width = 0;
    if (text_is(word, "|")) {
        chosen->frozen = chosen->count;
        return true;
    }
    text_next(&rest, ':', &key);
    if (!find_key(key, &column, err))
        return false;
    bool name = column == COL_HANDLE;
    if (rest.length > 0 &&
        !read_width(rest, name ? CHOSEN_NAME_LEAST : CHOSEN_WIDTH_LEAST, &width, err))
        return false;
    if (name) {
        chosen->name_width = width;
        return true;
    }
    if (!chosen_add(chosen, column))
        return err_set(err, "at most %d columns", LIST_CHOSEN_MOST);
    chosen->widths[chosen_find(chosen, column)] = width;
    return true;
}

bool chosen_parse(struct text text, struct chosen *chosen, struct err *err)
{
    struct chosen read = {.count = 0};
    struct text rest = text, word;
    if (text_is(text_trim(text), "standard")) {
        *chosen = (struct chosen){.standard = true};
        return true;
    }
    while (text_next(&rest, ' ', &word)) {
        if (word.length > 0 && !read_word(word, &read, err)) {
            if (err)
                err->column = (size_t)(word.at - text.at) + 1;
            return false;
        }
    }
    *chosen = read;
    return true;
}
