#ifndef MICROSCOPE_APP_SUBJECT_INTERNAL_H
#define MICROSCOPE_APP_SUBJECT_INTERNAL_H

#include "app/help.h"
#include "app/model.h"

/* What `i` explains where the cursor stands, as a page. All functions ask for the place that is open,
 * whatever lies on top of it. */
struct subject {
    uint64_t contexts;                       /* bit i: in context i */
    bool (*here)(const struct model *model); /* NULL: wherever one stands there */
    void (*title)(const struct model *model, struct buf *out);
    void (*tell)(const struct model *model, struct help *help);
    /* What help is opened on by Enter; NULL, or NULL from it: there is nothing more to read. */
    const char *(*source)(const struct model *model);
    enum overlay under; /* what it goes back to */
};

/* Fragments that pages share: "who pass", and the other terms of the filter as chips name them, but
 * for one (SIZE_MAX: all of them); "no other filter is set". */
void why_add_terms(const struct model *model, size_t without, struct buf *out);
void why_add_count(const struct model *model, double count, const char *one, const char *many,
                   struct buf *out);
/* A figure as a heading has it: what the column means, and its source. */
void why_tell_column(enum column column, struct help *help);

/* know.c: a cell of words, in full. */
bool word_here(const struct model *model);
void word_title(const struct model *model, struct buf *out);
void word_why(const struct model *model, struct help *help);
const char *word_source(const struct model *model);

/* filters_why.c: counts of the filter pane, what a filter hides, views. */
bool value_here(const struct model *model);
void value_title(const struct model *model, struct buf *out);
void value_why(const struct model *model, struct help *help);
const char *value_source(const struct model *model);
bool bars_here(const struct model *model);
void bars_title(const struct model *model, struct buf *out);
void bars_why(const struct model *model, struct help *help);
const char *bars_source(const struct model *model);
bool lift_here(const struct model *model);
void lift_title(const struct model *model, struct buf *out);
void lift_why(const struct model *model, struct help *help);
const char *lift_source(const struct model *model);
void view_title(const struct model *model, struct buf *out);
void view_why(const struct model *model, struct help *help);

/* assumed_why.c: assumptions and channels of the plan; plans side by side. */
bool knob_here(const struct model *model);
void knob_title(const struct model *model, struct buf *out);
void knob_why(const struct model *model, struct help *help);
const char *knob_source(const struct model *model);
bool channel_here(const struct model *model);
void channel_title(const struct model *model, struct buf *out);
void channel_why(const struct model *model, struct help *help);
const char *channel_source(const struct model *model);
bool plans_here(const struct model *model);
void plans_why_title(const struct model *model, struct buf *out);
void plans_why(const struct model *model, struct help *help);
const char *plans_source(const struct model *model);

/* import_why.c: lines of the form of an import, what it cannot use, imports. */
bool answer_here(const struct model *model);
void answer_title(const struct model *model, struct buf *out);
void answer_why(const struct model *model, struct help *help);
bool lost_here(const struct model *model);
void lost_title(const struct model *model, struct buf *out);
void lost_why(const struct model *model, struct help *help);
void import_title(const struct model *model, struct buf *out);
void import_why(const struct model *model, struct help *help);

/* hand_why.c: handing over. */
void hand_title(const struct model *model, struct buf *out);
void hand_why(const struct model *model, struct help *help);

/* tiers_why.c, changes_why.c, weigh.c, plan_why.c */
void tiers_why(const struct model *model, struct help *help);
bool moved_here(const struct model *model);
void moved_why(const struct model *model, struct help *help);
void score_why(const struct model *model, struct help *help);
void total_why(const struct model *model, struct help *help);

#endif
