#include "base/doc.h"

#include <assert.h>
#include <string.h>

#include "base/number.h"
#include "base/vec.h"

void doc_release(struct doc *doc)
{
    if (!doc)
        return;
    arena_release(&doc->arena);
    doc->root = NULL;
}

const struct doc_node *doc_find(const struct doc_node *map, const char *key)
{
    if (!map || map->kind != DOC_MAP)
        return NULL;
    for (const struct doc_node *node = map->first; node; node = node->next)
        if (text_is(node->key, key))
            return node;
    return NULL;
}

static bool wrong_type(const struct doc_node *node, const char *wanted, struct err *err)
{
    enum { SHOWN = 60 };
    struct buf what = BUF_INIT;
    if (text_known(node->key))
        buf_addf(&what, "'%.*s' needs %s", (int)text_part(node->key, 0, SHOWN).length, node->key.at,
                 wanted);
    else
        buf_addf(&what, "this needs to be %s", wanted);
    if (node->kind != DOC_SCALAR)
        buf_addf(&what, ", not a %s", node->kind == DOC_LIST ? "list" : "map");
    else if (node->value.length)
        buf_addf(&what, ", not '%.*s'", (int)text_part(node->value, 0, SHOWN).length,
                 node->value.at);
    err_at(err, node->line, node->column, "%s", buf_string(&what));
    buf_release(&what);
    return false;
}

bool doc_needs(const struct doc_node *node, enum doc_kind kind, const char *what, struct err *err)
{
    return node->kind == kind || wrong_type(node, what, err);
}

static bool told_at(size_t line, size_t column, struct err *err)
{
    if (err) {
        err->line = line;
        err->column = column;
    }
    return false;
}

bool doc_at_value(const struct doc_node *node, struct err *err)
{
    return told_at(node->line, node->column, err);
}

bool doc_at_key(const struct doc_node *node, struct err *err)
{
    return told_at(node->key_line, node->key_column, err);
}

bool doc_unknown_key(const struct doc_node *node, const void *words, size_t count, size_t stride,
                     struct err *err)
{
    const char *nearest = nearest_word(node->key, words, count, stride);
    int length = (int)text_part(node->key, 0, 60).length;
    if (nearest)
        err_set(err, "unknown key '%.*s': did you mean '%s'?", length, node->key.at, nearest);
    else
        err_set(err, "unknown key '%.*s'", length, node->key.at);
    return doc_at_key(node, err);
}

bool doc_number(const struct doc_node *node, double *out, struct err *err)
{
    struct number_seen seen;
    if (node->kind != DOC_SCALAR || node->quoted ||
        !number_parse(node->value, number_style_plain, &seen) || seen.unknown || seen.trailing)
        return wrong_type(node, "a number", err);
    *out = seen.value;
    return true;
}

bool doc_bool(const struct doc_node *node, bool *out, struct err *err)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {
        {"true", true},   {"yes", true}, {"on", true},
        {"false", false}, {"no", false}, {"off", false},
    };
    if (node->kind == DOC_SCALAR && !node->quoted)
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (text_equal_ascii_case(node->value, text_of(words[i].word))) {
                *out = words[i].value;
                return true;
            }
    return wrong_type(node, "yes or no", err);
}

enum { LONGEST_WORD = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
    return text_equal_ascii_case((struct text){&a, 1}, (struct text){&b, 1});
}

/* Edit distance in which swapping two neighbours counts once, as typing errors go (optimal string
 * alignment). Both are at most LONGEST_WORD long. */
static size_t distance(struct text a, struct text b)
{
    size_t rows[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            size_t change = above[j - 1] + !same_letter(a.at[i - 1], b.at[j - 1]);
            row[j] = least(change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same_letter(a.at[i - 1], b.at[j - 2]) &&
                same_letter(a.at[i - 2], b.at[j - 1]))
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.length % 3][b.length];
}

const char *nearest_word(struct text word, const void *words, size_t count, size_t stride)
{
    if (!word.length || word.length > LONGEST_WORD)
        return NULL;
    const char *nearest = NULL;
    size_t limit = 1 + word.length / 4;
    for (size_t i = 0; i < count; i++) {
        const char *known;
        memcpy(&known, (const char *)words + i * stride, sizeof known);
        size_t length = known ? strlen(known) : 0;
        if (!length || length > LONGEST_WORD)
            continue;
        /* A word of which every letter would change is not near, however short. */
        size_t found = distance(word, (struct text){known, length});
        if (found <= limit && found < word.length) {
            nearest = known;
            if (!found)
                break;
            limit = found - 1;
        }
    }
    return nearest;
}
