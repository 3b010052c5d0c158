#include "app/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/model.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "help_internal.h"

void told_release(struct told *told)
{
    if (!told)
        return;
    free(told->items);
    *told = (struct told){.count = 0};
}

const struct told_message *told_at(const struct told *told, size_t nth)
{
    if (nth >= told->count)
        return NULL;
    return &told->items[(told->oldest + told->count - 1 - nth) % told->count];
}

void told_add(struct told *told, const char *text, bool alarm, double day)
{
    const struct told_message *last = told_at(told, 0);
    struct told_message message = {.day = day, .alarm = alarm, .times = 1};
    if (!*text)
        return;
    snprintf(message.text, sizeof message.text, "%s", text);
    if (last && last->alarm == alarm && strcmp(last->text, message.text) == 0) {
        message.times += last->times;
        told->items[last - told->items] = message;
    } else if (told->count < TOLD_MOST) {
        VEC_PUSH(told, message);
    } else {
        told->items[told->oldest] = message;
        told->oldest = (told->oldest + 1) % told->count;
    }
}

static void add_clock(double day, struct buf *out)
{
    if (!(day >= 0 && day < 24 * 3600))
        return;
    int minute = (int)(day / 60);
    buf_addf(out, "%02d:%02d", minute / 60, minute % 60);
}

void told_list(const struct model *model, struct help *help)
{
    const struct told_message *message;
    help_heading(help, model->told.count ? "Newest first; ! is a failure" : "Nothing was told yet");
    for (size_t i = 0; (message = told_at(&model->told, i)); i++) {
        struct buf when = BUF_INIT, text = BUF_INIT;
        add_clock(message->day, &when);
        if (message->alarm)
            buf_add_string(&when, when.length ? "  !" : "!");
        text_safe(&text, text_of(message->text));
        if (message->times > 1)
            buf_addf(&text, "  (%u times)", message->times);
        help_entry(help, buf_text(&when), buf_text(&text));
        buf_release(&when);
        buf_release(&text);
    }
}
