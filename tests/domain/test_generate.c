#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include "base/date.h"
#include "base/names.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/country.h"
#include "domain/currency.h"
#include "domain/generate.h"

/* What somebody who explores the data would look for: sizes, rates, prices, oddities. */

struct kept {
    enum platform platform;
    double followers, er, fee, credibility, likes, comments, audience_at;
    double jump;   /* greatest factor between two weeks */
    double before; /* followers at the oldest snapshot */
    bool person, counted;
    char country[4], niche[64];
};

struct keeper {
    struct kept *items;
    size_t count, capacity;
    struct names keys, scripts;
    uint64_t hash;
    size_t begun, ended, ended_well, repeats, refuse_at;
    double wanted_snapshots;
};

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ at[i]) * 0x100000001B3u;
    return hash;
}

static void mix_record(struct keeper *keeper, const struct record *record, bool snapshots)
{
    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (!record_has(record, c))
            continue;
        double number = column_is_text(c) ? 0 : record_number(record, c);
        struct text text = column_is_text(c) ? record_text(record, c) : TEXT("");
        keeper->hash = mix(keeper->hash, &c, sizeof c);
        keeper->hash = mix(keeper->hash, &number, sizeof number);
        keeper->hash = mix(keeper->hash, text.at, text.length);
    }
    for (size_t i = 0; snapshots && i < record->snapshot_count; i++)
        keeper->hash = mix(keeper->hash, &record->snapshots[i].followers, sizeof(double));
}

static bool keep_begin(void *self, struct err *err)
{
    (void)err;
    ((struct keeper *)self)->begun++;
    return true;
}

static void copy_word(char *out, size_t size, struct text text)
{
    assert_true(text.length < size);
    memcpy(out, text.at ? text.at : "", text.length);
    out[text.length] = '\0';
}

static void check_set(struct text set)
{
    struct text piece, before = {0};
    while (text_next(&set, '|', &piece)) {
        assert_true(piece.length > 0);
        assert_true(!before.at || text_order(before, piece) < 0);
        before = piece;
    }
}

static void check_record(const struct record *record)
{
    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (!record_has(record, c))
            continue;
        bool listed = false;
        for (size_t i = 0; i < generate_column_count; i++)
            listed = listed || generate_columns[i] == (enum column)c;
        assert_true(listed);
        assert_true(columns[c].stored);
        if (column_is_text(c))
            assert_true(utf8_valid(record_text(record, c)) && record_text(record, c).length > 0);
        else
            assert_true(record_number(record, c) >= 0);
    }
    check_set(record_text(record, COL_NICHE));
    check_set(record_text(record, COL_TAG));
    if (record_has(record, COL_COUNTRY))
        assert_non_null(country_find(record_text(record, COL_COUNTRY)));
    if (record_has(record, COL_FEE))
        assert_int_not_equal(currency_from_code(record_text(record, COL_CURRENCY)), CURRENCY_NONE);
    struct text handle = record_text(record, COL_HANDLE);
    assert_true(text_equal(handle_from(handle), handle));
}

static void keep_history(struct kept *kept, const struct record *record)
{
    kept->before = record->snapshot_count ? record->snapshots[0].followers : kept->followers;
    for (size_t i = 0; i < record->snapshot_count; i++) {
        const struct snapshot *s = &record->snapshots[i];
        double next = i + 1 < record->snapshot_count ? s[1].followers : kept->followers;
        double at = i + 1 < record->snapshot_count ? s[1].at : kept->audience_at;
        assert_true(at - s->at == 7 * DATE_DAY);
        kept->jump = fmax(kept->jump, next / s->followers);
    }
}

static bool keep_put(void *self, const struct record *record, struct err *err)
{
    struct keeper *keeper = self;
    if (keeper->refuse_at && keeper->count + 1 == keeper->refuse_at)
        return err_set(err, "enough");
    check_record(record);
    struct kept kept = {
        .platform = record_platform(record),
        .followers = record_number(record, COL_FOLLOWERS),
        .fee = record_number(record, COL_FEE),
        .credibility = record_number(record, COL_CREDIBILITY),
        .likes = record_number(record, COL_LIKES),
        .comments = record_number(record, COL_COMMENTS),
        .audience_at = record_number(record, COL_AUDIENCE_AT),
        .person = record_has(record, COL_PERSON),
    };
    double base = platforms[kept.platform].basis == BASIS_VIEWS ? record_number(record, COL_VIEWS)
                                                                : kept.followers;
    kept.er = (kept.likes + kept.comments) / base;
    copy_word(kept.country, sizeof kept.country, record_text(record, COL_COUNTRY));
    copy_word(kept.niche, sizeof kept.niche, record_text(record, COL_NICHE));
    keep_history(&kept, record);
    struct text handle = record_text(record, COL_HANDLE);
    char key[256];
    assert_true(handle.length + 2 < sizeof key);
    key[0] = (char)('a' + kept.platform);
    handle_key(kept.platform, handle, key + 1);
    if (names_add(&keeper->keys, text_of(key)) != keeper->count)
        keeper->repeats++;
    uint32_t code;
    utf8_decode(record_text(record, COL_NAME), &code);
    char script[8] = {(char)('A' + code / 0x80 % 60), (char)('A' + code / 0x1000 % 60)};
    names_add(&keeper->scripts, text_of(script));
    mix_record(keeper, record, keeper->wanted_snapshots >= 0);
    VEC_PUSH(keeper, kept);
    return true;
}

static bool keep_end(void *self, bool ok, struct err *err)
{
    struct keeper *keeper = self;
    (void)err;
    keeper->ended++;
    keeper->ended_well += ok;
    return true;
}

static struct record_sink sink_of(struct keeper *keeper)
{
    return (struct record_sink){
        .self = keeper, .begin = keep_begin, .put = keep_put, .end = keep_end};
}

static void keeper_release(struct keeper *keeper)
{
    names_release(&keeper->keys);
    names_release(&keeper->scripts);
    free(keeper->items);
    *keeper = (struct keeper){0};
}

static void make(struct keeper *keeper, uint64_t creators, uint64_t seed, unsigned snapshots)
{
    struct generate_options options;
    generate_options_init(&options);
    options.creators = creators;
    options.seed = seed;
    options.snapshots = snapshots;
    struct record_sink sink = sink_of(keeper);
    struct err err;
    assert_true(generate(&options, &sink, &err));
    assert_int_equal(keeper->begun, 1);
    assert_int_equal(keeper->ended_well, 1);
    assert_int_equal(keeper->count, creators);
}

static void the_same_seed_gives_the_same(void **state)
{
    (void)state;
    struct keeper a = {0}, b = {0}, c = {0};
    make(&a, 500, 7, 4);
    make(&b, 500, 7, 4);
    make(&c, 500, 8, 4);
    assert_true(a.hash == b.hash);
    assert_true(a.hash != c.hash);
    keeper_release(&a);
    keeper_release(&b);
    keeper_release(&c);
}

/* So that a larger set for measuring begins like a small one, and history is an addition. */
static void the_first_do_not_depend_on_the_rest(void **state)
{
    (void)state;
    struct keeper few = {0}, many = {0};
    make(&few, 300, 3, 0);
    make(&many, 2000, 3, 26);
    for (size_t i = 0; i < few.count; i++) {
        assert_true(few.items[i].followers == many.items[i].followers);
        assert_true(few.items[i].fee == many.items[i].fee || isnan(few.items[i].fee));
        assert_string_equal(few.items[i].niche, many.items[i].niche);
    }
    keeper_release(&few);
    keeper_release(&many);
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median ER of a platform between two sizes. */
static double median_er(const struct keeper *keeper, enum platform platform, double from, double to)
{
    double *rates = calloc(keeper->count, sizeof *rates);
    size_t count = 0;
    for (size_t i = 0; i < keeper->count; i++) {
        const struct kept *k = &keeper->items[i];
        if (k->platform == platform && k->followers >= from && k->followers < to && !isnan(k->er))
            rates[count++] = k->er;
    }
    assert_true(count > 30);
    qsort(rates, count, sizeof *rates, by_number);
    double median = rates[count / 2];
    free(rates);
    return median;
}

static void sizes_rates_and_prices_are_as_told(void **state)
{
    (void)state;
    struct keeper all = {0};
    make(&all, 20000, 1, 0);
    size_t micro = 0, fees = 0, hidden = 0, stale = 0, people = 0, million = 0;
    unsigned seen = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct kept *k = &all.items[i];
        assert_true(k->followers >= 300 && k->followers <= 30e6);
        micro += k->followers >= 1e3 && k->followers <= 100e3;
        million += k->followers >= 1e6;
        fees += !isnan(k->fee);
        hidden += isnan(k->likes) && !isnan(k->comments);
        stale += k->audience_at < 1794787200 - 20 * DATE_DAY;
        people += k->person;
        seen |= 1u << k->platform;
    }
    double n = (double)all.count;
    assert_true(micro / n > 0.73 && micro / n < 0.78);
    assert_true(million / n > 0.02 && million / n < 0.06);
    assert_true(fees / n > 0.57 && fees / n < 0.64);
    assert_true(hidden / n > 0.015 && hidden / n < 0.06);
    assert_true(stale / n > 0.06 && stale / n < 0.12);
    assert_true(people / n > 0.1 && people / n < 0.3);
    assert_int_equal(__builtin_popcount(seen), 8);
    assert_true(all.scripts.count >= 10);
    assert_int_equal(all.repeats, 0);
    double small = median_er(&all, PLATFORM_INSTAGRAM, 1e3, 5e3);
    assert_true(small > 1.5 * median_er(&all, PLATFORM_INSTAGRAM, 50e3, 200e3));
    double clip =
        median_er(&all, PLATFORM_TIKTOK, 1e3, 5e3) / median_er(&all, PLATFORM_TIKTOK, 50e3, 200e3);
    assert_true(clip > 0.85 && clip < 1.15);
    keeper_release(&all);
}

static void some_bought_and_some_went_viral(void **state)
{
    (void)state;
    struct keeper all = {0};
    make(&all, 3000, 5, 26);
    size_t bought = 0, viral = 0, doubtful = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct kept *k = &all.items[i];
        bought += k->jump > 1.6;
        doubtful += k->jump > 1.6 && k->credibility < 0.62;
        viral += k->jump <= 1.6 && k->followers > 1.8 * k->before;
    }
    assert_true(bought > 40 && bought < 200);
    assert_true(doubtful > 15);
    assert_true(viral > 10 && viral < 100);
    keeper_release(&all);
}

static void a_refusing_sink_ends_it(void **state)
{
    (void)state;
    struct keeper keeper = {.refuse_at = 10};
    struct generate_options options;
    generate_options_init(&options);
    options.creators = 100;
    struct record_sink sink = sink_of(&keeper);
    struct err err;
    assert_false(generate(&options, &sink, &err));
    assert_string_equal(err.message, "enough");
    assert_int_equal(keeper.ended, 1);
    assert_int_equal(keeper.ended_well, 0);
    keeper_release(&keeper);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same),
        cmocka_unit_test(the_first_do_not_depend_on_the_rest),
        cmocka_unit_test(sizes_rates_and_prices_are_as_told),
        cmocka_unit_test(some_bought_and_some_went_viral),
        cmocka_unit_test(a_refusing_sink_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
