#ifndef MICROSCOPE_APP_NAMED_H
#define MICROSCOPE_APP_NAMED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/scroll.h"
#include "app/undo.h"
#include "base/buf.h"
#include "base/doc.h"
#include "base/err.h"
#include "catalog/query.h"

struct model;

/* Views by name: a filter, and where it says so an order, columns and the plan it is meant for. What a
 * view does not say stays as it is. Those of the user are kept in the store, others come with the
 * program. */

/* What a view says, as words; borrowed. */
struct named_says {
    struct text filter;   /* as filter_print(); empty: all creators */
    struct text order;    /* "-roi,handle"; empty: not said */
    struct text columns;  /* as chosen_print(); empty: not said */
    struct text scenario; /* empty: not said */
};
/* As lines, in this order. */
void named_write(const struct named_says *says, struct buf *lines);
struct named_says named_read(struct text lines);
bool named_says_equal(const struct named_says *a, const struct named_says *b);

struct named_view {
    char name[VIEW_NAME_MOST + 1];
    struct buf lines;
};
struct named_views {
    struct named_view *items;
    size_t count, capacity;
    uint64_t revision; /* moves with every change */
};
void named_release(struct named_views *views);
/* Of exactly this name, or in other case and accents; NULL: none. */
struct named_view *named_find(const struct named_views *views, struct text name);
struct named_view *named_alike(const struct named_views *views, struct text name);
/* Replaces the one of this name, or adds it at a place among the others. */
void named_put(struct named_views *views, struct text name, struct text lines, size_t place);
void named_drop(struct named_views *views, struct text name);

struct named_builtin {
    const char *name;
    const char *filter, *order;
    const char *help; /* what it is good for */
};
extern const struct named_builtin named_builtins[];
extern const size_t named_builtin_count;

/* What the view called so says, case and accents ignored, the user's before those of the program; *name is
 * as it is kept. False: there is none, and the nearest is named. */
bool named_look_up(const struct named_views *views, struct text wanted, struct text *name,
                   struct named_says *says, struct err *err);

/* 1 to VIEW_NAME_MOST bytes, safe to show as it is, no blank around it, none of the program's. */
bool named_name_allowed(struct text name, struct err *err);

/* Puts what a view says over a query and columns. Not strict: words that no creator has are kept. On
 * failure err tells which part cannot be read, and nothing changed. */
bool named_apply(const struct named_says *says, struct sheet *sheet, struct query *query,
                 struct chosen *chosen, struct err *err);
/* What is on the screen in the words of a view; the plan is left out. */
void named_print(const struct query *query, const struct chosen *chosen, struct buf *lines);

/* A file of views:
 *
 *   views:
 *   - name: Skin care under 500
 *     filter: niche:skincare fee<500
 *     sort: -roi
 *     columns: [platform, followers, er, fee, roi]
 *     frozen: platform
 *     widths: {followers: 12}
 *     scenario: spring
 *
 * All but the name may be missing. */
extern const char named_example[];
void named_to_doc(const struct named_views *views, struct doc *out);
/* Complaints have their line and column. `views` begins empty. */
bool named_from_doc(const struct doc *doc, struct named_views *views, struct err *err);

/* ---- the list of views on the screen ---- */

enum named_task { NAMED_SAVE, NAMED_RENAME };

#define NAMED_UNCOUNTED SIZE_MAX
struct named_place {
    size_t cursor, top;
    struct named_counts {
        size_t *items; /* creators each shows now, in the order of the lines */
        size_t count, capacity;
    } counts;
    uint64_t counted; /* revision of the views */
    struct query_result result;
    enum named_task task;
    char asked[VIEW_NAME_MOST + 1]; /* which one is renamed */
    bool replaces;                  /* it was said that there is one of this name */
};
void named_place_release(struct named_place *place);

/* A line of the list. */
struct named_line {
    const char *name;
    struct named_says says;
    const struct named_builtin *builtin; /* NULL: the user's */
    size_t count;                        /* creators; or NAMED_UNCOUNTED */
};
size_t named_line_count(const struct model *model);
struct named_line named_line(const struct model *model, size_t at);
const char *named_task_title(const struct model *model); /* of the prompt for a name */
/* What Enter would do there, where that is not plain; NULL: it is. */
const char *named_question(const struct model *model);
/* Does the screen show something else than the view that is used says? */
bool named_differs(const struct model *model);

#endif
