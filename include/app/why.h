#ifndef MICROSCOPE_APP_WHY_H
#define MICROSCOPE_APP_WHY_H

#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/column.h"

struct model;

/* What stands around the steps of a figure (model->why), while OVERLAY_WHY is open. */

/* What the column means, in one sentence. */
struct text why_meaning(enum column column);
/* "! 5 of 9 inputs assumed"; of ROI also which of these moves it most: "strongest: click rate, 10% more:
 * +13 pt". Nothing where none is assumed. `cells`: what does not fit is left out. */
void why_say_inputs(const struct model *model, int cells, struct buf *out);
/* Of ROI what would bring it to the next mark above: "For ROI 50%: fee 429, or buy rate 2.80%, or order
 * value 89.50". Nothing where there is none. */
void why_say_goal(const struct model *model, int cells, struct buf *out);

#endif
