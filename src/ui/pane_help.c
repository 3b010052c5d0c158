#include "app/help.h"

#include "ui_internal.h"

static void add_title(const struct model *model, struct buf *out)
{
    uint32_t row = model_row(model);
    if (model->overlay == OVERLAY_MOVED && row != CATALOG_NONE) {
        buf_add_string(out, "Why it moved  @");
        model_handle(model, row, out);
        return;
    }
    if (model->overlay == OVERLAY_SCORE && row != CATALOG_NONE) {
        buf_add_string(out, "Why this score  @");
        model_handle(model, row, out);
        return;
    }
    buf_add_string(out, model->overlay == OVERLAY_TIERS  ? "How these figures are made"
                        : model->overlay == OVERLAY_GONE ? "Gone from the source"
                                                         : "Help");
}

/* Help as app/help.h has it, in a box. */
void pane_help(const struct model *model, struct canvas *canvas)
{
    struct buf name = BUF_INIT;
    add_title(model, &name);
    struct area area = frame_box(model, canvas, help_cells(&model->layout), canvas->rows,
                                 buf_text(&name), "Up Down scroll  Esc close");
    buf_release(&name);
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
