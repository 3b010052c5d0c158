#ifndef MICROSCOPE_UI_SPOKEN_H
#define MICROSCOPE_UI_SPOKEN_H

#include "app/model.h"

/* What the model has to tell after a line of words (app/said.h), for those who hear it: lines of plain
 * text, a newline after each. Figures are those of the screen; what are signs there, or colours, are words
 * here, as programs that read aloud pass over signs. No bars, no boxes, no control codes; what comes from
 * outside is made safe. */
void spoken(const struct model *model, struct buf *out);

#endif
