#ifndef MICROSCOPE_TESTS_IMPORTED_H
#define MICROSCOPE_TESTS_IMPORTED_H

#include "base/buf.h"
#include "exchange/import.h"

/* An import from memory, with all that came of it as lines to look at.
 *
 * records:  "tiktok/anna name=Anna followers=1200\n", columns in the order of the registry,
 *           unknown ones as "followers=?", snapshots as "history=26"
 * problems: "rejected 12 handle '' no handle\n", "repeat 7<3 handle 'anna' …\n"
 * mixed:    "er 3 percent 2 '4.31%', 1 bare 7 '0.043'\n" */
struct imported {
    struct import_plan plan;
    struct import_report report;
    struct buf records, problems, mixed;
    size_t begun, ended_ok, ended_bad;
    uint64_t counted; /* creators, as the records number them */
    bool planned, ran;
    struct err err;
};

/* `options` NULL: none. */
void import_bytes(struct imported *out, const char *name, struct text bytes,
                  const struct import_options *options);
void import_string(struct imported *out, const char *name, const char *bytes);
/* The same from a file of tests/exchange/fixtures, on 23 November 2026. `map` NULL: none. */
void import_fixture(struct imported *out, const char *name, const struct doc *map);
void imported_release(struct imported *out);

/* The column of the plan with this header; fails the test where there is none. */
const struct import_column *planned(const struct imported *out, const char *header);
void assert_records(const struct imported *out, const char *lines);
void assert_problems(const struct imported *out, const char *lines);
/* The plan was refused, with these words. */
void assert_refused(const struct imported *out, const char *words);

#endif
