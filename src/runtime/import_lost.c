#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/vec.h"
#include "exchange/yaml.h"
#include "runtime/import_form.h"

/* What an import could not use, from its report: a line of it a problem, and the counts at its end. */

#define EACH_MOST 500             /* of a kind */
#define LOOKED_AT_MOST (64 << 20) /* bytes of a report: after so many, others are not looked for */
#define LINE_MOST 4096
#define COUNTS_WITHIN 4096 /* bytes of its end */

static const struct {
    const char *word;  /* of the report, see import_trouble_words */
    const char *count; /* its key among the counts */
} troubles[FORM_TROUBLES] = {
    [FORM_REJECTED] = {"rejected", "rejected"},
    [FORM_UNKNOWN] = {"unknown", "cells"},
    [FORM_REPEATED] = {"repeat", "repeats"},
    [FORM_LOOK] = {"warning", "warnings"},
};

struct found {
    struct form_problem *items;
    size_t count, capacity;
};

static uint64_t count_of(const struct doc_node *map, const char *key)
{
    double value = 0;
    const struct doc_node *node = doc_find(map, key);
    return node && doc_number(node, &value, NULL) && value > 0 ? (uint64_t)value : 0;
}

static struct text text_at(const struct doc_node *map, const char *key)
{
    const struct doc_node *node = doc_find(map, key);
    return node && (node->quoted || !text_is(node->value, "null")) ? node->value : (struct text){0};
}

/* "Followers "n.a.": not a number", "no handle". */
static void problem_text(const struct doc_node *map, struct buf *out)
{
    struct text header = text_at(map, "header"), value = text_at(map, "value");
    uint64_t first = count_of(map, "first_line");
    if (value.length > 0) {
        buf_add_text(out, header);
        buf_addf(out, "%s\"", header.length > 0 ? " " : "");
        buf_add_text(out, value);
        buf_add_string(out, "\": ");
    }
    buf_add_text(out, text_at(map, "reason"));
    if (first > 0)
        buf_addf(out, ", first on line %llu", (unsigned long long)first);
}

static void add_problem(struct found *found, struct arena *arena, enum form_trouble trouble,
                        struct text line)
{
    struct doc doc = {.root = NULL};
    struct buf what = BUF_INIT;
    if (yaml_read(line, &doc, NULL) && doc.root && doc.root->kind == DOC_MAP) {
        problem_text(doc.root, &what);
        struct form_problem problem = {.trouble = trouble,
                                       .line = count_of(doc.root, "line"),
                                       .what = arena_text(arena, buf_text(&what))};
        VEC_PUSH(found, problem);
    }
    buf_release(&what);
    doc_release(&doc);
}

/* A line of the report without what ends it: `  {…},`, the last one `  {…}],`. */
static struct text object_of(const char *line)
{
    struct text text = text_trim(text_of(line));
    while (text.length > 0 && text.at[text.length - 1] != '}')
        text.length--;
    return text;
}

static void read_problems(FILE *file, struct arena *arena, struct found found[FORM_TROUBLES])
{
    static const char front[] = "  {\"trouble\": \"";
    char line[LINE_MOST];
    size_t read = 0;
    while (read < LOOKED_AT_MOST && fgets(line, sizeof line, file)) {
        read += strlen(line);
        if (strncmp(line, front, sizeof front - 1) != 0)
            continue;
        const char *word = line + sizeof front - 1;
        for (size_t i = 0; i < FORM_TROUBLES; i++)
            if (strncmp(word, troubles[i].word, strlen(troubles[i].word)) == 0 &&
                found[i].count < EACH_MOST)
                add_problem(&found[i], arena, (enum form_trouble)i, object_of(line));
    }
}

/* "result": {…}}, the last of its lines but one. */
static void read_counts(FILE *file, struct form_figures *out)
{
    char end[COUNTS_WITHIN + 1];
    struct doc doc = {.root = NULL};
    if (fseek(file, 0, SEEK_END) != 0)
        return;
    long size = ftell(file), from = size > COUNTS_WITHIN ? size - COUNTS_WITHIN : 0;
    if (fseek(file, from, SEEK_SET) != 0)
        return;
    end[fread(end, 1, COUNTS_WITHIN, file)] = '\0';
    const char *result = NULL;
    for (const char *at = end; (at = strstr(at, "\"result\": {")); at++)
        result = at;
    if (!result)
        return;
    struct text text = text_of(result + strlen("\"result\": "));
    size_t stop;
    if (text_find(text, TEXT("}"), &stop) && yaml_read(text_part(text, 0, stop + 1), &doc, NULL) &&
        doc.root) {
        out->tiers_disagree = count_of(doc.root, "tiers_disagree");
        for (size_t i = 0; i < FORM_TROUBLES; i++)
            out->troubles[i] = count_of(doc.root, troubles[i].count);
    }
    doc_release(&doc);
}

void import_lost_read(const char *path, struct arena *arena, struct form_figures *out)
{
    struct found found[FORM_TROUBLES] = {{.count = 0}};
    size_t count = 0;
    FILE *file = fopen(path, "r");
    if (!file)
        return;
    read_problems(file, arena, found);
    read_counts(file, out);
    fclose(file);
    for (size_t i = 0; i < FORM_TROUBLES; i++)
        count += found[i].count;
    struct form_problem *problems = arena_alloc(arena, (count + 1) * sizeof *problems);
    out->problems = problems;
    out->problem_count = count;
    for (size_t i = 0; i < FORM_TROUBLES; i++) {
        for (size_t k = 0; k < found[i].count; k++)
            *problems++ = found[i].items[k];
        free(found[i].items);
    }
}
