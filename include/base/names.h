#ifndef MICROSCOPE_BASE_NAMES_H
#define MICROSCOPE_BASE_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/* A pool of distinct texts, each with a code 0, 1, 2 … in the order they came. Compared bytewise.
 * Zeroed is empty and valid. */
struct names {
    struct arena arena;
    struct text *items; /* by code */
    size_t count, capacity;
    uint32_t *slots; /* code + 1, or 0 */
    size_t slot_count;
};

#define NAMES_NONE UINT32_MAX

void names_release(struct names *names);
uint32_t names_add(struct names *names, struct text text);        /* the code, new or known */
uint32_t names_find(const struct names *names, struct text text); /* NAMES_NONE when absent */
struct text names_text(const struct names *names, uint32_t code); /* lives as long as the pool */
size_t names_memory(const struct names *names);                   /* bytes held */

#endif
