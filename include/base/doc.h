#ifndef MICROSCOPE_BASE_DOC_H
#define MICROSCOPE_BASE_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

/* A configuration file as a plain tree: what YAML becomes before its owner gives it meaning. */
enum doc_kind { DOC_SCALAR, DOC_LIST, DOC_MAP };

struct doc_node {
    enum doc_kind kind;
    struct text key;             /* of this entry in its map; null elsewhere */
    struct text value;           /* scalars */
    bool quoted;                 /* the scalar was written in quotes: never null, never a number */
    size_t line, column;         /* 1-based, of the value */
    size_t key_line, key_column; /* of the key */
    struct doc_node *first, *next; /* first entry; next sibling */
};

struct doc {
    struct arena arena;
    struct doc_node *root; /* NULL: an empty file */
};

void doc_release(struct doc *doc);
const struct doc_node *doc_find(const struct doc_node *map, const char *key); /* NULL when absent */
/* Typed reading; a wrong type gives an error with its line and column that names the key. */
bool doc_number(const struct doc_node *node, double *out, struct err *err);
bool doc_bool(const struct doc_node *node, bool *out, struct err *err);
/* False where the node is of another kind; `what` was wanted: "a list of keys". */
bool doc_needs(const struct doc_node *node, enum doc_kind kind, const char *what, struct err *err);
/* An error that was set already is told at the value of the node, or at its key; false. */
bool doc_at_value(const struct doc_node *node, struct err *err);
bool doc_at_key(const struct doc_node *node, struct err *err);

/* The known word nearest to `word` (edit distance at most 1 + length/4, ASCII case ignored), for
 * "did you mean"; NULL where none is near. `words` holds `count` strings `stride` bytes apart, so
 * that a column of any const table can be given. */
const char *nearest_word(struct text word, const void *words, size_t count, size_t stride);
/* An error that names the key of the node, and the nearest of those that there are; false. */
bool doc_unknown_key(const struct doc_node *node, const void *words, size_t count, size_t stride,
                     struct err *err);

#endif
