#ifndef MICROSCOPE_APP_PICKER_H
#define MICROSCOPE_APP_PICKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/effect.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

struct model;

/* A list to choose from that narrows while one types: menu, order, columns, and the candidates of the
 * prompts for filters and commands. */
enum pick {
    PICK_COMMAND,
    PICK_MENU,
    PICK_ORDER,
    PICK_COLUMNS,
    PICK_BANDS,
    PICK_ANSWER,
    PICK_FILTER,
    PICK_COUNT
};

struct choice {
    struct text label; /* what it is: "niche: beauty", "Compare the ticked creators" */
    struct text hint;  /* key or count, right; null: none */
    struct text text;  /* what Tab completes to and Enter adds, where it is text */
    size_t value;      /* command, column */
    bool checked;      /* wears a tick: column shown, value selected */
    bool heading;      /* a title between choices; cannot be chosen */
    bool note;         /* a heading in small: what is to be known of what is typed */
};

struct picker {
    enum pick kind;
    struct arena arena; /* of the texts */
    struct choice *items;
    size_t count, capacity;
    size_t cursor, top;
    bool
        idle; /* the filter prompt after Enter: nothing is chosen until the user chooses or types */
};

struct pick_row {
    const char *title;
    const char *way; /* what Enter does, for the keys line: "run", "order", "show" */
    bool narrows;    /* typed letters narrow it; else (prompts) the builder decides */
    void (*build)(struct model *model);
    void (*accept)(struct model *model, struct effects *effects);
};
extern const struct pick_row picks[PICK_COUNT];

void picker_release(struct picker *picker);
void picker_open(struct model *model, enum pick kind);
void picker_build(struct model *model); /* anew from the line */
void picker_move(struct model *model, int by);

#endif
