#include "catalog/score.h"

#include <math.h>

#include "base/number.h"
#include "domain/block.h"

bool score_can(enum column column)
{
    for (size_t i = 0; i < COMPARE_LINES; i++)
        if (compare_lines[i].column == column && compare_lines[i].kind == COMPARE_FIGURE)
            return columns[column].better != BETTER_NEITHER;
    return false;
}

bool score_any(const struct score_weights *weights)
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (weights->of[i])
            return true;
    return false;
}

void score_weights_print(const struct score_weights *weights, struct buf *out)
{
    bool first = true;

    for (int i = 0; i < COLUMN_COUNT; i++)
        if (weights->of[i]) {
            buf_addf(out, "%s%s %u", first ? "" : ",", columns[i].key, (unsigned)weights->of[i]);
            first = false;
        }
}

void score_weights_read(struct text text, struct score_weights *out)
{
    struct text part, key;
    enum column column;

    *out = (struct score_weights){.of = {0}};
    while (text_next(&text, ',', &part)) {
        if (!text_next(&part, ' ', &key) || part.length != 1 || part.at[0] < '0' ||
            part.at[0] > '0' + SCORE_MOST || !column_from_key(key, &column) || !score_can(column))
            continue;
        out->of[column] = (uint8_t)(part.at[0] - '0');
    }
}

/* ---- the places ---- */

static void begin_part(struct sheet *sheet, const struct comparison *all, struct score_part *part)
{
    part->unlike = part->column == COL_ER && all->unlike_bases;
    for (int i = 0; i < all->count; i++)
        part->cells[i] =
            (struct score_cell){.value = sheet_number(sheet, part->column, all->rows[i]),
                                .mark = sheet_mark(sheet, part->column, all->rows[i]),
                                .place = NAN};
}

static void count_value(struct score_part *part, int count, double value, bool less)
{
    part->known++;
    for (int i = 0; i < count; i++) {
        double own = part->cells[i].value;
        part->cells[i].better += less ? value < own : value > own;
    }
}

static void count_column(struct sheet *sheet, const struct bits *among,
                         const struct comparison *all, struct score_part *part)
{
    double room[FORECAST_BLOCK];
    bool less = columns[part->column].better == BETTER_LESS;
    size_t rows = among->count < sheet->catalog->count ? among->count : sheet->catalog->count;

    for (size_t from = 0; from < rows; from += FORECAST_BLOCK) {
        size_t count = rows - from < FORECAST_BLOCK ? rows - from : FORECAST_BLOCK;
        const double *values = sheet_block(sheet, part->column, (uint32_t)from, count, room);
        for (size_t i = 0; i < count; i++)
            if (bits_get(among, from + i) && number_known(values[i]))
                count_value(part, all->count, values[i], less);
    }
    for (int i = 0; i < all->count; i++) {
        struct score_cell *cell = &part->cells[i];
        if (number_known(cell->value) && part->known && !part->unlike)
            cell->place = (double)(part->known - cell->better) / (double)part->known;
    }
}

static void add_up(struct score *score, int count)
{
    for (int i = 0; i < count; i++) {
        double sum = 0;
        for (size_t k = 0; k < score->count; k++) {
            const struct score_part *part = &score->parts[k];
            if (isnan(part->cells[i].place))
                continue;
            sum += part->weight * part->cells[i].place;
            score->counted[i] += part->weight;
        }
        score->total[i] = score->counted[i] > 0 ? 100 * sum / score->counted[i] : NAN;
    }
}

void score_make(struct sheet *sheet, const struct bits *among, const struct score_weights *weights,
                const struct comparison *all, struct score *out)
{
    *out = (struct score){.shown = bits_total(among)};
    for (size_t i = 0; i < COMPARE_LINES; i++) {
        enum column column = compare_lines[i].column;
        if (compare_lines[i].kind != COMPARE_FIGURE || !weights->of[column])
            continue;
        struct score_part *part = &out->parts[out->count++];
        *part = (struct score_part){.column = column, .weight = weights->of[column]};
        begin_part(sheet, all, part);
        count_column(sheet, among, all, part);
        out->weight += part->weight;
    }
    add_up(out, all->count);
}

/* ---- its row ---- */

/* The column stands for what more is better of; no figure of it is shown. */
static const struct compare_line score_line = {.title = "Score",
                                               .column = COL_ROI,
                                               .group = COMPARE_AUDIENCE,
                                               .kind = COMPARE_SCORE,
                                               .narrow = true};

static char mark_of(const struct score *score, int index)
{
    for (size_t i = 0; i < score->count; i++)
        if (score->parts[i].cells[index].mark == '~')
            return '~';
    return ' ';
}

/* As of other rows: an estimate takes no best mark and nobody does while one stands before him; a part
 * of the weights is no better than an estimate. */
static void set_best(const struct score *score, struct compare_row *row, int count)
{
    double best = NAN, worst = NAN;

    for (int i = 0; i < count; i++) {
        best = fmax(best, score->total[i]);
        worst = fmin(worst, score->total[i]);
    }
    for (int i = 0; i < count && best > worst; i++)
        row->cells[i].best = score->total[i] == best && row->cells[i].mark != '~' &&
                             score->counted[i] >= score->weight;
}

void score_add(const struct score *score, struct comparison *all)
{
    struct compare_row *row = &all->lines[all->line_count++];

    *row = (struct compare_row){.line = &score_line, .equal = true};
    for (int i = 0; i < all->count; i++) {
        row->cells[i] = (struct compare_cell){.value = score->total[i],
                                              .mark = mark_of(score, i),
                                              .bar = score->total[i] / 100,
                                              .against = NAN,
                                              .low = NAN,
                                              .high = NAN,
                                              .median = NAN};
        row->equal = row->equal && score->total[i] == score->total[0];
    }
    set_best(score, row, all->count);
    all->score = score;
}

void score_say_left(const struct score *score, int index, struct buf *out)
{
    if (score->counted[index] < score->weight)
        buf_addf(out, "! %.0f of %.0f", score->counted[index], score->weight);
}

void score_say_weights(const struct score *score, struct buf *out)
{
    for (size_t i = 0; i < score->count; i++)
        buf_addf(out, "%s%s x%u", i ? ", " : "", columns[score->parts[i].column].title,
                 score->parts[i].weight);
}
