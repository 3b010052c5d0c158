#ifndef MICROSCOPE_RUNTIME_EXPORT_INTERNAL_H
#define MICROSCOPE_RUNTIME_EXPORT_INTERNAL_H

#include "bar_internal.h"
#include "catalog/query.h"
#include "runtime/whole.h"
#include "verbs_internal.h"

/* So many creators are some 64 KiB of text: as soon as the reader of a pipe took them a signal is
 * seen. */
enum { EXPORT_STEP = 256 };

/* What is asked for. */
enum export_part {
    EXPORT_PLAN = 1,
    EXPORT_COMPARISON = 2,
    EXPORT_LIST = 4,
    EXPORT_ASSUMPTIONS = 8,
    EXPORT_ESTIMATES = 16
};
#define EXPORT_TABLES (EXPORT_PLAN | EXPORT_COMPARISON | EXPORT_LIST)

/* One run of `microscope export`. */
struct exporting {
    const struct cli *cli;
    const char *path; /* of the file; NULL: standard output */
    const struct exporter *format;
    unsigned parts;  /* enum export_part */
    bool parts_said; /* else what there is */
    struct verb_layout layout;
    bool past; /* also past values: all there is, in a format that has room for it */
    char fee_title[16];
    struct whole file;
    struct output output; /* the data, or lines of progress */
    int signal;           /* that asked to stop; 0: none */
    uint64_t done, total; /* creators; the total is about right until the end */
    struct bar bar;
    double line_at;
    struct writer *lines; /* --progress json */
    bool lines_failed;
    struct err lines_err;
};

bool export_tell_begin(struct exporting *job, struct err *err);
/* Takes signals and tells how far it is; false: it is to stop. */
bool export_tell_step(struct exporting *job);
void export_tell_state(struct exporting *job, const char *state);
bool export_tell_end(struct exporting *job, struct err *err);

/* --parts, or what the format takes by itself. */
bool export_parts(struct exporting *job, struct err *err);
/* Of the catalogue: what passes the query, any column. */
bool export_rows(struct exporting *job, struct session *session, const struct query *query,
                 struct writer *writer, struct err *err);
/* The plan or the comparison as one table, or a whole document. */
bool export_parts_out(struct exporting *job, struct session *session, const struct query *query,
                      const struct writer_options *options, struct writer_out out, struct err *err);

#endif
