#include "domain/platform.h"

#include <string.h>

const struct platform_row platforms[PLATFORM_COUNT] = {
    [PLATFORM_INSTAGRAM] = {.word = "instagram",
                            .brief = "ig",
                            .host = "instagram.com",
                            .profile = "/",
                            .basis = BASIS_FOLLOWERS,
                            .has_likes = true,
                            .format = FORMAT_FEED},
    [PLATFORM_TIKTOK] = {.word = "tiktok",
                         .brief = "tt",
                         .host = "tiktok.com",
                         .profile = "/@",
                         .basis = BASIS_VIEWS,
                         .counts_shares = true,
                         .has_likes = true,
                         .format = FORMAT_TIKTOK_VIDEO},
    [PLATFORM_YOUTUBE] = {.word = "youtube",
                          .brief = "yt",
                          .host = "youtube.com",
                          .profile = "/@",
                          .basis = BASIS_VIEWS,
                          .has_likes = true,
                          .format = FORMAT_YOUTUBE_VIDEO},
    [PLATFORM_X] = {.word = "x",
                    .brief = "x",
                    .host = "x.com",
                    .profile = "/",
                    .basis = BASIS_FOLLOWERS,
                    .counts_shares = true,
                    .has_likes = true,
                    .format = FORMAT_X_POST},
    [PLATFORM_TWITCH] = {.word = "twitch",
                         .brief = "tw",
                         .host = "twitch.tv",
                         .profile = "/",
                         .basis = BASIS_VIEWS,
                         .format = FORMAT_STREAM},
    [PLATFORM_FACEBOOK] = {.word = "facebook",
                           .brief = "fb",
                           .host = "facebook.com",
                           .profile = "/",
                           .basis = BASIS_FOLLOWERS,
                           .counts_shares = true,
                           .has_likes = true,
                           .format = FORMAT_FACEBOOK_POST},
    [PLATFORM_LINKEDIN] = {.word = "linkedin",
                           .brief = "li",
                           .host = "linkedin.com",
                           .profile = "/in/",
                           .basis = BASIS_FOLLOWERS,
                           .counts_shares = true,
                           .has_likes = true,
                           .format = FORMAT_LINKEDIN_POST},
    [PLATFORM_PINTEREST] = {.word = "pinterest",
                            .brief = "pi",
                            .host = "pinterest.com",
                            .profile = "/",
                            .basis = BASIS_FOLLOWERS,
                            .counts_saves = true,
                            .has_likes = true,
                            .format = FORMAT_PIN},
    [PLATFORM_OTHER] = {.word = "other",
                        .brief = "ot",
                        .profile = "",
                        .basis = BASIS_FOLLOWERS,
                        .has_likes = true,
                        .format = FORMAT_NONE},
};

const struct format_row formats[FORMAT_COUNT] = {
    [FORMAT_NONE] = {.word = "", .platform = PLATFORM_COUNT},
    [FORMAT_FEED] = {.word = "feed", .platform = PLATFORM_INSTAGRAM, .engagements = true},
    [FORMAT_STORY] = {.word = "story", .platform = PLATFORM_INSTAGRAM},
    [FORMAT_REEL] = {.word = "reel",
                     .platform = PLATFORM_INSTAGRAM,
                     .by_views = true,
                     .engagements = true},
    [FORMAT_TIKTOK_VIDEO] = {.word = "video",
                             .platform = PLATFORM_TIKTOK,
                             .by_views = true,
                             .engagements = true},
    [FORMAT_YOUTUBE_VIDEO] = {.word = "video",
                              .platform = PLATFORM_YOUTUBE,
                              .by_views = true,
                              .engagements = true},
    [FORMAT_SHORT] = {.word = "short",
                      .platform = PLATFORM_YOUTUBE,
                      .by_views = true,
                      .engagements = true},
    [FORMAT_STREAM] = {.word = "stream",
                       .platform = PLATFORM_TWITCH,
                       .by_views = true,
                       .engagements = true},
    [FORMAT_X_POST] = {.word = "post", .platform = PLATFORM_X, .engagements = true},
    [FORMAT_FACEBOOK_POST] = {.word = "post", .platform = PLATFORM_FACEBOOK, .engagements = true},
    [FORMAT_LINKEDIN_POST] = {.word = "post", .platform = PLATFORM_LINKEDIN, .engagements = true},
    [FORMAT_PIN] = {.word = "pin", .platform = PLATFORM_PINTEREST, .engagements = true},
};

const char *const er_basis_words[BASIS_COUNT] = {
    [BASIS_NONE] = "",
    [BASIS_FOLLOWERS] = "followers",
    [BASIS_VIEWS] = "views",
    [BASIS_REACH] = "reach",
};

/* Spellings people use, reduced as plain_word() does; '|' between. */
static const char *const platform_spellings[PLATFORM_COUNT] = {
    [PLATFORM_INSTAGRAM] = "instagram|insta|ig|instagramcom",
    [PLATFORM_TIKTOK] = "tiktok|tt|tiktokcom|douyin",
    [PLATFORM_YOUTUBE] = "youtube|yt|youtubecom|youtuber",
    [PLATFORM_X] = "x|twitter|xtwitter|twitterx|xcom|twittercom|xformerlytwitter",
    [PLATFORM_TWITCH] = "twitch|tw|twitchtv",
    [PLATFORM_FACEBOOK] = "facebook|fb|facebookcom",
    [PLATFORM_LINKEDIN] = "linkedin|li|linkedincom",
    [PLATFORM_PINTEREST] = "pinterest|pi|pin|pinterestcom",
    [PLATFORM_OTHER] = "other|others|ot",
};

static const char *const er_basis_spellings[BASIS_COUNT] = {
    [BASIS_NONE] = "",
    [BASIS_FOLLOWERS] = "followers|follower|byfollowers|subscribers",
    [BASIS_VIEWS] = "views|view|byviews|plays",
    [BASIS_REACH] = "reach|byreach",
};

static const char *const format_spellings[FORMAT_COUNT] = {
    [FORMAT_NONE] = "",
    [FORMAT_FEED] = "feed|feedpost|post|posts|photo|image|carousel",
    [FORMAT_STORY] = "story|stories",
    [FORMAT_REEL] = "reel|reels",
    [FORMAT_TIKTOK_VIDEO] = "video|videos|post|posts",
    [FORMAT_YOUTUBE_VIDEO] = "video|videos",
    [FORMAT_SHORT] = "short|shorts",
    [FORMAT_STREAM] = "stream|streams|livestream|live",
    [FORMAT_X_POST] = "post|posts|tweet|tweets",
    [FORMAT_FACEBOOK_POST] = "post|posts",
    [FORMAT_LINKEDIN_POST] = "post|posts",
    [FORMAT_PIN] = "pin|pins",
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* "Tik-Tok" and "tik tok" to "tiktok": lower case without what people put between words. False
 * where the rest is empty or longer than any word of ours. */
struct plain_word {
    char at[24];
    size_t length;
};

static bool plain_word(struct text word, struct plain_word *plain)
{
    plain->length = 0;
    for (size_t i = 0; i < word.length; i++) {
        char c = lower(word.at[i]);
        if (c != '\0' && strchr(" \t-_./()#", c))
            continue;
        if (plain->length == sizeof plain->at)
            return false;
        plain->at[plain->length++] = c;
    }
    return plain->length > 0;
}

static bool is_spelling(const struct plain_word *plain, const char *spellings)
{
    struct text rest = text_of(spellings), piece;
    while (text_next(&rest, '|', &piece)) {
        if (text_equal(piece, (struct text){plain->at, plain->length}))
            return true;
    }
    return false;
}

/* As we write it ourselves, which is how it nearly always comes. */
static bool is_our_word(struct text word, enum platform platform)
{
    const char *ours = platforms[platform].word;
    return word.length > 0 && word.at[0] == ours[0] && text_is(word, ours);
}

bool platform_from_word(struct text word, enum platform *platform)
{
    struct plain_word plain;
    for (int i = 0; i < PLATFORM_COUNT; i++) {
        if (is_our_word(word, (enum platform)i)) {
            *platform = (enum platform)i;
            return true;
        }
    }
    if (!plain_word(word, &plain))
        return false;
    for (int i = 0; i < PLATFORM_COUNT; i++) {
        if (is_spelling(&plain, platform_spellings[i])) {
            *platform = (enum platform)i;
            return true;
        }
    }
    return false;
}

bool er_basis_from_word(struct text word, enum er_basis *basis)
{
    struct plain_word plain;
    if (!plain_word(word, &plain))
        return false;
    for (int i = 0; i < BASIS_COUNT; i++) {
        if (is_spelling(&plain, er_basis_spellings[i])) {
            *basis = (enum er_basis)i;
            return true;
        }
    }
    return false;
}

bool format_from_word(struct text word, enum platform platform, enum format *format)
{
    struct plain_word plain;
    if (!plain_word(word, &plain))
        return false;
    for (int i = 0; i < FORMAT_COUNT; i++) {
        if (formats[i].platform == platform && is_spelling(&plain, format_spellings[i])) {
            *format = (enum format)i;
            return true;
        }
    }
    return false;
}
