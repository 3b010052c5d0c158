#ifndef MICROSCOPE_DOMAIN_AUTHENTICITY_H
#define MICROSCOPE_DOMAIN_AUTHENTICITY_H

#include "domain/forecast.h"

/* Are the followers and what they do genuine? What is known of five signals is marked from 0 (as odd as
 * bought followers are) to 1 (as usual), and the marks are weighed. A hint where to look, never a
 * verdict: the screen shows every signal with its mark and what it rests on. */

enum authenticity_signal {
    SIGNAL_CREDIBILITY, /* share of the followers believed real */
    SIGNAL_ENGAGEMENT,  /* ER index */
    SIGNAL_COMMENTS,    /* comments per like / the median of the peers */
    SIGNAL_JUMP,        /* most sudden change of the followers, see growth.h */
    SIGNAL_FOLLOWING,   /* accounts followed; said of instagram and tiktok only */
    SIGNALS
};

struct signal_row {
    const char *title;
    enum unit unit; /* of the value */
    double weight;  /* of 100 */
    /* Full marks from full_low to full_high; none at none_low and below, none_high and above; between
     * them evenly, in the value or (by_ratio) in its logarithm. Infinite: not limited on that side. */
    double none_low, full_low, full_high, none_high;
    bool by_ratio;
    const char *source; /* NULL: our own judgement, an assumption */
};
extern const struct signal_row signal_rows[SIGNALS];

#define AUTHENTICITY_LEAST 0.40 /* weight that must be known for a score */

struct authenticity {
    double score;          /* 0 … 100; NaN where too little is known */
    double confidence;     /* share of the weight that is known, 0 … 1 */
    double lowest;         /* of the marks; NaN where none is known */
    double marks[SIGNALS]; /* 0 … 1; NaN unknown */
};

/* Values by signal, NaN unknown; INFINITY is as odd as can be. */
void authenticity_of(const double values[SIGNALS], struct authenticity *out);

/* Comments per like / the median of at least PEERS_STANDARD peers. NaN where there are not so many, or a
 * number is unknown, or there are no likes. */
double authenticity_comments(const struct peers *peers, enum platform platform, enum er_basis basis,
                             double followers, double comments, double likes);

/* The signals of a row as lines of a why, and what they come to: the score, the confidence or the
 * lowest mark, as `column` asks. `figures` are those of the row. Returns how many lines. */
int authenticity_why(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                     const struct figures *figures, enum column column,
                     struct why_line lines[WHY_MOST]);

#endif
