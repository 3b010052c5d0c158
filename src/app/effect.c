#include "app/effect.h"

#include <stdlib.h>

#include "base/vec.h"

void effects_release(struct effects *effects)
{
    if (!effects)
        return;
    free(effects->items);
    arena_release(&effects->arena);
    *effects = (struct effects){0};
}

void effects_add(struct effects *effects, struct effect effect)
{
    effect.key = arena_text(&effects->arena, effect.key);
    effect.text = arena_text(&effects->arena, effect.text);
    VEC_PUSH(effects, effect);
}
