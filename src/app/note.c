#include "actions_internal.h"
#include "app_internal.h"

/* What the user writes about a creator: one line, as long as NOTE_MOST. */

static uint32_t row_of(const struct model *model)
{
    return catalog_find_id(model->catalog, model->note_id);
}

void note_title(const struct model *model, struct buf *out)
{
    uint32_t row = row_of(model);
    buf_add_string(out, "Note on ");
    if (row != CATALOG_NONE)
        model_handle(model, row, out);
}

void note_typed(struct model *model)
{
    if (text_trim(buf_text(&model->line.text)).length > NOTE_MOST)
        err_set(&model->line_error, "too long: %d letters at most", NOTE_MOST);
}

void note_close(struct model *model, bool keep, struct effects *effects)
{
    uint32_t row = row_of(model);
    if (keep && row != CATALOG_NONE)
        own_note(model, effects, row, text_trim(buf_text(&model->line.text)));
}

void run_note(struct model *model, struct effects *effects)
{
    uint32_t row = model_row(model);
    (void)effects;
    prompt_open(model, PROMPT_NOTE);
    model->note_id = catalog_id(model->catalog, row);
    line_set(&model->line, catalog_text(model->catalog, COL_NOTE, row));
}
