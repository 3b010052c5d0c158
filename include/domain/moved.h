#ifndef MICROSCOPE_DOMAIN_MOVED_H
#define MICROSCOPE_DOMAIN_MOVED_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/forecast.h"
#include "domain/record.h"

/* What became of a creator: the forecast of his figures as they were and as they are, both under the
 * assumptions, the peers and the deal of today, so that only he can have moved it. */

enum moved_figure {
    MOVED_FOLLOWERS,
    MOVED_ENGAGEMENT, /* any part of it: shown as ER */
    MOVED_VIEWS,
    MOVED_REACH_POST,
    MOVED_CREDIBILITY,
    MOVED_MARKET,
    MOVED_FEE,
    MOVED_FIGURES
};

struct moved_value {
    double then, now; /* as their column shows them: fees in the scenario's currency; NaN unknown */
    bool differs;
    double dated; /* when the present one was seen; NaN unknown */
};

/* The least that ROI moves for a creator to count as moved: half a point. */
#define MOVED_LEAST 0.005

struct moved {
    bool kept; /* is anything known of what he was? Else all below is of today alone */
    bool is;   /* moved: ROI by MOVED_LEAST, or from or to unknown; or nothing was kept */
    struct figures then, now;
    struct moved_value values[MOVED_FIGURES];
    enum moved_figure most; /* moved ROI most when set alone; MOVED_FIGURES: none differs */
};

extern const enum column moved_columns[MOVED_FIGURES];

/* `then` is the creator of this row as he was at `since` (snapshot.at is not looked at). Of a figure that
 * is unknown there, the present one was there already if it was not seen later than that. */
void moved_make(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                double since, const struct snapshot *then, struct moved *out);

#endif
