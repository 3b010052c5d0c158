#include "screen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/vec.h"
#include "exchange/import.h"
#include "screen_form_internal.h"
#include "ui/view.h"

static int utf8proc_width(uint32_t code_point)
{
    return utf8proc_charwidth((utf8proc_int32_t)code_point);
}
const struct width_table screen_widths = {utf8proc_width};

static void give_up(const char *what, const struct err *err)
{
    fprintf(stderr, "screen: %s: %s\n", what, err->message);
    abort();
}

/* creators: the import gives no ids, the store does; here they are counted */

struct numbering {
    struct record_sink below;
    int64_t count;
};

static bool numbering_begin(void *self, struct err *err)
{
    struct numbering *numbering = self;
    return numbering->below.begin(numbering->below.self, err);
}

/* Two creators out of three have a past, one in five of them has bought followers in spring. */
static bool has_past(int64_t id)
{
    return id % 3 != 0;
}

static bool has_bought(int64_t id)
{
    return has_past(id) && id % 5 == 0;
}

static bool numbering_put(void *self, const struct record *record, struct err *err)
{
    struct numbering *numbering = self;
    struct record numbered = *record;
    numbered.id = ++numbering->count;
    if (has_bought(numbered.id))
        record_set_number(&numbered, COL_JUMP, 46.75);
    return numbering->below.put(numbering->below.self, &numbered, err);
}

static bool numbering_drop(void *self, int64_t id, struct err *err)
{
    struct numbering *numbering = self;
    return numbering->below.drop(numbering->below.self, id, err);
}

static bool numbering_end(void *self, bool ok, struct err *err)
{
    struct numbering *numbering = self;
    return numbering->below.end(numbering->below.self, ok, err);
}

static void load(struct catalog *catalog, const char *path)
{
    struct err err = {.message = ""};
    struct source source;
    struct import_options options;
    struct import_plan plan;
    struct import_report report;
    struct numbering numbering = {.below = catalog_sink(catalog)};
    struct record_sink sink = {.self = &numbering,
                               .begin = numbering_begin,
                               .put = numbering_put,
                               .drop = numbering_drop,
                               .end = numbering_end};
    import_options_init(&options);
    if (!source_open(&source, path, &err) || !import_plan_make(&source, &options, &plan, &err) ||
        !import_run(&plan, &source, &sink, NULL, &report, &err))
        give_up(path, &err);
    import_plan_release(&plan);
    source_release(&source);
}

void screen_init(struct screen *screen, const char *creators, int columns_, int rows)
{
    *screen = (struct screen){.answered = 0};
    catalog_init(&screen->catalog);
    if (creators)
        load(&screen->catalog, creators);
    sheet_init(&screen->sheet, &screen->catalog);
    model_init(&screen->model, &screen->catalog, &screen->sheet, SCREEN_NOW, columns_, rows);
    canvas_init(&screen->canvas, &screen_widths, &glyphs_unicode);
    struct peers peers;
    peers_init(&peers);
    peers_make(&peers, catalog_facts(&screen->catalog), screen->catalog.live, SCREEN_NOW);
    screen_send(screen, &(struct message){.kind = MESSAGE_PEERS, .peers = &peers});
    screen_send(screen, &(struct message){.kind = MESSAGE_LOADED});
}

void screen_release(struct screen *screen)
{
    model_release(&screen->model);
    sheet_release(&screen->sheet);
    catalog_release(&screen->catalog);
    canvas_release(&screen->canvas);
    effects_release(&screen->effects);
    arena_release(&screen->form_arena);
}

void screen_glyphs(struct screen *screen, const struct glyph_set *glyphs)
{
    screen->canvas.glyphs = glyphs;
}

/* What the store would know of the past: half a year of weeks on the way to today's followers. */
static void answer_history(struct screen *screen, enum message_kind kind, int64_t id)
{
    enum { WEEKS = 26 };
    struct snapshot past[WEEKS];
    uint32_t row = catalog_find_id(&screen->catalog, id);
    double followers =
        row == CATALOG_NONE ? NAN : catalog_number(&screen->catalog, COL_FOLLOWERS, row);
    double likes = row == CATALOG_NONE ? NAN : catalog_number(&screen->catalog, COL_LIKES, row);
    size_t count = has_past(id) && number_known(followers) ? WEEKS : 0;
    for (size_t i = 0; i < count; i++) {
        double back = (double)(WEEKS - 1 - i), wave = (double)((id * 7 + (int64_t)i * 5) % 11);
        double bought = has_bought(id) && back > 11 ? 0.85 : 1;
        past[i] = snapshot_at(SCREEN_NOW - back * 7 * 86400);
        past[i].followers = round(bought * followers * (1 - back * 0.004) + wave);
        past[i].likes = round(likes * (1 + back * 0.01) + wave);
    }
    update(&screen->model,
           &(struct message){.kind = kind, .id = id, .snapshots = past, .snapshot_count = count},
           &screen->effects);
}

/* What the store would know of them at an earlier time: one creator in four had another fee, other
 * likes, fewer followers, or nobody had looked for false followers yet. */
static struct snapshot past_of(const struct screen *screen, uint32_t row, double at)
{
    const struct catalog *catalog = &screen->catalog;
    struct snapshot then = snapshot_at(at);
    int64_t id = catalog_id(catalog, row);
    for (size_t i = 0; i < SNAPSHOT_FIELDS && id % 13; i++)
        *snapshot_figure(&then, i) = catalog_number(catalog, snapshot_fields[i].column, row);
    for (size_t i = 0; i < SNAPSHOT_WORDS; i++)
        snapshot_set_word(&then, snapshot_words[i], catalog_text(catalog, snapshot_words[i], row));
    if (id % 4 == 0)
        then.fee *= 1.25;
    else if (id % 4 == 1)
        then.likes *= 0.9;
    else if (id % 4 == 2)
        then.followers = round(then.followers * 0.97);
    else
        then.credibility = NAN;
    return then;
}

static bool answer_then(struct screen *screen)
{
    static struct changes_then thens[CHANGES_PAGE];
    int64_t ids[CHANGES_PAGE];
    size_t count = model_then_wanted(&screen->model, ids);
    double since = screen->model.changes.since;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = catalog_find_id(&screen->catalog, ids[i]);
        thens[i] = (struct changes_then){ids[i], past_of(screen, row, since)};
    }
    if (count > 0)
        update(&screen->model,
               &(struct message){
                   .kind = MESSAGE_THEN, .now = since, .thens = thens, .then_count = count},
               &screen->effects);
    return count > 0;
}

static void answer_gone(struct screen *screen, double since)
{
    const struct changes_gone gone[] = {
        {PLATFORM_INSTAGRAM, TEXT("hanna.hues"), SCREEN_NOW - 2 * DATE_DAY, false, false},
        {PLATFORM_TIKTOK, TEXT("oat.and.argan"), SCREEN_NOW - 3 * DATE_DAY, false, false},
        {PLATFORM_INSTAGRAM, TEXT("la.crema"), SCREEN_NOW - 20 * DATE_DAY, false, true}};
    size_t count = 0;
    while (count < COUNT_OF(gone) && gone[count].at > since)
        count++;
    update(&screen->model,
           &(struct message){.kind = MESSAGE_GONE, .now = since, .gone = gone, .gone_count = count},
           &screen->effects);
}

void screen_send(struct screen *screen, const struct message *message)
{
    update(&screen->model, message, &screen->effects);
    while (screen->answered < screen->effects.count) {
        struct effect effect = screen->effects.items[screen->answered++];
        if (effect.kind == EFFECT_HISTORY)
            answer_history(screen, MESSAGE_HISTORY, effect.id);
        if (effect.kind == EFFECT_GONE)
            answer_gone(screen, effect.number);
    }
    int64_t wanted;
    while ((wanted = model_trend_wanted(&screen->model)) != 0)
        answer_history(screen, MESSAGE_TREND, wanted);
    while (answer_then(screen))
        continue;
}

void screen_key(struct screen *screen, uint32_t key)
{
    screen_send(screen, &(struct message){.kind = MESSAGE_KEY, .key = key});
}

void screen_type(struct screen *screen, const char *letters)
{
    struct text text = text_of(letters);
    uint32_t code;
    for (size_t length; (length = utf8_decode(text, &code)) > 0;
         text = text_part(text, length, text.length))
        screen_key(screen, code);
}

void screen_mouse(struct screen *screen, enum mouse_kind kind, int column, int row)
{
    screen_draw(screen); /* what is clicked on is what is seen */
    screen_send(screen, &(struct message){.kind = MESSAGE_MOUSE,
                                          .mouse = kind,
                                          .column = column,
                                          .row = row,
                                          .hit = canvas_hit_at(&screen->canvas, column, row)});
}

void screen_resize(struct screen *screen, int columns_, int rows)
{
    screen_send(screen,
                &(struct message){.kind = MESSAGE_RESIZE, .columns = columns_, .rows = rows});
}

void screen_forget(struct screen *screen)
{
    effects_release(&screen->effects);
    screen->answered = 0;
}

size_t screen_effects(const struct screen *screen, enum effect_kind kind, struct effect *last)
{
    size_t count = 0;
    for (size_t i = 0; i < screen->effects.count; i++) {
        if (screen->effects.items[i].kind != kind)
            continue;
        count++;
        if (last)
            *last = screen->effects.items[i];
    }
    return count;
}

/* scripts */

static void step_text(struct screen *screen, const char *rest)
{
    screen_type(screen, rest);
}

static void step_paste(struct screen *screen, const char *rest)
{
    screen_send(screen, &(struct message){.kind = MESSAGE_PASTE, .text = text_of(rest)});
}

static void step_notice(struct screen *screen, const char *rest)
{
    screen_send(screen, &(struct message){.kind = MESSAGE_NOTICE, .text = text_of(rest)});
}

static void step_saved(struct screen *screen, const char *rest)
{
    screen_send(screen, &(struct message){.kind = MESSAGE_SAVED, .text = text_of(rest)});
}

static void step_failed(struct screen *screen, const char *rest)
{
    screen_send(screen, &(struct message){.kind = MESSAGE_FAILED, .text = text_of(rest)});
}

static void step_mouse(struct screen *screen, enum mouse_kind kind, const char *rest)
{
    int column = 0, row = 0;
    sscanf(rest, "%d,%d", &column, &row);
    screen_mouse(screen, kind, column, row);
}

static void step_click(struct screen *screen, const char *rest)
{
    step_mouse(screen, MOUSE_PRESS, rest);
}

static void step_double(struct screen *screen, const char *rest)
{
    step_mouse(screen, MOUSE_DOUBLE, rest);
}

static void step_wheel(struct screen *screen, const char *rest)
{
    screen_mouse(screen, strcmp(rest, "up") == 0 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN, 0, 0);
}

static void step_resize(struct screen *screen, const char *rest)
{
    int columns_ = 0, rows = 0;
    sscanf(rest, "%dx%d", &columns_, &rows);
    screen_resize(screen, columns_, rows);
}

static void step_glyphs(struct screen *screen, const char *rest)
{
    static const struct glyph_set *const sets[] = {&glyphs_ascii, &glyphs_blocks, &glyphs_console};
    const struct glyph_set *glyphs = &glyphs_unicode;
    for (size_t i = 0; i < COUNT_OF(sets); i++)
        if (strcmp(rest, sets[i]->name) == 0)
            glyphs = sets[i];
    screen_glyphs(screen, glyphs);
}

static void step_loading(struct screen *screen, const char *rest)
{
    unsigned long long done = 0, total = 0;
    sscanf(rest, "%llu of %llu", &done, &total);
    screen_send(screen, &(struct message){.kind = MESSAGE_LOADING, .done = done, .total = total});
}

static void step_job(struct screen *screen, const char *rest)
{
    unsigned long long rows = 0, done = 0, total = 0;
    double seconds = 0;
    char name[64] = "";
    sscanf(rest, "%63s %llu rows %llu of %llu in %lf", name, &rows, &done, &total, &seconds);
    screen_send(
        screen,
        &(struct message){
            .kind = MESSAGE_JOB,
            .text = text_of(name),
            .job = {
                .running = true, .rows = rows, .done = done, .total = total, .seconds = seconds}});
}

static void step_paths(struct screen *screen, const char *rest)
{
    struct text paths[16], line = text_of(rest), folder = TEXT("");
    size_t count = 0;
    text_next(&line, '|', &folder);
    while (count < COUNT_OF(paths) && text_next(&line, '|', &paths[count]))
        count++;
    screen_send(screen,
                &(struct message){
                    .kind = MESSAGE_PATHS, .text = folder, .paths = paths, .path_count = count});
}

static void step_folder(struct screen *screen, const char *rest)
{
    screen_send(screen, &(struct message){.kind = MESSAGE_FOLDER, .text = text_of(rest)});
}

static void step_taken(struct screen *screen, const char *rest)
{
    (void)rest;
    screen_send(screen, &(struct message){.kind = MESSAGE_TAKEN});
}

static void step_loaded(struct screen *screen, const char *rest)
{
    (void)rest;
    screen_send(screen, &(struct message){.kind = MESSAGE_LOADED});
}

static void step_read_only(struct screen *screen, const char *rest)
{
    (void)rest;
    screen->model.read_only = true;
}

static void step_sample(struct screen *screen, const char *rest)
{
    (void)rest;
    model_sample(&screen->model);
    step_loaded(screen, rest);
}

static void step_later(struct screen *screen, const char *rest)
{
    screen_send(screen, &(struct message){.kind = MESSAGE_TICK,
                                          .now = screen->model.now + atof(rest) * 86400});
}

/* Somebody was here so many days ago; meanwhile one creator in six came and half of the others changed. */
static void step_visit(struct screen *screen, const char *rest)
{
    struct record_sink sink = catalog_sink(&screen->catalog);
    sink.begin(sink.self, NULL);
    for (uint32_t row = 0; row < screen->catalog.count; row++) {
        struct record record;
        record_clear(&record);
        record.id = catalog_id(&screen->catalog, row);
        bool came = record.id % 6 == 5;
        record_set_number(&record, COL_ADDED_AT, SCREEN_NOW - (came ? 2 : 60) * DATE_DAY);
        record_set_text(&record, COL_HANDLE, catalog_text(&screen->catalog, COL_HANDLE, row));
        if (record.id % 3 != 2 || record.id % 4 == 3)
            record_set_number(&record, COL_CHANGED_AT, SCREEN_NOW - DATE_DAY);
        sink.put(sink.self, &record, NULL);
    }
    sink.end(sink.self, true, NULL);
    screen_send(screen, &(struct message){.kind = MESSAGE_VISIT,
                                          .now = SCREEN_NOW - atof(rest) * DATE_DAY});
}

/* The creator under the cursor is on another platform too, and in the plan with both. */
static void step_also(struct screen *screen, const char *rest)
{
    struct record_sink sink = catalog_sink(&screen->catalog);
    struct record record;
    struct planned planned = planned_none();
    uint32_t row = model_row(&screen->model);
    enum platform platform = PLATFORM_OTHER;
    platform_from_word(text_of(rest), &platform);
    record_clear(&record);
    record.id = (int64_t)screen->catalog.count + 1000;
    record_set_text(&record, COL_PLATFORM, text_of(platforms[platform].word));
    record_set_text(&record, COL_HANDLE, catalog_text(&screen->catalog, COL_HANDLE, row));
    record_set_number(&record, COL_FOLLOWERS, 20000);
    record_set_number(&record, COL_VIEWS, 9000);
    record_set_number(&record, COL_FEE, 9000);
    sink.begin(sink.self, NULL);
    sink.put(sink.self, &record, NULL);
    sink.end(sink.self, true, NULL);
    planned.deliverables = 1;
    catalog_plan_put(&screen->catalog, row, &planned);
    catalog_plan_put(&screen->catalog, catalog_find_id(&screen->catalog, record.id), &planned);
    screen_send(screen, &(struct message){.kind = MESSAGE_TICK, .now = screen->model.now});
}

static const struct {
    const char *word; /* a step starts with it; the rest is its argument */
    void (*run)(struct screen *screen, const char *rest);
} steps[] = {
    {"text:", step_text},           {"paste:", step_paste},        {"notice:", step_notice},
    {"failed:", step_failed},       {"click ", step_click},        {"double ", step_double},
    {"wheel ", step_wheel},         {"resize ", step_resize},      {"glyphs ", step_glyphs},
    {"loading ", step_loading},     {"loaded", step_loaded},       {"read-only", step_read_only},
    {"later ", step_later},         {"visit ", step_visit},        {"job ", step_job},
    {"paths ", step_paths},         {"form ", step_form},          {"ask ", step_ask},
    {"column ", step_column},       {"show form", step_show_form}, {"lost ", step_lost},
    {"more lost ", step_more_lost}, {"figures ", step_figures},    {"folder ", step_folder},
    {"note ", step_note},           {"taken", step_taken},         {"batch ", step_batch},
    {"show imports", step_imports}, {"list ", step_list},          {"show lists", step_lists},
    {"sample", step_sample},        {"also ", step_also},          {"saved ", step_saved},
};

static bool key_of(struct text word, uint32_t *key)
{
    uint32_t code;
    if (utf8_decode(word, &code) == word.length && code > ' ') {
        *key = code;
        return true;
    }
    struct buf name = BUF_INIT;
    bool found = false;
    for (uint32_t i = 0; i <= K_LAST_NAMED && !found; i = i == 127 ? K_FIRST_NAMED : i + 1) {
        buf_clear(&name);
        key_label(i, &name);
        found = text_equal(buf_text(&name), word);
        *key = i;
    }
    buf_release(&name);
    return found;
}

static bool run_keys(struct screen *screen, struct text line)
{
    struct text word;
    uint32_t key;
    while (text_next(&line, ' ', &word)) {
        if (word.length == 0)
            continue;
        if (!key_of(word, &key))
            return false;
        screen_key(screen, key);
    }
    return true;
}

bool screen_run(struct screen *screen, struct text script, struct err *err)
{
    struct text line;
    size_t number = 0;
    while (text_next(&script, '\n', &line)) {
        number++;
        line = text_trim(line);
        if (line.length == 0 || (line.at[0] == '#' && line.length > 1))
            continue;
        struct buf whole = BUF_INIT;
        buf_add_text(&whole, line);
        const char *string = buf_string(&whole);
        bool known = false;
        for (size_t i = 0; i < COUNT_OF(steps) && !known; i++) {
            size_t length = strlen(steps[i].word);
            known = strncmp(string, steps[i].word, length) == 0;
            if (known)
                steps[i].run(screen, string + length);
        }
        known = known || run_keys(screen, line);
        if (!known)
            err_set(err, "line %zu: no step and no key: %s", number, string);
        buf_release(&whole);
        if (!known)
            return false;
    }
    return true;
}

/* the screen */

void screen_draw(struct screen *screen)
{
    view(&screen->model, &screen->canvas);
}

void screen_print(struct screen *screen, struct buf *out)
{
    screen_draw(screen);
    const struct canvas *canvas = &screen->canvas;
    for (int row = 0; row < canvas->rows; row++) {
        canvas_row_text(canvas, row, out);
        buf_add_char(out, '\n');
    }
    for (int surface = 0; surface < 2; surface++) {
        buf_add_string(out, "====\n");
        for (int row = 0; row < canvas->rows; row++) {
            canvas_row_roles(canvas, row, surface, out);
            buf_add_char(out, '\n');
        }
    }
}

const char *screen_row(const struct screen *screen, int row, struct buf *room)
{
    buf_clear(room);
    canvas_row_text(&screen->canvas, row, room);
    return buf_string(room);
}
