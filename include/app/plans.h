#ifndef MICROSCOPE_APP_PLANS_H
#define MICROSCOPE_APP_PLANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/scroll.h"
#include "domain/column.h"
#include "domain/knob.h"
#include "domain/total.h"

struct model;

/* Plans side by side: columns are the one in use, the others of the store, and what the presets would
 * make of the one in use; rows are totals, and the assumptions in which the columns differ. */

enum plans_kind { PLANS_IN_USE, PLANS_KEPT, PLANS_PRESET };

struct plans_column {
    enum plans_kind kind;
    size_t index; /* PLANS_PRESET: of scenario_presets[] */
    char title[SCENARIO_NAME_MOST + 1];
    struct scenario scenario;
    struct totals totals;
    size_t missing; /* creators of its plan that the store no longer has */
    uint64_t stamp; /* PLANS_KEPT: of what the totals are made of */
};

struct plans_row {
    const char *title; /* NULL: of the knob */
    enum unit unit;
    bool less;          /* less is better; a difference is painted so */
    bool neutral;       /* neither is */
    struct knob knob;   /* with a key: an assumption */
    enum column column; /* a total: of which figure; COLUMN_COUNT: of none, see help */
    const char *help;
};

/* What the name that is asked for is the name of. */
enum plans_task { PLANS_NEW, PLANS_COPY, PLANS_RENAME };

struct plans_place {
    struct plans_column *columns;
    size_t count, capacity;
    struct {
        struct plans_row *items;
        size_t count, capacity;
    } rows;
    struct scroll at; /* in rows */
    size_t focus;     /* column */
    /* Column that the others are measured against: its kind and title; an empty title: none. */
    enum plans_kind base_kind;
    char base[SCENARIO_NAME_MOST + 1];
    uint64_t stamp;       /* of what it was made; 0: never */
    enum plans_task task; /* PROMPT_NAME */
    size_t asked;         /* … column it is about */
};
const char *plans_task_title(const struct model *model); /* "Name of the new plan" */
void plans_place_release(struct plans_place *place);

#define PLANS_NONE SIZE_MAX
size_t plans_base(const struct model *model); /* place of its column, or PLANS_NONE */
/* A figure of a row: its number, NaN unknown, INFINITY never; and the sign before it, or ' '. */
double plans_value(const struct plans_column *column, const struct plans_row *row, char *mark);

#define PLANS_COLUMN_LEAST 15
#define PLANS_BELOW_ROWS 8
#define PLANS_BELOW_MOST ((size_t)1000)
bool plans_below(const struct model *model); /* is it there, in short, in the plan too? */

/* Where the table stands on its page. */
int plans_title(const struct model *model);   /* cells of the rows' titles */
int plans_across(const struct model *model);  /* columns in view */
size_t plans_from(const struct model *model); /* the first of them after the one in use */
int plans_height(const struct model *model);  /* rows in view */

#endif
