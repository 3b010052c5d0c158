#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/vec.h"
#include "runtime/import_form.h"

/* The plan of an import as the lines of its form. */

#define SHOWN_MOST 400 /* columns: who has more looks at --dry-run */

struct shower {
    const struct import_form *form;
    const struct import_plan *plan;
    struct arena *arena;
    struct {
        struct form_line *items;
        size_t count, capacity;
    } lines;
};

static struct text kept(struct shower *it, struct buf *text)
{
    struct text out = arena_text(it->arena, buf_text(text));
    buf_release(text);
    return out;
}

static struct text first_word(struct text words)
{
    struct text word = TEXT("");
    text_next(&words, ' ', &word);
    return word;
}

/* ---- choices ---- */

static void example_in(struct buf *out, struct text example, struct text word)
{
    struct number_style style = number_style_english;
    struct number_seen seen;
    if (text_is(word, "german"))
        style = (struct number_style){'.', ','};
    if (!text_known(example) || !number_parse(example, style, &seen) || !number_known(seen.value)) {
        buf_addf(out, "%s is 1,234.5", text_is(word, "german") ? "1.234,5" : "1,234.5");
        return;
    }
    buf_add_text(out, example);
    buf_add_string(out, " is ");
    number_fixed(out, seen.percent ? seen.value * 100 : seen.value, seen.scaled ? 0 : seen.decimals,
                 number_style_english);
    buf_add_string(out, seen.percent ? " %" : "");
}

/* What a word of a mapping file says in the eyes of a person. */
static const struct {
    const char *word, *label, *hint;
} said[] = {
    {"percent", "4.31 is 4.31 %", "in percent"},
    {"fraction", "0.0431 is 4.31 %", "as fractions"},
    {"ignore", "left out", "not read"},
    {"link", "link to the profile", "handle, platform"},
    {"date", "day its figures are of", "YYYY-MM-DD"},
    {"engagements_per_post", "engagements of a post", "likes, comments and so on"},
    {"hidden", "followers are hidden", "yes or no"},
    {"tier_label", "left out, compared", "somebody's tiers"},
    {"utf-8", "UTF-8", ""},
    {"tab", "tab", ""},
    {"day-month", "the day first", "31.05.2026"},
    {"month-day", "the month first", "05/31/2026"},
};

static void label_of(struct shower *it, const struct import_decision *decision, struct text word,
                     struct form_choice *out)
{
    struct buf label = BUF_INIT;
    enum column column;
    out->label = word;
    if (decision->topic == TOPIC_NUMBERS) {
        example_in(&label,
                   decision->column == IMPORT_WHOLE ? it->plan->numbers_example : (struct text){0},
                   word);
        out->label = kept(it, &label);
        out->hint = word;
        return;
    }
    for (size_t i = 0; i < COUNT_OF(said); i++)
        if (text_is(word, said[i].word)) {
            out->label = text_of(said[i].label);
            out->hint = text_of(said[i].hint);
            return;
        }
    if (decision->topic == TOPIC_COLUMN && column_from_key(word, &column))
        out->hint = text_of(columns[column].title);
}

static size_t add_choices(struct shower *it, const struct import_decision *decision,
                          struct form_choice *out)
{
    size_t index = (size_t)(decision - it->plan->decisions);
    for (size_t i = 0; i < decision->choice_count; i++) {
        out[i] = (struct form_choice){.decision = index, .word = decision->choices[i]};
        out[i].chosen = text_equal(first_word(decision->chosen), decision->choices[i]);
        label_of(it, decision, decision->choices[i], &out[i]);
    }
    return decision->choice_count;
}

/* Of a column: first how its figures are written, then what it becomes. */
static void choose(struct shower *it, const struct import_decision *decision,
                   struct form_line *line)
{
    const struct import_plan *plan = it->plan;
    size_t many = decision->choice_count;
    bool all = decision->topic == TOPIC_COLUMN;
    for (size_t i = 0; i < plan->decision_count && all; i++)
        many += plan->decisions[i].choice_count * (plan->decisions[i].column == decision->column);
    struct form_choice *choices = arena_alloc(it->arena, (many + 1) * sizeof *choices);
    for (size_t i = 0; i < plan->decision_count && all; i++)
        if (plan->decisions[i].column == decision->column &&
            plan->decisions[i].topic != TOPIC_COLUMN)
            line->choice_count +=
                add_choices(it, &plan->decisions[i], choices + line->choice_count);
    line->choice_count += add_choices(it, decision, choices + line->choice_count);
    line->choices = choices;
}

/* ---- lines ---- */

static struct form_line line_of(struct shower *it, const struct import_decision *decision)
{
    const char *missing = it->plan->missing;
    struct form_line line = {.decision = (size_t)(decision - it->plan->decisions),
                             .title = decision->title,
                             .typed = decision->chosen,
                             .shown = decision->shown,
                             .note = import_form_why(it->form, decision, decision->why),
                             .guess = import_form_doubts(it->form, decision)};
    line.open = missing && decision->column == IMPORT_WHOLE &&
                text_is(text_of(import_topic_keys[decision->topic]), missing);
    line.guess = line.guess || line.open;
    if (decision->topic == TOPIC_DATE)
        line.typed = text_part(line.typed, 0, 10); /* the day of it */
    choose(it, decision, &line);
    return line;
}

static bool is_new(const struct import_plan *plan, struct text why)
{
    return text_known(why) && !text_is(why, "as elsewhere in the file") &&
           !text_equal(why, plan->numbers_why);
}

static void add_note(struct buf *out, struct text note)
{
    if (!text_known(note) || note.length == 0)
        return;
    buf_add_string(out, out->length > 0 ? ", " : "");
    buf_add_text(out, note);
}

/* "112 empty"; of a long file the share, for only its beginning was looked at. */
static void note_empty(const struct import_plan *plan, const struct import_column *column,
                       struct buf *out)
{
    struct buf text = BUF_INIT;
    if (column->empty == 0 || column->empty > plan->sample_rows)
        return;
    double share = 100 * (double)column->empty / (double)plan->sample_rows;
    if (column->empty == plan->sample_rows)
        buf_add_string(&text, "all empty");
    else if (plan->sample_whole)
        number_fixed(&text, (double)column->empty, 0, number_style_english);
    else
        buf_addf(&text, share < 1 ? "under 1%%" : "%.0f%%", share);
    if (column->empty < plan->sample_rows)
        buf_add_string(&text, " empty");
    add_note(out, buf_text(&text));
    buf_release(&text);
}

static struct form_line column_line(struct shower *it, const struct import_decision *decision)
{
    const struct import_column *column = &it->plan->columns[decision->column];
    struct form_line line = line_of(it, decision);
    struct buf note = BUF_INIT;
    line.part = FORM_COLUMN;
    line.left_out = column->use == USE_IGNORED || column->use == USE_TIER_LABEL;
    line.tiers = column->use == USE_TIER_LABEL;
    line.shown = line.left_out               ? TEXT("left out")
                 : column->use == USE_COLUMN ? first_word(line.shown)
                                             : line.shown;
    if (line.title.length == 0)
        line.title = TEXT("(no header)");
    line.example = column->example;
    if (!line.left_out && is_new(it->plan, column->scale_why))
        add_note(&note, import_form_why(it->form, decision, column->scale_why));
    if (!line.left_out && is_new(it->plan, column->numbers_why))
        add_note(&note, import_form_why(it->form, decision, column->numbers_why));
    line.doubt = note.length > 0;
    if (line.tiers)
        add_note(&note, TEXT("compared with ours"));
    else if (text_is(column->why, "not a column of ours"))
        add_note(&note, TEXT("no such figure"));
    else if (!text_is(column->why, "header"))
        add_note(&note, line.note);
    if (!line.left_out)
        note_empty(it->plan, column, &note);
    line.note = kept(it, &note);
    return line;
}

static bool belongs(const struct shower *it, const struct import_decision *decision,
                    enum form_part part)
{
    if (decision->topic == TOPIC_COLUMN)
        return part == FORM_COLUMN;
    if (import_form_asks(it->form, decision))
        return part == FORM_QUESTION;
    return part == FORM_DECIDED && decision->column == IMPORT_WHOLE;
}

static void add_notes(struct shower *it)
{
    for (size_t i = 0; i < it->plan->note_count; i++) {
        struct form_line line = {.part = FORM_NOTE, .note = it->plan->notes[i]};
        VEC_PUSH(&it->lines, line);
    }
}

static void add_part(struct shower *it, enum form_part part)
{
    const struct import_plan *plan = it->plan;
    size_t columns_left = SHOWN_MOST;
    for (size_t i = 0; i < plan->decision_count; i++) {
        const struct import_decision *decision = &plan->decisions[i];
        if (!belongs(it, decision, part) || (part == FORM_COLUMN && columns_left-- == 0))
            continue;
        struct form_line line =
            part == FORM_COLUMN ? column_line(it, decision) : line_of(it, decision);
        line.part = part;
        VEC_PUSH(&it->lines, line);
    }
}

/* ---- the file ---- */

static void about_text(const struct import_plan *plan, struct buf *out)
{
    buf_addf(out, "%zu column%s, %s", plan->column_count, plan->column_count == 1 ? "" : "s",
             import_plan_encoding(plan));
    if (plan->header_line == 0)
        buf_addf(out, ", %s", strcmp(plan->importer->name, "json") == 0 ? "JSON" : "JSON Lines");
    else if (plan->separator == '\t')
        buf_add_string(out, ", separated by tabs");
    else
        buf_addf(out, ", separated by %c", plan->separator);
}

static struct text file_name(const struct import_form *form)
{
    struct text path = (struct text){form->path.at, form->path.length};
    size_t at;
    while (text_find(path, TEXT("/"), &at) && at + 1 < path.length)
        path = text_part(path, at + 1, path.length);
    return path;
}

void import_form_show(const struct import_form *form, struct arena *arena, struct form_plan *out)
{
    struct shower it = {.form = form, .plan = &form->plan, .arena = arena};
    struct buf about = BUF_INIT;
    *out = (struct form_plan){.file = arena_text(arena, file_name(form)), .blind = form->blind};
    if (form->blind)
        return;
    about_text(&form->plan, &about);
    out->about = kept(&it, &about);
    for (size_t i = 0; i < form->plan.decision_count; i++)
        out->guesses += import_form_doubts(form, &form->plan.decisions[i]);
    out->remembered = form->remembered;
    if (form->plan.missing)
        out->missing = strcmp(form->plan.missing, "handle") == 0 ? TEXT("column of the handles")
                                                                 : text_of(form->plan.missing);
    add_part(&it, FORM_QUESTION);
    add_part(&it, FORM_COLUMN);
    add_notes(&it);
    add_part(&it, FORM_DECIDED);
    struct form_line *lines = arena_alloc(arena, (it.lines.count + 1) * sizeof *lines);
    if (it.lines.count > 0)
        memcpy(lines, it.lines.items, it.lines.count * sizeof *lines);
    out->lines = lines;
    out->line_count = it.lines.count;
    free(it.lines.items);
}
