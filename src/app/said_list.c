#include <stdio.h>

#include "actions_internal.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/show.h"
#include "said_internal.h"

/* What the list tells: from where on, whom, by which filters, in which order. */

/* "20": how many at once; nothing: as many as usual. */
static bool read_many(struct saying *it, size_t *many)
{
    double number;
    *many = SAID_PAGE;
    if (it->rest.length == 0)
        return true;
    if (!show_read(it->rest, UNIT_COUNT, it->model->style, &number) || number < 1 || number > 1000)
        return err_set(it->err, "say how many, from 1 to 1,000");
    *many = (size_t)number;
    return true;
}

static void to_list(struct model *model)
{
    if (model->place != PLACE_FIRST)
        model->place = PLACE_EXPLORE;
    model->focus = FOCUS_LIST;
}

bool say_list(struct saying *it)
{
    struct said *said = &it->model->said;
    if (!read_many(it, &said->many))
        return false;
    to_list(it->model);
    said->from = 0;
    said->answer = it->model->place == PLACE_FIRST ? ANSWER_FIRST : ANSWER_LIST;
    return true;
}

/* After another answer the numbers are of that: from the first on. */
bool say_more(struct saying *it)
{
    struct said *said = &it->model->said;
    size_t from = said->lists ? said->from + said->told : 0;
    if (!read_many(it, &said->many))
        return false;
    if (said->lists && from >= it->model->result.rows.count)
        return err_set(it->err, "these were all");
    to_list(it->model);
    said->from = from;
    said->answer = ANSWER_LIST;
    return true;
}

bool say_show(struct saying *it)
{
    int64_t id;
    if (it->rest.length > 0) {
        if (!said_creator(it, it->rest, &id))
            return false;
        said_point(it->model, id);
    }
    if (said_row(it->model) == CATALOG_NONE)
        return err_set(it->err, "nobody is shown: clear takes the filters away");
    it->model->said.answer = ANSWER_CREATOR;
    return true;
}

/* In the list, wherever one is. */
static bool step(struct saying *it, bool back)
{
    struct model *model = it->model;
    uint32_t row = said_row(model);
    size_t place = row == CATALOG_NONE ? ROWSET_NONE : rowset_find(&model->result.rows, row);
    size_t count = model->result.rows.count;
    if (count == 0)
        return err_set(it->err, "nobody is shown: clear takes the filters away");
    if (place != ROWSET_NONE && (back ? place == 0 : place + 1 >= count))
        return err_set(it->err, back ? "this is the first" : "this is the last");
    to_list(model);
    list_choose(model, place == ROWSET_NONE ? 0 : back ? place - 1 : place + 1);
    model->said.creator = model->cursor_id;
    model->said.answer = ANSWER_CREATOR;
    return true;
}

bool say_next(struct saying *it)
{
    return step(it, false);
}

bool say_previous(struct saying *it)
{
    return step(it, true);
}

bool say_where(struct saying *it)
{
    it->model->said.answer = ANSWER_WHERE;
    return true;
}

/* ---- filters ---- */

bool say_filter(struct saying *it)
{
    if (it->rest.length == 0) {
        it->model->said.answer = ANSWER_COUNT;
        return true;
    }
    return said_filter(it, it->rest, true);
}

bool say_lift(struct saying *it)
{
    it->model->said.answer = ANSWER_COUNT;
    return said_lift(it);
}

bool say_clear(struct saying *it)
{
    it->model->said.answer = ANSWER_COUNT;
    if (it->model->query.filter.count == 0)
        return err_set(it->err, "there is no filter to clear");
    run_clear(it->model, it->effects);
    return true;
}

bool say_search(struct saying *it)
{
    struct model *model = it->model;
    to_list(model);
    if (it->rest.length == 0 && model->search.length == 0)
        return err_set(it->err, "say what to search for: search vegan");
    if (it->rest.length == 0) {
        run_search_next(model, it->effects);
    } else {
        prompt_open(model, PROMPT_SEARCH);
        if (!said_into_prompt(it, it->rest))
            return false;
    }
    model->said.creator = 0;
    model->said.answer = ANSWER_CURSOR;
    return true;
}

bool say_values(struct saying *it)
{
    struct said *said = &it->model->said;
    enum column column;
    said->answer = ANSWER_VALUES;
    if (it->rest.length == 0)
        return true;
    if (!said_column(it->rest, &column) || !columns[column].facet)
        return err_set(it->err, "values are of tier, niche, platform, country, language and tag");
    buf_add_string(&said->about, columns[column].key);
    return true;
}

/* ---- views by name ---- */

bool say_views(struct saying *it)
{
    run_views(it->model, it->effects);
    return true;
}

bool say_view(struct saying *it)
{
    if (it->rest.length == 0)
        return say_views(it);
    if (!view_use(it->model, it->effects, it->rest, it->err))
        return false;
    to_list(it->model);
    it->model->said.answer = ANSWER_COUNT;
    return true;
}

bool say_save_view(struct saying *it)
{
    if (it->rest.length == 0)
        return err_set(it->err, "say under which name: save view spring");
    run_save_view(it->model, it->effects);
    return said_into_prompt(it, it->rest);
}

bool say_delete_view(struct saying *it)
{
    const struct named_view *view = named_alike(&it->model->saved, it->rest);
    char name[VIEW_NAME_MOST + 1];
    if (!view)
        return err_set(it->err, "you have no view of this name; views tells them");
    snprintf(name, sizeof name, "%s", view->name);
    own_view_delete(it->model, it->effects, text_of(name));
    return true;
}

/* ---- order and columns ---- */

static bool is_way(struct text word, bool *descending)
{
    static const struct {
        const char *word;
        bool descending;
    } ways[] = {{"up", false},    {"ascending", false}, {"lowest", false}, {"asc", false},
                {"down", true},   {"descending", true}, {"highest", true}, {"desc", true},
                {"first", false}, {"by", false},        {"then", false},   {"and", false}};
    for (size_t i = 0; i < COUNT_OF(ways); i++)
        if (text_equal_ascii_case(word, text_of(ways[i].word))) {
            *descending = ways[i].descending;
            return true;
        }
    return false;
}

/* Which of these words only stand between; the others turn the order before them. */
static bool is_between(struct text word)
{
    return text_equal_ascii_case(word, TEXT("by")) || text_equal_ascii_case(word, TEXT("then")) ||
           text_equal_ascii_case(word, TEXT("and")) || text_equal_ascii_case(word, TEXT("first"));
}

static bool take_way(struct text *rest, struct query *query)
{
    struct text after = *rest, word;
    bool descending;
    if (!text_next(&after, ' ', &word) || !is_way(word, &descending))
        return false;
    if (!is_between(word) && query->order_count == 0)
        return false;
    if (!is_between(word))
        query->orders[query->order_count - 1].descending = descending;
    *rest = text_trim(after.at ? after : TEXT(""));
    return true;
}

static bool take_order(struct saying *it, struct text part, struct query *query)
{
    enum column column;
    while (part.length > 0) {
        char sign = part.at[0] == '-' || part.at[0] == '+' ? part.at[0] : ' ';
        if (take_way(&part, query))
            continue;
        if (sign != ' ')
            part = text_part(part, 1, part.length);
        if (!said_take_column(&part, &column))
            return err_set(it->err, "no column is called so; help columns tells them");
        if (query->order_count == QUERY_ORDERS)
            return err_set(it->err, "no more than %d columns order the list", QUERY_ORDERS);
        query->orders[query->order_count++] =
            (struct query_order){column, sign == ' ' ? query_descends(column) : sign == '-'};
    }
    return true;
}

bool say_order(struct saying *it)
{
    struct model *model = it->model;
    struct query asked = model->query; /* only its orders are used */
    struct text rest = it->rest, part;
    struct buf label = BUF_INIT;
    if (rest.length == 0) {
        model->said.answer = ANSWER_COUNT;
        return true;
    }
    asked.order_count = 0;
    while (text_next(&rest, ',', &part))
        if (!take_order(it, text_trim(part), &asked))
            return false;
    if (asked.order_count == 0)
        return err_set(it->err, "say by which column: order roi");
    for (size_t i = 0; i < asked.order_count; i++)
        model->query.orders[i] = asked.orders[i];
    model->query.order_count = asked.order_count;
    model->cell = asked.orders[0].column;
    model->from_top = true;
    to_list(model);
    query_print_order(&model->query, &label);
    view_changed(model, "order by %s", columns[asked.orders[0].column].title);
    buf_release(&label);
    model->said.creator = 0;
    model->said.from = 0;
    model->said.many = SAID_PAGE;
    model->said.answer = ANSWER_LIST;
    return true;
}

bool say_columns(struct saying *it)
{
    struct model *model = it->model;
    struct text rest = it->rest, part;
    struct chosen chosen = {.standard = false};
    enum column column;
    model->said.answer = ANSWER_COLUMNS;
    if (rest.length == 0)
        return true;
    if (text_equal_ascii_case(rest, TEXT("standard"))) {
        chosen.standard = true;
    } else {
        while (text_next(&rest, ',', &part))
            for (part = text_trim(part); part.length > 0;) {
                if (!said_take_column(&part, &column))
                    return err_set(it->err, "no column is called so; help columns tells them");
                if (column != COL_HANDLE && chosen_find(&chosen, column) == chosen.count &&
                    !chosen_add(&chosen, column))
                    return err_set(it->err, "these are too many columns");
            }
    }
    model->chosen = chosen;
    view_step(model, false, "columns");
    return true;
}
