#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "subject_internal.h"
#include "base/utf8.h"
#include "base/vec.h"

/* What changed, as a place: the page, its cursor, and what keys do on it. */

const char *const changes_span_words[CHANGES_SPANS] = {[CHANGES_VISIT] = "your last visit",
                                                       [CHANGES_WEEK] = "7 days ago",
                                                       [CHANGES_MONTH] = "30 days ago"};
const char *const changes_span_filters[CHANGES_SPANS] = {
    [CHANGES_VISIT] = "is:new", [CHANGES_WEEK] = "added:7d", [CHANGES_MONTH] = "added:30d"};
const char *const changes_order_words[CHANGES_ORDERS] = {[CHANGES_BY_MOVE] =
                                                             "the greatest move first",
                                                         [CHANGES_BY_ROI] = "the best ROI first",
                                                         [CHANGES_BY_NAME] = "by name"};

/* ---- what stands on the page ---- */

static int by_id(const void *a, const void *b)
{
    const struct changes_entry *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void copy_entries(struct changes_entries *to, const struct changes_entries *from)
{
    VEC_RESERVE(to, from->count + 1);
    if (from->count > 0)
        memcpy(to->items, from->items, from->count * sizeof *to->items);
    to->count = from->count;
}

/* What is shown stays and stands where it stands, with the figures that were worked out since. Returns how
 * many of them are still among those that were made. */
static size_t refresh(struct changes_entries *shown, const struct changes_entries *made)
{
    struct changes_entries sorted = {.count = 0};
    size_t found = 0;
    copy_entries(&sorted, made);
    qsort(sorted.items, sorted.count, sizeof *sorted.items, by_id);
    for (size_t i = 0; i < shown->count; i++) {
        const struct changes_entry *entry =
            bsearch(&shown->items[i], sorted.items, sorted.count, sizeof *entry, by_id);
        if (!entry)
            continue;
        shown->items[i] = *entry;
        found++;
    }
    free(sorted.items);
    return found;
}

void changes_take(struct model *model)
{
    struct changes_place *place = &model->changes;
    place->come = place->left = 0;
    for (int i = 0; i < CHANGES_SECTIONS; i++) {
        struct changes_entries *shown = &place->shown[i], *made = &place->made.sections[i];
        if (!place->fixed)
            copy_entries(shown, made);
        size_t found = refresh(shown, made);
        place->come += made->count - found;
        place->left += shown->count - found;
    }
    place->fixed =
        (model->place == PLACE_CHANGES || model->detail_of_changes) && changes_current(model);
}

/* The page as it would be made now; where that is still to be worked out, it follows. */
void changes_anew(struct model *model)
{
    struct changes_place *place = &model->changes;
    place->fixed = false;
    if (!place->ready)
        return;
    changes_sort(model);
    changes_take(model);
}

size_t changes_count(const struct model *model)
{
    const struct changes_place *place = &model->changes;
    const struct changes_result *made = &place->made;
    if (isnan(place->since) || !place->ready)
        return 0;
    return made->sections[CHANGES_PLAN].count + made->sections[CHANGES_TICKED].count +
           made->better + place->gone.count;
}

/* ---- lines ---- */

static void add_line(struct changes_place *place, enum changes_part part,
                     enum changes_section section, size_t index)
{
    VEC_PUSH(&place->lines, ((struct changes_line){part, section, index}));
}

static bool has_section(const struct changes_place *place, enum changes_section section)
{
    const struct changes_result *made = &place->made;
    size_t there[CHANGES_SECTIONS] = {made->planned, made->ticked, made->added};
    return there[section] > 0 || place->shown[section].count > 0;
}

static void make_lines(struct changes_place *place)
{
    size_t entries = place->gone.count;
    place->lines.count = 0;
    for (int i = 0; i < CHANGES_SECTIONS; i++)
        entries += place->shown[i].count;
    if (!place->ready || isnan(place->since) || entries == 0)
        return;
    for (int i = 0; i < CHANGES_SECTIONS; i++) {
        enum changes_section section = (enum changes_section)i;
        if (!has_section(place, section))
            continue;
        add_line(place, CHANGES_HEADING, section, 0);
        for (size_t k = 0; k < place->shown[i].count; k++)
            add_line(place, CHANGES_ENTRY, section, k);
        if (section == CHANGES_NEW && place->made.better > CHANGES_NEW_MOST)
            add_line(place, CHANGES_MORE, section, 0);
        add_line(place, CHANGES_BLANK, section, 0);
    }
    if (place->gone.count > 0)
        add_line(place, CHANGES_GONE_LINE, CHANGES_SECTIONS, 0);
}

static bool selectable(const struct changes_place *place, size_t line)
{
    enum changes_part part = place->lines.items[line].part;
    return part == CHANGES_ENTRY || part == CHANGES_GONE_LINE;
}

const struct changes_entry *changes_entry(const struct model *model,
                                          const struct changes_line *line)
{
    if (line->part != CHANGES_ENTRY)
        return NULL;
    const struct changes_entries *entries = &model->changes.shown[line->section];
    return line->index < entries->count ? &entries->items[line->index] : NULL;
}

static const struct changes_line *line_here(const struct model *model)
{
    const struct changes_place *place = &model->changes;
    return place->scroll.cursor < place->lines.count ? &place->lines.items[place->scroll.cursor]
                                                     : NULL;
}

static const struct changes_entry *entry_here(const struct model *model)
{
    const struct changes_line *line = line_here(model);
    return line ? changes_entry(model, line) : NULL;
}

/* The nearest line from `at` on that the cursor can stand on, going by `step`. */
static size_t seek(const struct changes_place *place, size_t at, int step)
{
    while (at < place->lines.count && !selectable(place, at))
        at += (size_t)step; /* below 0 wraps beyond the count */
    return at < place->lines.count ? at : place->lines.count;
}

static void go(struct model *model, size_t line, int step)
{
    struct changes_place *place = &model->changes;
    size_t found = seek(place, line, step);
    if (found == place->lines.count)
        found = seek(place, line, -step);
    place->scroll.cursor = found < place->lines.count ? found : 0;
    const struct changes_entry *entry = entry_here(model);
    place->cursor_id = entry ? entry->id : 0;
}

/* The heading of the first of a section, and what comes after the last of all, come into view too. */
static void show_around(struct model *model)
{
    struct changes_place *place = &model->changes;
    size_t height = (size_t)changes_page(model).rows, cursor = place->scroll.cursor;
    if (cursor > 0 && place->lines.items[cursor - 1].part == CHANGES_HEADING &&
        place->scroll.top == cursor)
        place->scroll.top--;
    if (seek(place, cursor + 1, 1) == place->lines.count && place->lines.count > height &&
        place->lines.count - cursor <= height)
        place->scroll.top = place->lines.count - height;
}

void changes_settle(struct model *model)
{
    struct changes_place *place = &model->changes;
    const struct changes_entry *entry;
    int rows = changes_page(model).rows;
    make_lines(place);
    for (size_t i = 0; place->cursor_id && i < place->lines.count; i++)
        if ((entry = changes_entry(model, &place->lines.items[i])) &&
            entry->id == place->cursor_id) {
            place->scroll.cursor = i;
            break;
        }
    if (place->lines.count == 0)
        place->cursor_id = 0;
    else
        go(model,
           place->scroll.cursor < place->lines.count ? place->scroll.cursor
                                                     : place->lines.count - 1,
           1);
    scroll_settle(&place->scroll, place->lines.count, (size_t)(rows > 1 ? rows : 1));
    if (rows > 2 && place->lines.count > 0)
        show_around(model);
}

struct area changes_page(const struct model *model)
{
    return model->layout.body;
}

double changes_now(const struct model *model, const struct changes_entry *entry)
{
    uint32_t row = catalog_find_id(model->catalog, entry->id);
    if (row == CATALOG_NONE || entry->most == MOVED_FIGURES ||
        (entry->most == MOVED_FEE && sheet_mark(model->sheet, COL_FEE, row) == '~'))
        return NAN; /* an estimate is none of his figures */
    return sheet_number(model->sheet, moved_columns[entry->most], row);
}

double changes_roi(const struct model *model, const struct changes_entry *entry)
{
    uint32_t row = catalog_find_id(model->catalog, entry->id);
    return row == CATALOG_NONE ? (double)NAN : sheet_number(model->sheet, COL_ROI, row);
}

/* ---- words ---- */

static void say_since(const struct model *model, struct buf *out)
{
    date_day(out, model->changes.since);
}

void changes_say(const struct model *model, struct buf *out)
{
    const struct changes_place *place = &model->changes;
    const struct changes_result *made = &place->made;
    if (place->lines.count > 0)
        return;
    if (model->loading) {
        buf_add_string(out, "What changed is worked out once all creators are here.\n");
    } else if (model->catalog->live_count == 0) {
        buf_add_string(out, "There are no creators yet: :import FILE brings a list. From the next "
                            "visit on you see here what changed.\n");
    } else if (isnan(place->since)) {
        buf_add_string(out, "This is your first visit: the next one tells here what changed.\n"
                            "Who is in the plan (a) or ticked (Space) comes first then.\n"
                            "d looks 7 days back.\n");
    } else if (!place->ready) {
        buf_add_string(out, "Looking through what changed.\n");
    } else {
        buf_add_string(out, "Nothing that matters changed since ");
        say_since(model, out);
        buf_addf(out, ", %s.\n", changes_span_words[place->span]);
        if (made->planned + made->ticked == 0)
            buf_add_string(out, "Nobody is in the plan or ticked yet: a and Space in the list, and "
                                "their moves stand here.\n");
        else
            buf_addf(out, "Looked at %zu in the plan and %zu ticked beside it.\n", made->planned,
                     made->ticked);
        if (made->added > 0)
            buf_addf(out, "%zu %s new, none better than the worst in the plan; f %s lists them.\n",
                     made->added, made->added == 1 ? "is" : "are",
                     changes_span_filters[place->span]);
        buf_add_string(out, "d looks further back; :import FILE brings newer figures.\n");
    }
}

static size_t cells_of(struct text text)
{
    size_t cells = 0;
    uint32_t code;
    for (size_t length; (length = utf8_decode(text, &code)) > 0;
         text = text_part(text, length, text.length))
        cells++;
    return cells;
}

#define MORE_CELLS ((size_t)14) /* " and 9,999 more" */

void changes_say_gone(const struct model *model, size_t cells, struct buf *out)
{
    const struct changes_place *place = &model->changes;
    size_t used = 0, from = out->length;
    for (size_t i = 0; i < place->gone.count; i++) {
        struct buf name = BUF_INIT;
        const struct changes_gone *gone = &place->gone.items[i];
        text_safe(&name, gone->handle);
        size_t wide = cells_of(buf_text(&name)) + 2;
        size_t room = i + 1 < place->gone.count ? MORE_CELLS : 0;
        bool fits = i == 0 || used + wide + room <= cells;
        if (fits) {
            buf_add_string(out, out->length > from ? ", " : "");
            buf_add_text(out, buf_text(&name));
            used += wide;
        } else {
            buf_add_string(out, " and ");
            number_fixed(out, (double)(place->gone.count - i), 0, model->style);
            buf_add_string(out, " more");
        }
        buf_release(&name);
        if (!fits)
            return;
    }
}

/* ---- keys ---- */

static double since_of(const struct model *model, enum changes_span span)
{
    static const double back[CHANGES_SPANS] = {0, 7 * DATE_DAY, 30 * DATE_DAY};
    return span == CHANGES_VISIT ? model->changes.last_visit : model->now - back[span];
}

static void look_back(struct model *model, enum changes_span span)
{
    struct changes_place *place = &model->changes;
    double since = since_of(model, span);
    place->span = span;
    place->fixed = false;
    if (since == place->since || (isnan(since) && isnan(place->since)))
        return;
    place->since = since;
    place->ready = false;
    place->stage = CHANGES_IDLE;
    place->stamp = place->gone_stamp = 0;
    place->gone.count = 0;
}

void changes_visit(struct model *model, double last)
{
    model->changes.last_visit = last;
    sheet_visited(model->sheet, last); /* what is:new counts from */
    if (model->changes.span == CHANGES_VISIT)
        look_back(model, CHANGES_VISIT);
}

void run_open_changes(struct model *model, struct effects *effects)
{
    struct changes_place *place = &model->changes;
    (void)effects;
    model->place = PLACE_CHANGES;
    model->detail_of_plan = model->detail_of_changes = false;
    place->cursor_id = 0;
    place->scroll = (struct scroll){0};
    look_back(model, place->span); /* 7 days are counted from now */
    changes_anew(model);
}

void run_changes_since(struct model *model, struct effects *effects)
{
    struct changes_place *place = &model->changes;
    (void)effects;
    look_back(model, (enum changes_span)((place->span + 1) % CHANGES_SPANS));
    changes_anew(model);
}

void run_order_changes(struct model *model, struct effects *effects)
{
    struct changes_place *place = &model->changes;
    (void)effects;
    place->order = (enum changes_order)((place->order + 1) % CHANGES_ORDERS);
    changes_anew(model);
    model_notice(model, "order: %s", changes_order_words[place->order]);
}

bool on_change(const struct model *model)
{
    return line_here(model) != NULL;
}

void run_open_change(struct model *model, struct effects *effects)
{
    if (!entry_here(model)) {
        run_moved_why(model, effects);
        return;
    }
    model->detail_of_plan = false;
    model->detail_of_changes = true;
    detail_open(model, COL_ROI);
}

bool moved_here(const struct model *model)
{
    const struct changes_line *line = line_here(model);
    return line && line->part != CHANGES_GONE_LINE && line->section != CHANGES_NEW;
}

/* Of a new one there is no before: why its ROI is what it is. */
void run_moved_why(struct model *model, struct effects *effects)
{
    const struct changes_line *line = line_here(model);
    (void)effects;
    model->overlay_scroll = (struct scroll){0};
    if (!line)
        return;
    if (line->part == CHANGES_GONE_LINE) {
        model->overlay = OVERLAY_GONE;
    } else if (line->section == CHANGES_NEW) {
        model->overlay = OVERLAY_WHY;
        model->why_id = model->changes.cursor_id;
        model->why_column = COL_ROI;
    } else {
        subject_open(model);
    }
}

void changes_vertical(struct model *model, long by)
{
    struct changes_place *place = &model->changes;
    if (place->lines.count == 0)
        return;
    size_t line = place->scroll.cursor;
    scroll_by(&place->scroll, by, place->lines.count);
    go(model, place->scroll.cursor, by < 0 ? -1 : 1);
    if (by < 0 && place->scroll.cursor > line) /* nothing above */
        go(model, line, 1);
}

/* In the detail: the next one on the page, past headings. */
void changes_beside(struct model *model, int by)
{
    struct changes_place *place = &model->changes;
    size_t line = place->scroll.cursor;
    do {
        line += (size_t)by; /* below 0 wraps beyond the count */
    } while (line < place->lines.count && place->lines.items[line].part != CHANGES_ENTRY);
    if (line < place->lines.count)
        go(model, line, by);
}

void changes_click(struct model *model, const struct message *message, struct effects *effects)
{
    struct changes_place *place = &model->changes;
    struct area page = changes_page(model);
    size_t line = place->scroll.top + (size_t)(message->row - page.row);
    if (message->row == model->layout.chips.row) {
        press(model, 'd', effects);
        return;
    }
    if (!area_holds(page, message->column, message->row) || line >= place->lines.count ||
        !selectable(place, line))
        return;
    go(model, line, 1);
    if (message->column < 3)
        press(model, K_SPACE, effects);
    else if (message->mouse == MOUSE_DOUBLE)
        press(model, K_ENTER, effects);
}

static void renumber(int64_t *id, const struct message *message)
{
    for (size_t i = 0; i < message->renumbered_count; i++)
        if (*id == message->renumbered[i].from)
            *id = message->renumbered[i].to;
}

void changes_renumber(struct model *model, const struct message *message)
{
    struct changes_place *place = &model->changes;
    renumber(&place->cursor_id, message);
    for (int i = 0; i < CHANGES_SECTIONS && message->renumbered_count > 0; i++)
        for (size_t k = 0; k < place->shown[i].count; k++)
            renumber(&place->shown[i].items[k].id, message);
}
