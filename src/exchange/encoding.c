#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "feed_internal.h"

/* Which encoding a file is in: a mark says it, or valid UTF-8 does; of the encodings of one byte a
 * letter only the words that come out tell one from the other. */

static bool by_mark(struct text sample, struct encoding_guess *out)
{
    static const enum import_encoding marked[] = {ENCODING_UTF8_BOM, ENCODING_UTF16_LE,
                                                  ENCODING_UTF16_BE};
    for (size_t i = 0; i < COUNT_OF(marked); i++) {
        struct text mark = encoding_mark(marked[i]);
        if (sample.length < mark.length || memcmp(sample.at, mark.at, mark.length) != 0)
            continue;
        *out = (struct encoding_guess){.encoding = marked[i], .why = "byte order mark"};
        return true;
    }
    return false;
}

/* Two bytes a letter without a mark: separators, digits and line ends have a zero on one side. */
static bool by_zeros(struct text sample, struct encoding_guess *out)
{
    size_t zeros[2] = {0}, length = sample.length < 65536 ? sample.length : 65536;
    for (size_t i = 0; i < length; i++)
        zeros[i % 2] += sample.at[i] == '\0';
    bool little = zeros[1] > zeros[0];
    size_t most = zeros[little], least = zeros[!little];
    if (most * 20 < length || least * 20 > most)
        return false;
    *out = (struct encoding_guess){.encoding = little ? ENCODING_UTF16_LE : ENCODING_UTF16_BE,
                                   .guess = true,
                                   .why = "every other byte is a zero"};
    return true;
}

/* Counts characters of more than one byte and the bytes that are none. A character cut off at the
 * end of the sample is neither. */
static void census(struct text sample, size_t *good, size_t *bad)
{
    *good = *bad = 0;
    size_t at = 0;
    while (at < sample.length) {
        if ((unsigned char)sample.at[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t code_point;
        size_t length = utf8_decode(text_part(sample, at, 4), &code_point);
        if (length > 1)
            (*good)++;
        else if (sample.length - at >= 4)
            (*bad)++;
        at += length > 0 ? length : 1;
    }
}

/* Western text read as UTF-8 is nearly all mistakes; damaged UTF-8 has a few among many. */
static bool by_validity(struct text sample, struct encoding_guess *out)
{
    size_t good, bad;
    census(sample, &good, &bad);
    if (bad > 0 && good <= 4 * bad)
        return false;
    *out = (struct encoding_guess){.encoding = ENCODING_UTF8,
                                   .why = bad > 0 ? "with broken bytes" : "valid"};
    return true;
}

/* ---- Cyrillic or Western ---- */

/* Letters of Windows-1251 outside of its two rows of 32, both cases. */
static const char small_more[] = "\xB8\xB3\xBF\xBA\xB4\xA2",
                  large_more[] = "\xA8\xB2\xAF\xAA\xA5\xA1";
static const char vowels[] = "\xE0\xE5\xE8\xEE\xF3\xFB\xFD\xFE\xFF\xB8\xB3\xBF\xBA"
                             "\xC0\xC5\xC8\xCE\xD3\xDB\xDD\xDE\xDF\xA8\xB2\xAF\xAA";

static bool is_letter_of_ascii(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_small(unsigned char c)
{
    return c >= 0xE0 || (c >= 0x80 && memchr(small_more, c, sizeof small_more - 1) != NULL);
}

static bool is_large(unsigned char c)
{
    return (c >= 0xC0 && c < 0xE0) ||
           (c >= 0x80 && memchr(large_more, c, sizeof large_more - 1) != NULL);
}

/* All of it beyond ASCII, in one case but for the first letter, with a vowel: in Western text letters
 * beyond ASCII stand alone among others. */
static bool is_cyrillic(struct text word)
{
    size_t small = 0, vowel = 0;
    for (size_t i = 0; i < word.length; i++) {
        unsigned char c = (unsigned char)word.at[i];
        if (c < 0x80)
            return false;
        small += i > 0 && is_small(c);
        vowel += memchr(vowels, c, sizeof vowels - 1) != NULL;
    }
    return word.length >= 3 && vowel > 0 && (small == 0 || small == word.length - 1);
}

static void count_words(struct text sample, struct encoding_guess *out)
{
    for (size_t at = 0; at < sample.length;) {
        size_t from = at, high = 0;
        unsigned char c;
        for (; at < sample.length; at++) {
            c = (unsigned char)sample.at[at];
            if (!is_letter_of_ascii(c) && !is_small(c) && !is_large(c))
                break;
            high += c >= 0x80;
        }
        struct text word = text_part(sample, from, at - from);
        bool cyrillic = is_cyrillic(word);
        out->words += cyrillic;
        out->all += cyrillic || (high > 0 && high < word.length);
        at += at == from;
    }
}

/* Letters beyond ASCII stand alone in Western text; where most stand side by side it is another script,
 * and nothing here tells which. */
static bool stand_in_rows(struct text sample)
{
    size_t all = 0, beside = 0;
    for (size_t i = 0; i < sample.length; i++) {
        bool high = (unsigned char)sample.at[i] >= 0x80;
        bool before = i > 0 && (unsigned char)sample.at[i - 1] >= 0x80;
        bool after = i + 1 < sample.length && (unsigned char)sample.at[i + 1] >= 0x80;
        all += high;
        beside += high && (before || after);
    }
    return all >= 8 && beside * 2 > all;
}

struct encoding_guess encoding_find(struct text sample)
{
    struct encoding_guess out = {.encoding = ENCODING_UTF8, .why = "valid"};
    if (by_mark(sample, &out) || by_zeros(sample, &out) || by_validity(sample, &out))
        return out;
    count_words(sample, &out);
    if (out.words * 3 > out.all * 2) {
        out.encoding = ENCODING_WINDOWS_1251;
        out.guess = true;
    } else {
        out.encoding = ENCODING_WINDOWS_1252;
        bool rows = stand_in_rows(sample);
        out.guess = rows || out.words * 4 > out.all;
        out.why =
            rows ? "not UTF-8, but hardly Western: most letters beyond ASCII stand side by side"
                 : "not UTF-8";
    }
    return out;
}
