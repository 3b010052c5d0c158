#include "fuzz_import.h"

#include <string.h>

#include "base/utf8.h"
#include "exchange/import.h"
#include "exchange/yaml.h"
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

/* The same bytes, planned with the map of a plan that is there: nothing changes. */
static void fuzz_map(const char *name, struct text bytes, const struct import_plan *plan,
                     const struct import_report *wanted)
{
    struct source source;
    struct import_plan mapped;
    struct import_options options;
    struct doc map, again;
    struct buf yaml = {0};
    struct err err = {.message = ""};
    import_options_init(&options);
    source_of(&source, name, bytes);
    import_plan_map(plan, &map);
    promise(yaml_write(&map, &yaml, &err), "a plan can be written");
    promise(yaml_read(buf_text(&yaml), &again, &err), "what was written can be read");
    options.map = &again;
    promise(import_plan_make(&source, &options, &mapped, &err), "a plan can be planned with");
    struct told told = {0};
    struct import_report report;
    struct record_sink sink = {&told, begin, put, drop, end};
    import_run(&mapped, &source, &sink, NULL, &report, &err);
    promise(memcmp(&report, wanted, sizeof report) == 0, "a plan as a map gives the same import");
    import_plan_release(&mapped);
    source_release(&source);
    doc_release(&map);
    doc_release(&again);
    buf_release(&yaml);
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
        struct import_listener listener = {.self = &told, .problem = problem};
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
        fuzz_map(name, bytes, &plan, &report);
        buf_release(&printed);
    } else {
        promise(err.message[0] != '\0', "a refusal says why");
    }
    import_plan_release(&plan);
    source_release(&source);
}
