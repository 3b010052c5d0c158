#include "app/first.h"

#include "actions_internal.h"
#include "app_internal.h"
#include "base/vec.h"

/* The menu of a store without creators. */

#define LOOK_SECONDS 2.0 /* between two looks for lists */
#define TEXT_AT 22       /* from the cursor's cell to the texts */
#define WIDE 100         /* from here on labels stand before all that is said */
#define NARROW 60        /* below this there is no room for texts beside labels */
#define WHOLE 80         /* from here on all texts are seen whole */
#define MOST_ABOVE 8     /* blank rows above the first line */

void first_release(struct first_place *first)
{
    arena_release(&first->arena);
    *first = (struct first_place){.count = 0};
}

static bool has_nobody(const struct model *model)
{
    return !model->loading && model->catalog->live_count == 0 && model->result.rows.total == 0;
}

void first_settle(struct model *model, struct effects *effects)
{
    if (model->place == PLACE_EXPLORE && has_nobody(model)) {
        model->place = PLACE_FIRST;
        model->focus = FOCUS_LIST;
        model->first.told = model->first.asks = false;
    } else if (model->place == PLACE_FIRST && !has_nobody(model)) {
        model->place = PLACE_EXPLORE;
    }
    if (model->place == PLACE_FIRST && !model->first.asks) {
        model->first.asks = true;
        effects_add(effects, (struct effect){.kind = EFFECT_LISTS});
    }
}

/* Whoever saves a list meanwhile finds it here. */
void first_tick(struct model *model, double seconds)
{
    struct first_place *first = &model->first;
    if (seconds < first->asked_at + LOOK_SECONDS)
        return;
    first->asked_at = seconds;
    first->asks = false;
}

/* ---- what the runtime says ---- */

static size_t choices(const struct first_place *first)
{
    return first->count + 4;
}

static enum first_choice choice_at(const struct first_place *first, size_t place)
{
    if (place == 0)
        return FIRST_SAMPLE;
    if (place <= first->count)
        return FIRST_FILE;
    return (enum first_choice)(FIRST_OTHER + (place - first->count - 1));
}

/* The cursor stays on its file, and on what is no file. */
static size_t place_of(const struct list_found *found, size_t count, struct text path,
                       enum first_choice choice)
{
    for (size_t i = 0; choice == FIRST_FILE && i < count; i++)
        if (text_equal(found[i].path, path))
            return i + 1;
    if (choice == FIRST_SAMPLE || choice == FIRST_FILE)
        return choice == FIRST_SAMPLE || count == 0 ? 0 : 1;
    return count + 1 + (size_t)(choice - FIRST_OTHER);
}

void first_take(struct model *model, const struct message *message)
{
    struct first_place *first = &model->first;
    size_t count = message->list_count < FIRST_FOUND_MOST ? message->list_count : FIRST_FOUND_MOST;
    enum first_choice choice = choice_at(first, first->cursor);
    struct text path = choice == FIRST_FILE ? first->found[first->cursor - 1].path : TEXT("");
    size_t cursor = place_of(message->lists, count, path, choice);
    arena_release(&first->arena);
    for (size_t i = 0; i < count; i++) {
        first->found[i] = message->lists[i];
        first->found[i].path = arena_text(&first->arena, message->lists[i].path);
        first->found[i].name = arena_text(&first->arena, message->lists[i].name);
        first->found[i].folder = arena_text(&first->arena, message->lists[i].folder);
    }
    first->count = count;
    first->cursor = cursor;
    first->told = true;
}

/* ---- lines ---- */

struct lines {
    struct first_line *items;
    size_t count;
};

static void add(struct lines *lines, enum first_kind kind, const char *label, const char *text)
{
    lines->items[lines->count++] = (struct first_line){.kind = kind, .label = label, .text = text};
}

static void add_choice(struct lines *lines, enum first_choice choice, size_t place,
                       const char *label, const char *text)
{
    lines->items[lines->count++] = (struct first_line){
        .kind = FIRST_CHOICE, .choice = choice, .place = place, .label = label, .text = text};
}

static const char *found_text(const struct first_place *first)
{
    if (first->count > 0)
        return "found on this computer:";
    return first->told ? "none found in Downloads, Desktop, Documents and here"
                       : "looking for lists";
}

static void add_choices(const struct first_place *first, int columns_, bool blanks,
                        struct lines *lines)
{
    bool narrow = columns_ < NARROW, tight = columns_ < WHOLE;
    add_choice(lines, FIRST_SAMPLE, 0, "Try the sample",
               tight ? "1,200 invented creators, and a tour"
                     : "1,200 invented creators, live figures, a tour of 7 steps");
    if (blanks)
        add(lines, FIRST_BLANK, "", "");
    add(lines, FIRST_HEADING, "Import a list", found_text(first));
    for (size_t i = 0; i < first->count; i++)
        add_choice(lines, FIRST_FILE, i + 1, "", "");
    add_choice(lines, FIRST_OTHER, first->count + 1, narrow ? "another file" : "",
               narrow  ? ""
               : tight ? "another file:  type its path"
                       : "another file:  type, paste or drop its path here");
    if (blanks)
        add(lines, FIRST_BLANK, "", "");
    add_choice(lines, FIRST_HELP, first->count + 2, "Help",
               tight ? "the words explained" : "words explained: niche, tier, ER, ROI, peers");
    add_choice(lines, FIRST_QUIT, first->count + 3, "Quit", "q at any time; nothing is ever lost");
}

static void add_notes(bool wide, struct lines *lines)
{
    add(lines, FIRST_BLANK, "", "");
    if (wide) {
        add(lines, FIRST_TEXT, "Excel files",
            "in Excel or Google Sheets: File, Download, Comma-separated values (.csv)");
        add(lines, FIRST_KEYS, "Five keys do most",
            "`arrows` move   `Enter` open   `Space` tick   `u` undo   `Esc` back");
        add(lines, FIRST_KEYS, "Lost?",
            "`?` explains the screen you are on;  `m` is a menu of everything");
        return;
    }
    add(lines, FIRST_TEXT, "",
        "Excel: File, Download, Comma-separated values (.csv), then it appears here.");
    add(lines, FIRST_BLANK, "", "");
    add(lines, FIRST_KEYS, "",
        "`arrows` move   `Enter` open   `Space` tick   `u` undo   `Esc` back");
}

static size_t make(const struct model *model, bool said, bool blanks, bool notes,
                   struct first_line out[FIRST_LINES_MOST])
{
    struct lines lines = {out, 0};
    int columns_ = model->layout.columns;
    if (said) {
        add(&lines, FIRST_TITLE, "", "Welcome. Which creators are worth your budget?");
        add(&lines, FIRST_TEXT, "",
            columns_ < WHOLE
                ? "There is no data yet. Choose with the arrows."
                : "There is no data yet. Choose with the arrow keys and Enter, or click.");
        add(&lines, FIRST_BLANK, "", "");
    }
    add_choices(&model->first, columns_, blanks, &lines);
    if (notes && columns_ >= NARROW)
        add_notes(columns_ >= WIDE, &lines);
    return lines.count;
}

static int rows_of(const struct model *model)
{
    int rows = model->layout.status.row - 1;
    return rows > 0 ? rows : 0;
}

/* What matters least goes first; what is left scrolls with the cursor. */
size_t first_lines(const struct model *model, struct first_line out[FIRST_LINES_MOST])
{
    size_t rows = (size_t)rows_of(model), count = 0;
    for (int less = 0; less < 4 && (count == 0 || count > rows); less++)
        count = make(model, less < 3, less < 2, less < 1, out);
    size_t from = 0;
    for (size_t i = 0; count > rows && i < count; i++)
        if (out[i].kind == FIRST_CHOICE && out[i].place == model->first.cursor)
            from = i + 1 > rows ? i + 1 - rows : 0;
    count = count - from < rows ? count - from : rows;
    for (size_t i = 0; from > 0 && i < count; i++)
        out[i] = out[from + i];
    return count;
}

struct first_layout first_layout(const struct model *model)
{
    struct first_line lines[FIRST_LINES_MOST];
    int count = (int)first_lines(model, lines), spare = (rows_of(model) - count) / 3;
    int columns_ = model->layout.columns, width = columns_ - 4;
    if (columns_ < NARROW)
        width = columns_ - 2;
    else if (width >= WIDE - 4)
        width = columns_ >= 150 ? 100 : width < 92 ? width : 92;
    int left = (columns_ - width) / 2;
    struct first_layout it = {
        .area = {left, 1 + (spare < MOST_ABOVE ? spare : MOST_ABOVE), width, count}};
    it.label = left + 2;
    it.text = columns_ < NARROW ? left + 2 : left + TEXT_AT;
    return it;
}

/* ---- keys ---- */

void first_vertical(struct model *model, long by)
{
    struct scroll scroll = {model->first.cursor, 0};
    scroll_by(&scroll, by, choices(&model->first));
    model->first.cursor = scroll.cursor;
}

static void choose_sample(struct model *model, struct effects *effects)
{
    if (model->job.running) { /* leaving would cancel it */
        model_notice(model, "%s %s still runs", job_does(model), model->job_name);
        return;
    }
    effects_add(effects, (struct effect){.kind = EFFECT_SAMPLE});
    leave(model, effects);
}

static void choose_file(struct model *model, struct effects *effects)
{
    const struct list_found *found = &model->first.found[model->first.cursor - 1];
    if (model->read_only)
        model_notice(model, "this store can only be read");
    else if (model->job.running)
        model_notice(model, "%s %s still runs", job_does(model), model->job_name);
    else if (found->state == LIST_ROWS_BOOK)
        model_notice(model, "a workbook: save it as CSV (File, Save as), then it appears here");
    else
        effects_add(effects, (struct effect){.kind = EFFECT_FORM, .text = found->path});
}

static void choose_other(struct model *model, struct effects *effects)
{
    (void)effects;
    command_open(model, "import ");
}

void first_choose(struct model *model, struct effects *effects)
{
    static void (*const choose[])(struct model * model, struct effects * effects) = {
        [FIRST_SAMPLE] = choose_sample, [FIRST_FILE] = choose_file, [FIRST_OTHER] = choose_other,
        [FIRST_HELP] = run_help,        [FIRST_QUIT] = run_back,
    };
    choose[choice_at(&model->first, model->first.cursor)](model, effects);
}

void first_click(struct model *model, const struct message *message, struct effects *effects)
{
    struct first_line lines[FIRST_LINES_MOST];
    struct first_layout at = first_layout(model);
    size_t count = first_lines(model, lines);
    int line = message->row - at.area.row;
    if (message->mouse != MOUSE_PRESS || line < 0 || (size_t)line >= count ||
        lines[line].kind != FIRST_CHOICE)
        return;
    model->first.cursor = lines[line].place;
    first_choose(model, effects);
}
