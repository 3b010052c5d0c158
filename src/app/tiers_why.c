#include <math.h>

#include "app/model.h"
#include "base/utf8.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "help_internal.h"
#include "subject_internal.h"

/* How the figures of the tiers are made, what they rest on and what is left out of them. */

static const struct {
    const char *title, *help;
} explained[LENS_FIGURES] = {
    [LENS_FOLLOWERS] = {"Followers", "as the list has them"},
    [LENS_ER_FOLLOWERS] = {"ER of followers", "of those whose engagement is measured by followers"},
    [LENS_ER_VIEWS] = {"ER of views", "of those whose engagement is measured by views"},
    [LENS_FEE] = {"Fee", "known ones only"},
    [LENS_CPE] = {"Cost per engagement", "cost / engagements, fee known"},
    [LENS_CPM] = {"CPM", "1000 x cost / impressions, fee known"},
    [LENS_ROI] = {"ROI", "the median of single creators, fee known"},
    [LENS_REVENUE] = {"Revenue/1k foll.",
                      "by the reach rates and the funnel of the assumptions alone"},
    [LENS_CREDIBILITY] = {"Believed real", "as audience checks say it, imported"},
};

static void add_known(struct buf *out, const struct lens_value *value, struct number_style style)
{
    buf_add_string(out, ": ");
    number_fixed(out, (double)value->known, 0, style);
    buf_add_string(out, " of ");
    number_fixed(out, (double)value->of, 0, style);
    buf_add_string(out, " known");
}

static void why_tier(const struct model *model, struct help *help)
{
    const struct lens_result *result = &model->tiers.lens.result;
    size_t tier = model->tiers.at.cursor;
    const struct lens_tier *it = &result->tiers[tier];
    struct buf text = BUF_INIT;
    if (tier >= (size_t)result->preset.count)
        return;
    buf_addf(&text, "Medians of %s, ", result->preset.bands[tier].word);
    lens_say_band(&result->preset, (int)tier, &text);
    help_heading(help, buf_string(&text));
    for (int i = 0; i < LENS_FIGURES; i++) {
        buf_clear(&text);
        lens_say_figure((enum lens_figure)i, &it->figures[i], model->style, &text);
        buf_addf(&text, "  %s", explained[i].help);
        add_known(&text, &it->figures[i], model->style);
        help_entry(help, text_of(explained[i].title), buf_text(&text));
    }
    buf_clear(&text);
    lens_say_value(UNIT_ROI, &it->pooled_roi, model->style, &text);
    buf_add_string(&text, "  (all that comes back - all cost) / all cost, fee known");
    add_known(&text, &it->pooled_roi, model->style);
    help_entry(help, TEXT("ROI together"), buf_text(&text));
    buf_clear(&text);
    number_fixed(&text, (double)it->fees_estimated, 0, model->style);
    buf_add_string(&text, " fees are estimates and left out wherever a fee counts");
    help_entry(help, TEXT("Left out"), buf_text(&text));
    buf_release(&text);
}

static void why_channels(const struct model *model, struct help *help)
{
    const struct lens_result *result = &model->tiers.lens.result;
    const struct lens_tier *it = &result->tiers[model->tiers.at.cursor];
    for (int i = 0; i < result->channel_count; i++) {
        struct buf text = BUF_INIT, name = BUF_INIT;
        if (isnan(result->channel_roi[i]))
            continue;
        lens_say_share(&it->beats[i], model->style, &text);
        buf_add_string(&text, "  have a ROI above the ");
        show_number(&text, UNIT_ROI, result->channel_roi[i], false, model->style);
        buf_addf(&text, " of the same money there, fee known");
        add_known(&text, &it->beats[i], model->style);
        buf_add_string(&name, "Beat ");
        text_safe(&name, text_of(result->channel_names[i]));
        help_entry(help, buf_text(&name), buf_text(&text));
        buf_release(&text);
        buf_release(&name);
    }
}

static void why_claims(const struct model *model, struct help *help)
{
    const struct lens_result *result = &model->tiers.lens.result;
    help_heading(help, "What people say about micro-influencers");
    for (int id = 0; id < LENS_CLAIMS; id++) {
        struct buf label = BUF_INIT;
        buf_addf(&label, "%s", lens_claims[id].title);
        help_entry(help, buf_text(&label), text_of(lens_claims[id].help));
        buf_clear(&label);
        buf_addf(&label, "Here: %s. ", lens_verdict_words[result->claims[id].verdict]);
        lens_say_but(result, (enum lens_claim_id)id, model->style, &label);
        help_entry(help, TEXT(""), buf_text(&label));
        buf_release(&label);
    }
}

void tiers_why(const struct model *model, struct help *help)
{
    struct buf medians = BUF_INIT;
    help_heading(help, "What counts");
    buf_addf(&medians,
             "Half of the creators lie below, half above. Few stands where under %zu are known; "
             "unknown is never counted as zero.",
             model->sheet->few);
    help_entry(help, TEXT("Medians"), buf_text(&medians));
    buf_release(&medians);
    help_entry(help, TEXT("Fees"),
               TEXT("Whatever needs a fee counts known ones only: quoted, imported, or yours. An "
                    "estimate follows from followers or views, so it would tell of the rule that "
                    "made it, not of a tier."));
    help_entry(help, TEXT("ER"),
               TEXT("Rates of followers and of views are never mixed, and vs peers is left out: it "
                    "is 1 in the middle of every band because that is how it is made."));
    help_entry(help, TEXT("Bands"),
               TEXT("The tiers are drawn by the preset named below, e changes it. What people say "
                    "is held against 1,000 to 100,000 and 100,000 to a million followers, whatever "
                    "the preset."));
    if (!model->tiers.lens.made)
        return;
    why_tier(model, help);
    why_channels(model, help);
    why_claims(model, help);
}
