#include <unistd.h>

#include "base/vec.h"
#include "runtime/loop.h"
#include "term_internal.h"

enum { WIDE_BOX = 2 };
static const double patience = 0.1;

/* The colour behind everything, then a sign of ambiguous width and where it left the cursor. Answers
 * come in order: once the second is there the first will not come any more. */
static const char questions[] = "\033]11;?\033\\\033[H\342\224\201\033[6n";
static const char question_of_colour[] = "\033]11;?\033\\\033[6n";

/* False when this was the last answer. */
static bool take(struct term *term, const struct input_event *event, bool asked_width)
{
    if (event->kind == INPUT_BACKGROUND) {
        term->facts.background_known = true;
        term->facts.background = event->background;
        term->facts.light = colour_contrast(event->background, 0x000000) >
                            colour_contrast(event->background, 0xFFFFFF);
    } else if (event->kind == INPUT_CURSOR) {
        if (asked_width && event->column == WIDE_BOX)
            term->facts.glyphs = &glyphs_ascii;
        return false;
    } else if (event->kind == INPUT_KEY && term->ahead_count < TERM_TYPED_AHEAD) {
        term->ahead[term->ahead_count++] = *event;
    }
    return true;
}

void term_probe(struct term *term)
{
    if (!term->modern)
        return;
    bool ask_width = !term->facts.glyphs->ascii;
    if (ask_width)
        term_write(questions, sizeof questions - 1);
    else
        term_write(question_of_colour, sizeof question_of_colour - 1);
    double end = loop_now() + patience;
    struct loop_source source = {.fd = STDIN_FILENO};
    struct input_event event;
    while (!term->ended && loop_wait(&source, 1, end) && term_fill(term))
        while (input_next(&term->input, loop_now(), &event))
            if (!take(term, &event, ask_width))
                return;
}
