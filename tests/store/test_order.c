#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/random.h"
#include "store/figures.h"

/* Dated records that name some figures each: in whatever order they come, and in whatever pieces,
 * what is stored is the same, figure by figure. */

#define CREATORS 12
#define RECORDS 40
#define DATES 25
#define FIGURES 10

static const struct figure {
    enum column column, group;
} figures[FIGURES] = {
    {COL_FOLLOWERS, COL_AUDIENCE_AT},
    {COL_POSTS, COL_AUDIENCE_AT},
    {COL_CREDIBILITY, COL_AUDIENCE_AT},
    {COL_LIKES, COL_ENGAGEMENT_AT},
    {COL_VIEWS, COL_ENGAGEMENT_AT},
    {COL_ER, COL_ENGAGEMENT_AT},
    {COL_SAMPLE, COL_ENGAGEMENT_AT},
    {COL_POSTS_30D, COL_ENGAGEMENT_AT},
    {COL_FEE, COL_FEE_AT},
    {COL_FEE_BY_FORMAT, COL_FEE_AT},
};

/* What one record says: of which figures, and when each group was seen (an index, see date_of()). */
struct said {
    int who;
    bool names[FIGURES];
    int audience, engagement, fee;
};

static int date_in(const struct said *said, size_t figure)
{
    if (figures[figure].group == COL_AUDIENCE_AT)
        return said->audience;
    return figures[figure].group == COL_FEE_AT ? said->fee : said->engagement;
}

static double date_of(int index)
{
    return 1700000000 + index * 5 * 86400.0;
}

/* The same record again says the same; in the quarters of a creator's past things stand still. */
static double value_of(int who, size_t figure, int date)
{
    unsigned mixed =
        (unsigned)who * 7919u + (unsigned)figure * 104729u + (unsigned)(date / 2) * 31u;
    enum column column = figures[figure].column;

    if (column == COL_ER || column == COL_CREDIBILITY)
        return (double)(mixed % 97) / 128;
    return (double)(1000 + mixed % 1009);
}

/* A fee of every third creator is in another currency now and then; those have no other sums. */
static const char *currency_of(int who, int date)
{
    return who % 3 == 0 && date % 5 < 2 ? "USD" : "EUR";
}

static const char *basis_of(int who, int date)
{
    static const char *const words[] = {"followers", "views", NULL};

    return words[(who + date) % 3];
}

static const char *formats_of(int who, int date)
{
    static char texts[128][32]; /* those of a batch live together */
    static int turn;
    char *text = texts[turn++ % 128];

    snprintf(text, sizeof texts[0], "reel:%d", 100 + who * 50 + date / 2);
    return text;
}

static void make(struct said *said, struct random *random)
{
    *said = (struct said){.who = (int)random_below(random, CREATORS)};
    said->audience = (int)random_below(random, DATES);
    said->engagement = said->fee = said->audience;
    if (random_below(random, 3) == 0)
        said->engagement = (int)random_below(random, DATES);
    if (random_below(random, 3) == 0)
        said->fee = (int)random_below(random, DATES);
    for (size_t i = 0; i < FIGURES; i++)
        said->names[i] = random_below(random, 3) == 0;
    if (said->who % 3 == 0)
        said->names[9] = false;
}

static struct record record_of(const struct said *said)
{
    static char handles[CREATORS][8];
    char *handle = handles[said->who];

    snprintf(handle, sizeof handles[0], "who%d", said->who);
    struct record record = creator(PLATFORM_TIKTOK, handle);
    for (size_t i = 0; i < FIGURES; i++) {
        int date = date_in(said, i);
        enum column column = figures[i].column;
        if (!said->names[i])
            continue;
        record_set_number(&record, figures[i].group, date_of(date));
        if (column == COL_FEE_BY_FORMAT)
            record_set_text(&record, column, text_of(formats_of(said->who, date)));
        else
            record_set_number(&record, column, value_of(said->who, i, date));
        if (column == COL_ER && basis_of(said->who, date))
            record_set_text(&record, COL_ER_BASIS, text_of(basis_of(said->who, date)));
        if (figures[i].group == COL_FEE_AT)
            record_set_text(&record, COL_CURRENCY, text_of(currency_of(said->who, date)));
    }
    return record;
}

/* ---- what should be there, said plainly ---- */

/* The latest date at which the figure was named; -1: never. */
static int latest(const struct said *all, int who, size_t figure)
{
    int date = -1;

    for (size_t i = 0; i < RECORDS * CREATORS; i++)
        if (all[i].who == who && all[i].names[figure] && date_in(&all[i], figure) > date)
            date = date_in(&all[i], figure);
    return date;
}

static bool named_at(const struct said *all, int who, size_t figure, int date)
{
    for (size_t i = 0; i < RECORDS * CREATORS; i++)
        if (all[i].who == who && all[i].names[figure] && date_in(&all[i], figure) == date)
            return true;
    return false;
}

static void add(char *to, size_t size, const char *text)
{
    size_t length = strlen(to);

    snprintf(to + length, size - length, "%s|", text);
}

static void expect_present(const struct said *all, int who, char *to, size_t size)
{
    static const enum column groups[] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT};
    char number[40];

    to[0] = '\0';
    for (size_t i = 0; i < FIGURES; i++) {
        int date = latest(all, who, i);
        snprintf(number, sizeof number, "%.9g", date < 0 ? 0 : value_of(who, i, date));
        bool text = figures[i].column == COL_FEE_BY_FORMAT;
        add(to, size, date < 0 ? "-" : text ? formats_of(who, date) : number);
        if (figures[i].column == COL_ER)
            add(to, size, date >= 0 && basis_of(who, date) ? basis_of(who, date) : "-");
    }
    for (size_t g = 0; g < 3; g++) {
        int date = -1;
        for (size_t i = 0; i < FIGURES; i++)
            if (figures[i].group == groups[g] && latest(all, who, i) > date)
                date = latest(all, who, i);
        snprintf(number, sizeof number, "%.0f", date_of(date));
        add(to, size, date < 0 ? "-" : number);
        if (g == 2)
            add(to, size, date < 0 ? "-" : currency_of(who, date));
    }
}

static void check_present(const char *path, const struct said *all, int who)
{
    char wanted[600], sql[1200];

    expect_present(all, who, wanted, sizeof wanted);
    snprintf(
        sql, sizeof sql,
        "SELECT ifnull(followers,'-')||'|'||ifnull(posts,'-')||'|'||"
        "ifnull(printf('%%.9g',credibility),'-')||'|'||ifnull(printf('%%.9g',likes),'-')||'|'||"
        "ifnull(printf('%%.9g',views),'-')||'|'||ifnull(printf('%%.9g',er),'-')||'|'||"
        "ifnull(er_basis,'-')||'|'||ifnull(sample,'-')||'|'||ifnull(posts_30d,'-')||'|'||"
        "ifnull(fee,'-')||'|'||ifnull(fee_by_format,'-')||'|'||ifnull(audience_at,'-')||'|'||"
        "ifnull(engagement_at,'-')||'|'||ifnull(fee_at,'-')||'|'||ifnull(currency,'-')||'|'"
        " FROM creator WHERE handle='who%d'",
        who);
    assert_string_equal(oracle(path, sql), wanted);
}

static size_t place_in_snapshot(enum column column)
{
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        if (snapshot_fields[i].column == column)
            return i;
    return SNAPSHOT_FIELDS;
}

static void check_entry(const struct said *all, int who, int date, const struct snapshot *entry)
{
    for (size_t i = 0; i < FIGURES; i++) {
        size_t place = place_in_snapshot(figures[i].column);
        if (place == SNAPSHOT_FIELDS)
            continue;
        double value = entry ? snapshot_value(entry, place) : number_unknown();
        if (!named_at(all, who, i, date))
            assert_false(number_known(value));
        else
            assert_true(value == value_of(who, i, date));
        if (number_known(value) && figures[i].column == COL_FEE)
            assert_true(
                text_equal(snapshot_word(entry, COL_CURRENCY), text_of(currency_of(who, date))));
        const char *basis = basis_of(who, date);
        if (number_known(value) && figures[i].column == COL_ER)
            assert_true(basis ? text_equal(snapshot_word(entry, COL_ER_BASIS), text_of(basis))
                              : !text_known(snapshot_word(entry, COL_ER_BASIS)));
    }
}

static void check_history(struct store *store, const struct said *all, int who)
{
    struct store_history history = {0};
    char sql[80];
    size_t found = 0;

    snprintf(sql, sizeof sql, "SELECT id FROM creator WHERE handle='who%d'", who);
    int64_t id = atoll(oracle(store_path(store), sql));
    assert_true(store_history(store, id, &history, NULL));
    for (int date = 0; date < DATES; date++) {
        const struct snapshot *entry = NULL;
        for (size_t i = 0; i < history.count && !entry; i++)
            if (history.items[i].at == date_of(date))
                entry = &history.items[i];
        found += entry != NULL;
        check_entry(all, who, date, entry);
    }
    assert_true(found == history.count);
    store_history_release(&history);
}

/* ---- two ways in ---- */

static void put_in(struct store *store, const struct said *all, size_t most, struct random *random)
{
    struct record batch[64];

    for (size_t at = 0; at < RECORDS * CREATORS;) {
        size_t count = 1 + (size_t)random_below(random, most);
        for (size_t i = 0; i < count; i++)
            batch[i] = record_of(&all[(at + i) % (RECORDS * CREATORS)]);
        import(store, batch, count);
        at += count;
    }
}

static int by_date(const void *a, const void *b)
{
    const struct said *x = a, *y = b;

    return (x->audience > y->audience) - (x->audience < y->audience);
}

static void shuffle(struct said *all, struct random *random)
{
    for (size_t i = RECORDS * CREATORS; i > 1; i--) {
        size_t j = (size_t)random_below(random, i);
        struct said kept = all[i - 1];
        all[i - 1] = all[j];
        all[j] = kept;
    }
}

/* How many records of the same creator stand before this one. */
static int turn_of(const struct said *all, const struct said *one)
{
    int turn = 0;

    for (const struct said *said = all; said < one; said++)
        turn += said->who == one->who;
    return turn;
}

/* As lists that are imported again and again: each names the creators that are left in the same order. */
static void put_in_lists(struct store *store, const struct said *all)
{
    size_t put = 0;

    for (int turn = 0; put < RECORDS * CREATORS; turn++) {
        struct record list[CREATORS];
        size_t count = 0;
        for (int who = 0; who < CREATORS; who++)
            for (size_t i = 0; i < RECORDS * CREATORS; i++)
                if (all[i].who == who && turn_of(all, &all[i]) == turn)
                    list[count++] = record_of(&all[i]);
        import(store, list, count);
        put += count;
    }
}

/* All that is stored, but for the ids and when it came. */
static void dump(const char *path, char *to, size_t size)
{
    static const char sql[] =
        "SELECT group_concat(line, char(10)) FROM (SELECT handle||':'||ifnull(carried,'')||':'||"
        "ifnull(growth_at,'')||':'||ifnull(growth_now,'')||':'||ifnull(growth_30d_ago,'')||':'||"
        "ifnull(growth_90d_ago,'')||':'||ifnull(jump,'')||':'||(SELECT count(*)||' '||sum(at)||' "
        "'||"
        "ifnull(sum(followers*at),0)||' '||ifnull(sum(likes*at),0) FROM snapshot WHERE creator=id)"
        " AS line FROM creator ORDER BY handle)";

    snprintf(to, size, "%s", oracle(path, sql));
}

static void order_changes_no_figure(void **state)
{
    uint64_t seed = 20261124;
    struct said *all = calloc(RECORDS * CREATORS, sizeof *all);
    struct random random;

    print_message("seed %llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int round = 0; round < 2; round++) {
        static const char *const names[] = {"sorted.db", "one.db", "shuffled.db", "feed.db",
                                            "lists.db"};
        static const size_t most[] = {64, 1, 64, 8, 0};
        char dumps[5][4096];
        for (size_t i = 0; i < RECORDS * CREATORS; i++)
            make(&all[i], &random);
        for (size_t way = 0; way < 5; way++) {
            const char *path = in_folder(state, names[way]);
            remove(path);
            struct store *store = open_for(path, way == 3 ? STORE_FEED : STORE_WRITE);
            if (way == 0)
                qsort(all, RECORDS * CREATORS, sizeof *all, by_date);
            else
                shuffle(all, &random);
            if (most[way])
                put_in(store, all, most[way], &random);
            else
                put_in_lists(store, all);
            for (int who = 0; who < CREATORS; who++) {
                check_present(path, all, who);
                check_history(store, all, who);
            }
            store_close(store);
            dump(path, dumps[way], sizeof dumps[way]);
            assert_string_equal(dumps[way], dumps[0]);
        }
    }
    free(all);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(order_changes_no_figure, folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
