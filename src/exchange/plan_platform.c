#include <string.h>

#include "base/vec.h"
#include "plan_internal.h"

/* Which platform the list is about: the first of several signs that says one. */

/* The platform of at least nine in ten of those cells that name one. */
static enum platform most_platform(const struct column_profile *profile)
{
    size_t all = 0, best = 0;
    for (size_t i = 0; i < PLATFORM_COUNT; i++) {
        all += profile->on_platform[i];
        if (profile->on_platform[i] > profile->on_platform[best])
            best = i;
    }
    bool most = all > 0 && profile->on_platform[best] * 10 >= all * 9;
    return most ? (enum platform)best : PLATFORM_COUNT;
}

static bool platform_by_option(struct decision *it)
{
    if (it->options->platform != PLATFORM_COUNT)
        it->plan->platform = it->options->platform;
    if (it->plan->platform == PLATFORM_COUNT)
        return false;
    it->plan->platform_why = TEXT("you said so");
    it->usual = it->plan->platform;
    return true;
}

static bool platform_by_column(struct decision *it)
{
    struct import_column *column = plan_column(it->plan, USE_COLUMN, COL_PLATFORM);
    if (column == NULL)
        return false;
    it->usual = most_platform(&it->profile->items[column - it->plan->columns]);
    it->plan->platform_why = plan_why(it->plan, "column '%s'", column->name.at);
    if (it->options->platform != PLATFORM_COUNT)
        it->plan->platform = it->options->platform;
    return true;
}

static bool platform_by_links(struct decision *it)
{
    for (size_t i = 0; i < it->plan->column_count; i++) {
        const struct import_column *column = &it->plan->columns[i];
        const struct column_profile *profile = &it->profile->items[i];
        if (column->use != USE_LINK || profile->links == 0 || profile->links * 2 < profile->known)
            continue;
        it->usual = it->plan->platform = most_platform(profile);
        it->plan->platform_why = plan_why(it->plan, "links in '%s'", column->name.at);
        it->plan->platform_guess = it->plan->platform != PLATFORM_COUNT;
        return true;
    }
    return false;
}

/* Only the header of the handle counts: a list may also give somebody's other accounts. */
static bool platform_by_header(struct decision *it)
{
    const struct import_column *found = NULL;
    for (size_t i = 0; i < it->plan->column_count; i++) {
        const struct import_column *column = &it->plan->columns[i];
        if (column->use != USE_COLUMN || column->column != COL_HANDLE)
            continue;
        enum platform named = it->words[i].meaning.named;
        if (named == PLATFORM_COUNT && it->words[i].meaning.rank == 9)
            named = PLATFORM_YOUTUBE;
        if (named == PLATFORM_COUNT)
            continue;
        if (found != NULL && it->plan->platform != named)
            return false;
        found = column;
        it->plan->platform = named;
    }
    if (found == NULL)
        return false;
    it->usual = it->plan->platform;
    it->plan->platform_why = plan_why(it->plan, "header '%s'", found->name.at);
    return true;
}

struct text plan_file_part(struct text path)
{
    struct text rest = path, piece = path;
    while (text_next(&rest, '/', &piece))
        ;
    return piece;
}

static bool platform_of_word(struct text word, enum platform *platform)
{
    if (word.length < 2)
        return false;
    if (platform_from_word(word, platform))
        return true;
    /* "youtubers", "instagramers" */
    for (size_t i = 0; i < PLATFORM_OTHER; i++) {
        size_t length = strlen(platforms[i].word);
        if (length >= 6 && word.length > length &&
            text_equal_ascii_case(text_part(word, 0, length), text_of(platforms[i].word))) {
            *platform = (enum platform)i;
            return true;
        }
    }
    return false;
}

static bool platform_by_name(struct decision *it)
{
    struct text name = plan_file_part(it->plan->file);
    size_t from = 0;
    for (size_t i = 0; i <= name.length; i++) {
        bool letter = i < name.length && (((name.at[i] | 32) >= 'a' && (name.at[i] | 32) <= 'z'));
        if (letter)
            continue;
        struct text word = text_part(name, from, i - from);
        from = i + 1;
        if (!platform_of_word(word, &it->plan->platform))
            continue;
        it->usual = it->plan->platform;
        it->plan->platform_why =
            plan_why(it->plan, "'%.*s' in the file's name", (int)word.length, word.at);
        it->plan->platform_guess = true;
        return true;
    }
    return false;
}

/* Answers of the platforms' own interfaces. */
static const struct {
    const char *start; /* of a key path */
    enum platform platform;
    const char *what;
} answers[] = {
    {"business_discovery.", PLATFORM_INSTAGRAM, "an answer of Instagram's business_discovery"},
    {"statistics.hiddenSubscriberCount", PLATFORM_YOUTUBE, "an answer of YouTube's channels.list"},
    {"statistics.subscriberCount", PLATFORM_YOUTUBE, "an answer of YouTube's channels.list"},
    {"data.user.open_id", PLATFORM_TIKTOK, "an answer of TikTok's user info"},
    {"data.user.union_id", PLATFORM_TIKTOK, "an answer of TikTok's user info"},
    {"data.user.profile_deep_link", PLATFORM_TIKTOK, "an answer of TikTok's user info"},
    {"userInfo.user.uniqueId", PLATFORM_TIKTOK, "an answer of TikTok's user info"},
};

static bool platform_by_answer(struct decision *it)
{
    for (size_t i = 0; i < it->plan->column_count; i++)
        for (size_t k = 0; k < COUNT_OF(answers) && it->plan->header_line == 0; k++) {
            if (!text_starts(it->plan->columns[i].name, answers[k].start))
                continue;
            it->usual = it->plan->platform = answers[k].platform;
            it->plan->platform_why = text_of(answers[k].what);
            return true;
        }
    return false;
}

static bool (*const platform_steps[])(struct decision *it) = {
    platform_by_column, platform_by_option, platform_by_answer,
    platform_by_links,  platform_by_header, platform_by_name};

bool plan_platform(struct decision *it)
{
    it->usual = PLATFORM_COUNT;
    for (size_t i = 0; i < COUNT_OF(platform_steps); i++)
        if (platform_steps[i](it))
            return true;
    it->plan->platform_guess = true;
    it->plan->platform_why = TEXT("nothing in the file says it");
    return false;
}

bool plan_no_platform(const struct decision *it)
{
    return err_set(it->err, "cannot tell the platform of '%s': give --platform", it->plan->file.at);
}

void plan_other_networks(struct decision *it)
{
    for (size_t i = 0; i < it->plan->column_count; i++) {
        struct import_column *column = &it->plan->columns[i];
        enum platform named = it->words[i].meaning.named;
        if (column->use == USE_IGNORED || named == PLATFORM_COUNT || it->usual == PLATFORM_COUNT ||
            named == it->usual || it->words[i].meaning.rank == 100)
            continue;
        plan_ignore(column, plan_why(it->plan, "about %s, not %s", platforms[named].word,
                                     platforms[it->usual].word));
    }
}
