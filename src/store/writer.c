#include "store/writer.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "ahead_internal.h"
#include "batch_internal.h"
#include "cells_internal.h"
#include "filled_internal.h"
#include "gone_internal.h"
#include "grown_internal.h"
#include "jump_internal.h"
#include "merge_internal.h"
#include "past_internal.h"
#include "schema_internal.h"
#include "sets_internal.h"
#include "store_internal.h"
#include "tally_internal.h"

/* From here on the log says "everything" instead of naming each creator. */
#define BULK_FROM 1000

/* So many searches, and the index is worth more memory. */
#define SEEK_AFTER 4096

/* Parameters: ?1 the id, fields from ?2 on. */
#define FIRST_FIELD 2

struct store_writer {
    struct store *store;
    struct fields fields, alone;                   /* of all, those that go with no other */
    sqlite3_stmt *find, *recall, *insert, *update; /* made in begin, for this import */
    uint64_t insert_bound, update_bound;           /* see row_bind() */
    bool growth_bound, jump_bound;                 /* see grown_bind() */
    bool begun;
    int64_t now;     /* when all of this is added or changed */
    bool any_gone;   /* some creators are kept as gone */
    bool tagged;     /* the user has tags of their own */
    bool bulk;       /* the triggers are away, in `triggers` */
    uint64_t logged; /* changes that triggers wrote down */
    struct buf triggers;
    bool empty; /* there were no creators, so the nth of the source has the id n */
    bool bare;  /* the index is away too, in `index` */
    struct buf index;
    struct buf tags;    /* a united set, until the row is written */
    struct buf carried; /* the same of what the row carries */
    struct tally tally;
    struct tally_who who; /* the creator of this record */
    struct ahead ahead;
    unsigned searches;
    struct filled filled;
    struct grown grown;
    struct row incoming, merged;
    struct ahead_row searched; /* found by a search */
    bool next;                 /* instead it came by ahead_find() */
    struct batch_note *note;   /* NULL: it is no batch */
};

struct store_writer *store_writer_new(struct store *store)
{
    struct store_writer *writer = mem_zero(1, sizeof *writer);

    writer->store = store;
    fields_imported(&writer->fields);
    writer->alone = merge_alone(&writer->fields);
    return writer;
}

struct store_written store_writer_written(const struct store_writer *writer)
{
    return writer->tally.written;
}

void store_writer_batch(struct store_writer *writer, struct text file)
{
    assert(!writer->begun);
    batch_note_free(writer->note);
    writer->note = batch_note_new(writer->store, file);
}

void store_writer_rows(struct store_writer *writer, uint64_t read, uint64_t rejected)
{
    if (!writer->note)
        return;
    writer->note->read = read;
    writer->note->rejected = rejected;
}

/* ---- begin and end ---- */

/* `by_id`: the same only where it stands under the id ?3. */
static sqlite3_stmt *prepare_find(struct store_writer *writer, bool by_id, struct err *err)
{
    struct buf sql = BUF_INIT;

    buf_add_string(&sql, "SELECT id,");
    fields_names(&writer->fields, &sql);
    buf_add_string(&sql, ",carried FROM creator WHERE platform=?1 AND key=" SCHEMA_KEY_OF_12);
    if (by_id)
        buf_add_string(&sql, " AND id=?3");
    sqlite3_stmt *stmt = store_prepare(writer->store, buf_string(&sql), err);
    buf_release(&sql);
    return stmt;
}

static int growth_at(const struct store_writer *writer)
{
    return FIRST_FIELD + (int)writer->fields.count;
}

static int added_at(const struct store_writer *writer)
{
    return growth_at(writer) + GROWN_COUNT;
}

/* In the update. */
static int carried_at(const struct store_writer *writer)
{
    return growth_at(writer) + 1;
}

static sqlite3_stmt *prepare_insert(struct store_writer *writer, struct err *err)
{
    struct buf sql = BUF_INIT;

    buf_add_string(&sql, "INSERT INTO creator(");
    fields_names(&writer->fields, &sql);
    buf_add_string(&sql, "," GROWN_NAMES ",added_at,changed_at) VALUES(");
    fields_parameters(&writer->fields, &sql, FIRST_FIELD);
    for (int i = growth_at(writer); i <= added_at(writer) + 1; i++)
        buf_addf(&sql, ",?%d", i);
    buf_add_string(&sql, ")");
    sqlite3_stmt *stmt = store_prepare(writer->store, buf_string(&sql), err);
    buf_release(&sql);
    if (stmt)
        sqlite3_bind_int64(stmt, added_at(writer), writer->now);
    return stmt;
}

static sqlite3_stmt *prepare_update(struct store_writer *writer, struct err *err)
{
    struct buf sql = BUF_INIT;

    buf_add_string(&sql, "UPDATE creator SET ");
    fields_assignments(&writer->fields, &sql, FIRST_FIELD);
    buf_addf(&sql, ",changed_at=?%d,carried=?%d WHERE id=?1", growth_at(writer),
             carried_at(writer));
    sqlite3_stmt *stmt = store_prepare(writer->store, buf_string(&sql), err);
    buf_release(&sql);
    if (stmt)
        sqlite3_bind_int64(stmt, growth_at(writer), writer->now);
    return stmt;
}

static void release_import(struct store_writer *writer)
{
    sqlite3_finalize(writer->find);
    sqlite3_finalize(writer->insert);
    sqlite3_finalize(writer->update);
    sqlite3_finalize(writer->recall);
    ahead_release(&writer->ahead);
    writer->find = writer->insert = writer->update = writer->recall = NULL;
    buf_release(&writer->triggers);
    buf_release(&writer->index);
    buf_release(&writer->tags);
    buf_release(&writer->carried);
    tally_release(&writer->tally);
    grown_release(&writer->grown);
    writer->begun = false;
}

static bool prepare_import(struct store_writer *writer, struct err *err)
{
    struct store *store = writer->store;
    int64_t tagged, last;

    if (!store_integer(store, "SELECT EXISTS(SELECT 1 FROM tag)", 0, &tagged, err) ||
        !store_integer(store, "SELECT max(id) FROM creator", 0, &last, err) ||
        !gone_any(store, &writer->any_gone, err) || !filled_read(store, &writer->filled, err) ||
        (writer->note && !batch_note_begin(writer->note, err)))
        return false;
    writer->now = store_now(store);
    writer->tagged = tagged != 0;
    writer->empty = last == 0;
    tally_init(&writer->tally, last);
    return (writer->find = prepare_find(writer, false, err)) &&
           (writer->recall = prepare_find(writer, true, err)) &&
           ahead_init(&writer->ahead, store, &writer->fields, err) &&
           (writer->insert = prepare_insert(writer, err)) &&
           (writer->update = prepare_update(writer, err));
}

/* One of very many small transactions: nothing that takes longer than they do. */
static bool is_small(const struct store_writer *writer)
{
    return writer->store->mode == STORE_FEED;
}

static void prepare_store(struct store_writer *writer)
{
    int64_t any = 0;

    if (!is_small(writer) && store_may_write(writer->store, NULL) &&
        store_integer(writer->store, "SELECT id FROM creator LIMIT 1", 0, &any, NULL))
        store_prepare_for(writer->store, any == 0 ? WORK_FILL : WORK_USUAL);
}

static bool begin(void *self, struct err *err)
{
    struct store_writer *writer = self;

    assert(!writer->begun);
    prepare_store(writer);
    if (!store_begin(writer->store, err)) {
        store_prepare_for(writer->store, WORK_USUAL);
        return false;
    }
    writer->bulk = writer->bare = false;
    writer->insert_bound = writer->update_bound = 0;
    writer->growth_bound = writer->jump_bound = false;
    writer->logged = 0;
    writer->searches = 0;
    writer->begun = prepare_import(writer, err);
    if (!writer->begun) {
        release_import(writer);
        store_end(writer->store, false, NULL);
        store_prepare_for(writer->store, WORK_USUAL);
    }
    return writer->begun;
}

static bool wrote_anything(const struct store_writer *writer)
{
    return writer->bulk || writer->logged > 0;
}

static bool put_index(struct store_writer *writer, struct err *err)
{
    bool ok = !writer->bare || schema_put(writer->store, &writer->index, err);

    writer->bare = false;
    buf_clear(&writer->index);
    return ok;
}

static bool settle(struct store_writer *writer, struct err *err)
{
    struct store *store = writer->store;

    if (!put_index(writer, err))
        return false;
    if (writer->note && !batch_note_end(writer->note, writer->now, &writer->tally.written, err))
        return false;
    if (writer->bulk &&
        (!schema_put(store, &writer->triggers, err) ||
         !store_exec(store, "INSERT INTO change(creator) VALUES(NULL)", "write", err)))
        return false;
    if (!wrote_anything(writer))
        return true;
    if (is_small(writer))
        store_trim_changes(store);
    /* Where the list of columns in use is void it stays so: making it looks at all rows. */
    if (is_small(writer) && !writer->filled.valid)
        return true;
    return filled_write(store, &writer->filled, err);
}

static bool end(void *self, bool ok, struct err *err)
{
    struct store_writer *writer = self;

    if (!writer->begun)
        return true;
    bool settled = !ok || settle(writer, err);
    release_import(writer);
    bool ended = store_end(writer->store, ok && settled, err);
    store_prepare_for(writer->store, WORK_USUAL);
    return ended && settled;
}

void store_writer_free(struct store_writer *writer)
{
    if (!writer)
        return;
    end(writer, false, NULL);
    batch_note_free(writer->note);
    free(writer);
}

/* ---- the log ---- */

/* One change more. Beyond BULK_FROM naming each would cost more than a reader could gain, and an
 * index is made faster of all its keys than of one after the other: it is not missed where the
 * source says which creators are new. */
static bool note_change(struct store_writer *writer, struct err *err)
{
    if (writer->bulk || ++writer->logged < BULK_FROM)
        return true;
    writer->bulk = schema_triggers_take(writer->store, &writer->triggers, err);
    if (!writer->bulk || !writer->empty || writer->tally.numbered != writer->tally.written.added)
        return writer->bulk;
    writer->bare = schema_index_take(writer->store, &writer->index, err);
    return writer->bare;
}

/* The history has no triggers: it is written nowhere but here. */
static bool log_history(struct store_writer *writer, int64_t id, struct err *err)
{
    if (writer->bulk)
        return true;
    sqlite3_stmt *stmt =
        store_statement(writer->store, "INSERT INTO change(creator) VALUES(?1)", err);
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    return store_finish(writer->store, stmt, err);
}

/* ---- tags ---- */

/* The record's tags and the user's own become one set, in writer->tags. */
static bool unite_tags(struct store_writer *writer, struct err *err)
{
    static const char sql[] = "SELECT group_concat(tag, '|') FROM tag"
                              " WHERE platform=?1 AND key=" SCHEMA_KEY_OF_12;
    struct row *incoming = &writer->incoming;
    struct text given = {0};

    sqlite3_stmt *stmt = store_statement(writer->store, sql, err);
    if (!stmt)
        return false;
    store_bind_text(stmt, 1, incoming->cells[COL_PLATFORM].text);
    store_bind_text(stmt, 2, incoming->cells[COL_HANDLE].text);
    bool ok = sqlite3_step(stmt) == SQLITE_ROW || store_fail(writer->store, "read", err);
    struct text own = ok ? store_column_text(stmt, 0) : given;
    if (cell_known(&incoming->cells[COL_TAG]))
        given = incoming->cells[COL_TAG].text;
    if (own.length) {
        set_unite(own, given, &writer->tags);
        incoming->cells[COL_TAG] = (struct cell){CELL_TEXT, .text = buf_text(&writer->tags)};
    }
    sqlite3_reset(stmt);
    return ok;
}

/* ---- a record ---- */

static void note_grown(struct store_writer *writer, const struct growth *growth)
{
    writer->filled.columns[COL_GROWTH_30D] |= number_known(growth->short_ago);
    writer->filled.columns[COL_GROWTH_90D] |= number_known(growth->long_ago);
}

static bool keep_jump(struct store_writer *writer, int64_t id, const struct past *past,
                      const struct record *record, struct err *err)
{
    double jump;
    bool moves = false;

    if (!jump_may_move(&writer->grown, writer->store, id, &writer->merged, past, record, &moves,
                       err) ||
        (moves && !jump_write(&writer->grown, writer->store, id, &writer->merged, &jump, err)))
        return false;
    if (moves)
        writer->filled.columns[COL_JUMP] |= number_known(jump);
    return true;
}

/* Where the creator came as the next one its past was read with the others'. */
static bool growth_now(struct store_writer *writer, int64_t id, const struct past *past,
                       const struct record *record, struct growth *growth, struct err *err)
{
    struct grown *grown = &writer->grown;
    bool all = false;

    grown->count = 0;
    if (writer->next && !ahead_take_past(&writer->ahead, writer->store, grown, &all, err))
        return false;
    if (!all)
        return grown_known(grown, writer->store, id, &writer->merged, growth, err);
    *growth = grown_of_all(grown, &writer->merged, past, record);
    return true;
}

/* After the history, where that or the present audience is other than it was. What was known once
 * stays known: a past does not get shorter. */
static bool keep_growth(struct store_writer *writer, int64_t id, const struct past *past,
                        const struct record *record, bool *moved, struct err *err)
{
    struct growth growth;

    if (!growth_now(writer, id, past, record, &growth, err))
        return false;
    note_grown(writer, &growth);
    int64_t before = sqlite3_total_changes64(writer->store->db);
    if ((number_known(growth.short_ago) && !grown_write(writer->store, id, &growth, err)) ||
        !keep_jump(writer, id, past, record, err))
        return false;
    *moved = sqlite3_total_changes64(writer->store->db) != before;
    return true;
}

/* Where the growth is all that changed in the row. */
static bool note_moved(struct store_writer *writer, int64_t id, struct err *err)
{
    sqlite3_stmt *stmt =
        store_statement(writer->store, "UPDATE creator SET changed_at=?2 WHERE id=?1", err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int64(stmt, 2, writer->now);
    return store_finish(writer->store, stmt, err);
}

static bool audience_moved(const struct store_writer *writer, const struct row *known)
{
    const struct cell *before = known->cells, *now = writer->merged.cells;

    return !cell_equal(&before[COL_FOLLOWERS], &now[COL_FOLLOWERS]) ||
           !cell_equal(&before[COL_AUDIENCE_AT], &now[COL_AUDIENCE_AT]);
}

/* Who may have been here before: since then, and not gone any more. */
static bool insert_back(struct store_writer *writer, struct err *err)
{
    struct gone_who who = {writer->incoming.cells[COL_PLATFORM].text,
                           writer->incoming.cells[COL_HANDLE].text};
    double since;
    bool back;

    if (!gone_find(writer->store, &who, &back, &since, err))
        return false;
    if (!back)
        return store_finish(writer->store, writer->insert, err);
    writer->filled.columns[COL_CHANGED_AT] = true;
    store_bind_whole(writer->insert, added_at(writer), since);
    sqlite3_bind_int64(writer->insert, added_at(writer) + 1, writer->now);
    bool ok =
        store_finish(writer->store, writer->insert, err) && gone_forget(writer->store, &who, err);
    sqlite3_bind_int64(writer->insert, added_at(writer), writer->now);
    sqlite3_bind_null(writer->insert, added_at(writer) + 1);
    return ok;
}

static bool add_creator(struct store_writer *writer, const struct record *record, struct err *err)
{
    struct store *store = writer->store;
    const struct past none = {.count = 0};

    if (writer->tagged && !unite_tags(writer, err))
        return false;
    row_bind(&writer->incoming, &writer->fields, writer->insert, FIRST_FIELD,
             &writer->insert_bound);
    struct growth growth = grown_new(&writer->grown, &writer->incoming, record);
    double jump = jump_new(&writer->grown, &writer->incoming);
    grown_bind(&growth, writer->insert, growth_at(writer), &writer->growth_bound);
    if (number_known(jump) || writer->jump_bound)
        store_bind_real(writer->insert, growth_at(writer) + 4, jump);
    writer->jump_bound = number_known(jump);
    writer->filled.columns[COL_JUMP] |= number_known(jump);
    note_grown(writer, &growth);
    if (!(writer->any_gone ? insert_back(writer, err) : store_finish(store, writer->insert, err)))
        return false;
    int64_t id = sqlite3_last_insert_rowid(store->db);
    writer->who.id = id;
    writer->filled.columns[COL_ADDED_AT] = true;
    tally_added(&writer->tally, &writer->who);
    if (writer->note)
        idset_add(&writer->note->marks, id, true);
    return past_write(store, id, &none, record, NULL, &writer->tally.written.snapshots, err) &&
           note_change(writer, err);
}

static bool rename_creator(struct store_writer *writer, int64_t id, struct err *err)
{
    sqlite3_stmt *stmt =
        store_statement(writer->store, "UPDATE creator SET handle=?2 WHERE id=?1", err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    store_bind_text(stmt, 2, writer->merged.cells[COL_HANDLE].text);
    return store_finish(writer->store, stmt, err);
}

static void bind_carried(struct store_writer *writer)
{
    struct carried_dates dates = row_dates(&writer->merged);

    buf_clear(&writer->carried);
    if (writer->merged.carried.which)
        carried_write(&writer->merged.carried, &dates, &writer->carried);
    bool any = writer->carried.length > 0;
    store_bind_text(writer->update, carried_at(writer),
                    any ? buf_text(&writer->carried) : (struct text){0});
}

static bool update_row(struct store_writer *writer, int64_t id, const struct row *known,
                       struct err *err)
{
    /* The handle is part of the index: touched only where it is written in another way. */
    if (!cell_equal(&writer->merged.cells[COL_HANDLE], &known->cells[COL_HANDLE]) &&
        !rename_creator(writer, id, err))
        return false;
    sqlite3_bind_int64(writer->update, 1, id);
    row_bind(&writer->merged, &writer->fields, writer->update, FIRST_FIELD, &writer->update_bound);
    bind_carried(writer);
    return store_finish(writer->store, writer->update, err);
}

/* Where this creator is to be what it was before; not one that goes as a whole. */
static struct batch_note *note_of(struct store_writer *writer, int64_t id)
{
    if (!writer->note || idset_added(&writer->note->marks, id))
        return NULL;
    idset_add(&writer->note->marks, id, false);
    return writer->note;
}

static bool merge_creator(struct store_writer *writer, const struct record *record,
                          const struct ahead_row *found, enum tally_effect *effect, struct err *err)
{
    struct past past;
    int64_t id = found->id;
    const struct row *known = &found->row;
    uint64_t snapshots = writer->tally.written.snapshots;

    if (writer->tagged && cell_known(&writer->incoming.cells[COL_TAG]) && !unite_tags(writer, err))
        return false;
    writer->who.id = id;
    struct batch_note *note = note_of(writer, id);
    if (record->snapshot_count == 0 && merge_is_idle(known, &writer->incoming, &writer->fields)) {
        tally_known(&writer->tally, &writer->who, EFFECT_NONE, NULL, NULL, NULL);
        return true;
    }
    writer->merged = *known;
    merge_rows(&writer->merged, &writer->incoming, &writer->alone, &past);
    if (!past_write(writer->store, id, &past, record, note, &writer->tally.written.snapshots, err))
        return false;
    bool differs = !row_equal(known, &writer->merged, &writer->fields);
    bool seen = !carried_equal(&known->carried, &writer->merged.carried);
    *effect = differs ? EFFECT_ROW : EFFECT_NONE;
    if (seen || writer->tally.written.snapshots != snapshots)
        *effect = EFFECT_PAST;
    tally_known(&writer->tally, &writer->who, *effect, known, &writer->merged, &writer->fields);
    if (*effect == EFFECT_NONE)
        return true;
    bool moved = false;
    writer->filled.columns[COL_CHANGED_AT] = true;
    if (note && *effect != EFFECT_NONE)
        batch_note_row(note, known, &writer->merged);
    if (note && !batch_note_put(note, id, err))
        return false;
    if ((*effect == EFFECT_PAST || audience_moved(writer, known)) &&
        !keep_growth(writer, id, &past, record, &moved, err))
        return false;
    if (differs || seen)
        return update_row(writer, id, known, err);
    return (!moved || note_moved(writer, id, err)) && log_history(writer, id, err);
}

static void note_filled(struct store_writer *writer)
{
    for (size_t i = 0; i < writer->fields.count; i++)
        if (cell_known(&writer->incoming.cells[writer->fields.items[i]]))
            writer->filled.columns[writer->fields.items[i]] = true;
}

/* Leaves the statement standing, for the texts: to be reset. */
static sqlite3_stmt *search(struct store_writer *writer, bool *ok, struct err *err)
{
    sqlite3_stmt *find = writer->bare ? writer->recall : writer->find;

    store_bind_text(find, 1, writer->incoming.cells[COL_PLATFORM].text);
    store_bind_text(find, 2, writer->incoming.cells[COL_HANDLE].text);
    if (writer->bare)
        sqlite3_bind_int64(find, 3, (int64_t)writer->who.number);
    int rc = sqlite3_step(find);
    if (rc == SQLITE_ROW)
        return find;
    sqlite3_reset(find);
    *ok = rc == SQLITE_DONE || store_fail(writer->store, "read", err);
    return NULL;
}

/* A statement on the creator of `incoming`; NULL with *ok: there is none yet. */
static sqlite3_stmt *search_for(struct store_writer *writer, bool *ok, struct err *err)
{
    if (writer->bare) {
        sqlite3_stmt *found = writer->who.fresh ? NULL : search(writer, ok, err);
        if (found || writer->who.fresh || !*ok)
            return found;
        /* The source took two creators for one: from here on the index decides. */
        if (!put_index(writer, err))
            *ok = false;
        return *ok ? search_for(writer, ok, err) : NULL;
    }
    if (++writer->searches == SEEK_AFTER)
        store_prepare_for(writer->store, WORK_SEEK);
    return search(writer, ok, err);
}

/* Brings the record to a creator that is there; *found tells whether one is. */
static bool merge_found(struct store_writer *writer, const struct record *record, bool *found,
                        enum tally_effect *effect, struct err *err)
{
    const struct ahead_row *next = NULL;
    bool ok = true;

    if (!writer->empty)
        next = ahead_find(&writer->ahead, writer->incoming.cells[COL_PLATFORM].text,
                          writer->incoming.cells[COL_HANDLE].text);
    writer->next = *found = next != NULL;
    if (next)
        return merge_creator(writer, record, next, effect, err);
    sqlite3_stmt *stmt = search_for(writer, &ok, err);
    if (!stmt)
        return ok;
    *found = true;
    writer->searched.id = sqlite3_column_int64(stmt, 0);
    row_stored(&writer->searched.row, &writer->fields, stmt);
    ahead_go_from(&writer->ahead, writer->searched.id);
    ok = merge_creator(writer, record, &writer->searched, effect, err);
    sqlite3_reset(stmt);
    return ok;
}

static bool put(void *self, const struct record *record, struct err *err)
{
    struct store_writer *writer = self;
    struct row *incoming = &writer->incoming;
    enum tally_effect effect = EFFECT_NONE;
    enum platform platform = record_platform(record);
    bool found;

    assert(writer->begun);
    row_from_record(incoming, &writer->fields, record);
    if (platform == PLATFORM_COUNT || !cell_known(&incoming->cells[COL_HANDLE]))
        return err_set(err, "a creator needs a platform and a handle");
    incoming->cells[COL_PLATFORM].text = text_of(platforms[platform].word);
    note_filled(writer);
    writer->who = tally_meet(&writer->tally, record->nth);
    if (!merge_found(writer, record, &found, &effect, err))
        return false;
    if (!found)
        return add_creator(writer, record, err);
    return effect == EFFECT_NONE || note_change(writer, err);
}

static bool delete_from(struct store *store, const char *sql, int64_t id, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    return store_finish(store, stmt, err);
}

static bool drop(void *self, int64_t id, struct err *err)
{
    static const char history[] = "DELETE FROM snapshot WHERE creator=?1";
    static const char row[] = "DELETE FROM creator WHERE id=?1";
    struct store_writer *writer = self;
    struct store *store = writer->store;

    assert(writer->begun);
    if (writer->bulk && !gone_keep(store, id, writer->now, err))
        return false;
    writer->any_gone = true;
    ahead_go_from(&writer->ahead, writer->ahead.after);
    return delete_from(store, history, id, err) && delete_from(store, row, id, err) &&
           note_change(writer, err);
}

struct record_sink store_writer_sink(struct store_writer *writer)
{
    return (struct record_sink){writer, begin, put, drop, end};
}
