#ifndef MICROSCOPE_APP_BINDINGS_H
#define MICROSCOPE_APP_BINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/command.h"
#include "base/buf.h"
#include "base/err.h"

/* Keys of the user's own, over those of commands[]. Whoever asks for the keys of a command asks here;
 * NULL stands for no own ones. */

struct binding {
    const struct command *command;
    uint32_t keys[COMMAND_KEYS]; /* instead of its own; 0 ends; none: it has no key */
    size_t line, column;         /* where that was said */
};
struct bindings {
    struct binding *items;
    size_t count, capacity;
};

void bindings_release(struct bindings *bindings);
void bindings_copy(struct bindings *to, const struct bindings *from); /* over what is in `to` */
/* Of one command once. */
void bindings_add(struct bindings *bindings, struct binding binding);

/* False, with the place of the later one at fault: a key means two things in one context, is text
 * wherever its command is, or one that nobody can do without is gone. */
bool bindings_check(const struct bindings *bindings, struct err *err);

/* COMMAND_KEYS, 0 ends. */
const uint32_t *bindings_keys(const struct bindings *bindings, const struct command *command);
/* The command a key means in a context; NULL: none. */
const struct command *bindings_command(const struct bindings *bindings, enum context context,
                                       uint32_t key);
/* How the first key of a command is called there: "Ctrl-F"; without a key ":views", which runs it. */
void bindings_name(const struct bindings *bindings, const struct command *command, struct buf *out);
/* All its keys, two blanks between; nothing without one. */
void bindings_names(const struct bindings *bindings, const struct command *command,
                    struct buf *out);
/* Is what was typed one of its keys: "c", "F2", "ctrl-d"? A single letter as it is written. */
bool bindings_on_key(const struct bindings *bindings, const struct command *command,
                     struct text typed);
/* The keys of a pair, for the footer: "Up Down". */
void bindings_shown(const struct bindings *bindings, enum context context,
                    const struct command *command, struct buf *out);

#endif
