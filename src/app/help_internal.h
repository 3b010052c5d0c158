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

/* subject.c: what `i` was asked about. */
void subject_title(const struct model *model, struct buf *out);
void subject_tell(const struct model *model, struct help *help);
/* changes_why.c: who is gone. */
void gone_list(const struct model *model, struct help *help);
/* told.c: what the status line told. */
void told_list(const struct model *model, struct help *help);

#endif
