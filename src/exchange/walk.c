#include "walk_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/vec.h"
#include "domain/facts.h"
#include "domain/tier.h"
#include "plan_internal.h"
#include "profile_internal.h"

const char *const import_trouble_words[TROUBLE_COUNT] = {
    [TROUBLE_REJECT] = "rejected", [TROUBLE_CELL] = "unknown", [TROUBLE_REPEAT] = "repeat",
    [TROUBLE_WARNING] = "warning", [TROUBLE_LABEL] = "label",
};

#define PROGRESS_ROWS 1024

static void walk_tell(struct import_walk *walk, const struct import_problem *problem)
{
    uint64_t *counts[TROUBLE_COUNT] = {
        [TROUBLE_REJECT] = &walk->report->rejected,
        [TROUBLE_CELL] = &walk->report->cells,
        [TROUBLE_REPEAT] = &walk->report->repeats,
        [TROUBLE_WARNING] = &walk->report->warnings,
        [TROUBLE_LABEL] = &walk->report->tiers_disagree,
    };
    ++*counts[problem->trouble];
    if (walk->listener != NULL && walk->listener->problem != NULL)
        walk->listener->problem(walk->listener->self, problem);
}

void walk_trouble(struct import_walk *walk, enum import_trouble trouble,
                  const struct import_column *column, struct text value, const char *reason)
{
    if (value.length > 0 && value.at[0] == CELL_OF_JSON)
        value = text_trim(value);
    struct import_problem problem = {
        .trouble = trouble,
        .line = walk->row->line,
        .column = column != NULL ? column->place : 0,
        .header = column != NULL ? column->name : (struct text){0},
        .value = text_known(value) ? text_part(value, 0, 200) : value,
        .reason = reason,
    };
    if (trouble == TROUBLE_REJECT)
        problem.raw = walk->row->raw;
    walk_tell(walk, &problem);
}

bool walk_wants_rows(const struct import_walk *walk)
{
    return walk->listener != NULL && walk->listener->rows;
}

bool walk_broken(struct import_walk *walk, size_t line, struct text value, struct text raw,
                 const char *reason, struct err *err)
{
    struct import_problem problem = {.trouble = TROUBLE_REJECT,
                                     .line = line,
                                     .value = value,
                                     .reason = reason,
                                     .raw = raw,
                                     .broken = true};
    (void)err;
    walk->report->rows++;
    walk_tell(walk, &problem);
    return true;
}

/* ---- who it is ---- */

static bool says_who(const struct import_column *column)
{
    return column->use == USE_LINK ||
           (column->use == USE_COLUMN &&
            (column->column == COL_PLATFORM || column->column == COL_HANDLE));
}

void walk_compile(struct import_walk *walk)
{
    const struct import_plan *plan = walk->plan;
    for (size_t i = 0; i < plan->column_count; i++) {
        struct walk_reader reader = walk_reader_of(&plan->columns[i]);
        struct walk_readers *readers = says_who(&plan->columns[i]) ? &walk->who : &walk->rest;
        reader.at = i;
        if (reader.take != NULL)
            VEC_PUSH(readers, reader);
    }
    walk->handle_column = plan_column(plan, USE_COLUMN, COL_HANDLE);
    walk->link_column = plan_column(plan, USE_LINK, COL_URL);
    walk->platform_column = plan_column(plan, USE_COLUMN, COL_PLATFORM);
    walk->followers_column = plan_column(plan, USE_COLUMN, COL_FOLLOWERS);
}

static void walk_take(struct import_walk *walk, const struct walk_readers *readers)
{
    const struct row *row = walk->row;
    for (size_t i = 0; i < readers->count; i++) {
        const struct walk_reader *reader = &readers->items[i];
        if (reader->at >= row->count || !text_known(row->cells[reader->at]))
            continue;
        if (row->cells[reader->at].length == 0 && reader->empty_is_unknown)
            record_set_unknown(&walk->record, reader->column->column);
        else
            reader->take(walk, reader->column, row->cells[reader->at]);
    }
}

/* Why the row cannot be used, told where it is; NULL: it can. */
static const char *walk_who(struct import_walk *walk, const struct import_column **column)
{
    struct walk_row_state *state = &walk->state;
    const struct import_column *handle = walk->handle_column;
    /* Where handles have a column of their own a link is no substitute: it may spell the same
     * account in another way. */
    *column = handle != NULL ? handle : walk->link_column;
    if (handle == NULL || (walk->endless && !text_known(state->handle)))
        state->handle = state->link_handle;
    if (!text_known(state->handle))
        return "no handle";
    if (handle != NULL && walk->plan->header_line > 0 && text_equal(state->handle, handle->name))
        return "the header again";
    *column = walk->platform_column;
    if (text_known(state->platform_word))
        return "not a platform we know";
    if (state->platform == PLATFORM_COUNT && walk->plan->platform == PLATFORM_COUNT)
        state->platform = state->link_platform;
    if (state->platform == PLATFORM_COUNT)
        state->platform = walk->plan->platform;
    if (state->platform == PLATFORM_COUNT)
        return walk->endless ? "no platform" : "no platform: give --platform";
    return NULL;
}

/* What comes in as it happens replaces what is older: a time that cannot be, would do so for good. */
static const char *walk_when(const struct import_walk *walk)
{
    static const enum column times[] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT};
    double latest = walk->plan->date + DATE_DAY;
    bool late = walk->state.date > latest;
    if (walk->state.dated && !number_known(walk->state.date))
        return "its time cannot be read";
    for (size_t i = 0; i < COUNT_OF(times); i++)
        late = late || record_number(&walk->record, times[i]) > latest;
    return late ? "its time lies in the future" : NULL;
}

static struct text cell_of(const struct import_walk *walk, const struct import_column *column)
{
    if (column == NULL || column->place > walk->row->count)
        return (struct text){0};
    return walk->row->cells[column->place - 1];
}

/* ---- what follows from several cells ---- */

static void settle_rate(struct import_walk *walk)
{
    struct walk_row_state *state = &walk->state;
    struct record *record = &walk->record;
    double followers = record_number(record, COL_FOLLOWERS);
    enum er_basis basis = state->er_basis;
    if (number_known(state->engagements) && followers > 0 && !record_has(record, COL_ER)) {
        record_set_number(record, COL_ER, state->engagements / followers);
        basis = BASIS_FOLLOWERS;
    }
    if (!number_known(record_number(record, COL_ER)))
        return;
    if (basis == BASIS_NONE)
        basis = walk->plan->er_basis;
    if (basis == BASIS_NONE)
        basis = platforms[state->platform].basis;
    if (basis == BASIS_NONE)
        basis = BASIS_FOLLOWERS;
    record_set_text(record, COL_ER_BASIS, text_of(er_basis_words[basis]));
}

static void settle_followers(struct import_walk *walk)
{
    struct record *record = &walk->record;
    double views = record_number(record, COL_VIEWS);
    if (walk->state.hidden && record_has(record, COL_FOLLOWERS))
        record_set_number(record, COL_FOLLOWERS, number_unknown());
    if (record_number(record, COL_FOLLOWERS) == 0 && views >= 1000) {
        walk_trouble(walk, TROUBLE_CELL, walk->followers_column, TEXT("0"),
                     "no followers beside so many views");
        record_set_number(record, COL_FOLLOWERS, number_unknown());
    }
}

static bool has_any(const struct record *record, const enum column *of, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (number_known(record_number(record, of[i])))
            return true;
    return false;
}

/* The row's own dates, then its date, then the list's; only for groups that say something. */
static void settle_dates(struct import_walk *walk)
{
    static const enum column audience[] = {COL_FOLLOWERS, COL_FOLLOWING, COL_POSTS, COL_CREDIBILITY,
                                           COL_AUDIENCE_MARKET};
    static const enum column engagement[] = {COL_LIKES, COL_COMMENTS, COL_SHARES,    COL_SAVES,
                                             COL_VIEWS, COL_ER,       COL_REACH_POST};
    static const enum column fee[] = {COL_FEE};
    static const struct {
        enum column at;
        const enum column *of;
        size_t count;
    } groups[] = {{COL_AUDIENCE_AT, audience, sizeof audience / sizeof *audience},
                  {COL_ENGAGEMENT_AT, engagement, sizeof engagement / sizeof *engagement},
                  {COL_FEE_AT, fee, 1}};
    double date = walk->state.date;
    if (!number_known(date))
        date = walk->plan->date;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (record_has(&walk->record, groups[i].at) || !number_known(date))
            continue;
        if (has_any(&walk->record, groups[i].of, groups[i].count))
            record_set_number(&walk->record, groups[i].at, date);
    }
}

static void settle_tier(struct import_walk *walk)
{
    const struct tier_preset *preset = &tier_presets[0];
    double followers = record_number(&walk->record, COL_FOLLOWERS);
    if (!text_known(walk->state.tier_label) || !number_known(followers))
        return;
    int said = tier_from_word(preset, walk->state.tier_label), tier = tier_of(preset, followers);
    if (said == TIER_NONE || said == tier)
        return;
    struct buf why = BUF_INIT;
    if (tier == TIER_NONE)
        buf_add_string(&why, "its followers are too few for any tier");
    else
        buf_addf(&why, "by its followers it is %s", preset->bands[tier].word);
    walk_trouble(walk, TROUBLE_LABEL, walk->state.tier_column, walk->state.tier_label,
                 buf_string(&why));
    buf_release(&why);
}

static void walk_settle(struct import_walk *walk)
{
    record_set_text(&walk->record, COL_PLATFORM, text_of(platforms[walk->state.platform].word));
    record_set_text(&walk->record, COL_HANDLE, walk->state.handle);
    walk_join_sets(walk);
    settle_followers(walk);
    walk_settle_fees(walk);
    settle_rate(walk);
    settle_dates(walk);
    settle_tier(walk);
    walk->record.snapshots = walk->snapshots.items;
    walk->record.snapshot_count = walk->snapshots.count;
}

/* ---- the same creator again ---- */

static uint64_t record_key(struct import_walk *walk)
{
    struct text handle = walk->state.handle;
    unsigned char platform = (unsigned char)walk->state.platform;
    buf_clear(&walk->key);
    buf_add_repeat(&walk->key, '\0', handle.length + 1);
    handle_key(walk->state.platform, handle, walk->key.at);
    uint64_t hash = seen_hash(HASH_START, &platform, 1);
    return seen_settle(seen_hash(hash, walk->key.at, handle.length));
}

/* Known values by their column; what is unknown is told by its absence from both masks. */
static uint64_t record_content(const struct record *record)
{
    uint64_t known[RECORD_MASK_WORDS] = {0};
    uint64_t hash = seen_hash(HASH_START, record->mask, sizeof record->mask);
    for (size_t word = 0; word < RECORD_MASK_WORDS; word++)
        for (uint64_t left = record->mask[word]; left != 0; left &= left - 1) {
            int bit = __builtin_ctzll(left);
            const struct value *value = &record->values[word * 64 + (size_t)bit];
            if (!number_known(value->number) && !text_known(value->text))
                continue;
            known[word] |= (uint64_t)1 << bit;
            if (text_known(value->text)) {
                hash = seen_hash(hash, value->text.at, value->text.length);
            } else {
                double number = value->number + 0.0; /* 0 and -0 are one */
                hash = seen_mix(hash, &number);
            }
        }
    hash = seen_hash(hash, known, sizeof known);
    for (size_t i = 0; i < record->snapshot_count; i++)
        hash = seen_hash(hash, &record->snapshots[i], sizeof record->snapshots[i]);
    return seen_settle(hash);
}

static void tell_repeat(struct import_walk *walk, size_t first_line, bool same)
{
    struct import_problem problem = {
        .trouble = TROUBLE_REPEAT,
        .line = walk->row->line,
        .header = TEXT("handle"),
        .value = walk->state.handle,
        .first_line = first_line,
        .reason = same ? "says the same again" : "the same creator again: this row wins",
    };
    walk_tell(walk, &problem);
    walk->report->identical += same;
}

/* Whether the record is news. */
static bool walk_meet(struct import_walk *walk, bool *news, struct err *err)
{
    size_t line = walk->row->line;
    struct seen_entry before, now = {
                                  .key = record_key(walk),
                                  .content = (uint32_t)(record_content(&walk->record) >> 32),
                                  .line = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX,
                              };
    uint32_t number;
    if (!seen_find(&walk->seen, now.key, &number, &before, err))
        return false;
    *news = number == 0 || before.content != now.content;
    if (number != 0) {
        tell_repeat(walk, before.line, !*news);
        walk->record.nth = number;
        return seen_note(&walk->seen, number, &now, err);
    }
    walk->record.nth = ++walk->report->creators;
    return seen_add(&walk->seen, &now, err);
}

/* ---- a row ---- */

static bool row_is_blank(const struct row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (text_trim(row->cells[i]).length > 0)
            return false;
    return true;
}

/* Cells without a header shift nothing at the end of a row, but a row with too many has a separator
 * where none belongs, and nobody knows in which cell. */
static bool row_has_too_many(const struct import_walk *walk, const struct row *row)
{
    if (walk->plan->header_line == 0)
        return false;
    for (size_t i = walk->plan->column_count; i < row->count; i++)
        if (text_trim(row->cells[i]).length > 0)
            return true;
    return false;
}

static void walk_begin_row(struct import_walk *walk, const struct row *row)
{
    record_clear(&walk->record);
    walk->row = row;
    walk->snapshots.count = 0;
    walk->fee_count = walk->fee_format_count = 0;
    if (walk->scratch.bytes > 0)
        arena_release(&walk->scratch);
    for (size_t i = 0; i < WALK_SETS; i++)
        walk->sets[i].count = 0;
    walk->state = (struct walk_row_state){
        .platform = PLATFORM_COUNT,
        .link_platform = PLATFORM_COUNT,
        .engagements = number_unknown(),
        .date = number_unknown(),
    };
}

static bool walk_put(struct import_walk *walk, struct err *err)
{
    bool news = true;
    walk_settle(walk);
    if (!walk->endless && !walk_meet(walk, &news, err))
        return false;
    if (!news)
        return true;
    walk->report->emitted++;
    walk->report->snapshots += walk->record.snapshot_count;
    return walk->sink->put(walk->sink->self, &walk->record, err);
}

static bool walk_progress(struct import_walk *walk, struct err *err)
{
    const struct import_listener *listener = walk->listener;
    if (listener == NULL || listener->progress == NULL)
        return true;
    if (listener->progress(listener->self, walk->source->taken, walk->source->total,
                           walk->report->rows))
        return true;
    return err_set(err, "cancelled");
}

/* JSON: keys that the sample did not have. */
static void walk_late(struct import_walk *walk, const struct row *row)
{
    size_t known = walk->plan->column_count;
    size_t late = row->late + (row->count > known ? row->count - known : 0);
    if (walk->plan->header_line == 0 && late > walk->report->late_columns)
        walk->report->late_columns = late;
}

bool walk_row(struct import_walk *walk, const struct row *row, struct err *err)
{
    if (row_is_blank(row))
        return true;
    walk_begin_row(walk, row);
    walk->report->rows++;
    if (walk->report->rows % PROGRESS_ROWS == 0 && !walk_progress(walk, err))
        return false;
    walk_late(walk, row);
    if (row_has_too_many(walk, row)) {
        walk_trouble(walk, TROUBLE_REJECT, NULL, row->cells[walk->plan->lead],
                     "more cells than headers");
        return true;
    }
    const struct import_column *column;
    walk_take(walk, &walk->who);
    const char *reject = walk_who(walk, &column);
    if (reject != NULL) {
        walk_trouble(walk, TROUBLE_REJECT, column, cell_of(walk, column), reject);
        return true;
    }
    walk_take(walk, &walk->rest);
    reject = walk->endless ? walk_when(walk) : NULL;
    if (reject != NULL) {
        walk_trouble(walk, TROUBLE_REJECT, NULL, walk->state.handle, reject);
        return true;
    }
    return walk_put(walk, err);
}

void walk_release(struct import_walk *walk)
{
    seen_release(&walk->seen);
    arena_release(&walk->scratch);
    buf_release(&walk->key);
    buf_release(&walk->card);
    free(walk->written);
    free(walk->who.items);
    free(walk->rest.items);
    free(walk->snapshots.items);
    for (size_t i = 0; i < WALK_SETS; i++) {
        free(walk->sets[i].items);
        buf_release(&walk->sets[i].joined);
    }
}

bool import_run(const struct import_plan *plan, struct source *source,
                const struct record_sink *sink, const struct import_listener *listener,
                struct import_report *report, struct err *err)
{
    assert(plan->importer != NULL && plan->missing == NULL && source->taken == 0);
    struct import_walk *walk = mem_zero(1, sizeof *walk);
    *report = (struct import_report){0};
    walk->plan = plan;
    walk->source = source;
    walk->sink = sink;
    walk->listener = listener;
    walk->report = report;
    walk_compile(walk);
    bool ok = sink->begin(sink->self, err);
    if (ok) {
        ok = plan->importer->run(plan, source, walk, err) && walk_progress(walk, err);
        if (ok)
            walk_tell_mixed(walk);
        seen_release(&walk->seen); /* the sink has work of its own at the end */
        ok = sink->end(sink->self, ok, ok ? err : NULL) && ok;
    }
    walk_release(walk);
    free(walk);
    return ok;
}
