#include "base/utf8.h"
#include "plan_internal.h"

/* Who the rows are about: the column of the handles, and whether there are creators at all. */

#define NAMES_BYTES 160 /* of headers in a message */
#define NAME_BYTES 40

/* The column that most likely has the handles: the first that nobody knows and that is no number. */
static const struct import_column *handle_guess(const struct decision *it)
{
    for (size_t i = 0; i < it->plan->column_count; i++) {
        const struct column_profile *profile = &it->profile->items[i];
        if (it->plan->columns[i].use == USE_IGNORED && !it->words[i].meaning.known &&
            it->plan->columns[i].name.length > 0 && profile->known > 0 &&
            profile->numbers_known * 2 < profile->known)
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
bool plan_no_handle(const struct decision *it)
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

/* ---- no list of creators ---- */

static const struct {
    const char *what;
} aliens[ALIEN_COUNT] = {
    [ALIEN_CAMPAIGN] = {"campaign results"},
    [ALIEN_ORDERS] = {"an order export"},
};

static bool has_key(const struct decision *it, const char *key)
{
    for (size_t i = 0; i < it->plan->column_count; i++)
        if (text_is(it->plan->columns[i].name, key))
            return true;
    return false;
}

/* Which headers speak of something else, and of what most of them do. Beside a handle "clicks" and
 * "revenue" may be figures that this program computed and listed. */
static enum alien alien_of(const struct decision *it, size_t *count, struct buf *names)
{
    bool lists = has_key(it, "handle");
    size_t counts[ALIEN_COUNT] = {0};
    enum column ours;
    for (size_t i = 0; i < it->plan->column_count; i++) {
        enum alien alien = alias_alien(it->plan->columns[i].name);
        if (lists && column_from_key(it->plan->columns[i].name, &ours))
            alien = ALIEN_NONE;
        counts[alien]++;
        if (alien == ALIEN_NONE || names->length > NAME_BYTES)
            continue;
        buf_add_string(names, names->length > 0 ? ", '" : "'");
        text_safe(names, text_part(it->plan->columns[i].name, 0, NAME_BYTES));
        buf_add_char(names, '\'');
    }
    *count = counts[ALIEN_CAMPAIGN] + counts[ALIEN_ORDERS];
    return counts[ALIEN_ORDERS] >= counts[ALIEN_CAMPAIGN] ? ALIEN_ORDERS : ALIEN_CAMPAIGN;
}

/* Figures of campaigns stand beside names of creators too; importing those would make creators of
 * them that nobody is. Who edited an export of ours keeps our words, and a map that names the handle
 * says that these are creators. */
bool plan_is_creators(const struct decision *it)
{
    const struct import_column *handle = plan_column(it->plan, USE_COLUMN, COL_HANDLE);
    bool said = handle != NULL && decision_meaning(it, handle)->rank == 100;
    bool ours = has_key(it, "platform") && has_key(it, "handle") && has_key(it, "followers");
    if (it->plan->ours || said || ours)
        return true;
    struct buf names = BUF_INIT;
    size_t count;
    enum alien alien = alien_of(it, &count, &names);
    bool followers = plan_column(it->plan, USE_COLUMN, COL_FOLLOWERS) != NULL;
    bool is = count < 2 || (count < 3 && followers);
    if (!is)
        err_set(it->err,
                "'%s' looks like %s, not like a list of creators: it has %s; this version reads "
                "only creators (if they are, name the handle in a mapping file)",
                it->plan->file.at, aliens[alien].what, buf_string(&names));
    buf_release(&names);
    return is;
}

bool plan_has_handle(const struct decision *it)
{
    const struct import_plan *plan = it->plan;
    return plan_column(plan, USE_COLUMN, COL_HANDLE) != NULL ||
           plan_column(plan, USE_COLUMN, COL_NAME) != NULL ||
           plan_column(plan, USE_LINK, COL_URL) != NULL;
}

/* Where no header names the handles, a column of nothing but @ and a word gives them. */
void plan_at_signs(struct decision *it)
{
    struct import_plan *plan = it->plan;
    if (plan->ours || plan_column(plan, USE_COLUMN, COL_HANDLE) != NULL)
        return;
    for (size_t i = 0; i < plan->column_count; i++) {
        struct import_column *column = &plan->columns[i];
        const struct column_profile *profile = &it->profile->items[i];
        bool says_else = column->use != USE_IGNORED && column->use != USE_LINK &&
                         !(column->use == USE_COLUMN && column->column == COL_NAME);
        if (says_else || it->words[i].meaning.rank == 100 || profile->at_signs == 0 ||
            profile->at_signs * 10 < profile->known * 9)
            continue;
        it->words[i].meaning.rank = 3;
        column->use = USE_COLUMN;
        column->column = COL_HANDLE;
        column->why = TEXT("its values begin with @");
        column->guess = true;
        return;
    }
}

/* Handles have no blanks; titles of channels do. */
static void doubt_handle(const struct decision *it, struct import_column *column)
{
    const struct column_profile *profile = decision_profile(it, column);
    if (it->plan->ours || decision_meaning(it, column)->rank == 100 ||
        profile->blanks * 2 <= profile->known)
        return;
    column->guess = true;
    column->why = plan_why(it->plan, "%.*s; most have blanks, as names do", (int)column->why.length,
                           column->why.at);
}

bool plan_handle(struct decision *it)
{
    struct import_plan *plan = it->plan;
    struct import_column *handle = plan_column(plan, USE_COLUMN, COL_HANDLE);
    if (handle != NULL) {
        doubt_handle(it, handle);
        return true;
    }
    const struct import_column *link = plan_column(plan, USE_LINK, COL_URL);
    if (link != NULL &&
        decision_profile(it, link)->links * 2 >= decision_profile(it, link)->known &&
        decision_profile(it, link)->links > 0) {
        plan_note(plan, "no column of handles: they come out of the links in '%s'", link->name.at);
        return true;
    }
    struct import_column *best = NULL;
    for (size_t i = 0; i < plan->column_count; i++) {
        struct import_column *column = &plan->columns[i];
        if (column->use == USE_COLUMN && column->column == COL_NAME &&
            (best == NULL || decision_meaning(it, column)->rank > decision_meaning(it, best)->rank))
            best = column;
    }
    if (best == NULL)
        return false;
    best->column = COL_HANDLE;
    best->why = TEXT("no other column could be the handle");
    best->guess = true;
    return true;
}
