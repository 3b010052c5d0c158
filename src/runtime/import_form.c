#include "runtime/import_form.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "exchange/yaml.h"
#include "runtime/clock.h"
#include "runtime/whole.h"

/* How a file is understood, and what the user says otherwise. */

#define ANSWERS_MOST 48               /* of the latest files, by their columns */
#define NAMES_TRIED 1000              /* of files, until one is free */
#define ANSWERS_LENGTH_MOST (1 << 16) /* bytes of all of them */

/* ---- the folder ---- */

static bool folder_make(struct import_form *form, struct err *err)
{
    const char *place = getenv("TMPDIR");
    buf_addf(&form->folder, "%s/microscope-XXXXXX", place && *place ? place : "/tmp");
    buf_string(&form->folder);
    if (!mkdtemp(form->folder.at)) {
        err_set(err, "cannot make the folder '%s': %s", form->folder.at, strerror(errno));
        buf_release(&form->folder);
        return false;
    }
    buf_addf(&form->map_path, "%s/map.yaml", buf_string(&form->folder));
    buf_addf(&form->report_path, "%s/report.json", buf_string(&form->folder));
    buf_addf(&form->rejects_path, "%s/rejects", buf_string(&form->folder));
    return true;
}

/* With what a child that was killed has left there. */
static void folder_remove(struct import_form *form)
{
    struct buf path = BUF_INIT;
    DIR *dir = form->folder.length > 0 ? opendir(buf_string(&form->folder)) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        buf_clear(&path);
        buf_addf(&path, "%s/%s", buf_string(&form->folder), entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(buf_string(&path));
    }
    if (dir) {
        closedir(dir);
        rmdir(buf_string(&form->folder));
    }
    buf_release(&path);
}

void import_form_close(struct import_form *form)
{
    folder_remove(form);
    import_plan_release(&form->plan);
    doc_release(&form->map);
    doc_release(&form->stood);
    free(form->asked.items);
    free(form->said.items);
    buf_release(&form->path);
    buf_release(&form->folder);
    buf_release(&form->map_path);
    buf_release(&form->report_path);
    buf_release(&form->rejects_path);
    *form = (struct import_form){.open = false};
}

void import_form_end(struct import_form *form)
{
    form->open = false;
}

/* ---- the plan ---- */

static bool plan_make(struct import_form *form, struct import_plan *out, struct err *err)
{
    struct source source;
    struct import_options options;
    *out = (struct import_plan){.column_count = 0};
    if (!source_open(&source, buf_string(&form->path), err))
        return false;
    import_options_init(&options);
    options.now = clock_now();
    options.ask = true;
    options.map = form->map.root ? &form->map : NULL;
    bool ok = import_plan_make(&source, &options, out, err);
    source_release(&source);
    return ok;
}

/* The same on every machine: it stands in the store. */
static uint64_t headers_of(const struct import_plan *plan)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < plan->column_count; i++) {
        struct text name = plan->columns[i].name;
        for (size_t k = 0; k <= name.length; k++)
            hash = (hash ^ (k < name.length ? (unsigned char)name.at[k] : '\n')) * 0x100000001b3u;
    }
    return hash;
}

enum answers { ANSWERS_SAID, ANSWERS_STOOD, ANSWERS_KINDS };

static void mark_of(uint64_t headers, enum answers kind, struct buf *out)
{
    static const char *const marks[ANSWERS_KINDS] = {"", " let stand"};
    buf_addf(out, "# %016llx%s", (unsigned long long)headers, marks[kind]);
}

/* The next block off the front: its mark, and what stands below it. */
static bool next_answers(struct text *rest, struct text *mark, struct text *yaml)
{
    size_t end;
    if (!text_next(rest, '\n', mark))
        return false;
    end = rest->length;
    if (!text_starts(*rest, "# ") && text_find(*rest, TEXT("\n# "), &end))
        end++;
    else if (text_starts(*rest, "# "))
        end = 0;
    *yaml = text_part(*rest, 0, end);
    *rest = text_part(*rest, end, rest->length - end);
    return true;
}

/* False: there are none. `out` is empty before. */
static bool find_answers(const struct import_form *form, enum answers kind, struct text answers,
                         struct doc *out)
{
    struct buf wanted = BUF_INIT;
    struct text mark, yaml;
    bool found = false;
    mark_of(form->headers, kind, &wanted);
    while (!found && next_answers(&answers, &mark, &yaml))
        found = text_equal(mark, buf_text(&wanted));
    buf_release(&wanted);
    return found && yaml_read(yaml, out, NULL) && out->root;
}

/* Answers that do not fit any more are none. */
static bool recall(struct import_form *form, struct text answers)
{
    struct import_plan plan;
    bool stood = find_answers(form, ANSWERS_STOOD, answers, &form->stood);
    if (!find_answers(form, ANSWERS_SAID, answers, &form->map))
        return stood;
    bool ok = plan_make(form, &plan, NULL);
    if (ok) {
        import_plan_release(&form->plan);
        form->plan = plan;
        return true;
    }
    import_plan_release(&plan);
    doc_release(&form->map);
    form->map = (struct doc){.root = NULL};
    return stood;
}

static bool is_among(const struct import_asked *list, const struct import_decision *decision)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].topic == decision->topic && list->items[i].column == decision->column)
            return true;
    return false;
}

bool import_form_asks(const struct import_form *form, const struct import_decision *decision)
{
    return is_among(&form->asked, decision);
}

/* What was said in the form stands in a map that nobody wrote. */
static bool is_said(struct text why)
{
    return text_is(why, "your map says so") || text_is(why, "you said so");
}

/* Does `answers` say what all of `one` says, which is a single entry? */
static bool says(const struct doc_node *answers, const struct doc_node *one)
{
    const struct doc_node *same = answers ? answers->first : NULL;
    while (same && !text_equal(same->key, one->first->key))
        same = same->next;
    if (!same || same->kind != one->first->kind)
        return false;
    return same->kind == DOC_MAP ? says(same, one->first)
                                 : text_equal(same->value, one->first->value);
}

static bool stood_before(const struct import_form *form, const struct import_decision *decision)
{
    struct doc one = {.root = NULL};
    if (!decision->guess || !form->stood.root || !text_known(decision->chosen))
        return false;
    import_map_put(&one, &form->plan, decision, decision->chosen);
    bool is = one.root && one.root->first && says(form->stood.root, one.root);
    doc_release(&one);
    return is;
}

bool import_form_doubts(const struct import_form *form, const struct import_decision *decision)
{
    return decision->guess && !stood_before(form, decision);
}

struct text import_form_why(const struct import_form *form, const struct import_decision *decision,
                            struct text why)
{
    if (stood_before(form, decision))
        return TEXT("as last time");
    if (!is_said(why))
        return why;
    return form->remembered && !is_among(&form->said, decision) ? TEXT("as last time")
                                                                : TEXT("you say so");
}

static bool is_question(const struct import_plan *plan, const struct import_decision *decision)
{
    bool again = decision->column == IMPORT_WHOLE && is_said(decision->why);
    bool missing = plan->missing && decision->column == IMPORT_WHOLE &&
                   text_is(text_of(import_topic_keys[decision->topic]), plan->missing);
    return missing || again || (decision->guess && decision->topic != TOPIC_COLUMN);
}

static void note_questions(struct import_form *form)
{
    for (size_t i = 0; i < form->plan.decision_count; i++) {
        const struct import_decision *decision = &form->plan.decisions[i];
        if (is_question(&form->plan, decision) && !import_form_asks(form, decision))
            VEC_PUSH(&form->asked, ((struct import_question){decision->topic, decision->column}));
    }
}

bool import_form_open(struct import_form *form, struct text path, struct text answers,
                      struct err *err)
{
    struct stat about;
    import_form_close(form);
    import_path(path, &form->path);
    bool found = stat(buf_string(&form->path), &about) == 0;
    form->blind = found && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode);
    form->open = folder_make(form, err) && (form->blind || plan_make(form, &form->plan, err));
    if (!form->open) {
        import_form_close(form);
        return false;
    }
    form->headers = headers_of(&form->plan);
    form->remembered = !form->blind && recall(form, answers);
    note_questions(form);
    return true;
}

bool import_form_answer(struct import_form *form, size_t decision, struct text word,
                        struct err *err)
{
    struct import_plan plan;
    struct buf before = BUF_INIT;
    if (decision >= form->plan.decision_count)
        return err_set(err, "there is nothing to answer");
    yaml_write(&form->map, &before, NULL);
    import_map_put(&form->map, &form->plan, &form->plan.decisions[decision], word);
    bool ok = plan_make(form, &plan, err);
    if (ok) {
        const struct import_decision *answered = &form->plan.decisions[decision];
        VEC_PUSH(&form->said, ((struct import_question){answered->topic, answered->column}));
        import_plan_release(&form->plan);
        form->plan = plan;
        note_questions(form);
    } else {
        import_plan_release(&plan);
        doc_release(&form->map);
        form->map = (struct doc){.root = NULL};
        yaml_read(buf_text(&before), &form->map, NULL);
    }
    buf_release(&before);
    return ok;
}

/* ---- for the child ---- */

static bool write_file(const char *path, struct text text, struct err *err)
{
    FILE *file = fopen(path, "w");
    bool ok = file && fwrite(text.at, 1, text.length, file) == text.length;
    ok = file && fclose(file) == 0 && ok;
    return ok || err_set(err, "cannot write '%s': %s", path, strerror(errno));
}

bool import_form_request(struct import_form *form, bool dry, struct import_request *out,
                         struct err *err)
{
    struct doc map;
    struct buf yaml = BUF_INIT;
    *out = (struct import_request){.path = buf_string(&form->path),
                                   .report = buf_string(&form->report_path),
                                   .rejects = buf_string(&form->rejects_path),
                                   .dry = dry};
    unlink(out->report);
    unlink(out->rejects);
    if (form->blind)
        return true;
    out->map = buf_string(&form->map_path);
    import_plan_map(&form->plan, &map);
    bool ok = yaml_write(&map, &yaml, err) && write_file(out->map, buf_text(&yaml), err);
    doc_release(&map);
    buf_release(&yaml);
    return ok;
}

/* ---- what was left out ---- */

/* Name and ending of the list's own name: rows are kept in the form they came in. */
static void rejects_name(const struct import_form *form, bool json, struct text folder, int number,
                         struct buf *out)
{
    struct text name = buf_text(&form->path), ending = json ? TEXT("jsonl") : TEXT("csv");
    size_t at;
    while (text_find(name, TEXT("/"), &at))
        name = text_part(name, at + 1, name.length);
    for (at = name.length; at > 1 && name.at[at - 1] != '.'; at--)
        ;
    if (at > 1) {
        if (text_equal_ascii_case(text_part(name, at, name.length - at), TEXT("tsv")))
            ending = TEXT("tsv");
        name = text_part(name, 0, at - 1);
    }
    buf_clear(out);
    buf_add_text(out, folder);
    buf_add_text(out, name);
    buf_add_string(out, "-left-out");
    if (number > 1)
        buf_addf(out, "-%d", number);
    buf_add_char(out, '.');
    buf_add_text(out, ending);
}

static bool copy(FILE *from, FILE *to)
{
    char bytes[1 << 16];
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, from)) > 0;)
        if (fwrite(bytes, 1, count, to) != count)
            return false;
    return !ferror(from);
}

bool import_form_keep_rejects(const struct import_form *form, struct text folder, struct buf *path,
                              struct err *err)
{
    struct whole whole = {.file = NULL};
    struct buf source = BUF_INIT;
    buf_add_text(&source, buf_text(&form->rejects_path));
    FILE *from = source.length > 0 ? fopen(buf_string(&source), "r") : NULL;
    buf_release(&source);
    if (!from)
        return err_set(err,
                       "the rows that were left out are no longer at hand: import the list again");
    int first = fgetc(from);
    rewind(from);
    bool free_name = false;
    for (int number = 1; number < NAMES_TRIED && !free_name; number++) {
        rejects_name(form, first == '{', folder, number, path);
        free_name = whole_allowed(buf_string(path), false, err);
    }
    bool ok = free_name && whole_open(&whole, buf_string(path), false, err);
    if (ok && !copy(from, whole.file)) {
        err_set(err, "cannot write '%s': %s", buf_string(path), strerror(errno));
        ok = false;
        whole_end(&whole, false, err);
    } else if (ok) {
        ok = whole_end(&whole, true, err);
    }
    fclose(from);
    return ok;
}

/* ---- answers for the next file ---- */

static void without_date(struct doc *map)
{
    struct doc_node **node = map->root ? &map->root->first : NULL;
    while (node && *node)
        if (text_is((*node)->key, import_topic_keys[TOPIC_DATE]))
            *node = (*node)->next;
        else
            node = &(*node)->next;
}

static void note_guesses(const struct import_plan *plan, struct doc *map)
{
    for (size_t i = 0; i < plan->decision_count; i++) {
        const struct import_decision *decision = &plan->decisions[i];
        if (decision->guess && decision->topic != TOPIC_DATE && text_known(decision->chosen))
            import_map_put(map, plan, decision, decision->chosen);
    }
}

static void add_answers(const struct import_form *form, enum answers kind, const struct doc *map,
                        struct buf *out)
{
    struct buf yaml = BUF_INIT;
    if (map->root && map->root->first && yaml_write(map, &yaml, NULL)) {
        mark_of(form->headers, kind, out);
        buf_add_char(out, '\n');
        buf_add_text(out, buf_text(&yaml));
    }
    buf_release(&yaml);
}

/* What was kept before of other columns, as far as there is room. */
static void add_others(const struct import_form *form, struct text before, struct buf *out)
{
    struct buf mine = BUF_INIT;
    struct text mark, block;
    size_t count = ANSWERS_KINDS;
    mark_of(form->headers, ANSWERS_SAID, &mine);
    while (out->length > 0 && count < ANSWERS_MOST && next_answers(&before, &mark, &block)) {
        if (text_starts(mark, buf_string(&mine)) ||
            out->length + mark.length + block.length >= ANSWERS_LENGTH_MOST)
            continue;
        buf_add_text(out, mark);
        buf_add_char(out, '\n');
        buf_add_text(out, block);
        count++;
    }
    buf_release(&mine);
}

void import_form_remember(const struct import_form *form, struct text before, struct buf *out)
{
    struct doc said = {.root = NULL}, stood = {.root = NULL};
    struct buf yaml = BUF_INIT;
    buf_clear(out);
    if (yaml_write(&form->map, &yaml, NULL) && yaml_read(buf_text(&yaml), &said, NULL))
        without_date(&said);
    note_guesses(&form->plan, &stood);
    add_answers(form, ANSWERS_SAID, &said, out);
    add_answers(form, ANSWERS_STOOD, &stood, out);
    add_others(form, before, out);
    doc_release(&said);
    doc_release(&stood);
    buf_release(&yaml);
}
