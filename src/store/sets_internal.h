#ifndef MICROSCOPE_STORE_SETS_INTERNAL_H
#define MICROSCOPE_STORE_SETS_INTERNAL_H

#include "base/buf.h"
#include "base/text.h"

/* The words of both sets ('|' between), sorted and once each, into `out`, which is emptied first. */
void set_unite(struct text a, struct text b, struct buf *out);

#endif
