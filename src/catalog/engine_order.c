#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine_internal.h"

/* Which order stands, and what it takes. */

#define RANK_AT_ONCE ((size_t)8192) /* so few rows are ranked within the run */

static bool is_free_text(enum column column)
{
    return column_is_text(column) && columns[column].unit == UNIT_TEXT;
}

/* ---- ranks ---- */

static struct rank *rank_for(struct query_engine *engine, int column)
{
    for (size_t i = 0; i < ENGINE_RANKS; i++) {
        struct rank *rank = &engine->ranks[i];
        if ((rank->since.made || rank->making) && rank->column == column)
            return rank;
    }
    return NULL;
}

static bool orders_by(const struct query *query, int column)
{
    for (size_t i = 0; i < query->order_count; i++)
        if ((int)query->orders[i].column == column)
            return true;
    return false;
}

/* One that is not in use by this query: there are as many as a query has orders, and the ties'. */
static struct rank *rank_place(struct query_engine *engine, const struct query *query)
{
    for (size_t i = 1; i < ENGINE_RANKS; i++) {
        struct rank *rank = &engine->ranks[i];
        if ((!rank->since.made && !rank->making) || !orders_by(query, rank->column))
            return rank;
    }
    assert(false);
    return NULL;
}

/* Asks for a rank. True: it is good, or there is an older one that may stand meanwhile. */
static bool want_rank(struct query_engine *engine, struct sheet *sheet, struct rank *rank,
                      int column)
{
    if (rank->since.made && rank->column == column && rank_current(rank, sheet, engine->rows))
        return true;
    if (!rank_begun(rank) || rank->column != column)
        rank_begin(rank, sheet, column, engine->rows);
    while (engine->rows <= RANK_AT_ONCE && !rank_step(rank, sheet))
        continue;
    return rank->rows > 0;
}

static bool ranks_ready(struct query_engine *engine, const struct query *query, struct sheet *sheet)
{
    bool ready = true;

    for (size_t i = 0; i < query->order_count; i++) {
        struct rank *rank;
        if (!is_free_text(query->orders[i].column))
            continue;
        rank = rank_for(engine, (int)query->orders[i].column);
        rank = rank ? rank : rank_place(engine, query);
        ready = want_rank(engine, sheet, rank, (int)query->orders[i].column) && ready;
    }
    return ready;
}

bool query_waits(const struct query_result *result)
{
    return result->engine && result->engine->waits;
}

bool query_busy(const struct query_result *result)
{
    for (size_t i = 0; result->engine && i < ENGINE_RANKS; i++)
        if (result->engine->ranks[i].making)
            return true;
    return false;
}

double query_progress(const struct query_result *result)
{
    double least = 1;

    for (size_t i = 1; result->engine && i < ENGINE_RANKS; i++) {
        double one = rank_progress(&result->engine->ranks[i]);
        least = one < least ? one : least;
    }
    return least;
}

/* What the user waits for goes before the ties. */
void query_step(struct sheet *sheet, struct query_result *result)
{
    for (size_t i = ENGINE_RANKS; result->engine && i-- > 0;)
        if (result->engine->ranks[i].making) {
            rank_step(&result->engine->ranks[i], sheet);
            return;
        }
}

/* ---- orders ---- */

void engine_order(struct query_engine *engine, const struct query *query, struct sheet *sheet)
{
    bool ready = ranks_ready(engine, query, sheet);

    if (engine->rows > RANK_AT_ONCE)
        want_rank(engine, sheet, &engine->ranks[0], RANK_TIES);
    engine->waits = !ready;
    if (ready) {
        memcpy(engine->orders, query->orders, sizeof engine->orders);
        engine->order_count = query->order_count;
    } else if (!engine->order_count) {
        struct query standard;
        query_init(&standard);
        memcpy(engine->orders, standard.orders, sizeof engine->orders);
        engine->order_count = standard.order_count;
        query_release(&standard);
    }
}

/* The place of this column's digits, or one to take. */
static struct digits *digits_place(struct query_engine *engine, enum column column)
{
    struct digits *spare = NULL;

    for (size_t i = 0; i < ENGINE_DIGITS; i++) {
        struct digits *digits = &engine->digits[i];
        if (digits->made && digits->key.column == column)
            return digits;
        if (!digits->used && (!spare || !digits->made))
            spare = digits;
    }
    assert(spare);
    digits_release(spare);
    return spare;
}

struct digits *engine_digits(struct query_engine *engine, struct sheet *sheet, enum column column)
{
    struct digits *digits = digits_place(engine, column);
    const struct rank *rank = is_free_text(column) ? rank_for(engine, (int)column) : NULL;

    digits->used = true;
    digits_make(digits, sheet, column, rank, engine->rows);
    return digits;
}

void engine_rowset(struct query_engine *engine, struct sheet *sheet, struct rowset_order *order)
{
    const struct rank *ties = &engine->ranks[0];

    rowset_let_go(order);
    order->first = engine_digits(engine, sheet, engine->orders[0].column);
    order->from = order->count = 0;
    order->ordering = (struct ordering){.sheet = sheet,
                                        .count = engine->order_count,
                                        .ties = rank_holds(ties, sheet) ? ties : NULL};
    for (size_t i = 0; i < engine->order_count; i++) {
        enum column column = engine->orders[i].column;
        order->ordering.by[i].descending = engine->orders[i].descending;
        order->ordering.by[i].key = i ? &engine->keys[i] : &order->first->key;
        if (i)
            order_key_make(&engine->keys[i], sheet, column,
                           is_free_text(column) ? rank_for(engine, (int)column) : NULL);
    }
}

void engine_forget_unused(struct query_engine *engine)
{
    for (size_t i = 0; i < ENGINE_DIGITS; i++) {
        struct digits *digits = &engine->digits[i];
        if (digits->made && !digits->used)
            digits_release(digits);
        /* the order points at its own */
        digits->used = digits->made && digits->key.column == engine->orders[0].column;
    }
}

void engine_release_order(struct query_engine *engine)
{
    for (size_t i = 0; i < ENGINE_DIGITS; i++)
        digits_release(&engine->digits[i]);
    for (size_t i = 0; i < ENGINE_RANKS; i++)
        rank_release(&engine->ranks[i]);
    for (size_t i = 0; i < QUERY_ORDERS; i++)
        order_key_release(&engine->keys[i]);
}
