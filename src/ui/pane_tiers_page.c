#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* The page under the table of the tiers. */

#define LABEL_AT 4
#define FIGURES_NARROW 27 /* column of a claim's figures … */
#define FIGURES_WIDE 28   /* … from 100 columns on */
#define RESTS_WIDE 30     /* cells of the figures, what they rest on comes after */
#define WIDE 100

static const struct {
    const char *title;
    const char *note; /* where there is room for it */
} sections[] = {
    [TIERS_CLAIMS] = {"What people say about micro-influencers, in your own data", NULL},
    [TIERS_PLATFORMS] = {"ER by tier and platform",
                         "one scale; rates of followers and of views (!) are not compared"},
    [TIERS_REVENUE] = {"Revenue for each 1,000 followers,",
                       "by reach rates and funnel alone; Beichert et al. 2024: nano 265, macro 49"},
    [TIERS_SPREAD] = {"ROI of micro creators, fee known",
                      "each column 20 points, the last all above"},
};

static void draw_heading(const struct model *model, struct canvas *canvas, int y,
                         enum tiers_section section)
{
    int column = canvas_string(canvas, 1, y, ink_strong(ROLE_TITLE), sections[section].title);
    struct text note = text_of(sections[section].note);
    if (section == TIERS_REVENUE) {
        column =
            canvas_string(canvas, column + 1, y, ink_strong(ROLE_TITLE), model_currency(model));
    }
    column += 3;
    if (text_known(note) && column + (int)note.length < canvas->columns)
        canvas_text(canvas, column, y, ink(ROLE_DIM), note);
}

/* ---- claims ---- */

static int figures_at(const struct canvas *canvas)
{
    return canvas->columns >= WIDE ? FIGURES_WIDE
           : canvas->columns >= 60 ? FIGURES_NARROW
                                   : LABEL_AT;
}

/* What they rest on stands right of the figures: in a column of its own, or at the edge. */
static void draw_figures(const struct model *model, struct canvas *canvas, int y,
                         enum lens_claim_id id)
{
    const struct lens_result *result = &model->tiers.lens.result;
    struct buf figures = BUF_INIT, rests = BUF_INIT;
    lens_say_figures(result, id, model->style, &figures);
    lens_say_rests(result, id, model->style, &rests);
    int end = canvas_text(canvas, figures_at(canvas), y, ink(tiers_role(model, ROLE_TEXT)),
                          buf_text(&figures));
    int at = canvas->columns >= WIDE ? FIGURES_WIDE + RESTS_WIDE
                                     : canvas->columns - 1 - (int)rests.length;
    if (at > end)
        canvas_text(canvas, at, y, ink(ROLE_DIM), buf_text(&rests));
    buf_release(&figures);
    buf_release(&rests);
}

static void draw_claim(const struct model *model, struct canvas *canvas, int y, size_t index)
{
    const struct lens_claim *claim = &model->tiers.lens.result.claims[index];
    static const enum role signs[] = {
        [VERDICT_HOLDS] = ROLE_GOOD, [VERDICT_FAILS] = ROLE_BAD, [VERDICT_UNSAID] = ROLE_EST};
    struct ink look = ink_strong(tiers_role(model, signs[claim->verdict]));
    if (claim->verdict == VERDICT_UNSAID)
        canvas_string(canvas, 2, y, look, "~");
    else
        canvas_glyph(canvas, 2, y, look, claim->verdict == VERDICT_HOLDS ? GLYPH_YES : GLYPH_NO);
    canvas_string(canvas, LABEL_AT, y, ink(ROLE_TEXT), lens_claims[index].title);
    if (figures_at(canvas) > LABEL_AT)
        draw_figures(model, canvas, y, (enum lens_claim_id)index);
}

static void draw_but(const struct model *model, struct canvas *canvas, int y, size_t index)
{
    struct buf text = BUF_INIT;
    int at = figures_at(canvas);
    lens_say_but(&model->tiers.lens.result, (enum lens_claim_id)index, model->style, &text);
    canvas_fit(canvas, at, y, canvas->columns - at, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

/* ---- ER by platform ---- */

#define PLATFORM_CELLS 13
#define WORD_CELLS 6
#define RATE_CELLS 7

static double greatest_rate(const struct lens_result *result)
{
    double most = 0;
    for (size_t i = 0; i < result->platform_count; i++)
        for (int tier = 0; tier < result->preset.count; tier++)
            most = fmax(most, result->platforms[i].tiers[tier].value);
    return most;
}

static void draw_platform(const struct model *model, struct canvas *canvas, int y, size_t index)
{
    const struct lens_result *result = &model->tiers.lens.result;
    const struct lens_platform *platform = &result->platforms[index];
    bool views = platforms[platform->platform].basis == BASIS_VIEWS;
    int each = (canvas->columns - PLATFORM_CELLS - 3) / result->preset.count;
    int bar = each - WORD_CELLS - RATE_CELLS - 2;
    canvas_fit(canvas, 2, y, PLATFORM_CELLS - 3, FIT_LEFT, ink(ROLE_TEXT),
               text_of(platforms[platform->platform].word));
    if (views)
        canvas_string(canvas, PLATFORM_CELLS, y, ink(ROLE_WARN), "!");
    for (int tier = 0; tier < result->preset.count; tier++) {
        const struct lens_value *value = &platform->tiers[tier];
        int at = PLATFORM_CELLS + 2 + tier * each;
        struct buf text = BUF_INIT;
        lens_say_value(UNIT_SHARE, value, model->style, &text);
        canvas_fit(canvas, at, y, WORD_CELLS, FIT_LEFT, ink(ROLE_DIM),
                   text_of(result->preset.bands[tier].word));
        canvas_fit(canvas, at + WORD_CELLS - 1, y, RATE_CELLS, FIT_RIGHT,
                   ink(tiers_role(model, number_known(value->value) ? ROLE_TEXT : ROLE_DIM)),
                   buf_text(&text));
        chart_bar(canvas, at + WORD_CELLS + RATE_CELLS, y, bar,
                  value->value / greatest_rate(result), ink(views ? ROLE_GRAPH2 : ROLE_GRAPH));
        buf_release(&text);
    }
}

/* ---- revenue by followers ---- */

#define WORTH_CELLS 10
#define WORTH_BAR 46

static void draw_worth(const struct model *model, struct canvas *canvas, int y, size_t tier)
{
    const struct lens_result *result = &model->tiers.lens.result;
    struct lens_value value = result->tiers[tier].figures[LENS_REVENUE];
    struct buf text = BUF_INIT;
    double most = 0;
    for (int i = 0; i < result->preset.count; i++)
        most = fmax(most, result->tiers[i].figures[LENS_REVENUE].value);
    int room = canvas->columns - 19 - 1;
    chart_bar(canvas, 19, y, room < WORTH_BAR ? room : WORTH_BAR, value.value / most,
              ink(ROLE_GRAPH));
    lens_say_figure(LENS_REVENUE, &value, model->style, &text);
    canvas_string(canvas, 2, y, ink(ROLE_DIM), result->preset.bands[tier].word);
    canvas_fit(canvas, 7, y, WORTH_CELLS, FIT_RIGHT,
               ink(tiers_role(model, number_known(value.value) ? ROLE_TEXT : ROLE_DIM)),
               buf_text(&text));
    buf_release(&text);
}

/* ---- how ROI spreads ---- */

#define CHART_AT 9
#define CHART_COLUMN 4 /* cells of a column, the gap after it included */
#define LEVELS 7       /* of a cell, in eighths but the whole */

static void draw_chart(const struct model *model, struct canvas *canvas, int y, size_t row)
{
    const struct lens_result *result = &model->tiers.lens.result;
    size_t most = 1;
    for (size_t i = 0; i < LENS_SPREAD; i++)
        most = result->spread[i] > most ? result->spread[i] : most;
    for (size_t i = 0; i < LENS_SPREAD; i++) {
        double eighths = 8.0 * TIERS_CHART_ROWS * (double)result->spread[i] / (double)most;
        int here = (int)ceil(eighths) - 8 * (int)(TIERS_CHART_ROWS - 1 - row);
        if (here <= 0)
            continue;
        enum glyph glyph = here > LEVELS ? GLYPH_BLOCK : (enum glyph)(GLYPH_LEVEL_1 + here - 1);
        for (int k = 0; k < CHART_COLUMN - 1; k++)
            canvas_glyph(canvas, CHART_AT + CHART_COLUMN * (int)i + k, y, ink(ROLE_GRAPH), glyph);
    }
}

static void draw_axis(struct canvas *canvas, int y)
{
    static const char *const words[] = {"-100%", "0%", "+100%", "+200%"};
    for (int i = 0; i < (int)COUNT_OF(words); i++)
        canvas_string(canvas, CHART_AT + 5 * CHART_COLUMN * i, y, ink(ROLE_DIM), words[i]);
}

/* ---- engagement against size ---- */

#define DOTS_AT 92       /* column of the picture, the rates after it … */
#define DOTS_COLUMNS 157 /* … on screens at least so wide, … */
#define DOTS_ROWS 16     /* … with so many rows of the page */

/* Right of the claims, which leave the room. */
static void draw_dots(const struct model *model, struct canvas *canvas, int y)
{
    static const char *const sizes[] = {"1k", "10k", "100k", "1M"};
    const struct lens_result *result = &model->tiers.lens.result;
    int rows = LENS_DOT_ROWS / 4, cells = LENS_DOT_COLUMNS / 2;
    struct buf text = BUF_INIT;
    buf_addf(&text, "ER of followers, %s, ", platforms[result->dot_platform].word);
    if (result->dot_worth > 1) {
        buf_add_string(&text, "a dot is ");
        number_fixed(&text, (double)result->dot_worth, 0, model->style);
        buf_add_string(&text, " creators or more");
    } else {
        buf_add_string(&text, "a dot a creator");
    }
    canvas_text(canvas, DOTS_AT, y, ink_strong(ROLE_TITLE), buf_text(&text));
    buf_clear(&text);
    number_fixed(&text, 100 * LENS_DOTS_ER, 0, model->style);
    buf_add_char(&text, '%');
    canvas_text(canvas, DOTS_AT + cells + 1, y + 1, ink(ROLE_DIM), buf_text(&text));
    canvas_string(canvas, DOTS_AT + cells + 1, y + rows, ink(ROLE_DIM), "0%");
    chart_dots(canvas, DOTS_AT, y + 1, &result->dots[0][0], LENS_DOT_COLUMNS, LENS_DOT_ROWS,
               ink(tiers_role(model, ROLE_GRAPH)));
    for (int i = 0; i < (int)COUNT_OF(sizes); i++) {
        double power = 3 + i;
        double across = (power - LENS_DOTS_FROM) / (LENS_DOTS_TO - LENS_DOTS_FROM);
        canvas_string(canvas, DOTS_AT + (int)(across * cells), y + rows + 1, ink(ROLE_DIM),
                      sizes[i]);
    }
    buf_release(&text);
}

/* ---- the page ---- */

static void draw_line(const struct model *model, struct canvas *canvas, int y,
                      const struct tiers_line *line)
{
    static void (*const draw[])(const struct model *model, struct canvas *canvas, int y,
                                size_t index) = {
        [TIERS_CLAIM] = draw_claim, [TIERS_BUT] = draw_but,     [TIERS_PLATFORM] = draw_platform,
        [TIERS_WORTH] = draw_worth, [TIERS_CHART] = draw_chart, [TIERS_AXIS] = NULL,
    };
    if (line->part == TIERS_HEADING)
        draw_heading(model, canvas, y, (enum tiers_section)line->index);
    else if (line->part == TIERS_FIGURES)
        draw_figures(model, canvas, y, (enum lens_claim_id)line->index);
    else if (line->part == TIERS_AXIS)
        draw_axis(canvas, y);
    else if (draw[line->part])
        draw[line->part](model, canvas, y, line->index);
}

void tiers_draw_page(const struct model *model, struct canvas *canvas, struct area area)
{
    struct tiers_line lines[TIERS_LINES_MOST];
    size_t count = tiers_lines(model, lines), top = model->tiers.top;
    for (int i = 0; i < area.rows && top + (size_t)i < count; i++)
        draw_line(model, canvas, area.row + i, &lines[top + (size_t)i]);
    bool dots = canvas->columns >= DOTS_COLUMNS && area.rows >= DOTS_ROWS && top == 0 &&
                canvas->rows >= 40 &&
                model->tiers.lens.result.dot_total >= model->tiers.lens.result.few;
    if (dots)
        draw_dots(model, canvas, area.row);
    if (top + (size_t)area.rows >= count || canvas->columns < 72)
        return;
    /* there is more, and how it is reached: at the right end, where the first line leaves room */
    struct key_name key = model_key(model, K_PAGE_DOWN);
    int at = canvas->columns - 1 - (int)strlen(key.text) - (int)sizeof " more" + 1;
    frame_key(canvas, at, area.row, ROLE_TEXT, key.text, "more");
}
