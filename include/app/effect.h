#ifndef MICROSCOPE_APP_EFFECT_H
#define MICROSCOPE_APP_EFFECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bits.h"
#include "base/text.h"
#include "domain/planned.h"
#include "domain/platform.h"

/* What the runtime is to do, as data: update() appends, the runtime carries out in order and answers
 * with messages. */
enum effect_kind {
    EFFECT_QUIT,
    EFFECT_SAMPLE,    /* once it has been left, the sample is to be explored instead */
    EFFECT_REDRAW,    /* paint everything anew */
    EFFECT_SUSPEND,   /* stop like Ctrl-Z would */
    EFFECT_TICK,      /* keep in the store: creator (platform, key) ticked or not (number 1, 0) */
    EFFECT_PLAN,      /* likewise: what is `planned` with it in the scenario */
    EFFECT_TICK_ROWS, /* likewise: the creators in these rows of the catalogue, as they are now */
    EFFECT_PLAN_ROWS,
    EFFECT_NOTE,            /* likewise: what is written about the creator is `text` */
    EFFECT_KNOB,            /* likewise: knob `key` of the scenario to `text`; null: the default */
    EFFECT_SCENARIO_PUT,    /* likewise: `scenario`, all that `text` says, at place `number` */
    EFFECT_SCENARIO_DROP,   /* likewise: it is gone */
    EFFECT_SCENARIO_RENAME, /* likewise: it is called `text` */
    EFFECT_SCENARIO_USE,    /* likewise: it is the one in use */
    EFFECT_EDIT, /* likewise: step `id` of undo, its target `key`, label `text`, how it was and is */
    EFFECT_EDIT_UNDONE, /* likewise: that step is undone */
    EFFECT_EDIT_FORGET, /* likewise: there is no such step */
    EFFECT_VIEW_PUT,    /* likewise: the view `key`, what it says `text`, at place `number` */
    EFFECT_VIEW_DROP,   /* likewise: it is gone */
    EFFECT_META,        /* likewise: a small thing by name, `key` to `text` */
    EFFECT_HISTORY,     /* read the past of creator `id`: MESSAGE_HISTORY */
    EFFECT_GONE,        /* who was deleted after `number`: MESSAGE_GONE */
    EFFECT_FORM,        /* how the file `text` would be imported: MESSAGE_FORM and its figures */
    EFFECT_FORM_ANSWER, /* its decision `id` is to be `text`: the same again */
    EFFECT_FORM_CLOSE,  /* nobody wants it any more */
    EFFECT_REJECTS,     /* what was left out of the file of the form, into a file to be mended */
    EFFECT_IMPORT, /* the file of the form into the store, as a job: MESSAGE_JOB until it has ended */
    EFFECT_BATCH,     /* whom import `id` had, for a filter: MESSAGE_BATCH */
    EFFECT_TAKE_BACK, /* import `id` is to be taken back, as a job */
    EFFECT_CANCEL,    /* the job that runs; where it wrote nothing for good, nothing stays */
    EFFECT_PATHS,     /* what can be imported from the folder `text`: MESSAGE_PATHS */
    EFFECT_LISTS,  /* which there are on this computer: MESSAGE_LISTS, again where more is known */
    EFFECT_FOLDER, /* where files are proposed that are handed over: MESSAGE_FOLDER */
    EFFECT_HAND_OVER, /* what model->hand says, into the file `text`, as a job; where there is such a
                        * file and `number` is 0: MESSAGE_TAKEN */
    EFFECT_COPY,      /* `text` to the clipboard, told as `key` */
    EFFECT_WEAR,      /* the theme `text`; empty: the one that goes with the terminal */
    EFFECT_MOUSE,     /* reports of the mouse are wanted (number 1) or not */
    EFFECT_THEMES,    /* which there are: MESSAGE_THEMES */
    EFFECT_COPY_TABLE, /* the enum hand_what `number` as text to the clipboard */
    EFFECT_COPY_TIERS, /* likewise the tiers */
    EFFECT_KINDS
};

struct effect {
    enum effect_kind kind;
    int64_t id;
    enum platform platform;
    struct text key;
    struct text text;
    struct text scenario; /* knobs and plan: of which */
    struct text old, new; /* steps */
    struct bits rows;
    double number;
    struct planned planned;
};

/* A list of effects; texts and rows live in its arena. Zeroed is empty. */
struct effects {
    struct arena arena;
    struct effect *items;
    size_t count, capacity;
};

void effects_release(struct effects *effects);
/* Copies the texts and rows of `effect`. */
void effects_add(struct effects *effects, struct effect effect);

#endif
