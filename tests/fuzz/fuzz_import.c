#include "fuzz_import.h"

#include "base/utf8.h"
#include "exchange/import.h"
#include "fuzz.h"

struct told {
    uint64_t records;
    uint64_t problems[TROUBLE_COUNT];
    size_t begun, ended;
};

static bool begin(void *self, struct err *err)
{
    (void)err;
    ((struct told *)self)->begun++;
    return true;
}

static bool put(void *self, const struct record *record, struct err *err)
{
    (void)err;
    ((struct told *)self)->records++;
    promise(record_platform(record) != PLATFORM_COUNT, "a record has a platform");
    promise(record_text(record, COL_HANDLE).length > 0, "a record has a handle");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (!record_has(record, (enum column)i))
            continue;
        promise(columns[i].stored, "only stored columns are imported");
        struct text text = record_text(record, (enum column)i);
        if (column_is_text((enum column)i))
            promise(!text_known(text) || utf8_valid(text), "texts are UTF-8");
        else if (columns[i].unit != UNIT_TIME)
            promise(!(record_number(record, (enum column)i) < 0), "no figure is negative");
    }
    return true;
}

static bool drop(void *self, int64_t id, struct err *err)
{
    (void)self, (void)id, (void)err;
    promise(0, "an import drops nothing");
    return false;
}

static bool end(void *self, bool ok, struct err *err)
{
    (void)ok, (void)err;
    ((struct told *)self)->ended++;
    return true;
}

static void problem(void *self, const struct import_problem *problem)
{
    ((struct told *)self)->problems[problem->trouble]++;
    promise(problem->line > 0 && problem->reason != NULL, "a problem has a place and a reason");
    promise(problem->value.length <= 200, "a value is told in short");
}

void fuzz_import(const char *name, struct text bytes)
{
    struct source source;
    struct import_plan plan;
    struct import_options options;
    struct err err = {.message = ""};
    import_options_init(&options);
    source_of(&source, name, bytes);
    if (import_plan_make(&source, &options, &plan, &err)) {
        struct told told = {0};
        struct import_report report;
        struct record_sink sink = {&told, begin, put, drop, end};
        struct import_listener listener = {&told, problem, NULL};
        struct buf printed = {0};
        import_plan_print(&plan, &printed);
        promise(utf8_valid(buf_text(&printed)), "the plan is UTF-8");
        import_run(&plan, &source, &sink, &listener, &report, &err);
        promise(told.begun == 1 && told.ended == 1, "a sink is begun and ended once");
        promise(told.records == report.emitted, "records are counted");
        promise(told.problems[TROUBLE_REJECT] == report.rejected, "rejects are told");
        promise(told.problems[TROUBLE_REPEAT] == report.repeats, "repeats are told");
        promise(report.rows == report.rejected + report.creators + report.repeats, "rows add up");
        promise(report.emitted + report.identical == report.creators + report.repeats,
                "records add up");
        buf_release(&printed);
    } else {
        promise(err.message[0] != '\0', "a refusal says why");
    }
    import_plan_release(&plan);
    source_release(&source);
}
