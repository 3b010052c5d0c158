#include <stdio.h>
#include <string.h>

#include "exchange/import.h"
#include "runtime/cli.h"
#include "runtime/config.h"
#include "runtime/places.h"

/* The store a command line means. */

static bool named_like_a_list(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    for (size_t i = 0; dot && i < importer_count; i++) {
        struct text rest = text_of(importers[i].extensions), extension;
        while (text_next(&rest, '|', &extension))
            if (text_equal_ascii_case(extension, text_of(dot + 1)))
                return true;
    }
    return false;
}

bool cli_no_list(const char *path, struct err *err)
{
    static const char store[16] = "SQLite format 3"; /* how each of them begins */
    char begins[sizeof store];
    if (!named_like_a_list(path))
        return true;
    FILE *file = fopen(path, "rb");
    size_t got = file ? fread(begins, 1, sizeof begins, file) : 0;
    if (file)
        fclose(file);
    if (!got || (got == sizeof begins && memcmp(begins, store, sizeof store) == 0))
        return true;
    return err_set(err, "'%s' is a list of creators, not a store: microscope import '%s'", path,
                   path);
}

bool cli_store(const struct cli *cli, bool make, struct buf *path, struct err *err)
{
    const char *named = cli->values[OPTION_STORE];
    if (!named && cli->config->store.length)
        named = cli->config->store.at;
    if (!named)
        return places_store(path, make, err);
    buf_clear(path);
    buf_add_string(path, named);
    return cli_no_list(named, err);
}
