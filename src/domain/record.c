#include "domain/record.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "domain/currency.h"
#include "domain/facts.h"

const struct snapshot_field snapshot_fields[SNAPSHOT_FIELDS] = {
    {COL_FOLLOWERS, offsetof(struct snapshot, followers)},
    {COL_FOLLOWING, offsetof(struct snapshot, following)},
    {COL_POSTS, offsetof(struct snapshot, posts)},
    {COL_CREDIBILITY, offsetof(struct snapshot, credibility)},
    {COL_AUDIENCE_MARKET, offsetof(struct snapshot, audience_market)},
    {COL_LIKES, offsetof(struct snapshot, likes)},
    {COL_COMMENTS, offsetof(struct snapshot, comments)},
    {COL_SHARES, offsetof(struct snapshot, shares)},
    {COL_SAVES, offsetof(struct snapshot, saves)},
    {COL_VIEWS, offsetof(struct snapshot, views)},
    {COL_REACH_POST, offsetof(struct snapshot, reach_post)},
    {COL_ER, offsetof(struct snapshot, er)},
    {COL_FEE, offsetof(struct snapshot, fee)},
};

const enum column snapshot_words[SNAPSHOT_WORDS] = {COL_ER_BASIS, COL_CURRENCY};

struct snapshot snapshot_at(double at)
{
    return (struct snapshot){
        .at = at,
        .followers = NAN,
        .following = NAN,
        .posts = NAN,
        .credibility = NAN,
        .audience_market = NAN,
        .likes = NAN,
        .comments = NAN,
        .shares = NAN,
        .saves = NAN,
        .views = NAN,
        .reach_post = NAN,
        .er = NAN,
        .fee = NAN,
    };
}

bool snapshot_known(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        if (number_known(snapshot_value(snapshot, i)))
            return true;
    return false;
}

struct text snapshot_word(const struct snapshot *snapshot, enum column column)
{
    const char *word = column == COL_ER_BASIS ? er_basis_words[snapshot->er_basis]
                                              : currencies[snapshot->currency].code;

    return *word ? text_of(word) : (struct text){0};
}

void snapshot_set_word(struct snapshot *snapshot, enum column column, struct text word)
{
    if (column == COL_CURRENCY)
        snapshot->currency = currency_from_code(word);
    else if (!er_basis_from_word(word, &snapshot->er_basis))
        snapshot->er_basis = BASIS_NONE;
}

const char *const fee_origin_words[FEE_ORIGIN_WORDS] = {
    [FEE_UNKNOWN] = "",          [FEE_QUOTED] = "quoted",
    [FEE_IMPORTED] = "imported", [FEE_ESTIMATED] = "estimated",
    [FEE_OWN] = "own",
};

/* The values stay: the mask says which count. */
void record_clear(struct record *record)
{
    record->id = 0;
    record->nth = 0;
    memset(record->mask, 0, sizeof record->mask);
    record->snapshots = NULL;
    record->snapshot_count = 0;
}

static void set(struct record *record, enum column column, struct value value)
{
    record->mask[column / 64] |= (uint64_t)1 << column % 64;
    record->values[column] = value;
}

void record_set_number(struct record *record, enum column column, double number)
{
    assert(column < COLUMN_COUNT && !column_is_text(column));
    set(record, column, (struct value){.number = number});
}

void record_set_unknown(struct record *record, enum column column)
{
    assert(column < COLUMN_COUNT);
    set(record, column, (struct value){.number = number_unknown()});
}

void record_set_text(struct record *record, enum column column, struct text text)
{
    assert(column < COLUMN_COUNT && column_is_text(column));
    set(record, column, (struct value){.number = number_unknown(), .text = text});
}

double record_number(const struct record *record, enum column column)
{
    return record_has(record, column) ? record->values[column].number : number_unknown();
}

struct text record_text(const struct record *record, enum column column)
{
    return record_has(record, column) ? record->values[column].text : (struct text){0};
}

enum platform record_platform(const struct record *record)
{
    struct text word = record_text(record, COL_PLATFORM);
    int platform = 0;
    while (platform < PLATFORM_COUNT && !text_is(word, platforms[platform].word))
        platform++;
    return (enum platform)platform;
}
