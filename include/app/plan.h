#ifndef MICROSCOPE_APP_PLAN_H
#define MICROSCOPE_APP_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/area.h"
#include "app/scroll.h"
#include "base/bits.h"
#include "catalog/fill.h"
#include "domain/column.h"
#include "domain/knob.h"
#include "domain/total.h"

struct model;

/* The plan as a place: who is in it, in the order they were last put into; what it rests on beside or
 * below. It is put in order when it is opened, is filled, and by `s`; edits move nobody. */

/* A line of the side pane: what the plan rests on, what the same money does elsewhere, who is next. */
enum side_kind {
    SIDE_KNOB,
    SIDE_MORE,    /* folds the assumptions beyond the first, or unfolds them */
    SIDE_BLANK,   /* from here on … */
    SIDE_HEADING, /* … the cursor passes over */
    SIDE_CHANNEL, /* its name and ROI; folds its fields */
    SIDE_POST,    /* one of the further posts that bring most for their money */
    SIDE_NEXT     /* what the creator under the cursor of the list would add to the reach */
};
struct side_line {
    enum side_kind kind;
    struct knob knob;  /* SIDE_KNOB; of SIDE_CHANNEL its name */
    const char *title; /* SIDE_HEADING */
    int channel;       /* SIDE_CHANNEL, and its fields: place in scenario.channels; else -1 */
    size_t swing;      /* SIDE_KNOB: in plan_side.swings, or SIDE_NO_SWING */
    size_t post;       /* SIDE_POST: in plan_next.shown */
};
#define SIDE_NO_SWING SIZE_MAX

/* ROI of the plan with one assumption low and high. */
struct side_swing {
    char key[KNOB_KEY_MOST];
    double low, high;
    bool widest; /* one of the two that move it most; said when all are known */
};

struct plan_side {
    struct side_line *items;
    size_t count, capacity;
    struct scroll at;
    char key[KNOB_KEY_MOST + 8]; /* what the cursor stands on, so that it stays there */
    bool all;                    /* the assumptions beyond the first are unfolded */
    unsigned open;               /* bit i: fields of channel i are */
    struct {
        struct side_swing *items;
        size_t count, capacity;
    } swings;
    size_t swung;         /* of these are known */
    uint64_t swing_stamp; /* of what they are made */
};

/* What the next 100 of budget would buy, of those shown and of the plan. */
#define PLAN_NEXT_MOST 5
struct plan_next {
    struct next_posts search;
    uint64_t stamp, asked;                  /* of what it is made of; of that but for facts */
    struct next_post shown[PLAN_NEXT_MOST]; /* the last that was finished */
    size_t count;
};

struct plan_place {
    uint32_t *known; /* rows of the catalogue in order, those that left it since included */
    size_t known_count, known_capacity;
    struct bits listed; /* the same as a set */
    uint32_t *rows;     /* of these, those in the plan, and whose posts are just being typed */
    size_t count, capacity;
    uint32_t *members; /* those in the plan alone: whom the totals are of */
    size_t member_count;
    struct scroll at;    /* in rows */
    int64_t cursor_id;   /* creator under the cursor; 0: none */
    bool total;          /* the cursor stands on the totals, below the last creator */
    enum column cell;    /* column under the cell cursor */
    bool side;           /* the assumptions have the focus */
    enum column ordered; /* by which it was ordered last, and how */
    bool descending;
    size_t arranged; /* of `known` so many were there then; the others stand below them */
    int64_t edited;  /* creator whose deal was edited last; 0: none */
    struct plan_side assumed;
    struct plan_next next;
    bool moving;           /* what is typed has moved the figures of a creator, which were … */
    struct figures before; /* … these */
    struct totals totals;
    uint64_t totals_stamp; /* of what they were made; 0: never */
    size_t missing;        /* creators of the plan that are not in the catalogue: in no figure */
    uint64_t missing_stamp;
};

void plan_place_init(struct plan_place *place);
void plan_place_release(struct plan_place *place);

/* A column of the rows as it stands on the screen. */
enum plan_part {
    PLAN_NAME,
    PLAN_FIGURE, /* a column of the registry, one cell for its mark after it */
    PLAN_SHARE,  /* of the budget, as a bar and in percent */
    PLAN_WORD    /* a column of words */
};
struct plan_column {
    enum plan_part part;
    enum column column;
    int at, width; /* cells within the rows */
};
#define PLAN_COLUMNS_MOST 11
#define PLAN_SHARE_FIGURE 5 /* cells of the percent right of the bar */
/* The columns that fit into rows this wide, placed; returns how many. */
int plan_columns(int width, struct plan_column out[PLAN_COLUMNS_MOST]);

/* Where things stand; areas of zero size are not shown. */
struct plan_layout {
    struct area rows;   /* its first row is the heading */
    struct area totals; /* its first row is a rule */
    struct area side;   /* the assumptions; without the rule left of it */
    struct area below;  /* what is left under the totals */
};
struct plan_layout plan_layout(const struct model *model);

/* Lines of the side pane in view, below its title; and below them those that explain the one under the
 * cursor. */
int side_height(const struct model *model);
int side_help(const struct model *model);
bool side_selectable(const struct side_line *line);

/* Lines of the totals, in the order of the screen. */
enum plan_line {
    PLAN_SUMS,    /* what the columns add up to */
    PLAN_RANGE,   /* 8 in 10 between */
    PLAN_AGAINST, /* the same money elsewhere; break-even; how often each is met */
    PLAN_REACH,   /* net reach and its bounds */
    PLAN_MONEY,   /* used, left, commission */
    PLAN_UNKNOWN, /* whose cost is unknown */
    PLAN_CHANCE,  /* too few orders to tell */
    PLAN_OVER,    /* over budget, and two ways back */
    PLAN_LINES
};
/* Those that say something and fit into so many rows; in the order of the screen; returns how many. */
int plan_lines(const struct model *model, int room, enum plan_line out[PLAN_LINES]);

/* Two ways back into the budget: by the deal of one creator, the one edited last, else the dearest; where
 * he alone cannot do it, by who would have to go, or by the budget it takes. */
struct plan_way {
    uint32_t row;   /* CATALOG_NONE: his deal is not enough */
    double posts;   /* the most that fit; 0: he would have to go */
    double fee;     /* the most that fits for the posts he has, whole; NaN: none does */
    size_t dearest; /* so many of the dearest would have to go */
    double budget;  /* what the plan takes, rounded up to whole money */
};
struct plan_way plan_way_back(const struct model *model);

/* Does the plan have other posts of somebody than those every creator is reckoned with? His figures are for
 * these, wherever they stand. */
bool plan_departs(const struct model *model);

#endif
