#include "catalog/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "folded_internal.h"
#include "index_internal.h"

/* What is looked through, in this order; loosely only where all before it found nobody. */
static const struct part {
    enum column column;
    bool loosely;
    const char *title;
} parts[] = {
    {COL_HANDLE, false, "searching handles"}, {COL_NAME, false, "searching names"},
    {COL_NOTE, false, "searching notes"},     {COL_BIO, false, "searching bios"},
    {COL_HANDLE, true, "searching handles"},  {COL_NAME, true, "searching names"},
};

static const enum column sets[] = {COL_NICHE, COL_TAG};

/* Measured, in bytes scanned. */
enum { COST_ROW = 2000, COST_FOLD = 120 };

#define FOLD_STEP ((size_t)384 * 1024) /* bytes */
#define RANGE 16384u /* rows looked at between two looks at the work done; whole words of bits */

static struct search_level *top_of(struct search *search)
{
    return search->count ? &search->levels[search->count - 1] : NULL;
}

static const struct search_level *top(const struct search *search)
{
    return search->count ? &search->levels[search->count - 1] : NULL;
}

void search_release(struct search *search)
{
    if (!search)
        return;
    for (size_t i = 0; i < SEARCH_LEVELS; i++) {
        buf_release(&search->levels[i].word);
        bits_release(&search->levels[i].hits);
    }
    bits_release(&search->room);
    *search = (struct search){0};
}

bool search_busy(const struct search *search)
{
    const struct search_level *level = top(search);

    return level && level->part < COUNT_OF(parts);
}

const struct bits *search_hits(const struct search *search)
{
    const struct search_level *level = top(search);

    return level ? &level->hits : NULL;
}

bool search_loose(const struct search *search)
{
    const struct search_level *level = top(search);

    return level && level->loosely;
}

const char *search_progress(const struct search *search, double *share)
{
    const struct search_level *level = top(search);

    if (!search_busy(search))
        return NULL;
    *share = search->rows ? (double)level->row / search->rows : 1;
    return parts[level->part].title;
}

/* ---- folding ahead ---- */

static bool is_unready(const struct sheet *sheet, enum column column)
{
    return sheet->catalog->columns[column].texts &&
           !folded_current(sheet->folded[column], sheet->catalog, column);
}

static const enum column ahead[] = {COL_HANDLE, COL_NAME}; /* bios wait until they are searched */

bool search_unready(const struct sheet *sheet)
{
    return is_unready(sheet, ahead[0]) || is_unready(sheet, ahead[1]);
}

void search_prepare(struct sheet *sheet)
{
    for (size_t i = 0; i < COUNT_OF(ahead); i++)
        if (is_unready(sheet, ahead[i])) {
            folded_step(sheet_folding(sheet, ahead[i]), sheet->catalog, ahead[i], FOLD_STEP);
            return;
        }
}

/* ---- words and sets ---- */

static uint32_t code_at(const struct cells *cells, uint32_t row)
{
    switch (cells->kind) {
    case CELLS_U8:
        return cells->u8[row];
    case CELLS_U16:
        return cells->u16[row];
    default:
        return cells->u32[row];
    }
}

/* By code of a whole set: has one of its members the word? Unknown is the greatest code there is. */
static uint8_t *decide_sets(const struct catalog *catalog, enum column column, struct text word,
                            bool *any)
{
    size_t codes = catalog_word_count(catalog, column);
    size_t members = catalog_member_count(catalog, column);
    uint8_t *holds = mem_zero(codes + 1, 1), *member_holds = mem_zero(members + 1, 1);
    struct buf folded = BUF_INIT;

    *any = false;
    for (uint32_t i = 0; i < members; i++) {
        buf_clear(&folded);
        utf8_fold(&folded, catalog_member(catalog, column, i));
        member_holds[i] = text_find(buf_text(&folded), word, NULL);
        *any |= member_holds[i];
    }
    for (uint32_t i = 0; *any && i < codes; i++) {
        const uint32_t *of_set;
        size_t count = catalog_set(catalog, column, i, &of_set);
        for (size_t k = 0; k < count; k++)
            holds[i] |= member_holds[of_set[k]];
    }
    buf_release(&folded);
    free(member_holds);
    return holds;
}

static void find_sets(const struct catalog *catalog, enum column column, struct text word,
                      struct bits *hits)
{
    struct cells cells = catalog_codes(catalog, column);
    size_t codes = catalog_word_count(catalog, column);
    bool any = false;
    uint8_t *holds = decide_sets(catalog, column, word, &any);

    for (uint32_t from = 0; any && from < hits->count; from += BITS_WORD) {
        uint32_t count = hits->count - from < BITS_WORD ? (uint32_t)hits->count - from : BITS_WORD;
        uint64_t found = 0;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t code = code_at(&cells, from + i);
            found |= (uint64_t)holds[code < codes ? code : codes] << i;
        }
        hits->words[from / BITS_WORD] |= found;
    }
    free(holds);
}

/* ---- levels ---- */

static void keep_living(const struct catalog *catalog, struct bits *hits, size_t from, size_t to)
{
    if (catalog->live_count == catalog->count)
        return;
    for (size_t row = bits_next(hits, from); row < to; row = bits_next(hits, row + 1))
        if (!catalog->live[row])
            bits_put(hits, row, false);
}

static uint64_t stamp_of(const struct catalog *catalog)
{
    uint64_t stamp =
        catalog_hash(&catalog->live_revision, sizeof catalog->live_revision, catalog->count);

    for (size_t i = 0; i < COUNT_OF(parts) + COUNT_OF(sets); i++) {
        enum column column = i < COUNT_OF(sets) ? sets[i] : parts[i - COUNT_OF(sets)].column;
        uint64_t revision = catalog_revision(catalog, column);
        stamp = catalog_hash(&revision, sizeof revision, stamp);
    }
    return stamp;
}

/* A level on top for a word; the oldest makes room. */
static void push(struct search *search, const struct catalog *catalog, struct text word)
{
    struct search_level *level;

    if (search->count == SEARCH_LEVELS) {
        struct search_level oldest = search->levels[0];
        memmove(&search->levels[0], &search->levels[1],
                (SEARCH_LEVELS - 1) * sizeof search->levels[0]);
        search->levels[SEARCH_LEVELS - 1] = oldest;
        search->count--;
    }
    level = &search->levels[search->count++];
    buf_clear(&level->word);
    buf_add_text(&level->word, word);
    bits_resize(&level->hits, catalog->count);
    bits_clear(&level->hits);
    level->part = 0;
    level->row = 0;
    level->loosely = false;
    for (size_t i = 0; i < COUNT_OF(sets); i++)
        find_sets(catalog, sets[i], word, &level->hits);
    keep_living(catalog, &level->hits, 0, catalog->count);
}

void search_ask(struct search *search, struct sheet *sheet, struct text word)
{
    const struct catalog *catalog = sheet->catalog;
    uint64_t stamp = stamp_of(catalog);
    struct buf folded = BUF_INIT;

    if (search->stamp != stamp)
        search->count = 0;
    search->stamp = stamp;
    search->rows = (uint32_t)catalog->count;
    utf8_fold(&folded, word);
    while (search->count && !text_find(buf_text(&folded), buf_text(&top(search)->word), NULL))
        search->count--;
    if (folded.length == 0)
        search->count = 0;
    else if (!search->count || top(search)->word.length != folded.length)
        push(search, catalog, buf_text(&folded));
    buf_release(&folded);
}

/* ---- looking ---- */

static bool has_letters(struct text text, struct text letters)
{
    size_t at = 0;

    for (size_t i = 0; i < text.length && at < letters.length; i++)
        at += text.at[i] == letters.at[at];
    return at == letters.length;
}

/* Rows that may hit among those from level->row on: where the shorter word was found, as far as it was
 * looked for, which may shorten the range; NULL is all of them. */
static const struct bits *candidates(const struct search *search, uint32_t *to)
{
    const struct search_level *level = top(search);
    const struct search_level *shorter = search->count > 1 ? level - 1 : NULL;

    if (!shorter || (parts[level->part].loosely && !shorter->loosely) ||
        shorter->part < level->part)
        return NULL;
    if (shorter->part > level->part)
        return &shorter->hits;
    if (shorter->row <= level->row)
        return NULL;
    *to = shorter->row < *to ? shorter->row : *to;
    return &shorter->hits;
}

static size_t count_in(const struct bits *bits, uint32_t from, uint32_t to)
{
    size_t total = 0;

    for (size_t i = from / BITS_WORD; i < bits_words(to); i++)
        total += bits_of_word(bits->words[i]);
    return total;
}

struct range {
    const struct folded *folded;
    struct text word;
    uint32_t from, to;
    bool (*holds)(struct text text, struct text word);
};

static bool has_word(struct text text, struct text word)
{
    return text_find(text, word, NULL);
}

static size_t look_among(const struct range *range, const struct bits *among, struct bits *hits)
{
    size_t rows = 0;

    for (size_t row = bits_next(among, range->from); row < range->to;
         row = bits_next(among, row + 1), rows++)
        if (!bits_get(hits, row) &&
            range->holds(folded_text(range->folded, (uint32_t)row), range->word))
            bits_put(hits, row, true);
    return rows * COST_ROW;
}

/* Letters in order: asked of those that have all of them. */
static size_t look_loosely(const struct range *range, const struct bits *among, struct bits *room,
                           struct bits *hits)
{
    if (!among) {
        bits_resize(room, hits->count);
        bits_clear(room);
        folded_may_have(range->folded, range->word, range->from, range->to, room);
        among = room;
    }
    return look_among(range, among, hits);
}

static size_t look_in(struct search *search, const struct range *range, const struct bits *among)
{
    struct search_level *level = top_of(search);
    size_t bytes = range->folded->starts[range->to] - range->folded->starts[range->from];

    if (parts[level->part].loosely)
        return look_loosely(range, among, &search->room, &level->hits);
    if (among && count_in(among, range->from, range->to) * COST_ROW < bytes)
        return look_among(range, among, &level->hits);
    return folded_find(range->folded, range->word, range->from, range->to, &level->hits);
}

static void next_part(struct search *search)
{
    struct search_level *level = top_of(search);

    level->row = 0;
    level->part++;
    if (level->part == COUNT_OF(parts) || !parts[level->part].loosely || level->loosely)
        return;
    if (bits_total(&level->hits))
        level->part = COUNT_OF(parts);
    else
        level->loosely = true;
}

/* Looks at one more range, folding it first where that is still to be done. Returns the work. */
static size_t look_on(struct search *search, struct sheet *sheet, size_t allowed)
{
    struct search_level *level = top_of(search);
    const struct part *part = &parts[level->part];
    const struct bits *among;
    struct range range = {.word = buf_text(&level->word),
                          .from = level->row,
                          .to = search->rows,
                          .holds = part->loosely ? has_letters : has_word};
    size_t work;

    if (!sheet->catalog->columns[part->column].texts) { /* nobody has such a text */
        next_part(search);
        return 0;
    }
    range.folded = sheet_folding(sheet, part->column);
    work = COST_FOLD * folded_step(sheet_folding(sheet, part->column), sheet->catalog, part->column,
                                   allowed / COST_FOLD + 1);
    if (range.to > range.folded->count)
        range.to = range.folded->count;
    if (range.to > range.from - range.from % RANGE + RANGE)
        range.to = range.from - range.from % RANGE + RANGE;
    among = candidates(search, &range.to);
    work += look_in(search, &range, among);
    keep_living(sheet->catalog, &level->hits, range.from, range.to);
    level->row = range.to;
    if (level->row == search->rows)
        next_part(search);
    return work;
}

bool search_step(struct search *search, struct sheet *sheet, size_t work)
{
    if (search->count) /* whoever came meanwhile is no hit */
        bits_resize(&top_of(search)->hits, sheet->catalog->count);
    for (size_t done = 0; search_busy(search) && done < work;)
        done += look_on(search, sheet, work - done);
    return search_busy(search);
}
