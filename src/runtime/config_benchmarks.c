#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "config_internal.h"

/* Benchmarks of the user's own: a map from platforms to the rates expected there. */

#define SOURCE_MOST 60

static bool refuse_platform(const struct doc_node *node, struct text word, struct err *err)
{
    const char *nearest =
        nearest_word(word, &platforms[0].word, PLATFORM_COUNT, sizeof platforms[0]);
    return err_at(err, node->key_line, node->key_column, "unknown platform '%.*s'%s%s%s",
                  (int)text_part(word, 0, 60).length, word.at, nearest ? ": did you mean '" : "",
                  nearest ? nearest : "", nearest ? "'?" : "");
}

/* "instagram", "instagram/views". */
static bool read_where(struct benchmark *benchmark, const struct doc_node *node, struct err *err)
{
    struct text rest = node->key, word, basis = {0};
    if (!text_next(&rest, '/', &word) || !platform_from_word(text_trim(word), &benchmark->platform))
        return refuse_platform(node, node->key.length ? word : node->key, err);
    benchmark->basis = platforms[benchmark->platform].basis;
    if (!text_next(&rest, '/', &basis))
        return true;
    return (er_basis_from_word(basis, &benchmark->basis) && benchmark->basis != BASIS_NONE) ||
           err_at(err, node->key_line, node->key_column,
                  "'%.*s': a rate is of followers, views or reach", (int)node->key.length,
                  node->key.at);
}

static bool read_rate(const struct doc_node *node, double *rate, struct err *err)
{
    struct number_seen seen = {.value = 0};
    bool ok = node->kind == DOC_SCALAR && number_parse(node->value, number_style_english, &seen) &&
              !seen.trailing && !seen.scaled &&
              (seen.unknown || (seen.value > 0 && seen.value <= 1));
    *rate = seen.value;
    return ok || err_at(err, node->line, node->column,
                        "an engagement rate is written as 3.5%% or 0.035, none as '-'");
}

static bool read_rates(struct benchmark *benchmark, const struct doc_node *node, struct err *err)
{
    size_t count = 0;
    if (node->kind == DOC_SCALAR) {
        bool ok = read_rate(node, &benchmark->er[0], err);
        for (int band = 1; band < PEER_BANDS; band++)
            benchmark->er[band] = benchmark->er[0];
        return ok;
    }
    for (const struct doc_node *item = node->first; item; item = item->next, count++)
        if (count < PEER_BANDS && !read_rate(item, &benchmark->er[count], err))
            return false;
    return (node->kind == DOC_LIST && count == PEER_BANDS) ||
           err_at(err, node->line, node->column,
                  "rates by size are six: from 0, 1k, 5k, 20k, 100k and 1M followers on");
}

/* "= our campaigns 2025, config.yaml:12". */
static void name_source(const struct config *config, const struct doc_node *node,
                        const struct doc_node *source, struct benchmark *benchmark)
{
    struct buf says = BUF_INIT, line = BUF_INIT;
    if (source)
        text_safe(&says, source->value);
    config_line(config, node, &line);
    snprintf(benchmark->source, sizeof benchmark->source, "= %s, %.30s",
             source ? buf_string(&says) : "yours", buf_string(&line));
    buf_release(&says);
    buf_release(&line);
}

static bool read_map(const struct doc_node *node, const struct doc_node **er,
                     const struct doc_node **source, struct err *err)
{
    static const char *const keys[] = {"er", "source"};
    const struct doc_node **const parts[] = {er, source};
    for (const struct doc_node *part = node->first; part; part = part->next) {
        size_t at = 0;
        while (at < COUNT_OF(keys) && !text_is(part->key, keys[at]))
            at++;
        if (at == COUNT_OF(keys))
            return err_at(err, part->key_line, part->key_column,
                          "unknown key '%.*s': a benchmark has er and source",
                          (int)text_part(part->key, 0, 60).length, part->key.at);
        *parts[at] = part;
    }
    if (*source && ((*source)->kind != DOC_SCALAR || (*source)->value.length == 0 ||
                    (*source)->value.length > SOURCE_MOST))
        return err_at(err, (*source)->line, (*source)->column,
                      "'source' takes a few words, at most %d letters", SOURCE_MOST);
    return *er || err_at(err, node->key_line, node->key_column, "'%.*s' needs 'er'",
                         (int)node->key.length, node->key.at);
}

static bool read_benchmark(struct config *config, const struct doc_node *node, struct err *err)
{
    struct benchmarks *own = &config->benchmarks;
    struct benchmark benchmark = {.basis = BASIS_NONE};
    const struct doc_node *er = node, *source = NULL;
    if (!read_where(&benchmark, node, err))
        return false;
    for (size_t i = 0; i < own->count; i++)
        if (own->items[i].platform == benchmark.platform && own->items[i].basis == benchmark.basis)
            return err_at(err, node->key_line, node->key_column, "'%.*s' is there already",
                          (int)node->key.length, node->key.at);
    if (own->count == BENCHMARKS_MOST)
        return err_at(err, node->key_line, node->key_column, "at most %d benchmarks",
                      BENCHMARKS_MOST);
    if (node->kind == DOC_MAP) {
        er = NULL;
        if (!read_map(node, &er, &source, err))
            return false;
    }
    if (!read_rates(&benchmark, er, err))
        return false;
    name_source(config, node, source, &benchmark);
    own->items[own->count++] = benchmark;
    return true;
}

bool config_read_benchmarks(struct config *config, const struct doc_node *node, struct err *err)
{
    config->benchmarks.count = 0;
    for (const struct doc_node *entry = node->first; entry; entry = entry->next)
        if (!read_benchmark(config, entry, err))
            return false;
    return true;
}

void config_benchmarks_example(struct buf *out)
{
    buf_add_string(out, "#  tiktok: 4.5%\n"
                        "#  instagram: {er: [4.3%, 4.3%, 2.3%, 1.6%, 1.5%, 1.5%], source: our "
                        "campaigns 2025}\n");
}
