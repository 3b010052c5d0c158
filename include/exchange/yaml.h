#ifndef MICROSCOPE_EXCHANGE_YAML_H
#define MICROSCOPE_EXCHANGE_YAML_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/doc.h"
#include "base/err.h"
#include "base/text.h"

/* YAML as a plain tree. The root has to be a map or a list; an empty file gives root NULL. `out` is
 * written whole on success (doc_release() it) and left empty on failure. Refused, with line and
 * column: broken syntax, invalid UTF-8, a key twice in one map, keys that are not plain scalars,
 * nesting beyond YAML_DEPTH, a second document, more than YAML_NODES nodes once aliases are written
 * out, an alias inside what it names. */
#define YAML_DEPTH 64
#define YAML_NODES 1000000

bool yaml_read(struct text bytes, struct doc *out, struct err *err);

/* Adds the tree as YAML that yaml_read() makes the same tree of: root a map or a list, none gives
 * nothing. Scalars stand plain unless `quoted`, or where they cannot (then they come back quoted); a map
 * of scalars within a list stands on one line. False, nothing added: a text that is no UTF-8 or holds a
 * NUL, a key twice, or more than could be read back. */
bool yaml_write(const struct doc *doc, struct buf *out, struct err *err);

#endif
