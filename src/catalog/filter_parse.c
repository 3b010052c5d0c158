#include "catalog/filter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/doc.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/country.h"
#include "domain/show.h"
#include "filter_internal.h"

#define SHARE_TOO_LARGE "'%.*s' could be a share or a percentage: write %.*s%%"

struct parser {
    struct text text;
    size_t at;
    const struct filter_context *context;
    struct err *err;
};

/* The place of byte `at` as a person counts it. */
static size_t column_of(const struct parser *parser, size_t at)
{
    struct text rest = text_part(parser->text, 0, at);
    size_t column = 1, bytes;
    uint32_t code_point;

    while ((bytes = utf8_decode(rest, &code_point)) > 0) {
        rest = text_part(rest, bytes, rest.length - bytes);
        column++;
    }
    return column;
}

static bool at_end(const struct parser *parser)
{
    return parser->at >= parser->text.length;
}

static char here(const struct parser *parser)
{
    return at_end(parser) ? '\0' : parser->text.at[parser->at];
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static const struct filter_op *op_here(const struct parser *parser)
{
    struct text rest = text_part(parser->text, parser->at, parser->text.length - parser->at);

    for (size_t i = 0; i < filter_op_count; i++)
        if (text_starts(rest, filter_ops[i].sign))
            return &filter_ops[i];
    return NULL;
}

/* A quoted piece; \" and \\ inside. The first quote is here. */
static bool read_quoted(struct parser *parser, struct buf *out)
{
    size_t from = parser->at++;

    while (!at_end(parser) && here(parser) != '"') {
        if (here(parser) == '\\' && parser->at + 1 < parser->text.length &&
            strchr("\"\\", parser->text.at[parser->at + 1]))
            parser->at++;
        buf_add_char(out, parser->text.at[parser->at++]);
    }
    if (at_end(parser))
        return err_at(parser->err, 1, column_of(parser, from), "the quote is not closed");
    parser->at++;
    return true;
}

/* ---- keys ---- */

static int flag_find(struct text key, struct text word)
{
    for (int i = 0; i < FLAG_COUNT; i++)
        if (text_equal_ascii_case(key, text_of(filter_flags[i].key)) &&
            text_equal_ascii_case(word, text_of(filter_flags[i].word)))
            return i;
    return -1;
}

static bool is_flag_key(struct text key)
{
    return text_equal_ascii_case(key, TEXT("is")) || text_equal_ascii_case(key, TEXT("in"));
}

/* Keys that `word` begins: "roas, roi, roi_p10". Returns how many. */
static int list_prefixed(struct text word, struct buf *out)
{
    int found = 0;

    for (int i = 0; i < COLUMN_COUNT; i++) {
        struct text key = text_of(columns[i].key);
        if (!word.length || !text_equal_ascii_case(text_part(key, 0, word.length), word))
            continue;
        if (found++ < 4)
            buf_addf(out, "%s%s", found > 1 ? ", " : "", columns[i].key);
    }
    return found;
}

static bool unknown_key(struct parser *parser, size_t at, struct text key)
{
    struct buf list = BUF_INIT;
    const char *near = column_nearest(key);
    size_t column = column_of(parser, at);

    if (list_prefixed(key, &list) > 1)
        err_at(parser->err, 1, column, "'%.*s' could be %s", (int)key.length, key.at,
               buf_string(&list));
    else if (near)
        err_at(parser->err, 1, column, "unknown word '%.*s': did you mean '%s'?", (int)key.length,
               key.at, near);
    else
        err_at(parser->err, 1, column, "unknown word '%.*s': in quotes the text is searched for",
               (int)key.length, key.at);
    buf_release(&list);
    return false;
}

/* ---- values ---- */

static bool read_time(struct text text, double *low, double *high, bool *age)
{
    double seconds;

    *age = date_duration(text, &seconds);
    if (!*age && !date_parse(text, &seconds))
        return false;
    *low = *high = seconds;
    /* A date alone is the whole day. */
    if (!*age && !text_find(text, TEXT(":"), &(size_t){0}))
        *high = seconds + DATE_DAY - 1;
    return true;
}

static bool read_number(const struct filter_term *term, struct text text, struct filter_value *out)
{
    enum unit unit = columns[term->column].unit;
    double value;

    if (unit == UNIT_TIME)
        return read_time(text, &out->low, &out->high, &out->age);
    if (unit == UNIT_DAYS && date_duration(text, &value))
        value /= DATE_DAY;
    else if (!show_read(text, unit, number_style_plain, &value) || !number_known(value))
        return false;
    out->low = out->high = value;
    return true;
}

static bool bad_number(struct parser *parser, const struct filter_term *term, struct text text,
                       size_t at)
{
    size_t column = column_of(parser, at);
    struct number_seen seen;
    enum unit unit = columns[term->column].unit;

    if (unit == UNIT_TIME)
        return err_at(parser->err, 1, column, "'%.*s' is neither an age (7d, 2w, 3mo) nor a date",
                      (int)text.length, text.at);
    if (unit == UNIT_SHARE && number_parse(text, number_style_plain, &seen) &&
        number_known(seen.value) && !seen.percent)
        return err_at(parser->err, 1, column, SHARE_TOO_LARGE, (int)text.length, text.at,
                      (int)text.length, text.at);
    if (text_equal_ascii_case(text, TEXT("known")))
        return err_at(parser->err, 1, column, "write has:%s for what is known", term->key);
    return err_at(parser->err, 1, column, "'%.*s' is not a number for '%s'", (int)text.length,
                  text.at, term->key);
}

static bool read_range(struct parser *parser, const struct filter_term *term, struct text text,
                       size_t dots, size_t at, struct filter_value *out)
{
    struct text from = text_trim(text_part(text, 0, dots));
    struct text to = text_trim(text_part(text, dots + 2, text.length));
    struct filter_value low = {.low = -INFINITY}, high = {.high = INFINITY};

    if (!term->op->list)
        return err_at(parser->err, 1, column_of(parser, at), "'%s' takes one number, not a range",
                      term->op->sign);
    if (!from.length && !to.length)
        return err_at(parser->err, 1, column_of(parser, at), "the range has no ends");
    if (from.length && !read_number(term, from, &low))
        return bad_number(parser, term, from, at);
    if (to.length && !read_number(term, to, &high))
        return bad_number(parser, term, to, at);
    if ((from.length && to.length && low.age != high.age) || low.low > high.high)
        return err_at(parser->err, 1, column_of(parser, at), "the range '%.*s' runs backwards",
                      (int)text.length, text.at);
    out->low = low.low;
    out->high = high.high;
    out->age = low.age || high.age;
    return true;
}

static bool add_number(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    struct filter_value value = {0};
    size_t dots;

    if (text_find(text, TEXT(".."), &dots)) {
        if (!read_range(parser, term, text, dots, at, &value))
            return false;
    } else if (!read_number(term, text, &value)) {
        return bad_number(parser, term, text, at);
    } else if (value.age && term->op->list) {
        value.low = -INFINITY; /* audience_at:7d is seen within the last 7 days */
    }
    filter_term_add(term, text, value.low, value.high, -1);
    term->values[term->value_count - 1].age = value.age;
    return true;
}

static bool nobody_has(struct parser *parser, const struct filter_term *term, struct text text,
                       size_t at)
{
    struct sheet *sheet = parser->context->sheet;
    size_t count = sheet_value_count(sheet, term->column);
    char **words = mem_zero(count + 1, sizeof *words);
    struct arena arena = {0};
    const char *near;
    size_t known = 0;

    for (size_t i = 0; i < count; i++) {
        struct text word = sheet_value(sheet, term->column, (uint32_t)i);
        if (word.length)
            words[known++] = arena_string(&arena, word);
    }
    near = nearest_word(text, words, known, sizeof *words);
    if (near)
        err_at(parser->err, 1, column_of(parser, at), "unknown %s '%.*s': did you mean '%s'?",
               term->key, (int)text.length, text.at, near);
    else
        err_at(parser->err, 1, column_of(parser, at), "no creator has %s '%.*s'", term->key,
               (int)text.length, text.at);
    free(words);
    arena_release(&arena);
    return false;
}

static bool add_word(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    struct sheet *sheet = parser->context->sheet;
    const struct country_row *country = term->column == COL_COUNTRY ? country_find(text) : NULL;

    if (country) {
        filter_term_add(term, text_of(country->code), NAN, NAN, -1);
        return true;
    }
    for (uint32_t i = 0; sheet && i < sheet_value_count(sheet, term->column); i++) {
        struct text word = sheet_value(sheet, term->column, i);
        if (word.length && filter_same_word(term->column, word, text)) {
            filter_term_add(term, word, NAN, NAN, -1);
            return true;
        }
    }
    if (sheet && parser->context->strict && sheet->catalog->count)
        return nobody_has(parser, term, text, at);
    filter_term_add(term, text, NAN, NAN, -1);
    return true;
}

static bool add_has(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    enum column column;

    if (!column_find(text, &column))
        return unknown_key(parser, at, text);
    filter_term_add(term, text_of(columns[column].key), NAN, NAN, (int)column);
    return true;
}

static bool add_flag(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    int flag = flag_find(text_of(term->key), text);
    const char *near =
        nearest_word(text, &filter_flags[0].word, FLAG_COUNT, sizeof filter_flags[0]);

    if (flag < 0 && near)
        return err_at(parser->err, 1, column_of(parser, at),
                      "unknown word '%.*s' after '%s:': did you mean '%s'?", (int)text.length,
                      text.at, term->key, near);
    if (flag < 0)
        return err_at(parser->err, 1, column_of(parser, at), "unknown word '%.*s' after '%s:'",
                      (int)text.length, text.at, term->key);
    filter_term_add(term, text_of(filter_flags[flag].word), NAN, NAN, flag);
    return true;
}

static bool add_text(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    (void)parser;
    (void)at;
    filter_term_add(term, text, NAN, NAN, -1);
    return true;
}

/* What reads the values of a term. */
static bool add_value(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    if (term->kind == FILTER_HAS)
        return add_has(parser, term, text, at);
    if (term->kind == FILTER_FLAG)
        return add_flag(parser, term, text, at);
    if (columns[term->column].unit == UNIT_TEXT)
        return add_text(parser, term, text, at);
    return column_is_text(term->column) ? add_word(parser, term, text, at)
                                        : add_number(parser, term, text, at);
}

static bool read_value(struct parser *parser, struct filter_term *term)
{
    size_t from = parser->at;
    struct buf value = BUF_INIT;
    bool ok = true;

    if (here(parser) == '"') {
        ok = read_quoted(parser, &value);
    } else {
        while (!at_end(parser) && !is_blank(here(parser)) && here(parser) != ',')
            buf_add_char(&value, parser->text.at[parser->at++]);
    }
    if (ok && !value.length)
        ok = err_at(parser->err, 1, column_of(parser, from), "'%s%s' has no value", term->key,
                    term->op->sign);
    if (ok && !at_end(parser) && !is_blank(here(parser)) && here(parser) != ',')
        ok = err_at(parser->err, 1, column_of(parser, parser->at),
                    "a blank or a comma belongs after the quote");
    ok = ok && add_value(parser, term, buf_text(&value), from);
    buf_release(&value);
    return ok;
}

static bool read_values(struct parser *parser, struct filter_term *term)
{
    size_t from = parser->at;

    do {
        if (term->value_count && !term->op->list)
            return err_at(parser->err, 1, column_of(parser, from), "'%s' takes one number",
                          term->op->sign);
        if (!read_value(parser, term))
            return false;
    } while (here(parser) == ',' && ++parser->at);
    return true;
}

/* ---- terms ---- */

/* fee:known says where a fee comes from; it is no value of the column. */
static bool is_fee_known(const struct parser *parser, const struct filter_term *term)
{
    struct text rest = text_part(parser->text, parser->at, parser->text.length - parser->at), word;

    return term->column == COL_FEE && term->op->list && !term->op->opposite &&
           text_next(&rest, ' ', &word) && text_equal_ascii_case(word, TEXT("known"));
}

static bool find_key(struct parser *parser, struct text key, size_t at, struct filter_term *term)
{
    if (text_equal_ascii_case(key, TEXT(FILTER_HAS_KEY))) {
        term->kind = FILTER_HAS;
        term->key = FILTER_HAS_KEY;
    } else if (is_flag_key(key)) {
        term->kind = FILTER_FLAG;
        term->key = text_equal_ascii_case(key, TEXT("is")) ? "is" : "in";
    } else {
        if (!column_find(key, &term->column))
            return unknown_key(parser, at, key);
        term->kind = is_fee_known(parser, term) ? FILTER_FLAG : FILTER_COLUMN;
        term->key = columns[term->column].key;
    }
    if (term->kind == FILTER_COLUMN) {
        if (!column_is_text(term->column) || term->op->words)
            return true;
        return err_at(parser->err, 1, column_of(parser, at), "'%s' does not go with words: '%s:'",
                      term->op->sign, term->key);
    }
    if (term->op != filter_colon && term->op != filter_equals)
        return err_at(parser->err, 1, column_of(parser, at), "'%s' takes ':'", term->key);
    term->op = filter_colon;
    return true;
}

static bool read_word(struct parser *parser, struct filter_term *term)
{
    struct buf word = BUF_INIT;
    bool ok = true;

    *term =
        (struct filter_term){.kind = FILTER_WORD, .negative = term->negative, .op = filter_colon};
    if (here(parser) == '"')
        ok = read_quoted(parser, &word);
    else
        while (!at_end(parser) && !is_blank(here(parser)))
            buf_add_char(&word, parser->text.at[parser->at++]);
    if (ok && !word.length)
        ok =
            err_at(parser->err, 1, column_of(parser, parser->at), "there is nothing to search for");
    if (ok)
        filter_term_add(term, buf_text(&word), NAN, NAN, -1);
    buf_release(&word);
    return ok;
}

static bool read_term(struct parser *parser, struct filter_term *term)
{
    size_t from;
    struct text key;

    if (here(parser) == '-') {
        term->negative = true;
        parser->at++;
    }
    from = parser->at;
    while (!at_end(parser) && !is_blank(here(parser)) && here(parser) != '"' && !op_here(parser))
        parser->at++;
    key = text_part(parser->text, from, parser->at - from);
    term->op = op_here(parser);
    if (!term->op) {
        parser->at = from;
        return read_word(parser, term);
    }
    if (!key.length)
        return err_at(parser->err, 1, column_of(parser, from), "'%s' has no word before it",
                      term->op->sign);
    parser->at += strlen(term->op->sign);
    return find_key(parser, key, from, term) && read_values(parser, term);
}

static bool read_terms(struct parser *parser, struct filter *out)
{
    for (;;) {
        struct filter_term term = {0};
        while (!at_end(parser) && is_blank(here(parser)))
            parser->at++;
        if (at_end(parser))
            return true;
        if (out->count == FILTER_TERMS)
            return err_at(parser->err, 1, column_of(parser, parser->at),
                          "a filter has at most %d terms", FILTER_TERMS);
        if (!read_term(parser, &term)) {
            filter_term_release(&term);
            return false;
        }
        filter_push(out, &term);
    }
}

static bool parse(struct text text, const struct filter_context *context, struct filter *out,
                  struct err *err)
{
    const struct filter_context nothing = {0};
    struct parser parser = {.text = text, .context = context ? context : &nothing, .err = err};

    filter_init(out);
    if (read_terms(&parser, out))
        return true;
    filter_release(out);
    return false;
}

bool filter_parse(struct text text, const struct filter_context *context, struct filter *filter,
                  struct err *err)
{
    struct filter made;

    if (!parse(text, context, &made, err))
        return false;
    made.revision = filter->revision + 1;
    filter_release(filter);
    *filter = made;
    return true;
}

/* A value of a group that has a selection goes there. */
static void join_term(struct filter *filter, struct filter_term *take)
{
    bool selects = take->kind == FILTER_COLUMN && take->op == filter_colon && !take->negative &&
                   filter_selection(filter, take->column);

    if (!selects) {
        filter_push(filter, take);
        return;
    }
    for (size_t i = 0; i < take->value_count; i++)
        if (!filter_selected(filter, take->column, text_of(take->values[i].text)))
            filter_toggle(filter, take->column, text_of(take->values[i].text));
    filter_term_release(take);
}

bool filter_add(struct filter *filter, struct text text, const struct filter_context *context,
                struct err *err)
{
    struct filter added;

    if (!parse(text, context, &added, err))
        return false;
    if (filter->count + added.count > FILTER_TERMS) {
        filter_release(&added);
        return err_set(err, "a filter has at most %d terms", FILTER_TERMS);
    }
    for (size_t i = 0; i < added.count; i++)
        join_term(filter, &added.items[i]);
    added.count = 0;
    filter_release(&added);
    return true;
}
