#ifndef MICROSCOPE_RUNTIME_RELOAD_H
#define MICROSCOPE_RUNTIME_RELOAD_H

#include "domain/record.h"

/* Loading again into what was loaded before: records leave out what is unknown, and here that means it
 * has become so. Hands on to `below`, which it borrows with itself. */
struct reload {
    struct record_sink below;
    struct record whole;
};
struct record_sink reload_sink(struct reload *reload, struct record_sink below);

#endif
