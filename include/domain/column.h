#ifndef MICROSCOPE_DOMAIN_COLUMN_H
#define MICROSCOPE_DOMAIN_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* The first registry: every fact and figure of a creator, once. It feeds list, detail, comparison,
 * order, filter words, import, export, help and manual. `key` is the one spelling everywhere: SQL
 * column, CSV header, JSON key, filter word. */

enum column {
    COL_PLATFORM,
    COL_HANDLE,
    COL_NAME,
    COL_PERSON,
    COL_COUNTRY,
    COL_LANGUAGE,
    COL_EMAIL,
    COL_URL,
    COL_BIO,
    COL_NICHE,
    COL_TAG,
    COL_FOLLOWERS,
    COL_FOLLOWING,
    COL_POSTS,
    COL_CREDIBILITY,
    COL_AUDIENCE_MARKET,
    COL_GROWTH_30D,
    COL_GROWTH_90D,
    COL_JUMP,
    COL_LIKES,
    COL_COMMENTS,
    COL_SHARES,
    COL_SAVES,
    COL_VIEWS,
    COL_VIEW_RATE,
    COL_REACH_POST,
    COL_SAMPLE,
    COL_WINDOW,
    COL_ER,
    COL_ER_BASIS,
    COL_ER_EXPECTED,
    COL_ER_INDEX,
    COL_LAST_POST_AT,
    COL_POSTS_30D,
    COL_SPONSORED_SHARE,
    COL_FEE,
    COL_FEE_ORIGIN,
    COL_CURRENCY,
    COL_FEE_BY_FORMAT,
    COL_TIER,
    COL_FORMAT,
    COL_TICKED,
    COL_PLAN,
    COL_NOTE,
    COL_DELIVERABLES,
    COL_AFFORDABLE,
    COL_REACH,
    COL_IMPRESSIONS,
    COL_ENGAGEMENTS,
    COL_CLICKS,
    COL_ORDERS,
    COL_REVENUE,
    COL_COST,
    COL_CONTRIBUTION,
    COL_PROFIT,
    COL_COMMISSION,
    COL_ROI,
    COL_ROI_P10,
    COL_ROI_P50,
    COL_ROI_P90,
    COL_ROAS,
    COL_CPM,
    COL_CPR,
    COL_CPE,
    COL_CPC,
    COL_CPA,
    COL_BREAKEVEN_FEE,
    COL_BREAKEVEN_CVR,
    COL_BREAKEVEN_ROAS,
    COL_BREAKEVEN_ORDERS,
    COL_REVENUE_PER_FOLLOWER,
    COL_FREQUENCY,
    COL_ROI_VS_BASELINE,
    COL_EMV,
    COL_AUTHENTICITY,
    COL_AUTHENTICITY_CONFIDENCE,
    COL_AUTHENTICITY_LOWEST,
    COL_AUDIENCE_AT,
    COL_ENGAGEMENT_AT,
    COL_FEE_AT,
    COL_ADDED_AT,
    COL_CHANGED_AT,
    COLUMN_COUNT
};

/* What a value is. Figures of every kind but text and set are doubles, NaN unknown. */
enum unit {
    UNIT_TEXT,      /* text, mostly different in each row */
    UNIT_WORD,      /* text from a small set of words */
    UNIT_SET,       /* words, sorted, '|' between in files and in the store */
    UNIT_COUNT,     /* whole things: followers */
    UNIT_AVERAGE,   /* things per post, may have decimals: likes */
    UNIT_SHARE,     /* fraction, shown as percent: ER, credibility */
    UNIT_RATIO,     /* 1.62x: ER index, ROAS, frequency */
    UNIT_ROI,       /* fraction shown as a signed percent */
    UNIT_GROWTH,    /* fraction shown as a signed percent with decimals */
    UNIT_MONEY,     /* fee, cost, revenue */
    UNIT_PROFIT,    /* money shown with its sign */
    UNIT_UNIT_COST, /* money for one: CPM, CPE */
    UNIT_ESTIMATE,  /* expected number of things, one decimal when small: orders */
    UNIT_SCORE,     /* 0 to 100: authenticity */
    UNIT_DAYS,      /* window */
    UNIT_TIME,      /* seconds since 1970, shown as a date or an age */
    UNIT_FLAG,      /* 0 or 1 */
    UNIT_COUNT_OF
};

enum column_group {
    GROUP_IDENTITY,
    GROUP_TOPIC,
    GROUP_AUDIENCE,
    GROUP_ENGAGEMENT,
    GROUP_PRICE,
    GROUP_CLASS,
    GROUP_FORECAST,
    GROUP_TRUST,
    GROUP_FRESHNESS,
    GROUP_COUNT
};
extern const char *const column_group_titles[GROUP_COUNT];

enum better { BETTER_NEITHER, BETTER_MORE, BETTER_LESS };

/* What a figure rests on: the sign before it follows (see figures.marks). */
enum column_rests { RESTS_ON_FEE = 1, RESTS_ON_COUNTS = 2, RESTS_ON_VALUES = 4 };

#define COLUMN_NO_FIGURE ((size_t)-1)

struct column_row {
    const char *key;
    const char
        *title; /* heading: sentence case, at most 14 cells; currency is appended by the screen */
    const char *help; /* one or two sentences for help, glossary and manual; formula included */
    const char
        *also; /* other filter words people write, '|' between; NULL: none ("peers" for er_index) */
    enum unit unit;
    enum column_group group;
    enum better better;
    bool stored;    /* a fact: a column of the store, read by import … */
    bool kept;      /* … but this one the store finds out itself: growth, from the past of the
                     * creator, and when it came here. No list brings it, and an export has it only
                     * where it is named */
    bool facet;     /* a group of the filter pane */
    size_t figure;  /* offset of its double in struct figures, or COLUMN_NO_FIGURE. A column may
                          * be both: fee and er are stored as given and shown as the forecast uses them */
    unsigned rests; /* enum column_rests */
};
extern const struct column_row columns[COLUMN_COUNT];

/* Is the value text (UNIT_TEXT, UNIT_WORD, UNIT_SET)? */
bool column_is_text(enum column column);

/* Is it a fact that a list brings? */
bool column_imported(enum column column);

/* By key, by another word, or by an unambiguous prefix of a key; ASCII case ignored. False: unknown
 * or ambiguous. */
bool column_find(struct text word, enum column *column);
/* Exactly the key. */
bool column_from_key(struct text key, enum column *column);
/* The nearest key for "did you mean"; NULL where none is near. */
const char *column_nearest(struct text word);

#endif
