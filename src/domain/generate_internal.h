#ifndef MICROSCOPE_DOMAIN_GENERATE_INTERNAL_H
#define MICROSCOPE_DOMAIN_GENERATE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/random.h"
#include "domain/generate.h"

/* What invented people are made of: const tables. */

#define NAME_PARTS 10

/* A given name is one of `native[0]` and one of `native[1]`, a family name one of [2] and one of [3]:
 * each NAME_PARTS syllables with blanks between, or empty. The first of a name has a capital where the
 * script knows them. `latin` has the same for handles, in lower case ASCII. */
struct name_style {
    const char *native[4], *latin[4];
    const char *between; /* given and family name */
    bool family_first;
    bool latin_script;
};

enum style {
    STYLE_ENGLISH,
    STYLE_GERMAN,
    STYLE_FRENCH,
    STYLE_IBERIAN,
    STYLE_ITALIAN,
    STYLE_SLAVIC,
    STYLE_NORDIC,
    STYLE_TURKISH,
    STYLE_OPEN,
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

struct generate_country {
    const char *code, *language;
    enum style style;
    unsigned weight;
    double fees; /* against the average */
};
extern const struct generate_country generate_countries[GENERATE_COUNTRIES];

#define NICHE_WORDS 4
#define NICHE_TAGS 5

struct generate_niche {
    const char *word;
    unsigned weight;
    double fees, engagement;        /* against the average */
    const char *parts[NICHE_WORDS]; /* of handles */
    const char *says[NICHE_WORDS];  /* first sentences of bios */
    const char *tags[NICHE_TAGS];
};
extern const struct generate_niche generate_niches[GENERATE_NICHES];

/* Last sentences of bios: in English, or in the creator's language. */
#define BIO_TAILS 12
extern const char *const bio_tails[BIO_TAILS];
struct bio_local {
    const char *language, *says[2];
};
extern const struct bio_local bio_locals[];
extern const size_t bio_local_count;

/* A person and how they present themselves. */
struct persona {
    uint64_t number;
    const struct generate_country *country;
    const struct generate_niche *niche, *second; /* second may be NULL */
    char name[128], given[64], family[64];       /* the latter two in Latin letters for handles */
    double log_followers;                        /* natural logarithm, of the first account */
    double taste; /* how engaged their followers are: a normal value */
};

void persona_make(struct persona *persona, struct random *random,
                  const struct generate_options *options, uint64_t number);
/* A handle; not unique yet. */
void persona_handle(const struct persona *persona, struct random *random, enum platform platform,
                    struct buf *out);
void persona_bio(const struct persona *persona, struct random *random, struct buf *out);
void persona_tags(const struct persona *persona, struct random *random, struct buf *out);

/* The figures of one account. */
struct account {
    enum platform platform;
    const struct persona *persona;
    double log_followers;
    bool first; /* of its person */
};

/* Fills the numbers of the record and its fee words; `past` holds options->snapshots. */
void account_figures(const struct account *account, struct random *random,
                     const struct generate_options *options, struct record *record,
                     struct snapshot *past, struct buf *fee_by_format);
enum platform account_platform(struct random *random);

/* e^x from the four operations, so that every machine agrees to the bit. */
double exact_exp(double x);
/* ln of the followers of a random creator. */
double random_log_followers(struct random *random);
static inline bool random_chance(struct random *random, double chance)
{
    return random_unit(random) < chance;
}
static inline const char *random_word(struct random *random, const char *const *words, size_t count)
{
    return words[random_below(random, count)];
}

#endif
