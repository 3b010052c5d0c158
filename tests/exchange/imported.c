#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "imported.h"

static bool take_begin(void *self, struct err *err)
{
    (void)err;
    ((struct imported *)self)->begun++;
    return true;
}

static void add_value(struct buf *out, const struct record *record, enum column column)
{
    if (column_is_text(column)) {
        struct text text = record_text(record, column);
        buf_add_text(out, text_known(text) ? text : TEXT("?"));
        return;
    }
    double number = record_number(record, column);
    if (!number_known(number))
        buf_add_char(out, '?');
    else if (columns[column].unit == UNIT_TIME)
        date_iso(out, number);
    else
        number_exact(out, number);
}

static bool take_put(void *self, const struct record *record, struct err *err)
{
    (void)err;
    struct imported *it = self;
    struct buf *out = &it->records;
    assert_in_range(record->nth, 1, it->counted + 1);
    if (record->nth > it->counted)
        it->counted = record->nth;
    buf_add_text(out, record_text(record, COL_PLATFORM));
    buf_add_char(out, '/');
    buf_add_text(out, record_text(record, COL_HANDLE));
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (!record_has(record, (enum column)i) || i == COL_PLATFORM || i == COL_HANDLE)
            continue;
        buf_addf(out, " %s=", columns[i].key);
        add_value(out, record, (enum column)i);
    }
    if (record->snapshot_count > 0)
        buf_addf(out, " history=%zu", record->snapshot_count);
    buf_add_char(out, '\n');
    return true;
}

static bool take_drop(void *self, int64_t id, struct err *err)
{
    (void)self, (void)id;
    return err_set(err, "nothing is dropped");
}

static bool take_end(void *self, bool ok, struct err *err)
{
    (void)err;
    struct imported *out = self;
    ++*(ok ? &out->ended_ok : &out->ended_bad);
    return true;
}

static void take_problem(void *self, const struct import_problem *problem)
{
    struct buf *out = &((struct imported *)self)->problems;
    buf_addf(out, "%s %zu", import_trouble_words[problem->trouble], problem->line);
    if (problem->first_line > 0)
        buf_addf(out, "<%zu", problem->first_line);
    if (text_known(problem->header)) {
        buf_add_char(out, ' ');
        buf_add_text(out, problem->header);
    }
    if (text_known(problem->value)) {
        buf_add_string(out, " '");
        buf_add_text(out, problem->value);
        buf_add_char(out, '\'');
    }
    buf_addf(out, " %s\n", problem->reason);
}

static void take_mixed(void *self, const struct import_mixed *mixed)
{
    struct buf *out = &((struct imported *)self)->mixed;
    const char *comma = "";
    buf_add_text(out, mixed->header);
    for (int i = 0; i < WRITTEN_COUNT; i++) {
        if (mixed->ways[i].rows == 0)
            continue;
        buf_addf(out, "%s %llu %s %zu '%.*s'", comma, (unsigned long long)mixed->ways[i].rows,
                 import_written_words[i], mixed->ways[i].line, (int)mixed->ways[i].value.length,
                 mixed->ways[i].value.at);
        comma = ",";
    }
    buf_add_char(out, '\n');
}

static void import_source(struct imported *out, struct source *source,
                          const struct import_options *options)
{
    struct import_options none;
    struct record_sink sink = {out, take_begin, take_put, take_drop, take_end};
    struct import_listener listener = {.self = out, .problem = take_problem, .mixed = take_mixed};
    import_options_init(&none);
    out->planned =
        import_plan_make(source, options != NULL ? options : &none, &out->plan, &out->err);
    if (out->planned)
        out->ran = import_run(&out->plan, source, &sink, &listener, &out->report, &out->err);
    source_release(source);
    if (out->planned) {
        assert_int_equal(out->begun, 1);
        assert_int_equal(out->ended_ok, out->ran);
        assert_int_equal(out->ended_bad, !out->ran);
    }
}

void import_bytes(struct imported *out, const char *name, struct text bytes,
                  const struct import_options *options)
{
    struct source source;
    *out = (struct imported){.err = {.message = ""}};
    source_of(&source, name, bytes);
    import_source(out, &source, options);
}

void import_string(struct imported *out, const char *name, const char *bytes)
{
    import_bytes(out, name, text_of(bytes), NULL);
}

void import_fixture(struct imported *out, const char *name, const struct doc *map)
{
    struct buf path = BUF_INIT;
    struct import_options options;
    struct source source;
    *out = (struct imported){.err = {.message = ""}};
    buf_addf(&path, "%s/%s", FIXTURES, name);
    if (!source_open(&source, buf_string(&path), &out->err))
        fail_msg("%s", out->err.message);
    source.date = number_unknown(); /* when the fixture was checked out is nobody's business */
    import_options_init(&options);
    assert_true(date_parse(TEXT("2026-11-23"), &options.now));
    options.map = map;
    import_source(out, &source, &options);
    buf_release(&path);
}

void imported_release(struct imported *out)
{
    import_plan_release(&out->plan);
    buf_release(&out->records);
    buf_release(&out->problems);
    buf_release(&out->mixed);
}

const struct import_column *planned(const struct imported *out, const char *header)
{
    for (size_t i = 0; i < out->plan.column_count; i++)
        if (text_is(out->plan.columns[i].name, header))
            return &out->plan.columns[i];
    fail_msg("the plan has no column '%s'", header);
    return NULL;
}

void assert_records(const struct imported *out, const char *lines)
{
    if (!out->planned || !out->ran)
        fail_msg("not imported: %s", out->err.message);
    assert_string_equal(out->records.at != NULL ? out->records.at : "", lines);
}

void assert_problems(const struct imported *out, const char *lines)
{
    assert_string_equal(out->problems.at != NULL ? out->problems.at : "", lines);
}

void assert_refused(const struct imported *out, const char *words)
{
    if (out->planned)
        fail_msg("should have been refused: %s", words);
    if (strstr(out->err.message, words) == NULL)
        fail_msg("'%s' does not say '%s'", out->err.message, words);
}
