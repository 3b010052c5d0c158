#ifndef MICROSCOPE_RUNTIME_PLAN_VERB_INTERNAL_H
#define MICROSCOPE_RUNTIME_PLAN_VERB_INTERNAL_H

#include "domain/total.h"
#include "runtime/dossier.h"
#include "runtime/session.h"
#include "scenario_internal.h"

/* A plan with all that follows from it, for printing. */
struct plan_print {
    struct session *session;     /* borrowed */
    struct sheet *sheet;         /* … its; alone it is enough for the rows */
    struct plan_entries entries; /* as they came into the plan; what-if fees of others among them */
    uint32_t *rows;              /* of the catalogue, of those who are planned, in that order */
    size_t count;
    const struct plan_entry **missing; /* planned, but the store does not know them */
    size_t missing_count;
    struct totals totals;
};

/* `session` is set. False: err says why. Released in either case. */
bool plan_print_make(struct plan_print *print, struct err *err);
void plan_print_release(struct plan_print *print);
int plan_print_out(struct plan_print *print, const struct cli *cli, const struct exporter *format);

/* Creators as rows, totals and channels; any exporter. */
bool plan_print_rows(struct plan_print *print, struct writer *writer, bool people, struct err *err);
/* Lines for people under the rows. */
bool plan_print_totals(struct plan_print *print, const struct writer_options *options,
                       struct output *output, struct err *err);
/* What hands it over; see runtime/dossier.h. */
void plan_print_hand(const struct plan_print *print, struct dossier *dossier);
/* All of it as one JSON object. */
bool plan_print_object(struct plan_print *print, struct buf *out, struct err *err);

int plan_fill(const struct cli *cli, const char *const *words, size_t count);
int plan_show(const struct cli *cli, const char *const *words, size_t count);
/* --budget, where it is given. */
bool plan_budget(const struct cli *cli, struct scenario *scenario, struct err *err);
/* "12 creators in the plan of 'spring'", where people read along. */
void plan_say(const struct scenario_file *file);

#endif
