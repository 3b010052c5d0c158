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
#include "domain/forecast.h"
#include "domain/generate.h"

/* What somebody who explores the data would look for: sizes, rates, prices, oddities. */

#define NOW 1794787200.0 /* 2026-11-16 */

struct kept {
    enum platform platform;
    double followers, following, posts, er, fee, credibility, market;
    double likes, comments, shares, saves, views, reach, stated, stated_basis;
    double audience_at, engagement_at;
    double jump;   /* greatest factor between two weeks */
    double before; /* followers at the oldest snapshot */
    bool person, counted;
    char country[4], niche[64], handle[64];
    bool plain; /* the name is in Latin letters */
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

static bool whole_or_unknown(double count)
{
    return isnan(count) || (count == floor(count) && count >= 0);
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
            assert_true(utf8_valid(record_text(record, c)));
        else if (columns[c].unit == UNIT_COUNT || columns[c].unit == UNIT_AVERAGE)
            assert_true(whole_or_unknown(record_number(record, c)));
        else
            assert_false(record_number(record, c) < 0);
    }
    check_set(record_text(record, COL_NICHE));
    check_set(record_text(record, COL_TAG));
    if (record_has(record, COL_COUNTRY))
        assert_non_null(country_find(record_text(record, COL_COUNTRY)));
    if (record_has(record, COL_FEE))
        assert_int_not_equal(currency_from_code(record_text(record, COL_CURRENCY)), CURRENCY_NONE);
    struct text handle = record_text(record, COL_HANDLE);
    assert_true(text_equal(handle_from(handle), handle));
    for (size_t i = 0; i < handle.length; i++)
        assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", handle.at[i]));
}

/* The last week in which a line is known; NaN where none is. */
static double last_known(const struct record *record, size_t offset)
{
    double last = NAN;
    for (size_t i = 0; i < record->snapshot_count; i++) {
        const char *week = (const char *)&record->snapshots[i];
        double value = *(const double *)(const void *)(week + offset);
        assert_true(whole_or_unknown(value));
        last = isnan(value) ? last : value;
    }
    return last;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Weekly, ascending, and ending in what the record says now. */
static void keep_history(struct kept *kept, const struct record *record)
{
    size_t count = record->snapshot_count;
    kept->before = count ? record->snapshots[0].followers : kept->followers;
    if (count == 0)
        return;
    for (size_t i = 1; i < count; i++) {
        const struct snapshot *s = &record->snapshots[i];
        assert_true(s->at - s[-1].at == 7 * DATE_DAY);
        kept->jump = fmax(kept->jump, s->followers / s[-1].followers);
    }
    double engaged = record_number(record, COL_ENGAGEMENT_AT);
    assert_true(record->snapshots[count - 1].at == kept->audience_at);
    assert_true(record->snapshots[count - 1].followers == kept->followers);
    if (engaged < record->snapshots[0].at)
        return;
    assert_true(same(last_known(record, offsetof(struct snapshot, likes)), kept->likes));
    assert_true(same(last_known(record, offsetof(struct snapshot, views)),
                     record_number(record, COL_VIEWS)));
}

static double stated_basis(const struct record *record)
{
    enum er_basis basis = BASIS_NONE;
    struct text word = record_text(record, COL_ER_BASIS);
    assert_true(!word.length || er_basis_from_word(word, &basis));
    return basis;
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
        .following = record_number(record, COL_FOLLOWING),
        .posts = record_number(record, COL_POSTS),
        .market = record_number(record, COL_AUDIENCE_MARKET),
        .shares = record_number(record, COL_SHARES),
        .saves = record_number(record, COL_SAVES),
        .views = record_number(record, COL_VIEWS),
        .reach = record_number(record, COL_REACH_POST),
        .stated = record_number(record, COL_ER),
        .stated_basis = stated_basis(record),
        .engagement_at = record_number(record, COL_ENGAGEMENT_AT),
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
    copy_word(kept.handle, sizeof kept.handle, record_text(record, COL_HANDLE));
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
    kept.plain = code < 0x370 || (code >= 0x1E00 && code < 0x1F00);
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
    size_t micro = 0, fees = 0, hidden = 0, stale = 0, people = 0, million = 0, exotic = 0;
    unsigned seen = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct kept *k = &all.items[i];
        assert_true(k->followers >= 300 && k->followers <= 30e6);
        micro += k->followers >= 1e3 && k->followers <= 100e3;
        million += k->followers >= 1e6;
        fees += !isnan(k->fee);
        hidden += isnan(k->likes) && !isnan(k->comments);
        stale += k->engagement_at < NOW - 14 * DATE_DAY;
        exotic += !k->plain;
        people += k->person;
        seen |= 1u << k->platform;
    }
    double n = (double)all.count;
    assert_true(micro / n > 0.72 && micro / n < 0.78);
    assert_true(million / n > 0.02 && million / n < 0.06);
    assert_true(fees / n > 0.57 && fees / n < 0.64);
    assert_true(hidden / n > 0.015 && hidden / n < 0.06);
    assert_true(stale / n > 0.08 && stale / n < 0.13);
    assert_true(exotic / n > 0.005 && exotic / n < 0.03);
    assert_true(people / n > 0.06 && people / n < 0.15);
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
    assert_true(bought > 40 && bought < 150);
    assert_true(doubtful > 15);
    assert_true(viral > 10 && viral < 100);
    keeper_release(&all);
}

/* The set that lies in sample-data. */
static void make_sample(struct keeper *keeper)
{
    struct generate_options options;
    generate_options_init(&options);
    options.creators = 1200;
    options.niches = 24;
    options.countries = 30;
    options.snapshots = 26;
    struct record_sink sink = sink_of(keeper);
    struct err err;
    assert_true(generate(&options, &sink, &err));
}

/* The figures of everybody under the default scenario; released with free(). */
static struct figures *forecast_all(const struct keeper *all)
{
    static const size_t offsets[] = {
        offsetof(struct kept, followers),    offsetof(struct kept, following),
        offsetof(struct kept, posts),        offsetof(struct kept, credibility),
        offsetof(struct kept, market),       offsetof(struct kept, likes),
        offsetof(struct kept, comments),     offsetof(struct kept, shares),
        offsetof(struct kept, saves),        offsetof(struct kept, views),
        offsetof(struct kept, reach),        offsetof(struct kept, stated),
        offsetof(struct kept, stated_basis), offsetof(struct kept, fee),
    };
    size_t n = all->count;
    double *numbers = mem_alloc(COUNT_OF(offsets) * n * sizeof *numbers);
    uint8_t *platform = mem_alloc(n);
    struct facts facts = {.count = n, .platform = platform};
    struct cells *cells[] = {
        &facts.followers,       &facts.following, &facts.posts,      &facts.credibility,
        &facts.audience_market, &facts.likes,     &facts.comments,   &facts.shares,
        &facts.saves,           &facts.views,     &facts.reach_post, &facts.er_stated,
        &facts.er_basis,        &facts.fee,
    };
    for (size_t c = 0; c < COUNT_OF(offsets); c++) {
        for (size_t i = 0; i < n; i++)
            memcpy(&numbers[c * n + i], (const char *)&all->items[i] + offsets[c], sizeof *numbers);
        *cells[c] = (struct cells){.kind = CELLS_F64, .f64 = &numbers[c * n]};
    }
    for (size_t i = 0; i < n; i++)
        platform[i] = (uint8_t)all->items[i].platform;
    struct peers peers;
    struct scenario scenario;
    peers_make(&peers, &facts, NULL, NOW);
    scenario_init(&scenario);
    struct assumptions assumptions = {.scenario = &scenario, .peers = &peers, .money_left = NAN};
    struct figures *figures = mem_alloc(n * sizeof *figures);
    for (size_t i = 0; i < n; i++)
        forecast(&facts, &assumptions, i, &figures[i]);
    free(platform);
    free(numbers);
    return figures;
}

static bool has_word(const char *set, const char *word)
{
    struct text rest = text_of(set), piece;
    while (text_next(&rest, '|', &piece))
        if (text_is(piece, word))
            return true;
    return false;
}

/* Somebody with a budget has to find good and bad deals, and no miracles. */
static void deals_are_good_and_bad(void **state)
{
    (void)state;
    static const char *const niches[] = {"beauty", "skincare", "fashion", "fitness", "food",
                                         "travel", "gaming",   "tech",    "home",    "parenting"};
    struct keeper all = {0};
    make_sample(&all);
    struct figures *figures = forecast_all(&all);
    double *rois = mem_alloc(all.count * sizeof *rois);
    size_t known = 0;
    for (size_t i = 0; i < all.count; i++)
        if (!isnan(all.items[i].fee) && !isnan(figures[i].roi))
            rois[known++] = figures[i].roi;
    qsort(rois, known, sizeof *rois, by_number);
    assert_true(rois[known / 2] > -0.3 && rois[known / 2] < 0.1);
    assert_true(rois[known - 1] > 1.5 && rois[known - 1] < 5);
    for (size_t k = 0; k < COUNT_OF(niches); k++) {
        size_t better = 0, worse = 0;
        for (size_t i = 0; i < all.count; i++) {
            const struct kept *creator = &all.items[i];
            if (creator->followers < 1e3 || creator->followers >= 1e5 ||
                !(creator->fee < 500 * 100) || !has_word(creator->niche, niches[k]))
                continue;
            better += figures[i].roi > 0;
            worse += figures[i].roi < 0;
        }
        assert_true(better >= 4 && worse >= 4);
    }
    free(rois);
    free(figures);
    keeper_release(&all);
}

/* A fee that brings back ten times itself would not last, in a large set either. */
static void there_are_no_miracles(void **state)
{
    (void)state;
    struct keeper all = {0};
    make(&all, 20000, 4, 0);
    struct figures *figures = forecast_all(&all);
    double best = -1;
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].fee > 0)
            best = fmax(best, figures[i].roi);
    assert_true(best > 2 && best < 4.5);
    free(figures);
    keeper_release(&all);
}

static const struct kept *told(const struct keeper *all, const char *handle, enum platform platform,
                               size_t *at)
{
    *at = 0;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].platform == platform && strcmp(all->items[i].handle, handle) == 0) {
            *at = i;
            return &all->items[i];
        }
    fail_msg("no %s", handle);
    return NULL;
}

/* What sample-data/README.md says is there. */
static void stories_are_to_be_found(void **state)
{
    (void)state;
    size_t star, macro, jump, library, club, gift, video, clip, photo, abroad, late;
    struct keeper all = {0};
    make_sample(&all);
    struct figures *f = forecast_all(&all);
    told(&all, "glow.by.mina", PLATFORM_INSTAGRAM, &star);
    assert_true(f[star].roi > 1.5 && f[star].er_index > 1.5);
    told(&all, "vera.montalvo.official", PLATFORM_INSTAGRAM, &macro);
    assert_true(f[macro].roi < -0.7);
    assert_true(told(&all, "max.reps", PLATFORM_INSTAGRAM, &jump)->jump > 2);
    assert_true(f[jump].roi > 0 && f[jump].er_index < 0.4);
    assert_true(told(&all, "margin.and.tea", PLATFORM_INSTAGRAM, &gift)->fee == 0);
    told(&all, "the.skincare.library", PLATFORM_INSTAGRAM, &library);
    told(&all, "clay.club", PLATFORM_INSTAGRAM, &club);
    assert_true(fabs(f[library].roi - f[club].roi) < 0.05);
    assert_true(f[library].reach > 1.4 * f[club].reach);
    assert_true(f[club].er_index > 1.8 * f[library].er_index);
    told(&all, "pantry.by.teo", PLATFORM_YOUTUBE, &video);
    told(&all, "pantry.by.teo", PLATFORM_TIKTOK, &clip);
    told(&all, "pantry.by.teo", PLATFORM_INSTAGRAM, &photo);
    assert_true(f[clip].roi > 1 && f[photo].roi < 0.3 && f[video].roi < 0.1);
    told(&all, "neon.noodle", PLATFORM_TIKTOK, &abroad);
    assert_true(f[abroad].roi < 0 && all.items[abroad].market == 0.03);
    assert_true(told(&all, "northern.lens", PLATFORM_INSTAGRAM, &late)->engagement_at <
                NOW - 150 * DATE_DAY);
    free(f);
    keeper_release(&all);
}

static void only_what_is_asked_for(void **state)
{
    (void)state;
    struct keeper all = {0};
    struct generate_options options;
    generate_options_init(&options);
    options.creators = 1500;
    options.niches = 3;
    options.countries = 2;
    struct record_sink sink = sink_of(&all);
    struct err err;
    assert_true(generate(&options, &sink, &err));
    struct names niches = {0}, countries_seen = {0};
    for (size_t i = 0; i < all.count; i++) {
        struct text rest = text_of(all.items[i].niche), niche;
        while (text_next(&rest, '|', &niche))
            names_add(&niches, niche);
        if (all.items[i].country[0])
            names_add(&countries_seen, text_of(all.items[i].country));
    }
    assert_int_equal(niches.count, 3);
    assert_int_equal(countries_seen.count, 2);
    names_release(&niches);
    names_release(&countries_seen);
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
        cmocka_unit_test(deals_are_good_and_bad),
        cmocka_unit_test(there_are_no_miracles),
        cmocka_unit_test(stories_are_to_be_found),
        cmocka_unit_test(only_what_is_asked_for),
        cmocka_unit_test(a_refusing_sink_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
