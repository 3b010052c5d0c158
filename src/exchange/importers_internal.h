#ifndef MICROSCOPE_EXCHANGE_IMPORTERS_INTERNAL_H
#define MICROSCOPE_EXCHANGE_IMPORTERS_INTERNAL_H

#include "exchange/import.h"
#include "rows_internal.h"

/* The parts of importers[]: see struct importer. */
bool csv_sniff(struct text sample);
bool csv_plan(struct import_plan *plan, struct text sample, bool whole,
              const struct import_options *options, struct err *err);
bool csv_run(const struct import_plan *plan, struct source *source, struct import_walk *walk,
             struct err *err);
bool json_sniff(struct text sample);
bool json_plan(struct import_plan *plan, struct text sample, bool whole,
               const struct import_options *options, struct err *err);
bool json_run(const struct import_plan *plan, struct source *source, struct import_walk *walk,
              struct err *err);
bool jsonl_sniff(struct text sample);
bool jsonl_plan(struct import_plan *plan, struct text sample, bool whole,
                const struct import_options *options, struct err *err);
bool jsonl_run(const struct import_plan *plan, struct source *source, struct import_walk *walk,
               struct err *err);

bool walk_wants_rows(const struct import_walk *walk); /* as they stand in the file, too */
/* Where the rows of a run go. Cells beyond the plan's columns are not read. */
bool walk_row(struct import_walk *walk, const struct row *row, struct err *err);
bool walk_broken(struct import_walk *walk, size_t line, struct text value, struct text raw,
                 const char *reason, struct err *err);

#endif
