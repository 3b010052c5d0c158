#include "actions_internal.h"
#include "app/key.h"
#include "base/utf8.h"
#include "domain/show.h"
#include "said_internal.h"

/* What is asked is answered by the next line: yes, no, a number, or the text that is wanted. */

static bool says(struct text line, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (text_equal_ascii_case(line, text_of(words[i])))
            return true;
    return false;
}

static bool says_yes(struct text line)
{
    static const char *const words[] = {"yes", "y", "ok", "take it", "save it", NULL};
    return says(line, words);
}

static bool says_no(struct text line)
{
    static const char *const words[] = {"no", "n", "cancel", "leave it", NULL};
    return line.length == 0 || says(line, words);
}

bool said_is_reply(struct text line)
{
    return says_yes(line) || says_no(line);
}

static void press_enter(struct saying *it)
{
    const struct command *enter = bindings_command(NULL, model_context(it->model), K_ENTER);
    if (enter && command_enabled(enter, it->model))
        enter->run(it->model, it->effects);
}

/* What is wrong leaves all as it was. A prompt that would go on asking does not. */
bool said_into_prompt(struct saying *it, struct text text)
{
    struct model *model = it->model;
    enum prompt prompt = model->prompt;
    line_set(&model->line, text);
    model->line_fresh = false;
    prompt_typed(model);
    press_enter(it);
    if (model->prompt == PROMPT_VIEW && !model->line_error.message[0])
        press_enter(it); /* there is one of this name: who says its name means it */
    if (model->prompt != prompt)
        return true;
    bool ok = !model->line_error.message[0];
    if (!ok)
        *it->err = model->line_error;
    prompt_close(model, false, it->effects);
    return ok;
}

/* ---- forms: yes or no ---- */

static void close_form(struct saying *it)
{
    if (it->model->place == PLACE_IMPORT)
        form_cancel(it->model, it->effects);
    else
        prompt_close(it->model, false, it->effects);
    model_notice(it->model, "left as it was");
}

static bool is_form(const struct model *model)
{
    return model->prompt == PROMPT_FILL || model->prompt == PROMPT_HAND ||
           (model->prompt == PROMPT_NONE && model->place == PLACE_IMPORT);
}

/* Any other line is another matter, and leaves the form. */
static bool reply_form(struct saying *it, struct text line)
{
    if (says_yes(line)) {
        press_enter(it);
        return true;
    }
    close_form(it);
    if (says_no(line))
        return true;
    it->model->notice[0] = '\0';
    return false;
}

/* ---- choices ---- */

size_t said_options(const struct model *model)
{
    size_t count = 0;
    if (model->overlay != OVERLAY_PICKER)
        return 0;
    for (size_t i = 0; i < model->picker.count; i++)
        count += !model->picker.items[i].heading;
    return count;
}

static size_t option_at(const struct model *model, size_t at)
{
    size_t i = 0;
    for (; i < model->picker.count; i++)
        if (!model->picker.items[i].heading && at-- == 0)
            break;
    return i;
}

struct text said_option(const struct model *model, size_t at)
{
    return model->picker.items[option_at(model, at)].label;
}

static bool choose(struct saying *it, size_t at)
{
    struct model *model = it->model;
    model->picker.cursor = option_at(model, at);
    picks[model->picker.kind].accept(model, it->effects);
    model->overlay = OVERLAY_NONE;
    return true;
}

static bool reply_choices(struct saying *it, struct text line)
{
    struct model *model = it->model;
    double number;
    if (says_no(line)) {
        model->overlay = OVERLAY_NONE;
        model_notice(model, "left as it was");
        return true;
    }
    bool is_number = show_read(line, UNIT_COUNT, number_style_plain, &number);
    if (is_number && number >= 1 && number <= (double)said_options(model))
        return choose(it, (size_t)number - 1);
    line_set(&model->line, line);
    picker_build(model);
    if (said_options(model) == 1)
        return choose(it, 0);
    if (said_options(model) > 1)
        return true; /* asked again, of fewer */
    model->overlay = OVERLAY_NONE;
    return err_set(it->err, "none of these: left as it was");
}

bool said_reply(struct saying *it, struct text line, bool *done)
{
    struct model *model = it->model;
    *done = true;
    if (is_form(model))
        return reply_form(it, line);
    if (model->overlay == OVERLAY_PICKER) {
        *done = reply_choices(it, line);
        return true;
    }
    if (line.length == 0) {
        prompt_close(model, false, it->effects);
        model_notice(model, "left as it was");
    } else {
        *done = said_into_prompt(it, line);
    }
    return true;
}

/* ---- what is asked ---- */

static void ask_command(const struct model *model, struct buf *out)
{
    buf_add_string(out, command_title(model));
}

static void ask_name(const struct model *model, struct buf *out)
{
    buf_add_string(out, plans_task_title(model));
}

static void ask_view(const struct model *model, struct buf *out)
{
    buf_add_string(out, named_task_title(model));
}

static void ask_filter(const struct model *model, struct buf *out)
{
    (void)model;
    buf_add_string(out, "Which creators to keep");
}

static void ask_search(const struct model *model, struct buf *out)
{
    (void)model;
    buf_add_string(out, "What to look for");
}

static void ask_file(const struct model *model, struct buf *out)
{
    (void)model;
    buf_add_string(out, "Name of the file");
}

static void (*const asked[PROMPT_COUNT])(const struct model *model, struct buf *out) = {
    [PROMPT_FILTER] = ask_filter, [PROMPT_SEARCH] = ask_search,   [PROMPT_FIELD] = field_title,
    [PROMPT_NAME] = ask_name,     [PROMPT_COMMAND] = ask_command, [PROMPT_VIEW] = ask_view,
    [PROMPT_NOTE] = note_title,   [PROMPT_HAND_FILE] = ask_file,
};

void said_question(const struct model *model, struct buf *out)
{
    if (model->prompt == PROMPT_NONE)
        buf_add_string(out, picks[model->picker.kind].title);
    else if (asked[model->prompt])
        asked[model->prompt](model, out);
    if (model->prompt != PROMPT_NONE && model->line.text.length > 0 &&
        model->prompt != PROMPT_COMMAND) {
        buf_add_string(out, " is ");
        text_safe(out, buf_text(&model->line.text));
    }
}
