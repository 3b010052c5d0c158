#include <math.h>
#include <stdlib.h>

#include "base/bit.h"
#include "base/vec.h"
#include "domain/show.h"
#include "runtime/clock.h"
#include "runtime/output.h"
#include "store/batch.h"
#include "store/figures.h"
#include "verbs_internal.h"

/* microscope imports: the last ten, and taking one back. */

static bool open_store(const struct cli *cli, enum store_mode mode, struct store **store)
{
    struct buf path = BUF_INIT;
    struct err err;
    bool ok = verb_store(cli, &path);
    if (ok && !store_open(buf_string(&path), mode, store, &err)) {
        ok = false;
        say("%s", err.message);
    }
    buf_release(&path);
    return ok;
}

/* ---- list ---- */

static const struct writer_column layout[] = {
    {.key = "import", .title = "Import", .unit = UNIT_COUNT},
    {.key = "at", .title = "When", .unit = UNIT_TIME},
    {.key = "file", .title = "File", .unit = UNIT_TEXT},
    {.key = "read", .title = "Rows", .unit = UNIT_COUNT},
    {.key = "added", .title = "New", .unit = UNIT_COUNT},
    {.key = "changed", .title = "Changed", .unit = UNIT_COUNT},
    {.key = "unchanged", .title = "As they were", .unit = UNIT_COUNT},
    {.key = "rejected", .title = "Rejected", .unit = UNIT_COUNT},
    {.key = "taken_back_at", .title = "Taken back", .unit = UNIT_TIME},
};

struct listing {
    struct store *store;
    struct writer *writer;
    bool ok;
    struct err *err;
};

static void list_one(void *self, const struct batch *batch)
{
    struct listing *listing = self;
    const struct writer_cell cells[COUNT_OF(layout)] = {
        {.number = (double)batch->id},        {.number = batch->at},
        {.number = NAN, .text = batch->file}, {.number = (double)batch->read},
        {.number = (double)batch->added},     {.number = (double)batch->changed},
        {.number = (double)batch->unchanged}, {.number = (double)batch->rejected},
        {.number = batch->taken_back_at},
    };
    listing->ok = listing->ok && writer_row(listing->writer, cells, listing->err);
}

static bool list_rows(void *self, struct writer *writer, bool people, struct err *err)
{
    struct listing listing = {self, writer, true, err};
    (void)people;
    return store_batches(listing.store, list_one, &listing, err) && listing.ok;
}

static int imports_list(const struct cli *cli, const char *const *words, size_t count)
{
    struct store *store;
    (void)words, (void)count;
    if (!open_store(cli, STORE_READ, &store))
        return EXIT_FAILED;
    int status =
        verb_print_table(cli, &(struct verb_table){layout, COUNT_OF(layout), list_rows, store});
    store_close(store);
    return status;
}

/* ---- take back ---- */

static bool read_id(struct store *store, const char *word, int64_t *id, struct err *err)
{
    struct number_seen seen;
    if (text_is(text_of(word), "last"))
        return store_batch_last(store, id, err) &&
               (*id > 0 || err_set(err, "there is no import that could be taken back"));
    if (!number_parse(text_of(word), number_style_english, &seen) || seen.percent ||
        seen.trailing || seen.value < 1 || seen.value > 1e15 || seen.value != floor(seen.value))
        return err_set(err, "'%s' is no import: microscope imports tells their numbers", word);
    *id = (int64_t)seen.value;
    return true;
}

static void tell_back(int64_t id, const struct batch_back *back)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "import %lld taken back: ", (long long)id);
    number_fixed(&line, (double)back->gone, 0, number_style_english);
    buf_add_string(&line, " gone that came with it, ");
    number_fixed(&line, (double)back->restored, 0, number_style_english);
    buf_add_string(&line, " as they were before");
    if (back->kept) {
        buf_add_string(&line, "; ");
        number_fixed(&line, (double)back->kept, 0, number_style_english);
        buf_add_string(&line, " keep what was written since");
    }
    buf_add_char(&line, '\n');
    say_text(buf_text(&line));
    buf_release(&line);
}

static int imports_take_back(const struct cli *cli, const char *const *words, size_t count)
{
    struct store *store;
    struct batch_back back;
    struct peers peers;
    struct err err;
    int64_t id;
    (void)count;
    if (!open_store(cli, STORE_WRITE, &store))
        return EXIT_FAILED;
    store_set_clock(store, clock_now);
    bool ok = read_id(store, words[0], &id, &err) && store_batch_take_back(store, id, &back, &err);
    if (ok) {
        tell_back(id, &back);
        ok = store_peers_make(store, clock_now(), &peers, &err);
    }
    store_close(store);
    return ok ? EXIT_DONE : verb_failed(&err);
}

const struct verb_action imports_actions[] = {
    {"list", "",
     "The last ten files with what each did, the newest first. This is done where nothing is "
     "said.",
     BIT64(OPTION_FORMAT), NULL, 0, 0, imports_list},
    {"take-back", "N",
     "Creators that came with the import go, with their history, and what it changed becomes what "
     "it was; `last` is the newest. What was written since stays: figures of an import that came "
     "later, of a feed or of another program, and creators that a later import had too.",
     0, "the number of one import, or last", 1, 1, imports_take_back},
    {.name = NULL},
};

int verb_imports(const struct cli *cli)
{
    return verb_act(cli, "list");
}
