#include "base/vec.h"
#include "ui_internal.h"

/* The form that hands over: what, for whom, what it says besides, and where it goes. */

#define FORM_CELLS 62
#define LABEL_AT 2
#define VALUE_AT 10
#define ABOUT_AT 19
#define ENDING_AT 51
#define MARK_CELLS 4
#define NOTE_AT 36

enum part { PART_WHAT, PART_BLANK, PART_WHOM, PART_SWITCH, PART_FILE, PART_QUESTION };

/* In the order of the screen; blanks go first where there is no room. */
static const struct row {
    enum part part;
    int line; /* of the form, that the cursor stands on; -1: none */
} rows[] = {
    {PART_WHAT, -1},
    {PART_BLANK, -1},
    {PART_WHOM, HAND_BOSS},
    {PART_WHOM, HAND_TEAM},
    {PART_WHOM, HAND_TOOL},
    {PART_WHOM, HAND_CHAT},
    {PART_BLANK, -1},
    {PART_SWITCH, HAND_ASSUMPTIONS},
    {PART_SWITCH, HAND_ESTIMATES},
    {PART_SWITCH, HAND_NOTES},
    {PART_BLANK, -1},
    {PART_FILE, -1},
    {PART_QUESTION, -1},
};

static void draw_what(const struct model *model, struct canvas *canvas, struct area at)
{
    struct buf text = BUF_INIT, others = BUF_INIT;
    hand_say(model, model->hand.what, false, &text);
    for (int i = 1; i < HAND_WHATS; i++) {
        enum hand_what what = (enum hand_what)((model->hand.what + i) % HAND_WHATS);
        if (!hand_can(model, what))
            continue;
        buf_add_string(&others, others.length ? ", " : "for ");
        hand_say(model, what, true, &others);
    }
    canvas_fit(canvas, at.column + LABEL_AT, at.row, VALUE_AT - LABEL_AT, FIT_LEFT, ink(ROLE_DIM),
               TEXT("What"));
    int cells = (int)text_width(buf_text(&text), canvas->widths);
    int column = at.column + VALUE_AT + cells;
    canvas_fit(canvas, at.column + VALUE_AT, at.row, cells, FIT_LEFT, ink(ROLE_TEXT),
               buf_text(&text));
    int room = at.column + at.columns - 2 - column, wide = (int)others.length + 4;
    if (others.length > 0 && room > 8) {
        wide = wide < room ? wide : room;
        column = canvas_string(canvas, at.column + at.columns - 1 - wide, at.row,
                               ink_strong(ROLE_KEY), "Tab");
        canvas_fit(canvas, column + 1, at.row, wide - 4, FIT_LEFT, ink(ROLE_DIM),
                   buf_text(&others));
    }
    buf_release(&text);
    buf_release(&others);
}

static void draw_whom(const struct model *model, struct canvas *canvas, struct area at,
                      enum hand_whom whom)
{
    const struct hand_whom_row *row = &hand_whoms[whom];
    bool chosen = model->hand.whom == whom;
    canvas_fit(canvas, at.column + LABEL_AT, at.row, ABOUT_AT - LABEL_AT - 1, FIT_LEFT,
               chosen ? ink_strong(ROLE_TITLE) : ink(ROLE_TEXT), text_of(row->title));
    canvas_fit(canvas, at.column + ABOUT_AT, at.row, at.columns - ABOUT_AT - 1, FIT_LEFT,
               ink(ROLE_DIM), text_of(row->about));
    if (at.columns > ENDING_AT + 6)
        canvas_fit(canvas, at.column + ENDING_AT, at.row, 6, FIT_LEFT, ink(ROLE_TEXT),
                   text_of(row->ending ? row->ending : "Y"));
}

static void estimates_text(const struct model *model, struct buf *out)
{
    enum hand_what what = model->hand.what;
    buf_add_string(out, "say which fees are estimated (");
    number_fixed(out, (double)hand_estimated(model, what), 0, model->style);
    buf_add_string(out, " of ");
    number_fixed(out, (double)hand_count(model, what), 0, model->style);
    buf_add_char(out, ')');
}

static void notes_text(const struct model *model, struct buf *out)
{
    buf_add_string(out, "your notes");
    if (model->hand.what != HAND_LIST) {
        buf_add_string(out, ", only with a list");
        return;
    }
    buf_add_string(out, " (");
    number_fixed(out, (double)hand_noted(model), 0, model->style);
    buf_add_string(out, " of ");
    number_fixed(out, (double)hand_count(model, HAND_LIST), 0, model->style);
    buf_add_char(out, ')');
}

static void draw_switch(const struct model *model, struct canvas *canvas, struct area at, int line)
{
    const struct hand *hand = &model->hand;
    bool notes = line == HAND_NOTES, list = hand->what == HAND_LIST;
    bool document = notes ? list : hand_whoms[hand->whom].document;
    bool on = notes                      ? hand->notes && list
              : line == HAND_ASSUMPTIONS ? !hand->quiet_assumptions
                                         : !hand->quiet_estimates;
    struct buf box = BUF_INIT, text = BUF_INIT;
    buf_add_char(&box, '[');
    if (on)
        buf_add_utf8(&box, canvas->glyphs->code[GLYPH_YES]);
    buf_add_string(&box, on ? "]" : " ]");
    if (line == HAND_ASSUMPTIONS)
        buf_add_string(&text, "assumptions and sources");
    else if (notes)
        notes_text(model, &text);
    else
        estimates_text(model, &text);
    canvas_fit(canvas, at.column + LABEL_AT, at.row, MARK_CELLS - 1, FIT_LEFT,
               ink(on && document ? ROLE_TICK : ROLE_DIM), buf_text(&box));
    int column = at.column + LABEL_AT + MARK_CELLS;
    canvas_fit(canvas, column, at.row, at.column + at.columns - column - 1, FIT_LEFT,
               ink(document ? ROLE_TEXT : ROLE_DIM), buf_text(&text));
    if (!document && line == HAND_ASSUMPTIONS && at.columns > NOTE_AT + 24)
        canvas_string(canvas, at.column + NOTE_AT, at.row, ink(ROLE_DIM),
                      "only in .html and .xlsx");
    buf_release(&box);
    buf_release(&text);
}

static void draw_file(const struct model *model, struct canvas *canvas, struct area at)
{
    const struct hand *hand = &model->hand;
    int column = at.column + VALUE_AT, cells = at.columns - VALUE_AT - 6;
    bool file = hand_whoms[hand->whom].ending != NULL;
    if (cells < 12)
        cells = at.columns - VALUE_AT - 1;
    canvas_fit(canvas, at.column + LABEL_AT, at.row, VALUE_AT - LABEL_AT, FIT_LEFT, ink(ROLE_DIM),
               TEXT("File"));
    if (model->prompt == PROMPT_HAND_FILE) {
        frame_field(canvas, column, at.row, cells, &model->line);
    } else if (file) {
        struct buf safe = BUF_INIT;
        text_safe(&safe, buf_text(&hand->path));
        canvas_fit(canvas, column, at.row, cells, FIT_LEFT, ink_on(ROLE_FIELD, ROLE_FIELD),
                   buf_text(&safe));
        buf_release(&safe);
    } else {
        canvas_fit(canvas, column, at.row, cells, FIT_LEFT, ink(ROLE_DIM),
                   TEXT("none: it goes to the clipboard"));
    }
}

static void draw_question(const struct model *model, struct canvas *canvas, struct area at)
{
    if (model->hand.asks)
        canvas_fit(canvas, at.column + LABEL_AT, at.row, at.columns - LABEL_AT - 1, FIT_LEFT,
                   ink_on(ROLE_ALERT, ROLE_ALERT),
                   TEXT("is there already: Enter replaces it, Esc keeps it"));
}

static void draw_row(const struct model *model, struct canvas *canvas, struct area at,
                     const struct row *row)
{
    if (row->part == PART_WHAT)
        draw_what(model, canvas, at);
    else if (row->part == PART_WHOM)
        draw_whom(model, canvas, at, (enum hand_whom)row->line);
    else if (row->part == PART_SWITCH)
        draw_switch(model, canvas, at, row->line);
    else if (row->part == PART_FILE)
        draw_file(model, canvas, at);
    else if (row->part == PART_QUESTION)
        draw_question(model, canvas, at);
    if (row->line >= 0 && row->line == model->hand.cursor) {
        canvas_surface(canvas, at, ROLE_CURSOR);
        canvas_glyph(canvas, at.column, at.row, (struct ink){ROLE_TEXT, ROLE_CURSOR, true},
                     GLYPH_FOCUS);
    }
}

/* The line that must be in view where not all of them are. */
static bool is_wanted(const struct model *model, const struct row *row)
{
    if (model->prompt == PROMPT_HAND_FILE)
        return row->part == PART_FILE;
    return model->hand.asks ? row->part == PART_QUESTION : row->line == model->hand.cursor;
}

/* What was saved, where it is and what opens it. */
#define SAVED_CELLS 72
#define SAVED_LINES 3 /* of the path, at most */
void pane_saved(const struct model *model, struct canvas *canvas)
{
    const struct hand *hand = &model->hand;
    struct text rest = buf_text(&hand->path_saved), opens = text_of(hand_opens(hand));
    int room = (canvas->columns < SAVED_CELLS ? canvas->columns : SAVED_CELLS) - 6;
    int lines = ((int)text_width(rest, canvas->widths) + room - 1) / room;
    struct area area =
        frame_box(model, canvas, SAVED_CELLS, 3 + (lines < SAVED_LINES ? lines : SAVED_LINES),
                  TEXT("Saved"), "any key closes this");
    int cells = area.columns - 4, y = area.row, end = area.row + area.rows;
    struct buf what = BUF_INIT;
    buf_add_text(&what, buf_text(&hand->what_saved));
    buf_add_string(&what, ", is in this file:");
    canvas_fit(canvas, area.column + 2, y++, cells, FIT_LEFT, ink_strong(ROLE_TITLE),
               buf_text(&what));
    for (int i = 0; i < SAVED_LINES && rest.length > 0 && y < end; i++)
        canvas_fit(canvas, area.column + 2, y++, cells, FIT_LEFT, ink_strong(ROLE_GOOD),
                   i + 1 < SAVED_LINES ? frame_line(canvas, &rest, cells) : rest);
    if (y + 1 < end)
        y++;
    while (opens.length > 0 && y < end)
        canvas_fit(canvas, area.column + 2, y++, cells, FIT_LEFT, ink(ROLE_TEXT),
                   frame_line(canvas, &opens, cells));
    buf_release(&what);
}

void pane_hand(const struct model *model, struct canvas *canvas)
{
    const struct row *shown[COUNT_OF(rows)];
    struct area area = frame_box(model, canvas, FORM_CELLS, (int)COUNT_OF(rows), TEXT("Hand over"),
                                 contexts[model_context(model)].way_out);
    int count = 0, wanted = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (rows[i].part == PART_BLANK && area.rows < (int)COUNT_OF(rows))
            continue;
        if (is_wanted(model, &rows[i]))
            wanted = count;
        shown[count++] = &rows[i];
    }
    int top = wanted >= area.rows ? wanted - area.rows + 1 : 0;
    for (int i = 0; i < area.rows && top + i < count; i++)
        draw_row(model, canvas, (struct area){area.column, area.row + i, area.columns, 1},
                 shown[top + i]);
}
