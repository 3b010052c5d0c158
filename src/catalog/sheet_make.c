#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bit.h"
#include "base/mem.h"
#include "base/vec.h"
#include "sheet_internal.h"

/* Whole columns: what each is made of, which rows of it are missing, and making them. */

#define PATCH_SHARE 100 /* all is made again where more than one row in so many changed */
#define WANTED_MOST ((size_t)SHEET_COLUMNS)

/* Columns kept because others are made of them. First those that others of them need. */
struct sheet_input {
    int column;
    enum figure_id figure;
};
static const struct sheet_input sheet_inputs[] = {
    {COL_ER_INDEX, FIGURE_ER_INDEX},   {COL_FEE, FIGURE_FEE},
    {SHEET_MARKS, FIGURE_MARKS},       {SHEET_REACH_ONE, FIGURE_REACH_ONE},
    {SHEET_AUDIENCE, FIGURE_AUDIENCE}, {SHEET_RESPONSE_FACTOR, FIGURE_RESPONSE_FACTOR},
};

/* Words that follow from figures: the codes of a block of rows. */
struct figure_word {
    enum column column;
    enum figure_id needs[2];
    void (*codes)(const struct sheet *sheet, const struct block *block, uint8_t *codes);
};

static void tier_codes(const struct sheet *sheet, const struct block *block, uint8_t *codes)
{
    const double *followers = block->at[FIGURE_FOLLOWERS];

    memset(codes, CODE_UNKNOWN, block->count);
    for (int band = 0; band < sheet->preset->count; band++) {
        double from = sheet->preset->bands[band].from;
        for (size_t i = 0; i < block->count; i++)
            codes[i] = followers[i] >= from ? (uint8_t)band : codes[i];
    }
}

/* Of both, 0 is none. */
static void format_codes(const struct sheet *sheet, const struct block *block, uint8_t *codes)
{
    (void)sheet;
    for (size_t i = 0; i < block->count; i++)
        codes[i] = block->format[i] == FORMAT_NONE ? CODE_UNKNOWN : block->format[i];
}

static void basis_codes(const struct sheet *sheet, const struct block *block, uint8_t *codes)
{
    (void)sheet;
    for (size_t i = 0; i < block->count; i++)
        codes[i] = block->basis[i] == BASIS_NONE ? CODE_UNKNOWN : block->basis[i];
}

static void origin_codes(const struct sheet *sheet, const struct block *block, uint8_t *codes)
{
    const double *origin = block->at[FIGURE_FEE_ORIGIN];

    (void)sheet;
    for (size_t i = 0; i < block->count; i++) {
        uint8_t given = isnan(origin[i]) ? CODE_UNKNOWN : (uint8_t)origin[i];
        given = block->marks[i] & MARK_FEE_ESTIMATED ? FEE_ESTIMATED : given;
        codes[i] = block->marks[i] & MARK_FEE_OWN ? FEE_OWN : given;
    }
}

static const struct figure_word figure_words[] = {
    {COL_TIER, {FIGURE_FOLLOWERS, FIGURE_FOLLOWERS}, tier_codes},
    {COL_FORMAT, {FIGURE_FORMAT, FIGURE_FORMAT}, format_codes},
    {COL_ER_BASIS, {FIGURE_BASIS, FIGURE_BASIS}, basis_codes},
    {COL_FEE_ORIGIN, {FIGURE_MARKS, FIGURE_FEE_ORIGIN}, origin_codes},
};

static const struct figure_word *word_of(int column)
{
    for (size_t i = 0; i < COUNT_OF(figure_words); i++)
        if ((int)figure_words[i].column == column)
            return &figure_words[i];
    return NULL;
}

bool sheet_is_figure_word(int column)
{
    return word_of(column) != NULL;
}

bool sheet_has_figures(int column)
{
    return column >= COLUMN_COUNT || word_of(column) || columns[column].figure != COLUMN_NO_FIGURE;
}

static enum figure_id figure_of(int column)
{
    for (size_t i = 0; i < COUNT_OF(sheet_inputs); i++)
        if (sheet_inputs[i].column == column)
            return sheet_inputs[i].figure;
    return figure_of_column((enum column)column);
}

static size_t cell_size(int column)
{
    return column == SHEET_MARKS ? sizeof(uint16_t)
           : word_of(column)     ? sizeof(uint8_t)
                                 : sizeof(double);
}

/* ---- what columns rest on ---- */

static void want(bool wanted[FIGURE_COUNT], int column)
{
    const struct figure_word *word = word_of(column);

    if (!word) {
        wanted[figure_of(column)] = true;
        return;
    }
    for (size_t i = 0; i < COUNT_OF(word->needs); i++)
        wanted[word->needs[i]] = true;
}

static struct sheet_rests rests_of(int column)
{
    bool wanted[FIGURE_COUNT] = {false}, given[FIGURE_COUNT] = {false};
    struct recipe recipe;
    struct sheet_rests rests;

    want(wanted, column);
    recipe_init(&recipe, wanted, given);
    rests = (struct sheet_rests){.parts = recipe.parts};
    for (int fact = FIGURE_NONE + 1; fact < FIGURE_FACTS_END; fact++)
        rests.facts |= recipe.uses[fact] ? 1u << fact : 0u;
    for (size_t i = 0; i < COUNT_OF(sheet_inputs); i++)
        rests.inputs |= recipe.uses[sheet_inputs[i].figure] ? 1u << i : 0u;
    return rests;
}

void sheet_find_rests(struct sheet *sheet)
{
    for (int column = 0; column < SHEET_COLUMNS; column++)
        if (sheet_has_figures(column))
            sheet->rests[column] = rests_of(column);
}

/* ---- what is missing ---- */

const void *sheet_current(struct sheet *sheet, int column)
{
    struct sheet_cache *cache = &sheet->columns[column];
    const struct catalog *catalog = sheet->catalog;

    sheet_refresh(sheet);
    if (!cache->stamp || cache->rows < catalog->count)
        return NULL;
    if (cache->revision == catalog->revision && cache->epoch == sheet->epoch)
        return cache->cells;
    if (cache->revision < sheet_input_revision(sheet, column) ||
        cache->stamp != sheet_input_stamp(sheet, column))
        return NULL;
    cache->revision = catalog->revision; /* what changed since does not matter to it */
    cache->epoch = sheet->epoch;
    return cache->cells;
}

/* Rows that changed since a column was made. */
struct gap {
    const struct catalog_change *changes;
    size_t count;
    size_t from; /* these and all after are missing */
};

static struct gap gap_of(struct sheet *sheet, int column)
{
    const struct sheet_cache *cache = &sheet->columns[column];
    struct gap gap = {.from = cache->rows};
    size_t changed = 0;

    if (!cache->stamp || cache->stamp != sheet_input_stamp(sheet, column) ||
        !catalog_changes(sheet->catalog, cache->revision, &gap.changes, &gap.count))
        return (struct gap){0};
    for (size_t i = 0; i < gap.count; i++)
        changed += gap.changes[i].row < cache->rows;
    return changed > cache->rows / PATCH_SHARE ? (struct gap){0} : gap;
}

static bool same_gap(const struct gap *a, const struct gap *b)
{
    return a->changes == b->changes && a->count == b->count && a->from == b->from;
}

/* ---- making rows ---- */

/* Columns that are made together. */
struct pass {
    struct sheet *sheet;
    int columns[WANTED_MOST];
    size_t count;
    bool given[FIGURE_COUNT];
    struct assumptions assumptions;
    struct recipe recipe;
};

static void place(struct pass *pass, struct block *block, int column)
{
    const struct sheet_cache *cache = &pass->sheet->columns[column];

    if (column == SHEET_MARKS)
        block->marks = (uint16_t *)cache->cells + block->from;
    else
        block->at[figure_of(column)] = (double *)cache->cells + block->from;
}

static void run_block(struct pass *pass, struct block *block)
{
    for (size_t i = 0; i < COUNT_OF(sheet_inputs); i++)
        if (pass->given[sheet_inputs[i].figure])
            place(pass, block, sheet_inputs[i].column);
    for (size_t i = 0; i < pass->count; i++)
        if (!word_of(pass->columns[i]))
            place(pass, block, pass->columns[i]);
    block_run(block, &pass->recipe);
    for (size_t i = 0; i < pass->count; i++) {
        const struct figure_word *word = word_of(pass->columns[i]);
        if (word)
            word->codes(pass->sheet, block,
                        (uint8_t *)pass->sheet->columns[word->column].cells + block->from);
    }
}

static void run_rows(struct pass *pass, size_t from, size_t to)
{
    struct block block;

    block_init(&block, catalog_facts(pass->sheet->catalog), &pass->assumptions, pass->sheet->room);
    for (block.from = from; block.from < to; block.from += block.count) {
        block.count = to - block.from < FORECAST_BLOCK ? to - block.from : FORECAST_BLOCK;
        run_block(pass, &block);
    }
}

static void make_room(struct sheet *sheet, int column)
{
    struct sheet_cache *cache = &sheet->columns[column];

    if (cache->cells && cache->capacity >= sheet->catalog->count)
        return;
    cache->capacity = sheet->catalog->capacity + 1;
    cache->cells = mem_resize(cache->cells, cache->capacity, cell_size(column));
}

static void begin_pass(struct pass *pass)
{
    struct sheet *sheet = pass->sheet;
    bool wanted[FIGURE_COUNT] = {false};
    unsigned parts = 0;

    if (!sheet->room)
        sheet->room = mem_alloc(sizeof *sheet->room);
    for (size_t i = 0; i < pass->count; i++) {
        make_room(sheet, pass->columns[i]);
        want(wanted, pass->columns[i]);
        parts |= sheet->rests[pass->columns[i]].parts;
    }
    for (size_t i = 0; i < COUNT_OF(sheet_inputs); i++)
        pass->given[sheet_inputs[i].figure] = sheet_current(sheet, sheet_inputs[i].column) != NULL;
    recipe_init(&pass->recipe, wanted, pass->given);
    pass->assumptions = (struct assumptions){
        .scenario = sheet->scenario,
        .peers = sheet->peers,
        .money_left = parts & BIT(PART_MONEY) ? sheet_money_left(sheet) : (double)NAN,
        .now = sheet->now,
        .benchmarks = sheet->benchmarks};
}

static void end_pass(struct pass *pass)
{
    struct sheet *sheet = pass->sheet;

    for (size_t i = 0; i < pass->count; i++) {
        struct sheet_cache *cache = &sheet->columns[pass->columns[i]];
        cache->rows = sheet->catalog->count;
        cache->stamp = sheet_input_stamp(sheet, pass->columns[i]);
        cache->revision = sheet->catalog->revision;
        cache->epoch = sheet->epoch;
    }
}

static void fill(struct pass *pass, const struct gap *gap)
{
    begin_pass(pass);
    for (size_t i = 0; i < gap->count; i++)
        if (gap->changes[i].row < gap->from)
            run_rows(pass, gap->changes[i].row, gap->changes[i].row + 1);
    run_rows(pass, gap->from, pass->sheet->catalog->count);
    end_pass(pass);
}

/* Columns of `missing` that lack the same rows are made together, those that others need first. */
static void make_missing(struct sheet *sheet, const int *missing, size_t count)
{
    struct gap gaps[WANTED_MOST];
    bool done[WANTED_MOST] = {false};

    for (size_t i = 0; i < count; i++)
        gaps[i] = gap_of(sheet, missing[i]);
    for (size_t i = 0; i < count; i++) {
        struct pass pass = {.sheet = sheet};
        for (size_t k = i; k < count; k++)
            if (!done[k] && same_gap(&gaps[k], &gaps[i])) {
                pass.columns[pass.count++] = missing[k];
                done[k] = true;
            }
        if (pass.count)
            fill(&pass, &gaps[i]);
    }
}

static void make(struct sheet *sheet, const bool wanted[SHEET_COLUMNS])
{
    bool lacks[SHEET_COLUMNS] = {false};
    int missing[WANTED_MOST];
    unsigned inputs = 0;
    size_t count = 0;

    for (int column = 0; column < SHEET_COLUMNS; column++)
        if (wanted[column] && !sheet_current(sheet, column)) {
            lacks[column] = true;
            inputs |= sheet->rests[column].inputs;
        }
    for (size_t i = 0; i < COUNT_OF(sheet_inputs); i++) {
        int column = sheet_inputs[i].column;
        if ((lacks[column] || inputs & 1u << i) && !sheet_current(sheet, column))
            missing[count++] = column;
        lacks[column] = false;
    }
    for (int column = 0; column < SHEET_COLUMNS; column++)
        if (lacks[column])
            missing[count++] = column;
    make_missing(sheet, missing, count);
}

/* ---- letting go ---- */

#define USED_LATELY 2 /* preparations ago: what one of them leads to is asked for after it */

static void note_use(struct sheet *sheet, int column)
{
    sheet->columns[column].used = sheet->preparations;
    for (size_t i = 0; i < COUNT_OF(sheet_inputs); i++)
        if (sheet->rests[column].inputs & 1u << i)
            sheet->columns[sheet_inputs[i].column].used = sheet->preparations;
}

static struct sheet_cache *longest_unused(struct sheet *sheet)
{
    struct sheet_cache *longest = NULL;

    for (int column = 0; column < SHEET_COLUMNS; column++) {
        struct sheet_cache *cache = &sheet->columns[column];
        if (cache->cells && (!longest || cache->used < longest->used))
            longest = cache;
    }
    return longest;
}

size_t sheet_memory(const struct sheet *sheet)
{
    size_t bytes = 0;

    for (int column = 0; column < SHEET_COLUMNS; column++)
        if (sheet->columns[column].cells)
            bytes += sheet->columns[column].rows * cell_size(column);
    return bytes;
}

static void let_go(struct sheet *sheet)
{
    size_t bytes = 0;

    for (int column = 0; column < SHEET_COLUMNS; column++)
        bytes += sheet->columns[column].cells ? cell_size(column) : 0;
    while (bytes > SHEET_BYTES) {
        struct sheet_cache *cache = longest_unused(sheet);
        if (cache->used + USED_LATELY >= sheet->preparations)
            return;
        bytes -= cell_size((int)(cache - sheet->columns));
        free(cache->cells);
        *cache = (struct sheet_cache){0};
    }
}

void sheet_prepare(struct sheet *sheet, const enum column *wanted, size_t count)
{
    bool needed[SHEET_COLUMNS] = {false};

    sheet->preparations++;
    for (size_t i = 0; i < count; i++) {
        needed[wanted[i]] = sheet_has_figures((int)wanted[i]);
        if (needed[wanted[i]])
            note_use(sheet, (int)wanted[i]);
    }
    make(sheet, needed);
    let_go(sheet);
}

const void *sheet_make(struct sheet *sheet, int column)
{
    bool needed[SHEET_COLUMNS] = {false};

    assert(sheet_has_figures(column));
    note_use(sheet, column);
    if (!sheet_current(sheet, column)) {
        needed[column] = true;
        make(sheet, needed);
    }
    return sheet->columns[column].cells;
}
