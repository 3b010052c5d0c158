#include <stdlib.h>

#include "app/bindings.h"
#include "app/key.h"
#include "base/arena.h"
#include "base/vec.h"
#include "runtime/themes.h"
#include "verbs_internal.h"

/* columns, commands, themes: what there is. */

/* A table of texts with any exporter. `row` fills the cells of row i. */
struct telling {
    const struct writer_column *columns;
    size_t column_count, row_count;
    void (*row)(const void *self, size_t i, struct buf *cells);
    const void *self;
};

#define TELLING_COLUMNS 8

static bool tell_rows(void *self, struct writer *writer, bool people, struct err *err)
{
    const struct telling *telling = self;
    struct buf texts[TELLING_COLUMNS] = {0};
    struct writer_cell cells[TELLING_COLUMNS] = {0};
    bool ok = true;
    (void)people;
    for (size_t i = 0; i < telling->row_count && ok; i++) {
        for (size_t k = 0; k < telling->column_count; k++)
            buf_clear(&texts[k]);
        telling->row(telling->self, i, texts);
        for (size_t k = 0; k < telling->column_count; k++)
            cells[k].text = texts[k].length ? buf_text(&texts[k]) : (struct text){0};
        ok = writer_row(writer, cells, err);
    }
    for (size_t k = 0; k < TELLING_COLUMNS; k++)
        buf_release(&texts[k]);
    return ok;
}

static int tell(const struct cli *cli, struct telling telling)
{
    return verb_print_table(
        cli, &(struct verb_table){telling.columns, telling.column_count, tell_rows, &telling});
}

static const char *const unit_words[UNIT_COUNT_OF] = {
    [UNIT_TEXT] = "text",       [UNIT_WORD] = "word",       [UNIT_SET] = "set of words",
    [UNIT_COUNT] = "count",     [UNIT_AVERAGE] = "average", [UNIT_SHARE] = "fraction",
    [UNIT_RATIO] = "ratio",     [UNIT_ROI] = "fraction",    [UNIT_MONEY] = "money",
    [UNIT_PROFIT] = "money",    [UNIT_UNIT_COST] = "money", [UNIT_ESTIMATE] = "expected count",
    [UNIT_GROWTH] = "fraction", [UNIT_DAYS] = "days",       [UNIT_TIME] = "time",
    [UNIT_FLAG] = "yes or no",  [UNIT_SCORE] = "0 to 100",
};

static void column_row_cells(const void *self, size_t i, struct buf *cells)
{
    static const char *const better[] = {
        [BETTER_NEITHER] = "", [BETTER_MORE] = "more", [BETTER_LESS] = "less"};
    (void)self;
    const struct column_row *row = &columns[i];
    buf_add_string(&cells[0], row->key);
    buf_add_string(&cells[1], row->title);
    buf_add_string(&cells[2], unit_words[row->unit]);
    buf_add_string(&cells[3], column_group_titles[row->group]);
    buf_add_string(&cells[4], better[row->better]);
    buf_add_string(&cells[5], row->stored && !row->kept ? "stored" : "computed");
    buf_add_string(&cells[6], row->help);
}

int verb_columns(const struct cli *cli)
{
    static const struct writer_column layout[] = {
        {.key = "key", .title = "Key"},       {.key = "title", .title = "Title"},
        {.key = "unit", .title = "Unit"},     {.key = "group", .title = "Group"},
        {.key = "better", .title = "Better"}, {.key = "origin", .title = "Origin"},
        {.key = "help", .title = "Meaning"},
    };
    return tell(cli,
                (struct telling){layout, COUNT_OF(layout), COLUMN_COUNT, column_row_cells, NULL});
}

static void command_cells(const void *self, size_t i, struct buf *cells)
{
    const struct bindings *own = self;
    const struct command *command = &commands[i];
    const uint32_t *keys = bindings_keys(own, command);
    buf_add_string(&cells[0], command->name);
    for (int k = 0; k < COMMAND_KEYS && keys[k]; k++) {
        if (k)
            buf_add_char(&cells[1], ' ');
        key_label(keys[k], &cells[1]);
    }
    buf_add_string(&cells[2], command_group_titles[command->group]);
    buf_add_string(&cells[3], command->title);
    buf_add_string(&cells[4], command->help);
}

int verb_commands(const struct cli *cli)
{
    static const struct writer_column layout[] = {
        {.key = "name", .title = "Name"},   {.key = "keys", .title = "Keys"},
        {.key = "group", .title = "Group"}, {.key = "title", .title = "What it does"},
        {.key = "help", .title = "More"},
    };
    return tell(cli, (struct telling){layout, COUNT_OF(layout), command_count, command_cells,
                                      &cli->config->bindings});
}

struct found_themes {
    struct arena arena;
    struct text *items; /* name, title, background, file of each */
    size_t count, capacity;
    size_t broken;
};

enum { THEME_CELLS = 4 };

static const char *ground_of(const struct theme *theme)
{
    return !theme_has_ground(theme) ? "terminal" : theme->light ? "light" : "dark";
}

static void keep_theme(void *self, const struct theme_found *found)
{
    struct found_themes *themes = self;
    if (!found->theme) {
        say("%s", found->err->message);
        themes->broken++;
        return;
    }
    const char *const cells[THEME_CELLS] = {found->name, found->theme->title,
                                            ground_of(found->theme), found->path};
    for (size_t i = 0; i < THEME_CELLS; i++) {
        struct text kept = arena_text(&themes->arena, text_of(cells[i]));
        VEC_PUSH(themes, kept);
    }
}

static void theme_cells(const void *self, size_t i, struct buf *cells)
{
    const struct found_themes *themes = self;
    for (size_t k = 0; k < THEME_CELLS; k++)
        buf_add_text(&cells[k], themes->items[i * THEME_CELLS + k]);
}

int verb_themes(const struct cli *cli)
{
    static const struct writer_column layout[THEME_CELLS] = {
        {.key = "name", .title = "Name"},
        {.key = "title", .title = "Title"},
        {.key = "background", .title = "Background"},
        {.key = "file", .title = "File"},
    };
    struct found_themes themes = {.items = NULL};
    struct err err;
    bool ok = themes_each(keep_theme, &themes, &err);
    int status = ok ? tell(cli, (struct telling){layout, THEME_CELLS, themes.count / THEME_CELLS,
                                                 theme_cells, &themes})
                    : verb_failed(&err);
    free(themes.items);
    arena_release(&themes.arena);
    return status == 0 && themes.broken > 0 ? EXIT_FAILED : status;
}
