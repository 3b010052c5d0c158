#ifndef MICROSCOPE_APP_MODEL_H
#define MICROSCOPE_APP_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/bindings.h"
#include "app/calm.h"
#include "app/changes.h"
#include "app/chosen.h"
#include "app/command.h"
#include "app/effect.h"
#include "app/field.h"
#include "app/first.h"
#include "app/form.h"
#include "app/goal_prompt.h"
#include "app/hand.h"
#include "app/imports.h"
#include "app/kept.h"
#include "app/layout.h"
#include "app/line.h"
#include "app/message.h"
#include "app/named.h"
#include "app/picker.h"
#include "app/proposal.h"
#include "app/plan.h"
#include "app/plans.h"
#include "app/range.h"
#include "app/said.h"
#include "app/scroll.h"
#include "app/tiers.h"
#include "app/told.h"
#include "app/tour.h"
#include "app/undo.h"
#include "app/wear.h"
#include "base/date.h"
#include "base/number.h"
#include "catalog/catalog.h"
#include "catalog/compare.h"
#include "catalog/query.h"
#include "catalog/score.h"
#include "catalog/search.h"
#include "catalog/sheet.h"
#include "domain/peer.h"
#include "domain/scenario.h"
#include "domain/tier.h"

struct subject;

/* Everything the screen shows follows from this. Only update() changes it; panes read it. */

enum place {
    PLACE_EXPLORE,
    PLACE_DETAIL,
    PLACE_COMPARE,
    PLACE_PLAN,
    PLACE_PLANS,
    PLACE_TIERS,
    PLACE_CHANGES,
    PLACE_IMPORT,  /* the form of an import */
    PLACE_IMPORTS, /* the last ones */
    PLACE_FIRST,   /* in the place of the list where there are no creators */
    PLACE_COUNT
};
enum focus { FOCUS_LIST, FOCUS_FILTERS, FOCUS_DETAIL };
enum overlay {
    OVERLAY_NONE,
    OVERLAY_WHY,
    OVERLAY_HELP,
    OVERLAY_SUBJECT, /* what `i` explains where there is no figure of a creator */
    OVERLAY_GONE,
    OVERLAY_TOLD, /* all that the status line told */
    OVERLAY_PICKER,
    OVERLAY_NAMED
};
enum prompt {
    PROMPT_NONE,
    PROMPT_FILTER,
    PROMPT_SEARCH,
    PROMPT_VALUE, /* of a group of the filter pane */
    PROMPT_FIELD,
    PROMPT_FILL,
    PROMPT_COMMAND,
    PROMPT_GOAL,
    PROMPT_NAME,
    PROMPT_VIEW,
    PROMPT_ANSWER,
    PROMPT_HAND,
    PROMPT_HAND_FILE,
    PROMPT_NOTE,
    PROMPT_COUNT
};

#define LIST_COLUMNS_MOST                                                                          \
    (LIST_CHOSEN_MOST + 8) /* the rest is for those that stand in every list */

/* A column of the list as it stands on the screen. */
enum list_part {
    LIST_FIGURE, /* a column of the registry, one cell for its sign before, one for its mark after */
    LIST_NAME,   /* handle */
    LIST_BAR,    /* bar of the order's figure */
    LIST_AGE,    /* of the oldest stale group */
    LIST_TREND   /* the followers of late, as a line */
};
struct list_column {
    enum list_part part;
    enum column column;
    int at, width; /* cells within the list; figures stand right in it */
};
/* What the cell cursor calls it: LIST_CHOSEN_TREND, or of the registry. False: it never stands there. */
bool list_cell_of(const struct list_column *shown, enum column *cell);

/* The comparison shows figures, or the followers over time: as they are, or from a day on which all are
 * 100. */
enum compare_past { COMPARE_FIGURES, COMPARE_PAST, COMPARE_PAST_INDEXED, COMPARE_PASTS };
struct past_line {
    int64_t id; /* 0: none */
    double *x, *y;
    size_t count;
};

/* The followers of a creator over the last half year that is known, at even distances of time. */
#define TREND_VALUES 8
#define TREND_SPAN (180 * DATE_DAY)
#define TRENDS_KEPT 256 /* more than there are rows on a screen */
struct trend {
    int64_t id;           /* 0: none */
    double at, followers; /* of the present it was read under */
    double values[TREND_VALUES];
    size_t count; /* TREND_VALUES, or 0: there is no past */
};

/* A knob that a prompt changes while it is typed, and how it was: of a group, its members. */
struct setting {
    bool on;
    struct knob knob;
    struct knob_change changes[KNOB_MEMBERS_MOST];
    size_t count;
};

/* What a folder holds that can be imported; for completion. */
struct paths {
    bool asked;
    struct buf folder; /* as it was typed, with its / */
    struct arena arena;
    struct text *items; /* folders end in / */
    size_t count, capacity;
};

/* The figures whose medians the status line shows. */
#define TOTALS 3
extern const enum column total_columns[TOTALS];

struct facet_line { /* a line of the filter pane */
    size_t facet;   /* of query_result.facets */
    size_t
        value; /* FACET_TITLE, FACET_MORE, FACET_BLANK, FACET_HISTOGRAM, FACET_RANGE or a value of it */
};
#define FACET_TITLE SIZE_MAX
#define FACET_MORE (SIZE_MAX - 1)
#define FACET_BLANK (SIZE_MAX - 2)
#define FACET_HISTOGRAM (SIZE_MAX - 3) /* `facet` is the histogram */
#define FACET_RANGE (SIZE_MAX - 4)     /* its range, in words */
#define FACET_LEAST FACET_RANGE        /* values are below all of these */

struct facet_lines {
    struct facet_line *items;
    size_t count, capacity;
    int rows;      /* of the pane they were made for */
    bool narrowed; /* to what is being looked for */
};

struct model {
    /* what there is */
    struct catalog *catalog;
    struct sheet *sheet;
    struct scenario scenario;
    struct kept_scenarios plans; /* all scenarios */
    uint64_t gathered;           /* COL_PLAN when the plan of the one in use was gathered last */
    struct peers peers;
    struct benchmarks benchmarks;     /* of the user's own */
    const struct tier_preset *preset; /* of the program, or one of … */
    struct tier_own own_tiers;
    char tiers_named[TIER_WORD_MOST + 1];    /* chosen for this store, known or not; empty: none */
    char tiers_standard[TIER_WORD_MOST + 1]; /* where none is */
    struct number_style style;
    struct bindings bindings; /* keys of the user's own */
    bool mouse_off;           /* it is the terminal's */
    bool select_option;       /* the key that selects text in spite of it is Option, not Shift */
    bool confirm;             /* keys that quit or suspend ask once more */
    enum column standard[LIST_CHOSEN_MOST]; /* of a list nobody has changed */
    size_t standard_count;                  /* 0: those of the program */
    double now;
    char store_name[128]; /* for the screen; not made safe */
    bool read_only;
    bool sample; /* the store is of invented creators: there is a tour through it */
    bool loading;
    bool loading_again; /* into what was loaded before: the view is the user's */
    uint64_t loaded, load_total;
    double load_seconds; /* since it began */

    /* what is asked */
    struct query query;
    struct query asked; /* the one the result is of */
    struct query_result result;
    size_t pending;               /* creators that came since and wait to be taken in */
    struct calm calm;             /* what others write while one looks */
    struct median totals[TOTALS]; /* over result.rows */
    struct views views;
    struct named_views saved; /* the user's, by name */
    struct named_place named_place;
    char named[VIEW_NAME_MOST +
               1];      /* the view that is used, even where it was changed since; or empty */
    bool named_differs; /* something is not as it says */

    /* where one is */
    struct layout layout;
    enum place place;
    enum focus focus;
    bool filters_open;    /* the filter pane where the width has no room for it */
    bool zoomed;          /* the list takes the whole width */
    struct splits splits; /* where the user put the borders beside it, in this session */
    enum border held;     /* the one that the mouse has hold of */
    int64_t cursor_id;    /* creator under the cursor; 0: none */
    struct scroll list;
    enum column cell;     /* column under the cell cursor, LIST_CHOSEN_TREND among them */
    struct chosen chosen; /* columns the user wants */
    size_t list_from;     /* of those that are not frozen, the first in view */
    bool from_top;        /* another list was asked for: the next one begins at its first row */
    int64_t chose_id;     /* whom the user put the cursor on; where it left him, nobody is chosen */
    bool moved; /* a key was pressed since the start: the cursor no longer follows the load */
    struct scroll facet;        /* in facet_lines */
    struct scroll facet_before; /* when a value began to be looked for */
    struct ranges ranges;
    struct facet_lines facet_lines;
    uint32_t facets_unfolded; /* bit i: facet i shows all its values */
    struct scroll lift;       /* which filter to lift, when nothing matches */
    struct scroll detail;     /* in detail_columns, then in detail_texts */
    bool past_open;           /* the detail shows figures over time */

    /* comparison */
    int64_t compare_ids[COMPARE_MOST];
    int compare_count;
    int compare_focus;
    int64_t compare_reference;               /* id; 0: none */
    struct scroll compare_row;               /* in the lines that are shown */
    const struct compare_line *compare_line; /* the one it stands on; NULL: never was on any */
    bool compare_returns; /* it goes back to that one: it was opened, or other rows are shown */
    bool compare_folded;
    size_t compare_equal; /* rows that say the same of all, folded or not */
    struct comparison comparison;
    size_t compare_lines[COMPARE_ROWS]; /* of comparison.lines, those shown */
    size_t compare_line_count;
    struct score_weights weights;
    struct score score;   /* of those compared, where anything has a weight */
    uint64_t score_stamp; /* of what it was made from */
    bool scored;          /* it has a row */
    enum compare_past compare_past;
    struct past_line past_lines[COMPARE_MOST];

    /* plan */
    struct plan_place plan;
    struct tiers_place tiers;
    struct plans_place side_by_side;
    bool detail_of_plan; /* the detail was opened there: its creators, and the way back */
    struct changes_place changes;
    bool detail_of_changes; /* likewise */

    /* filling the budget; open while PROMPT_FILL is */
    struct proposal proposal;

    struct hand hand; /* handing over; open while PROMPT_HAND or PROMPT_HAND_FILE is */

    /* on top */
    enum overlay overlay;
    enum overlay overlay_below;    /* of help: what it goes back to */
    struct scroll overlay_scroll;  /* why, help */
    struct scroll below_scroll;    /* of what is below help */
    const struct subject *subject; /* OVERLAY_SUBJECT: a row of a const table */
    struct line help_line;         /* what help is searched for */
    bool help_fresh; /* nobody typed it: help was opened on it, and Esc closes at once */
    struct why_line why[WHY_MOST];
    int why_count;
    int64_t why_id;
    enum column why_column;
    struct picker picker;
    enum prompt prompt;
    struct line line;      /* of the prompt */
    bool line_fresh;       /* nothing typed yet: the first character replaces what stands there */
    struct err line_error; /* empty message: none */
    struct goal_prompt goal;
    struct setting setting;
    struct field field; /* the figure that is edited */
    int64_t note_id;    /* of PROMPT_NOTE: about whom */
    struct paths paths;
    struct wear wear;
    struct form form;
    enum place form_from; /* where it was opened */
    struct imports_place imports;
    enum place imports_from; /* likewise */
    struct first_place first;
    struct tour tour;
    struct job_progress job;
    char job_name[64];    /* file of the job, made safe */
    struct buf search;    /* last words looked for */
    struct search finder; /* who has them */
    size_t search_hits;   /* of those shown, as far as it is known */
    size_t search_hidden; /* where nothing shown is a hit: how many the filter hides */
    uint32_t search_row;  /* where the cursor was when the search began */
    bool search_aims;     /* the cursor is still to go to the first hit */
    int64_t search_at;    /* creator that the cursor must stand on for that: nobody moved it */

    /* what is told */
    struct undo undo;
    char notice[NOTICE_MOST]; /* UTF-8, not made safe; gone with the next key */
    bool alarm;               /* the notice tells of a failure */
    struct told told;         /* all notices of the session */
    struct said said;         /* the line of words, where lines are what there is */
    double day;        /* seconds of the local day, as the clock said last; NaN: it never did */
    uint32_t last_key; /* the one before this: some keys ask twice */
    bool leave_asked;  /* q was pressed although a job runs: again means it */
    bool suspends;     /* what Ctrl-Z is for was asked once, and answered */
    bool leaving;      /* EFFECT_QUIT was sent */
    struct buf left;   /* what the next session was last told to go on with */
    uint64_t kept, keep_total; /* marks that are being written; 0: none worth telling */

    /* history of the creator in view */
    int64_t history_id; /* 0: none; asked for and not answered: history_count 0 */
    struct snapshot *history;
    size_t history_count;
    double history_followers, history_at; /* the present it was asked for under */

    struct trend trends[TRENDS_KEPT];
    size_t next_trend;
    bool trend_seen; /* some creator had one: the column has its place */
};

/* Borrows catalogue and sheet, which must outlive it. `width` x `height` is the screen. */
void model_init(struct model *model, struct catalog *catalog, struct sheet *sheet, double now,
                int width, int height);
void model_release(struct model *model);

/* The store is the sample: the tour begins. */
void model_sample(struct model *model);

/* What the user settled once for all, told right after model_init(). */
struct model_settings {
    struct number_style style;
    struct freshness fresh;
    size_t few;                          /* as in the sheet */
    const struct tier_own *own_tiers;    /* copied; NULL: none */
    const struct benchmarks *benchmarks; /* likewise */
    const struct tier_preset *preset;    /* where the store has none; by its name */
    bool mouse_off, select_option;       /* as in the model */
    bool confirm;
    const struct bindings *bindings; /* copied; NULL: none */
    struct text order;               /* of a list nobody has ordered: "-roi" */
    const enum column *columns;      /* as model->standard; copied */
    size_t column_count;
};
void model_settle(struct model *model, const struct model_settings *settings);
/* MESSAGE_SETTLED: what of it can change at once. The order is that of the next start. */
void model_settle_anew(struct model *model, const struct model_settings *settings);
/* The tiers chosen for this store, by name; one that is not known is kept in mind. Empty: none. */
void model_tiers(struct model *model, struct text name);

/* The one place where the model changes; appends to `effects`. */
void update(struct model *model, const struct message *message, struct effects *effects);

/* Has the user changed what the store has not been told of yet? What stands there is not to be read over
 * it. */
bool model_unsettled(const struct model *model);

/* Work too long for one update(), done in steps of a millisecond or so by MESSAGE_WORK between frames. */
bool model_busy(const struct model *model);
/* What is being done ("searching bios"), and how much of it is, 0 … 1; NULL: nothing worth telling. */
const char *model_progress(const struct model *model, double *share);

/* The creator in view whose trend is not known yet: its past is to be read when nothing else waits, and
 * told by MESSAGE_TREND. 0: none. */
int64_t model_trend_wanted(const struct model *model);
const struct trend *model_trend(const struct model *model, uint32_t row); /* NULL: not known yet */

/* NULL: not read yet. */
const struct past_line *compare_past_line(const struct model *model, int64_t id);

/* The key on which the program's own `key` is now: of what it does in the place that is open, else of the
 * first command that has it. "X", ":clear". For words that tell of keys. */
struct key_name {
    char text[32];
};
struct key_name model_key(const struct model *model, uint32_t key);

/* Which context the next key is read in. */
enum context model_context(const struct model *model);
/* The one that help was opened in, and goes back to. */
enum context model_context_below(const struct model *model);
/* The same without prompt and overlay. */
enum context model_place_context(const struct model *model);

/* Id and row of the creator under the cursor of the place that is open; 0 and CATALOG_NONE without
 * any. */
int64_t model_creator(const struct model *model);
uint32_t model_row(const struct model *model);
/* Handle of a row, safe to print. */
void model_handle(const struct model *model, uint32_t row, struct buf *out);
/* Is there somebody of that handle on another platform? */
bool model_namesake(const struct model *model, uint32_t row);
/* Row and column a question is about in the place that is open (list, detail, comparison). */
bool model_subject(const struct model *model, uint32_t *row, enum column *column);

/* Lines of the filter pane that a search for a value left. */
size_t facets_found(const struct model *model);

/* The columns that fit into a list this wide, placed. `out` holds LIST_COLUMNS_MOST. */
int list_columns(const struct model *model, int width, struct list_column *out);
/* How many of the chosen ones stand outside such a list to the left and right: Left and Right reach them. */
void list_beyond(const struct model *model, int width, size_t *left, size_t *right);
/* Where the cell cursor can stand, in order, in view or not. `out` holds LIST_COLUMNS_MOST; returns how
 * many. */
size_t list_reachable(const struct model *model, int width, enum column *out);
/* The column that is looked at: of the cell cursor or, while columns are chosen, of the line there. */
enum column list_cell(const struct model *model);
/* What is chosen, of a list nobody has changed what it shows now. */
void list_chosen_now(const struct model *model, struct chosen *out);
int list_automatic_width(enum column column); /* cells, where the user gave it none */
/* The columns of a list nobody has changed, in order, the handle first. `out` holds LIST_COLUMNS_MOST;
 * returns how many. */
size_t list_standard_columns(enum column *out);
int list_height(const struct model *model); /* creators in view */

/* The figures of the detail, in order; a new group starts where columns[].group changes. */
size_t detail_columns(const enum column **out);
/* What is known in words of the creator, below them, where the cursor goes too. Returns how many. */
#define DETAIL_TEXTS 7
size_t detail_texts(const struct model *model, uint32_t row, enum column out[DETAIL_TEXTS]);

/* Rows in which the comparison stands, for keys and painting alike. */
int compare_height(const struct model *model);
int compare_head(const struct model *model);  /* rows that name the creators, above them */
int compare_below(const struct model *model); /* rows that say why, below them; 0: no room */
int compare_title(const struct model *model); /* cells of the rows' titles, left */
/* Creators of the comparison that fit side by side, from the first in view. */
int compare_across(const struct model *model);

/* A note on a creator, and what its prompt is about: "Note on lenaskin". */
#define NOTE_MOST 1000 /* bytes */
void note_title(const struct model *model, struct buf *out);

/* What the command prompt is about: "Commands", "Set an assumption". */
const char *command_title(const struct model *model);
/* How the line of the command prompt is understood so far; nothing where there is nothing to say. */
void command_say(const struct model *model, struct buf *out);

/* "Shift": held, the mouse selects text in this terminal. */
const char *mouse_select_key(const struct model *model);

/* In the status line until the next key; and in the log. */
void model_notice(struct model *model, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void model_alarm(struct model *model, struct text failure);

/* Puts back the view an earlier session left: the text of its last EFFECT_META "view". What cannot be
 * read is ignored. Call it once the catalogue is loaded. */
void model_restore(struct model *model, struct text view);

#endif
