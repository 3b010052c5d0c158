#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/pack.h"

/* A scenario from the tree of a file. Every complaint names its place. */

const char scenario_example[] =
    "name: spring\n"
    "preset: cautious\n"
    "assumptions:\n"
    "  budget: 12k\n"
    "  aov: 89.50\n"
    "  cvr: 3%\n"
    "rates:\n"
    "  USD: 0.92 2026-11-23\n"
    "channels:\n"
    "  1: {cpm: 12}\n"
    "  4: {name: radio, roas: 1.8}\n"
    "plan:\n"
    "- {platform: instagram, handle: glow.by.mina}\n"
    "- {platform: tiktok, handle: maiken.skin, deliverables: 2, fee: 350}\n";

struct reader {
    struct scenario scenario;
    struct plan_entries entries;
    struct names creators; /* "instagram key" of every entry so far */
};

/* The null text for what YAML writes as nothing. */
static struct text value_of(const struct doc_node *node)
{
    bool nothing = !node->quoted && (node->value.length == 0 || text_is(node->value, "~") ||
                                     text_equal_ascii_case(node->value, TEXT("null")));
    return nothing ? (struct text){0} : node->value;
}

/* knobs */

static bool read_knob(struct reader *reader, struct text key, const struct doc_node *node,
                      struct err *err)
{
    struct knob knob;
    if (!knob_find(key, &knob)) {
        knob_unknown(key, err);
        return doc_at_key(node, err);
    }
    if (!doc_needs(node, DOC_SCALAR, knob_example(&knob), err))
        return false;
    return scenario_knob_set(&reader->scenario, key, value_of(node), err) ||
           doc_at_value(node, err);
}

static bool read_assumptions(struct reader *reader, const struct doc_node *node, struct err *err)
{
    for (const struct doc_node *at = node->first; at; at = at->next)
        if (!read_knob(reader, at->key, at, err))
            return false;
    return true;
}

/* A knob whose key is told in parts: "rate." and the key of the entry. */
static bool read_part(struct reader *reader, const char *before, const struct doc_node *node,
                      struct err *err)
{
    struct buf key = BUF_INIT;
    buf_add_string(&key, before);
    buf_add_text(&key, node->key);
    bool ok = read_knob(reader, buf_text(&key), node, err);
    buf_release(&key);
    return ok;
}

static bool read_rates(struct reader *reader, const struct doc_node *node, struct err *err)
{
    for (const struct doc_node *at = node->first; at; at = at->next) {
        if (currency_from_code(at->key) == CURRENCY_NONE) {
            err_set(err, "no currency '%.*s'", (int)text_part(at->key, 0, 20).length, at->key.at);
            return doc_at_key(at, err);
        }
        if (!read_part(reader, "rate.", at, err))
            return false;
    }
    return true;
}

static bool read_channels(struct reader *reader, const struct doc_node *node, struct err *err)
{
    for (const struct doc_node *slot = node->first; slot; slot = slot->next) {
        char before[16];
        bool one = slot->key.length == 1 && slot->key.at[0] >= '1' &&
                   slot->key.at[0] < '1' + SCENARIO_CHANNELS;
        if (!one) {
            err_set(err, "channels are numbered from 1 to %d", SCENARIO_CHANNELS);
            return doc_at_key(slot, err);
        }
        if (!doc_needs(slot, DOC_MAP, "a map: {name: radio, cpm: 4}", err))
            return false;
        snprintf(before, sizeof before, "channel.%c.", slot->key.at[0]);
        for (const struct doc_node *at = slot->first; at; at = at->next)
            if (!read_part(reader, before, at, err))
                return false;
    }
    return true;
}

static bool read_name(struct reader *reader, const struct doc_node *node, struct err *err)
{
    if (!scenario_name_allowed(node->value, err))
        return doc_at_value(node, err);
    scenario_name_set(&reader->scenario, node->value);
    return true;
}

static bool read_preset(struct reader *reader, const struct doc_node *node, struct err *err)
{
    const struct scenario_preset *preset = scenario_preset_find(node->value);
    if (!preset) {
        const char *nearest = nearest_word(node->value, scenario_presets, scenario_preset_count,
                                           sizeof scenario_presets[0]);
        err_set(err, "no preset '%.*s'%s%s%s", (int)text_part(node->value, 0, 60).length,
                node->value.at, nearest ? ": did you mean '" : "", nearest ? nearest : "",
                nearest ? "'?" : "");
        return doc_at_value(node, err);
    }
    scenario_preset_apply(&reader->scenario, preset);
    return true;
}

/* the plan */

struct entry_reader {
    const struct doc_node *platform, *handle, *deliverables, *format, *fee;
};

static const struct {
    const char *key;
    size_t offset; /* of its node in struct entry_reader */
} entry_keys[] = {
    {"platform", offsetof(struct entry_reader, platform)},
    {"handle", offsetof(struct entry_reader, handle)},
    {"deliverables", offsetof(struct entry_reader, deliverables)},
    {"format", offsetof(struct entry_reader, format)},
    {"fee", offsetof(struct entry_reader, fee)},
};

static bool sort_entry(const struct doc_node *node, struct entry_reader *out, struct err *err)
{
    *out = (struct entry_reader){0};
    if (!doc_needs(node, DOC_MAP, "a creator: {platform: instagram, handle: somebody}", err))
        return false;
    for (const struct doc_node *at = node->first; at; at = at->next) {
        size_t i = 0;
        while (i < COUNT_OF(entry_keys) && !text_is(at->key, entry_keys[i].key))
            i++;
        if (i == COUNT_OF(entry_keys))
            return doc_unknown_key(at, entry_keys, COUNT_OF(entry_keys), sizeof entry_keys[0], err);
        if (!doc_needs(at, DOC_SCALAR, "one value", err))
            return false;
        if (text_known(value_of(at)))
            *(const struct doc_node **)((char *)out + entry_keys[i].offset) = at;
    }
    return true;
}

/* A profile link says both. */
static bool read_creator(const struct doc_node *node, const struct entry_reader *parts,
                         enum platform *platform, struct text *handle, struct err *err)
{
    bool link = parts->handle && platform_from_link(parts->handle->value, platform, handle) &&
                text_known(*handle);
    if (parts->platform && !platform_from_word(parts->platform->value, platform)) {
        err_set(err, "no platform '%.*s'", (int)text_part(parts->platform->value, 0, 60).length,
                parts->platform->value.at);
        return doc_at_value(parts->platform, err);
    }
    if (parts->handle && !link)
        *handle = handle_from(parts->handle->value);
    if (!parts->handle || !text_known(*handle) || handle->length == 0) {
        err_set(err, "a creator of the plan needs a handle");
        return doc_at_value(parts->handle ? parts->handle : node, err);
    }
    if (!parts->platform && !link) {
        err_set(err, "a creator of the plan needs a platform");
        return doc_at_value(node, err);
    }
    return true;
}

static bool read_deliverables(const struct doc_node *node, unsigned *out, struct err *err)
{
    double number;
    if (!node)
        return true;
    if (!doc_number(node, &number, err))
        return false;
    if (!(number >= 0 && number <= PLANNED_MOST && number == floor(number))) {
        err_set(err, "'deliverables' must be a whole number from 0 to %u", PLANNED_MOST);
        return doc_at_value(node, err);
    }
    *out = (unsigned)number;
    return true;
}

static bool read_format(const struct doc_node *node, enum platform platform, enum format *out,
                        struct err *err)
{
    struct buf known = BUF_INIT;
    if (!node || format_from_word(node->value, platform, out))
        return true;
    for (int format = FORMAT_NONE + 1; format < FORMAT_COUNT; format++)
        if (formats[format].platform == platform)
            buf_addf(&known, "%s%s", known.length ? ", " : "", formats[format].word);
    if (known.length > 0)
        err_set(err, "%s has no format '%.*s', only %s", platforms[platform].word,
                (int)text_part(node->value, 0, 60).length, node->value.at, buf_string(&known));
    else
        err_set(err, "creators of platform '%s' have no format", platforms[platform].word);
    buf_release(&known);
    return doc_at_value(node, err);
}

static bool read_fee(const struct reader *reader, const struct doc_node *node, double *out,
                     struct err *err)
{
    const struct currency_row *currency = &currencies[reader->scenario.currency];
    double number;
    if (!node)
        return true;
    if (!doc_number(node, &number, err))
        return false;
    double minor = number * currency_scale(reader->scenario.currency);
    if (!(number >= 0 && number <= 1e12)) {
        err_set(err, "'fee' must be from 0 to 1000000000000");
        return doc_at_value(node, err);
    }
    if (fabs(minor - round(minor)) > 1e-6 * fmax(1, minor * 1e-9)) {
        err_set(err, "'fee' has more than the %d decimals of %s", currency->digits, currency->code);
        return doc_at_value(node, err);
    }
    *out = round(minor);
    return true;
}

static bool first_time(struct reader *reader, enum platform platform, struct text key)
{
    struct buf name = BUF_INIT;
    size_t before = reader->creators.count;
    buf_addf(&name, "%s ", platforms[platform].word);
    buf_add_text(&name, key);
    names_add(&reader->creators, buf_text(&name));
    buf_release(&name);
    return reader->creators.count > before;
}

static bool read_entry(struct reader *reader, const struct doc_node *node, struct err *err)
{
    struct entry_reader parts;
    enum platform platform;
    struct text handle = {0};
    struct planned planned = planned_none();
    planned.deliverables = (unsigned)reader->scenario.deliverables;
    if (!sort_entry(node, &parts, err) || !read_creator(node, &parts, &platform, &handle, err) ||
        !read_deliverables(parts.deliverables, &planned.deliverables, err) ||
        !read_format(parts.format, platform, &planned.format, err) ||
        !read_fee(reader, parts.fee, &planned.fee, err))
        return false;
    char *key = mem_alloc(handle.length + 1);
    handle_key(platform, handle, key);
    bool ok = first_time(reader, platform, text_of(key));
    if (!ok) {
        err_set(err, "'%.*s' is in the plan twice", (int)text_part(handle, 0, 60).length,
                handle.at);
        doc_at_value(parts.handle, err);
    } else if (planned_any(&planned)) {
        plan_entries_add(&reader->entries, platform, text_of(key), &planned);
    }
    free(key);
    return ok;
}

static bool read_plan(struct reader *reader, const struct doc_node *node, struct err *err)
{
    for (const struct doc_node *at = node->first; at; at = at->next)
        if (!read_entry(reader, at, err))
            return false;
    return true;
}

/* the whole; in this order, since money needs its currency */

static const struct section {
    const char *key;
    enum doc_kind kind;
    const char *what;
    bool (*read)(struct reader *reader, const struct doc_node *node, struct err *err);
} sections[] = {
    {"name", DOC_SCALAR, "a name", read_name},
    {"preset", DOC_SCALAR, "the name of a preset", read_preset},
    {"assumptions", DOC_MAP, "a map: {budget: 5000}", read_assumptions},
    {"rates", DOC_MAP, "a map: {USD: 0.92}", read_rates},
    {"channels", DOC_MAP, "a map: {1: {name: radio}}", read_channels},
    {"plan", DOC_LIST, "a list of creators", read_plan},
};

static bool known_sections(const struct doc_node *root, struct err *err)
{
    for (const struct doc_node *at = root->first; at; at = at->next) {
        size_t i = 0;
        struct knob knob;
        while (i < COUNT_OF(sections) && !text_is(at->key, sections[i].key))
            i++;
        if (i < COUNT_OF(sections))
            continue;
        if (knob_find(at->key, &knob)) {
            err_set(err, "'%s' belongs under 'assumptions'", knob.key);
            return doc_at_key(at, err);
        }
        return doc_unknown_key(at, sections, COUNT_OF(sections), sizeof sections[0], err);
    }
    return true;
}

static bool read_sections(struct reader *reader, const struct doc_node *root, struct err *err)
{
    if (!doc_needs(root, DOC_MAP, "a map with name, assumptions and plan", err) ||
        !known_sections(root, err))
        return false;
    for (size_t i = 0; i < COUNT_OF(sections); i++) {
        const struct doc_node *node = doc_find(root, sections[i].key);
        if (!node || (node->kind == DOC_SCALAR && !text_known(value_of(node))))
            continue;
        if (!doc_needs(node, sections[i].kind, sections[i].what, err) ||
            !sections[i].read(reader, node, err))
            return false;
    }
    return true;
}

bool scenario_from_doc(const struct doc *doc, struct scenario *scenario,
                       struct plan_entries *entries, struct err *err)
{
    struct reader reader = {.entries = {.count = 0}};
    scenario_init(&reader.scenario);
    scenario_name_set(&reader.scenario, text_of(scenario->name));
    bool ok = !doc->root || read_sections(&reader, doc->root, err);
    names_release(&reader.creators);
    if (!ok) {
        plan_entries_release(&reader.entries);
        return false;
    }
    reader.scenario.revision += scenario->revision + 1;
    *scenario = reader.scenario;
    plan_entries_release(entries);
    *entries = reader.entries;
    return true;
}

/* writing */

struct writer {
    struct arena *arena;
    const struct scenario *scenario;
    /* made when they have their first entry, and where the next one goes */
    struct doc_node assumptions, rates, channels, plan, slots[SCENARIO_CHANNELS];
};

static void append(struct doc_node *parent, struct doc_node *child)
{
    struct doc_node **end = &parent->first;
    while (*end)
        end = &(*end)->next;
    *end = child;
}

static struct doc_node *make(struct arena *arena, enum doc_kind kind, struct text key)
{
    struct doc_node *node = arena_alloc(arena, sizeof *node);
    node->kind = kind;
    node->key = arena_text(arena, key);
    return node;
}

static struct doc_node *add_value(struct arena *arena, struct doc_node *map, const char *key,
                                  struct text value, bool quoted)
{
    struct doc_node *node = make(arena, DOC_SCALAR, text_of(key));
    node->value = arena_text(arena, value);
    node->quoted = quoted;
    append(map, node);
    return node;
}

/* The map a knob with a dot stands in; its key becomes what is left of it. */
static struct doc_node *place_of(struct writer *writer, struct text *key)
{
    struct text rest = *key, word;
    text_next(&rest, '.', &word);
    if (rest.length == 0)
        return &writer->assumptions;
    if (text_is(word, "rate")) {
        *key = rest;
        return &writer->rates;
    }
    size_t slot = (size_t)(rest.at[0] - '1');
    *key = text_part(rest, 2, rest.length);
    return &writer->slots[slot];
}

static void write_knob(void *self, struct text key, struct text value)
{
    struct writer *writer = self;
    struct knob knob;
    bool found = knob_find(key, &knob);
    struct doc_node *map = place_of(writer, &key);
    assert(found);
    (void)found;
    struct doc_node *node = make(writer->arena, DOC_SCALAR, key);
    node->value = arena_text(writer->arena, value);
    node->quoted = knob.kind == KNOB_NAME;
    append(map, node);
}

static void write_entry(struct writer *writer, const struct plan_entry *entry,
                        struct doc_node ***end)
{
    const struct planned *planned = &entry->planned;
    struct doc_node *map = make(writer->arena, DOC_MAP, (struct text){0});
    struct buf text = BUF_INIT;
    add_value(writer->arena, map, "platform", text_of(platforms[entry->platform].word), false);
    add_value(writer->arena, map, "handle", entry->key, true);
    buf_addf(&text, "%u", planned->deliverables);
    add_value(writer->arena, map, "deliverables", buf_text(&text), false);
    if (planned->format != FORMAT_NONE)
        add_value(writer->arena, map, "format", text_of(formats[planned->format].word), false);
    buf_clear(&text);
    number_exact(&text, planned->fee / currency_scale(writer->scenario->currency));
    if (!isnan(planned->fee))
        add_value(writer->arena, map, "fee", buf_text(&text), false);
    buf_release(&text);
    **end = map;
    *end = &map->next;
}

static void add_section(struct writer *writer, struct doc_node *root, const char *key,
                        struct doc_node *filled, enum doc_kind kind)
{
    if (!filled->first)
        return;
    struct doc_node *node = make(writer->arena, kind, text_of(key));
    node->first = filled->first;
    append(root, node);
}

void scenario_to_doc(const struct scenario *scenario, const struct plan_entries *entries,
                     struct doc *out)
{
    struct writer writer = {.arena = &out->arena, .scenario = scenario};
    struct doc_node **end = &writer.plan.first;
    *out = (struct doc){0};
    out->root = make(&out->arena, DOC_MAP, (struct text){0});
    add_value(&out->arena, out->root, "name", text_of(scenario->name), true);
    scenario_knobs(scenario, write_knob, &writer);
    for (size_t i = 0; i < entries->count; i++)
        write_entry(&writer, &entries->items[i], &end);
    for (int slot = 0; slot < SCENARIO_CHANNELS; slot++) {
        char number[2] = {(char)('1' + slot), '\0'};
        add_section(&writer, &writer.channels, number, &writer.slots[slot], DOC_MAP);
    }
    add_section(&writer, out->root, "assumptions", &writer.assumptions, DOC_MAP);
    add_section(&writer, out->root, "rates", &writer.rates, DOC_MAP);
    add_section(&writer, out->root, "channels", &writer.channels, DOC_MAP);
    add_section(&writer, out->root, "plan", &writer.plan, DOC_LIST);
}
