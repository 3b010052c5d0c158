#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/vec.h"
#include "explorer_internal.h"
#include "runtime/themes.h"

/* What the screen wears. The model knows names; files, colours and what the terminal can show are known
 * here. */

static const char *standard(const struct term_facts *facts)
{
    return facts->colours == TERM_MONO         ? "mono"
           : facts->colours < TERM_COLOURS_256 ? "terminal"
           : facts->light                      ? "light"
                                               : "dark";
}

static bool can_show(const struct term_facts *facts, const struct theme *theme)
{
    int needed = theme_colours(theme);
    return needed == 0 || facts->colours >= TERM_COLOURS_256 ||
           (needed < 256 && facts->colours > TERM_MONO);
}

bool explorer_look(const char *path, struct look *look)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return false;
    *look = (struct look){about.st_mtim, about.st_size, about.st_ino};
    return true;
}

bool explorer_same_look(const struct look *a, const struct look *b)
{
    return a->written.tv_sec == b->written.tv_sec && a->written.tv_nsec == b->written.tv_nsec &&
           a->size == b->size && a->file == b->file;
}

/* Where the terminal cannot show it, what it can. */
static bool replace_by_standard(const struct explorer *it, struct theme *theme, struct err *err)
{
    struct buf path = BUF_INIT;
    const char *name = standard(term_facts(it->term));
    bool ok = theme_find(name, &path) ? theme_load_file(path.at, theme, err)
                                      : err_set(err, "there is no theme '%s'", name);
    buf_release(&path);
    return ok;
}

/* Finds and reads it; on failure what is worn stays on. */
static bool wear_named(struct explorer *it, const char *name, struct err *err)
{
    struct theme theme;
    struct dress *dress = &it->dress;
    if (!theme_find(name, &dress->path))
        return err_set(err, "there is no theme '%s'", name);
    explorer_look(dress->path.at,
                  &dress->look); /* before: what is written while it is read is read again */
    if (!theme_load_file(dress->path.at, &theme, err) ||
        (!can_show(term_facts(it->term), &theme) && !replace_by_standard(it, &theme, err)))
        return false;
    it->theme = theme;
    it->stale = true;
    return true;
}

static const char *wanted_name(const struct explorer *it)
{
    const struct buf *wanted = &it->dress.wanted;
    return wanted->length > 0 ? wanted->at : standard(term_facts(it->term));
}

const char *explorer_without_folders(const char *message, const char *path)
{
    const char *name = strrchr(path, '/');
    bool led = name && strncmp(message, path, strlen(path)) == 0;
    return led ? message + (name + 1 - path) : message;
}

static void wear_now(struct explorer *it)
{
    struct err err;
    it->dress.broken = !wear_named(it, wanted_name(it), &err);
    if (it->dress.broken)
        explorer_tell(it, (struct message){.kind = MESSAGE_FAILED,
                                           .text = text_of(explorer_without_folders(
                                               err.message, buf_string(&it->dress.path)))});
}

bool explorer_begin_theme(struct explorer *it, const struct config *config, struct err *err)
{
    buf_add_text(&it->dress.wanted, buf_text(&config->theme));
    return config->theme.length == 0 || theme_load(config->theme.at, &it->theme, err);
}

/* The settings come first, then what was chosen on the screen. */
void explorer_choose_theme(struct explorer *it, const struct config *config)
{
    struct buf chosen = BUF_INIT, by = BUF_INIT;
    bool settled = config->theme.length > 0, found = false;
    buf_clear(&it->dress.wanted);
    buf_add_text(&it->dress.wanted, buf_text(&config->theme));
    if (settled && config->set[SETTING_THEME].origin == ORIGIN_OPTION)
        buf_add_string(&by, "--theme");
    else if (settled)
        config_where(config, SETTING_THEME, &by);
    else if (store_meta(it->store, "theme", &chosen, &found, NULL) && found)
        buf_add_text(&it->dress.wanted, buf_text(&chosen));
    wear_settle(&it->model, buf_text(&it->dress.wanted), settled ? buf_string(&by) : NULL);
    theme_mono(&it->theme);
    wear_now(it);
    if (it->dress.broken)
        replace_by_standard(it, &it->theme, NULL);
    buf_release(&chosen);
    buf_release(&by);
}

void explorer_wear(struct explorer *it, const struct effect *effect)
{
    if (!it->term)
        return;
    buf_clear(&it->dress.wanted);
    buf_add_text(&it->dress.wanted, effect->text);
    wear_now(it);
}

/* Looked for anew, as the user may put one of the same name before it. A file that is gone for a moment
 * is being written. */
void explorer_watch_theme(struct explorer *it)
{
    struct buf path = BUF_INIT;
    struct look now;
    struct dress *dress = &it->dress;
    if (!it->term)
        return;
    bool there = theme_find(wanted_name(it), &path) && explorer_look(buf_string(&path), &now);
    bool other = there && (!text_equal(buf_text(&path), buf_text(&dress->path)) ||
                           !explorer_same_look(&now, &dress->look));
    bool was_broken = dress->broken;
    if (other)
        wear_now(it);
    if (was_broken && !dress->broken)
        explorer_notice(it, "the theme can be read again");
    buf_release(&path);
}

void explorer_theme_release(struct explorer *it)
{
    buf_release(&it->dress.wanted);
    buf_release(&it->dress.path);
}

/* ---- the list ---- */

struct wardrobe {
    const struct term_facts *facts;
    struct arena arena;
    struct wear_choice *items;
    size_t count, capacity;
};

static const char *note_of(const struct wardrobe *wardrobe, const struct theme_found *found)
{
    if (!found->theme)
        return explorer_without_folders(found->err->message, found->path);
    if (!can_show(wardrobe->facts, found->theme))
        return theme_colours(found->theme) < 256 ? "needs colours" : "needs 256 colours";
    return found->own ? "yours" : "";
}

static void hang(void *self, const struct theme_found *found)
{
    struct wardrobe *wardrobe = self;
    struct arena *arena = &wardrobe->arena;
    struct wear_choice choice = {
        .name = arena_text(arena, text_of(found->name)),
        .title = arena_text(arena, text_of(found->theme ? found->theme->title : "cannot be read")),
        .note = arena_text(arena, text_of(note_of(wardrobe, found))),
        .broken = !found->theme};
    VEC_PUSH(wardrobe, choice);
}

void explorer_list_themes(struct explorer *it, const struct effect *effect)
{
    struct err err;
    (void)effect;
    if (!it->term)
        return;
    struct wardrobe wardrobe = {.facts = term_facts(it->term)};
    bool ok = themes_each(hang, &wardrobe, &err);
    explorer_tell(it, (struct message){.kind = MESSAGE_THEMES,
                                       .themes = wardrobe.items,
                                       .theme_count = wardrobe.count});
    if (!ok)
        explorer_fail(it, &err);
    free(wardrobe.items);
    arena_release(&wardrobe.arena);
}
