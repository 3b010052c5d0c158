#include "domain/platform.h"

#include <assert.h>
#include <string.h>

#include "base/vec.h"

/* Hosts of links; any subdomain of one counts too ("m.", "www.", "de."), and the first that fits
 * holds. Short hosts lead to a post, or anywhere, and name no account. */
static const struct host_row {
    const char *host;
    enum platform platform;
    bool nameless;
} hosts[] = {
    {"youtu.be", PLATFORM_YOUTUBE, true},
    {"vm.tiktok.com", PLATFORM_TIKTOK, true},
    {"vt.tiktok.com", PLATFORM_TIKTOK, true},
    {"l.instagram.com", PLATFORM_INSTAGRAM, true},
    {"l.facebook.com", PLATFORM_FACEBOOK, true},
    {"fb.me", PLATFORM_FACEBOOK, true},
    {"fb.watch", PLATFORM_FACEBOOK, true},
    {"lnkd.in", PLATFORM_LINKEDIN, true},
    {"pin.it", PLATFORM_PINTEREST, true},
    {"clips.twitch.tv", PLATFORM_TWITCH, true},
    {"instagram.com", PLATFORM_INSTAGRAM, false},
    {"instagr.am", PLATFORM_INSTAGRAM, false},
    {"tiktok.com", PLATFORM_TIKTOK, false},
    {"youtube.com", PLATFORM_YOUTUBE, false},
    {"x.com", PLATFORM_X, false},
    {"twitter.com", PLATFORM_X, false},
    {"twitch.tv", PLATFORM_TWITCH, false},
    {"facebook.com", PLATFORM_FACEBOOK, false},
    {"fb.com", PLATFORM_FACEBOOK, false},
    {"linkedin.com", PLATFORM_LINKEDIN, false},
    {"pinterest.com", PLATFORM_PINTEREST, false},
    {"pinterest.at", PLATFORM_PINTEREST, false},
    {"pinterest.ca", PLATFORM_PINTEREST, false},
    {"pinterest.ch", PLATFORM_PINTEREST, false},
    {"pinterest.cl", PLATFORM_PINTEREST, false},
    {"pinterest.co.kr", PLATFORM_PINTEREST, false},
    {"pinterest.co.uk", PLATFORM_PINTEREST, false},
    {"pinterest.com.au", PLATFORM_PINTEREST, false},
    {"pinterest.com.mx", PLATFORM_PINTEREST, false},
    {"pinterest.de", PLATFORM_PINTEREST, false},
    {"pinterest.dk", PLATFORM_PINTEREST, false},
    {"pinterest.es", PLATFORM_PINTEREST, false},
    {"pinterest.fr", PLATFORM_PINTEREST, false},
    {"pinterest.ie", PLATFORM_PINTEREST, false},
    {"pinterest.it", PLATFORM_PINTEREST, false},
    {"pinterest.jp", PLATFORM_PINTEREST, false},
    {"pinterest.nz", PLATFORM_PINTEREST, false},
    {"pinterest.ph", PLATFORM_PINTEREST, false},
    {"pinterest.pt", PLATFORM_PINTEREST, false},
    {"pinterest.ru", PLATFORM_PINTEREST, false},
    {"pinterest.se", PLATFORM_PINTEREST, false},
};

/* Starts of a path that are not a handle. The first that fits counts; one that ends in '=' or '!'
 * need not end a segment. */
static const struct path_row {
    enum platform platform;
    const char *start;
    bool handle_follows; /* false: the link names no account */
} paths[] = {
    {PLATFORM_INSTAGRAM, "stories/highlights", false},
    {PLATFORM_INSTAGRAM, "stories", true},
    {PLATFORM_INSTAGRAM, "_u", true},
    {PLATFORM_INSTAGRAM, "p", false},
    {PLATFORM_INSTAGRAM, "reel", false},
    {PLATFORM_INSTAGRAM, "reels", false},
    {PLATFORM_INSTAGRAM, "tv", false},
    {PLATFORM_INSTAGRAM, "explore", false},
    {PLATFORM_INSTAGRAM, "accounts", false},
    {PLATFORM_INSTAGRAM, "share", false},
    {PLATFORM_TIKTOK, "tag", false},
    {PLATFORM_TIKTOK, "music", false},
    {PLATFORM_TIKTOK, "discover", false},
    {PLATFORM_TIKTOK, "foryou", false},
    {PLATFORM_TIKTOK, "explore", false},
    {PLATFORM_TIKTOK, "search", false},
    {PLATFORM_TIKTOK, "embed", false},
    {PLATFORM_TIKTOK, "t", false},
    {PLATFORM_TIKTOK, "v", false},
    {PLATFORM_YOUTUBE, "channel", true},
    {PLATFORM_YOUTUBE, "user", true},
    {PLATFORM_YOUTUBE, "c", true},
    {PLATFORM_YOUTUBE, "watch", false},
    {PLATFORM_YOUTUBE, "shorts", false},
    {PLATFORM_YOUTUBE, "live", false},
    {PLATFORM_YOUTUBE, "embed", false},
    {PLATFORM_YOUTUBE, "v", false},
    {PLATFORM_YOUTUBE, "playlist", false},
    {PLATFORM_YOUTUBE, "results", false},
    {PLATFORM_YOUTUBE, "feed", false},
    {PLATFORM_YOUTUBE, "hashtag", false},
    {PLATFORM_X, "#!", true},
    {PLATFORM_X, "intent/user?screen_name=", true},
    {PLATFORM_X, "intent", false},
    {PLATFORM_X, "i", false},
    {PLATFORM_X, "home", false},
    {PLATFORM_X, "search", false},
    {PLATFORM_X, "hashtag", false},
    {PLATFORM_X, "explore", false},
    {PLATFORM_X, "share", false},
    {PLATFORM_TWITCH, "videos", false},
    {PLATFORM_TWITCH, "directory", false},
    {PLATFORM_TWITCH, "p", false},
    {PLATFORM_FACEBOOK, "profile.php?id=", true},
    {PLATFORM_FACEBOOK, "profile.php", false},
    {PLATFORM_FACEBOOK, "pages", false},
    {PLATFORM_FACEBOOK, "people", false},
    {PLATFORM_FACEBOOK, "groups", false},
    {PLATFORM_FACEBOOK, "events", false},
    {PLATFORM_FACEBOOK, "watch", false},
    {PLATFORM_FACEBOOK, "reel", false},
    {PLATFORM_FACEBOOK, "share", false},
    {PLATFORM_FACEBOOK, "hashtag", false},
    {PLATFORM_LINKEDIN, "in", true},
    {PLATFORM_LINKEDIN, "pub", true},
    {PLATFORM_LINKEDIN, "company", true},
    {PLATFORM_LINKEDIN, "school", true},
    {PLATFORM_LINKEDIN, "showcase", true},
    {PLATFORM_LINKEDIN, "posts", false},
    {PLATFORM_LINKEDIN, "feed", false},
    {PLATFORM_PINTEREST, "pin", false},
    {PLATFORM_PINTEREST, "search", false},
    {PLATFORM_PINTEREST, "ideas", false},
};

static bool one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c);
}

static struct text text_from(struct text text, size_t from)
{
    return text_part(text, from, text.length);
}

static bool starts_ascii_case(struct text text, const char *prefix)
{
    return text_equal_ascii_case(text_part(text, 0, strlen(prefix)), text_of(prefix));
}

/* Where the last labels of a host begin: ours have three at the most. */
struct labels {
    struct text host;
    size_t starts[3], count;
};

static struct labels labels_of(struct text host)
{
    struct labels labels = {.host = host};
    for (size_t at = host.length; at > 0 && labels.count < COUNT_OF(labels.starts); at--)
        if (at == 1 || host.at[at - 2] == '.')
            labels.starts[labels.count++] = at - 1;
    return labels;
}

/* Any subdomain of ours is ours. Asked of each host in turn: the first letter settles most. */
static bool is_host(const struct labels *labels, const char *ours)
{
    for (size_t i = 0; i < labels->count; i++) {
        size_t from = labels->starts[i];
        if ((labels->host.at[from] | 0x20) == ours[0] &&
            text_equal_ascii_case(text_from(labels->host, from), text_of(ours)))
            return true;
    }
    return false;
}

static bool ends_host(char c)
{
    return c == '/' || c == '?' || c == '#' || c == '\\';
}

/* Takes scheme and host off the front of *link. A host with '@' in it is a mail address, or leads
 * elsewhere ("instagram.com@evil.example"): none of ours is found in it. */
static struct text take_host(struct text *link)
{
    static const char *const schemes[] = {"https://", "http://", "//"};
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        if (starts_ascii_case(*link, schemes[i])) {
            *link = text_from(*link, strlen(schemes[i]));
            break;
        }
    }
    size_t end = 0;
    while (end < link->length && !ends_host(link->at[end]))
        end++;
    struct text host = text_part(*link, 0, end);
    *link = text_from(*link, end);
    size_t colon;
    if (text_find(host, TEXT("@"), NULL))
        return (struct text){0};
    if (text_find(host, TEXT(":"), &colon))
        host.length = colon;
    if (host.length > 0 && host.at[host.length - 1] == '.')
        host.length--;
    return host;
}

/* The first segment, as far as it may be part of a handle; without '@' before it. */
static struct text first_segment(struct text path)
{
    while (path.length > 0 && path.at[0] == '/')
        path = text_from(path, 1);
    if (path.length > 0 && path.at[0] == '@')
        path = text_from(path, 1);
    else if (starts_ascii_case(path, "%40"))
        path = text_from(path, 3);
    size_t end = 0;
    while (end < path.length && (unsigned char)path.at[end] > ' ' && path.at[end] != 0x7f &&
           !one_of(path.at[end], "/?#&,;|\"<>\\"))
        end++;
    return end > 0 ? text_part(path, 0, end) : (struct text){0};
}

static struct text handle_of_path(enum platform platform, struct text path)
{
    while (path.length > 0 && path.at[0] == '/')
        path = text_from(path, 1);
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        const struct path_row *row = &paths[i];
        size_t length = strlen(row->start);
        if (row->platform != platform || !starts_ascii_case(path, row->start))
            continue;
        struct text rest = text_from(path, length);
        if (rest.length > 0 && !one_of(rest.at[0], "/?#") && !one_of(row->start[length - 1], "=!"))
            continue;
        return row->handle_follows ? first_segment(rest) : (struct text){0};
    }
    return first_segment(path);
}

bool platform_from_link(struct text link, enum platform *platform, struct text *handle)
{
    struct text rest = text_trim(link);
    /* Asked of every handle: all hosts have a point, few handles do. */
    if (rest.length == 0 || memchr(rest.at, '.', rest.length) == NULL)
        return false;
    struct labels labels = labels_of(take_host(&rest));
    for (size_t i = 0; i < COUNT_OF(hosts); i++) {
        if (is_host(&labels, hosts[i].host)) {
            *platform = hosts[i].platform;
            *handle = hosts[i].nameless ? (struct text){0} : handle_of_path(*platform, rest);
            return true;
        }
    }
    return false;
}

struct text handle_from(struct text written)
{
    struct text handle = text_trim(written);
    enum platform platform;
    struct text named;
    if (platform_from_link(handle, &platform, &named))
        return named;
    if (starts_ascii_case(handle, "https://") || starts_ascii_case(handle, "http://"))
        return (struct text){0};
    while (handle.length > 0 && handle.at[0] == '@')
        handle = text_trim(text_from(handle, 1));
    return handle.length > 0 ? handle : (struct text){0};
}

/* Counts characters as the store's GLOB does, whose key this must equal: a byte, and after a lead
 * byte whatever continuation bytes follow. */
bool handle_is_channel_id(struct text handle)
{
    if (!text_starts(handle, "UC"))
        return false;
    size_t characters = 0;
    for (size_t i = 2; i < handle.length; characters++) {
        unsigned char lead = (unsigned char)handle.at[i++];
        while (lead >= 0xC0 && i < handle.length && ((unsigned char)handle.at[i] & 0xC0) == 0x80)
            i++;
    }
    return characters == 22;
}

void handle_key(enum platform platform, struct text handle, char *key)
{
    assert(platform < PLATFORM_COUNT);
    bool as_written = platform == PLATFORM_YOUTUBE && handle_is_channel_id(handle);
    for (size_t i = 0; i < handle.length; i++) {
        char c = handle.at[i];
        key[i] = !as_written && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    key[handle.length] = '\0';
}
