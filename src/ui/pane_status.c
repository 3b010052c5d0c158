#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/footer.h"
#include "domain/show.h"
#include "ui_internal.h"

#define FIELD_CELLS 14
#define UNDO_LEAST 16  /* cells of what u would undo */
#define TOTALS_FROM 52 /* cells, from which on half of them are left to the totals */

/* The last line but one: what the signs mean, what the totals are totals of, what u would undo; or
 * the prompt, or what has to be told. */

static int word(struct canvas *canvas, int column, int row, struct ink sign_ink, const char *sign,
                const char *text)
{
    int cells = (int)(text_of(sign).length + 1 + text_of(text).length);
    if (column + cells > canvas->columns - 1)
        return column;
    column = canvas_string(canvas, column, row, sign_ink, sign);
    column = canvas_string(canvas, column, row, ink(ROLE_DIM), " ");
    return canvas_string(canvas, column, row, ink(ROLE_DIM), text) + 2;
}

static int draw_legend(const struct model *model, struct canvas *canvas, int row)
{
    int column = 1;
    char number[24];
    size_t ticked = model->catalog->ticked_count, planned = model->catalog->planned_count;
    if (ticked > 0) {
        snprintf(number, sizeof number, "%zu", ticked);
        column = word(canvas, column, row, ink(ROLE_TICK), number, "ticked");
    }
    if (planned > 0) {
        bool lists = model->place == PLACE_EXPLORE || model->place == PLACE_DETAIL;
        snprintf(number, sizeof number, "%zu", planned);
        column =
            word(canvas, column, row, ink(ROLE_STAR), number,
                 lists && plan_departs(model) ? "in plan, ROI for the posts planned" : "in plan");
        size_t unknown = sheet_money_unknown(model->sheet);
        if (unknown > 0) {
            snprintf(number, sizeof number, "! %zu", unknown);
            column = word(canvas, column, row, ink(ROLE_WARN), number, "of unknown cost");
        }
    }
    if (model->place == PLACE_COMPARE) {
        struct buf best = BUF_INIT;
        buf_add_utf8(&best, canvas->glyphs->code[GLYPH_BEST]);
        column = word(canvas, column, row, ink(ROLE_GOOD), buf_string(&best), "best of the row");
        buf_release(&best);
        column = word(canvas, column, row, ink(ROLE_WARN), "!", "unlike, not compared");
    }
    if (model->place == PLACE_EXPLORE && model->catalog->note_count > 0)
        column = word(canvas, column, row, ink(ROLE_OWN), "\"", "note");
    column = word(canvas, column, row, ink(ROLE_EST), "~", "estimated");
    if (model->place == PLACE_PLAN)
        column = word(canvas, column, row, ink(ROLE_WARN), "!", "default");
    /* Known well enough to give way to what u would undo. */
    int rest = canvas->columns - column, unknown = (int)sizeof "- unknown ";
    bool takes = rest >= UNDO_LEAST + 4 && rest - unknown < UNDO_LEAST + 4;
    if (canvas->columns >= 72 && !(takes && undo_next(&model->undo)))
        column = word(canvas, column, row, ink(ROLE_DIM), "-", "unknown");
    return column;
}

/* "96 shown: median fee 230, ROI +24%" */
static void totals_text(const struct model *model, int room, struct buf *out)
{
    static const char *const names[TOTALS] = {"fee", "ROI", "profit"};
    number_fixed(out, (double)model->result.rows.count, 0, model->style);
    buf_add_string(out, " shown: median ");
    size_t from = room >= 50 ? 0 : 1, to = room >= 50 ? TOTALS : 2;
    for (size_t i = from; i < to; i++) {
        struct median median = model->totals[i];
        buf_addf(out, "%s%s ", i > from ? ", " : "", names[i]);
        if (isnan(median.value))
            buf_add_string(out, "few");
        else
            show_number(out, columns[total_columns[i]].unit, median.value, false, model->style);
    }
    if (model->result.estimated > 0 && room >= 64)
        buf_addf(out, ", %zu with estimated fees", model->result.estimated);
}

static int draw_undo(const struct model *model, struct canvas *canvas, int row, int from)
{
    const struct step *step = undo_next(&model->undo);
    if (!step)
        return canvas->columns;
    struct buf text = BUF_INIT;
    buf_addf(&text, "undo: %s", step->label);
    int cells = (int)text_width(buf_text(&text), canvas->widths);
    int rest = canvas->columns - from;
    int most = rest < TOTALS_FROM ? rest - 4 : rest / 2;
    if (most < UNDO_LEAST) {
        buf_release(&text);
        return canvas->columns;
    }
    if (cells > most)
        cells = most;
    int at = canvas->columns - 1 - cells;
    canvas_string(canvas, at - 2, row, ink_strong(ROLE_KEY), "u");
    canvas_fit(canvas, at, row, cells, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
    return at - 3;
}

/* "searching bios 40%" */
static bool progress_text(const struct model *model, struct buf *out)
{
    double share;
    const char *what = model_progress(model, &share);
    if (!what)
        return false;
    buf_addf(out, "%s %d%%", what, (int)(share * 100));
    return true;
}

/* What the signs of the claims mean; how far the figures are, or who drew the bands. */
static void draw_tiers_standing(const struct model *model, struct canvas *canvas, int row)
{
    struct buf text = BUF_INIT, yes = BUF_INIT, no = BUF_INIT;
    buf_add_utf8(&yes, canvas->glyphs->code[GLYPH_YES]);
    buf_add_utf8(&no, canvas->glyphs->code[GLYPH_NO]);
    int column = word(canvas, 1, row, ink(ROLE_GOOD), buf_string(&yes), "holds here");
    column = word(canvas, column, row, ink(ROLE_BAD), buf_string(&no), "does not");
    column = word(canvas, column, row, ink(ROLE_EST), "~", "cannot be said");
    bool working = progress_text(model, &text);
    if (!working)
        buf_addf(&text, "preset %s", model->preset->name);
    if (column + (int)text.length < canvas->columns)
        column = canvas_text(canvas, column + 1, row, ink(working ? ROLE_WARN : ROLE_TITLE),
                             buf_text(&text));
    draw_undo(model, canvas, row, column + 2);
    buf_release(&text);
    buf_release(&yes);
    buf_release(&no);
}

/* What the plan was worth and is; how far it is worked out. */
static void draw_changes_standing(const struct model *model, struct canvas *canvas, int row)
{
    struct buf text = BUF_INIT;
    int column = 1;
    bool working = progress_text(model, &text);
    if (!working)
        changes_totals(model, &text);
    column =
        canvas_text(canvas, column, row, ink(working ? ROLE_WARN : ROLE_TITLE), buf_text(&text));
    column = column > 1 ? column + 2 : column;
    if (canvas->columns >= 100 || column == 1) { /* else what u would undo comes first */
        column = word(canvas, column, row, ink(ROLE_EST), "~", "estimated");
        column = word(canvas, column, row, ink(ROLE_DIM), "-", "unknown");
    }
    draw_undo(model, canvas, row, column);
    buf_release(&text);
}

static void draw_standing(const struct model *model, struct canvas *canvas, int row)
{
    int column = draw_legend(model, canvas, row);
    int end = draw_undo(model, canvas, row, column);
    int room = end - column - 4;
    if (model->place != PLACE_EXPLORE || room < 26 || model->result.rows.count == 0)
        return;
    struct buf text = BUF_INIT;
    if (!progress_text(model, &text))
        totals_text(model, room, &text);
    if ((int)text.length <= room)
        canvas_text(canvas, column + 2, row, ink(ROLE_TITLE), buf_text(&text));
    buf_release(&text);
}

/* In the filter pane, on a tier: what its name means here, and who says so. */
static bool draw_tier(const struct model *model, struct canvas *canvas, int row)
{
    size_t at = model->facet.cursor;
    if (model->place != PLACE_EXPLORE || model->focus != FOCUS_FILTERS ||
        at >= model->facet_lines.count)
        return false;
    struct facet_line line = model->facet_lines.items[at];
    const struct facet *facet = &model->result.facets[line.facet];
    if (line.value >= FACET_LEAST || facet->column != COL_TIER)
        return false;
    struct text word = facet->values[line.value].word;
    int band = tier_from_word(model->preset, word);
    if (band == TIER_NONE)
        return false;
    struct buf text = BUF_INIT;
    buf_add_text(&text, word);
    buf_add_string(&text, ": ");
    lens_say_band(model->preset, band, &text);
    buf_addf(&text, " followers. Preset %s: %s", model->preset->name, model->preset->source);
    canvas_fit(canvas, 1, row, canvas->columns - 2, FIT_LEFT, ink(ROLE_TITLE), buf_text(&text));
    buf_release(&text);
    return true;
}

static void draw_search(const struct model *model, struct canvas *canvas, int row)
{
    int column = canvas_string(canvas, 1, row, ink_strong(ROLE_TITLE), "Search") + 1;
    int cells = canvas->columns >= 80 ? 40 : canvas->columns / 2;
    frame_field(canvas, column, row, cells, &model->line);
    struct buf text = BUF_INIT;
    buf_addf(&text, "%zu %s", model->search_hits, model->search_hits == 1 ? "hit" : "hits");
    if (model->search_hidden > 0)
        buf_addf(&text, ", %zu outside the filter", model->search_hidden);
    size_t known = text.length;
    buf_add_string(&text, ", ");
    if (!progress_text(model, &text))
        buf_cut(&text, known);
    column += cells + 2;
    int room = canvas->columns - column;
    if (model->line.text.length > 0)
        canvas_fit(canvas, column, row, (int)text.length < room ? (int)text.length : room, FIT_LEFT,
                   ink(model->search_hits ? ROLE_DIM : ROLE_WARN), buf_text(&text));
    buf_release(&text);
}

static void draw_value(const struct model *model, struct canvas *canvas, int row)
{
    int column = canvas_string(canvas, 1, row, ink_strong(ROLE_TITLE), "Find a value") + 1;
    int cells = canvas->columns >= 80 ? 30 : canvas->columns / 3;
    size_t found = facets_found(model);
    struct buf text = BUF_INIT;
    frame_field(canvas, column, row, cells, &model->line);
    column += cells + 2;
    if (found > 0)
        buf_addf(&text, "%zu found", found);
    else
        buf_add_string(&text, "no value is called that");
    if (model->line.text.length > 0)
        canvas_fit(canvas, column, row, canvas->columns - column - 1, FIT_LEFT,
                   ink(found ? ROLE_DIM : ROLE_WARN), buf_text(&text));
    buf_release(&text);
}

/* Where the figure itself has no room on the screen, it is edited here. */
static void draw_field(const struct model *model, struct canvas *canvas, int row)
{
    struct buf text = BUF_INIT;
    field_title(model, &text);
    int most = canvas->columns / 2, cells = (int)text_width(buf_text(&text), canvas->widths);
    canvas_fit(canvas, 1, row, cells < most ? cells : most, FIT_LEFT, ink_strong(ROLE_TITLE),
               buf_text(&text));
    int column = 2 + (cells < most ? cells : most);
    if (!canvas->cursor_shown) {
        frame_field(canvas, column, row, FIELD_CELLS, &model->line);
        column += FIELD_CELLS + 1;
    }
    bool wrong = model->line_error.message[0];
    buf_clear(&text);
    if (wrong)
        buf_add_string(&text, model->line_error.message);
    else
        field_say(model, &text);
    canvas_fit(canvas, column + 1, row, canvas->columns - column - 2, FIT_LEFT,
               ink(wrong ? ROLE_BAD : ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static void draw_note(const struct model *model, struct canvas *canvas, int row)
{
    struct buf title = BUF_INIT;
    bool wrong = model->line_error.message[0];
    note_title(model, &title);
    int most = canvas->columns / 3, cells = (int)text_width(buf_text(&title), canvas->widths);
    cells = cells < most ? cells : most;
    canvas_fit(canvas, 1, row, cells, FIT_LEFT, ink_strong(ROLE_TITLE), buf_text(&title));
    int column = cells + 2, room = canvas->columns - column - 1;
    int error = wrong ? (int)text_of(model->line_error.message).length + 1 : 0;
    frame_field(canvas, column, row, room - error > 8 ? room - error : room, &model->line);
    if (room - error > 8)
        canvas_fit(canvas, column + room - error + 1, row, error, FIT_LEFT, ink(ROLE_BAD),
                   text_of(model->line_error.message));
    buf_release(&title);
}

static void draw_name(const struct model *model, struct canvas *canvas, int row)
{
    bool of_view = model->prompt == PROMPT_VIEW;
    const char *title = of_view ? named_task_title(model) : plans_task_title(model);
    const char *question = of_view ? named_question(model) : NULL;
    int column = canvas_string(canvas, 1, row, ink_strong(ROLE_TITLE), title) + 1;
    int cells = canvas->columns < 80               ? canvas->columns / 3
                : of_view && canvas->columns < 110 ? 26
                                                   : 42;
    frame_field(canvas, column, row, cells, &model->line);
    column += cells + 1;
    canvas_fit(canvas, column, row, canvas->columns - column - 1, FIT_LEFT,
               ink(question ? ROLE_WARN : ROLE_BAD),
               text_of(question ? question : model->line_error.message));
}

/* The line has the room it needs, the rest says how it is understood. */
static void draw_command(const struct model *model, struct canvas *canvas, int row)
{
    int most = canvas->columns * 3 / 5, least = canvas->columns / 3;
    int cells = (int)text_width(buf_text(&model->line.text), canvas->widths) + 4;
    cells = cells < least ? least : cells > most ? most : cells;
    int column = canvas_string(canvas, 1, row, ink_strong(ROLE_TITLE), ":");
    frame_field(canvas, column, row, cells, &model->line);
    column += cells + 2;
    bool wrong = model->line_error.message[0];
    struct buf text = BUF_INIT;
    if (wrong)
        buf_add_string(&text, model->line_error.message);
    else
        command_say(model, &text);
    canvas_fit(canvas, column, row, canvas->columns - column - 1, FIT_LEFT,
               ink(wrong ? ROLE_BAD : ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static void draw_filter_error(const struct model *model, struct canvas *canvas, int row)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "! %s", model->line_error.message);
    if (model->line_error.column > 0)
        buf_addf(&text, " (at character %zu)", model->line_error.column);
    canvas_fit(canvas, 1, row, canvas->columns - 2, FIT_LEFT, ink(ROLE_BAD), buf_text(&text));
    buf_release(&text);
}

/* What stands there while one types; NULL: what else there is to say. */
static void (*const prompts[PROMPT_COUNT])(const struct model *model, struct canvas *canvas,
                                           int row) = {
    [PROMPT_SEARCH] = draw_search,   [PROMPT_FIELD] = draw_field, [PROMPT_GOAL] = goal_line,
    [PROMPT_COMMAND] = draw_command, [PROMPT_NAME] = draw_name,   [PROMPT_VIEW] = draw_name,
    [PROMPT_ANSWER] = form_field,    [PROMPT_VALUE] = draw_value, [PROMPT_NOTE] = draw_note,
};

static bool has_job(const struct model *model)
{
    return model->job.running || (model->loading && model->loaded > 0);
}

bool status_is_free(const struct model *model)
{
    bool line =
        prompts[model->prompt] || (model->prompt == PROMPT_FILTER && model->line_error.message[0]);
    return !line && !model->notice[0] && !has_job(model);
}

void pane_status(const struct model *model, struct canvas *canvas)
{
    int row = model->layout.status.row;
    canvas_fill(canvas, model->layout.status, ink(ROLE_TEXT), ' ');
    if (prompts[model->prompt])
        prompts[model->prompt](model, canvas, row);
    else if (model->prompt == PROMPT_FILTER && model->line_error.message[0])
        draw_filter_error(model, canvas, row);
    else if (model->notice[0])
        canvas_fit(canvas, 1, row, canvas->columns - 2, FIT_LEFT,
                   ink(model->alarm ? ROLE_BAD : ROLE_WARN), text_of(model->notice));
    else if (has_job(model))
        progress_draw(model, canvas, row);
    else if (model->place == PLACE_IMPORT)
        form_standing(model, canvas, row);
    else if (model->place == PLACE_IMPORTS)
        imports_standing(model, canvas, row);
    else if (model->place == PLACE_FIRST)
        first_standing(model, canvas, row);
    else if (model->place == PLACE_TIERS)
        draw_tiers_standing(model, canvas, row);
    else if (model->place == PLACE_CHANGES)
        draw_changes_standing(model, canvas, row);
    else if (!draw_tier(model, canvas, row))
        draw_standing(model, canvas, row);
}

/* The last line: keys that matter here and now. */
void pane_keys(const struct model *model, struct canvas *canvas)
{
    struct footer_key keys[FOOTER_MOST];
    int count = footer_make(model, keys);
    canvas_fill(canvas, model->layout.keys, ink_on(ROLE_BAR, ROLE_BAR), ' ');
    for (int i = 0; i < count; i++)
        frame_key(canvas, keys[i].at, model->layout.keys.row, ROLE_BAR, keys[i].key, keys[i].label);
}
