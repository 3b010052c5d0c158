#include <stdio.h>
#include <string.h>

#include "alias_internal.h"
#include "base/vec.h"
#include "importers_internal.h"
#include "plan_internal.h"

static bool feed_of(struct feed *feed, struct source *memory, struct text sample)
{
    source_of(memory, "sample", sample);
    return feed_init(feed, memory, ENCODING_UTF8, NULL);
}

static bool find_wrapper(struct text sample, struct buf *path)
{
    struct source memory;
    struct feed feed;
    bool found = feed_of(&feed, &memory, sample) && json_wrapper(&feed, path);
    feed_release(&feed);
    source_release(&memory);
    return found;
}

static int first_byte(struct text sample)
{
    struct text start = text_trim(sample);
    return start.length > 0 ? (unsigned char)*start.at : 0;
}

/* ---- what the first elements look like ---- */

#define INNER_BYTES 16 /* of the key of a list */

struct json_look {
    struct names paths;
    size_t elements;
    bool creator; /* the first has a handle and followers of its own */
    char inner[INNER_BYTES];
};

/* Keys under which interfaces put a list into each of their answers. */
static const char *const inner_keys[] = {"items", "data", "users", "results", "creators"};

static void look_at(struct json_look *look, const struct row *row)
{
    bool handle = false, followers = false;
    for (size_t i = 0; i < row->count; i++) {
        struct meaning meaning = alias_find(look->paths.items[i]);
        handle |= meaning.use == USE_COLUMN && meaning.column == COL_HANDLE;
        followers |= meaning.use == USE_COLUMN && meaning.column == COL_FOLLOWERS;
        for (size_t k = 0; k < COUNT_OF(inner_keys); k++)
            if (text_is(look->paths.items[i], inner_keys[k]) && text_starts(row->cells[i], "[{"))
                snprintf(look->inner, sizeof look->inner, "%s", inner_keys[k]);
    }
    look->creator =
        (handle && followers) || names_find(&look->paths, TEXT("reject_line")) != NAMES_NONE;
}

static bool look_row(void *self, const struct row *row, struct err *err)
{
    (void)err;
    struct json_look *look = self;
    if (look->elements == 0)
        look_at(look, row);
    return ++look->elements < 2;
}

static bool look_broken(void *self, size_t line, struct text value, struct text raw,
                        const char *reason, struct err *err)
{
    (void)self, (void)line, (void)value, (void)raw, (void)reason, (void)err;
    return false;
}

/* `lines`: objects that follow one another; else those of a bare list. */
static struct json_look look_first(struct text sample, bool lines)
{
    struct json_look look = {.elements = 0};
    struct row_taker taker = {&look, look_row, look_broken, false};
    struct source memory;
    struct feed feed;
    if (feed_of(&feed, &memory, sample))
        json_rows(&feed, (struct json_place){.lines = lines}, &look.paths, &taker, NULL);
    feed_release(&feed);
    source_release(&memory);
    names_release(&look.paths);
    return look;
}

/* A list, or one object that wraps a list and is no creator itself. */
bool json_sniff(struct text sample)
{
    struct buf path = BUF_INIT;
    int first = first_byte(sample);
    bool is = first == '[';
    if (first == '{') {
        struct json_look look = look_first(sample, true);
        is = !look.creator && look.elements < 2 && find_wrapper(sample, &path);
    }
    buf_release(&path);
    return is;
}

bool jsonl_sniff(struct text sample)
{
    return first_byte(sample) == '{';
}

/* Elements that wrap a list each, and are no creators. */
static void plan_inner(struct import_plan *plan, struct text sample, struct json_place *place)
{
    struct json_look look = look_first(sample, place->lines);
    if (look.creator || look.inner[0] == '\0')
        return;
    place->inner = plan->inner = arena_text(&plan->arena, text_of(look.inner));
}

/* ---- the plan ---- */

struct json_survey {
    struct profile profile;
};

static bool survey_row(void *self, const struct row *row, struct err *err)
{
    (void)err;
    struct json_survey *survey = self;
    profile_reserve(&survey->profile, row->count);
    profile_add(&survey->profile, row);
    return true;
}

static bool survey_broken(void *self, size_t line, struct text value, struct text raw,
                          const char *reason, struct err *err)
{
    (void)self, (void)line, (void)value, (void)raw, (void)reason, (void)err;
    return true;
}

static bool survey_elements(struct json_survey *survey, struct text sample, struct json_place place,
                            struct names *paths, struct err *err)
{
    struct row_taker taker = {survey, survey_row, survey_broken, false};
    struct source memory;
    struct feed feed;
    bool ok = feed_of(&feed, &memory, sample) && json_rows(&feed, place, paths, &taker, err);
    feed_release(&feed);
    source_release(&memory);
    return ok;
}

static bool plan_elements(struct import_plan *plan, struct text sample, struct json_place place,
                          const struct import_options *options, struct err *err)
{
    struct json_survey survey = {.profile = {.numbers = plan->numbers}};
    struct names paths = {0};
    bool ok = survey_elements(&survey, sample, place, &paths, err);
    if (ok && paths.count == 0)
        ok = err_set(err, "'%s' has no objects", plan->file.at);
    else if (!ok)
        err_before(err, "cannot read '%s'", plan->file.at);
    if (ok) {
        profile_reserve(&survey.profile, paths.count);
        if (plan_reread(plan, &survey.profile, paths.items, options)) {
            profile_again(&survey.profile);
            survey_elements(&survey, sample, place, &paths, NULL);
        }
        ok = plan_decide(plan, &survey.profile, paths.items, options, err);
    }
    names_release(&paths);
    profile_release(&survey.profile);
    return ok;
}

bool json_plan(struct import_plan *plan, struct text sample, bool whole,
               const struct import_options *options, struct err *err)
{
    (void)whole;
    struct buf path = BUF_INIT;
    struct json_place place = {.wrapper = plan->wrapper};
    if (first_byte(sample) == '{' && !text_known(plan->wrapper)) {
        if (!find_wrapper(sample, &path)) {
            buf_release(&path);
            return err_set(err, "'%s' holds no list of objects", plan->file.at);
        }
        place.wrapper = plan->wrapper = arena_text(&plan->arena, buf_text(&path));
    }
    buf_release(&path);
    if (first_byte(sample) == '[')
        plan_inner(plan, sample, &place);
    return plan_elements(plan, sample, place, options, err);
}

bool jsonl_plan(struct import_plan *plan, struct text sample, bool whole,
                const struct import_options *options, struct err *err)
{
    (void)whole;
    struct json_place place = {.lines = true};
    plan_inner(plan, sample, &place);
    return plan_elements(plan, sample, place, options, err);
}

static bool run_row(void *self, const struct row *row, struct err *err)
{
    return walk_row(self, row, err);
}

static bool run_broken(void *self, size_t line, struct text value, struct text raw,
                       const char *reason, struct err *err)
{
    return walk_broken(self, line, value, raw, reason, err);
}

/* Paths get the codes that are the numbers of the plan's columns; others follow behind. */
static bool run_elements(const struct import_plan *plan, struct source *source,
                         struct json_place place, struct import_walk *walk, struct err *err)
{
    struct row_taker taker = {walk, run_row, run_broken, walk_wants_rows(walk)};
    struct names paths = {0};
    struct feed feed;
    for (size_t i = 0; i < plan->column_count; i++)
        names_add(&paths, plan->columns[i].name);
    bool ok =
        feed_init_plan(&feed, source, plan, err) && json_rows(&feed, place, &paths, &taker, err);
    feed_release(&feed);
    names_release(&paths);
    return ok;
}

bool json_run(const struct import_plan *plan, struct source *source, struct import_walk *walk,
              struct err *err)
{
    return run_elements(plan, source, (struct json_place){plan->wrapper, false, plan->inner}, walk,
                        err);
}

bool jsonl_run(const struct import_plan *plan, struct source *source, struct import_walk *walk,
               struct err *err)
{
    return run_elements(plan, source, (struct json_place){{0}, true, plan->inner}, walk, err);
}
