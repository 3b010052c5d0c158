#ifndef MICROSCOPE_RUNTIME_SCENARIO_INTERNAL_H
#define MICROSCOPE_RUNTIME_SCENARIO_INTERNAL_H

#include "domain/pack.h"
#include "store/own.h"
#include "store/scenario.h"
#include "verbs_internal.h"

/* The store with one scenario of it, and its plan. */
struct scenario_file {
    struct store *store;
    struct scenario scenario; /* the one of --scenario, or in use */
    struct plan_entries entries;
    struct number_style style; /* of figures that people read and type */
};

/* False: told, to exit with EXIT_FAILED; nothing is open then. */
bool scenario_open(const struct cli *cli, enum store_mode mode, struct scenario_file *file);
void scenario_close(struct scenario_file *file);
/* The same of another one of the same store. */
bool scenario_read(struct scenario_file *file, const char *name, struct err *err);
/* Ends what store_begin() began and gives the exit status; a failure is told. */
int scenario_end(struct scenario_file *file, bool ok, struct err *err);
/* A value as `scenario set` takes it; with a style as the explorer shows it to people. */
void scenario_say(const struct scenario *scenario, const struct knob *knob,
                  const struct number_style *people, struct buf *out);

int scenario_list(const struct cli *cli, const char *const *words, size_t count);
int scenario_show(const struct cli *cli, const char *const *words, size_t count);
int scenario_export(const struct cli *cli, const char *const *words, size_t count);
int scenario_import(const struct cli *cli, const char *const *words, size_t count);

#endif
