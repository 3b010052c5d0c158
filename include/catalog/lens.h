#ifndef MICROSCOPE_CATALOG_LENS_H
#define MICROSCOPE_CATALOG_LENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/number.h"
#include "catalog/sheet.h"
#include "domain/scenario.h"
#include "domain/tier.h"

/* The tier lens: what the creators shown say about tiers, and about what people say of
 * micro-influencers. Medians are exact. Whatever needs a fee counts known fees only: quoted, imported,
 * or the user's own; estimates are left out and counted. Rates of engagement stand by their basis,
 * never as an index, which is 1 in the middle of each band by construction. */

#define LENS_CLOSE 0.05      /* two medians nearer than this share of the greater are too close */
#define LENS_SPREAD 16       /* buckets of ROI … */
#define LENS_SPREAD_STEP 0.2 /* … each so wide, from -100 % on; the last is open */

/* ER of followers against followers as dots, columns by their logarithm, rows from above: the first is
 * that of the greatest rate and of all beyond. */
#define LENS_DOT_COLUMNS 120
#define LENS_DOT_ROWS 52
#define LENS_DOTS_FROM 2.5 /* powers of ten of followers … */
#define LENS_DOTS_TO 6.5
#define LENS_DOTS_ER 0.10 /* … and the rate at the top */

enum lens_figure {
    LENS_FOLLOWERS,
    LENS_ER_FOLLOWERS, /* of those measured by followers */
    LENS_ER_VIEWS,     /* … by views */
    LENS_FEE,
    LENS_CPE,
    LENS_CPM,
    LENS_ROI,
    LENS_REVENUE, /* per follower */
    LENS_CREDIBILITY,
    LENS_FIGURES
};
/* What each is the median of; ER twice. A const table. */
struct lens_figure_row {
    const char *key;   /* in files */
    const char *title; /* over a narrow column; "%s" stands for the currency */
    enum column column;
    bool needs_fee;
};
extern const struct lens_figure_row lens_figures[LENS_FIGURES];

/* A median, share or ratio and what it rests on. */
struct lens_value {
    double value; /* NaN where there are few */
    size_t known;
    size_t of; /* creators it could be known for */
    bool few;  /* some are known, under sheet->few */
};

struct lens_tier {
    size_t creators;
    struct lens_value figures[LENS_FIGURES];
    size_t fees_known, gifts, fees_estimated;   /* gifts are known fees of 0 */
    struct lens_value pooled_roi;               /* all contribution less all cost, by all cost */
    struct lens_value beats[SCENARIO_CHANNELS]; /* share with a ROI above the channel's */
};

/* ER by the platform's own basis in each tier. */
struct lens_platform {
    enum platform platform;
    struct lens_value tiers[TIER_MOST];
};

/* The claims compare 1,000 to 100,000 followers with 100,000 to a million, whatever the preset. */
enum lens_side { LENS_MICRO, LENS_MACRO, LENS_SIDES };
extern const double lens_side_from[LENS_SIDES + 1];
extern const char *const lens_side_words[LENS_SIDES];

enum lens_claim_id {
    CLAIM_ENGAGED,    /* ER by followers is higher; also by views? */
    CLAIM_ENGAGEMENT, /* CPE is lower; also with estimated fees? */
    CLAIM_ADS,        /* more of them beat the first channel; also under the other scenario? */
    CLAIM_REACH,      /* cost per 1,000 reached is lower */
    CLAIM_CREDIBLE,   /* credibility is higher */
    LENS_CLAIMS
};
enum lens_verdict { VERDICT_HOLDS, VERDICT_FAILS, VERDICT_UNSAID };
enum lens_reason { /* why it cannot be said */
                   REASON_NONE,
                   REASON_FEW,     /* under sheet->few known on one side */
                   REASON_UNKNOWN, /* more than half unknown on one side */
                   REASON_CLOSE,
                   REASON_CHANNEL /* there is none to compare with */
};
struct lens_claim {
    enum lens_verdict verdict;
    enum lens_reason reason;
    struct lens_value sides[LENS_SIDES];
    struct lens_value others[LENS_SIDES]; /* the same seen otherwise; known 0: not asked */
    size_t estimated;                     /* creators of both sides left out for their fee */
    size_t imported; /* CLAIM_REACH: of the known, with a reach that is a fact */
};

struct lens_result {
    struct tier_preset preset;
    size_t few;                    /* of the sheet, then */
    size_t creators, without_tier; /* too small for the preset, or followers unknown */
    struct lens_tier tiers[TIER_MOST];
    struct lens_platform platforms[PLATFORM_COUNT]; /* those with a known ER, in their own order */
    size_t platform_count;
    struct lens_claim claims[LENS_CLAIMS];
    size_t spread[LENS_SPREAD]; /* of the micro side's ROI */
    size_t spread_total;
    /* The platform that most are measured by followers on; one dot for each creator there, or, where
     * they are very many, where at least `dot_worth` of them stand together. */
    uint8_t dots[LENS_DOT_ROWS][LENS_DOT_COLUMNS];
    enum platform dot_platform;
    size_t dot_total, dot_worth;
    int channel_count;
    double channel_roi[SCENARIO_CHANNELS];     /* NaN: cannot be said */
    char channel_names[SCENARIO_CHANNELS][32]; /* the user's: not made safe */
    char other_name[64];                       /* of the other scenario; empty: none was given */
    unsigned currency;
};

struct lens_work;

/* Zeroed is empty and valid. */
struct lens {
    struct lens_result result; /* whole, or not yet: `made` */
    bool made;                 /* the result is of what was asked once; stale while lens_busy() */
    struct lens_work *work;    /* its own: NULL until asked */
};
void lens_release(struct lens *lens);

/* The scenario with cautious assumptions, as `other` below. False: there is no such preset. */
bool lens_other(const struct scenario *scenario, struct scenario *out);
/* Asks for these rows, with the sheet as it is joined. `other` is the scenario under which the claim
 * about advertising is looked at once more; NULL: none. All is copied but the sheet. Asking for what was
 * asked for already changes nothing; else the work begins anew and the result stays until it is done.
 * Work that goes on is finished though facts change meanwhile, each creator as he is when it comes to
 * him, so that a feed cannot keep it from ever ending; asking again afterwards makes it of all of them. */
void lens_ask(struct lens *lens, struct sheet *sheet, const struct bits *rows,
              const struct scenario *other);
/* A millisecond of work or so; begins anew where what the facts are joined with has changed. Returns whether there is more. */
bool lens_step(struct lens *lens, struct sheet *sheet);
bool lens_busy(const struct lens *lens);
double lens_progress(const struct lens *lens); /* 0 … 1 */

/* ---- in words ---- */

/* A row for each claim, as people say it. */
struct lens_claim_row {
    const char *key;   /* in files */
    const char *title; /* "Cheaper an engagement" */
    const char *help;  /* what is compared, and what is left out */
    enum column column;
    bool more; /* it holds where the micro side has more */
};
extern const struct lens_claim_row lens_claims[LENS_CLAIMS];
extern const char *const lens_verdict_words[]; /* "holds here", "does not", "cannot be said" */
extern const char *const lens_verdict_keys[];  /* in files: "holds", "fails", "unsaid" */

/* "micro 2.89%, macro 1.38%"; nothing where neither is known. */
void lens_say_figures(const struct lens_result *result, enum lens_claim_id id,
                      struct number_style style, struct buf *out);
/* What they rest on: "of followers, 46 and 9". */
void lens_say_rests(const struct lens_result *result, enum lens_claim_id id,
                    struct number_style style, struct buf *out);
/* Why it cannot be said, or what speaks against it or limits it. */
void lens_say_but(const struct lens_result *result, enum lens_claim_id id,
                  struct number_style style, struct buf *out);
/* "under 1k", "1k-100k", "1M up": the band of a preset. */
void lens_say_band(const struct tier_preset *preset, int band, struct buf *out);
/* The same of a figure of a tier; revenue is of 1,000 followers. */
void lens_say_figure(enum lens_figure figure, const struct lens_value *value,
                     struct number_style style, struct buf *out);
/* The same of a share of people or creators: whole percents. */
void lens_say_share(const struct lens_value *value, struct number_style style, struct buf *out);
/* What the medians are of, and what is left out of them; "Medians of 12 shown.", `whom` is "shown". */
void lens_say_scope(const struct lens_result *result, const char *whom, struct number_style style,
                    struct buf *out);
/* The value as it stands in a cell: "-" where nobody has it, "few". */
void lens_say_value(enum unit unit, const struct lens_value *value, struct number_style style,
                    struct buf *out);

#endif
