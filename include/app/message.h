#ifndef MICROSCOPE_APP_MESSAGE_H
#define MICROSCOPE_APP_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/hit.h"
#include "app/calm.h"
#include "app/changes.h"
#include "app/first.h"
#include "app/form.h"
#include "app/key.h"
#include "app/wear.h"
#include "base/err.h"
#include "base/text.h"
#include "catalog/batches.h"
#include "domain/pack.h"
#include "domain/peer.h"
#include "domain/record.h"

struct model_settings;
struct named_views;

/* What happens to the model. Everything pointed to is borrowed for the one update(). */
enum message_kind {
    MESSAGE_KEY,
    MESSAGE_PASTE, /* text for a prompt; ignored elsewhere */
    MESSAGE_MOUSE,
    MESSAGE_RESIZE,
    MESSAGE_TICK,     /* the clock moved: ages, expiry of notices */
    MESSAGE_LOADING,  /* records went into the catalogue: done of about total */
    MESSAGE_LOADED,   /* the catalogue is complete */
    MESSAGE_PEERS,    /* medians to be used from now on */
    MESSAGE_HISTORY,  /* the past of one creator, answer to EFFECT_HISTORY */
    MESSAGE_TREND,    /* the past of one creator, answer to model_trend_wanted() */
    MESSAGE_WORK,     /* there is time for a step of what model_busy() tells of */
    MESSAGE_KEEPING,  /* of a great many marks, done of total are in the store; total 0: all is */
    MESSAGE_JOB,      /* how the job goes, and of what; or that it has ended */
    MESSAGE_CHANGING, /* others wrote to the store: it goes to the catalogue after this */
    MESSAGE_CHANGED,  /* … and did: at `now` of the local day, `seconds` on the clock of ticks */
    MESSAGE_SCENARIO, /* how a scenario is in the store; without a plan: it is not there */
    MESSAGE_VISIT,    /* when somebody was last here: `now`, NaN never */
    MESSAGE_THEN,     /* creators as they were at `now`, answer to model_then_wanted() */
    MESSAGE_GONE,     /* who was deleted after `now`, answer to EFFECT_GONE */
    MESSAGE_FORM,     /* how a file would be imported, answer to EFFECT_FORM */
    MESSAGE_FIGURES,  /* what that would bring, or has brought */
    MESSAGE_BATCHES,  /* the imports that the store keeps */
    MESSAGE_BATCH,    /* whom import `id` had, answer to EFFECT_BATCH */
    MESSAGE_PATHS,    /* names in a folder, answer to EFFECT_PATHS; folders end in / */
    MESSAGE_FOLDER,   /* where files are proposed, "~/Downloads/": answer to EFFECT_FOLDER */
    MESSAGE_THEMES,   /* the themes there are, answer to EFFECT_THEMES */
    MESSAGE_LISTS,    /* the lists on this computer, newest first: answer to EFFECT_LISTS */
    MESSAGE_TAKEN,    /* there is a file already of the name that was to be handed over */
    MESSAGE_FAILED,   /* an effect went wrong */
    MESSAGE_SAVED,    /* what was handed over is in the file `text` */
    MESSAGE_NOTICE,   /* something to tell */
    MESSAGE_SETTLED,  /* the user wrote other settings */
    MESSAGE_NAMED,    /* the views by name, as they are in the store */
    MESSAGE_USE_VIEW, /* the one called `text` is asked for on the command line */
    MESSAGE_SAY,      /* a line of words: `text` */
    MESSAGE_TELL,     /* what that led to is told now; `again`: what there is, at the beginning */
    MESSAGE_LEAVE     /* signal or lost terminal: settle and quit */
};

enum mouse_kind {
    MOUSE_PRESS,
    MOUSE_DOUBLE,
    MOUSE_WHEEL_UP,
    MOUSE_WHEEL_DOWN,
    MOUSE_DRAG, /* held and moved; and let go: of use where a border was taken hold of */
    MOUSE_RELEASE
};

/* How a job of the runtime goes. */
struct job_progress {
    bool running;         /* false: it has ended */
    bool hands_over;      /* else it imports … */
    bool takes_back;      /* … or takes an import back */
    bool cancelling;      /* it was asked to stop */
    uint64_t rows;        /* read so far */
    uint64_t done, total; /* bytes; total 0: unknown */
    double seconds;       /* since it began */
};

struct message {
    enum message_kind kind;
    uint32_t key;
    struct text text; /* paste, failure, notice; file of a job; folder of paths */
    enum mouse_kind mouse;
    int column, row;   /* mouse */
    struct hit hit;    /* … and what lies there */
    int columns, rows; /* resize */
    double now;        /* seconds since 1970; changed: of the local day */
    uint64_t done, total;
    double day;     /* tick: seconds of the local day */
    double seconds; /* loading: since it began; tick, changed: of a clock that only goes on */
    /* loading: into what was loaded before; peers: others made them anew; loaded: the user waits for it */
    bool again;
    const struct peers *peers;
    int64_t id;
    const struct snapshot *snapshots; /* ascending */
    size_t snapshot_count;
    struct job_progress job;
    const struct scenario *scenario;
    struct plan_entries *plan; /* taken over */
    const struct calm_renumbered *renumbered;
    size_t renumbered_count;
    const struct changes_then *thens;
    size_t then_count;
    const struct changes_gone *gone;
    size_t gone_count;
    const struct form_plan *form;
    const struct form_figures *figures;
    const struct batch_told *batches; /* newest first */
    size_t batch_count;
    struct id_set *batch_ids; /* taken over */
    const struct model_settings *settings;
    const struct named_views *views;
    const struct text *paths;
    size_t path_count;
    const struct list_found *lists;
    size_t list_count;
    const struct wear_choice *themes;
    size_t theme_count;
};

#endif
