#ifndef MICROSCOPE_CATALOG_FILL_H
#define MICROSCOPE_CATALOG_FILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/number.h"
#include "catalog/filter.h"
#include "catalog/sheet.h"
#include "domain/allocate.h"

/* Filling the budget: what the plan should be so that the profit is greatest, as a proposal. Costs and
 * contributions of one post, two, three … come from the forecast, with format and fee of the plan. */

/* "at least 2 niche:beauty", "at most 3 tier:macro", "none of tag:kids"; also ">= 2 …", "<= 3 …", "max 3
 * creators of …", "no …". Whom it counts are filter words; a word that is the name of a platform, tier, niche
 * or country means that, in quotes it is looked for in names. */
struct fill_rule {
    struct allocation_rule rule;
    struct filter filter;
};
/* `rule` is written on success only, and is released first. */
bool fill_rule_parse(struct text text, const struct filter_context *context, struct fill_rule *rule,
                     struct err *err);
void fill_rule_print(const struct fill_rule *rule, struct buf *out); /* reads back as equal */
void fill_rule_release(struct fill_rule *rule);

struct fill_wish {
    double budget;
    unsigned most;  /* posts of each creator; who has more in the plan may keep them */
    bool keep;      /* all that is in the plan stays, at least as it is */
    bool estimated; /* also creators whose fee is an estimate; those in the plan always */
    struct fill_rule rules[ALLOCATION_RULES];
    size_t rule_count;
    struct bits excluded; /* rows, also if they are in the plan */
};
void fill_wish_init(struct fill_wish *wish, const struct scenario *scenario);
void fill_wish_release(struct fill_wish *wish);
void fill_wish_copy(struct fill_wish *to,
                    const struct fill_wish *from); /* `to` is initialised or zeroed */

/* What the proposal changes. Rows in the plan whose cost or contribution is unknown stay as they are. */
struct fill_change {
    uint32_t row;
    unsigned before, after; /* posts; they differ */
    double cost, profit;    /* what it adds to that of the plan */
    bool estimated;
};
struct fill_sum {
    size_t creators;
    double cost, profit;
    bool estimated;
};
enum fill_left {                   /* why money is left over */
                 FILL_LEFT_UNSAID, /* the search goes on */
                 FILL_LEFT_LITTLE, /* the next post that gains costs more than is left: `next_cost` */
                 FILL_LEFT_LOSES, /* no further post would gain */
                 FILL_LEFT_RULES  /* the rules do not let in what would gain */
};
struct fill_report {
    struct allocation_result result;
    size_t candidates; /* beside the plan */
    size_t unknown;    /* candidates left out: cost or contribution unknown … */
    size_t guessed;    /* … or the fee an estimate that is not wanted */
    size_t estimates;  /* candidates whose fee is an estimate, wanted or not */
    size_t
        ruled[ALLOCATION_RULES]; /* of those who can be chosen, so many are counted by each rule */
    size_t stay;                 /* in the plan as they are: cost or contribution unknown */
    struct fill_sum before, after; /* of those of whom both are known */
    double spent;                  /* of the budget, those that stay included */
    enum fill_left left;
    double next_cost;
    const struct fill_change *changes; /* new ones first, then more, fewer, none; by profit */
    size_t change_count;
    bool gathering; /* costs are still being looked up */
};

struct fill;
/* Chooses from `candidates` and from the plan. All borrowed; the wish must not change before
 * fill_free(). Facts may: each creator is taken as he is when it is come to him; what they are joined
 * with must not. */
struct fill *fill_new(struct sheet *sheet, const struct fill_wish *wish,
                      const struct bits *candidates);
void fill_free(struct fill *fill);
/* Works on for about `work` looks, a few nanoseconds each. True: there is more to do. */
bool fill_step(struct fill *fill, size_t work);
/* What is known so far; borrowed until the next step. */
const struct fill_report *fill_report(struct fill *fill);

/* In words. How good it is: "proven best", "at most 0.3% below the best there can be", or why there is
 * none; what is left of the money and why; who could not be considered: ", 2 of unknown cost …". */
void fill_judge(const struct fill_wish *wish, const struct fill_report *report,
                struct number_style style, struct buf *out);
void fill_left(const struct fill_wish *wish, const struct fill_report *report,
               struct number_style style, struct buf *out);
void fill_without(const struct fill_report *report, bool brief, struct buf *out);
/* How far it can be below the best at most, as a share of that; NaN unknown. */
double fill_gap(const struct fill_report *report);

/* The further posts that bring most for their money, of candidates and of the plan: what the next 100
 * of budget would buy. Only those that gain. */
#define NEXT_POSTS_MOST 12
struct next_post {
    uint32_t row;
    unsigned posts;      /* with it */
    double cost, profit; /* of this post */
    bool estimated;
};
struct next_posts {
    struct next_post items[NEXT_POSTS_MOST]; /* the best for the money first */
    size_t count;
    bool busy;
    uint32_t next;    /* row to go on with */
    struct bits rows; /* to be looked at */
    struct offers *offers;
};
/* Zeroed is empty and valid. Begins with `candidates` and the plan. */
void next_posts_begin(struct next_posts *next, struct sheet *sheet, const struct bits *candidates);
void next_posts_release(struct next_posts *next);
/* Looks at about `rows` more rows; what the facts are joined with must not have changed since the
 * beginning. True: there is more to do. */
bool next_posts_step(struct next_posts *next, size_t rows);

#endif
