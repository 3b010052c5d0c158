#include "actions_internal.h"
#include "app/key.h"
#include "app_internal.h"

/* What a figure is and why: help, which is searched by typing, and the pages that explain. */

/* Help goes back to what it was opened over, which stays as it is. */
void help_open(struct model *model, const char *word)
{
    model->overlay_below = model->overlay;
    model->below_scroll = model->overlay_scroll;
    model->overlay = OVERLAY_HELP;
    model->overlay_scroll = (struct scroll){0};
    model->help_fresh = true;
    line_set(&model->help_line, text_of(word));
}

void run_help(struct model *model, struct effects *effects)
{
    (void)effects;
    help_open(model, "");
}

void run_close_help(struct model *model, struct effects *effects)
{
    (void)effects;
    model->overlay_scroll = (struct scroll){0};
    if (model->help_line.text.length > 0 && !model->help_fresh) {
        line_set(&model->help_line, TEXT(""));
        return;
    }
    model->overlay = model->overlay_below;
    model->overlay_scroll = model->below_scroll;
}

void help_type(struct model *model, struct text text)
{
    if (model->help_fresh)
        line_set(&model->help_line, TEXT(""));
    model->help_fresh = false;
    model->overlay_scroll = (struct scroll){0};
    line_insert(&model->help_line, text);
}

/* A key that does nothing here and is no letter either stands there by its name: what is on F5? */
static bool is_asked_about(uint32_t key)
{
    return (key < ' ' && key != K_ENTER) || (key >= K_F1 && key <= K_F12) || key == K_BACK_TAB ||
           key == K_INSERT;
}

bool help_key(struct model *model, uint32_t key)
{
    bool letter = key >= ' ' && key < K_FIRST_NAMED && key != K_BACKSPACE;
    if (letter && model->help_fresh)
        line_set(&model->help_line, TEXT(""));
    bool taken = line_key(&model->help_line, key);
    if (!taken && is_asked_about(key)) {
        struct buf name = BUF_INIT;
        key_label(key, &name);
        line_set(&model->help_line, buf_text(&name));
        buf_release(&name);
        taken = true;
    }
    if (taken) {
        model->help_fresh = false;
        model->overlay_scroll = (struct scroll){0};
    }
    return taken;
}

static void open_page(struct model *model, enum overlay overlay)
{
    model->overlay = overlay;
    model->overlay_scroll = (struct scroll){0};
}

void run_messages(struct model *model, struct effects *effects)
{
    (void)effects;
    open_page(model, OVERLAY_TOLD);
}

/* Words and facts are as a list says them: help tells what they mean and where they are from. */
void run_why(struct model *model, struct effects *effects)
{
    (void)effects;
    uint32_t row;
    if (score_here(model)) {
        open_page(model, OVERLAY_SCORE);
        return;
    }
    if (plan_total_here(model)) {
        open_page(model, OVERLAY_TOTAL);
        return;
    }
    if (!model_subject(model, &row, &model->why_column))
        return;
    if (column_is_text(model->why_column)) {
        help_open(model, columns[model->why_column].title);
        return;
    }
    model->why_id = catalog_id(model->catalog, row);
    open_page(model, OVERLAY_WHY);
}
