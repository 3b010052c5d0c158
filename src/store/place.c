#include <sys/stat.h>
#include <unistd.h>

#include "store_internal.h"

static bool look_beside(const struct store *store, const char *suffix, struct buf *path,
                        struct stat *seen)
{
    buf_clear(path);
    buf_addf(path, "%s%s", store->path, suffix);
    return stat(buf_string(path), seen) == 0;
}

/* What another program puts in the place of a store comes without the log that lies beside, which the
 * engine would take for that of the new one, and spoil it. */
static void drop_log(const struct store *store, struct buf *path)
{
    struct stat seen;

    if (!look_beside(store, "-wal", path, &seen) || seen.st_ino != store->log)
        return;
    unlink(buf_string(path));
    if (look_beside(store, "-shm", path, &seen))
        unlink(buf_string(path));
}

enum store_place store_place(struct store *store)
{
    struct buf path = BUF_INIT;
    struct stat seen;
    enum store_place place = STORE_THERE;

    if (stat(store->path, &seen) != 0)
        place = STORE_GONE;
    else if (!store_in_place(store))
        place = STORE_OTHER;
    if (place == STORE_OTHER && !store->read_only)
        drop_log(store, &path);
    else if (place == STORE_THERE && look_beside(store, "-wal", &path, &seen))
        store->log = seen.st_ino;
    buf_release(&path);
    return place;
}
