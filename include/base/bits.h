#ifndef MICROSCOPE_BASE_BITS_H
#define MICROSCOPE_BASE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of numbers 0 … count-1, one bit each, 64 to a word. Bits at and beyond `count` are 0, so whole
 * words may be combined with & | ^ by whoever has sets of the same count. Zeroed is empty and valid. */
struct bits {
    uint64_t *words;
    size_t count;    /* of bits */
    size_t capacity; /* of words */
};

#define BITS_WORD ((size_t)64)

static inline size_t bits_words(size_t count)
{
    return (count + BITS_WORD - 1) / BITS_WORD;
}

static inline bool bits_get(const struct bits *bits, size_t at)
{
    return bits->words[at / BITS_WORD] >> at % BITS_WORD & 1;
}

static inline void bits_put(struct bits *bits, size_t at, bool on)
{
    uint64_t bit = (uint64_t)1 << at % BITS_WORD;

    if (on)
        bits->words[at / BITS_WORD] |= bit;
    else
        bits->words[at / BITS_WORD] &= ~bit;
}

/* Eight bytes of 0 or 1 as eight bits, the first the lowest: one product gathers them. */
static inline uint64_t bits_pack_eight(const uint8_t *flags)
{
    uint64_t bytes = 0;

    for (int i = 0; i < 8; i++)
        bytes |= (uint64_t)flags[i] << (8 * i);
    return bytes * 0x0102040810204080u >> 56;
}

/* BITS_WORD flags, each 0 or 1, as a word. Loops that make flags are vectors, loops that make bits are
 * not. */
static inline uint64_t bits_pack(const uint8_t *flags)
{
    uint64_t word = 0;

    for (size_t i = 0; i < BITS_WORD; i += 8)
        word |= bits_pack_eight(flags + i) << i;
    return word;
}

void bits_release(struct bits *bits);
/* Room for `count`; bits that were not there are 0. */
void bits_resize(struct bits *bits, size_t count);
void bits_clear(struct bits *bits); /* all 0 */
void bits_copy(struct bits *to, const struct bits *from);

size_t bits_total(const struct bits *bits);                     /* how many are 1 */
size_t bits_common(const struct bits *a, const struct bits *b); /* how many are 1 in both */
/* How many of one word; sums of neighbours, so that a loop over words needs no call. */
static inline unsigned bits_of_word(uint64_t word)
{
    word -= word >> 1 & 0x5555555555555555u;
    word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    word += word >> 8;
    word += word >> 16;
    word += word >> 32;
    return word & 0x7f;
}

/* The first 1 at or after `from`; the count where there is none. */
size_t bits_next(const struct bits *bits, size_t from);
/* Appends the places of the 1s of `word`, each plus `base`, at `out`; returns how many. */
size_t bits_list_word(uint64_t word, uint32_t base, uint32_t *out);
/* All of them, ascending; `out` holds bits_total(). Returns how many. */
size_t bits_list(const struct bits *bits, uint32_t *out);

#endif
