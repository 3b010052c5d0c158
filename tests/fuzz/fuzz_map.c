/* Any bytes as the mapping file of an import: refused with a reason and a place, or a plan by which the rows
 * are read and add up, and whose own map makes the same plan. */
#include "exchange/import.h"
#include "exchange/yaml.h"
#include "fuzz.h"

static const char list[] = "Name;@handle;Abos;ER %;Preis (EUR);Datum;Land\n"
                           "Lena;lena;12.500;4,31;1.500;31.05.2026;DE\n"
                           "Max;max;1,2M;0,04;~300;2026-06-01;Austria\n"
                           ";;;;;;\n";

static bool plan_with(struct source *source, struct doc *map, struct import_plan *plan,
                      struct err *err)
{
    struct import_options options;
    source_of(source, "list.csv", (struct text){list, sizeof list - 1});
    import_options_init(&options);
    options.map = map;
    return import_plan_make(source, &options, plan, err);
}

static void expect_same(const struct import_plan *plan)
{
    struct source source;
    struct doc map;
    struct buf first = BUF_INIT, second = BUF_INIT;
    struct import_plan again;
    struct err err = {.message = ""};
    import_plan_map(plan, &map);
    promise(yaml_write(&map, &first, &err), "a plan can be written");
    promise(plan_with(&source, &map, &again, &err), "and planned with");
    doc_release(&map);
    import_plan_map(&again, &map);
    promise(yaml_write(&map, &second, &err), "again");
    promise(text_equal(buf_text(&first), buf_text(&second)), "to the same plan");
    import_plan_release(&again);
    source_release(&source);
    doc_release(&map);
    buf_release(&first);
    buf_release(&second);
}

static bool begin(void *self, struct err *err)
{
    (void)self, (void)err;
    return true;
}
static bool put(void *self, const struct record *record, struct err *err)
{
    (void)err;
    promise(record_text(record, COL_HANDLE).length > 0, "a record has a handle");
    ++*(uint64_t *)self;
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
    (void)self, (void)ok, (void)err;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source;
    struct import_plan plan;
    struct import_report report;
    struct doc map;
    struct err err = {.message = ""};
    uint64_t put_count = 0;
    struct record_sink sink = {&put_count, begin, put, drop, end};
    if (yaml_read((struct text){(const char *)data, size}, &map, &err)) {
        err = (struct err){.message = ""};
        if (plan_with(&source, &map, &plan, &err)) {
            import_run(&plan, &source, &sink, NULL, &report, &err);
            promise(put_count == report.emitted, "records are counted");
            promise(report.rows == report.rejected + report.creators + report.repeats,
                    "rows add up");
            expect_same(&plan);
        } else {
            promise(err.message[0] != '\0', "a refusal says why");
        }
        import_plan_release(&plan);
        source_release(&source);
    }
    doc_release(&map);
    return 0;
}
