#include "ui/theme.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

static const struct colour no_colour = {
    .rgb = THEME_NO_COLOUR, .index = THEME_DEFAULT, .plain = THEME_DEFAULT};

/* What stays of a role without any colour. */
static const unsigned mono_attributes[ROLE_COUNT] = {
    [ROLE_TITLE] = THEME_BOLD,    [ROLE_KEY] = THEME_BOLD,       [ROLE_STAR] = THEME_BOLD,
    [ROLE_CHANGED] = THEME_BOLD,  [ROLE_CURSOR] = THEME_BOLD,    [ROLE_CELL] = THEME_REVERSE,
    [ROLE_TAB] = THEME_REVERSE,   [ROLE_FIELD] = THEME_REVERSE,  [ROLE_ALERT] = THEME_REVERSE,
    [ROLE_OWN] = THEME_UNDERLINE, [ROLE_CHIP] = THEME_UNDERLINE, [ROLE_MATCH] = THEME_UNDERLINE,
};

void theme_mono(struct theme *out)
{
    *out = (struct theme){.name = "mono", .title = "Without colours"};
    for (size_t i = 0; i < ROLE_COUNT; i++)
        out->styles[i] = (struct theme_style){.on = no_colour,
                                              .fore = no_colour,
                                              .attributes = mono_attributes[i],
                                              .mono = mono_attributes[i]};
}

bool theme_has_ground(const struct theme *theme)
{
    const struct colour *ground = &theme->styles[ROLE_TEXT].on;
    return ground->rgb != THEME_NO_COLOUR || ground->index != THEME_DEFAULT;
}

int theme_colours(const struct theme *theme)
{
    enum { OWN = 8, MANY = 256 };
    int most = 0;
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        const struct colour colours[] = {theme->styles[i].fore, theme->styles[i].on};
        for (size_t k = 0; k < COUNT_OF(colours); k++)
            if (colours[k].rgb != THEME_NO_COLOUR)
                return MANY;
            else if (colours[k].index != THEME_DEFAULT)
                most = OWN;
    }
    return most;
}

struct theme_style theme_look(const struct theme *theme, enum role role, enum role surface)
{
    struct theme_style look = theme->styles[role];
    if (!roles[surface].has_surface)
        surface = ROLE_TEXT;
    const struct theme_style *below = &theme->styles[surface];
    look.on = below->on;
    if (roles[surface].calls_out || role == ROLE_TEXT)
        look.fore = below->fore;
    look.attributes |= below->attributes;
    look.mono |= below->mono;
    return look;
}

/* "did you mean" for an error, or nothing. */
static bool unknown_word(const struct doc_node *node, const char *what, const void *words,
                         size_t count, size_t stride, struct err *err)
{
    bool is_key = text_known(node->key);
    struct text word = is_key ? node->key : node->value;
    size_t line = is_key ? node->key_line : node->line;
    size_t column = is_key ? node->key_column : node->column;
    const char *near = nearest_word(word, words, count, stride);
    int shown = word.length < 60 ? (int)word.length : 60;
    if (near)
        return err_at(err, line, column, "unknown %s '%.*s', did you mean '%s'?", what, shown,
                      word.at, near);
    return err_at(err, line, column, "unknown %s '%.*s'", what, shown, word.at);
}

static bool hex_digit(char c, uint32_t *value)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    if (!at)
        return false;
    size_t place = (size_t)(at - digits);
    *value = (uint32_t)(place < 16 ? place : place - 6);
    return true;
}

/* A number from `least` to `most`, nothing else. */
static bool read_number(struct text text, unsigned least, unsigned most, uint16_t *out)
{
    unsigned number = 0;
    bool good = text.length > 0 && text.length <= 3;
    for (size_t i = 0; good && i < text.length; i++) {
        good = text.at[i] >= '0' && text.at[i] <= '9';
        number = number * 10 + (unsigned)(text.at[i] - '0');
    }
    *out = (uint16_t)number;
    return good && number >= least && number <= most;
}

/* "e4e8ef/254": true colour, and the one of the 256 for terminals that have no more. */
static bool read_true(struct text before, struct text after, struct colour *out)
{
    enum { DIGITS = 6, FIRST_FIXED = 16, LAST_FIXED = 255 };
    uint32_t digit;
    if (before.length != DIGITS || !read_number(after, FIRST_FIXED, LAST_FIXED, &out->index))
        return false;
    out->rgb = 0;
    for (size_t i = 0; i < DIGITS; i++) {
        if (!hex_digit(before.at[i], &digit))
            return false;
        out->rgb = out->rgb << 4 | digit;
    }
    return true;
}

/* "default", "2", or "8/7": of the terminal's own, and which where it has only eight. */
static bool read_own(struct text before, struct text after, struct colour *out)
{
    enum { PLAIN = 7, BRIGHT = 15 };
    bool same = !text_known(after);
    if (same && text_is(before, "default"))
        return true;
    if (!read_number(before, 0, same ? PLAIN : BRIGHT, &out->index))
        return false;
    out->plain = out->index;
    if (!same && text_is(after, "default"))
        out->plain = THEME_DEFAULT;
    else if (!same)
        return read_number(after, 0, PLAIN, &out->plain);
    return true;
}

static bool read_colour(const struct doc_node *node, struct colour *out, struct err *err)
{
    struct text before = node->value, after = {0};
    size_t slash;
    if (node->kind == DOC_SCALAR && text_find(node->value, TEXT("/"), &slash)) {
        before = text_part(node->value, 0, slash);
        after = text_part(node->value, slash + 1, node->value.length);
    }
    *out = no_colour;
    if (node->kind == DOC_SCALAR && read_true(before, after, out))
        return true;
    *out = no_colour;
    if (node->kind == DOC_SCALAR && read_own(before, after, out))
        return true;
    return err_at(err, node->line, node->column,
                  "'%.*s' needs a colour as RRGGBB/INDEX with an index from 16 to 255, like "
                  "e4e8ef/254, or one of the terminal's own: default, 0 to 7, or 8/7",
                  (int)node->key.length, node->key.at);
}

static const struct {
    const char *name;
    enum theme_attribute attribute;
} attributes[] = {
    {"bold", THEME_BOLD},
    {"reverse", THEME_REVERSE},
    {"underline", THEME_UNDERLINE},
};

/* One word or a list of them. */
static bool read_attributes(const struct doc_node *node, unsigned *out, struct err *err)
{
    const struct doc_node *word = node->kind == DOC_LIST ? node->first : node;
    for (; word; word = node->kind == DOC_LIST ? word->next : NULL) {
        size_t i = 0;
        while (i < COUNT_OF(attributes) &&
               !(word->kind == DOC_SCALAR && text_is(word->value, attributes[i].name)))
            i++;
        if (i == COUNT_OF(attributes)) {
            struct doc_node plain = *word;
            plain.key = (struct text){NULL, 0};
            return unknown_word(&plain, "attribute", &attributes[0].name, COUNT_OF(attributes),
                                sizeof attributes[0], err);
        }
        *out |= attributes[i].attribute;
    }
    return true;
}

static bool read_style(const struct doc_node *node, enum role role, struct theme_style *out,
                       struct err *err)
{
    static const char *const keys[] = {"fore", "on", "attributes"};
    if (node->kind != DOC_MAP)
        return err_at(err, node->line, node->column, "role '%s' needs a map with fore%s",
                      roles[role].name, roles[role].has_surface ? " and on" : "");
    bool has_fore = doc_find(node, "fore") != NULL, has_on = doc_find(node, "on") != NULL;
    *out = (struct theme_style){.on = no_colour, .fore = no_colour, .mono = mono_attributes[role]};
    for (const struct doc_node *part = node->first; part; part = part->next) {
        bool good;
        if (text_is(part->key, "fore"))
            good = read_colour(part, &out->fore, err);
        else if (text_is(part->key, "on"))
            good = read_colour(part, &out->on, err);
        else if (text_is(part->key, "attributes"))
            good = read_attributes(part, &out->attributes, err);
        else
            good = unknown_word(part, "key", keys, COUNT_OF(keys), sizeof keys[0], err);
        if (!good)
            return false;
    }
    if (!has_fore)
        return err_at(err, node->line, node->column, "role '%s' has no fore", roles[role].name);
    if (has_on != roles[role].has_surface)
        return err_at(err, node->line, node->column,
                      has_on ? "role '%s' lies on others and takes no on" : "role '%s' has no on",
                      roles[role].name);
    return true;
}

static bool read_roles(const struct doc_node *map, struct theme *out, struct err *err)
{
    if (map->kind != DOC_MAP)
        return err_at(err, map->line, map->column, "'roles' needs a map of roles");
    bool seen[ROLE_COUNT] = {false};
    for (const struct doc_node *node = map->first; node; node = node->next) {
        enum role role;
        if (!role_find(node->key, &role))
            return unknown_word(node, "role", &roles[0].name, ROLE_COUNT, sizeof roles[0], err);
        if (!read_style(node, role, &out->styles[role], err))
            return false;
        seen[role] = true;
    }
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (!seen[i])
            return err_at(err, map->line, map->column, "role '%s' is missing", roles[i].name);
    return true;
}

/* A name or title; cut at a character where it is too long. */
static bool read_string(const struct doc_node *node, char *out, size_t size, struct err *err)
{
    if (node->kind != DOC_SCALAR || !node->value.length)
        return err_at(err, node->line, node->column, "'%.*s' needs a text", (int)node->key.length,
                      node->key.at);
    size_t length = 0;
    while (length < node->value.length && utf8_next(node->value, length) < size)
        length = utf8_next(node->value, length);
    memcpy(out, node->value.at, length);
    out[length] = '\0';
    return true;
}

bool theme_read(const struct doc *doc, struct theme *out, struct err *err)
{
    static const char *const keys[] = {"name", "title", "light", "roles"};
    const struct doc_node *root = doc->root;
    if (!root || root->kind != DOC_MAP)
        return err_at(err, root ? root->line : 1, root ? root->column : 1,
                      "a theme needs a map with name, title, light and roles");
    struct theme theme = {0};
    for (const struct doc_node *node = root->first; node; node = node->next) {
        bool good;
        if (text_is(node->key, "name"))
            good = read_string(node, theme.name, sizeof theme.name, err);
        else if (text_is(node->key, "title"))
            good = read_string(node, theme.title, sizeof theme.title, err);
        else if (text_is(node->key, "light"))
            good = doc_bool(node, &theme.light, err);
        else if (text_is(node->key, "roles"))
            good = read_roles(node, &theme, err);
        else
            good = unknown_word(node, "key", keys, COUNT_OF(keys), sizeof keys[0], err);
        if (!good)
            return false;
    }
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (!doc_find(root, keys[i]) && (!text_is(TEXT("light"), keys[i]) ||
                                         !doc_find(root, "roles") || theme_has_ground(&theme)))
            return err_at(err, root->line, root->column, "'%s' is missing", keys[i]);
    *out = theme;
    return true;
}

/* Relative luminance of a colour, as WCAG 2 defines it. */
static double luminance(uint32_t rgb)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double part = (rgb >> (16 - 8 * i) & 0xFF) / 255.0;
        sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double colour_contrast(uint32_t rgb_a, uint32_t rgb_b)
{
    double a = luminance(rgb_a), b = luminance(rgb_b);
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

uint32_t colour_of_index(uint16_t index)
{
    enum { CUBE = 16, GREYS = 232 };
    static const uint8_t levels[] = {0, 95, 135, 175, 215, 255};
    if (index >= GREYS)
        return (8u + 10u * (index - GREYS)) * 0x010101u;
    if (index < CUBE)
        return THEME_NO_COLOUR;
    unsigned at = index - CUBE;
    return (uint32_t)levels[at / 36] << 16 | (uint32_t)levels[at / 6 % 6] << 8 | levels[at % 6];
}
