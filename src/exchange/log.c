#include "exchange/log.h"

#include <inttypes.h>

#include "base/date.h"
#include "domain/currency.h"
#include "writer_internal.h"

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
    member(&out, "encoding", text_of(import_encoding_words[plan->encoding]));
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

void import_log_result(struct import_log *log, const struct import_report *report,
                       const struct err *failure)
{
    const struct {
        const char *key;
        uint64_t value;
    } counts[] = {
        {"rows", report->rows},
        {"emitted", report->emitted},
        {"rejected", report->rejected},
        {"creators", report->creators},
        {"repeats", report->repeats},
        {"identical", report->identical},
        {"cells", report->cells},
        {"warnings", report->warnings},
        {"snapshots", report->snapshots},
        {"tiers_disagree", report->tiers_disagree},
        {"late_columns", report->late_columns},
    };
    struct buf out = BUF_INIT;
    buf_addf(&out, "],\n\"result\": {\"done\": %s", failure == NULL ? "true" : "false");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        buf_addf(&out, ", \"%s\": %" PRIu64, counts[i].key, counts[i].value);
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
