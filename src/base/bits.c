#include "base/bits.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void bits_release(struct bits *bits)
{
    if (!bits)
        return;
    free(bits->words);
    *bits = (struct bits){0};
}

void bits_resize(struct bits *bits, size_t count)
{
    size_t had = bits_words(bits->count), wanted = bits_words(count);

    if (wanted > bits->capacity) {
        bits->capacity = wanted + wanted / 4;
        bits->words = mem_resize(bits->words, bits->capacity, sizeof *bits->words);
    }
    if (wanted > had)
        memset(bits->words + had, 0, (wanted - had) * sizeof *bits->words);
    if (count < bits->count && count % BITS_WORD)
        bits->words[wanted - 1] &= ~(uint64_t)0 >> (BITS_WORD - count % BITS_WORD);
    bits->count = count;
}

void bits_clear(struct bits *bits)
{
    if (bits->count)
        memset(bits->words, 0, bits_words(bits->count) * sizeof *bits->words);
}

void bits_copy(struct bits *to, const struct bits *from)
{
    bits_resize(to, from->count);
    if (from->count)
        memcpy(to->words, from->words, bits_words(from->count) * sizeof *to->words);
}

size_t bits_total(const struct bits *bits)
{
    size_t total = 0;

    for (size_t i = 0; i < bits_words(bits->count); i++)
        total += bits_of_word(bits->words[i]);
    return total;
}

size_t bits_common(const struct bits *a, const struct bits *b)
{
    size_t words = bits_words(a->count < b->count ? a->count : b->count), total = 0;

    for (size_t i = 0; i < words; i++)
        total += bits_of_word(a->words[i] & b->words[i]);
    return total;
}

size_t bits_next(const struct bits *bits, size_t from)
{
    size_t at = from / BITS_WORD, words = bits_words(bits->count);
    uint64_t word;

    if (from >= bits->count)
        return bits->count;
    word = bits->words[at] & ~(uint64_t)0 << from % BITS_WORD;
    while (!word && ++at < words)
        word = bits->words[at];
    return word ? at * BITS_WORD + (size_t)__builtin_ctzll(word) : bits->count;
}

size_t bits_list_word(uint64_t word, uint32_t base, uint32_t *out)
{
    size_t count = 0;

    if (word == ~(uint64_t)0) { /* most words of a long list, and a plain loop */
        for (uint32_t i = 0; i < BITS_WORD; i++)
            out[i] = base + i;
        return BITS_WORD;
    }
    for (; word; word &= word - 1)
        out[count++] = base + (uint32_t)__builtin_ctzll(word);
    return count;
}

size_t bits_list(const struct bits *bits, uint32_t *out)
{
    size_t count = 0;

    for (size_t i = 0; i < bits_words(bits->count); i++)
        count += bits_list_word(bits->words[i], (uint32_t)(i * BITS_WORD), out + count);
    return count;
}
