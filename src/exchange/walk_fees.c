#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "profile_internal.h"
#include "walk_internal.h"

/* Prices of a row: that of the platform's first format is the fee, the others are its rate card. */

static unsigned money_word(struct text word)
{
    word = text_trim(word);
    unsigned currency = currency_from_code(word);
    return currency != CURRENCY_NONE || word.length == 0 ? currency : currency_from_sign(word);
}

/* Takes "€", "USD", "₽" off either end. */
static unsigned take_currency(struct text *cell)
{
    size_t front = 0, back = cell->length;
    while (front < cell->length && !(cell->at[front] >= '0' && cell->at[front] <= '9') &&
           cell->at[front] != '-' && cell->at[front] != '.')
        front++;
    while (back > front && (cell->at[back - 1] < '0' || cell->at[back - 1] > '9'))
        back--;
    if (front == 0 && back == cell->length)
        return CURRENCY_NONE;
    unsigned currency = money_word(text_part(*cell, 0, front));
    if (currency != CURRENCY_NONE) {
        *cell = text_part(*cell, front, cell->length);
        return currency;
    }
    currency = money_word(text_part(*cell, back, cell->length));
    if (currency != CURRENCY_NONE)
        *cell = text_part(*cell, 0, back);
    return currency;
}

void walk_take_fee(struct import_walk *walk, const struct import_column *column, struct text cell)
{
    struct number_seen seen;
    struct text amount = cell.length > 0 && cell.at[0] == CELL_OF_JSON ? cell : text_trim(cell);
    unsigned currency = take_currency(&amount);
    double fee = walk_number(walk, column, amount, &seen);
    if (seen.percent || fee < 0) {
        walk_trouble(walk, TROUBLE_CELL, column, cell, "not a fee");
        fee = number_unknown();
    }
    if (walk->fee_count < WALK_FEES)
        walk->fees[walk->fee_count++] = (struct walk_fee){
            column, fee, currency != CURRENCY_NONE ? currency : column->currency, cell};
}

void walk_take_fee_format(struct import_walk *walk, const struct import_column *column,
                          struct text cell)
{
    if (!cell_unknown(cell) && walk->fee_format_count < WALK_FEES)
        walk->fee_formats[walk->fee_format_count++] =
            (struct walk_fee_format){column, text_trim(cell)};
}

void walk_take_currency(struct import_walk *walk, const struct import_column *column,
                        struct text cell)
{
    if (cell_unknown(cell))
        return;
    walk->state.currency = money_word(cell);
    if (walk->state.currency == CURRENCY_NONE)
        walk_trouble(walk, TROUBLE_CELL, column, cell, "not a currency");
}

void walk_take_fee_origin(struct import_walk *walk, const struct import_column *column,
                          struct text cell)
{
    if (cell_unknown(cell))
        return;
    for (int i = FEE_QUOTED; i < FEE_ORIGIN_COUNT; i++)
        if (text_equal_ascii_case(text_trim(cell), text_of(fee_origin_words[i]))) {
            walk->state.fee_origin = (enum fee_origin)i;
            return;
        }
    walk_trouble(walk, TROUBLE_CELL, column, cell, "not an origin of a fee");
}

/* ---- which is of what ---- */

static const struct walk_fee_format *format_beside(const struct import_walk *walk,
                                                   const struct walk_fee *fee)
{
    for (size_t i = 0; i < walk->fee_format_count; i++)
        if (walk->fee_formats[i].column->group == fee->column->group)
            return &walk->fee_formats[i];
    return NULL;
}

/* "Reels", "IG story": the whole, or one of its words. */
static bool format_in(struct text written, enum platform platform, enum format *format)
{
    struct text rest = written, word;
    if (format_from_word(written, platform, format))
        return true;
    while (text_next(&rest, ' ', &word))
        if (format_from_word(word, platform, format))
            return true;
    return false;
}

/* Of the platform's first format, where nothing says otherwise. False: of none that it has, which is
 * told. */
static bool format_of(struct import_walk *walk, const struct walk_fee *fee, enum format *format)
{
    const struct walk_fee_format *beside = format_beside(walk, fee);
    enum platform platform = walk->state.platform;
    *format = platforms[platform].format;
    if (text_known(fee->column->format))
        return format_from_word(fee->column->format, platform, format);
    if (beside == NULL || format_in(beside->word, platform, format))
        return true;
    if (number_known(fee->amount))
        walk_trouble(walk, TROUBLE_CELL, beside->column, beside->word,
                     "no format of this platform: its price is left out");
    return false;
}

struct fee_table {
    struct walk_fee of[FORMAT_COUNT]; /* column NULL: none */
    unsigned currency;
};

static void fees_sort(struct import_walk *walk, struct fee_table *table)
{
    for (size_t i = 0; i < walk->fee_count; i++) {
        struct walk_fee *fee = &walk->fees[i];
        enum format format;
        if (!format_of(walk, fee, &format))
            continue;
        struct walk_fee *there = &table->of[format];
        if (there->column != NULL && number_known(there->amount)) {
            if (number_known(fee->amount))
                walk_trouble(walk, TROUBLE_WARNING, fee->column, fee->cell,
                             "another price of the same format is left out");
        } else {
            *there = *fee;
        }
    }
}

/* That of the fee, else that of the first price that has one. */
static unsigned currency_of(const struct import_walk *walk, const struct fee_table *table)
{
    const struct walk_fee *fee = &table->of[platforms[walk->state.platform].format];
    unsigned currency = number_known(fee->amount) ? fee->currency : CURRENCY_NONE;
    for (int i = 0; i < FORMAT_COUNT && currency == CURRENCY_NONE; i++)
        if (table->of[i].column != NULL && number_known(table->of[i].amount))
            currency = table->of[i].currency;
    if (currency == CURRENCY_NONE)
        currency = walk->state.currency;
    return currency != CURRENCY_NONE ? currency : walk->plan->currency;
}

/* A card has one currency. */
static void drop_foreign(struct import_walk *walk, struct fee_table *table)
{
    for (int i = 0; i < FORMAT_COUNT; i++) {
        struct walk_fee *fee = &table->of[i];
        if (fee->column == NULL || !number_known(fee->amount) || fee->currency == CURRENCY_NONE ||
            fee->currency == table->currency)
            continue;
        walk_trouble(walk, TROUBLE_CELL, fee->column, fee->cell,
                     "in another currency than the fee of the row");
        fee->amount = number_unknown();
    }
}

static int word_order(const void *a, const void *b)
{
    return strcmp(formats[*(const enum format *)a].word, formats[*(const enum format *)b].word);
}

static void put_card(struct import_walk *walk, const struct fee_table *table, double scale)
{
    enum format others[FORMAT_COUNT], first = platforms[walk->state.platform].format;
    size_t count = 0;
    bool any = false;
    for (int i = 0; i < FORMAT_COUNT; i++) {
        if ((enum format)i == first || table->of[i].column == NULL)
            continue;
        any = true;
        if (number_known(table->of[i].amount))
            others[count++] = (enum format)i;
    }
    if (!any || text_known(record_text(&walk->record, COL_FEE_BY_FORMAT)))
        return;
    qsort(others, count, sizeof *others, word_order);
    buf_clear(&walk->card);
    for (size_t i = 0; i < count; i++) {
        buf_addf(&walk->card, "%s%s=", i > 0 ? "|" : "", formats[others[i]].word);
        number_exact(&walk->card, round(table->of[others[i]].amount * scale) / scale);
    }
    record_set_text(&walk->record, COL_FEE_BY_FORMAT,
                    count > 0 ? buf_text(&walk->card) : (struct text){0});
}

void walk_settle_fees(struct import_walk *walk)
{
    /* An estimate of somebody's is not a fee; ours is made anew. */
    enum fee_origin said = walk->state.fee_origin;
    if (walk->fee_count == 0 || said == FEE_ESTIMATED)
        return;
    struct fee_table table = {.currency = CURRENCY_NONE};
    struct record *record = &walk->record;
    fees_sort(walk, &table);
    table.currency = currency_of(walk, &table);
    drop_foreign(walk, &table);
    double scale = currency_scale(table.currency);
    const struct walk_fee *fee = &table.of[platforms[walk->state.platform].format];
    if (fee->column != NULL) {
        bool known = number_known(fee->amount);
        enum fee_origin origin = said != FEE_UNKNOWN ? said : FEE_IMPORTED;
        record_set_number(record, COL_FEE, round(fee->amount * scale));
        record_set_text(record, COL_FEE_ORIGIN,
                        known ? text_of(fee_origin_words[origin]) : (struct text){0});
    }
    put_card(walk, &table, scale);
    if (table.currency != CURRENCY_NONE)
        record_set_text(record, COL_CURRENCY, text_of(currencies[table.currency].code));
}
