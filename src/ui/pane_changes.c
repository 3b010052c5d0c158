#include <math.h>
#include <stdio.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "ui_internal.h"

/* What changed: a line for each who moved or came, and who is gone. */

#define GUTTER 4
#define WIDE 100

static const char *const titles[CHANGES_SECTIONS] = {
    [CHANGES_PLAN] = "In your plan", [CHANGES_TICKED] = "Ticked", [CHANGES_NEW] = "New"};

/* The columns of the page by its width: where each ends, or begins; 0: it has no room. */
struct stops {
    int name;                   /* cells */
    int figure;                 /* column where the name of a figure begins … */
    int figures;                /* … and its cells */
    int before, now, then, roi; /* columns after their last cell */
    int moved;                  /* where it begins */
    int day;                    /* where the day of the change begins */
};

static struct stops stops_of(int width)
{
    if (width < 44)
        return (struct stops){.name = width - GUTTER - 14, .roi = width - 7, .moved = width - 6};
    if (width < 60)
        return (struct stops){
            .name = width - GUTTER - 25, .now = width - 17, .roi = width - 8, .moved = width - 7};
    if (width < WIDE)
        return (struct stops){.name = width - 62,
                              .figure = width - 58,
                              .figures = 15,
                              .before = width - 34,
                              .now = width - 25,
                              .roi = width - 13,
                              .moved = width - 10};
    int spare = (width - WIDE) / 4 < 14 ? (width - WIDE) / 4 : 14, at = GUTTER + 22 + spare;
    struct stops wide = {.name = 21 + spare, .figure = at, .figures = 15};
    at += 15 + spare / 2;
    wide.before = at + 8;
    wide.now = wide.before + 10 + spare / 2;
    wide.then = width >= 112 ? wide.now + 11 + spare / 2 : 0;
    wide.roi = (wide.then ? wide.then : wide.now) + 10 + spare / 2;
    wide.moved = wide.roi + 3;
    wide.day = width >= 112 ? wide.moved + 10 + spare / 2 : 0;
    return wide;
}

static void right(struct canvas *canvas, int end, int y, int cells, struct ink look,
                  struct text text)
{
    if (end > 0)
        frame_right(canvas, end - cells, y, cells, look, text);
}

static void add_count(const struct model *model, struct buf *out, size_t count, const char *what)
{
    number_fixed(out, (double)count, 0, model->style);
    buf_add_string(out, what);
}

/* ---- heading ---- */

/* "12 new  318 updated  3 gone" */
static void add_counts(const struct model *model, struct buf *out)
{
    const struct changes_place *place = &model->changes;
    if (!place->ready)
        return;
    add_count(model, out, place->made.added, " new  ");
    add_count(model, out, place->made.updated, " updated  ");
    add_count(model, out, place->gone.count, " gone");
}

static void add_signed(const struct model *model, struct buf *out, const char *sign, size_t count)
{
    buf_add_string(out, sign);
    add_count(model, out, count, " ");
}

/* "+2 -1  r": who would come and go, as in the line of the filters. */
static int draw_drift(const struct model *model, struct canvas *canvas, int y, int end)
{
    const struct changes_place *place = &model->changes;
    struct buf text = BUF_INIT;
    if (place->come > 0)
        add_signed(model, &text, "+", place->come);
    if (place->left > 0)
        add_signed(model, &text, "-", place->left);
    if (text.length == 0)
        return end;
    end -= (int)text.length + 2;
    canvas_text(canvas, end, y, ink(ROLE_TEXT), buf_text(&text));
    canvas_string(canvas, end + (int)text.length + 1, y, ink_strong(ROLE_KEY), "r");
    buf_release(&text);
    return end - 2;
}

static void draw_since(const struct model *model, struct canvas *canvas)
{
    const struct changes_place *place = &model->changes;
    int y = model->layout.chips.row, end = canvas->columns - 1;
    struct buf text = BUF_INIT;
    int column = 1;
    if (!isnan(place->since)) {
        buf_add_string(&text, "Since ");
        date_day(&text, place->since);
        buf_addf(&text, ", %s", changes_span_words[place->span]);
    } else {
        buf_add_string(&text, "Your first visit");
    }
    column = canvas_text(canvas, column, y, ink(ROLE_DIM), buf_text(&text)) + 3;
    if (column + 7 < canvas->columns)
        column = frame_key(canvas, column, y, ROLE_TEXT, model_key(model, 'd').text, "other") + 2;
    buf_clear(&text);
    end = draw_drift(model, canvas, y, end);
    add_counts(model, &text);
    if (column + (int)text.length <= end && !isnan(place->since))
        canvas_text(canvas, end - (int)text.length, y, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

/* "4 of 6 moved", "5 of 12" */
static void add_standing(const struct model *model, enum changes_section section, struct buf *out)
{
    const struct changes_place *place = &model->changes;
    size_t moved = place->shown[section].count;
    size_t of = section == CHANGES_PLAN ? place->made.planned : place->made.ticked;
    if (moved == 0)
        buf_add_string(out, "none");
    else
        add_count(model, out, moved, "");
    buf_add_string(out, " of ");
    add_count(model, out, of, " moved");
    if (section == CHANGES_TICKED && place->made.left_out > 0) {
        buf_add_string(out, ", ");
        add_count(model, out, place->made.left_out, " not looked at");
    }
}

static void draw_new_heading(const struct model *model, struct canvas *canvas, int y)
{
    const struct changes_result *made = &model->changes.made;
    struct buf text = BUF_INIT;
    const char *title = made->planless ? "New, best first"
                                       : "New, and better than the worst in your "
                                         "plan";
    int end = canvas_string(canvas, 1, y, ink_strong(ROLE_TITLE),
                            canvas->columns < 60 && !made->planless ? "New and better" : title);
    add_count(model, &text, made->better, " of ");
    add_count(model, &text, made->added, "");
    int at = canvas->columns - 1 - (int)text.length;
    if (at > end + 1)
        canvas_text(canvas, at, y, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static void draw_heading(const struct model *model, struct canvas *canvas, int y,
                         enum changes_section section)
{
    struct stops stops = stops_of(canvas->columns);
    struct buf text = BUF_INIT;
    if (section == CHANGES_NEW) {
        draw_new_heading(model, canvas, y);
        return;
    }
    canvas_string(canvas, 1, y, ink_strong(ROLE_TITLE), titles[section]);
    add_standing(model, section, &text);
    int room = (stops.before ? stops.before - 6 : stops.now ? stops.now - 3 : stops.roi - 3) - 14;
    canvas_fit(canvas, 14, y, (int)text.length < room ? (int)text.length : room - 1, FIT_LEFT,
               ink(ROLE_DIM), buf_text(&text));
    if (model->changes.shown[section].count > 0) {
        struct ink look = ink(ROLE_DIM);
        right(canvas, stops.before, y, 6, look, TEXT("before"));
        right(canvas, stops.now, y, 3, look, TEXT("now"));
        right(canvas, stops.then, y, 8, look, TEXT("ROI then"));
        right(canvas, stops.roi, y, canvas->columns < 60 ? 3 : 7, look,
              canvas->columns < 60 ? TEXT("ROI") : TEXT("ROI now"));
        canvas_string(canvas, stops.moved, y, look, "moved");
        if (stops.day)
            canvas_string(canvas, stops.day, y, look, "changed");
    }
    buf_release(&text);
}

/* ---- entries ---- */

static void draw_signs(const struct model *model, struct canvas *canvas, int y, uint32_t row)
{
    if (catalog_planned(model->catalog, row) > 0)
        canvas_string(canvas, 2, y, ink(ROLE_STAR), "*");
    else if (catalog_ticked(model->catalog, row))
        canvas_glyph(canvas, 2, y, ink(ROLE_TICK), GLYPH_YES);
}

/* What figure it is, and what it was and is. */
static void draw_figure(const struct model *model, struct canvas *canvas, int y,
                        const struct changes_entry *entry, const struct stops *stops, uint32_t row)
{
    if (entry->most == MOVED_FIGURES)
        return;
    enum column column = moved_columns[entry->most];
    double now = changes_now(model, entry);
    struct figure before = figure_fit(model, column, entry->before, ' ', 9);
    struct figure after = figure_fit(model, column, now, ' ', 9);
    struct buf title = BUF_INIT;
    figure_title(model, column, &title);
    if (stops->figure)
        canvas_fit(canvas, stops->figure, y, stops->figures, FIT_LEFT, ink(ROLE_DIM),
                   buf_text(&title));
    buf_release(&title);
    right(canvas, stops->before, y, 9, ink(ROLE_DIM), text_of(before.text));
    right(canvas, stops->now, y, 9, ink(number_known(now) ? ROLE_TEXT : ROLE_DIM),
          text_of(after.text));
    if (!stops->now)
        return;
    if (number_known(now) && number_known(entry->before) && now != entry->before)
        canvas_glyph(canvas, stops->now, y, ink(ROLE_CHANGED),
                     now > entry->before ? GLYPH_UP : GLYPH_DOWN);
    figure_moved(model, canvas, (struct area){stops->now - 9, y, 9, 1}, column, row);
}

static enum role role_of_move(double by)
{
    return by > 0 ? ROLE_GOOD : by < 0 ? ROLE_BAD : ROLE_TEXT;
}

/* "+3 pt"; without a before, or where one side is unknown, "-". */
static void draw_move(const struct model *model, struct canvas *canvas, int y, int at, double by)
{
    struct buf text = BUF_INIT;
    bool known = number_known(by);
    if (!known) {
        buf_add_char(&text, '-');
    } else {
        double points = round(by * 100);
        buf_add_string(&text, points > 0 ? "+" : "");
        number_fixed(&text, points, 0, model->style);
        buf_add_string(&text, canvas->columns < 60 ? "" : " pt");
    }
    canvas_text(canvas, at, y, ink(known ? role_of_move(by) : ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static void draw_roi(const struct model *model, struct canvas *canvas, int y,
                     const struct stops *stops, uint32_t row)
{
    struct figure roi = figure_within(model, COL_ROI, row, 8);
    right(canvas, stops->roi, y, 8, ink(roi.role), text_of(roi.text));
    figure_moved(model, canvas, (struct area){stops->roi - 8, y, 8, 1}, COL_ROI, row);
}

static void draw_day(struct canvas *canvas, int y, int at, double day)
{
    struct buf text = BUF_INIT;
    if (at == 0 || isnan(day))
        return;
    date_day(&text, day);
    canvas_fit(canvas, at, y, canvas->columns - at - 1, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static void draw_moved(const struct model *model, struct canvas *canvas, int y,
                       const struct changes_entry *entry, const struct stops *stops, uint32_t row)
{
    if (entry->kept) {
        struct figure then = figure_fit(model, COL_ROI, entry->roi_then, ' ', 8);
        draw_figure(model, canvas, y, entry, stops, row);
        right(canvas, stops->then, y, 8, ink(ROLE_DIM), text_of(then.text));
    } else if (stops->figure) {
        canvas_fit(canvas, stops->figure, y, stops->now - stops->figure, FIT_LEFT, ink(ROLE_DIM),
                   TEXT("changed, before is not kept"));
    }
    draw_roi(model, canvas, y, stops, row);
    draw_move(model, canvas, y, stops->moved, changes_roi(model, entry) - entry->roi_then);
    draw_day(canvas, y, stops->day, catalog_number(model->catalog, COL_CHANGED_AT, row));
}

static void draw_new(const struct model *model, struct canvas *canvas, int y,
                     const struct stops *stops, uint32_t row)
{
    struct buf text = BUF_INIT;
    struct text country = catalog_text(model->catalog, COL_COUNTRY, row);
    buf_add_string(&text, platforms[catalog_platform(model->catalog, row)].brief);
    if (text_known(country)) {
        buf_add_char(&text, ' ');
        buf_add_text(&text, country);
    }
    if (stops->figure)
        canvas_fit(canvas, stops->figure, y, stops->figures, FIT_LEFT, ink(ROLE_DIM),
                   buf_text(&text));
    struct figure fee = figure_within(model, COL_FEE, row, 9);
    right(canvas, stops->now, y, 9, ink(fee.role), text_of(fee.text));
    draw_roi(model, canvas, y, stops, row);
    if (canvas->columns >= 60)
        canvas_string(canvas, stops->moved, y, ink(ROLE_DIM),
                      catalog_planned(model->catalog, row) > 0 ? "in plan" : "a to plan");
    draw_day(canvas, y, stops->day, catalog_number(model->catalog, COL_ADDED_AT, row));
    buf_release(&text);
}

static void draw_entry(const struct model *model, struct canvas *canvas, int y,
                       const struct changes_entry *entry, enum changes_section section)
{
    struct stops stops = stops_of(canvas->columns);
    uint32_t row = catalog_find_id(model->catalog, entry->id);
    if (row == CATALOG_NONE) {
        canvas_string(canvas, GUTTER, y, ink(ROLE_DIM), "gone just now");
        return;
    }
    draw_signs(model, canvas, y, row);
    frame_creator(model, canvas, (struct area){GUTTER, y, stops.name, 1}, ink(ROLE_TEXT), row);
    if (section == CHANGES_NEW)
        draw_new(model, canvas, y, &stops, row);
    else
        draw_moved(model, canvas, y, entry, &stops, row);
}

/* "Gone from the source hanna.hues, oat.and.argan (none in a plan)": who is planned stands first. */
static void draw_gone(const struct model *model, struct canvas *canvas, int y)
{
    const struct changes_place *place = &model->changes;
    struct buf names = BUF_INIT, note = BUF_INIT;
    size_t planned = 0;
    for (size_t i = 0; i < place->gone.count; i++)
        planned += place->gone.items[i].planned;
    if (planned > 0)
        add_count(model, &note, planned, " in your plan");
    else
        buf_add_string(&note, "none in your plan");
    bool narrow = canvas->columns < 60;
    int at = canvas_string(canvas, 1, y, ink_strong(ROLE_TITLE),
                           narrow ? "Gone" : "Gone from the source") +
             1;
    int room = canvas->columns - at - 1 - (narrow ? 0 : (int)note.length + 3);
    changes_say_gone(model, room > 0 ? (size_t)room : 0, &names);
    int cells = (int)text_width(buf_text(&names), canvas->widths);
    cells = cells < room ? cells : room;
    canvas_fit(canvas, at, y, cells, FIT_LEFT, ink(ROLE_DIM), buf_text(&names));
    at += cells + 1;
    if (!narrow) {
        at = canvas_string(canvas, at, y, ink(ROLE_DIM), "(");
        at = canvas_text(canvas, at, y, ink(planned > 0 ? ROLE_WARN : ROLE_DIM), buf_text(&note));
        canvas_string(canvas, at, y, ink(ROLE_DIM), ")");
    }
    buf_release(&names);
    buf_release(&note);
}

static void draw_more(const struct model *model, struct canvas *canvas, int y)
{
    struct buf text = BUF_INIT;
    buf_add_string(&text, "the best ");
    add_count(model, &text, CHANGES_NEW_MOST, " of them; f ");
    buf_addf(&text, "%s lists all", changes_span_filters[model->changes.span]);
    canvas_fit(canvas, GUTTER, y, canvas->columns - GUTTER - 1, FIT_LEFT, ink(ROLE_DIM),
               buf_text(&text));
    buf_release(&text);
}

static void draw_line(const struct model *model, struct canvas *canvas, int y, size_t index)
{
    const struct changes_line *line = &model->changes.lines.items[index];
    const struct changes_entry *entry = changes_entry(model, line);
    if (line->part == CHANGES_HEADING)
        draw_heading(model, canvas, y, line->section);
    else if (entry)
        draw_entry(model, canvas, y, entry, line->section);
    else if (line->part == CHANGES_MORE)
        draw_more(model, canvas, y);
    else if (line->part == CHANGES_GONE_LINE)
        draw_gone(model, canvas, y);
    if (index != model->changes.scroll.cursor ||
        (line->part != CHANGES_ENTRY && line->part != CHANGES_GONE_LINE))
        return;
    canvas_glyph(canvas, 0, y, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    canvas_surface(canvas, (struct area){0, y, canvas->columns, 1},
                   model->overlay == OVERLAY_NONE ? ROLE_CURSOR : ROLE_AWAY);
}

static void draw_said(const struct model *model, struct canvas *canvas)
{
    struct area page = changes_page(model);
    struct buf said = BUF_INIT;
    struct text rest, line, part;
    int y = page.row + (page.rows > 8), end = page.row + page.rows;
    changes_say(model, &said);
    rest = buf_text(&said);
    while (text_next(&rest, '\n', &line))
        while (y < end && (part = frame_line(canvas, &line, canvas->columns - 3)).length > 0)
            canvas_text(canvas, 2, y++, ink(ROLE_TEXT), part);
    buf_release(&said);
}

void pane_changes(const struct model *model, struct canvas *canvas)
{
    const struct changes_place *place = &model->changes;
    struct area page = changes_page(model);
    draw_since(model, canvas);
    draw_said(model, canvas);
    for (int i = 0; i < page.rows; i++) {
        size_t index = place->scroll.top + (size_t)i;
        if (index < place->lines.count)
            draw_line(model, canvas, page.row + i, index);
    }
}

/* "plan ROI ~+11% then, ~+16% now" */
void changes_totals(const struct model *model, struct buf *out)
{
    const struct changes_result *made = &model->changes.made;
    const struct total *then = &made->then.roi, *now = &made->now.roi;
    if (!model->changes.ready || isnan(model->changes.since) || made->planned == 0)
        return;
    buf_add_string(out, "plan ROI ");
    buf_add_string(out, then->estimated && number_known(then->value) ? "~" : "");
    show_number(out, UNIT_ROI, then->value, false, model->style);
    buf_add_string(out, " then, ");
    buf_add_string(out, now->estimated && number_known(now->value) ? "~" : "");
    show_number(out, UNIT_ROI, now->value, false, model->style);
    buf_add_string(out, " now");
}
