#ifndef MICROSCOPE_RUNTIME_TIERS_INTERNAL_H
#define MICROSCOPE_RUNTIME_TIERS_INTERNAL_H

#include "catalog/lens.h"
#include "exchange/writer.h"
#include "runtime/output.h"

/* The tiers as a person reads them, line by line: tables, and what people say. */
bool tiers_people(const struct lens_result *result, const struct exporter *format,
                  const struct writer_options *options, struct output *output, struct err *err);

/* The tiers alone, a row each. */
bool tiers_write(const struct lens_result *result, const struct exporter *format,
                 const struct writer_options *options, struct writer_out out, struct err *err);

#endif
