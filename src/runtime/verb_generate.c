#include <string.h>

#include "base/date.h"
#include "domain/generate.h"
#include "runtime/clock.h"
#include "runtime/patience.h"
#include "store/figures.h"
#include "store/store.h"
#include "store/writer.h"
#include "verbs_internal.h"

static bool read_options(const struct cli *cli, struct generate_options *options, struct err *err)
{
    const char *date = cli->values[OPTION_DATE];
    double creators = 0, seed = 1, niches = GENERATE_NICHES, countries = GENERATE_COUNTRIES;
    double snapshots = 0;
    generate_options_init(options);
    if (!cli->given[OPTION_CREATORS])
        return err_set(err, "say how many: microscope generate --creators 1000");
    if (date && !date_parse(text_of(date), &options->now))
        return err_set(err, "'--date' takes a day like 2026-11-16, not '%s'", date);
    if (!verb_whole(cli, OPTION_CREATORS, 1, 1e9, &creators, err) ||
        !verb_whole(cli, OPTION_SEED, 0, 1e15, &seed, err) ||
        !verb_whole(cli, OPTION_NICHES, 1, GENERATE_NICHES, &niches, err) ||
        !verb_whole(cli, OPTION_COUNTRIES, 1, GENERATE_COUNTRIES, &countries, err) ||
        !verb_whole(cli, OPTION_SNAPSHOTS, 0, GENERATE_SNAPSHOTS, &snapshots, err))
        return false;
    options->creators = (uint64_t)creators;
    options->seed = (uint64_t)seed;
    options->niches = (unsigned)niches;
    options->countries = (unsigned)countries;
    options->snapshots = (unsigned)snapshots;
    return true;
}

static int into_store(const char *path, bool plain, const struct generate_options *options)
{
    struct store *store;
    struct peers peers;
    struct err err;
    if (!cli_no_list(path, &err) ||
        !patience_open_for_a_verb(path, STORE_WRITE, plain, &store, &err))
        return verb_failed(&err);
    store_set_clock(store, clock_now);
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    bool ok = generate(options, &sink, &err);
    struct store_written written = store_writer_written(writer);
    store_writer_free(writer);
    ok = ok && store_peers_make(store, clock_now(), &peers, &err);
    if (ok)
        say("%llu creators in '%s' are new, %llu changed, %llu as they were",
            (unsigned long long)written.added, path, (unsigned long long)written.changed,
            (unsigned long long)written.unchanged);
    store_close(store);
    return ok ? EXIT_DONE : verb_failed(&err);
}

static int onto_output(const struct cli *cli, const struct generate_options *options)
{
    struct err err;
    struct output output;
    const struct exporter *format =
        verb_format(cli, options->snapshots > 0 ? "jsonl" : "csv", &err);
    if (format && options->snapshots > 0 && strncmp(format->name, "json", 4) != 0)
        format = NULL, err_set(&err, "history needs --format json or jsonl");
    if (!format)
        return verb_misused(&err);
    struct writer_options writing = verb_writer_options(cli);
    if (!format->people)
        writing.style = number_style_plain;
    output_init(&output);
    struct record_writer *writer =
        record_writer_new(format, &writing, output_writer(&output), generate_columns,
                          generate_column_count, options->snapshots > 0);
    struct record_sink sink = record_writer_sink(writer);
    bool ok = generate(options, &sink, &err);
    int status = output_end(&output, ok, &err) ? EXIT_DONE : verb_failed(&err);
    record_writer_free(writer);
    output_release(&output);
    return status;
}

int verb_generate(const struct cli *cli)
{
    struct generate_options options;
    struct err err;
    if (!read_options(cli, &options, &err))
        return verb_misused(&err);
    if (!cli->given[OPTION_STORE])
        return onto_output(cli, &options);
    if (cli->given[OPTION_FORMAT]) {
        say("'--format' is for standard output, '--store' for a store: give one of them");
        return EXIT_USAGE;
    }
    return into_store(cli->values[OPTION_STORE], cli->config->plain, &options);
}
