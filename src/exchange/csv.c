#include <stdlib.h>
#include <string.h>

#include "alias_internal.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "importers_internal.h"
#include "map_internal.h"
#include "plan_internal.h"

#define HEADER_ROWS 30
#define HEADER_BYTES ((size_t)65536)

bool csv_sniff(struct text sample)
{
    struct text start = text_trim(text_part(sample, 0, 4096));
    return start.length == 0 || (*start.at != '[' && *start.at != '{');
}

/* ---- where the header is, and what separates ---- */

struct header_search {
    const struct import_options *options;
    size_t wanted; /* line the map names; 0 */
    size_t rows;
    int best;
    size_t line;      /* of the best row; 0: none */
    size_t wide_line; /* of the first row with too many cells; 0: none */
};

static int header_cell_score(const struct header_search *search, struct text cell)
{
    struct number_seen seen;
    if (text_trim(cell).length == 0)
        return 0;
    if (import_map_find(search->options->map, cell, 0) != NULL)
        return 4;
    if (number_parse(cell, number_style_english, &seen) && !seen.trailing && !seen.unknown)
        return -3;
    struct meaning meaning = alias_find(cell);
    if (meaning.known && meaning.use != USE_IGNORED)
        return 3;
    return meaning.known ? 1 : 0;
}

static bool header_row(void *self, const struct row *row, struct err *err)
{
    (void)err;
    struct header_search *search = self;
    int score = 0;
    for (size_t i = 0; i < row->count; i++)
        score += header_cell_score(search, row->cells[i]);
    if (search->wanted != 0)
        score = row->line == search->wanted ? 1000 + (int)row->count : 0;
    if (score > search->best) {
        search->best = score;
        search->line = row->line;
    }
    return ++search->rows < HEADER_ROWS || search->wanted > row->line;
}

static bool header_broken(void *self, size_t line, struct text value, struct text raw,
                          const char *reason, struct err *err)
{
    (void)value, (void)raw, (void)err;
    struct header_search *search = self;
    if (search->wide_line == 0 && strcmp(reason, csv_too_many_cells) == 0)
        search->wide_line = line;
    return ++search->rows < HEADER_ROWS;
}

static void csv_sample_rows(struct text sample, char separator, const struct row_taker *taker)
{
    struct source memory;
    struct feed feed;
    source_of(&memory, "sample", sample);
    if (feed_init(&feed, &memory, ENCODING_UTF8, NULL))
        csv_rows(&feed, separator, taker, NULL);
    feed_release(&feed);
    source_release(&memory);
}

static struct header_search search_header(const struct import_plan *plan, struct text sample,
                                          char separator, const struct import_options *options)
{
    struct header_search search = {.options = options, .wanted = plan->header_line};
    struct row_taker taker = {&search, header_row, header_broken, false};
    csv_sample_rows(text_part(sample, 0, HEADER_BYTES), separator, &taker);
    return search;
}

/* A first line "sep=;" is how some spreadsheets say it. */
static char separator_declared(struct text sample)
{
    bool said = sample.length > 5 && text_equal_ascii_case(text_part(sample, 0, 4), TEXT("sep=")) &&
                (sample.at[5] == '\n' || sample.at[5] == '\r');
    return said ? sample.at[4] : '\0';
}

/* Counting characters misleads where cells hold lists: the separator under which most headers make
 * sense is the right one. */
static bool csv_find_header(struct import_plan *plan, struct text sample,
                            const struct import_options *options, struct err *err)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    char declared = plan->separator != '\0' ? plan->separator : separator_declared(sample);
    struct header_search best = {.best = 0};
    size_t wide = 0;
    for (size_t i = 0; i < COUNT_OF(candidates); i++) {
        if (declared != '\0' && declared != candidates[i])
            continue;
        struct header_search search = search_header(plan, sample, candidates[i], options);
        wide = wide == 0 ? search.wide_line : wide;
        if (search.best <= best.best)
            continue;
        best = search;
        plan->separator = candidates[i];
    }
    if (wide != 0 && (best.line == 0 || wide <= best.line))
        return err_set(err, "'%s' has more than %d columns", plan->file.at, IMPORT_COLUMNS_MOST);
    if (best.line == 0)
        return err_set(err,
                       "no header in the first %d rows of '%s': name its line and columns in a "
                       "mapping file",
                       HEADER_ROWS, plan->file.at);
    plan->separator_said = declared != '\0';
    plan->header_line = best.line;
    if (best.line > 1)
        plan_note(plan, "the header is on line %zu; what stands above is left out", best.line);
    return true;
}

/* ---- the columns ---- */

struct csv_survey {
    struct import_plan *plan;
    struct profile profile;
    struct text *names;
};

static void survey_names(struct csv_survey *survey, const struct row *row)
{
    survey->names = arena_alloc(&survey->profile.arena, (row->count + 1) * sizeof *survey->names);
    for (size_t i = 0; i < row->count; i++)
        survey->names[i] = arena_text(&survey->profile.arena, row->cells[i]);
    profile_reserve(&survey->profile, row->count);
}

static bool survey_row(void *self, const struct row *row, struct err *err)
{
    (void)err;
    struct csv_survey *survey = self;
    if (row->line < survey->plan->header_line)
        return true;
    if (survey->names == NULL)
        survey_names(survey, row);
    else
        profile_add(&survey->profile, row);
    return survey->profile.rows < PROFILE_ROWS;
}

static bool survey_broken(void *self, size_t line, struct text value, struct text raw,
                          const char *reason, struct err *err)
{
    (void)self, (void)line, (void)value, (void)raw, (void)reason, (void)err;
    return true;
}

/* A sample that ends inside a row says nothing about that row. */
static struct text whole_lines(struct text sample)
{
    size_t length = sample.length;
    while (length > 0 && sample.at[length - 1] != '\n' && sample.at[length - 1] != '\r')
        length--;
    return text_part(sample, 0, length > 0 ? length : sample.length);
}

static void survey_rows(struct csv_survey *survey, struct text sample)
{
    struct row_taker taker = {survey, survey_row, survey_broken, false};
    csv_sample_rows(sample, survey->plan->separator, &taker);
}

bool csv_plan(struct import_plan *plan, struct text sample, bool whole,
              const struct import_options *options, struct err *err)
{
    if (!csv_find_header(plan, sample, options, err))
        return false;
    struct csv_survey survey = {.plan = plan, .profile = {.numbers = plan->numbers}};
    sample = whole ? sample : whole_lines(sample);
    survey_rows(&survey, sample);
    if (plan_reread(plan, &survey.profile, survey.names, options)) {
        profile_again(&survey.profile);
        survey.names = NULL;
        survey_rows(&survey, sample);
    }
    bool ok = plan_decide(plan, &survey.profile, survey.names, options, err);
    profile_release(&survey.profile);
    return ok;
}

/* ---- the run ---- */

struct csv_run {
    const struct import_plan *plan;
    struct import_walk *walk;
    bool headed; /* the header has passed */
};

static bool run_row(void *self, const struct row *row, struct err *err)
{
    struct csv_run *run = self;
    if (!run->headed) {
        run->headed = row->line >= run->plan->header_line;
        return true;
    }
    return walk_row(run->walk, row, err);
}

static bool run_broken(void *self, size_t line, struct text value, struct text raw,
                       const char *reason, struct err *err)
{
    struct csv_run *run = self;
    return line < run->plan->header_line || walk_broken(run->walk, line, value, raw, reason, err);
}

bool csv_run(const struct import_plan *plan, struct source *source, struct import_walk *walk,
             struct err *err)
{
    struct csv_run run = {.plan = plan, .walk = walk};
    struct row_taker taker = {&run, run_row, run_broken, walk_wants_rows(walk)};
    struct feed feed;
    bool ok =
        feed_init_plan(&feed, source, plan, err) && csv_rows(&feed, plan->separator, &taker, err);
    feed_release(&feed);
    return ok;
}
