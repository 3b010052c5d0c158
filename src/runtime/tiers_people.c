#include "tiers_internal.h"

#include <math.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"

/* A table of prepared texts, a row at a time. */
#define CELLS_MOST 16

struct texts {
    struct writer_column columns[CELLS_MOST];
    struct writer_cell cells[CELLS_MOST];
    struct buf titles[CELLS_MOST], texts[CELLS_MOST];
    size_t count;
};

/* The next column; its title may name the currency. */
static void add_column(struct texts *texts, const char *title, const char *currency, bool right)
{
    struct buf *out = &texts->titles[texts->count];
    struct text rest = text_of(title), before;
    if (text_next(&rest, '%', &before))
        buf_add_text(out, before);
    if (rest.length > 0)
        buf_addf(out, "%s%.*s", currency, (int)rest.length - 1, rest.at + 1);
    texts->columns[texts->count++] = (struct writer_column){
        .key = "value", .title = buf_string(out), .unit = UNIT_TEXT, .right = right};
}

static bool put_row(struct texts *texts, struct writer *writer, struct err *err)
{
    for (size_t i = 0; i < texts->count; i++)
        texts->cells[i].text = texts->texts[i].length ? buf_text(&texts->texts[i]) : TEXT(" ");
    bool ok = writer_row(writer, texts->cells, err);
    for (size_t i = 0; i < texts->count; i++)
        buf_clear(&texts->texts[i]);
    return ok;
}

static void texts_release(struct texts *texts)
{
    for (size_t i = 0; i < CELLS_MOST; i++) {
        buf_release(&texts->titles[i]);
        buf_release(&texts->texts[i]);
    }
}

/* ---- the tiers ---- */

static void fill_tier(const struct lens_result *result, int at, struct number_style style,
                      struct texts *texts)
{
    const struct lens_tier *tier = &result->tiers[at];
    struct buf *out = texts->texts;
    buf_addf(out, "%s ", result->preset.bands[at].word);
    lens_say_band(&result->preset, at, out++);
    number_fixed(out++, (double)tier->creators, 0, style);
    for (int i = 0; i < LENS_FIGURES; i++)
        lens_say_figure((enum lens_figure)i, &tier->figures[i], style, out++);
    lens_say_value(UNIT_ROI, &tier->pooled_roi, style, out++);
    lens_say_share(&tier->beats[0], style, out);
}

static bool write_tiers(const struct lens_result *result, struct number_style style,
                        struct writer *writer, struct err *err)
{
    const char *currency = currencies[result->currency].code;
    struct texts texts = {.count = 0};
    add_column(&texts, "Tier", currency, false);
    add_column(&texts, "Creators", currency, true);
    for (int i = 0; i < LENS_FIGURES; i++)
        add_column(&texts, lens_figures[i].title, currency, true);
    add_column(&texts, "ROI together", currency, true);
    add_column(&texts, "Beat ads", currency, true);
    bool ok = writer_begin(writer, texts.columns, texts.count, err);
    for (int tier = 0; tier < result->preset.count && ok; tier++) {
        fill_tier(result, tier, style, &texts);
        ok = put_row(&texts, writer, err);
    }
    ok = ok && writer_end(writer, err);
    texts_release(&texts);
    return ok;
}

/* ---- ER by platform ---- */

static bool write_platforms(const struct lens_result *result, struct number_style style,
                            struct writer *writer, struct err *err)
{
    struct texts texts = {.count = 0};
    add_column(&texts, "ER of", "", false);
    add_column(&texts, "by", "", false);
    for (int tier = 0; tier < result->preset.count; tier++)
        add_column(&texts, result->preset.bands[tier].word, "", true);
    bool ok = writer_begin(writer, texts.columns, texts.count, err);
    for (size_t i = 0; i < result->platform_count && ok; i++) {
        const struct lens_platform *platform = &result->platforms[i];
        const struct platform_row *row = &platforms[platform->platform];
        buf_add_string(&texts.texts[0], row->word);
        buf_add_string(&texts.texts[1], er_basis_words[row->basis]);
        for (int tier = 0; tier < result->preset.count; tier++)
            lens_say_value(UNIT_SHARE, &platform->tiers[tier], style, &texts.texts[2 + tier]);
        ok = put_row(&texts, writer, err);
    }
    ok = ok && writer_end(writer, err);
    texts_release(&texts);
    return ok;
}

/* ---- what people say ---- */

static void add_claim(const struct lens_result *result, enum lens_claim_id id,
                      struct number_style style, struct buf *out)
{
    struct buf figures = BUF_INIT, but = BUF_INIT;
    buf_addf(out, "- %s: %s", lens_claims[id].title,
             lens_verdict_words[result->claims[id].verdict]);
    lens_say_figures(result, id, style, &figures);
    if (figures.length > 0) {
        buf_addf(out, ": %s (", buf_string(&figures));
        lens_say_rests(result, id, style, out);
        buf_add_char(out, ')');
    }
    lens_say_but(result, id, style, &but);
    if (but.length > 0)
        buf_addf(out, "; %s", buf_string(&but));
    buf_add_char(out, '\n');
    buf_release(&figures);
    buf_release(&but);
}

static bool write_claims(const struct lens_result *result, struct number_style style,
                         struct output *output, struct err *err)
{
    struct buf text = BUF_INIT;
    buf_add_char(&text, '\n');
    lens_say_scope(result, "shown", style, &text);
    buf_addf(&text,
             " Bands: %s.\n\nWhat people say about micro-influencers, in these data (1k-100k "
             "against 100k-1M followers):\n\n",
             result->preset.name);
    for (int id = 0; id < LENS_CLAIMS; id++)
        add_claim(result, (enum lens_claim_id)id, style, &text);
    buf_add_char(&text, '\n');
    bool ok = output_text(output, buf_text(&text), err);
    buf_release(&text);
    return ok;
}

bool tiers_people(const struct lens_result *result, const struct exporter *format,
                  const struct writer_options *options, struct output *output, struct err *err)
{
    struct writer *second = writer_new(format, options, output_writer(output));
    bool ok = tiers_write(result, format, options, output_writer(output), err) &&
              write_claims(result, options->style, output, err) &&
              (result->platform_count == 0 || write_platforms(result, options->style, second, err));
    writer_free(second);
    return ok;
}

bool tiers_write(const struct lens_result *result, const struct exporter *format,
                 const struct writer_options *options, struct writer_out out, struct err *err)
{
    struct writer *writer = writer_new(format, options, out);
    bool ok = write_tiers(result, options->style, writer, err);
    writer_free(writer);
    return ok;
}
