#include "catalog/batches.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/mem.h"
#include "base/vec.h"

/* Imports, and who was in them. */

/* ---- ids ---- */

void id_set_release(struct id_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        free(set->items[i]);
    free(set->items);
    *set = (struct id_set){0};
}

void id_set_add(struct id_set *set, int64_t id)
{
    int64_t number = id / ID_CHUNK;
    size_t bit = (size_t)(id % ID_CHUNK);

    assert(id >= 0 && (set->count == 0 || set->items[set->count - 1]->number <= number));
    if (set->count == 0 || set->items[set->count - 1]->number != number) {
        struct id_chunk *chunk = mem_zero(1, sizeof *chunk);
        chunk->number = number;
        VEC_PUSH(set, chunk);
    }
    set->items[set->count - 1]->bits[bit / BITS_WORD] |= (uint64_t)1 << bit % BITS_WORD;
    set->total++;
}

const struct id_chunk *id_set_chunk(const struct id_set *set, int64_t id)
{
    int64_t number = id / ID_CHUNK;
    size_t from = 0, to = set->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (set->items[middle]->number < number)
            from = middle + 1;
        else
            to = middle;
    }
    return from < set->count && set->items[from]->number == number ? set->items[from] : NULL;
}

bool id_set_has(const struct id_set *set, int64_t id)
{
    const struct id_chunk *chunk = id < 0 ? NULL : id_set_chunk(set, id);
    size_t bit = (size_t)(id % ID_CHUNK);

    return chunk && chunk->bits[bit / BITS_WORD] >> bit % BITS_WORD & 1;
}

/* ---- batches ---- */

static void batch_forget(struct batch_known *batch)
{
    free((char *)batch->told.file.at); /* ours: see batch_keep() */
    id_set_release(&batch->ids);
}

static void forget_all(struct batch_known *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        batch_forget(&items[i]);
    free(items);
}

void batches_release(struct batches *batches)
{
    if (!batches)
        return;
    forget_all(batches->items, batches->count);
    *batches = (struct batches){0};
}

bool batch_stands(const struct batch_told *batch)
{
    return isnan(batch->taken_back_at);
}

static struct batch_known *find(struct batch_known *items, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].told.id == id)
            return &items[i];
    return NULL;
}

const struct batch_known *batches_find(const struct batches *batches, int64_t id)
{
    return find(batches->items, batches->count, id);
}

int64_t batches_last(const struct batches *batches)
{
    for (size_t i = 0; i < batches->count; i++)
        if (batch_stands(&batches->items[i].told))
            return batches->items[i].told.id;
    return 0;
}

/* A file of the store that took the place of another may have one of the same number. */
static bool is_same(const struct batch_known *known, const struct batch_told *told)
{
    return known && known->told.at == told->at && text_equal(known->told.file, told->file) &&
           batch_stands(&known->told) == batch_stands(told);
}

static struct batch_known batch_keep(const struct batch_told *told)
{
    struct batch_known known = {.told = *told};
    char *file = mem_alloc(told->file.length + 1);

    if (told->file.length > 0)
        memcpy(file, told->file.at, told->file.length);
    file[told->file.length] = '\0';
    known.told.file.at = file;
    return known;
}

bool batches_tell(struct batches *batches, const struct batch_told *list, size_t count)
{
    struct batch_known *before = batches->items;
    size_t before_count = batches->count;
    bool same = batches->told && count == before_count;

    batches->items = NULL;
    batches->count = batches->capacity = 0;
    for (size_t i = 0; i < count; i++) {
        struct batch_known known = batch_keep(&list[i]);
        struct batch_known *was = find(before, before_count, list[i].id);
        same &= was == before + i && is_same(was, &list[i]);
        if (is_same(was, &list[i]) && was->ready) {
            known.ready = true;
            known.ids = was->ids;
            was->ids = (struct id_set){0};
        }
        VEC_PUSH(batches, known);
    }
    forget_all(before, before_count);
    batches->told = true;
    batches->revision += !same;
    return !same;
}

void batches_take_ids(struct batches *batches, int64_t id, struct id_set *take)
{
    struct batch_known *known = find(batches->items, batches->count, id);

    if (known && batch_stands(&known->told)) {
        id_set_release(&known->ids);
        known->ids = *take;
        *take = (struct id_set){0};
        known->ready = true;
        batches->revision++;
    }
    id_set_release(take);
}
