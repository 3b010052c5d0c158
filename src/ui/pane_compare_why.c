#include "app/compare_say.h"
#include "domain/show.h"
#include "ui_internal.h"

/* Below the comparison: why one brings back more than the other, how likely that is, and who stands out. */

static void draw_title(const struct model *model, struct canvas *canvas, struct area area,
                       bool says_what)
{
    const struct compare_why *why = &model->comparison.why;
    struct compare_verdict verdict = compare_verdict(why);
    struct buf title = BUF_INIT, what = BUF_INIT;
    if (why->a == COMPARE_NONE) {
        buf_add_string(&title, "No reason can be given: a ROI is unknown");
    } else {
        buf_add_string(&title, verdict.before);
        buf_add_text(&title, compare_name(model, why->a));
        if (verdict.decided) {
            buf_add_char(&title, ' ');
            buf_add_utf8(&title, canvas->glyphs->code[GLYPH_BEST]);
        }
        buf_add_string(&title, verdict.between);
        buf_add_text(&title, compare_name(model, why->b));
        buf_addf(&what, "%s back per %s", model_currency(model), model_currency(model));
    }
    int width = (int)text_width(buf_text(&title), canvas->widths);
    bool room = says_what && width + (int)what.length + 8 < area.columns;
    frame_rule(canvas, area, buf_text(&title), ink_strong(ROLE_TITLE),
               room ? buf_string(&what) : NULL);
    buf_release(&title);
    buf_release(&what);
}

/* Those that have no room go on in the next line. Returns the row after the last. */
static int draw_factors(const struct compare_words *words, struct canvas *canvas, int y, int end)
{
    int right = canvas->columns - 1;
    int column = canvas_string(canvas, 1, y, ink(ROLE_TEXT), words->lead);
    for (size_t i = 0; i < COMPARE_FACTORS; i++) {
        if (column + 1 + (int)text_of(words->factors[i]).length > right) {
            column = COMPARE_INDENT;
            y++;
        }
        if (y < end)
            column = canvas_string(canvas, column + 1, y,
                                   ink_strong(words->helps[i] ? ROLE_GOOD : ROLE_BAD),
                                   words->factors[i]);
    }
    return y + 1;
}

/* All of it that has a line; the last is cut where it goes on. Returns the row after it. */
static int draw_chance(const struct model *model, struct canvas *canvas, int y, int end)
{
    struct buf text = BUF_INIT;
    compare_say_chance(model, &text);
    struct text rest = buf_text(&text);
    int cells = canvas->columns - 2;
    for (; rest.length > 0 && y < end; y++) {
        struct text whole = rest, line = frame_line(canvas, &rest, cells);
        canvas_fit(canvas, 1, y, cells, FIT_LEFT, ink(ROLE_DIM), y + 1 < end ? line : whole);
    }
    buf_release(&text);
    return y;
}

/* Left out where it does not fit whole. */
static int superlative(const struct model *model, struct canvas *canvas, int column, int y,
                       const char *label, const struct compare_most *most, enum unit unit)
{
    if (most->index == COMPARE_NONE)
        return column;
    struct buf text = BUF_INIT;
    buf_add_text(&text, compare_name(model, most->index));
    buf_add_char(&text, ' ');
    show_number(&text, unit, most->value, true, model->style);
    int name = column + (int)text_of(label).length + 1;
    int end = name + (int)text_width(buf_text(&text), canvas->widths);
    if (end < canvas->columns) {
        canvas_string(canvas, column, y, ink(ROLE_DIM), label);
        canvas_text(canvas, name, y, ink_strong(ROLE_TEXT), buf_text(&text));
        column = end + 3;
    }
    buf_release(&text);
    return column;
}

static void draw_most(const struct model *model, struct canvas *canvas, int y)
{
    const struct comparison *all = &model->comparison;
    bool wide = canvas->columns >= 120;
    int column = superlative(model, canvas, 1, y, "Most profit", &all->most_profit, UNIT_PROFIT);
    column = superlative(model, canvas, column, y, wide ? "Least money at risk" : "Least at risk",
                         &all->least_risk, UNIT_MONEY);
    superlative(model, canvas, column, y, wide ? "Most room to break-even" : "Most room",
                &all->most_room, UNIT_MONEY);
}

void compare_why_draw(const struct model *model, struct canvas *canvas, struct area area)
{
    int y = area.row + 1, end = area.row + area.rows;
    bool reason = model->comparison.why.a != COMPARE_NONE;
    struct compare_words words = {.whole = true};
    if (reason)
        compare_say_factors(model, canvas->columns - 2, &words);
    draw_title(model, canvas, (struct area){area.column, area.row, area.columns, 1}, !words.whole);
    if (reason && y < end)
        y = draw_factors(&words, canvas, y, end);
    if (reason)
        y = draw_chance(model, canvas, y, end);
    if (model->layout.class >= LAYOUT_MIDDLE && y < end)
        draw_most(model, canvas, y);
}
