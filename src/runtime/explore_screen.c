#include <signal.h>

#include "explorer_internal.h"
#include "runtime/loop.h"
#include "runtime/signals.h"
#include "ui/view.h"

/* The explorer on a screen: keys and mouse come in, frames go out. */

/* ---- events ---- */

static void on_mouse(struct explorer *it, const struct input_event *input)
{
    static const enum mouse_kind kinds[] = {
        [INPUT_PRESS] = MOUSE_PRESS,       [INPUT_DOUBLE] = MOUSE_DOUBLE,
        [INPUT_WHEEL_UP] = MOUSE_WHEEL_UP, [INPUT_WHEEL_DOWN] = MOUSE_WHEEL_DOWN,
        [INPUT_DRAG] = MOUSE_DRAG,         [INPUT_RELEASE] = MOUSE_RELEASE};
    bool moves = input->mouse == INPUT_DRAG || input->mouse == INPUT_RELEASE;
    if (input->button > 1 || (moves && it->model.held == BORDER_NONE))
        return;
    explorer_tell(it,
                  (struct message){.kind = MESSAGE_MOUSE,
                                   .mouse = kinds[input->mouse],
                                   .column = input->column,
                                   .row = input->row,
                                   .hit = canvas_hit_at(&it->canvas, input->column, input->row)});
}

static void on_event(struct explorer *it, const struct term_event *event)
{
    if (event->kind == TERM_END) {
        it->killed_by = SIGHUP;
        explorer_tell(it, (struct message){.kind = MESSAGE_LEAVE});
    } else if (event->kind == TERM_RESIZE) {
        explorer_tell(it, (struct message){.kind = MESSAGE_RESIZE,
                                           .columns = event->columns,
                                           .rows = event->rows});
    } else if (event->input.kind == INPUT_KEY) {
        explorer_tell(it, (struct message){.kind = MESSAGE_KEY, .key = event->input.key});
    } else if (event->input.kind == INPUT_PASTE) {
        explorer_tell(it, (struct message){.kind = MESSAGE_PASTE, .text = event->input.paste});
    } else if (event->input.kind == INPUT_MOUSE) {
        on_mouse(it, &event->input);
    }
}

static void on_signal(struct explorer *it, int number)
{
    if (number == SIGWINCH) {
        term_resized(it->term);
    } else if (number == SIGTSTP) {
        term_suspend(it->term);
        signals_stop(false);
        term_resume(it->term);
    } else if (number == SIGCONT) {
        term_resume(it->term);
    } else {
        it->killed_by = number;
        explorer_tell(it, (struct message){.kind = MESSAGE_LEAVE});
    }
}

static void take_input(struct explorer *it)
{
    struct term_event event;
    int number;
    while (!it->quit && signals_take(&number))
        on_signal(it, number);
    while (!it->quit && term_read(it->term, &event))
        on_event(it, &event);
}

static bool is_input_waiting(struct explorer *it)
{
    struct loop_source sources[] = {{.fd = term_fd(it->term)}, {.fd = signals_fd()}};
    return loop_wait(sources, 2, loop_now()) > 0;
}

static int input_fd(struct explorer *it)
{
    return term_fd(it->term);
}

static double deadline(struct explorer *it)
{
    return term_deadline(it->term);
}

/* ---- frames ---- */

static void show(struct explorer *it)
{
    if (it->stale) {
        it->stale = false;
        it->canvas.widths = term_widths(it->term);
        it->canvas.glyphs = term_facts(it->term)->glyphs;
        view(&it->model, &it->canvas);
        term_show(it->term, &it->canvas, &it->theme);
    }
    term_frame_sign(it->term);
}

static void idle(struct explorer *it)
{
    term_idle_sign(it->term);
}

/* ---- beginning and end ---- */

static bool open_screen(struct explorer *it, const struct config *config, struct err *err)
{
    struct term_options wanted = {.ascii = config->ascii,
                                  .blocks = config->blocks,
                                  .mouse = config->mouse,
                                  .ambiguous_wide = config->ambiguous_wide,
                                  .no_colour = !config->colours,
                                  .escape_seconds = config->escape_seconds};
    it->term = term_open(&wanted, err);
    if (it->term)
        canvas_init(&it->canvas, term_widths(it->term), term_facts(it->term)->glyphs);
    return it->term != NULL;
}

static void size(struct explorer *it, int *width, int *height)
{
    *width = term_facts(it->term)->columns;
    *height = term_facts(it->term)->rows;
}

static void begin(struct explorer *it, const struct config *config)
{
    const struct term_facts *facts = term_facts(it->term);
    explorer_choose_theme(it, config);
    if (facts->notice[0])
        explorer_notice(it, facts->notice);
}

static void close_screen(struct explorer *it)
{
    term_close(it->term);
    canvas_release(&it->canvas);
    explorer_theme_release(it);
}

const struct front front_screen = {.prepare = explorer_begin_theme,
                                   .open = open_screen,
                                   .size = size,
                                   .begin = begin,
                                   .fd = input_fd,
                                   .deadline = deadline,
                                   .take_input = take_input,
                                   .is_input_waiting = is_input_waiting,
                                   .show = show,
                                   .idle = idle,
                                   .close = close_screen,
                                   .shows_trends = true};
