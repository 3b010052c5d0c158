#ifndef MICROSCOPE_UI_SPOKEN_INTERNAL_H
#define MICROSCOPE_UI_SPOKEN_INTERNAL_H

#include "ui/spoken.h"
#include "ui_internal.h"

/* What the files that tell share. */

/* spoken_figure.c: figures as words. */
/* "plus 34%", "48,200", "minus 120 EUR", "1.62 times", "unknown", "never" */
void spoken_value(const struct model *model, enum unit unit, double value, struct buf *out);
/* The same of a creator's figure: "480 EUR, estimated", "4.31%, stale since 16 days". */
void spoken_figure(const struct model *model, enum column column, uint32_t row, struct buf *out);
/* With the sign that goes with a figure: '~', '=', '>' or ' '. */
void spoken_marked(const struct model *model, enum column column, double value, char mark,
                   struct buf *out);
/* "16 days", "3 months", "2 years" */
void spoken_age(double seconds, struct buf *out);
void spoken_count(const struct model *model, size_t count, const char *one, const char *many,
                  struct buf *out); /* "1 creator", "31 creators" */
/* Signs that stand in a sentence as words: "fee under 500", "budget 5,000 to 8,000", "1 video plus 30
 * parcel, imported 16 days ago". Made safe. */
enum spoken_signs_of { SPOKEN_FILTER, SPOKEN_STEP, SPOKEN_REASON };
void spoken_signs(enum spoken_signs_of of, struct text text, struct buf *out);
void spoken_name(const struct model *model, uint32_t row, struct buf *out); /* his handle */

/* Answers. */
/* spoken_list.c */
void spoken_filters(const struct model *model, struct buf *out);
void spoken_list(const struct model *model, struct buf *out);
void spoken_cursor(const struct model *model, struct buf *out);
void spoken_creator(const struct model *model, struct buf *out);
void spoken_columns(const struct model *model, struct buf *out);
void spoken_values(const struct model *model, struct buf *out);
/* spoken_why.c */
void spoken_why(const struct model *model, struct buf *out);
void spoken_compare(const struct model *model, struct buf *out);
/* spoken_plan.c */
void spoken_plan(const struct model *model, struct buf *out);
void spoken_proposal(const struct model *model, struct buf *out);
void spoken_plans(const struct model *model, struct buf *out);
void spoken_assumptions(const struct model *model, struct buf *out);
void spoken_money(const struct model *model, struct buf *out);
/* spoken_places.c */
void spoken_tiers(const struct model *model, struct buf *out);
void spoken_changes(const struct model *model, struct buf *out);
void spoken_views(const struct model *model, struct buf *out);
void spoken_messages(const struct model *model, struct buf *out);
/* spoken_help.c */
void spoken_page(const struct model *model, struct buf *out);
void spoken_help(const struct model *model, struct buf *out);
/* spoken_where.c */
void spoken_where(const struct model *model, struct buf *out);
void spoken_opening(const struct model *model, struct buf *out);
void spoken_first(const struct model *model, struct buf *out);
void spoken_question(const struct model *model, struct buf *out);
/* "Ordered by ROI, highest first, then fee, lowest first." */
void spoken_order(const struct model *model, struct buf *out);

#endif
