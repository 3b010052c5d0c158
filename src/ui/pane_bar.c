#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/tabs.h"
#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

#define FIELD_CELLS 12 /* of the budget while it is typed */

/* Row 0, the map: where one is, what can be opened, and the money. */

static int draw_tabs(const struct model *model, struct canvas *canvas)
{
    struct tab tabs[TABS_MOST];
    int count = tabs_make(model, tabs_from(model), tabs), end = tabs_from(model);
    for (int i = 0; i < count; i++) {
        struct ink look =
            tabs[i].open ? (struct ink){ROLE_TAB, ROLE_TAB, true} : ink_on(ROLE_BAR, ROLE_BAR);
        int column = canvas_string(canvas, tabs[i].at, 0, look, " ");
        if (tabs[i].name.text[0])
            column = frame_key(canvas, column, 0, ROLE_BAR, tabs[i].name.text, tabs[i].title);
        else
            column = canvas_string(canvas, column, 0, look, tabs[i].title);
        end = canvas_string(canvas, column, 0, look, " ");
    }
    return end;
}

/* "left 2,637 of 10,000", or by how much the plan is over. */
static void money_text(const struct model *model, struct buf *out, double left)
{
    buf_add_string(out, left < 0 ? "over by " : "left ");
    show_number(out, UNIT_MONEY, fabs(left), true, model->style);
    buf_add_string(out, " of ");
    if (field_is_knob(model, TEXT("budget")))
        buf_add_repeat(out, ' ', FIELD_CELLS);
    else
        show_number(out, UNIT_MONEY, model->scenario.budget, true, model->style);
}

static void draw_money(const struct model *model, struct canvas *canvas, int from)
{
    double budget = model->scenario.budget, left = sheet_money_left(model->sheet);
    struct ink bar = ink_on(ROLE_BAR, ROLE_BAR);
    struct buf text = BUF_INIT;
    money_text(model, &text, left);
    int end = canvas->columns - 1;
    int at = end - (int)text.length;
    struct ink money = left < 0 ? ink_on(ROLE_ALERT, ROLE_ALERT) : bar;
    if (at <= from + 1) {
        buf_release(&text);
        return;
    }
    canvas_text(canvas, at, 0, money, buf_text(&text));
    if (left > 0) {
        struct buf number = BUF_INIT;
        show_number(&number, UNIT_MONEY, left, true, model->style);
        canvas_text(canvas, at + 5, 0, (struct ink){ROLE_GOOD, ROLE_BAR, true}, buf_text(&number));
        buf_release(&number);
    }
    if (field_is_knob(model, TEXT("budget")))
        frame_field(canvas, end - FIELD_CELLS, 0, FIELD_CELLS, &model->line);
    buf_release(&text);
    struct key_name key = model_key(model, 'b');
    int cells = canvas->columns >= 150 ? 10 : 6, wide = (int)strlen(key.text);
    int label = at - cells - 3 - 12 - wide;
    if (label > from + 2) {
        struct ink spent = ink_on(ROLE_GRAPH, ROLE_BAR);
        char title[24];
        snprintf(title, sizeof title, "Budget %s", model_currency(model));
        frame_key(canvas, label, 0, ROLE_BAR, key.text, title);
        chart_bar(canvas, at - cells - 3, 0, cells, budget > 0 ? (budget - left) / budget : NAN,
                  spent);
        canvas_glyph(canvas, at - 2, 0, ink_on(ROLE_BAR, ROLE_BAR), GLYPH_NEED);
    } else if (at - 2 - wide > from) {
        canvas_string(canvas, at - 1 - wide, 0, (struct ink){ROLE_KEY, ROLE_BAR, true}, key.text);
    }
}

void pane_bar(const struct model *model, struct canvas *canvas)
{
    canvas_fill(canvas, model->layout.bar, ink_on(ROLE_BAR, ROLE_BAR), ' ');
    if (tabs_from(model) > 1)
        canvas_string(canvas, 1, 0, (struct ink){ROLE_BAR, ROLE_BAR, true}, "microscope");
    int column = draw_tabs(model, canvas);
    if (model->read_only)
        column = canvas_string(canvas, column + 1, 0, ink_on(ROLE_ALERT, ROLE_ALERT), "read-only");
    draw_money(model, canvas, column);
}
