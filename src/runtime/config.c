#include "runtime/config.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/doc.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "config_internal.h"
#include "runtime/data.h"
#include "runtime/places.h"

const char *const config_origins[ORIGIN_COUNT] = {
    [ORIGIN_DEFAULT] = "default",
    [ORIGIN_FILE] = "file",
    [ORIGIN_ENVIRONMENT] = "environment",
    [ORIGIN_OPTION] = "option",
};

static void keep(struct config *config, enum setting_id id, enum config_origin origin,
                 const struct doc_node *node)
{
    struct buf *value = &config->set[id].value;
    config->set[id].origin = origin;
    config->set[id].line = node->line;
    buf_clear(value);
    buf_add_text(value, node->value);
    for (const struct doc_node *item = node->first; item; item = item->next) {
        buf_add_string(value, value->length ? "," : "");
        if (settings[id].map) {
            buf_add_text(value, item->key);
            buf_add_char(value, '=');
        }
        buf_add_text(value, item->value);
        for (const struct doc_node *part = item->first; part; part = part->next) {
            buf_add_string(value, part == item->first ? "" : " ");
            if (text_known(part->key))
                buf_addf(value, "%.*s:", (int)part->key.length, part->key.at);
            buf_add_text(value, part->value);
            for (const struct doc_node *end = part->first; end; end = end->next)
                buf_addf(value, "%s%.*s", end == part->first ? "" : " ", (int)end->value.length,
                         end->value.at);
        }
    }
}

/* The one way in, whoever says it. */
static bool set(struct config *config, enum setting_id id, enum config_origin origin,
                const struct doc_node *node, struct err *err)
{
    const struct config_setting *setting = &settings[id];
    bool shaped = node->kind == DOC_SCALAR || (node->kind == DOC_LIST && setting->list) ||
                  (node->kind == DOC_MAP && setting->map);
    if (!shaped)
        return err_at(err, node->line, node->column, "'%s' takes %s, not a %s", setting->key,
                      setting->takes, node->kind == DOC_MAP ? "map" : "list");
    if (!settings_read(config, id, node, err))
        return false;
    keep(config, id, origin, node);
    return true;
}

static bool set_text(struct config *config, enum setting_id id, enum config_origin origin,
                     struct text value, struct err *err)
{
    const struct doc_node node = {
        .kind = DOC_SCALAR, .key = text_of(settings[id].key), .value = value};
    return set(config, id, origin, &node, err);
}

void config_init(struct config *config)
{
    *config = (struct config){.there = false};
    for (enum setting_id id = 0; id < SETTING_COUNT; id++) {
        struct err err;
        bool ok = set_text(config, id, ORIGIN_DEFAULT, text_of(settings[id].standard), &err);
        assert(ok);
        (void)ok;
    }
    settings_settle(config);
}

void config_release(struct config *config)
{
    if (!config)
        return;
    buf_release(&config->store);
    buf_release(&config->theme);
    buf_release(&config->sort);
    bindings_release(&config->bindings);
    buf_release(&config->path);
    for (size_t i = 0; i < SETTING_COUNT; i++)
        buf_release(&config->set[i].value);
    *config = (struct config){.there = false};
}

bool config_option(struct config *config, enum setting_id id, struct text value, struct err *err)
{
    return set_text(config, id, ORIGIN_OPTION, value, err);
}

void config_environment(struct config *config)
{
    for (enum setting_id id = 0; id < SETTING_COUNT; id++) {
        struct text value = settings_environment(id);
        if (text_known(value))
            set_text(config, id, ORIGIN_ENVIRONMENT, value, NULL);
    }
}

/* ---- the file ---- */

bool settings_find(struct text key, enum setting_id *id, struct err *err)
{
    for (*id = 0; *id < SETTING_COUNT; ++*id)
        if (text_is(key, settings[*id].key))
            return true;
    const char *nearest = nearest_word(key, settings, SETTING_COUNT, sizeof settings[0]);
    return err_set(err, "unknown setting '%.*s'%s%s%s", (int)text_part(key, 0, 60).length, key.at,
                   nearest ? ": did you mean '" : "; microscope config lists them",
                   nearest ? nearest : "", nearest ? "'?" : "");
}

static bool read_entry(struct config *config, const struct doc_node *node, struct err *err)
{
    enum setting_id id;
    struct err wrong;
    if (!settings_find(node->key, &id, &wrong))
        return err_at(err, node->key_line, node->key_column, "%s", wrong.message);
    return set(config, id, ORIGIN_FILE, node, err);
}

static bool read_tree(struct config *config, const struct doc *doc, struct err *err)
{
    const struct doc_node *root = doc->root;
    if (root && root->kind != DOC_MAP)
        return err_at(err, root->line, root->column, "settings are written as 'key: value'");
    /* others name what it says */
    const struct doc_node *presets = doc_find(root, settings[SETTING_TIER_PRESETS].key);
    if (presets && !read_entry(config, presets, err))
        return false;
    for (const struct doc_node *node = root ? root->first : NULL; node; node = node->next)
        if (node != presets && !read_entry(config, node, err))
            return false;
    return settings_agree(config, root, err);
}

bool config_read(struct config *config, const char *path, struct err *err)
{
    struct doc doc = {0};
    if (path)
        buf_add_string(&config->path, path);
    else if (!places_config(&config->path))
        return true;
    if (!path && access(buf_string(&config->path), F_OK) != 0 &&
        (errno == ENOENT || errno == ENOTDIR))
        return true;
    config->there = true;
    bool ok = data_read_doc(config->path.at, &doc, err);
    if (ok && !(ok = read_tree(config, &doc, err)))
        data_err_in(config->path.at, err);
    doc_release(&doc);
    settings_settle(config);
    return ok;
}

bool config_read_again(struct config *config, const struct config *old, struct err *err)
{
    if (!config_read(config, old->path.at, err))
        return false;
    config_environment(config);
    for (enum setting_id id = 0; id < SETTING_COUNT; id++)
        if (old->set[id].origin == ORIGIN_OPTION &&
            !config_option(config, id, buf_text(&old->set[id].value), err))
            return false;
    return true;
}

/* ---- telling ---- */

void config_where(const struct config *config, enum setting_id id, struct buf *out)
{
    enum config_origin origin = config->set[id].origin;
    if (origin == ORIGIN_FILE)
        buf_addf(out, "%s:%zu", config->path.at, config->set[id].line);
    else if (origin == ORIGIN_ENVIRONMENT)
        buf_add_string(out, settings[id].environment);
}

/* Folders would fill the line. */
void config_line(const struct config *config, const struct doc_node *node, struct buf *out)
{
    const char *path = config->path.length ? config->path.at : "", *slash = strrchr(path, '/');
    struct text name = text_of(slash ? slash + 1 : path);
    text_safe(out, text_part(name, 0, 60));
    buf_addf(out, ":%zu", node->key_line);
}

static void add_comment(struct buf *out, const char *words)
{
    enum { WIDTH = 78 };
    struct text rest = text_of(words), word;
    size_t at = 0;
    while (text_next(&rest, ' ', &word)) {
        bool wraps = at == 0 || at + 1 + word.length > WIDTH;
        if (wraps && at)
            buf_add_char(out, '\n');
        buf_add_string(out, wraps ? "# " : " ");
        at = wraps ? 2 + word.length : at + 1 + word.length;
        buf_add_text(out, word);
    }
    buf_add_char(out, '\n');
}

void config_example(struct buf *out)
{
    add_comment(out, "Settings of microscope, all at their defaults. Leave out what you do not "
                     "want to change. `microscope config` tells what holds, and why.");
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        struct buf note = BUF_INIT;
        const struct config_setting *setting = &settings[i];
        buf_addf(&note, "%s Takes %s.", setting->help, setting->takes);
        buf_add_char(out, '\n');
        add_comment(out, buf_string(&note));
        bool many = setting->list && strchr(setting->standard, ',');
        if (setting->map)
            buf_addf(out, "%s:\n", setting->key);
        else
            buf_addf(out, many ? "%s: [%s]\n" : "%s: %s\n", setting->key, setting->standard);
        if (i == SETTING_KEYS)
            config_keys_example(out);
        if (i == SETTING_TIER_PRESETS)
            config_tiers_example(out);
        if (i == SETTING_BENCHMARKS)
            config_benchmarks_example(out);
        buf_release(&note);
    }
}
