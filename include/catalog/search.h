#ifndef MICROSCOPE_CATALOG_SEARCH_H
#define MICROSCOPE_CATALOG_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "base/buf.h"
#include "catalog/sheet.h"

/* The creators that have a word in handle, name, niche, tag, note or bio, case and accents folded. Where
 * nobody has it, those who have its letters in this order in handle or name, others between. A longer
 * word looks only where the shorter one was found; a shorter one finds its result again. Work is done
 * in steps: texts are long and many. */

#define SEARCH_LEVELS 8

/* What is known of a word. */
struct search_level {
    struct buf word;  /* folded */
    struct bits hits; /* living rows found so far */
    size_t part;      /* what is being looked through, and up to which row it was */
    uint32_t row;
    bool loosely; /* nobody has the word as it stands */
};

/* Zeroed is empty and valid. */
struct search {
    struct search_level levels[SEARCH_LEVELS]; /* each one's word has the one's before in it */
    size_t count;
    uint64_t stamp; /* of what the levels were made from */
    uint32_t rows;
    struct bits room;
};

void search_release(struct search *search);

/* Is there a handle or name that search_step() would have to fold first? And the folding of some, about
 * a millisecond's worth. */
bool search_unready(const struct sheet *sheet);
void search_prepare(struct sheet *sheet);

/* What to look for from now on, as it was typed; an empty word is none. The same word again goes on
 * where it was, or starts over if the catalogue has changed. */
void search_ask(struct search *search, struct sheet *sheet, struct text word);
/* Looks on until about `work` is done; the unit is a byte scanned, 20 GB of which take a second on the
 * machine this was tuned on. Returns whether there is more to do. */
bool search_step(struct search *search, struct sheet *sheet, size_t work);
bool search_busy(const struct search *search);
/* Of the present word, so far; NULL without one. Borrowed until the next call. */
const struct bits *search_hits(const struct search *search);
/* Nobody has the word: the hits have its letters. */
bool search_loose(const struct search *search);
/* What is being done ("searching bios"), and how much of it has been, 0 … 1. */
const char *search_progress(const struct search *search, double *share);

#endif
