#include <math.h>

#include "base/vec.h"
#include "catalog/query.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "runtime/session.h"
#include "tiers_internal.h"
#include "verbs_internal.h"

/* The tier lens on the command line. */

/* ---- for programs: a figure a row ---- */

enum {
    ROW_KIND,
    ROW_NAME,
    ROW_TIER,
    ROW_FIGURE,
    ROW_VALUE,
    ROW_KNOWN,
    ROW_OF,
    ROW_VERDICT,
    ROW_CELLS
};

static const struct writer_column layout[ROW_CELLS] = {
    [ROW_KIND] = {.key = "kind", .title = "Kind", .unit = UNIT_WORD},
    [ROW_NAME] = {.key = "name", .title = "Name", .unit = UNIT_WORD},
    [ROW_TIER] = {.key = "tier", .title = "Tier", .unit = UNIT_WORD},
    [ROW_FIGURE] = {.key = "figure", .title = "Figure", .unit = UNIT_WORD},
    [ROW_VALUE] = {.key = "value", .title = "Value", .unit = UNIT_RATIO},
    [ROW_KNOWN] = {.key = "known", .title = "Known", .unit = UNIT_COUNT},
    [ROW_OF] = {.key = "of", .title = "Of", .unit = UNIT_COUNT},
    [ROW_VERDICT] = {.key = "verdict", .title = "Verdict", .unit = UNIT_WORD},
};

struct row {
    const char *kind, *name, *tier, *figure; /* NULL: nothing */
    struct lens_value value;
    const char *verdict;
};

static bool put(struct writer *writer, const struct row *row, struct err *err)
{
    struct writer_cell cells[ROW_CELLS] = {
        [ROW_KIND] = {.text = text_of(row->kind)},
        [ROW_NAME] = {.text = text_of(row->name)},
        [ROW_TIER] = {.text = text_of(row->tier)},
        [ROW_FIGURE] = {.text = text_of(row->figure)},
        [ROW_VALUE] = {.number = row->value.value},
        [ROW_KNOWN] = {.number = (double)row->value.known},
        [ROW_OF] = {.number = (double)row->value.of},
        [ROW_VERDICT] = {.text = text_of(row->verdict)},
    };
    return writer_row(writer, cells, err);
}

/* A number that is known of all, whatever their number. */
static struct lens_value counted(size_t count, size_t of)
{
    return (struct lens_value){(double)count, of, of};
}

static bool put_tier(struct writer *writer, const struct lens_result *result, int at,
                     struct err *err)
{
    const struct lens_tier *tier = &result->tiers[at];
    struct row row = {.kind = "tier", .tier = result->preset.bands[at].word};
    const struct {
        const char *figure;
        struct lens_value value;
    } more[] = {
        {"creators", counted(tier->creators, tier->creators)},
        {"fees_known", counted(tier->fees_known, tier->creators)},
        {"fees_estimated", counted(tier->fees_estimated, tier->creators)},
        {"gifts", counted(tier->gifts, tier->creators)},
        {"pooled_roi", tier->pooled_roi},
    };
    bool ok = true;
    for (size_t i = 0; i < COUNT_OF(more) && ok; i++) {
        row.figure = more[i].figure;
        row.value = more[i].value;
        ok = put(writer, &row, err);
    }
    for (int i = 0; i < LENS_FIGURES && ok; i++) {
        row.figure = lens_figures[i].key;
        row.value = tier->figures[i];
        ok = put(writer, &row, err);
    }
    row.kind = "channel";
    row.figure = "beats";
    for (int i = 0; i < result->channel_count && ok; i++) {
        row.name = result->channel_names[i];
        row.value = tier->beats[i];
        ok = put(writer, &row, err);
    }
    return ok;
}

static bool put_platform(struct writer *writer, const struct lens_result *result, size_t at,
                         struct err *err)
{
    const struct lens_platform *platform = &result->platforms[at];
    const struct platform_row *of = &platforms[platform->platform];
    struct row row = {.kind = "platform",
                      .name = of->word,
                      .figure = of->basis == BASIS_VIEWS ? "er_views" : "er_followers"};
    bool ok = true;
    for (int tier = 0; tier < result->preset.count && ok; tier++) {
        row.tier = result->preset.bands[tier].word;
        row.value = platform->tiers[tier];
        ok = put(writer, &row, err);
    }
    return ok;
}

static bool put_claim(struct writer *writer, const struct lens_result *result, int id,
                      struct err *err)
{
    static const struct {
        const char *figure, *other;
    } figures[LENS_CLAIMS] = {
        [CLAIM_ENGAGED] = {"er_followers", "er_views"},
        [CLAIM_ENGAGEMENT] = {"cpe", "cpe_with_estimates"},
        [CLAIM_ADS] = {"beats", "beats_cautious"},
        [CLAIM_REACH] = {"cpr", NULL},
        [CLAIM_CREDIBLE] = {"credibility", NULL},
    };
    const struct lens_claim *claim = &result->claims[id];
    struct row row = {
        .kind = "claim", .name = lens_claims[id].key, .verdict = lens_verdict_keys[claim->verdict]};
    bool ok = true;
    for (int side = 0; side < LENS_SIDES && ok; side++) {
        row.tier = lens_side_words[side];
        row.figure = figures[id].figure;
        row.value = claim->sides[side];
        ok = put(writer, &row, err);
    }
    row.verdict = NULL; /* that is of the two above */
    for (int side = 0; side < LENS_SIDES && ok && figures[id].other; side++) {
        row.tier = lens_side_words[side];
        row.figure = figures[id].other;
        row.value = claim->others[side];
        ok = put(writer, &row, err);
    }
    return ok;
}

static bool write_plain(const struct lens_result *result, struct writer *writer, struct err *err)
{
    bool ok = writer_begin(writer, layout, ROW_CELLS, err);
    for (int tier = 0; tier < result->preset.count && ok; tier++)
        ok = put_tier(writer, result, tier, err);
    for (size_t i = 0; i < result->platform_count && ok; i++)
        ok = put_platform(writer, result, i, err);
    for (int i = 0; i < result->channel_count && ok; i++) {
        struct row row = {.kind = "channel",
                          .name = result->channel_names[i],
                          .figure = "roi",
                          .value = {.value = result->channel_roi[i]}};
        ok = put(writer, &row, err);
    }
    for (int id = 0; id < LENS_CLAIMS && ok; id++)
        ok = put_claim(writer, result, id, err);
    return ok && writer_end(writer, err);
}

/* ---- both ---- */

static void work_out(struct session *session, const struct query *query, struct lens *lens)
{
    struct query_result result = {0};
    struct scenario other;
    bool has = lens_other(&session->scenario, &other);
    query_finish(query, &session->sheet, &result);
    lens_ask(lens, &session->sheet, rowset_rows(&result.rows), has ? &other : NULL);
    while (lens_step(lens, &session->sheet))
        continue;
    query_result_release(&result);
}

static int print_tiers(const struct cli *cli, const struct lens_result *result,
                       const struct exporter *format)
{
    struct writer_options options = verb_writer_options(cli);
    struct output output;
    struct err err;
    bool ok;
    output_init(&output);
    if (format->people) {
        ok = tiers_people(result, format, &options, &output, &err);
    } else {
        struct writer *writer = writer_new(format, &options, output_writer(&output));
        ok = write_plain(result, writer, &err);
        writer_free(writer);
    }
    int status = output_end(&output, ok, &err) ? EXIT_DONE : verb_failed(&err);
    output_release(&output);
    return status;
}

int verb_tiers(const struct cli *cli)
{
    struct session session;
    struct query query;
    struct lens lens = {.made = false};
    struct err err;
    int status = EXIT_USAGE;
    const struct exporter *format = verb_format(cli, "table", &err);
    if (!format)
        return verb_misused(&err);
    if (!verb_session(cli, &session))
        return EXIT_FAILED;
    query_init(&query);
    if (verb_filter(cli, 0, &session, &query.filter)) {
        work_out(&session, &query, &lens);
        status = print_tiers(cli, &lens.result, format);
    }
    lens_release(&lens);
    query_release(&query);
    session_close(&session);
    return status;
}
