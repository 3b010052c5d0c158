#include "sets_internal.h"

#include <stdlib.h>

#include "base/vec.h"

struct words {
    struct text *items;
    size_t count, capacity;
};

static int by_bytes(const void *a, const void *b)
{
    return text_order(*(const struct text *)a, *(const struct text *)b);
}

static void add_words(struct words *words, struct text set)
{
    struct text word;

    while (text_next(&set, '|', &word))
        if (word.length)
            VEC_PUSH(words, word);
}

void set_unite(struct text a, struct text b, struct buf *out)
{
    struct words words = {0};

    add_words(&words, a);
    add_words(&words, b);
    buf_clear(out);
    if (words.count)
        qsort(words.items, words.count, sizeof *words.items, by_bytes);
    for (size_t i = 0; i < words.count; i++) {
        if (i && text_equal(words.items[i - 1], words.items[i]))
            continue;
        if (out->length)
            buf_add_char(out, '|');
        buf_add_text(out, words.items[i]);
    }
    free(words.items);
}
