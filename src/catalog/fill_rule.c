#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/vec.h"
#include "catalog/fill.h"
#include "filter_internal.h"

/* Rules as they are typed. */

#define RULE_COUNT_MOST 32000

static const struct {
    const char *words;
    enum allocation_rule_kind kind;
    bool none; /* no number follows: 0 */
} rule_forms[] = {
    {"at least", ALLOCATION_AT_LEAST, false}, {"at most", ALLOCATION_AT_MOST, false},
    {">=", ALLOCATION_AT_LEAST, false},       {"<=", ALLOCATION_AT_MOST, false},
    {"minimum", ALLOCATION_AT_LEAST, false},  {"maximum", ALLOCATION_AT_MOST, false},
    {"min", ALLOCATION_AT_LEAST, false},      {"max", ALLOCATION_AT_MOST, false},
    {"up to", ALLOCATION_AT_MOST, false},     {"no more than", ALLOCATION_AT_MOST, false},
    {"none of", ALLOCATION_AT_MOST, true},    {"none", ALLOCATION_AT_MOST, true},
    {"no", ALLOCATION_AT_MOST, true},         {"without", ALLOCATION_AT_MOST, true},
};

/* Between how many and of whom: they say nothing. */
static const char *const fillers[] = {"creators", "creator", "of", "from", "in", "with"};

/* "3 a niche" asks for as many rules as there are niches. */
static const char *const eaches[] = {"a", "an", "per", "each", "every", "one", "any"};

void fill_rule_release(struct fill_rule *rule)
{
    if (rule)
        filter_release(&rule->filter);
}

/* "at  least 2": any number of blanks between the words; a sign needs none after it. */
static bool form_takes(const char *words, struct text *rest)
{
    struct text left = *rest, word, expected = text_of(words);
    while (text_next(&expected, ' ', &word)) {
        left = text_trim(left);
        if (!text_equal_ascii_case(text_part(left, 0, word.length), word))
            return false;
        left = text_part(left, word.length, left.length - word.length);
        if (word.at[0] > '>' && left.length > 0 && left.at[0] != ' ')
            return false;
    }
    *rest = text_trim(left);
    return true;
}

static bool take_count(struct text *rest, unsigned *count)
{
    double value;
    struct text left = *rest, word;
    if (!text_next(&left, ' ', &word) || !number_parse_bare(word, '.', &value) || value < 0 ||
        value > RULE_COUNT_MOST || value != floor(value))
        return false;
    *count = (unsigned)value;
    *rest = text_trim(left);
    return true;
}

/* The word off the front, if it is one of these. */
static bool take_one_of(const char *const *words, size_t count, struct text *rest)
{
    struct text left = *rest, word;
    if (!text_next(&left, ' ', &word))
        return false;
    for (size_t i = 0; i < count; i++)
        if (text_equal_ascii_case(word, text_of(words[i]))) {
            *rest = text_trim(left);
            return true;
        }
    return false;
}

static const enum column facets[] = {COL_PLATFORM, COL_TIER, COL_NICHE, COL_COUNTRY};

/* "at most 2 tiktok" would count who has it in a name: nobody, and hold without a word. It means the
 * platform; in quotes it is what it says. */
static void mean_value(struct filter *filter, size_t at, const struct filter_context *context)
{
    struct filter_term *term = &filter->items[at];
    for (size_t i = 0; term->kind == FILTER_WORD && i < COUNT_OF(facets); i++) {
        struct filter as;
        struct buf meant = BUF_INIT;
        buf_addf(&meant, "%s%s:%s", term->negative ? "-" : "", columns[facets[i]].key,
                 term->values[0].text);
        filter_init(&as);
        if (filter_parse(buf_text(&meant), context, &as, NULL) && as.count == 1) {
            struct filter_term word = *term;
            *term = as.items[0];
            as.items[0] = word;
        }
        filter_release(&as);
        buf_release(&meant);
    }
}

static bool is_each(struct text rest, struct err *err, size_t at)
{
    struct text word, left = rest;
    if (!take_one_of(eaches, COUNT_OF(eaches), &left))
        return false;
    if (!text_next(&left, ' ', &word))
        return !err_at(err, 0, at, "of whom? niche:beauty, tier:macro, country:DE");
    for (size_t i = 0; i < COUNT_OF(facets); i++)
        if (text_equal_ascii_case(word, text_of(columns[facets[i]].key)))
            return !err_at(err, 0, at, "each %s takes a rule of its own, such as at most 3 %s",
                           columns[facets[i]].key,
                           facets[i] == COL_NICHE      ? "niche:beauty"
                           : facets[i] == COL_TIER     ? "tier:macro"
                           : facets[i] == COL_PLATFORM ? "platform:tiktok"
                                                       : "country:DE");
    return false;
}

bool fill_rule_parse(struct text text, const struct filter_context *context, struct fill_rule *rule,
                     struct err *err)
{
    struct text rest = text;
    struct allocation_rule found = {.count = 0};
    size_t form = 0;
    while (form < COUNT_OF(rule_forms) && !form_takes(rule_forms[form].words, &rest))
        form++;
    if (form == COUNT_OF(rule_forms))
        return err_at(
            err, 0, 1,
            "not a rule: write at most 3 niche:beauty, at least 2 micro or none of tag:kids");
    found.kind = rule_forms[form].kind;
    if (!rule_forms[form].none && !take_count(&rest, &found.count))
        return err_at(err, 0, (size_t)(rest.at - text.at) + 1, "how many, as a whole number?");
    while (take_one_of(fillers, COUNT_OF(fillers), &rest))
        ;
    if (rest.length == 0)
        return err_at(err, 0, text.length + 1, "of whom? niche:beauty, tier:macro, country:DE");
    if (is_each(rest, err, (size_t)(rest.at - text.at) + 1))
        return false;
    struct filter filter;
    filter_init(&filter);
    if (!filter_parse(rest, context, &filter, err)) {
        if (err)
            err->column += (size_t)(rest.at - text.at);
        filter_release(&filter);
        return false;
    }
    bool quoted = memchr(rest.at, '"', rest.length) != NULL;
    for (size_t i = 0; i < filter.count && context->strict && !quoted; i++)
        mean_value(&filter, i, context);
    fill_rule_release(rule);
    *rule = (struct fill_rule){.rule = found, .filter = filter};
    return true;
}

/* As filter_print(), with words in quotes: read back they are no value of anything. */
static void print_filter(const struct filter *filter, struct buf *out)
{
    for (size_t i = 0; i < filter->count; i++) {
        const struct filter_term *term = &filter->items[i];
        if (i > 0)
            buf_add_char(out, ' ');
        if (term->kind != FILTER_WORD) {
            filter_print_term(term, out);
            continue;
        }
        buf_add_string(out, term->negative ? "-" : "");
        filter_print_quoted(out, text_of(term->values[0].text));
    }
}

void fill_rule_print(const struct fill_rule *rule, struct buf *out)
{
    if (rule->rule.kind == ALLOCATION_AT_MOST && rule->rule.count == 0)
        buf_add_string(out, "none of ");
    else
        buf_addf(out, "%s %u ", rule->rule.kind == ALLOCATION_AT_LEAST ? "at least" : "at most",
                 rule->rule.count);
    print_filter(&rule->filter, out);
}

void fill_wish_init(struct fill_wish *wish, const struct scenario *scenario)
{
    *wish = (struct fill_wish){.budget = scenario->budget,
                               .most = (unsigned)scenario->fill_cap,
                               .keep = true,
                               .estimated = true};
}

void fill_wish_copy(struct fill_wish *to, const struct fill_wish *from)
{
    fill_wish_release(to);
    *to = *from;
    to->excluded = (struct bits){0};
    bits_copy(&to->excluded, &from->excluded);
    for (size_t i = 0; i < from->rule_count; i++) {
        filter_init(&to->rules[i].filter);
        filter_copy(&to->rules[i].filter, &from->rules[i].filter);
    }
}

void fill_wish_release(struct fill_wish *wish)
{
    if (!wish)
        return;
    for (size_t i = 0; i < wish->rule_count; i++)
        fill_rule_release(&wish->rules[i]);
    bits_release(&wish->excluded);
    *wish = (struct fill_wish){0};
}
