#include <string.h>

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

bool json_sniff(struct text sample)
{
    struct buf path = BUF_INIT;
    int first = first_byte(sample);
    bool is = first == '[' || (first == '{' && find_wrapper(sample, &path));
    buf_release(&path);
    return is;
}

bool jsonl_sniff(struct text sample)
{
    return first_byte(sample) == '{';
}

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

static bool survey_broken(void *self, size_t line, struct text value, const char *reason,
                          struct err *err)
{
    (void)self, (void)line, (void)value, (void)reason, (void)err;
    return true;
}

static bool plan_elements(struct import_plan *plan, struct text sample, struct json_place place,
                          const struct import_options *options, struct err *err)
{
    struct json_survey survey = {.profile = {.numbers = plan->numbers}};
    struct row_taker taker = {&survey, survey_row, survey_broken};
    struct names paths = {0};
    struct source memory;
    struct feed feed;
    bool ok = feed_of(&feed, &memory, sample) && json_rows(&feed, place, &paths, &taker, err);
    feed_release(&feed);
    source_release(&memory);
    if (ok && paths.count == 0)
        ok = err_set(err, "'%s' has no objects", plan->file.at);
    else if (!ok)
        err_before(err, "cannot read '%s'", plan->file.at);
    if (ok) {
        profile_reserve(&survey.profile, paths.count);
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
    struct json_place place = {{0}, false};
    if (first_byte(sample) == '{') {
        if (!find_wrapper(sample, &path)) {
            buf_release(&path);
            return err_set(err, "'%s' holds no list of objects", plan->file.at);
        }
        place.wrapper = plan->wrapper = arena_text(&plan->arena, buf_text(&path));
    }
    buf_release(&path);
    return plan_elements(plan, sample, place, options, err);
}

bool jsonl_plan(struct import_plan *plan, struct text sample, bool whole,
                const struct import_options *options, struct err *err)
{
    (void)whole;
    return plan_elements(plan, sample, (struct json_place){{0}, true}, options, err);
}

static bool run_row(void *self, const struct row *row, struct err *err)
{
    return walk_row(self, row, err);
}

static bool run_broken(void *self, size_t line, struct text value, const char *reason,
                       struct err *err)
{
    return walk_broken(self, line, value, reason, err);
}

/* Paths get the codes that are the numbers of the plan's columns; others follow behind. */
static bool run_elements(const struct import_plan *plan, struct source *source,
                         struct json_place place, struct import_walk *walk, struct err *err)
{
    struct row_taker taker = {walk, run_row, run_broken};
    struct names paths = {0};
    struct feed feed;
    for (size_t i = 0; i < plan->column_count; i++)
        names_add(&paths, plan->columns[i].name);
    bool ok = feed_init(&feed, source, plan->encoding, err) &&
              json_rows(&feed, place, &paths, &taker, err);
    feed_release(&feed);
    names_release(&paths);
    return ok;
}

bool json_run(const struct import_plan *plan, struct source *source, struct import_walk *walk,
              struct err *err)
{
    return run_elements(plan, source, (struct json_place){plan->wrapper, false}, walk, err);
}

bool jsonl_run(const struct import_plan *plan, struct source *source, struct import_walk *walk,
               struct err *err)
{
    return run_elements(plan, source, (struct json_place){{0}, true}, walk, err);
}
