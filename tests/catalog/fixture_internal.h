#ifndef MICROSCOPE_TESTS_CATALOG_FIXTURE_INTERNAL_H
#define MICROSCOPE_TESTS_CATALOG_FIXTURE_INTERNAL_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"
#include "catalog/sheet.h"

#define NOW 1785000000.0

/* A catalogue, a sheet over it, and everything it is joined with. */
struct fixture {
    struct catalog catalog;
    struct sheet sheet;
    struct scenario scenario;
    struct peers peers;
};

static inline void fixture_join(struct fixture *fixture)
{
    sheet_join(&fixture->sheet, &fixture->scenario, &fixture->peers, &tier_presets[0], NOW);
}

static inline void fixture_init(struct fixture *fixture)
{
    catalog_init(&fixture->catalog);
    sheet_init(&fixture->sheet, &fixture->catalog);
    scenario_init(&fixture->scenario);
    peers_init(&fixture->peers);
    fixture_join(fixture);
}

static inline void fixture_release(struct fixture *fixture)
{
    sheet_release(&fixture->sheet);
    catalog_release(&fixture->catalog);
}

/* Puts a creator from words as the store would: "platform=tiktok handle=lena followers=1200"; "-" is
 * unknown, '_' in a value a blank. Returns its row. */
static inline uint32_t put(struct catalog *catalog, int64_t id, const char *words)
{
    struct record_sink sink = catalog_sink(catalog);
    struct record record;
    struct text rest = text_of(words), word;
    char values[1024];
    size_t used = 0;
    struct err err;

    record_clear(&record);
    record.id = id;
    while (text_next(&rest, ' ', &word)) {
        struct text key = word;
        char *value = values + used;
        enum column column;
        size_t at;
        if (!text_find(word, TEXT("="), &at) || !column_from_key(text_part(key, 0, at), &column))
            abort();
        for (size_t i = at + 1; i < word.length; i++)
            values[used++] = word.at[i] == '_' ? ' ' : word.at[i];
        values[used++] = '\0';
        if (column_is_text(column))
            record_set_text(&record, column,
                            !strcmp(value, "-") ? (struct text){0} : text_of(value));
        else
            record_set_number(&record, column, !strcmp(value, "-") ? NAN : strtod(value, NULL));
    }
    if (!sink.put(sink.self, &record, &err))
        return CATALOG_NONE;
    return id ? catalog_find_id(catalog, id) : (uint32_t)catalog->count - 1;
}

static inline void drop(struct catalog *catalog, int64_t id)
{
    struct record_sink sink = catalog_sink(catalog);
    struct err err;

    sink.drop(sink.self, id, &err);
}

#endif
