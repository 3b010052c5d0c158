#include "merge_internal.h"

#include "base/number.h"
#include "base/vec.h"

/* Values that were seen together and carry one date. */
#define GROUP_FIELDS 13

struct group {
    enum column_group kind;
    enum column at;
    size_t count;
    enum column fields[GROUP_FIELDS];
};

static const struct group audience = {
    GROUP_AUDIENCE,
    COL_AUDIENCE_AT,
    5,
    {COL_FOLLOWERS, COL_FOLLOWING, COL_POSTS, COL_CREDIBILITY, COL_AUDIENCE_MARKET}};

static const struct group engagement = {
    GROUP_ENGAGEMENT,
    COL_ENGAGEMENT_AT,
    13,
    {COL_LIKES, COL_COMMENTS, COL_SHARES, COL_SAVES, COL_VIEWS, COL_REACH_POST, COL_SAMPLE,
     COL_WINDOW, COL_ER, COL_ER_BASIS, COL_LAST_POST_AT, COL_POSTS_30D, COL_SPONSORED_SHARE}};

static const struct group price = {
    GROUP_PRICE, COL_FEE_AT, 4, {COL_FEE, COL_FEE_ORIGIN, COL_CURRENCY, COL_FEE_BY_FORMAT}};

static const struct group *const groups[] = {&audience, &engagement, &price};

static const struct cell unknown = {CELL_UNKNOWN};

static bool knows(const struct row *row, enum column column)
{
    return cell_known(&row->cells[column]);
}

static bool in_a_group(enum column column)
{
    for (size_t g = 0; g < COUNT_OF(groups); g++) {
        if (groups[g]->at == column)
            return true;
        for (size_t i = 0; i < groups[g]->count; i++)
            if (groups[g]->fields[i] == column)
                return true;
    }
    return false;
}

struct fields merge_alone(const struct fields *fields)
{
    struct fields alone = {.count = 0};

    for (size_t i = 0; i < fields->count; i++)
        if (!in_a_group(fields->items[i]))
            alone.items[alone.count++] = fields->items[i];
    return alone;
}

static void take(struct row *row, const struct row *from, enum column column)
{
    if (knows(from, column))
        row->cells[column] = from->cells[column];
}

/* ---- figures that go together ---- */

static void drop_fee(struct row *row)
{
    row->cells[COL_FEE] = row->cells[COL_FEE_ORIGIN] = unknown;
    row->cells[COL_CURRENCY] = row->cells[COL_FEE_BY_FORMAT] = unknown;
}

static bool knows_fee(const struct row *row)
{
    return knows(row, COL_FEE) || knows(row, COL_FEE_BY_FORMAT);
}

/* A sum without its currency is no sum: what the incoming row does not name of the old money goes
 * when the currency does, and a currency alone does not reinterpret a stored fee. */
static struct row with_whole_money(const struct row *row, const struct row *incoming)
{
    struct row whole = *incoming;

    if (!knows_fee(incoming) && knows_fee(row))
        drop_fee(&whole);
    else if (!knows(incoming, COL_FEE) && knows(row, COL_FEE))
        whole.cells[COL_FEE_ORIGIN] = unknown;
    if (!knows(incoming, COL_ER) && knows(row, COL_ER))
        whole.cells[COL_ER_BASIS] = unknown;
    return whole;
}

static void clear_replaced_partners(struct row *row, const struct row *incoming,
                                    const struct group *group)
{
    if (group == &engagement && knows(incoming, COL_ER))
        row->cells[COL_ER_BASIS] = unknown;
    if (group != &price)
        return;
    if (knows(incoming, COL_FEE))
        row->cells[COL_FEE_ORIGIN] = unknown;
    if (knows_fee(incoming) &&
        !cell_equal(&row->cells[COL_CURRENCY], &incoming->cells[COL_CURRENCY]))
        drop_fee(row);
}

/* ---- groups with a date ---- */

static bool knows_any(const struct row *row, const struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (knows(row, group->fields[i]))
            return true;
    return false;
}

static bool contradicts(const struct row *row, const struct row *incoming,
                        const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        enum column column = group->fields[i];
        if (knows(row, column) && knows(incoming, column) &&
            !cell_equal(&row->cells[column], &incoming->cells[column]))
            return true;
    }
    return false;
}

/* Of one creator and one time: mostly all groups are seen on one day, and are one entry then. */
static struct snapshot *entry_at(struct past *past, double at)
{
    for (size_t i = 0; i < past->count; i++)
        if (past->items[i].at == at)
            return &past->items[i];
    past->items[past->count] = snapshot_at(at);
    return &past->items[past->count++];
}

static void remember(struct past *past, const struct row *row, const struct group *group)
{
    struct snapshot *entry = NULL;

    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
        enum column column = snapshot_fields[i].column;
        if (columns[column].group != group->kind || !knows(row, column))
            continue;
        if (!entry)
            entry = entry_at(past, cell_value(&row->cells[group->at]));
        *snapshot_figure(entry, i) = cell_value(&row->cells[column]);
        if (column == COL_ER && knows(row, COL_ER_BASIS))
            snapshot_set_word(entry, COL_ER_BASIS, row->cells[COL_ER_BASIS].text);
        if (column == COL_FEE && knows(row, COL_CURRENCY))
            snapshot_set_word(entry, COL_CURRENCY, row->cells[COL_CURRENCY].text);
    }
}

/* Seen before the present values: they only fill gaps, and a figure whose partners are there
 * already stays out. */
static void fill_gaps(struct row *row, const struct row *incoming, const struct group *group)
{
    bool priced = group == &price && knows_any(row, group);
    bool rated = knows(row, COL_ER);

    for (size_t i = 0; i < group->count && !priced; i++) {
        enum column column = group->fields[i];
        if (!knows(row, column) && !(rated && column == COL_ER_BASIS))
            take(row, incoming, column);
    }
}

static void merge_group(struct row *row, const struct row *incoming, const struct group *group,
                        struct past *past)
{
    double before = cell_value(&row->cells[group->at]);
    double now = cell_value(&incoming->cells[group->at]);
    bool contradicted = contradicts(row, incoming, group);

    if (!knows_any(incoming, group))
        return;
    if (now < before) {
        remember(past, incoming, group);
        fill_gaps(row, incoming, group);
        return;
    }
    if (now > before || (number_known(before) && !number_known(now) && contradicted))
        remember(past, row, group);
    if (number_known(now) || contradicted)
        row->cells[group->at] = incoming->cells[group->at];
    clear_replaced_partners(row, incoming, group);
    for (size_t i = 0; i < group->count; i++)
        take(row, incoming, group->fields[i]);
}

static bool agrees(const struct row *row, const struct row *incoming, enum column column)
{
    return cell_equal(&row->cells[column], &incoming->cells[column]);
}

bool merge_is_idle(const struct row *row, const struct row *incoming, const struct fields *fields)
{
    for (size_t i = 0; i < fields->count; i++) {
        enum column column = fields->items[i];
        if (knows(incoming, column) && !agrees(row, incoming, column))
            return false;
    }
    /* A partner that is not named again would go. */
    if (knows(incoming, COL_ER) && !agrees(row, incoming, COL_ER_BASIS))
        return false;
    if (knows(incoming, COL_FEE) && !agrees(row, incoming, COL_FEE_ORIGIN))
        return false;
    return !knows_fee(incoming) || agrees(row, incoming, COL_CURRENCY);
}

void merge_rows(struct row *row, const struct row *incoming, const struct fields *alone,
                struct past *past)
{
    struct row whole = with_whole_money(row, incoming);

    past->count = 0;
    for (size_t i = 0; i < alone->count; i++)
        take(row, &whole, alone->items[i]);
    for (size_t g = 0; g < COUNT_OF(groups); g++)
        merge_group(row, &whole, groups[g], past);
}
