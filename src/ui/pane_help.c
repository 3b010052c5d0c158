#include "app/help.h"

#include "ui_internal.h"

static void add_title(const struct model *model, struct buf *out)
{
    help_title(model, out);
    if (model->overlay == OVERLAY_HELP && help_search_rows(model) == 0)
        buf_addf(out, ": %.*s", (int)model->help_line.text.length,
                 buf_text(&model->help_line.text).at);
}

static void draw_search(const struct model *model, struct canvas *canvas, struct area area)
{
    canvas_string(canvas, area.column + 1, area.row, ink(ROLE_DIM), "word or key");
    frame_field(canvas, area.column + 14, area.row, area.columns - 16 < 40 ? area.columns - 16 : 40,
                &model->help_line);
}

/* Help as app/help.h has it, in a box. */
void pane_help(const struct model *model, struct canvas *canvas)
{
    struct buf name = BUF_INIT;
    add_title(model, &name);
    struct area area = frame_box(model, canvas, help_cells(&model->layout), canvas->rows,
                                 buf_text(&name), "Up Down scroll  Esc close");
    buf_release(&name);
    int above = help_search_rows(model);
    if (above > 0)
        draw_search(model, canvas, area);
    area.row += above;
    area.rows -= above;
    struct help help;
    help_make(model, &help);
    for (int i = 0; i < area.rows; i++) {
        size_t index = model->overlay_scroll.top + (size_t)i;
        if (index >= help.count)
            break;
        const struct help_line *line = &help.items[index];
        int y = area.row + i, at = area.column + 1;
        struct ink label = ink_strong(ROLE_KEY), title = ink_strong(ROLE_TITLE);
        canvas_fit(canvas, at, y, HELP_LABEL_CELLS - 1, FIT_LEFT, label, line->label);
        if (!line->heading)
            at += help.indent;
        if (line->text.length > 0)
            canvas_fit(canvas, at, y, area.column + area.columns - at, FIT_LEFT,
                       line->heading ? title : ink(ROLE_TEXT), line->text);
    }
    help_release(&help);
}
