/* Any bytes as lines of a feed: each costs itself at most, and the next good line is a record. */
#include <string.h>

#include "base/utf8.h"
#include "exchange/stream.h"
#include "fuzz.h"

#define NOW 1794787200.0

struct told {
    uint64_t records, rejects;
};

static bool put(void *self, const struct record *record, struct err *err)
{
    static const enum column times[] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT};
    (void)err;
    ((struct told *)self)->records++;
    promise(record->nth == 0, "a stream does not count creators");
    promise(record_platform(record) != PLATFORM_COUNT, "a record has a platform");
    promise(record_text(record, COL_HANDLE).length > 0, "a record has a handle");
    promise(utf8_valid(record_text(record, COL_HANDLE)), "texts are UTF-8");
    for (int i = 0; i < 3; i++)
        promise(!(record_number(record, times[i]) > NOW + 86400), "nothing is of the future");
    return true;
}

static void problem(void *self, const struct import_problem *problem)
{
    ((struct told *)self)->rejects += problem->trouble == TROUBLE_REJECT;
    promise(problem->line > 0 && problem->reason != NULL, "a problem has a place and a reason");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char good[] = "{\"handle\":\"x/good\",\"followers\":1}";
    struct told told = {0};
    struct import_report report = {0};
    struct record_sink sink = {.self = &told, .put = put};
    struct import_listener listener = {.self = &told, .problem = problem};
    struct import_stream *stream = import_stream_new("feed");
    struct text rest = {(const char *)data, size}, line;
    for (size_t number = 1; size && text_next(&rest, '\n', &line); number++) {
        promise(import_stream_line(stream, number, line, NOW, &sink, &listener, &report, NULL),
                "nobody refused");
        uint64_t before = told.records;
        promise(
            import_stream_line(stream, number, TEXT(good), NOW, &sink, &listener, &report, NULL),
            "nobody refused");
        promise(told.records == before + 1, "a good line is a record");
    }
    promise(told.records == report.emitted, "records are counted");
    promise(told.rejects == report.rejected, "rejects are told");
    promise(report.rows == report.rejected + report.emitted, "rows add up");
    import_stream_free(stream);
    return 0;
}
