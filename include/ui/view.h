#ifndef MICROSCOPE_UI_VIEW_H
#define MICROSCOPE_UI_VIEW_H

#include "app/model.h"
#include "ui/canvas.h"

/* Paints the model as it is. The canvas has the size of the model's layout and is cleared first. */
void view(const struct model *model, struct canvas *canvas);

#endif
