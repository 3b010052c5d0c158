#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/doc.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "domain/country.h"
#include "domain/show.h"
#include "filter_internal.h"
#include "parser_internal.h"

#define LISTED_BYTES 48 /* of words in a message */

/* The place of byte `at` as a person counts it. */
size_t parser_column(const struct parser *parser, size_t at)
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

static int flag_find(struct text key, struct text word)
{
    for (int i = 0; i < FLAG_COUNT; i++)
        if (text_equal_ascii_case(key, text_of(filter_flags[i].key)) &&
            text_equal_ascii_case(word, text_of(filter_flags[i].word)))
            return i;
    return -1;
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

bool parser_unknown_key(struct parser *parser, size_t at, struct text key)
{
    struct buf list = BUF_INIT;
    const char *near = column_nearest(key);
    size_t column = parser_column(parser, at);

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

/* A bare number too large to be clear, which a % would make so. */
static bool wants_percent(struct text text, enum unit unit)
{
    struct buf percent = BUF_INIT;
    double value;

    buf_addf(&percent, "%.*s%%", (int)text.length, text.at);
    bool wants = show_read(buf_text(&percent), unit, number_style_plain, &value);
    buf_release(&percent);
    return wants && number_known(value);
}

static bool bad_number(struct parser *parser, const struct filter_term *term, struct text text,
                       size_t at)
{
    size_t column = parser_column(parser, at);
    enum unit unit = columns[term->column].unit;

    if (unit == UNIT_TIME)
        return err_at(parser->err, 1, column, "'%.*s' is neither an age (7d, 2w, 3mo) nor a date",
                      (int)text.length, text.at);
    if (wants_percent(text, unit))
        return err_at(parser->err, 1, column,
                      "'%.*s' could be a factor or a percentage: write %.*s%%", (int)text.length,
                      text.at, (int)text.length, text.at);
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
        return err_at(parser->err, 1, parser_column(parser, at),
                      "'%s' takes one number, not a range", term->op->sign);
    if (!from.length && !to.length)
        return err_at(parser->err, 1, parser_column(parser, at), "the range has no ends");
    if (from.length && !read_number(term, from, &low))
        return bad_number(parser, term, from, at);
    if (to.length && !read_number(term, to, &high))
        return bad_number(parser, term, to, at);
    if ((from.length && to.length && low.age != high.age) || low.low > high.high)
        return err_at(parser->err, 1, parser_column(parser, at), "the range '%.*s' runs backwards",
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

/* "beauty, food, travel and 37 more": some of the words, those with `part` in them where it is not
 * the null text. Returns how many there are. */
static size_t list_words(char *const *words, size_t count, struct text part, struct buf *out)
{
    struct buf folded = BUF_INIT;
    size_t found = 0, shown = 0, at;

    for (size_t i = 0; i < count; i++) {
        buf_clear(&folded);
        utf8_fold(&folded, text_of(words[i]));
        if (text_known(part) && !text_find(buf_text(&folded), part, &at))
            continue;
        found++;
        if (out->length > LISTED_BYTES)
            continue;
        buf_addf(out, "%s%s", shown++ ? ", " : "", words[i]);
    }
    if (shown < found)
        buf_addf(out, " and %zu more", found - shown);
    buf_release(&folded);
    return found;
}

/* What there is instead: words that hold what was typed, else some of all. */
static bool tell_words(struct parser *parser, const struct filter_term *term, struct text text,
                       size_t at, char *const *words, size_t count)
{
    struct buf typed = BUF_INIT, list = BUF_INIT;
    bool some;

    utf8_fold(&typed, text);
    some = typed.length > 1 && list_words(words, count, buf_text(&typed), &list) > 0;
    if (!some)
        list_words(words, count, (struct text){0}, &list);
    err_at(parser->err, 1, parser_column(parser, at), "no creator has %s '%.*s'%s%s", term->key,
           (int)text.length, text.at,
           !count ? ""
           : some ? ": did you mean "
                  : "; there are ",
           count ? buf_string(&list) : "");
    buf_release(&typed);
    buf_release(&list);
    return false;
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
        err_at(parser->err, 1, parser_column(parser, at), "unknown %s '%.*s': did you mean '%s'?",
               term->key, (int)text.length, text.at, near);
    else
        tell_words(parser, term, text, at, words, known);
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
    if (sheet && parser->context->strict &&
        (sheet->catalog->count || sheet_value_count(sheet, term->column)))
        return nobody_has(parser, term, text, at);
    filter_term_add(term, text, NAN, NAN, -1);
    return true;
}

static bool add_has(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    enum column column;

    if (!column_find(text, &column))
        return parser_unknown_key(parser, at, text);
    filter_term_add(term, text_of(columns[column].key), NAN, NAN, (int)column);
    return true;
}

static bool add_flag(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    int flag = flag_find(text_of(term->key), text);
    const char *near =
        nearest_word(text, &filter_flags[0].word, FLAG_COUNT, sizeof filter_flags[0]);

    if (flag < 0 && near)
        return err_at(parser->err, 1, parser_column(parser, at),
                      "unknown word '%.*s' after '%s:': did you mean '%s'?", (int)text.length,
                      text.at, term->key, near);
    if (flag < 0)
        return err_at(parser->err, 1, parser_column(parser, at), "unknown word '%.*s' after '%s:'",
                      (int)text.length, text.at, term->key);
    filter_term_add(term, text_of(filter_flags[flag].word), NAN, NAN, flag);
    return true;
}

/* "5 to 12": those that can be named. */
static void list_batches(const struct batches *batches, struct buf *out)
{
    int64_t from = 0, to = 0;
    size_t shown = 0;

    for (size_t i = batches->count; i-- > 0;) {
        const struct batch_told *one = &batches->items[i].told;
        const struct batch_told *next = i ? &batches->items[i - 1].told : NULL;
        if (!batch_stands(one))
            continue;
        from = from ? from : one->id;
        to = one->id;
        if (next && batch_stands(next) && next->id == to + 1)
            continue;
        buf_addf(out, "%s%lld", shown++ ? ", " : "", (long long)from);
        if (to > from)
            buf_addf(out, "%s%lld", to > from + 1 ? " to " : ", ", (long long)to);
        from = 0;
    }
}

static bool no_batch(struct parser *parser, struct text text, double number, size_t at)
{
    const struct batches *batches = &parser->context->sheet->batches;
    const struct batch_known *known = batches_find(batches, (int64_t)number);
    struct buf list = BUF_INIT;

    list_batches(batches, &list);
    if (list.length == 0)
        err_at(parser->err, 1, parser_column(parser, at),
               "there is no import '%.*s': nothing was imported that stands", (int)text.length,
               text.at);
    else
        err_at(parser->err, 1, parser_column(parser, at), "%s '%.*s'%s; there %s %s, and last",
               known ? "import" : "there is no import", (int)text.length, text.at,
               known ? " was taken back" : "", strchr(buf_string(&list), ' ') ? "are" : "is",
               buf_string(&list));
    buf_release(&list);
    return false;
}

static bool add_batch(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    const struct sheet *sheet = parser->context->sheet;
    bool last = text_equal_ascii_case(text, TEXT(FILTER_BATCH_LAST));
    struct number_seen seen = {.value = 0};
    struct buf word = BUF_INIT;

    if (!last && (!number_parse(text, number_style_plain, &seen) || seen.percent || seen.trailing ||
                  seen.value < 1 || seen.value > 1e15 || seen.value != floor(seen.value)))
        return err_at(parser->err, 1, parser_column(parser, at),
                      "'%.*s' is no import: 'import:" FILTER_BATCH_LAST "', or the number of one",
                      (int)text.length, text.at);
    if (parser->context->strict && sheet && sheet->batches.told) {
        const struct batch_known *known = batches_find(
            &sheet->batches, last ? batches_last(&sheet->batches) : (int64_t)seen.value);
        if (!known || !batch_stands(&known->told))
            return no_batch(parser, text, seen.value, at);
    }
    if (last)
        buf_add_string(&word, FILTER_BATCH_LAST);
    else
        buf_addf(&word, "%.0f", seen.value);
    filter_term_add(term, buf_text(&word), seen.value, seen.value, -1);
    buf_release(&word);
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
bool parser_add_value(struct parser *parser, struct filter_term *term, struct text text, size_t at)
{
    if (term->kind == FILTER_HAS)
        return add_has(parser, term, text, at);
    if (term->kind == FILTER_FLAG)
        return add_flag(parser, term, text, at);
    if (term->kind == FILTER_BATCH)
        return add_batch(parser, term, text, at);
    if (columns[term->column].unit == UNIT_TEXT)
        return add_text(parser, term, text, at);
    return column_is_text(term->column) ? add_word(parser, term, text, at)
                                        : add_number(parser, term, text, at);
}
