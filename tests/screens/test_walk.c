#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"
#include "support/screen.h"

/* Whatever is pressed, at whatever size: what must hold of every screen. */

#define STEPS 4000

static const char *creators;
static uint64_t seed;

/* What the last steps were, for the report. */
struct trail {
    char steps[24][48];
    size_t count;
};

static void trail_add(struct trail *trail, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t most = COUNT_OF(trail->steps);
    vsnprintf(trail->steps[trail->count++ % most], sizeof trail->steps[0], format, arguments);
    va_end(arguments);
}

static void trail_print(const struct trail *trail)
{
    size_t most = COUNT_OF(trail->steps);
    size_t from = trail->count > most ? trail->count - most : 0;
    fprintf(stderr, "seed %llu, step %zu, after:", (unsigned long long)seed, trail->count);
    for (size_t i = from; i < trail->count; i++)
        fprintf(stderr, " [%s]", trail->steps[i % most]);
    fprintf(stderr, "\n");
}

#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            struct buf room = BUF_INIT;                                                            \
            trail_print(trail);                                                                    \
            for (int r = 0; r < screen->canvas.rows; r++)                                          \
                fprintf(stderr, "|%s\n", screen_row(screen, r, &room));                            \
            buf_release(&room);                                                                    \
            fail_msg("does not hold: %s", #condition);                                             \
        }                                                                                          \
    } while (0)

/* Moves the cursor, hides or turns text round: none of it may reach a cell. */
static bool harmful(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x200B, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
    for (size_t i = 0; i < COUNT_OF(ranges); i++)
        if (code >= ranges[i][0] && code <= ranges[i][1])
            return true;
    return false;
}

static void check_cells(const struct screen *screen, const struct trail *trail)
{
    const struct canvas *canvas = &screen->canvas;
    HOLDS(canvas->columns == screen->model.layout.columns);
    HOLDS(canvas->rows == screen->model.layout.rows);
    for (int row = 0; row < canvas->rows; row++) {
        int cells = 0;
        for (int column = 0; column < canvas->columns; column++) {
            const struct cell *cell = canvas_cell(canvas, column, row);
            bool right_half = column > 0 && canvas_cell(canvas, column - 1, row)->width == 2;
            cells += cell->width;
            HOLDS(cell->role < ROLE_COUNT && cell->surface < ROLE_COUNT);
            HOLDS((cell->width == 0) == right_half);
            if (cell->width == 0)
                continue;
            bool replaced = cell->code[0] == 0xFFFD;
            HOLDS(replaced || screen_widths.width(cell->code[0]) == cell->width);
            HOLDS(!canvas->glyphs->ascii || cell->code[0] < 0x7F);
            for (size_t i = 0; i < COUNT_OF(cell->code) && cell->code[i]; i++)
                HOLDS(!harmful(cell->code[i]) && (i == 0 || !screen_widths.width(cell->code[i])));
        }
        HOLDS(cells == canvas->columns);
    }
    HOLDS(!canvas->cursor_shown ||
          (canvas->cursor_column >= 0 && canvas->cursor_row >= 0 &&
           canvas->cursor_column < canvas->columns && canvas->cursor_row < canvas->rows));
}

/* The cursor stands on its creator, in view, and its row says so. */
static void check_cursor(const struct screen *screen, const struct trail *trail)
{
    const struct model *model = &screen->model;
    const struct rowset *rows = &model->result.rows;
    if (model->layout.class == LAYOUT_TOO_SMALL || rows->count == 0)
        return;
    HOLDS(model->list.cursor < rows->count);
    uint32_t row = rowset_at(rows, model->list.cursor);
    HOLDS(catalog_id(&screen->catalog, row) == model->cursor_id);
    struct area list = model->layout.list;
    if (model->place != PLACE_EXPLORE || list.columns == 0 || list.rows < 2)
        return;
    size_t line = model->list.cursor - model->list.top;
    HOLDS(model->list.cursor >= model->list.top && line < (size_t)list.rows - 1);
    if (model->overlay != OVERLAY_NONE || model->prompt == PROMPT_FILTER ||
        model->prompt == PROMPT_FILL || model->prompt == PROMPT_COMMAND ||
        model->prompt == PROMPT_GOAL || model->prompt == PROMPT_HAND ||
        model->prompt == PROMPT_HAND_FILE)
        return;
    const struct cell *cell = canvas_cell(&screen->canvas, list.column, list.row + 1 + (int)line);
    HOLDS(cell->surface == ROLE_CURSOR || cell->surface == ROLE_AWAY || cell->surface == ROLE_CELL);
    HOLDS(cell->code[0] == screen->canvas.glyphs->code[GLYPH_FOCUS]);
}

/* The filter line says how many are shown. */
static void check_count(const struct screen *screen, const struct trail *trail)
{
    const struct model *model = &screen->model;
    if (model->layout.class < LAYOUT_SMALL || model->place != PLACE_EXPLORE ||
        model->overlay != OVERLAY_NONE || model->prompt == PROMPT_FILTER ||
        model->prompt == PROMPT_FILL || model->query.order_count > 2 ||
        model->prompt == PROMPT_HAND || model->prompt == PROMPT_HAND_FILE)
        return;
    char expected[48];
    struct buf row = BUF_INIT;
    snprintf(expected, sizeof expected, "%zu of %zu ", model->result.rows.count,
             screen->catalog.live_count);
    const char *text = screen_row(screen, model->layout.chips.row, &row);
    HOLDS(strstr(text, expected) != NULL);
    size_t passing = 0;
    for (uint32_t i = 0; i < screen->catalog.count; i++)
        passing += catalog_live(&screen->catalog, i) &&
                   query_passes(&model->query.filter, model->sheet, i);
    HOLDS(passing == model->result.rows.count);
    buf_release(&row);
}

/* The comparison stands on two to eight different ticked creators; the cursors of panes are inside. */
static void check_places(const struct screen *screen, const struct trail *trail)
{
    const struct model *model = &screen->model;
    if (model->place == PLACE_COMPARE) {
        HOLDS(model->compare_count >= 2 && model->compare_count <= COMPARE_MOST);
        HOLDS(model->compare_focus < model->compare_count);
        HOLDS(model->compare_row.cursor < model->compare_line_count);
        HOLDS(model->layout.class == LAYOUT_TOO_SMALL ||
              model->compare_row.cursor - model->compare_row.top < (size_t)compare_height(model));
        for (int i = 0; i < model->compare_count; i++) {
            uint32_t row = catalog_find_id(&screen->catalog, model->compare_ids[i]);
            HOLDS(row != CATALOG_NONE && catalog_ticked(&screen->catalog, row));
            for (int k = 0; k < i; k++)
                HOLDS(model->compare_ids[k] != model->compare_ids[i]);
        }
    }
    if (model->facet_lines.count > 0)
        HOLDS(model->facet.cursor < model->facet_lines.count);
    if (model->overlay == OVERLAY_PICKER || model->prompt == PROMPT_FILTER)
        HOLDS(model->picker.cursor < model->picker.count ||
              (model->picker.count == 0 && model->picker.cursor == 0) ||
              (model->picker.idle && model->picker.cursor == model->picker.count));
    HOLDS(model->line.caret <= model->line.text.length);
    HOLDS(model->layout.class == LAYOUT_TOO_SMALL || model->focus != FOCUS_FILTERS ||
          model->layout.filters.columns > 0);
    HOLDS(model->focus != FOCUS_DETAIL || model->layout.detail.columns > 0);
}

static void check(struct screen *screen, const struct trail *trail)
{
    screen_draw(screen);
    check_cells(screen, trail);
    check_cursor(screen, trail);
    check_count(screen, trail);
    check_places(screen, trail);
}

/* What the user made, as text: to compare before and after. */
static void print_state(const struct screen *screen, struct buf *out)
{
    const struct model *model = &screen->model;
    filter_print(&model->query.filter, out);
    buf_add_string(out, " | ");
    query_print_order(&model->query, out);
    buf_addf(out, " | %.17g", model->scenario.budget);
    for (size_t i = 0; i < COUNT_OF(model->scenario.changed); i++)
        buf_addf(out, " %llx", (unsigned long long)model->scenario.changed[i]);
    buf_add_string(out, " |");
    for (uint32_t row = 0; row < screen->catalog.count; row++)
        if (catalog_ticked(&screen->catalog, row) || catalog_planned(&screen->catalog, row))
            buf_addf(out, " %u:%d:%u", row, catalog_ticked(&screen->catalog, row),
                     catalog_planned(&screen->catalog, row));
}

/* steps */

static uint32_t random_key(struct random *random)
{
    const struct command *command = &commands[random_below(random, command_count)];
    size_t count = 0;
    while (count < COMMAND_KEYS && command->keys[count])
        count++;
    return count ? command->keys[random_below(random, count)] : K_ESCAPE; /* by menu only */
}

static const char *const words[] = {
    "beau",      "micro",     "niche:food", "er>=3%",       "fee<500",      "followers:10k..50k",
    "-tag:kids", "is:ticked", "germ",       "xyzzy",        "5000",         "2.5k",
    "0",         "nope<",     "\"",         "\u00e4\u0301", "\u200f\u202e", "1e309",
    "fee:known", "in:plan",   "country:",   "tier:mega",    "roi>0",        "9",
};

static const uint32_t odd_keys[] = {K_ESCAPE, K_ENTER,  K_TAB,       K_BACKSPACE, K_UP,
                                    K_DOWN,   K_DELETE, K_CTRL('W'), K_CTRL('U'), 0x43B,
                                    0x1F600,  0x301,    K_F1 + 4,    K_INSERT,    0x9B};

static void step_resize(struct screen *screen, struct random *random, struct trail *trail)
{
    static const int usual[][2] = {{80, 24}, {120, 32}, {160, 48}, {60, 16}, {24, 6}, {40, 14}};
    size_t pick = random_below(random, COUNT_OF(usual) + 4);
    bool odd = pick >= COUNT_OF(usual);
    int width = odd ? 1 + (int)random_below(random, 300) : usual[pick][0];
    int height = odd ? 1 + (int)random_below(random, 100) : usual[pick][1];
    trail_add(trail, "resize %dx%d", width, height);
    screen_resize(screen, width, height);
}

static void step_mouse(struct screen *screen, struct random *random, struct trail *trail)
{
    static const enum mouse_kind kinds[] = {MOUSE_PRESS, MOUSE_DOUBLE, MOUSE_WHEEL_UP,
                                            MOUSE_WHEEL_DOWN};
    enum mouse_kind kind = kinds[random_below(random, COUNT_OF(kinds))];
    int column = (int)random_below(random, (uint64_t)screen->model.layout.columns + 2);
    int row = (int)random_below(random, (uint64_t)screen->model.layout.rows + 2);
    trail_add(trail, "mouse %d at %d,%d", (int)kind, column, row);
    screen_mouse(screen, kind, column, row);
}

static void step_key(struct screen *screen, uint32_t key, struct trail *trail)
{
    struct buf name = BUF_INIT;
    key_label(key, &name);
    trail_add(trail, "%s", buf_string(&name));
    buf_release(&name);
    screen_key(screen, key);
}

static void step(struct screen *screen, struct random *random, struct trail *trail)
{
    const char *word = words[random_below(random, COUNT_OF(words))];
    switch (random_below(random, 20)) {
    case 0:
        step_resize(screen, random, trail);
        break;
    case 1:
    case 2:
        step_mouse(screen, random, trail);
        break;
    case 3:
        trail_add(trail, "type %s", word);
        screen_type(screen, word);
        break;
    case 4:
        trail_add(trail, "paste %s", word);
        screen_send(screen, &(struct message){.kind = MESSAGE_PASTE, .text = text_of(word)});
        break;
    case 5:
    case 6:
        step_key(screen, odd_keys[random_below(random, COUNT_OF(odd_keys))], trail);
        break;
    default:
        step_key(screen, random_key(random), trail);
    }
    screen->model.leaving = false; /* q is taken, and the walk goes on */
}

/* Out of everything that is open, so that letters are commands. */
static void come_out(struct screen *screen)
{
    screen_resize(screen, 80, 24);
    for (int i = 0; i < 8; i++)
        screen_key(screen, K_ESCAPE);
}

static void undo_all(struct screen *screen, const struct buf *start, const struct trail *trail)
{
    struct buf state = BUF_INIT, here = BUF_INIT;
    come_out(screen);
    print_state(screen, &here);
    size_t count = screen->model.undo.done;
    for (size_t i = 0; i < count; i++)
        screen_key(screen, 'u');
    HOLDS(screen->model.undo.done == 0);
    print_state(screen, &state);
    if (!text_equal(buf_text(start), buf_text(&state)))
        fprintf(stderr, "start: %s\nis:    %s\n", start->at, buf_string(&state));
    HOLDS(text_equal(buf_text(start), buf_text(&state)));
    for (size_t i = 0; i < count; i++)
        screen_key(screen, 'U');
    buf_clear(&state);
    print_state(screen, &state);
    if (!text_equal(buf_text(&here), buf_text(&state)))
        fprintf(stderr, "was: %s\nis:  %s\n", buf_string(&here), buf_string(&state));
    HOLDS(text_equal(buf_text(&here), buf_text(&state)));
    check(screen, trail);
    buf_release(&here);
    buf_release(&state);
}

static void walk(const char *file, const struct glyph_set *glyphs)
{
    struct screen screen;
    struct random random;
    struct trail trail = {.count = 0};
    struct buf start = BUF_INIT;
    random_init(&random, seed);
    screen_init(&screen, file, 80, 24);
    screen_glyphs(&screen, glyphs);
    print_state(&screen, &start);
    buf_string(&start);
    for (int i = 0; i < STEPS; i++) {
        step(&screen, &random, &trail);
        check(&screen, &trail);
        if (i % 500 == 499)
            undo_all(&screen, &start, &trail);
    }
    buf_release(&start);
    screen_release(&screen);
}

static void test_walk_in_unicode(void **state)
{
    (void)state;
    walk(creators, &glyphs_unicode);
}

static void test_walk_in_ascii(void **state)
{
    (void)state;
    walk(creators, &glyphs_ascii);
}

static void test_walk_through_an_empty_store(void **state)
{
    (void)state;
    walk(NULL, &glyphs_unicode);
}

/* Every size once, in every place and under every overlay. */
static void test_every_size(void **state)
{
    (void)state;
    static const char *const scripts[] = {"",
                                          "Enter",
                                          "i",
                                          "?",
                                          "m",
                                          ":",
                                          "F",
                                          "f",
                                          "/\ntext:a",
                                          "b",
                                          "C",
                                          "S",
                                          "Space Space Space\nc",
                                          "Space Space Space\nc\n= f",
                                          "f\npaste:niche:food tier:mega\nEnter\nEsc"};
    for (size_t i = 0; i < COUNT_OF(scripts); i++) {
        struct screen screen;
        struct err err = {.message = ""};
        struct trail trail = {.count = 0};
        screen_init(&screen, creators, 80, 24);
        assert_true(screen_run(&screen, text_of(scripts[i]), &err));
        for (int width = 1; width <= 170; width += width < 30 ? 1 : 7)
            for (int height = 1; height <= 50; height += height < 12 ? 1 : 6) {
                trail_add(&trail, "%s at %dx%d", scripts[i], width, height);
                screen_resize(&screen, width, height);
                check(&screen, &trail);
            }
        screen_release(&screen);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s FOLDER [SEED]\n", argv[0]);
        return 2;
    }
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/creators.jsonl", argv[1]);
    creators = buf_string(&path);
    seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL);
    fprintf(stderr, "seed %llu\n", (unsigned long long)seed);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_size),
        cmocka_unit_test(test_walk_in_unicode),
        cmocka_unit_test(test_walk_in_ascii),
        cmocka_unit_test(test_walk_through_an_empty_store),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_release(&path);
    return failed;
}
