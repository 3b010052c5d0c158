#include "store/figures.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "past_internal.h"
#include "store_internal.h"

/* ---- peers ---- */

static void read_cell(struct peers *peers, sqlite3_stmt *stmt)
{
    int band = sqlite3_column_int(stmt, 2);
    int64_t count = sqlite3_column_int64(stmt, 3);
    enum platform platform;
    enum er_basis basis;

    if (!platform_from_word(store_column_text(stmt, 0), &platform) ||
        !er_basis_from_word(store_column_text(stmt, 1), &basis) || band < 0 || band >= PEER_BANDS ||
        count < 1 || count > UINT32_MAX)
        return;
    peers->cell[platform][basis][band] = (struct peer_cell){
        (uint32_t)count, store_column_number(stmt, 4), store_column_number(stmt, 5)};
    peers->made_at = store_column_number(stmt, 6);
}

bool store_peers(struct store *store, struct peers *peers, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        store, "SELECT platform, basis, band, n, er, comments_per_like, made_at FROM peer", err);
    int rc;

    peers_init(peers);
    if (!stmt)
        return false;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        read_cell(peers, stmt);
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static bool write_cell(struct store *store, enum platform platform, enum er_basis basis, int band,
                       const struct peers *peers, struct err *err)
{
    const struct peer_cell *cell = &peers->cell[platform][basis][band];
    sqlite3_stmt *stmt =
        store_statement(store,
                        "INSERT INTO peer(platform, basis, band, n, er, comments_per_like, made_at)"
                        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, text_of(platforms[platform].word));
    store_bind_text(stmt, 2, text_of(er_basis_words[basis]));
    sqlite3_bind_int(stmt, 3, band);
    sqlite3_bind_int64(stmt, 4, cell->count);
    store_bind_real(stmt, 5, cell->er);
    store_bind_real(stmt, 6, cell->comments_per_like);
    store_bind_whole(stmt, 7, peers->made_at);
    return store_finish(store, stmt, err);
}

static bool write_cells(struct store *store, const struct peers *peers, struct err *err)
{
    if (!store_exec(store, "DELETE FROM peer", "write", err))
        return false;
    for (enum platform platform = 0; platform < PLATFORM_COUNT; platform++)
        for (enum er_basis basis = 0; basis < BASIS_COUNT; basis++)
            for (int band = 0; band < PEER_BANDS; band++)
                if (peers->cell[platform][basis][band].count > 0 &&
                    !write_cell(store, platform, basis, band, peers, err))
                    return false;
    return true;
}

bool store_peers_set(struct store *store, const struct peers *peers, struct err *err)
{
    bool nested = store->writing;

    assert(number_known(peers->made_at));
    if (nested)
        return write_cells(store, peers, err);
    if (!store_begin(store, err))
        return false;
    bool ok = write_cells(store, peers, err);
    return store_end(store, ok, err) && ok;
}

/* ---- made of what is stored ---- */

#define BATCH 1024

/* So many creators at once, as columns. */
struct batch {
    uint8_t platform[BATCH];
    double values[8][BATCH];
    struct facts facts;
};

/* Result columns after the platform, and where their facts stand. */
static const size_t batch_cells[] = {
    offsetof(struct facts, followers), offsetof(struct facts, likes),
    offsetof(struct facts, comments),  offsetof(struct facts, shares),
    offsetof(struct facts, saves),     offsetof(struct facts, views),
    offsetof(struct facts, er_stated), offsetof(struct facts, er_basis),
};

static void batch_init(struct batch *batch)
{
    batch->facts = (struct facts){.platform = batch->platform};
    for (size_t i = 0; i < COUNT_OF(batch_cells); i++)
        *(struct cells *)((char *)&batch->facts + batch_cells[i]) =
            (struct cells){CELLS_F64, .f64 = batch->values[i]};
}

static void batch_take(struct batch *batch, sqlite3_stmt *stmt)
{
    size_t row = batch->facts.count;
    enum platform platform = PLATFORM_OTHER; /* what another program calls otherwise */
    enum er_basis basis;

    platform_from_word(store_column_text(stmt, 0), &platform);
    batch->platform[row] = (uint8_t)platform;
    for (size_t i = 0; i + 1 < COUNT_OF(batch_cells); i++)
        batch->values[i][row] = store_column_number(stmt, (int)i + 1);
    struct text word = store_column_text(stmt, COUNT_OF(batch_cells));
    bool based = text_known(word) && er_basis_from_word(word, &basis);
    batch->values[COUNT_OF(batch_cells) - 1][row] = based ? basis : number_unknown();
    batch->facts.count++;
}

static bool gather(struct store *store, struct peers_maker *maker, struct err *err)
{
    struct batch *batch = mem_zero(1, sizeof *batch);
    sqlite3_stmt *stmt = store_statement(store,
                                         "SELECT platform, followers, likes, comments, shares,"
                                         " saves, views, er, er_basis FROM creator",
                                         err);
    int rc = SQLITE_ERROR;

    batch_init(batch);
    while (stmt && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        batch_take(batch, stmt);
        if (batch->facts.count < BATCH)
            continue;
        peers_maker_add(maker, &batch->facts, NULL);
        batch->facts.count = 0;
    }
    peers_maker_add(maker, &batch->facts, NULL);
    bool ok = stmt && (rc == SQLITE_DONE || store_fail(store, "read", err));
    sqlite3_reset(stmt);
    free(batch);
    return ok;
}

bool store_peers_make(struct store *store, double at, struct peers *peers, struct err *err)
{
    struct peers_maker *maker = peers_maker_new();
    bool ok;

    store_prepare_for(store, WORK_SCAN);
    ok = gather(store, maker, err);
    if (ok)
        peers_maker_make(maker, peers, at);
    store_prepare_for(store, WORK_USUAL);
    peers_maker_free(maker);
    return ok && store_peers_set(store, peers, err);
}

/* ---- history ---- */

void store_history_release(struct store_history *history)
{
    free(history->items);
    *history = (struct store_history){0};
}

/* The entry of that time, made where there is none; times stay ascending. */
static struct snapshot *entry_at(struct store_history *history, double at)
{
    size_t place = history->count;

    while (place > 0 && history->items[place - 1].at > at)
        place--;
    if (place > 0 && history->items[place - 1].at == at)
        return &history->items[place - 1];
    VEC_RESERVE(history, history->count + 1);
    memmove(history->items + place + 1, history->items + place,
            (history->count - place) * sizeof *history->items);
    history->count++;
    history->items[place] = snapshot_at(at);
    return &history->items[place];
}

/* A row of dates, the same in all of a snapshot, and figures; what has no date has no place in a
 * history, and what a creator carries stands there already. */
static void add_row(struct store_history *history, sqlite3_stmt *stmt)
{
    const int last = PAST_DATE_COUNT + SNAPSHOT_FIELDS + SNAPSHOT_WORDS;
    struct carried_dates dates;
    struct carried carried;
    struct snapshot taken;

    for (int i = 0; i < PAST_DATE_COUNT; i++)
        dates.of[i] = store_column_number(stmt, i);
    carried_read(&carried, &dates, store_column_text(stmt, last));
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
        double at = dates.of[past_date_of(i)];
        if (number_known(at) && !carried_has(&carried, snapshot_fields[i].column) &&
            past_take(&taken, i, stmt, PAST_DATE_COUNT))
            past_take(entry_at(history, at), i, stmt, PAST_DATE_COUNT);
    }
}

static bool add_rows(struct store *store, const char *sql, int64_t id,
                     struct store_history *history, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(store, sql, err);
    int rc;

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        add_row(history, stmt);
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

bool store_past(struct store *store, int64_t id, struct store_history *history, struct err *err)
{
    history->count = 0;
    return add_rows(
        store, "SELECT at, at, at, " PAST_NAMES ", NULL FROM snapshot WHERE creator=?1 ORDER BY at",
        id, history, err);
}

bool store_history(struct store *store, int64_t id, struct store_history *history, struct err *err)
{
    return store_past(store, id, history, err) &&
           add_rows(store, "SELECT " PAST_DATES "," PAST_NAMES ", carried FROM creator WHERE id=?1",
                    id, history, err);
}
