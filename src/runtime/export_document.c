#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/doc.h"
#include "base/mem.h"
#include "base/vec.h"
#include "compare_internal.h"
#include "runtime/session.h"
#include "export_internal.h"
#include "plan_verb_internal.h"
#include "runtime/clock.h"
#include "runtime/dossier.h"

/* microscope export: documents, and tables of other things than creators in rows. */

/* ---- Which parts ---- */

static const struct part_row {
    const char *word;
    enum export_part part;
} part_rows[] = {
    {"plan", EXPORT_PLAN},           {"comparison", EXPORT_COMPARISON},
    {"list", EXPORT_LIST},           {"assumptions", EXPORT_ASSUMPTIONS},
    {"estimates", EXPORT_ESTIMATES},
};

static bool add_part(struct exporting *job, struct text word, struct err *err)
{
    for (size_t i = 0; i < COUNT_OF(part_rows); i++)
        if (text_equal_ascii_case(word, text_of(part_rows[i].word))) {
            job->parts |= part_rows[i].part;
            return true;
        }
    const char *nearest = nearest_word(word, part_rows, COUNT_OF(part_rows), sizeof part_rows[0]);
    return err_set(err, "unknown part '%.*s'%s%s%s", (int)word.length, word.at,
                   nearest ? ": did you mean '" : "; there are: ",
                   nearest ? nearest : cli_options[OPTION_PARTS].help, nearest ? "'?" : "");
}

bool export_parts(struct exporting *job, struct err *err)
{
    const char *words = job->cli->values[OPTION_PARTS];
    struct text rest = text_of(words), word;
    job->parts_said = words != NULL;
    while (text_next(&rest, ',', &word))
        if (!add_part(job, text_trim(word), err))
            return false;
    if (!words)
        job->parts = job->format->document ? EXPORT_TABLES | EXPORT_ASSUMPTIONS | EXPORT_ESTIMATES
                                           : EXPORT_LIST;
    unsigned tables = job->parts & EXPORT_TABLES;
    if (!job->format->document && (job->parts != tables || (tables & (tables - 1)) || !tables))
        return err_set(err, "a %s file holds one part: plan, comparison or list",
                       job->format->name);
    return true;
}

/* ---- Who is compared ---- */

/* Those of --compare, else those who are ticked, where they are few enough. */
static bool compared(struct exporting *job, struct session *session, uint32_t *rows, size_t *count,
                     struct err *err)
{
    const struct catalog *catalog = &session->catalog;
    const char *said = job->cli->values[OPTION_COMPARE], *words[COMPARE_MOST + 1];
    struct arena arena = {0};
    struct text rest = text_of(said), word;
    size_t given = 0;
    *count = 0;
    while (given <= COMPARE_MOST && text_next(&rest, ',', &word))
        words[given++] = arena_string(&arena, text_trim(word));
    bool ok = !said || (given >= COMPARE_LEAST && given <= COMPARE_MOST);
    if (!ok)
        err_set(err, "'--compare' takes %d to %d creators", COMPARE_LEAST, COMPARE_MOST);
    ok = ok && compare_find(catalog, words, given, rows, err);
    *count = ok ? given : 0;
    for (uint32_t row = 0; !said && row < catalog->count && *count <= COMPARE_MOST; row++)
        if (catalog_ticked(catalog, row) && (*count)++ < COMPARE_MOST)
            rows[*count - 1] = row;
    if (*count < COMPARE_LEAST || *count > COMPARE_MOST)
        *count = 0;
    arena_release(&arena);
    return ok;
}

static bool make_comparison(struct exporting *job, struct session *session, struct comparison *all,
                            bool must, struct err *err)
{
    uint32_t rows[COMPARE_MOST];
    size_t count;
    all->count = 0;
    if (!compared(job, session, rows, &count, err))
        return false;
    if (count > 0)
        compare_make(&session->sheet, rows, (int)count, 0, 0, all);
    else if (must)
        return err_set(err, "nobody to compare: tick two to eight creators, or say --compare");
    return true;
}

/* ---- One table ---- */

static bool write_comparison(struct exporting *job, struct session *session,
                             const struct writer_options *options, struct writer_out out,
                             struct err *err)
{
    struct comparison *all = mem_zero(1, sizeof *all);
    struct writer *writer = writer_new(job->format, options, out);
    bool ok = make_comparison(job, session, all, true, err) &&
              (job->format->people ? compare_table(&session->sheet, all, writer, err)
                                   : compare_plain(&session->sheet, all, writer, err));
    job->done = job->total = (uint64_t)all->count;
    writer_free(writer);
    free(all);
    return ok;
}

static bool write_plan(struct exporting *job, struct session *session,
                       const struct writer_options *options, struct writer_out out, struct err *err)
{
    struct plan_print print = {.session = session};
    struct buf text = BUF_INIT;
    totals_init(&print.totals);
    bool ok = plan_print_make(&print, err);
    if (ok && text_is(text_of(job->format->name), "json")) {
        ok = plan_print_object(&print, &text, err) && out.write(out.self, buf_text(&text), err);
    } else if (ok) {
        struct writer *writer = writer_new(job->format, options, out);
        ok = plan_print_rows(&print, writer, job->format->people, err);
        writer_free(writer);
    }
    job->done = job->total = print.count + print.missing_count;
    buf_release(&text);
    plan_print_release(&print);
    return ok;
}

/* ---- A document ---- */

static bool step(void *self, size_t done)
{
    struct exporting *job = self;
    job->done = done;
    return export_tell_step(job);
}

static bool goes_on(void *self)
{
    return export_tell_step(self);
}

static bool write_document(struct exporting *job, struct session *session, struct dossier *dossier,
                           const struct query *query, const struct writer_options *options,
                           struct writer_out out, struct err *err)
{
    struct query_result result = {0};
    struct plan_print print = {.session = session};
    struct comparison *all = mem_zero(1, sizeof *all);
    bool ok = true;
    totals_init(&print.totals);
    if (job->parts & EXPORT_PLAN && (ok = plan_print_make(&print, err)) &&
        (job->parts_said || print.count + print.missing_count > 0))
        plan_print_hand(&print, dossier);
    if (ok && job->parts & EXPORT_COMPARISON &&
        (ok = make_comparison(job, session, all, job->parts_said, err)) && all->count > 0)
        ok = dossier_comparison(dossier, session->store, all, err);
    if (ok && job->parts & EXPORT_LIST) {
        query_finish(query, &session->sheet, &result);
        dossier_list(dossier, query, &result, job->layout.chosen, job->layout.columns,
                     job->layout.count);
    }
    job->total = result.rows.count;
    ok = ok && handover_write(&dossier->handover, job->format, options, out, err);
    job->done = dossier->handover.list ? job->total : (uint64_t)(print.count + print.missing_count);
    query_result_release(&result);
    plan_print_release(&print);
    free(all);
    return ok;
}

static bool make_document(struct exporting *job, struct session *session, const struct query *query,
                          const struct writer_options *options, struct writer_out out,
                          struct err *err)
{
    struct dossier dossier;
    dossier_init(&dossier, &session->sheet, clock_now());
    dossier.handover.title = text_of(job->cli->values[OPTION_TITLE]);
    dossier.handover.assumptions = job->parts & EXPORT_ASSUMPTIONS;
    dossier.handover.estimates = job->parts & EXPORT_ESTIMATES;
    dossier.handover.goes_on = goes_on;
    dossier.handover.self = job;
    dossier.step = step;
    dossier.step_self = job;
    bool ok = write_document(job, session, &dossier, query, options, out, err);
    dossier_release(&dossier);
    return ok;
}

bool export_parts_out(struct exporting *job, struct session *session, const struct query *query,
                      const struct writer_options *options, struct writer_out out, struct err *err)
{
    if (job->format->document)
        return make_document(job, session, query, options, out, err);
    return job->parts & EXPORT_PLAN ? write_plan(job, session, options, out, err)
                                    : write_comparison(job, session, options, out, err);
}
