#include <stdio.h>

#include "ui_internal.h"

/* Two lines above the status line: which step of the tour, and what to do. */

#define WIDE 100
#define NARROW 80

static const char *line_of(const struct tour_part *part, int columns_)
{
    return columns_ >= WIDE ? part->wide : columns_ >= NARROW ? part->text : part->brief;
}

static void draw_title(const struct tour_part *part, struct canvas *canvas, int row)
{
    char step[32] = "";
    int column = 1, end = canvas->columns - 1;
    const char *way = part->step ? "leaves the tour" : "closes";
    if (part->step)
        snprintf(step, sizeof step, "Tour %d of %d  ", part->step, TOUR_STEPS);
    else
        snprintf(step, sizeof step, "Tour done  ");
    if (canvas->columns >= NARROW) {
        int cells = 4 + (int)text_of(way).length;
        end -= cells + 1;
        frame_key(canvas, end + 1, row, ROLE_BAR, "Esc", way);
    }
    column = canvas_string(canvas, column, row, (struct ink){ROLE_TICK, ROLE_BAR, true}, step);
    if (column < end)
        canvas_fit(canvas, column, row, end - column, FIT_LEFT,
                   (struct ink){ROLE_TITLE, ROLE_BAR, true}, text_of(part->title));
}

void pane_tour(const struct model *model, struct canvas *canvas)
{
    const struct tour_part *part = tour_here(model);
    struct area area = model->layout.told;
    canvas_fill(canvas, area, ink_on(ROLE_BAR, ROLE_BAR), ' ');
    if (area.rows > 1)
        draw_title(part, canvas, area.row);
    int row = area.row + area.rows - 1;
    frame_keys(model, canvas, 1, row, canvas->columns - 2, ROLE_BAR, ROLE_BAR,
               line_of(part, canvas->columns));
}
