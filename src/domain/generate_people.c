#include "generate_internal.h"

#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

/* Who somebody is: country, niche, name, handle, bio. */

void persona_release(struct persona *persona)
{
    buf_release(&persona->name);
    buf_release(&persona->given);
    buf_release(&persona->family);
    buf_release(&persona->handle);
    buf_release(&persona->scratch);
}

static const struct generate_country *pick_country(struct random *random, unsigned among)
{
    unsigned total = 0, i = 0;
    for (unsigned k = 0; k < among; k++)
        total += generate_countries[k].weight;
    for (uint64_t left = random_below(random, total); left >= generate_countries[i].weight; i++)
        left -= generate_countries[i].weight;
    return &generate_countries[i];
}

static const struct generate_niche *pick_niche(struct random *random, unsigned among)
{
    unsigned total = 0, i = 0;
    for (unsigned k = 0; k < among; k++)
        total += generate_niches[k].weight;
    for (uint64_t left = random_below(random, total); left >= generate_niches[i].weight; i++)
        left -= generate_niches[i].weight;
    return &generate_niches[i];
}

/* A niche that goes with the first; NULL where none of those is asked for. */
static const struct generate_niche *pick_second(struct random *random,
                                                const struct generate_niche *first, unsigned among)
{
    const char *word = random_word(random, first->near, COUNT_OF(first->near));
    for (unsigned i = 0; i < among; i++)
        if (strcmp(generate_niches[i].word, word) == 0)
            return &generate_niches[i];
    return NULL;
}

static struct text word_at(const char *list, size_t place)
{
    struct text rest = text_of(list), piece = TEXT("");
    for (size_t i = 0; i <= place && text_next(&rest, ' ', &piece); i++)
        continue;
    return piece;
}

/* Two parts: of the given name from 0 on, of the family name from 2 on. */
static void add_name(struct buf *out, const char *const *parts, const size_t *places, int from)
{
    for (int i = from; i < from + 2; i++)
        buf_add_text(out, word_at(parts[i], places[i]));
}

static void add_capital(struct buf *out, struct text word)
{
    size_t at = out->length;
    buf_add_text(out, word);
    if (word.length > 0 && out->at[at] >= 'a' && out->at[at] <= 'z')
        out->at[at] = (char)(out->at[at] - 'a' + 'A');
}

/* In lower case ASCII, without blanks. */
static void add_plain(struct buf *out, struct text text)
{
    size_t from = out->length, to = from;
    utf8_ascii(out, text);
    for (size_t i = from; i < out->length; i++) {
        char c = out->at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z')
            out->at[to++] = c;
    }
    buf_cut(out, to);
}

static bool writes_latin(const struct name_style *style)
{
    return style->latin[0] == NULL;
}

static void name_latin(struct persona *persona, const struct name_style *style,
                       const size_t *places)
{
    struct buf *outs[2] = {&persona->given, &persona->family};
    for (int i = 0; i < 2; i++) {
        buf_clear(outs[i]);
        if (!writes_latin(style)) {
            add_name(outs[i], style->latin, places, 2 * i);
            continue;
        }
        buf_clear(&persona->scratch);
        add_name(&persona->scratch, style->native, places, 2 * i);
        add_plain(outs[i], buf_text(&persona->scratch));
    }
}

/* In the script of the country, or as it would be typed on an English keyboard. */
static void name_person(struct persona *persona, struct random *random)
{
    const struct name_style *style = &name_styles[persona->country->style];
    size_t places[4];
    for (int i = 0; i < 4; i++)
        places[i] = (size_t)random_below(random, NAME_PARTS);
    name_latin(persona, style, places);
    buf_clear(&persona->name);
    if (writes_latin(style) || persona->native) {
        add_name(&persona->name, style->native, places, style->family_first ? 2 : 0);
        buf_add_string(&persona->name, style->between);
        add_name(&persona->name, style->native, places, style->family_first ? 0 : 2);
    } else {
        add_capital(&persona->name, buf_text(&persona->given));
        buf_add_char(&persona->name, ' ');
        add_capital(&persona->name, buf_text(&persona->family));
    }
}

/* Patterns of handles: G given name, F family name, I its first letter, P and Q parts of the niche,
 * N its word, C a city, B what brands call themselves; all else stands for itself, but that + parts
 * the words of a brand's name only. */
/* clang-format off */
static const struct handle_pattern {
    const char *pattern;
    unsigned weight;
    bool brand; /* shows itself instead of the person's name */
} handle_patterns[] = {
    {"P.by.G", 10},       {"P.G", 9},           {"G.P", 8},              {"G.F", 9},
    {"GF", 6},            {"G.I", 3},           {"its.G.F", 3},          {"hey.G.P", 3},
    {"G.in.C", 4},        {"GPs", 3},           {"P_G", 4},              {"G_F", 5},
    {"P.with.G", 5},      {"F.P", 4},           {"dr.P.G", 1},           {"N.with.GF", 4},
    {"the.N.B", 5, true}, {"P.B", 6, true},     {"P+B", 4, true},        {"P.and.Q", 4, true},
    {"C.N.B", 3, true},   {"P.of.C", 3, true},  {"little.P.B", 3, true}, {"N_B", 2, true},
};
/* clang-format on */

static const char *const brand_words[] = {
    "library", "club",   "diaries", "corner", "studio",  "lab",     "house", "notes",
    "daily",   "loft",   "journal", "post",   "society", "kitchen", "desk",  "tales",
    "academy", "garden", "cabinet", "report", "almanac", "bureau",
};

static const struct handle_pattern *pick_pattern(struct random *random)
{
    unsigned total = 0;
    size_t i = 0;
    for (size_t k = 0; k < COUNT_OF(handle_patterns); k++)
        total += handle_patterns[k].weight;
    for (uint64_t left = random_below(random, total); left >= handle_patterns[i].weight; i++)
        left -= handle_patterns[i].weight;
    return &handle_patterns[i];
}

static void add_sign(struct persona *persona, struct random *random, char sign, size_t part)
{
    const struct generate_niche *niche = persona->niche;
    size_t other = (part + 1 + (size_t)random_below(random, NICHE_WORDS - 1)) % NICHE_WORDS;
    const struct {
        char sign;
        struct text word;
    } words[] = {
        {'G', buf_text(&persona->given)},
        {'F', buf_text(&persona->family)},
        {'I', text_part(buf_text(&persona->family), 0, 1)},
        {'P', text_of(niche->parts[part])},
        {'Q', text_of(niche->parts[other])},
        {'N', text_of(niche->word)},
        {'C', text_of(random_word(random, persona->country->cities, COUNTRY_CITIES))},
        {'B', text_of(random_word(random, brand_words, COUNT_OF(brand_words)))},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (words[i].sign == sign) {
            add_plain(&persona->handle, words[i].word);
            return;
        }
    buf_add_char(&persona->handle, sign);
}

static bool between_words(char c)
{
    return c == '.' || c == '_' || c == '+';
}

/* The words of a brand's handle as its name: "The Skincare Library", "Needle and Yarn". */
static void name_brand(struct persona *persona)
{
    struct text handle = buf_text(&persona->handle);
    buf_clear(&persona->name);
    for (size_t from = 0, to; from < handle.length; from = to + 1) {
        for (to = from; to < handle.length && !between_words(handle.at[to]); to++)
            continue;
        struct text word = text_part(handle, from, to - from);
        if (from > 0)
            buf_add_char(&persona->name, ' ');
        if (text_is(word, "and") || text_is(word, "of"))
            buf_add_text(&persona->name, word);
        else
            add_capital(&persona->name, word);
    }
}

static void wish_handle(struct persona *persona, struct random *random)
{
    const struct handle_pattern *pattern = pick_pattern(random);
    size_t part = (size_t)random_below(random, NICHE_WORDS);
    buf_clear(&persona->handle);
    for (const char *sign = pattern->pattern; *sign; sign++)
        add_sign(persona, random, *sign, part);
    if (pattern->brand)
        name_brand(persona);
}

/* In a small set a few names show their script; in a large one they are as rare as in real lists of
 * Western marketers. */
static bool pick_native(struct random *random, uint64_t number)
{
    return random_chance(random, number < 2000 ? 0.3 : 0.06);
}

void persona_make(struct persona *persona, struct random *random,
                  const struct generate_options *options, uint64_t number)
{
    persona->number = number;
    persona->country = pick_country(random, options->countries);
    persona->niche = pick_niche(random, options->niches);
    persona->second = NULL;
    if (random_chance(random, 0.35))
        persona->second = pick_second(random, persona->niche, options->niches);
    persona->native = pick_native(random, number);
    name_person(persona, random);
    wish_handle(persona, random);
    persona->log_followers = random_log_followers(random);
    persona->taste = random_normal(random);
}

/* What platforms allow between words, and how much of it all. */
static const struct {
    char between;
    size_t most;
} handle_rules[PLATFORM_COUNT] = {
    [PLATFORM_INSTAGRAM] = {'.', 30}, [PLATFORM_TIKTOK] = {'.', 24},
    [PLATFORM_YOUTUBE] = {'.', 30},   [PLATFORM_X] = {'_', 15},
    [PLATFORM_TWITCH] = {'_', 25},    [PLATFORM_FACEBOOK] = {'.', 40},
    [PLATFORM_LINKEDIN] = {'-', 40},  [PLATFORM_PINTEREST] = {'_', 30},
    [PLATFORM_OTHER] = {'.', 40},
};

size_t handle_limit(enum platform platform)
{
    return handle_rules[platform].most;
}

/* One that is too long goes without signs between the words before it is cut. */
void persona_handle(const struct persona *persona, enum platform platform, struct buf *out)
{
    char between = handle_rules[platform].between;
    struct text wanted = buf_text(&persona->handle);
    bool tight = wanted.length > handle_rules[platform].most;
    buf_clear(out);
    for (size_t i = 0; i < wanted.length && out->length < handle_rules[platform].most; i++) {
        char c = wanted.at[i];
        if (c == '+' || (between_words(c) && tight))
            continue;
        buf_add_char(out, between_words(c) && between != '.' ? between : c);
    }
}

/* T and U topics of the niche, C the city; all else stands for itself. */
static const char *const bio_patterns[] = {
    "All about T.",
    "Mostly T, sometimes U.",
    "T and U.",
    "Obsessed with T.",
    "T for beginners.",
    "Notes on T and U.",
    "T, U and a bit of mess.",
    "What I learn about T.",
    "A small page about T.",
    "T from C.",
    "Too much T, too little time.",
    "Here for T. Staying for U.",
    "T, one post at a time.",
    "T and other reasons to stay up.",
};

static void bio_pattern(const struct persona *persona, struct random *random, struct buf *out)
{
    const char *pattern = random_word(random, bio_patterns, COUNT_OF(bio_patterns));
    size_t one = (size_t)random_below(random, NICHE_WORDS);
    size_t other = (one + 1 + (size_t)random_below(random, NICHE_WORDS - 1)) % NICHE_WORDS;
    const char *city = random_word(random, persona->country->cities, COUNTRY_CITIES);
    for (const char *c = pattern; *c; c++) {
        bool alone = (c == pattern || c[-1] == ' ') && !(c[1] >= 'a' && c[1] <= 'z');
        const char *word = !alone      ? NULL
                           : *c == 'T' ? persona->niche->topics[one]
                           : *c == 'U' ? persona->niche->topics[other]
                           : *c == 'C' ? city
                                       : NULL;
        if (word && c == pattern)
            add_capital(out, text_of(word));
        else if (word)
            buf_add_string(out, word);
        else
            buf_add_char(out, *c);
    }
}

static const char *tail(const struct persona *persona, struct random *random)
{
    bool latin = writes_latin(&name_styles[persona->country->style]);
    size_t own = 0;
    while (own < bio_local_count &&
           strcmp(bio_locals[own].language, persona->country->language) != 0)
        own++;
    bool at_home = random_chance(random, 0.5) && (latin || persona->native);
    if (own < bio_local_count && at_home)
        return random_word(random, bio_locals[own].says, COUNT_OF(bio_locals[own].says));
    return random_word(random, bio_tails, BIO_TAILS);
}

void persona_bio(const struct persona *persona, struct random *random, struct buf *out)
{
    if (random_chance(random, 0.4))
        buf_add_string(out, random_word(random, persona->niche->says, NICHE_SAYS));
    else
        bio_pattern(persona, random, out);
    if (persona->second && random_chance(random, 0.6))
        buf_addf(out, " Some %s too.", persona->second->word);
    if (random_chance(random, 0.7))
        buf_addf(out, " %s", tail(persona, random));
    if (random_chance(random, 0.2))
        buf_addf(out, " 📍 %s", random_word(random, persona->country->cities, COUNTRY_CITIES));
    if (random_chance(random, 0.25))
        buf_addf(out, " %s", persona->niche->sign);
}

void persona_tags(const struct persona *persona, struct random *random, struct buf *out)
{
    const char *chosen[NICHE_TAGS + 1];
    size_t count = 0;
    for (int i = 0; i <= NICHE_TAGS; i++) {
        const char *tag = i < NICHE_TAGS ? persona->niche->tags[i] : "ugc";
        if (!random_chance(random, i < NICHE_TAGS ? 0.36 : 0.06))
            continue;
        size_t at = count++;
        for (; at > 0 && strcmp(chosen[at - 1], tag) > 0; at--)
            chosen[at] = chosen[at - 1];
        chosen[at] = tag;
    }
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%s%s", i ? "|" : "", chosen[i]);
}
