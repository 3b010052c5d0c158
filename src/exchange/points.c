#include "points_internal.h"

#include <string.h>

#include "base/vec.h"
#include "map_internal.h"

/* What ',' and '.' mean between digits: a fraction or groups of thousands. A column whose figures
 * settle it is read as they say; one that does not goes with the rest of the file; where no figure of
 * the file settles it, by what the column counts, and that is a question. */

static const struct number_style german = {.group = '.', .decimal = ','};

/* ---- one figure ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits and the signs between them, without what stands around. */
static struct text digits_of(struct text cell)
{
    size_t from = 0, to;
    while (from < cell.length && !is_digit(cell.at[from]) && cell.at[from] != '.' &&
           cell.at[from] != ',')
        from++;
    for (to = from; to < cell.length; to++)
        if (!is_digit(cell.at[to]) && cell.at[to] != '.' && cell.at[to] != ',')
            break;
    while (to > from && !is_digit(cell.at[to - 1]))
        to--;
    return text_part(cell, from, to - from);
}

static size_t *marks_of(struct point_marks *marks, struct text digits, struct text cell,
                        const struct number_seen *seen)
{
    size_t signs[SIGN_COUNT] = {0}, last = 0, first = digits.length;
    for (size_t i = 0; i < digits.length; i++) {
        if (is_digit(digits.at[i]))
            continue;
        signs[digits.at[i] == ',']++;
        first = first < digits.length ? first : i;
        last = i;
    }
    if (signs[SIGN_POINT] + signs[SIGN_COMMA] == 0) {
        marks->large += digits.length >= 4 && digits.length == cell.length;
        return NULL;
    }
    enum point_sign sign = digits.at[last] == ',' ? SIGN_COMMA : SIGN_POINT;
    if (signs[!sign] > 0)
        return &marks->fraction[sign];
    if (signs[sign] > 1)
        return &marks->group[sign];
    bool three = digits.length - last - 1 == 3 && first >= 1 && first <= 3;
    const char *behind = digits.at + digits.length;
    bool exponent = behind < cell.at + cell.length && (*behind | 32) == 'e';
    if (!three || digits.at[0] == '0' || exponent || seen->percent)
        return &marks->fraction[sign];
    return seen->scaled ? &marks->scaled[sign] : &marks->either[sign];
}

void point_marks_add(struct point_marks *marks, struct text cell, const struct number_seen *seen,
                     struct arena *arena)
{
    size_t *count = marks_of(marks, digits_of(cell), cell, seen);
    if (count == NULL)
        return;
    ++*count;
    bool either = count == &marks->either[SIGN_POINT] || count == &marks->either[SIGN_COMMA];
    struct text *example = either ? &marks->doubtful : &marks->settled;
    if (!text_known(*example))
        *example = arena_text(arena, text_part(cell, 0, 30));
}

/* ---- one column ---- */

/* How many figures take ',' (SIGN_COMMA) or '.' for the sign of a fraction, and no other way. */
static size_t votes(const struct point_marks *marks, enum point_sign sign)
{
    return marks->fraction[sign] + marks->group[!sign];
}

static bool is_german(struct number_style style)
{
    return style.decimal == ',';
}

struct points {
    struct import_plan *plan;
    struct profile *profile;
    const struct text *names;         /* headers */
    const struct column_words *words; /* what they mean */
    size_t settled[SIGN_COUNT];       /* columns that settle it */
    size_t witness[SIGN_COUNT];       /* one of them */
};

static bool counts_things(const struct column_words *words)
{
    return words->meaning.use == USE_COLUMN && columns[words->meaning.column].unit == UNIT_COUNT;
}

/* Figures that have no three places behind a point. */
static bool is_whole(const struct column_words *words)
{
    return counts_things(words) ||
           (words->meaning.use == USE_COLUMN && columns[words->meaning.column].unit == UNIT_MONEY);
}

static bool is_rate(const struct column_words *words)
{
    return words->meaning.use == USE_COLUMN && columns[words->meaning.column].unit == UNIT_SHARE;
}

static bool has_figures(const struct column_words *words)
{
    static const bool figures[UNIT_COUNT_OF] = {
        [UNIT_COUNT] = true, [UNIT_AVERAGE] = true, [UNIT_SHARE] = true, [UNIT_MONEY] = true};
    return words->meaning.use == USE_ENGAGEMENTS ||
           (words->meaning.use == USE_COLUMN && figures[columns[words->meaning.column].unit]);
}

/* Set once: style, reason, and whether it is a guess. */
struct points_answer {
    struct number_style style;
    const char *why; /* NULL: nothing had to be decided */
    bool guess;
};

static bool by_own_figures(const struct point_marks *marks, struct points_answer *out)
{
    size_t comma = votes(marks, SIGN_COMMA), point = votes(marks, SIGN_POINT);
    if (comma + point == 0)
        return false;
    out->style = comma > point ? german : number_style_english;
    out->guess = comma > 0 && point > 0;
    if (out->guess)
        out->why = "its figures are written in two ways; most of them so";
    else if (comma > 0)
        out->why = marks->fraction[SIGN_COMMA] > 0 ? "comma read as point"
                                                   : "points between groups of digits";
    return true;
}

/* "16,037 M" would be 16 billion, written as nobody does. */
static bool by_scaled(const struct point_marks *marks, struct points_answer *out)
{
    if (marks->scaled[SIGN_COMMA] + marks->scaled[SIGN_POINT] == 0 ||
        (marks->scaled[SIGN_COMMA] > 0 && marks->scaled[SIGN_POINT] > 0))
        return false;
    bool comma = marks->scaled[SIGN_COMMA] > 0;
    out->style = comma ? german : number_style_english;
    out->why = comma ? "comma read as point: few write so many millions in groups" : NULL;
    out->guess = comma;
    return true;
}

static bool has_either(const struct point_marks *marks)
{
    return marks->either[SIGN_POINT] + marks->either[SIGN_COMMA] > 0;
}

/* Nothing in the file settles it. Counts have no fractions, prices no three places behind the point,
 * and rates are not in the thousands; averages are likelier in groups too, unless larger ones stand
 * there without. */
static void by_kind(const struct points *it, const struct column_words *words,
                    const struct point_marks *marks, struct points_answer *out)
{
    bool point = marks->either[SIGN_POINT] > 0, comma = marks->either[SIGN_COMMA] > 0;
    bool groups = !is_rate(words) && (is_whole(words) || marks->large == 0);
    out->style = point == groups && !(point && comma) ? german : number_style_english;
    out->guess = !is_rate(words) &&
                 (point || (comma && !counts_things(words) && it->plan->separator == ';'));
    if (is_rate(words))
        out->why = comma ? "comma read as point: no rate is in the thousands" : NULL;
    else if (point && comma)
        out->why = "points and commas stand before three digits each";
    else if (!out->guess)
        out->why = NULL;
    else if (!groups)
        out->why = "larger values stand there without points";
    else
        out->why = point ? "no value has 1 or 2 places after the point"
                         : "no value has 1 or 2 places after the comma";
}

/* Would all that could be read in two ways be fractions of three places? */
static bool as_fractions(const struct point_marks *marks, struct number_style style)
{
    return marks->either[is_german(style) ? SIGN_COMMA : SIGN_POINT] > 0;
}

/* The rest of the file settles it, but for what cannot be. */
static void by_others(const struct points *it, const struct column_words *words,
                      const struct point_marks *marks, struct points_answer *out)
{
    if (!as_fractions(marks, out->style) || is_rate(words))
        return;
    if (is_whole(words))
        by_kind(it, words, marks, out);
    out->guess = true;
    if (out->why == NULL)
        out->why = "as elsewhere in the file";
}

static struct points_answer answer_of(const struct points *it, size_t i)
{
    const struct point_marks *marks = &it->profile->items[i].points;
    const struct column_words *words = &it->words[i];
    struct points_answer out = {.style = it->plan->numbers};
    bool one_way = (it->settled[SIGN_COMMA] > 0) != (it->settled[SIGN_POINT] > 0);
    if (words->styled) {
        out.style = words->numbers;
        out.why = "your map says so";
    } else if (!it->plan->numbers_said && !by_own_figures(marks, &out) && !by_scaled(marks, &out) &&
               has_either(marks)) {
        if (one_way)
            by_others(it, words, marks, &out);
        else
            by_kind(it, words, marks, &out);
    }
    return out;
}

/* ---- the file ---- */

static void settle(struct points *it)
{
    for (size_t i = 0; i < it->profile->count; i++) {
        const struct point_marks *marks = &it->profile->items[i].points;
        size_t comma = votes(marks, SIGN_COMMA) + marks->scaled[SIGN_COMMA];
        size_t point = votes(marks, SIGN_POINT) + marks->scaled[SIGN_POINT];
        if (!has_figures(&it->words[i]) || (comma > 0) == (point > 0))
            continue;
        it->settled[comma > 0]++;
        it->witness[comma > 0] = i;
    }
}

/* The first column with figures that could be read in two ways; those that others in it settle come
 * last. NULL: none. */
static const struct point_marks *doubtful(const struct points *it, size_t *at)
{
    const struct point_marks *found = NULL;
    for (size_t i = 0; i < it->profile->count; i++) {
        const struct point_marks *marks = &it->profile->items[i].points;
        bool own = votes(marks, SIGN_COMMA) + votes(marks, SIGN_POINT) > 0;
        if (!has_figures(&it->words[i]) || is_rate(&it->words[i]) || !text_known(marks->doubtful) ||
            (found != NULL && own))
            continue;
        found = marks;
        *at = i;
        if (!own)
            break;
    }
    return found;
}

/* One column at least settles it, and none says otherwise. */
static void decide_as_seen(struct points *it, const struct point_marks *doubt, bool comma)
{
    struct import_plan *plan = it->plan;
    size_t witness = it->witness[comma];
    struct text seen = it->profile->items[witness].points.settled;
    struct text name = text_part(it->names[witness], 0, 40);
    bool asked = doubt != NULL && votes(doubt, SIGN_COMMA) + votes(doubt, SIGN_POINT) == 0 &&
                 doubt->either[SIGN_POINT] > 0;
    plan->numbers = comma ? german : number_style_english;
    if (comma || asked)
        plan->numbers_why = plan_why(plan, "as %.*s in '%.*s'", (int)seen.length, seen.at,
                                     (int)name.length, name.at);
}

static void decide_whole(struct points *it)
{
    struct import_plan *plan = it->plan;
    size_t at;
    const struct point_marks *marks = doubtful(it, &at);
    bool comma = it->settled[SIGN_COMMA] > 0, point = it->settled[SIGN_POINT] > 0;
    if (marks != NULL)
        plan->numbers_example = arena_text(&plan->arena, marks->doubtful);
    if (plan->numbers_said) {
        plan->numbers_why = TEXT("your map says so");
        return;
    }
    if (comma != point) {
        decide_as_seen(it, marks, comma);
        return;
    }
    if (marks == NULL)
        return;
    struct points_answer answer = answer_of(it, at);
    plan->numbers = answer.style;
    plan->numbers_guess = answer.guess;
    plan->numbers_why = text_of(answer.why);
}

bool points_decide(struct import_plan *plan, struct profile *profile, const struct text *names,
                   const struct column_words *words)
{
    struct points it = {.plan = plan, .profile = profile, .names = names, .words = words};
    bool changed = false;
    settle(&it);
    decide_whole(&it);
    for (size_t i = 0; i < profile->count; i++) {
        struct points_answer answer = answer_of(&it, i);
        changed = changed || is_german(answer.style) != is_german(profile->items[i].numbers);
        profile->items[i].numbers = answer.style;
        profile->items[i].numbers_why = text_of(answer.why);
        profile->items[i].numbers_guess = answer.guess;
    }
    return changed;
}
