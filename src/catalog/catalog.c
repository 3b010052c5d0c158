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

/* The list of changes is cut beyond this many and one in 64 rows. */
#define CHANGES_LEAST ((size_t)4096)

/* Words with a fixed vocabulary are numbers of domain, not codes of a dictionary. */
static double basis_code(struct text word)
{
    enum er_basis basis;

    return er_basis_from_word(word, &basis) ? basis : NAN;
}

static double origin_code(struct text word)
{
    for (unsigned origin = FEE_QUOTED; origin < FEE_ORIGIN_COUNT; origin++)
        if (text_equal_ascii_case(word, text_of(fee_origin_words[origin])))
            return origin;
    return NAN;
}

static double currency_code(struct text word)
{
    unsigned currency = currency_from_code(word);

    return currency == CURRENCY_NONE ? NAN : currency;
}

static const char *basis_word(unsigned code)
{
    return er_basis_words[code];
}

static const char *origin_word(unsigned code)
{
    return fee_origin_words[code];
}

static const char *currency_word(unsigned code)
{
    return currencies[code].code;
}

static const struct vocabulary vocabularies[] = {
    {COL_ER_BASIS, basis_code, basis_word},
    {COL_FEE_ORIGIN, origin_code, origin_word},
    {COL_CURRENCY, currency_code, currency_word},
};

const struct vocabulary *vocabulary_of(enum column column)
{
    for (size_t i = 0; i < COUNT_OF(vocabularies); i++)
        if (vocabularies[i].column == column)
            return &vocabularies[i];
    return NULL;
}

void catalog_init(struct catalog *catalog)
{
    *catalog = (struct catalog){0};
}

void catalog_release(struct catalog *catalog)
{
    if (!catalog)
        return;
    for (int column = 0; column < COLUMN_COUNT; column++)
        catalog_column_release(&catalog->columns[column]);
    catalog_column_release(&catalog->key);
    catalog_index_release(&catalog->by_id);
    catalog_index_release(&catalog->by_key);
    free(catalog->live);
    free(catalog->platform);
    free(catalog->ticked);
    free(catalog->ids);
    free(catalog->changes);
    *catalog = (struct catalog){0};
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
    if (column == COL_PLATFORM)
        return text_of(platforms[catalog->platform[row]].word);
    if (columns[column].unit == UNIT_TEXT)
        return catalog_column_text(at, row);
    code = column_is_text(column) ? catalog_column_number(at, row) : NAN;
    if (isnan(code))
        return (struct text){0};
    if (vocabulary)
        return text_of(vocabulary->word((unsigned)code));
    return names_text(&at->words, (uint32_t)code);
}

struct text catalog_key(const struct catalog *catalog, uint32_t row)
{
    struct text key = catalog_column_text(&catalog->key, row);

    return text_known(key) ? key : catalog_text(catalog, COL_HANDLE, row);
}

bool catalog_live(const struct catalog *catalog, uint32_t row)
{
    return row < catalog->count && catalog->live[row];
}

int64_t catalog_id(const struct catalog *catalog, uint32_t row)
{
    assert(row < catalog->count);
    return catalog->ids[row];
}

enum platform catalog_platform(const struct catalog *catalog, uint32_t row)
{
    assert(row < catalog->count);
    return catalog->platform[row];
}

uint64_t catalog_hash_id(int64_t id)
{
    return catalog_hash(&id, sizeof id, 0);
}

uint64_t catalog_hash_key(enum platform platform, struct text key)
{
    return catalog_hash(key.at, key.length, platform);
}

uint32_t catalog_find_any_id(const struct catalog *catalog, int64_t id)
{
    uint64_t place = catalog_hash_id(id);
    uint32_t row;

    while ((row = catalog_index_next(&catalog->by_id, &place)) != CATALOG_NONE)
        if (catalog->ids[row] == id)
            return row;
    return CATALOG_NONE;
}

static uint32_t find_key(const struct catalog *catalog, enum platform platform, struct text key)
{
    uint64_t place = catalog_hash_key(platform, key);
    uint32_t row;

    while ((row = catalog_index_next(&catalog->by_key, &place)) != CATALOG_NONE)
        if (catalog->live[row] && catalog->platform[row] == platform &&
            text_equal(catalog_key(catalog, row), key))
            return row;
    return CATALOG_NONE;
}

uint32_t catalog_find_id(const struct catalog *catalog, int64_t id)
{
    uint32_t row = id ? catalog_find_any_id(catalog, id) : CATALOG_NONE;

    return catalog_live(catalog, row) ? row : CATALOG_NONE;
}

struct text catalog_make_key(struct buf *scratch, enum platform platform, struct text handle)
{
    buf_clear(scratch);
    buf_add_repeat(scratch, '\0', handle.length + 1);
    handle_key(platform, handle, scratch->at);
    return (struct text){scratch->at, handle.length};
}

uint32_t catalog_find(const struct catalog *catalog, enum platform platform, struct text handle)
{
    struct buf scratch = BUF_INIT;
    struct text bare = handle_from(handle);
    uint32_t row = CATALOG_NONE;

    if (text_known(bare))
        row = find_key(catalog, platform, catalog_make_key(&scratch, platform, bare));
    buf_release(&scratch);
    return row;
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

static struct cells cells_of(const struct catalog *catalog, enum column column)
{
    return catalog_column_cells(&catalog->columns[column]);
}

/* The arrays may have moved or been widened. */
static void refresh_facts(struct catalog *catalog)
{
    catalog->facts = (struct facts){
        .count = catalog->count,
        .platform = catalog->platform,
        .followers = cells_of(catalog, COL_FOLLOWERS),
        .following = cells_of(catalog, COL_FOLLOWING),
        .posts = cells_of(catalog, COL_POSTS),
        .credibility = cells_of(catalog, COL_CREDIBILITY),
        .audience_market = cells_of(catalog, COL_AUDIENCE_MARKET),
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
    };
}

/* A reader that lags behind the cut list remakes what it has: cheaper than a list of everything. */
static void note_change(struct catalog *catalog, uint32_t row)
{
    if (catalog->change_count >= CHANGES_LEAST &&
        catalog->change_count >= catalog->live_count / 64) {
        catalog->changes_after = catalog->revision - 1;
        catalog->change_count = 0;
    }
    catalog->changes = vec_grow(catalog->changes, &catalog->change_capacity,
                                catalog->change_count + 1, sizeof *catalog->changes);
    catalog->changes[catalog->change_count++] = (struct catalog_change){catalog->revision, row};
}

void catalog_touch(struct catalog *catalog, enum column column)
{
    catalog->columns[column].revision = catalog->revision + 1;
}

void catalog_finish_change(struct catalog *catalog, uint32_t row)
{
    catalog->revision++;
    note_change(catalog, row);
    refresh_facts(catalog);
}

/* ---- marks ---- */

void catalog_count_marks(struct catalog *catalog, uint32_t row, bool add)
{
    size_t ticked = catalog->ticked[row], planned = catalog_planned(catalog, row) > 0;

    catalog->ticked_count = add ? catalog->ticked_count + ticked : catalog->ticked_count - ticked;
    catalog->planned_count =
        add ? catalog->planned_count + planned : catalog->planned_count - planned;
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

void catalog_plan(struct catalog *catalog, uint32_t row, unsigned deliverables)
{
    assert(row < catalog->count && deliverables < UINT16_MAX);
    if (catalog_planned(catalog, row) == deliverables)
        return;
    catalog_count_marks(catalog, row, false);
    catalog_column_put_number(&catalog->columns[COL_PLAN], row, deliverables ? deliverables : NAN,
                              catalog->count, catalog->capacity);
    catalog_count_marks(catalog, row, true);
    catalog_touch(catalog, COL_PLAN);
    catalog_finish_change(catalog, row);
}

unsigned catalog_planned(const struct catalog *catalog, uint32_t row)
{
    double planned = catalog_column_number(&catalog->columns[COL_PLAN], row);

    return isnan(planned) ? 0 : (unsigned)planned;
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
