#include "app/said.h"

#include <stdlib.h>
#include <string.h>

#include "actions_internal.h"
#include "app/help.h"
#include "app/key.h"
#include "base/doc.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "said_internal.h"

/* A line of words is understood: an answer to what is asked, a number, a key, a word, a command's name,
 * filter words, or something near one of these, in this order. */

void said_release(struct said *said)
{
    if (!said)
        return;
    buf_release(&said->words);
    buf_release(&said->about);
    free(said->numbered.items);
    *said = (struct said){.answer = ANSWER_NONE};
}

uint32_t said_row(const struct model *model)
{
    uint32_t row =
        model->said.creator ? catalog_find_id(model->catalog, model->said.creator) : CATALOG_NONE;
    return row != CATALOG_NONE ? row : model_row(model);
}

size_t said_number(const struct model *model, int64_t id)
{
    for (size_t i = 0; i < model->said.numbered.count; i++)
        if (model->said.numbered.items[i] == id)
            return i + 1;
    return 0;
}

/* ---- what a command changed is what is told ---- */

struct before {
    enum place place;
    int64_t cursor_id;
    size_t done, view;
};

static struct before look(const struct model *model)
{
    return (struct before){model->place, model_creator(model), model->undo.done, model->views.at};
}

static const enum said_answer place_answers[PLACE_COUNT] = {
    [PLACE_EXPLORE] = ANSWER_COUNT,   [PLACE_DETAIL] = ANSWER_CREATOR,
    [PLACE_COMPARE] = ANSWER_COMPARE, [PLACE_PLAN] = ANSWER_PLAN,
    [PLACE_PLANS] = ANSWER_PLANS,     [PLACE_TIERS] = ANSWER_TIERS,
    [PLACE_CHANGES] = ANSWER_CHANGES, [PLACE_FIRST] = ANSWER_FIRST,
};

static const enum said_answer overlay_answers[] = {
    [OVERLAY_WHY] = ANSWER_WHY,         [OVERLAY_HELP] = ANSWER_HELP,
    [OVERLAY_TOLD] = ANSWER_MESSAGES,   [OVERLAY_NAMED] = ANSWER_VIEWS,
    [OVERLAY_PICKER] = ANSWER_QUESTION,
};

static bool is_asked(const struct model *model)
{
    return model->prompt != PROMPT_NONE || model->overlay == OVERLAY_PICKER ||
           model->place == PLACE_IMPORT;
}

static enum said_answer answer_of(const struct model *model, const struct before *before)
{
    if (is_asked(model))
        return ANSWER_QUESTION;
    if (model->overlay < COUNT_OF(overlay_answers) && overlay_answers[model->overlay])
        return overlay_answers[model->overlay];
    if (overlay_is_help(model))
        return ANSWER_PAGE;
    if (model->place != before->place)
        return place_answers[model->place];
    if (model->views.at != before->view)
        return ANSWER_COUNT;
    if (model->undo.done != before->done)
        return ANSWER_DONE;
    if (model_creator(model) != before->cursor_id)
        return ANSWER_CURSOR;
    return ANSWER_NONE;
}

/* ---- commands ---- */

/* What stands on a screen, and is nothing where there is none. */
static const char *const of_screen[] = {
    "zoom", "next-pane",    "previous-pane", "filters",   "mouse",        "theme", "redraw",
    "menu", "commands",     "tour",          "edit",      "more",         "less",  "bands",
    "past", "compare-past", "tiers-bands",   "like-this", "not-like-this"};

static bool is_of_screen(const struct command *command)
{
    for (size_t i = 0; i < COUNT_OF(of_screen); i++)
        if (strcmp(command->name, of_screen[i]) == 0)
            return true;
    return false;
}

bool said_run(struct saying *it, const struct command *command)
{
    struct model *model = it->model;
    if (is_of_screen(command))
        return err_set(it->err, "'%s' is for the screen; help tells the words for lines",
                       command->title);
    if (!(command->contexts >> model_context(model) & 1) || !command_enabled(command, model))
        return err_set(it->err, "'%s' is not possible here", command->title);
    command->run(model, it->effects);
    return true;
}

static const struct command *command_called(const struct model *model, struct text line)
{
    const struct command *elsewhere = NULL;
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        if (match_text(line, text_of(command->name)) != MATCH_BEST &&
            match_text(line, text_of(command->title)) != MATCH_BEST)
            continue;
        if (command->contexts >> model_context(model) & 1)
            return command;
        elsewhere = command;
    }
    return elsewhere;
}

/* ---- the words ---- */

/* The longest of them that the line begins with. */
static const struct said_word *word_at(struct text line, struct text *rest)
{
    const struct said_word *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < said_word_count; i++) {
        struct text word = text_of(said_words[i].word);
        struct text front = text_part(line, 0, word.length);
        bool ends = line.length == word.length ||
                    (line.length > word.length && line.at[word.length] == ' ');
        if (!ends || word.length <= longest || !text_equal_ascii_case(front, word))
            continue;
        found = &said_words[i];
        longest = word.length;
    }
    *rest = text_trim(text_part(line, longest, line.length));
    return found;
}

static bool say_word(struct saying *it, const struct said_word *word, struct text rest)
{
    it->rest = rest;
    if (rest.length > 0 && !word->form)
        return err_set(it->err, "'%s' takes no other words", word->word);
    return word->does(it);
}

/* ---- what is near ---- */

static void offer(struct said *said, struct said_choice choice)
{
    for (size_t i = 0; i < said->choice_count; i++) {
        const struct said_choice *there = &said->choices[i];
        bool same =
            choice.word && there->command && strcmp(there->command->name, choice.word->word) == 0;
        if (same)
            return;
    }
    if (said->choice_count < SAID_CHOICES)
        said->choices[said->choice_count++] = choice;
}

/* Commands and words that answer so well; a word is better than the command of its name. */
static void offer_all(struct model *model, struct text line, int least)
{
    struct said *said = &model->said;
    struct text first = {0}, rest = line;
    text_next(&rest, ' ', &first);
    for (size_t i = 0; i < said_word_count; i++)
        if (match_text(line, text_of(said_words[i].word)) >= least ||
            (rest.length > 0 && match_text(first, text_of(said_words[i].word)) >= 3))
            offer(said, (struct said_choice){.word = &said_words[i]});
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        struct text none;
        bool named = match_text(line, text_of(command->name)) >= least ||
                     match_text(line, text_of(command->title)) >= least;
        if (named && command_offered(model, command) && !is_of_screen(command) &&
            !word_at(text_of(command->name), &none))
            offer(said, (struct said_choice){.command = command});
    }
}

static bool take_choice(struct saying *it, const struct said_choice *choice, struct text rest)
{
    if (choice->command)
        return said_run(it, choice->command);
    return say_word(it, choice->word, rest);
}

static bool not_understood(struct saying *it, struct text line)
{
    const char **words = mem_zero(said_word_count + command_count, sizeof *words);
    size_t count = 0;
    struct text first = {0}, rest = line;
    struct buf shown = BUF_INIT;
    text_next(&rest, ' ', &first);
    for (size_t i = 0; i < said_word_count; i++)
        words[count++] = said_words[i].word;
    for (size_t i = 0; i < command_count; i++)
        words[count++] = commands[i].name;
    const char *nearest = nearest_word(first, words, count, sizeof *words);
    text_safe(&shown, text_part(line, 0, 60));
    if (nearest)
        err_set(it->err, "not understood: '%s'; did you mean '%s'? help tells the words",
                buf_string(&shown), nearest);
    else
        err_set(it->err, "not understood: '%s'; help tells the words", buf_string(&shown));
    buf_release(&shown);
    free(words);
    return false;
}

/* One thing that begins so is meant; several are asked about. */
static bool guess(struct saying *it, struct text line)
{
    struct said *said = &it->model->said;
    struct text first, rest = line;
    offer_all(it->model, line, 3);
    bool sure = said->choice_count == 1;
    if (said->choice_count == 0 && line.length > 2)
        offer_all(it->model, line, 2);
    if (said->choice_count == 0)
        return not_understood(it, line);
    if (!sure) {
        said->answer = ANSWER_CHOICES;
        return true;
    }
    struct said_choice only = said->choices[0];
    said->choice_count = 0;
    text_next(&rest, ' ', &first);
    return take_choice(it, &only, text_trim(rest));
}

/* ---- numbers and keys ---- */

static bool is_number(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.length > 0;
}

static bool say_key(struct saying *it, uint32_t key)
{
    struct model *model = it->model;
    const struct command *command = bindings_command(&model->bindings, model_context(model), key);
    if (!command)
        return err_set(it->err, "nothing is on this key here; help tells the words");
    return said_run(it, command);
}

static bool is_one_sign(struct text line, uint32_t *sign)
{
    return utf8_decode(line, sign) == line.length;
}

/* ---- a line ---- */

static bool understand(struct saying *it, struct text line, const struct said_choice *choices,
                       size_t choice_count)
{
    struct text rest;
    uint32_t sign;
    enum column column;
    if (is_number(line) && choice_count > 0) {
        size_t at = line.length == 1 ? (size_t)(line.at[0] - '1') : choice_count;
        if (at < choice_count)
            return take_choice(it, &choices[at], TEXT(""));
        return err_set(it->err, "there is no such choice; say what you want again");
    }
    if (is_number(line)) {
        it->rest = line;
        return say_show(it);
    }
    if (is_one_sign(line, &sign))
        return say_key(it, sign);
    const struct said_word *word = word_at(line, &rest);
    if (word && rest.length > 0 && column_find(text_of(word->word), &column) &&
        said_filter(it, line, false))
        return true; /* "fee under 300" is no fee to be tried */
    if (word)
        return say_word(it, word, rest);
    const struct command *command = command_called(it->model, line);
    if (command)
        return said_run(it, command);
    if (said_is_reply(line))
        return err_set(it->err, "nothing is asked");
    if (said_filter(it, line, false))
        return true;
    it->rest = line;
    return said_column_whole(line, &column) ? say_why(it) : guess(it, line);
}

/* What was told is over: pages close, and what was asked and not answered is left. */
static void begin_line(struct model *model)
{
    struct said *said = &model->said;
    said->answer = ANSWER_NONE;
    said->failed = false;
    said->choice_count = 0;
    buf_clear(&said->words);
    buf_clear(&said->about);
    model->notice[0] = '\0';
    model->alarm = false;
    model->moved = true;
    if (model->overlay != OVERLAY_PICKER)
        model->overlay = OVERLAY_NONE;
}

void said_line(struct model *model, struct text text, struct effects *effects)
{
    struct said *said = &model->said;
    struct err err = {.message = ""};
    struct buf clean = BUF_INIT;
    struct said_choice choices[SAID_CHOICES];
    size_t choice_count = said->choice_count;
    memcpy(choices, said->choices, sizeof choices);
    text_safe(&clean, text);
    struct text line = text_trim(buf_text(&clean));
    struct saying it = {.model = model, .effects = effects, .err = &err};
    begin_line(model);
    model->last_key = line.length > 0 ? 0 : model->last_key; /* an empty one is no answer to it */
    struct before before = look(model);
    bool done = true, answered = is_asked(model) && said_reply(&it, line, &done);
    if (!answered && line.length > 0)
        done = understand(&it, line, choices, choice_count);
    said->failed = !done;
    if (!done)
        buf_add_string(&said->words, err.message);
    else if (said->answer == ANSWER_NONE)
        said->answer = answer_of(model, &before);
    buf_release(&clean);
}

/* ---- numbers are given to those who are told ---- */

static void number_list(struct model *model)
{
    struct said *said = &model->said;
    size_t count = model->result.rows.count;
    if (said->from > said->numbered.count)
        said->from = said->numbered.count;
    said->numbered.count = said->from;
    for (size_t place = said->from; place < said->from + said->many && place < count; place++)
        VEC_PUSH(&said->numbered,
                 catalog_id(model->catalog, rowset_at(&model->result.rows, place)));
    said->told = said->numbered.count - said->from;
    said->lists = true;
}

static void number_rows(struct model *model, const uint32_t *rows, size_t count)
{
    struct said *said = &model->said;
    said->lists = false;
    said->numbered.count = 0;
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(&said->numbered, catalog_id(model->catalog, rows[i]));
}

static void number_changes(struct model *model)
{
    struct said *said = &model->said;
    said->lists = false;
    said->numbered.count = 0;
    for (size_t i = 0; i < model->changes.lines.count; i++) {
        const struct changes_entry *entry = changes_entry(model, &model->changes.lines.items[i]);
        if (entry && model->changes.lines.items[i].index < SAID_PAGE)
            VEC_PUSH(&said->numbered, entry->id);
    }
}

void said_tell(struct model *model, bool opening)
{
    struct said *said = &model->said;
    if (opening)
        said->answer = model->place == PLACE_FIRST ? ANSWER_FIRST : ANSWER_OPENING;
    if (said->answer == ANSWER_LIST)
        number_list(model);
    else if (said->answer == ANSWER_PLAN)
        number_rows(model, model->plan.rows, model->plan.count);
    else if (said->answer == ANSWER_COMPARE)
        number_rows(model, model->comparison.rows, (size_t)model->comparison.count);
    else if (said->answer == ANSWER_CHANGES)
        number_changes(model);
    if (is_asked(model) && !said->failed)
        said->answer = ANSWER_QUESTION;
}
