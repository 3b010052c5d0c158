#include "runtime/themes.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "runtime/data.h"
#include "runtime/places.h"

static const char suffix[] = ".yaml";

static bool own_path(const char *name, struct buf *path)
{
    if (!places_themes(path))
        return false;
    buf_addf(path, "/%s%s", name, suffix);
    return access(buf_string(path), F_OK) == 0;
}

bool theme_find(const char *name, struct buf *path)
{
    struct buf file = BUF_INIT;
    bool found = true;
    buf_clear(path);
    if (strchr(name, '/')) {
        buf_add_string(path, name);
    } else if (!own_path(name, path)) {
        buf_addf(&file, "themes/%s%s", name, suffix);
        found = data_find(buf_string(&file), path);
    }
    buf_release(&file);
    return found;
}

bool theme_load_file(const char *path, struct theme *out, struct err *err)
{
    struct doc doc;
    if (!data_read_doc(path, &doc, err))
        return false;
    bool ok = theme_read(&doc, out, err) || data_err_in(path, err);
    doc_release(&doc);
    return ok;
}

bool theme_load(const char *name, struct theme *out, struct err *err)
{
    struct buf path = BUF_INIT;
    bool ok = theme_find(name, &path)
                  ? theme_load_file(buf_string(&path), out, err)
                  : err_set(err, "unknown theme '%s': `microscope themes` lists them", name);
    buf_release(&path);
    if (!ok)
        theme_mono(out);
    return ok;
}

/* ---- all of them ---- */

struct folder {
    struct dirent **entries;
    int count; /* -1: it cannot be read */
    struct buf path;
    bool own;
};

static int is_theme(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name), end = sizeof suffix - 1;
    return length > end && strcmp(entry->d_name + length - end, suffix) == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    struct text left = text_of((*a)->d_name), right = text_of((*b)->d_name);
    left.length -= sizeof suffix - 1;
    right.length -= sizeof suffix - 1;
    return text_order(left, right);
}

static void open_folder(struct folder *folder, bool there)
{
    folder->count =
        there ? scandir(buf_string(&folder->path), &folder->entries, is_theme, by_name) : -1;
}

static void close_folder(struct folder *folder)
{
    for (int i = 0; i < folder->count; i++)
        free(folder->entries[i]);
    free(folder->entries);
    buf_release(&folder->path);
}

static void tell_one(const struct folder *folder, const struct dirent *entry,
                     void (*each)(void *self, const struct theme_found *found), void *self)
{
    struct buf path = BUF_INIT, name = BUF_INIT;
    struct theme theme;
    struct err err;
    buf_addf(&path, "%s/%s", folder->path.at, entry->d_name);
    buf_add(&name, entry->d_name, strlen(entry->d_name) - (sizeof suffix - 1));
    bool ok = theme_load_file(buf_string(&path), &theme, &err);
    each(self, &(struct theme_found){.name = buf_string(&name),
                                     .path = path.at,
                                     .own = folder->own,
                                     .theme = ok ? &theme : NULL,
                                     .err = &err});
    buf_release(&path);
    buf_release(&name);
}

bool themes_each(void (*each)(void *self, const struct theme_found *found), void *self,
                 struct err *err)
{
    struct folder own = {.own = true}, shipped = {.own = false};
    open_folder(&own, places_themes(&own.path));
    open_folder(&shipped, data_find("themes", &shipped.path));
    bool ok = shipped.count >= 0 || err_set(err, "cannot read the themes in '%s': %s",
                                            buf_string(&shipped.path), strerror(errno));
    for (int i = 0, k = 0; ok && (i < own.count || k < shipped.count);) {
        const struct dirent *mine = i < own.count ? own.entries[i] : NULL;
        const struct dirent *theirs = k < shipped.count ? shipped.entries[k] : NULL;
        int order = !mine ? 1
                    : !theirs
                        ? -1
                        : by_name(&(const struct dirent *){mine}, &(const struct dirent *){theirs});
        tell_one(order <= 0 ? &own : &shipped, order <= 0 ? mine : theirs, each, self);
        i += order <= 0;
        k += order >= 0; /* the user's own of the same name stands in its place */
    }
    close_folder(&own);
    close_folder(&shipped);
    return ok;
}
