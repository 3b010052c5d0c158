#ifndef MICROSCOPE_CATALOG_ORDER_INTERNAL_H
#define MICROSCOPE_CATALOG_ORDER_INTERNAL_H

#include "base/bits.h"
#include "catalog/query.h"
#include "rank_internal.h"

/* How rows are put in order. Each column of an order gives every row a 64-bit key that sorts as its
 * values do, unknown the largest. Known ones lie between 1 and UINT64_MAX - 1, so that turning them round
 * keeps them apart from it. */

#define KEY_UNKNOWN UINT64_MAX
#define DIGIT_UNKNOWN UINT16_MAX
#define DIGITS ((size_t)UINT16_MAX) /* known ones are below */

/* Keys of one column, ascending. Zeroed is empty. */
struct order_key {
    enum column column;
    uint64_t *ranks; /* words and sets: by code */
    size_t rank_count;
    uint64_t ranks_joined;   /* what the words rest on beside the catalogue */
    const struct rank *rank; /* free text; borrowed */
    unsigned shift;          /* from a key to its digit, the 16 bits that part most */
    uint64_t *held;          /* by row: the keys as they were; NULL: they follow the sheet */
    size_t held_count;
};

/* Makes it good for the sheet as it is. `rank` is that of a free text, else NULL. True: the keys are
 * others than before. */
bool order_key_make(struct order_key *key, struct sheet *sheet, enum column column,
                    const struct rank *rank);
/* What `key` says of the rows below `count`, for good. */
void order_key_hold(struct order_key *held, const struct order_key *key, struct sheet *sheet,
                    size_t count);
void order_key_release(struct order_key *key);
/* Keys of rows from … from+count-1. */
void order_key_block(const struct order_key *key, struct sheet *sheet, uint32_t from, size_t count,
                     uint64_t *out);

/* A row that is being ordered, with direction applied to its keys. */
struct order_item {
    uint64_t key, next; /* of the first two columns of the order */
    uint32_t tie, row;
};

/* An order by several columns. Borrows all it points to. */
struct ordering {
    struct sheet *sheet;
    struct order_by {
        const struct order_key *key;
        bool descending;
    } by[QUERY_ORDERS];
    size_t count;
    const struct rank *ties; /* NULL: keys are compared as text */
    bool by_row;             /* instead: where nobody sees which of two equal ones comes first */
};

/* Rows that are in `rows` and, with `digits`, whose digit lies in low … high. */
struct order_pick {
    const struct bits *rows;
    const uint16_t *digits; /* of the first column; NULL: all */
    uint16_t low, high;
};
/* Lists them, ascending; `out` has room for all. Returns how many. */
size_t order_list(const struct order_pick *pick, uint32_t *out);
/* Items for rows that ascend. */
void order_items(const struct ordering *ordering, const uint32_t *rows, size_t count,
                 struct order_item *out);
struct order_item order_item(const struct ordering *ordering, uint32_t row);

/* What decides, from the first column to the ties: levels, and the values of ascending rows in one,
 * direction applied. */
size_t order_levels(const struct ordering *ordering);
void order_values(const struct ordering *ordering, size_t level, const uint32_t *rows, size_t count,
                  uint64_t *out);

/* < 0, > 0; 0 for the same row only. */
int order_compare(const struct ordering *ordering, const struct order_item *a,
                  const struct order_item *b);
void order_sort(const struct ordering *ordering, struct order_item *items, size_t count);
/* Puts at from … to-1 what belongs there, in order; the rest lies anywhere on its side. */
void order_select(const struct ordering *ordering, struct order_item *items, size_t count,
                  size_t from, size_t to);

#endif
