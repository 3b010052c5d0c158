#ifndef MICROSCOPE_RUNTIME_PLAN_FILL_INTERNAL_H
#define MICROSCOPE_RUNTIME_PLAN_FILL_INTERNAL_H

#include "catalog/fill.h"
#include "plan_verb_internal.h"

/* A proposal that fills the budget, for printing. */
struct plan_fill {
    struct session session;
    struct fill_wish wish;
    struct fill *fill;
    const struct fill_report *report; /* of it, at its end */
    bool dry;
};

/* Changes as rows; for people what they come to as well, as JSON all of it as one object. */
bool plan_fill_print(struct plan_fill *filling, const struct cli *cli,
                     const struct exporter *format, struct output *output, struct err *err);

#endif
