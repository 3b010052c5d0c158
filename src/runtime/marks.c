#include "runtime/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A counting sort by the first two letters, in steps. Few are put in no order: it would cost more than it
 * saves. */

#define STEP_ROWS ((size_t)65536)
#define FEW ((size_t)4096)
#define CODES ((size_t)65536)

enum { STAGE_NONE, STAGE_COUNT, STAGE_PLACE, STAGE_OUT };

static void forget_order(struct marks *marks)
{
    free(marks->codes);
    free(marks->starts);
    free(marks->order);
    *marks = (struct marks){.rows = marks->rows};
}

void marks_release(struct marks *marks)
{
    if (!marks)
        return;
    forget_order(marks);
    bits_release(&marks->rows);
}

/* What was about to come out goes back among the others, whose order then counts all of them. */
void marks_add(struct marks *marks, const struct bits *rows)
{
    if (marks->rows.count < rows->count)
        bits_resize(&marks->rows, rows->count);
    for (size_t i = marks->next; i < marks->count && marks->stage == STAGE_OUT; i++)
        bits_put(&marks->rows, marks->order[i], true);
    for (size_t i = 0; i < bits_words(rows->count); i++)
        marks->rows.words[i] |= rows->words[i];
    forget_order(marks);
}

size_t marks_left(const struct marks *marks)
{
    return marks->stage == STAGE_OUT ? marks->count - marks->next : bits_total(&marks->rows);
}

/* What has the same code lies together in the store; that is all that is asked of it. */
static uint16_t code_of(const struct catalog *catalog, uint32_t row)
{
    struct text key = catalog_key(catalog, row);
    unsigned first = key.length > 0 ? key.at[0] & 63 : 0;
    unsigned second = key.length > 1 ? key.at[1] & 63 : 0;
    return (uint16_t)((unsigned)catalog_platform(catalog, row) << 12 | first << 6 | second);
}

static void begin(struct marks *marks)
{
    marks->count = bits_total(&marks->rows);
    marks->order = mem_alloc((marks->count + 1) * sizeof *marks->order);
    if (marks->count <= FEW) {
        bits_list(&marks->rows, marks->order);
        bits_clear(&marks->rows);
        marks->stage = STAGE_OUT;
        return;
    }
    marks->codes = mem_alloc(marks->rows.count * sizeof *marks->codes);
    marks->starts = mem_zero(CODES + 1, sizeof *marks->starts);
    marks->stage = STAGE_COUNT;
}

static size_t end_of_step(const struct marks *marks)
{
    size_t to = marks->looked + STEP_ROWS;
    return to < marks->rows.count ? to : marks->rows.count;
}

static void count(struct marks *marks, const struct catalog *catalog)
{
    size_t to = end_of_step(marks);
    for (size_t row = bits_next(&marks->rows, marks->looked); row < to;
         row = bits_next(&marks->rows, row + 1)) {
        marks->codes[row] = code_of(catalog, (uint32_t)row);
        marks->starts[marks->codes[row] + 1]++;
    }
    marks->looked = to;
    if (to < marks->rows.count)
        return;
    for (size_t i = 0; i < CODES; i++)
        marks->starts[i + 1] += marks->starts[i];
    marks->looked = 0;
    marks->stage = STAGE_PLACE;
}

static void place(struct marks *marks)
{
    size_t to = end_of_step(marks);
    for (size_t row = bits_next(&marks->rows, marks->looked); row < to;
         row = bits_next(&marks->rows, row + 1))
        marks->order[marks->starts[marks->codes[row]]++] = (uint32_t)row;
    marks->looked = to;
    if (to < marks->rows.count)
        return;
    bits_clear(&marks->rows);
    marks->stage = STAGE_OUT;
}

size_t marks_take(struct marks *marks, const struct catalog *catalog, uint32_t *rows, size_t most)
{
    if (marks->stage == STAGE_NONE)
        begin(marks);
    else if (marks->stage == STAGE_COUNT)
        count(marks, catalog);
    else if (marks->stage == STAGE_PLACE)
        place(marks);
    if (marks->stage != STAGE_OUT)
        return 0;
    size_t left = marks->count - marks->next, taken = left < most ? left : most;
    memcpy(rows, marks->order + marks->next, taken * sizeof *rows);
    marks->next += taken;
    return taken;
}

void marks_put_back(struct marks *marks, size_t count)
{
    marks->next -= count;
}
