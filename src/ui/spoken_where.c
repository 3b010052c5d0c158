#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/show.h"
#include "spoken_internal.h"

/* Where one is, what there is at the beginning, and what is asked. */

/* ---- where ---- */

static const char *const places[PLACE_COUNT] = {
    [PLACE_EXPLORE] = "the list",       [PLACE_DETAIL] = "a creator",
    [PLACE_COMPARE] = "the comparison", [PLACE_PLAN] = "the plan",
    [PLACE_PLANS] = "the plans",        [PLACE_TIERS] = "the tiers",
    [PLACE_CHANGES] = "the changes",    [PLACE_IMPORT] = "an import",
    [PLACE_IMPORTS] = "the imports",    [PLACE_FIRST] = "a store without creators",
};

static void add_medians(const struct model *model, struct buf *out)
{
    buf_add_string(out, "Medians of these: ");
    for (size_t i = 0; i < TOTALS; i++) {
        enum column column = total_columns[i];
        buf_addf(out, "%s%s ", i > 0 ? "; " : "", columns[column].title);
        if (model->totals[i].known < model->sheet->few)
            buf_add_string(out, "known of too few");
        else
            spoken_value(model, columns[column].unit, model->totals[i].value, out);
    }
    if (model->result.estimated > 0) {
        buf_add_string(out, "; ");
        spoken_count(model, model->result.estimated, "fee is an estimate", "fees are estimates",
                     out);
    }
    buf_add_string(out, ".\n");
}

static void add_news(const struct model *model, struct buf *out)
{
    if (model->pending > 0 || model->calm.gone > 0)
        buf_addf(out, "New since: %zu would come and %zu would go; apply takes them in.\n",
                 model->pending, model->calm.gone);
    if (model->calm.held)
        buf_add_string(out, "Nothing new comes in: hold lets it.\n");
}

static void add_undo(const struct model *model, struct buf *out)
{
    const struct step *undo = undo_next(&model->undo), *redo = redo_next(&model->undo);
    if (undo) {
        buf_add_string(out, "undo would take back: ");
        spoken_signs(SPOKEN_STEP, text_of(undo->label), out);
        buf_add_string(out, ".\n");
    }
    if (redo) {
        buf_add_string(out, "redo would do again: ");
        spoken_signs(SPOKEN_STEP, text_of(redo->label), out);
        buf_add_string(out, ".\n");
    }
}

void spoken_where(const struct model *model, struct buf *out)
{
    uint32_t row = said_row(model);
    buf_addf(out, "You are in %s of ", places[model->place]);
    text_safe(out, text_of(model->store_name));
    if (model->named[0]) {
        buf_addf(out, ", view ");
        text_safe(out, text_of(model->named));
        buf_add_string(out, model->named_differs ? ", changed since" : "");
    }
    buf_add_string(out, model->read_only ? ", which can only be read.\n" : ".\n");
    spoken_filters(model, out);
    add_medians(model, out);
    if (row != CATALOG_NONE) {
        buf_add_string(out, "Spoken of: ");
        spoken_name(model, row, out);
        buf_add_string(out, ".\n");
    }
    buf_addf(out, "Ticked: %zu.\n", model->catalog->ticked_count);
    spoken_money(model, out);
    add_news(model, out);
    add_undo(model, out);
}

/* ---- the beginning ---- */

void spoken_opening(const struct model *model, struct buf *out)
{
    buf_add_string(out, "microscope, ");
    text_safe(out, text_of(model->store_name));
    buf_add_string(out, model->sample ? ", invented creators to try it with.\n" : ".\n");
    spoken_filters(model, out);
    buf_add_string(out, "list tells them, help tells the words, quit leaves.\n");
}

static void add_found(const struct model *model, struct buf *out)
{
    for (size_t i = 0; i < model->first.count; i++) {
        const struct list_found *found = &model->first.found[i];
        if (found->state == LIST_ROWS_BOOK)
            continue;
        buf_add_string(out, "import ");
        text_safe(out, found->path);
        if (found->state == LIST_ROWS_KNOWN) {
            buf_add_string(out, ": ");
            spoken_count(model, (size_t)found->rows, "row", "rows", out);
        }
        buf_add_string(out, ".\n");
    }
}

void spoken_first(const struct model *model, struct buf *out)
{
    buf_add_string(out, "microscope, ");
    text_safe(out, text_of(model->store_name));
    buf_add_string(out, ": there are no creators yet.\n"
                        "sample: tries it with invented creators.\n"
                        "import and the name of a file: reads your own list, CSV or JSON.\n"
                        "help: tells the words.\nquit: leaves.\n");
    if (model->first.count > 0)
        buf_add_string(out, "Lists on this computer:\n");
    add_found(model, out);
}

/* ---- what is asked ---- */

static void ask_hand_over(const struct model *model, struct buf *out)
{
    const struct hand *hand = &model->hand;
    buf_addf(out, "%s, %s: ", hand_whoms[hand->whom].title, hand_whoms[hand->whom].about);
    hand_say(model, hand->what, false, out);
    buf_add_string(out, ", into ");
    text_safe(out, buf_text(&hand->path));
    buf_add_string(out, hand->asks ? ", which is there already. yes replaces it, no leaves it.\n"
                                   : ". yes saves it, no leaves it.\n");
}

static void add_line(const struct form_line *line, struct buf *out)
{
    text_safe(out, line->title);
    buf_add_string(out, line->part == FORM_NOTE ? "" : ": ");
    text_safe(out, line->open ? TEXT("has to be said first") : line->shown);
    buf_add_string(out, line->left_out ? ", left out" : line->guess ? ", a guess" : "");
    if (text_known(line->note) && line->note.length > 0) {
        buf_add_string(out, "; ");
        text_safe(out, line->note);
    }
    buf_add_char(out, '\n');
}

static void add_figures(const struct model *model, const struct form_figures *figures,
                        struct buf *out)
{
    if (text_known(figures->failure)) {
        buf_add_string(out, "It cannot be read: ");
        text_safe(out, figures->failure);
        buf_add_string(out, ".\n");
    }
    if (!figures->known)
        return;
    spoken_count(model, figures->rows, "row", "rows", out);
    buf_add_string(out, "; new: ");
    number_fixed(out, (double)figures->added, 0, model->style);
    buf_add_string(out, "; changed: ");
    number_fixed(out, (double)figures->changed, 0, model->style);
    buf_add_string(out, "; as they are: ");
    number_fixed(out, (double)figures->unchanged, 0, model->style);
    buf_add_string(out, "; cannot be used: ");
    number_fixed(out, (double)figures->troubles[FORM_REJECTED], 0, model->style);
    buf_add_string(out, ".\n");
}

static void ask_import(const struct model *model, struct buf *out)
{
    const struct form_plan *plan = &model->form.plan;
    buf_add_string(out, "Import of ");
    text_safe(out, plan->file);
    buf_add_string(out, ", ");
    text_safe(out, plan->about);
    buf_add_string(out, ".\n");
    for (size_t i = 0; i < plan->line_count; i++)
        if (plan->lines[i].part != FORM_DECIDED)
            add_line(&plan->lines[i], out);
    add_figures(model, &model->form.figures, out);
    if (text_known(plan->missing)) {
        buf_add_string(out, "It cannot be imported here before it is known: ");
        text_safe(out, plan->missing);
        buf_add_string(out, ". no leaves it; microscope import says it with an option.\n");
    } else {
        buf_add_string(out, "yes imports it, no leaves it.\n");
    }
}

static void ask_choice(const struct model *model, struct buf *out)
{
    struct buf title = BUF_INIT;
    said_question(model, &title);
    buf_addf(out, "%s: which? Say a number or some letters of it; an empty line leaves it.\n",
             buf_string(&title));
    for (size_t i = 0; i < said_options(model); i++) {
        buf_addf(out, "%zu: ", i + 1);
        text_safe(out, said_option(model, i));
        buf_add_char(out, '\n');
    }
    buf_release(&title);
}

void spoken_question(const struct model *model, struct buf *out)
{
    if (model->prompt == PROMPT_FILL) {
        spoken_proposal(model, out);
    } else if (model->prompt == PROMPT_HAND) {
        ask_hand_over(model, out);
    } else if (model->prompt == PROMPT_NONE && model->overlay == OVERLAY_PICKER) {
        ask_choice(model, out);
    } else if (model->prompt == PROMPT_NONE) {
        ask_import(model, out);
    } else {
        said_question(model, out);
        buf_add_string(out, ". Say what it is to be; an empty line leaves it.\n");
    }
}
