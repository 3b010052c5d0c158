#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "runtime/input.h"

static void feed(struct input *input, const char *bytes, double now)
{
    input_feed(input, text_of(bytes), now);
}

/* The next event has to be this key. */
static void expect_key(struct input *input, double now, uint32_t key)
{
    struct input_event event;
    assert_true(input_next(input, now, &event));
    assert_int_equal(event.kind, INPUT_KEY);
    assert_int_equal(event.key, key);
}

static void expect_nothing(struct input *input, double now)
{
    struct input_event event;
    assert_false(input_next(input, now, &event));
}

static void test_named_keys_in_every_dialect(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t key;
    } keys[] = {
        {"\033[A", K_UP},        {"\033OA", K_UP},         {"\033[B", K_DOWN},
        {"\033OC", K_RIGHT},     {"\033[D", K_LEFT},       {"\033[H", K_HOME},
        {"\033OH", K_HOME},      {"\033[1~", K_HOME},      {"\033[7~", K_HOME},
        {"\033[F", K_END},       {"\033[4~", K_END},       {"\033[8~", K_END},
        {"\033[5~", K_PAGE_UP},  {"\033[6~", K_PAGE_DOWN}, {"\033[2~", K_INSERT},
        {"\033[3~", K_DELETE},   {"\033[Z", K_BACK_TAB},   {"\033OP", K_F1},
        {"\033[11~", K_F1},      {"\033[[A", K_F1},        {"\033[[E", K_F1 + 4},
        {"\033OS", K_F1 + 3},    {"\033[15~", K_F1 + 4},   {"\033[21~", K_F1 + 9},
        {"\033[24~", K_F12},     {"\033[1;2A", K_UP},      {"\033[3;5~", K_DELETE},
        {"\033O5C", K_RIGHT},    {"\033OM", K_ENTER},      {"\033Op", '0'},
        {"\t", K_TAB},           {"\r", K_ENTER},          {"\177", K_BACKSPACE},
        {"\b", K_BACKSPACE},     {"\001", K_CTRL('a')},    {"\032", K_CTRL('z')},
        {" ", K_SPACE},          {"\u00e9", 0xE9},         {"\u65e5", 0x65E5},
        {"\U0001f600", 0x1F600},
    };
    struct input input;
    input_init(&input);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        feed(&input, keys[i].bytes, 0);
        struct input_event event;
        if (!input_next(&input, 0, &event) || event.kind != INPUT_KEY || event.key != keys[i].key)
            fail_msg("ESC%s is not key %x", keys[i].bytes + 1, (unsigned)keys[i].key);
        expect_nothing(&input, 0);
        assert_true(isinf(input_deadline(&input)));
    }
    input_release(&input);
}

static void test_keys_of_the_description_come_first(void **state)
{
    (void)state;
    struct input input;
    input_init(&input);
    input_name(&input, "\033A", K_UP);  /* vt52 */
    input_name(&input, "\033[M", K_F1); /* cons25 */
    input_name(&input, NULL, K_DOWN);   /* terminals lack keys */
    input_name(&input, "x", K_DOWN);    /* no sequence */
    input_name(&input, "\033[0123456789012345678", K_DOWN);
    feed(&input, "\033A\033[Mx", 0);
    expect_key(&input, 0, K_UP);
    expect_key(&input, 0, K_F1);
    expect_key(&input, 0, 'x');
    input_release(&input);
}

static void test_escape_waits_a_moment(void **state)
{
    (void)state;
    struct input input;
    input_init(&input);
    feed(&input, "\033", 10);
    expect_nothing(&input, 10.020);
    assert_float_equal(input_deadline(&input), 10.025, 1e-9);
    expect_key(&input, 10.025, K_ESCAPE);
    assert_true(isinf(input_deadline(&input)));
    /* What comes within the moment belongs to it. */
    feed(&input, "\033", 20);
    feed(&input, "[B", 20.010);
    expect_key(&input, 20.010, K_DOWN);
    /* On a slow line Escape and a key come at once. */
    feed(&input, "\033q", 30);
    expect_key(&input, 30, K_ESCAPE);
    expect_key(&input, 30, 'q');
    feed(&input, "\033\033[A", 40);
    expect_key(&input, 40, K_ESCAPE);
    expect_key(&input, 40, K_UP);
    input_release(&input);
}

static void test_what_stops_in_its_middle_is_dropped(void **state)
{
    (void)state;
    static const char *const cut[] = {"\033[1;", "\033]11;rgb", "\033P1$", "\033[<0;1", "\xe6\x97"};
    struct input input;
    input_init(&input);
    for (size_t i = 0; i < COUNT_OF(cut); i++) {
        feed(&input, cut[i], 0);
        expect_nothing(&input, INPUT_CUT_SECONDS / 2);
        expect_nothing(&input, INPUT_CUT_SECONDS);
        assert_true(isinf(input_deadline(&input)));
        feed(&input, "a", 1);
        expect_key(&input, 1, 'a');
    }
    /* Alt with a bracket is no sequence. */
    feed(&input, "\033[", 2);
    expect_key(&input, 3, K_ESCAPE);
    expect_key(&input, 3, '[');
    input_release(&input);
}

static void test_unknown_sequences_are_swallowed_whole(void **state)
{
    (void)state;
    static const char *const unknown[] = {
        "\033[?62;1;4c",   "\033[>0;276;0c", "\033[200;3$y",        "\033]4;1;rgb:1/2/3\007",
        "\033_Gi=1\033\\", "\033^x\033\\",   "\033[97;5u",          "\033[<35;1;1M",
        "\033[<128;1;1M",  "\033[<0;0;1M",   "\033[<0;1M",          "\033[M !!",
        "\033[201~",       "\033[25~",       "\033P>|term 1\033\\", "\033[99999999999999999999~",
    };
    struct input input;
    input_init(&input);
    for (size_t i = 0; i < COUNT_OF(unknown); i++) {
        feed(&input, unknown[i], 0);
        feed(&input, "a", 0);
        struct input_event event;
        if (!input_next(&input, 0, &event) || event.kind != INPUT_KEY || event.key != 'a')
            fail_msg("ESC%s is not swallowed", unknown[i] + 1);
        expect_nothing(&input, 0);
    }
    static const char controls[] = {'a', 0, 28, 29, 30, 31, '\xff', '\xc2', '\x80', '\xc0', 'b'};
    input_feed(&input, (struct text){controls, sizeof controls}, 0);
    expect_key(&input, 0, 'a');
    expect_key(&input, 0, 'b');
    expect_nothing(&input, 0);
    input_release(&input);
}

static struct text pasted(struct input *input, double now)
{
    struct input_event event;
    assert_true(input_next(input, now, &event));
    assert_int_equal(event.kind, INPUT_PASTE);
    return event.paste;
}

static void test_paste_is_one_line_of_text(void **state)
{
    (void)state;
    static const struct {
        const char *sent, *text;
    } cases[] = {
        {"", ""},
        {"one\ntwo\r\nthree\rfour\n\n", "one two three four"},
        {"tab\there \033[A \001 \177", "tab here  [A    "},
        {"caf\u00e9 \u202e\u200bx", "caf\u00e9 x"},
        {"bad \xff\xfe bytes", "bad \ufffd bytes"},
        {"nearly \033[201 the end \033[20", "nearly  [201 the end  [20"},
    };
    struct input input;
    input_init(&input);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        feed(&input, "\033[200~", 0);
        feed(&input, cases[i].sent, 0);
        feed(&input, "\033[201~q", 0);
        struct text text = pasted(&input, 0);
        if (!text_is(text, cases[i].text))
            fail_msg("'%.*s' instead of '%s'", (int)text.length, text.at, cases[i].text);
        expect_key(&input, 0, 'q');
    }
    input_release(&input);
}

static void test_a_paste_comes_in_pieces_and_ends_late(void **state)
{
    (void)state;
    struct input input;
    input_init(&input);
    static const char sent[] = "\033[200~some\033[20 text\033[201~";
    for (size_t i = 0; i + 1 < sizeof sent; i++) {
        expect_nothing(&input, (double)i * 0.01);
        input_feed(&input, (struct text){sent + i, 1}, (double)i * 0.01);
    }
    assert_true(text_is(pasted(&input, 50), "some [20 text"));
    feed(&input, "\033[200~lost end\033[2", 100);
    expect_nothing(&input, 100 + INPUT_PASTE_SECONDS / 2);
    assert_float_equal(input_deadline(&input), 100 + INPUT_PASTE_SECONDS, 1e-9);
    assert_true(text_is(pasted(&input, 100 + INPUT_PASTE_SECONDS), "lost end"));
    assert_true(isinf(input_deadline(&input)));
    input_release(&input);
}

static void test_a_huge_paste_is_cut(void **state)
{
    (void)state;
    struct input input;
    input_init(&input);
    feed(&input, "\033[200~", 0);
    char block[4096];
    memset(block, 'x', sizeof block);
    for (unsigned i = 0; i < 2 * INPUT_PASTE_LIMIT / sizeof block; i++) {
        input_feed(&input, (struct text){block, sizeof block}, 0);
        expect_nothing(&input, 0);
    }
    feed(&input, "\033[201~q", 0);
    assert_int_equal(pasted(&input, 0).length, INPUT_PASTE_LIMIT);
    expect_key(&input, 0, 'q');
    input_release(&input);
}

static void expect_mouse(struct input *input, double now, enum input_mouse mouse, int button,
                         int column, int row)
{
    struct input_event event;
    assert_true(input_next(input, now, &event));
    assert_int_equal(event.kind, INPUT_MOUSE);
    assert_int_equal(event.mouse, mouse);
    assert_int_equal(event.button, button);
    assert_int_equal(event.column, column);
    assert_int_equal(event.row, row);
}

static void test_mouse_reports(void **state)
{
    (void)state;
    struct input input;
    input_init(&input);
    feed(&input, "\033[<0;1;1M\033[<32;300;200M\033[<0;300;200m\033[<2;4;5M\033[<18;4;5M", 0);
    expect_mouse(&input, 0, INPUT_PRESS, 1, 0, 0);
    expect_mouse(&input, 0, INPUT_DRAG, 1, 299, 199);
    expect_mouse(&input, 0, INPUT_RELEASE, 1, 299, 199);
    expect_mouse(&input, 0, INPUT_PRESS, 3, 3, 4);
    expect_mouse(&input, 0, INPUT_PRESS, 3, 3, 4); /* with Ctrl */
    feed(&input, "\033[<64;2;3M\033[<65;2;3M\033[<66;2;3M", 0);
    expect_mouse(&input, 0, INPUT_WHEEL_UP, 0, 1, 2);
    expect_mouse(&input, 0, INPUT_WHEEL_DOWN, 0, 1, 2);
    expect_nothing(&input, 0);
    input_release(&input);
}

static void test_double_clicks_are_quick_and_on_one_cell(void **state)
{
    (void)state;
    static const char press[] = "\033[<0;5;6M", elsewhere[] = "\033[<0;5;7M";
    struct input input;
    input_init(&input);
    feed(&input, press, 10);
    expect_mouse(&input, 10, INPUT_PRESS, 1, 4, 5);
    feed(&input, press, 10.3);
    expect_mouse(&input, 10.3, INPUT_DOUBLE, 1, 4, 5);
    feed(&input, press, 10.4); /* the third begins anew */
    expect_mouse(&input, 10.4, INPUT_PRESS, 1, 4, 5);
    feed(&input, press, 11);
    expect_mouse(&input, 11, INPUT_PRESS, 1, 4, 5);
    feed(&input, elsewhere, 11.1);
    expect_mouse(&input, 11.1, INPUT_PRESS, 1, 4, 6);
    input_release(&input);
}

static void test_answers_are_no_keys(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t colour;
    } backgrounds[] = {
        {"\033]11;rgb:ffff/8080/0000\033\\", 0xFF8000},
        {"\033]11;rgb:ff/80/00\007", 0xFF8000},
        {"\033]11;rgb:f/8/0\007", 0xFF8800},
        {"\033]11;rgba:1414/1818/1f1f/ffff\007", 0x14181F},
    };
    struct input input;
    struct input_event event;
    input_init(&input);
    for (size_t i = 0; i < COUNT_OF(backgrounds); i++) {
        feed(&input, backgrounds[i].bytes, 0);
        assert_true(input_next(&input, 0, &event));
        assert_int_equal(event.kind, INPUT_BACKGROUND);
        assert_int_equal(event.background, backgrounds[i].colour);
    }
    feed(&input, "\033]11;rgb:fffff/0/0\007\033]11;rgb:0/0\007\033]10;rgb:0/0/0\007\033[12;34R", 0);
    assert_true(input_next(&input, 0, &event));
    assert_int_equal(event.kind, INPUT_CURSOR);
    assert_int_equal(event.row, 11);
    assert_int_equal(event.column, 33);
    feed(&input, "\033[I\033[O", 0);
    assert_true(input_next(&input, 0, &event));
    assert_true(event.kind == INPUT_FOCUS && event.focused);
    assert_true(input_next(&input, 0, &event));
    assert_true(event.kind == INPUT_FOCUS && !event.focused);
    expect_nothing(&input, 0);
    input_release(&input);
    input_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_named_keys_in_every_dialect),
        cmocka_unit_test(test_keys_of_the_description_come_first),
        cmocka_unit_test(test_escape_waits_a_moment),
        cmocka_unit_test(test_what_stops_in_its_middle_is_dropped),
        cmocka_unit_test(test_unknown_sequences_are_swallowed_whole),
        cmocka_unit_test(test_paste_is_one_line_of_text),
        cmocka_unit_test(test_a_paste_comes_in_pieces_and_ends_late),
        cmocka_unit_test(test_a_huge_paste_is_cut),
        cmocka_unit_test(test_mouse_reports),
        cmocka_unit_test(test_double_clicks_are_quick_and_on_one_cell),
        cmocka_unit_test(test_answers_are_no_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
