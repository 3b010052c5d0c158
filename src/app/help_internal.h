#ifndef MICROSCOPE_APP_HELP_INTERNAL_H
#define MICROSCOPE_APP_HELP_INTERNAL_H

#include "app/help.h"

/* What pages of help are made of. Both copy their texts, which are broken at the width of the page. */
void help_heading(struct help *help, const char *title);
void help_entry(struct help *help, struct text label, struct text text);

/* tiers_why.c: how the figures of the tiers are made, and of what. */
void tiers_why(const struct model *model, struct help *help);
/* changes_why.c: why a creator moved; who is gone. */
void moved_why(const struct model *model, struct help *help);
/* weigh.c: why a score is what it is. */
void score_why(const struct model *model, struct help *help);
void gone_list(const struct model *model, struct help *help);

#endif
