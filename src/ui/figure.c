#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "base/date.h"
#include "domain/currency.h"
#include "domain/growth.h"
#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* From here on a creator's engagement stands out against peers: half as much again. */
#define STANDS_OUT 1.5

const char *model_currency(const struct model *model)
{
    return currencies[model->scenario.currency].code;
}

void figure_title(const struct model *model, enum column column, struct buf *out)
{
    buf_add_string(out, columns[column].title);
    if (column == COL_FEE)
        buf_addf(out, " %s", model_currency(model));
}

static enum role role_of(enum column column, double value, char mark)
{
    if (!number_known(value))
        return isinf(value) ? ROLE_BAD : ROLE_DIM;
    if (mark == '~')
        return ROLE_EST;
    if (mark == '=')
        return ROLE_OWN;
    enum unit unit = columns[column].unit;
    if (unit == UNIT_ROI || unit == UNIT_PROFIT || unit == UNIT_GROWTH)
        return value > 0 ? ROLE_GOOD : value < 0 ? ROLE_BAD : ROLE_TEXT;
    if (column == COL_ER_INDEX && value >= STANDS_OUT)
        return ROLE_GOOD;
    if ((column == COL_JUMP && value > GROWTH_JUMP) ||
        (column == COL_AUTHENTICITY_LOWEST && value == 0))
        return ROLE_WARN;
    return ROLE_TEXT;
}

struct figure figure_value(const struct model *model, enum column column, double value, char mark,
                           bool exact)
{
    struct figure figure = {.role = role_of(column, value, mark)};
    struct buf text = BUF_INIT;
    bool show_mark = mark != ' ' && number_known(value);
    if (columns[column].unit == UNIT_FLAG)
        buf_add_string(&text, isnan(value) ? "-" : value > 0 ? "yes" : "no");
    else if (columns[column].unit == UNIT_TIME && !isnan(value))
        date_day_year(&text, value);
    else
        show_number(&text, columns[column].unit, value, exact, model->style);
    snprintf(figure.text, sizeof figure.text, "%s%s", show_mark ? (char[]){mark, 0} : "",
             buf_string(&text));
    buf_release(&text);
    return figure;
}

struct figure figure_of(const struct model *model, enum column column, uint32_t row, bool exact)
{
    double value = sheet_number(model->sheet, column, row);
    struct figure figure =
        figure_value(model, column, value, sheet_mark(model->sheet, column, row), exact);
    if (figure.role == ROLE_TEXT && sheet_stale(model->sheet, column, row))
        figure.role = ROLE_DIM;
    return figure;
}

static bool is_sum(enum column column)
{
    enum unit unit = columns[column].unit;
    return unit == UNIT_MONEY || unit == UNIT_PROFIT || unit == UNIT_UNIT_COST ||
           unit == UNIT_ESTIMATE;
}

struct figure figure_fit(const struct model *model, enum column column, double value, char mark,
                         int cells)
{
    struct figure figure = figure_value(model, column, value, mark, false);
    if (text_of(figure.text).length <= (size_t)cells || !is_sum(column) || !number_known(value))
        return figure;
    struct buf text = BUF_INIT;
    if (mark != ' ')
        buf_add_char(&text, mark);
    if (columns[column].unit == UNIT_PROFIT && value > 0)
        buf_add_char(&text, '+');
    number_short(&text, value, model->style);
    snprintf(figure.text, sizeof figure.text, "%s", buf_string(&text));
    buf_release(&text);
    return figure;
}

struct figure figure_within(const struct model *model, enum column column, uint32_t row, int cells)
{
    struct figure figure = figure_fit(model, column, sheet_number(model->sheet, column, row),
                                      sheet_mark(model->sheet, column, row), cells);
    if (figure.role == ROLE_TEXT && sheet_stale(model->sheet, column, row))
        figure.role = ROLE_DIM;
    return figure;
}

void figure_moved(const struct model *model, struct canvas *canvas, struct area cell,
                  enum column column, uint32_t row)
{
    int way = calm_moved(model, catalog_id(model->catalog, row), column);
    if (way == 0)
        return;
    cell.columns++;
    canvas_glyph(canvas, cell.column + cell.columns - 1, cell.row, ink(ROLE_CHANGED),
                 way > 0 ? GLYPH_UP : GLYPH_DOWN);
    canvas_role(canvas, cell, ROLE_CHANGED);
    canvas_surface(canvas, cell, ROLE_CHANGED);
}

void figure_chart(struct canvas *canvas, int column, int row, int cells,
                  const struct figures *figures)
{
    struct chart_range range = {.low = figures->roi_p10,
                                .median = figures->roi_p50,
                                .high = figures->roi_p90,
                                .from = fmin(-1, figures->roi_p10),
                                .to = fmax(1, figures->roi_p90),
                                .zero = 0};
    enum role role = figures->marks & MARK_FEE_ESTIMATED ? ROLE_EST
                     : figures->roi_p50 >= 0             ? ROLE_GOOD
                                                         : ROLE_BAD;
    chart_range(canvas, column, row, cells, &range, ink(ROLE_DIM), ink(role));
}

bool rests_on_defaults(const struct scenario *scenario)
{
    return scenario_assumes(scenario, offsetof(struct scenario, aov)) ||
           scenario_assumes(scenario, offsetof(struct scenario, cvr)) ||
           scenario_assumes(scenario, offsetof(struct scenario, margin));
}

void text_of_cell(const struct model *model, enum column column, uint32_t row, struct buf *out)
{
    struct buf room = BUF_INIT;
    struct text text = sheet_text(model->sheet, column, row, &room);
    if (!text_known(text)) {
        buf_add_char(out, '-');
    } else if (columns[column].unit == UNIT_SET) {
        struct text word;
        for (bool first = true; text_next(&text, '|', &word); first = false) {
            buf_add_string(out, first ? "" : ", ");
            buf_add_text(out, word);
        }
    } else {
        buf_add_text(out, text);
    }
    buf_release(&room);
}
