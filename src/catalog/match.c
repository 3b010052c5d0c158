#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "catalog_internal.h"
#include "filter_internal.h"
#include "folded_internal.h"

/* Asking a term for rows. What can be decided once a code, or folded once a term, is. */

static const enum column searched[] = {COL_HANDLE, COL_NAME, COL_BIO};

static void add_bit(uint64_t *words, size_t at, bool on)
{
    words[at / BITS_WORD] |= (uint64_t)on << at % BITS_WORD;
}

static void add_flags(const uint8_t *flags, size_t count, uint64_t *words)
{
    size_t whole = count - count % BITS_WORD;

    for (size_t i = 0; i < whole; i += BITS_WORD)
        words[i / BITS_WORD] |= bits_pack(flags + i);
    for (size_t i = whole; i < count; i++)
        add_bit(words, i, flags[i]);
}

/* NaN and the infinite are in no range. */
static void add_range(const double *values, size_t count, const struct filter_range *range,
                      uint64_t *words)
{
    uint8_t flags[MATCHER_BLOCK];
    double low = range->low, high = range->high;

    for (size_t i = 0; i < count; i++)
        flags[i] = (values[i] >= low) & (values[i] <= high) & (fabs(values[i]) <= DBL_MAX);
    add_flags(flags, count, words);
}

static void turn_known(const double *values, size_t count, uint64_t *words)
{
    for (size_t i = 0; i < count; i++)
        words[i / BITS_WORD] ^= (uint64_t)(isfinite(values[i]) != 0) << i % BITS_WORD;
}

static void block_numbers(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    const struct filter_term *term = matcher->term;
    double room[MATCHER_BLOCK], ages[MATCHER_BLOCK];
    const double *values = sheet_block(matcher->sheet, term->column, from, count, room);

    for (size_t k = 0; k < term->value_count; k++) {
        for (size_t i = 0; i < count && term->values[k].age; i++)
            ages[i] = matcher->sheet->now - values[i];
        add_range(term->values[k].age ? ages : values, count, &matcher->ranges[k], words);
    }
    if (term->op->opposite)
        turn_known(values, count, words);
}

static void block_codes(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    const uint8_t *holds = matcher->code_holds;
    const struct cells *codes = &matcher->codes;

    uint8_t flags[MATCHER_BLOCK];

    if (codes->kind == CELLS_U8) {
        for (size_t i = 0; i < count; i++)
            flags[i] = holds[codes->u8[from + i]];
        add_flags(flags, count, words);
    } else if (codes->kind == CELLS_U16) {
        for (size_t i = 0; i < count; i++)
            flags[i] = holds[codes->u16[from + i]];
        add_flags(flags, count, words);
    } else if (codes->kind == CELLS_U32) {
        for (size_t i = 0; i < count; i++)
            add_bit(words, i, codes->u32[from + i] != UINT32_MAX && holds[codes->u32[from + i]]);
    }
}

static bool holds_text(struct matcher *matcher, uint32_t row)
{
    const struct filter_term *term = matcher->term;
    struct text cell = folded_text(sheet_folded(matcher->sheet, term->column), row);
    bool any = false;
    size_t at;

    if (!sheet_known(matcher->sheet, term->column, row))
        return false;
    for (size_t i = 0; i < term->value_count && !any; i++) {
        struct text wanted = buf_text(&matcher->folded[i]);
        any = term->op == filter_colon ? text_find(cell, wanted, &at) : text_equal(cell, wanted);
    }
    return any != term->op->opposite;
}

static void block_texts(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    for (size_t i = 0; i < count; i++)
        add_bit(words, i, holds_text(matcher, from + (uint32_t)i));
}

/* One scan of the folded columns, which the search has made or will use. */
static void block_words(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    uint32_t to = from + (uint32_t)count;

    bits_resize(&matcher->hits, to);
    for (size_t i = 0; i < COUNT_OF(searched); i++)
        folded_find(sheet_folded(matcher->sheet, searched[i]), buf_text(&matcher->folded[0]), from,
                    to, &matcher->hits);
    for (size_t i = 0; i < count; i++)
        add_bit(words, i, bits_get(&matcher->hits, from + i));
}

static void add_known(struct matcher *matcher, enum column column, uint32_t from, size_t count,
                      uint64_t *words)
{
    static const struct filter_range anything = {-INFINITY, INFINITY};
    double room[MATCHER_BLOCK];

    if (!column_is_text(column)) {
        add_range(sheet_block(matcher->sheet, column, from, count, room), count, &anything, words);
        return;
    }
    if (columns[column].unit == UNIT_TEXT) {
        for (size_t i = 0; i < count; i++)
            add_bit(words, i, sheet_known(matcher->sheet, column, from + (uint32_t)i));
        return;
    }
    struct cells codes = sheet_codes(matcher->sheet, column);
    for (size_t i = 0; i < count; i++) {
        double code = cells_number(&codes, from + i);
        add_bit(words, i,
                !isnan(code) && sheet_word(matcher->sheet, column, (uint32_t)code).length);
    }
}

static void block_has(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    for (size_t i = 0; i < matcher->term->value_count; i++)
        add_known(matcher, (enum column)matcher->term->values[i].code, from, count, words);
}

static void flag_ticked(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    for (size_t i = 0; i < count; i++)
        add_bit(words, i, matcher->sheet->catalog->ticked[from + i]);
}

static void flag_stale(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    bool stale[MATCHER_BLOCK];

    sheet_stale_block(matcher->sheet, from, count, stale);
    for (size_t i = 0; i < count; i++)
        add_bit(words, i, stale[i]);
}

/* Unknown times are after nothing, and nothing is after an unknown one. */
static void flag_new(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    double room[MATCHER_BLOCK], last = matcher->sheet->visited;
    const double *added = sheet_block(matcher->sheet, COL_ADDED_AT, from, count, room);

    for (size_t i = 0; i < count; i++)
        add_bit(words, i, added[i] > last);
}

static void flag_plan(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    double room[MATCHER_BLOCK];
    const double *planned = sheet_block(matcher->sheet, COL_PLAN, from, count, room);

    add_range(planned, count, &(struct filter_range){1, 1}, words);
}

static void flag_fee_known(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    const uint16_t *marks = sheet_marks(matcher->sheet) + from;
    double room[MATCHER_BLOCK];
    const double *fees = sheet_block(matcher->sheet, COL_FEE, from, count, room);

    for (size_t i = 0; i < count; i++)
        add_bit(words, i, isfinite(fees[i]) && !((unsigned)marks[i] & MARK_FEE_ESTIMATED));
}

static void (*const flag_blocks[FLAG_COUNT])(struct matcher *matcher, uint32_t from, size_t count,
                                             uint64_t *words) = {
    [FLAG_TICKED] = flag_ticked, [FLAG_STALE] = flag_stale,         [FLAG_NEW] = flag_new,
    [FLAG_PLAN] = flag_plan,     [FLAG_FEE_KNOWN] = flag_fee_known,
};

static void block_flags(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    for (size_t i = 0; i < matcher->term->value_count; i++)
        flag_blocks[matcher->term->values[i].code](matcher, from, count, words);
}

/* Rows mostly come in the order of their ids: the chunk of one is that of the next. */
static void add_batch(struct matcher *matcher, const struct id_set *ids, uint32_t from,
                      size_t count, uint64_t *words)
{
    const struct catalog *catalog = matcher->sheet->catalog;
    const struct id_chunk *chunk = NULL;
    int64_t number = -1;

    for (size_t i = 0; i < count; i++) {
        int64_t id = catalog_id_at(catalog, from + i);
        if (id <= 0)
            continue;
        if (id / ID_CHUNK != number) {
            number = id / ID_CHUNK;
            chunk = id_set_chunk(ids, id);
        }
        size_t bit = (size_t)(id % ID_CHUNK);
        if (chunk)
            add_bit(words, i, chunk->bits[bit / BITS_WORD] >> bit % BITS_WORD & 1);
    }
}

static void block_batches(struct matcher *matcher, uint32_t from, size_t count, uint64_t *words)
{
    const struct batches *batches = &matcher->sheet->batches;

    for (size_t i = 0; i < matcher->term->value_count; i++) {
        const struct batch_known *known =
            batches_find(batches, filter_batch(&matcher->term->values[i], batches));
        if (known && known->ready)
            add_batch(matcher, &known->ids, from, count, words);
    }
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
    matcher->code_holds = mem_zero(words > UINT16_MAX ? words : UINT16_MAX + 1, 1);
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

static void make_ranges(struct matcher *matcher)
{
    const struct filter_term *term = matcher->term;

    matcher->ranges = mem_zero(term->value_count, sizeof *matcher->ranges);
    for (size_t i = 0; i < term->value_count; i++)
        matcher->ranges[i] = term->op->range(term->values[i].low, term->values[i].high);
}

static void init_column(struct matcher *matcher)
{
    enum column column = matcher->term->column;

    if (columns[column].unit == UNIT_TEXT) {
        matcher->block = block_texts;
        fold_values(matcher);
    } else if (column_is_text(column)) {
        matcher->block = block_codes;
        matcher->codes = sheet_codes(matcher->sheet, column);
        decide_codes(matcher);
    } else {
        matcher->block = block_numbers;
        make_ranges(matcher);
    }
}

void matcher_init(struct matcher *matcher, const struct filter_term *term, struct sheet *sheet)
{
    *matcher = (struct matcher){.term = term, .sheet = sheet};
    if (term->kind == FILTER_COLUMN) {
        init_column(matcher);
    } else if (term->kind == FILTER_WORD) {
        matcher->block = block_words;
        fold_values(matcher);
    } else {
        matcher->block = term->kind == FILTER_HAS     ? block_has
                         : term->kind == FILTER_BATCH ? block_batches
                                                      : block_flags;
    }
}

void matcher_release(struct matcher *matcher)
{
    for (size_t i = 0; matcher->folded && i < matcher->term->value_count; i++)
        buf_release(&matcher->folded[i]);
    free(matcher->folded);
    free(matcher->code_holds);
    free(matcher->ranges);
    bits_release(&matcher->hits);
}

bool matcher_passes(struct matcher *matcher, uint32_t row)
{
    uint64_t word = 0;

    matcher->block(matcher, row, 1, &word);
    return (word & 1) != matcher->term->negative;
}

void matcher_fails(struct matcher *matcher, size_t from, size_t to, struct bits *fails)
{
    uint64_t turn = matcher->term->negative ? 0 : ~(uint64_t)0;

    /* whole words: a few rows before `from` are asked again */
    for (from -= from % BITS_WORD; from < to; from += MATCHER_BLOCK) {
        size_t count = to - from < MATCHER_BLOCK ? to - from : MATCHER_BLOCK;
        uint64_t words[MATCHER_BLOCK / BITS_WORD] = {0};
        matcher->block(matcher, (uint32_t)from, count, words);
        for (size_t i = 0; i < bits_words(count); i++)
            fails->words[from / BITS_WORD + i] = words[i] ^ turn;
    }
    if (to % BITS_WORD)
        fails->words[to / BITS_WORD] &= ~(uint64_t)0 >> (BITS_WORD - to % BITS_WORD);
}
