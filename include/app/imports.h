#ifndef MICROSCOPE_APP_IMPORTS_H
#define MICROSCOPE_APP_IMPORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/scroll.h"

/* The last imports, which the sheet knows (sheet->batches): one can be shown in the list, and taken
 * back. */
struct imports_place {
    struct scroll at; /* in sheet->batches */
    int64_t asked;    /* - was pressed on it: once more takes it back; 0: none */
    int64_t wanted;   /* whose creators the runtime was asked for; 0: none */
    bool lands;       /* the list is to show the one that has just ended */
    size_t view;      /* where the user was when it began: who has moved on stays there */
};

#endif
