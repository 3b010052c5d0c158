#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct arena_block {
    struct arena_block *older;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

enum { SMALLEST_BLOCK = 1 << 10, LARGEST_BLOCK = 1 << 18 };

void arena_release(struct arena *arena)
{
    if (!arena)
        return;
    for (struct arena_block *block = arena->newest, *older; block; block = older) {
        older = block->older;
        free(block);
    }
    *arena = (struct arena){0};
}

static struct arena_block *make_block(struct arena *arena, size_t size)
{
    size_t whole = sizeof(struct arena_block) + size;
    /* An overflow asks for more than there can be, and so ends as "out of memory". */
    struct arena_block *block = mem_zero(1, whole < size ? SIZE_MAX : whole);
    block->size = size;
    arena->bytes += whole;
    return block;
}

/* Blocks grow with the arena: a small one stays small, a large one asks the system rarely. */
static void *from_new_block(struct arena *arena, size_t size)
{
    size_t usual = arena->bytes < SMALLEST_BLOCK  ? SMALLEST_BLOCK
                   : arena->bytes > LARGEST_BLOCK ? LARGEST_BLOCK
                                                  : arena->bytes;
    if (size > usual / 4 && arena->newest) {
        /* Too big to waste the rest of the newest block for: one of its own, behind it. */
        struct arena_block *own = make_block(arena, size);
        own->used = size;
        own->older = arena->newest->older;
        arena->newest->older = own;
        return own->bytes;
    }
    struct arena_block *block = make_block(arena, size > usual ? size : usual);
    block->older = arena->newest;
    block->used = size;
    arena->newest = block;
    return block->bytes;
}

static void *take(struct arena *arena, size_t size, size_t alignment)
{
    struct arena_block *block = arena->newest;
    if (block) {
        size_t from = (block->used + alignment - 1) & ~(alignment - 1);
        if (from <= block->size && size <= block->size - from) {
            block->used = from + size;
            return block->bytes + from;
        }
    }
    return from_new_block(arena, size);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return take(arena, size, _Alignof(max_align_t));
}

struct text arena_text(struct arena *arena, struct text text)
{
    if (!text_known(text))
        return text;
    return (struct text){arena_string(arena, text), text.length};
}

char *arena_string(struct arena *arena, struct text text)
{
    char *copy = take(arena, text.length + 1, 1);
    if (text.length)
        memcpy(copy, text.at, text.length);
    return copy;
}
