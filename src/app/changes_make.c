#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/hash.h"
#include "base/vec.h"

/* What changed, worked out in steps: of all creators by two columns in memory, of those planned and
 * ticked by what the store knows of their past. */

#define MANY_CREATORS 100000
#define FEW_CREATORS 10000 /* so many are looked through at once */
#define STEPS_AT_ONCE 4
#define BLOCKS_A_STEP 16  /* of SHEET_BLOCK rows: two milliseconds where all of them are new */
#define PEOPLE_A_STEP 100 /* each takes a few forecasts */

static void result_release(struct changes_result *result)
{
    for (int i = 0; i < CHANGES_SECTIONS; i++)
        free(result->sections[i].items);
    totals_release(&result->then);
    totals_release(&result->now);
    *result = (struct changes_result){0};
}

static void result_init(struct changes_result *result)
{
    *result = (struct changes_result){0};
    totals_init(&result->then);
    totals_init(&result->now);
}

void changes_place_init(struct changes_place *place)
{
    *place = (struct changes_place){.last_visit = NAN, .since = NAN, .people_since = NAN};
    result_init(&place->making);
    result_init(&place->made);
}

void changes_place_release(struct changes_place *place)
{
    if (!place)
        return;
    for (int i = 0; i < CHANGES_SECTIONS; i++)
        free(place->shown[i].items);
    result_release(&place->making);
    result_release(&place->made);
    free(place->people.items);
    bits_release(&place->planned);
    free(place->gone.items);
    arena_release(&place->gone_names);
    free(place->lines.items);
    *place = (struct changes_place){0};
}

/* ---- whom it is about ---- */

static bool is_new(const struct model *model, uint32_t row)
{
    return catalog_number(model->catalog, COL_ADDED_AT, row) > model->changes.since;
}

static bool is_candidate(const struct model *model, uint32_t row)
{
    return catalog_number(model->catalog, COL_CHANGED_AT, row) > model->changes.since &&
           !is_new(model, row);
}

static int by_row(const void *a, const void *b)
{
    const struct changes_person *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

struct changes_person *changes_person(const struct model *model, uint32_t row)
{
    const struct changes_place *place = &model->changes;
    struct changes_person key = {.row = row};
    return place->people.count == 0
               ? NULL
               : bsearch(&key, place->people.items, place->people.count, sizeof key, by_row);
}

struct people {
    struct changes_person *items;
    size_t count, capacity;
};

/* What was read of somebody stays good: the past does not change. */
static void add_person(struct model *model, struct people *people, uint32_t row, bool planned)
{
    struct changes_person person = {
        .id = catalog_id(model->catalog, row), .row = row, .planned = planned};
    if (!is_candidate(model, row))
        return;
    if (people->count == CHANGES_PEOPLE_MOST) {
        model->changes.making.left_out++;
        return;
    }
    const struct changes_person *known = changes_person(model, row);
    if (known && known->id == person.id && known->read &&
        model->changes.people_since == model->changes.since) {
        person.read = true;
        person.then = known->then;
    }
    VEC_PUSH(people, person);
}

static void collect_planned(struct model *model, struct people *people)
{
    struct changes_place *place = &model->changes;
    size_t count;
    const uint32_t *rows = sheet_planned(model->sheet, &count);
    bits_resize(&place->planned, model->catalog->count);
    bits_clear(&place->planned);
    for (size_t i = 0; i < count; i++) {
        if (!catalog_live(model->catalog, rows[i]) || !catalog_planned(model->catalog, rows[i]))
            continue;
        bits_put(&place->planned, rows[i], true);
        place->making.planned++;
        add_person(model, people, rows[i], true);
    }
}

static void collect_ticked(struct model *model, struct people *people)
{
    struct changes_place *place = &model->changes;
    struct bits ticked = {0};
    if (model->catalog->ticked_count == 0)
        return;
    catalog_ticked_rows(model->catalog, &ticked);
    for (size_t row = bits_next(&ticked, 0); row < ticked.count;
         row = bits_next(&ticked, row + 1)) {
        if (bits_get(&place->planned, row))
            continue;
        place->making.ticked++;
        add_person(model, people, (uint32_t)row, false);
    }
    bits_release(&ticked);
}

static void collect(struct model *model)
{
    struct changes_place *place = &model->changes;
    struct people people = {.count = 0};
    collect_planned(model, &people);
    collect_ticked(model, &people);
    if (people.count > 0)
        qsort(people.items, people.count, sizeof *people.items, by_row);
    free(place->people.items);
    place->people.items = people.items;
    place->people.count = people.count;
    place->people.capacity = people.capacity;
    place->people_since = place->since;
}

/* ---- entries ---- */

static void add_entry(struct changes_result *result, enum changes_section section,
                      struct changes_entry entry)
{
    VEC_PUSH(&result->sections[section], entry);
}

struct sorted {
    struct changes_entry entry;
    struct text key;
};

static int by_rank(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    if (x->entry.rank != y->entry.rank)
        return x->entry.rank > y->entry.rank ? -1 : 1;
    int names = text_order(x->key, y->key);
    return names ? names : (x->entry.id > y->entry.id) - (x->entry.id < y->entry.id);
}

static double rank_of(const struct model *model, const struct changes_entry *entry, double roi)
{
    double by = fabs(roi - entry->roi_then);
    if (model->changes.order == CHANGES_BY_NAME)
        return 0;
    if (model->changes.order == CHANGES_BY_MOVE && entry->kept)
        return isnan(by) ? (double)INFINITY : by; /* it came to be known, or is no longer */
    if (model->changes.order == CHANGES_BY_MOVE && !entry->kept)
        return -2; /* of whom least can be said */
    return isnan(roi) ? (double)-INFINITY : roi;
}

static void sort_entries(const struct model *model, struct changes_entries *entries, bool news)
{
    struct sorted *sorted = mem_alloc((entries->count + 1) * sizeof *sorted);
    for (size_t i = 0; i < entries->count; i++) {
        struct changes_entry entry = entries->items[i];
        uint32_t row = catalog_find_id(model->catalog, entry.id);
        double roi = row == CATALOG_NONE ? (double)NAN : sheet_number(model->sheet, COL_ROI, row);
        if (news)
            entry.rank = model->changes.order == CHANGES_BY_NAME ? 0
                         : isnan(roi)                            ? (double)-INFINITY
                                                                 : roi;
        else
            entry.rank = rank_of(model, &entry, roi);
        sorted[i] = (struct sorted){entry, row == CATALOG_NONE ? TEXT("")
                                                               : catalog_key(model->catalog, row)};
    }
    qsort(sorted, entries->count, sizeof *sorted, by_rank);
    for (size_t i = 0; i < entries->count; i++)
        entries->items[i] = sorted[i].entry;
    free(sorted);
}

void changes_sort(struct model *model)
{
    for (int i = 0; i < CHANGES_SECTIONS; i++)
        sort_entries(model, &model->changes.made.sections[i], i == CHANGES_NEW);
}

/* ---- steps ---- */

/* ROI of the plan's own; what is new shall be better than the worst of it. */
static void step_worst(struct model *model)
{
    struct changes_place *place = &model->changes;
    size_t to = place->at + SHEET_BLOCK;
    while (place->at < place->planned.count && place->at < to) {
        size_t row = bits_next(&place->planned, place->at);
        place->at = row + 1;
        if (row >= place->planned.count)
            break;
        place->worst = fmin(place->worst, sheet_number(model->sheet, COL_ROI, (uint32_t)row));
        to = to > row ? to : row + 1;
    }
    if (place->at < place->planned.count)
        return;
    place->making.planless = isnan(place->worst);
    place->stage = CHANGES_SCAN;
    place->at = 0;
}

static int by_roi(const void *a, const void *b)
{
    const struct changes_entry *x = a, *y = b;
    return (x->rank < y->rank) - (x->rank > y->rank);
}

/* The best of many: the rest is let go from time to time. */
static void keep_best(struct changes_entries *entries, size_t most)
{
    if (entries->count > 0)
        qsort(entries->items, entries->count, sizeof *entries->items, by_roi);
    entries->count = entries->count < most ? entries->count : most;
}

static void take_new(struct model *model, uint32_t row)
{
    struct changes_place *place = &model->changes;
    struct changes_entries *news = &place->making.sections[CHANGES_NEW];
    if (!catalog_live(model->catalog, row))
        return;
    place->making.added++;
    if (bits_get(&place->planned, row))
        return;
    double roi = sheet_number(model->sheet, COL_ROI, row);
    if (!place->making.planless && !(roi > place->worst))
        return;
    place->making.better++;
    add_entry(&place->making, CHANGES_NEW,
              (struct changes_entry){.id = catalog_id(model->catalog, row),
                                     .kept = true,
                                     .most = MOVED_FIGURES,
                                     .before = NAN,
                                     .roi_then = NAN,
                                     .rank = isnan(roi) ? (double)-INFINITY : roi});
    if (news->count == 2 * (size_t)CHANGES_NEW_MOST)
        keep_best(news, CHANGES_NEW_MOST);
}

static bool all_read(const struct changes_place *place)
{
    for (size_t i = 0; i < place->people.count; i++)
        if (!place->people.items[i].read)
            return false;
    return true;
}

static void begin_weighing(struct changes_place *place)
{
    bool read = all_read(place);
    place->stage = read ? CHANGES_WEIGH : CHANGES_READ;
    place->at = 0;
    if (!read)
        return;
    totals_begin(&place->making.then);
    totals_begin(&place->making.now);
}

static void scan_block(struct model *model, uint32_t from, size_t count)
{
    struct changes_place *place = &model->changes;
    double room_added[SHEET_BLOCK], room_changed[SHEET_BLOCK];
    const double *added = sheet_block(model->sheet, COL_ADDED_AT, from, count, room_added);
    const double *changed = sheet_block(model->sheet, COL_CHANGED_AT, from, count, room_changed);
    if (added != room_added) { /* what is borrowed may move when a figure is made */
        memcpy(room_added, added, count * sizeof *added);
        added = room_added;
    }
    if (changed != room_changed) {
        memcpy(room_changed, changed, count * sizeof *changed);
        changed = room_changed;
    }
    for (size_t i = 0; i < count; i++)
        if (added[i] > place->since)
            take_new(model, from + (uint32_t)i);
        else if (changed[i] > place->since)
            place->making.updated += catalog_live(model->catalog, from + (uint32_t)i);
}

static void step_scan(struct model *model)
{
    struct changes_place *place = &model->changes;
    size_t rows = place->planned.count; /* those that are numbered beyond are for the next time */
    for (int i = 0; i < BLOCKS_A_STEP && place->at < rows; i++) {
        size_t count = rows - place->at < SHEET_BLOCK ? rows - place->at : SHEET_BLOCK;
        scan_block(model, (uint32_t)place->at, count);
        place->at += count;
    }
    if (place->at < rows)
        return;
    keep_best(&place->making.sections[CHANGES_NEW], CHANGES_NEW_MOST);
    begin_weighing(place);
}

void changes_moved(const struct model *model, const struct changes_person *person,
                   struct moved *out)
{
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    moved_make(catalog_facts(model->catalog), &assumptions, person->row, model->changes.since,
               &person->then, out);
}

static void weigh_person(struct model *model, const struct changes_person *person)
{
    struct changes_result *making = &model->changes.making;
    struct moved moved;
    changes_moved(model, person, &moved);
    if (person->planned) {
        totals_add(&making->then, moved.kept ? &moved.then : &moved.now);
        totals_add(&making->now, &moved.now);
    }
    if (!moved.is)
        return;
    add_entry(making, person->planned ? CHANGES_PLAN : CHANGES_TICKED,
              (struct changes_entry){.id = person->id,
                                     .kept = moved.kept,
                                     .most = moved.most,
                                     .before = moved.most < MOVED_FIGURES && moved.kept
                                                   ? moved.values[moved.most].then
                                                   : (double)NAN,
                                     .roi_then = moved.kept ? moved.then.roi : (double)NAN});
}

/* Those of the plan who did not change are what they are, then and now. */
static void weigh_unchanged(struct model *model, uint32_t row)
{
    struct changes_result *making = &model->changes.making;
    struct figures figures;
    if (changes_person(model, row))
        return;
    sheet_figures(model->sheet, row, &figures);
    totals_add(&making->then, &figures);
    totals_add(&making->now, &figures);
}

static void end_weighing(struct model *model)
{
    struct changes_place *place = &model->changes;
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    struct changes_result made = place->making;
    totals_end(&made.then, &assumptions);
    totals_end(&made.now, &assumptions);
    place->making = place->made;
    place->made = made;
    place->ready = true;
    place->stage = CHANGES_IDLE;
    changes_sort(model);
    changes_take(model);
}

static void step_weigh(struct model *model)
{
    struct changes_place *place = &model->changes;
    size_t people = place->people.count;
    for (int i = 0; i < PEOPLE_A_STEP; i++) {
        if (place->at < people) {
            weigh_person(model, &place->people.items[place->at++]);
            continue;
        }
        size_t row = bits_next(&place->planned, place->at - people);
        if (row >= place->planned.count) {
            end_weighing(model);
            return;
        }
        weigh_unchanged(model, (uint32_t)row);
        place->at = people + row + 1;
    }
}

static void (*const stages[])(struct model *model) = {
    [CHANGES_IDLE] = NULL, [CHANGES_WORST] = step_worst, [CHANGES_SCAN] = step_scan,
    [CHANGES_READ] = NULL, [CHANGES_WEIGH] = step_weigh,
};

bool changes_busy(const struct model *model)
{
    return !model->loading && stages[model->changes.stage] != NULL;
}

void changes_work(struct model *model)
{
    if (changes_busy(model))
        stages[model->changes.stage](model);
}

const char *changes_progress(const struct model *model, double *share)
{
    const struct changes_place *place = &model->changes;
    size_t all = place->stage == CHANGES_SCAN ? place->planned.count : place->people.count + 1;
    *share = (double)place->at / (double)(all > place->at ? all : place->at + 1);
    return model->place == PLACE_CHANGES ? "looking through" : NULL;
}

/* ---- when ---- */

static void begin(struct model *model)
{
    struct changes_place *place = &model->changes;
    for (int i = 0; i < CHANGES_SECTIONS; i++)
        place->making.sections[i].count = 0;
    place->making.better = place->making.added = place->making.updated = 0;
    place->making.planned = place->making.ticked = place->making.left_out = 0;
    place->worst = NAN;
    place->stage = CHANGES_WORST;
    place->at = 0;
    collect(model);
}

/* Of a great many creators whose changes nobody looks at now, the count in the tab is of this minute. */
static uint64_t facts_stamp(const struct model *model)
{
    const struct catalog *catalog = model->catalog;
    if (model->place == PLACE_CHANGES || model->detail_of_changes ||
        catalog->count <= MANY_CREATORS)
        return catalog->revision;
    double made_of[] = {model->now, (double)catalog->ticked_count, (double)catalog->planned_count,
                        (double)catalog->live_count};
    return hash_bytes(made_of, sizeof made_of, 7);
}

static uint64_t stamp_of(const struct model *model)
{
    const struct changes_place *place = &model->changes;
    uint64_t made_of[] = {facts_stamp(model), model->sheet->epoch, model->scenario.revision};
    uint64_t stamp = hash_bytes(made_of, sizeof made_of, 3);
    return hash_bytes(&place->since, sizeof place->since, stamp) | 1;
}

/* Who is gone is asked for again where somebody went or came. */
static void ask_gone(struct model *model, struct effects *effects)
{
    struct changes_place *place = &model->changes;
    const char *name = model->scenario.name;
    uint64_t stamp = hash_bytes(name, strlen(name), model->catalog->live_revision);
    stamp = hash_bytes(&place->since, sizeof place->since, stamp) | 1;
    if (stamp == place->gone_stamp)
        return;
    place->gone_stamp = stamp;
    effects_add(effects, (struct effect){.kind = EFFECT_GONE, .number = place->since});
}

bool changes_current(const struct model *model)
{
    const struct changes_place *place = &model->changes;
    return place->stage == CHANGES_IDLE && place->stamp == stamp_of(model);
}

void changes_build(struct model *model, struct effects *effects)
{
    struct changes_place *place = &model->changes;
    if (!model->loading && !isnan(place->since)) {
        ask_gone(model, effects);
        if (stamp_of(model) != place->stamp) {
            place->stamp = stamp_of(model);
            begin(model);
        }
        int steps = model->catalog->count <= FEW_CREATORS ? STEPS_AT_ONCE : 0;
        while (steps-- > 0 && changes_busy(model))
            changes_work(model);
    }
    if (model->place == PLACE_CHANGES || model->detail_of_changes)
        changes_settle(model);
}

/* ---- what the store says ---- */

size_t model_then_wanted(const struct model *model, int64_t ids[CHANGES_PAGE])
{
    const struct changes_place *place = &model->changes;
    size_t count = 0;
    if (model->loading || place->stage == CHANGES_IDLE)
        return 0;
    for (size_t i = 0; i < place->people.count && count < CHANGES_PAGE; i++)
        if (!place->people.items[i].read)
            ids[count++] = place->people.items[i].id;
    return count;
}

/* Whoever was asked for and is not among those told has no past. */
void changes_take_then(struct model *model, const struct message *message)
{
    struct changes_place *place = &model->changes;
    int64_t ids[CHANGES_PAGE];
    size_t count = model_then_wanted(model, ids);
    if (message->now != place->since)
        return;
    for (size_t i = 0; i < message->then_count; i++) {
        uint32_t row = catalog_find_id(model->catalog, message->thens[i].id);
        struct changes_person *person = row == CATALOG_NONE ? NULL : changes_person(model, row);
        if (!person)
            continue;
        person->then = message->thens[i].then;
        person->read = true;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t row = catalog_find_id(model->catalog, ids[i]);
        struct changes_person *person = row == CATALOG_NONE ? NULL : changes_person(model, row);
        if (!person || person->read)
            continue;
        person->then = snapshot_at(place->since);
        person->read = true;
    }
    if (place->stage == CHANGES_READ && all_read(place))
        begin_weighing(place);
}

void changes_take_gone(struct model *model, const struct message *message)
{
    struct changes_place *place = &model->changes;
    place->gone.count = 0;
    arena_release(&place->gone_names);
    if (message->now != place->since)
        return;
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < message->gone_count; i++) {
            struct changes_gone gone = message->gone[i];
            int kind = gone.planned ? 0 : gone.ticked ? 1 : 2;
            if (kind != pass)
                continue;
            gone.handle = arena_text(&place->gone_names, gone.handle);
            VEC_PUSH(&place->gone, gone);
        }
}
