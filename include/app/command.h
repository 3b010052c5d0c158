#ifndef MICROSCOPE_APP_COMMAND_H
#define MICROSCOPE_APP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/effect.h"
#include "base/buf.h"

struct model;

/* The second registry: everything a user can do, once. It feeds key bindings, palette, menu, help,
 * footer and manual. */

/* Where a key is pressed decides what it means; the topmost of these that is open. */
enum context {
    CONTEXT_LIST,
    CONTEXT_NOTHING, /* the list where the filters leave nobody: which one to lift */
    CONTEXT_FILTERS,
    CONTEXT_DETAIL,
    CONTEXT_COMPARE,
    CONTEXT_PLAN,
    CONTEXT_ASSUMPTIONS, /* the side pane of the plan */
    CONTEXT_PLANS,       /* side by side */
    CONTEXT_VIEWS,       /* by name */
    CONTEXT_TIERS,
    CONTEXT_CHANGES,
    CONTEXT_FIRST,   /* the menu of a store without creators */
    CONTEXT_FORM,    /* of an import */
    CONTEXT_LOST,    /* what it cannot use */
    CONTEXT_IMPORTS, /* the last ones */
    CONTEXT_WHY,
    CONTEXT_HELP,    /* typed letters narrow it */
    CONTEXT_PAGE,    /* a page that only scrolls */
    CONTEXT_PICK,    /* palette, menu, order: typed letters narrow the choices */
    CONTEXT_COLUMNS, /* likewise, of the list */
    CONTEXT_FILTER,  /* the filter prompt */
    CONTEXT_SEARCH,
    CONTEXT_VALUE,     /* finding a value in the filter pane */
    CONTEXT_FILL,      /* filling the budget */
    CONTEXT_FIELD,     /* a figure that is edited where it stands */
    CONTEXT_COMMAND,   /* the command prompt */
    CONTEXT_GOAL,      /* what a figure shall be */
    CONTEXT_NAME,      /* of a plan, of a view */
    CONTEXT_ANSWER,    /* a line of the form of an import */
    CONTEXT_HAND,      /* handing over */
    CONTEXT_HAND_FILE, /* the name of its file */
    CONTEXT_NOTE,      /* what is written about a creator */
    CONTEXT_COUNT
};

struct context_row {
    const char *title;   /* in help */
    bool text;           /* every printable key is text here */
    const char *way_out; /* named on an overlay: "Esc close" */
    bool form;           /* no menu leads out of it: help alone stands in the footer */
};
_Static_assert(CONTEXT_COUNT <= 64, "a command keeps its contexts in 64 bits");
extern const struct context_row contexts[CONTEXT_COUNT];

/* Chapters of menu and help. */
enum command_group {
    COMMANDS_MOVE,
    COMMANDS_PLACES,
    COMMANDS_FIND,
    COMMANDS_ORDER,
    COMMANDS_CHOOSE,
    COMMANDS_WHAT_IF,
    COMMANDS_KNOW,
    COMMANDS_HAND_OVER,
    COMMANDS_SAFETY,
    COMMAND_GROUPS
};
extern const char *const command_group_titles[COMMAND_GROUPS];

#define COMMAND_KEYS 4

/* What the command prompt takes after the name of a command: the rest of the line. */
struct command_argument {
    const char *form; /* "KEY VALUE" */
    /* Adds choices to the empty picker; their texts are whole lines, to complete to. */
    void (*offer)(struct model *model, struct text typed);
    /* What takes effect before Enter; may set line_error. NULL: nothing does. */
    void (*typed)(struct model *model, struct text typed);
    /* Enter: true closes the prompt; false leaves it open, with line_error or a longer line. */
    bool (*accept)(struct model *model, struct text typed, struct effects *effects);
    /* How it is understood so far, in a few words, for the right of the line. */
    void (*say)(const struct model *model, struct text typed, struct buf *out);
};

struct command {
    const char *name;  /* "compare": palette, manual */
    const char *title; /* "Compare the ticked creators" */
    const char *label; /* beside its key in the footer: "compare"; NULL: the name */
    const char *help;  /* a sentence or two */
    const char
        *shown; /* its keys in the footer where it stands for a pair: "Up Down"; NULL: its first */
    enum command_group group;
    uint32_t keys[COMMAND_KEYS];   /* 0 ends; the user's own stand over them: bindings.h */
    uint64_t contexts;             /* bit i: in context i */
    uint8_t footer[CONTEXT_COUNT]; /* place in the footer of a context from 1 on; 0: not there */
    bool (*enabled)(const struct model *model); /* NULL: always */
    /* How many it is about: the footer says so. NULL, or 0: nothing. */
    uint64_t (*count)(const struct model *model);
    /* Beside its key where that depends on what the cursor stands on; NULL, or NULL from it: the label. */
    const char *(*named)(const struct model *model);
    const struct command_argument *argument; /* NULL: it needs none */
    void (*run)(struct model *model, struct effects *effects);
};
extern const struct command commands[];
extern const size_t command_count;

/* By its name; NULL: none. */
const struct command *command_find(struct text name);
bool command_enabled(const struct command *command, const struct model *model);
/* Commands of the footer of a context in their order; returns how many. */
size_t command_footer(enum context context, const struct command **out, size_t most);

#endif
