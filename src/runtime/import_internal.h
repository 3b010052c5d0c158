#ifndef MICROSCOPE_RUNTIME_IMPORT_INTERNAL_H
#define MICROSCOPE_RUNTIME_IMPORT_INTERNAL_H

#include "bar_internal.h"
#include "exchange/import.h"
#include "exchange/log.h"
#include "exchange/rejects.h"
#include "exchange/writer.h"
#include "runtime/cli.h"
#include "runtime/output.h"
#include "runtime/whole.h"
#include "store/store.h"
#include "store/writer.h"

/* One run of `microscope import`, over one file after the other. */
struct importing {
    const struct cli *cli;
    struct import_options options;
    struct doc map;
    struct store *store; /* NULL: not opened yet, or a dry run where there is none */
    bool opened;

    /* of the present file */
    const struct import_plan *plan;
    struct source source;
    struct import_report report;
    struct store_written written;
    struct record_sink inner; /* dry run: what is rehearsed */
    struct store_writer *writer;
    uint64_t told[TROUBLE_COUNT];
    struct bar bar;
    double line_at;
    uint64_t *fees; /* by currency */

    /* of all of them */
    int signal; /* that asked to stop; 0: none */
    bool failed, rejected, changed;
    bool storeless; /* the store could not be opened: no file has a place to go */
    struct output output;
    struct writer *lines; /* --progress json */
    bool output_failed;
    struct err output_err;
    struct whole report_whole; /* --report */
    struct import_log log;
    struct whole rejects_whole; /* --rejects */
    struct import_rejects rejects;
};

bool import_tell_begin(struct importing *job, struct err *err);
void import_tell_problem(struct importing *job, const struct import_problem *problem);
void import_tell_mixed(struct importing *job, const struct import_mixed *mixed);
void import_tell_progress(struct importing *job, uint64_t bytes, uint64_t total, uint64_t rows);
void import_tell_clear(struct importing *job); /* the line of progress goes */
void import_tell_result(struct importing *job, struct text file);
void import_tell_state(struct importing *job, const char *state);
bool import_tell_end(struct importing *job, struct err *err);

/* Fees by currency, and which of them have no exchange rate. */
void import_rates_begin(struct importing *job);
void import_rates_count(struct importing *job, const struct record *record);
void import_rates_tell(struct importing *job, struct buf *line);

/* The file of --report: written aside and put in place when it is whole. */
bool import_report_open(struct importing *job, struct err *err);
bool import_report_close(struct importing *job, struct err *err);
/* The file of --rejects: only there where a row was rejected, and the import ended well (`ok`). */
bool import_rejects_open(struct importing *job, struct err *err);
bool import_rejects_close(struct importing *job, bool ok, struct err *err);

#endif
