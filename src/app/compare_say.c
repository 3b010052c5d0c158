#include <stdio.h>

#include "app/compare_say.h"
#include "app_internal.h"
#include "domain/currency.h"

/* Why one of two brings back more than the other, in words, and the rows they take. */

struct text compare_name(const struct model *model, int index)
{
    uint32_t row = model->comparison.rows[index];
    struct text handle = catalog_text(model->catalog, COL_HANDLE, row);
    struct text name = catalog_text(model->catalog, COL_NAME, row);
    return handle_is_channel_id(handle) && text_known(name) ? name : handle;
}

/* ---- the factors ---- */

static void say_factors(const struct model *model, struct compare_words *out)
{
    struct compare_factor factors[COMPARE_FACTORS];
    struct buf text = BUF_INIT;
    compare_factors(&model->comparison.why, factors);
    for (size_t i = 0; i < COMPARE_FACTORS; i++) {
        buf_clear(&text);
        number_fixed(&text, factors[i].value, 2, model->style);
        buf_addf(&text, "x %s%s", factors[i].words, i + 1 < COMPARE_FACTORS ? "," : "");
        snprintf(out->factors[i], sizeof out->factors[i], "%s", buf_string(&text));
        out->helps[i] = factors[i].value >= 1;
    }
    buf_release(&text);
}

/* "Each EUR brings back 2.03 against 1.34 =", where there is room for all of it on one line. */
static void say_lead(const struct model *model, int cells, struct compare_words *out)
{
    const struct forecast_factors *factors = &model->comparison.why.factors;
    struct buf text = BUF_INIT;
    number_fixed(&text, factors->back_a, 2, model->style);
    buf_add_string(&text, " against ");
    number_fixed(&text, factors->back_b, 2, model->style);
    buf_add_string(&text, " =");
    int all = (int)text.length;
    for (size_t i = 0; i < COMPARE_FACTORS; i++)
        all += 1 + (int)text_of(out->factors[i]).length;
    out->whole = all + (int)sizeof "Each EUR brings back" <= cells;
    snprintf(out->lead, sizeof out->lead, out->whole ? "Each %s brings back %s" : "%.0s%s",
             currencies[model->scenario.currency].code, buf_string(&text));
    buf_release(&text);
}

void compare_say_factors(const struct model *model, int cells, struct compare_words *out)
{
    say_factors(model, out);
    say_lead(model, cells, out);
}

/* What the factors take where each stays on one line. */
static int factor_rows(const struct model *model, int cells)
{
    struct compare_words words;
    compare_say_factors(model, cells, &words);
    int at = (int)text_of(words.lead).length, rows = 1;
    for (size_t i = 0; i < COMPARE_FACTORS; i++) {
        int width = (int)text_of(words.factors[i]).length;
        bool breaks = at + 1 + width > cells;
        rows += breaks;
        at = breaks ? COMPARE_INDENT + width : at + 1 + width;
    }
    return rows;
}

/* ---- the chance ---- */

/* Does this creator's reach count a share as all because nobody knows it? Views are what they are:
 * only reach made from followers asks how many of them are real. */
static bool counted_as_all(const struct figures *figures, enum figure_marks mark)
{
    bool asks = mark != MARK_CREDIBILITY_ASSUMED ||
                !(formats[figures->format].by_views || figures->marks & MARK_REACH_IMPORTED);
    return asks && figures->marks & mark;
}

/* What is known of one and counted as all of the other tips the scales. */
static void say_unknown(const struct model *model, struct buf *out)
{
    static const struct {
        enum figure_marks mark;
        const char *what;
    } shares[] = {{MARK_MARKET_ASSUMED, "audience in your market"},
                  {MARK_CREDIBILITY_ASSUMED, "share of real followers"}};
    const struct compare_why *why = &model->comparison.why;
    for (size_t i = 0; i < 2; i++) {
        bool a = counted_as_all(&model->comparison.figures[why->a], shares[i].mark);
        bool b = counted_as_all(&model->comparison.figures[why->b], shares[i].mark);
        if (a == b)
            continue;
        buf_add_char(out, ' ');
        buf_add_text(out, compare_name(model, a ? why->a : why->b));
        buf_addf(out, ": %s unknown, counted as all.", shares[i].what);
    }
}

void compare_say_chance(const struct model *model, struct buf *out)
{
    const struct compare_why *why = &model->comparison.why;
    if (why->a == COMPARE_NONE || !number_known(why->chance))
        return;
    buf_add_string(out, "Chance that it really does: ");
    number_fixed(out, why->chance * 100, 0, model->style);
    buf_add_string(out, "%.");
    if ((model->comparison.figures[why->a].marks | model->comparison.figures[why->b].marks) &
        MARK_CHANCE)
        buf_add_string(out, " Under 3 expected orders luck decides.");
    if (why->estimated)
        buf_add_string(out, " ~ One fee is our estimate: ask for the real one.");
    say_unknown(model, out);
}

/* Lines of so many cells that it takes, broken at blanks; a byte is never narrower than what it shows. */
static int chance_rows(const struct model *model, int cells)
{
    struct buf text = BUF_INIT;
    struct text rest, word;
    int rows = 0, at = cells;
    compare_say_chance(model, &text);
    rest = buf_text(&text);
    while (text_next(&rest, ' ', &word)) {
        int width = (int)word.length;
        rows += at + 1 + width > cells;
        at = at + 1 + width > cells ? width : at + 1 + width;
    }
    buf_release(&text);
    return rows;
}

/* The title, the factors, the chance with what is to be known of it, and who stands out. */
int compare_say_rows(const struct model *model)
{
    int cells = model->layout.columns - 2;
    bool most = model->layout.class >= LAYOUT_MIDDLE;
    if (model->comparison.why.a == COMPARE_NONE)
        return 1 + most;
    return 1 + factor_rows(model, cells) + chance_rows(model, cells) + most;
}
