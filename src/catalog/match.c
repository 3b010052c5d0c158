#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "filter_internal.h"

/* Asking a term for rows. What can be decided once a code, or folded once a term, is. */

static const enum column searched[] = {COL_HANDLE, COL_NAME, COL_BIO};

static bool holds_number(struct matcher *matcher, uint32_t row)
{
    const struct filter_term *term = matcher->term;
    double value =
        matcher->numbers ? matcher->numbers[row] : sheet_number(matcher->sheet, term->column, row);
    bool any = false;

    if (!number_known(value))
        return false;
    for (size_t i = 0; i < term->value_count && !any; i++) {
        const struct filter_value *one = &term->values[i];
        double asked = one->age ? matcher->sheet->now - value : value;
        any = term->op->holds(asked, one->low, one->high);
    }
    return any != term->op->opposite;
}

static bool holds_code(struct matcher *matcher, uint32_t row)
{
    double code = cells_number(&matcher->codes, row);

    return !isnan(code) && matcher->code_holds[(size_t)code];
}

static struct text folded_cell(struct matcher *matcher, enum column column, uint32_t row)
{
    struct buf *scratch = &matcher->scratch;
    struct text text = sheet_text(matcher->sheet, column, row, NULL);

    if (!text.length)
        return (struct text){0};
    buf_clear(scratch);
    utf8_fold(scratch, text);
    return buf_text(scratch);
}

static bool holds_text(struct matcher *matcher, uint32_t row)
{
    const struct filter_term *term = matcher->term;
    struct text cell = folded_cell(matcher, term->column, row);
    bool any = false;
    size_t at;

    if (!text_known(cell))
        return false;
    for (size_t i = 0; i < term->value_count && !any; i++) {
        struct text wanted = buf_text(&matcher->folded[i]);
        any = term->op == filter_colon ? text_find(cell, wanted, &at) : text_equal(cell, wanted);
    }
    return any != term->op->opposite;
}

static bool holds_word(struct matcher *matcher, uint32_t row)
{
    size_t at;

    for (size_t i = 0; i < COUNT_OF(searched); i++) {
        struct text cell = folded_cell(matcher, searched[i], row);
        if (text_known(cell) && text_find(cell, buf_text(&matcher->folded[0]), &at))
            return true;
    }
    return false;
}

static bool holds_has(struct matcher *matcher, uint32_t row)
{
    const struct filter_term *term = matcher->term;

    for (size_t i = 0; i < term->value_count; i++)
        if (sheet_known(matcher->sheet, (enum column)term->values[i].code, row))
            return true;
    return false;
}

static bool flag_ticked(struct matcher *matcher, uint32_t row)
{
    return catalog_ticked(matcher->sheet->catalog, row);
}

static bool flag_stale(struct matcher *matcher, uint32_t row)
{
    return !isnan(sheet_stale_age(matcher->sheet, row));
}

static bool flag_plan(struct matcher *matcher, uint32_t row)
{
    return catalog_planned(matcher->sheet->catalog, row) > 0;
}

static bool flag_fee_known(struct matcher *matcher, uint32_t row)
{
    return sheet_known(matcher->sheet, COL_FEE, row) &&
           sheet_mark(matcher->sheet, COL_FEE, row) != '~';
}

static bool (*const flag_holds[FLAG_COUNT])(struct matcher *matcher,
                                            uint32_t row) = {[FLAG_TICKED] = flag_ticked,
                                                             [FLAG_STALE] = flag_stale,
                                                             [FLAG_PLAN] = flag_plan,
                                                             [FLAG_FEE_KNOWN] = flag_fee_known};

static bool holds_flag(struct matcher *matcher, uint32_t row)
{
    for (size_t i = 0; i < matcher->term->value_count; i++)
        if (flag_holds[matcher->term->values[i].code](matcher, row))
            return true;
    return false;
}

/* Does any member of the set count as one of the words? */
static bool set_has(struct matcher *matcher, const uint8_t *member_counts, uint32_t code)
{
    const uint32_t *members;
    size_t count = catalog_set(matcher->sheet->catalog, matcher->term->column, code, &members);

    for (size_t i = 0; i < count; i++)
        if (member_counts[members[i]])
            return true;
    return false;
}

static void decide_codes(struct matcher *matcher)
{
    enum column column = matcher->term->column;
    struct sheet *sheet = matcher->sheet;
    bool opposite = matcher->term->op->opposite;
    size_t words = sheet_word_count(sheet, column), values = sheet_value_count(sheet, column);
    uint8_t *value_counts = mem_zero(values + 1, 1);
    struct word_set wanted;

    word_set_init(&wanted, matcher->term);
    for (uint32_t i = 0; i < values; i++)
        value_counts[i] = word_set_has(&wanted, sheet_value(sheet, column, i));
    matcher->code_holds = mem_zero(words + 1, 1);
    for (uint32_t i = 0; i < words; i++) {
        bool has =
            columns[column].unit == UNIT_SET ? set_has(matcher, value_counts, i) : value_counts[i];
        matcher->code_holds[i] = has != opposite;
    }
    free(value_counts);
    word_set_release(&wanted);
}

static void fold_values(struct matcher *matcher)
{
    const struct filter_term *term = matcher->term;

    matcher->folded = mem_zero(term->value_count, sizeof *matcher->folded);
    for (size_t i = 0; i < term->value_count; i++)
        utf8_fold(&matcher->folded[i], text_of(term->values[i].text));
}

static void init_column(struct matcher *matcher, bool whole)
{
    enum column column = matcher->term->column;

    if (columns[column].unit == UNIT_TEXT) {
        matcher->holds = holds_text;
        fold_values(matcher);
    } else if (column_is_text(column)) {
        matcher->holds = holds_code;
        matcher->codes = sheet_codes(matcher->sheet, column);
        decide_codes(matcher);
    } else {
        matcher->holds = holds_number;
        matcher->numbers = whole ? sheet_column(matcher->sheet, column) : NULL;
    }
}

/* Cells are asked one by one; that is quick where their columns are made. */
static void init_has(struct matcher *matcher)
{
    for (size_t i = 0; i < matcher->term->value_count; i++) {
        enum column column = (enum column)matcher->term->values[i].code;
        sheet_prepare(matcher->sheet, &column, 1);
    }
}

void matcher_init(struct matcher *matcher, const struct filter_term *term, struct sheet *sheet,
                  bool whole)
{
    *matcher = (struct matcher){.term = term, .sheet = sheet};
    if (term->kind == FILTER_COLUMN) {
        init_column(matcher, whole);
    } else if (term->kind == FILTER_WORD) {
        matcher->holds = holds_word;
        fold_values(matcher);
    } else if (term->kind == FILTER_HAS) {
        matcher->holds = holds_has;
        if (whole)
            init_has(matcher);
    } else {
        matcher->holds = holds_flag;
        if (whole && term->values[0].code == FLAG_FEE_KNOWN) {
            sheet_prepare(sheet, &(enum column){COL_FEE}, 1);
            sheet_marks(sheet);
        }
    }
}

void matcher_release(struct matcher *matcher)
{
    for (size_t i = 0; matcher->folded && i < matcher->term->value_count; i++)
        buf_release(&matcher->folded[i]);
    free(matcher->folded);
    free(matcher->code_holds);
    buf_release(&matcher->scratch);
}

bool matcher_passes(struct matcher *matcher, uint32_t row)
{
    return matcher->holds(matcher, row) != matcher->term->negative;
}
