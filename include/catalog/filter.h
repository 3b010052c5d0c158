#ifndef MICROSCOPE_CATALOG_FILTER_H
#define MICROSCOPE_CATALOG_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "catalog/sheet.h"
#include "domain/column.h"

/* The filter words of prompt, views, command line and tests:
 *
 *   niche:beauty,skincare tier:micro er>=3% followers:10k..50k fee:known -tag:kids is:ticked "vegan"
 *
 * Terms are joined by and, commas mean or, a leading - turns the answer round. The terms keep words,
 * not codes: what a word means (country:germany, niche:"skin care") is looked up when the query runs,
 * so a filter survives a reload of the catalogue. A comparison with an unknown value is false, != too.
 *
 *   KEY:VALUE,…   KEY a column by key, other word or unambiguous prefix. Words and sets: is one of, or
 *                 holds one of. Free text: contains. Numbers: a value, or a range a..b, both included,
 *                 either end may be missing. `=` is the same, but free text must be equal; `!=` the
 *                 opposite. < <= > >= take one number.
 *                 Blanks may stand around the sign, and of a figure words for it: "fee under 300",
 *                 below, less than, over, above, more than, at least, from, min, at most, up to, max.
 *   numbers       units k M %; on a time a duration (7d 2w 3mo) is an age (alone: at most), else a date
 *   fee:known     the fee is given, not estimated;   has:KEY,…  the value is known
 *   is:ticked  is:stale  in:plan
 *   is:new        added since the last visit (see sheet_visited())
 *   import:last,N creators that an import had (see catalog/batches.h)
 *   word, "two words"   handle, name or bio contain it; case and accents do not matter */

#define FILTER_TERMS 64

enum filter_kind {
    FILTER_COLUMN, /* column, op, values */
    FILTER_WORD,   /* one value: the text */
    FILTER_HAS,    /* values: columns */
    FILTER_FLAG,   /* is:, in:, fee:known; values: enum filter_flag */
    FILTER_BATCH   /* import:; values: numbers, 0 the last one */
};

enum filter_flag { FLAG_TICKED, FLAG_STALE, FLAG_NEW, FLAG_PLAN, FLAG_FEE_KNOWN, FLAG_COUNT };
struct filter_flag_row {
    const char *key; /* before the ':' */
    const char *word;
};
extern const struct filter_flag_row filter_flags[FLAG_COUNT];

#define FILTER_HAS_KEY "has"      /* has:er */
#define FILTER_BATCH_KEY "import" /* import:7 */
#define FILTER_BATCH_LAST "last"  /* import:last */

/* Both ends included; low > high: nothing. */
struct filter_range {
    double low, high;
};

/* The comparison signs. A typed value is an interval low … high, both included (a single number has
 * both ends equal, a date alone is its whole day). */
struct filter_op {
    const char *sign;
    const char *means;                                     /* for help */
    struct filter_range (*range)(double low, double high); /* of the known values that fit */
    bool list;                                             /* takes several values and ranges */
    bool words;                                            /* goes with words and texts */
    bool opposite; /* the answer for the whole list is turned round; unknown stays false */
};
extern const struct filter_op filter_ops[];
extern const size_t filter_op_count;

struct filter_value {
    char *text;       /* as printed: a word in its canonical spelling, a number as typed; owned */
    double low, high; /* numbers; equal for a single one */
    bool age;         /* low and high are ages in seconds */
    int code;         /* enum column of has:, enum filter_flag; else -1 */
};

struct filter_term {
    enum filter_kind kind;
    bool negative;
    enum column column;         /* FILTER_COLUMN */
    const struct filter_op *op; /* FILTER_COLUMN */
    const char *key;            /* as printed before the sign: "niche", "has", "is"; NULL: a word */
    struct filter_value *values;
    size_t value_count;
};

struct filter {
    struct filter_term *items;
    size_t count, capacity;
    uint64_t revision; /* moves with every change */
};

/* What parsing leans on. */
struct filter_context {
    struct sheet *sheet; /* dictionaries and the tier preset; NULL: words are taken as they are */
    bool strict;         /* a word that no creator has is an error (prompt, command line) */
};

void filter_init(struct filter *filter);
void filter_release(struct filter *filter);
void filter_clear(struct filter *filter);
void filter_copy(struct filter *to, const struct filter *from); /* `to` is initialised */

/* Reads a whole line. On failure `filter` is as it was, err.column is the place in `text` (1-based,
 * code points) and the message suggests: "unknown word 'nich': did you mean 'niche'?" */
bool filter_parse(struct text text, const struct filter_context *context, struct filter *filter,
                  struct err *err);
/* The same, but the terms are added. A facet value joins the group's selection. */
bool filter_add(struct filter *filter, struct text text, const struct filter_context *context,
                struct err *err);

/* Canonical text; reads back as an equal filter. */
void filter_print(const struct filter *filter, struct buf *out);
void filter_print_term(const struct filter_term *term, struct buf *out);
/* For a chip: "niche: beauty, skincare", "fee < 500", "not tag: kids". Not made safe. */
void filter_label(const struct filter_term *term, struct buf *out);
bool filter_equal(const struct filter *a, const struct filter *b);

/* The import that a value names, as they are known now: 0 where there is none. */
int64_t filter_batch(const struct filter_value *value, const struct batches *batches);
/* The first that the filter names, that stands and whose creators nobody has told yet; 0: none. */
int64_t filter_batch_wanted(const struct filter *filter, const struct batches *batches);

/* Without one term. */
void filter_remove(struct filter *filter, size_t term);

/* The selection of a facet group: its first positive term with `:`; NULL: nothing is selected. */
const struct filter_term *filter_selection(const struct filter *filter, enum column group);
bool filter_selected(const struct filter *filter, enum column group, struct text value);
/* Puts a value into the group's selection or takes it out. */
void filter_toggle(struct filter *filter, enum column group, struct text value);

/* The range of a figure, the selection of its histogram: the first positive term with `:` and one value
 * or range; NULL: there is none. Its ends are values[0].low and high, infinite where they are open. */
const struct filter_term *filter_range(const struct filter *filter, enum column column);
/* Puts that range, or in its place another, or, open at both ends, takes it away. low <= high. */
void filter_set_range(struct filter *filter, enum column column, struct filter_range range);
/* A bound as a person types it: 500, 1.5k, 10k, 2M. */
void filter_bound(double value, struct buf *out);

/* Keeps (or drops) the creators that are like this cell: words and sets by value, figures by a bound
 * (kept: at least, or at most where less is better). False where the cell says nothing. */
bool filter_like(struct filter *filter, struct sheet *sheet, enum column column, uint32_t row,
                 bool keep);

/* Do two spellings mean the same value of a column? Case, accents, blanks, - and _ do not count;
 * countries also by name. */
bool filter_same_word(enum column column, struct text a, struct text b);

#endif
