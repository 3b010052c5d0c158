#ifndef MICROSCOPE_RUNTIME_PATIENCE_H
#define MICROSCOPE_RUNTIME_PATIENCE_H

#include "store/store.h"

/* Opens a store for a program that runs for long: where another program holds it (an import into an
 * empty store does, for as long as it takes), it waits, says so on standard error, and stops on a
 * signal, which is then in *ending. signals_open() comes before. */
bool patience_open(const char *path, enum store_mode mode, bool plain, struct store **store,
                   int *ending, struct err *err);
/* The same for a verb that is soon done, which gives up where it would wait for long. Both show how far
 * it is where an older store has to be brought up to date; Ctrl-C leaves that. `plain`: nothing on the terminal may move. Not while the explorer has
 * the screen. */
bool patience_open_for_a_verb(const char *path, enum store_mode mode, bool plain,
                              struct store **store, struct err *err);

#endif
