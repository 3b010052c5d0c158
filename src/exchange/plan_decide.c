#include <stdlib.h>
#include <string.h>

#include "alias_internal.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "map_internal.h"
#include "plan_internal.h"

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

static const struct column_profile *profile_of(const struct decision *it,
                                               const struct import_column *column)
{
    return &it->profile->items[column - it->plan->columns];
}

static struct meaning *meaning_of(const struct decision *it, const struct import_column *column)
{
    return &it->meanings[column - it->plan->columns];
}

void plan_ignore(struct import_column *column, struct text why)
{
    column->use = USE_IGNORED;
    column->why = why;
}

/* ---- headers ---- */

static bool decide_ours(const struct decision *it)
{
    bool platform = false, handle = false;
    for (size_t i = 0; i < it->plan->column_count; i++) {
        struct meaning meaning = alias_of_key(it->plan->columns[i].name);
        if (!meaning.known)
            return false;
        platform |= meaning.use == USE_COLUMN && meaning.column == COL_PLATFORM;
        handle |= meaning.use == USE_COLUMN && meaning.column == COL_HANDLE;
    }
    return platform && handle;
}

/* A column whose header says little may say it by its values. */
static void decide_by_values(struct import_column *column, const struct column_profile *profile,
                             struct meaning *meaning)
{
    if (profile->known == 0 || column->use != USE_IGNORED || meaning->rank == 100)
        return;
    if (profile->channel_ids * 10 >= profile->known * 9) {
        meaning->rank = 9;
        column->use = USE_COLUMN;
        column->column = COL_HANDLE;
        column->why = TEXT("its values are channel ids");
    } else if (!meaning->known && profile->links * 10 >= profile->known * 8) {
        meaning->rank = 3;
        column->use = USE_LINK;
        column->why = TEXT("its values are profile links");
    }
}

static bool decide_header(struct decision *it, size_t i)
{
    struct import_column *column = &it->plan->columns[i];
    struct meaning *meaning = &it->meanings[i];
    const struct doc_node *said = import_map_find(it->options->map, column->name);
    if (said != NULL) {
        if (!import_map_meaning(said, meaning, &it->scaled[i], &column->scale, it->err))
            return err_before(it->err, "mapping file");
    } else {
        *meaning = it->plan->ours ? alias_of_key(column->name) : alias_find(column->name);
    }
    column->use = meaning->use;
    column->column = meaning->column;
    column->currency = meaning->currency;
    column->why = meaning->why != NULL ? text_of(meaning->why) : TEXT("header");
    if (said == NULL && !it->plan->ours)
        decide_by_values(column, &it->profile->items[i], meaning);
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
        buf_release(&name);
    }
    plan->ours = decide_ours(it);
    for (size_t i = 0; i < plan->column_count; i++)
        if (!decide_header(it, i))
            return false;
    return import_map_complete(it->options->map, plan, it->err) ||
           err_before(it->err, "mapping file");
}

/* ---- handle ---- */

#define NAMES_BYTES 160 /* of headers in a message */
#define NAME_BYTES 40

/* The column that most likely has the handles: the first that nobody knows and that is no number. */
static const struct import_column *handle_guess(const struct decision *it)
{
    for (size_t i = 0; i < it->plan->column_count; i++) {
        const struct column_profile *profile = &it->profile->items[i];
        if (it->plan->columns[i].use == USE_IGNORED && !it->meanings[i].known &&
            it->plan->columns[i].name.length > 0 && profile->known > 0 &&
            profile->numbers * 2 < profile->known)
            return &it->plan->columns[i];
    }
    return NULL;
}

static void add_name(struct buf *out, struct text name)
{
    text_safe(out, text_part(name, 0, NAME_BYTES));
    if (name.length > NAME_BYTES)
        buf_add_string(out, "\u2026");
}

/* Says what was seen, and the mapping file that would help. */
static bool tell_columns(const struct decision *it)
{
    struct buf names = BUF_INIT, likely = BUF_INIT;
    const struct import_column *guess = handle_guess(it);
    size_t left = 0;
    for (size_t i = 0; i < it->plan->column_count; i++) {
        if (names.length > NAMES_BYTES || it->plan->columns[i].name.length == 0) {
            left++;
            continue;
        }
        buf_add_string(&names, names.length > 0 ? ", " : "");
        add_name(&names, it->plan->columns[i].name);
    }
    if (left > 0)
        buf_addf(&names, " and %zu more", left);
    if (guess != NULL)
        text_safe(&likely, guess->name);
    bool cut = guess == NULL || likely.length > NAME_BYTES;
    err_set(it->err,
            "no column looks like a handle: there are %s\n"
            "name it in a mapping file, --map MAP.yaml:\n"
            "  columns:\n"
            "    \"%s\": handle",
            buf_string(&names), cut ? "HEADER" : buf_string(&likely));
    buf_release(&names);
    buf_release(&likely);
    return false;
}

static bool no_handle(const struct decision *it)
{
    size_t campaign = 0;
    for (size_t i = 0; i < it->plan->column_count; i++)
        campaign += alias_is_campaign(it->plan->columns[i].name);
    if (campaign >= 2)
        return err_set(it->err, "'%s' looks like campaign results or orders, not like creators",
                       it->plan->file.at);
    return tell_columns(it);
}

/* Where no header names the handles, a column of nothing but @ and a word gives them. */
static void decide_at_signs(struct decision *it)
{
    struct import_plan *plan = it->plan;
    if (plan->ours || plan_column(plan, USE_COLUMN, COL_HANDLE) != NULL)
        return;
    for (size_t i = 0; i < plan->column_count; i++) {
        struct import_column *column = &plan->columns[i];
        const struct column_profile *profile = &it->profile->items[i];
        bool says_else = column->use != USE_IGNORED && column->use != USE_LINK &&
                         !(column->use == USE_COLUMN && column->column == COL_NAME);
        if (says_else || it->meanings[i].rank == 100 || profile->at_signs == 0 ||
            profile->at_signs * 10 < profile->known * 9)
            continue;
        it->meanings[i].rank = 3;
        column->use = USE_COLUMN;
        column->column = COL_HANDLE;
        column->why = TEXT("its values begin with @");
        return;
    }
}

static bool decide_handle(struct decision *it)
{
    struct import_plan *plan = it->plan;
    if (plan_column(plan, USE_COLUMN, COL_HANDLE) != NULL)
        return true;
    const struct import_column *link = plan_column(plan, USE_LINK, COL_URL);
    if (link != NULL && profile_of(it, link)->links * 2 >= profile_of(it, link)->known &&
        profile_of(it, link)->links > 0) {
        plan_note(plan, "no column of handles: they come out of the links in '%s'", link->name.at);
        return true;
    }
    struct import_column *best = NULL;
    for (size_t i = 0; i < plan->column_count; i++) {
        struct import_column *column = &plan->columns[i];
        if (column->use == USE_COLUMN && column->column == COL_NAME &&
            (best == NULL || meaning_of(it, column)->rank > meaning_of(it, best)->rank))
            best = column;
    }
    if (best == NULL)
        return no_handle(it);
    best->column = COL_HANDLE;
    best->why = TEXT("no other column could be the handle");
    return true;
}

/* ---- rivals ---- */

static double rival_weight(const struct decision *it, const struct import_column *column)
{
    const struct meaning *meaning = meaning_of(it, column);
    const struct column_profile *profile = profile_of(it, column);
    double weight = meaning->rank;
    if (it->usual != PLATFORM_COUNT && meaning->own != 0)
        weight += (meaning->own & (1u << it->usual)) != 0 ? 10 : -4;
    if (it->usual != PLATFORM_COUNT && meaning->named == it->usual)
        weight += 3;
    if (profile->known == 0)
        weight -= 20;
    /* Of two that say the same the one with all digits is better. */
    weight -= profile->scaled * 2 > profile->known ? 0.5 : 0;
    return weight;
}

static bool rivals_agree(const struct decision *it, const struct import_column *a,
                         const struct import_column *b)
{
    double x = profile_median(profile_of(it, a)), y = profile_median(profile_of(it, b));
    return number_known(x) && number_known(y) && x - y <= 0.05 * x && y - x <= 0.05 * x;
}

static void rival_lost(struct decision *it, struct import_column *loser,
                       const struct import_column *winner)
{
    struct import_plan *plan = it->plan;
    const char *won = winner->name.at;
    bool own = it->usual != PLATFORM_COUNT && (meaning_of(it, winner)->own & (1u << it->usual)) &&
               !(meaning_of(it, loser)->own & (1u << it->usual));
    if (loser->use == USE_COLUMN && loser->column == COL_HANDLE &&
        plan_column(plan, USE_COLUMN, COL_NAME) == NULL) {
        loser->column = COL_NAME;
        loser->why = plan_why(plan, "'%s' is the handle", won);
        return;
    }
    if (rivals_agree(it, loser, winner))
        plan_ignore(loser, plan_why(plan, "says the same as '%s', less exactly or later", won));
    else if (own)
        plan_ignore(loser, plan_why(plan, "'%s' is %s's own word, so this counts something else",
                                    won, platforms[it->usual].word));
    else
        plan_ignore(loser, plan_why(plan, "'%s' fits better", won));
    if (winner->use == USE_COLUMN)
        plan_note(plan, "'%s' is taken for %s and '%s' is not: %.*s", won,
                  columns[winner->column].key, loser->name.at, (int)loser->why.length,
                  loser->why.at);
}

static bool rivals(const struct import_column *a, const struct import_column *b)
{
    bool sets = a->column == COL_NICHE || a->column == COL_TAG;
    return a->use == b->use && a->use != USE_IGNORED &&
           (a->use != USE_COLUMN || (a->column == b->column && !sets));
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

/* ---- sizes and units ---- */

static double followers_median(const struct decision *it)
{
    const struct import_column *column = plan_column(it->plan, USE_COLUMN, COL_FOLLOWERS);
    return column != NULL ? profile_median(profile_of(it, column)) : number_unknown();
}

/* "likes" may be those of all posts ever: then half the creators have more of them than followers. */
static void decide_lifetime(struct decision *it, struct import_column *column)
{
    double followers = followers_median(it), median = profile_median(profile_of(it, column));
    double most = column->column == COL_VIEWS ? 10 : 1;
    if (!meaning_of(it, column)->bare || column->use != USE_COLUMN || !(median > most * followers))
        return;
    plan_ignore(column, TEXT("larger than a post can be: a total of the account's life"));
    plan_note(it->plan, "'%s' looks like a lifetime total, not a figure per post: ignored",
              column->name.at);
}

/* A count of engagements and a rate go by the same names. */
static void decide_engagement(struct decision *it, struct import_column *column)
{
    const struct column_profile *profile = profile_of(it, column);
    bool count = column->use == USE_ENGAGEMENTS;
    bool rate = column->use == USE_COLUMN && column->column == COL_ER;
    if ((!count && !rate) || it->plan->ours || meaning_of(it, column)->rank == 100)
        return;
    double median = profile_median(profile);
    bool percent = profile->percents * 2 > profile->known || meaning_of(it, column)->percent;
    if (rate && !percent && median > 100) {
        column->use = USE_ENGAGEMENTS;
        column->why = TEXT("too large for a rate: engagements per post");
    } else if (count && (percent || median < (meaning_of(it, column)->bare ? 100 : 1))) {
        column->use = USE_COLUMN;
        column->column = COL_ER;
        column->why = TEXT("too small for a count: a rate");
    }
}

/* Without a sign the unit of a rate is only known from the range of the column: half of all
 * engagement rates above 30 % are beyond belief, and so is any share above 150 %. */
static void decide_scale(struct decision *it, struct import_column *column)
{
    const struct column_profile *profile = profile_of(it, column);
    bool share = columns[column->column].unit == UNIT_SHARE || column->column == COL_VIEW_RATE;
    if (column->use != USE_COLUMN || !share || it->plan->ours ||
        it->scaled[column - it->plan->columns])
        return;
    size_t bare = profile->values.count;
    bool percent =
        column->column == COL_ER ? profile_median(profile) >= 0.3 : profile_most(profile) > 1.5;
    if (meaning_of(it, column)->percent)
        percent = true;
    if (bare == 0 || profile->known == 0)
        return;
    column->scale = percent ? SCALE_PERCENT : SCALE_AS_IS;
    const char *read_as = percent ? "percent" : "fractions";
    column->why = plan_why(it->plan, "%.*s; %s by its values", (int)column->why.length,
                           column->why.at, read_as);
    if (profile->percents > 0)
        plan_note(it->plan, "'%s' mixes units: %zu with a %% sign, %zu without, read as %s",
                  column->name.at, profile->percents, bare, read_as);
}

static void decide_units(struct decision *it)
{
    for (size_t i = 0; i < it->plan->column_count; i++) {
        struct import_column *column = &it->plan->columns[i];
        decide_engagement(it, column);
        decide_lifetime(it, column);
        decide_scale(it, column);
        bool rate = column->use == USE_COLUMN && column->column == COL_ER;
        if (column->use == USE_ENGAGEMENTS &&
            plan_column(it->plan, USE_COLUMN, COL_FOLLOWERS) == NULL)
            plan_ignore(column, TEXT("a count of engagements says nothing without followers"));
        if (rate && it->plan->er_basis == BASIS_NONE)
            it->plan->er_basis = it->meanings[i].basis;
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

static void decide_date(struct decision *it)
{
    struct import_plan *plan = it->plan;
    if (number_known(it->options->date))
        plan->date = it->options->date;
    if (number_known(plan->date)) {
        plan->date_why = TEXT("you said so");
    } else if (date_in_name(plan_file_part(plan->file), &plan->date)) {
        plan->date_why = TEXT("in the file's name");
    } else if (number_known(plan->changed)) {
        plan->date = plan->changed;
        plan->date_why = TEXT("when the file was last changed");
    }
}

bool plan_decide(struct import_plan *plan, const struct profile *profile, const struct text *names,
                 const struct import_options *options, struct err *err)
{
    size_t count = profile->count;
    plan->column_count = count;
    plan->columns = arena_alloc(&plan->arena, (count + 1) * sizeof *plan->columns);
    struct decision it = {plan,
                          profile,
                          options,
                          mem_zero(count + 1, sizeof(struct meaning)),
                          mem_zero(count + 1, sizeof(bool)),
                          PLATFORM_COUNT,
                          err};
    bool ok = decide_headers(&it, names);
    if (ok) {
        decide_at_signs(&it);
        bool handle = plan_column(plan, USE_COLUMN, COL_HANDLE) != NULL ||
                      plan_column(plan, USE_COLUMN, COL_NAME) != NULL ||
                      plan_column(plan, USE_LINK, COL_URL) != NULL;
        ok = (handle || no_handle(&it)) && plan_platform(&it);
    }
    if (ok) {
        plan_other_networks(&it);
        ok = decide_handle(&it);
    }
    if (ok) {
        decide_rivals(&it);
        decide_units(&it);
        decide_date(&it);
    }
    free(it.meanings);
    free(it.scaled);
    return ok;
}
