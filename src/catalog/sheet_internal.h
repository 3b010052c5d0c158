#ifndef MICROSCOPE_CATALOG_SHEET_INTERNAL_H
#define MICROSCOPE_CATALOG_SHEET_INTERNAL_H

#include "catalog/sheet.h"

/* What cells and whole columns of the sheet share. `column` is an enum column or enum sheet_inner. */

#define CODE_UNKNOWN UINT8_MAX

/* Is it made from figures: a number of them, words that follow from them, or an inner one? */
bool sheet_has_figures(int column);
bool sheet_is_figure_word(int column);

/* What each column rests on; once, it never changes. */
void sheet_find_rests(struct sheet *sheet);

/* Takes note of a scenario that was edited. */
void sheet_refresh(struct sheet *sheet);
/* Of the assumptions a column rests on, never 0; and the revision of the catalogue its facts have. */
uint64_t sheet_input_stamp(struct sheet *sheet, int column);
uint64_t sheet_input_revision(const struct sheet *sheet, int column);

/* The column where it is up to date, else NULL; and brought up to date. */
const void *sheet_current(struct sheet *sheet, int column);
const void *sheet_make(struct sheet *sheet, int column);

#endif
