#include "actions_internal.h"
#include "said_internal.h"

/* What a figure is and why, and the places that tell of many creators. */

/* "2 roi", "roi", "2", nothing: whom and which figure. */
bool say_why(struct saying *it)
{
    struct model *model = it->model;
    struct text rest = it->rest, word = {0};
    enum column column = COL_ROI;
    int64_t id;
    text_next(&rest, ' ', &word);
    bool is_column = said_column(word, &column);
    if (word.length > 0 && !is_column && said_names_creator(it, word)) {
        if (!said_creator(it, word, &id))
            return false;
        said_point(model, id);
        it->rest = text_trim(rest.at ? rest : TEXT(""));
    }
    column = COL_ROI;
    if (it->rest.length > 0 && !said_column(it->rest, &column))
        return err_set(it->err, "no column is called so; help columns tells them");
    uint32_t row = said_row(model);
    if (row == CATALOG_NONE)
        return err_set(it->err, "say of whom: why 2 roi");
    model->why_id = model->said.creator = catalog_id(model->catalog, row);
    model->why_column = column;
    model->overlay_scroll = (struct scroll){0};
    model->overlay = OVERLAY_WHY;
    model->said.answer = ANSWER_WHY;
    return true;
}

bool say_tiers(struct saying *it)
{
    tiers_open(it->model);
    it->model->said.answer = ANSWER_TIERS;
    return true;
}

bool say_changes(struct saying *it)
{
    run_open_changes(it->model, it->effects);
    it->model->said.answer = ANSWER_CHANGES;
    return true;
}

bool say_messages(struct saying *it)
{
    it->model->said.answer = ANSWER_MESSAGES;
    return true;
}

bool say_help(struct saying *it)
{
    it->model->said.answer = ANSWER_HELP;
    buf_add_text(&it->model->said.about, it->rest);
    return true;
}
