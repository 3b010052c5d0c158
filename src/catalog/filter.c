#include "catalog/filter.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/country.h"
#include "domain/platform.h"
#include "filter_internal.h"

static struct filter_range within(double low, double high)
{
    return (struct filter_range){low, high};
}

static struct filter_range below(double low, double high)
{
    (void)high;
    return (struct filter_range){-INFINITY, nextafter(low, -INFINITY)};
}

static struct filter_range at_most(double low, double high)
{
    (void)low;
    return (struct filter_range){-INFINITY, high};
}

static struct filter_range above(double low, double high)
{
    (void)low;
    return (struct filter_range){nextafter(high, INFINITY), INFINITY};
}

static struct filter_range at_least(double low, double high)
{
    (void)high;
    return (struct filter_range){low, INFINITY};
}

/* Longer signs stand before those they begin with. */
const struct filter_op filter_ops[] = {
    {.sign = ":", .means = "is, or holds", .range = within, .list = true, .words = true},
    {.sign = "!=",
     .means = "is not",
     .range = within,
     .list = true,
     .words = true,
     .opposite = true},
    {.sign = "<=", .means = "at most", .range = at_most},
    {.sign = ">=", .means = "at least", .range = at_least},
    {.sign = "=", .means = "is", .range = within, .list = true, .words = true},
    {.sign = "<", .means = "less than", .range = below},
    {.sign = ">", .means = "more than", .range = above},
};
const size_t filter_op_count = COUNT_OF(filter_ops);
const struct filter_op *const filter_colon = &filter_ops[0];
const struct filter_op *const filter_equals = &filter_ops[4];

const struct filter_flag_row filter_flags[FLAG_COUNT] = {
    [FLAG_TICKED] = {"is", "ticked"},    [FLAG_STALE] = {"is", "stale"},
    [FLAG_NEW] = {"is", "new"},          [FLAG_PLAN] = {"in", "plan"},
    [FLAG_FEE_KNOWN] = {"fee", "known"},
};

/* ---- memory ---- */

void filter_init(struct filter *filter)
{
    *filter = (struct filter){0};
}

void filter_term_release(struct filter_term *term)
{
    for (size_t i = 0; i < term->value_count; i++)
        free(term->values[i].text);
    free(term->values);
    *term = (struct filter_term){0};
}

void filter_clear(struct filter *filter)
{
    for (size_t i = 0; i < filter->count; i++)
        filter_term_release(&filter->items[i]);
    filter->count = 0;
    filter->revision++;
}

void filter_release(struct filter *filter)
{
    if (!filter)
        return;
    filter_clear(filter);
    free(filter->items);
    *filter = (struct filter){0};
}

static char *copy_text(struct text text)
{
    char *copy = mem_alloc(text.length + 1);

    if (text.length)
        memcpy(copy, text.at, text.length);
    copy[text.length] = '\0';
    return copy;
}

void filter_term_add(struct filter_term *term, struct text text, double low, double high, int code)
{
    term->values = mem_resize(term->values, term->value_count + 1, sizeof *term->values);
    term->values[term->value_count++] =
        (struct filter_value){.text = copy_text(text), .low = low, .high = high, .code = code};
}

void filter_push(struct filter *filter, struct filter_term *take)
{
    assert(filter->count < FILTER_TERMS);
    VEC_PUSH(filter, *take);
    *take = (struct filter_term){0};
    filter->revision++;
}

static struct filter_term copy_term(const struct filter_term *from)
{
    struct filter_term term = *from;

    term.values = NULL;
    term.value_count = 0;
    for (size_t i = 0; i < from->value_count; i++) {
        const struct filter_value *value = &from->values[i];
        filter_term_add(&term, text_of(value->text), value->low, value->high, value->code);
        term.values[i].age = value->age;
    }
    return term;
}

void filter_copy(struct filter *to, const struct filter *from)
{
    filter_clear(to);
    for (size_t i = 0; i < from->count; i++) {
        struct filter_term term = copy_term(&from->items[i]);
        filter_push(to, &term);
    }
}

void filter_remove(struct filter *filter, size_t term)
{
    assert(term < filter->count);
    filter_term_release(&filter->items[term]);
    memmove(filter->items + term, filter->items + term + 1,
            (filter->count - term - 1) * sizeof *filter->items);
    filter->count--;
    filter->revision++;
}

/* ---- spelling ---- */

/* The spelling that counts: folded, without blanks, - and _; of countries the code. */
static void filter_spelling(enum column column, struct text word, struct buf *out)
{
    size_t from = out->length, kept = from;
    const struct country_row *country = column == COL_COUNTRY ? country_find(word) : NULL;
    enum platform platform;

    if (country)
        word = text_of(country->code);
    else if (column == COL_PLATFORM && platform_from_word(word, &platform))
        word = text_of(platforms[platform].word);
    utf8_fold(out, word);
    for (size_t i = from; i < out->length; i++)
        if (!strchr(" -_", out->at[i]))
            out->at[kept++] = out->at[i];
    if (out->length > from)
        buf_cut(out, kept);
}

bool filter_same_word(enum column column, struct text a, struct text b)
{
    struct buf first = BUF_INIT, second = BUF_INIT;
    bool same;

    filter_spelling(column, a, &first);
    filter_spelling(column, b, &second);
    same = text_equal(buf_text(&first), buf_text(&second));
    buf_release(&first);
    buf_release(&second);
    return same;
}

void word_set_init(struct word_set *set, const struct filter_term *term)
{
    struct buf spelling = BUF_INIT;

    *set = (struct word_set){.column = term->column};
    for (size_t i = 0; i < term->value_count; i++) {
        buf_clear(&spelling);
        filter_spelling(term->column, text_of(term->values[i].text), &spelling);
        names_add(&set->spellings, buf_text(&spelling));
    }
    buf_release(&spelling);
}

void word_set_release(struct word_set *set)
{
    names_release(&set->spellings);
}

bool word_set_has(const struct word_set *set, struct text word)
{
    struct buf spelling = BUF_INIT;
    bool has;

    if (!word.length)
        return false;
    filter_spelling(set->column, word, &spelling);
    has = names_find(&set->spellings, buf_text(&spelling)) != NAMES_NONE;
    buf_release(&spelling);
    return has;
}

/* ---- imports ---- */

int64_t filter_batch(const struct filter_value *value, const struct batches *batches)
{
    int64_t id = value->low > 0 ? (int64_t)value->low : batches_last(batches);

    return batches_find(batches, id) ? id : 0;
}

int64_t filter_batch_wanted(const struct filter *filter, const struct batches *batches)
{
    for (size_t i = 0; i < filter->count; i++)
        for (size_t k = 0;
             filter->items[i].kind == FILTER_BATCH && k < filter->items[i].value_count; k++) {
            int64_t id = filter_batch(&filter->items[i].values[k], batches);
            const struct batch_known *known = batches_find(batches, id);
            if (known && batch_stands(&known->told) && !known->ready)
                return id;
        }
    return 0;
}

/* ---- text ---- */

/* Would the parser take these bytes for something else than one value? */
static bool needs_quotes(struct text text, bool alone)
{
    if (!text.length || (alone && text.at[0] == '-'))
        return true;
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] <= ' ' || strchr(alone ? "\",:=!<>" : "\",", text.at[i]))
            return true;
    return false;
}

void filter_print_quoted(struct buf *out, struct text text)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            buf_add_char(out, '\\');
        buf_add_char(out, text.at[i]);
    }
    buf_add_char(out, '"');
}

static void print_value(struct buf *out, struct text text, bool alone)
{
    if (needs_quotes(text, alone))
        filter_print_quoted(out, text);
    else
        buf_add_text(out, text);
}

void filter_print_term(const struct filter_term *term, struct buf *out)
{
    if (term->negative)
        buf_add_char(out, '-');
    if (term->key) {
        buf_add_string(out, term->key);
        buf_add_string(out, term->op->sign);
    }
    for (size_t i = 0; i < term->value_count; i++) {
        if (i)
            buf_add_char(out, ',');
        print_value(out, text_of(term->values[i].text), !term->key);
    }
}

void filter_print(const struct filter *filter, struct buf *out)
{
    for (size_t i = 0; i < filter->count; i++) {
        if (i)
            buf_add_char(out, ' ');
        filter_print_term(&filter->items[i], out);
    }
}

static void add_label_value(const struct filter_term *term, const char *value, struct buf *out)
{
    const struct country_row *country = NULL;

    if (term->kind == FILTER_COLUMN && term->column == COL_COUNTRY)
        country = country_find(text_of(value));
    buf_add_string(out, country ? country->name : value);
}

void filter_label(const struct filter_term *term, struct buf *out)
{
    if (term->negative)
        buf_add_string(out, "not ");
    if (!term->key) {
        buf_addf(out, "\"%s\"", term->values[0].text);
        return;
    }
    if (term->op == filter_colon)
        buf_addf(out, "%s: ", term->key);
    else
        buf_addf(out, "%s %s ", term->key, term->op->sign);
    for (size_t i = 0; i < term->value_count; i++) {
        if (i)
            buf_add_string(out, ", ");
        add_label_value(term, term->values[i].text, out);
    }
}

bool filter_equal(const struct filter *a, const struct filter *b)
{
    struct buf first = BUF_INIT, second = BUF_INIT;
    bool equal;

    filter_print(a, &first);
    filter_print(b, &second);
    equal = text_equal(buf_text(&first), buf_text(&second));
    buf_release(&first);
    buf_release(&second);
    return equal;
}

/* ---- the pane's selections ---- */

static size_t selection_place(const struct filter *filter, enum column group)
{
    for (size_t i = 0; i < filter->count; i++) {
        const struct filter_term *term = &filter->items[i];
        if (term->kind == FILTER_COLUMN && term->column == group && !term->negative &&
            term->op == filter_colon)
            return i;
    }
    return filter->count;
}

const struct filter_term *filter_selection(const struct filter *filter, enum column group)
{
    size_t place = columns[group].facet ? selection_place(filter, group) : filter->count;

    return place < filter->count ? &filter->items[place] : NULL;
}

static size_t value_place(const struct filter_term *term, struct text value)
{
    for (size_t i = 0; i < term->value_count; i++)
        if (filter_same_word(term->column, text_of(term->values[i].text), value))
            return i;
    return term->value_count;
}

bool filter_selected(const struct filter *filter, enum column group, struct text value)
{
    const struct filter_term *term = filter_selection(filter, group);

    return term && value_place(term, value) < term->value_count;
}

static struct filter_term new_term(enum column column, const struct filter_op *op, bool negative)
{
    return (struct filter_term){.kind = FILTER_COLUMN,
                                .negative = negative,
                                .column = column,
                                .op = op,
                                .key = columns[column].key};
}

void filter_toggle(struct filter *filter, enum column group, struct text value)
{
    size_t place = selection_place(filter, group), at;
    struct filter_term *term;

    if (place == filter->count) {
        struct filter_term made = new_term(group, filter_colon, false);
        if (filter->count == FILTER_TERMS)
            return;
        filter_push(filter, &made);
    }
    term = &filter->items[place];
    at = value_place(term, value);
    filter->revision++;
    if (at == term->value_count) {
        filter_term_add(term, value, NAN, NAN, -1);
        return;
    }
    free(term->values[at].text);
    memmove(term->values + at, term->values + at + 1,
            (term->value_count - at - 1) * sizeof *term->values);
    if (--term->value_count == 0)
        filter_remove(filter, place);
}

/* A bound a person would type: three significant digits, on the side that keeps the row itself. */
static double round_bound(double value, bool up)
{
    double step = value == 0 ? 1 : pow(10, floor(log10(fabs(value))) - 2);

    return (up ? ceil(value / step) : floor(value / step)) * step;
}

static bool like_number(struct filter_term *term, struct sheet *sheet, uint32_t row)
{
    double value = sheet_number(sheet, term->column, row), scale = 1;
    enum unit unit = columns[term->column].unit;
    bool at_most = columns[term->column].better == BETTER_LESS;
    struct buf text = BUF_INIT;

    if (!number_known(value) || unit == UNIT_TIME)
        return false;
    if (unit == UNIT_SHARE || unit == UNIT_ROI || unit == UNIT_GROWTH)
        scale = 100;
    for (size_t i = 0; i < filter_op_count; i++)
        if (!strcmp(filter_ops[i].sign, unit == UNIT_FLAG ? ":" : at_most ? "<=" : ">="))
            term->op = &filter_ops[i];
    value = unit == UNIT_FLAG ? value : round_bound(value * scale, at_most);
    buf_addf(&text, "%.12g%s", value, scale > 1 ? "%" : "");
    filter_term_add(term, buf_text(&text), value / scale, value / scale, -1);
    buf_release(&text);
    return true;
}

static bool like_text(struct filter_term *term, struct sheet *sheet, uint32_t row)
{
    struct buf buf = BUF_INIT;
    struct text rest = sheet_text(sheet, term->column, row, &buf), word = rest;

    if (columns[term->column].unit == UNIT_TEXT && rest.length)
        filter_term_add(term, rest, NAN, NAN, -1);
    else
        while (text_next(&rest, '|', &word))
            if (word.length)
                filter_term_add(term, word, NAN, NAN, -1);
    buf_release(&buf);
    return term->value_count > 0;
}

bool filter_like(struct filter *filter, struct sheet *sheet, enum column column, uint32_t row,
                 bool keep)
{
    struct filter_term term = new_term(column, filter_colon, !keep);
    size_t place = selection_place(filter, column);
    bool says =
        column_is_text(column) ? like_text(&term, sheet, row) : like_number(&term, sheet, row);

    if (!says)
        return false;
    if (keep && columns[column].facet && place < filter->count)
        filter_remove(filter, place);
    if (filter->count == FILTER_TERMS) {
        filter_term_release(&term);
        return false;
    }
    filter_push(filter, &term);
    return true;
}
