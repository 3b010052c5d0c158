#include "catalog/catalog.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "catalog_internal.h"
#include "column_internal.h"
#include "domain/currency.h"
#include "index_internal.h"
#include "texts_internal.h"
#include "words_internal.h"

/* The list of changes is cut beyond this many and one in 64 rows. */
#define CHANGES_LEAST ((size_t)4096)

void catalog_init(struct catalog *catalog)
{
    *catalog = (struct catalog){0};
}

void catalog_release(struct catalog *catalog)
{
    if (!catalog)
        return;
    for (int column = 0; column < CATALOG_COLUMNS; column++)
        catalog_column_release(&catalog->columns[column]);
    catalog_column_release(&catalog->key);
    catalog_index_release(&catalog->by_id);
    if (catalog->by_key)
        catalog_index_release(catalog->by_key);
    free(catalog->by_key);
    free(catalog->live);
    free(catalog->platform);
    free(catalog->ticked);
    free(catalog->ids);
    free(catalog->ids_high);
    free(catalog->changes);
    *catalog = (struct catalog){0};
}

void catalog_memory(const struct catalog *catalog, struct catalog_memory *out)
{
    size_t row = sizeof *catalog->live + sizeof *catalog->platform +
                 sizeof *catalog->ids * ((catalog->ids != NULL) + (catalog->ids_high != NULL));
    const struct catalog_column *plan = &catalog->columns[COL_PLAN];

    *out = (struct catalog_memory){0};
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const struct catalog_column *column = &catalog->columns[i];
        row += column == plan ? 0 : catalog_column_cell_size(column);
        catalog_texts_memory(column, &out->text, &out->facts);
        out->text += catalog_words_memory(column);
    }
    out->facts += row * catalog->cleared;
    size_t marks = sizeof *catalog->ticked + catalog_column_cell_size(plan);
    for (int i = COLUMN_COUNT; i < CATALOG_COLUMNS; i++)
        marks += catalog_column_cell_size(&catalog->columns[i]);
    out->marks = marks * catalog->cleared;
    catalog_texts_memory(&catalog->key, &out->index, &out->index);
    out->index += catalog->by_id.size * sizeof *catalog->by_id.slots;
    out->index += catalog->by_key ? catalog->by_key->size * sizeof *catalog->by_key->slots : 0;
    out->index += catalog->change_capacity * sizeof *catalog->changes;
}

/* ---- reading ---- */

const struct facts *catalog_facts(const struct catalog *catalog)
{
    return &catalog->facts;
}

double catalog_number(const struct catalog *catalog, enum column column, uint32_t row)
{
    assert(row < catalog->count);
    if (column == COL_TICKED)
        return catalog->ticked[row];
    if (column_is_text(column))
        return NAN;
    return catalog_column_number(&catalog->columns[column], row);
}

struct text catalog_text(const struct catalog *catalog, enum column column, uint32_t row)
{
    const struct catalog_column *at = &catalog->columns[column];
    const struct vocabulary *vocabulary = vocabulary_of(column);
    double code;

    assert(row < catalog->count);
    if (columns[column].unit == UNIT_TEXT)
        return catalog_texts_get(at, row);
    if (column == COL_PLATFORM)
        return text_of(platforms[catalog->platform[row]].word);
    code = column_is_text(column) ? catalog_column_number(at, row) : NAN;
    if (isnan(code))
        return (struct text){0};
    if (vocabulary)
        return text_of(vocabulary->word((unsigned)code));
    return names_text(&at->words, (uint32_t)code);
}

struct text catalog_key(const struct catalog *catalog, uint32_t row)
{
    struct text key = catalog_texts_get(&catalog->key, row);

    return text_known(key) ? key : catalog_texts_get(&catalog->columns[COL_HANDLE], row);
}

bool catalog_live(const struct catalog *catalog, uint32_t row)
{
    return row < catalog->count && catalog->live[row];
}

int64_t catalog_id(const struct catalog *catalog, uint32_t row)
{
    assert(row < catalog->count);
    return catalog_id_at(catalog, row);
}

enum platform catalog_platform(const struct catalog *catalog, uint32_t row)
{
    assert(row < catalog->count);
    return catalog->platform[row];
}

size_t catalog_word_count(const struct catalog *catalog, enum column column)
{
    return catalog->columns[column].words.count;
}

struct text catalog_word(const struct catalog *catalog, enum column column, uint32_t code)
{
    return names_text(&catalog->columns[column].words, code);
}

struct cells catalog_codes(const struct catalog *catalog, enum column column)
{
    if (column == COL_PLATFORM)
        return (struct cells){.kind = CELLS_U8, .u8 = catalog->platform};
    return catalog_column_cells(&catalog->columns[column]);
}

size_t catalog_member_count(const struct catalog *catalog, enum column column)
{
    return catalog->columns[column].members.count;
}

struct text catalog_member(const struct catalog *catalog, enum column column, uint32_t member)
{
    return names_text(&catalog->columns[column].members, member);
}

size_t catalog_set(const struct catalog *catalog, enum column column, uint32_t code,
                   const uint32_t **members)
{
    const struct catalog_column *at = &catalog->columns[column];

    *members = at->member_codes + at->member_from[code];
    return at->member_from[code + 1] - at->member_from[code];
}

/* ---- changes ---- */

static struct cells cells_of(const struct catalog *catalog, int column)
{
    return catalog_column_cells(&catalog->columns[column]);
}

void catalog_refresh_facts(struct catalog *catalog)
{
    catalog->facts = (struct facts){
        .count = catalog->count,
        .platform = catalog->platform,
        .followers = cells_of(catalog, COL_FOLLOWERS),
        .following = cells_of(catalog, COL_FOLLOWING),
        .posts = cells_of(catalog, COL_POSTS),
        .credibility = cells_of(catalog, COL_CREDIBILITY),
        .audience_market = cells_of(catalog, COL_AUDIENCE_MARKET),
        .jump = cells_of(catalog, COL_JUMP),
        .likes = cells_of(catalog, COL_LIKES),
        .comments = cells_of(catalog, COL_COMMENTS),
        .shares = cells_of(catalog, COL_SHARES),
        .saves = cells_of(catalog, COL_SAVES),
        .views = cells_of(catalog, COL_VIEWS),
        .reach_post = cells_of(catalog, COL_REACH_POST),
        .sample = cells_of(catalog, COL_SAMPLE),
        .window = cells_of(catalog, COL_WINDOW),
        .er_stated = cells_of(catalog, COL_ER),
        .er_basis = cells_of(catalog, COL_ER_BASIS),
        .fee = cells_of(catalog, COL_FEE),
        .fee_origin = cells_of(catalog, COL_FEE_ORIGIN),
        .currency = cells_of(catalog, COL_CURRENCY),
        .planned = cells_of(catalog, COL_PLAN),
        .plan_format = cells_of(catalog, CATALOG_PLAN_FORMAT),
        .plan_fee = cells_of(catalog, CATALOG_PLAN_FEE),
        .format_fee = cells_of(catalog, CATALOG_FORMAT_FEE),
    };
}

static bool is_long(const struct catalog *catalog, size_t changes)
{
    return changes >= CHANGES_LEAST && changes >= catalog->live_count / 64;
}

/* A reader that lags behind the cut list remakes what it has: cheaper than a list of everything. */
static void cut_changes(struct catalog *catalog, uint64_t after)
{
    catalog->changes_after = after;
    catalog->change_count = 0;
}

/* The older half goes: readers that keep up find what they lack in the other. */
static void forget_oldest(struct catalog *catalog)
{
    size_t gone = catalog->change_count / 2;

    catalog->changes_after = catalog->changes[gone - 1].revision;
    catalog->change_count -= gone;
    memmove(catalog->changes, catalog->changes + gone,
            catalog->change_count * sizeof *catalog->changes);
}

static void note_change(struct catalog *catalog, uint32_t row)
{
    if (is_long(catalog, catalog->change_count))
        forget_oldest(catalog);
    catalog->changes = vec_grow(catalog->changes, &catalog->change_capacity,
                                catalog->change_count + 1, sizeof *catalog->changes);
    catalog->changes[catalog->change_count++] = (struct catalog_change){catalog->revision, row};
}

void catalog_touch(struct catalog *catalog, int column)
{
    catalog->columns[column].revision = catalog->revision + 1;
}

void catalog_finish_change(struct catalog *catalog, uint32_t row)
{
    catalog->revision++;
    note_change(catalog, row);
}

bool catalog_put_number(struct catalog *catalog, int column, uint32_t row, double value)
{
    struct catalog_column *at = &catalog->columns[column];
    enum column_put put = catalog_column_put(at, row, value);

    if (put == COLUMN_NARROW) {
        catalog_column_widen(at, value, catalog);
        catalog_refresh_facts(catalog);
        put = catalog_column_put(at, row, value);
    }
    return put == COLUMN_CHANGED;
}

/* ---- marks ---- */

static bool is_own(const struct planned *planned)
{
    return planned->format != FORMAT_NONE || !isnan(planned->fee);
}

void catalog_count_marks(struct catalog *catalog, uint32_t row, bool add)
{
    struct planned planned = catalog_plan_get(catalog, row);
    size_t one = add ? 1 : (size_t)-1;

    catalog->ticked_count += catalog->ticked[row] ? one : 0;
    catalog->planned_count += planned.deliverables ? one : 0;
    catalog->own_count += is_own(&planned) ? one : 0;
}

void catalog_tick(struct catalog *catalog, uint32_t row, bool on)
{
    assert(row < catalog->count);
    if (catalog->ticked[row] == on)
        return;
    catalog_count_marks(catalog, row, false);
    catalog->ticked[row] = on;
    catalog_count_marks(catalog, row, true);
    catalog_touch(catalog, COL_TICKED);
    catalog_finish_change(catalog, row);
}

bool catalog_ticked(const struct catalog *catalog, uint32_t row)
{
    assert(row < catalog->count);
    return catalog->ticked[row];
}

/* ---- what is planned ---- */

static double format_fee(const struct catalog *catalog, uint32_t row)
{
    double format = catalog_column_number(&catalog->columns[CATALOG_PLAN_FORMAT], row);
    double currency = catalog_column_number(&catalog->columns[COL_CURRENCY], row);
    enum platform platform = (enum platform)catalog->platform[row];

    if (isnan(format) || (enum format)format == platforms[platform].format)
        return NAN;
    return fee_of_format(catalog_text(catalog, COL_FEE_BY_FORMAT, row), platform,
                         (enum format)format, isnan(currency) ? CURRENCY_NONE : (unsigned)currency);
}

static bool put_planned(struct catalog *catalog, int column, uint32_t row, double value)
{
    bool changed = catalog_put_number(catalog, column, row, value);

    if (changed)
        catalog_touch(catalog, column);
    return changed;
}

bool catalog_set_planned(struct catalog *catalog, uint32_t row, const struct planned *planned)
{
    bool its = (int)formats[planned->format].platform == catalog->platform[row]; /* never of none */
    double format = its && planned_any(planned) ? (double)planned->format : (double)NAN;
    double count = planned->deliverables ? (double)planned->deliverables : (double)NAN;
    bool changed = put_planned(catalog, COL_PLAN, row, count);

    assert(planned->deliverables <= PLANNED_MOST);
    changed |= put_planned(catalog, CATALOG_PLAN_FORMAT, row, format);
    changed |= put_planned(catalog, CATALOG_PLAN_FEE, row, planned->fee);
    if (changed)
        catalog_touch(catalog, COL_PLAN);
    if (catalog->columns[CATALOG_PLAN_FORMAT].kind != CELLS_NONE)
        put_planned(catalog, CATALOG_FORMAT_FEE, row, format_fee(catalog, row));
    return changed;
}

/* A format of another platform than the creator is on now says nothing. */
static bool drop_format(struct catalog *catalog, uint32_t row, struct planned planned)
{
    planned.format = FORMAT_NONE;
    if (!catalog->live[row]) /* counted when it comes back */
        return catalog_set_planned(catalog, row, &planned);
    catalog_count_marks(catalog, row, false);
    catalog_set_planned(catalog, row, &planned);
    catalog_count_marks(catalog, row, true);
    return true;
}

bool catalog_refresh_format_fee(struct catalog *catalog, uint32_t row)
{
    struct planned planned;

    if (catalog->columns[CATALOG_PLAN_FORMAT].kind == CELLS_NONE)
        return false;
    planned = catalog_plan_get(catalog, row);
    if (planned.format == FORMAT_NONE)
        return false;
    if ((int)formats[planned.format].platform != catalog->platform[row])
        return drop_format(catalog, row, planned);
    return put_planned(catalog, CATALOG_FORMAT_FEE, row, format_fee(catalog, row));
}

void catalog_plan_put(struct catalog *catalog, uint32_t row, const struct planned *planned)
{
    assert(row < catalog->count);
    catalog_count_marks(catalog, row, false);
    bool changed = catalog_set_planned(catalog, row, planned);
    catalog_count_marks(catalog, row, true);
    if (changed)
        catalog_finish_change(catalog, row);
}

struct planned catalog_plan_get(const struct catalog *catalog, uint32_t row)
{
    double format = catalog_column_number(&catalog->columns[CATALOG_PLAN_FORMAT], row);

    return (struct planned){
        .deliverables = catalog_planned(catalog, row),
        .format = isnan(format) ? FORMAT_NONE : (enum format)format,
        .fee = catalog_column_number(&catalog->columns[CATALOG_PLAN_FEE], row),
    };
}

void catalog_plan(struct catalog *catalog, uint32_t row, unsigned deliverables)
{
    struct planned planned = catalog_plan_get(catalog, row);

    planned.deliverables = deliverables;
    catalog_plan_put(catalog, row, &planned);
}

unsigned catalog_planned(const struct catalog *catalog, uint32_t row)
{
    double planned = catalog_column_number(&catalog->columns[COL_PLAN], row);

    return isnan(planned) ? 0 : (unsigned)planned;
}

/* One revision for all of them: `set` tells whether the row had to be changed. */
static void mark_rows(struct catalog *catalog, const struct bits *rows, enum column column,
                      unsigned value,
                      bool (*set)(struct catalog *catalog, uint32_t row, unsigned value))
{
    uint32_t found[BITS_WORD];
    size_t changed = 0;
    bool many = is_long(catalog, bits_total(rows));

    assert(rows->count <= catalog->count);
    for (size_t word = 0; word < bits_words(rows->count); word++) {
        size_t count = bits_list_word(rows->words[word], (uint32_t)(word * BITS_WORD), found);
        for (size_t i = 0; i < count; i++) {
            if (!catalog->live[found[i]] || !set(catalog, found[i], value))
                continue;
            if (changed++ == 0)
                catalog->revision++;
            if (!many)
                note_change(catalog, found[i]);
        }
    }
    if (changed == 0)
        return;
    catalog->columns[column].revision = catalog->revision;
    for (int inner = COLUMN_COUNT; inner < CATALOG_COLUMNS; inner++)
        if (catalog->columns[inner].revision > catalog->revision)
            catalog->columns[inner].revision = catalog->revision;
    if (many)
        cut_changes(catalog, catalog->revision);
}

static bool set_tick(struct catalog *catalog, uint32_t row, unsigned on)
{
    bool changed = catalog->ticked[row] != on;

    catalog->ticked[row] = (uint8_t)on;
    catalog->ticked_count += changed ? (on ? 1 : (size_t)-1) : 0;
    return changed;
}

void catalog_tick_rows(struct catalog *catalog, const struct bits *rows, bool on)
{
    mark_rows(catalog, rows, COL_TICKED, on, set_tick);
}

static bool set_plan(struct catalog *catalog, uint32_t row, unsigned deliverables)
{
    unsigned before = catalog_planned(catalog, row);
    struct planned planned;

    if (before == deliverables)
        return false;
    if (catalog->own_count == 0) {
        catalog_put_number(catalog, COL_PLAN, row, deliverables ? deliverables : NAN);
        catalog->planned_count += (deliverables > 0) - (size_t)(before > 0);
        return true;
    }
    catalog_count_marks(catalog, row, false);
    planned = catalog_plan_get(catalog, row);
    planned.deliverables = deliverables;
    catalog_set_planned(catalog, row, &planned);
    catalog_count_marks(catalog, row, true);
    return true;
}

void catalog_plan_rows(struct catalog *catalog, const struct bits *rows, unsigned deliverables)
{
    assert(deliverables <= PLANNED_MOST);
    mark_rows(catalog, rows, COL_PLAN, deliverables, set_plan);
}

void catalog_ticked_rows(const struct catalog *catalog, struct bits *out)
{
    bits_resize(out, 0);
    bits_resize(out, catalog->count);
    if (catalog->ticked_count == 0)
        return;
    for (size_t row = 0; row < catalog->count; row++) {
        uint64_t bit = catalog->ticked[row] & (catalog->live[row] != 0);
        out->words[row / BITS_WORD] |= bit << row % BITS_WORD;
    }
}

/* ---- notes ---- */

void catalog_note(struct catalog *catalog, uint32_t row, struct text note)
{
    struct catalog_column *column = &catalog->columns[COL_NOTE];
    bool had = text_known(catalog_texts_get(column, row));

    assert(row < catalog->count);
    note = note.length ? note : (struct text){0};
    if ((!had && !text_known(note)) || !catalog_texts_fit(column, row, note.length) ||
        !catalog_texts_put(column, row, note))
        return;
    catalog->note_count += text_known(note) - (size_t)had;
    catalog_touch(catalog, COL_NOTE);
    catalog_finish_change(catalog, row);
}

void catalog_noted_rows(const struct catalog *catalog, struct bits *out)
{
    const struct catalog_column *column = &catalog->columns[COL_NOTE];

    bits_resize(out, 0);
    bits_resize(out, catalog->count);
    for (uint32_t row = 0; catalog->note_count > 0 && row < catalog->count; row++)
        if (catalog->live[row] && text_known(catalog_texts_get(column, row)))
            bits_put(out, row, true);
}

/* ---- rows with marks ---- */

static bool row_is_planned(const struct catalog *catalog, size_t row)
{
    return cells_number(&catalog->facts.planned, row) > 0 ||
           cells_number(&catalog->facts.plan_fee, row) >= 0;
}

void catalog_planned_rows(const struct catalog *catalog, struct bits *out)
{
    bits_resize(out, 0);
    bits_resize(out, catalog->count);
    if (catalog->planned_count == 0 && catalog->own_count == 0)
        return;
    for (size_t row = 0; row < catalog->count; row++) {
        uint64_t bit = catalog->live[row] && row_is_planned(catalog, row);
        out->words[row / BITS_WORD] |= bit << row % BITS_WORD;
    }
}

/* ---- revisions ---- */

uint64_t catalog_revision(const struct catalog *catalog, enum column column)
{
    return catalog->columns[column].revision;
}

bool catalog_changes(const struct catalog *catalog, uint64_t since,
                     const struct catalog_change **changes, size_t *count)
{
    size_t low = 0, high = catalog->change_count;

    if (since < catalog->changes_after)
        return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (catalog->changes[middle].revision > since)
            high = middle;
        else
            low = middle + 1;
    }
    *changes = catalog->changes + low;
    *count = catalog->change_count - low;
    return true;
}
