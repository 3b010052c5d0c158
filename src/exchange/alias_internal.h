#ifndef MICROSCOPE_EXCHANGE_ALIAS_INTERNAL_H
#define MICROSCOPE_EXCHANGE_ALIAS_INTERNAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/column.h"
#include "domain/platform.h"
#include "exchange/import.h"

/* What a header says about its column, before anything of the file is known. */
struct meaning {
    bool known; /* somebody's word for something, even if it is of no use */
    enum import_use use;
    enum column column;  /* of USE_COLUMN */
    int rank;            /* among several headers for one column the higher wins */
    unsigned own;        /* platforms (bits) that use this very word */
    enum platform named; /* the header names a platform; PLATFORM_COUNT: it does not */
    bool percent;        /* it wears a % */
    bool bare;           /* counts that could be of a post or of a life: "likes" */
    unsigned currency;   /* it names one */
    enum er_basis basis; /* it names one */
    struct text format;  /* of a fee: the deliverable it names */
    unsigned group;      /* of a fee or its format: the number behind it; 0 */
    bool capitals;       /* of a set: the map says that capitals begin words */
    const char *why;     /* of USE_IGNORED */
};

/* A header without case, blanks, punctuation, and what stands in brackets. */
void header_plain(struct buf *out, struct text header);
struct meaning alias_find(struct text header);
/* Exactly a key of ours (or "snapshots"), as our exports write them. */
struct meaning alias_of_key(struct text header);
/* Words of files that are no lists of creators. */
enum alien { ALIEN_NONE, ALIEN_CAMPAIGN, ALIEN_ORDERS, ALIEN_COUNT };
enum alien alias_alien(struct text header);

#endif
