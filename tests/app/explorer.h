#ifndef MICROSCOPE_TESTS_EXPLORER_H
#define MICROSCOPE_TESTS_EXPLORER_H

#include "app/model.h"

/* A model over a handful of creators, and hands to drive it. */

#define EXPLORER_NOW 1785758400.0 /* Mon 3 Aug 2026, noon */

struct explorer {
    struct catalog catalog;
    struct sheet sheet;
    struct model model;
    struct effects effects; /* since explorer_forget() */
};

/* Twelve creators, ids 1 to 12, ordered by ROI, the cursor on the first; 80x24. */
void explorer_init(struct explorer *explorer);
void explorer_init_empty(struct explorer *explorer);
/* Into one that began empty: the next ones of the twelve come in. */
void explorer_load(struct explorer *explorer, size_t most);
void explorer_release(struct explorer *explorer);

void explorer_send(struct explorer *explorer, const struct message *message);
void explorer_key(struct explorer *explorer, uint32_t key);
void explorer_type(struct explorer *explorer, const char *ascii); /* a key a character */
void explorer_paste(struct explorer *explorer, const char *text);
void explorer_filter(struct explorer *explorer, const char *words); /* f, paste, Enter, Esc */
void explorer_click(struct explorer *explorer, enum mouse_kind kind, int column, int row);
void explorer_resize(struct explorer *explorer, int columns_, int rows);
void explorer_go(struct explorer *explorer, const char *handle); /* by search */

/* A creator that leaves the store, as another program would have it. */
void explorer_drop(struct explorer *explorer, const char *handle);

/* Texts are good until the next call of the same function. */
const char *explorer_cursor(const struct explorer *explorer); /* handle under the cursor; "" none */
const char *explorer_filter_text(const struct explorer *explorer);
const char *explorer_order_text(const struct explorer *explorer);
const char *explorer_list_text(const struct explorer *explorer); /* handles, a blank between */
bool explorer_ticked(const struct explorer *explorer, const char *handle);
unsigned explorer_planned(const struct explorer *explorer, const char *handle);

/* Help, or the page that lies on top, as text: a line of it a line, "# " before headings, " | " after
 * labels. */
const char *explorer_page(const struct explorer *explorer);

void explorer_forget(struct explorer *explorer);
size_t explorer_effects(const struct explorer *explorer, enum effect_kind kind);
const struct effect *explorer_effect(const struct explorer *explorer, enum effect_kind kind,
                                     size_t nth);

#endif
