/* Any bytes, read as a profile link, a handle, a place and a platform's name. */
#include <stdlib.h>
#include <string.h>

#include "domain/country.h"
#include "domain/platform.h"
#include "fuzz.h"

static void lies_within(struct text part, struct text whole)
{
    if (!text_known(part))
        return;
    promise(part.length > 0, "a handle is not empty");
    promise(part.at >= whole.at && part.at + part.length <= whole.at + whole.length,
            "a handle is borrowed from what was written");
}

static void is_one_segment(struct text handle)
{
    for (size_t i = 0; i < handle.length; i++) {
        unsigned char c = (unsigned char)handle.at[i];
        promise(c > ' ' && c != 0x7F && !strchr("/?#\\\"<>", c),
                "a handle ends where its part does");
    }
}

static void keeps_its_key(enum platform platform, struct text handle)
{
    char *key = malloc(handle.length + 1), *again = malloc(handle.length + 1);
    promise(key && again, "there is memory");
    handle_key(platform, handle, key);
    promise(key[handle.length] == '\0', "a key is terminated");
    handle_key(platform, (struct text){key, handle.length}, again);
    promise(memcmp(key, again, handle.length + 1) == 0, "the key of a key is that key");
    free(key);
    free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text written = {(const char *)data, size};
    enum platform platform = PLATFORM_COUNT;
    struct text handle = {0};
    if (platform_from_link(written, &platform, &handle)) {
        promise(platform < PLATFORM_OTHER, "a link leads to a platform with links");
        lies_within(handle, written);
        is_one_segment(handle);
        keeps_its_key(platform, handle);
    }
    handle = handle_from(written);
    lies_within(handle, written);
    for (int i = 0; i < PLATFORM_COUNT; i++)
        keeps_its_key((enum platform)i, handle);
    if (platform_from_word(written, &platform))
        promise(platform < PLATFORM_COUNT, "a word names one of ours");
    const struct country_row *row = country_find(written);
    promise(!row || (row >= countries && row < countries + country_count), "a row of the table");
    return 0;
}
