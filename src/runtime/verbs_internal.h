#ifndef MICROSCOPE_RUNTIME_VERBS_INTERNAL_H
#define MICROSCOPE_RUNTIME_VERBS_INTERNAL_H

#include "app/named.h"
#include "base/doc.h"
#include "catalog/filter.h"
#include "catalog/sheet.h"
#include "domain/column.h"
#include "exchange/writer.h"
#include "runtime/cli.h"
#include "runtime/config.h"
#include "runtime/output.h"

extern const struct verb_action scenario_actions[], plan_actions[], imports_actions[],
    views_actions[];

/* What the rows of verbs[] run. */
int verb_explore(const struct cli *cli);
int verb_import(const struct cli *cli);
int verb_imports(const struct cli *cli);
int verb_feed(const struct cli *cli);
int verb_demo(const struct cli *cli);
int verb_list(const struct cli *cli);
int verb_export(const struct cli *cli);
int verb_compare(const struct cli *cli);
int verb_tiers(const struct cli *cli);
int verb_generate(const struct cli *cli);
int verb_scenario(const struct cli *cli);
int verb_views(const struct cli *cli);
int verb_plan(const struct cli *cli);
int verb_peers(const struct cli *cli);
int verb_columns(const struct cli *cli);
int verb_commands(const struct cli *cli);
int verb_themes(const struct cli *cli);
int verb_config(const struct cli *cli);
int verb_help(const struct cli *cli);

/* Helpers they share. */

/* The option that settles a setting; false: none does. */
bool cli_option_of(enum setting_id id, enum cli_option *option);

/* Tells a failure and gives its exit status. */
int verb_failed(const struct err *err);
int verb_misused(const struct err *err);

/* Runs the action that the first word names, `standard` where there is none. */
int verb_act(const struct cli *cli, const char *standard);

/* "tiktok/lena" or a profile link name the platform and leave the handle in *word; a bare handle is
 * left as it is: false. */
bool verb_creator_word(struct text *word, enum platform *platform);
/* The living creator that the word names. False: none, or on several platforms; err has who was meant. */
bool verb_creator(const struct catalog *catalog, const char *word, uint32_t *row, struct err *err);

/* Puts a text on standard output and releases it; an exit status. */
int verb_print(struct buf *text);

/* The default or named store, which has to be there. A missing one is told in words that say what to
 * do. */
bool verb_store(const struct cli *cli, struct buf *path);
/* Opens it for reading, with all in it and the scenario of --scenario. False: told, to exit with
 * EXIT_FAILED. */
struct session;
bool verb_session(const struct cli *cli, struct session *session);

/* The exporter of --format; without the option `standard`. NULL: unknown, explained. */
const struct exporter *verb_format(const struct cli *cli, const char *standard, struct err *err);
/* The same of any word, and for a file: what a terminal cannot show is refused by the other. */
const struct exporter *verb_format_named(const char *name, struct err *err);
bool verb_format_shown(const struct exporter *format, struct err *err);
struct writer_options verb_writer_options(const struct cli *cli);

/* A table in any of the formats to standard output; `fill` writes its rows, `people` says that they are
 * to be read by somebody. Returns an exit status. */
struct verb_table {
    const struct writer_column *columns;
    size_t count;
    bool (*fill)(void *self, struct writer *writer, bool people, struct err *err);
    void *self;
};
int verb_print_table(const struct cli *cli, const struct verb_table *table);

/* One cell of a table of creators. People read fees in the scenario's currency, with estimates where
 * none is known; programs get what is stored, in the row's own currency. */
struct writer_cell verb_cell(struct sheet *sheet, enum column column, uint32_t row, bool people,
                             struct buf *text);

/* The columns of a table of creators and what stands above them. */
struct verb_layout {
    enum column chosen[COLUMN_COUNT + 2];
    struct writer_column columns[COLUMN_COUNT + 2];
    size_t count;
};
void verb_layout_add(struct verb_layout *layout, enum column column); /* once only */
/* Those of the list on the screen; for programs what tells two creators apart and whose fee it is. */
void verb_layout_standard(struct verb_layout *layout, bool people, const struct config *config);
/* Those of --columns. False: wrong use. */
bool verb_layout_named(struct verb_layout *layout, const char *words, struct err *err);
/* When all are there. `fee_title` NULL: its own, like every column's. */
void verb_layout_titles(struct verb_layout *layout, const char *fee_title);

/* What the view of --view says; nothing without it. */
struct named_says verb_view(const struct session *session);
/* Its columns, in their order. False: it says none. */
bool verb_layout_view(struct verb_layout *layout, struct text columns_said, bool people);

/* A file of YAML, "-" standard input, read by `read`; complaints name it with line and column. */
bool verb_yaml(const char *path, bool (*read)(void *self, const struct doc *doc, struct err *err),
               void *self, struct err *err);

/* What --view hides creators by, and the words from `from` on as a filter, released by the caller. False: told, to exit with EXIT_USAGE. */
bool verb_filter(const struct cli *cli, size_t from, struct session *session,
                 struct filter *filter);

/* The writer of --progress, begun; *lines is NULL without the option. False: wrong use. */
bool verb_progress(const struct cli *cli, struct output *output, const struct writer_column *layout,
                   size_t count, struct writer **lines, struct err *err);
/* Takes the signals that came: stops and goes on as told; one that ends the work is kept in *ending. */
void verb_signals(int *ending);

/* The option as a whole number within limits; `standard` where it was not given. */
bool verb_whole(const struct cli *cli, enum cli_option option, double least, double most,
                double *value, struct err *err);

#endif
