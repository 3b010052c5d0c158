#include <stdio.h>
#include <math.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "spoken_internal.h"

/* The list, a creator of it, and all of one. */

#define VALUES_EACH 8 /* of a group, where all groups are told */

/* ---- who is shown ---- */

void spoken_order(const struct model *model, struct buf *out)
{
    const struct query *query = &model->query;
    for (size_t i = 0; i < query->order_count; i++) {
        bool text = column_is_text(query->orders[i].column), down = query->orders[i].descending;
        buf_addf(out, "%s%s, %s", i == 0 ? "ordered by " : ", then ",
                 columns[query->orders[i].column].title,
                 text   ? (down ? "from the end of the alphabet" : "by the alphabet")
                 : down ? "highest first"
                        : "lowest first");
    }
}

static void add_filters(const struct model *model, struct buf *out)
{
    const struct filter *filter = &model->query.filter;
    buf_add_string(out, filter->count == 1 ? "Filter: " : "Filters: ");
    for (size_t i = 0; i < filter->count; i++) {
        struct buf label = BUF_INIT;
        filter_label(&filter->items[i], &label);
        buf_add_string(out, i > 0 ? "; " : "");
        spoken_signs(SPOKEN_FILTER, buf_text(&label), out);
        buf_release(&label);
    }
    buf_add_string(out, ".\n");
}

/* How many each filter keeps out, where all of them leave nobody. */
static void add_lifts(const struct model *model, struct buf *out)
{
    const struct filter *filter = &model->query.filter;
    for (size_t i = 0; i < filter->count; i++) {
        struct buf term = BUF_INIT;
        filter_print_term(&filter->items[i], &term);
        buf_add_string(out, "lift ");
        text_safe(out, buf_text(&term));
        buf_add_string(out, ": brings back ");
        spoken_count(model, model->result.lifts[i], "creator", "creators", out);
        buf_add_string(out, ".\n");
        buf_release(&term);
    }
}

/* "31 of 480 creators, ordered by ROI, highest first." */
static void add_count(const struct model *model, struct buf *out)
{
    const struct rowset *rows = &model->result.rows;
    if (rows->count < rows->total) {
        number_fixed(out, (double)rows->count, 0, model->style);
        buf_add_string(out, " of ");
    }
    spoken_count(model, rows->total, "creator", "creators", out);
    buf_add_string(out, ", ");
    spoken_order(model, out);
    buf_add_string(out, ".\n");
    if (model->query.filter.count > 0)
        add_filters(model, out);
}

void spoken_filters(const struct model *model, struct buf *out)
{
    add_count(model, out);
    if (model->result.rows.count == 0)
        add_lifts(model, out);
}

/* ---- one creator in a line ---- */

static void add_figure(const struct model *model, enum column column, uint32_t row, struct buf *out)
{
    buf_addf(out, "; %s: ", columns[column].title);
    spoken_figure(model, column, row, out);
}

static void add_marks(const struct model *model, uint32_t row, struct buf *out)
{
    unsigned planned = catalog_planned(model->catalog, row);
    if (catalog_ticked(model->catalog, row))
        buf_add_string(out, "; ticked");
    if (planned > 0)
        buf_addf(out, "; in the plan with %u %s", planned, planned == 1 ? "post" : "posts");
    if (text_known(catalog_text(model->catalog, COL_NOTE, row)))
        buf_add_string(out, "; has a note");
}

static void add_line(const struct model *model, size_t number, uint32_t row, struct buf *out)
{
    struct chosen chosen;
    if (number > 0)
        buf_addf(out, "%zu: ", number);
    spoken_name(model, row, out);
    list_chosen_now(model, &chosen);
    for (size_t i = 0; i < chosen.count; i++)
        if (chosen.items[i] < COLUMN_COUNT && chosen.items[i] != COL_HANDLE &&
            chosen.items[i] != COL_TICKED && chosen.items[i] != COL_PLAN &&
            chosen.items[i] != COL_NOTE)
            add_figure(model, chosen.items[i], row, out);
    add_marks(model, row, out);
    buf_add_string(out, ".\n");
}

void spoken_list(const struct model *model, struct buf *out)
{
    const struct said *said = &model->said;
    size_t count = model->result.rows.count, end = said->from + said->told;
    if (said->from == 0)
        add_count(model, out);
    if (count == 0) {
        add_lifts(model, out);
        return;
    }
    for (size_t i = said->from; i < end; i++) {
        uint32_t row = catalog_find_id(model->catalog, said->numbered.items[i]);
        if (row != CATALOG_NONE)
            add_line(model, i + 1, row, out);
    }
    if (end < count) {
        buf_addf(out, "%zu to %zu of ", said->from + 1, end);
        number_fixed(out, (double)count, 0, model->style);
        buf_add_string(out, "; more tells the next.\n");
    } else {
        buf_add_string(out, said->from > 0 ? "These were the last.\n" : "These are all.\n");
    }
}

static void add_hits(const struct model *model, struct buf *out)
{
    spoken_count(model, model->search_hits, "hit", "hits", out);
    buf_add_string(out, " for ");
    text_safe(out, buf_text(&model->search));
    if (model->search_hidden > 0) {
        buf_add_string(out, ", ");
        number_fixed(out, (double)model->search_hidden, 0, model->style);
        buf_add_string(out, " outside the filters");
    }
    buf_add_string(out, ".\n");
}

void spoken_cursor(const struct model *model, struct buf *out)
{
    uint32_t row = said_row(model);
    bool searched = model->search.length > 0 && model->cursor_id == model->search_at;
    if (model->search.length > 0 && (searched || model->search_hits == 0))
        add_hits(model, out);
    if (row != CATALOG_NONE && (searched || model->search_hits > 0 || model->search.length == 0))
        add_line(model, said_number(model, catalog_id(model->catalog, row)), row, out);
}

/* ---- all of one ---- */

static void add_identity(const struct model *model, uint32_t row, struct buf *out)
{
    static const enum column parts[] = {COL_NAME, COL_PLATFORM, COL_COUNTRY, COL_NICHE,
                                        COL_TAG,  COL_LANGUAGE, COL_PERSON,  COL_EMAIL,
                                        COL_URL,  COL_BIO};
    size_t number = said_number(model, catalog_id(model->catalog, row));
    if (number > 0)
        buf_addf(out, "%zu: ", number);
    spoken_name(model, row, out);
    add_marks(model, row, out);
    buf_add_string(out, ".\n");
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (!text_known(catalog_text(model->catalog, parts[i], row)))
            continue;
        buf_addf(out, "%s: ", columns[parts[i]].title);
        spoken_figure(model, parts[i], row, out);
        buf_add_char(out, '\n');
    }
    if (text_known(catalog_text(model->catalog, COL_NOTE, row))) {
        buf_add_string(out, "Your note: ");
        spoken_figure(model, COL_NOTE, row, out);
        buf_add_char(out, '\n');
    }
}

/* What is said already, and what is a key of the screen, is not said of it. */
static void add_note(const struct model *model, enum column column, uint32_t row, struct buf *out)
{
    struct buf note = BUF_INIT;
    bool said = column == COL_ROI || sheet_mark(model->sheet, COL_FEE, row) == '=';
    if (!said || column != COL_FEE)
        figure_note(model, column, row, &note);
    struct text text = text_trim(buf_text(&note));
    if (text_starts(text, "!"))
        text = text_trim(text_part(text, 1, text.length));
    if (text.length > 0 && column != COL_ROI) {
        buf_add_string(out, "; ");
        spoken_signs(SPOKEN_REASON, text, out);
    }
    buf_release(&note);
}

static void add_range(const struct model *model, uint32_t row, struct buf *out)
{
    double low = sheet_number(model->sheet, COL_ROI_P10, row);
    if (!number_known(low))
        return;
    buf_add_string(out, "; 8 in 10 times between ");
    spoken_value(model, UNIT_ROI, low, out);
    buf_add_string(out, " and ");
    spoken_value(model, UNIT_ROI, sheet_number(model->sheet, COL_ROI_P90, row), out);
}

void spoken_creator(const struct model *model, struct buf *out)
{
    const enum column *shown;
    size_t count = detail_columns(&shown);
    uint32_t row = said_row(model);
    if (row == CATALOG_NONE)
        return;
    add_identity(model, row, out);
    for (size_t i = 0; i < count; i++) {
        buf_addf(out, "%s: ", columns[shown[i]].title);
        spoken_figure(model, shown[i], row, out);
        add_note(model, shown[i], row, out);
        if (shown[i] == COL_ROI)
            add_range(model, row, out);
        buf_add_char(out, '\n');
    }
}

/* ---- what can be told ---- */

void spoken_columns(const struct model *model, struct buf *out)
{
    struct chosen chosen;
    list_chosen_now(model, &chosen);
    buf_add_string(out, "The list tells the handle");
    for (size_t i = 0; i < chosen.count; i++)
        if (chosen.items[i] < COLUMN_COUNT && chosen.items[i] != COL_HANDLE)
            buf_addf(out, ", %s", columns[chosen.items[i]].title);
    buf_add_string(out, ".\n");
}

static void add_values(const struct model *model, const struct facet *facet, size_t most,
                       struct buf *out)
{
    buf_addf(out, "%s: ", columns[facet->column].title);
    for (size_t i = 0; i < facet->count && i < most; i++) {
        buf_add_string(out, i > 0 ? "; " : "");
        text_safe(out, facet->values[i].word);
        buf_add_char(out, ' ');
        number_fixed(out, (double)facet->values[i].count, 0, model->style);
        buf_add_string(out, facet->values[i].selected ? ", chosen" : "");
    }
    if (facet->count > most) {
        buf_add_string(out, "; and ");
        number_fixed(out, (double)(facet->count - most), 0, model->style);
        buf_addf(out, " more, which values %s tells", columns[facet->column].key);
    }
    buf_add_string(out, ".\n");
}

void spoken_values(const struct model *model, struct buf *out)
{
    struct text about = buf_text(&model->said.about);
    for (size_t i = 0; i < model->result.facet_count; i++) {
        const struct facet *facet = &model->result.facets[i];
        if (about.length > 0 && !text_is(about, columns[facet->column].key))
            continue;
        if (facet->count > 0)
            add_values(model, facet, about.length > 0 ? SIZE_MAX : VALUES_EACH, out);
    }
}
