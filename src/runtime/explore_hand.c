#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "explorer_internal.h"
#include "runtime/clipboard.h"
#include "tiers_internal.h"

/* Files and copies that leave the explorer. */

#define COPY_ROWS_MOST 1000 /* what somebody would still paste */

static void tell(struct explorer *it, enum message_kind kind, struct buf *words)
{
    explorer_tell(it, (struct message){.kind = kind, .text = buf_text(words)});
    buf_release(words);
}

/* ---- files ---- */

static const char downloads[] = "~/Downloads/";

void explorer_downloads(struct buf *out)
{
    struct stat about;
    import_path(text_of(downloads), out);
    if (stat(buf_string(out), &about) != 0 || !S_ISDIR(about.st_mode))
        buf_clear(out);
}

void explorer_folder(struct explorer *it, const struct effect *effect)
{
    struct buf path = BUF_INIT;
    (void)effect;
    explorer_downloads(&path);
    explorer_tell(it, (struct message){.kind = MESSAGE_FOLDER,
                                       .text = path.length > 0 ? text_of(downloads) : TEXT("")});
    buf_release(&path);
}

static void tell_job(struct explorer *it)
{
    it->hand.moved = false;
    explorer_tell(it, (struct message){.kind = MESSAGE_JOB,
                                       .job = it->hand.progress,
                                       .text = buf_text(&it->hand.name)});
}

void explorer_whole_path(struct buf *path)
{
    char *folder = path->length && path->at[0] != '/' ? realpath(".", NULL) : NULL;
    struct buf whole = BUF_INIT;
    if (!folder)
        return;
    buf_addf(&whole, "%s/%s", folder, buf_string(path));
    free(folder);
    buf_release(path);
    *path = whole;
}

static bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

static void start(struct explorer *it, const char *path, bool force)
{
    struct handing handing;
    struct err err;
    const struct hand *hand = &it->model.hand;
    if (handing_begin(&handing, &it->model, hand->what, hand->whom, it->store, &err) &&
        hand_job_start(&it->hand, &handing, path, force, &err))
        tell_job(it);
    else
        explorer_fail(it, &err);
    handing_release(&handing);
}

void explorer_hand_over(struct explorer *it, const struct effect *effect)
{
    struct buf path = BUF_INIT;
    import_path(effect->text, &path);
    explorer_whole_path(&path);
    if (hand_job_running(&it->hand) || import_job_running(&it->import))
        explorer_notice(it, "something else still runs: Ctrl-C cancels it");
    else if (effect->number == 0 && is_there(buf_string(&path)))
        explorer_tell(it, (struct message){.kind = MESSAGE_TAKEN});
    else
        start(it, buf_string(&path), effect->number != 0);
    buf_release(&path);
}

void explorer_follow_hand(struct explorer *it)
{
    int status;
    if (!hand_job_running(&it->hand))
        return;
    if (hand_job_read(&it->hand, &status)) {
        struct buf words = BUF_INIT;
        bool ok = hand_job_tell(&it->hand, status, &words);
        tell_job(it);
        tell(it, !ok ? MESSAGE_FAILED : it->hand.done ? MESSAGE_SAVED : MESSAGE_NOTICE, &words);
    } else if (it->hand.moved) {
        tell_job(it);
    }
}

void explorer_cancel_hand(struct explorer *it)
{
    if (!hand_job_running(&it->hand))
        return;
    hand_job_cancel(&it->hand);
    tell_job(it);
}

/* ---- copies ---- */

static void put(struct explorer *it, struct text text, struct text what)
{
    struct buf words = BUF_INIT;
    const char *tool = clipboard_put(text);
    if (tool) {
        text_safe(&words, what);
        buf_addf(&words, " copied by %s", tool);
    } else if (!it->term) {
        text_safe(&words, what);
        buf_add_string(&words, " is not copied: there is no tool for it here; export saves a file");
    } else if (text.length > TERM_COPY_MOST) {
        text_safe(&words, what);
        buf_add_string(&words, " is too much for the terminal to copy: x saves it to a file");
    } else {
        term_copy(it->term, text);
        text_safe(&words, what);
        buf_add_string(&words, " copied by the terminal; if nothing arrives, x saves a file");
    }
    bool failed = !tool && (!it->term || text.length > TERM_COPY_MOST);
    tell(it, failed ? MESSAGE_FAILED : MESSAGE_NOTICE, &words);
}

void explorer_copy(struct explorer *it, const struct effect *effect)
{
    put(it, effect->text, effect->key);
}

void explorer_copy_table(struct explorer *it, const struct effect *effect)
{
    struct handing handing;
    struct err err;
    struct buf text = BUF_INIT, what = BUF_INIT;
    enum hand_what kind = (enum hand_what)(int)effect->number;
    if (hand_count(&it->model, kind) > COPY_ROWS_MOST) {
        explorer_notice(it, "more than 1,000 creators are too many to paste: x saves a file");
        return;
    }
    bool ok = handing_begin(&handing, &it->model, kind, HAND_CHAT, it->store, &err) &&
              handing_write(&handing, writer_out_buf(&text), &err);
    handing_release(&handing);
    buf_add_string(&what, "the ");
    hand_say(&it->model, kind, true, &what); /* "the list of 96" */
    if (ok)
        put(it, buf_text(&text), buf_text(&what));
    else
        explorer_fail(it, &err);
    buf_release(&text);
    buf_release(&what);
}

void explorer_copy_tiers(struct explorer *it, const struct effect *effect)
{
    struct writer_options options = handing_options(&it->model, HAND_CHAT);
    const struct exporter *format = exporter_find(text_of(hand_whoms[HAND_CHAT].format));
    struct buf text = BUF_INIT;
    struct err err;
    (void)effect;
    if (tiers_write(&it->model.tiers.lens.result, format, &options, writer_out_buf(&text), &err))
        put(it, buf_text(&text), TEXT("the tiers"));
    else
        explorer_fail(it, &err);
    buf_release(&text);
}
