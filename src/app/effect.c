#include "app/effect.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

void effects_release(struct effects *effects)
{
    if (!effects)
        return;
    free(effects->items);
    arena_release(&effects->arena);
    *effects = (struct effects){0};
}

/* Not to be resized or released. */
static struct bits arena_bits(struct arena *arena, struct bits bits)
{
    size_t size = bits_words(bits.count) * sizeof *bits.words;
    struct bits copy = {.count = bits.count, .capacity = bits_words(bits.count)};
    if (size > 0) {
        copy.words = arena_alloc(arena, size);
        memcpy(copy.words, bits.words, size);
    }
    return copy;
}

void effects_add(struct effects *effects, struct effect effect)
{
    effect.rows = arena_bits(&effects->arena, effect.rows);
    effect.key = arena_text(&effects->arena, effect.key);
    effect.text = arena_text(&effects->arena, effect.text);
    effect.scenario = arena_text(&effects->arena, effect.scenario);
    effect.old = arena_text(&effects->arena, effect.old);
    effect.new = arena_text(&effects->arena, effect.new);
    VEC_PUSH(effects, effect);
}
