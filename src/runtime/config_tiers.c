#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "config_internal.h"

/* Tier presets of the user's own: a map from their names to maps of bands, each with the followers it
 * begins at. */

#define FOLLOWERS_MOST 1e12

/* A word that a filter and a command line take as it is. */
static bool read_word(char out[TIER_WORD_MOST + 1], const struct doc_node *node, const char *what,
                      struct err *err)
{
    struct buf safe = BUF_INIT;
    bool ok =
        node->key.length > 0 && node->key.length <= TIER_WORD_MOST && !text_safe(&safe, node->key);
    for (size_t i = 0; i < node->key.length && ok; i++)
        ok = !strchr(" ,:;|<>=!~.&\"'()[]{}*\\/", node->key.at[i]);
    buf_release(&safe);
    if (!ok)
        return err_at(err, node->key_line, node->key_column,
                      "the name of a %s is one word of at most %d letters and digits", what,
                      TIER_WORD_MOST);
    snprintf(out, TIER_WORD_MOST + 1, "%.*s", (int)node->key.length, node->key.at);
    return true;
}

static bool read_followers(const struct doc_node *node, double *from, struct err *err)
{
    struct number_seen seen = {.value = 0};
    bool ok = node->kind == DOC_SCALAR && number_parse(node->value, number_style_english, &seen) &&
              !seen.unknown && !seen.percent && !seen.trailing && seen.value >= 0 &&
              seen.value <= FOLLOWERS_MOST;
    *from = seen.value;
    return ok || err_at(err, node->line, node->column,
                        "'%.*s' needs the followers it begins at, as 5000 or 5k",
                        (int)node->key.length, node->key.at);
}

static bool read_band(struct tier_preset *preset, const struct doc_node *node, struct err *err)
{
    struct tier_band band = {.from = 0};
    if (!read_word(band.word, node, "tier", err) || !read_followers(node, &band.from, err))
        return false;
    if (preset->count == TIER_MOST)
        return err_at(err, node->key_line, node->key_column, "'%s' has more than %d tiers",
                      preset->name, TIER_MOST);
    if (tier_from_word(preset, text_of(band.word)) != TIER_NONE ||
        text_equal_ascii_case(text_of(band.word), TEXT("known")))
        return err_at(err, node->key_line, node->key_column,
                      "'%s' is taken: tiers need names of "
                      "their own",
                      band.word);
    if (preset->count > 0 && band.from <= preset->bands[preset->count - 1].from)
        return err_at(err, node->line, node->column,
                      "'%s' begins no higher than '%s' before it: tiers ascend", band.word,
                      preset->bands[preset->count - 1].word);
    preset->bands[preset->count++] = band;
    return true;
}

static bool read_preset(struct config *config, const struct doc_node *node, struct err *err)
{
    struct tier_own *own = &config->own_tiers;
    struct tier_preset preset = {.count = 0};
    if (!read_word(preset.name, node, "preset", err))
        return false;
    if (tier_find(own, text_of(preset.name)))
        return err_at(err, node->key_line, node->key_column,
                      "there is a preset '%s' already: call yours otherwise", preset.name);
    if (own->count == TIER_OWN_MOST)
        return err_at(err, node->key_line, node->key_column, "at most %d presets", TIER_OWN_MOST);
    if (node->kind != DOC_MAP)
        return err_at(err, node->line, node->column,
                      "'%s' needs its tiers, each with the followers it begins at", preset.name);
    for (const struct doc_node *band = node->first; band; band = band->next)
        if (!read_band(&preset, band, err))
            return false;
    if (preset.count < 2)
        return err_at(err, node->key_line, node->key_column, "'%s' needs two tiers at least",
                      preset.name);
    struct buf line = BUF_INIT;
    config_line(config, node, &line);
    snprintf(preset.source, sizeof preset.source, "yours, %s", buf_string(&line));
    buf_release(&line);
    own->items[own->count++] = preset;
    return true;
}

bool config_read_tier_presets(struct config *config, const struct doc_node *node, struct err *err)
{
    config->own_tiers.count = 0;
    for (const struct doc_node *entry = node->first; entry; entry = entry->next)
        if (!read_preset(config, entry, err))
            return false;
    return true;
}

bool config_read_tiers(struct config *config, const struct doc_node *node, struct err *err)
{
    const char *names[64], *nearest;
    size_t count = 0;
    for (int i = 0; i < tier_choices(&config->own_tiers); i++) {
        const struct tier_preset *preset = tier_choice(&config->own_tiers, i);
        if (text_equal_ascii_case(node->value, text_of(preset->name))) {
            config->tiers = i;
            return true;
        }
        if (count < COUNT_OF(names))
            names[count++] = preset->name;
    }
    nearest = nearest_word(node->value, names, count, sizeof names[0]);
    return err_at(err, node->line, node->column, "there are no tiers '%.*s'%s%s%s",
                  (int)text_part(node->value, 0, 60).length, node->value.at,
                  nearest ? ": did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

void config_tiers_example(struct buf *out)
{
    buf_add_string(out, "#  house:\n#    small: 0\n#    micro: 5k\n#    large: 250k\n");
}
