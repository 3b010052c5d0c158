#include "app_internal.h"
#include "base/hash.h"

/* The tiers as a place: asks for what is shown, chooses bands, shows a tier in the list. */

/* So few creators are worked out at once: their old figures are never seen. */
#define FEW_CREATORS 10000
#define STEPS_AT_ONCE 8
#define STAND_SECONDS 3.0
#define ROOMY_ROWS 40 /* the screen has room for blank lines */
#define NARROW 60     /* cells in which a claim and its figures do not fit side by side */
#define TIGHT_ROWS 14 /* body rows under which the table comes first */

/* The rows of the list, or more: a choice of tiers does not count here. */
static const struct rowset *tiers_rows(struct model *model)
{
    struct tiers_place *place = &model->tiers;
    const struct filter *filter = &model->query.filter;
    const struct filter_term *chosen = filter_selection(filter, COL_TIER);
    struct filter *wide = &place->wide.filter;
    place->wider = chosen != NULL;
    if (!chosen || model->loading)
        return &model->result.rows;
    filter_copy(wide, filter);
    while ((chosen = filter_selection(wide, COL_TIER)) != NULL)
        filter_remove(wide, (size_t)(chosen - wide->items));
    place->wide.limit = model->query.limit;
    if (!place->rows.stamp || !query_current(&place->wide, model->sheet, &place->rows))
        query_run(&place->wide, model->sheet, &place->rows);
    return &place->rows.rows;
}

/* What others write asks for nothing at once: what is being worked out comes to its end, and what is
 * worked out stands for a moment. */
static bool tiers_stand(struct model *model)
{
    struct tiers_place *place = &model->tiers;
    uint64_t made_of[] = {model->result.stamp, model->sheet->epoch, model->calm.standing};
    uint64_t asked = hash_bytes(made_of, sizeof made_of, 1) | 1;
    bool same = asked == place->asked && model->calm.standing;
    place->asked = asked;
    return same && (lens_busy(&place->lens) || model->calm.seconds < place->next);
}

static void tiers_ask(struct model *model)
{
    struct tiers_place *place = &model->tiers;
    const struct rowset *among = tiers_rows(model);
    const struct bits *rows = rowset_rows(among);
    struct scenario other;
    if (rows && !model->loading) {
        lens_ask(&place->lens, model->sheet, rows,
                 lens_other(&model->scenario, &other) ? &other : NULL);
        int steps = among->count <= FEW_CREATORS ? STEPS_AT_ONCE : 0;
        while (steps-- > 0 && lens_step(&place->lens, model->sheet))
            continue;
        if (lens_busy(&place->lens))
            place->next = model->calm.seconds + STAND_SECONDS;
    }
}

void tiers_build(struct model *model)
{
    struct tiers_place *place = &model->tiers;
    struct tiers_line lines[TIERS_LINES_MOST];
    if (!tiers_stand(model))
        tiers_ask(model);
    int height = tiers_table(model).rows - 1;
    scroll_settle(&place->at, (size_t)model->preset->count, (size_t)(height > 1 ? height : 1));
    size_t count = tiers_lines(model, lines), page = (size_t)tiers_page(model).rows;
    size_t most = count > page ? count - page : 0;
    place->top = place->top > most ? most : place->top;
}

bool tiers_busy(const struct model *model)
{
    return model->place == PLACE_TIERS && !model->loading && lens_busy(&model->tiers.lens);
}

void tiers_work(struct model *model)
{
    lens_step(&model->tiers.lens, model->sheet);
}

const char *tiers_progress(const struct model *model, double *share)
{
    *share = lens_progress(&model->tiers.lens);
    return "working out";
}

void tiers_open(struct model *model)
{
    uint32_t row = model_row(model);
    int tier = row == CATALOG_NONE ? TIER_NONE : sheet_tier(model->sheet, row);
    model->place = PLACE_TIERS;
    model->detail_of_plan = false;
    model->tiers.top = 0;
    model->tiers.at.cursor = tier == TIER_NONE ? 0 : (size_t)tier;
}

void tiers_vertical(struct model *model, long by)
{
    scroll_by(&model->tiers.at, by, (size_t)model->preset->count);
}

void tiers_scroll(struct model *model, int pages)
{
    size_t *top = &model->tiers.top;
    int rows = tiers_page(model).rows;
    size_t by = rows > 2 ? (size_t)rows - 1 : 1;
    *top = pages > 0   ? *top + by
           : *top > by ? *top - by
                       : 0; /* not beyond the end: tiers_build() */
}

/* The tier alone: another choice of tiers makes way. */
void tiers_show(struct model *model)
{
    const char *word = model->preset->bands[model->tiers.at.cursor].word;
    struct filter *filter = &model->query.filter;
    const struct filter_term *chosen = filter_selection(filter, COL_TIER);
    if (chosen)
        filter_remove(filter, (size_t)(chosen - filter->items));
    filter_toggle(filter, COL_TIER, text_of(word));
    model->place = PLACE_EXPLORE;
    model->focus = FOCUS_LIST;
    view_changed(model, "tier %s", word);
}

void tiers_click(struct model *model, const struct message *message, struct effects *effects)
{
    struct area table = tiers_table(model);
    size_t at = model->tiers.at.top + (size_t)(message->row - table.row - 1);
    if (message->row <= table.row || message->row >= table.row + table.rows ||
        at >= (size_t)model->preset->count)
        return;
    model->tiers.at.cursor = at;
    if (message->mouse == MOUSE_DOUBLE)
        press(model, K_ENTER, effects);
}

/* ---- bands ---- */

static void tiers_choose(struct model *model, struct effects *effects,
                         const struct tier_preset *preset)
{
    if (preset == model->preset) {
        model_notice(model, "the tiers are drawn so already");
        return;
    }
    own_tiers(model, effects, preset);
    model_notice(model, "tiers as %s draws them (%s)", preset->name, preset->source);
}

/* "4 tiers, micro 1k-100k"; of one without micro: "3 tiers, small to large". */
static void say_bands(const struct tier_preset *preset, struct buf *out)
{
    int micro = tier_from_word(preset, TEXT("micro"));
    buf_addf(out, "%d tiers, %s ", preset->count, preset->bands[micro < 0 ? 0 : micro].word);
    if (micro < 0)
        buf_addf(out, "to %s", preset->bands[preset->count - 1].word);
    else
        lens_say_band(preset, micro, out);
}

void tiers_offer(struct model *model)
{
    for (int i = 0; i < tier_choices(&model->own_tiers); i++) {
        const struct tier_preset *preset = tier_choice(&model->own_tiers, i);
        struct buf label = BUF_INIT, bands = BUF_INIT;
        buf_add_string(&label, preset->name);
        say_bands(preset, &bands);
        if (match_text(buf_text(&model->line.text), buf_text(&label)))
            picker_add(&model->picker, (struct choice){.label = buf_text(&label),
                                                       .hint = buf_text(&bands),
                                                       .value = (size_t)i,
                                                       .checked = preset == model->preset});
        buf_release(&label);
        buf_release(&bands);
    }
}

void tiers_accept(struct model *model, struct effects *effects)
{
    const struct picker *picker = &model->picker;
    if (picker->cursor >= picker->count)
        return;
    model->overlay = OVERLAY_NONE;
    tiers_choose(model, effects,
                 tier_choice(&model->own_tiers, (int)picker->items[picker->cursor].value));
}

/* ---- where things stand ---- */

struct area tiers_table(const struct model *model)
{
    struct area body = model->layout.body;
    int rows = model->preset->count + 1;
    body.rows = rows < body.rows ? rows : body.rows;
    return body;
}

struct area tiers_page(const struct model *model)
{
    struct area body = model->layout.body;
    int rows = tiers_table(model).rows + 1; /* what the medians are of */
    rows += body.rows >= TIGHT_ROWS;        /* a blank line */
    if (rows > body.rows)
        rows = body.rows;
    body.row += rows;
    body.rows -= rows;
    return body;
}

static size_t add(struct tiers_line *out, size_t count, enum tiers_part part, size_t index)
{
    if (count < TIERS_LINES_MOST)
        out[count++] = (struct tiers_line){part, index};
    return count;
}

static size_t add_claims(const struct model *model, struct tiers_line *out, size_t count)
{
    bool roomy = model->layout.rows >= ROOMY_ROWS;
    count = add(out, count, TIERS_HEADING, TIERS_CLAIMS);
    for (size_t id = 0; id < LENS_CLAIMS; id++) {
        if (roomy && id > 0)
            count = add(out, count, TIERS_BLANK, 0);
        count = add(out, count, TIERS_CLAIM, id);
        if (model->layout.columns < NARROW)
            count = add(out, count, TIERS_FIGURES, id);
        count = add(out, count, TIERS_BUT, id);
    }
    return add(out, count, TIERS_BLANK, 0);
}

size_t tiers_lines(const struct model *model, struct tiers_line out[TIERS_LINES_MOST])
{
    const struct lens *lens = &model->tiers.lens;
    size_t count = 0;
    if (!lens->made)
        return 0;
    count = add_claims(model, out, count);
    if (lens->result.platform_count > 0) {
        count = add(out, count, TIERS_HEADING, TIERS_PLATFORMS);
        for (size_t i = 0; i < lens->result.platform_count; i++)
            count = add(out, count, TIERS_PLATFORM, i);
        count = add(out, count, TIERS_BLANK, 0);
    }
    count = add(out, count, TIERS_HEADING, TIERS_REVENUE);
    for (size_t tier = 0; tier < (size_t)lens->result.preset.count; tier++)
        count = add(out, count, TIERS_WORTH, tier);
    if (lens->result.spread_total >= lens->result.few) {
        count = add(out, count, TIERS_BLANK, 0);
        count = add(out, count, TIERS_HEADING, TIERS_SPREAD);
        for (size_t row = 0; row < TIERS_CHART_ROWS; row++)
            count = add(out, count, TIERS_CHART, row);
        count = add(out, count, TIERS_AXIS, 0);
    }
    return count;
}
