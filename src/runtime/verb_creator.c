#include <stdlib.h>

#include "base/arena.h"
#include "base/doc.h"
#include "base/mem.h"
#include "verbs_internal.h"

/* Creators as people name them on a command line. */

bool verb_creator_word(struct text *word, enum platform *platform)
{
    struct text link = *word, handle, before;
    if (platform_from_link(link, platform, &handle) && text_known(handle)) {
        *word = handle;
        return true;
    }
    struct text rest = link;
    if (text_next(&rest, '/', &before) && text_known(rest) &&
        platform_from_word(before, platform)) {
        *word = rest;
        return true;
    }
    return false;
}

static bool several_found(const char *word, unsigned found, struct err *err)
{
    struct buf names = BUF_INIT;
    for (int i = 0; i < PLATFORM_COUNT; i++)
        if (found >> i & 1)
            buf_addf(&names, "%s%s/%s", names.length ? ", " : "", platforms[i].word,
                     word + (word[0] == '@'));
    err_set(err, "'%s' is on several platforms: say which: %s", word, buf_string(&names));
    buf_release(&names);
    return false;
}

/* `only` PLATFORM_COUNT: on any. */
static bool none_found(const struct catalog *catalog, const char *word, struct text handle,
                       enum platform only, struct err *err)
{
    struct arena arena = {0};
    char **handles = mem_zero(catalog->count + 1, sizeof *handles);
    uint32_t *rows = mem_zero(catalog->count + 1, sizeof *rows);
    size_t count = 0;
    struct buf near = BUF_INIT;
    for (uint32_t row = 0; row < catalog->count; row++) {
        enum platform platform = catalog_platform(catalog, row);
        if (!catalog_live(catalog, row) || (only != PLATFORM_COUNT && platform != only))
            continue;
        rows[count] = row;
        handles[count++] = arena_string(&arena, catalog_text(catalog, COL_HANDLE, row));
    }
    if (handle.length && *handle.at == '@')
        handle = text_part(handle, 1, handle.length);
    const char *nearest = nearest_word(handle, handles, count, sizeof *handles);
    for (size_t i = 0; nearest && i < count && !near.length; i++)
        if (handles[i] == nearest)
            buf_addf(&near, "%s/%s", platforms[catalog_platform(catalog, rows[i])].word, nearest);
    if (nearest)
        err_set(err, "no creator '%s' in the store: did you mean '%s'?", word, buf_string(&near));
    else
        err_set(err,
                "no creator '%s' in the store; to look for part of a name: microscope list WORD",
                word);
    buf_release(&near);
    free(handles);
    free(rows);
    arena_release(&arena);
    return false;
}

bool verb_creator(const struct catalog *catalog, const char *word, uint32_t *row, struct err *err)
{
    struct text handle = text_of(word);
    enum platform platform;
    unsigned found = 0;
    int count = 0;
    *row = CATALOG_NONE;
    bool named = verb_creator_word(&handle, &platform);
    for (int i = 0; i < PLATFORM_COUNT; i++) {
        uint32_t there = named && i != (int)platform
                             ? CATALOG_NONE
                             : catalog_find(catalog, (enum platform)i, handle);
        if (there == CATALOG_NONE)
            continue;
        *row = there;
        found |= 1u << i;
        count++;
    }
    if (count > 1)
        return several_found(word, found, err);
    if (count == 0)
        return none_found(catalog, word, handle, named ? platform : PLATFORM_COUNT, err);
    return true;
}
