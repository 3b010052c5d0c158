#include <stdlib.h>

#include "app/named.h"
#include "base/bit.h"
#include "base/vec.h"
#include "exchange/yaml.h"
#include "runtime/patience.h"
#include "runtime/session.h"
#include "store/view.h"
#include "verbs_internal.h"

/* microscope views: those by name. */

#define ANY ((size_t)-1)

/* The store with its views. */
struct views_file {
    struct store *store;
    struct named_views views;
};

static void close_views(struct views_file *file)
{
    named_release(&file->views);
    store_close(file->store);
    file->store = NULL;
}

/* False: told. */
static bool open_views(const struct cli *cli, enum store_mode mode, struct views_file *file)
{
    struct buf path = BUF_INIT;
    struct err err = {.message = ""};
    *file = (struct views_file){.store = NULL};
    bool there = verb_store(cli, &path);
    bool ok =
        there &&
        patience_open_for_a_verb(buf_string(&path), mode, cli->config->plain, &file->store, &err) &&
        session_views(file->store, &file->views, &err);
    if (there && !ok)
        say("%s", err.message);
    if (!ok)
        close_views(file);
    buf_release(&path);
    return ok;
}

/* ---- list, show ---- */

static struct named_says builtin_says(const struct named_builtin *builtin)
{
    return (struct named_says){.filter = text_of(builtin->filter),
                               .order = text_of(builtin->order)};
}

static bool list_row(struct writer *writer, const char *name, const struct named_says *says,
                     bool builtin, struct err *err)
{
    const struct writer_cell cells[] = {
        {.text = text_of(name)},  {.text = says->filter},
        {.text = says->order},    {.text = says->columns},
        {.text = says->scenario}, {.text = text_of(builtin ? "built in" : "yours")},
    };
    return writer_row(writer, cells, err);
}

static bool list_rows(void *self, struct writer *writer, bool people, struct err *err)
{
    const struct views_file *file = self;
    (void)people;
    bool ok = true;
    for (size_t i = 0; ok && i < file->views.count; i++) {
        struct named_says says = named_read(buf_text(&file->views.items[i].lines));
        ok = list_row(writer, file->views.items[i].name, &says, false, err);
    }
    for (size_t i = 0; ok && i < named_builtin_count; i++) {
        struct named_says says = builtin_says(&named_builtins[i]);
        ok = list_row(writer, named_builtins[i].name, &says, true, err);
    }
    return ok;
}

static int views_list(const struct cli *cli, const char *const *words, size_t count)
{
    static const struct writer_column layout[] = {
        {.key = "name", .title = "View"},         {.key = "filter", .title = "Filter"},
        {.key = "sort", .title = "Order"},        {.key = "columns", .title = "Columns"},
        {.key = "scenario", .title = "Scenario"}, {.key = "whose", .title = "Whose"},
    };
    struct views_file file;
    (void)words, (void)count;
    if (!open_views(cli, STORE_READ, &file))
        return EXIT_FAILED;
    int status =
        verb_print_table(cli, &(struct verb_table){layout, COUNT_OF(layout), list_rows, &file});
    close_views(&file);
    return status;
}

struct showing {
    struct text name;
    struct named_says says;
};

static bool show_rows(void *self, struct writer *writer, bool people, struct err *err)
{
    const struct showing *showing = self;
    const struct {
        const char *part;
        struct text says;
        const char *unsaid;
    } rows[] = {
        {"name", showing->name, ""},
        {"filter", showing->says.filter, "all creators"},
        {"sort", showing->says.order, "as it is"},
        {"columns", showing->says.columns, "as they are"},
        {"scenario", showing->says.scenario, "the one in use"},
    };
    bool ok = true;
    for (size_t i = 0; ok && i < COUNT_OF(rows); i++) {
        struct text says = rows[i].says;
        if (says.length == 0)
            says = people ? text_of(rows[i].unsaid) : (struct text){0};
        ok = writer_row(
            writer, (struct writer_cell[]){{.text = text_of(rows[i].part)}, {.text = says}}, err);
    }
    return ok;
}

static int views_show(const struct cli *cli, const char *const *words, size_t count)
{
    static const struct writer_column layout[] = {{.key = "part", .title = "View"},
                                                  {.key = "says", .title = "Says"}};
    struct views_file file;
    struct showing showing;
    struct err err;
    (void)count;
    if (!open_views(cli, STORE_READ, &file))
        return EXIT_FAILED;
    int status = named_look_up(&file.views, text_of(words[0]), &showing.name, &showing.says, &err)
                     ? verb_print_table(
                           cli, &(struct verb_table){layout, COUNT_OF(layout), show_rows, &showing})
                     : verb_failed(&err);
    close_views(&file);
    return status;
}

/* ---- what changes them ---- */

/* In one transaction with what is read before it. False: told. */
struct change {
    const struct cli *cli;
    const char *const *words;
    size_t count;
    struct named_says says;
    const struct named_views *more;
};

static int change_with(const struct change *change,
                       bool (*alter)(const struct change *change, struct views_file *file,
                                     struct err *err))
{
    struct views_file file;
    struct err err;
    if (!open_views(change->cli, STORE_WRITE, &file))
        return EXIT_FAILED;
    bool ok = store_begin(file.store, &err);
    if (ok) {
        named_release(&file.views); /* as they are now that nobody else can write */
        ok = session_views(file.store, &file.views, &err) && alter(change, &file, &err);
        ok = store_end(file.store, ok, ok ? &err : NULL) && ok;
    }
    close_views(&file);
    return ok ? EXIT_DONE : verb_failed(&err);
}

static bool keep(struct views_file *file, struct text name, struct text lines, size_t place,
                 struct err *err)
{
    struct named_says says = named_read(lines);
    const struct store_view view = {name, says.filter, says.order, says.columns, says.scenario};
    return store_view_put(file->store, &view, place, err);
}

/* Whoever has the name, in whichever case, is replaced by --force only. */
static bool put(const struct change *change, struct views_file *file, struct text name,
                struct text lines, struct err *err)
{
    const struct named_view *there = named_alike(&file->views, name);
    if (!named_name_allowed(name, err))
        return false;
    if (there && !change->cli->given[OPTION_FORCE])
        return err_set(err, "there is a view '%s' already: --force replaces it", there->name);
    struct text called = there ? text_of(there->name) : name;
    if (!keep(file, called, lines, file->views.count, err))
        return false;
    named_put(&file->views, called, lines, file->views.count);
    return true;
}

static bool put_saved(const struct change *change, struct views_file *file, struct err *err)
{
    struct buf lines = BUF_INIT;
    named_write(&change->says, &lines);
    bool ok = put(change, file, text_of(change->words[0]), buf_text(&lines), err);
    buf_release(&lines);
    if (ok)
        say("view '%s' is in the store", change->words[0]);
    return ok;
}

/* "a,b" as "a b". */
static void blanks(const char *words, struct buf *out)
{
    for (; words && *words; words++)
        buf_add_char(out, *words == ',' ? ' ' : *words);
}

static bool read_words(const struct cli *cli, struct session *session, struct query *query,
                       struct chosen *chosen, struct err *err)
{
    struct buf words = BUF_INIT;
    const char *sort = cli->values[OPTION_SORT];
    struct named_says base = verb_view(session);
    blanks(cli->values[OPTION_COLUMNS], &words);
    if (!cli->values[OPTION_COLUMNS])
        buf_add_text(&words, base.columns);
    struct text order = sort ? text_of(sort) : base.order;
    bool ok = (order.length == 0 || query_parse_order(order, query, err)) &&
              chosen_parse(buf_text(&words), chosen, err);
    buf_release(&words);
    return ok;
}

static int views_save(const struct cli *cli, const char *const *words, size_t count)
{
    struct session session;
    struct query query;
    struct chosen chosen = {.count = 0};
    struct buf filter = BUF_INIT, order = BUF_INIT, shown = BUF_INIT;
    struct err err;
    int status = EXIT_USAGE;
    if (!verb_session(cli, &session))
        return EXIT_FAILED;
    query_init(&query);
    struct named_says base = verb_view(&session);
    if (!verb_filter(cli, cli->word_count - count + 1, &session, &query.filter)) {
        query_release(&query);
        session_close(&session);
        return EXIT_USAGE;
    }
    if (!read_words(cli, &session, &query, &chosen, &err)) {
        status = verb_misused(&err);
    } else {
        filter_print(&query.filter, &filter);
        if (cli->given[OPTION_SORT] || base.order.length > 0)
            query_print_order(&query, &order);
        if (cli->given[OPTION_COLUMNS] || base.columns.length > 0)
            chosen_print(&chosen, &shown);
        bool scenario = cli->given[OPTION_SCENARIO] || base.scenario.length > 0;
        struct change change = {cli,
                                words,
                                count,
                                {buf_text(&filter), buf_text(&order), buf_text(&shown),
                                 scenario ? text_of(session.scenario.name) : (struct text){0}},
                                NULL};
        status = change_with(&change, put_saved);
    }
    buf_release(&filter);
    buf_release(&order);
    buf_release(&shown);
    query_release(&query);
    session_close(&session);
    return status;
}

/* One of the user's, by the words that stand first. */
static struct named_view *own_view(const struct change *change, struct views_file *file,
                                   struct err *err)
{
    struct text wanted = text_of(change->words[0]), name;
    struct named_says says;
    struct named_view *view = named_alike(&file->views, wanted);
    if (!view && named_look_up(&file->views, wanted, &name, &says, err))
        err_set(err, "'%.*s' is built in: it stays as it is", (int)name.length, name.at);
    return view;
}

static bool rename_one(const struct change *change, struct views_file *file, struct err *err)
{
    struct named_view *view = own_view(change, file, err);
    struct text to = text_of(change->words[1]);
    const struct named_view *alike = named_alike(&file->views, to);
    if (!view || !named_name_allowed(to, err))
        return false;
    if (alike && alike != view)
        return err_set(err, "there is a view '%s' already", alike->name);
    return store_view_drop(file->store, text_of(view->name), err) &&
           keep(file, to, buf_text(&view->lines), (size_t)(view - file->views.items), err);
}

static bool delete_one(const struct change *change, struct views_file *file, struct err *err)
{
    struct named_view *view = own_view(change, file, err);
    return view && store_view_drop(file->store, text_of(view->name), err);
}

static int views_rename(const struct cli *cli, const char *const *words, size_t count)
{
    return change_with(&(struct change){.cli = cli, .words = words, .count = count}, rename_one);
}

static int views_delete(const struct cli *cli, const char *const *words, size_t count)
{
    return change_with(&(struct change){.cli = cli, .words = words, .count = count}, delete_one);
}

/* ---- files ---- */

static bool gather(const struct views_file *file, const char *const *words, size_t count,
                   struct named_views *out, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        struct text name;
        struct named_says says;
        struct buf lines = BUF_INIT;
        if (!named_look_up(&file->views, text_of(words[i]), &name, &says, err))
            return false;
        named_write(&says, &lines);
        named_put(out, name, buf_text(&lines), out->count);
        buf_release(&lines);
    }
    return true;
}

static int views_export(const struct cli *cli, const char *const *words, size_t count)
{
    struct views_file file;
    struct named_views some = {.count = 0};
    struct doc doc = {0};
    struct buf yaml = BUF_INIT;
    struct err err;
    int status = EXIT_FAILED;
    if (!open_views(cli, STORE_READ, &file))
        return EXIT_FAILED;
    bool ok = gather(&file, words, count, &some, &err);
    if (ok) {
        named_to_doc(count > 0 ? &some : &file.views, &doc);
        ok = yaml_write(&doc, &yaml, &err);
    }
    status = ok ? verb_print(&yaml) : verb_failed(&err);
    buf_release(&yaml);
    doc_release(&doc);
    named_release(&some);
    close_views(&file);
    return status;
}

static bool read_doc(void *self, const struct doc *doc, struct err *err)
{
    return named_from_doc(doc, self, err);
}

static bool put_all(const struct change *change, struct views_file *file, struct err *err)
{
    for (size_t i = 0; i < change->more->count; i++) {
        const struct named_view *view = &change->more->items[i];
        if (!put(change, file, text_of(view->name), buf_text(&view->lines), err))
            return false;
    }
    return true;
}

static int views_import(const struct cli *cli, const char *const *words, size_t count)
{
    struct named_views read = {.count = 0};
    struct err err;
    int status = EXIT_FAILED;
    if (!verb_yaml(words[0], read_doc, &read, &err))
        status = verb_failed(&err);
    else
        status = change_with(
            &(struct change){.cli = cli, .words = words, .count = count, .more = &read}, put_all);
    if (status == EXIT_DONE)
        say("%zu view%s in the store", read.count, read.count == 1 ? " is" : "s are");
    named_release(&read);
    return status;
}

const struct verb_action views_actions[] = {
    {"list", "", "All views with what they say. This is done where nothing is said.",
     BIT64(OPTION_FORMAT), NULL, 0, 0, views_list},
    {"show", "VIEW", "What one says.", BIT64(OPTION_FORMAT), "one name", 1, 1, views_show},
    {"save", "VIEW [FILTER...]",
     "A filter under a name, with --sort and --columns also these (followers:12 is a width, | "
     "stands "
     "after the last that stays in view), with --scenario the plan it is for; --view starts from "
     "another. --force replaces one that is there.",
     BIT64(OPTION_SORT) | BIT64(OPTION_COLUMNS) | BIT64(OPTION_SCENARIO) | BIT64(OPTION_FORCE) |
         BIT64(OPTION_VIEW),
     "a name, and then words of a filter", 1, ANY, views_save},
    {"rename", "VIEW NEW", "Call it differently.", 0, "two names", 2, 2, views_rename},
    {"delete", "VIEW", "Take it away.", 0, "one name", 1, 1, views_delete},
    {"export", "[VIEW...]", "Write them as YAML to standard output, without names all of yours.", 0,
     NULL, 0, ANY, views_export},
    {"import", "FILE",
     "Read views from YAML, - is standard input: all of them or, where one is wrong, none. --force "
     "replaces those that are there.",
     BIT64(OPTION_FORCE), "one file", 1, 1, views_import},
    {.name = NULL},
};

int verb_views(const struct cli *cli)
{
    return verb_act(cli, "list");
}
