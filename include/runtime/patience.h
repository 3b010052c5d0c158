#ifndef MICROSCOPE_RUNTIME_PATIENCE_H
#define MICROSCOPE_RUNTIME_PATIENCE_H

#include "store/store.h"

/* Opens a store for a program that runs for long: where another program holds it (an import into an
 * empty store does, for as long as it takes), it waits, says so on standard error, and stops on a
 * signal, which is then in *ending. signals_open() comes before. */
bool patience_open(const char *path, enum store_mode mode, struct store **store, int *ending,
                   struct err *err);

#endif
