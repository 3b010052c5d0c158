#ifndef DOMAIN_WHY_INTERNAL_H
#define DOMAIN_WHY_INTERNAL_H

#include "domain/forecast.h"

/* What is true of a row, and so which of the steps apply to it. */
enum why_case {
    CASE_FOLLOWERS = 1, /* reach comes from followers … */
    CASE_VIEWS = 2,     /* … from views … */
    CASE_IMPORTED = 4,  /* … or is imported */
    CASE_MARKET = 8,
    CASE_MANY = 16, /* not exactly one deliverable */
    CASE_GIFTED = 32,
    CASE_COUNTED = 64, /* ER from counts */
    CASE_STATED = 128,
    CASE_SHARES = 256,
    CASE_SAVES = 512,
    CASE_DISCOUNT = 1024,
    CASE_OTHER = 2048,
    CASE_ONCE = 4096,  /* there is a cost per creator */
    CASE_FIRST = 8192, /* not in the plan yet */
    /* What is worth something to the user. */
    CASE_WORTH_VIEW = 16384,
    CASE_WORTH_LIKE = 32768,
    CASE_WORTH_COMMENT = 65536,
    CASE_WORTH_SHARE = 131072,
    CASE_WORTH_SAVE = 262144,
};

/* One row under explanation: its figures and every number that a step can show. */
struct why {
    const struct facts *facts;
    const struct assumptions *assumptions;
    size_t row;
    unsigned cases;
    struct figures figures;
    struct peer_expectation expectation;
    double followers, views, likes, comments, shares, saves, reach_post;
    double reach_rate, believed, market, unique, repeats, one_shown;
    double click_rate, response, kept, engagement_base;
    double full_contribution, other, paid, cost_of_one, money_left;
    double thousand, unit;
    double emv_views, emv_likes, emv_comments, emv_shares, emv_saves; /* what each part is worth */
    double p10, p50, p90;                                             /* factors on revenue */
};

struct why_step {
    char sign;
    const char *title;
    enum unit unit;
    size_t value; /* offset of its double in struct why; not used where it shows a parameter */
    void (*tell)(const struct why *why, struct why_line *line); /* NULL: nothing more to say */
    unsigned when;                                              /* all of these cases; 0: always */
    size_t assumption; /* offset in struct scenario of the parameter it shows; 0: none */
    bool money;        /* the title ends in the currency */
};

/* Adds to the reason; what does not fit is cut, and all of it is ASCII of our own. */
__attribute__((format(printf, 2, 3))) void why_say(struct why_line *line, const char *format, ...);

/* A number on its way into a sentence. */
struct why_words {
    char at[40];
};
struct why_words why_money(double money);
struct why_words why_share(double share); /* 0.0431 is "4.31%", 0.6 is "60%" */
/* Seconds since `at`; NaN where now is not known, or before it. */
double why_age(const struct why *why, double at);

/* What one deliverable is called. */
struct why_noun {
    const char *one, *many;
};
extern const struct why_noun why_nouns[FORMAT_COUNT];
void why_say_deliverables(const struct why *why, struct why_line *line);

/* Reasons, by what they explain. */
void tell_followers(const struct why *why, struct why_line *line);
void tell_counts(const struct why *why, struct why_line *line);
void tell_reach_rate(const struct why *why, struct why_line *line);
void tell_believed(const struct why *why, struct why_line *line);
void tell_unique(const struct why *why, struct why_line *line);
void tell_repeats(const struct why *why, struct why_line *line);
void tell_reach(const struct why *why, struct why_line *line);
void tell_click_rate(const struct why *why, struct why_line *line);
void tell_response(const struct why *why, struct why_line *line);
void tell_margin(const struct why *why, struct why_line *line);
void tell_fee(const struct why *why, struct why_line *line);
void tell_cost(const struct why *why, struct why_line *line);
void tell_roi(const struct why *why, struct why_line *line);
void tell_deliverables(const struct why *why, struct why_line *line);
void tell_er(const struct why *why, struct why_line *line);
void tell_er_expected(const struct why *why, struct why_line *line);
void tell_base(const struct why *why, struct why_line *line);
void tell_engagements(const struct why *why, struct why_line *line);
void tell_range(const struct why *why, struct why_line *line);
void tell_channel(const struct why *why, struct why_line *line);
void tell_full_contribution(const struct why *why, struct why_line *line);
void tell_breakeven(const struct why *why, struct why_line *line);
/* Parts of the media value, and their sum. */
void tell_views_worth(const struct why *why, struct why_line *line);
void tell_likes_worth(const struct why *why, struct why_line *line);
void tell_comments_worth(const struct why *why, struct why_line *line);
void tell_shares_worth(const struct why *why, struct why_line *line);
void tell_saves_worth(const struct why *why, struct why_line *line);
void tell_media_value(const struct why *why, struct why_line *line);
/* … when the fact was seen and whether it is still fresh; `at`: offset of its time in struct facts */
void tell_seen(const struct why *why, size_t at, struct why_line *line);
/* … where a parameter of the scenario comes from, and whether it is an assumption */
void tell_assumption(const struct why *why, size_t offset, struct why_line *line);

#endif
