#include "app_internal.h"

/* The prompts for filters and searches; those for figures and commands have files of their own. What
 * is typed takes effect at once where it can. */

void prompt_open(struct model *model, enum prompt prompt)
{
    model->prompt = prompt;
    model->line_error = (struct err){.message = ""};
    model->line_fresh = false;
    line_set(&model->line, TEXT(""));
    if (prompt == PROMPT_FILTER) {
        model->picker.kind = PICK_FILTER;
        model->picker.cursor = model->picker.top = 0;
        model->picker.idle = false;
        picker_build(model);
    } else if (prompt == PROMPT_SEARCH) {
        search_open(model);
    }
}

static void close_search(struct model *model, bool keep, struct effects *effects)
{
    (void)effects;
    search_close(model, keep);
}

static void (*const closers[PROMPT_COUNT])(struct model *model, bool keep,
                                           struct effects *effects) = {
    [PROMPT_SEARCH] = close_search,   [PROMPT_FIELD] = field_close,
    [PROMPT_FILL] = proposal_close,   [PROMPT_COMMAND] = command_close,
    [PROMPT_NAME] = plans_name_close, [PROMPT_VIEW] = named_close,
    [PROMPT_HAND] = hand_close,       [PROMPT_HAND_FILE] = hand_name_close,
    [PROMPT_ANSWER] = form_answered,  [PROMPT_VALUE] = facets_find_close,
    [PROMPT_NOTE] = note_close,
};

void prompt_close(struct model *model, bool keep, struct effects *effects)
{
    enum prompt prompt = model->prompt;
    if (keep && model->line_error.message[0]) {
        if (prompt == PROMPT_FIELD)
            field_refuse(model);
        return; /* the prompt stays, with its error */
    }
    model->prompt = PROMPT_NONE;
    model->line_error = (struct err){.message = ""};
    if (closers[prompt])
        closers[prompt](model, keep, effects);
}

bool prompt_key(struct model *model, uint32_t key)
{
    if (model->overlay == OVERLAY_HELP)
        return help_key(model, key);
    if (model->prompt == PROMPT_FILL && proposal_key(model, key))
        return true;
    if (model_context(model) == CONTEXT_COLUMNS && columns_key(model, key))
        return true;
    bool letter = key >= ' ' && key < K_FIRST_NAMED && key != K_BACKSPACE;
    if (model->line_fresh && letter)
        line_set(&model->line, TEXT(""));
    model->line_fresh = false;
    if (!line_key(&model->line, key))
        return false;
    prompt_typed(model);
    return true;
}

void prompt_paste(struct model *model, struct text text)
{
    if (model->overlay == OVERLAY_HELP) {
        help_type(model, text);
        return;
    }
    if (model->line_fresh)
        line_set(&model->line, TEXT(""));
    model->line_fresh = false;
    line_insert(&model->line, text);
    prompt_typed(model);
}

/* filter */

void filter_enter(struct model *model)
{
    const struct picker *picker = &model->picker;
    struct text typed = text_trim(buf_text(&model->line.text));
    struct buf text = BUF_INIT;
    if (picker->cursor < picker->count)
        buf_add_text(&text, picker->items[picker->cursor].text);
    else
        buf_add_text(&text, typed);
    char last = text.length ? text.at[text.length - 1] : 0;
    if (last == ':' || last == '<' || (last == '=' && text.length > 1)) {
        bool again = text_equal(buf_text(&text), typed);
        line_set(&model->line, buf_text(&text)); /* a column: its value is still to come */
        prompt_typed(model);
        if (again)
            err_set(&model->line_error, "a value is missing after '%s'", buf_string(&text));
    } else if (text.length > 0) {
        struct filter_context context = {model->sheet, true};
        if (filter_add(&model->query.filter, buf_text(&text), &context, &model->line_error)) {
            model->line_error = (struct err){.message = ""};
            view_changed(model, "filter %s", buf_string(&text));
            line_set(&model->line, TEXT(""));
            prompt_typed(model);
            model->picker.idle = true;
            picker_build(model);
        }
    } else if (picker->idle) {
        model_notice(model, "type, or %s to choose", model_key(model, K_DOWN).text);
    }
    buf_release(&text);
}

static void filter_typed(struct model *model)
{
    model->line_error = (struct err){.message = ""};
    model->picker.cursor = model->picker.top = 0;
    model->picker.idle = false;
    picker_build(model);
}

static void (*const typed[])(struct model *model) = {
    [PROMPT_FILTER] = filter_typed,       [PROMPT_SEARCH] = search_typed,
    [PROMPT_FIELD] = field_typed,         [PROMPT_FILL] = proposal_typed,
    [PROMPT_COMMAND] = command_typed,     [PROMPT_GOAL] = goal_typed,
    [PROMPT_NAME] = plans_name_typed,     [PROMPT_VIEW] = named_typed,
    [PROMPT_HAND_FILE] = hand_name_typed, [PROMPT_ANSWER] = form_typed,
    [PROMPT_VALUE] = facets_find_typed,   [PROMPT_NOTE] = note_typed,
};

void prompt_typed(struct model *model)
{
    if (model->prompt != PROMPT_NONE && typed[model->prompt]) {
        model->line_error = (struct err){.message = ""};
        typed[model->prompt](model);
    } else if (model->overlay == OVERLAY_PICKER) {
        model->picker.cursor = model->picker.top = 0;
        picker_build(model);
    }
}
