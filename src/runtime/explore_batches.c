#include <math.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "explorer_internal.h"
#include "runtime/batches.h"
#include "runtime/loop.h"

/* The imports of the store: which there are, whom one had, and taking one back, which a child does. */

/* What stands is not to move for it. */
void explorer_tell_batches(struct explorer *it)
{
    struct batch_list list;
    struct err err;
    if (batch_list_read(&list, it->store, &err)) {
        explorer_tell(it, (struct message){.kind = MESSAGE_CHANGING});
        explorer_tell(it, (struct message){.kind = MESSAGE_BATCHES,
                                           .batches = list.items,
                                           .batch_count = list.count});
    } else if (!store_busy(it->store)) {
        explorer_fail(it, &err);
    }
    batch_list_release(&list);
}

void explorer_run_batch(struct explorer *it, const struct effect *effect)
{
    struct id_set ids;
    struct err err;
    if (!batch_ids_read(it->store, effect->id, &ids, &err))
        explorer_fail(it, &err);
    explorer_tell(it, (struct message){.kind = MESSAGE_BATCH, .id = effect->id, .batch_ids = &ids});
    id_set_release(&ids);
}

/* ---- taking back ---- */

static void tell_back(struct explorer *it)
{
    struct buf name = BUF_INIT;
    buf_addf(&name, "import %lld", (long long)it->back_id);
    explorer_tell(it, (struct message){.kind = MESSAGE_JOB,
                                       .job = {.running = job_running(&it->back),
                                               .takes_back = true,
                                               .cancelling = it->back.cancelled},
                                       .text = buf_text(&name)});
    buf_release(&name);
}

void explorer_run_take_back(struct explorer *it, const struct effect *effect)
{
    char number[24];
    struct err err;
    if (explorer_imports(it) || hand_job_running(&it->hand))
        return;
    snprintf(number, sizeof number, "%lld", (long long)effect->id);
    const char *const words[] = {"imports", "take-back",           number,
                                 "--store", store_path(it->store), NULL};
    explorer_keep(it, INFINITY); /* before it holds the lock */
    it->back_id = effect->id;
    if (!job_start(&it->back, words, &err))
        explorer_fail(it, &err);
    tell_back(it);
}

void explorer_cancel_back(struct explorer *it)
{
    if (!job_running(&it->back))
        return;
    job_cancel(&it->back);
    tell_back(it);
}

/* What the child says of it is for people. */
static void tell_end(struct explorer *it, int status)
{
    struct buf words = BUF_INIT;
    struct text said = job_complaint(&it->back);
    bool ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (said.length > 0)
        text_safe(&words, said);
    else if (it->back.cancelled)
        buf_addf(&words, "import %lld stays: taking it back was cancelled", (long long)it->back_id);
    else
        buf_addf(&words, "import %lld was not taken back: stopped by %s %d", (long long)it->back_id,
                 WIFSIGNALED(status) ? "signal" : "status",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    explorer_tell(
        it, (struct message){.kind = ok || it->back.cancelled ? MESSAGE_NOTICE : MESSAGE_FAILED,
                             .text = buf_text(&words)});
    buf_release(&words);
}

static void ignore_line(void *self, struct text line)
{
    (void)self;
    (void)line;
}

void explorer_follow_back(struct explorer *it)
{
    int status;
    if (!job_running(&it->back))
        return;
    job_read(&it->back, ignore_line, NULL);
    if (!job_ended(&it->back, &status))
        return;
    tell_back(it);
    explorer_tell_batches(it);
    tell_end(it, status);
    it->imported = it->reload_wanted = true;
}
