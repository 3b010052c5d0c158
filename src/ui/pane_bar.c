#include <math.h>
#include <stdio.h>

#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* Row 0, the map: where one is, what can be opened, and the money. */

static const struct {
    enum place place;
    const char *key; /* NULL: it has none of its own */
    const char *title;
} tabs[] = {{PLACE_EXPLORE, NULL, "Explore"}, {PLACE_COMPARE, "c", "Compare"}};

static bool tab_open(const struct model *model, enum place place)
{
    return model->place == place || (place == PLACE_EXPLORE && model->place == PLACE_DETAIL);
}

static int draw_tabs(const struct model *model, struct canvas *canvas, int column)
{
    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++) {
        char title[48];
        size_t ticked = model->place == PLACE_COMPARE ? (size_t)model->compare_count
                                                      : model->catalog->ticked_count;
        bool counted = tabs[i].place == PLACE_COMPARE && ticked > 0;
        if (counted)
            snprintf(title, sizeof title, "%s %zu", tabs[i].title, ticked);
        else
            snprintf(title, sizeof title, "%s", tabs[i].title);
        if (tab_open(model, tabs[i].place)) {
            struct ink tab = {ROLE_TAB, ROLE_TAB, true};
            column = canvas_string(canvas, column, 0, tab, " ");
            column = canvas_string(canvas, column, 0, tab, title);
            column = canvas_string(canvas, column, 0, tab, " ");
        } else {
            column = canvas_string(canvas, column, 0, ink_on(ROLE_BAR, ROLE_BAR), " ");
            if (tabs[i].key)
                column = frame_key(canvas, column, 0, ROLE_BAR, tabs[i].key, title);
            else
                column = canvas_string(canvas, column, 0, ink_on(ROLE_BAR, ROLE_BAR), title);
            column++;
        }
    }
    return column;
}

/* "left 2,637 of 10,000", or by how much the plan is over. */
static void money_text(const struct model *model, struct buf *out, double left)
{
    buf_add_string(out, left < 0 ? "over by " : "left ");
    show_number(out, UNIT_MONEY, fabs(left), true, model->style);
    buf_add_string(out, " of ");
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
    buf_release(&text);
    int cells = canvas->columns >= 150 ? 10 : 6;
    int label = at - cells - 3 - 13;
    if (label > from + 2) {
        struct ink spent = ink_on(ROLE_GRAPH, ROLE_BAR);
        char title[24];
        snprintf(title, sizeof title, "Budget %s", model_currency(model));
        frame_key(canvas, label, 0, ROLE_BAR, "b", title);
        chart_bar(canvas, at - cells - 3, 0, cells, budget > 0 ? (budget - left) / budget : NAN,
                  spent);
        canvas_glyph(canvas, at - 2, 0, ink_on(ROLE_BAR, ROLE_BAR), GLYPH_NEED);
    } else if (at - 3 > from) {
        canvas_string(canvas, at - 2, 0, (struct ink){ROLE_KEY, ROLE_BAR, true}, "b");
    }
}

void pane_bar(const struct model *model, struct canvas *canvas)
{
    canvas_fill(canvas, model->layout.bar, ink_on(ROLE_BAR, ROLE_BAR), ' ');
    int column = 1;
    if (canvas->columns >= 100)
        column =
            canvas_string(canvas, 1, 0, (struct ink){ROLE_BAR, ROLE_BAR, true}, "microscope") + 1;
    column = draw_tabs(model, canvas, column);
    if (model->read_only)
        column = canvas_string(canvas, column + 1, 0, ink_on(ROLE_ALERT, ROLE_ALERT), "read-only");
    draw_money(model, canvas, column);
}
