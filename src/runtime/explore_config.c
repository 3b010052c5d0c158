#include <stdlib.h>
#include <string.h>

#include "explorer_internal.h"

/* What the user settled, and settles while the explorer runs: the file is looked at with every tick. */

/* Where a terminal takes the mouse back while a key is held, it is Shift, but on these. */
static bool selects_with_option(void)
{
    const char *program = getenv("TERM_PROGRAM");
    return program && (!strcmp(program, "iTerm.app") || !strcmp(program, "Apple_Terminal"));
}

static struct model_settings settings_of(const struct config *config)
{
    return (struct model_settings){.style = config->style,
                                   .fresh = config->fresh,
                                   .few = (size_t)config->few,
                                   .benchmarks = &config->benchmarks,
                                   .own_tiers = &config->own_tiers,
                                   .preset = tier_choice(&config->own_tiers, config->tiers),
                                   .confirm = config->confirm,
                                   .mouse_off = !config->mouse,
                                   .select_option = selects_with_option(),
                                   .bindings = &config->bindings,
                                   .order = text_of(config->sort.at),
                                   .columns = config->columns,
                                   .column_count = config->column_count};
}

void explorer_settle(struct explorer *it, const struct config *config)
{
    const struct model_settings wanted = settings_of(config);
    it->config = config;
    if (config->there)
        explorer_look(config->path.at, &it->settled_look);
    model_settle(&it->model, &wanted);
}

/* What can change at once; the rest is for the next start. */
static void take(struct explorer *it, const struct config *fresh)
{
    const struct model_settings wanted = settings_of(fresh);
    if (it->term && !text_equal(buf_text(&fresh->theme), buf_text(&it->config->theme)))
        explorer_choose_theme(it, fresh);
    if (it->term)
        term_mouse(it->term, fresh->mouse);
    explorer_tell(it, (struct message){.kind = MESSAGE_SETTLED, .settings = &wanted});
    explorer_notice(it, "the settings are read again");
}

/* A file that is gone for a moment is being written. One that cannot be read changes nothing. */
void explorer_watch_config(struct explorer *it)
{
    const char *path = it->config->path.at;
    struct look now;
    struct config fresh;
    struct err err;
    if (!it->config->path.length || !explorer_look(path, &now) ||
        explorer_same_look(&now, &it->settled_look))
        return;
    it->settled_look = now;
    config_init(&fresh);
    if (config_read_again(&fresh, it->config, &err)) {
        take(it, &fresh);
        config_release(&it->settled);
        it->settled = fresh;
        it->config = &it->settled;
        return;
    }
    explorer_tell(it,
                  (struct message){.kind = MESSAGE_FAILED,
                                   .text = text_of(explorer_without_folders(err.message, path))});
    config_release(&fresh);
}
