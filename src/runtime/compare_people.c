#include "compare_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "catalog/score.h"
#include "domain/knob.h"
#include "domain/currency.h"
#include "domain/show.h"

static struct text handle_of(const struct sheet *sheet, const struct comparison *all, int index)
{
    return catalog_text(sheet->catalog, COL_HANDLE, all->rows[index]);
}

static const char *currency_of(const struct sheet *sheet)
{
    return currencies[sheet->scenario->currency].code;
}

/* The difference to the reference, as the screen has it. */
void compare_against(struct buf *out, enum compare_measure measure, double against,
                     struct number_style style)
{
    if (!number_known(against))
        return;
    switch (measure) {
    case MEASURE_RATIO:
        buf_add_char(out, 'x');
        number_fixed(out, against, 2, style);
        break;
    case MEASURE_POINTS:
        buf_add_string(out, against > 0 ? "+" : "");
        number_fixed(out, against * 100, fabs(against) < 0.1 ? 1 : 0, style);
        buf_add_string(out, " pt");
        break;
    case MEASURE_MONEY:
        show_number(out, UNIT_PROFIT, against, false, style);
        break;
    }
}

static void add_value(struct buf *out, const struct compare_row *row,
                      const struct compare_cell *cell, struct number_style style)
{
    enum unit unit = columns[row->line->column].unit;
    if (row->line->kind == COMPARE_SCORE) {
        buf_add_string(out, cell->mark == '~' && number_known(cell->value) ? "~" : "");
        show_number(out, UNIT_COUNT, round(cell->value), false, style);
        return;
    }
    if (row->line->kind == COMPARE_RANGE) {
        if (!number_known(cell->low)) {
            buf_add_char(out, '-');
            return;
        }
        show_number(out, UNIT_ROI, cell->low, false, style);
        buf_add_string(out, " to ");
        show_number(out, UNIT_ROI, cell->high, false, style);
        return;
    }
    if (cell->mark != ' ' && number_known(cell->value))
        buf_add_char(out, cell->mark);
    show_number(out, unit, cell->value, false, style);
}

/* Three columns a creator: figure, best or unlike, against the reference. */
#define PARTS 3

struct people {
    struct writer_column columns[1 + PARTS * COMPARE_MOST];
    struct writer_cell cells[1 + PARTS * COMPARE_MOST];
    struct buf titles[COMPARE_MOST];
    struct buf texts[1 + PARTS * COMPARE_MOST];
    size_t count;
};

static void lay_out(struct people *people, const struct sheet *sheet, const struct comparison *all)
{
    people->columns[0] = (struct writer_column){.key = "figure", .title = "", .unit = UNIT_TEXT};
    people->count = 1;
    for (int i = 0; i < all->count; i++) {
        enum platform platform = catalog_platform(sheet->catalog, all->rows[i]);
        struct buf *title = &people->titles[i];
        buf_addf(title, "%s/", platforms[platform].word);
        text_safe(title, handle_of(sheet, all, i));
        people->columns[people->count++] = (struct writer_column){
            .key = "value", .title = buf_string(title), .unit = UNIT_TEXT, .right = true};
        people->columns[people->count++] =
            (struct writer_column){.key = "best", .title = "", .unit = UNIT_TEXT};
        if (i != all->reference)
            people->columns[people->count++] = (struct writer_column){
                .key = "against", .title = "", .unit = UNIT_TEXT, .right = true};
    }
}

static void fill_line(struct people *people, const struct sheet *sheet,
                      const struct comparison *all, const struct compare_row *row)
{
    size_t at = 0;
    for (size_t i = 0; i < people->count; i++)
        buf_clear(&people->texts[i]);
    const struct compare_line *line = row->line;
    buf_add_string(&people->texts[at], line->title ? line->title : columns[line->column].title);
    if (line->column == COL_FEE)
        buf_addf(&people->texts[at], " %s", currency_of(sheet));
    for (int i = 0; i < all->count; i++) {
        const struct compare_cell *cell = &row->cells[i];
        add_value(&people->texts[++at], row, cell, sheet->style);
        at++;
        enum er_basis basis = all->figures[i].basis;
        if (line->kind == COMPARE_SCORE && all->score->counted[i] < all->score->weight)
            score_say_left(all->score, i, &people->texts[at]);
        else if (row->unlike && line->column == COL_ER && basis != BASIS_NONE)
            buf_addf(&people->texts[at], "! of %s", er_basis_words[basis]);
        else
            buf_add_string(&people->texts[at], row->unlike ? "!" : cell->best ? "<" : " ");
        if (i == all->reference)
            continue;
        at++;
        if (!row->unlike && line->kind == COMPARE_FIGURE)
            compare_against(&people->texts[at], row->measure, cell->against, sheet->style);
    }
    for (size_t i = 0; i < people->count; i++)
        people->cells[i].text = people->texts[i].length ? buf_text(&people->texts[i]) : TEXT(" ");
}

static bool write_table(struct people *people, const struct sheet *sheet,
                        const struct comparison *all, struct writer *writer, struct err *err)
{
    bool ok = writer_begin(writer, people->columns, people->count, err);
    if (ok && all->score) {
        fill_line(people, sheet, all, &all->lines[all->line_count - 1]);
        ok = writer_row(writer, people->cells, err);
    }
    for (size_t i = 0; i < COMPARE_LINES && ok; i++) {
        fill_line(people, sheet, all, &all->lines[i]);
        ok = writer_row(writer, people->cells, err);
    }
    return ok && writer_end(writer, err);
}

static void add_handle(struct buf *out, const struct sheet *sheet, const struct comparison *all,
                       int index)
{
    text_safe(out, handle_of(sheet, all, index));
}

static void add_factors(struct buf *out, const struct compare_why *why, struct number_style style)
{
    struct compare_factor factors[COMPARE_FACTORS];
    compare_factors(why, factors);
    for (size_t i = 0; i < COMPARE_FACTORS; i++) {
        buf_add_string(out, i > 0 ? ", " : " ");
        number_fixed(out, factors[i].value, 2, style);
        buf_addf(out, "x %s", factors[i].words);
    }
}

static void add_why(struct buf *out, const struct sheet *sheet, const struct comparison *all)
{
    const struct compare_why *why = &all->why;
    if (why->a == COMPARE_NONE) {
        buf_add_string(out, "No reason can be given: a ROI is unknown.\n");
        return;
    }
    struct compare_verdict verdict = compare_verdict(why);
    buf_add_string(out, verdict.before);
    add_handle(out, sheet, all, why->a);
    buf_add_string(out, verdict.between);
    add_handle(out, sheet, all, why->b);
    buf_addf(out, ": each %s brings back ", currency_of(sheet));
    number_fixed(out, why->factors.back_a, 2, sheet->style);
    buf_add_string(out, " against ");
    number_fixed(out, why->factors.back_b, 2, sheet->style);
    buf_add_string(out, " =");
    add_factors(out, why, sheet->style);
    buf_add_char(out, '\n');
    if (number_known(why->chance)) {
        buf_add_string(out, "Chance that it really does: ");
        number_fixed(out, why->chance * 100, 0, sheet->style);
        buf_add_string(out, "%.\n");
    }
    if (why->estimated)
        buf_add_string(out, "~ One fee is our estimate: ask for the real one.\n");
}

static void add_most(struct buf *out, const struct sheet *sheet, const struct comparison *all,
                     const char *label, const struct compare_most *most, enum unit unit)
{
    if (most->index == COMPARE_NONE)
        return;
    buf_addf(out, "%s: ", label);
    add_handle(out, sheet, all, most->index);
    buf_add_char(out, ' ');
    show_number(out, unit, most->value, true, sheet->style);
    buf_add_char(out, '\n');
}

static void add_score(struct buf *out, const struct comparison *all)
{
    if (!all->score)
        return;
    buf_add_string(out, "Score: ");
    score_say_weights(all->score, out);
    buf_addf(out, "; each by its place among the %zu creators shown.\n", all->score->shown);
}

void compare_reasons(const struct sheet *sheet, const struct comparison *all, struct buf *out)
{
    add_why(out, sheet, all);
    add_most(out, sheet, all, "Most profit", &all->most_profit, UNIT_PROFIT);
    add_most(out, sheet, all, "Least money at risk", &all->least_risk, UNIT_MONEY);
    add_most(out, sheet, all, "Most room to break-even", &all->most_room, UNIT_MONEY);
    add_score(out, all);
    if (all->unlike_bases)
        buf_add_string(out, "! These engagement rates stand on different bases: not compared.\n");
    if (!scenario_touched(sheet->scenario))
        buf_add_string(out, "All of it rests on default assumptions.\n");
}

static bool write_reasons(const struct sheet *sheet, const struct comparison *all,
                          struct output *output, struct err *err)
{
    struct buf text = BUF_INIT;
    buf_add_char(&text, '\n');
    compare_reasons(sheet, all, &text);
    bool ok = output_text(output, buf_text(&text), err);
    buf_release(&text);
    return ok;
}

bool compare_table(const struct sheet *sheet, const struct comparison *all, struct writer *writer,
                   struct err *err)
{
    struct people *people = mem_zero(1, sizeof *people);
    lay_out(people, sheet, all);
    bool ok = write_table(people, sheet, all, writer, err);
    for (size_t i = 0; i < COMPARE_MOST; i++)
        buf_release(&people->titles[i]);
    for (size_t i = 0; i < sizeof people->texts / sizeof people->texts[0]; i++)
        buf_release(&people->texts[i]);
    free(people);
    return ok;
}

bool compare_people(const struct sheet *sheet, const struct comparison *all, struct writer *writer,
                    struct output *output, struct err *err)
{
    return compare_table(sheet, all, writer, err) && write_reasons(sheet, all, output, err);
}
