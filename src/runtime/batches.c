#include "runtime/batches.h"

/* Imports from the store to whoever filters by them. */

static void take_batch(void *self, const struct batch *batch)
{
    struct batch_list *list = self;
    if (list->count < BATCH_MOST)
        list->items[list->count++] =
            (struct batch_told){.id = batch->id,
                                .at = batch->at,
                                .file = arena_text(&list->arena, batch->file),
                                .read = batch->read,
                                .added = batch->added,
                                .changed = batch->changed,
                                .unchanged = batch->unchanged,
                                .rejected = batch->rejected,
                                .taken_back_at = batch->taken_back_at};
}

bool batch_list_read(struct batch_list *list, struct store *store, struct err *err)
{
    *list = (struct batch_list){.count = 0};
    return store_batches(store, take_batch, list, err);
}

void batch_list_release(struct batch_list *list)
{
    arena_release(&list->arena);
    list->count = 0;
}

static void take_id(void *self, int64_t creator)
{
    id_set_add(self, creator);
}

bool batch_ids_read(struct store *store, int64_t id, struct id_set *out, struct err *err)
{
    bool found;
    *out = (struct id_set){.count = 0};
    return store_batch_ids(store, id, &found, take_id, out, err);
}

bool batch_ids_need(struct store *store, const struct filter *filter, struct batches *batches,
                    struct err *err)
{
    int64_t id;
    while ((id = filter_batch_wanted(filter, batches)) != 0) {
        struct id_set ids;
        bool ok = batch_ids_read(store, id, &ids, err);
        if (ok)
            batches_take_ids(batches, id, &ids);
        id_set_release(&ids);
        if (!ok)
            return false;
    }
    return true;
}
