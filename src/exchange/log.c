#include "exchange/log.h"

#include <inttypes.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "writer_internal.h"

const struct import_log_key import_log_keys[] = {
    {"files", "a list with an object for each file that was planned; what follows is in these"},
    {"file", "its name"},
    {"plan",
     "how it is understood: format, encoding, header_line, separator, list, platform, date, with "
     "platform_why and date_why; columns (place, name, use, column, unit, currency, why); "
     "decisions "
     "(on, column, title, chosen, shown, why, guess); notes"},
    {"problems",
     "in the order of the file, an object each: trouble (rejected: the row was not used; unknown: "
     "a "
     "value that could not be read; repeat: the same creator again; warning: read, but look at it; "
     "label: a tier that is not that of the followers), line, column (its place) and header, value "
     "(up to 200 bytes), first_line (of a repeat: where the creator came before), reason"},
    {"mixed_units",
     "an object for each column whose figures are written in more than one way: column, header, "
     "units (unit, rows, and line and value of the first; unit is percent as 4.31%, rounded as "
     "10.4M, or bare as 0.043 and 10400000, of counts only from 1,000 on)"},
    {"result",
     "the counts: rows (read), rejected, creators, repeats (rows of a creator that came before) of "
     "which identical, emitted (rows that went to the store), added, changed and unchanged "
     "(creators "
     "of the store; null without a store), cells (unknown), warnings, snapshots (past values), "
     "tiers_disagree, late_columns; done: false where it failed or was cancelled, and why in "
     "failure"},
};
const size_t import_log_key_count = COUNT_OF(import_log_keys);

void import_log_init(struct import_log *log, struct writer_out out)
{
    *log = (struct import_log){.out = out};
}

static void log_send(struct import_log *log, struct buf *line)
{
    if (!log->failed && !log->out.write(log->out.self, buf_text(line), &log->err))
        log->failed = true;
    buf_release(line);
}

static void member(struct buf *out, const char *key, struct text value)
{
    buf_addf(out, ", \"%s\": ", key);
    if (text_known(value))
        json_quote(out, value);
    else
        buf_add_string(out, "null");
}

static void member_date(struct buf *out, const char *key, double date)
{
    buf_addf(out, ", \"%s\": ", key);
    if (number_known(date)) {
        buf_add_char(out, '"');
        date_iso(out, date);
        buf_add_char(out, '"');
    } else {
        buf_add_string(out, "null");
    }
}

static const char *const use_words[USE_COUNT] = {
    [USE_IGNORED] = "ignored",
    [USE_COLUMN] = "column",
    [USE_DATE] = "date",
    [USE_LINK] = "link",
    [USE_ENGAGEMENTS] = "engagements_per_post",
    [USE_HIDDEN] = "hidden",
    [USE_TIER_LABEL] = "tier_label",
    [USE_SNAPSHOTS] = "snapshots",
    [USE_FEE_FORMAT] = "fee_format",
    [USE_POSTS] = "post_list",
};

static void log_column(struct buf *out, const struct import_column *column)
{
    buf_addf(out, "{\"place\": %zu", column->place);
    member(out, "name", column->name);
    member(out, "use", text_of(use_words[column->use]));
    member(out, "column",
           column->use == USE_COLUMN ? text_of(columns[column->column].key) : (struct text){0});
    if (column->scale == SCALE_PERCENT)
        member(out, "unit", TEXT("percent"));
    if (column->currency != CURRENCY_NONE)
        member(out, "currency", text_of(currencies[column->currency].code));
    member(out, "why", column->why);
    buf_add_char(out, '}');
}

/* Those on a column have its place. */
static void log_decision(struct buf *out, const struct import_plan *plan,
                         const struct import_decision *decision, bool first)
{
    buf_addf(out, "%s{\"on\": ", first ? "\n  " : ",\n  ");
    json_quote(out, text_of(import_topic_keys[decision->topic]));
    if (decision->column != IMPORT_WHOLE)
        buf_addf(out, ", \"column\": %zu", plan->columns[decision->column].place);
    member(out, "title", decision->title);
    member(out, "chosen", decision->chosen);
    member(out, "shown", decision->shown);
    member(out, "why", decision->why);
    buf_addf(out, ", \"guess\": %s}", decision->guess ? "true" : "false");
}

void import_log_plan(struct import_log *log, const struct import_plan *plan)
{
    struct buf out = BUF_INIT;
    buf_add_string(&out, log->files++ == 0 ? "{\"files\": [\n" : ",\n");
    log->problems = 0;
    buf_add_string(&out, "{\"file\": ");
    json_quote(&out, plan->file);
    buf_add_string(&out, ", \"plan\": {\"format\": ");
    json_quote(&out, text_of(plan->importer->name));
    member(&out, "encoding", text_of(import_plan_encoding(plan)));
    if (plan->header_line > 0)
        buf_addf(&out, ", \"header_line\": %zu", plan->header_line);
    if (plan->separator != '\0')
        member(&out, "separator", (struct text){&plan->separator, 1});
    member(&out, "list", plan->wrapper);
    member(&out, "platform",
           plan->platform != PLATFORM_COUNT ? text_of(platforms[plan->platform].word)
                                            : (struct text){0});
    member(&out, "platform_why", plan->platform_why);
    member_date(&out, "date", plan->date);
    member(&out, "date_why", plan->date_why);
    buf_add_string(&out, ", \"columns\": [");
    for (size_t i = 0; i < plan->column_count; i++) {
        buf_add_string(&out, i > 0 ? ",\n  " : "\n  ");
        log_column(&out, &plan->columns[i]);
    }
    buf_add_string(&out, "], \"decisions\": [");
    for (size_t i = 0; i < plan->decision_count; i++)
        log_decision(&out, plan, &plan->decisions[i], i == 0);
    buf_add_string(&out, "], \"notes\": [");
    for (size_t i = 0; i < plan->note_count; i++) {
        buf_add_string(&out, i > 0 ? ", " : "");
        json_quote(&out, plan->notes[i]);
    }
    buf_add_string(&out, "]},\n\"problems\": [");
    log_send(log, &out);
}

void import_log_problem(struct import_log *log, const struct import_problem *problem)
{
    struct buf out = BUF_INIT;
    buf_add_string(&out, log->problems++ > 0 ? ",\n  " : "\n  ");
    buf_addf(&out, "{\"trouble\": \"%s\", \"line\": %zu", import_trouble_words[problem->trouble],
             problem->line);
    if (problem->column > 0)
        buf_addf(&out, ", \"column\": %zu", problem->column);
    member(&out, "header", problem->header);
    member(&out, "value", problem->value);
    if (problem->first_line > 0)
        buf_addf(&out, ", \"first_line\": %zu", problem->first_line);
    member(&out, "reason", text_of(problem->reason));
    buf_add_char(&out, '}');
    log_send(log, &out);
}

void import_log_mixed(struct import_log *log, const struct import_mixed *mixed)
{
    struct buf *out = &log->mixed;
    bool first = true;
    buf_addf(out, "%s{\"column\": %zu", out->length > 0 ? ",\n  " : "\n  ", mixed->column);
    member(out, "header", mixed->header);
    buf_add_string(out, ", \"units\": [");
    for (int i = 0; i < WRITTEN_COUNT; i++) {
        if (mixed->ways[i].rows == 0)
            continue;
        buf_addf(out, "%s{\"unit\": \"%s\", \"rows\": %" PRIu64 ", \"line\": %zu",
                 first ? "" : ", ", import_written_words[i], mixed->ways[i].rows,
                 mixed->ways[i].line);
        member(out, "value", mixed->ways[i].value);
        buf_add_char(out, '}');
        first = false;
    }
    buf_add_string(out, "]}");
}

static void add_count(struct buf *out, const char *key, const uint64_t *value)
{
    if (value != NULL)
        buf_addf(out, ", \"%s\": %" PRIu64, key, *value);
    else
        buf_addf(out, ", \"%s\": null", key);
}

void import_log_result(struct import_log *log, const struct import_report *report,
                       const struct import_log_written *written, const struct err *failure)
{
    const struct {
        const char *key;
        const uint64_t *value;
    } counts[] = {
        {"rows", &report->rows},
        {"emitted", &report->emitted},
        {"rejected", &report->rejected},
        {"creators", &report->creators},
        {"repeats", &report->repeats},
        {"identical", &report->identical},
        {"cells", &report->cells},
        {"warnings", &report->warnings},
        {"added", written != NULL ? &written->added : NULL},
        {"changed", written != NULL ? &written->changed : NULL},
        {"unchanged", written != NULL ? &written->unchanged : NULL},
        {"snapshots", &report->snapshots},
        {"tiers_disagree", &report->tiers_disagree},
        {"late_columns", &report->late_columns},
    };
    struct buf out = BUF_INIT;
    buf_addf(&out, "],\n\"mixed_units\": [%s],\n", buf_string(&log->mixed));
    buf_release(&log->mixed);
    buf_addf(&out, "\"result\": {\"done\": %s", failure == NULL ? "true" : "false");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        add_count(&out, counts[i].key, counts[i].value);
    member(&out, "failure", failure != NULL ? text_of(failure->message) : (struct text){0});
    buf_add_string(&out, "}}");
    log_send(log, &out);
}

bool import_log_end(struct import_log *log, struct err *err)
{
    struct buf out = BUF_INIT;
    buf_add_string(&out, log->files > 0 ? "\n]}\n" : "{\"files\": []}\n");
    log_send(log, &out);
    if (log->failed && err != NULL)
        *err = log->err;
    return !log->failed;
}
