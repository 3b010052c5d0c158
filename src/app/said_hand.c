#include <string.h>

#include "actions_internal.h"
#include "base/vec.h"
#include "said_internal.h"

/* What leaves the program, and what comes in. */

/* "plan team": what of it; nothing said: what is here. */
static bool take_what(struct text *rest, enum hand_what *what)
{
    static const struct {
        const char *word;
        enum hand_what what;
    } words[] = {{"list", HAND_LIST}, {"plan", HAND_PLAN}, {"comparison", HAND_COMPARISON}};
    struct text after = *rest, word;
    if (!text_next(&after, ' ', &word) || !text_known(after))
        return false;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_equal_ascii_case(word, text_of(words[i].word))) {
            *what = words[i].what;
            *rest = text_trim(after);
            return true;
        }
    return false;
}

static bool open_form(struct saying *it)
{
    struct model *model = it->model;
    enum hand_what what;
    bool said = take_what(&it->rest, &what);
    hand_open(model, it->effects);
    if (model->prompt != PROMPT_HAND)
        return err_set(it->err,
                       "nobody is shown and nobody planned: there is nothing to hand over");
    if (said && !hand_can(model, what)) {
        prompt_close(model, false, it->effects);
        return err_set(it->err, what == HAND_PLAN ? "nobody is in the plan"
                                                  : "there is no comparison: compare 1 2 3");
    }
    while (said && model->hand.what != what)
        hand_turn(model, it->effects);
    return true;
}

/* As the cursor of the form would go there. */
static void turn_to(struct model *model, enum hand_whom whom)
{
    hand_vertical(model, (long)whom - model->hand.cursor);
}

static bool ends_in(struct text path, const char *ending)
{
    size_t length = strlen(ending);
    return path.length > length &&
           text_equal_ascii_case(text_of(ending), text_part(path, path.length - length, length));
}

static bool by_ending(struct text path, enum hand_whom *whom)
{
    for (int i = 0; i < HAND_WHOMS; i++)
        if (hand_whoms[i].ending && ends_in(path, hand_whoms[i].ending)) {
            *whom = (enum hand_whom)i;
            return true;
        }
    return false;
}

bool say_export(struct saying *it)
{
    struct model *model = it->model;
    enum hand_whom whom;
    if (it->rest.length == 0)
        return err_set(it->err, "say into which file: export creators.csv");
    if (!by_ending(it->rest, &whom))
        return err_set(it->err, "the file's name ends in .html, .xlsx or .csv: that says how it is "
                                "written");
    if (!open_form(it))
        return false;
    turn_to(model, whom);
    hand_name(model, it->effects);
    if (!said_into_prompt(it, it->rest))
        return false;
    hand_save(model, it->effects);
    return true;
}

static bool take_whom(struct text word, enum hand_whom *whom)
{
    static const char *const words[HAND_WHOMS] = {
        [HAND_BOSS] = "boss", [HAND_TEAM] = "team", [HAND_TOOL] = "tool", [HAND_CHAT] = "chat"};
    for (int i = 0; i < HAND_WHOMS; i++)
        if (text_equal_ascii_case(word, text_of(words[i]))) {
            *whom = (enum hand_whom)i;
            return true;
        }
    return false;
}

/* Where a name is proposed, it is asked whether it is good. */
bool say_hand_over(struct saying *it)
{
    struct model *model = it->model;
    enum hand_whom whom;
    struct text rest = it->rest;
    enum hand_what what;
    take_what(&rest, &what);
    if (!take_whom(rest, &whom))
        return err_set(it->err, "say for whom: hand over boss, team, tool or chat");
    if (!open_form(it))
        return false;
    turn_to(model, whom);
    if (!hand_whoms[whom].ending)
        hand_save(model, it->effects);
    return true;
}

bool say_import(struct saying *it)
{
    struct buf line = BUF_INIT;
    if (it->rest.length == 0)
        return err_set(it->err, "say which file: import creators.csv");
    buf_add_string(&line, "import ");
    buf_add_text(&line, it->rest);
    command_open(it->model, buf_string(&line));
    bool done = said_into_prompt(it, buf_text(&line));
    buf_release(&line);
    return done;
}

bool say_sample(struct saying *it)
{
    if (it->model->sample)
        return err_set(it->err, "this is the sample");
    if (it->model->job.running)
        return err_set(it->err, "%s %s still runs", job_does(it->model), it->model->job_name);
    effects_add(it->effects, (struct effect){.kind = EFFECT_SAMPLE});
    leave(it->model, it->effects);
    return true;
}
