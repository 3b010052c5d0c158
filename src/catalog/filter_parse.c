#include "catalog/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "filter_internal.h"
#include "parser_internal.h"

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
        return err_at(parser->err, 1, parser_column(parser, from), "the quote is not closed");
    parser->at++;
    return true;
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
        ok = err_at(parser->err, 1, parser_column(parser, from), "'%s%s' has no value", term->key,
                    term->op->sign);
    if (ok && !at_end(parser) && !is_blank(here(parser)) && here(parser) != ',')
        ok = err_at(parser->err, 1, parser_column(parser, parser->at),
                    "a blank or a comma belongs after the quote");
    ok = ok && parser_add_value(parser, term, buf_text(&value), from);
    buf_release(&value);
    return ok;
}

static bool read_values(struct parser *parser, struct filter_term *term)
{
    size_t from = parser->at;

    do {
        if (term->value_count && !term->op->list)
            return err_at(parser->err, 1, parser_column(parser, from), "'%s' takes one number",
                          term->op->sign);
        if (!read_value(parser, term))
            return false;
    } while (here(parser) == ',' && ++parser->at);
    return true;
}

static bool is_flag_key(struct text key)
{
    return text_equal_ascii_case(key, TEXT("is")) || text_equal_ascii_case(key, TEXT("in"));
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
    } else if (text_equal_ascii_case(key, TEXT(FILTER_BATCH_KEY))) {
        term->kind = FILTER_BATCH;
        term->key = FILTER_BATCH_KEY;
    } else if (is_flag_key(key)) {
        term->kind = FILTER_FLAG;
        term->key = text_equal_ascii_case(key, TEXT("is")) ? "is" : "in";
    } else {
        if (!column_find(key, &term->column))
            return parser_unknown_key(parser, at, key);
        term->kind = is_fee_known(parser, term) ? FILTER_FLAG : FILTER_COLUMN;
        term->key = columns[term->column].key;
    }
    if (term->kind == FILTER_COLUMN) {
        if (!column_is_text(term->column) || term->op->words)
            return true;
        return err_at(parser->err, 1, parser_column(parser, at),
                      "'%s' does not go with words: '%s:'", term->op->sign, term->key);
    }
    if (term->op != filter_colon && term->op != filter_equals)
        return err_at(parser->err, 1, parser_column(parser, at), "'%s' takes ':'", term->key);
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
        ok = err_at(parser->err, 1, parser_column(parser, parser->at),
                    "there is nothing to search for");
    if (ok)
        filter_term_add(term, buf_text(&word), NAN, NAN, -1);
    buf_release(&word);
    return ok;
}

static void skip_blanks(struct parser *parser)
{
    while (is_blank(here(parser)))
        parser->at++;
}

/* As people write bounds: "fee under 300". */
static const struct {
    const char *words, *sign;
} spoken[] = {
    {"under", "<"},     {"below", "<"},     {"less than", "<"}, {"over", ">"},     {"above", ">"},
    {"more than", ">"}, {"at least", ">="}, {"from", ">="},     {"minimum", ">="}, {"min", ">="},
    {"at most", "<="},  {"up to", "<="},    {"maximum", "<="},  {"max", "<="},
};

static const struct filter_op *op_of(const char *sign)
{
    size_t i = 0;
    while (strcmp(filter_ops[i].sign, sign) != 0)
        i++;
    return &filter_ops[i];
}

static const struct filter_op *spoken_here(struct parser *parser)
{
    struct text rest = text_part(parser->text, parser->at, parser->text.length - parser->at);
    for (size_t i = 0; i < COUNT_OF(spoken); i++) {
        size_t length = strlen(spoken[i].words);
        bool said = length < rest.length && is_blank(rest.at[length]) &&
                    text_equal_ascii_case(text_part(rest, 0, length), text_of(spoken[i].words));
        struct text value = text_trim(text_part(rest, length, said ? rest.length - length : 0));
        if (value.length == 0 || !strchr("0123456789.-", value.at[0]))
            continue;
        parser->at += length;
        return op_of(spoken[i].sign);
    }
    return NULL;
}

/* The comparison that stands apart from the figure it is of: "fee < 300", "fee under 300". Elsewhere
 * nothing is read. */
static const struct filter_op *op_apart(struct parser *parser, struct text key)
{
    size_t before = parser->at;
    enum column column;
    if (!column_find(key, &column) || column_is_text(column))
        return NULL;
    skip_blanks(parser);
    const struct filter_op *op = op_here(parser);
    if (op && op != filter_colon) {
        parser->at += strlen(op->sign);
        return op;
    }
    op = spoken_here(parser);
    if (!op)
        parser->at = before;
    return op;
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
    if (term->op && !key.length)
        return err_at(parser->err, 1, parser_column(parser, from),
                      "'%s' has no figure before it, as in fee%s300", term->op->sign,
                      term->op->sign);
    if (term->op)
        parser->at += strlen(term->op->sign);
    else
        term->op = op_apart(parser, key);
    if (!term->op) {
        parser->at = from;
        return read_word(parser, term);
    }
    if (is_blank(here(parser)) &&
        text_trim(text_part(parser->text, parser->at, parser->text.length)).length > 0)
        skip_blanks(parser);
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
            return err_at(parser->err, 1, parser_column(parser, parser->at),
                          "a filter has at most %d terms", FILTER_TERMS);
        if (!read_term(parser, &term)) {
            filter_term_release(&term);
            return false;
        }
        filter_push(out, &term);
    }
}

/* What is printed must read back, and the words are C strings: a command line may hold any bytes. */
static bool is_text(struct parser *parser)
{
    struct text text = parser->text;
    size_t at = 0, length = 1;
    while (at < text.length && length > 0) {
        uint32_t point;
        length = utf8_decode(text_part(text, at, text.length - at), &point);
        if (point == 0 || !utf8_valid(text_part(text, at, length)))
            return err_at(parser->err, 1, parser_column(parser, at),
                          "a byte that is no text (%02X); filters are UTF-8",
                          (unsigned char)text.at[at]);
        at += length;
    }
    return true;
}

static bool parse(struct text text, const struct filter_context *context, struct filter *out,
                  struct err *err)
{
    const struct filter_context nothing = {0};
    struct parser parser = {.text = text, .context = context ? context : &nothing, .err = err};

    filter_init(out);
    if (is_text(&parser) && read_terms(&parser, out))
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
