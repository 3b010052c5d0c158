#include "drawing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool order_read(struct order *order, int argc, char **argv)
{
    int at = 3;
    while (at < argc && strcmp(argv[at], "--") != 0)
        at++;
    if (at + 1 >= argc || sscanf(argv[2], "%dx%d", &order->columns, &order->rows) != 2) {
        fprintf(stderr, "%s OUT.svg COLUMNSxROWS [KEY ...] -- PROGRAM ...\n", argv[0]);
        return false;
    }
    order->out = argv[1];
    order->keys = argv + 3;
    order->key_count = at - 3;
    order->argv = argv + at + 1;
    return true;
}

struct pty *order_open(const struct order *order)
{
    static const char *const env[] = {"COLORTERM=truecolor", "NO_COLOR", NULL};
    struct pty_options options = {.columns = order->columns, .rows = order->rows, .env = env};
    struct pty *pty = pty_open(&options, (const char *const *)order->argv);
    pty_settle(pty);
    return pty;
}

static const struct {
    const char *name, *bytes;
} keys[] = {
    {"Enter", "\r"},     {"Esc", "\033"},     {"Space", " "},      {"Tab", "\t"},
    {"Up", "\033[A"},    {"Down", "\033[B"},  {"Right", "\033[C"}, {"Left", "\033[D"},
    {"PgUp", "\033[5~"}, {"PgDn", "\033[6~"}, {"Home", "\033[H"},  {"End", "\033[F"},
};

bool key_is_named(const char *key)
{
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strcmp(keys[i].name, key) == 0)
            return true;
    return false;
}

void press(struct pty *pty, const char *key)
{
    const char *bytes = key;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strcmp(keys[i].name, key) == 0)
            bytes = keys[i].bytes;
    pty_send(pty, bytes);
    pty_settle(pty);
}

static uint32_t fore_of(const struct pty_cell *cell)
{
    return cell->reverse ? cell->on_rgb : cell->fore_rgb;
}

static uint32_t on_of(const struct pty_cell *cell)
{
    return cell->reverse ? cell->fore_rgb : cell->on_rgb;
}

static void rectangle(struct buf *out, double x, double y, double width, double height,
                      uint32_t colour)
{
    buf_addf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#%06x\"/>\n",
             x, y, width, height, colour & 0xffffff);
}

/* Bars, rules and blocks are drawn, not written: they meet whatever font shows the rest. Shares of a
 * cell. */
static const struct {
    uint32_t first, last;
    double x, y, width, height;
    double grow; /* of the height, per code point, upwards */
} shapes[] = {
    {0x2501, 0x2501, 0, 0.44, 1, 0.12, 0},       {0x2578, 0x2578, 0, 0.44, 0.5, 0.12, 0},
    {0x2500, 0x2500, 0, 0.47, 1, 0.06, 0},       {0x2502, 0x2502, 0.44, 0, 0.12, 1, 0},
    {0x2581, 0x2588, 0, 0.875, 1, 0.125, 0.125},
};

static bool draw_shape(struct buf *out, uint32_t code, int column, int row, uint32_t colour)
{
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (code < shapes[i].first || code > shapes[i].last)
            continue;
        double grown = (code - shapes[i].first) * shapes[i].grow;
        rectangle(out, (column + shapes[i].x) * CELL, (row + shapes[i].y - grown) * LINE,
                  shapes[i].width * CELL, (shapes[i].height + grown) * LINE, colour);
        return true;
    }
    return false;
}

static void draw_glyph(struct buf *out, const struct pty_cell *cell, int column, int row)
{
    if (draw_shape(out, cell->code[0], column, row, fore_of(cell)))
        return;
    buf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" fill=\"#%06x\"%s%s>", column * CELL,
             row * LINE + BASE, fore_of(cell) & 0xffffff, cell->bold ? " font-weight=\"bold\"" : "",
             cell->underline ? " text-decoration=\"underline\"" : "");
    for (size_t i = 0; i < 6 && cell->code[i]; i++)
        buf_addf(out, "&#%u;", cell->code[i]);
    buf_add_string(out, "</text>\n");
}

static bool plain(const struct pty_cell *cell)
{
    return cell->code[0] > ' ' && cell->code[0] < 127 && cell->code[1] == 0;
}

static bool same_look(const struct pty_cell *a, const struct pty_cell *b)
{
    return fore_of(a) == fore_of(b) && a->bold == b->bold && a->underline == b->underline;
}

/* A run of ASCII in one look is one text, stretched to its cells. Returns the column after it. */
static int draw_run(struct pty *pty, struct buf *out, int width, int column, int row)
{
    struct pty_cell first = pty_cell(pty, column, row);
    int end = column;
    struct buf text = BUF_INIT;
    for (; end < width; end++) {
        struct pty_cell cell = pty_cell(pty, end, row);
        if (!plain(&cell) || !same_look(&first, &cell))
            break;
        buf_addf(&text, strchr("<>&\"", (int)cell.code[0]) ? "&#%u;" : "%c", cell.code[0]);
    }
    buf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\" fill=\"#%06x\"%s%s>%s</text>\n",
             column * CELL, row * LINE + BASE, (end - column) * CELL, fore_of(&first) & 0xffffff,
             first.bold ? " font-weight=\"bold\"" : "",
             first.underline ? " text-decoration=\"underline\"" : "", buf_string(&text));
    buf_release(&text);
    return end;
}

static void draw_grounds(struct pty *pty, struct buf *out, int width, int row, uint32_t ground)
{
    for (int column = 0; column < width;) {
        struct pty_cell cell = pty_cell(pty, column, row);
        uint32_t on = on_of(&cell);
        int end = column + 1;
        for (; end < width; end++) {
            struct pty_cell next = pty_cell(pty, end, row);
            if (on_of(&next) != on)
                break;
        }
        if (on != ground)
            rectangle(out, column * CELL, row * LINE, (end - column) * CELL, LINE, on);
        column = end;
    }
}

static void draw_texts(struct pty *pty, struct buf *out, int width, int row)
{
    for (int column = 0; column < width;) {
        struct pty_cell cell = pty_cell(pty, column, row);
        if (plain(&cell)) {
            column = draw_run(pty, out, width, column, row);
            continue;
        }
        if (cell.code[0] > ' ')
            draw_glyph(out, &cell, column, row);
        column += cell.width > 1 ? cell.width : 1;
    }
}

uint32_t ground_of(struct pty *pty)
{
    struct pty_cell corner = pty_cell(pty, 0, 1);
    return on_of(&corner);
}

void draw_begin(struct buf *out, int columns, int rows, uint32_t ground)
{
    double width = columns * CELL + 12, height = rows * LINE + 12;
    buf_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
             "viewBox=\"-6 -6 %.1f %.1f\" xml:space=\"preserve\" font-size=\"14\" "
             "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n",
             width, height, width, height);
    buf_addf(out,
             "<rect x=\"-6\" y=\"-6\" width=\"%.1f\" height=\"%.1f\" rx=\"4\" fill=\"#%06x\"/>\n",
             width, height, ground & 0xffffff);
}

void draw_row(struct pty *pty, struct buf *out, int columns, int row, uint32_t ground)
{
    draw_grounds(pty, out, columns, row, ground);
    draw_texts(pty, out, columns, row);
}

void draw_words(struct buf *out, int row, uint32_t colour, const char *words)
{
    buf_addf(out, "<text x=\"0\" y=\"%.1f\" fill=\"#%06x\">%s</text>\n", row * LINE + BASE,
             colour & 0xffffff, words);
}

void draw_end(struct buf *out, const char *path)
{
    buf_add_string(out, "</svg>\n");
    FILE *file = fopen(path, "w");
    if (!file || fwrite(out->at, 1, out->length, file) != out->length || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}
