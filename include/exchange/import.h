#ifndef MICROSCOPE_EXCHANGE_IMPORT_H
#define MICROSCOPE_EXCHANGE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/doc.h"
#include "base/err.h"
#include "base/number.h"
#include "domain/column.h"
#include "domain/platform.h"
#include "domain/record.h"
#include "exchange/source.h"

/* From a creator list as people publish it to records. First a plan (which column means what, and
 * why), then, if the user agrees, one pass over the file with flat memory:
 *
 *     source_open → import_plan → import_plan_print → import_run → source_release
 */

#define IMPORT_CELL_MOST ((size_t)1 << 20) /* bytes of one cell, one quoted run, one JSON element */
#define IMPORT_COLUMNS_MOST 4096

/* What the user said beforehand. Zeroed is not valid: use import_options_init(). */
struct import_options {
    enum platform platform; /* PLATFORM_COUNT: not said */
    double date;            /* when the list was made; NaN: not said */
    double now;             /* nothing is of later than this; NaN: not known, nothing is checked */
    const struct doc *map;  /* a mapping file, see import_map_keys; NULL: none */
    bool ask;               /* what only the user can know is left open: see plan.missing */
};
void import_options_init(struct import_options *options);

enum import_encoding {
    ENCODING_UTF8,
    ENCODING_UTF8_BOM,
    ENCODING_UTF16_LE,
    ENCODING_UTF16_BE,
    ENCODING_WINDOWS_1252, /* Latin-1 too: the two differ only in bytes that Latin-1 has no signs for */
    ENCODING_WINDOWS_1251,
    ENCODING_NAMED, /* another that iconv knows, as the map says: see plan.encoding_name */
    ENCODING_COUNT
};
extern const char *const import_encoding_words[ENCODING_COUNT];

/* What becomes of a column of the file. */
enum import_use {
    USE_IGNORED,     /* nothing; `why` says the reason */
    USE_COLUMN,      /* the value of `column` */
    USE_DATE,        /* when the row was seen: audience_at, engagement_at, fee_at */
    USE_LINK,        /* profile link: url; handle and platform where nothing else says them */
    USE_ENGAGEMENTS, /* count of engagements per post: with followers a stated rate */
    USE_HIDDEN,      /* true: the followers are hidden, so unknown */
    USE_TIER_LABEL,  /* somebody's tier: compared with ours, not kept */
    USE_SNAPSHOTS,   /* past values in columns */
    USE_FEE_FORMAT,  /* of which format the fee of the same `group` is */
    USE_POSTS,       /* JSON list of single posts: averages, sample and window come out of it */
    USE_COUNT
};

enum import_scale { SCALE_AS_IS, SCALE_PERCENT /* a bare 1.39 is 0.0139 */ };

struct import_column {
    struct text name; /* header as written; JSON: path of keys, "statistics.viewCount" */
    size_t place;     /* 1-based, of the column in the file; JSON: order of appearance */
    enum import_use use;
    enum column column; /* for USE_COLUMN */
    enum import_scale scale;
    struct number_style numbers; /* what ',' and '.' mean in its figures */
    unsigned currency;           /* named by the header; CURRENCY_NONE */
    struct text format;          /* of a fee: the deliverable the header names, "story"; null */
    unsigned group;              /* Price2 and Post_kind2 belong together: 2; 0: none */
    bool capitals;               /* of a set: "MusicCinema" is two words */
    struct text why; /* a phrase: "header", "your map", "lifetime total, not per post" */
    bool guess;      /* what it is taken for is one */
    struct text scale_why, numbers_why; /* null: nothing had to be decided */
    bool scale_guess, numbers_guess;
    struct text example; /* first known value; null: none */
    size_t empty;        /* rows of the sample without a known value */
};

/* What is decided for a list as a whole, or for one of its columns; the order of a form. */
enum import_topic {
    TOPIC_ENCODING,
    TOPIC_SEPARATOR,
    TOPIC_HEADER,
    TOPIC_LIST,
    TOPIC_PLATFORM,
    TOPIC_NUMBERS, /* what ',' and '.' mean; of the whole, or of a column that differs */
    TOPIC_DATES,   /* whether 05/06/2026 begins with the day */
    TOPIC_DATE,
    TOPIC_CURRENCY,
    TOPIC_ER_BASIS,
    TOPIC_COLUMN, /* what becomes of a column */
    TOPIC_SCALE,  /* its unit, percent or fraction */
    TOPIC_COUNT
};
extern const char *const import_topic_keys[TOPIC_COUNT]; /* of the mapping file; "columns" */

#define IMPORT_WHOLE SIZE_MAX

/* One decision, with all that is needed to show it, to ask about it, and to overrule it. */
struct import_decision {
    enum import_topic topic;
    size_t column;      /* of plan.columns; IMPORT_WHOLE */
    struct text title;  /* "Platform", "1.500 means", the header */
    struct text chosen; /* as a mapping file says it: "instagram", "german", "er percent"; null:
                         * nothing could be found */
    struct text shown;  /* as a person reads it: "1,500", "3 Aug 2026" */
    struct text why;
    bool guess;                 /* a question: the file does not settle it */
    const struct text *choices; /* other words for `chosen`, itself among them; NULL: any value */
    size_t choice_count;
};

struct importer;
struct import_walk; /* rows on their way to records; private */

/* Plain data; everything it points to lives in its arena. */
struct import_plan {
    struct arena arena;
    struct text file; /* name of the source */
    const struct importer *importer;
    enum import_encoding encoding;
    struct text encoding_name; /* of ENCODING_NAMED; null */
    struct text encoding_why;
    bool encoding_guess;
    char separator;      /* CSV */
    bool separator_said; /* by the map or by a first line "sep=;" */
    size_t header_line;  /* CSV: 1-based physical line; 0: JSON */
    size_t lead;         /* columns in front that a file of rejects adds: see exchange/rejects.h */
    struct text wrapper; /* JSON: key path of the list inside an object; null: the list is bare */
    struct text inner;   /* JSON: each element holds a list of its own under this key; null */
    enum platform platform; /* of all rows; PLATFORM_COUNT: each row says */
    struct text platform_why;
    bool platform_guess;
    double date; /* of rows that have none of their own; NaN: unknown */
    struct text date_why;
    bool date_guess, date_said;  /* date_said: by the user */
    double now;                  /* see import_options */
    double changed;              /* when the file was last changed; NaN */
    struct number_style numbers; /* of columns that do not say otherwise */
    bool numbers_said, numbers_guess;
    struct text numbers_why;     /* null: no figure depends on it */
    struct text numbers_example; /* that could be read in two ways; null: none */
    enum date_order dates;       /* of dates whose year comes last */
    bool dates_said, dates_guess;
    struct text dates_why;     /* null: there are none such */
    struct text dates_example; /* one that could be read in two ways, if there is one */
    enum er_basis er_basis;    /* of a stated rate where the file does not say; BASIS_NONE: the
                             * platform's own */
    unsigned currency;         /* of fees that name none; CURRENCY_NONE */
    struct text currency_why;  /* null: every fee names its own, or there are none */
    bool ours;                 /* every header is a key of ours: an export of this program */
    struct import_column *columns;
    size_t column_count;
    size_t sample_rows;
    bool sample_whole; /* there are no others */
    struct import_decision *decisions;
    size_t decision_count;
    const char *missing; /* what has to be said before it can be run: "platform", "handle"; NULL:
                          * nothing, as always without options.ask */
    struct text *notes;  /* decisions worth a look: rivals, units, unusual rows before the header */
    size_t note_count;
};

/* The table of formats: csv (also tsv), json, jsonl. */
struct importer {
    const char *name;
    const char *extensions; /* without dots, '|' between */
    /* Could these first bytes (UTF-8) be of this format? */
    bool (*sniff)(struct text sample);
    bool (*plan)(struct import_plan *plan, struct text sample, bool whole,
                 const struct import_options *options, struct err *err);
    bool (*run)(const struct import_plan *plan, struct source *source, struct import_walk *walk,
                struct err *err);
};
extern const struct importer importers[];
extern const size_t importer_count;

/* Decides everything about `source` from its first bytes; consumes nothing. False: not readable, not
 * a creator list, no handle, or a platform that only --platform can tell; the message says so. With
 * options.ask the last two leave a plan with something missing instead, for a form to ask about.
 * `out` is released by import_plan_release() in either case. */
bool import_plan_make(struct source *source, const struct import_options *options,
                      struct import_plan *out, struct err *err);
void import_plan_release(struct import_plan *plan);
/* The plan as lines for people, unsafe text made safe; ends with a newline. */
void import_plan_print(const struct import_plan *plan, struct buf *out);
/* The same in a few lines: what the list is, which columns are read, and every note. */
void import_plan_brief(const struct import_plan *plan, struct buf *out);

const char *import_plan_encoding(const struct import_plan *plan); /* as people call it */
size_t import_plan_guesses(const struct import_plan *plan);       /* decisions that are questions */

/* The whole plan as a mapping file: planned with it, the same bytes give the same import, whatever is
 * guessed otherwise. The date is in it only where the user said it. `out` is made whole:
 * doc_release() it, yaml_write() it. */
void import_plan_map(const struct import_plan *plan, struct doc *out);
/* Puts what a decision should be instead into `map` (zeroed: an empty one; it may be one of a user),
 * to be planned with again. `choice` is one of the decision's, or what a mapping file may say there;
 * it is checked by the planning. */
void import_map_put(struct doc *map, const struct import_plan *plan,
                    const struct import_decision *decision, struct text choice);

/* Keys of a mapping file, all optional; unknown keys are errors with line and column. */
struct import_map_key {
    const char *key;
    const char *help; /* what stands behind it */
};
extern const struct import_map_key import_map_keys[];
extern const size_t import_map_key_count;
extern const char import_map_example[]; /* lines */

/* What is wrong with one row or cell. Borrowed for the call. */
enum import_trouble {
    TROUBLE_REJECT,  /* the row was not used */
    TROUBLE_CELL,    /* the value could not be read and counts as unknown; the row is used */
    TROUBLE_REPEAT,  /* the same creator again: this row wins over `first_line` */
    TROUBLE_WARNING, /* used, but look at it: text after a number, a mixed unit */
    TROUBLE_LABEL,   /* somebody's tier is another than the count of followers makes it */
    TROUBLE_COUNT
};
extern const char *const import_trouble_words[TROUBLE_COUNT]; /* "rejected", "unknown", … */

struct import_problem {
    enum import_trouble trouble;
    size_t line;        /* 1-based physical line where the row starts; JSON: of the element */
    size_t column;      /* 1-based column of the file; 0: the whole row */
    struct text header; /* of that column; null */
    struct text value;  /* as in the file, cut to 200 bytes; null */
    size_t first_line;  /* TROUBLE_REPEAT */
    const char *reason; /* "no handle", "not a number" */
    struct text raw;    /* TROUBLE_REJECT, where listener.rows asks for it: the row as it stands in
                         * the file, in UTF-8, without its end; JSON: without blanks between values;
                         * null: it cannot be told */
    bool broken;        /* raw is no row, or no object */
};

/* Ways to write the figures of a column. */
enum import_written {
    WRITTEN_PERCENT, /* "4.31%" */
    WRITTEN_ROUNDED, /* "10.4M" */
    WRITTEN_BARE,    /* "0.043", "10400000"; of counts from 1,000 on: nobody rounds smaller ones */
    WRITTEN_COUNT
};
extern const char *const import_written_words[WRITTEN_COUNT]; /* "percent", … */

/* A column whose figures are written in more than one way. Borrowed for the call. */
struct import_mixed {
    size_t column;      /* 1-based place in the file */
    struct text header; /* of that column */
    struct {
        uint64_t rows;     /* 0: none so */
        size_t line;       /* of the first, … */
        struct text value; /* … and what stands there, cut to 40 bytes */
    } ways[WRITTEN_COUNT];
};

struct import_report {
    uint64_t rows;      /* rows with anything in them, after the header */
    uint64_t emitted;   /* records put into the sink */
    uint64_t rejected;  /* rows not used */
    uint64_t creators;  /* distinct (platform, key) among the records */
    uint64_t repeats;   /* rows whose creator came before in the file … */
    uint64_t identical; /* … of which say exactly the same; these are not put again */
    uint64_t cells;     /* values that could not be read */
    uint64_t warnings;
    uint64_t snapshots;      /* past values in the records */
    uint64_t tiers_disagree; /* labels that contradict the count of followers */
    uint64_t late_columns;   /* JSON: keys first seen after the sample, not read */
};

/* Who is told along the way; members may be NULL. */
struct import_listener {
    void *self;
    /* Every problem, in file order: nothing is capped, keep what you need. */
    void (*problem)(void *self, const struct import_problem *problem);
    /* Now and then. False cancels: the run fails with "cancelled" and the sink is undone. `total` 0:
     * unknown. */
    bool (*progress)(void *self, uint64_t bytes, uint64_t total, uint64_t rows);
    /* At the end, each such column. */
    void (*mixed)(void *self, const struct import_mixed *mixed);
    bool rows; /* rejected rows are wanted as they stand, see import_problem.raw */
};

/* Of a plan with nothing missing. Reads the source from its front and puts a record per usable row into `sink`, which it begins and
 * ends: ok where the file was read to its end. A broken file is an error only where nothing after
 * the break can be trusted (JSON that stops midway gives a rejected element, what came before is
 * kept). `report` is filled either way. Records carry platform, handle, and what the row has: absent
 * columns are absent, unreadable or unknown values are present and unknown. Fees in minor units with
 * fee_origin imported (or quoted where the file says so). */
bool import_run(const struct import_plan *plan, struct source *source,
                const struct record_sink *sink, const struct import_listener *listener,
                struct import_report *report, struct err *err);

#endif
