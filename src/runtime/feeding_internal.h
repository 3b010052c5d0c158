#ifndef MICROSCOPE_RUNTIME_FEEDING_INTERNAL_H
#define MICROSCOPE_RUNTIME_FEEDING_INTERNAL_H

#include "exchange/import.h"
#include "exchange/stream.h"
#include "exchange/writer.h"
#include "feed_input_internal.h"
#include "runtime/cli.h"
#include "runtime/output.h"
#include "store/store.h"
#include "store/writer.h"

/* One run of `microscope feed`: small transactions, one after the other. */

#define FEED_SECONDS 0.1      /* between two transactions, at least */
#define FEED_LOOK_SECONDS 0.2 /* between two looks at a file that grows */

/* What came of lines or of simulated looks. */
struct feed_counts {
    uint64_t lines, rejected;
    uint64_t added, changed, unchanged; /* of creators, once a transaction */
};

struct feeding {
    const struct cli *cli;
    const char *name; /* of what comes in, for people */
    struct store *store;
    struct store_writer *writer;
    struct record_sink sink;
    struct feed_counts done, part; /* in the store; of this transaction */
    double written_at;             /* the latest transaction, as loop_now() counts */
    int signal;                    /* that asked to stop; 0: none */
    bool failed;

    /* who listens on standard output: --progress */
    struct output output;
    struct writer *lines;
    int listener;       /* -1: nobody whose leaving could be noticed */
    bool listener_gone; /* it wants no more of it */
    bool listener_failed;
    double told_at;
    uint64_t told_lines;

    /* lines that cannot be used */
    struct buf said;    /* on standard error, when the transaction is done */
    struct buf rejects; /* as they go into the file */
    struct writer *reject_lines;
    struct buf reject_path;
    int reject_file;  /* -1: none yet */
    bool reject_full; /* no more of them are kept */
    uint64_t told[TROUBLE_COUNT];
};

bool feeding_begin(struct feeding *it, const struct cli *cli, const char *name, struct err *err);
/* Says why it could not begin, unless it was asked to stop; an exit status. */
int feeding_not_begun(const struct feeding *it, const struct err *err);
void feeding_release(struct feeding *it);

/* Whether to go on: takes signals, notices a listener that is gone. */
bool feeding_goes_on(struct feeding *it);
/* Until `deadline`, a signal, or something to read from `input`; negative: nothing. True: that. */
bool feeding_wait(struct feeding *it, int input, double deadline);

/* One transaction of what `fill` puts into it->sink, which may have to be filled again. Waits for
 * whoever writes to the store, without limit; once the work is to end, only a moment. */
bool feeding_commit(struct feeding *it, bool (*fill)(void *self, struct err *err), void *self,
                    struct err *err);

/* A problem of the present line, which becomes a part of what is told and kept. */
void feeding_problem(struct feeding *it, const struct import_problem *problem, struct text line);
bool feeding_problems_open(struct feeding *it, struct err *err);
/* With the transaction: keeps, then tells. */
void feeding_problems_keep(struct feeding *it);
void feeding_problems_tell(struct feeding *it);
void feeding_problems_drop(struct feeding *it);
void feeding_problems_release(struct feeding *it);

bool feeding_progress_begin(struct feeding *it, struct err *err);
void feeding_progress(struct feeding *it, const char *state); /* "feeding": now and then */
void feeding_progress_end(struct feeding *it);

/* What all of it came to, on standard error; an exit status. */
int feeding_end(struct feeding *it, double seconds);

int feed_simulate(struct feeding *it, const struct cli *cli);

#endif
