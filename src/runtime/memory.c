#include "runtime/memory.h"

#include <malloc.h>

/* The C library would take larger and larger pieces from its heap, as it sees them come and go. That
 * suits the work between two frames, and is how it is left. */
void memory_grows(bool grows)
{
    mallopt(M_MMAP_THRESHOLD, grows ? 128 * 1024 : 32 * 1024 * 1024);
    if (!grows)
        malloc_trim(0);
}
