#include "domain/generate.h"

#include <assert.h>
#include <math.h>
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
    struct buf handle, person, email, url, bio, niche, tag, fees;
};

static void maker_release(struct maker *maker)
{
    struct buf *bufs[] = {&maker->handle, &maker->person, &maker->email, &maker->url,
                          &maker->bio,    &maker->niche,  &maker->tag,   &maker->fees};
    for (size_t i = 0; i < COUNT_OF(bufs); i++)
        buf_release(bufs[i]);
    free(maker->taken.slots);
    free(maker->past);
}

static void make_handle(struct maker *maker, const struct account *account, struct random *random)
{
    struct buf *handle = &maker->handle;
    buf_clear(handle);
    persona_handle(account->persona, random, account->platform, handle);
    size_t bare = handle->length;
    for (uint64_t most = 90; !taken_add(&maker->taken, account->platform, buf_text(handle));
         most *= 4) {
        buf_cut(handle, bare);
        buf_addf(handle, "%u", (unsigned)(10 + random_below(random, most)));
    }
    record_set_text(&maker->record, COL_HANDLE, buf_text(handle));
}

static void set_filled(struct record *record, enum column column, const struct buf *text)
{
    if (text->length)
        record_set_text(record, column, buf_text(text));
}

static void make_niche(struct maker *maker, const struct persona *persona)
{
    const char *first = persona->niche->word;
    const char *second = persona->second ? persona->second->word : NULL;
    if (second && strcmp(first, second) > 0) {
        const char *swap = first;
        first = second;
        second = swap;
    }
    buf_clear(&maker->niche);
    buf_addf(&maker->niche, "%s%s%s", first, second ? "|" : "", second ? second : "");
    record_set_text(&maker->record, COL_NICHE, buf_text(&maker->niche));
}

/* Addresses end in .example, which belongs to nobody (RFC 2606). */
static void make_identity(struct maker *maker, const struct account *account, bool several,
                          struct random *random)
{
    const struct persona *persona = account->persona;
    struct record *record = &maker->record;
    struct buf *bufs[] = {&maker->email, &maker->url, &maker->bio, &maker->tag};
    for (size_t i = 0; i < COUNT_OF(bufs); i++)
        buf_clear(bufs[i]);
    record_set_text(record, COL_PLATFORM, text_of(platforms[account->platform].word));
    make_handle(maker, account, random);
    record_set_text(record, COL_NAME, text_of(persona->name));
    if (several)
        record_set_text(record, COL_PERSON, buf_text(&maker->person));
    if (random_chance(random, 0.94)) {
        record_set_text(record, COL_COUNTRY, text_of(persona->country->code));
        record_set_text(record, COL_LANGUAGE, text_of(persona->country->language));
    }
    if (random_chance(random, 0.35))
        buf_addf(&maker->email, "hello@%s%s.example", persona->given, persona->family);
    if (random_chance(random, 0.25))
        buf_addf(&maker->url, "https://%s%s.example", persona->given, persona->family);
    persona_bio(persona, random, &maker->bio);
    persona_tags(persona, random, &maker->tag);
    set_filled(record, COL_EMAIL, &maker->email);
    set_filled(record, COL_URL, &maker->url);
    set_filled(record, COL_BIO, &maker->bio);
    set_filled(record, COL_TAG, &maker->tag);
    make_niche(maker, persona);
}

static double clamp_log_followers(double value)
{
    const double least = 5.70379, most = 17.21668; /* 300 and 30 million */
    return value < least ? least : value > most ? most : value;
}

/* One person with their one to three accounts; `most` more are wanted. */
static bool make_person(struct maker *maker, uint64_t number, uint64_t most,
                        const struct record_sink *sink, uint64_t *made, struct err *err)
{
    struct random random;
    random_init(&random, maker->options->seed * 0x9E3779B97F4A7C15u + number);
    struct persona persona;
    persona_make(&persona, &random, maker->options, number);
    double lot = random_unit(&random);
    unsigned accounts = lot < 0.03 ? 3 : lot < 0.10 ? 2 : 1, used = 0;
    buf_clear(&maker->person);
    buf_addf(&maker->person, "%s.%s.%u", persona.given, persona.family, (unsigned)number);
    for (unsigned i = 0; i < accounts && *made < most; i++) {
        struct account account = {.persona = &persona, .first = i == 0};
        do
            account.platform = account_platform(&random);
        while (used >> account.platform & 1);
        used |= 1u << account.platform;
        account.log_followers = clamp_log_followers(persona.log_followers +
                                                    (i ? 0.9 * random_normal(&random) - 0.5 : 0));
        record_clear(&maker->record);
        make_identity(maker, &account, accounts > 1, &random);
        buf_clear(&maker->fees);
        account_figures(&account, &random, maker->options, &maker->record, maker->past,
                        &maker->fees);
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
    bool ok = true;
    uint64_t made = 0;
    for (uint64_t number = 1; ok && made < options->creators; number++)
        ok = make_person(maker, number, options->creators, sink, &made, err);
    maker_release(maker);
    free(maker);
    struct err ending;
    bool ended = sink->end(sink->self, ok, ok ? err : &ending);
    return ok && ended;
}
