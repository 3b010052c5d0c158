#include <math.h>

#include "explorer_internal.h"
#include "store/store.h"

/* The form of an import: the file is read here, what it would bring is found out by a child that goes
 * through all of it and writes nothing; the import itself is another child. Never two at a time. */

#define ANSWERS "import answers" /* in meta: what was said of earlier files */

static void tell_figures(struct explorer *it, const struct form_figures *figures)
{
    explorer_tell(it, (struct message){.kind = MESSAGE_FIGURES, .figures = figures});
}

static void tell_plan(struct explorer *it)
{
    struct arena arena = {0};
    struct form_plan plan;
    import_form_show(&it->form, &arena, &plan);
    explorer_tell(it, (struct message){.kind = MESSAGE_FORM, .form = &plan});
    arena_release(&arena);
}

static void answers_read(struct explorer *it, struct buf *out)
{
    bool found;
    if (!store_meta(it->store, ANSWERS, out, &found, NULL) || !found)
        buf_clear(out);
}

/* ---- what it would bring ---- */

static void tell_failure(struct explorer *it, const char *why)
{
    tell_figures(it, &(struct form_figures){.share = NAN, .failure = text_of(why)});
}

static void begin_rehearsal(struct explorer *it)
{
    struct import_request request;
    struct err err;
    explorer_keep(it, INFINITY); /* before it holds the lock */
    if (!import_form_request(&it->form, true, &request, &err) ||
        !import_job_start(&it->rehearsal, store_path(it->store), &request, &err))
        tell_failure(it, err.message);
}

/* Now, or when the one that runs is gone. */
static void rehearse(struct explorer *it)
{
    bool possible = !it->form.blind && !it->form.plan.missing;
    import_job_cancel(&it->rehearsal);
    it->next = possible ? NEXT_REHEARSAL : NEXT_NOTHING;
    tell_figures(it, &(struct form_figures){.running = possible, .share = NAN});
}

static void tell_rehearsal(struct explorer *it)
{
    const struct job_progress *progress = &it->rehearsal.progress;
    it->rehearsal.moved = false;
    if (it->next != NEXT_NOTHING)
        return;
    tell_figures(
        it, &(struct form_figures){.running = true,
                                   .rows = progress->rows,
                                   .share = progress->total > 0
                                                ? (double)progress->done / (double)progress->total
                                                : NAN});
}

/* What the child has counted, and its report. */
static void figures_of(const struct import_job *job, const char *report, struct arena *arena,
                       struct form_figures *out)
{
    *out = (struct form_figures){.known = true,
                                 .share = NAN,
                                 .rows = (uint64_t)job->rows,
                                 .added = (uint64_t)job->added,
                                 .changed = (uint64_t)job->changed,
                                 .unchanged = (uint64_t)job->unchanged};
    import_lost_read(report, arena, out);
    out->troubles[FORM_REJECTED] = (uint64_t)job->rejected;
}

static void end_rehearsal(struct explorer *it, int status)
{
    struct arena arena = {0};
    struct form_figures figures;
    struct buf why = BUF_INIT;
    if (it->next != NEXT_NOTHING || it->rehearsal.job.cancelled || !it->form.open)
        return;
    if (it->rehearsal.done) {
        figures_of(&it->rehearsal, buf_string(&it->form.report_path), &arena, &figures);
        tell_figures(it, &figures);
    } else {
        import_job_tell(&it->rehearsal, status, &why);
        tell_failure(it, buf_string(&why));
    }
    arena_release(&arena);
    buf_release(&why);
}

/* ---- the form ---- */

void explorer_run_form(struct explorer *it, const struct effect *effect)
{
    struct err err;
    struct buf answers = BUF_INIT;
    if (import_job_running(&it->import))
        return;
    answers_read(it, &answers);
    import_job_cancel(&it->rehearsal);
    it->next = NEXT_NOTHING;
    if (import_form_open(&it->form, effect->text, buf_text(&answers), &err)) {
        tell_plan(it);
        rehearse(it);
    } else {
        explorer_fail(it, &err);
    }
    buf_release(&answers);
}

void explorer_run_answer(struct explorer *it, const struct effect *effect)
{
    struct err err;
    if (!it->form.open)
        return;
    if (!import_form_answer(&it->form, (size_t)effect->id, effect->text, &err)) {
        explorer_fail(it, &err);
        return;
    }
    tell_plan(it);
    rehearse(it);
}

void explorer_run_close(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    import_job_cancel(&it->rehearsal);
    it->next = NEXT_NOTHING;
    import_form_close(&it->form);
}

void explorer_run_rejects(struct explorer *it, const struct effect *effect)
{
    struct buf folder = BUF_INIT, path = BUF_INIT, words = BUF_INIT;
    struct err err;
    (void)effect;
    explorer_downloads(&folder);
    bool ok = import_form_keep_rejects(&it->form, buf_text(&folder), &path, &err);
    if (ok) {
        explorer_whole_path(&path);
        buf_addf(&words, "saved in '%s': mend and import it", buf_string(&path));
        explorer_tell(it, (struct message){.kind = MESSAGE_NOTICE, .text = buf_text(&words)});
    } else {
        explorer_fail(it, &err);
    }
    buf_release(&folder);
    buf_release(&path);
    buf_release(&words);
}

/* ---- the import ---- */

static void tell_job(struct explorer *it)
{
    it->import.moved = false;
    explorer_tell(it, (struct message){.kind = MESSAGE_JOB,
                                       .job = it->import.progress,
                                       .text = buf_text(&it->import.name)});
}

static void begin_import(struct explorer *it)
{
    struct import_request request;
    struct err err;
    explorer_keep(it, INFINITY); /* before it holds the lock */
    if (import_form_request(&it->form, false, &request, &err) &&
        import_job_start(&it->import, store_path(it->store), &request, &err)) {
        tell_job(it);
        return;
    }
    explorer_fail(it, &err);
    tell_job(it);
    import_form_close(&it->form);
}

void explorer_run_import(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    if (import_job_running(&it->import) || hand_job_running(&it->hand) || job_running(&it->back) ||
        !it->form.open)
        return;
    import_job_cancel(&it->rehearsal);
    it->next = NEXT_IMPORT;
    explorer_follow_import(it);
}

void explorer_run_cancel(struct explorer *it, const struct effect *effect)
{
    (void)effect;
    explorer_cancel_hand(it);
    explorer_cancel_back(it);
    if (!import_job_running(&it->import))
        return;
    import_job_cancel(&it->import);
    tell_job(it);
}

void explorer_run_paths(struct explorer *it, const struct effect *effect)
{
    struct path_list list = {.count = 0};
    path_list_read(&list, effect->text);
    explorer_tell(it, (struct message){.kind = MESSAGE_PATHS,
                                       .text = effect->text,
                                       .paths = list.items,
                                       .path_count = list.count});
    path_list_release(&list);
}

/* What was said of this file is kept for the next one with these columns. */
static void remember(struct explorer *it)
{
    struct buf before = BUF_INIT, after = BUF_INIT;
    struct effects effects = {0};
    answers_read(it, &before);
    import_form_remember(&it->form, buf_text(&before), &after);
    if (after.length > 0) {
        effects_add(
            &effects,
            (struct effect){.kind = EFFECT_META, .key = TEXT(ANSWERS), .text = buf_text(&after)});
        keeper_take(&it->keeper, &effects);
    }
    effects_release(&effects);
    buf_release(&before);
    buf_release(&after);
}

static void end_import(struct explorer *it, int status)
{
    struct arena arena = {0};
    struct buf words = BUF_INIT;
    struct form_figures figures;
    bool ok = import_job_tell(&it->import, status, &words);
    if (ok) {
        figures_of(&it->import, buf_string(&it->form.report_path), &arena, &figures);
        explorer_tell_batches(it);
        tell_figures(it, &figures);
        remember(it);
    }
    tell_job(it);
    explorer_tell(it, (struct message){.kind = ok ? MESSAGE_NOTICE : MESSAGE_FAILED,
                                       .text = buf_text(&words)});
    it->imported = import_job_changed(&it->import, status);
    it->reload_wanted = it->reload_wanted || it->imported;
    if (ok)
        import_form_end(&it->form);
    else
        import_form_close(&it->form);
    arena_release(&arena);
    buf_release(&words);
}

static void follow_rehearsal(struct explorer *it)
{
    int status;
    if (import_job_running(&it->rehearsal)) {
        if (import_job_read(&it->rehearsal, &status))
            end_rehearsal(it, status);
        else if (it->rehearsal.moved)
            tell_rehearsal(it);
    }
    if (import_job_running(&it->rehearsal) || it->next == NEXT_NOTHING)
        return;
    bool import = it->next == NEXT_IMPORT;
    it->next = NEXT_NOTHING;
    if (import)
        begin_import(it);
    else
        begin_rehearsal(it);
}

void explorer_follow_import(struct explorer *it)
{
    int status;
    follow_rehearsal(it);
    if (!import_job_running(&it->import))
        return;
    if (import_job_read(&it->import, &status))
        end_import(it, status);
    else if (it->import.moved)
        tell_job(it);
}

bool explorer_imports(const struct explorer *it)
{
    return import_job_running(&it->import) || import_job_running(&it->rehearsal) ||
           job_running(&it->back);
}

void explorer_import_release(struct explorer *it)
{
    import_job_release(&it->rehearsal);
    import_job_release(&it->import);
    import_form_close(&it->form);
}
