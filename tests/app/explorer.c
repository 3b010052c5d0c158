#include "explorer.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/help.h"
#include "base/vec.h"

static const struct {
    const char *handle, *name, *platform, *country, *niche;
    double followers, likes, comments, views, fee; /* fee in EUR; NaN unknown */
} creators[] = {
    {"ada.skin", "Ada", "instagram", "DE", "beauty|skincare", 48200, 2015, 62, NAN, 480},
    {"bea.lids", "Bea", "instagram", "AT", "beauty", 78700, 1300, 40, NAN, 270},
    {"cleo.tok", "Cleo", "tiktok", "DE", "beauty", 91000, 2980, 130, 48000, 800},
    {"dora.diy", "Dora", "tiktok", "US", "diy|home", 67000, 3089, 137, 52000, 610},
    {"emil.food", "Emil", "instagram", "DE", "food", 23800, 1200, 40, NAN, 260},
    {"finn.trip", "Finn", "instagram", "DE", "travel", 99999, 2100, 50, NAN, 920},
    {"greta.big", "Greta", "instagram", "US", "beauty", 2400000, 21000, 600, NAN, 18500},
    {"hugo.play", "Hugo", "twitch", "GR", "gaming", 38400, NAN, NAN, 2100, 450},
    {"ines.small", "Ines", "instagram", "PT", "beauty", 860, 70, 4, NAN, NAN},
    {"jan.tech", "Jan", "youtube", "DE", "tech", 61500, 1800, 120, 41000, 780},
    {"Kim.Serum", "Kim", "youtube", "DE", "beauty|skincare", 10600, 430, 30, 5200, 210},
    {"lou.nothing", NULL, "instagram", NULL, NULL, NAN, NAN, NAN, NAN, NAN},
};

static void load(struct catalog *catalog, size_t from, size_t to)
{
    struct record_sink sink = catalog_sink(catalog);
    sink.begin(sink.self, NULL);
    for (size_t i = from; i < to; i++) {
        struct record record;
        record_clear(&record);
        record.id = (int64_t)i + 1;
        record_set_text(&record, COL_HANDLE, text_of(creators[i].handle));
        record_set_text(&record, COL_NAME, text_of(creators[i].name));
        record_set_text(&record, COL_PLATFORM, text_of(creators[i].platform));
        record_set_text(&record, COL_COUNTRY, text_of(creators[i].country));
        record_set_text(&record, COL_NICHE, text_of(creators[i].niche));
        record_set_number(&record, COL_FOLLOWERS, creators[i].followers);
        record_set_number(&record, COL_LIKES, creators[i].likes);
        record_set_number(&record, COL_COMMENTS, creators[i].comments);
        record_set_number(&record, COL_VIEWS, creators[i].views);
        record_set_number(&record, COL_FEE, creators[i].fee * 100);
        record_set_text(&record, COL_CURRENCY, TEXT("EUR"));
        bool put = sink.put(sink.self, &record, NULL);
        assert(put);
        (void)put;
    }
    sink.end(sink.self, true, NULL);
}

static void start(struct explorer *explorer)
{
    sheet_init(&explorer->sheet, &explorer->catalog);
    model_init(&explorer->model, &explorer->catalog, &explorer->sheet, EXPLORER_NOW, 80, 24);
    explorer_send(explorer, &(struct message){.kind = MESSAGE_LOADED});
}

void explorer_init(struct explorer *explorer)
{
    *explorer = (struct explorer){.effects = {.count = 0}};
    catalog_init(&explorer->catalog);
    load(&explorer->catalog, 0, COUNT_OF(creators));
    start(explorer);
}

void explorer_init_empty(struct explorer *explorer)
{
    *explorer = (struct explorer){.effects = {.count = 0}};
    catalog_init(&explorer->catalog);
    start(explorer);
}

void explorer_load(struct explorer *explorer, size_t most)
{
    size_t from = explorer->catalog.count, to = from + most;
    to = to < COUNT_OF(creators) ? to : COUNT_OF(creators);
    load(&explorer->catalog, from, to);
    explorer_send(explorer, &(struct message){.kind = to < COUNT_OF(creators) ? MESSAGE_LOADING
                                                                              : MESSAGE_LOADED,
                                              .done = to,
                                              .total = COUNT_OF(creators)});
}

void explorer_release(struct explorer *explorer)
{
    model_release(&explorer->model);
    sheet_release(&explorer->sheet);
    catalog_release(&explorer->catalog);
    effects_release(&explorer->effects);
}

void explorer_send(struct explorer *explorer, const struct message *message)
{
    update(&explorer->model, message, &explorer->effects);
}

void explorer_key(struct explorer *explorer, uint32_t key)
{
    explorer_send(explorer, &(struct message){.kind = MESSAGE_KEY, .key = key});
}

void explorer_type(struct explorer *explorer, const char *ascii)
{
    for (; *ascii; ascii++)
        explorer_key(explorer, (unsigned char)*ascii);
}

void explorer_paste(struct explorer *explorer, const char *text)
{
    explorer_send(explorer, &(struct message){.kind = MESSAGE_PASTE, .text = text_of(text)});
}

void explorer_filter(struct explorer *explorer, const char *words)
{
    explorer_key(explorer, 'f');
    explorer_paste(explorer, words);
    explorer_key(explorer, K_ENTER);
    explorer_key(explorer, K_ESCAPE);
}

void explorer_click(struct explorer *explorer, enum mouse_kind kind, int column, int row)
{
    explorer_send(
        explorer,
        &(struct message){.kind = MESSAGE_MOUSE, .mouse = kind, .column = column, .row = row});
}

void explorer_resize(struct explorer *explorer, int columns_, int rows)
{
    explorer_send(explorer,
                  &(struct message){.kind = MESSAGE_RESIZE, .columns = columns_, .rows = rows});
}

void explorer_go(struct explorer *explorer, const char *handle)
{
    explorer_key(explorer, '/');
    explorer_type(explorer, handle);
    explorer_key(explorer, K_ENTER);
}

static uint32_t row_of(const struct explorer *explorer, const char *handle)
{
    for (uint32_t row = 0; row < explorer->catalog.count; row++)
        if (text_is(catalog_text(&explorer->catalog, COL_HANDLE, row), handle))
            return row;
    assert(!"no creator of that name");
    return CATALOG_NONE;
}

void explorer_drop(struct explorer *explorer, const char *handle)
{
    struct record_sink sink = catalog_sink(&explorer->catalog);
    sink.begin(sink.self, NULL);
    sink.drop(sink.self, catalog_id(&explorer->catalog, row_of(explorer, handle)), NULL);
    sink.end(sink.self, true, NULL);
    explorer_send(explorer, &(struct message){.kind = MESSAGE_LOADED});
}

static const char *terminated(char *room, size_t size, struct text text)
{
    snprintf(room, size, "%.*s", (int)text.length, text_known(text) ? text.at : "");
    return room;
}

const char *explorer_cursor(const struct explorer *explorer)
{
    static char room[64];
    uint32_t row = model_row(&explorer->model);
    struct text handle = {0};
    if (row != CATALOG_NONE)
        handle = catalog_text(&explorer->catalog, COL_HANDLE, row);
    return terminated(room, sizeof room, handle);
}

const char *explorer_filter_text(const struct explorer *explorer)
{
    static char room[256];
    struct buf text = BUF_INIT;
    filter_print(&explorer->model.query.filter, &text);
    terminated(room, sizeof room, buf_text(&text));
    buf_release(&text);
    return room;
}

const char *explorer_order_text(const struct explorer *explorer)
{
    static char room[256];
    struct buf text = BUF_INIT;
    query_print_order(&explorer->model.query, &text);
    terminated(room, sizeof room, buf_text(&text));
    buf_release(&text);
    return room;
}

const char *explorer_list_text(const struct explorer *explorer)
{
    static char room[512];
    const struct rowset *rows = &explorer->model.result.rows;
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < rows->count; i++) {
        buf_add_string(&text, i ? " " : "");
        buf_add_text(&text, catalog_text(&explorer->catalog, COL_HANDLE, rowset_at(rows, i)));
    }
    terminated(room, sizeof room, buf_text(&text));
    buf_release(&text);
    return room;
}

bool explorer_ticked(const struct explorer *explorer, const char *handle)
{
    return catalog_ticked(&explorer->catalog, row_of(explorer, handle));
}

unsigned explorer_planned(const struct explorer *explorer, const char *handle)
{
    return catalog_planned(&explorer->catalog, row_of(explorer, handle));
}

const char *explorer_page(const struct explorer *explorer)
{
    static char room[1 << 17];
    struct buf text = BUF_INIT;
    struct help help;
    help_make(&explorer->model, &help);
    for (size_t i = 0; i < help.count; i++) {
        buf_add_string(&text, help.items[i].heading ? "# " : "");
        buf_add_text(&text, help.items[i].label);
        buf_add_string(&text, help.items[i].label.length ? " | " : "");
        buf_add_text(&text, help.items[i].text);
        buf_add_char(&text, '\n');
    }
    help_release(&help);
    terminated(room, sizeof room, buf_text(&text));
    buf_release(&text);
    return room;
}

void explorer_forget(struct explorer *explorer)
{
    effects_release(&explorer->effects);
}

size_t explorer_effects(const struct explorer *explorer, enum effect_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < explorer->effects.count; i++)
        count += explorer->effects.items[i].kind == kind;
    return count;
}

const struct effect *explorer_effect(const struct explorer *explorer, enum effect_kind kind,
                                     size_t nth)
{
    for (size_t i = 0; i < explorer->effects.count; i++)
        if (explorer->effects.items[i].kind == kind && nth-- == 0)
            return &explorer->effects.items[i];
    return NULL;
}
