#include <stdio.h>
#include <stdlib.h>

#include "explorer_internal.h"
#include "runtime/loop.h"

/* What a store without creators can begin with: the lists on this computer, and the sample. */

#define COUNT_SECONDS 0.008 /* between two frames */

static void tell(struct explorer *it)
{
    struct list_found found[FIRST_FOUND_MOST];
    for (size_t i = 0; i < it->lists.count; i++) {
        const struct list_file *file = &it->lists.files[i];
        found[i] = (struct list_found){.path = buf_text(&file->path),
                                       .name = buf_text(&file->name),
                                       .folder = buf_text(&file->folder),
                                       .at = (double)file->at.tv_sec,
                                       .state = file->state,
                                       .rows = file->rows};
    }
    explorer_tell(
        it, (struct message){.kind = MESSAGE_LISTS, .lists = found, .list_count = it->lists.count});
}

void explorer_look_for_lists(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    if (lists_look(&it->lists) || !it->model.first.told)
        tell(it);
}

void explorer_count_lists(struct explorer *it, bool (*is_input_waiting)(struct explorer *it))
{
    double until = loop_now() + COUNT_SECONDS;
    bool done = false;
    if (it->model.place != PLACE_FIRST)
        return;
    while (!done && lists_busy(&it->lists) && loop_now() < until && !is_input_waiting(it))
        done = lists_count(&it->lists);
    if (done)
        tell(it);
}

bool explorer_counts_lists(const struct explorer *it)
{
    return it->model.place == PLACE_FIRST && lists_busy(&it->lists);
}

void explorer_want_sample(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    it->sample_wanted = true;
}

/* As people write it: ~ is the home. */
void explorer_name_store(struct explorer *it, const char *path)
{
    const char *home = getenv("HOME");
    struct text text = text_of(path);
    bool below = home && home[0] == '/' && home[1] && text_starts(text, home) &&
                 text.at[text_of(home).length] == '/';
    snprintf(it->model.store_name, sizeof it->model.store_name, "%s%s", below ? "~" : "",
             below ? path + text_of(home).length : path);
}
