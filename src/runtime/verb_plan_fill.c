#include <math.h>

#include "base/vec.h"
#include "catalog/query.h"
#include "plan_fill_internal.h"

/* microscope plan fill: whom the budget buys for the greatest profit. */

#define LOOKS_A_STEP ((size_t)1 << 22)
#define POSTS_MOST 60

static bool read_rules(const struct cli *cli, struct plan_fill *filling, struct err *err)
{
    struct filter_context context = {&filling->session.sheet, true};
    struct text rest = text_of(cli->values[OPTION_RULES]), word;
    while (text_next(&rest, ';', &word)) {
        if (text_trim(word).length == 0)
            continue;
        if (filling->wish.rule_count == ALLOCATION_RULES)
            return err_set(err, "'--rules' takes %d rules at most", ALLOCATION_RULES);
        struct fill_rule *rule = &filling->wish.rules[filling->wish.rule_count];
        if (!fill_rule_parse(word, &context, rule, err))
            return err_before(err, "'--rules', in '%.*s'", (int)text_trim(word).length,
                              text_trim(word).at);
        filling->wish.rule_count++;
    }
    return true;
}

static bool read_wish(const struct cli *cli, struct plan_fill *filling, struct err *err)
{
    struct fill_wish *wish = &filling->wish;
    if (!plan_budget(cli, &filling->session.scenario, err))
        return false;
    fill_wish_init(wish, &filling->session.scenario);
    double most = wish->most;
    if (!verb_whole(cli, OPTION_MOST, 1, POSTS_MOST, &most, err))
        return false;
    wish->most = (unsigned)most;
    wish->keep = !cli->given[OPTION_CHANGE];
    wish->estimated = !cli->given[OPTION_KNOWN_FEES];
    return read_rules(cli, filling, err);
}

static void solve(struct plan_fill *filling, const struct query *query)
{
    struct query_result result = {0};
    query_finish(query, &filling->session.sheet, &result);
    filling->fill = fill_new(&filling->session.sheet, &filling->wish, rowset_rows(&result.rows));
    while (fill_step(filling->fill, LOOKS_A_STEP))
        continue;
    filling->report = fill_report(filling->fill);
    query_result_release(&result);
}

static bool keep_change(const struct plan_fill *filling, struct scenario_file *file,
                        const struct fill_change *change, struct err *err)
{
    const struct catalog *catalog = &filling->session.catalog;
    struct planned planned = catalog_plan_get(catalog, change->row);
    planned.deliverables = change->after;
    struct store_plan_row kept = {catalog_platform(catalog, change->row),
                                  catalog_key(catalog, change->row), planned};
    plan_entries_put(&file->entries, kept.platform, kept.key, &planned);
    return store_plan_set(file->store, text_of(file->scenario.name), &kept, err);
}

static int keep_all(const struct cli *cli, const struct plan_fill *filling)
{
    struct scenario_file file;
    struct err err;
    bool ok = true;
    int status = EXIT_FAILED;
    if (!scenario_open(cli, STORE_WRITE, &file))
        return EXIT_FAILED;
    if (!store_begin(file.store, &err)) {
        status = verb_failed(&err);
    } else {
        for (size_t i = 0; i < filling->report->change_count && ok; i++)
            ok = keep_change(filling, &file, &filling->report->changes[i], &err);
        status = scenario_end(&file, ok, &err);
    }
    if (status == EXIT_DONE)
        plan_say(&file);
    scenario_close(&file);
    return status;
}

static int print(struct plan_fill *filling, const struct cli *cli, const struct exporter *format)
{
    struct output output;
    struct err err;
    output_init(&output);
    bool ok = plan_fill_print(filling, cli, format, &output, &err);
    int status = output_end(&output, ok, &err) ? EXIT_DONE : verb_failed(&err);
    output_release(&output);
    return status;
}

static int run(const struct cli *cli, struct plan_fill *filling, const struct exporter *format)
{
    struct query query;
    struct err err;
    int status = EXIT_USAGE;
    query_init(&query);
    if (!read_wish(cli, filling, &err)) {
        status = verb_misused(&err);
    } else if (verb_filter(cli, 1, &filling->session, &query.filter)) {
        solve(filling, &query);
        if (!filling->report->result.any) {
            struct buf why = BUF_INIT;
            fill_judge(&filling->wish, filling->report, filling->session.sheet.style, &why);
            say("%s", buf_string(&why));
            buf_release(&why);
            status = EXIT_FAILED;
        } else {
            status = print(filling, cli, format);
            if (status == EXIT_DONE && !cli->given[OPTION_DRY_RUN])
                status = keep_all(cli, filling);
        }
    }
    query_release(&query);
    return status;
}

int plan_fill(const struct cli *cli, const char *const *words, size_t count)
{
    struct plan_fill filling = {.fill = NULL};
    struct err err;
    (void)words;
    (void)count;
    const struct exporter *format = verb_format(cli, "table", &err);
    if (!format)
        return verb_misused(&err);
    if (!verb_session(cli, &filling.session))
        return EXIT_FAILED;
    filling.dry = cli->given[OPTION_DRY_RUN];
    int status = run(cli, &filling, format);
    fill_free(filling.fill);
    fill_wish_release(&filling.wish);
    session_close(&filling.session);
    return status;
}
