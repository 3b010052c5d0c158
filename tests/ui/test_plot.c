#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/vec.h"
#include "ui/plot.h"

/* Known answers, written as a person would label an axis. */

static void ticks_are(double low, double high, size_t most, const char *wanted)
{
    double ticks[12];
    char said[200] = "";
    size_t count = plot_ticks(low, high, most, ticks);
    for (size_t i = 0; i < count; i++)
        snprintf(said + strlen(said), sizeof said - strlen(said), "%s%.10g", i ? " " : "",
                 ticks[i]);
    if (strcmp(said, wanted) != 0)
        fail_msg("%g to %g in %zu: \"%s\", not \"%s\"", low, high, most, said, wanted);
}

static void ticks_are_round_and_as_many_as_fit(void **state)
{
    (void)state;
    ticks_are(0, 10, 6, "0 2 4 6 8 10");
    ticks_are(0, 10, 3, "0 5 10");
    ticks_are(43400, 48200, 4, "44000 46000 48000");
    ticks_are(43400, 48200, 6, "44000 45000 46000 47000 48000");
    ticks_are(0.0123, 0.0431, 4, "0.02 0.03 0.04");
    ticks_are(-30, 50, 5, "-20 0 20 40");
    ticks_are(1013, 1124, 3, "1050 1100");
    ticks_are(97, 131, 1, "100");
    ticks_are(5, 5, 4, "");
    ticks_are(5, 4, 4, "");
    ticks_are(NAN, 4, 4, "");
    ticks_are(1e9, 3e9, 5, "1000000000 1500000000 2000000000 2500000000 3000000000");
}

static void there_are_never_more_ticks_than_asked_for(void **state)
{
    (void)state;
    double ticks[12];
    for (int i = 1; i < 2000; i++) {
        double low = sin(i) * pow(10, i % 7), high = low + fabs(cos(i * 3.0)) * pow(10, i % 5);
        size_t most = 1 + (size_t)(i % 12), count = plot_ticks(low, high, most, ticks);
        assert_true(count <= most);
        for (size_t k = 0; k < count; k++) {
            assert_true(ticks[k] >= low - 1e-6 * fabs(low) && ticks[k] <= high + 1e-6 * fabs(high));
            assert_true(k == 0 || ticks[k] > ticks[k - 1]);
        }
    }
}

static double at(const char *date)
{
    double seconds = NAN;
    assert_true(date_parse(text_of(date), &seconds));
    return seconds;
}

static void months_are(const char *from, const char *to, size_t most, const char *wanted)
{
    double months[12];
    struct buf said = BUF_INIT;
    size_t count = plot_months(at(from), at(to), most, months);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_char(&said, ' ');
        date_iso(&said, months[i]);
    }
    assert_string_equal(buf_string(&said), wanted);
    buf_release(&said);
}

static void months_start_on_their_first(void **state)
{
    (void)state;
    months_are("2026-02-09", "2026-05-03", 6, "2026-03-01 2026-04-01 2026-05-01");
    months_are("2026-02-01", "2026-03-01", 6, "2026-02-01 2026-03-01");
    months_are("2026-02-09", "2026-08-03", 4, "2026-03-01 2026-05-01 2026-07-01");
    months_are("2025-11-20", "2026-11-15", 3, "2026-01-01 2026-07-01");
    months_are("2019-05-20", "2026-11-15", 4, "2020-01-01 2022-01-01 2024-01-01 2026-01-01");
    months_are("2026-02-09", "2026-02-20", 4, "");
}

/* ---- pictures ---- */

static int one_cell(uint32_t code)
{
    (void)code;
    return 1;
}

struct picture {
    struct canvas canvas;
    struct buf rows[40];
};

static void draw(struct picture *picture, const struct glyph_set *glyphs, int across, int rows,
                 const double *x, const double *y, size_t count)
{
    static const struct width_table widths = {one_cell};
    const struct plot_series series = {x, y, NULL, count, {.role = ROLE_GRAPH}, {0}};
    const struct plot plot = {&series, 1, UNIT_COUNT, {.group = ',', .decimal = '.'}, {0}};
    *picture = (struct picture){0};
    canvas_init(&picture->canvas, &widths, glyphs);
    canvas_clear(&picture->canvas, across, rows);
    plot_draw(&plot, &picture->canvas, (struct area){0, 0, across, rows});
    for (int row = 0; row < rows; row++)
        canvas_row_text(&picture->canvas, row, &picture->rows[row]);
}

static void release(struct picture *picture)
{
    for (size_t i = 0; i < COUNT_OF(picture->rows); i++)
        buf_release(&picture->rows[i]);
    canvas_release(&picture->canvas);
}

static void lines_are_drawn_in_what_the_font_has(void **state)
{
    (void)state;
    static const struct {
        const struct glyph_set *glyphs;
        const char *rows[2];
    } wanted[] = {
        {&glyphs_unicode, {"    200    ⣀⠔⠊", "    100 ⡠⠔⠉"}},
        {&glyphs_blocks, {"    200    ▄█▀", "    100 ▄█▀"}},
        {&glyphs_console, {"    200    ▄█▀", "    100 ▄█▀"}},
        {&glyphs_ascii, {"    200    ...", "    100 ..."}},
    };
    const double x[] = {at("2026-02-01"), at("2026-03-01")}, y[] = {100, 200};
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        struct picture picture;
        draw(&picture, wanted[i].glyphs, PLOT_LABEL_CELLS + 6, 3, x, y, 2);
        for (int row = 0; row < 2; row++)
            assert_string_equal(buf_string(&picture.rows[row]), wanted[i].rows[row]);
        release(&picture);
    }
}

/* Whatever the size: labels of values differ, dates stand whole and apart. */
static void labels_never_repeat_or_touch(void **state)
{
    (void)state;
    static const double spans[] = {3600, 86400 * 3, 86400 * 40, 86400 * 400, 86400 * 4000};
    static const double moves[] = {1, 30, 900, 40000};
    for (unsigned i = 0; i < 5 * 4 * 3 * 100; i++) {
        double start = at("2026-01-20"), low = pow(10, 3 + 2 * (i % 3));
        const double x[] = {start, start + spans[i / 3 % 5]}, y[] = {low, low + moves[i / 15 % 4]};
        int across = 12 + (int)(i / 60), rows = 2 + (int)(i * 7 % 38);
        struct picture picture;
        char before[PLOT_LABEL_CELLS + 1] = "";
        draw(&picture, &glyphs_ascii, across, rows, x, y, 2);
        for (int row = 0; row + 1 < rows; row++) {
            char label[PLOT_LABEL_CELLS + 1] = "";
            snprintf(label, sizeof label, "%.*s", PLOT_LABEL_CELLS, buf_string(&picture.rows[row]));
            if (strspn(label, " ") == strlen(label))
                continue;
            assert_null(strchr(label, '>'));
            if (strcmp(label, before) == 0)
                fail_msg("%dx%d, %g to %g: '%s' twice", across, rows, y[0], y[1], label);
            snprintf(before, sizeof before, "%s", label);
        }
        char said[24] = "";
        for (const char *date = buf_string(&picture.rows[rows - 1]);
             *(date += strspn(date, " "));) {
            int day, year, length = 0;
            char month[4];
            if (sscanf(date, "%2d %3s %4d%n", &day, month, &year, &length) != 3)
                fail_msg("%dx%d: '%s'", across, rows, buf_string(&picture.rows[rows - 1]));
            assert_true(date[length] == '\0' || date[length] == ' ');
            assert_false(strncmp(date, said, (size_t)length) == 0);
            snprintf(said, sizeof said, "%.*s", length, date);
            date += length;
        }
        release(&picture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round_and_as_many_as_fit),
        cmocka_unit_test(there_are_never_more_ticks_than_asked_for),
        cmocka_unit_test(months_start_on_their_first),
        cmocka_unit_test(lines_are_drawn_in_what_the_font_has),
        cmocka_unit_test(labels_never_repeat_or_touch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
