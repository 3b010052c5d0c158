/* Can everything be read in every theme that comes with the program? What a colour is worth is computed
 * here anew, from the definitions: WCAG 2.2 for contrast, OKLab (Ottosson 2020) for distance, Machado,
 * Oliveira and Fernandes 2009 for eyes that mix up red and green, xterm's table for the 256. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "exchange/yaml.h"
#include "ui/theme.h"

#define MOST 32

static struct theme themes[MOST]; /* all of the folder */
static size_t count;

static void read_theme(const char *file, struct theme *out)
{
    char path[512], block[16384];
    struct doc doc = {0};
    struct err err = {0};
    snprintf(path, sizeof path, "%s/%s", THEMES, file);
    FILE *stream = fopen(path, "r");
    assert_non_null(stream);
    size_t length = fread(block, 1, sizeof block, stream);
    fclose(stream);
    if (!yaml_read((struct text){block, length}, &doc, &err) || !theme_read(&doc, out, &err))
        fail_msg("%s:%zu:%zu: %s", file, err.line, err.column, err.message);
    doc_release(&doc);
    assert_int_equal(strlen(out->name) + strlen(".yaml"), strlen(file));
    assert_int_equal(strncmp(out->name, file, strlen(out->name)), 0);
}

static int read_all(void **state)
{
    (void)state;
    DIR *folder = opendir(THEMES);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (strstr(entry->d_name, ".yaml"))
            read_theme(entry->d_name, &themes[count++]);
    closedir(folder);
    return 0;
}

static const struct theme *named(const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(themes[i].name, name) == 0)
            return &themes[i];
    fail_msg("there is no theme '%s'", name);
    return NULL;
}

/* ---- colours ---- */

struct rgb {
    double r, g, b; /* linear, 0 … 1 */
};

static double linear(unsigned byte)
{
    double v = byte / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static struct rgb true_colour(const struct colour *colour)
{
    return (struct rgb){linear(colour->rgb >> 16 & 255), linear(colour->rgb >> 8 & 255),
                        linear(colour->rgb & 255)};
}

static unsigned cube(unsigned step)
{
    return step == 0 ? 0 : 55 + 40 * step;
}

static struct rgb indexed_colour(const struct colour *colour)
{
    unsigned i = colour->index;
    assert_true(i >= 16 && i <= 255);
    if (i >= 232)
        return (struct rgb){linear(10 * i - 2312), linear(10 * i - 2312), linear(10 * i - 2312)};
    i -= 16;
    return (struct rgb){linear(cube(i / 36)), linear(cube(i % 36 / 6)), linear(cube(i % 6))};
}

static double luminance(struct rgb c)
{
    return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
}

static double contrast(struct rgb a, struct rgb b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

/* Severity 1 of the table of the paper. */
static struct rgb seen_by_deutan(struct rgb c)
{
    return (struct rgb){fmin(1, fmax(0, 0.367322 * c.r + 0.860646 * c.g - 0.227968 * c.b)),
                        fmin(1, fmax(0, 0.280085 * c.r + 0.672501 * c.g + 0.047413 * c.b)),
                        fmin(1, fmax(0, -0.011820 * c.r + 0.042940 * c.g + 0.968881 * c.b))};
}

/* A hundred times the distance in OKLab. */
static double distance(struct rgb a, struct rgb b)
{
    double lab[2][3];
    const struct rgb colours[] = {a, b};
    for (int i = 0; i < 2; i++) {
        struct rgb c = colours[i];
        double l = cbrt(0.4122214708 * c.r + 0.5363325363 * c.g + 0.0514459929 * c.b);
        double m = cbrt(0.2119034982 * c.r + 0.6806995451 * c.g + 0.1073969566 * c.b);
        double s = cbrt(0.0883024619 * c.r + 0.2817188376 * c.g + 0.6299787005 * c.b);
        lab[i][0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
        lab[i][1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        lab[i][2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    }
    double sum = 0;
    for (int k = 0; k < 3; k++)
        sum += pow(lab[0][k] - lab[1][k], 2);
    return 100 * sqrt(sum);
}

static void the_rulers_are_right(void **state)
{
    (void)state;
    const struct colour white = {0xFFFFFF, 231, 0}, black = {0, 16, 0}, red = {0xFF0000, 196, 0};
    const struct colour grey = {0x777777, 243, 0}, green = {0x00FF00, 46, 0};
    assert_float_equal(contrast(true_colour(&white), true_colour(&black)), 21, 1e-9);
    assert_float_equal(contrast(true_colour(&grey), true_colour(&white)), 4.478, 5e-4);
    assert_float_equal(contrast(indexed_colour(&white), indexed_colour(&black)), 21, 1e-9);
    assert_float_equal(distance(indexed_colour(&red), true_colour(&red)), 0, 1e-12);
    assert_float_equal(distance(true_colour(&white), true_colour(&black)), 100, 0.01);
    double normal = distance(true_colour(&red), true_colour(&green));
    double deutan =
        distance(seen_by_deutan(true_colour(&red)), seen_by_deutan(true_colour(&green)));
    assert_true(normal > 50 && deutan < 0.75 * normal);
}

/* ---- themes ---- */

static const enum role grounds[] = {ROLE_TEXT, ROLE_CURSOR, ROLE_AWAY, ROLE_BAR};

static double required(const struct theme *theme, enum role role)
{
    if (role == ROLE_BORDER)
        return 1.5; /* decoration, and what is dimmed because something lies over it */
    if (role == ROLE_GRAPH || role == ROLE_GRAPH2)
        return 3;
    return strcmp(theme->name, "contrast") == 0 ? 7 : 4.5;
}

static void check(const struct theme *theme, enum role role, enum role surface)
{
    struct theme_style look = theme_look(theme, role, surface);
    double exact = contrast(true_colour(&look.fore), true_colour(&look.on));
    double indexed = contrast(indexed_colour(&look.fore), indexed_colour(&look.on));
    if (exact < required(theme, role) || indexed < required(theme, role))
        fail_msg("%s: %s on %s: %.2f, of the 256: %.2f", theme->name, roles[role].name,
                 roles[surface].name, exact, indexed);
}

/* A role that calls out brings its own ground along; a figure that just moved may stand without. */
static void everything_can_be_read_wherever_it_lies(void **state)
{
    (void)state;
    size_t painted = 0;
    for (size_t t = 0; t < count; t++) {
        if (theme_colours(&themes[t]) < 256)
            continue;
        painted++;
        for (int role = 0; role < ROLE_COUNT; role++)
            if (roles[role].has_surface)
                check(&themes[t], (enum role)role, (enum role)role);
        for (int role = 0; role < ROLE_COUNT; role++)
            for (size_t s = 0; s < sizeof grounds / sizeof grounds[0]; s++)
                if ((!roles[role].calls_out || role == ROLE_CHANGED) &&
                    (role != ROLE_BORDER || grounds[s] == ROLE_TEXT))
                    check(&themes[t], (enum role)role, grounds[s]);
    }
    assert_int_equal(painted, 5);
}

static void a_row_of_the_cursor_stands_out(void **state)
{
    (void)state;
    for (size_t t = 0; t < count; t++) {
        const struct theme_style *styles = themes[t].styles;
        if (theme_colours(&themes[t]) < 256)
            continue;
        for (size_t s = 1; s < sizeof grounds / sizeof grounds[0]; s++) {
            const struct colour *on = &styles[grounds[s]].on;
            assert_true(distance(true_colour(on), true_colour(&styles[ROLE_TEXT].on)) > 3);
            assert_int_not_equal(on->index, styles[ROLE_TEXT].on.index);
        }
        assert_true(distance(true_colour(&styles[ROLE_CURSOR].on),
                             true_colour(&styles[ROLE_CELL].on)) > 20);
    }
}

static void gain_and_loss_differ_for_every_eye(void **state)
{
    (void)state;
    static const char *const safe[] = {"deutan", "deutan-light"};
    for (size_t i = 0; i < sizeof safe / sizeof safe[0]; i++) {
        const struct theme_style *styles = named(safe[i])->styles;
        const struct colour *good = &styles[ROLE_GOOD].fore, *bad = &styles[ROLE_BAD].fore;
        double exact =
            distance(seen_by_deutan(true_colour(good)), seen_by_deutan(true_colour(bad)));
        double indexed =
            distance(seen_by_deutan(indexed_colour(good)), seen_by_deutan(indexed_colour(bad)));
        if (exact < 20 || indexed < 20)
            fail_msg("%s: %.1f, of the 256: %.1f", safe[i], exact, indexed);
    }
    for (size_t t = 0; t < count; t++)
        if (theme_colours(&themes[t]) == 256)
            assert_true(distance(true_colour(&themes[t].styles[ROLE_GOOD].fore),
                                 true_colour(&themes[t].styles[ROLE_BAD].fore)) > 20);
}

/* Who sees 256 colours sees nearly the same theme. */
static void indexes_are_near_their_true_colours(void **state)
{
    (void)state;
    for (size_t t = 0; t < count; t++)
        for (int i = 0; i < ROLE_COUNT && theme_colours(&themes[t]) == 256; i++) {
            const struct theme_style *style = &themes[t].styles[i];
            double fore = distance(true_colour(&style->fore), indexed_colour(&style->fore));
            double on = roles[i].has_surface
                            ? distance(true_colour(&style->on), indexed_colour(&style->on))
                            : 0;
            if (fore > 18 || on > 18)
                fail_msg("%s: index of %s: %.1f on %.1f", themes[t].name, roles[i].name, fore, on);
        }
}

static void a_light_theme_says_so(void **state)
{
    (void)state;
    for (size_t t = 0; t < count; t++)
        if (theme_has_ground(&themes[t]))
            assert_int_equal(themes[t].light,
                             luminance(true_colour(&themes[t].styles[ROLE_TEXT].on)) > 0.5);
}

/* As the design has them: nobody knows what these look like. */
static void the_terminals_own_are_used_with_care(void **state)
{
    (void)state;
    static const struct {
        enum role role;
        uint16_t index, plain;
    } wanted[] = {
        {ROLE_TEXT, THEME_DEFAULT, THEME_DEFAULT},
        {ROLE_GOOD, 2, 2},
        {ROLE_BAD, 1, 1},
        {ROLE_WARN, 3, 3},
        {ROLE_KEY, 3, 3},
        {ROLE_EST, 5, 5},
        {ROLE_OWN, 6, 6},
        {ROLE_GRAPH, 12, 4},
        {ROLE_DIM, 8, 7},
    };
    const struct theme *own = named("terminal");
    assert_int_equal(theme_colours(own), 8);
    assert_false(theme_has_ground(own));
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        assert_int_equal(own->styles[wanted[i].role].fore.index, wanted[i].index);
        assert_int_equal(own->styles[wanted[i].role].fore.plain, wanted[i].plain);
    }
    for (int i = 0; i < ROLE_COUNT; i++)
        assert_int_equal(own->styles[i].on.index, THEME_DEFAULT);
}

/* What is left when no file can be read is what the file says. */
static void mono_is_the_one_built_in(void **state)
{
    (void)state;
    const struct theme *mono = named("mono");
    struct theme built_in;
    theme_mono(&built_in);
    assert_int_equal(theme_colours(mono), 0);
    assert_false(theme_has_ground(mono));
    for (int i = 0; i < ROLE_COUNT; i++) {
        assert_int_equal(mono->styles[i].attributes, built_in.styles[i].attributes);
        assert_int_equal(mono->styles[i].mono, built_in.styles[i].mono);
        assert_int_equal(mono->styles[i].fore.rgb, THEME_NO_COLOUR);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rulers_are_right),
        cmocka_unit_test(everything_can_be_read_wherever_it_lies),
        cmocka_unit_test(a_row_of_the_cursor_stands_out),
        cmocka_unit_test(gain_and_loss_differ_for_every_eye),
        cmocka_unit_test(indexes_are_near_their_true_colours),
        cmocka_unit_test(a_light_theme_says_so),
        cmocka_unit_test(the_terminals_own_are_used_with_care),
        cmocka_unit_test(mono_is_the_one_built_in),
    };
    return cmocka_run_group_tests(tests, read_all, NULL);
}
