#ifndef MICROSCOPE_BASE_MEM_H
#define MICROSCOPE_BASE_MEM_H

#include <stddef.h>

/* Allocation that cannot fail: when there is no memory left, one line goes to standard error and
 * the program aborts (the runtime's handler for SIGABRT restores the terminal first). Sizes of 0
 * give a pointer that may be freed. All results are released with free(). */
void *mem_alloc(size_t size);                           /* uninitialised */
void *mem_zero(size_t count, size_t size);              /* zeroed; count x size is checked */
void *mem_resize(void *old, size_t count, size_t size); /* like reallocarray */
char *mem_copy_string(const char *string);

#endif
