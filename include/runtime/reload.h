#ifndef MICROSCOPE_RUNTIME_RELOAD_H
#define MICROSCOPE_RUNTIME_RELOAD_H

#include "app/calm.h"
#include "base/bits.h"
#include "catalog/catalog.h"
#include "domain/record.h"

/* Loading again into a catalogue what was loaded before, all or some of it. Records leave out what is
 * unknown, and here that means it has become so. Whoever replaces a row of the store gives it another id;
 * for a person it is the creator it was, and so it keeps its row in the catalogue. */
struct reload {
    struct catalog *catalog; /* borrowed */
    struct record_sink below;
    bool all;         /* who does not come is gone */
    struct bits seen; /* rows that came */
    struct record whole;
    struct reload_renumbered { /* since its owner told of them, who then sets count to 0 */
        struct calm_renumbered *items;
        size_t count, capacity;
    } renumbered;
};

void reload_init(struct reload *reload, struct catalog *catalog, bool all);
void reload_release(struct reload *reload);
struct record_sink reload_sink(struct reload *reload);

#endif
