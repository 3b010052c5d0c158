#include "app_internal.h"
#include "base/utf8.h"
#include "help_internal.h"
#include "subject_internal.h"

/* What is handed over, and what stands in it, line by line of the form. */

void hand_title(const struct model *model, struct buf *out)
{
    static const char *const switches[] = {
        [HAND_ASSUMPTIONS - HAND_WHOMS] = "assumptions and sources",
        [HAND_ESTIMATES - HAND_WHOMS] = "which fees are estimated",
        [HAND_NOTES - HAND_WHOMS] = "your notes",
    };
    int line = model->hand.cursor;
    buf_addf(out, "Hand over: %s",
             line < HAND_WHOMS ? hand_whoms[line].title : switches[line - HAND_WHOMS]);
}

static void tell_what(const struct model *model, struct help *help)
{
    struct buf text = BUF_INIT;
    hand_say(model, model->hand.what, false, &text);
    buf_add_string(&text, ", as the screen has it: filter, order, columns, deals. Tab turns to "
                          "something else.");
    help_entry(help, TEXT("What"), buf_text(&text));
    buf_release(&text);
}

static void tell_whom(const struct model *model, struct help *help)
{
    const struct hand_whom_row *whom = &hand_whoms[model->hand.cursor];
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s; %s", whom->about,
             whom->ending ? "a file ending in " : "to the clipboard, where Y copies it too");
    buf_add_string(&text, whom->ending ? whom->ending : "");
    buf_add_char(&text, '.');
    help_entry(help, text_of(whom->title), buf_text(&text));
    help_entry(help, TEXT("What it rests on"),
               whom->document ? TEXT("Assumptions with their sources, and which fees are "
                                     "estimated, where the switches below say so.")
                              : TEXT("Not in it: figures alone. Your boss and your team get it."));
    if (whom->ending) {
        buf_clear(&text);
        text_safe(&text, buf_text(&model->hand.path));
        buf_add_string(&text, "  e changes it; a file that is there is replaced only after a "
                              "question.");
        help_entry(help, TEXT("File"), buf_text(&text));
    }
    buf_release(&text);
}

static void tell_assumptions(const struct model *model, struct help *help)
{
    (void)model;
    help_entry(help, TEXT("Assumptions"),
               TEXT("Every assumption the figures rest on, its value, whether it is yours, and the "
                    "source of its default. Only where there is room: .html and .xlsx."));
}

static void tell_estimates(const struct model *model, struct help *help)
{
    struct buf text = BUF_INIT;
    why_add_count(model, (double)hand_estimated(model, model->hand.what), "fee is", "fees are",
                  &text);
    buf_add_string(&text, " our estimate, of ");
    why_add_count(model, (double)hand_count(model, model->hand.what), "creator", "creators", &text);
    buf_add_string(&text, ": nobody has quoted them. Switched on, the file names whose they are; "
                          "figures that rest on one have ~ in any case.");
    help_entry(help, TEXT("Estimated fees"), buf_text(&text));
    buf_release(&text);
}

static void tell_notes(const struct model *model, struct help *help)
{
    struct buf text = BUF_INIT;
    why_add_count(model, (double)hand_noted(model), "creator has", "creators have", &text);
    buf_add_string(&text, " a note of yours, of ");
    number_fixed(&text, (double)hand_count(model, HAND_LIST), 0, model->style);
    buf_add_string(&text, " in the list. Notes are off unless you switch them on, each time: they "
                          "are meant for you.");
    help_entry(help, TEXT("Notes"), buf_text(&text));
    buf_release(&text);
}

void hand_why(const struct model *model, struct help *help)
{
    static void (*const switches[])(const struct model *model, struct help *help) = {
        [HAND_ASSUMPTIONS - HAND_WHOMS] = tell_assumptions,
        [HAND_ESTIMATES - HAND_WHOMS] = tell_estimates,
        [HAND_NOTES - HAND_WHOMS] = tell_notes,
    };
    int line = model->hand.cursor;
    help_heading(help, "What goes out");
    tell_what(model, help);
    if (line < HAND_WHOMS)
        tell_whom(model, help);
    else
        switches[line - HAND_WHOMS](model, help);
}
