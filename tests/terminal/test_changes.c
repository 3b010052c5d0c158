/* Two visits, and what other programs did to the store in between: the page of changes says what a plain
 * forecast of both sides says, and nothing else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "plain_forecast.h"
#include "support/home_pty.h"
#include "support/sql.h"

#define BEFORE "2026-08-01"
#define AFTER "2026-08-03"

static const char *const first_day[] = {"MICROSCOPE_NOW=2026-08-01T13:00:00Z", "TZ=UTC", NULL};
static const char *const between[] = {"MICROSCOPE_NOW=2026-08-03T09:00:00Z", "TZ=UTC", NULL};
static const char *const second_day[] = {"MICROSCOPE_NOW=2026-08-04T10:00:00Z", "TZ=UTC", NULL};

/* A creator as the two lists have it; no followers: it is not in that list. */
struct side {
    double followers, likes, comments, fee;
};
static const struct one {
    const char *handle;
    struct side then, now;
    bool planned, ticked;
    const char *figure; /* what the page has to name; NULL: it has not moved */
} all[] = {
    {"ada.skin", {40000, 1900, 60, 480}, {48000, 2280, 72, 480}, true, false, "Followers"},
    {"bea.lids", {78700, 2600, 80, 270}, {78700, 2600, 80, 540}, true, false, "Fee EUR"},
    {"cleo.calm", {23800, 900, 30, 260}, {23800, 900, 30, 260}, true, false, NULL},
    {"emil.food", {18000, 900, 40, 210}, {18000, 500, 20, 210}, false, true, "ER"},
    {"finn.trip", {9000, 300, 10, 120}, {9001, 300, 10, 120}, false, true, NULL},
    {"greta.off", {30000, 1000, 20, 300}, {60000, 4000, 90, 300}, false, false, NULL},
    {"gone.girl", {30000, 1000, 20, 300}, {0, 0, 0, 0}, false, false, NULL},
    {"new.best", {0, 0, 0, 0}, {52000, 3600, 100, 200}, false, false, NULL},
    {"new.worst", {0, 0, 0, 0}, {4000, 20, 1, 900}, false, false, NULL},
};

/* ---- what it has to be ---- */

static struct plain_figures figures_of(const struct side *side)
{
    struct plain_creator creator = {.platform = "instagram",
                                    .followers = side->followers,
                                    .credibility = NAN,
                                    .audience_market = NAN,
                                    .likes = side->likes,
                                    .comments = side->comments,
                                    .shares = NAN,
                                    .saves = NAN,
                                    .views = NAN,
                                    .reach_post = NAN,
                                    .er_stated = NAN,
                                    .er_stated_basis = "",
                                    .fee = side->fee};
    struct plain_scenario scenario = plain_default("instagram");
    return plain_forecast(&creator, plain_expected(&creator, 1, &creator), &scenario);
}

static double worst_in_plan(void)
{
    double worst = INFINITY;
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (all[i].planned)
            worst = fmin(worst, figures_of(&all[i].now).roi);
    return worst;
}

static double plan_roi(bool now)
{
    double profit = 0, cost = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct plain_figures figures = figures_of(now ? &all[i].now : &all[i].then);
        if (!all[i].planned)
            continue;
        profit += figures.profit;
        cost += figures.cost;
    }
    return profit / cost;
}

static const char *percent(double value)
{
    static char rooms[4][32];
    static int next;
    char *room = rooms[next++ % 4];
    snprintf(room, sizeof rooms[0], "%+.0f%%", round(value * 100));
    return room;
}

/* ---- the store ---- */

static void write_list(const char *path, bool now)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        const struct side *side = now ? &all[i].now : &all[i].then;
        const char *date = now ? AFTER : BEFORE;
        if (side->followers == 0 || (now && strcmp(all[i].handle, "cleo.calm") == 0))
            continue;
        fprintf(file,
                "{\"handle\":\"%s\",\"platform\":\"instagram\",\"followers\":%.0f,\"likes\":%.0f,"
                "\"comments\":%.0f,\"fee\":%.0f,\"currency\":\"EUR\",\"fee_origin\":\"quoted\","
                "\"audience_at\":\"%s\",\"engagement_at\":\"%s\",\"fee_at\":\"%s\"}\n",
                all[i].handle, side->followers, side->likes, side->comments, side->fee, date, date,
                date);
    }
    assert_int_equal(fclose(file), 0);
}

static void import(const char *const *environment, const char *store, const char *list)
{
    struct pty *pty =
        home_open((struct pty_options){.columns = 160, .env = environment},
                  (const char *const[]){MICROSCOPE, "import", "--store", store, list, NULL});
    if (pty_wait_exit(pty) != 0)
        fail_msg("%s", pty_screen(pty));
    pty_close(pty);
}

static struct pty *explore(const char *const *environment, const char *store, const char *count)
{
    struct pty *pty =
        home_open((struct pty_options){.columns = 120, .rows = 32, .env = environment},
                  (const char *const[]){MICROSCOPE, store, NULL});
    pty_wait_text(pty, count);
    pty_settle(pty);
    return pty;
}

static void quit(struct pty *pty)
{
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
}

static void choose(struct pty *pty, const char *handle, const char *key)
{
    pty_send(pty, "/");
    pty_send(pty, handle);
    pty_send(pty, "\r");
    pty_settle(pty);
    pty_send(pty, key);
    pty_settle(pty);
}

/* The line of a creator; NULL: there is none. */
static const char *line_of(struct pty *pty, const char *handle)
{
    for (int row = 2; row < pty_rows(pty) - 2; row++)
        if (strstr(pty_row(pty, row), handle))
            return pty_row(pty, row);
    return NULL;
}

static void check_moved(struct pty *pty, const struct one *one)
{
    double then = figures_of(&one->then).roi, now = figures_of(&one->now).roi;
    char points[32];
    const char *line = line_of(pty, one->handle);
    snprintf(points, sizeof points, "%+.0f pt", round((now - then) * 100));
    if (!line || !strstr(line, one->figure) || !strstr(line, percent(then)) ||
        !strstr(line, percent(now)) || !strstr(line, points))
        fail_msg("%s: not %s, %s then, %s now, %s in\n%s", one->handle, one->figure, percent(then),
                 percent(now), points, pty_screen(pty));
}

static void check_page(struct pty *pty)
{
    char totals[80];
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (all[i].figure)
            check_moved(pty, &all[i]);
    assert_null(line_of(pty, "cleo.calm")); /* nothing of it changed … */
    assert_null(line_of(pty, "finn.trip")); /* … by so little that it is no move … */
    assert_null(line_of(pty, "greta.off")); /* … and this one is nobody's concern. */
    assert_true(figures_of(&all[7].now).roi > worst_in_plan());
    assert_true(figures_of(&all[8].now).roi < worst_in_plan());
    assert_non_null(line_of(pty, "new.best"));
    assert_non_null(strstr(line_of(pty, "new.best"), percent(figures_of(&all[7].now).roi)));
    assert_null(line_of(pty, "new.worst"));
    pty_wait_text(pty, "Gone from the source gone.girl (none in your plan)");
    pty_wait_text(pty, "In your plan 2 of 3 moved");
    pty_wait_text(pty, "1 of 2 moved");
    pty_wait_text(pty, "1 of 2 ");
    pty_wait_text(pty, "2 new  5 updated  1 gone");
    pty_wait_text(pty, "Changes 5");
    snprintf(totals, sizeof totals, "plan ROI %s then, %s now", percent(plan_roi(false)),
             percent(plan_roi(true)));
    pty_wait_text(pty, totals);
}

static void two_visits(void **state)
{
    (void)state;
    const char *store = at_home("visits.db");
    write_list(at_home("before.jsonl"), false);
    write_list(at_home("after.jsonl"), true);
    import(first_day, store, at_home("before.jsonl"));
    struct pty *pty = explore(first_day, store, "7 of 7");
    pty_send(pty, "d");
    pty_wait_text(pty, "This is your first visit");
    pty_send(pty, "q");
    pty_settle(pty);
    for (size_t i = 0; i < COUNT_OF(all); i++) /* while nobody is ticked, a is about one */
        if (all[i].planned)
            choose(pty, all[i].handle, "a");
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (all[i].ticked)
            choose(pty, all[i].handle, " ");
    quit(pty);
    import(between, store, at_home("after.jsonl"));
    sql_run(store, "DELETE FROM creator WHERE handle='gone.girl'");
    pty = explore(second_day, store, "8 of 8");
    pty_send(pty, "d");
    pty_wait_text(pty, "Since Sat 1 Aug, your last visit");
    pty_settle(pty);
    check_page(pty);
    /* Why, with its dates. */
    pty_send(pty, "i");
    pty_wait_text(pty, "What each EUR brings back");
    pty_wait_text(pty, " on 1 Aug 2026, now ");
    pty_send(pty, "\033");
    pty_settle(pty);
    pty_send(pty, "f");
    pty_paste(pty, "is:new");
    pty_send(pty, "\r\033");
    pty_wait_text(pty, "2 of 8");
    pty_wait_text(pty, "new.best");
    pty_wait_text(pty, "new.worst");
    pty_settle(pty);
    assert_false(pty_shows(pty, "ada.skin"));
    quit(pty);
    /* Who looked has seen it. */
    pty = explore(second_day, store, "0 of 8");
    pty_send(pty, "d");
    pty_wait_text(pty, "Since Tue 4 Aug, your last visit");
    pty_wait_text(pty, "In your plan none of 3 moved");
    pty_send(pty, "q");
    pty_settle(pty);
    quit(pty);
}

/* Figures that were replaced by hand, dates and all: of who was planned at the last visit the store kept
 * how he looked, of anybody else nothing is left. */
static void what_is_not_kept_is_said(void **state)
{
    (void)state;
    const char *store = at_home("unkept.db");
    write_list(at_home("before.jsonl"), false);
    import(first_day, store, at_home("before.jsonl"));
    struct pty *pty = explore(first_day, store, "7 of 7");
    choose(pty, "ada.skin", "a");
    quit(pty);
    sql_run(store, "UPDATE creator SET followers=51000, audience_at=unixepoch(), likes=2500,"
                   " comments=80, engagement_at=unixepoch(), fee=90000, fee_at=unixepoch()"
                   " WHERE handle IN ('ada.skin', 'bea.lids')");
    pty = explore(second_day, store, "7 of 7");
    choose(pty, "bea.lids", " ");
    pty_send(pty, "d");
    pty_wait_text(pty, "In your plan 1 of 1 moved");
    pty_wait_text(pty, "ada.skin");
    pty_wait_text(pty, "changed, before is not kept");
    pty_send(pty, "i");
    pty_wait_text(pty, "Reach                   x1.230");
    pty_send(pty, "\033");
    pty_settle(pty);
    pty_send(pty, "j");
    pty_settle(pty);
    pty_send(pty, "i");
    pty_wait_text(pty, "What was before is not kept");
    pty_send(pty, "\033q");
    pty_settle(pty);
    quit(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_visits),
        cmocka_unit_test(what_is_not_kept_is_said),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
