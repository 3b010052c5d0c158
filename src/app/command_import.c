#include <stdlib.h>

#include "app_internal.h"
#include "base/vec.h"

/* :import FILE. The names of the folder that is typed are asked of the runtime. */

void paths_release(struct paths *paths)
{
    buf_release(&paths->folder);
    free(paths->items);
    arena_release(&paths->arena);
    *paths = (struct paths){.count = 0};
}

static struct text folder_of(struct text path)
{
    size_t end = path.length;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    return text_part(path, 0, end);
}

static struct text name_of(struct text path)
{
    size_t folder = folder_of(path).length;
    return text_part(path, folder, path.length - folder);
}

/* A file dropped on the window comes in quotes. */
static struct text path_of(struct text typed)
{
    typed = text_trim(typed);
    bool quoted = typed.length > 1 && (typed.at[0] == '\'' || typed.at[0] == '"') &&
                  typed.at[typed.length - 1] == typed.at[0];
    return quoted ? text_part(typed, 1, typed.length - 2) : typed;
}

void paths_ask(struct model *model, struct effects *effects)
{
    struct paths *paths = &model->paths;
    struct text rest;
    if (!command_rest(model, &argument_import, &rest))
        return;
    struct text folder = folder_of(path_of(rest));
    if (paths->asked && text_equal(buf_text(&paths->folder), folder))
        return;
    paths_release(paths);
    paths->asked = true;
    buf_add_text(&paths->folder, folder);
    effects_add(effects, (struct effect){.kind = EFFECT_PATHS, .text = folder});
}

void paths_take(struct model *model, const struct message *message)
{
    struct paths *paths = &model->paths;
    struct text rest;
    if (!text_equal(buf_text(&paths->folder), message->text))
        return;
    paths->count = 0;
    for (size_t i = 0; i < message->path_count; i++) {
        struct text name = arena_text(&paths->arena, message->paths[i]);
        VEC_PUSH(paths, name);
    }
    if (command_rest(model, &argument_import, &rest))
        picker_build(model);
}

static void offer_path(struct model *model, struct text name)
{
    struct buf text = BUF_INIT;
    bool folder = name.at[name.length - 1] == '/';
    buf_add_string(&text, "import ");
    buf_add_text(&text, buf_text(&model->paths.folder));
    buf_add_text(&text, name);
    picker_add(&model->picker, (struct choice){.label = name,
                                               .hint = folder ? TEXT("folder") : TEXT(""),
                                               .text = buf_text(&text)});
    buf_release(&text);
}

static void import_offer(struct model *model, struct text typed)
{
    const struct paths *paths = &model->paths;
    struct text path = path_of(typed), name = name_of(path);
    if (!paths->asked || !text_equal(buf_text(&paths->folder), folder_of(path)))
        return;
    for (int best = MATCH_BEST; best > 1; best--)
        for (size_t i = 0; i < paths->count; i++)
            if (match_text(name, paths->items[i]) == best)
                offer_path(model, paths->items[i]);
}

/* Is there a file of just this name? Without a list of names nobody knows, and the import will tell. */
static bool is_whole(const struct model *model, struct text name)
{
    for (size_t i = 0; i < model->paths.count; i++)
        if (text_equal(name, model->paths.items[i]))
            return true;
    return false;
}

static void import_say(const struct model *model, struct text typed, struct buf *out)
{
    (void)typed;
    if (model->job.running)
        buf_addf(out, "%s %s still runs", job_does(model), model->job_name);
    else if (model->picker.count == 0 && model->paths.count == 0)
        buf_add_string(out, "no lists in this folder");
}

static bool import_accept(struct model *model, struct text typed, struct effects *effects)
{
    struct text path = path_of(typed), name = name_of(path);
    if (model->read_only)
        return err_set(&model->line_error, "this store can only be read");
    if (model->job.running)
        return err_set(&model->line_error, "%s %s still runs: Ctrl-C twice cancels it",
                       job_does(model), model->job_name);
    if (!is_whole(model, name) && model->picker.cursor < model->picker.count) {
        picker_complete(model); /* the next Enter opens the form */
        return false;
    }
    if (name.length == 0)
        return err_set(&model->line_error, "which file? CSV, TSV, JSON or JSON Lines");
    effects_add(effects, (struct effect){.kind = EFFECT_FORM, .text = path});
    return true;
}

const struct command_argument argument_import = {"FILE", import_offer, NULL, import_accept,
                                                 import_say};
