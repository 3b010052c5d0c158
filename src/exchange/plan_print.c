#include "base/date.h"
#include "base/utf8.h"
#include "domain/currency.h"
#include "exchange/import.h"
#include "rejects_internal.h"

#define NAME_CELLS 28

static void print_head(struct buf *out, const char *head)
{
    buf_addf(out, "%-10s", head);
}

static void print_safe(struct buf *out, struct text text)
{
    text_safe(out, text);
}

static void print_guess(struct buf *out, bool guess)
{
    buf_add_string(out, guess ? " ?" : "");
}

static void print_why(struct buf *out, struct text why)
{
    if (text_known(why) && why.length > 0) {
        buf_add_string(out, " (");
        print_safe(out, why);
        buf_add_char(out, ')');
    }
    buf_add_char(out, '\n');
}

static const char *separator_word(char separator)
{
    return separator == '\t' ? "tab" : separator == ';' ? "';'" : separator == '|' ? "'|'" : "','";
}

static void print_format(const struct import_plan *plan, struct buf *out)
{
    print_head(out, "format");
    buf_add_string(out, plan->importer->name);
    if (plan->header_line > 0)
        buf_addf(out, ", separator %s, header on line %zu", separator_word(plan->separator),
                 plan->header_line);
    if (text_known(plan->wrapper)) {
        buf_add_string(out, ", list under '");
        print_safe(out, plan->wrapper);
        buf_add_char(out, '\'');
    }
    if (plan->ours)
        buf_add_string(out, ", an export of this program");
    buf_add_char(out, '\n');
    print_head(out, "encoding");
    buf_add_string(out, import_plan_encoding(plan));
    print_guess(out, plan->encoding_guess);
    print_why(out, plan->encoding_why);
}

/* Of the decisions on the list as a whole, those of this topic. */
static void print_topic(const struct import_plan *plan, enum import_topic topic, const char *head,
                        struct buf *out)
{
    for (size_t i = 0; i < plan->decision_count; i++) {
        const struct import_decision *one = &plan->decisions[i];
        if (one->topic != topic || one->column != IMPORT_WHOLE)
            continue;
        print_head(out, head);
        if (topic == TOPIC_NUMBERS || topic == TOPIC_DATES) {
            print_safe(out, one->title);
            buf_add_char(out, ' ');
        }
        print_safe(out, one->shown);
        print_guess(out, one->guess);
        print_why(out, one->why);
    }
}

static void print_whole(const struct import_plan *plan, struct buf *out)
{
    print_head(out, "platform");
    buf_add_string(out, plan->platform != PLATFORM_COUNT ? platforms[plan->platform].word
                                                         : "as each row says");
    print_guess(out, plan->platform_guess);
    print_why(out, plan->platform_why);
    print_head(out, "date");
    if (number_known(plan->date))
        date_iso(out, plan->date);
    else
        buf_add_string(out, "unknown");
    print_guess(out, plan->date_guess);
    print_why(out, plan->date_why);
    print_topic(plan, TOPIC_NUMBERS, "numbers", out);
    print_topic(plan, TOPIC_DATES, "dates", out);
    print_topic(plan, TOPIC_CURRENCY, "prices in", out);
}

static const struct {
    const char *words; /* NULL: the key of the column */
} uses[USE_COUNT] = {
    [USE_COLUMN] = {NULL},
    [USE_DATE] = {"date of the row"},
    [USE_LINK] = {"url"},
    [USE_ENGAGEMENTS] = {"er, from engagements per post"},
    [USE_HIDDEN] = {"followers are hidden"},
    [USE_TIER_LABEL] = {"compared with our tier"},
    [USE_SNAPSHOTS] = {"history"},
    [USE_FEE_FORMAT] = {"which format the fee is of"},
    [USE_POSTS] = {"likes, comments, from single posts"},
};

/* Why it is what it is, its unit, and how its figures are written. */
static void print_whys(const struct import_column *column, struct buf *out)
{
    const struct text parts[] = {column->why, column->scale_why, column->numbers_why};
    struct buf whys = BUF_INIT;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].length == 0 || (i > 0 && column->use == USE_IGNORED))
            continue;
        buf_add_string(&whys, whys.length > 0 ? "; " : "");
        buf_add_text(&whys, parts[i]);
    }
    print_guess(out, column->guess || (column->use != USE_IGNORED &&
                                       (column->scale_guess || column->numbers_guess)));
    print_why(out, buf_text(&whys));
    buf_release(&whys);
}

static void print_column(const struct import_column *column, struct buf *out)
{
    size_t before = out->length;
    const char *use = uses[column->use].words;
    buf_add_string(out, "  ");
    if (column->name.length > 0)
        print_safe(out, column->name);
    else
        buf_addf(out, "(column %zu)", column->place);
    if (column->use == USE_IGNORED) {
        print_whys(column, out);
        return;
    }
    size_t width = out->length - before;
    buf_add_repeat(out, ' ', width < NAME_CELLS ? NAME_CELLS - width : 1);
    buf_add_string(out, "-> ");
    buf_add_string(out, use != NULL ? use : columns[column->column].key);
    if (column->scale == SCALE_PERCENT)
        buf_add_string(out, ", percent");
    if (text_known(column->format))
        buf_addf(out, " of a %.*s", (int)column->format.length, column->format.at);
    if (column->group > 0)
        buf_addf(out, " %u", column->group);
    if (column->currency != CURRENCY_NONE)
        buf_addf(out, ", %s", currencies[column->currency].code);
    if (text_known(column->example)) {
        buf_add_string(out, "  e.g. ");
        print_safe(out, column->example);
    }
    print_whys(column, out);
}

static void print_columns(const struct import_plan *plan, struct buf *out, bool used)
{
    bool any = false;
    for (size_t i = 0; i < plan->column_count; i++) {
        const struct import_column *column = &plan->columns[i];
        if ((column->use != USE_IGNORED) != used ||
            (!used && column->name.length == 0 && !text_known(column->example)) ||
            rejects_own(column->name))
            continue;
        if (!any)
            buf_add_string(out, used ? "columns\n" : "left out\n");
        any = true;
        print_column(column, out);
    }
}

#define BRIEF_BYTES 90 /* of names in a line */

/* "followers (Abonnenten)"; of columns that are left out the header alone. */
static void brief_column(const struct import_column *column, struct buf *out)
{
    struct text name = text_part(column->name, 0, BRIEF_BYTES);
    const char *use = uses[column->use].words;
    if (column->use == USE_IGNORED) {
        print_safe(out, name);
        return;
    }
    use = use != NULL ? use : columns[column->column].key;
    buf_add_string(out, use);
    if (text_is(name, use))
        return;
    buf_add_string(out, " (");
    print_safe(out, name);
    buf_add_char(out, ')');
}

/* Names with commas between, as many as a line takes. */
static void brief_names(const struct import_plan *plan, struct buf *out, bool used)
{
    struct buf line = BUF_INIT;
    size_t more = 0;
    for (size_t i = 0; i < plan->column_count; i++) {
        const struct import_column *column = &plan->columns[i];
        if ((column->use != USE_IGNORED) != used || column->name.length == 0 ||
            rejects_own(column->name))
            continue;
        if (line.length > BRIEF_BYTES) {
            more++;
            continue;
        }
        buf_add_string(&line, line.length > 0 ? ", " : "");
        brief_column(column, &line);
    }
    if (line.length > 0) {
        print_head(out, used ? "read" : "left out");
        buf_add_text(out, buf_text(&line));
        if (more > 0)
            buf_addf(out, " and %zu more", more);
        buf_add_char(out, '\n');
    }
    buf_release(&line);
}

static void print_notes(const struct import_plan *plan, struct buf *out)
{
    for (size_t i = 0; i < plan->note_count; i++) {
        buf_add_string(out, "  ");
        print_safe(out, plan->notes[i]);
        buf_add_char(out, '\n');
    }
}

static void print_guesses(const struct import_plan *plan, struct buf *out)
{
    size_t guesses = import_plan_guesses(plan);
    if (guesses > 0)
        buf_addf(
            out, "%zu of these %s; a mapping file says otherwise, see import --help\n", guesses,
            guesses == 1 ? "is a guess, marked ?: check it" : "are guesses, marked ?: check them");
}

/* Those on columns; those on the whole list stand above. */
static void brief_guesses(const struct import_plan *plan, struct buf *out)
{
    for (size_t i = 0; i < plan->decision_count; i++) {
        const struct import_decision *one = &plan->decisions[i];
        if (!one->guess || one->column == IMPORT_WHOLE)
            continue;
        buf_add_string(out, "  '");
        print_safe(out, text_part(one->title, 0, BRIEF_BYTES));
        buf_add_string(out, "' is ");
        print_safe(out, one->shown);
        print_guess(out, true);
        print_why(out, one->why);
    }
}

void import_plan_brief(const struct import_plan *plan, struct buf *out)
{
    print_head(out, "file");
    print_safe(out, plan->file);
    buf_addf(out, ": %s, %s", plan->importer->name, import_plan_encoding(plan));
    if (plan->header_line > 0)
        buf_addf(out, ", separator %s, header on line %zu", separator_word(plan->separator),
                 plan->header_line);
    buf_add_char(out, '\n');
    print_whole(plan, out);
    brief_names(plan, out, true);
    brief_names(plan, out, false);
    print_notes(plan, out);
    brief_guesses(plan, out);
    print_guesses(plan, out);
}

void import_plan_print(const struct import_plan *plan, struct buf *out)
{
    print_head(out, "file");
    print_safe(out, plan->file);
    buf_add_char(out, '\n');
    print_format(plan, out);
    print_whole(plan, out);
    print_columns(plan, out, true);
    print_columns(plan, out, false);
    if (plan->note_count > 0)
        buf_add_string(out, "notes\n");
    print_notes(plan, out);
    print_guesses(plan, out);
}
