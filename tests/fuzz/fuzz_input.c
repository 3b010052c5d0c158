/* Any bytes from a terminal: the same keys whether they come at once or one by one, nothing that is
 * no key, and in the end nothing left waiting. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "runtime/input.h"

/* All events so far, written down. */
static void drain(struct input *input, double now, struct buf *told)
{
    struct input_event event;
    while (input_next(input, now, &event)) {
        buf_addf(told, "%d %x %d %d %d %d %d %x [", (int)event.kind, (unsigned)event.key,
                 (int)event.mouse, event.button, event.column, event.row, event.focused,
                 (unsigned)event.background);
        buf_add_text(told, event.paste);
        buf_add_string(told, "]\n");
        bool control = event.key < ' ' || (event.key >= 0x7F && event.key < 0xA0);
        promise(event.kind != INPUT_KEY || !control || (event.key >= 1 && event.key <= 27) ||
                    event.key == K_BACKSPACE,
                "a control is one with a name");
        promise(event.kind != INPUT_KEY || event.key <= K_LAST_NAMED, "a key is a key");
        promise(event.column >= 0 && event.row >= 0, "a place is on the screen");
        promise(utf8_valid(event.paste), "a paste is text");
        for (size_t i = 0; i < event.paste.length; i++)
            promise((unsigned char)event.paste.at[i] >= ' ' && event.paste.at[i] != 0x7F,
                    "a paste has no controls");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { LATER = 100 };
    struct input whole, single;
    struct buf told_whole = BUF_INIT, told_single = BUF_INIT;
    struct text text = {(const char *)data, size};
    input_init(&whole);
    input_init(&single);
    input_feed(&whole, text, 0);
    drain(&whole, 0, &told_whole);
    for (size_t i = 0; i < size; i++) {
        input_feed(&single, text_part(text, i, 1), 0);
        drain(&single, 0, &told_single);
    }
    promise(text_equal(buf_text(&told_whole), buf_text(&told_single)), "pace changes nothing");
    drain(&whole, LATER, &told_whole);
    promise(isinf(input_deadline(&whole)), "nothing waits for ever");
    input_release(&whole);
    input_release(&single);
    buf_release(&told_whole);
    buf_release(&told_single);
    return 0;
}
