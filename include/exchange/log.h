#ifndef MICROSCOPE_EXCHANGE_LOG_H
#define MICROSCOPE_EXCHANGE_LOG_H

#include "exchange/import.h"
#include "exchange/writer.h"

/* The report of an import as JSON (`--report R.json`), written as it happens, so that a million
 * rejects take no memory:
 *
 *     {"files": [{"file": …, "plan": {…}, "problems": [{…}, …], "mixed_units": [{…}, …],
 *                 "result": {…}}, …]}
 *
 * with the keys of import_log_keys. Per file: import_log_plan, import_log_problem …, import_log_mixed
 * …, import_log_result; import_log_end at last. */
struct import_log {
    struct writer_out out;
    size_t files;
    size_t problems;  /* of this file */
    struct buf mixed; /* of this file, not written yet */
    struct err err;   /* of the first write that failed */
    bool failed;
};

void import_log_init(struct import_log *log, struct writer_out out);
void import_log_plan(struct import_log *log, const struct import_plan *plan);
void import_log_problem(struct import_log *log, const struct import_problem *problem);
void import_log_mixed(struct import_log *log, const struct import_mixed *mixed);
/* What became of the creators in the store. */
struct import_log_written {
    uint64_t added, changed, unchanged;
};
/* `written` NULL: there is no store; `failure` NULL: the run succeeded. */
void import_log_result(struct import_log *log, const struct import_report *report,
                       const struct import_log_written *written, const struct err *failure);
/* False: something could not be written. */
bool import_log_end(struct import_log *log, struct err *err);

/* What a report is made of, for the manual. */
struct import_log_key {
    const char *key;
    const char *help; /* what stands there */
};
extern const struct import_log_key import_log_keys[];
extern const size_t import_log_key_count;

#endif
