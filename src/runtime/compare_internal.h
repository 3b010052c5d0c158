#ifndef MICROSCOPE_RUNTIME_COMPARE_INTERNAL_H
#define MICROSCOPE_RUNTIME_COMPARE_INTERNAL_H

#include "catalog/compare.h"
#include "exchange/writer.h"
#include "runtime/output.h"

/* A comparison as a person reads it: a figure a row, and the reasons below. */
bool compare_people(const struct sheet *sheet, const struct comparison *all, struct writer *writer,
                    struct output *output, struct err *err);

/* The figures alone. */
bool compare_table(const struct sheet *sheet, const struct comparison *all, struct writer *writer,
                   struct err *err);
/* The reasons alone, a line each. */
void compare_reasons(const struct sheet *sheet, const struct comparison *all, struct buf *out);
/* A difference to the reference, as the screen has it: "x0.74", "+3 pt"; unknown adds nothing. */
void compare_against(struct buf *out, enum compare_measure measure, double against,
                     struct number_style style);

/* For programs: a creator a row. */
bool compare_plain(struct sheet *sheet, const struct comparison *all, struct writer *writer,
                   struct err *err);
/* The creators that words name, into `rows`. False: one is unknown, or there twice. */
bool compare_find(const struct catalog *catalog, const char *const *words, size_t count,
                  uint32_t *rows, struct err *err);

#endif
