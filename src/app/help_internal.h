#ifndef MICROSCOPE_APP_HELP_INTERNAL_H
#define MICROSCOPE_APP_HELP_INTERNAL_H

#include "app/help.h"

struct model;

/* What pages of help are made of. All copy their texts, which are broken at the width of the page. A
 * heading stands only where an entry follows. */
void help_heading(struct help *help, const char *title);
void help_entry(struct help *help, struct text label, struct text text);
/* The same, where it is sought. */
void help_item(struct help *help, struct text label, const char *title, struct text text);

/* help_chapters.c: all that there is. */
void help_chapters(const struct model *model, struct help *help);
/* The commands on the key that was typed. */
void help_on_key(const struct model *model, struct help *help, struct text typed);

/* tiers_why.c: how the figures of the tiers are made, and of what. */
void tiers_why(const struct model *model, struct help *help);
/* changes_why.c: why a creator moved; who is gone. */
void moved_why(const struct model *model, struct help *help);
/* weigh.c: why a score is what it is. */
void score_why(const struct model *model, struct help *help);
void gone_list(const struct model *model, struct help *help);
/* told.c: what the status line told. */
void told_list(const struct model *model, struct help *help);
/* plan_why.c: why a total of the plan is what it is. */
void total_why(const struct model *model, struct help *help);

#endif
