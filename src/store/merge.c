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

static const struct group *const groups[MERGE_GROUPS] = {&audience, &engagement, &price};

void merge_group_fields(size_t group, struct fields *out)
{
    out->count = 0;
    for (size_t i = 0; i < groups[group]->count; i++)
        out->items[out->count++] = groups[group]->fields[i];
    out->items[out->count++] = groups[group]->at;
}

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

/* A rate comes with its basis and a fee with its origin, or they leave the old ones behind. */
static void take(struct row *row, const struct row *from, enum column column)
{
    if (!knows(from, column))
        return;
    row->cells[column] = from->cells[column];
    if (column == COL_ER)
        row->cells[COL_ER_BASIS] = from->cells[COL_ER_BASIS];
    if (column == COL_FEE)
        row->cells[COL_FEE_ORIGIN] = from->cells[COL_FEE_ORIGIN];
}

/* ---- figures that go together ---- */

static void drop(struct row *row, enum column column)
{
    row->cells[column] = unknown;
    carried_clear(&row->carried, column);
    if (column == COL_FEE)
        row->cells[COL_FEE_ORIGIN] = unknown;
}

static void drop_fee(struct row *row)
{
    drop(row, COL_FEE);
    drop(row, COL_FEE_BY_FORMAT);
    row->cells[COL_CURRENCY] = unknown;
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

static bool other_money(const struct row *row, const struct row *incoming,
                        const struct group *group)
{
    return group == &price && knows_fee(row) && knows_fee(incoming) &&
           !cell_equal(&row->cells[COL_CURRENCY], &incoming->cells[COL_CURRENCY]);
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

/* What was seen on the date of the group; what it carries was remembered when it came to be carried. */
static void remember(struct past *past, const struct row *row, const struct group *group)
{
    double at = cell_value(&row->cells[group->at]);
    struct snapshot *entry = NULL;

    if (!number_known(at))
        return;
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
        enum column column = snapshot_fields[i].column;
        if (columns[column].group != group->kind || !knows(row, column) ||
            carried_has(&row->carried, column))
            continue;
        if (!entry)
            entry = entry_at(past, at);
        *snapshot_figure(entry, i) = cell_value(&row->cells[column]);
        if (column == COL_ER && knows(row, COL_ER_BASIS))
            snapshot_set_word(entry, COL_ER_BASIS, row->cells[COL_ER_BASIS].text);
        if (column == COL_FEE && knows(row, COL_CURRENCY))
            snapshot_set_word(entry, COL_CURRENCY, row->cells[COL_CURRENCY].text);
    }
}

/* ---- when each was seen ---- */

static bool is_figure(enum column column)
{
    return carried_place(column) >= 0;
}

static double seen_at(const struct row *row, const struct group *group, enum column column)
{
    return carried_has(&row->carried, column) ? row->carried.at[carried_place(column)]
                                              : cell_value(&row->cells[group->at]);
}

static void see(struct row *row, const struct group *group, enum column column, double at)
{
    double date = cell_value(&row->cells[group->at]);

    if (at == date || (!number_known(at) && !number_known(date)))
        carried_clear(&row->carried, column);
    else
        carried_set(&row->carried, column, at);
}

/* Seen before the present values: each takes the place of what was seen earlier still. Money in
 * another currency only ends what is older. */
static void merge_late(struct row *row, const struct row *incoming, const struct group *group,
                       double at)
{
    bool other = other_money(row, incoming, group);

    for (size_t i = 0; i < group->count; i++) {
        enum column column = group->fields[i];
        bool later = knows(row, column) && seen_at(row, group, column) > at;
        if (later || !is_figure(column))
            continue;
        if (other)
            drop(row, column);
        if (other || !knows(incoming, column))
            continue;
        if (group == &price)
            row->cells[COL_CURRENCY] = incoming->cells[COL_CURRENCY];
        take(row, incoming, column);
        see(row, group, column, at);
    }
}

/* What the newer record does not name stays, from when it was seen. */
static void carry(struct row *row, const struct row *incoming, const struct group *group)
{
    double at = cell_value(&row->cells[group->at]);

    for (size_t i = 0; i < group->count; i++) {
        enum column column = group->fields[i];
        if (is_figure(column) && knows(row, column) && !knows(incoming, column) &&
            !carried_has(&row->carried, column))
            carried_set(&row->carried, column, at);
    }
}

/* Does the record give the group another date? */
static bool moves(const struct row *row, const struct row *incoming, const struct group *group)
{
    double before = cell_value(&row->cells[group->at]);
    double now = cell_value(&incoming->cells[group->at]);

    if (number_known(before) && number_known(now))
        return now > before;
    return number_known(now) || (number_known(before) && contradicts(row, incoming, group));
}

static void merge_group(struct row *row, const struct row *incoming, const struct group *group,
                        struct past *past)
{
    double now = cell_value(&incoming->cells[group->at]);

    if (!knows_any(incoming, group))
        return;
    if (now < cell_value(&row->cells[group->at])) {
        remember(past, incoming, group);
        merge_late(row, incoming, group, now);
        return;
    }
    if (moves(row, incoming, group)) {
        remember(past, row, group);
        carry(row, incoming, group);
        row->cells[group->at] = incoming->cells[group->at];
    }
    if (other_money(row, incoming, group))
        drop_fee(row);
    for (size_t i = 0; i < group->count; i++) {
        enum column column = group->fields[i];
        bool same = cell_equal(&row->cells[column], &incoming->cells[column]);
        take(row, incoming, column);
        /* Who says the same without a date says nothing of when. */
        if (knows(incoming, column) && (number_known(now) || !same))
            see(row, group, column, now);
    }
}

static bool agrees(const struct row *row, const struct row *incoming, enum column column)
{
    return cell_equal(&row->cells[column], &incoming->cells[column]);
}

bool merge_is_idle(const struct row *row, const struct row *incoming, const struct fields *fields)
{
    for (size_t i = 0; i < fields->count; i++) {
        enum column column = fields->items[i];
        if (knows(incoming, column) &&
            (!agrees(row, incoming, column) || carried_has(&row->carried, column)))
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
