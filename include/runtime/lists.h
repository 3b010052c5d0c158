#ifndef MICROSCOPE_RUNTIME_LISTS_H
#define MICROSCOPE_RUNTIME_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "app/first.h"
#include "base/buf.h"

/* The lists that lie where people keep them: what the desktop calls Downloads, Desktop and Documents
 * (user-dirs.dirs in the folder of settings, else those English names in the home), and the present
 * folder. Nothing here takes long: a look ends after a moment, rows are counted a bit at a time. */

struct list_file {
    struct buf path, name, folder; /* as in struct list_found */
    struct timespec at;
    off_t size;
    enum list_rows state;
    double rows;
};

/* Counts as the bytes come: lines of CSV outside quotes, or elements of JSON. */
struct list_counter {
    bool json, quoted, escaped, at_start; /* at the start of a field */
    bool filled;                          /* the line has something in it */
    unsigned char first;                  /* byte that is not blank */
    int depth;
    double lines, outer, inner; /* … of JSON: elements at depth 0 and 1 */
};
void list_counter_init(struct list_counter *counter, bool json);
void list_counter_take(struct list_counter *counter, const unsigned char *bytes, size_t count);
/* Rows without the heading; NaN: the shape does not tell. */
double list_counter_rows(const struct list_counter *counter);

/* Zeroed is empty. */
struct lists {
    struct list_file files[FIRST_FOUND_MOST]; /* newest first */
    size_t count;
    int counting; /* descriptor of the file that is counted; 0: none */
    size_t at;    /* which one it is */
    struct list_counter counter;
};
void lists_release(struct lists *lists);

/* Looks anew; what is as it was keeps its count. True: something is another than before. */
bool lists_look(struct lists *lists);
bool lists_busy(const struct lists *lists); /* some are still to be counted */
/* Goes on with that, a bit. True: a file is done. */
bool lists_count(struct lists *lists);

#endif
