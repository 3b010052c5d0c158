#ifndef MICROSCOPE_RUNTIME_COMPARE_INTERNAL_H
#define MICROSCOPE_RUNTIME_COMPARE_INTERNAL_H

#include "catalog/compare.h"
#include "exchange/writer.h"
#include "runtime/output.h"
#include "runtime/session.h"

/* A comparison as a person reads it: a figure a row, and the reasons below. */
bool compare_people(struct session *session, const struct comparison *all, struct writer *writer,
                    struct output *output, struct err *err);

#endif
