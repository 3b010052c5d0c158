#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/vec.h"
#include "drawing.h"

/* The real program at work, as an SVG that moves:
 *
 *     cast OUT.svg COLUMNSxROWS [KEY …] -- PROGRAM [ARGUMENT …]
 *
 * =WORDS says below the screen what happens from here on; +SECONDS stays longer on what is shown. Texts
 * are typed letter by letter. Only the rows that change are drawn anew, so that it stays small. */

#define TYPED 0.12   /* seconds after a letter */
#define PRESSED 0.45 /* … after a named key */
#define LAST 4.0     /* … on the last screen */
#define WORDS_COLOUR 0x8fc7ff

static struct order order;

/* What a row showed, and when: it may come back. */
struct span {
    double from, until;
};
struct strip {
    struct buf drawn;
    struct span *items;
    size_t count, capacity;
};
struct strips {
    struct strip *items;
    size_t count, capacity;
};

struct cast {
    struct pty *pty;
    struct strips strips;
    struct buf *rows; /* as they are, the words below them last */
    double *since;
    const char *words;
    uint32_t ground;
    double now;
};

static struct strip *strip_of(struct strips *strips, struct buf *drawn)
{
    for (size_t i = 0; i < strips->count; i++)
        if (text_equal(buf_text(&strips->items[i].drawn), buf_text(drawn))) {
            buf_release(drawn);
            return &strips->items[i];
        }
    struct strip strip = {.drawn = *drawn};
    VEC_PUSH(strips, strip);
    return &strips->items[strips->count - 1];
}

static void keep_strip(struct cast *cast, int row)
{
    if (cast->rows[row].length == 0)
        return;
    struct strip *strip = strip_of(&cast->strips, &cast->rows[row]);
    struct span span = {.from = cast->since[row], .until = cast->now};
    VEC_PUSH(strip, span);
    cast->rows[row] = (struct buf)BUF_INIT;
}

static void look_at(struct cast *cast, int row)
{
    struct buf drawn = BUF_INIT;
    if (row < order.rows)
        draw_row(cast->pty, &drawn, order.columns, row, cast->ground);
    else if (cast->words)
        draw_words(&drawn, row, WORDS_COLOUR, cast->words);
    if (text_equal(buf_text(&drawn), buf_text(&cast->rows[row]))) {
        buf_release(&drawn);
        return;
    }
    keep_strip(cast, row);
    cast->rows[row] = drawn;
    cast->since[row] = cast->now;
}

static void show(struct cast *cast, double seconds)
{
    for (int row = 0; row <= order.rows; row++)
        look_at(cast, row);
    cast->now += seconds;
}

static void type(struct cast *cast, const char *text)
{
    for (; *text; text++) {
        press(cast->pty, (char[]){*text, '\0'});
        show(cast, TYPED);
    }
    cast->now += PRESSED - TYPED;
}

static void take_step(struct cast *cast, const char *key)
{
    if (key[0] == '=' && key[1]) {
        cast->words = key + 1;
        show(cast, PRESSED);
    } else if (key[0] == '+' && key[1]) {
        cast->now += atof(key + 1);
    } else if (key_is_named(key)) {
        press(cast->pty, key);
        show(cast, PRESSED);
    } else {
        type(cast, key);
    }
}

/* Where nothing moves the first screen stays. */
static void write_times(const struct cast *cast, size_t at, struct buf *out)
{
    const struct strip *strip = &cast->strips.items[at];
    const char *first = strip->items[0].from > 0 ? "hidden" : "visible";
    buf_addf(out, "@keyframes k%zu{0%%{visibility:%s}", at, first);
    for (size_t i = 0; i < strip->count; i++) {
        buf_addf(out, "%.3f%%{visibility:visible}", 100 * strip->items[i].from / cast->now);
        if (strip->items[i].until < cast->now)
            buf_addf(out, "%.3f%%{visibility:hidden}", 100 * strip->items[i].until / cast->now);
    }
    buf_addf(out, "}\n#s%zu{visibility:%s;animation:k%zu %.2fs step-end infinite}\n", at, first, at,
             cast->now);
}

static void write_strips(const struct cast *cast, struct buf *out)
{
    buf_add_string(out, "<style>\n");
    for (size_t i = 0; i < cast->strips.count; i++)
        write_times(cast, i, out);
    buf_add_string(out, "</style>\n");
    for (size_t i = 0; i < cast->strips.count; i++) {
        buf_addf(out, "<g id=\"s%zu\">\n", i);
        buf_add_text(out, buf_text(&cast->strips.items[i].drawn));
        buf_add_string(out, "</g>\n");
    }
}

static void take(void **state)
{
    size_t rows = (size_t)order.rows + 1;
    struct cast cast = {.rows = mem_zero(rows, sizeof *cast.rows),
                        .since = mem_zero(rows, sizeof *cast.since)};
    struct buf svg = BUF_INIT;
    (void)state;
    cast.pty = order_open(&order);
    cast.ground = ground_of(cast.pty);
    show(&cast, PRESSED);
    for (int i = 0; i < order.key_count; i++)
        take_step(&cast, order.keys[i]);
    cast.now += LAST;
    for (size_t row = 0; row < rows; row++)
        keep_strip(&cast, (int)row);
    draw_begin(&svg, order.columns, order.rows + 1, cast.ground);
    write_strips(&cast, &svg);
    draw_end(&svg, order.out);
    pty_close(cast.pty);
    for (size_t i = 0; i < cast.strips.count; i++) {
        buf_release(&cast.strips.items[i].drawn);
        free(cast.strips.items[i].items);
    }
    free(cast.strips.items);
    free(cast.rows);
    free(cast.since);
    buf_release(&svg);
}

int main(int argc, char **argv)
{
    if (!order_read(&order, argc, argv))
        return 2;
    const struct CMUnitTest casts[] = {cmocka_unit_test(take)};
    return cmocka_run_group_tests_name(order.out, casts, NULL, NULL);
}
