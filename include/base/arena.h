#ifndef MICROSCOPE_BASE_ARENA_H
#define MICROSCOPE_BASE_ARENA_H

#include <stddef.h>

#include "base/text.h"

/* Memory that is given back all at once. Addresses never move. Zeroed is empty and valid. */
struct arena {
    struct arena_block *newest;
    size_t bytes; /* held from the system */
};

void arena_release(struct arena *arena);
void *arena_alloc(struct arena *arena, size_t size); /* aligned for any object, zeroed */
struct text arena_text(struct arena *arena,
                       struct text text); /* a copy, NUL after it; null stays null */
char *arena_string(struct arena *arena, struct text text); /* a terminated copy */

#endif
