#ifndef MICROSCOPE_CATALOG_OFFER_INTERNAL_H
#define MICROSCOPE_CATALOG_OFFER_INTERNAL_H

#include "catalog/sheet.h"

/* Cost and contribution of a block of rows for any number of posts, of the format and at the fee that
 * the plan has for them. What does not rest on the number is made once a block. */
struct offers;
struct offers *offers_new(struct sheet *sheet);
void offers_free(struct offers *offers);
/* Rows from … from+count-1, at most FORECAST_BLOCK. Their planned posts, 0 without, and their marks. */
void offers_open(struct offers *offers, uint32_t from, size_t count, const double **planned,
                 const uint16_t **marks);
/* For so many posts of each, at least 1. NaN: unknown. Good until the next call. */
void offers_make(struct offers *offers, const double *posts, const double **cost,
                 const double **contribution);

/* The living rows that are candidates or in the plan. */
void offers_rows(struct sheet *sheet, const struct bits *candidates, struct bits *out);

#endif
