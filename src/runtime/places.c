#include "runtime/places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool make_folders(struct buf *path, struct err *err)
{
    for (size_t i = 1; i <= path->length; i++) {
        if (path->at[i] != '/' && path->at[i] != '\0')
            continue;
        char kept = path->at[i];
        path->at[i] = '\0';
        bool made = mkdir(path->at, 0700) == 0 || errno == EEXIST;
        int why = errno;
        struct stat about;
        if (!made && stat(path->at, &about) != 0)
            return err_set(err, "cannot make the folder '%s': %s", path->at, strerror(why));
        path->at[i] = kept;
    }
    return true;
}

/* The convention: a path that is not absolute counts as unset. */
static bool add_place(struct buf *path, const char *variable, const char *below_home)
{
    const char *place = getenv(variable), *home = getenv("HOME");
    buf_clear(path);
    if (place && place[0] == '/')
        buf_addf(path, "%s/microscope", place);
    else if (home && home[0] == '/')
        buf_addf(path, "%s/%s/microscope", home, below_home);
    return path->length > 0;
}

bool places_config(struct buf *path)
{
    if (!add_place(path, "XDG_CONFIG_HOME", ".config"))
        return false;
    buf_add_string(path, "/config.yaml");
    return true;
}

bool places_themes(struct buf *path)
{
    if (!add_place(path, "XDG_CONFIG_HOME", ".config"))
        return false;
    buf_add_string(path, "/themes");
    return true;
}

bool places_user_dirs(struct buf *path)
{
    const char *place = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    buf_clear(path);
    if (place && place[0] == '/')
        buf_addf(path, "%s/user-dirs.dirs", place);
    else if (home && home[0] == '/')
        buf_addf(path, "%s/.config/user-dirs.dirs", home);
    return path->length > 0;
}

bool places_store(struct buf *path, bool make, struct err *err)
{
    if (!add_place(path, "XDG_DATA_HOME", ".local/share"))
        return err_set(err, "cannot tell where the store lies: HOME is not set; name it: --store");
    if (make && !make_folders(path, err))
        return false;
    buf_add_string(path, "/microscope.db");
    return true;
}
