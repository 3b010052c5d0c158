#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "domain/show.h"
#include "ui_internal.h"

/* Row 1: what hides creators, how many are left, and in which order they stand. */

static void order_text(const struct model *model, struct canvas *canvas, struct buf *out)
{
    const struct query *query = &model->query;
    for (size_t i = 0; i < query->order_count; i++) {
        buf_add_string(out, i ? ", " : "");
        figure_title(model, query->orders[i].column, out);
        buf_add_char(out, ' ');
        buf_add_utf8(out,
                     canvas->glyphs->code[query->orders[i].descending ? GLYPH_DOWN : GLYPH_UP]);
    }
}

/* Cells the filter prompt has at least, whatever chips stand before it. */
#define FIELD_LEAST 16

/* Since when the figures are what they are, as the clock says it: "live 14:02". Nothing came: nothing.
 * Returns the cells it took. */
static int draw_clock(const struct model *model, struct canvas *canvas, int end, int row)
{
    const struct calm *calm = &model->calm;
    char text[24] = "held";
    if ((isnan(calm->at) && !calm->held) || canvas->columns < 60)
        return 0;
    int minute = isnan(calm->at) ? 0 : (int)(calm->at / 60) % (24 * 60);
    if (!isnan(calm->at))
        snprintf(text, sizeof text, "%s %02d:%02d", calm->held ? "held" : "live", minute / 60,
                 minute % 60);
    int cells = (int)text_of(text).length;
    canvas_string(canvas, end - cells, row, ink(calm->held ? ROLE_WARN : ROLE_DIM), text);
    return cells + 2;
}

/* "  +2 -1  r": who would come and go. */
static void add_difference(const struct model *model, bool wide, struct buf *out)
{
    size_t gone = model->calm.gone;
    if (model->pending == 0 && gone == 0)
        return;
    buf_add_char(out, ' ');
    if (model->pending > 0) {
        buf_add_string(out, " +");
        number_fixed(out, (double)model->pending, 0, model->style);
    }
    if (gone > 0) {
        buf_add_string(out, " -");
        number_fixed(out, (double)gone, 0, model->style);
    }
    bool tells = wide && gone == 0;
    buf_addf(out, tells ? " more, %s takes them in" : "  %s", model_key(model, 'r').text);
}

/* Right to left, so that what matters most stays when the room shrinks. Returns the first column. */
static int draw_state(const struct model *model, struct canvas *canvas, int row)
{
    struct buf text = BUF_INIT;
    int end = canvas->columns - 1;
    bool wide = canvas->columns >= 100;
    if (model->loading) {
        struct buf done = BUF_INIT;
        buf_add_string(&done, "loading ");
        number_fixed(&done, (double)model->loaded, 0, model->style);
        end -= (int)done.length;
        canvas_text(canvas, end, row, ink(ROLE_WARN), buf_text(&done));
        end -= 3;
        buf_release(&done);
    }
    end -= draw_clock(model, canvas, end, row);
    buf_add_string(&text, wide ? "ordered by " : "by ");
    size_t label = text.length;
    order_text(model, canvas, &text);
    size_t order = text.length;
    if (calm_disordered(model))
        buf_add_string(&text, wide ? ", r sorts again" : " r");
    int cells = (int)text_width(buf_text(&text), canvas->widths);
    end -= cells;
    canvas_text(canvas, end, row, ink(ROLE_DIM), text_part(buf_text(&text), 0, label));
    int more =
        (int)text_width(text_part(buf_text(&text), order, text.length - order), canvas->widths);
    canvas_text(canvas, end + cells - more, row, ink(ROLE_DIM),
                text_part(buf_text(&text), order, text.length - order));
    canvas_text(canvas, end + (int)label, row, ink_strong(ROLE_TITLE),
                text_part(buf_text(&text), label, order - label));
    end -= wide ? 3 : 2;
    buf_clear(&text);
    number_fixed(&text, (double)model->result.rows.count, 0, model->style);
    size_t count = text.length;
    buf_add_string(&text, " of ");
    number_fixed(&text, (double)model->result.rows.total, 0, model->style);
    add_difference(model, wide, &text);
    end -= (int)text.length;
    canvas_text(canvas, end, row, ink_strong(ROLE_TITLE), text_part(buf_text(&text), 0, count));
    canvas_text(canvas, end + (int)count, row, ink(ROLE_TEXT),
                text_part(buf_text(&text), count, text.length - count));
    buf_release(&text);
    return end;
}

/* Do the chips from this one on stand whole in so many cells? */
static bool all_fit(const struct canvas *canvas, const struct filter *filter, size_t from, int room)
{
    for (size_t i = from; i < filter->count; i++) {
        struct buf label = BUF_INIT;
        filter_label(&filter->items[i], &label);
        room -= (int)text_width(buf_text(&label), canvas->widths) + 2 + (i > from ? 2 : 0);
        buf_release(&label);
    }
    return room >= 0;
}

/* Chips from the left; those without room are counted. Returns the column after them. */
static int draw_chips(const struct model *model, struct canvas *canvas, int column, int end,
                      int row)
{
    const struct filter *filter = &model->query.filter;
    struct ink chip = ink_on(ROLE_CHIP, ROLE_CHIP);
    for (size_t i = 0; i < filter->count; i++) {
        struct buf label = BUF_INIT;
        filter_label(&filter->items[i], &label);
        int cells = (int)text_width(buf_text(&label), canvas->widths);
        int room = end - column - (all_fit(canvas, filter, i, end - column) ? 0 : 8);
        if (cells + 2 > room && room < 10) {
            char more[32];
            snprintf(more, sizeof more, "%zu more", filter->count - i);
            if (column + (int)text_of(more).length <= end)
                column = canvas_string(canvas, column, row, chip, more) + 1;
            buf_release(&label);
            return column;
        }
        int shown = cells + 2 > room ? room - 2 : cells;
        canvas_fit(canvas, column, row, shown, FIT_LEFT, chip, buf_text(&label));
        canvas_string(canvas, column + shown, row, chip, " x");
        canvas_hit(canvas, (struct area){column + shown, row, 2, 1}, HIT_CHIP, i);
        column += shown + 4;
        buf_release(&label);
    }
    return column;
}

/* The view that is used, with a star where something is not as it says. */
static int draw_named(const struct model *model, struct canvas *canvas, int column, int most,
                      int row)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s%s", model->named, model->named_differs ? "*" : "");
    int cells = (int)text_width(buf_text(&text), canvas->widths);
    cells = cells > most ? most : cells;
    canvas_fit(canvas, column, row, cells, FIT_LEFT, ink_strong(ROLE_TITLE), buf_text(&text));
    buf_release(&text);
    return column + cells + 2;
}

void pane_chips(const struct model *model, struct canvas *canvas)
{
    int row = model->layout.chips.row;
    int column = 1, end = draw_state(model, canvas, row) - 2;
    if (model->named[0] && end > 30)
        column = draw_named(model, canvas, 1, end / 3, row);
    else if (end > 8)
        column = canvas_string(canvas, 1, row, ink(ROLE_DIM), "Filter") + 2;
    int field = model->prompt == PROMPT_FILTER ? FIELD_LEAST + 1 : 0;
    column = draw_chips(model, canvas, column, end - field, row);
    if (model->prompt == PROMPT_FILTER) {
        int cells = end - column;
        if (cells < FIELD_LEAST) {
            column = end - FIELD_LEAST > 9 ? end - FIELD_LEAST : 9;
            cells = FIELD_LEAST;
        }
        frame_field(canvas, column, row, cells, &model->line);
        return;
    }
    const char *label = model->query.filter.count ? "add" : "add a filter";
    if (end - column > (int)text_of(label).length + 2)
        frame_key(canvas, column, row, ROLE_TEXT, model_key(model, 'f').text, label);
}
