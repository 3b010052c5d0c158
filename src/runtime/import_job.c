#include "runtime/import_job.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "exchange/import.h"
#include "exchange/yaml.h"
#include "runtime/loop.h"

#define PATHS_MOST 2000
#define PATIENCE 5 /* seconds for a child to come to its end */

void import_job_init(struct import_job *import)
{
    *import = (struct import_job){.began = 0};
    job_init(&import->job);
}

/* Once the file is in the store the child only has to finish; before that it has to go. */
void import_job_release(struct import_job *import)
{
    int status;
    if (import_job_running(import) && !import_job_read(import, &status) && import->done)
        job_wait(&import->job, PATIENCE);
    job_release(&import->job);
    buf_release(&import->name);
}

/* A leading - would be taken for an option. */
void import_path(struct text typed, struct buf *out)
{
    const char *home = getenv("HOME");
    if (text_starts(typed, "~/") && home && *home) {
        buf_add_string(out, home);
        typed = text_part(typed, 1, typed.length);
    } else if (text_starts(typed, "-")) {
        buf_add_string(out, "./");
    }
    buf_add_text(out, typed);
}

static struct text last_part(struct text path)
{
    size_t at;
    while (text_find(path, TEXT("/"), &at) && at + 1 < path.length)
        path = text_part(path, at + 1, path.length);
    return path;
}

bool import_job_start(struct import_job *import, const char *store,
                      const struct import_request *request, struct err *err)
{
    const char *words[16] = {"import", request->path, "--store", store, "--progress", "json"};
    size_t count = 6;
    if (request->map) {
        words[count++] = "--map";
        words[count++] = request->map;
    }
    if (request->report) {
        words[count++] = "--report";
        words[count++] = request->report;
    }
    if (request->rejects) {
        words[count++] = "--rejects";
        words[count++] = request->rejects;
    }
    if (request->dry)
        words[count++] = "--dry-run";
    import->done = false;
    import->rows = import->added = import->changed = import->unchanged = import->rejected = 0;
    import->progress = (struct job_progress){.running = true};
    import->moved = true;
    import->began = loop_now();
    buf_clear(&import->name);
    buf_add_text(&import->name, last_part(text_of(request->path)));
    return job_start(&import->job, words, err);
}

bool import_job_running(const struct import_job *import)
{
    return job_running(&import->job);
}

static double count_of(const struct doc *line, const char *key)
{
    double value = NAN;
    const struct doc_node *node = doc_find(line->root, key);
    return node && doc_number(node, &value, NULL) ? value : 0;
}

/* JSON is YAML too: one line of it, {"state": "reading", "bytes": 1048576, …}. */
static void on_line(void *self, struct text text)
{
    struct import_job *import = self;
    struct doc line = {0};
    const struct doc_node *state;
    if (yaml_read(text, &line, NULL) && line.root && line.root->kind == DOC_MAP &&
        (state = doc_find(line.root, "state"))) {
        import->done = text_is(state->value, "done");
        import->rows = count_of(&line, "rows");
        import->added = count_of(&line, "added");
        import->changed = count_of(&line, "changed");
        import->unchanged = count_of(&line, "unchanged");
        import->rejected = count_of(&line, "rejected");
        import->progress.rows = (uint64_t)import->rows;
        import->progress.done = (uint64_t)count_of(&line, "bytes");
        import->progress.total = (uint64_t)count_of(&line, "total");
        import->progress.seconds = loop_now() - import->began;
        import->moved = true;
    }
    doc_release(&line);
}

bool import_job_read(struct import_job *import, int *status)
{
    job_read(&import->job, on_line, import);
    if (!job_ended(&import->job, status))
        return false;
    import->progress.running = false;
    import->moved = true;
    return true;
}

void import_job_cancel(struct import_job *import)
{
    if (import->done || !job_running(&import->job))
        return;
    job_cancel(&import->job);
    import->progress.cancelling = true;
    import->moved = true;
}

bool import_job_changed(const struct import_job *import, int status)
{
    /* Of one that was killed nobody knows how far it came. */
    return import->done ? import->added + import->changed > 0
                        : WIFSIGNALED(status) && !import->job.cancelled;
}

static void add_count(struct buf *out, double count, const char *what)
{
    number_fixed(out, count, 0, number_style_english);
    buf_addf(out, " %s", what);
}

static void tell_done(const struct import_job *import, struct buf *out)
{
    add_count(out, import->added, "new, ");
    add_count(out, import->changed, "updated, ");
    if (import->unchanged > 0)
        add_count(out, import->unchanged, "as they were, ");
    add_count(out, import->rejected, import->rejected > 0 ? "unusable: I shows them" : "unusable");
}

bool import_job_tell(const struct import_job *import, int status, struct buf *out)
{
    struct text complaint = job_complaint(&import->job);
    text_safe(out, buf_text(&import->name));
    buf_add_string(out, ": ");
    if (import->done) {
        tell_done(import, out);
        return true;
    }
    if (import->job.cancelled) {
        buf_add_string(out, "cancelled, nothing of it was kept");
        return true;
    }
    buf_clear(out);
    if (WIFSIGNALED(status)) {
        buf_add_string(out, "the import of '");
        text_safe(out, buf_text(&import->name));
        buf_addf(out, "' was stopped by signal %d: nothing of it was kept", WTERMSIG(status));
    } else if (complaint.length > 0) {
        text_safe(out, complaint);
    } else {
        buf_addf(out, "the import failed with status %d", WEXITSTATUS(status));
    }
    return false;
}

/* ---- files to choose from ---- */

bool import_can(struct text name)
{
    for (size_t i = 0; i < importer_count; i++) {
        struct text rest = text_of(importers[i].extensions), extension;
        while (text_next(&rest, '|', &extension))
            if (name.length > extension.length + 1 &&
                name.at[name.length - extension.length - 1] == '.' &&
                text_equal_ascii_case(
                    extension, text_part(name, name.length - extension.length, extension.length)))
                return true;
    }
    return false;
}

static bool is_text(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.at[i] < ' ' || name.at[i] == 127)
            return false;
    return utf8_valid(name);
}

static void add_entry(struct path_list *list, struct text folder, const char *entry)
{
    struct stat about;
    struct buf path = BUF_INIT, name = BUF_INIT;
    buf_add_text(&path, folder);
    buf_add_string(&path, entry);
    buf_add_string(&name, entry);
    bool found = stat(buf_string(&path), &about) == 0;
    bool into = found && S_ISDIR(about.st_mode);
    if (into)
        buf_add_char(&name, '/');
    if (into || (found && S_ISREG(about.st_mode) && import_can(buf_text(&name)))) {
        struct text kept = arena_text(&list->arena, buf_text(&name));
        VEC_PUSH(list, kept);
    }
    buf_release(&path);
    buf_release(&name);
}

static int by_name(const void *a, const void *b)
{
    return text_order(*(const struct text *)a, *(const struct text *)b);
}

void path_list_read(struct path_list *list, struct text folder)
{
    struct buf path = BUF_INIT;
    import_path(folder, &path);
    DIR *dir = opendir(path.length ? buf_string(&path) : ".");
    for (struct dirent *entry; dir && list->count < PATHS_MOST && (entry = readdir(dir));)
        if (entry->d_name[0] != '.' && is_text(text_of(entry->d_name)))
            add_entry(list, buf_text(&path), entry->d_name);
    if (dir)
        closedir(dir);
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, by_name);
    buf_release(&path);
}

void path_list_release(struct path_list *list)
{
    free(list->items);
    arena_release(&list->arena);
    *list = (struct path_list){.count = 0};
}
