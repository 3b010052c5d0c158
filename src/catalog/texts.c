#include "texts_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define UNKNOWN UINT32_MAX
#define LONG_TEXT 0xffu              /* first byte of a length that does not fit one */
#define LONG_HEAD ((size_t)5)        /* that byte and the length */
#define WASTE_ALLOWED ((size_t)1024) /* less than this is not worth sweeping out */

struct catalog_texts {
    char *at; /* lengths and bytes, one text after another */
    uint32_t length, capacity;
    uint32_t waste; /* bytes that nothing points at any more */
    uint32_t offsets[CATALOG_TEXT_ROWS];
};

static struct catalog_texts *block_of(const struct catalog_column *column, size_t row)
{
    size_t block = row / CATALOG_TEXT_ROWS;

    return block < column->text_count ? column->texts[block] : NULL;
}

void catalog_texts_release(struct catalog_column *column)
{
    for (size_t i = 0; i < column->text_count; i++)
        if (column->texts[i]) {
            free(column->texts[i]->at);
            free(column->texts[i]);
        }
    free(column->texts);
    column->texts = NULL;
    column->text_count = 0;
}

static struct text text_at(const struct catalog_texts *block, uint32_t offset)
{
    const char *at = block->at + offset;
    size_t length = (unsigned char)*at++;

    if (length == LONG_TEXT) {
        uint32_t wide;
        memcpy(&wide, at, sizeof wide);
        at += sizeof wide;
        length = wide;
    }
    return (struct text){at, length};
}

struct text catalog_texts_get(const struct catalog_column *column, size_t row)
{
    const struct catalog_texts *block = block_of(column, row);
    uint32_t offset = block ? block->offsets[row % CATALOG_TEXT_ROWS] : UNKNOWN;

    return offset == UNKNOWN ? (struct text){0} : text_at(block, offset);
}

static size_t size_of(struct text text)
{
    return (text.length < LONG_TEXT ? 1 : LONG_HEAD) + text.length;
}

bool catalog_texts_fit(const struct catalog_column *column, size_t row, size_t length)
{
    const struct catalog_texts *block = block_of(column, row);
    size_t held = block ? block->length - block->waste : 0;

    return length <= CATALOG_TEXT_MOST && held + LONG_HEAD + length <= CATALOG_TEXT_MOST;
}

/* The block before tells how much this one will need; what it has too much goes back. */
static struct catalog_texts *make_block(struct catalog_column *column, size_t row)
{
    size_t at = row / CATALOG_TEXT_ROWS;
    struct catalog_texts *block = mem_alloc(sizeof *block);
    struct catalog_texts *before = at && at <= column->text_count ? column->texts[at - 1] : NULL;

    if (at >= column->text_count) {
        column->texts = mem_resize(column->texts, at + 1, sizeof(struct catalog_texts *));
        memset(column->texts + column->text_count, 0,
               (at + 1 - column->text_count) * sizeof(struct catalog_texts *));
        column->text_count = at + 1;
    }
    *block = (struct catalog_texts){.at = NULL};
    memset(block->offsets, 0xff, sizeof block->offsets);
    if (before) {
        before->at = mem_resize(before->at, before->length, 1);
        before->capacity = before->length;
        block->capacity = before->length;
        block->at = mem_alloc(block->capacity);
    }
    column->texts[at] = block;
    return block;
}

static void make_room(struct catalog_texts *block, size_t more)
{
    size_t needed = block->length + more, roomy = needed + needed / 8 + 64;

    if (needed <= block->capacity)
        return;
    assert(needed <= CATALOG_TEXT_MOST);
    block->capacity = (uint32_t)(roomy < CATALOG_TEXT_MOST ? roomy : CATALOG_TEXT_MOST);
    block->at = mem_resize(block->at, block->capacity, 1);
}

static uint32_t append(struct catalog_texts *block, struct text text)
{
    uint32_t offset = block->length, wide = (uint32_t)text.length;

    block->at[block->length++] = (char)(wide < LONG_TEXT ? wide : LONG_TEXT);
    if (wide >= LONG_TEXT) {
        memcpy(block->at + block->length, &wide, sizeof wide);
        block->length += (uint32_t)sizeof wide;
    }
    if (wide)
        memcpy(block->at + block->length, text.at, wide);
    block->length += wide;
    return offset;
}

static void sweep(struct catalog_texts *block)
{
    struct catalog_texts old = {.at = block->at};

    block->capacity = block->length - block->waste;
    block->at = mem_alloc(block->capacity);
    block->length = block->waste = 0;
    for (size_t row = 0; row < CATALOG_TEXT_ROWS; row++)
        if (block->offsets[row] != UNKNOWN)
            block->offsets[row] = append(block, text_at(&old, block->offsets[row]));
    free(old.at);
}

/* Sweeping often enough that an eighth is waste at most, seldom enough that it costs little. */
static bool wants_sweep(const struct catalog_texts *block, size_t more)
{
    return (block->waste >= WASTE_ALLOWED && block->waste >= block->length / 8) ||
           block->length + more > CATALOG_TEXT_MOST;
}

bool catalog_texts_put(struct catalog_column *column, size_t row, struct text text)
{
    struct catalog_texts *block = block_of(column, row);
    struct text old = catalog_texts_get(column, row);
    uint32_t *offset;

    if (text_equal(old, text))
        return false;
    if (!block)
        block = make_block(column, row);
    offset = &block->offsets[row % CATALOG_TEXT_ROWS];
    if (text_known(old))
        block->waste += (uint32_t)size_of(old);
    *offset = UNKNOWN;
    if (wants_sweep(block, size_of(text)))
        sweep(block);
    if (text_known(text)) {
        make_room(block, size_of(text));
        *offset = append(block, text);
    }
    return true;
}

void catalog_texts_memory(const struct catalog_column *column, size_t *text, size_t *places)
{
    *places += column->text_count * sizeof *column->texts;
    for (size_t i = 0; i < column->text_count; i++)
        if (column->texts[i]) {
            *text += column->texts[i]->capacity;
            *places += sizeof *column->texts[i];
        }
}
