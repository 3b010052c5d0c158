#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <utf8proc.h>

#include "base/random.h"
#include "base/vec.h"
#include "ui/canvas.h"

static int utf8proc_width(uint32_t code_point)
{
    return utf8proc_charwidth((utf8proc_int32_t)code_point);
}

static const struct width_table widths = {utf8proc_width};
static const struct ink plain = {.role = ROLE_TEXT, .surface = ROLE_TEXT};

struct fixture {
    struct canvas canvas;
    struct buf row;
};

static void set_up(struct fixture *f, const struct glyph_set *glyphs, int columns, int rows)
{
    canvas_init(&f->canvas, &widths, glyphs);
    canvas_clear(&f->canvas, columns, rows);
    f->row = (struct buf)BUF_INIT;
}

static void tear_down(struct fixture *f)
{
    canvas_release(&f->canvas);
    buf_release(&f->row);
}

static const char *row_text(struct fixture *f, int row)
{
    buf_clear(&f->row);
    canvas_row_text(&f->canvas, row, &f->row);
    return buf_string(&f->row);
}

static const char *row_roles(struct fixture *f, int row, bool surface)
{
    buf_clear(&f->row);
    canvas_row_roles(&f->canvas, row, surface, &f->row);
    return buf_string(&f->row);
}

static void test_text_is_clipped_on_every_side(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, &glyphs_unicode, 5, 2);
    assert_int_equal(canvas_string(&f.canvas, 3, 0, plain, "abcdef"), 5);
    assert_string_equal(row_text(&f, 0), "   a\u00BB");
    assert_int_equal(canvas_string(&f.canvas, -2, 1, plain, "abcd"), 2);
    assert_string_equal(row_text(&f, 1), "cd");
    canvas_string(&f.canvas, 0, 2, plain, "below");
    canvas_string(&f.canvas, 0, -1, plain, "above");
    assert_string_equal(row_text(&f, 0), "   a\u00BB");
    tear_down(&f);
}

static void test_wide_characters_take_two_cells_or_none(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, &glyphs_unicode, 5, 1);
    assert_int_equal(canvas_string(&f.canvas, 0, 0, plain, "\u65e5\u672c\u8a9e"), 5);
    assert_string_equal(row_text(&f, 0), "\u65e5\u672c\u00BB");
    assert_int_equal(canvas_cell(&f.canvas, 0, 0)->width, 2);
    assert_int_equal(canvas_cell(&f.canvas, 1, 0)->width, 0);
    assert_int_equal(canvas_cell(&f.canvas, 4, 0)->width, 1);
    /* Drawing over one half leaves no other half. */
    canvas_string(&f.canvas, 1, 0, plain, "x");
    assert_string_equal(row_text(&f, 0), " x\u672c\u00BB");
    canvas_string(&f.canvas, 2, 0, plain, "y");
    assert_string_equal(row_text(&f, 0), " xy \u00BB");
    canvas_string(&f.canvas, -1, 0, plain, "\u65e5z");
    assert_string_equal(row_text(&f, 0), " zy \u00BB");
    tear_down(&f);
}

static void test_marks_sit_on_their_letter(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, &glyphs_unicode, 10, 1);
    canvas_string(&f.canvas, 0, 0, plain, "e\u0301\u0302\u0303\u0304x");
    assert_string_equal(row_text(&f, 0), "e\u0301\u0302x");
    assert_int_equal(canvas_cell(&f.canvas, 1, 0)->code[0], 'x');
    /* A mark that leads a text must not land on what stands before. */
    canvas_string(&f.canvas, 1, 0, plain, "\u0301z");
    assert_int_equal(canvas_cell(&f.canvas, 0, 0)->code[2], 0x302);
    tear_down(&f);
}

static void test_no_control_reaches_a_cell(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, &glyphs_unicode, 40, 1);
    canvas_string(&f.canvas, 0, 0, plain,
                  "a\033]0;x\007b\u202ec\u200bd\xc2\x9b"
                  "e\nf");
    assert_string_equal(row_text(&f, 0), "a\ufffd]0;x\ufffdbcd\ufffde f");
    tear_down(&f);
}

static void test_fit_cuts_with_the_sign_of_the_set(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, &glyphs_unicode, 12, 1);
    canvas_fit(&f.canvas, 1, 0, 6, FIT_LEFT, plain, TEXT("the.skincare"));
    canvas_fit(&f.canvas, 8, 0, 4, FIT_RIGHT, plain, TEXT("7%"));
    assert_string_equal(row_text(&f, 0), " the.s\u00bb   7%");
    tear_down(&f);
    set_up(&f, &glyphs_ascii, 12, 1);
    canvas_fit(&f.canvas, 0, 0, 6, FIT_LEFT, plain, TEXT("José María"));
    assert_string_equal(row_text(&f, 0), "Jose >");
    tear_down(&f);
}

static void test_ascii_set_shows_ascii_only(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, &glyphs_ascii, 60, 3);
    canvas_string(&f.canvas, 0, 0, plain, "Łódź – \u65e5\u672c ß “a” 5€ e\u0301");
    assert_string_equal(row_text(&f, 0), "Lodz - ?? ss \"a\" 5EUR e");
    for (int i = 0; i < GLYPH_COUNT; i++)
        canvas_glyph(&f.canvas, i, 1, plain, (enum glyph)i);
    canvas_code(&f.canvas, 0, 2, plain, 0x2840);
    for (int row = 1; row < 3; row++)
        for (const char *c = row_text(&f, row); *c; c++)
            assert_in_range(*c, ' ', '~');
    assert_string_equal(row_text(&f, 2), "?");
    tear_down(&f);
}

static void test_glyphs_take_one_cell_and_none_is_missing(void **state)
{
    (void)state;
    for (int i = 0; i < GLYPH_COUNT; i++) {
        assert_int_equal(utf8proc_width(glyphs_unicode.code[i]), 1);
        assert_int_equal(utf8proc_width(glyphs_console.code[i]), 1);
        assert_in_range(glyphs_ascii.code[i], '!', '~');
    }
}

static void assert_cut(struct fixture *f, size_t index, const char *whole, int column, int row)
{
    int at, y;
    assert_true(index < canvas_cut_count(&f->canvas));
    struct text text = canvas_cut(&f->canvas, index, &at, &y);
    assert_true(text_is(text, whole));
    assert_int_equal(at, column);
    assert_int_equal(y, row);
}

static void test_what_is_cut_is_known_whole(void **state)
{
    (void)state;
    static const struct glyph_set *const sets[] = {&glyphs_unicode, &glyphs_ascii};
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        struct fixture f;
        int column, row;
        set_up(&f, sets[i], 12, 3);
        canvas_fit(&f.canvas, 0, 0, 5, FIT_LEFT, plain, TEXT("abcde")); /* fits */
        canvas_fit(&f.canvas, 6, 0, 4, FIT_RIGHT, plain, TEXT("12345"));
        canvas_fit(&f.canvas, 1, 1, 4, FIT_LEFT, plain, TEXT("Zo\u00EB Bj\u00F6rk"));
        canvas_string(&f.canvas, 8, 2, plain, "beyond the edge");
        assert_int_equal(canvas_cut_count(&f.canvas), 3);
        assert_cut(&f, 0, "12345", 9, 0);
        assert_cut(&f, 1, "Zo\u00EB Bj\u00F6rk", 4, 1);
        assert_cut(&f, 2, "beyond the edge", 11, 2);
        canvas_fit(&f.canvas, 0, 1, 12, FIT_LEFT, plain, TEXT("over it")); /* covered */
        assert_false(text_known(canvas_cut(&f.canvas, 1, &column, &row)));
        assert_cut(&f, 2, "beyond the edge", 11, 2);
        canvas_clear(&f.canvas, 12, 3);
        assert_int_equal(canvas_cut_count(&f.canvas), 0);
        tear_down(&f);
    }
}

static void test_areas_are_clipped(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, &glyphs_unicode, 4, 2);
    struct ink bar = {.role = ROLE_GOOD, .surface = ROLE_BAR, .strong = true};
    canvas_fill(&f.canvas, (struct area){-3, -3, 5, 4}, bar, '#');
    assert_string_equal(row_text(&f, 0), "##");
    assert_string_equal(row_text(&f, 1), "");
    assert_string_equal(row_roles(&f, 0, false), "gg..");
    assert_string_equal(row_roles(&f, 0, true), "__..");
    canvas_surface(&f.canvas, (struct area){1, 0, 99, 99}, ROLE_CURSOR);
    assert_string_equal(row_roles(&f, 0, true), "_ccc");
    assert_string_equal(row_roles(&f, 1, true), ".ccc");
    assert_string_equal(row_roles(&f, 0, false), "gg..");
    canvas_role(&f.canvas, (struct area){0, 0, 1, 1}, ROLE_BORDER);
    assert_string_equal(row_roles(&f, 0, false), "bg..");
    assert_false(canvas_cell(&f.canvas, 0, 0)->strong);
    canvas_surface(&f.canvas, (struct area){0, 0, -1, 1}, ROLE_CELL);
    assert_string_equal(row_roles(&f, 0, true), "_ccc");
    tear_down(&f);
}

static void test_clear_blanks_and_resizes(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, &glyphs_unicode, 4, 2);
    canvas_string(&f.canvas, 0, 0, (struct ink){ROLE_BAD, ROLE_BAR, true}, "abcd");
    f.canvas.cursor_shown = true;
    canvas_clear(&f.canvas, 4, 2);
    assert_string_equal(row_text(&f, 0), "");
    assert_string_equal(row_roles(&f, 0, false), "....");
    assert_false(f.canvas.cursor_shown);
    canvas_clear(&f.canvas, 0, 0);
    canvas_string(&f.canvas, 0, 0, plain, "nowhere");
    canvas_clear(&f.canvas, 2, 1);
    assert_string_equal(row_roles(&f, 0, true), "..");
    tear_down(&f);
    tear_down(&f);
}

/* Whatever is drawn where, every row keeps its width: halves of wide characters come in pairs. */
static void test_rows_stay_whole_under_random_drawing(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a",       "\u65e5\u672c", "e\u0301", "\U0001f600x",
        "\033[2J", "\xff\xfe",     "\u202e",  "long text that is cut"};
    uint64_t seed = 20261123;
    print_message("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    struct fixture f;
    set_up(&f, &glyphs_unicode, 13, 3);
    for (int turn = 0; turn < 3000; turn++) {
        int column = (int)random_below(&random, 20) - 4, row = (int)random_below(&random, 5) - 1;
        const char *piece = pieces[random_below(&random, COUNT_OF(pieces))];
        if (random_below(&random, 2))
            canvas_string(&f.canvas, column, row, plain, piece);
        else
            canvas_fit(&f.canvas, column, row, (int)random_below(&random, 9), FIT_RIGHT, plain,
                       text_of(piece));
        for (row = 0; row < 3; row++)
            for (column = 0; column < 13; column++) {
                const struct cell *cell = canvas_cell(&f.canvas, column, row);
                bool right_half = column > 0 && canvas_cell(&f.canvas, column - 1, row)->width == 2;
                assert_int_equal(cell->width == 0, right_half);
                assert_false(cell->width == 2 && column == 12);
                assert_true(cell->width == 0 || (cell->code[0] >= ' ' && cell->code[0] != 0x7F));
            }
    }
    tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_clipped_on_every_side),
        cmocka_unit_test(test_wide_characters_take_two_cells_or_none),
        cmocka_unit_test(test_marks_sit_on_their_letter),
        cmocka_unit_test(test_no_control_reaches_a_cell),
        cmocka_unit_test(test_fit_cuts_with_the_sign_of_the_set),
        cmocka_unit_test(test_ascii_set_shows_ascii_only),
        cmocka_unit_test(test_glyphs_take_one_cell_and_none_is_missing),
        cmocka_unit_test(test_what_is_cut_is_known_whole),
        cmocka_unit_test(test_areas_are_clipped),
        cmocka_unit_test(test_clear_blanks_and_resizes),
        cmocka_unit_test(test_rows_stay_whole_under_random_drawing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
