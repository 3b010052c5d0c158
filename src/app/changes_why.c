#include <math.h>

#include "app_internal.h"
#include "base/utf8.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "help_internal.h"
#include "subject_internal.h"

/* Why a creator moved: what comes back as a product, then against now, and the figures behind it. */

static void add_day(struct buf *out, double at)
{
    if (isnan(at))
        buf_add_string(out, "no date");
    else
        date_day_year(out, at);
}

/* The date under which the history holds what a figure was at `since`; NaN: it does not say. */
static double dated_then(const struct model *model, enum moved_figure figure)
{
    static const enum column parts[MOVED_FIGURES][5] = {
        [MOVED_FOLLOWERS] = {COL_FOLLOWERS},
        [MOVED_ENGAGEMENT] = {COL_LIKES, COL_COMMENTS, COL_SHARES, COL_SAVES, COL_ER},
        [MOVED_VIEWS] = {COL_VIEWS},
        [MOVED_REACH_POST] = {COL_REACH_POST},
        [MOVED_CREDIBILITY] = {COL_CREDIBILITY},
        [MOVED_MARKET] = {COL_AUDIENCE_MARKET},
        [MOVED_FEE] = {COL_FEE},
    };
    if (model->history_id != model->changes.cursor_id)
        return NAN;
    for (size_t i = model->history_count; i-- > 0;) {
        const struct snapshot *past = &model->history[i];
        if (past->at > model->changes.since)
            continue;
        for (size_t field = 0; field < SNAPSHOT_FIELDS; field++)
            for (int k = 0; k < 5 && parts[figure][k]; k++)
                if (snapshot_fields[field].column == parts[figure][k] &&
                    !isnan(snapshot_value(past, field)))
                    return past->at;
    }
    return NAN;
}

static void add_value(const struct model *model, enum moved_figure figure, double value,
                      struct buf *out)
{
    enum column column = moved_columns[figure];
    show_number(out, columns[column].unit, value, true, model->style);
    if (figure == MOVED_FEE && number_known(value))
        buf_addf(out, " %s", currencies[model->scenario.currency].code);
}

static void why_figures(const struct model *model, struct help *help)
{
    const struct moved *moved = &model->changes.why;
    help_heading(help, "Figures that moved");
    for (int i = 0; i < MOVED_FIGURES; i++) {
        const struct moved_value *value = &moved->values[i];
        struct buf text = BUF_INIT;
        if (!value->differs)
            continue;
        add_value(model, (enum moved_figure)i, value->then, &text);
        double then = dated_then(model, (enum moved_figure)i);
        if (number_known(then)) {
            buf_add_string(&text, " on ");
            add_day(&text, then);
        } else {
            buf_add_string(&text, " before");
        }
        buf_add_string(&text, ", now ");
        add_value(model, (enum moved_figure)i, value->now, &text);
        if (number_known(value->dated)) {
            buf_add_string(&text, " of ");
            add_day(&text, value->dated);
        }
        if ((enum moved_figure)i == moved->most)
            buf_add_string(&text, ": moved ROI most");
        help_entry(help, text_of(columns[moved_columns[i]].title), buf_text(&text));
        buf_release(&text);
    }
}

static void add_fixed(const struct model *model, struct buf *out, double value, int decimals)
{
    number_fixed(out, value, decimals, model->style);
}

static void why_factor(const struct model *model, struct help *help, const char *title,
                       double factor, enum column column, double then, double now)
{
    struct buf text = BUF_INIT;
    buf_add_string(&text, "x");
    add_fixed(model, &text, factor, 3);
    buf_addf(&text, "  %s ", columns[column].title);
    show_number(&text, columns[column].unit, then, true, model->style);
    buf_add_string(&text, " then, ");
    show_number(&text, columns[column].unit, now, true, model->style);
    buf_add_string(&text, " now");
    help_entry(help, text_of(title), buf_text(&text));
    buf_release(&text);
}

static void why_product(const struct model *model, struct help *help)
{
    const struct moved *moved = &model->changes.why;
    struct forecast_factors factors;
    struct buf text = BUF_INIT;
    if (!forecast_factors(&moved->now, &moved->then, &model->scenario, &factors)) {
        help_heading(help, "What comes back");
        help_entry(help, TEXT("ROI"),
                   TEXT("Then or now it is unknown, so there is no product to give."));
        return;
    }
    buf_addf(&text, "What each %s brings back: ", currencies[model->scenario.currency].code);
    add_fixed(model, &text, factors.back_a, 2);
    buf_add_string(&text, " now against ");
    add_fixed(model, &text, factors.back_b, 2);
    buf_add_string(&text, " then =");
    help_heading(help, buf_string(&text));
    why_factor(model, help, "Reach", factors.reach, COL_REACH, moved->then.reach, moved->now.reach);
    why_factor(model, help, factors.same_ctr ? "vs peers" : "Response", factors.response,
               COL_ER_INDEX, moved->then.er_index, moved->now.er_index);
    why_factor(model, help, "Cost", factors.cost, COL_COST, moved->then.cost, moved->now.cost);
    buf_clear(&text);
    show_number(&text, UNIT_ROI, moved->then.roi, true, model->style);
    buf_add_string(&text, " then, ");
    show_number(&text, UNIT_ROI, moved->now.roi, true, model->style);
    buf_add_string(&text, " now");
    if ((moved->then.marks | moved->now.marks) & MARK_FEE_ESTIMATED)
        buf_add_string(&text, "; ~ a fee in it is an estimate");
    help_entry(help, TEXT("ROI"), buf_text(&text));
    buf_release(&text);
}

static void why_made(const struct model *model, struct help *help)
{
    struct buf text = BUF_INIT;
    help_heading(help, "What it rests on");
    buf_add_string(&text, "The figures of ");
    add_day(&text, model->changes.since);
    buf_add_string(&text, " under today's assumptions, peers and deal: what you changed yourself "
                          "since then moves both sides alike.");
    help_entry(help, TEXT("Then"), buf_text(&text));
    help_entry(help, TEXT("Factors"),
               TEXT("ROI + 1 is a product of reach, response and 1 / cost; the three factors "
                    "multiply to the whole difference, exactly."));
    buf_release(&text);
}

void moved_why(const struct model *model, struct help *help)
{
    const struct changes_place *place = &model->changes;
    if (!place->why.kept) {
        struct buf text = BUF_INIT;
        help_heading(help, "What was before is not kept");
        buf_add_string(&text, "Something of this creator changed since ");
        add_day(&text, place->since);
        buf_add_string(&text, ", but the store has no dated figure from before: the old ones came "
                              "without a date. From now on what gives way is kept.");
        help_entry(help, TEXT("Before"), buf_text(&text));
        buf_release(&text);
        return;
    }
    why_product(model, help);
    why_figures(model, help);
    why_made(model, help);
}

/* All who are gone, with the day. */
void gone_list(const struct model *model, struct help *help)
{
    const struct changes_place *place = &model->changes;
    help_heading(help, "Deleted from the store, and not there again");
    for (size_t i = 0; i < place->gone.count; i++) {
        const struct changes_gone *gone = &place->gone.items[i];
        struct buf when = BUF_INIT, text = BUF_INIT;
        date_day_year(&when, gone->at);
        text_safe(&text, gone->handle);
        buf_addf(&text, "  %s", platforms[gone->platform].word);
        if (gone->planned)
            buf_add_string(&text, ", in your plan");
        if (gone->ticked)
            buf_add_string(&text, ", ticked");
        help_entry(help, buf_text(&when), buf_text(&text));
        buf_release(&when);
        buf_release(&text);
    }
}

void moved_build(struct model *model)
{
    struct changes_place *place = &model->changes;
    uint32_t row =
        place->cursor_id ? catalog_find_id(model->catalog, place->cursor_id) : CATALOG_NONE;
    const struct changes_person *person = row == CATALOG_NONE ? NULL : changes_person(model, row);
    if (!person || !person->read) {
        model->overlay = OVERLAY_NONE;
        return;
    }
    changes_moved(model, person, &place->why);
}
