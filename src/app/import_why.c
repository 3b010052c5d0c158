#include "app_internal.h"
#include "base/date.h"
#include "base/utf8.h"
#include "help_internal.h"
#include "subject_internal.h"

/* How an import understands its file, what it cannot use, and what the last ones brought. */

static void tell_safe(struct help *help, const char *label, struct text text)
{
    struct buf safe = BUF_INIT;
    if (text.length == 0)
        return;
    text_safe(&safe, text);
    help_entry(help, text_of(label), buf_text(&safe));
    buf_release(&safe);
}

/* ---- a line of the form ---- */

bool answer_here(const struct model *model)
{
    return model->form.cursor < model->form.plan.line_count;
}

static bool is_fold(const struct form *form)
{
    return form->cursor == form_fold(form);
}

static const struct form_line *answer_of(const struct model *model)
{
    return &model->form.plan.lines[model->form.cursor];
}

void answer_title(const struct model *model, struct buf *out)
{
    const struct form_line *line = answer_of(model);
    if (is_fold(&model->form)) {
        buf_add_string(out, "What the file settles itself");
        return;
    }
    buf_add_string(out, line->title.length > 0 ? "Why " : "Worth a look");
    text_safe(out, line->title);
    if (line->shown.length == 0)
        return;
    buf_add_string(out, line->part == FORM_COLUMN ? " becomes " : " is ");
    text_safe(out, line->shown);
}

static void tell_choices(const struct form_line *line, struct help *help)
{
    help_heading(help, "What else it could be: e chooses");
    for (size_t i = 0; i < line->choice_count; i++) {
        const struct form_choice *choice = &line->choices[i];
        struct buf label = BUF_INIT, hint = BUF_INIT;
        text_safe(&label, choice->label);
        text_safe(&hint, choice->hint);
        if (choice->chosen)
            buf_add_string(&hint, hint.length > 0 ? " (it is this now)" : "it is this now");
        help_entry(help, buf_text(&label), hint.length > 0 ? buf_text(&hint) : TEXT("instead"));
        buf_release(&label);
        buf_release(&hint);
    }
    help->heading = (struct text){0};
}

static struct text how_sure(const struct form_line *line)
{
    return line->open                    ? TEXT("Not at all: it has to be said before anything "
                                                                   "can be imported. e on the line.")
           : line->guess                 ? TEXT("A guess from what the file holds: check it.")
           : line->part == FORM_NOTE     ? TEXT("Nothing to answer: look whether it is meant so.")
           : line->part == FORM_QUESTION ? TEXT("You said so, now or for an earlier file like it.")
                                         : TEXT("It follows from the file itself.");
}

static void tell_tiers(const struct model *model, const struct form_line *line, struct help *help)
{
    const struct form_figures *figures = &model->form.figures;
    struct buf text = BUF_INIT;
    if (!line->tiers || !figures->known)
        return;
    why_add_count(model, (double)figures->tiers_disagree, "row has another tier than",
                  "rows have another tier than", &text);
    buf_addf(&text, " ours, which follows from the followers and the preset %s.",
             model->preset->name);
    help_entry(help, TEXT("Their tiers"), buf_text(&text));
    buf_release(&text);
}

static void tell_line(const struct model *model, const struct form_line *line, struct help *help)
{
    help_heading(help, "How it is understood");
    tell_safe(help, line->part == FORM_COLUMN ? "In the file" : "Question", line->title);
    tell_safe(help, line->part == FORM_COLUMN ? "Becomes" : "Answer", line->shown);
    tell_safe(help, "For example", line->example);
    tell_safe(help, "Why", line->note);
    help_entry(help, TEXT("How sure"), how_sure(line));
    if (line->left_out)
        help_entry(help, TEXT("Left out"), TEXT("Nothing of this column goes into the store."));
    tell_tiers(model, line, help);
    tell_choices(line, help);
}

void answer_why(const struct model *model, struct help *help)
{
    const struct form *form = &model->form;
    if (!is_fold(form)) {
        tell_line(model, answer_of(model), help);
        return;
    }
    help_heading(help, "Read from the file");
    for (size_t i = form_fold(form); i < form->plan.line_count; i++) {
        const struct form_line *line = &form->plan.lines[i];
        struct buf label = BUF_INIT, text = BUF_INIT;
        text_safe(&label, line->title);
        text_safe(&text, line->shown);
        buf_add_string(&text, line->note.length > 0 ? "  " : "");
        text_safe(&text, line->note);
        help_entry(help, buf_text(&label), buf_text(&text));
        buf_release(&label);
        buf_release(&text);
    }
}

/* ---- what it cannot use ---- */

static const struct {
    const char *what, *then;
} lost_words[FORM_TROUBLES] = {
    [FORM_REJECTED] = {"The row is left out.",
                       "Mend it in the file and import it again; what is in the store already is "
                       "recognised. x writes such rows into a file of their own."},
    [FORM_UNKNOWN] = {"The value counts as unknown, the rest of the row is taken.",
                      "Unknown is never counted as zero; a later import can bring the value."},
    [FORM_REPEATED] = {"The creator stands in the file more than once.",
                       "What the later row says wins."},
    [FORM_LOOK] = {"The value is taken as it is.", "Look whether it is meant so."},
};

bool lost_here(const struct model *model)
{
    return model->form.lost.cursor < model->form.figures.problem_count;
}

void lost_title(const struct model *model, struct buf *out)
{
    const struct form_problem *problem = &model->form.figures.problems[model->form.lost.cursor];
    buf_add_string(out, "Why it is listed");
    if (problem->line > 0)
        buf_addf(out, "  line %llu", (unsigned long long)problem->line);
}

void lost_why(const struct model *model, struct help *help)
{
    const struct form_figures *figures = &model->form.figures;
    const struct form_problem *problem = &figures->problems[model->form.lost.cursor];
    struct buf text = BUF_INIT;
    help_heading(help, "What was found");
    tell_safe(help, "In full", problem->what);
    if (problem->line > 0) {
        buf_addf(&text, "Line %llu of ", (unsigned long long)problem->line);
        text_safe(&text, model->form.plan.file);
        buf_add_string(&text, ", the heading counted as one.");
        help_entry(help, TEXT("Where"), buf_text(&text));
        buf_clear(&text);
    }
    help_heading(help, "What becomes of it");
    help_entry(help, TEXT("Now"), text_of(lost_words[problem->trouble].what));
    help_entry(help, TEXT("And then"), text_of(lost_words[problem->trouble].then));
    why_add_count(model, (double)figures->troubles[problem->trouble], "time", "times", &text);
    buf_add_string(&text, " in ");
    why_add_count(model, (double)figures->rows, "row.", "rows.", &text);
    help_entry(help, TEXT("How often"), buf_text(&text));
    buf_release(&text);
}

/* ---- imports ---- */

static const struct batch_told *import_of(const struct model *model)
{
    return &model->sheet->batches.items[model->imports.at.cursor].told;
}

void import_title(const struct model *model, struct buf *out)
{
    buf_addf(out, "What import %lld brought", (long long)import_of(model)->id);
}

static void tell_rows(const struct model *model, struct help *help, const char *label,
                      uint64_t count, const char *what)
{
    struct buf text = BUF_INIT;
    number_fixed(&text, (double)count, 0, model->style);
    buf_addf(&text, "  %s", what);
    help_entry(help, text_of(label), buf_text(&text));
    buf_release(&text);
}

void import_why(const struct model *model, struct help *help)
{
    const struct batch_told *import = import_of(model);
    struct buf text = BUF_INIT;
    help_heading(help, "Where it is from");
    tell_safe(help, "File", import->file);
    date_day_year(&text, import->at);
    buf_add_string(&text, ", ");
    date_age(&text, model->now - import->at);
    buf_add_string(&text, " ago");
    help_entry(help, TEXT("When"), buf_text(&text));
    help_heading(help, "What became of its rows");
    tell_rows(model, help, "Rows", import->read, "rows were read, the heading not counted.");
    tell_rows(model, help, "New", import->added, "creators that were not in the store.");
    tell_rows(model, help, "Changed", import->changed,
              "creators that were, and of whom a figure became another.");
    tell_rows(model, help, "As it was", import->unchanged, "creators of whom nothing changed.");
    tell_rows(model, help, "Unusable", import->rejected, "rows that were left out.");
    buf_clear(&text);
    if (batch_stands(import)) {
        buf_addf(&text, "Yes: Enter shows them, as import:%lld does in a filter; - takes it back.",
                 (long long)import->id);
    } else {
        buf_add_string(&text, "No: it was taken back ");
        date_day_year(&text, import->taken_back_at);
        buf_add_string(&text, ". Its new creators are gone, the changed ones as they were.");
    }
    help_entry(help, TEXT("It stands"), buf_text(&text));
    buf_release(&text);
}
