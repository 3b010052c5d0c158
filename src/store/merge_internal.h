#ifndef MICROSCOPE_STORE_MERGE_INTERNAL_H
#define MICROSCOPE_STORE_MERGE_INTERNAL_H

#include "cells_internal.h"

/* What an import leaves behind for the history. */
struct past {
    struct snapshot items[3];
    size_t count;
};

/* True only where merge_rows() would leave the row and the history as they are; quick. */
bool merge_is_idle(const struct row *row, const struct row *incoming, const struct fields *fields);
/* The fields that go with no other. */
struct fields merge_alone(const struct fields *fields);
/* Those that share a date, and the date. */
#define MERGE_GROUPS 3
void merge_group_fields(size_t group, struct fields *out);

/* Brings what `incoming` knows into `row`, by the rules of store/writer.h. Sets are not united
 * here: they are replaced. */
void merge_rows(struct row *row, const struct row *incoming, const struct fields *alone,
                struct past *past);

#endif
