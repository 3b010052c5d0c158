#include <stdlib.h>
#include <string.h>

#include "base/bit.h"
#include "base/vec.h"
#include "domain/show.h"
#include "runtime/patience.h"
#include "runtime/session.h"
#include "scenario_internal.h"

/* microscope scenario: what changes them. */

#define ANY ((size_t)-1)

bool scenario_read(struct scenario_file *file, const char *name, struct err *err)
{
    struct scenario found;
    scenario_init(&found);
    return session_scenario_named(file->store, name, &found, err) &&
           store_scenario_get(file->store, text_of(found.name), &file->scenario, &file->entries,
                              err);
}

bool scenario_open(const struct cli *cli, enum store_mode mode, struct scenario_file *file)
{
    struct buf path = BUF_INIT;
    struct err err = {.message = ""};
    *file = (struct scenario_file){.style = cli->config->style};
    bool there = verb_store(cli, &path);
    bool ok =
        there &&
        patience_open_for_a_verb(buf_string(&path), mode, cli->config->plain, &file->store, &err) &&
        scenario_read(file, cli->values[OPTION_SCENARIO], &err);
    if (there && !ok)
        say("%s", err.message);
    if (!ok)
        scenario_close(file);
    buf_release(&path);
    return ok;
}

void scenario_close(struct scenario_file *file)
{
    plan_entries_release(&file->entries);
    store_close(file->store);
    file->store = NULL;
}

int scenario_end(struct scenario_file *file, bool ok, struct err *err)
{
    bool kept = store_end(file->store, ok, ok ? err : NULL);
    return ok && kept ? EXIT_DONE : verb_failed(err);
}

/* ---- set ---- */

struct changes {
    struct knob_change *items;
    size_t count, capacity;
};

static bool noted(const struct changes *changes, const char *key)
{
    for (size_t i = 0; i < changes->count; i++)
        if (strcmp(changes->items[i].key, key) == 0)
            return true;
    return false;
}

/* What they are before the first of the words that turns them. */
static void note_changes(struct changes *changes, const struct scenario *scenario, const char *key)
{
    struct knob knob, members[KNOB_MEMBERS_MOST];
    if (!knob_find(text_of(key), &knob))
        return;
    size_t count = knob_members(&knob, members, KNOB_MEMBERS_MOST);
    for (size_t i = 0; i < count; i++) {
        struct knob_change change;
        if (noted(changes, members[i].key))
            continue;
        knob_change_begin(&change, scenario, text_of(members[i].key));
        VEC_PUSH(changes, change);
    }
}

static bool set_preset(struct scenario *scenario, struct text name, struct changes *changes,
                       struct err *err)
{
    const struct scenario_preset *preset = scenario_preset_find(name);
    struct buf known = BUF_INIT;
    for (size_t i = 0; i < scenario_preset_count; i++)
        buf_addf(&known, "%s%s", i ? ", " : "", scenario_presets[i].name);
    if (!preset)
        err_set(err, "no preset '%.*s'; there are: %s", (int)name.length, name.at,
                buf_string(&known));
    buf_release(&known);
    for (size_t i = 0; preset && i < PRESET_KNOBS && preset->knobs[i].key; i++)
        note_changes(changes, scenario, preset->knobs[i].key);
    if (preset)
        scenario_preset_apply(scenario, preset);
    return preset != NULL;
}

/* A figure with the signs of the one who typed it, as a scenario reads it. Where they are the usual ones
 * it does so itself, as it reads what programs write. */
static struct text plainly(struct text typed, const struct knob *knob, struct number_style style,
                           struct buf *out)
{
    double number;
    if (style.decimal == '.' || knob->kind != KNOB_NUMBER ||
        !show_read(typed, knob->unit, style, &number) || !number_known(number))
        return typed;
    number_exact(out, number);
    return buf_text(out);
}

/* One KEY=VALUE. */
static bool set_word(struct scenario_file *file, const char *word, struct changes *changes,
                     struct err *err)
{
    struct scenario *scenario = &file->scenario;
    struct text rest = text_of(word), key;
    struct knob knob;
    if (!strchr(word, '=') || !text_next(&rest, '=', &key))
        return err_set(err, "'%s' is no KEY=VALUE, such as aov=89.50", word);
    key = text_trim(key);
    rest = text_known(rest) ? text_trim(rest) : TEXT("");
    if (text_is(key, "preset"))
        return set_preset(scenario, rest, changes, err);
    if (!knob_find(key, &knob))
        return knob_unknown(key, err);
    note_changes(changes, scenario, knob.key);
    struct buf plain = BUF_INIT;
    if (text_is(rest, "default"))
        rest = (struct text){0};
    else
        rest = plainly(rest, &knob, file->style, &plain);
    bool ok = scenario_knob_set(scenario, key, rest, err);
    buf_release(&plain);
    return ok;
}

static void say_change(const struct scenario *scenario, const struct knob_change *change,
                       const struct number_style *style)
{
    struct scenario past = *scenario;
    struct buf now = BUF_INIT, before = BUF_INIT;
    struct knob knob;
    if (!knob_find(text_of(change->key), &knob))
        return;
    knob_change_apply(change, &past, false);
    scenario_say(scenario, &knob, style, &now);
    scenario_say(&past, &knob, style, &before);
    say("%s is %s%s (was %s%s)", change->key, buf_string(&now),
        change->own_after ? "" : ", the default", buf_string(&before),
        change->own_before ? "" : ", the default");
    buf_release(&now);
    buf_release(&before);
}

/* Those that moved, one by one, so that what others set meanwhile stays. */
static bool keep_changes(struct scenario_file *file, struct changes *changes, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; i < changes->count && ok; i++) {
        struct knob_change *change = &changes->items[i];
        if (!knob_change_end(change, &file->scenario))
            continue;
        ok = store_knob_set(file->store, text_of(file->scenario.name), text_of(change->key),
                            text_of(change->own_after ? change->after : NULL), err);
        if (ok)
            say_change(&file->scenario, change, &file->style);
    }
    return ok;
}

static int scenario_assign(const struct cli *cli, const char *const *words, size_t count)
{
    struct scenario_file file;
    struct changes changes = {.items = NULL};
    struct err err;
    bool ok = true;
    if (!scenario_open(cli, STORE_WRITE, &file))
        return EXIT_FAILED;
    for (size_t i = 0; i < count && ok; i++)
        ok = set_word(&file, words[i], &changes, &err);
    int status = EXIT_FAILED;
    if (!ok)
        status = verb_misused(&err);
    else if (!store_begin(file.store, &err))
        status = verb_failed(&err);
    else
        status = scenario_end(&file, keep_changes(&file, &changes, &err), &err);
    free(changes.items);
    scenario_close(&file);
    return status;
}

/* ---- whole ones ---- */

/* What may fail there was begun; `ok` so far. */
typedef bool change(struct scenario_file *file, const char *const *words, size_t count,
                    struct err *err);

static int change_with(const struct cli *cli, change *alter, const char *const *words, size_t count)
{
    struct scenario_file file;
    struct err err;
    if (!scenario_open(cli, STORE_WRITE, &file))
        return EXIT_FAILED;
    int status = store_begin(file.store, &err)
                     ? scenario_end(&file, alter(&file, words, count, &err), &err)
                     : verb_failed(&err);
    scenario_close(&file);
    return status;
}

/* Puts what is read under a name nobody has. */
static bool put_new(struct scenario_file *file, const char *name, struct err *err)
{
    struct buf other = BUF_INIT;
    bool found = false;
    bool ok = scenario_name_allowed(text_of(name), err) &&
              store_scenario_find(file->store, text_of(name), &other, &found, err);
    if (ok && found)
        ok = err_set(err, "there is a scenario '%s' already", buf_string(&other));
    buf_release(&other);
    if (!ok)
        return false;
    scenario_name_set(&file->scenario, text_of(name));
    return store_scenario_put(file->store, &file->scenario, &file->entries, err);
}

static bool make_new(struct scenario_file *file, const char *const *words, size_t count,
                     struct err *err)
{
    struct changes changes = {.items = NULL};
    scenario_clear(&file->scenario);
    plan_entries_release(&file->entries);
    bool ok = count < 2 || set_preset(&file->scenario, text_of(words[1]), &changes, err);
    free(changes.items);
    return ok && put_new(file, words[0], err);
}

static bool copy(struct scenario_file *file, const char *const *words, size_t count,
                 struct err *err)
{
    return (count < 2 || scenario_read(file, words[0], err)) &&
           put_new(file, words[count - 1], err);
}

static bool rename_one(struct scenario_file *file, const char *const *words, size_t count,
                       struct err *err)
{
    (void)count;
    return scenario_read(file, words[0], err) &&
           store_scenario_rename(file->store, text_of(file->scenario.name), text_of(words[1]), err);
}

static bool delete_one(struct scenario_file *file, const char *const *words, size_t count,
                       struct err *err)
{
    (void)count;
    return scenario_read(file, words[0], err) &&
           store_scenario_drop(file->store, text_of(file->scenario.name), err);
}

static bool use_one(struct scenario_file *file, const char *const *words, size_t count,
                    struct err *err)
{
    (void)count;
    return scenario_read(file, words[0], err) &&
           store_scenario_use(file->store, text_of(file->scenario.name), err);
}

static int scenario_new(const struct cli *cli, const char *const *words, size_t count)
{
    return change_with(cli, make_new, words, count);
}

static int scenario_copy(const struct cli *cli, const char *const *words, size_t count)
{
    return change_with(cli, copy, words, count);
}

static int scenario_rename(const struct cli *cli, const char *const *words, size_t count)
{
    return change_with(cli, rename_one, words, count);
}

static int scenario_delete(const struct cli *cli, const char *const *words, size_t count)
{
    return change_with(cli, delete_one, words, count);
}

static int scenario_use(const struct cli *cli, const char *const *words, size_t count)
{
    return change_with(cli, use_one, words, count);
}

const struct verb_action scenario_actions[] = {
    {"list", "", "All scenarios, and which one is in use. This is done where nothing is said.",
     BIT64(OPTION_FORMAT), NULL, 0, 0, scenario_list},
    {"show", "[NAME]", "Every assumption with its value, its default and where that comes from.",
     BIT64(OPTION_FORMAT) | BIT64(OPTION_SCENARIO), "one name at most", 0, 1, scenario_show},
    {"set", "KEY=VALUE...",
     "Change assumptions: all of them or, where one is wrong, none. `default` as the value gives "
     "the default back; preset=cautious sets several.",
     BIT64(OPTION_SCENARIO), "what to set: KEY=VALUE", 1, ANY, scenario_assign},
    {"new", "NAME [PRESET]", "A scenario of defaults, or of a preset, without a plan.", 0,
     "a name, and a preset", 1, 2, scenario_new},
    {"copy", "[FROM] TO", "Another one like it, with its plan; of the one in use without FROM.", 0,
     "a new name, and before it whose", 1, 2, scenario_copy},
    {"rename", "FROM TO", "Call it differently.", 0, "two names", 2, 2, scenario_rename},
    {"delete", "NAME", "Take it away with its plan.", 0, "one name", 1, 1, scenario_delete},
    {"use", "NAME", "Make it the one that the explorer and all commands work with.", 0, "one name",
     1, 1, scenario_use},
    {"export", "[FILE]", "Write it with its plan as YAML to a file, or to standard output.",
     BIT64(OPTION_SCENARIO) | BIT64(OPTION_FORCE), "one file at most", 0, 1, scenario_export},
    {"import", "FILE",
     "Read one from YAML, - is standard input. Its name is that of --scenario, in the file, or of "
     "the file; --force replaces one that is there.",
     BIT64(OPTION_SCENARIO) | BIT64(OPTION_FORCE), "one file", 1, 1, scenario_import},
    {.name = NULL},
};

int verb_scenario(const struct cli *cli)
{
    return verb_act(cli, "list");
}
