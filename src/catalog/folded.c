#include "folded_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "texts_internal.h"

#define BLOCK ((size_t)64)
#define FOLDED_PAD (2 * BLOCK) /* a block may look this far beyond the last row */
/* Scanned while one row is asked, or one place in the run looked at closely. */
#define ROW_BYTES ((size_t)2000)
#define PLACE_BYTES ((size_t)400)
#define PAIR_REACH ((size_t)32) /* the two bytes of a needle that are scanned for lie within */

void folded_free(struct folded *folded)
{
    if (!folded)
        return;
    buf_release(&folded->pool);
    buf_release(&folded->moved_pool);
    for (size_t i = 0; i < FOLDED_LETTERS; i++)
        bits_release(&folded->letters[i]);
    free(folded->starts);
    free(folded->moved);
    free(folded);
}

/* ---- rows ---- */

static struct text upto_end(const char *at, size_t most)
{
    const char *end = memchr(at, FOLDED_END, most);

    return (struct text){at, end ? (size_t)(end - at) : most};
}

/* The row's place in the list of those that moved, or where it would stand. */
static size_t moved_place(const struct folded *folded, uint32_t row)
{
    size_t low = 0, high = folded->moved_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (folded->moved[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_moved(const struct folded *folded, size_t place, uint32_t row)
{
    return place < folded->moved_count && folded->moved[place].row == row;
}

static struct text moved_text(const struct folded *folded, size_t place)
{
    const struct folded_move *move = &folded->moved[place];

    return (struct text){folded->moved_pool.at + move->from, move->length};
}

struct text folded_text(const struct folded *folded, uint32_t row)
{
    struct text text;
    size_t place;

    if (row >= folded->count)
        return (struct text){0};
    text = upto_end(folded->pool.at + folded->starts[row],
                    folded->starts[row + 1] - folded->starts[row]);
    if (text.length)
        return text;
    place = moved_place(folded, row);
    return is_moved(folded, place, row) ? moved_text(folded, place) : (struct text){0};
}

/* Appends a row. One that would end beyond what 32 bits can say is left out: nothing finds it. */
static void append(struct folded *folded, struct text folded_already, struct text raw)
{
    size_t from = folded->pool.length;

    buf_add_text(&folded->pool, folded_already);
    if (raw.length)
        utf8_fold(&folded->pool, raw);
    if (folded->pool.length >= UINT32_MAX - FOLDED_PAD)
        buf_cut(&folded->pool, from);
    buf_add_char(&folded->pool, FOLDED_END);
    folded->starts[++folded->count] = (uint32_t)folded->pool.length;
}

static void pad(struct folded *folded)
{
    size_t length = folded->pool.length;

    buf_add_repeat(&folded->pool, FOLDED_END, FOLDED_PAD);
    folded->pool.length = length;
}

/* ---- letters ---- */

static uint32_t letters_of(struct text text)
{
    uint32_t letters = 0;

    for (size_t i = 0; i < text.length; i++) {
        unsigned letter = (unsigned char)text.at[i] - (unsigned)'a';
        letters |= (uint32_t)(letter < FOLDED_LETTERS) << (letter & 31);
    }
    return letters;
}

static void note_letters(struct folded *folded, uint32_t row, struct text text)
{
    for (uint32_t left = letters_of(text); left; left &= left - 1)
        bits_put(&folded->letters[__builtin_ctz(left)], row, true);
}

static void forget_letters(struct folded *folded, uint32_t row)
{
    for (size_t i = 0; i < FOLDED_LETTERS; i++)
        bits_put(&folded->letters[i], row, false);
}

/* ---- keeping up ---- */

/* Puts the rows together anew, each in its place. */
static void tidy(struct folded *folded)
{
    struct folded fresh = {.starts = mem_alloc(folded->capacity * sizeof *fresh.starts),
                           .capacity = folded->capacity,
                           .revision = folded->revision,
                           .column_revision = folded->column_revision,
                           .moved = folded->moved};

    memcpy(fresh.letters, folded->letters, sizeof fresh.letters);
    fresh.starts[0] = 0;
    for (uint32_t row = 0; row < folded->count; row++)
        append(&fresh, folded_text(folded, row), (struct text){0});
    pad(&fresh);
    buf_release(&folded->pool);
    buf_release(&folded->moved_pool);
    free(folded->starts);
    *folded = fresh;
}

static void move_out(struct folded *folded, size_t place, uint32_t row, struct text text)
{
    if (!is_moved(folded, place, row)) {
        memmove(&folded->moved[place + 1], &folded->moved[place],
                (folded->moved_count - place) * sizeof *folded->moved);
        folded->moved_count++;
    }
    folded->moved[place] =
        (struct folded_move){row, (uint32_t)folded->moved_pool.length, (uint32_t)text.length};
    buf_add_text(&folded->moved_pool, text);
}

static void forget_move(struct folded *folded, size_t place)
{
    folded->moved_count--;
    memmove(&folded->moved[place], &folded->moved[place + 1],
            (folded->moved_count - place) * sizeof *folded->moved);
}

/* The row's text is another: into its place where it fits. */
static void replace(struct folded *folded, uint32_t row, struct text text)
{
    char *at = folded->pool.at + folded->starts[row];
    size_t room = folded->starts[row + 1] - folded->starts[row] - 1;
    size_t place = moved_place(folded, row);

    forget_letters(folded, row);
    note_letters(folded, row, text);
    memset(at, FOLDED_END, room);
    if (text.length <= room) {
        if (text.length)
            memcpy(at, text.at, text.length);
        if (is_moved(folded, place, row))
            forget_move(folded, place);
    } else {
        move_out(folded, place, row, text);
    }
    /* what the list has lost of its own is bounded with it */
    if (folded->moved_count == FOLDED_MOVED ||
        folded->moved_pool.length > folded->pool.length / 2 + 65536)
        tidy(folded);
}

static void refold(struct folded *folded, const struct catalog *catalog, enum column column,
                   uint32_t row, struct buf *room)
{
    struct text text = catalog_text(catalog, column, row), had = folded_text(folded, row);

    buf_clear(room);
    if (text.length)
        utf8_fold(room, text);
    if (room->length != had.length || (had.length && memcmp(room->at, had.at, had.length)))
        replace(folded, row, buf_text(room));
}

/* Rows that were folded and have changed since. New ones are not in the list, or not yet folded. */
static void catch_up(struct folded *folded, const struct catalog *catalog, enum column column)
{
    const struct catalog_change *changes;
    struct buf room = BUF_INIT;
    size_t count;

    if (folded->column_revision == catalog_revision(catalog, column))
        return;
    if (!catalog_changes(catalog, folded->revision, &changes, &count)) {
        for (uint32_t row = 0; row < folded->count; row++)
            refold(folded, catalog, column, row, &room);
    } else {
        for (size_t i = 0; i < count; i++)
            if (changes[i].row < folded->count)
                refold(folded, catalog, column, changes[i].row, &room);
    }
    buf_release(&room);
}

/* Room for all the text there is, mostly as long folded: what is not written to costs nothing, and
 * growing in between would copy it. */
static void make_room(struct folded *folded, const struct catalog *catalog, enum column column)
{
    size_t text = 0, places = 0;

    if (folded->capacity > catalog->count)
        return;
    folded->capacity = catalog->capacity + 1;
    folded->starts = mem_resize(folded->starts, folded->capacity, sizeof *folded->starts);
    folded->starts[0] = 0;
    if (!folded->moved)
        folded->moved = mem_alloc(FOLDED_MOVED * sizeof *folded->moved);
    for (size_t i = 0; i < FOLDED_LETTERS; i++)
        bits_resize(&folded->letters[i], folded->capacity);
    catalog_texts_memory(&catalog->columns[column], &text, &places);
    text += catalog->count + 2 * FOLDED_PAD;
    if (folded->pool.capacity < text) {
        folded->pool.at = mem_resize(folded->pool.at, text, 1);
        folded->pool.capacity = text;
    }
}

size_t folded_step(struct folded *folded, const struct catalog *catalog, enum column column,
                   size_t work)
{
    size_t before = folded->pool.length;

    make_room(folded, catalog, column);
    catch_up(folded, catalog, column);
    folded->revision = catalog->revision;
    folded->column_revision = catalog_revision(catalog, column);
    if (folded->count == catalog->count)
        return 0;
    while (folded->count < catalog->count && folded->pool.length - before < work) {
        size_t from = folded->pool.length;
        append(folded, (struct text){0}, catalog_text(catalog, column, folded->count));
        note_letters(folded, folded->count - 1,
                     (struct text){folded->pool.at + from, folded->pool.length - from});
    }
    pad(folded);
    return folded->pool.length - before;
}

bool folded_current(const struct folded *folded, const struct catalog *catalog, enum column column)
{
    return folded && folded->count == catalog->count &&
           folded->column_revision == catalog_revision(catalog, column);
}

struct folded *sheet_folding(struct sheet *sheet, enum column column)
{
    assert(columns[column].unit == UNIT_TEXT);
    if (!sheet->folded[column])
        sheet->folded[column] = mem_zero(1, sizeof *sheet->folded[column]);
    return sheet->folded[column];
}

const struct folded *sheet_folded(struct sheet *sheet, enum column column)
{
    struct folded *folded = sheet_folding(sheet, column);

    folded_step(folded, sheet->catalog, column, SIZE_MAX);
    return folded;
}

/* ---- looking ---- */

/* What is looked for: its two rarest bytes are scanned for, the rest is compared where they stand. */
struct needle {
    struct text text;
    size_t first, second; /* places of the two in it; the same where it is one byte */
};

/* How rare a byte is in names: places in the order of frequency; the first byte of a letter beyond
 * ASCII tells less than the ones that follow. */
static unsigned rarity(char byte)
{
    static const char common[] = "aeinorlstmdcuhgkpbyvfz_.wjxq";
    const char *place = (unsigned char)byte < 0x80 && byte ? strchr(common, byte) : NULL;

    if (place)
        return (unsigned)(place - common);
    return (unsigned char)byte >= 0xc0 ? sizeof common / 2 : sizeof common;
}

static size_t rarest_but(struct text text, size_t other)
{
    size_t reach = text.length < PAIR_REACH ? text.length : PAIR_REACH, rarest = other ? 0 : 1;

    for (size_t i = rarest; i < reach; i++)
        if (i != other && rarity(text.at[i]) > rarity(text.at[rarest]))
            rarest = i;
    return rarest < reach ? rarest : other;
}

static struct needle needle_of(struct text text)
{
    size_t first = rarest_but(text, SIZE_MAX);

    return (struct needle){text, first, rarest_but(text, first)};
}

/* Bit i: the needle's two bytes stand as they would if it began at at[i]. In this form compilers
 * make vector code of it: 64 comparisons, then each byte of 8 marks is summed into one of the word. */
static uint64_t scan_block(const struct needle *needle, const char *at)
{
    static const uint8_t weights[BLOCK] = {
        1,   2,   4, 8, 16, 32, 64, 128, 1,   2,   4, 8, 16, 32, 64, 128, 1,   2,  4, 8, 16, 32, 64,
        128, 1,   2, 4, 8,  16, 32, 64,  128, 1,   2, 4, 8,  16, 32, 64,  128, 1,  2, 4, 8,  16, 32,
        64,  128, 1, 2, 4,  8,  16, 32,  64,  128, 1, 2, 4,  8,  16, 32,  64,  128};
    const char *first = at + needle->first, *second = at + needle->second;
    char a = needle->text.at[needle->first], b = needle->text.at[needle->second];
    uint8_t marks[BLOCK];
    uint64_t words[BLOCK / 8], any = 0, bits = 0;

    for (size_t i = 0; i < BLOCK; i++)
        marks[i] = ((first[i] == a) & (second[i] == b)) ? weights[i] : 0;
    memcpy(words, marks, sizeof words);
    for (size_t i = 0; i < BLOCK / 8; i++)
        any |= words[i];
    if (!any)
        return 0;
    for (size_t i = 0; i < BLOCK / 8; i++)
        bits |= (words[i] * 0x0101010101010101u >> 56) << (8 * i);
    return bits;
}

static void find_moved(const struct folded *folded, struct text needle, uint32_t from, uint32_t to,
                       struct bits *hits)
{
    for (size_t i = moved_place(folded, from); i < folded->moved_count && folded->moved[i].row < to;
         i++)
        if (text_find(moved_text(folded, i), needle, NULL))
            bits_put(hits, folded->moved[i].row, true);
}

static void find_known(const struct folded *folded, uint32_t from, uint32_t to, struct bits *hits)
{
    for (uint32_t row = from; row < to; row++)
        if (folded_text(folded, row).length)
            bits_put(hits, row, true);
}

/* Each row is left at its first hit. */
static size_t find_in_pool(const struct folded *folded, struct needle needle, uint32_t row,
                           uint32_t to, struct bits *hits)
{
    const uint32_t *starts = folded->starts;
    size_t at = starts[row], end = starts[to], places = 0;

    while (at < end) {
        uint64_t marks = scan_block(&needle, folded->pool.at + at);
        size_t next = at + BLOCK;
        while (marks) {
            size_t place = at + (size_t)__builtin_ctzll(marks);
            marks &= marks - 1;
            places++;
            if (place + needle.text.length > end)
                return places;
            if (needle.text.length > 2 &&
                memcmp(folded->pool.at + place, needle.text.at, needle.text.length) != 0)
                continue;
            while (starts[row + 1] <= place)
                row++;
            bits_put(hits, row, true);
            if (starts[row + 1] >= at + BLOCK) {
                next = starts[row + 1];
                break;
            }
            marks &= ~(uint64_t)0 << (starts[row + 1] - at);
        }
        at = next;
    }
    return places;
}

/* Of the 64 rows of a word of bits, those within the range that have all the letters. */
static uint64_t may_have(const struct folded *folded, uint32_t letters, size_t word, uint32_t from,
                         uint32_t to)
{
    uint64_t rows = ~(uint64_t)0;

    if (word == from / BITS_WORD)
        rows &= ~(uint64_t)0 << from % BITS_WORD;
    if (word == to / BITS_WORD)
        rows &= ((uint64_t)1 << to % BITS_WORD) - 1;
    for (; letters; letters &= letters - 1)
        rows &= folded->letters[__builtin_ctz(letters)].words[word];
    return rows;
}

size_t folded_may_have(const struct folded *folded, struct text needle, uint32_t from, uint32_t to,
                       struct bits *rows)
{
    uint32_t letters = letters_of(needle);
    size_t count = 0;

    assert(to <= folded->count && rows->count >= to);
    for (size_t word = from / BITS_WORD; word < bits_words(to); word++) {
        uint64_t found = may_have(folded, letters, word, from, to);
        rows->words[word] |= found;
        count += bits_of_word(found);
    }
    return count;
}

static size_t count_may_have(const struct folded *folded, uint32_t letters, uint32_t from,
                             uint32_t to)
{
    size_t count = 0;

    for (size_t word = from / BITS_WORD; word < bits_words(to); word++)
        count += bits_of_word(may_have(folded, letters, word, from, to));
    return count;
}

static void find_by_row(const struct folded *folded, struct text needle, uint32_t from, uint32_t to,
                        struct bits *hits)
{
    uint32_t letters = letters_of(needle);

    for (size_t word = from / BITS_WORD; word < bits_words(to); word++)
        for (uint64_t left = may_have(folded, letters, word, from, to); left; left &= left - 1) {
            uint32_t row = (uint32_t)(word * BITS_WORD) + (uint32_t)__builtin_ctzll(left);
            if (text_find(folded_text(folded, row), needle, NULL))
                bits_put(hits, row, true);
        }
}

/* A letter is known by row; rows with all letters of a word are asked one by one where they are few. */
size_t folded_find(const struct folded *folded, struct text needle, uint32_t from, uint32_t to,
                   struct bits *hits)
{
    uint32_t letters = letters_of(needle);
    size_t places, bytes;

    assert(to <= folded->count && hits->count >= to);
    if (from >= to)
        return 0;
    if (needle.length == 0) {
        find_known(folded, from, to, hits);
        return (to - from) * PLACE_BYTES;
    }
    if (needle.length == 1 && letters) {
        folded_may_have(folded, needle, from, to, hits);
        return 0;
    }
    bytes = folded->starts[to] - folded->starts[from];
    places = letters ? count_may_have(folded, letters, from, to) : SIZE_MAX / ROW_BYTES;
    if (places * ROW_BYTES < bytes) {
        find_by_row(folded, needle, from, to, hits);
        return places * ROW_BYTES;
    }
    places = find_in_pool(folded, needle_of(needle), from, to, hits);
    find_moved(folded, needle, from, to, hits);
    return bytes + places * PLACE_BYTES;
}
