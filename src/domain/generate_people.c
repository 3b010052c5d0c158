#include "generate_internal.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"

/* Who somebody is: country, niche, name, handle, bio. */

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

static struct text syllable(const char *list, size_t place)
{
    struct text rest = text_of(list), piece = TEXT("");
    for (size_t i = 0; i <= place && text_next(&rest, ' ', &piece); i++)
        continue;
    return piece;
}

/* Two syllables: of the given name from part 0 on, of the family name from part 2 on. */
static void add_name(struct buf *out, const char *const *parts, const size_t *places, int from)
{
    for (int i = from; i < from + 2; i++)
        buf_add_text(out, syllable(parts[i], places[i]));
}

static void add_capital(struct buf *out, const char *name)
{
    buf_add_char(out, (char)(name[0] - 'a' + 'A'));
    buf_add_string(out, name + 1);
}

static void name_person(struct persona *persona, struct random *random)
{
    const struct name_style *style = &name_styles[persona->country->style];
    size_t places[4];
    for (int i = 0; i < 4; i++)
        places[i] = (size_t)random_below(random, NAME_PARTS);
    struct buf name = BUF_INIT;
    char *latins[2] = {persona->given, persona->family};
    for (int i = 0; i < 2; i++) {
        buf_clear(&name);
        add_name(&name, style->latin, places, 2 * i);
        snprintf(latins[i], sizeof persona->given, "%s", buf_string(&name));
    }
    buf_clear(&name);
    if (random_chance(random, style->latin_script ? 1 : 0.6)) {
        add_name(&name, style->native, places, style->family_first ? 2 : 0);
        buf_add_string(&name, style->between);
        add_name(&name, style->native, places, style->family_first ? 0 : 2);
    } else { /* as it would be typed on an English keyboard */
        add_capital(&name, persona->given);
        buf_add_char(&name, ' ');
        add_capital(&name, persona->family);
    }
    snprintf(persona->name, sizeof persona->name, "%s", buf_string(&name));
    buf_release(&name);
}

void persona_make(struct persona *persona, struct random *random,
                  const struct generate_options *options, uint64_t number)
{
    *persona = (struct persona){
        .number = number,
        .country = pick_country(random, options->countries),
        .niche = pick_niche(random, options->niches),
    };
    const struct generate_niche *second = pick_niche(random, options->niches);
    if (second != persona->niche && random_chance(random, 0.35))
        persona->second = second;
    name_person(persona, random);
    persona->log_followers = random_log_followers(random);
    persona->taste = random_normal(random);
}

static void handle_given_niche(const struct persona *p, const char *word, const char *other,
                               struct buf *out)
{
    (void)other;
    buf_addf(out, "%s.%s", p->given, word);
}

static void handle_niche_by(const struct persona *p, const char *word, const char *other,
                            struct buf *out)
{
    (void)other;
    buf_addf(out, "%s.by.%s", word, p->given);
}

static void handle_whole(const struct persona *p, const char *word, const char *other,
                         struct buf *out)
{
    (void)word;
    (void)other;
    buf_addf(out, "%s%s", p->given, p->family);
}

static void handle_initial(const struct persona *p, const char *word, const char *other,
                           struct buf *out)
{
    (void)other;
    buf_addf(out, "%s%s.%c", word, p->given, p->family[0]);
}

static void handle_two_words(const struct persona *p, const char *word, const char *other,
                             struct buf *out)
{
    buf_addf(out, "%s.and.%s", word, strcmp(word, other) ? other : p->given);
}

static void handle_family(const struct persona *p, const char *word, const char *other,
                          struct buf *out)
{
    (void)other;
    buf_addf(out, "%s.%s", word, p->family);
}

static void (*const handle_patterns[])(const struct persona *persona, const char *word,
                                       const char *other, struct buf *out) = {
    handle_given_niche, handle_niche_by,  handle_whole,
    handle_initial,     handle_two_words, handle_family,
};

void persona_handle(const struct persona *persona, struct random *random, enum platform platform,
                    struct buf *out)
{
    size_t from = out->length;
    const char *word = random_word(random, persona->niche->parts, NICHE_WORDS);
    const char *other = random_word(random, persona->niche->parts, NICHE_WORDS);
    handle_patterns[random_below(random, COUNT_OF(handle_patterns))](persona, word, other, out);
    /* These two allow no dots. */
    if (platform == PLATFORM_X || platform == PLATFORM_TWITCH)
        for (size_t i = from; i < out->length; i++)
            if (out->at[i] == '.')
                out->at[i] = '_';
}

static const char *tail(const struct persona *persona, struct random *random)
{
    size_t own = 0;
    while (own < bio_local_count &&
           strcmp(bio_locals[own].language, persona->country->language) != 0)
        own++;
    if (own < bio_local_count && random_chance(random, 0.5))
        return bio_locals[own].says[random_below(random, 2)];
    return random_word(random, bio_tails, BIO_TAILS);
}

void persona_bio(const struct persona *persona, struct random *random, struct buf *out)
{
    static const char *const signs[] = {" ✨", " 🌿", " ☕", " 📍", " 💛", " 🎬"};
    buf_add_string(out, random_word(random, persona->niche->says, NICHE_WORDS));
    if (persona->second && random_chance(random, 0.6))
        buf_addf(out, " Some %s too.", persona->second->word);
    if (random_chance(random, 0.8))
        buf_addf(out, " %s", tail(persona, random));
    if (random_chance(random, 0.2))
        buf_add_string(out, random_word(random, signs, COUNT_OF(signs)));
}

void persona_tags(const struct persona *persona, struct random *random, struct buf *out)
{
    const char *chosen[NICHE_TAGS];
    size_t count = 0;
    for (int i = 0; i < NICHE_TAGS; i++) {
        if (!random_chance(random, 0.36))
            continue;
        size_t at = count++;
        for (; at > 0 && strcmp(chosen[at - 1], persona->niche->tags[i]) > 0; at--)
            chosen[at] = chosen[at - 1];
        chosen[at] = persona->niche->tags[i];
    }
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%s%s", i ? "|" : "", chosen[i]);
}
