#include <math.h>

#include "base/date.h"
#include "base/number.h"
#include "base/utf8.h"
#include "spoken_internal.h"

/* Tiers, changes, views by name, and what was told before. */

/* ---- tiers ---- */

static void add_tier(const struct model *model, const struct lens_result *result, int at,
                     struct buf *out)
{
    const struct lens_tier *tier = &result->tiers[at];
    struct buf text = BUF_INIT;
    buf_addf(out, "%s, ", result->preset.bands[at].word);
    lens_say_band(&result->preset, at, out);
    buf_add_string(out, ": ");
    spoken_count(model, tier->creators, "creator", "creators", out);
    for (int i = 0; i < LENS_FIGURES && tier->creators > 0; i++) {
        buf_clear(&text);
        lens_say_figure((enum lens_figure)i, &tier->figures[i], model->style, &text);
        if (text.length == 0 || text_is(buf_text(&text), "-"))
            continue;
        buf_addf(out, "; %s %s", columns[lens_figures[i].column].title,
                 i == LENS_ER_VIEWS       ? "by views "
                 : i == LENS_ER_FOLLOWERS ? "by followers "
                 : i == LENS_REVENUE      ? "of 1,000 "
                                          : "");
        if (out->at[out->length - 1] == ' ' && out->at[out->length - 2] == ' ')
            buf_cut(out, out->length - 1);
        spoken_signs(SPOKEN_REASON, buf_text(&text), out);
    }
    buf_add_string(out, ".\n");
    buf_release(&text);
}

static void add_claim(const struct model *model, const struct lens_result *result, int id,
                      struct buf *out)
{
    struct buf figures = BUF_INIT, but = BUF_INIT;
    buf_addf(out, "%s: %s", lens_claims[id].title, lens_verdict_words[result->claims[id].verdict]);
    lens_say_figures(result, (enum lens_claim_id)id, model->style, &figures);
    if (figures.length > 0) {
        buf_addf(out, "; %s, ", buf_string(&figures));
        lens_say_rests(result, (enum lens_claim_id)id, model->style, out);
    }
    lens_say_but(result, (enum lens_claim_id)id, model->style, &but);
    buf_add_string(out, but.length > 0 ? "; " : "");
    spoken_signs(SPOKEN_REASON, buf_text(&but), out);
    buf_add_string(out, ".\n");
    buf_release(&figures);
    buf_release(&but);
}

void spoken_tiers(const struct model *model, struct buf *out)
{
    const struct lens *lens = &model->tiers.lens;
    if (!lens->made) {
        buf_add_string(out, "The tiers are not worked out yet: tiers asks again.\n");
        return;
    }
    lens_say_scope(&lens->result, model->tiers.wider ? "shown, and of the tiers left out" : "shown",
                   model->style, out);
    buf_add_char(out, '\n');
    for (int i = 0; i < lens->result.preset.count; i++)
        add_tier(model, &lens->result, i, out);
    buf_add_string(out, "What people say about micro-influencers, in these figures:\n");
    for (int id = 0; id < LENS_CLAIMS; id++)
        add_claim(model, &lens->result, id, out);
}

/* ---- changes ---- */

static void add_entry(const struct model *model, const struct changes_entry *entry, bool added,
                      struct buf *out)
{
    uint32_t row = catalog_find_id(model->catalog, entry->id);
    buf_addf(out, "%zu: ", said_number(model, entry->id));
    if (row == CATALOG_NONE) {
        buf_add_string(out, "gone just now.\n");
        return;
    }
    spoken_name(model, row, out);
    if (!added && entry->kept && entry->most != MOVED_FIGURES) {
        enum column column = moved_columns[entry->most];
        buf_addf(out, "; %s: was ", columns[column].title);
        spoken_value(model, columns[column].unit, entry->before, out);
        buf_add_string(out, ", is ");
        spoken_value(model, columns[column].unit, changes_now(model, entry), out);
    } else if (!added && !entry->kept) {
        buf_add_string(out, "; changed, what was before is not kept");
    } else if (added) {
        buf_add_string(out, "; Fee: ");
        spoken_figure(model, COL_FEE, row, out);
    }
    if (!added && entry->kept) {
        buf_add_string(out, "; ROI: was ");
        spoken_value(model, UNIT_ROI, entry->roi_then, out);
        buf_add_string(out, ", is ");
    } else {
        buf_add_string(out, "; ROI: ");
    }
    spoken_figure(model, COL_ROI, row, out);
    buf_add_string(out, ".\n");
}

static void add_heading(const struct model *model, enum changes_section section, struct buf *out)
{
    const struct changes_result *made = &model->changes.made;
    static const char *const titles[CHANGES_SECTIONS] = {
        [CHANGES_PLAN] = "In the plan", [CHANGES_TICKED] = "Ticked", [CHANGES_NEW] = "New"};
    size_t of = section == CHANGES_PLAN     ? made->planned
                : section == CHANGES_TICKED ? made->ticked
                                            : made->added;
    size_t moved = section == CHANGES_NEW ? made->better : model->changes.shown[section].count;
    buf_addf(out, "%s: ", titles[section]);
    number_fixed(out, (double)moved, 0, model->style);
    buf_add_string(out, " of ");
    number_fixed(out, (double)of, 0, model->style);
    buf_add_string(out, section != CHANGES_NEW ? " moved.\n"
                        : made->planless       ? ", best first.\n"
                                               : " are better than the worst in the plan.\n");
}

static void add_others(const struct model *model, enum changes_section section, struct buf *out)
{
    buf_add_string(out, "And ");
    number_fixed(out, (double)(model->changes.shown[section].count - SAID_PAGE), 0, model->style);
    buf_add_string(out, section == CHANGES_NEW      ? " more; is new keeps them in the list.\n"
                        : section == CHANGES_TICKED ? " more; is ticked keeps them in the list.\n"
                                                    : " more; in plan keeps them in the list.\n");
}

static void add_gone(const struct model *model, struct buf *out)
{
    buf_add_string(out, "Gone from the source: ");
    changes_say_gone(model, 400, out);
    buf_add_string(out, ".\n");
}

void spoken_changes(const struct model *model, struct buf *out)
{
    const struct changes_place *place = &model->changes;
    struct buf none = BUF_INIT;
    buf_addf(out, "What changed since %s.\n", changes_span_words[place->span]);
    changes_say(model, &none);
    buf_add_text(out, buf_text(&none));
    buf_release(&none);
    for (size_t i = 0; i < place->lines.count; i++) {
        const struct changes_line *line = &place->lines.items[i];
        const struct changes_entry *entry = changes_entry(model, line);
        if (line->part == CHANGES_HEADING)
            add_heading(model, line->section, out);
        else if (entry && line->index < SAID_PAGE)
            add_entry(model, entry, line->section == CHANGES_NEW, out);
        else if (entry && line->index == SAID_PAGE)
            add_others(model, line->section, out);
        else if (line->part == CHANGES_GONE_LINE)
            add_gone(model, out);
    }
}

/* ---- views by name ---- */

void spoken_views(const struct model *model, struct buf *out)
{
    for (size_t i = 0; i < named_line_count(model); i++) {
        struct named_line line = named_line(model, i);
        text_safe(out, text_of(line.name));
        buf_add_string(out, line.builtin ? "; " : ", yours; ");
        buf_add_string(out, line.builtin ? line.builtin->help : "filters ");
        if (!line.builtin)
            text_safe(out, line.says.filter.length > 0 ? line.says.filter : TEXT("none"));
        if (line.count != NAMED_UNCOUNTED) {
            buf_add_string(out, "; ");
            spoken_count(model, line.count, "creator", "creators", out);
        }
        buf_add_string(out, ".\n");
    }
    buf_add_string(out, "view and a name uses one; save view and a name saves what is shown.\n");
}

/* ---- messages ---- */

void spoken_messages(const struct model *model, struct buf *out)
{
    const struct told_message *message;
    if (!told_at(&model->told, 0))
        buf_add_string(out, "Nothing was told yet.\n");
    for (size_t i = 0; i < SAID_PAGE && (message = told_at(&model->told, i)); i++) {
        buf_add_string(out, message->alarm ? "failed: " : "");
        text_safe(out, text_of(message->text));
        if (message->times > 1)
            buf_addf(out, ", %u times", message->times);
        buf_add_char(out, '\n');
    }
}
