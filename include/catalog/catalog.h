#ifndef MICROSCOPE_CATALOG_CATALOG_H
#define MICROSCOPE_CATALOG_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/names.h"
#include "base/text.h"
#include "domain/column.h"
#include "domain/facts.h"
#include "domain/planned.h"
#include "domain/record.h"

/* All creators in memory, one typed array a column: numbers in the narrowest form that holds them
 * all, words and sets as codes of a dictionary, free text in blocks of rows. Nothing is allocated per
 * row. Rows are numbered in the order they came; a number never moves and is never given to another
 * creator: a dropped row stays as a tombstone.
 *
 * A reader that keeps something made from rows remembers two things: how many rows it saw (`count`) and
 * which revision. Rows from that count on are new to it; of the rows before, those that changed since
 * are in catalog_changes(). */

#define CATALOG_NONE UINT32_MAX /* no such row; there are never more rows than this */

struct catalog_texts; /* free text of a run of rows */
struct catalog_memo;  /* the codes of words met lately */

/* One stored column. Numbers and codes: `kind` and `cells`; free text: `texts`. */
struct catalog_column {
    enum cells_kind kind;
    void *cells;
    struct catalog_texts **texts; /* by run of rows; NULL: none of them is known */
    size_t text_count;
    struct catalog_memo *memo;
    struct names words;    /* dictionary of whole values: words, or sets as "a|b" */
    struct names members;  /* sets only: dictionary of single words */
    uint32_t *member_from; /* sets only: where the words of set i start in member_codes */
    uint32_t *member_codes;
    size_t member_from_capacity, member_code_count, member_code_capacity;
    uint64_t revision;
};

struct catalog_change {
    uint64_t revision;
    uint32_t row;
};

/* Columns that are none of the registry: what the user plans beside the number of deliverables. They
 * hold nothing as long as nobody has any. */
enum catalog_inner {
    CATALOG_PLAN_FORMAT = COLUMN_COUNT, /* enum format */
    CATALOG_PLAN_FEE,                   /* minor units of the scenario's currency */
    CATALOG_FORMAT_FEE, /* what the creator asks for that format: facts.format_fee */
    CATALOG_COLUMNS
};

/* An open hash of row numbers; empty places hold CATALOG_NONE. */
struct catalog_index {
    uint32_t *slots;
    size_t size, used;
    size_t rows; /* those before are in it */
};

/* Zeroed is empty and valid. Read it through the functions below. */
struct catalog {
    size_t count, capacity; /* rows, tombstones included */
    size_t cleared;         /* rows from here on have nothing written yet, not even unknown */
    size_t live_count;
    uint8_t *live; /* by row: 0 for a tombstone */
    uint8_t *platform;
    uint8_t *ticked;
    int64_t first_id;   /* of row 0 */
    uint32_t *ids;      /* the low half of each; NULL while they follow each other without a gap */
    uint32_t *ids_high; /* NULL while all of it is 0 */
    size_t sorted;      /* the ids of the rows before are known and ascend */
    struct catalog_column columns[CATALOG_COLUMNS];
    struct catalog_column key;    /* only where it is not the handle itself */
    struct catalog_index by_id;   /* of the rows from `sorted` on */
    struct catalog_index *by_key; /* filled by the first that looks, NULL while there are no rows */
    struct facts facts;
    uint64_t revision;      /* of the latest change of anything */
    uint64_t live_revision; /* of the latest row that came or went */
    uint64_t id_revision;   /* of the latest that was given another id */
    struct catalog_change *changes;
    size_t change_count, change_capacity;
    uint64_t changes_after;             /* the list is complete for revisions above this one */
    size_t ticked_count, planned_count; /* living rows with deliverables in the plan … */
    size_t own_count;                   /* … and those with a format or a fee of the user's */
    size_t note_count;                  /* rows with a note, tombstones included */
};

void catalog_init(struct catalog *catalog);
void catalog_release(struct catalog *catalog); /* all of it: empty and valid again */

/* What the catalogue holds, in bytes. What is set aside for rows to come and was never touched counts
 * nowhere: the system has not given it out. */
struct catalog_memory {
    size_t facts; /* numbers, codes, places of texts, ids, platforms, what lives */
    size_t marks; /* ticks and plan */
    size_t text;  /* free text and dictionaries, replaced text not yet swept out included */
    size_t index; /* finding by id and key, the keys that are not the handle, the list of changes */
};
void catalog_memory(const struct catalog *catalog, struct catalog_memory *out);

/* Takes records by id: a new id is a new row, a known one updates the columns that are present. A
 * record without an id is matched by platform and key. A new creator under the key of a living one
 * takes over its marks (the store replaced the row). Ascending ids are the cheapest to take. Fails for
 * a creator without a handle, for a row too many, and where texts of 4,096 neighbours would take
 * more than 4 GiB. Ending gives room back that is not needed; with ok = false it undoes nothing.
 * Borrows the catalogue. */
struct record_sink catalog_sink(struct catalog *catalog);

/* Borrowed; pointers in it are good until the next change. */
const struct facts *catalog_facts(const struct catalog *catalog);

/* Values as stored; borrowed until the next change. Number: NaN unknown (also for text columns).
 * Text: the null text unknown; sets as "a|b"; platform, basis, currency, fee origin as words. */
double catalog_number(const struct catalog *catalog, enum column column, uint32_t row);
struct text catalog_text(const struct catalog *catalog, enum column column, uint32_t row);
struct text catalog_key(const struct catalog *catalog, uint32_t row);

bool catalog_live(const struct catalog *catalog, uint32_t row);
int64_t catalog_id(const struct catalog *catalog, uint32_t row); /* 0: came without */
enum platform catalog_platform(const struct catalog *catalog, uint32_t row);
/* Living rows only; CATALOG_NONE where there is none. `handle` in any spelling of handle_from().
 * Where two living creators have one key (one is about to be dropped) either is found. The first
 * catalog_find() after rows came enters them all into the index: some 60 ns a row. */
uint32_t catalog_find_id(const struct catalog *catalog, int64_t id);
/* A step of that, for those who have the time; would the next find have more than a step to do? */
void catalog_keys_enter(const struct catalog *catalog);
bool catalog_keys_missing(const struct catalog *catalog);
uint32_t catalog_find(const struct catalog *catalog, enum platform platform, struct text handle);

/* The store gave a creator another id: he keeps his row and all that is his. False: some row had this
 * id before, and nothing happened. */
bool catalog_renumber(struct catalog *catalog, uint32_t row, int64_t id);

/* The dictionary of a word or set column that the store fills: codes 0 … count-1 in the order they
 * came; some may no longer be in use. Rows hold codes of whole values; a set's code has members. */
size_t catalog_word_count(const struct catalog *catalog, enum column column);
struct text catalog_word(const struct catalog *catalog, enum column column, uint32_t code);
struct cells catalog_codes(const struct catalog *catalog, enum column column);
size_t catalog_member_count(const struct catalog *catalog, enum column column);
struct text catalog_member(const struct catalog *catalog, enum column column, uint32_t member);
/* Members of the set `code`: returns how many, points *members at their codes. */
size_t catalog_set(const struct catalog *catalog, enum column column, uint32_t code,
                   const uint32_t **members);

/* The user's marks. Both are no-ops where nothing changes. */
void catalog_tick(struct catalog *catalog, uint32_t row, bool on);
bool catalog_ticked(const struct catalog *catalog, uint32_t row);
/* What the user plans with a creator, all of it: COL_PLAN's revision moves with any of it. A format is
 * kept with deliverables or a fee only, and where it is one of the creator's platform. */
void catalog_plan_put(struct catalog *catalog, uint32_t row, const struct planned *planned);
struct planned catalog_plan_get(const struct catalog *catalog, uint32_t row);
/* Deliverables in the plan, 0 … PLANNED_MOST; 0 takes the creator out. A fee of the user's stays, and
 * the format with it. */
void catalog_plan(struct catalog *catalog, uint32_t row, unsigned deliverables);
unsigned catalog_planned(const struct catalog *catalog, uint32_t row);
/* The same for all living rows of a set at once. Where they are many, every row may have changed for
 * those who look at the list of changes. */
void catalog_tick_rows(struct catalog *catalog, const struct bits *rows, bool on);
void catalog_plan_rows(struct catalog *catalog, const struct bits *rows, unsigned deliverables);
/* What the user wrote about a creator, as text of COL_NOTE; the null text and the empty one take it away.
 * Nothing happens where there is no room for it. */
void catalog_note(struct catalog *catalog, uint32_t row, struct text note);
/* The living rows with a note. */
void catalog_noted_rows(const struct catalog *catalog, struct bits *out);
/* The living rows that are ticked. */
void catalog_ticked_rows(const struct catalog *catalog, struct bits *out);
/* The living rows of which the user says anything: in the plan, or with a fee of his. */
void catalog_planned_rows(const struct catalog *catalog, struct bits *out);

/* Revisions only grow. A column's is the catalogue's at its latest change, by a new row too. */
uint64_t catalog_revision(const struct catalog *catalog, enum column column);
/* The rows that changed after `since`, oldest first, one entry a change: values, marks, dropped or come
 * back. A row is not listed for having been added: a reader that saw n rows takes those from n on
 * for new, and may find some of them in the list as well. False where the list does not reach back
 * that far (every row may have changed). */
bool catalog_changes(const struct catalog *catalog, uint64_t since,
                     const struct catalog_change **changes, size_t *count);

#endif
