#ifndef MICROSCOPE_RUNTIME_MEMORY_H
#define MICROSCOPE_RUNTIME_MEMORY_H

#include <stdbool.h>

/* While large pieces of memory grow, each stands apart, where the system can move it without copying:
 * no creator waits for a million others. Afterwards what is free is given back. */
void memory_grows(bool grows);

#endif
