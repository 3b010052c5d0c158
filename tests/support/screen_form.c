#include "screen_form_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen.h"

#define CHOICES_MOST 8

static void parts_of(const char *rest, struct text *out, size_t most)
{
    struct text line = text_of(rest), part;
    for (size_t i = 0; i < most; i++)
        out[i] = text_next(&line, '|', &part) ? text_trim(part) : TEXT("");
}

static struct text kept(struct screen *screen, struct text text)
{
    return text.length > 0 ? arena_text(&screen->form_arena, text) : (struct text){0};
}

void step_form(struct screen *screen, const char *rest)
{
    struct text part[3];
    parts_of(rest, part, 3);
    screen->form = (struct form_plan){.file = kept(screen, part[0]),
                                      .about = kept(screen, part[1]),
                                      .missing = kept(screen, part[2]),
                                      .blind = text_is(part[1], "blind"),
                                      .lines = screen->form_lines};
    if (screen->form.blind)
        screen->form.about = (struct text){0};
}

static void add_line(struct screen *screen, struct form_line line, struct text choices)
{
    struct form_choice *list = arena_alloc(&screen->form_arena, CHOICES_MOST * sizeof *list);
    struct text word;
    size_t decision = screen->form.line_count;
    while (line.choice_count < CHOICES_MOST && text_next(&choices, ',', &word)) {
        word = kept(screen, text_trim(word));
        list[line.choice_count++] = (struct form_choice){.decision = decision,
                                                         .word = word,
                                                         .label = word,
                                                         .chosen = text_equal(word, line.shown)};
    }
    line.decision = decision;
    line.typed = line.shown;
    line.choices = list;
    screen->form.guesses += line.guess;
    if (decision < SCREEN_FORM_LINES)
        screen->form_lines[screen->form.line_count++] = line;
}

void step_ask(struct screen *screen, const char *rest)
{
    struct text part[5];
    parts_of(rest, part, 5);
    bool open = text_is(part[0], "!");
    add_line(screen,
             (struct form_line){.part = text_is(part[0], "=") ? FORM_DECIDED : FORM_QUESTION,
                                .title = kept(screen, part[1]),
                                .shown = kept(screen, part[2]),
                                .note = kept(screen, part[3]),
                                .guess = open || text_is(part[0], "?"),
                                .open = open},
             part[4]);
}

void step_column(struct screen *screen, const char *rest)
{
    struct text part[5];
    parts_of(rest, part, 5);
    bool doubt = text_starts(part[3], "!"), tiers = text_starts(part[3], "t ");
    if (doubt || tiers)
        part[3] = text_trim(text_part(part[3], 1, part[3].length));
    add_line(screen,
             (struct form_line){.part = FORM_COLUMN,
                                .title = kept(screen, part[0]),
                                .shown = kept(screen, part[1]),
                                .example = kept(screen, part[2]),
                                .note = kept(screen, part[3]),
                                .left_out = text_is(part[1], "left out"),
                                .doubt = doubt,
                                .tiers = tiers},
             part[4]);
}

void step_note(struct screen *screen, const char *rest)
{
    add_line(screen, (struct form_line){.part = FORM_NOTE, .note = kept(screen, text_of(rest))},
             TEXT(""));
}

void step_show_form(struct screen *screen, const char *rest)
{
    (void)rest;
    screen_send(screen, &(struct message){.kind = MESSAGE_FORM, .form = &screen->form});
}

void step_lost(struct screen *screen, const char *rest)
{
    static const char *const words[FORM_TROUBLES] = {"rejected", "unknown", "repeated", "look"};
    struct form_figures *figures = &screen->figures;
    char word[16] = "";
    unsigned long long line = 0;
    int used = 0;
    sscanf(rest, "%15s %llu %n", word, &line, &used);
    for (size_t i = 0; i < FORM_TROUBLES; i++) {
        if (strcmp(word, words[i]) != 0 || figures->problem_count == SCREEN_FORM_LINES)
            continue;
        figures->troubles[i]++;
        screen->problems[figures->problem_count++] =
            (struct form_problem){.trouble = (enum form_trouble)i,
                                  .line = line,
                                  .what = kept(screen, text_of(rest + used))};
    }
}

void step_more_lost(struct screen *screen, const char *rest)
{
    unsigned long long many = 0;
    sscanf(rest, "%llu", &many);
    screen->figures.troubles[FORM_REJECTED] += many;
}

void step_figures(struct screen *screen, const char *rest)
{
    struct form_figures *figures = &screen->figures;
    unsigned long long rows = 0, added = 0, changed = 0, unchanged = 0, tiers = 0;
    figures->known = sscanf(rest, "%llu rows %llu new %llu changed %llu as-before %llu tiers",
                            &rows, &added, &changed, &unchanged, &tiers) == 5;
    figures->running = !figures->known;
    figures->share = figures->running && rows > 0 ? 0.4 : (double)NAN;
    figures->rows = rows;
    figures->added = added;
    figures->changed = changed;
    figures->unchanged = unchanged;
    figures->tiers_disagree = tiers;
    figures->problems = screen->problems;
    screen_send(screen, &(struct message){.kind = MESSAGE_FIGURES, .figures = figures});
    *figures = (struct form_figures){.rows = 0};
}

static double days_ago(struct text days)
{
    return days.length > 0 ? SCREEN_NOW - atof(days.at) * 86400 : (double)NAN;
}

void step_batch(struct screen *screen, const char *rest)
{
    struct text part[5];
    unsigned long long read = 0, added = 0, changed = 0, unchanged = 0, lost = 0;
    parts_of(rest, part, 5);
    sscanf(part[2].at, "%llu rows %llu new %llu changed %llu as-before %llu lost", &read, &added,
           &changed, &unchanged, &lost);
    if (screen->batch_count < SCREEN_FORM_LINES)
        screen->batches[screen->batch_count++] =
            (struct batch_told){.id = atol(rest),
                                .at = days_ago(part[3]),
                                .file = kept(screen, part[1]),
                                .read = read,
                                .added = added,
                                .changed = changed,
                                .unchanged = unchanged,
                                .rejected = lost,
                                .taken_back_at = days_ago(part[4])};
}

void step_imports(struct screen *screen, const char *rest)
{
    (void)rest;
    screen_send(screen, &(struct message){.kind = MESSAGE_BATCHES,
                                          .batches = screen->batches,
                                          .batch_count = screen->batch_count});
}

/* ---- the menu of an empty store ---- */

void step_list(struct screen *screen, const char *rest)
{
    struct text part[4];
    struct buf path = BUF_INIT;
    parts_of(rest, part, 4);
    buf_add_text(&path, part[1]);
    buf_add_char(&path, '/');
    buf_add_text(&path, part[0]);
    double rows = atof(part[3].at);
    if (screen->list_count < FIRST_FOUND_MOST)
        screen->lists[screen->list_count++] =
            (struct list_found){.path = kept(screen, buf_text(&path)),
                                .name = kept(screen, part[0]),
                                .folder = kept(screen, part[1]),
                                .at = SCREEN_NOW - 3600 * atof(part[2].at),
                                .state = text_starts(part[3], "book")   ? LIST_ROWS_BOOK
                                         : text_starts(part[3], "?")    ? LIST_ROWS_UNKNOWN
                                         : text_starts(part[3], "wait") ? LIST_ROWS_COUNTING
                                                                        : LIST_ROWS_KNOWN,
                                .rows = rows};
    buf_release(&path);
}

void step_lists(struct screen *screen, const char *rest)
{
    (void)rest;
    screen_send(screen, &(struct message){.kind = MESSAGE_LISTS,
                                          .lists = screen->lists,
                                          .list_count = screen->list_count});
}
