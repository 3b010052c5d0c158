#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine_internal.h"

/* Who passes. A term that did not change is not asked again; all of them are joined word by word. */

static void term_release(struct engine_term *term)
{
    free(term->text);
    bits_release(&term->fails);
    *term = (struct engine_term){0};
}

void engine_release_filter(struct query_engine *engine)
{
    for (size_t i = 0; i < engine->term_count; i++)
        term_release(&engine->terms[i]);
    bits_release(&engine->live);
    bits_release(&engine->shown);
    bits_release(&engine->estimated);
    bits_release(&engine->fails_once);
}

/* ---- plain sets: who lives, whose fee is an estimate ---- */

/* Whole words: a few rows before `from` are put again. */
static void put_live(struct query_engine *engine, struct sheet *sheet, size_t from, size_t to)
{
    const uint8_t *live = sheet->catalog->live;

    for (from -= from % BITS_WORD; from < to; from += BITS_WORD) {
        uint8_t flags[BITS_WORD] = {0};
        for (size_t i = 0; i < BITS_WORD && from + i < engine->rows; i++)
            flags[i] = live[from + i];
        engine->live.words[from / BITS_WORD] = bits_pack(flags);
    }
}

static void put_estimated(struct query_engine *engine, struct sheet *sheet, size_t from, size_t to)
{
    const uint16_t *marks = sheet_marks(sheet);

    for (from -= from % BITS_WORD; from < to; from += BITS_WORD) {
        uint8_t flags[BITS_WORD] = {0};
        for (size_t i = 0; i < BITS_WORD && from + i < engine->rows; i++)
            flags[i] = (marks[from + i] & MARK_FEE_ESTIMATED) != 0;
        engine->estimated.words[from / BITS_WORD] = bits_pack(flags);
    }
}

/* A set that is put as it stands: its bits, and what they were made from. */
struct plain_set {
    struct bits *bits;
    struct since *since;
    void (*put)(struct query_engine *engine, struct sheet *sheet, size_t from, size_t to);
    uint64_t stamp, joined;
};

/* Brings a set up to date by asking for as few rows as will do. */
static void make_set(struct query_engine *engine, struct sheet *sheet, const struct plain_set *set)
{
    struct since_rows todo;
    enum since_state state =
        since_look(set->since, sheet->catalog, set->stamp, set->joined, engine->rows, &todo);

    bits_resize(set->bits, engine->rows);
    for (size_t i = 0; state == SINCE_PATCH && i < todo.count; i++)
        if (todo.changed[i].row < todo.from)
            set->put(engine, sheet, todo.changed[i].row, todo.changed[i].row + 1);
    if (state != SINCE_CURRENT) {
        set->put(engine, sheet, state == SINCE_PATCH ? todo.from : 0, engine->rows);
        engine->shown_revision++;
    }
    since_note(set->since, sheet->catalog, set->stamp, set->joined, engine->rows);
}

static void make_plain_sets(struct query_engine *engine, struct sheet *sheet)
{
    const struct plain_set sets[] = {
        {&engine->live, &engine->live_since, put_live, sheet->catalog->live_revision, 0},
        {&engine->estimated, &engine->estimated_since, put_estimated, sheet_stamp(sheet, COL_FEE),
         sheet_joined(sheet, COL_FEE)}};

    for (size_t i = 0; i < COUNT_OF(sets); i++)
        make_set(engine, sheet, &sets[i]);
}

/* ---- terms ---- */

static void make_term(struct query_engine *engine, const struct filter_term *term,
                      struct sheet *sheet, struct engine_term *kept)
{
    uint64_t stamp = engine_term_stamp(term, sheet), joined = engine_term_joined(term, sheet);
    struct since_rows todo;
    enum since_state state =
        since_look(&kept->since, sheet->catalog, stamp, joined, engine->rows, &todo);
    struct matcher matcher;

    if (state != SINCE_CURRENT) {
        matcher_init(&matcher, term, sheet);
        bits_resize(&kept->fails, engine->rows);
        for (size_t i = 0; state == SINCE_PATCH && i < todo.count; i++)
            if (todo.changed[i].row < todo.from)
                bits_put(&kept->fails, todo.changed[i].row,
                         !matcher_passes(&matcher, todo.changed[i].row));
        matcher_fails(&matcher, state == SINCE_PATCH ? todo.from : 0, engine->rows, &kept->fails);
        matcher_release(&matcher);
    }
    since_note(&kept->since, sheet->catalog, stamp, joined, engine->rows);
}

/* Takes what is known of the term out of `before`. */
static struct engine_term take_term(struct engine_term *before, size_t count, const char *text)
{
    struct engine_term found = {0};

    for (size_t i = 0; i < count; i++)
        if (before[i].text && !strcmp(before[i].text, text)) {
            found = before[i];
            before[i] = (struct engine_term){0};
            return found;
        }
    found.text = mem_copy_string(text);
    return found;
}

static void make_terms(struct query_engine *engine, const struct filter *filter,
                       struct sheet *sheet)
{
    struct engine_term before[FILTER_TERMS];
    size_t count = engine->term_count;

    memcpy(before, engine->terms, count * sizeof *before);
    engine->term_count = filter->count;
    for (size_t i = 0; i < filter->count; i++) {
        struct buf text = BUF_INIT;
        filter_print_term(&filter->items[i], &text);
        engine->terms[i] = take_term(before, count, buf_string(&text));
        make_term(engine, &filter->items[i], sheet, &engine->terms[i]);
        buf_release(&text);
    }
    for (size_t i = 0; i < count; i++)
        term_release(&before[i]);
}

/* ---- joined ---- */

static void join_terms(struct query_engine *engine)
{
    bool same = engine->shown.count == engine->rows;

    bits_resize(&engine->shown, engine->rows);
    bits_resize(&engine->fails_once, engine->rows);
    for (size_t i = 0; i < bits_words(engine->rows); i++) {
        uint64_t once = 0, more = 0;
        for (size_t k = 0; k < engine->term_count; k++) {
            uint64_t fails = engine->terms[k].fails.words[i];
            more |= once & fails;
            once |= fails;
        }
        same &= engine->shown.words[i] == (engine->live.words[i] & ~once);
        engine->shown.words[i] = engine->live.words[i] & ~once;
        engine->fails_once.words[i] = engine->live.words[i] & once & ~more;
    }
    engine->shown_revision += !same;
}

/* A group's own selection keeps nothing out of its counts. */
static void open_group(struct query_engine *engine, struct bits *rows, size_t term)
{
    bits_resize(rows, engine->rows);
    for (size_t i = 0; i < bits_words(engine->rows); i++)
        rows->words[i] = engine->shown.words[i] |
                         (engine->fails_once.words[i] & engine->terms[term].fails.words[i]);
}

void engine_filter(struct query_engine *engine, const struct query *query, struct sheet *sheet)
{
    const struct filter *filter = &query->filter;

    make_plain_sets(engine, sheet);
    make_terms(engine, filter, sheet);
    join_terms(engine);
    for (size_t i = 0; i < engine->facet_count; i++) {
        const struct filter_term *own = filter_selection(filter, engine->facets[i].column);
        if (own)
            open_group(engine, &engine->facets[i].rows, (size_t)(own - filter->items));
    }
    for (size_t i = 0; i < engine->spread_count; i++) {
        const struct filter_term *own = filter_range(filter, engine->spreads[i].column);
        if (own)
            open_group(engine, &engine->spreads[i].rows, (size_t)(own - filter->items));
    }
}
