#include "domain/pack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/vec.h"

/* entries */

void plan_entries_release(struct plan_entries *entries)
{
    if (!entries)
        return;
    free(entries->items);
    arena_release(&entries->arena);
    *entries = (struct plan_entries){0};
}

void plan_entries_add(struct plan_entries *entries, enum platform platform, struct text key,
                      const struct planned *planned)
{
    struct plan_entry entry = {platform, arena_text(&entries->arena, key), *planned};
    VEC_PUSH(entries, entry);
}

struct plan_entry *plan_entries_find(const struct plan_entries *entries, enum platform platform,
                                     struct text key)
{
    for (size_t i = 0; i < entries->count; i++)
        if (entries->items[i].platform == platform && text_equal(entries->items[i].key, key))
            return &entries->items[i];
    return NULL;
}

void plan_entries_put(struct plan_entries *entries, enum platform platform, struct text key,
                      const struct planned *planned)
{
    struct plan_entry *entry = plan_entries_find(entries, platform, key);
    if (entry && planned_any(planned)) {
        entry->planned = *planned;
    } else if (entry) {
        size_t after = entries->count - 1 - (size_t)(entry - entries->items);
        memmove(entry, entry + 1, after * sizeof *entry);
        entries->count--;
    } else if (planned_any(planned)) {
        plan_entries_add(entries, platform, key, planned);
    }
}

/* packing */

/* Keys come from outside: a line stays a line. */
static void add_escaped(struct buf *out, struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (c == '\\' || c == '\n')
            buf_add_char(out, '\\');
        buf_add_char(out, c == '\n' ? 'n' : c);
    }
}

static void add_unescaped(struct buf *out, struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        bool escaped = text.at[i] == '\\' && i + 1 < text.length;
        char c = text.at[i += escaped];
        buf_add_char(out, escaped && c == 'n' ? '\n' : c);
    }
}

static void pack_knob(void *self, struct text key, struct text value)
{
    struct buf *out = self;
    buf_add_string(out, "knob ");
    buf_add_text(out, key);
    buf_add_char(out, ' ');
    buf_add_text(out, value);
    buf_add_char(out, '\n');
}

static void pack_entry(const struct plan_entry *entry, struct buf *out)
{
    const struct planned *planned = &entry->planned;
    buf_addf(out, "plan %s %u %s ", platforms[entry->platform].word, planned->deliverables,
             planned->format == FORMAT_NONE ? "-" : formats[planned->format].word);
    if (isnan(planned->fee))
        buf_add_char(out, '-');
    number_exact(out, planned->fee);
    buf_add_char(out, ' ');
    add_escaped(out, entry->key);
    buf_add_char(out, '\n');
}

void scenario_pack(const struct scenario *scenario, const struct plan_entries *entries,
                   struct buf *out)
{
    buf_addf(out, "scenario %s\n", scenario->name);
    scenario_knobs(scenario, pack_knob, out);
    for (size_t i = 0; i < entries->count; i++)
        pack_entry(&entries->items[i], out);
}

/* unpacking */

struct unpacker {
    struct scenario scenario;
    struct plan_entries entries;
};

static bool unpack_name(struct unpacker *unpacker, struct text rest, struct err *err)
{
    if (!scenario_name_allowed(rest, err))
        return false;
    scenario_name_set(&unpacker->scenario, rest);
    return true;
}

static bool unpack_knob(struct unpacker *unpacker, struct text rest, struct err *err)
{
    struct text key = {0};
    text_next(&rest, ' ', &key);
    return scenario_knob_set(&unpacker->scenario, key, text_known(rest) ? rest : TEXT(""), err);
}

static bool whole_number(struct text text, double most, double *out)
{
    struct number_seen seen;
    if (!number_parse(text, number_style_plain, &seen) || seen.unknown || seen.trailing)
        return false;
    *out = seen.value;
    return seen.value >= 0 && seen.value <= most && seen.value == floor(seen.value);
}

static bool unpack_entry(struct unpacker *unpacker, struct text rest, struct err *err)
{
    struct text platform, count, format, fee;
    struct plan_entry entry = {.planned = planned_none()};
    struct buf key = BUF_INIT;
    double deliverables;
    bool ok = text_next(&rest, ' ', &platform) && text_next(&rest, ' ', &count) &&
              text_next(&rest, ' ', &format) && text_next(&rest, ' ', &fee) && text_known(rest);
    ok =
        ok && platform_from_word(platform, &entry.platform) &&
        whole_number(count, PLANNED_MOST, &deliverables) &&
        (text_is(format, "-") || format_from_word(format, entry.platform, &entry.planned.format)) &&
        (text_is(fee, "-") || whole_number(fee, 1e15, &entry.planned.fee));
    if (!ok)
        return err_set(err, "no entry of a plan");
    entry.planned.deliverables = (unsigned)deliverables;
    add_unescaped(&key, rest);
    plan_entries_add(&unpacker->entries, entry.platform, buf_text(&key), &entry.planned);
    buf_release(&key);
    return true;
}

static const struct {
    const char *word;
    bool (*read)(struct unpacker *unpacker, struct text rest, struct err *err);
} lines[] = {{"scenario", unpack_name}, {"knob", unpack_knob}, {"plan", unpack_entry}};

static bool unpack_line(struct unpacker *unpacker, struct text line, struct err *err)
{
    struct text word = {0};
    text_next(&line, ' ', &word);
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        if (text_is(word, lines[i].word))
            return lines[i].read(unpacker, line, err);
    return err_set(err, "a line says what it is: scenario, knob or plan");
}

bool scenario_unpack(struct text packed, struct scenario *scenario, struct plan_entries *entries,
                     struct err *err)
{
    struct unpacker unpacker = {.entries = {.count = 0}};
    struct text line;
    size_t number = 0;
    bool ok = true;
    scenario_init(&unpacker.scenario);
    while (ok && text_next(&packed, '\n', &line)) {
        number++;
        if (line.length > 0 && !unpack_line(&unpacker, line, err))
            ok = err_before(err, "line %zu", number);
    }
    if (!ok) {
        plan_entries_release(&unpacker.entries);
        return false;
    }
    unpacker.scenario.revision += scenario->revision + 1;
    *scenario = unpacker.scenario;
    plan_entries_release(entries);
    *entries = unpacker.entries;
    return true;
}
