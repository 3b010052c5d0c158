#include "actions_internal.h"
#include "base/utf8.h"
#include "said_internal.h"

/* What changes something of the user's: ticks, plan, notes, figures, assumptions. */

static bool nobody_left(const struct said_people *people, const struct model *model, bool ticked,
                        bool wanted)
{
    for (size_t i = 0; i < people->count; i++) {
        bool is = ticked ? catalog_ticked(model->catalog, people->rows[i])
                         : catalog_planned(model->catalog, people->rows[i]) > 0;
        if (is != wanted)
            return false;
    }
    return true;
}

static bool tick(struct saying *it, const struct said_people *people, bool on)
{
    struct bits rows;
    if (nobody_left(people, it->model, true, on)) {
        model_notice(it->model, on ? "ticked already" : "not ticked");
        return true;
    }
    said_bits(it->model, people, &rows);
    own_tick(it->model, it->effects, &rows, on);
    bits_release(&rows);
    return true;
}

bool say_tick(struct saying *it)
{
    struct said_people people;
    return said_people(it, &people) && tick(it, &people, true);
}

bool say_untick(struct saying *it)
{
    struct said_people people;
    if (text_equal_ascii_case(it->rest, TEXT("all"))) {
        if (it->model->catalog->ticked_count == 0)
            return err_set(it->err, "nobody is ticked");
        run_untick_all(it->model, it->effects);
        return true;
    }
    return said_people(it, &people) && tick(it, &people, false);
}

/* Those who are named are ticked and stand side by side; other ticks stay as they are. */
bool say_compare(struct saying *it)
{
    struct model *model = it->model;
    struct said_people people = {.count = 0};
    if (it->rest.length > 0 && !said_people(it, &people))
        return false;
    if (it->rest.length > 0 && (people.count < COMPARE_LEAST || people.count > COMPARE_MOST))
        return err_set(it->err, "two to %d can be compared: compare 1 2 3", COMPARE_MOST);
    if (people.count == 0 && model->catalog->ticked_count < COMPARE_LEAST)
        return err_set(it->err, "say who: compare 1 2 3; or tick two to %d", COMPARE_MOST);
    if (people.count > 0)
        tick(it, &people, true);
    model->notice[0] = '\0';
    compare_open(model);
    if (people.count > 0) {
        model->notice[0] = '\0';
        model->compare_count = (int)people.count;
        for (size_t i = 0; i < people.count; i++)
            model->compare_ids[i] = catalog_id(model->catalog, people.rows[i]);
        model->compare_focus = 0;
    }
    model->said.answer = ANSWER_COMPARE;
    return true;
}

/* ---- one creator and what is said of him ---- */

/* "3 450", "lena 450": whom; without one it is the one spoken of. */
static bool take_creator(struct saying *it, uint32_t *row)
{
    struct text rest = it->rest, word;
    int64_t id;
    *row = said_row(it->model);
    bool more = text_next(&rest, ' ', &word) && text_known(rest) && rest.length > 0;
    bool handle = more && said_names_creator(it, word);
    if (handle) {
        if (!said_creator(it, word, &id))
            return false;
        *row = catalog_find_id(it->model->catalog, id);
        it->rest = text_trim(rest);
    }
    return *row != CATALOG_NONE ? true : err_set(it->err, "nobody is shown");
}

bool say_note(struct saying *it)
{
    struct model *model = it->model;
    uint32_t row;
    int64_t id;
    if (it->rest.length > 0 && !text_find(it->rest, TEXT(" "), &(size_t){0}) &&
        said_names_creator(it, it->rest)) { /* "note 2": what it says */
        if (!said_creator(it, it->rest, &id))
            return false;
        said_point(model, id);
        it->rest = TEXT("");
    }
    if (!take_creator(it, &row))
        return false;
    model->said.creator = catalog_id(model->catalog, row);
    if (it->rest.length == 0) {
        struct text note = catalog_text(model->catalog, COL_NOTE, row);
        buf_add_string(&model->said.words, text_known(note) ? "note: " : "there is no note");
        text_safe(&model->said.words, note);
        return true;
    }
    if (it->rest.length > NOTE_MOST)
        return err_set(it->err, "too long: %d letters at most", NOTE_MOST);
    own_note(model, it->effects, row,
             text_equal_ascii_case(it->rest, TEXT("none")) ? TEXT("") : it->rest);
    return true;
}

/* The field takes it as if it were typed there. */
static bool type_figure(struct saying *it, enum column column)
{
    struct model *model = it->model;
    uint32_t row;
    int64_t id;
    struct text word = it->rest;
    bool alone = word.length > 0 && !text_find(word, TEXT(" "), &(size_t){0});
    if (alone && column == COL_FEE && model->said.numbered.count > 0 &&
        said_names_creator(it, word) && !it->model->said.creator) {
        if (!said_creator(it, word, &id))
            return false;
        model->said.creator = id;
        it->rest = TEXT("");
    }
    if (!take_creator(it, &row))
        return false;
    model->said.creator = catalog_id(model->catalog, row);
    field_open_creator(model, row, column);
    if (it->rest.length == 0) {
        model->said.answer = ANSWER_QUESTION;
        return true;
    }
    model->said.answer = ANSWER_MONEY;
    bool back = text_equal_ascii_case(it->rest, TEXT("theirs"));
    return said_into_prompt(it, back ? TEXT("") : it->rest);
}

bool say_fee(struct saying *it)
{
    return type_figure(it, COL_FEE);
}

bool say_posts(struct saying *it)
{
    return type_figure(it, COL_DELIVERABLES);
}

/* ---- the plan ---- */

bool say_plan(struct saying *it)
{
    plan_open(it->model);
    it->model->said.answer = ANSWER_PLAN;
    return true;
}

static bool plan(struct saying *it, bool in)
{
    struct said_people people;
    struct bits rows;
    if (!said_people(it, &people))
        return false;
    it->model->said.answer = ANSWER_MONEY;
    if (nobody_left(&people, it->model, false, in)) {
        model_notice(it->model, in ? "in the plan already" : "not in the plan");
        return true;
    }
    said_bits(it->model, &people, &rows);
    own_plan(it->model, it->effects, &rows, in);
    bits_release(&rows);
    return true;
}

bool say_add(struct saying *it)
{
    return plan(it, true);
}

bool say_remove(struct saying *it)
{
    return plan(it, false);
}

bool say_budget(struct saying *it)
{
    it->model->said.answer = ANSWER_MONEY;
    if (it->rest.length == 0)
        return true;
    field_open_knob(it->model, "budget");
    return said_into_prompt(it, it->rest);
}

bool say_fill(struct saying *it)
{
    if (it->rest.length > 0) {
        field_open_knob(it->model, "budget");
        if (!said_into_prompt(it, it->rest))
            return false;
    }
    proposal_open(it->model);
    it->model->said.answer = ANSWER_QUESTION;
    return true;
}

bool say_set(struct saying *it)
{
    struct model *model = it->model;
    struct knob knob;
    struct buf line = BUF_INIT;
    if (!said_take_knob(model, &it->rest, &knob))
        return err_set(it->err, "no assumption is called so; assumptions tells them");
    buf_addf(&line, "set %s ", knob.key);
    if (text_starts(it->rest, "to ") || text_starts(it->rest, "= "))
        it->rest = text_trim(text_part(it->rest, 2, it->rest.length));
    buf_add_text(&line, it->rest);
    command_open(model, buf_string(&line));
    bool done = said_into_prompt(it, buf_text(&line));
    buf_release(&line);
    return done;
}

bool say_assumptions(struct saying *it)
{
    if (it->rest.length > 0 && !text_equal_ascii_case(it->rest, TEXT("all")))
        return err_set(it->err, "say assumptions, or assumptions all");
    buf_add_text(&it->model->said.about, it->rest);
    it->model->said.answer = ANSWER_ASSUMPTIONS;
    return true;
}

bool say_plans(struct saying *it)
{
    plans_open(it->model);
    it->model->said.answer = ANSWER_PLANS;
    return true;
}

/* ---- undo ---- */

bool say_undo(struct saying *it)
{
    own_undo(it->model, it->effects);
    it->model->said.answer = ANSWER_NONE;
    return true;
}

bool say_redo(struct saying *it)
{
    own_redo(it->model, it->effects);
    it->model->said.answer = ANSWER_NONE;
    return true;
}

bool say_quit(struct saying *it)
{
    leave(it->model, it->effects);
    return true;
}
