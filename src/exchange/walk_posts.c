#include <jansson.h>

#include "base/date.h"
#include "walk_internal.h"

/* The latest posts of an account as an interface gives them: their averages are what a post gets.
 * What a post hides is left out of its average. */

static const struct {
    const char *keys[3];
    enum column column;
} counts[] = {
    {{"like_count", "likeCount", "diggCount"}, COL_LIKES},
    {{"comments_count", "comment_count", "commentCount"}, COL_COMMENTS},
    {{"share_count", "shareCount", NULL}, COL_SHARES},
    {{"view_count", "viewCount", "playCount"}, COL_VIEWS},
};

static double count_of(const json_t *post, const char *const keys[3])
{
    for (size_t i = 0; i < 3 && keys[i] != NULL; i++) {
        const json_t *value = json_object_get(post, keys[i]);
        struct text text = {json_string_value(value), json_string_length(value)};
        struct number_seen seen;
        if (json_is_string(value) && number_parse(text, number_style_plain, &seen) &&
            seen.value >= 0)
            return seen.value;
    }
    return number_unknown();
}

static void take_average(struct import_walk *walk, const json_t *posts, const char *const keys[3],
                         enum column column)
{
    double sum = 0, known = 0;
    for (size_t i = 0; i < json_array_size(posts); i++) {
        double count = count_of(json_array_get(posts, i), keys);
        if (!number_known(count))
            continue;
        sum += count;
        known++;
    }
    if (known > 0 && !record_has(&walk->record, column))
        record_set_number(&walk->record, column, sum / known);
}

static void take_times(struct import_walk *walk, const json_t *posts)
{
    double first = number_unknown(), last = number_unknown(), at;
    for (size_t i = 0; i < json_array_size(posts); i++) {
        const json_t *time = json_object_get(json_array_get(posts, i), "timestamp");
        if (!json_is_string(time) || !date_parse(text_of(json_string_value(time)), &at))
            continue;
        first = at < first || !number_known(first) ? at : first;
        last = at > last || !number_known(last) ? at : last;
    }
    if (!number_known(last) || last > walk->plan->now + DATE_DAY)
        return;
    if (!record_has(&walk->record, COL_LAST_POST_AT))
        record_set_number(&walk->record, COL_LAST_POST_AT, last);
    if (last > first && !record_has(&walk->record, COL_WINDOW))
        record_set_number(&walk->record, COL_WINDOW, (double)(long)((last - first) / DATE_DAY + 1));
}

void walk_take_posts(struct import_walk *walk, const struct import_column *column, struct text cell)
{
    json_t *posts = json_loadb(cell.at, cell.length, 0, NULL);
    if (json_is_array(posts)) {
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            take_average(walk, posts, counts[i].keys, counts[i].column);
        if (json_array_size(posts) > 0 && !record_has(&walk->record, COL_SAMPLE))
            record_set_number(&walk->record, COL_SAMPLE, (double)json_array_size(posts));
        take_times(walk, posts);
    } else if (cell.length > 0) {
        walk_trouble(walk, TROUBLE_CELL, column, cell, "not a list of posts");
    }
    json_decref(posts);
}
