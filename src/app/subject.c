#include "actions_internal.h"
#include "app_internal.h"
#include "base/bit.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "help_internal.h"
#include "subject_internal.h"

/* What `i` explains in every place: the one table of it. A creator's figure that is not here has its
 * own page, which goes down to the facts: know.c. */

static void named_title(const struct model *model, const char *what, struct buf *out)
{
    uint32_t row = model_row(model);
    buf_add_string(out, what);
    if (row == CATALOG_NONE)
        return;
    buf_add_string(out, "  @");
    model_handle(model, row, out);
}

static void score_title(const struct model *model, struct buf *out)
{
    named_title(model, "Why this score", out);
}

static void moved_title(const struct model *model, struct buf *out)
{
    named_title(model, "Why it moved", out);
}

static void total_title(const struct model *model, struct buf *out)
{
    (void)model;
    buf_add_string(out, "Why this total");
}

static const char *total_source(const struct model *model)
{
    return columns[model->plan.cell].title;
}

static void tiers_title(const struct model *model, struct buf *out)
{
    (void)model;
    buf_add_string(out, "How these figures are made");
}

static const char *tiers_source(const struct model *model)
{
    (void)model;
    return "tier";
}

#define WORDS                                                                                      \
    (BIT64(CONTEXT_LIST) | BIT64(CONTEXT_DETAIL) | BIT64(CONTEXT_COMPARE) | BIT64(CONTEXT_PLAN))

static const struct subject subjects[] = {
    {BIT64(CONTEXT_COMPARE), score_here, score_title, score_why, NULL, OVERLAY_NONE},
    {BIT64(CONTEXT_PLAN), plan_total_here, total_title, total_why, total_source, OVERLAY_NONE},
    {WORDS, word_here, word_title, word_why, word_source, OVERLAY_NONE},
    {BIT64(CONTEXT_FILTERS), value_here, value_title, value_why, value_source, OVERLAY_NONE},
    {BIT64(CONTEXT_FILTERS), bars_here, bars_title, bars_why, bars_source, OVERLAY_NONE},
    {BIT64(CONTEXT_NOTHING), lift_here, lift_title, lift_why, lift_source, OVERLAY_NONE},
    {BIT64(CONTEXT_VIEWS), NULL, view_title, view_why, NULL, OVERLAY_NAMED},
    {BIT64(CONTEXT_ASSUMPTIONS), knob_here, knob_title, knob_why, knob_source, OVERLAY_NONE},
    {BIT64(CONTEXT_ASSUMPTIONS), channel_here, channel_title, channel_why, channel_source,
     OVERLAY_NONE},
    {BIT64(CONTEXT_PLANS), plans_here, plans_why_title, plans_why, plans_source, OVERLAY_NONE},
    {BIT64(CONTEXT_TIERS), NULL, tiers_title, tiers_why, tiers_source, OVERLAY_NONE},
    {BIT64(CONTEXT_CHANGES), moved_here, moved_title, moved_why, NULL, OVERLAY_NONE},
    {BIT64(CONTEXT_FORM), answer_here, answer_title, answer_why, NULL, OVERLAY_NONE},
    {BIT64(CONTEXT_LOST), lost_here, lost_title, lost_why, NULL, OVERLAY_NONE},
    {BIT64(CONTEXT_IMPORTS), imports_any, import_title, import_why, NULL, OVERLAY_NONE},
    {BIT64(CONTEXT_HAND), NULL, hand_title, hand_why, NULL, OVERLAY_NONE},
};

static const struct subject *subject_here(const struct model *model)
{
    enum context context = model_context(model);
    for (size_t i = 0; i < COUNT_OF(subjects); i++)
        if (subjects[i].contexts >> context & 1 && (!subjects[i].here || subjects[i].here(model)))
            return &subjects[i];
    return NULL;
}

bool has_why(const struct model *model)
{
    uint32_t row;
    enum column column;
    bool figures = WORDS >> model_context(model) & 1;
    return subject_here(model) || (figures && model_subject(model, &row, &column));
}

bool subject_open(struct model *model)
{
    const struct subject *subject = subject_here(model);
    if (!subject)
        return false;
    model->subject = subject;
    model->overlay = OVERLAY_SUBJECT;
    model->overlay_scroll = (struct scroll){0};
    return true;
}

enum overlay subject_under(const struct model *model)
{
    return model->overlay == OVERLAY_SUBJECT ? model->subject->under : OVERLAY_NONE;
}

/* What it was about may go while one reads. */
void subject_settle(struct model *model)
{
    if (model->overlay == OVERLAY_SUBJECT && model->subject->here && !model->subject->here(model))
        model->overlay = model->subject->under;
}

bool subject_is_moved(const struct model *model)
{
    return model->overlay == OVERLAY_SUBJECT && model->subject->tell == moved_why;
}

void subject_title(const struct model *model, struct buf *out)
{
    model->subject->title(model, out);
}

void subject_tell(const struct model *model, struct help *help)
{
    model->subject->tell(model, help);
}

const char *subject_source(const struct model *model)
{
    return model->subject->source ? model->subject->source(model) : NULL;
}

/* ---- what pages share ---- */

void why_add_terms(const struct model *model, size_t without, struct buf *out)
{
    const struct filter *filter = &model->query.filter;
    size_t told = 0;
    for (size_t i = 0; i < filter->count; i++) {
        struct buf label = BUF_INIT;
        if (i == without)
            continue;
        buf_add_string(out, told++ ? ", " : "");
        filter_label(&filter->items[i], &label);
        text_safe(out, buf_text(&label));
        buf_release(&label);
    }
    if (told == 0)
        buf_add_string(out, "no other filter is set");
}

void why_add_count(const struct model *model, double count, const char *one, const char *many,
                   struct buf *out)
{
    number_fixed(out, count, 0, model->style);
    buf_addf(out, " %s", count == 1 ? one : many);
}

void why_tell_column(enum column column, struct help *help)
{
    struct buf text = BUF_INIT;
    help_column(column, &text);
    help_entry(help, text_of(columns[column].title), buf_text(&text));
    buf_release(&text);
}
