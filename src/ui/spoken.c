#include "ui/spoken.h"

#include "base/utf8.h"
#include "spoken_internal.h"

static void spoken_done(const struct model *model, struct buf *out)
{
    const struct step *step = undo_next(&model->undo);
    if (model->notice[0] || !step)
        return;
    buf_add_string(out, "Done: ");
    spoken_signs(SPOKEN_STEP, text_of(step->label), out);
    buf_add_string(out, ".\n");
}

static void done_and_money(const struct model *model, struct buf *out)
{
    spoken_done(model, out);
    spoken_money(model, out);
}

static void spoken_choices(const struct model *model, struct buf *out)
{
    const struct said *said = &model->said;
    buf_add_string(out, "Which is meant? Say a number, or it again in other words.\n");
    for (size_t i = 0; i < said->choice_count; i++) {
        const struct said_choice *choice = &said->choices[i];
        if (choice->command)
            buf_addf(out, "%zu: %s, %s\n", i + 1, choice->command->name, choice->command->title);
        else
            buf_addf(out, "%zu: %s, %s\n", i + 1, choice->word->word, choice->word->help);
    }
}

static void (*const answers[ANSWERS])(const struct model *model, struct buf *out) = {
    [ANSWER_OPENING] = spoken_opening,
    [ANSWER_DONE] = spoken_done,
    [ANSWER_MONEY] = done_and_money,
    [ANSWER_COUNT] = spoken_filters,
    [ANSWER_LIST] = spoken_list,
    [ANSWER_CURSOR] = spoken_cursor,
    [ANSWER_CREATOR] = spoken_creator,
    [ANSWER_WHY] = spoken_why,
    [ANSWER_COMPARE] = spoken_compare,
    [ANSWER_PLAN] = spoken_plan,
    [ANSWER_PLANS] = spoken_plans,
    [ANSWER_TIERS] = spoken_tiers,
    [ANSWER_CHANGES] = spoken_changes,
    [ANSWER_WHERE] = spoken_where,
    [ANSWER_PAGE] = spoken_page,
    [ANSWER_HELP] = spoken_help,
    [ANSWER_VALUES] = spoken_values,
    [ANSWER_COLUMNS] = spoken_columns,
    [ANSWER_VIEWS] = spoken_views,
    [ANSWER_MESSAGES] = spoken_messages,
    [ANSWER_ASSUMPTIONS] = spoken_assumptions,
    [ANSWER_CHOICES] = spoken_choices,
    [ANSWER_QUESTION] = spoken_question,
    [ANSWER_FIRST] = spoken_first,
};

/* What was noticed comes first, as it is about what was done. */
void spoken(const struct model *model, struct buf *out)
{
    const struct said *said = &model->said;
    if (said->words.length > 0) {
        text_safe(out, buf_text(&said->words));
        buf_add_string(out, ".\n");
    }
    if (model->notice[0]) {
        spoken_signs(SPOKEN_STEP, text_of(model->notice), out);
        buf_add_string(out, ".\n");
    }
    if (!said->failed && answers[said->answer])
        answers[said->answer](model, out);
    else if (!said->failed && out->length == 0 && !model->leaving)
        buf_add_string(out, "Done.\n");
}
