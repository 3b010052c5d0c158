#include "catalog/catalog.h"

#include <assert.h>

#include "base/buf.h"
#include "base/mem.h"
#include "catalog_internal.h"
#include "index_internal.h"

/* Rows by id and by key. Ids ascend as long as the store is read in their order and new creators come
 * after the old: those rows need no index. */

static uint64_t hash_id(int64_t id)
{
    return catalog_hash(&id, sizeof id, 0);
}

static uint64_t hash_key(enum platform platform, struct text key)
{
    return catalog_hash(key.at, key.length, platform);
}

/* ---- ids ---- */

static void write_id(struct catalog *catalog, size_t row, int64_t id)
{
    uint32_t high = (uint32_t)((uint64_t)id >> 32);

    if (high && !catalog->ids_high)
        catalog->ids_high = mem_zero(catalog->capacity, sizeof *catalog->ids_high);
    catalog->ids[row] = (uint32_t)id;
    if (catalog->ids_high)
        catalog->ids_high[row] = high;
}

static void write_ids(struct catalog *catalog)
{
    catalog->ids = mem_zero(catalog->capacity, sizeof *catalog->ids);
    for (size_t row = 0; row < catalog->count; row++)
        write_id(catalog, row, (int64_t)((uint64_t)catalog->first_id + row));
}

void catalog_set_id(struct catalog *catalog, uint32_t row, int64_t id)
{
    if (!catalog->ids && row == 0 && catalog->count == 1)
        catalog->first_id = id;
    if (!catalog->ids && id == catalog_id_at(catalog, row))
        return;
    if (!catalog->ids)
        write_ids(catalog);
    write_id(catalog, row, id);
}

/* Ids that are dense are found at once: a row is never further on than its id is from the first. */
static uint32_t find_sorted(const struct catalog *catalog, int64_t id)
{
    size_t low = 0, high = catalog->sorted;

    if (!high || id < catalog_id_at(catalog, 0) || id > catalog_id_at(catalog, high - 1))
        return CATALOG_NONE;
    uint64_t distance = (uint64_t)id - (uint64_t)catalog_id_at(catalog, 0);
    if (distance < high) {
        high = (size_t)distance + 1;
        if (catalog_id_at(catalog, distance) == id)
            return (uint32_t)distance;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (catalog_id_at(catalog, middle) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < catalog->sorted && catalog_id_at(catalog, low) == id ? (uint32_t)low
                                                                      : CATALOG_NONE;
}

uint32_t catalog_find_any_id(const struct catalog *catalog, int64_t id)
{
    uint32_t row = find_sorted(catalog, id);
    size_t place;

    if (row != CATALOG_NONE || !catalog->by_id.size)
        return row;
    place = catalog_index_first(&catalog->by_id, hash_id(id));
    while ((row = catalog_index_next(&catalog->by_id, &place)) != CATALOG_NONE)
        if (catalog_id_at(catalog, row) == id)
            break;
    return row;
}

uint32_t catalog_find_id(const struct catalog *catalog, int64_t id)
{
    uint32_t row = id ? catalog_find_any_id(catalog, id) : CATALOG_NONE;

    return catalog_live(catalog, row) ? row : CATALOG_NONE;
}

static void add_id(struct catalog *catalog, size_t row)
{
    int64_t id = catalog_id_at(catalog, row);

    if (id)
        catalog_index_add(&catalog->by_id, hash_id(id), (uint32_t)row);
}

void catalog_index_id(struct catalog *catalog, uint32_t row)
{
    int64_t id = catalog_id_at(catalog, row);

    if (row == catalog->sorted && id > (row ? catalog_id_at(catalog, row - 1) : 0)) {
        catalog->sorted++;
        return;
    }
    if (catalog_index_full(&catalog->by_id, 1)) {
        catalog_index_reset(&catalog->by_id, (catalog->count - catalog->sorted) * 2);
        for (size_t i = catalog->sorted; i < row; i++)
            add_id(catalog, i);
    }
    add_id(catalog, row);
}

/* From the row on ids no longer ascend: those after it are looked up like all that are out of order. */
bool catalog_renumber(struct catalog *catalog, uint32_t row, int64_t id)
{
    size_t sorted = catalog->sorted;

    assert(row < catalog->count);
    if (catalog_find_any_id(catalog, id) != CATALOG_NONE)
        return false;
    catalog_set_id(catalog, row, id);
    if (row < sorted)
        catalog->sorted = row;
    size_t to = sorted > row ? sorted : (size_t)row + 1, from = row;
    if (catalog_index_full(&catalog->by_id, to - from)) {
        catalog_index_reset(&catalog->by_id, (catalog->count - catalog->sorted) * 2);
        from = catalog->sorted;
        to = catalog->count;
    }
    for (; from < to; from++)
        add_id(catalog, from);
    catalog_finish_change(catalog, row);
    catalog->id_revision = catalog->revision;
    return true;
}

/* ---- keys ---- */

#define ENTERED_AT_ONCE ((size_t)8192) /* half a millisecond */

static void add_key(const struct catalog *catalog, size_t row)
{
    uint32_t at = (uint32_t)row;

    catalog_index_add(catalog->by_key, hash_key(catalog->platform[row], catalog_key(catalog, at)),
                      at);
}

/* Enters rows that are not in the index yet, at most so many, with room for some more to come. */
static void enter(const struct catalog *catalog, size_t more, size_t most)
{
    struct catalog_index *index = catalog->by_key;
    size_t missing = catalog->count - index->rows;

    if (more + missing && catalog_index_full(index, more + missing))
        catalog_index_reset(index, catalog->live_count + catalog->live_count / 8 + 1);
    missing = catalog->count - index->rows;
    for (size_t to = index->rows + (missing < most ? missing : most); index->rows < to;
         index->rows++)
        if (catalog->live[index->rows])
            add_key(catalog, index->rows);
}

static void catch_up(const struct catalog *catalog, size_t more)
{
    enter(catalog, more, SIZE_MAX);
}

bool catalog_keys_missing(const struct catalog *catalog)
{
    return catalog->by_key && catalog->count - catalog->by_key->rows > ENTERED_AT_ONCE;
}

void catalog_keys_enter(const struct catalog *catalog)
{
    if (catalog->by_key)
        enter(catalog, 0, ENTERED_AT_ONCE);
}

void catalog_index_key(struct catalog *catalog, uint32_t row)
{
    if (row >= catalog->by_key->rows)
        return; /* the next that looks enters it */
    if (catalog_index_full(catalog->by_key, 1))
        catch_up(catalog, 1);
    add_key(catalog, row);
}

static uint32_t find_key(const struct catalog *catalog, enum platform platform, struct text key)
{
    size_t place;
    uint32_t row;

    if (!catalog->by_key)
        return CATALOG_NONE;
    catch_up(catalog, 0);
    place = catalog_index_first(catalog->by_key, hash_key(platform, key));
    while ((row = catalog_index_next(catalog->by_key, &place)) != CATALOG_NONE)
        if (catalog->live[row] && catalog->platform[row] == platform &&
            text_equal(catalog_key(catalog, row), key))
            break;
    return row;
}

struct text catalog_make_key(struct buf *scratch, enum platform platform, struct text handle)
{
    buf_clear(scratch);
    buf_add_repeat(scratch, '\0', handle.length + 1);
    handle_key(platform, handle, scratch->at);
    return (struct text){scratch->at, handle.length};
}

uint32_t catalog_find(const struct catalog *catalog, enum platform platform, struct text handle)
{
    struct buf scratch = BUF_INIT;
    struct text bare = handle_from(handle);
    uint32_t row = CATALOG_NONE;

    if (text_known(bare))
        row = find_key(catalog, platform, catalog_make_key(&scratch, platform, bare));
    buf_release(&scratch);
    return row;
}
