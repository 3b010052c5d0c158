#include <stdio.h>
#include <string.h>

#include "exchange/yaml.h"
#include "runtime/patience.h"
#include "runtime/whole.h"
#include "scenario_internal.h"

/* microscope scenario export, import. */

/* ---- export ---- */

static bool write_file(const char *path, struct text text, bool force, struct err *err)
{
    struct whole whole = {.file = NULL};
    if (!whole_open(&whole, path, force, err))
        return false;
    bool ok = fwrite(text.at, 1, text.length, whole.file) == text.length ||
              err_set(err, "cannot write '%s'", path);
    return whole_end(&whole, ok, err);
}

int scenario_export(const struct cli *cli, const char *const *words, size_t count)
{
    struct scenario_file file;
    struct doc doc;
    struct buf yaml = BUF_INIT;
    struct err err;
    const char *path = count > 0 && strcmp(words[0], "-") != 0 ? words[0] : NULL;
    if (!scenario_open(cli, STORE_READ, &file))
        return EXIT_FAILED;
    scenario_to_doc(&file.scenario, &file.entries, &doc);
    bool ok = yaml_write(&doc, &yaml, &err) &&
              (!path || write_file(path, buf_text(&yaml), cli->given[OPTION_FORCE], &err));
    int status = EXIT_DONE;
    if (!ok)
        status = verb_failed(&err);
    else if (!path)
        status = verb_print(&yaml);
    else
        say("scenario '%s' is in '%s'", file.scenario.name, path);
    buf_release(&yaml);
    doc_release(&doc);
    scenario_close(&file);
    return status;
}

/* ---- import ---- */

/* "spring" of "plans/spring.yaml", where it can be a name. */
static void name_of_file(const char *path, struct scenario *scenario)
{
    const char *slash = strrchr(path, '/'), *from = slash ? slash + 1 : path;
    const char *dot = strrchr(from, '.');
    struct text name = {from, dot && dot > from ? (size_t)(dot - from) : strlen(from)};
    if (strcmp(path, "-") != 0 && scenario_name_allowed(name, NULL))
        scenario_name_set(scenario, name);
}

static bool read_scenario(void *self, const struct doc *doc, struct err *err)
{
    struct scenario_file *file = self;
    return scenario_from_doc(doc, &file->scenario, &file->entries, err);
}

/* Whoever has the name, in whichever case, is replaced by --force only. */
static bool take_name(struct scenario_file *file, const char *wanted, bool force, struct err *err)
{
    struct buf other = BUF_INIT;
    bool found = false;
    struct text name = text_of(wanted ? wanted : file->scenario.name);
    bool ok = scenario_name_allowed(name, err) &&
              store_scenario_find(file->store, name, &other, &found, err);
    if (ok && found && !force)
        ok = err_set(err,
                     "there is a scenario '%s' already: --force replaces it, --scenario NAME "
                     "calls this one differently",
                     buf_string(&other));
    if (ok)
        scenario_name_set(&file->scenario, found ? buf_text(&other) : name);
    buf_release(&other);
    return ok;
}

struct counting {
    size_t planned, missing;
};

static void count_entry(void *self, int64_t id, const struct store_plan_row *row)
{
    struct counting *counting = self;
    counting->planned += row->planned.deliverables > 0;
    counting->missing += id == 0;
}

/* In one transaction with what it may replace. */
static int keep(struct scenario_file *file, const char *name, bool force)
{
    struct counting counting = {0};
    struct err err;
    if (!store_begin(file->store, &err))
        return verb_failed(&err);
    bool ok =
        take_name(file, name, force, &err) &&
        store_scenario_put(file->store, &file->scenario, &file->entries, &err) &&
        store_plan(file->store, text_of(file->scenario.name), NULL, count_entry, &counting, &err);
    int status = scenario_end(file, ok, &err);
    if (status == EXIT_DONE)
        say("scenario '%s' is in the store, with %zu creator%s in its plan", file->scenario.name,
            counting.planned, counting.planned == 1 ? "" : "s");
    if (status == EXIT_DONE && counting.missing > 0)
        say("of %zu of them the store knows nothing yet", counting.missing);
    return status;
}

int scenario_import(const struct cli *cli, const char *const *words, size_t count)
{
    struct scenario_file file = {.store = NULL};
    struct buf path = BUF_INIT;
    struct err err;
    int status = EXIT_FAILED;
    (void)count;
    scenario_init(&file.scenario);
    name_of_file(words[0], &file.scenario);
    if (!verb_yaml(words[0], read_scenario, &file, &err))
        status = verb_failed(&err);
    else if (verb_store(cli, &path))
        status = patience_open_for_a_verb(buf_string(&path), STORE_WRITE, cli->config->plain,
                                          &file.store, &err)
                     ? keep(&file, cli->values[OPTION_SCENARIO], cli->given[OPTION_FORCE])
                     : verb_failed(&err);
    scenario_close(&file);
    buf_release(&path);
    return status;
}
