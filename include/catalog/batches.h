#ifndef MICROSCOPE_CATALOG_BATCHES_H
#define MICROSCOPE_CATALOG_BATCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* The imports that a filter can name, import:last and import:7. The store knows them; whoever has it
 * tells which there are, and, of those that a filter names, which creators they had: by id, so that
 * rows may come and go. */

/* Ids of creators, a bit each, in chunks. Zeroed is empty. */
#define ID_CHUNK 65536
struct id_chunk {
    int64_t number; /* id / ID_CHUNK */
    uint64_t bits[ID_CHUNK / 64];
};
struct id_set {
    struct id_chunk **items; /* ascending */
    size_t count, capacity;
    size_t total; /* ids */
};
void id_set_release(struct id_set *set);
void id_set_add(struct id_set *set, int64_t id); /* from 0; each greater than the one before */
/* The chunk an id would stand in; NULL: the set has none of it. */
const struct id_chunk *id_set_chunk(const struct id_set *set, int64_t id);
bool id_set_has(const struct id_set *set, int64_t id);

struct batch_told {
    int64_t id; /* from 1 */
    double at;  /* seconds since 1970 */
    struct text file;
    uint64_t read, added, changed, unchanged, rejected;
    double taken_back_at; /* NaN: it stands */
};

struct batch_known {
    struct batch_told told; /* file: owned */
    bool ready;             /* its ids are known */
    struct id_set ids;
};

/* Zeroed: nobody has told anything, and no filter finds anybody by an import. */
struct batches {
    struct batch_known *items; /* newest first */
    size_t count, capacity;
    bool told;
    uint64_t revision; /* moves where a filter may find others */
};
void batches_release(struct batches *batches);

/* All of them, newest first. What is known of those that still stand is kept. True: something is
 * another than before. */
bool batches_tell(struct batches *batches, const struct batch_told *list, size_t count);
/* The creators of one that stands, taken over. Where there is none of that number nothing happens. */
void batches_take_ids(struct batches *batches, int64_t id, struct id_set *take);

const struct batch_known *batches_find(const struct batches *batches, int64_t id); /* NULL: none */
bool batch_stands(const struct batch_told *batch);
int64_t batches_last(const struct batches *batches); /* the newest that stands; 0: none */

#endif
