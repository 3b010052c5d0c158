#include <stdlib.h>
#include <string.h>

#include "alias_internal.h"
#include "base/date.h"
#include "base/vec.h"
#include "feed_internal.h"
#include "importers_internal.h"
#include "map_internal.h"
#include "plan_internal.h"
#include "rejects_internal.h"

const struct importer importers[] = {
    {"csv", "csv|tsv|txt|tab", csv_sniff, csv_plan, csv_run},
    {"json", "json", json_sniff, json_plan, json_run},
    {"jsonl", "jsonl|ndjson", jsonl_sniff, jsonl_plan, jsonl_run},
};
const size_t importer_count = COUNT_OF(importers);

void import_options_init(struct import_options *options)
{
    *options = (struct import_options){
        .platform = PLATFORM_COUNT, .date = number_unknown(), .now = number_unknown()};
}

void import_plan_release(struct import_plan *plan)
{
    if (plan == NULL)
        return;
    arena_release(&plan->arena);
    memset(plan, 0, sizeof *plan);
}

static bool has_extension(struct text file, const char *extensions)
{
    struct text rest = file, last = {0};
    size_t dots = 0;
    while (text_next(&rest, '.', &last))
        dots++;
    struct text known = text_of(extensions), word;
    while (dots > 1 && text_next(&known, '|', &word))
        if (text_equal_ascii_case(word, last))
            return true;
    return false;
}

/* The name decides where the bytes do not object. */
static const struct importer *plan_importer(struct text file, struct text sample)
{
    for (size_t i = 0; i < importer_count; i++)
        if (has_extension(file, importers[i].extensions) && importers[i].sniff(sample))
            return &importers[i];
    for (size_t i = 0; i < importer_count; i++)
        if (importers[i].sniff(sample))
            return &importers[i];
    return &importers[0];
}

/* The sample as UTF-8. */
static bool plan_decode(const struct import_plan *plan, struct text sample, struct buf *out,
                        struct err *err)
{
    struct source memory;
    struct feed feed;
    source_of(&memory, "sample", sample);
    bool ok = feed_init_plan(&feed, &memory, plan, err);
    while (ok) {
        struct text block;
        ok = feed_block(&feed, &block, err);
        if (!ok || block.length == 0)
            break;
        buf_add_text(out, block);
    }
    feed_release(&feed);
    source_release(&memory);
    return ok;
}

static bool looks_binary(struct text sample)
{
    size_t odd = 0, length = sample.length < 65536 ? sample.length : 65536;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)sample.at[i];
        odd += c < 0x20 && c != '\n' && c != '\r' && c != '\t';
    }
    return odd * 20 > length;
}

static void plan_encoding(struct import_plan *plan, struct text bytes)
{
    plan->encoding_why = TEXT("your map says so");
    if (plan->encoding != ENCODING_COUNT)
        return;
    struct encoding_guess found = encoding_find(bytes);
    plan->encoding = found.encoding;
    plan->encoding_guess = found.guess;
    plan->encoding_why = found.encoding == ENCODING_WINDOWS_1251
                             ? plan_why(plan, "%zu of %zu words beyond ASCII are Cyrillic then",
                                        found.words, found.all)
                             : text_of(found.why);
}

/* ---- what is no text ---- */

static const struct {
    const char *mark; /* first bytes */
    const char *part; /* and somewhere in them; NULL */
    const char *what;
} others[] = {
    {"PK\3\4", "xl/",
     "it is an Excel workbook: open it, choose Save as, CSV UTF-8, and import that file"},
    {"PK\3\4", "opendocument.spreadsheet",
     "it is an OpenDocument spreadsheet: open it, choose Save as, CSV, and import that file"},
    {"PK\3\4", NULL, "it is an archive: unpack it and import what is in it"},
    {"\xD0\xCF\x11\xE0", NULL,
     "it is an old Excel workbook: open it, choose Save as, CSV UTF-8, and import that file"},
    {"\x1F\x8B", NULL, "it is compressed: unpack it with gunzip"},
    {"%PDF", NULL, "it is a PDF: ask for the table as CSV"},
    {"SQLite format 3", NULL, "it is a SQLite database: open it with --store"},
};

static bool plan_is_text(const struct import_plan *plan, struct text bytes, struct err *err)
{
    size_t at;
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (text_starts(bytes, others[i].mark) &&
            (others[i].part == NULL || text_find(bytes, text_of(others[i].part), &at)))
            return err_set(err, "cannot read '%s': %s", plan->file.at, others[i].what);
    return true;
}

/* What the map says of the layout is about the file that the rejects came from. */
static void plan_rejects(struct import_plan *plan, struct text bytes)
{
    char separator;
    if (!rejects_begin(bytes, &separator))
        return;
    plan->encoding = ENCODING_COUNT;
    plan->header_line = 0;
    plan->separator = separator;
    plan->wrapper = (struct text){0};
}

static bool plan_sample(struct import_plan *plan, struct text bytes, bool whole,
                        const struct import_options *options, struct err *err)
{
    struct buf sample = BUF_INIT;
    plan_rejects(plan, bytes);
    plan->sample_whole = whole;
    plan_encoding(plan, bytes);
    bool ok = plan_is_text(plan, bytes, err) && plan_decode(plan, bytes, &sample, err);
    if (ok && looks_binary(buf_text(&sample)))
        ok = err_set(err, "cannot read '%s': it is not text", plan->file.at);
    if (ok && text_trim(buf_text(&sample)).length == 0)
        ok = err_set(err, "'%s' is empty", plan->file.at);
    if (ok) {
        plan->importer = plan_importer(plan->file, buf_text(&sample));
        ok = plan->importer->plan(plan, buf_text(&sample), whole, options, err);
    }
    buf_release(&sample);
    return ok;
}

bool import_plan_make(struct source *source, const struct import_options *options,
                      struct import_plan *out, struct err *err)
{
    *out = (struct import_plan){.encoding = ENCODING_COUNT,
                                .platform = PLATFORM_COUNT,
                                .date = number_unknown(),
                                .now = options->now,
                                .changed = source->date,
                                .numbers = number_style_english};
    out->file = arena_text(&out->arena, text_of(source->name));
    struct text sample;
    bool whole;
    struct doc map;
    struct import_options all = *options;
    if (!source_sample(source, &sample, &whole, err))
        return false;
    bool ok = rejects_map(sample, &map, err);
    if (ok && map.root != NULL) {
        import_map_merge(&map, options->map);
        all.map = &map;
    }
    ok = ok && (import_map_apply(all.map, out, err) || err_before(err, "mapping file")) &&
         plan_sample(out, sample, whole, &all, err);
    doc_release(&map);
    return ok;
}
