#ifndef MICROSCOPE_CATALOG_SINCE_INTERNAL_H
#define MICROSCOPE_CATALOG_SINCE_INTERNAL_H

#include <stdbool.h>

#include "catalog/sheet.h"

/* What a derived piece was made from, and so what has to be done to it now. Zeroed: never made. */
struct since {
    bool made;
    uint64_t stamp;    /* of everything it rests on */
    uint64_t joined;   /* of what it rests on beside the catalogue */
    uint64_t revision; /* of the catalogue */
    size_t rows;       /* that were looked at */
};

enum since_state {
    SINCE_CURRENT, /* nothing to do */
    SINCE_PATCH,   /* only some rows: `changed`, and all from `from` on */
    SINCE_REMAKE
};

struct since_rows {
    const struct catalog_change *changed; /* some may be at or beyond `from`: skip them */
    size_t count, from;
};

enum since_state since_look(const struct since *since, const struct catalog *catalog,
                            uint64_t stamp, uint64_t joined, size_t rows, struct since_rows *todo);
void since_note(struct since *since, const struct catalog *catalog, uint64_t stamp, uint64_t joined,
                size_t rows);

#endif
