#ifndef MICROSCOPE_RUNTIME_COMPLETE_H
#define MICROSCOPE_RUNTIME_COMPLETE_H

#include "base/buf.h"

/* What shells complete: the branches of a `case` of theirs, one for each list of words that the tables of
 * the program have. A branch prints its words, one a line, each with its meaning behind a tab.
 *
 *     verbs                   options                what goes everywhere
 *     options:VERB            options:VERB:ACTION    what goes there only
 *     actions:VERB            place:VERB[:ACTION]    kinds of its words; + after the last: so on
 *     value:OPTION            the kind of its value; "any" where there is nothing to offer
 *     columns formats …       the kinds; filter:KEY and knob:KEY are values of one key
 *
 * A kind that ends in a comma is a list with commas; "=a b" are the words themselves; "files", "themes"
 * and "scenarios" are found by the shell. */
void complete_sh(struct buf *out);   /* for bash and zsh */
void complete_fish(struct buf *out); /* for fish */

#endif
