#ifndef MICROSCOPE_APP_FORM_H
#define MICROSCOPE_APP_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/scroll.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

struct model;

/* The form of an import: how a file is understood, what of it is a guess, what it would bring. The
 * runtime reads the file and says so (struct form_plan, struct form_figures); here is what stands on the
 * screen and where the cursor is. Nothing is written before Enter. */

/* Another way to understand a line. */
struct form_choice {
    size_t decision;   /* which of the runtime's decisions it answers */
    struct text word;  /* the answer */
    struct text label; /* as a person reads it */
    struct text hint;  /* what it is; null */
    bool chosen;       /* it is so now */
};

/* From top to bottom. */
enum form_part {
    FORM_QUESTION, /* a guess, or what only the user can say; also once it is answered */
    FORM_COLUMN,   /* a column of the file */
    FORM_NOTE,     /* worth a look, nothing to answer: its note alone */
    FORM_DECIDED   /* what the file itself settles: one line for all of them, or a line each */
};

struct form_line {
    enum form_part part;
    size_t decision;     /* that its field answers, where there are no choices */
    struct text title;   /* "Platform", the header */
    struct text typed;   /* what its field begins with */
    struct text shown;   /* what was decided: "instagram", "1,500" */
    struct text example; /* of a column; null */
    struct text note;    /* why; of a column, what is to be known of it; null */
    bool guess, open;    /* open: has to be said before anything can be imported */
    bool left_out;       /* of a column */
    bool doubt;          /* the note is worth a look */
    bool tiers;          /* somebody's tiers: compared with ours */
    const struct form_choice *choices;
    size_t choice_count; /* 0: a field */
};

struct form_plan {
    struct text file;              /* name, without its folder */
    struct text about;             /* "9 columns, UTF-8, separated by ;" */
    const struct form_line *lines; /* by part */
    size_t line_count, guesses;
    struct text missing; /* what has to be said first: "platform"; null: nothing */
    bool blind;          /* a pipe: it can be read once only, so nothing is known of it */
    bool remembered;     /* answers of an earlier file with these columns are in it */
};

enum form_trouble { FORM_REJECTED, FORM_UNKNOWN, FORM_REPEATED, FORM_LOOK, FORM_TROUBLES };

struct form_problem {
    enum form_trouble trouble;
    uint64_t line; /* of the file */
    struct text what;
};

/* What the file would bring, or has brought. */
struct form_figures {
    bool running;        /* it is still being found out: `rows` so far, `share` of it, or NaN */
    bool known;          /* all below is; else neither running nor known: see failure */
    double share;        /* 0 … 1 */
    struct text failure; /* null: none */
    uint64_t rows, added, changed, unchanged, tiers_disagree;
    uint64_t troubles[FORM_TROUBLES];    /* how often */
    const struct form_problem *problems; /* by trouble, then line; not all where there are many */
    size_t problem_count;
};

enum form_stage {
    FORM_NONE,
    FORM_ASKING,    /* it is open */
    FORM_IMPORTING, /* Enter was pressed */
    FORM_IMPORTED   /* … and something could not be used, which nobody has looked at yet */
};

struct form {
    enum form_stage stage;
    struct arena arena; /* of the plan */
    struct form_plan plan;
    struct arena figures_arena;
    struct form_figures figures;
    size_t cursor;      /* line */
    size_t top;         /* first row in view, see form_row() */
    bool lost_open;     /* what is unusable covers it */
    struct scroll lost; /* in figures.problems */
    bool unfolded;      /* what the file settles has a line each */
    size_t asked;       /* line whose choices or field are open */
};

/* The rows that the lines take, with a heading above the columns and a blank between the parts. */
int form_row(const struct form *form, size_t line);
int form_heading(const struct form_plan *plan); /* row above the columns; -1: there are none */
int form_rows(const struct form *form);
/* The line that stands for all that the file settles; the count of lines: each has its own. */
size_t form_fold(const struct form *form);
/* Rows that are in view, and those below them that tell of the figures. */
int form_height(const struct model *model);
int form_foot(const struct model *model);
int form_lost_height(const struct model *model);

/* Rows that would go into the store, or went; 0: not known. */
uint64_t form_usable(const struct form_figures *figures);

/* What is asked while a field is open, and how what is typed is read. */
struct text form_asked(const struct model *model);
void form_say(const struct model *model, struct buf *out);

#endif
