#ifndef MICROSCOPE_APP_SAID_INTERNAL_H
#define MICROSCOPE_APP_SAID_INTERNAL_H

#include "app/said.h"
#include "app_internal.h"

/* What the files that understand lines share. */

/* A line that is being understood: what follows its first word. */
struct saying {
    struct model *model;
    struct effects *effects;
    struct text rest;
    struct err *err;
};

/* said.c */
bool said_run(struct saying *it, const struct command *command);
/* The prompt that is open takes the text, as if it were typed and Enter pressed. */
bool said_into_prompt(struct saying *it, struct text text);

/* said_reply.c: the line answers what is asked; *done: it could be. False: it is another matter. */
bool said_is_reply(struct text line); /* yes or no, in some word */
bool said_reply(struct saying *it, struct text line, bool *done);

/* said_who.c: the next word of the rest names a creator, by number or handle. */
bool said_creator(struct saying *it, struct text word, int64_t *id);
bool said_names_creator(struct saying *it, struct text word); /* does it? */
/* All of them, as rows; at least one. Those of whom nothing is said: the one spoken of. */
#define SAID_PEOPLE 200
struct said_people {
    uint32_t rows[SAID_PEOPLE];
    size_t count;
};
bool said_people(struct saying *it, struct said_people *out);
void said_bits(const struct model *model, const struct said_people *people, struct bits *out);
void said_point(struct model *model, int64_t id); /* the cursor goes there, where it can */

/* said_column.c */
bool said_column(struct text words, enum column *column);
bool said_column_whole(struct text words, enum column *column); /* by all of its name */
/* The longest run of words at the front of *rest that names a column is taken off it. */
bool said_take_column(struct text *rest, enum column *column);
/* The same of an assumption. */
bool said_take_knob(const struct model *model, struct text *rest, struct knob *knob);

/* said_filter.c: are these filter words? `loose`: any other word is looked for in names and bios. */
bool said_filter(struct saying *it, struct text words, bool loose);
bool said_lift(struct saying *it);

/* What the words do. */
said_does say_list, say_more, say_show, say_next, say_previous, say_where;
said_does say_filter, say_lift, say_clear, say_search, say_values, say_view, say_views,
    say_save_view, say_delete_view;
said_does say_order, say_columns;
said_does say_tick, say_untick, say_compare, say_note;
said_does say_plan, say_add, say_remove, say_fee, say_posts, say_budget, say_fill, say_set,
    say_assumptions, say_plans;
said_does say_why, say_tiers, say_changes, say_messages, say_help;
said_does say_export, say_hand_over, say_import, say_sample;
said_does say_undo, say_redo, say_quit;

#endif
