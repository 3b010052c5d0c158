#ifndef MICROSCOPE_APP_CHANGES_H
#define MICROSCOPE_APP_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/area.h"
#include "app/scroll.h"
#include "base/arena.h"
#include "base/bits.h"
#include "base/buf.h"
#include "domain/moved.h"
#include "domain/total.h"

struct model;

/* What changed since the last visit, or in 7 or 30 days, as a place: who of the plan and of those ticked
 * moved, who is new and better than the worst in the plan, who is gone.
 *
 * It is worked out in steps, and anew whenever something it rests on changes; what stands on the page was
 * taken from that when the place was opened, and again when the user asks (`r`, `s`, `d`). Figures on
 * the page follow at once. */

enum changes_span { CHANGES_VISIT, CHANGES_WEEK, CHANGES_MONTH, CHANGES_SPANS };
enum changes_section { CHANGES_PLAN, CHANGES_TICKED, CHANGES_NEW, CHANGES_SECTIONS };
enum changes_order { CHANGES_BY_MOVE, CHANGES_BY_ROI, CHANGES_BY_NAME, CHANGES_ORDERS };

#define CHANGES_PEOPLE_MOST 10000 /* planned and ticked that changed; of more nobody is told */
#define CHANGES_NEW_MOST 1000     /* of the new ones the best; is:new has them all */
#define CHANGES_PAGE 256          /* creators whose past is read at once */

/* Somebody of the plan, or ticked, who changed since. */
struct changes_person {
    int64_t id;
    uint32_t row;
    bool planned;
    bool read; /* `then` is known */
    struct snapshot then;
};

/* A line of a section. */
struct changes_entry {
    int64_t id;
    bool kept;              /* what was before is known */
    enum moved_figure most; /* the figure that moved ROI most; MOVED_FIGURES: none */
    double before;          /* … as it was; NaN unknown */
    double roi_then;        /* NaN unknown; of a new one always */
    double rank;            /* by which it stands where it does, the greatest first */
};
struct changes_entries {
    struct changes_entry *items;
    size_t count, capacity;
};

struct changes_gone {
    enum platform platform;
    struct text handle;
    double at;
    bool planned, ticked;
};
/* As the store tells it; borrowed. */
struct changes_then {
    int64_t id;
    struct snapshot then;
};

/* What was worked out. */
struct changes_result {
    struct changes_entries sections[CHANGES_SECTIONS];
    size_t better;           /* new ones that are better than the worst, listed or not */
    size_t added, updated;   /* in the whole catalogue */
    size_t planned, ticked;  /* creators in the plan; ticked and not in it */
    size_t left_out;         /* that changed, beyond CHANGES_PEOPLE_MOST */
    bool planless;           /* nobody in the plan has a known ROI to be better than */
    struct totals then, now; /* of the plan */
};

enum changes_stage {
    CHANGES_IDLE,  /* worked out, or nothing to */
    CHANGES_WORST, /* looks for the worst in the plan */
    CHANGES_SCAN,  /* looks through all creators for those that are new or changed */
    CHANGES_READ,  /* waits for the past of the people */
    CHANGES_WEIGH  /* works out what moved them */
};

/* A line of the page. */
enum changes_part {
    CHANGES_BLANK,
    CHANGES_HEADING,
    CHANGES_ENTRY, /* `index` of the section */
    CHANGES_MORE,  /* more new ones than are listed */
    CHANGES_GONE_LINE
};
struct changes_line {
    enum changes_part part;
    enum changes_section section;
    size_t index;
};

struct changes_place {
    double last_visit; /* NaN: this is the first one */
    enum changes_span span;
    double since; /* NaN: there is nothing to look back to */
    enum changes_order order;
    /* how far it is worked out */
    enum changes_stage stage;
    uint64_t stamp; /* of what it is made of; 0: never */
    struct {
        struct changes_person *items;
        size_t count, capacity;
    } people;            /* by row */
    double people_since; /* the time for which they were read */
    struct bits planned; /* rows in the plan */
    size_t at;           /* row, or person, of the stage */
    double worst;        /* ROI in the plan; NaN: none is known */
    struct changes_result making, made;
    bool ready; /* `made` is of this `since` */
    /* who is gone */
    struct arena gone_names;
    struct {
        struct changes_gone *items;
        size_t count, capacity;
    } gone;              /* those of the plan first, then ticked ones, then the latest */
    uint64_t gone_stamp; /* of what they were asked for */
    /* the page */
    struct changes_entries shown[CHANGES_SECTIONS];
    bool fixed;        /* it stands as it is until the user asks */
    size_t come, left; /* who would, if it were made now */
    struct {
        struct changes_line *items;
        size_t count, capacity;
    } lines;
    struct scroll scroll; /* in lines */
    int64_t cursor_id;    /* 0: on none */
    struct moved why;     /* why it moved: of the creator under the cursor */
};

void changes_place_init(struct changes_place *place);
void changes_place_release(struct changes_place *place);

/* How many lines the place has when made now: what its tab says. */
size_t changes_count(const struct model *model);

/* Planned and ticked creators whose figures at changes.since are to be read when nothing else waits, and
 * told by MESSAGE_THEN, all in one. Returns how many, at most CHANGES_PAGE. */
size_t model_then_wanted(const struct model *model, int64_t ids[CHANGES_PAGE]);

/* "your last visit", "7 days ago" */
extern const char *const changes_span_words[CHANGES_SPANS];
extern const char *const changes_span_filters[CHANGES_SPANS]; /* "is:new": who came since */
extern const char *const changes_order_words[CHANGES_ORDERS];

/* Lines of the page, below the heading. */
struct area changes_page(const struct model *model);
/* The entry of a line, or NULL. */
const struct changes_entry *changes_entry(const struct model *model,
                                          const struct changes_line *line);
/* What the figure and ROI of an entry are now. */
double changes_now(const struct model *model, const struct changes_entry *entry);
double changes_roi(const struct model *model, const struct changes_entry *entry);
/* Why there is nothing on the page, and what to do about it: lines, a newline after each. Nothing where
 * there is something. */
void changes_say(const struct model *model, struct buf *out);
/* "hanna.hues, oat.and.argan and 3 more", as far as `cells` go; safe to show. */
void changes_say_gone(const struct model *model, size_t cells, struct buf *out);

#endif
