#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bit.h"
#include "base/doc.h"
#include "base/mem.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "plan_verb_internal.h"
#include "runtime/session.h"
#include "scenario_internal.h"

/* microscope plan: who is in it. */

#define ANY ((size_t)-1)

/* ---- add ---- */

/* What the options say of everybody named. */
struct wish {
    double posts; /* NaN: not said */
    bool fee_said, format_said;
    double fee;         /* NaN: their own */
    const char *format; /* NULL: the platform's first */
};

static bool is_default(const char *word)
{
    return text_equal_ascii_case(text_of(word), TEXT("default"));
}

static bool read_fee(const char *word, struct number_style style, unsigned currency, double *fee,
                     struct err *err)
{
    double number;
    *fee = NAN;
    if (is_default(word))
        return true;
    if (!show_read(text_of(word), UNIT_MONEY, style, &number) || number < 0 || number > 1e12)
        return err_set(err, "'--fee' takes an amount like 350 or 1.2k, not '%s'", word);
    double minor = number * currency_scale(currency);
    if (fabs(minor - round(minor)) > 1e-6 * fmax(1, minor * 1e-9))
        return err_set(err, "'--fee' has more than the %d decimals of %s",
                       currencies[currency].digits, currencies[currency].code);
    *fee = round(minor);
    return true;
}

static bool read_wish(const struct cli *cli, const struct scenario *scenario, struct wish *wish,
                      struct err *err)
{
    const char *format = cli->values[OPTION_AS];
    *wish = (struct wish){.posts = NAN,
                          .fee_said = cli->given[OPTION_FEE],
                          .format_said = cli->given[OPTION_AS],
                          .fee = NAN,
                          .format = format && !is_default(format) ? format : NULL};
    return verb_whole(cli, OPTION_POSTS, 0, PLANNED_MOST, &wish->posts, err) &&
           (!wish->fee_said || read_fee(cli->values[OPTION_FEE], cli->config->style,
                                        scenario->currency, &wish->fee, err));
}

static bool wish_format(const struct wish *wish, const char *who, enum platform platform,
                        enum format *format, struct err *err)
{
    struct buf known = BUF_INIT;
    *format = FORMAT_NONE;
    if (!wish->format || format_from_word(text_of(wish->format), platform, format))
        return true;
    for (int i = FORMAT_NONE + 1; i < FORMAT_COUNT; i++)
        if (formats[i].platform == platform)
            buf_addf(&known, "%s%s", known.length ? ", " : "", formats[i].word);
    err_set(err, "'%s' posts no '%s' on %s%s%s", who, wish->format, platforms[platform].word,
            known.length ? ", only " : "", buf_string(&known));
    buf_release(&known);
    return false;
}

/* One creator: what the plan says of him now, and the wish over it. */
static bool add_one(const struct session *session, struct scenario_file *file, const char *word,
                    const struct wish *wish, struct err *err)
{
    uint32_t row;
    if (!verb_creator(&session->catalog, word, &row, err))
        return false;
    enum platform platform = catalog_platform(&session->catalog, row);
    struct text key = catalog_key(&session->catalog, row);
    const struct plan_entry *entry = plan_entries_find(&file->entries, platform, key);
    struct planned planned = entry ? entry->planned : planned_none();
    if (!isnan(wish->posts))
        planned.deliverables = (unsigned)wish->posts;
    else if (planned.deliverables == 0)
        planned.deliverables = (unsigned)session->scenario.deliverables;
    if (wish->format_said && !wish_format(wish, word, platform, &planned.format, err))
        return false;
    if (wish->fee_said)
        planned.fee = wish->fee;
    plan_entries_put(&file->entries, platform, key, &planned);
    struct store_plan_row kept = {platform, key, planned};
    return store_plan_set(file->store, text_of(file->scenario.name), &kept, err);
}

static bool add_all(const struct session *session, struct scenario_file *file,
                    const char *const *words, size_t count, const struct wish *wish,
                    struct err *err)
{
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++)
        ok = add_one(session, file, words[i], wish, err);
    return ok;
}

void plan_say(const struct scenario_file *file)
{
    size_t planned = 0;
    for (size_t i = 0; i < file->entries.count; i++)
        planned += file->entries.items[i].planned.deliverables > 0;
    say("%zu creator%s in the plan of '%s'", planned, planned == 1 ? "" : "s", file->scenario.name);
}

static int plan_add(const struct cli *cli, const char *const *words, size_t count)
{
    struct scenario_file file;
    struct session session;
    struct wish wish;
    struct err err;
    int status = EXIT_FAILED;
    if (!verb_session(cli, &session))
        return EXIT_FAILED;
    if (!read_wish(cli, &session.scenario, &wish, &err)) {
        status = verb_misused(&err);
    } else if (scenario_open(cli, STORE_WRITE, &file)) {
        status =
            store_begin(file.store, &err)
                ? scenario_end(&file, add_all(&session, &file, words, count, &wish, &err), &err)
                : verb_failed(&err);
        if (status == EXIT_DONE)
            plan_say(&file);
        scenario_close(&file);
    }
    session_close(&session);
    return status;
}

/* ---- drop ---- */

static bool in_plan(const struct plan_entry *entry, struct text handle, bool named,
                    enum platform platform)
{
    char *key = mem_alloc(handle.length + 1);
    handle_key(entry->platform, handle, key);
    bool same = (!named || platform == entry->platform) && text_is(entry->key, key);
    free(key);
    return same;
}

static bool not_in_plan(const struct scenario_file *file, const char *word, struct text handle,
                        struct err *err)
{
    struct arena arena = {0};
    const char **keys = mem_zero(file->entries.count + 1, sizeof *keys);
    for (size_t i = 0; i < file->entries.count; i++)
        keys[i] = arena_string(&arena, file->entries.items[i].key);
    const char *nearest = nearest_word(handle, keys, file->entries.count, sizeof *keys);
    err_set(err, "'%s' is not in the plan of '%s'%s%s%s", word, file->scenario.name,
            nearest ? ": did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    free(keys);
    arena_release(&arena);
    return false;
}

/* Also whom the store does not know any more. */
static bool drop_one(struct scenario_file *file, const char *word, struct err *err)
{
    struct text handle = text_of(word);
    enum platform platform = PLATFORM_OTHER;
    const struct plan_entry *found = NULL;
    bool named = verb_creator_word(&handle, &platform);
    handle = handle_from(handle);
    for (size_t i = 0; text_known(handle) && i < file->entries.count; i++) {
        const struct plan_entry *entry = &file->entries.items[i];
        if (!in_plan(entry, handle, named, platform))
            continue;
        if (found)
            return err_set(err, "'%s' is on several platforms: say which: %s/%s, %s/%s", word,
                           platforms[found->platform].word, word + (word[0] == '@'),
                           platforms[entry->platform].word, word + (word[0] == '@'));
        found = entry;
    }
    if (!found)
        return not_in_plan(file, word, handle, err);
    struct store_plan_row gone = {found->platform, found->key, planned_none()};
    bool ok = store_plan_set(file->store, text_of(file->scenario.name), &gone, err);
    plan_entries_put(&file->entries, gone.platform, gone.key, &gone.planned);
    return ok;
}

static int plan_drop(const struct cli *cli, const char *const *words, size_t count)
{
    struct scenario_file file;
    struct err err;
    int status = EXIT_FAILED;
    bool ok = true;
    if (!scenario_open(cli, STORE_WRITE, &file))
        return EXIT_FAILED;
    if (!store_begin(file.store, &err)) {
        status = verb_failed(&err);
    } else {
        for (size_t i = 0; i < count && ok; i++)
            ok = drop_one(&file, words[i], &err);
        status = scenario_end(&file, ok, &err);
    }
    if (status == EXIT_DONE)
        plan_say(&file);
    scenario_close(&file);
    return status;
}

/* ---- empty ---- */

static bool empty_all(struct scenario_file *file, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; i < file->entries.count && ok; i++) {
        struct plan_entry *entry = &file->entries.items[i];
        if (entry->planned.deliverables == 0)
            continue;
        entry->planned.deliverables = 0;
        struct store_plan_row kept = {entry->platform, entry->key, entry->planned};
        ok = store_plan_set(file->store, text_of(file->scenario.name), &kept, err);
    }
    return ok;
}

static int plan_empty(const struct cli *cli, const char *const *words, size_t count)
{
    struct scenario_file file;
    struct err err;
    (void)words;
    (void)count;
    if (!scenario_open(cli, STORE_WRITE, &file))
        return EXIT_FAILED;
    int status = store_begin(file.store, &err) ? scenario_end(&file, empty_all(&file, &err), &err)
                                               : verb_failed(&err);
    if (status == EXIT_DONE)
        plan_say(&file);
    scenario_close(&file);
    return status;
}

const struct verb_action plan_actions[] = {
    {"show", "", "The plan and its totals. This is done where nothing is said.",
     BIT64(OPTION_SCENARIO) | BIT64(OPTION_FORMAT) | BIT64(OPTION_BUDGET), NULL, 0, 0, plan_show},
    {"add", "HANDLE...",
     "Put creators into it, or change posts, fee or format of those who are there; a handle, "
     "platform/handle or a profile link each. All of them or, where one is wrong, nobody.",
     BIT64(OPTION_SCENARIO) | BIT64(OPTION_POSTS) | BIT64(OPTION_FEE) | BIT64(OPTION_AS),
     "one creator or several", 1, ANY, plan_add},
    {"drop", "HANDLE...", "Take creators out, with the fee that was tried on them.",
     BIT64(OPTION_SCENARIO), "one creator or several", 1, ANY, plan_drop},
    {"empty", "", "Take everybody out; fees that were tried stay with their creators.",
     BIT64(OPTION_SCENARIO), NULL, 0, 0, plan_empty},
    {"fill", "[FILTER...]",
     "Put into it whom the budget buys for the greatest profit, of the creators that pass the "
     "filter, and tell how far from the best possible that can be at most.",
     BIT64(OPTION_SCENARIO) | BIT64(OPTION_FORMAT) | BIT64(OPTION_BUDGET) | BIT64(OPTION_MOST) |
         BIT64(OPTION_RULES) | BIT64(OPTION_CHANGE) | BIT64(OPTION_KNOWN_FEES) |
         BIT64(OPTION_DRY_RUN),
     "words of a filter", 0, ANY, plan_fill},
    {.name = NULL},
};

int verb_plan(const struct cli *cli)
{
    return verb_act(cli, "show");
}
