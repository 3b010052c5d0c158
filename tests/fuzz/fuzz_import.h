#ifndef MICROSCOPE_TESTS_FUZZ_IMPORT_H
#define MICROSCOPE_TESTS_FUZZ_IMPORT_H

#include "base/text.h"

/* Plans and runs an import of these bytes under this name, and holds what every import promises. */
void fuzz_import(const char *name, struct text bytes);

#endif
