#include "actions_internal.h"
#include "app/key.h"
#include "app_internal.h"
#include "base/utf8.h"
#include "help_internal.h"
#include "subject_internal.h"

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

void run_why(struct model *model, struct effects *effects)
{
    (void)effects;
    uint32_t row;
    if (subject_open(model) || !model_subject(model, &row, &model->why_column))
        return;
    model->why_id = catalog_id(model->catalog, row);
    open_page(model, OVERLAY_WHY);
}

/* ---- words: as the list says them, in full ---- */

bool word_here(const struct model *model)
{
    uint32_t row;
    enum column column;
    return model_subject(model, &row, &column) && column_is_text(column);
}

const char *word_source(const struct model *model)
{
    uint32_t row;
    enum column column;
    model_subject(model, &row, &column);
    return columns[column].title;
}

void word_title(const struct model *model, struct buf *out)
{
    uint32_t row;
    enum column column;
    model_subject(model, &row, &column);
    buf_addf(out, "%s  @", columns[column].title);
    model_handle(model, row, out);
}

/* Sets have a blank after their comma. */
static void add_words(const struct model *model, enum column column, uint32_t row, struct buf *out)
{
    struct buf room = BUF_INIT;
    struct text text = sheet_text(model->sheet, column, row, &room), word;
    if (!text_known(text))
        buf_add_string(out, "unknown: no list says it");
    for (bool first = true; text_next(&text, columns[column].unit == UNIT_SET ? '|' : '\0', &word);
         first = false) {
        buf_add_string(out, first ? "" : ", ");
        text_safe(out, word);
    }
    buf_release(&room);
}

void word_why(const struct model *model, struct help *help)
{
    uint32_t row;
    enum column column;
    struct buf text = BUF_INIT;
    model_subject(model, &row, &column);
    help_heading(help, "What it says");
    add_words(model, column, row, &text);
    help_entry(help, text_of(columns[column].title), buf_text(&text));
    help_heading(help, "What it is");
    why_tell_column(column, help);
    buf_release(&text);
}

/* ---- where it is from: the entry of help on it ---- */

/* An assumption by its key; a step that is a column of its own as such; else the figure itself. */
static const char *step_source(const struct model *model)
{
    const struct why_line *line = &model->why[model->overlay_scroll.cursor];
    if (model->why_count > 0 && line->parameter)
        return line->parameter;
    for (int i = 0; i < COLUMN_COUNT && model->why_count > 0; i++)
        if (text_equal_ascii_case(text_of(columns[i].title), text_of(line->title)))
            return columns[i].title;
    return columns[model->why_column].title;
}

static const char *source_here(const struct model *model)
{
    return model->overlay == OVERLAY_WHY       ? step_source(model)
           : model->overlay == OVERLAY_SUBJECT ? subject_source(model)
                                               : NULL;
}

bool has_source(const struct model *model)
{
    return source_here(model) != NULL;
}

void run_source(struct model *model, struct effects *effects)
{
    (void)effects;
    help_open(model, source_here(model));
}
