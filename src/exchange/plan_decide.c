#include <stdlib.h>
#include <string.h>

#include "alias_internal.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "plan_internal.h"
#include "points_internal.h"
#include "rejects_internal.h"

void plan_note(struct import_plan *plan, const char *format, ...)
{
    struct buf line = BUF_INIT;
    va_list arguments;
    va_start(arguments, format);
    buf_addv(&line, format, arguments);
    va_end(arguments);
    struct text *notes = arena_alloc(&plan->arena, (plan->note_count + 1) * sizeof *notes);
    if (plan->note_count > 0)
        memcpy(notes, plan->notes, plan->note_count * sizeof *notes);
    notes[plan->note_count++] = arena_text(&plan->arena, buf_text(&line));
    plan->notes = notes;
    buf_release(&line);
}

struct text plan_why(struct import_plan *plan, const char *format, ...)
{
    struct buf line = BUF_INIT;
    va_list arguments;
    va_start(arguments, format);
    buf_addv(&line, format, arguments);
    va_end(arguments);
    struct text why = arena_text(&plan->arena, buf_text(&line));
    buf_release(&line);
    return why;
}

struct import_column *plan_column(const struct import_plan *plan, enum import_use use,
                                  enum column column)
{
    for (size_t i = 0; i < plan->column_count; i++)
        if (plan->columns[i].use == use && (use != USE_COLUMN || plan->columns[i].column == column))
            return &plan->columns[i];
    return NULL;
}

const struct column_profile *decision_profile(const struct decision *it,
                                              const struct import_column *column)
{
    return &it->profile->items[column - it->plan->columns];
}

struct meaning *decision_meaning(const struct decision *it, const struct import_column *column)
{
    return &it->words[column - it->plan->columns].meaning;
}

void plan_ignore(struct import_column *column, struct text why)
{
    column->use = USE_IGNORED;
    column->why = why;
}

/* ---- headers ---- */

static bool are_ours(const struct text *names, size_t count)
{
    bool platform = false, handle = false;
    for (size_t i = 0; i < count; i++) {
        struct meaning meaning = alias_of_key(names[i]);
        if (!meaning.known)
            return false;
        platform |= meaning.use == USE_COLUMN && meaning.column == COL_PLATFORM;
        handle |= meaning.use == USE_COLUMN && meaning.column == COL_HANDLE;
    }
    return platform && handle;
}

static bool words_of(const struct import_options *options, struct text name, size_t place,
                     bool ours, struct column_words *out, struct err *err)
{
    const struct doc_node *said = import_map_find(options->map, name, place);
    *out = (struct column_words){.scaled = false};
    if (said != NULL && !rejects_own(name))
        return import_map_meaning(said, out, err);
    out->meaning = ours ? alias_of_key(name) : alias_find(name);
    return true;
}

bool plan_reread(struct import_plan *plan, struct profile *profile, const struct text *names,
                 const struct import_options *options)
{
    struct column_words *words = mem_zero(profile->count + 1, sizeof *words);
    bool changed = false, ours = are_ours(names, profile->count);
    plan->lead = rejects_lead(names, profile->count);
    for (size_t i = 0; i < profile->count; i++)
        words_of(options, text_trim(names[i]), import_map_place(plan, i), ours, &words[i], NULL);
    if (!ours)
        changed = points_decide(plan, profile, names, words);
    free(words);
    return changed;
}

static bool decide_header(struct decision *it, size_t i)
{
    struct import_column *column = &it->plan->columns[i];
    const struct column_profile *profile = &it->profile->items[i];
    struct column_words *words = &it->words[i];
    const struct meaning *meaning = &words->meaning;
    if (!words_of(it->options, column->name, import_map_place(it->plan, i), it->plan->ours, words,
                  it->err))
        return err_before(it->err, "mapping file");
    column->use = meaning->use;
    column->column = meaning->column;
    column->scale = words->scale;
    column->currency = meaning->currency;
    column->format = meaning->format;
    column->group = meaning->group;
    column->capitals = meaning->capitals;
    column->numbers = profile->numbers;
    column->numbers_why = profile->numbers_why;
    column->numbers_guess = profile->numbers_guess;
    column->why = meaning->why != NULL ? text_of(meaning->why) : TEXT("header");
    if (meaning->rank != 100 && !it->plan->ours)
        plan_by_values(it, column);
    return true;
}

static bool decide_headers(struct decision *it, const struct text *names)
{
    struct import_plan *plan = it->plan;
    for (size_t i = 0; i < plan->column_count; i++) {
        struct buf name = BUF_INIT;
        utf8_repair(&name, text_trim(names[i]));
        plan->columns[i].name = arena_text(&plan->arena, buf_text(&name));
        plan->columns[i].place = i + 1;
        plan->columns[i].example = arena_text(&plan->arena, it->profile->items[i].example);
        plan->columns[i].empty = it->profile->rows - it->profile->items[i].known;
        buf_release(&name);
    }
    plan->sample_rows = it->profile->rows;
    plan->sample_whole = it->profile->rows < PROFILE_ROWS && plan->sample_whole;
    plan->ours = are_ours(names, plan->column_count);
    for (size_t i = 0; i < plan->column_count; i++)
        if (!decide_header(it, i))
            return false;
    /* Rejects of JSON need not have every key of their file. */
    return plan->lead > 0 || import_map_complete(it->options->map, plan, it->err) ||
           err_before(it->err, "mapping file");
}

/* ---- rivals ---- */

static double rival_weight(const struct decision *it, const struct import_column *column)
{
    const struct meaning *meaning = decision_meaning(it, column);
    const struct column_profile *profile = decision_profile(it, column);
    double weight = meaning->rank;
    if (it->usual != PLATFORM_COUNT && meaning->own != 0)
        weight += (meaning->own & (1u << it->usual)) != 0 ? 10 : -4;
    if (it->usual != PLATFORM_COUNT && meaning->named == it->usual)
        weight += 3;
    if (profile->known == 0)
        weight -= 20;
    /* Handles have no blanks, names do. */
    bool handle = column->use == USE_COLUMN && column->column == COL_HANDLE;
    weight -= handle && profile->blanks * 2 > profile->known ? 5 : 0;
    /* Of two that say the same the one with all digits is better. */
    weight -= profile->scaled * 2 > profile->known ? 0.5 : 0;
    return weight;
}

static bool rivals_agree(const struct decision *it, const struct import_column *a,
                         const struct import_column *b)
{
    double x = profile_median(decision_profile(it, a)), y = profile_median(decision_profile(it, b));
    return number_known(x) && number_known(y) && x - y <= 0.05 * x && y - x <= 0.05 * x;
}

/* "'followers'", or "'followers' in column 3" where another is called the same. */
static struct text rival_name(struct import_plan *plan, const struct import_column *column,
                              const struct import_column *other)
{
    if (text_equal(column->name, other->name))
        return plan_why(plan, "'%s' in column %zu", column->name.at, column->place);
    return plan_why(plan, "'%s'", column->name.at);
}

static void rival_lost(struct decision *it, struct import_column *loser,
                       const struct import_column *winner)
{
    struct import_plan *plan = it->plan;
    const struct meaning *lost = decision_meaning(it, loser), *kept = decision_meaning(it, winner);
    const char *won = rival_name(plan, winner, loser).at;
    bool usual = it->usual != PLATFORM_COUNT;
    bool own = usual && (kept->own & (1u << it->usual)) && !(lost->own & (1u << it->usual));
    if (loser->use == USE_COLUMN && loser->column == COL_HANDLE &&
        plan_column(plan, USE_COLUMN, COL_NAME) == NULL) {
        loser->column = COL_NAME;
        loser->why = plan_why(plan, "%s is the handle", won);
        return;
    }
    if (rivals_agree(it, loser, winner)) {
        plan_ignore(loser, plan_why(plan, "says the same as %s, less exactly or later", won));
    } else if (own) {
        plan_ignore(loser, plan_why(plan, "%s is %s's own word, so this counts something else", won,
                                    platforms[it->usual].word));
    } else {
        plan_ignore(loser, plan_why(plan, "%s fits better", won));
        loser->guess = lost->rank == kept->rank;
    }
    if (winner->use == USE_COLUMN)
        plan_note(plan, "%s is taken for %s and %s is not: %.*s", won, columns[winner->column].key,
                  rival_name(plan, loser, winner).at, (int)loser->why.length, loser->why.at);
}

/* Prices of other deliverables are no rivals, nor are topics in several columns. */
static bool rivals(const struct import_column *a, const struct import_column *b)
{
    bool sets = a->column == COL_NICHE || a->column == COL_TAG;
    if (a->use != b->use || a->use == USE_IGNORED)
        return false;
    if (a->use == USE_FEE_FORMAT)
        return a->group == b->group;
    if (a->use == USE_COLUMN && a->column == COL_FEE && b->column == COL_FEE)
        return a->group == b->group && text_equal(a->format, b->format);
    return a->use != USE_COLUMN || (a->column == b->column && !sets);
}

/* "Price1, Price2" without a word on what they are for are just two prices. */
static void decide_groups(struct decision *it)
{
    for (size_t i = 0; i < it->plan->column_count; i++) {
        struct import_column *column = &it->plan->columns[i];
        bool fee = column->use == USE_COLUMN && column->column == COL_FEE;
        bool found = false;
        for (size_t k = 0; k < it->plan->column_count && !found; k++) {
            const struct import_column *other = &it->plan->columns[k];
            bool match = fee ? other->use == USE_FEE_FORMAT
                             : other->use == USE_COLUMN && other->column == COL_FEE;
            found = match && other->group == column->group;
        }
        if (fee && !found)
            column->group = 0;
        else if (column->use == USE_FEE_FORMAT && !found)
            plan_ignore(column, TEXT("no price beside it"));
    }
}

static void decide_rivals(struct decision *it)
{
    struct import_plan *plan = it->plan;
    for (size_t i = 0; i < plan->column_count; i++)
        for (size_t k = i + 1; k < plan->column_count && plan->columns[i].use != USE_IGNORED; k++) {
            struct import_column *a = &plan->columns[i], *b = &plan->columns[k];
            if (!rivals(a, b))
                continue;
            bool later = rival_weight(it, b) > rival_weight(it, a);
            rival_lost(it, later ? a : b, later ? b : a);
        }
}

/* ---- date ---- */

/* "list_2026-05-03.csv", "20260503-atlas.json" */
static bool date_in_name(struct text name, double *date)
{
    static const size_t lengths[] = {10, 8};
    for (size_t k = 0; k < COUNT_OF(lengths); k++)
        for (size_t i = 0; i + lengths[k] <= name.length; i++) {
            struct text piece = text_part(name, i, lengths[k]);
            bool digits = piece.at[0] >= '1' && piece.at[0] <= '2';
            if (digits && date_parse(piece, date))
                return true;
        }
    return false;
}

/* A day after now is no day anything was seen on; a day more is for those east of here. */
static bool decide_date(struct decision *it)
{
    struct import_plan *plan = it->plan;
    double latest = plan->now + DATE_DAY, named = number_unknown();
    if (number_known(it->options->date)) {
        plan->date = it->options->date;
        plan->date_said = true;
    }
    if (plan->date_said && plan->date > latest)
        return err_set(it->err, "the date of the list lies in the future");
    if (plan->date_said) {
        plan->date_why = TEXT("you said so");
        return true;
    }
    if (date_in_name(plan_file_part(plan->file), &named) && !(named > latest)) {
        plan->date = named;
        plan->date_why = TEXT("in the file's name");
    } else if (number_known(plan->changed)) {
        plan->date = plan->changed;
        plan->date_guess = plan_column(plan, USE_DATE, 0) == NULL;
        plan->date_why = TEXT("when the file was last changed");
    }
    if (named > latest)
        plan_note(plan, "the date in the file's name lies in the future: not taken");
    return true;
}

static bool decide_all(struct decision *it, const struct text *names)
{
    if (!decide_headers(it, names) || !plan_is_creators(it))
        return false;
    plan_at_signs(it);
    bool handle = plan_has_handle(it), platform = plan_platform(it);
    if (platform)
        plan_other_networks(it);
    handle = handle && plan_handle(it);
    it->plan->missing = !handle ? "handle" : !platform ? "platform" : NULL;
    if (it->plan->missing != NULL && !it->options->ask)
        return handle ? plan_no_platform(it) : plan_no_handle(it);
    decide_groups(it);
    decide_rivals(it);
    plan_units(it);
    plan_dates(it);
    if (!decide_date(it))
        return false;
    plan_decisions(it->plan);
    return true;
}

bool plan_decide(struct import_plan *plan, const struct profile *profile, const struct text *names,
                 const struct import_options *options, struct err *err)
{
    size_t count = profile->count;
    plan->column_count = count;
    plan->columns = arena_alloc(&plan->arena, (count + 1) * sizeof *plan->columns);
    struct decision it = {.plan = plan,
                          .profile = profile,
                          .options = options,
                          .words = mem_zero(count + 1, sizeof(struct column_words)),
                          .usual = PLATFORM_COUNT,
                          .err = err};
    bool ok = decide_all(&it, names);
    free(it.words);
    return ok;
}
