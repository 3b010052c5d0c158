#include "domain/generate.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "generate_internal.h"

#define STANDARD_DAY 1794787200.0 /* 2026-11-16, a Monday */

const enum column generate_columns[] = {
    COL_PLATFORM,
    COL_HANDLE,
    COL_NAME,
    COL_PERSON,
    COL_COUNTRY,
    COL_LANGUAGE,
    COL_EMAIL,
    COL_URL,
    COL_BIO,
    COL_NICHE,
    COL_TAG,
    COL_FOLLOWERS,
    COL_FOLLOWING,
    COL_POSTS,
    COL_CREDIBILITY,
    COL_LIKES,
    COL_COMMENTS,
    COL_SHARES,
    COL_SAVES,
    COL_VIEWS,
    COL_SAMPLE,
    COL_WINDOW,
    COL_ER,
    COL_ER_BASIS,
    COL_REACH_POST,
    COL_POSTS_30D,
    COL_LAST_POST_AT,
    COL_SPONSORED_SHARE,
    COL_AUDIENCE_MARKET,
    COL_FEE,
    COL_CURRENCY,
    COL_FEE_ORIGIN,
    COL_FEE_BY_FORMAT,
    COL_AUDIENCE_AT,
    COL_ENGAGEMENT_AT,
    COL_FEE_AT,
};
const size_t generate_column_count = COUNT_OF(generate_columns);

void generate_options_init(struct generate_options *options)
{
    *options = (struct generate_options){
        .seed = 1,
        .niches = GENERATE_NICHES,
        .countries = GENERATE_COUNTRIES,
        .now = STANDARD_DAY,
    };
}

/* Which handles are taken: an open hash of 64-bit fingerprints. Two handles with the same one cost
 * the later a needless number behind its name, no more. */
struct taken {
    uint64_t *slots; /* 0: free */
    size_t size, count;
};

static uint64_t fingerprint(enum platform platform, struct text handle)
{
    uint64_t hash = 0xCBF29CE484222325u ^ (uint64_t)platform;
    for (size_t i = 0; i < handle.length; i++)
        hash = (hash ^ (unsigned char)handle.at[i]) * 0x100000001B3u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

static bool taken_put(struct taken *taken, uint64_t print)
{
    size_t at = print & (taken->size - 1);
    for (; taken->slots[at]; at = (at + 1) & (taken->size - 1))
        if (taken->slots[at] == print)
            return false;
    taken->slots[at] = print;
    taken->count++;
    return true;
}

static void taken_grow(struct taken *taken)
{
    struct taken larger = {.size = taken->size ? taken->size * 2 : 1024};
    larger.slots = mem_zero(larger.size, sizeof *larger.slots);
    for (size_t i = 0; i < taken->size; i++)
        if (taken->slots[i])
            taken_put(&larger, taken->slots[i]);
    free(taken->slots);
    *taken = larger;
}

static bool taken_add(struct taken *taken, enum platform platform, struct text handle)
{
    if (taken->count * 2 >= taken->size)
        taken_grow(taken);
    return taken_put(taken, fingerprint(platform, handle));
}

struct maker {
    const struct generate_options *options;
    struct taken taken;
    struct snapshot *past;
    struct record record;
    struct persona persona;
    struct buf handle, person, email, url, bio, niche, tag, fees;
};

static void maker_release(struct maker *maker)
{
    struct buf *bufs[] = {&maker->handle, &maker->person, &maker->email, &maker->url,
                          &maker->bio,    &maker->niche,  &maker->tag,   &maker->fees};
    for (size_t i = 0; i < COUNT_OF(bufs); i++)
        buf_release(bufs[i]);
    persona_release(&maker->persona);
    free(maker->taken.slots);
    free(maker->past);
}

/* The handles of the stories are theirs everywhere, so that there is no mistaking them. */
static void keep_story_handles(struct maker *maker)
{
    for (size_t i = 0; i < story_count; i++)
        for (int platform = 0; platform < PLATFORM_COUNT; platform++)
            taken_add(&maker->taken, (enum platform)platform, text_of(stories[i].handle));
}

/* A handle that is taken gets a number, longer with every try. */
static void make_handle(struct maker *maker, enum platform platform, struct random *random)
{
    struct buf *handle = &maker->handle;
    persona_handle(&maker->persona, platform, handle);
    size_t most = handle_limit(platform), bare = handle->length;
    for (uint64_t digits = 2, bound = 90; !taken_add(&maker->taken, platform, buf_text(handle));
         digits++, bound *= 10) {
        buf_cut(handle, bare + digits > most ? most - digits : bare);
        buf_addf(handle, "%u", (unsigned)(bound / 9 + random_below(random, bound)));
    }
}

static void set_filled(struct record *record, enum column column, const struct buf *text)
{
    if (text->length)
        record_set_text(record, column, buf_text(text));
}

static void make_niche(struct maker *maker)
{
    const char *first = maker->persona.niche->word;
    const char *second = maker->persona.second ? maker->persona.second->word : NULL;
    if (second && strcmp(first, second) > 0) {
        const char *swap = first;
        first = second;
        second = swap;
    }
    buf_clear(&maker->niche);
    buf_addf(&maker->niche, "%s%s%s", first, second ? "|" : "", second ? second : "");
    record_set_text(&maker->record, COL_NICHE, buf_text(&maker->niche));
}

/* Under names that belong to nobody (RFC 2606). */
static void make_addresses(struct maker *maker, struct random *random)
{
    struct text handle = buf_text(&maker->handle);
    buf_clear(&maker->email);
    buf_clear(&maker->url);
    if (random_chance(random, 0.42))
        buf_addf(&maker->email, "%s@example.%s", buf_string(&maker->handle),
                 random_chance(random, 0.7) ? "com" : "org");
    if (random_chance(random, 0.25)) {
        buf_add_string(&maker->url, "https://");
        for (size_t i = 0; i < handle.length; i++)
            if (handle.at[i] != '.' && handle.at[i] != '_')
                buf_add_char(&maker->url, handle.at[i]);
        buf_add_string(&maker->url, ".example");
    }
    set_filled(&maker->record, COL_EMAIL, &maker->email);
    set_filled(&maker->record, COL_URL, &maker->url);
}

static void make_identity(struct maker *maker, enum platform platform, bool several,
                          const struct story *story, struct random *random)
{
    const struct persona *persona = &maker->persona;
    struct record *record = &maker->record;
    buf_clear(&maker->handle);
    buf_clear(&maker->bio);
    buf_clear(&maker->tag);
    if (story)
        buf_add_string(&maker->handle, story->handle);
    else
        make_handle(maker, platform, random);
    record_set_text(record, COL_PLATFORM, text_of(platforms[platform].word));
    record_set_text(record, COL_HANDLE, buf_text(&maker->handle));
    record_set_text(record, COL_NAME, buf_text(&persona->name));
    if (several)
        record_set_text(record, COL_PERSON, buf_text(&maker->person));
    if (random_chance(random, 0.94)) {
        record_set_text(record, COL_COUNTRY, text_of(persona->country->code));
        record_set_text(record, COL_LANGUAGE, text_of(persona->country->language));
    }
    make_addresses(maker, random);
    persona_bio(persona, random, &maker->bio);
    persona_tags(persona, random, &maker->tag);
    set_filled(record, COL_BIO, &maker->bio);
    set_filled(record, COL_TAG, &maker->tag);
    make_niche(maker);
    if (story)
        story_words(story, record);
}

static void make_record(struct maker *maker, struct account *account, bool several,
                        const struct story *story, struct random *random)
{
    if (story)
        account->course = story->course;
    record_clear(&maker->record);
    make_identity(maker, account->platform, several, story, random);
    buf_clear(&maker->fees);
    account_figures(account, random, maker->options, &maker->record, &maker->fees);
    if (story)
        story_figures(story, maker->options, &maker->record);
    account_history(&account->course, random_next(random), maker->options, &maker->record,
                    maker->past);
}

static double clamp_log_followers(double value)
{
    const double least = 5.70379, most = 17.21668; /* 300 and 30 million */
    return value < least ? least : value > most ? most : value;
}

/* How many accounts a person has: mostly one; those of a story as it tells. */
static unsigned count_accounts(const struct maker *maker, struct random *random)
{
    double lot = random_unit(random);
    unsigned told = 0;
    while (story_of(maker->options, maker->persona.number, told))
        told++;
    return told > 0 ? told : lot < 0.015 ? 3 : lot < 0.06 ? 2 : 1;
}

/* One person with their accounts; `most` creators are wanted. */
static bool make_person(struct maker *maker, uint64_t number, uint64_t most,
                        const struct record_sink *sink, uint64_t *made, struct err *err)
{
    struct persona *persona = &maker->persona;
    struct random random;
    random_init(&random, maker->options->seed * 0x9E3779B97F4A7C15u + number);
    persona_make(persona, &random, maker->options, number);
    unsigned accounts = count_accounts(maker, &random), used = 0;
    buf_clear(&maker->person);
    buf_addf(&maker->person, "%s %" PRIu64, buf_string(&persona->name), number);
    for (unsigned i = 0; i < accounts && *made < most; i++) {
        const struct story *story = story_of(maker->options, number, i);
        struct account account = {.persona = persona};
        do
            account.platform = account_platform(&random);
        while (used >> account.platform & 1);
        if (story)
            account.platform = story->platform;
        used |= 1u << account.platform;
        account.log_followers = clamp_log_followers(persona->log_followers +
                                                    (i ? 0.9 * random_normal(&random) - 0.5 : 0));
        account.course = course_pick(&random, account.log_followers);
        make_record(maker, &account, accounts > 1, story, &random);
        if (!sink->put(sink->self, &maker->record, err))
            return false;
        ++*made;
    }
    return true;
}

bool generate(const struct generate_options *options, const struct record_sink *sink,
              struct err *err)
{
    assert(options->niches >= 1 && options->niches <= GENERATE_NICHES);
    assert(options->countries >= 1 && options->countries <= GENERATE_COUNTRIES);
    assert(options->snapshots <= GENERATE_SNAPSHOTS);
    if (!sink->begin(sink->self, err))
        return false;
    struct maker *maker = mem_zero(1, sizeof *maker);
    maker->options = options;
    maker->past = mem_alloc(options->snapshots * sizeof *maker->past);
    keep_story_handles(maker);
    bool ok = true;
    uint64_t made = 0;
    for (uint64_t number = 1; ok && made < options->creators; number++)
        ok = make_person(maker, number, options->creators, sink, &made, err);
    maker_release(maker);
    free(maker);
    bool ended = sink->end(sink->self, ok, ok ? err : NULL);
    return ok && ended;
}
