#include <stdlib.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "base/mem.h"
#include "base/number.h"

/* The followers over time of those who are compared, read when nothing else waits. */

static struct past_line *line_of(struct past_line *lines, int64_t id)
{
    for (size_t i = 0; i < COMPARE_MOST; i++)
        if (lines[i].id == id)
            return &lines[i];
    return NULL;
}

static bool is_compared(const struct model *model, int64_t id)
{
    for (int i = 0; i < model->compare_count; i++)
        if (model->compare_ids[i] == id)
            return true;
    return false;
}

const struct past_line *compare_past_line(const struct model *model, int64_t id)
{
    return line_of((struct past_line *)model->past_lines, id);
}

int64_t compare_past_wanted(const struct model *model)
{
    for (int i = 0; i < model->compare_count && model->compare_past != COMPARE_FIGURES; i++)
        if (!compare_past_line(model, model->compare_ids[i]))
            return model->compare_ids[i];
    return 0;
}

static void fill(struct past_line *line, const struct message *message)
{
    size_t count = message->snapshot_count;
    line->id = message->id;
    line->count = 0;
    line->x = mem_resize(line->x, count + 1, sizeof *line->x);
    line->y = mem_resize(line->y, count + 1, sizeof *line->y);
    for (size_t i = 0; i < count; i++) {
        if (!number_known(message->snapshots[i].followers))
            continue;
        line->x[line->count] = message->snapshots[i].at;
        line->y[line->count++] = message->snapshots[i].followers;
    }
}

void compare_past_take(struct model *model, const struct message *message)
{
    struct past_line *lines = model->past_lines;
    struct past_line *line = line_of(lines, message->id);
    for (size_t i = 0; i < COMPARE_MOST && !line; i++)
        if (!is_compared(model, lines[i].id))
            line = &lines[i];
    if (line)
        fill(line, message);
}

void compare_past_forget(struct model *model)
{
    for (size_t i = 0; i < COMPARE_MOST; i++)
        model->past_lines[i].id = 0;
}

void compare_past_release(struct model *model)
{
    for (size_t i = 0; i < COMPARE_MOST; i++) {
        free(model->past_lines[i].x);
        free(model->past_lines[i].y);
    }
}

void run_compare_past(struct model *model, struct effects *effects)
{
    (void)effects;
    model->compare_past = (enum compare_past)((model->compare_past + 1) % COMPARE_PASTS);
}
