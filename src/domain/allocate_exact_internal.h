#ifndef MICROSCOPE_DOMAIN_ALLOCATE_EXACT_INTERNAL_H
#define MICROSCOPE_DOMAIN_ALLOCATE_EXACT_INTERNAL_H

#include "allocate_internal.h"

/* At the best prices every item has a best choice; any other choice of it loses something against the
 * bound, and so does money left over and room left in a rule. So a selection is known by what it
 * loses, and the best is the one that loses least. All that lose at most so much are looked through,
 * for a limit that grows from little to what the best one known loses: only items with another choice
 * that loses no more matter (the core, few), and a limit looked through lowers the bound. Of partial
 * selections with the same counts, one that costs no less and gains no more than another is dropped. */

#define LIST_FIRST ((size_t)1 << 14) /* partial selections held at once */
#define LIST_MOST ((size_t)1 << 17)
#define TRAIL_FIRST ((size_t)1 << 18)
#define TRAIL_MOST ((size_t)3 << 20)
#define CORE_MOST ((size_t)1 << 14)
#define LOOKS_MOST ((size_t)1 << 27) /* at partial selections: some seconds */
#define COUNT_BITS 16                /* of a rule's count within a key */
#define COUNT_ZERO 0x8000u

struct counts { /* of the rules, against those of the best choices; four to a word */
    uint64_t words[2];
};

struct option { /* another choice of an item */
    double cost, loss;
    struct counts counts; /* to be added */
    uint32_t item;
    unsigned to;
};
struct core_item {
    uint32_t item;
    size_t first, count; /* options */
    double loss, least;  /* least of an option; … for each unit of money that it moves */
};
struct reach { /* by how much all of some items can move the cost, and what that loses at least */
    double all, loss;
};
struct suffix { /* what the core from an item on can still do, and what it loses for each unit */
    struct reach dearer, cheaper;
    double more[ALLOCATION_RULES], fewer[ALLOCATION_RULES];
    unsigned more_all[ALLOCATION_RULES], fewer_all[ALLOCATION_RULES];
};
struct partial {
    struct counts counts;
    double cost, loss; /* against the best choices */
    uint32_t trail;    /* what was chosen otherwise */
};
struct mark {
    uint32_t before, option;
};
struct head { /* the next partial selection with an option of the item at hand */
    struct partial partial;
    uint32_t from, option; /* UINT32_MAX: the best choice stays */
};

struct exact {
    bool begun, walking, merging, better, full;
    double best_loss;     /* of the best selection so far, against the lowest bound */
    double target, limit; /* of this round; what loses more is passed over */
    double sure;          /* of this round: nothing that loses less was let go otherwise */
    double proven;        /* nothing loses less */
    double trim;          /* gains as good as equal */
    double money_left;    /* with the best choices */
    int counts[ALLOCATION_RULES];
    unsigned *at; /* the best choices */
    size_t next;  /* item, while the core is gathered */
    struct {
        struct core_item *items;
        size_t count, capacity;
    } core;
    struct {
        struct option *items;
        size_t count, capacity;
    } options;
    struct {
        struct suffix *items;
        size_t count, capacity;
    } suffixes;
    struct {
        struct mark *items;
        size_t count, capacity;
    } trail;
    size_t level; /* of the core */
    size_t worth; /* of the core so many: the others lose more than money left over does */
    size_t list_most, trail_most, looks;
    struct partial *list, *grown;
    size_t list_count, grown_count;
    struct {
        struct head *items;
        size_t count, capacity;
    } heads;
    uint32_t best_trail;
    double *losses; /* room to choose from */
};

/* The count of a rule, against that with the best choices. */
int counts_at(const struct counts *counts, size_t rule);
int counts_order(const struct counts *a, const struct counts *b);
/* Takes an item into the core if it has another choice within the limit. */
void core_offer(struct allocation *allocation, uint32_t item);
/* Orders the core, and says what each end of it can do. */
void core_end(struct allocation *allocation);
/* What a partial selection that nothing is added to leaves over loses; INFINITY: it breaks something. */
double rest_loss(const struct allocation *allocation, const struct partial *partial);
/* The least that must be lost still, given what the core from `level` on can do. */
double least_loss(const struct allocation *allocation, size_t level, const struct partial *partial);
/* The middle one of `count` numbers, at least 1, or nearly. */
double exact_middle(const double *numbers, size_t count);

#endif
