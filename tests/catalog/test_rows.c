#include "rows_internal.h"

#include <math.h>
#include <string.h>

#include "base/vec.h"

/* How rows come, change, go and are found, and what readers are told of it. */

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* ---- what readers are told ---- */

static void new_rows_are_told_by_the_count_and_changed_ones_by_the_list(void **state)
{
    const struct catalog_change *changes;
    struct catalog catalog;
    uint64_t seen, followers;
    size_t count;

    (void)state;
    catalog_init(&catalog);
    for (int64_t id = 1; id <= 4; id++) {
        const char handle[] = {(char)('a' + id), '\0'};
        put_one(&catalog, id, handle, 5);
    }
    drop(&catalog, 4);
    seen = catalog.revision;
    followers = catalog_revision(&catalog, COL_FOLLOWERS);
    put_one(&catalog, 5, "new", 9);
    assert_int_equal(catalog.count, 5);
    assert_true(catalog.revision > seen);
    assert_true(catalog_revision(&catalog, COL_FOLLOWERS) > followers);
    assert_true(catalog_changes(&catalog, seen, &changes, &count));
    assert_int_equal(count, 0);
    put_one(&catalog, 2, NULL, 6);
    drop(&catalog, 3);
    put_one(&catalog, 4, "back", 7);
    catalog_tick(&catalog, 0, true);
    put_one(&catalog, 5, NULL, 10);
    assert_true(catalog_changes(&catalog, seen, &changes, &count));
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(changes[i].row, ((const uint32_t[]){1, 2, 3, 0, 4})[i]);
    catalog_release(&catalog);
}

static void a_long_load_leaves_the_list_alone(void **state)
{
    const struct catalog_change *changes;
    struct catalog catalog;
    uint64_t seen;
    size_t count;

    (void)state;
    catalog_init(&catalog);
    put_one(&catalog, 1, "first", 1);
    seen = catalog.revision;
    catalog_tick(&catalog, 0, true);
    for (int64_t id = 2; id < 20000; id++) {
        char handle[24];
        snprintf(handle, sizeof handle, "h%d", (int)id);
        put_one(&catalog, id, handle, 1);
    }
    assert_true(catalog_changes(&catalog, seen, &changes, &count));
    assert_int_equal(count, 1);
    assert_int_equal(changes[0].row, 0);
    catalog_release(&catalog);
}

/* ---- random operations beside a plain table ---- */

#define MOST_ROWS 700
#define OPERATIONS 6000
#define KEYS 60

struct plain_row {
    int64_t id;
    enum platform platform;
    char handle[32], bio[700], cards[32];
    unsigned card; /* what a short costs; 0: nobody says */
    bool known_bio, live, ticked;
    double followers;
    struct planned planned;
};

/* What a reader made of the rows, kept by the rules of the header. */
struct reader {
    size_t count;
    uint64_t revision;
    double followers[MOST_ROWS];
    bool live[MOST_ROWS];
    size_t remade;
};

struct table {
    struct random random;
    struct catalog catalog;
    struct plain_row rows[MOST_ROWS];
    size_t count;
    struct reader reader;
    int64_t next_id;
};

static void plain_key(const struct plain_row *row, char key[32])
{
    bool channel = row->platform == PLATFORM_YOUTUBE && strlen(row->handle) == 24 &&
                   !strncmp(row->handle, "UC", 2);

    for (size_t i = 0; i < 32; i++) {
        char c = row->handle[i];
        key[i] = !channel && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
}

static bool same_key(const struct plain_row *a, const struct plain_row *b)
{
    char first[32], second[32];

    plain_key(a, first);
    plain_key(b, second);
    return a->platform == b->platform && !strcmp(first, second);
}

static size_t living_with_key(const struct table *table, const struct plain_row *like,
                              uint32_t *found)
{
    size_t count = 0;

    *found = CATALOG_NONE;
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].live && same_key(&table->rows[i], like)) {
            *found = (uint32_t)i;
            count++;
        }
    return count;
}

static unsigned below(struct table *table, unsigned bound)
{
    return (unsigned)random_below(&table->random, bound);
}

static void draw_identity(struct table *table, struct plain_row *row)
{
    unsigned key = below(table, KEYS);

    row->platform = below(table, 2) ? PLATFORM_YOUTUBE : PLATFORM_X;
    memset(row->handle, 0, sizeof row->handle);
    snprintf(row->handle, sizeof row->handle, key % 5 ? "user%u" : "UCabcdefghijklmnopqrst%02u",
             key);
    for (char *c = row->handle; *c; c++)
        if (*c >= 'a' && *c <= 'z' && !below(table, 6))
            *c = (char)(*c - 32);
}

static double draw_number(struct table *table)
{
    static const double tops[] = {3, 300, 70000, 5e9, 1e15};
    double top = tops[below(table, 40) ? below(table, 3) : below(table, COUNT_OF(tops))];

    return below(table, 8) ? floor(random_unit(&table->random) * top) : NAN;
}

static void draw_bio(struct table *table, struct plain_row *row)
{
    size_t length = below(table, 5) ? below(table, 40) : below(table, sizeof row->bio - 1);

    row->known_bio = below(table, 6);
    for (size_t i = 0; i < length; i++)
        row->bio[i] = (char)('a' + below(table, 26));
    row->bio[length] = '\0';
}

static void draw_card(struct table *table, struct plain_row *row)
{
    row->card = below(table, 3) ? below(table, 100) : 0;
    snprintf(row->cards, sizeof row->cards, "video=5|short=%u.5", row->card);
}

static void set_values(struct record *record, const struct plain_row *row)
{
    record_set_text(record, COL_FEE_BY_FORMAT, row->card ? text_of(row->cards) : (struct text){0});
    record_set_number(record, COL_FOLLOWERS, row->followers);
    record_set_text(record, COL_BIO, row->known_bio ? text_of(row->bio) : (struct text){0});
}

static void set_identity(struct record *record, const struct plain_row *row)
{
    record_set_text(record, COL_PLATFORM, text_of(platforms[row->platform].word));
    record_set_text(record, COL_HANDLE, text_of(row->handle));
}

/* Where several have the key, either may be meant: then, and only then, the catalogue is asked, since
 * asking makes its index. */
static uint32_t expected_by_key(struct table *table, const struct plain_row *like)
{
    uint32_t found;

    if (living_with_key(table, like, &found) > 1)
        found = catalog_find(&table->catalog, like->platform, text_of(like->handle));
    return found;
}

/* It is kept with deliverables or a fee only, and on its platform. */
static void forget_format(struct plain_row *row)
{
    if (!planned_any(&row->planned) || row->platform != PLATFORM_YOUTUBE)
        row->planned.format = FORMAT_NONE;
}

static void put_row(struct table *table, struct plain_row *row, bool identity)
{
    struct record record;

    record_clear(&record);
    record.id = row->id;
    if (identity)
        set_identity(&record, row);
    set_values(&record, row);
    assert_true(put(&table->catalog, &record));
}

/* Without an id the key says who is meant; with a new one, marks go over from who has the key. */
static void put_new(struct table *table, int64_t id)
{
    struct plain_row drawn = {.id = id, .live = true, .planned = planned_none()};
    uint32_t before, at = (uint32_t)table->count;

    if (table->count == MOST_ROWS)
        return;
    draw_identity(table, &drawn);
    before = expected_by_key(table, &drawn);
    if (before != CATALOG_NONE) {
        drawn.ticked = table->rows[before].ticked;
        drawn.planned = table->rows[before].planned;
    }
    if (!id && before != CATALOG_NONE) {
        drawn.id = table->rows[before].id;
        at = before;
    }
    drawn.followers = draw_number(table);
    draw_bio(table, &drawn);
    draw_card(table, &drawn);
    table->rows[at] = drawn;
    table->rows[at].id = id;
    put_row(table, &table->rows[at], true);
    table->rows[at].id = drawn.id;
    table->count += at == table->count;
}

static bool taken(const struct table *table, int64_t id)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].id == id)
            return true;
    return false;
}

static void add_ascending(struct table *table)
{
    while (taken(table, table->next_id))
        table->next_id++;
    put_new(table, table->next_id);
    table->next_id += 1 + below(table, 3);
}

static void add_anywhere(struct table *table)
{
    int64_t id = 1 + below(table, 3000);

    if (!taken(table, id))
        put_new(table, id);
}

static void add_without_id(struct table *table)
{
    put_new(table, 0);
}

static struct plain_row *any_row(struct table *table)
{
    return table->count ? &table->rows[below(table, (unsigned)table->count)] : NULL;
}

/* A tombstone comes back with nothing of old but its marks. */
static void change(struct table *table)
{
    struct plain_row *row = any_row(table);
    bool rename = !below(table, 4);

    if (!row || !row->id)
        return;
    if (rename)
        draw_identity(table, row);
    row->followers = draw_number(table);
    draw_bio(table, row);
    draw_card(table, row);
    row->live = true;
    put_row(table, row, rename);
    forget_format(row);
}

static void drop_any(struct table *table)
{
    struct plain_row *row = any_row(table);

    if (!row || !row->id)
        return;
    drop(&table->catalog, row->id);
    row->live = false;
}

static struct planned draw_planned(struct table *table)
{
    struct planned planned = planned_none();
    static const enum format of[] = {FORMAT_NONE, FORMAT_YOUTUBE_VIDEO, FORMAT_SHORT};

    if (below(table, 2))
        planned.deliverables = below(table, 400);
    if (below(table, 3) == 0)
        planned.fee = below(table, 100000);
    planned.format = of[below(table, COUNT_OF(of))];
    return planned;
}

static void mark(struct table *table)
{
    struct plain_row *row = any_row(table);

    if (!row || !row->live)
        return;
    row->ticked = below(table, 2);
    catalog_tick(&table->catalog, (uint32_t)(row - table->rows), row->ticked);
    if (below(table, 2)) {
        row->planned.deliverables = below(table, 2) ? below(table, 400) : 0;
        catalog_plan(&table->catalog, (uint32_t)(row - table->rows), row->planned.deliverables);
    } else {
        row->planned = draw_planned(table);
        catalog_plan_put(&table->catalog, (uint32_t)(row - table->rows), &row->planned);
    }
    forget_format(row);
}

static void check_found(struct table *table)
{
    struct plain_row *row = any_row(table), drawn;
    int64_t id = 1 + below(table, 3000);
    uint32_t found, other;
    size_t living;

    draw_identity(table, &drawn);
    living = living_with_key(table, &drawn, &other);
    found = catalog_find(&table->catalog, drawn.platform, text_of(drawn.handle));
    if ((found == CATALOG_NONE) != (living == 0))
        fail_msg("%s '%s': found %u, but %zu live, one of them %u", platforms[drawn.platform].word,
                 drawn.handle, found, living, other);
    if (living)
        assert_true(table->rows[found].live && same_key(&table->rows[found], &drawn));
    if (row && row->id)
        assert_int_equal(catalog_find_id(&table->catalog, row->id),
                         row->live ? (uint32_t)(row - table->rows) : CATALOG_NONE);
    if (!taken(table, id))
        assert_int_equal(catalog_find_id(&table->catalog, id), CATALOG_NONE);
}

static void read_row(struct table *table, size_t row)
{
    table->reader.live[row] = catalog_live(&table->catalog, (uint32_t)row);
    table->reader.followers[row] = catalog_number(&table->catalog, COL_FOLLOWERS, (uint32_t)row);
}

static void read_news(struct table *table)
{
    struct reader *reader = &table->reader;
    const struct catalog_change *changes;
    size_t count, from = reader->count;

    if (catalog_changes(&table->catalog, reader->revision, &changes, &count)) {
        for (size_t i = 0; i < count; i++)
            read_row(table, changes[i].row);
    } else {
        from = 0;
        reader->remade++;
    }
    for (; from < table->catalog.count; from++)
        read_row(table, from);
    reader->count = table->catalog.count;
    reader->revision = table->catalog.revision;
    for (size_t row = 0; row < table->count; row++) {
        assert_int_equal(reader->live[row], table->rows[row].live);
        if (table->rows[row].live)
            assert_true(same_number(reader->followers[row], table->rows[row].followers));
    }
}

static void end_batch(struct table *table)
{
    end(&table->catalog);
}

static void check_planned(const struct catalog *catalog, uint32_t i, const struct plain_row *row)
{
    const struct facts *facts = catalog_facts(catalog);
    struct planned planned = catalog_plan_get(catalog, i);
    double asked = row->planned.format == FORMAT_SHORT && row->card ? row->card * 100 + 50 : NAN;

    assert_true(planned_equal(&planned, &row->planned));
    assert_int_equal(catalog_planned(catalog, i), row->planned.deliverables);
    assert_true(same_number(cells_number(&facts->plan_fee, i), row->planned.fee));
    if (row->live && !same_number(cells_number(&facts->format_fee, i), asked))
        fail_msg("row %u asks %g for its format, should be %g", i,
                 cells_number(&facts->format_fee, i), asked);
}

static void check_listed(const struct table *table)
{
    struct bits rows = {0};

    catalog_planned_rows(&table->catalog, &rows);
    for (size_t i = 0; i < table->count; i++)
        assert_int_equal(bits_get(&rows, i),
                         table->rows[i].live && planned_any(&table->rows[i].planned));
    bits_release(&rows);
}

static void check_all(const struct table *table)
{
    const struct catalog *catalog = &table->catalog;
    size_t live = 0, ticked = 0, planned = 0, own = 0;

    assert_int_equal(catalog->count, table->count);
    assert_int_equal(catalog_facts(catalog)->count, table->count);
    for (uint32_t i = 0; i < table->count; i++) {
        const struct plain_row *row = &table->rows[i];
        char key[32];
        assert_int_equal(catalog_live(catalog, i), row->live);
        assert_int_equal(catalog_ticked(catalog, i), row->ticked);
        check_planned(catalog, i, row);
        assert_true(catalog_id(catalog, i) == row->id);
        if (!row->live)
            continue;
        plain_key(row, key);
        live++;
        ticked += row->ticked;
        planned += row->planned.deliverables > 0;
        own += row->planned.format != FORMAT_NONE || !isnan(row->planned.fee);
        assert_int_equal(catalog_platform(catalog, i), row->platform);
        assert_true(text_is(catalog_text(catalog, COL_HANDLE, i), row->handle));
        assert_true(text_is(catalog_key(catalog, i), key));
        assert_true(text_equal(catalog_text(catalog, COL_BIO, i),
                               row->known_bio ? text_of(row->bio) : (struct text){0}));
        assert_true(same_number(catalog_number(catalog, COL_FOLLOWERS, i), row->followers));
        assert_true(
            same_number(cells_number(&catalog_facts(catalog)->followers, i), row->followers));
    }
    assert_int_equal(catalog->live_count, live);
    assert_int_equal(catalog->ticked_count, ticked);
    assert_int_equal(catalog->planned_count, planned);
    assert_int_equal(catalog->own_count, own);
    check_listed(table);
}

/* How often, in a hundred. Looking by key comes late in a round, so that its index is made of rows
 * that came, changed and went before. */
static const struct operation {
    unsigned share;
    void (*run)(struct table *table);
} operations[] = {
    {14, add_ascending}, {4, add_anywhere}, {3, add_without_id}, {45, change},
    {20, drop_any},      {4, mark},         {9, read_news},      {1, end_batch},
};

static void operate(struct table *table)
{
    unsigned at = below(table, 100);

    for (size_t i = 0; i < COUNT_OF(operations); i++) {
        if (at < operations[i].share) {
            operations[i].run(table);
            return;
        }
        at -= operations[i].share;
    }
}

static void random_operations_agree_with_a_plain_table(void **state)
{
    struct table *table = calloc(1, sizeof *table);

    (void)state;
    table->random = seeded();
    for (int round = 0; round < 8; round++) {
        catalog_init(&table->catalog);
        table->count = 0;
        table->reader = (struct reader){.count = 0};
        table->next_id = 1 + below(table, 100);
        for (int i = 0; i < OPERATIONS; i++) {
            operate(table);
            if (i > OPERATIONS / 4 * (round % 4))
                check_found(table);
            if (i % 500 == 0)
                check_all(table);
        }
        read_news(table);
        check_all(table);
        assert_true(table->count > 200);
        catalog_release(&table->catalog);
    }
    free(table);
}

/* Words that differ in their length, their middle or their last byte only. */
static void words_that_look_alike_stay_apart(void **state)
{
    enum { ROWS = 20000 };
    static char words[ROWS][24];
    struct random random = seeded();
    struct catalog catalog;
    struct record record;

    (void)state;
    catalog_init(&catalog);
    for (int i = 0; i < ROWS; i++) {
        size_t length = random_below(&random, sizeof words[i]);
        memset(words[i], 'a', length);
        if (length && random_below(&random, 3))
            words[i][random_below(&random, length)] = (char)('a' + random_below(&random, 3));
        record_clear(&record);
        record.id = i + 1;
        record_set_text(&record, COL_HANDLE, TEXT("h"));
        record_set_text(&record, COL_COUNTRY, text_of(words[i]));
        record_set_text(&record, COL_TAG, text_of(words[i]));
        assert_true(put(&catalog, &record));
    }
    for (uint32_t row = 0; row < ROWS; row++) {
        assert_true(text_is(catalog_text(&catalog, COL_COUNTRY, row), words[row]));
        assert_true(text_is(catalog_text(&catalog, COL_TAG, row), words[row]));
    }
    catalog_release(&catalog);
}

/* ---- finding ---- */

static void ascending_ids_need_no_index_and_keys_none_until_asked(void **state)
{
    struct catalog_memory memory;
    struct catalog catalog;

    (void)state;
    catalog_init(&catalog);
    assert_int_equal(catalog_find(&catalog, PLATFORM_OTHER, TEXT("h8")), CATALOG_NONE);
    assert_int_equal(catalog_find_id(&catalog, 8), CATALOG_NONE);
    for (int64_t id = 3; id < 9000; id += 1 + id % 3) {
        char handle[24];
        snprintf(handle, sizeof handle, "h%d", (int)id);
        put_one(&catalog, id, handle, (double)id);
        if (id == 4000) /* in the middle of it */
            assert_int_equal(catalog_find_id(&catalog, 3), 0);
    }
    catalog_memory(&catalog, &memory);
    assert_int_equal(memory.index, 0);
    for (uint32_t row = 0; row < catalog.count; row++)
        assert_int_equal(catalog_find_id(&catalog, catalog_id(&catalog, row)), row);
    assert_int_equal(catalog_find_id(&catalog, 2), CATALOG_NONE);
    assert_int_equal(catalog_find_id(&catalog, 4), 1);
    assert_int_equal(catalog_find_id(&catalog, 5), CATALOG_NONE);
    assert_int_equal(catalog_find_id(&catalog, 9999), CATALOG_NONE);
    assert_int_equal(catalog_find_id(&catalog, INT64_MAX), CATALOG_NONE);
    assert_int_equal(catalog_find_id(&catalog, INT64_MIN), CATALOG_NONE);
    catalog_memory(&catalog, &memory);
    assert_int_equal(memory.index, 0);
    assert_int_equal(catalog_find(&catalog, PLATFORM_OTHER, TEXT("@H3")), 0);
    put_one(&catalog, 1, "Late", 1); /* below those that are there */
    assert_int_equal(catalog_find(&catalog, PLATFORM_OTHER, TEXT("late")), catalog.count - 1);
    assert_int_equal(catalog_find_id(&catalog, 1), catalog.count - 1);
    catalog_memory(&catalog, &memory);
    assert_true(memory.index > 0 && memory.index < catalog.count * 7 + 20480);
    catalog_release(&catalog);
}

/* A creator under a key it had before is where it was: the walks of the index stay short. */
static void coming_and_going_for_ever_stays_quick_and_small(void **state)
{
    struct catalog_memory memory;
    struct catalog catalog;

    (void)state;
    catalog_init(&catalog);
    add_many(&catalog, 3000);
    for (int i = 0; i < 100000; i++) {
        drop(&catalog, 2);
        put_one(&catalog, 2, i % 2 ? "b" : "c", 1);
        assert_int_equal(catalog_find(&catalog, PLATFORM_OTHER, i % 2 ? TEXT("B") : TEXT("C")), 1);
    }
    assert_int_equal(catalog.by_key->used, catalog.count + 1);
    catalog_memory(&catalog, &memory);
    assert_true(memory.text < 40000);
    catalog_release(&catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_rows_are_told_by_the_count_and_changed_ones_by_the_list),
        cmocka_unit_test(a_long_load_leaves_the_list_alone),
        cmocka_unit_test(random_operations_agree_with_a_plain_table),
        cmocka_unit_test(words_that_look_alike_stay_apart),
        cmocka_unit_test(ascending_ids_need_no_index_and_keys_none_until_asked),
        cmocka_unit_test(coming_and_going_for_ever_stays_quick_and_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
