#include "exchange/stream.h"

#include <stdlib.h>

#include "alias_internal.h"
#include "base/mem.h"
#include "base/vec.h"
#include "plan_internal.h"
#include "walk_internal.h"

struct import_stream {
    struct import_plan plan;
    struct import_walk walk;
    struct names paths; /* those of the plan, then unknown ones */
};

/* Keys that are no columns. */
static const struct {
    const char *key;
    enum import_use use;
} more_keys[] = {{"at", USE_DATE}, {"snapshots", USE_SNAPSHOTS}};

static void add_key(struct import_plan *plan, const char *key, enum import_use use,
                    enum column column)
{
    size_t at = plan->column_count++;
    plan->columns[at] = (struct import_column){.name = text_of(key),
                                               .place = at + 1,
                                               .use = use,
                                               .column = column,
                                               .numbers = number_style_english,
                                               .why = TEXT("key")};
}

static void make_plan(struct import_plan *plan, const char *name)
{
    *plan = (struct import_plan){.encoding = ENCODING_UTF8,
                                 .platform = PLATFORM_COUNT,
                                 .date = number_unknown(),
                                 .now = number_unknown(),
                                 .changed = number_unknown(),
                                 .numbers = number_style_english,
                                 .ours = true};
    plan->file = arena_text(&plan->arena, text_of(name));
    plan->columns =
        arena_alloc(&plan->arena, (COLUMN_COUNT + COUNT_OF(more_keys)) * sizeof *plan->columns);
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        if (column == COL_URL)
            add_key(plan, columns[column].key, USE_LINK, column);
        else
            add_key(plan, columns[column].key, column_imported(column) ? USE_COLUMN : USE_IGNORED,
                    column);
    for (size_t i = 0; i < COUNT_OF(more_keys); i++)
        add_key(plan, more_keys[i].key, more_keys[i].use, 0);
}

struct import_stream *import_stream_new(const char *name)
{
    struct import_stream *stream = mem_zero(1, sizeof *stream);
    make_plan(&stream->plan, name);
    for (size_t i = 0; i < stream->plan.column_count; i++)
        names_add(&stream->paths, stream->plan.columns[i].name);
    stream->walk.plan = &stream->plan;
    stream->walk.endless = true;
    walk_compile(&stream->walk);
    return stream;
}

void import_stream_free(struct import_stream *stream)
{
    if (stream == NULL)
        return;
    walk_release(&stream->walk);
    names_release(&stream->paths);
    import_plan_release(&stream->plan);
    free(stream);
}

static bool on_row(void *self, const struct row *row, struct err *err)
{
    struct import_stream *stream = self;
    return walk_row(&stream->walk, row, err);
}

static bool on_broken(void *self, size_t line, struct text value, struct text raw,
                      const char *reason, struct err *err)
{
    struct import_stream *stream = self;
    return walk_broken(&stream->walk, line, value, raw, reason, err);
}

static void tell_new_keys(struct import_stream *stream, size_t known, size_t line)
{
    struct import_walk *walk = &stream->walk;
    for (size_t i = known; i < stream->paths.count; i++) {
        struct import_problem problem = {.trouble = TROUBLE_WARNING,
                                         .line = line,
                                         .header = stream->paths.items[i],
                                         .reason = "not a key of ours: left out"};
        walk->report->warnings++;
        if (walk->listener != NULL && walk->listener->problem != NULL)
            walk->listener->problem(walk->listener->self, &problem);
    }
}

bool import_stream_line(struct import_stream *stream, size_t number, struct text line, double now,
                        const struct record_sink *sink, const struct import_listener *listener,
                        struct import_report *report, struct err *err)
{
    struct row_taker taker = {stream, on_row, on_broken, false};
    struct json_place place = {{0}, true};
    struct source memory;
    struct feed feed;
    size_t known = stream->paths.count;
    stream->plan.date = now;
    stream->walk.sink = sink;
    stream->walk.listener = listener;
    stream->walk.report = report;
    stream->walk.source = &memory;
    source_of(&memory, "line", line);
    bool ok = feed_init(&feed, &memory, number == 1 ? ENCODING_UTF8_BOM : ENCODING_UTF8, err);
    if (ok) {
        feed.line = number;
        ok = json_rows(&feed, place, &stream->paths, &taker, err);
        tell_new_keys(stream, known, number);
        feed_release(&feed);
    }
    source_release(&memory);
    return ok;
}
