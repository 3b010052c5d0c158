#ifndef MICROSCOPE_DOMAIN_GENERATE_INTERNAL_H
#define MICROSCOPE_DOMAIN_GENERATE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/random.h"
#include "domain/generate.h"

/* What invented people are made of: const tables. */

#define NAME_PARTS 12

/* A given name is one of `native[0]` and one of `native[1]`, a family name one of [2] and one of [3]:
 * each NAME_PARTS words with blanks between, or empty. `latin` has the same for handles, in lower case
 * ASCII, where that is more than taking the accents off; all NULL in Latin scripts. */
struct name_style {
    const char *native[4], *latin[4];
    const char *between; /* given and family name */
    bool family_first;
};

enum style {
    STYLE_ENGLISH,
    STYLE_GERMAN,
    STYLE_DUTCH,
    STYLE_FRENCH,
    STYLE_SPANISH,
    STYLE_PORTUGUESE,
    STYLE_ITALIAN,
    STYLE_SLAVIC,
    STYLE_NORDIC,
    STYLE_BALTIC,
    STYLE_ROMANIAN,
    STYLE_HUNGARIAN,
    STYLE_TURKISH,
    STYLE_MALAY,
    STYLE_VIETNAMESE,
    STYLE_AFRICAN,
    STYLE_CYRILLIC,
    STYLE_GREEK,
    STYLE_ARABIC,
    STYLE_HEBREW,
    STYLE_DEVANAGARI,
    STYLE_HANGUL,
    STYLE_KANA,
    STYLE_HAN,
    STYLE_THAI,
    STYLE_COUNT
};
extern const struct name_style name_styles[STYLE_COUNT];

#define COUNTRY_CITIES 3

struct generate_country {
    const char *code, *language;
    enum style style;
    unsigned weight;
    double fees; /* against the average */
    const char *cities[COUNTRY_CITIES];
};
extern const struct generate_country generate_countries[GENERATE_COUNTRIES];

#define NICHE_WORDS 6
#define NICHE_SAYS 4
#define NICHE_TAGS 5

struct generate_niche {
    const char *word;
    const char *sign;    /* one emoji */
    const char *near[2]; /* niches that often go with it */
    unsigned weight;
    double fees, engagement;         /* against the average */
    const char *parts[NICHE_WORDS];  /* of handles */
    const char *topics[NICHE_WORDS]; /* "good coats", for bios */
    const char *says[NICHE_SAYS];    /* first sentences of bios */
    const char *tags[NICHE_TAGS];
};
extern const struct generate_niche generate_niches[GENERATE_NICHES];

/* Last sentences of bios: in English, or in the creator's language. */
#define BIO_TAILS 24
extern const char *const bio_tails[BIO_TAILS];
struct bio_local {
    const char *language, *says[3];
};
extern const struct bio_local bio_locals[];
extern const size_t bio_local_count;

/* A person and how they present themselves; made anew for each, the memory stays. */
struct persona {
    uint64_t number;
    const struct generate_country *country;
    const struct generate_niche *niche, *second; /* second may be NULL */
    bool native;                                 /* writes in the script of the country */
    struct buf name;                             /* as shown */
    struct buf given, family;                    /* in lower case ASCII */
    struct buf handle;                           /* the one they want, '.' between words */
    struct buf scratch;
    double log_followers; /* natural logarithm, of the first account */
    double taste;         /* how engaged their followers are: a normal value */
};

void persona_release(struct persona *persona);
void persona_make(struct persona *persona, struct random *random,
                  const struct generate_options *options, uint64_t number);
/* The wanted handle as the platform allows it; not unique yet. */
void persona_handle(const struct persona *persona, enum platform platform, struct buf *out);
/* How long a handle of the platform may be. */
size_t handle_limit(enum platform platform);
void persona_bio(const struct persona *persona, struct random *random, struct buf *out);
void persona_tags(const struct persona *persona, struct random *random, struct buf *out);

/* How an audience came about. */
struct course {
    double weekly;     /* logarithm of the growth in a week */
    double viral;      /* how many times as many followers as before; 0: it never happened */
    double true_share; /* of the followers that are people; the rest was bought in one go */
    double weeks_ago;  /* when that happened */
    double fading;     /* logarithm of what engagement loses in a week */
    double season;     /* how far engagement swings with the seasons, below 1 */
    double peak;       /* of the season: weeks after New Year */
};

/* The figures of one account. */
struct account {
    enum platform platform;
    const struct persona *persona;
    double log_followers;
    struct course course;
};

enum platform account_platform(struct random *random);
struct course course_pick(struct random *random, double log_followers);
/* Fills the numbers of the record and its fee words. */
void account_figures(const struct account *account, struct random *random,
                     const struct generate_options *options, struct record *record,
                     struct buf *fee_by_format);
/* The weeks up to the present values of the record into `past`, which holds options->snapshots. */
void account_history(const struct course *course, uint64_t seed,
                     const struct generate_options *options, struct record *record,
                     struct snapshot *past);

/* Creators with something to find, in every set whose niches and countries include theirs. Figures
 * that are not told are unknown. */
struct story {
    uint64_t number;  /* of the person */
    unsigned account; /* which of theirs, from 0 */
    enum platform platform;
    const char *handle, *name, *person, *country, *language, *niche, *tag, *bio;
    double followers, following, posts, credibility, market;
    double likes, comments, shares, views, reach;
    double fee;            /* EUR; 0: gifted */
    double sponsored, age; /* share; days since it was seen */
    struct course course;
};
extern const struct story stories[];
extern const size_t story_count;
/* NULL where that account has none. */
const struct story *story_of(const struct generate_options *options, uint64_t number,
                             unsigned account);
void story_words(const struct story *story, struct record *record);
void story_figures(const struct story *story, const struct generate_options *options,
                   struct record *record);

/* e^x from the four operations, so that every machine agrees to the bit. */
double exact_exp(double x);
/* ln of the followers of a random creator. */
double random_log_followers(struct random *random);

static inline double random_between(struct random *random, double low, double high)
{
    return low + (high - low) * random_unit(random);
}
static inline double random_scatter(struct random *random, double spread)
{
    return exact_exp(spread * random_normal(random));
}
static inline bool random_chance(struct random *random, double chance)
{
    return random_unit(random) < chance;
}
static inline const char *random_word(struct random *random, const char *const *words, size_t count)
{
    return words[random_below(random, count)];
}

#endif
