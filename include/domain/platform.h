#ifndef MICROSCOPE_DOMAIN_PLATFORM_H
#define MICROSCOPE_DOMAIN_PLATFORM_H

#include <stdbool.h>

#include "base/text.h"

/* Platforms, their formats, and the bases of an engagement rate. The words are those of files,
 * filters and the store; the numbers never leave the process. */

enum platform {
    PLATFORM_INSTAGRAM,
    PLATFORM_TIKTOK,
    PLATFORM_YOUTUBE,
    PLATFORM_X,
    PLATFORM_TWITCH,
    PLATFORM_FACEBOOK,
    PLATFORM_LINKEDIN,
    PLATFORM_PINTEREST,
    PLATFORM_OTHER,
    PLATFORM_COUNT
};

/* Kinds of deliverable. FORMAT_NONE: the platform has none, so there is no forecast. */
enum format {
    FORMAT_NONE,
    FORMAT_FEED,
    FORMAT_STORY,
    FORMAT_REEL,
    FORMAT_TIKTOK_VIDEO,
    FORMAT_YOUTUBE_VIDEO,
    FORMAT_SHORT,
    FORMAT_STREAM,
    FORMAT_X_POST,
    FORMAT_FACEBOOK_POST,
    FORMAT_LINKEDIN_POST,
    FORMAT_PIN,
    FORMAT_COUNT
};

enum er_basis { BASIS_NONE, BASIS_FOLLOWERS, BASIS_VIEWS, BASIS_REACH, BASIS_COUNT };

struct platform_row {
    const char *word;    /* "instagram" */
    const char *brief;   /* two letters for narrow columns: "ig" */
    const char *host;    /* of profile links: "instagram.com"; NULL: none */
    const char *profile; /* what stands between host and handle in a link: "/", "/@", "/in/" */
    enum er_basis basis; /* default basis of its engagement rate */
    bool counts_shares;  /* parts of an interaction beside likes and comments */
    bool counts_saves;
    bool has_likes;     /* false: ER cannot be known from counts */
    enum format format; /* its first format */
};
extern const struct platform_row platforms[PLATFORM_COUNT];

struct format_row {
    const char *word;       /* "feed"; unique within its platform */
    enum platform platform; /* PLATFORM_COUNT for FORMAT_NONE */
    bool by_views;          /* reach and audience come from views, not from followers */
    bool engagements;       /* false: the feed's ER says nothing about it (stories) */
};
extern const struct format_row formats[FORMAT_COUNT];

extern const char *const er_basis_words[BASIS_COUNT]; /* "", "followers", "views", "reach" */

/* Case ignored; also common other spellings ("YT", "twitter", "ig"). False: none of ours. */
bool platform_from_word(struct text word, enum platform *platform);
bool er_basis_from_word(struct text word, enum er_basis *basis);
bool format_from_word(struct text word, enum platform platform, enum format *format);

/* Reads a profile link ("https://www.tiktok.com/@x?lang=de", "instagram.com/x/"): platform and the
 * handle as written in it, borrowed. False where it is no link to a platform of ours; *handle is
 * null where the link names none. */
bool platform_from_link(struct text link, enum platform *platform, struct text *handle);

/* A handle as people write it ("@x", "x", a profile link of this platform) to the bare handle,
 * borrowed from `written`; the null text where nothing is left. */
struct text handle_from(struct text written);

/* The key that identifies a creator on a platform: ASCII lower case, except that a YouTube channel
 * id (UC and 22 characters) stays as it is. `key` holds handle.length + 1 bytes. */
void handle_key(enum platform platform, struct text handle, char *key);
bool handle_is_channel_id(struct text handle);

#endif
