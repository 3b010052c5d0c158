#include "creators.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const names[] = {
    "Lena Vogt",     "José Núñez", "ŁUKASZ",    "O'Brien \"Bo\"", "Zoë Åström",
    "Мария Иванова", "ana maria",  "Ana María", "山田 花子",      "x"};
static const char *const bios[] = {"vegan food and travel", "100% Skincare, honest",
                                   "ÉCOLE de danse", "mum of 2 \\ no ads", "follow | like"};
static const char *const niches[] = {"beauty",  "skincare",      "food",   "food travel",
                                     "fitness", "mode-and-more", "ängste", "diy"};
static const char *const tags[] = {"kids", "vip", "do not call", "2026"};
static const char *const countries[] = {"DE", "FR", "US", "BR", "AT"};
static const char *const languages[] = {"de", "en", "fr"};
static const char *const money[] = {"EUR", "USD", "JPY"};

static const char *const cards[] = {"story=90|reel=350.5", "reel=0", "short=120", "video=7"};

static bool chance(struct random *random, unsigned percent)
{
    return random_below(random, 100) < percent;
}

static const char *any(struct random *random, const char *const *from, size_t count)
{
    return from[random_below(random, count)];
}

static void set_text(struct record *record, enum column column, struct random *random,
                     const char *const *from, size_t count, unsigned known)
{
    const char *text = any(random, from, count);

    record_set_text(record, column, chance(random, known) ? text_of(text) : (struct text){0});
}

static int order_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted and distinct, as records want them. */
static void set_set(struct record *record, enum column column, struct random *random,
                    const char *const *from, size_t count, char *out)
{
    const char *words[3];
    size_t chosen = random_below(random, 4), length = 0;

    if (!chosen) {
        record_set_text(record, column, (struct text){0});
        return;
    }
    for (size_t i = 0; i < chosen; i++)
        words[i] = any(random, from, count);
    qsort(words, chosen, sizeof *words, order_words);
    for (size_t i = 0; i < chosen; i++)
        if (!i || strcmp(words[i], words[i - 1]) != 0)
            length += (size_t)sprintf(out + length, "%s%s", length ? "|" : "", words[i]);
    record_set_text(record, column, (struct text){out, length});
}

static void set_number(struct record *record, enum column column, struct random *random,
                       double value, unsigned known)
{
    record_set_number(record, column, chance(random, known) ? value : NAN);
}

static double lognormal(struct random *random, double middle, double spread)
{
    return floor(middle * exp(spread * random_normal(random)));
}

static void set_counts(struct record *record, struct random *random)
{
    double followers = lognormal(random, 20000, 2.2);

    set_number(record, COL_FOLLOWERS, random, followers, 95);
    set_number(record, COL_FOLLOWING, random, lognormal(random, 400, 1), 70);
    set_number(record, COL_POSTS, random, random_below(random, 300), 60);
    set_number(record, COL_CREDIBILITY, random, 0.5 + random_unit(random) / 2, 30);
    set_number(record, COL_AUDIENCE_MARKET, random, random_unit(random), 10);
    set_number(record, COL_LIKES, random, floor(followers * random_unit(random) / 15), 80);
    set_number(record, COL_COMMENTS, random, random_below(random, 40), 75);
    set_number(record, COL_SHARES, random, random_below(random, 20), 40);
    set_number(record, COL_SAVES, random, random_below(random, 20), 40);
    set_number(record, COL_VIEWS, random, floor(followers * random_unit(random)), 60);
    set_number(record, COL_REACH_POST, random, floor(followers * random_unit(random)), 10);
    set_number(record, COL_SAMPLE, random, 5 + (double)random_below(random, 20), 50);
    set_number(record, COL_ER, random, random_unit(random) / 8, 15);
    record_set_text(record, COL_ER_BASIS, TEXT("followers"));
}

static void set_fee(struct record *record, struct random *random)
{
    static const char *const origins[] = {"quoted", "imported", "estimated"};

    /* round fees, so that many are equal; some gifts */
    set_number(record, COL_FEE, random, 5000.0 * (double)random_below(random, 30), 60);
    set_text(record, COL_CURRENCY, random, money, COUNT(money), 50);
    set_text(record, COL_FEE_ORIGIN, random, origins, COUNT(origins), 80);
    set_text(record, COL_FEE_BY_FORMAT, random, cards, COUNT(cards), 50);
}

static void set_times(struct record *record, struct random *random)
{
    static const enum column times[] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT,
                                        COL_ADDED_AT, COL_CHANGED_AT};

    for (size_t i = 0; i < COUNT(times); i++)
        set_number(record, times[i], random,
                   CREATORS_NOW - 86400.0 * (double)random_below(random, 40), 70);
}

static void put(struct record_sink *sink, struct random *random, int64_t id)
{
    struct record record;
    char handle[32], niche[128], tag[128];
    struct err err;
    enum platform platform = (enum platform)random_below(random, PLATFORM_COUNT);

    record_clear(&record);
    record.id = id;
    snprintf(handle, sizeof handle, "%c%c%s%d", 'a' + (int)random_below(random, 26),
             (chance(random, 50) ? 'A' : 'a') + (int)random_below(random, 26),
             chance(random, 50) ? ".x" : "_y", (int)(id % 300));
    record_set_text(&record, COL_PLATFORM, text_of(platforms[platform].word));
    record_set_text(&record, COL_HANDLE, text_of(handle));
    set_text(&record, COL_NAME, random, names, COUNT(names), 80);
    set_text(&record, COL_BIO, random, bios, COUNT(bios), 50);
    set_text(&record, COL_COUNTRY, random, countries, COUNT(countries), 80);
    set_text(&record, COL_LANGUAGE, random, languages, COUNT(languages), 60);
    set_set(&record, COL_NICHE, random, niches, COUNT(niches), niche);
    set_set(&record, COL_TAG, random, tags, COUNT(tags), tag);
    set_counts(&record, random);
    set_fee(&record, random);
    set_times(&record, random);
    sink->put(sink->self, &record, &err);
}

void creators_plan(struct catalog *catalog, struct random *random, uint32_t row, unsigned percent)
{
    enum platform platform = catalog_platform(catalog, row);
    struct planned planned = planned_none();
    enum format format = (enum format)random_below(random, FORMAT_COUNT);

    if (chance(random, percent))
        planned.deliverables = 1 + (unsigned)random_below(random, 4);
    if (chance(random, percent))
        planned.fee = 7500.0 * (double)random_below(random, 6);
    if (formats[format].platform == platform)
        planned.format = format;
    catalog_plan_put(catalog, row, &planned);
}

void creators_fill(struct catalog *catalog, struct random *random, size_t count)
{
    struct record_sink sink = catalog_sink(catalog);
    struct err err;

    sink.begin(sink.self, &err);
    for (size_t i = 0; i < count; i++)
        put(&sink, random, (int64_t)i + 1);
    for (size_t i = 0; i < count / 10; i++) {
        put(&sink, random, (int64_t)random_below(random, count) + 1);
        sink.drop(sink.self, (int64_t)random_below(random, count) + 1, &err);
    }
    sink.end(sink.self, true, &err);
    for (uint32_t row = 0; row < catalog->count; row++) {
        if (!catalog_live(catalog, row))
            continue;
        catalog_tick(catalog, row, chance(random, 10));
        creators_plan(catalog, random, row, 10);
    }
}
