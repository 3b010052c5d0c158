#include "base/utf8.h"
#include "domain/platform.h"
#include "said_internal.h"

/* Whom a line is about: a number of those told last, a handle, or nobody by name. */

static bool by_number(struct saying *it, struct text word, int64_t *id)
{
    const struct said *said = &it->model->said;
    size_t number = 0;
    for (size_t i = 0; i < word.length && number < 1000000; i++)
        number = number * 10 + (size_t)(word.at[i] - '0');
    if (number == 0 || number > said->numbered.count) {
        if (said->numbered.count == 0)
            return err_set(it->err, "no list was told yet: list tells one");
        return err_set(it->err, "there is no number %.*s: those told last go from 1 to %zu",
                       (int)word.length, word.at, said->numbered.count);
    }
    *id = said->numbered.items[number - 1];
    if (catalog_find_id(it->model->catalog, *id) == CATALOG_NONE)
        return err_set(it->err, "number %zu is gone: list tells who is there now", number);
    return true;
}

static bool is_number(struct text word)
{
    for (size_t i = 0; i < word.length; i++)
        if (word.at[i] < '0' || word.at[i] > '9')
            return false;
    return word.length > 0;
}

/* "tiktok/lena", "@lena", "lena", a link. Returns how many are called so. */
static int by_handle(const struct model *model, struct text word, uint32_t *row)
{
    struct text rest = word, front, handle = handle_from(word);
    enum platform only = PLATFORM_COUNT;
    int found = 0;
    if (platform_from_link(word, &only, &handle) && !text_known(handle))
        return 0;
    if (only == PLATFORM_COUNT && text_next(&rest, '/', &front) && rest.length > 0 &&
        platform_from_word(front, &only))
        handle = handle_from(rest);
    if (!text_known(handle))
        return 0;
    for (int i = 0; i < PLATFORM_COUNT; i++) {
        uint32_t there = only == PLATFORM_COUNT || only == (enum platform)i
                             ? catalog_find(model->catalog, (enum platform)i, handle)
                             : CATALOG_NONE;
        if (there == CATALOG_NONE)
            continue;
        *row = there;
        found++;
    }
    return found;
}

bool said_names_creator(struct saying *it, struct text word)
{
    uint32_t row;
    return is_number(word) || by_handle(it->model, word, &row) > 0;
}

bool said_creator(struct saying *it, struct text word, int64_t *id)
{
    uint32_t row = CATALOG_NONE;
    struct buf shown = BUF_INIT;
    if (is_number(word))
        return by_number(it, word, id);
    int found = by_handle(it->model, word, &row);
    if (found == 1) {
        *id = catalog_id(it->model->catalog, row);
        return true;
    }
    text_safe(&shown, text_part(word, 0, 60));
    if (found > 1)
        err_set(it->err, "'%s' is on several platforms: say one before it, as instagram/%s",
                buf_string(&shown), buf_string(&shown));
    else
        err_set(it->err, "nobody has the handle '%s': search looks for parts of it",
                buf_string(&shown));
    buf_release(&shown);
    return false;
}

/* ---- several ---- */

/* "1, 2 and 5": the next of these words; false: there is none. */
static bool next_name(struct text *rest, struct text *word)
{
    do {
        if (!text_next(rest, ' ', word))
            return false;
        while (word->length > 0 && word->at[word->length - 1] == ',')
            word->length--;
    } while (word->length == 0 || text_equal_ascii_case(*word, TEXT("and")));
    return true;
}

static bool add_row(struct saying *it, struct said_people *out, uint32_t row)
{
    for (size_t i = 0; i < out->count; i++)
        if (out->rows[i] == row)
            return true;
    if (out->count == SAID_PEOPLE)
        return err_set(it->err, "these are too many: %d at most", SAID_PEOPLE);
    out->rows[out->count++] = row;
    return true;
}

/* "2 to 5": the numbers between, once the first is there. */
static bool add_up_to(struct saying *it, struct said_people *out, struct text word)
{
    const struct said *said = &it->model->said;
    int64_t id;
    if (out->count == 0 || !by_number(it, word, &id))
        return out->count > 0 ? false : err_set(it->err, "say from which number on");
    size_t from = said_number(it->model, catalog_id(it->model->catalog, out->rows[out->count - 1]));
    for (size_t i = from; i < said->numbered.count && i < said_number(it->model, id); i++) {
        uint32_t row = catalog_find_id(it->model->catalog, said->numbered.items[i]);
        if (row != CATALOG_NONE && !add_row(it, out, row))
            return false;
    }
    return true;
}

bool said_people(struct saying *it, struct said_people *out)
{
    struct text rest = it->rest, word;
    int64_t id;
    out->count = 0;
    while (next_name(&rest, &word)) {
        bool ok;
        if (text_equal_ascii_case(word, TEXT("to")))
            ok = next_name(&rest, &word) && is_number(word) && add_up_to(it, out, word);
        else
            ok = said_creator(it, word, &id) &&
                 add_row(it, out, catalog_find_id(it->model->catalog, id));
        if (!ok)
            return it->err->message[0] ? false : err_set(it->err, "say up to which number");
    }
    if (out->count == 0 && said_row(it->model) != CATALOG_NONE)
        out->rows[out->count++] = said_row(it->model);
    return out->count > 0 ? true
                          : err_set(it->err, "nobody is shown: clear takes the filters away");
}

void said_bits(const struct model *model, const struct said_people *people, struct bits *out)
{
    *out = (struct bits){0};
    bits_resize(out, model->catalog->count);
    for (size_t i = 0; i < people->count; i++)
        bits_put(out, people->rows[i], true);
}

/* In the list where he is shown there; whom a filter hides is spoken of all the same. */
void said_point(struct model *model, int64_t id)
{
    uint32_t row = catalog_find_id(model->catalog, id);
    model->said.creator = id;
    size_t place = row == CATALOG_NONE ? ROWSET_NONE : rowset_find(&model->result.rows, row);
    if (place != ROWSET_NONE)
        list_choose(model, place);
    if (model->place == PLACE_COMPARE)
        for (int i = 0; i < model->compare_count; i++)
            if (model->compare_ids[i] == id)
                model->compare_focus = i;
}
