#ifndef MICROSCOPE_RUNTIME_EXPLORER_INTERNAL_H
#define MICROSCOPE_RUNTIME_EXPLORER_INTERNAL_H

#include <sys/types.h>
#include <time.h>

#include "runtime/config.h"
#include "runtime/feed_job.h"
#include "runtime/import_form.h"
#include "runtime/hand_job.h"
#include "runtime/import_job.h"
#include "runtime/keeper.h"
#include "runtime/lists.h"
#include "runtime/live.h"
#include "runtime/loading.h"
#include "runtime/reload.h"
#include "runtime/term.h"
#include "ui/view.h"

/* The explorer as it runs: what the files of the loop share. */

/* A file as it was when it was read. */
struct look {
    struct timespec written;
    off_t size;
    ino_t file;
};

struct explorer;

/* What the theme that is worn was read from. */
struct dress {
    struct buf wanted; /* the name; empty: what goes with the terminal */
    struct buf path;
    struct look look;
    bool broken; /* what stands there now is not what is worn */
};

/* What people see and type into. There is a screen with keys, and there are lines of text for those who
 * hear them; both are of one model, and all below is shared. */
struct front {
    bool (*prepare)(struct explorer *it, const struct config *config, struct err *err);
    /* Once the store is open. */
    bool (*open)(struct explorer *it, const struct config *config, struct err *err);
    void (*size)(struct explorer *it, int *width, int *height);
    void (*begin)(struct explorer *it, const struct config *config); /* there is a model */
    int (*fd)(struct explorer *it); /* readable while something comes in; -1: nothing is wanted */
    double (*deadline)(struct explorer *it);
    void (*take_input)(struct explorer *it);
    bool (*is_input_waiting)(struct explorer *it);
    void (*show)(struct explorer *it); /* where anything is to be */
    void (*idle)(struct explorer *it); /* nothing waits any more */
    void (*close)(struct explorer *it);
    bool shows_trends; /* the followers of late stand beside a creator */
};
extern const struct front front_screen, front_lines;

enum explorer_next { NEXT_NOTHING, NEXT_REHEARSAL, NEXT_IMPORT };

struct explorer {
    const struct front *front;
    struct lines *lines; /* front_lines */
    bool undone;         /* a line of a script could not be done */
    struct store *store;
    struct keeper keeper;
    struct catalog catalog;
    struct sheet sheet;
    struct model model;
    struct effects effects;
    struct term
        *term; /* front_screen; NULL: there is none, and nothing that only a screen can do */
    struct theme theme;
    struct dress dress;
    const struct config *config; /* of the start, or `settled` */
    struct config settled;       /* as its file is since */
    struct look settled_look;
    struct canvas canvas;
    struct loading load;
    struct import_job import;
    struct import_form form;     /* of the file that is looked at, or imported */
    struct import_job rehearsal; /* what it would bring */
    enum explorer_next next;     /* once no rehearsal runs */
    struct feed_job feed;
    struct hand_job hand;
    struct job back; /* takes an import back: */
    int64_t back_id;
    struct lists lists; /* that lie on this computer */
    bool sample_wanted; /* once it has been left */
    struct reload reload;
    struct live live;
    bool changing; /* the model heard that others' changes come, and not yet that they did */
    bool lost;     /* the file of the store is not there any more: what waits to be kept waits */
    double next_place;  /* when to look whether it is */
    bool reload_wanted; /* the store holds what the catalogue does not */
    bool imported;      /* so does the user's own import: it is shown at once */
    bool reloading;     /* `load` is not the first one */
    double next_tick;
    bool stale;       /* the model heard something that the latest frame does not show */
    double last_turn; /* seconds the latest turn took */
    enum keeper_state keeping;
    double next_tell;       /* how the keeping goes */
    int64_t history_wanted; /* id of a creator; 0: none */
    double held_since;      /* when something was last written, or nothing waited */
    bool gone_wanted;       /* who was deleted after … */
    double gone_since;
    bool full;        /* it was told that there is no room to write */
    bool held_up;     /* it was told that another program keeps the store from being written */
    const char *view; /* to be used when all is loaded; NULL: none */
    bool quit;
    struct err broken; /* why nothing could be shown; empty: all is well */
    int killed_by;     /* signal; 0: none */
};

/* explore_tell.c: messages to the model, and its effects. */
void explorer_tell(struct explorer *it, struct message message);
void explorer_fail(struct explorer *it, const struct err *err);
void explorer_notice(struct explorer *it, const char *text);
void explorer_keep(struct explorer *it, double seconds); /* writes what waits, for about so long */
void explorer_answer(struct explorer *it);               /* what the model asked for */
void explorer_follow_feed(struct explorer *it);          /* the simulated one that runs beside */
/* Where it takes longer than a moment, it is said what is waited for. */
void explorer_say_held_up(struct explorer *it);

/* explore_changes.c: what has become of the creators. */
void explorer_begin_visit(struct explorer *it);
bool explorer_read_then(struct explorer *it); /* a page of those that are wanted; false: none was */
void explorer_tell_gone(struct explorer *it);
/* explore_import.c: a file that is looked at and imported. */
void explorer_run_form(struct explorer *it, const struct effect *effect);
void explorer_run_answer(struct explorer *it, const struct effect *effect);
void explorer_run_rejects(struct explorer *it, const struct effect *effect);
void explorer_run_close(struct explorer *it, const struct effect *effect);
void explorer_run_import(struct explorer *it, const struct effect *effect);
void explorer_run_cancel(struct explorer *it, const struct effect *effect);
void explorer_run_paths(struct explorer *it, const struct effect *effect);
void explorer_follow_import(struct explorer *it);
bool explorer_imports(const struct explorer *it); /* a child of ours may hold the store */
void explorer_import_release(struct explorer *it);

/* explore_batches.c: the imports that the store keeps. */
void explorer_tell_batches(struct explorer *it);
void explorer_run_batch(struct explorer *it, const struct effect *effect);
void explorer_run_take_back(struct explorer *it, const struct effect *effect);
void explorer_cancel_back(struct explorer *it);
void explorer_follow_back(struct explorer *it);

/* explore_hand.c: files and copies that leave it. */
/* Where files go that nobody names a place for, ending in /; "" where there is no such folder. */
void explorer_downloads(struct buf *out);
/* Where somebody types less than the whole path, a message still tells where the file is. */
void explorer_whole_path(struct buf *path);
void explorer_folder(struct explorer *it, const struct effect *effect);
void explorer_hand_over(struct explorer *it, const struct effect *effect);
void explorer_copy(struct explorer *it, const struct effect *effect);
void explorer_copy_table(struct explorer *it, const struct effect *effect);
void explorer_copy_tiers(struct explorer *it, const struct effect *effect);
void explorer_follow_hand(struct explorer *it);
void explorer_cancel_hand(struct explorer *it);

/* explore_first.c: what a store without creators can begin with. */
void explorer_look_for_lists(struct explorer *it, const struct effect *effect);
/* Goes on counting their rows, for a while; less where `is_input_waiting`. */
void explorer_count_lists(struct explorer *it, bool (*is_input_waiting)(struct explorer *it));
bool explorer_counts_lists(const struct explorer *it);
void explorer_want_sample(struct explorer *it, const struct effect *effect);
void explorer_name_store(struct explorer *it, const char *path); /* for the screen */

/* explore_theme.c: what the screen wears. */
/* Before there is a terminal: can the theme of the settings be read? */
bool explorer_begin_theme(struct explorer *it, const struct config *config, struct err *err);
/* Once terminal and store are there. */
void explorer_choose_theme(struct explorer *it, const struct config *config);
void explorer_wear(struct explorer *it, const struct effect *effect);
void explorer_list_themes(struct explorer *it, const struct effect *effect);
/* Its file has been written: worn at once, or said why not. */
void explorer_watch_theme(struct explorer *it);
void explorer_theme_release(struct explorer *it);
/* The file as it is now; false: there is none. */
bool explorer_look(const char *path, struct look *look);
bool explorer_same_look(const struct look *a, const struct look *b);
/* A message that begins with the path of its file, without the folders: a line has no room. */
const char *explorer_without_folders(const char *message, const char *path);

/* explore_config.c: what the user settled, and settles while it runs. What the store remembers of the
 * last session comes later, and over it. */
void explorer_settle(struct explorer *it, const struct config *config);
void explorer_watch_config(struct explorer *it);

/* explore_load.c: the store into the catalogue. */
bool explorer_is_loading(const struct explorer *it);
bool explorer_begin_load(struct explorer *it, struct record_sink sink, struct err *err);
void explorer_begin_reload(struct explorer *it);
/* Goes on for a while; less where `is_input_waiting`. */
void explorer_load(struct explorer *it, bool (*is_input_waiting)(struct explorer *it));
/* Is the file still the one that was opened? What is written to another is lost. Where there is another
 * in its place, that is the store from now on. */
void explorer_watch_place(struct explorer *it);
/* What others did to what is the user's own: ticks, plans, assumptions. */
void explorer_own(struct explorer *it);
/* What others wrote meanwhile, for a while; less where `is_input_waiting`. */
void explorer_live_init(struct explorer *it);
void explorer_live(struct explorer *it, bool (*is_input_waiting)(struct explorer *it));
double explorer_live_deadline(const struct explorer *it);

#endif
