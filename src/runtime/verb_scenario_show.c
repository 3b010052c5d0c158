#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "scenario_internal.h"

/* microscope scenario list, show. */

/* ---- list ---- */

struct listing {
    struct scenario_file *file;
    struct arena arena;
    struct text *items;
    size_t count, capacity;
    struct buf in_use;
};

static void note_name(void *self, struct text name)
{
    struct listing *listing = self;
    struct text kept = arena_text(&listing->arena, name);
    VEC_PUSH(listing, kept);
}

static void count_own(void *self, struct text key, struct text value)
{
    (void)key;
    (void)value;
    ++*(size_t *)self;
}

static size_t planned_of(const struct plan_entries *entries)
{
    size_t planned = 0;
    for (size_t i = 0; i < entries->count; i++)
        planned += entries->items[i].planned.deliverables > 0;
    return planned;
}

static bool list_row(struct listing *listing, struct text name, struct writer *writer, bool people,
                     struct err *err)
{
    struct scenario_file *file = listing->file;
    bool used = text_equal(name, buf_text(&listing->in_use));
    size_t own = 0;
    if (!store_scenario_get(file->store, name, &file->scenario, &file->entries, err))
        return false;
    scenario_knobs(&file->scenario, count_own, &own);
    struct writer_cell cells[] = {
        {.text = name},
        {.number = used, .text = people ? text_of(used ? "in use" : "") : (struct text){0}},
        {.text = text_of(currencies[file->scenario.currency].code)},
        {.number = file->scenario.budget},
        {.number = (double)planned_of(&file->entries)},
        {.number = (double)own},
    };
    return writer_row(writer, cells, err);
}

static bool list_rows(void *self, struct writer *writer, bool people, struct err *err)
{
    struct listing *listing = self;
    for (size_t i = 0; i < listing->count; i++)
        if (!list_row(listing, listing->items[i], writer, people, err))
            return false;
    return true;
}

int scenario_list(const struct cli *cli, const char *const *words, size_t count)
{
    static const struct writer_column layout[] = {
        {.key = "name", .title = "Scenario"},
        {.key = "in_use", .title = "In use", .unit = UNIT_FLAG},
        {.key = "currency", .title = "Currency"},
        {.key = "budget", .title = "Budget", .unit = UNIT_MONEY},
        {.key = "planned", .title = "In the plan", .unit = UNIT_COUNT},
        {.key = "own", .title = "Own assumptions", .unit = UNIT_COUNT},
    };
    struct scenario_file file;
    struct err err;
    (void)words;
    (void)count;
    if (!scenario_open(cli, STORE_READ, &file))
        return EXIT_FAILED;
    struct listing listing = {.file = &file};
    int status;
    if (store_scenario_in_use(file.store, &listing.in_use, &err) &&
        store_scenarios(file.store, note_name, &listing, &err))
        status = verb_print_table(
            cli, &(struct verb_table){layout, COUNT_OF(layout), list_rows, &listing});
    else
        status = verb_failed(&err);
    free(listing.items);
    arena_release(&listing.arena);
    buf_release(&listing.in_use);
    scenario_close(&file);
    return status;
}

/* ---- show ---- */

struct showing {
    const struct scenario *scenario;
    struct scenario fresh;
    struct number_style style;
};

void scenario_say(const struct scenario *scenario, const struct knob *knob,
                  const struct number_style *people, struct buf *out)
{
    double number = scenario_knob_number(scenario, text_of(knob->key));
    if (people && knob->kind == KNOB_NUMBER && !isnan(number))
        show_number(out, knob->unit, number, true, *people);
    else
        scenario_knob_get(scenario, text_of(knob->key), out);
    if (people && out->length == 0)
        buf_add_string(out, knob->group ? "various" : "none");
}

static struct text known_text(const struct buf *buf)
{
    return buf->length ? buf_text(buf) : (struct text){0};
}

static bool show_row(const struct showing *showing, const struct knob *knob, struct writer *writer,
                     bool people, struct err *err)
{
    bool own = scenario_own(showing->scenario, text_of(knob->key));
    struct buf value = BUF_INIT, standard = BUF_INIT;
    scenario_say(showing->scenario, knob, people ? &showing->style : NULL, &value);
    scenario_say(&showing->fresh, knob, people ? &showing->style : NULL, &standard);
    struct writer_cell cells[] = {
        {.text = text_of(knob->key)},    {.text = text_of(knob->title)},
        {.text = known_text(&value)},    {.number = own},
        {.text = known_text(&standard)}, {.text = text_of(knob->source)},
    };
    bool ok = writer_row(writer, cells, err);
    buf_release(&value);
    buf_release(&standard);
    return ok;
}

static bool show_rows(void *self, struct writer *writer, bool people, struct err *err)
{
    const struct showing *showing = self;
    struct knob knob;
    bool ok = true;
    for (size_t at = 0; ok && knob_next(&at, showing->scenario, &knob);)
        ok = show_row(showing, &knob, writer, people, err);
    return ok;
}

int scenario_show(const struct cli *cli, const char *const *words, size_t count)
{
    static const struct writer_column layout[] = {
        {.key = "key", .title = "Key"},
        {.key = "title", .title = "Assumption"},
        {.key = "value", .title = "Value", .right = true},
        {.key = "own", .title = "Yours", .unit = UNIT_FLAG},
        {.key = "default", .title = "Default", .right = true},
        {.key = "source", .title = "Source of the default"},
    };
    struct scenario_file file;
    struct err err;
    if (!scenario_open(cli, STORE_READ, &file))
        return EXIT_FAILED;
    int status = EXIT_FAILED;
    if (count > 0 && !scenario_read(&file, words[0], &err)) {
        status = verb_failed(&err);
    } else {
        struct showing showing = {.scenario = &file.scenario, .style = file.style};
        scenario_init(&showing.fresh);
        status = verb_print_table(
            cli, &(struct verb_table){layout, COUNT_OF(layout), show_rows, &showing});
    }
    scenario_close(&file);
    return status;
}
