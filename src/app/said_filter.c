#include "base/utf8.h"
#include "base/vec.h"
#include "said_internal.h"

/* Filter words as people say them: values by themselves, bounds, and what the filter prompt takes; several
 * in a line, each as long as it makes sense. */

#define WORDS_MOST 24

/* A line in words; where each begins and ends in it. */
struct pieces {
    struct text line;
    size_t from[WORDS_MOST], to[WORDS_MOST];
    size_t count;
};

static bool cut(struct text line, struct pieces *out)
{
    *out = (struct pieces){.line = line};
    for (size_t at = 0; at < line.length;) {
        size_t end = at;
        while (end < line.length && line.at[end] != ' ')
            end++;
        if (end > at && out->count == WORDS_MOST)
            return false;
        if (end > at) {
            out->from[out->count] = at;
            out->to[out->count++] = end;
        }
        at = end + 1;
    }
    return out->count > 0;
}

/* Words i … k; a comma after the last only stands between. */
static struct text piece(const struct pieces *pieces, size_t i, size_t k)
{
    size_t end = pieces->to[k];
    if (end > pieces->from[i] + 1 && pieces->line.at[end - 1] == ',')
        end--;
    return text_part(pieces->line, pieces->from[i], end - pieces->from[i]);
}

/* ---- one of them ---- */

static bool parses(struct model *model, struct text text, struct filter *out)
{
    struct filter_context context = {model->sheet, true};
    filter_clear(out);
    return filter_parse(text, &context, out, NULL) && out->count > 0;
}

/* A value of a group, by any of its names: "skin care", "germany". */
static bool is_value(struct model *model, struct text words, struct filter *out)
{
    struct buf term = BUF_INIT;
    size_t quote;
    bool found = false;
    if (text_find(words, TEXT("\""), &quote))
        return false;
    for (size_t g = 0; g < FACET_GROUPS && !found; g++) {
        buf_clear(&term);
        buf_addf(&term, "%s:\"", columns[facet_groups[g]].key);
        buf_add_text(&term, words);
        buf_add_char(&term, '"');
        found = parses(model, buf_text(&term), out);
    }
    buf_release(&term);
    return found;
}

/* The front of one value only: "beau". */
static bool begins_value(struct model *model, struct text words, size_t least, struct filter *out)
{
    size_t found = 0;
    for (size_t g = 0; g < FACET_GROUPS; g++) {
        const struct facet *facet = query_facet(&model->result, facet_groups[g]);
        for (size_t v = 0; facet && words.length >= least && v < facet->count; v++) {
            if (value_match(words, facet->column, facet->values[v].word) < 2)
                continue;
            filter_clear(out);
            filter_toggle(out, facet->column, facet->values[v].word);
            found++;
        }
    }
    return found == 1;
}

/* Words that are no text to be looked for: "fee under 300", "tier:micro", "has:email". */
static bool is_terms(struct model *model, struct text words, struct filter *out)
{
    bool ok = parses(model, words, out);
    for (size_t i = 0; i < out->count && ok; i++)
        ok = out->items[i].kind != FILTER_WORD;
    return ok;
}

/* "is ticked", "ticked", "in plan", "stale". */
static bool is_flag(struct text words, struct filter *out, struct model *model)
{
    struct buf term = BUF_INIT;
    bool found = false;
    for (int i = 0; i < FLAG_COUNT && !found; i++) {
        const struct filter_flag_row *flag = &filter_flags[i];
        buf_clear(&term);
        buf_addf(&term, "%s %s", flag->key, flag->word);
        if (!text_equal_ascii_case(words, buf_text(&term)) &&
            (!text_equal_ascii_case(words, text_of(flag->word)) || i == FLAG_FEE_KNOWN))
            continue;
        buf_clear(&term);
        buf_addf(&term, "%s:%s", flag->key, flag->word);
        found = parses(model, buf_text(&term), out);
    }
    buf_release(&term);
    return found;
}

static bool means(struct model *model, struct text words, bool loose, struct filter *out)
{
    if (is_value(model, words, out) || is_terms(model, words, out) || is_flag(words, out, model) ||
        begins_value(model, words, loose ? 3 : 4, out))
        return true;
    size_t blank;
    return loose && !text_find(words, TEXT(" "), &blank) && parses(model, words, out);
}

/* ---- all of them ---- */

static bool is_not(struct text word)
{
    return text_equal_ascii_case(word, TEXT("not")) || text_equal_ascii_case(word, TEXT("without"));
}

static bool is_joint(struct text word)
{
    return text_equal_ascii_case(word, TEXT("and")) || text_equal_ascii_case(word, TEXT("with"));
}

static void add_terms(const struct filter *terms, bool negative, struct buf *out)
{
    for (size_t i = 0; i < terms->count; i++) {
        buf_add_string(out, out->length > 0 ? " " : "");
        buf_add_string(out, negative && !terms->items[i].negative ? "-" : "");
        filter_print_term(&terms->items[i], out);
    }
}

/* From word `from` on as many as mean something; returns the place after them, or `from`. */
static size_t read_one(struct model *model, const struct pieces *pieces, size_t from, bool loose,
                       struct buf *out)
{
    struct filter terms;
    size_t after = from;
    struct text first = piece(pieces, from, from);
    bool minus = first.length > 1 && first.at[0] == '-';
    bool negative = minus || (is_not(first) && from + 1 < pieces->count);
    size_t start = from + (negative && !minus);
    filter_init(&terms);
    for (size_t k = pieces->count; k > start && after == from; k--) {
        struct text words = piece(pieces, start, k - 1);
        if (minus)
            words = text_part(words, 1, words.length);
        if (!means(model, words, loose, &terms))
            continue;
        add_terms(&terms, negative, out);
        after = k;
    }
    filter_release(&terms);
    return after;
}

/* The canonical text of what is said; on failure the word that says nothing. */
static bool read_words(struct model *model, struct text words, bool loose, struct buf *out,
                       struct text *unknown)
{
    struct pieces pieces;
    *unknown = words;
    if (!cut(words, &pieces))
        return false;
    for (size_t at = 0; at < pieces.count;) {
        if (at > 0 && at + 1 < pieces.count && is_joint(piece(&pieces, at, at)))
            at++;
        size_t after = read_one(model, &pieces, at, loose, out);
        *unknown = piece(&pieces, at, at);
        if (after == at)
            return false;
        at = after;
    }
    return true;
}

/* A line that is told wrong: what the filter itself says of its first word that means nothing. */
static bool explain(struct saying *it, struct text unknown)
{
    struct filter_context context = {it->model->sheet, true};
    struct filter none;
    struct buf shown = BUF_INIT;
    filter_init(&none);
    text_safe(&shown, text_part(unknown, 0, 60));
    if (filter_parse(unknown, &context, &none, it->err))
        err_set(it->err, "'%s' is no filter here; values tells the words there are",
                buf_string(&shown));
    filter_release(&none);
    buf_release(&shown);
    return false;
}

bool said_filter(struct saying *it, struct text words, bool loose)
{
    struct model *model = it->model;
    struct filter_context context = {model->sheet, true};
    struct buf canonical = BUF_INIT;
    struct text unknown;
    if (model->catalog->live_count == 0)
        return err_set(it->err, "there are no creators yet: sample, or import and a file");
    bool ok = read_words(model, words, loose, &canonical, &unknown);
    if (!ok && loose)
        explain(it, unknown);
    ok = ok && filter_add(&model->query.filter, buf_text(&canonical), &context, it->err);
    if (ok) {
        if (model->place != PLACE_TIERS)
            model->place = PLACE_EXPLORE;
        view_changed(model, "filter %s", buf_string(&canonical));
        model->said.answer = ANSWER_COUNT;
    }
    buf_release(&canonical);
    return ok;
}

/* ---- and away again ---- */

/* The value of a group that is chosen in the filter, or a term that says just this. */
static bool lift_terms(struct model *model, const struct filter *terms)
{
    for (size_t i = 0; i < terms->count; i++) {
        const struct filter_term *term = &terms->items[i];
        for (size_t v = 0; term->kind == FILTER_COLUMN && v < term->value_count; v++) {
            struct text word = text_of(term->values[v].text);
            if (!columns[term->column].facet ||
                !filter_selected(&model->query.filter, term->column, word))
                continue;
            filter_toggle(&model->query.filter, term->column, word);
            return true;
        }
    }
    return false;
}

static bool lift_like(struct model *model, struct text words)
{
    const struct filter *filter = &model->query.filter;
    for (int least = MATCH_BEST; least > 1; least--)
        for (size_t i = 0; i < filter->count; i++) {
            struct buf term = BUF_INIT, label = BUF_INIT;
            filter_print_term(&filter->items[i], &term);
            filter_label(&filter->items[i], &label);
            bool is = match_text(words, buf_text(&term)) >= least ||
                      match_text(words, buf_text(&label)) >= least;
            buf_release(&term);
            buf_release(&label);
            if (is) {
                filter_remove(&model->query.filter, i);
                return true;
            }
        }
    return false;
}

bool said_lift(struct saying *it)
{
    struct model *model = it->model;
    struct filter terms;
    if (model->query.filter.count == 0)
        return err_set(it->err, "there is no filter to lift");
    if (it->rest.length == 0 || text_equal_ascii_case(it->rest, TEXT("last"))) {
        lift(model, model->query.filter.count - 1);
        return true;
    }
    filter_init(&terms);
    bool done = (means(model, it->rest, false, &terms) && lift_terms(model, &terms)) ||
                lift_like(model, it->rest);
    filter_release(&terms);
    if (!done)
        return err_set(it->err, "there is no such filter; where tells them");
    view_changed(model, "lift %.*s", (int)it->rest.length, it->rest.at);
    return true;
}
