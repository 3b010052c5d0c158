#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/command.h"
#include "base/vec.h"
#include "support/screen.h"

/* What somebody who sees it for the first time has to be told on the screen itself. */

static const char *creators, *folder;

static void run(struct screen *screen, const char *script)
{
    struct err err = {.message = ""};
    if (!screen_run(screen, text_of(script), &err))
        fail_msg("%s", err.message);
    screen_draw(screen);
}

static void begin(struct screen *screen, int columns_, int rows, const char *script)
{
    screen_init(screen, creators, columns_, rows);
    run(screen, script);
}

/* The first row that says so; -1: none does. */
static int row_saying(const struct screen *screen, const char *what)
{
    struct buf room = BUF_INIT;
    int found = -1;
    for (int row = 0; row < screen->canvas.rows && found < 0; row++)
        if (strstr(screen_row(screen, row, &room), what))
            found = row;
    buf_release(&room);
    return found;
}

static void print_rows(const struct screen *screen)
{
    struct buf room = BUF_INIT;
    for (int row = 0; row < screen->canvas.rows; row++)
        fprintf(stderr, "%s\n", screen_row(screen, row, &room));
    buf_release(&room);
}

static void assert_says(const struct screen *screen, const char *what)
{
    if (row_saying(screen, what) >= 0)
        return;
    print_rows(screen);
    fail_msg("'%s' is not on the screen", what);
}

static void assert_silent(const struct screen *screen, const char *what)
{
    if (row_saying(screen, what) < 0)
        return;
    print_rows(screen);
    fail_msg("'%s' is on the screen", what);
}

static void test_figures_for_planned_posts_say_so(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "a");
    assert_silent(&screen, "posts planned"); /* one post, as of everybody */
    run(&screen, "p Left Left Left Left Left Left Left Left Right + + q");
    assert_says(&screen, "1 in plan, ROI for the posts planned");
    assert_says(&screen, "u undo: posts");
    run(&screen, "i");
    assert_says(&screen, "3 videos planned, each person counts once");
    run(&screen, "Esc\np - - q");
    assert_silent(&screen, "posts planned");
    screen_release(&screen);
}

/* Bars give way before creators do; who has no room is counted, and the one under the focus is in view. */
static void test_who_is_compared_is_in_view(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 100, 30, "Space Space Space\nc");
    for (int i = 0; i < 3; i++) {
        struct text handle =
            catalog_text(&screen.catalog, COL_HANDLE, screen.model.comparison.rows[i]);
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)handle.length, handle.at);
        assert_says(&screen, name);
    }
    assert_silent(&screen, "1 more");
    run(&screen, "q\nSpace Space Space\nc");
    static const char *const beyond[] = {
        "▸ 2 more", "▸ 2 more", "▸ 2 more", "▸ 2 more", "◂ 1 more   ▸ 1 more", "◂ 2 more"};
    screen.model.compare_focus = 0;
    for (int i = 0; i < 6; i++) {
        screen_draw(&screen);
        assert_says(&screen, beyond[i]);
        struct buf room = BUF_INIT;
        assert_non_null(strstr(screen_row(&screen, screen.model.layout.body.row, &room), "▸"));
        buf_release(&room);
        run(&screen, "Right");
    }
    screen_release(&screen);
}

static void test_the_reasons_are_words(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "f\ntext:beau\nEnter\nEsc\nSpace Space Space\nc");
    assert_says(&screen, "Too close, ranges overlap: gifted.gwen just ahead of velvetlids ");
    assert_says(&screen, " = 0.09x the people, 1.30x the response,");
    assert_says(&screen, "10.00x being cheaper");
    assert_says(&screen, "Chance that it really does: 51%. Under 3 expected orders luck decides.");
    screen_release(&screen);
    begin(&screen, 120, 32,
          "f\ntext:glow.by\nEnter\nEsc\nSpace\nX\nf\ntext:lenaskin\nEnter\nEsc\nSpace\nX\nc");
    assert_says(&screen, "Why glow.by.mina ◂ beats lenaskin");
    assert_says(&screen, "glow.by.mina ◂     ");
    assert_says(&screen, "Each EUR brings back 1.11 against 0.78 = 2.78x the people");
    screen_release(&screen);
}

/* What tips the scales is never cut: it takes another line. */
static void test_caveats_are_whole(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "Space Space Space Space Space Space Space Space\nc");
    int row = row_saying(&screen, "Chance that it really does:");
    assert_int_not_equal(row, -1);
    assert_says(&screen, "unknown, counted as all.");
    struct buf room = BUF_INIT;
    for (; row < screen.model.layout.status.row; row++)
        assert_null(strstr(screen_row(&screen, row, &room), "»"));
    buf_release(&room);
    screen_release(&screen);
}

static void test_the_footer_names_views_and_handing_over(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 120, 32, "");
    assert_says(&screen, "v views   x hand over");
    screen_resize(&screen, 100, 30);
    screen_draw(&screen);
    assert_says(&screen, "v views");
    screen_release(&screen);
}

static void test_tiers_say_their_bounds(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 100, 30, "");
    assert_says(&screen, "Tier, preset textbook");
    assert_says(&screen, "[ ] nano under 1k ");
    assert_says(&screen, "[ ] micro 1k-100k ");
    assert_says(&screen, "[ ] mega 1M up ");
    run(&screen, "F Down");
    assert_says(&screen, " micro: 1k-100k followers. Preset textbook: the usual definition");
    screen_release(&screen);
}

static void test_the_detail_says_that_there_is_more(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "Enter\nHome");
    assert_says(&screen, "▾ 18 more");
    assert_silent(&screen, "▴");
    run(&screen, "End");
    assert_silent(&screen, "▾");
    assert_says(&screen, "▴ ");
    screen_release(&screen);
}

/* Which figure `i` is about is seen, the one the list asked about first, and every line is reached. */
static void test_the_detail_shows_where_one_is(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "f\ntext:lenaskin\nEnter\nEsc\nEnter");
    assert_says(&screen, "▸ROI ");
    assert_says(&screen, "8 in 10: "); /* what is drawn below it is in view too */
    run(&screen, "Up Up");
    assert_silent(&screen, "▸ROI ");
    assert_says(&screen, "▸Revenue ");
    run(&screen, "Esc\nLeft Enter");
    assert_says(&screen, "▸Fee EUR ");
    run(&screen, "PgDn PgDn PgDn");
    assert_silent(&screen, "▾");
    int last = row_saying(&screen, "▸");
    assert_true(last > row_saying(&screen, "About"));
    run(&screen, "Up");
    assert_int_equal(row_saying(&screen, "▸"), last - 1);
    run(&screen, "End");
    assert_int_equal(row_saying(&screen, "▸"), last);
    run(&screen, "i");
    assert_says(&screen, "What it says");
    screen_release(&screen);
}

/* What Enter would add was chosen: after it, nothing is. */
static void test_enter_adds_only_what_was_chosen(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "f\ntext:beau\nEnter\nEnter Enter");
    assert_int_equal(screen.model.query.filter.count, 1);
    assert_says(&screen, "type, or Down to choose");
    run(&screen, "Down");
    assert_says(&screen, "▸  tier: nano");
    run(&screen, "Enter");
    assert_int_equal(screen.model.query.filter.count, 2);
    run(&screen, "text:country:DE\nEnter");
    assert_int_equal(screen.model.query.filter.count, 3);
    screen_release(&screen);
}

/* Chips take the room there is, a comparison says what it rests on and that it goes on. */
static void test_what_is_left_is_said(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "Space Space Space Space Space\nc");
    assert_says(&screen, "default assumptions !");
    assert_says(&screen, "▾ ");
    run(&screen, "End");
    assert_says(&screen, "▴ ");
    screen_release(&screen);
    begin(&screen, 80, 24, "/\ntext:gifted\nEnter");
    assert_says(&screen, "Fee 0  product only, quoted");
    screen_release(&screen);
    begin(&screen, 80, 24, "v\np");
    assert_says(&screen, "a saves a view of yours");
    screen_release(&screen);
    begin(&screen, 80, 24, "f\ntext:tier:micro\nEnter\ntext:country:DE\nEnter\nEsc");
    assert_says(&screen, "tier: micro x  country: Germany x");
    screen_release(&screen);
}

/* The first row in view is not taken for the best there is. */
static void test_the_list_says_what_stands_above(void **state)
{
    (void)state;
    struct screen screen;
    char above[32], below[32];
    begin(&screen, 80, 24, "");
    size_t rows = screen.model.result.rows.count, height = (size_t)list_height(&screen.model);
    snprintf(below, sizeof below, "Creator ▾ %zu below", rows - height);
    assert_says(&screen, below);
    assert_silent(&screen, "▴");
    run(&screen, "End");
    snprintf(above, sizeof above, "Creator ▴ %zu above", rows - height);
    assert_says(&screen, above);
    assert_silent(&screen, " below");
    screen_resize(&screen, 40, 24);
    screen_draw(&screen);
    assert_says(&screen, "▴ ");
    screen_release(&screen);
}

/* Who moved the cursor nowhere has chosen nobody: the best of what is asked for stand first. */
static void test_a_filter_begins_with_the_best(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "f\ntext:beau\nEnter\nEsc\nX");
    assert_int_equal(screen.model.list.cursor, 0);
    run(&screen, "f\ntext:glow.by\nEnter\nEsc");
    int64_t mina = screen.model.cursor_id;
    run(&screen, "X");
    assert_int_equal(screen.model.list.cursor, 0);
    assert_int_not_equal(screen.model.cursor_id, mina);
    run(&screen, "/\ntext:glow.by\nEnter\nf\ntext:beau\nEnter\nEsc\nX");
    assert_int_equal(screen.model.cursor_id, mina); /* he is wanted: he stays */
    screen_release(&screen);
}

/* Only what the user typed is underlined. */
static void test_the_blanks_of_an_own_fee_are_plain(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 80, 24, "Left\n9 0\nEnter\nDown");
    int row = row_saying(&screen, "=90"), own = 0;
    assert_int_not_equal(row, -1);
    for (int column = 0; column < 80; column++) {
        const struct cell *cell = canvas_cell(&screen.canvas, column, row);
        own += cell->role == ROLE_OWN;
        if (cell->role == ROLE_OWN)
            assert_int_not_equal(cell->code[0], ' ');
    }
    assert_int_equal(own, 3);
    screen_release(&screen);
}

/* What we say among ourselves, and a marketer does not. */
static const char *const unsaid[] = {"knob",  "knobs", "p10",    "p90",   "baseline", "baselines",
                                     "index", "facet", "facets", "lens",  "catalog",  "rowset",
                                     "nan",   "inf",   "null",   "regex", "boolean",  "enum"};

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static void expect_their_words(const char *text, const char *where)
{
    for (const char *at = text; *at;) {
        size_t length = 0;
        while (is_letter(at[length]))
            length++;
        for (size_t i = 0; i < COUNT_OF(unsaid); i++)
            if (length == strlen(unsaid[i]) && strncasecmp(at, unsaid[i], length) == 0)
                fail_msg("'%s' is said in %s: %.60s", unsaid[i], where, at);
        at += length ? length : 1;
    }
}

/* The screens that are kept, each as it is, and all that help, menu and footer say of commands. */
static void test_the_words_are_theirs(void **state)
{
    (void)state;
    struct buf path = BUF_INIT, screen = BUF_INIT;
    buf_addf(&path, "%s/cases", folder);
    DIR *cases = opendir(buf_string(&path));
    assert_non_null(cases);
    int seen = 0;
    for (struct dirent *entry; (entry = readdir(cases));) {
        char block[4096];
        const char *ending = strrchr(entry->d_name, '.');
        if (!ending || strcmp(ending, ".screen") != 0)
            continue;
        buf_clear(&path);
        buf_clear(&screen);
        buf_addf(&path, "%s/cases/%s", folder, entry->d_name);
        FILE *file = fopen(buf_string(&path), "r");
        assert_non_null(file);
        for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
            buf_add(&screen, block, n);
        fclose(file);
        expect_their_words(buf_string(&screen), entry->d_name);
        seen++;
    }
    closedir(cases);
    assert_true(seen > 200);
    for (size_t i = 0; i < command_count; i++) {
        expect_their_words(commands[i].title, commands[i].name);
        expect_their_words(commands[i].help, commands[i].name);
        if (commands[i].label)
            expect_their_words(commands[i].label, commands[i].name);
    }
    buf_release(&path);
    buf_release(&screen);
}

int main(int count, char **arguments)
{
    struct buf path = BUF_INIT;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_for_planned_posts_say_so),
        cmocka_unit_test(test_who_is_compared_is_in_view),
        cmocka_unit_test(test_the_reasons_are_words),
        cmocka_unit_test(test_caveats_are_whole),
        cmocka_unit_test(test_the_footer_names_views_and_handing_over),
        cmocka_unit_test(test_tiers_say_their_bounds),
        cmocka_unit_test(test_the_detail_says_that_there_is_more),
        cmocka_unit_test(test_the_detail_shows_where_one_is),
        cmocka_unit_test(test_the_list_says_what_stands_above),
        cmocka_unit_test(test_enter_adds_only_what_was_chosen),
        cmocka_unit_test(test_what_is_left_is_said),
        cmocka_unit_test(test_a_filter_begins_with_the_best),
        cmocka_unit_test(test_the_blanks_of_an_own_fee_are_plain),
        cmocka_unit_test(test_the_words_are_theirs),
    };
    if (count < 2)
        return 1;
    buf_addf(&path, "%s/creators.jsonl", arguments[1]);
    creators = buf_string(&path);
    folder = arguments[1];
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_release(&path);
    return failed;
}
