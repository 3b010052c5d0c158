#ifndef MICROSCOPE_CATALOG_FILTER_INTERNAL_H
#define MICROSCOPE_CATALOG_FILTER_INTERNAL_H

#include "base/bits.h"
#include "base/buf.h"
#include "base/names.h"
#include "catalog/filter.h"

/* What the parts of the filter share: the words with a meaning of their own, the spelling of values,
 * and a term made ready for many rows. */

extern const struct filter_op *const filter_colon;  /* ":" */
extern const struct filter_op *const filter_equals; /* "=" */

void filter_term_release(struct filter_term *term);
void filter_push(struct filter *filter, struct filter_term *take); /* moves the revision */
void filter_term_add(struct filter_term *term, struct text text, double low, double high, int code);

/* In quotes, as the parser reads them. */
void filter_print_quoted(struct buf *out, struct text text);

/* The words of a term as they count. */
struct word_set {
    struct names spellings;
    enum column column;
};
void word_set_init(struct word_set *set, const struct filter_term *term);
void word_set_release(struct word_set *set);
bool word_set_has(const struct word_set *set, struct text word);

/* A term ready to be asked for rows. Borrows term and sheet. */
#define MATCHER_BLOCK SHEET_BLOCK /* rows asked at a time */

struct matcher {
    const struct filter_term *term;
    struct sheet *sheet;
    /* Bit i of `words`: does row from + i hold, the leading - left out? count <= MATCHER_BLOCK. */
    void (*block)(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words);
    struct filter_range *ranges; /* by value: numbers */
    struct cells codes;
    uint8_t *code_holds; /* by code: words and sets */
    struct buf *folded;  /* by value: folded text to look for */
    struct bits hits;    /* rows that have a word, as far as they were asked */
};
void matcher_init(struct matcher *matcher, const struct filter_term *term, struct sheet *sheet);
void matcher_release(struct matcher *matcher);
/* The answers with the term's leading - applied. */
bool matcher_passes(struct matcher *matcher, uint32_t row);
/* Puts whether each row from … to-1 is kept out. */
void matcher_fails(struct matcher *matcher, size_t from, size_t to, struct bits *fails);

#endif
