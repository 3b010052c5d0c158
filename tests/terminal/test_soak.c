/* Two feeds, an import again and again, the sqlite3 shell and a user, all at once. No update is lost, no
 * error is shown, and in the end the screen is that of a fresh start.
 * MICROSCOPE_TEST_SECONDS: how long, 8 where nothing is said; MICROSCOPE_TEST_SEED: another course. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "base/vec.h"
#include "soak_others.h"
#include "support/fresh_start.h"
#include "support/sql.h"

#define NOW "2026-11-16"
#define PICKS 10 /* creators that nobody but the user does anything with */

static const char *const environment[] = {"MICROSCOPE_NOW=" NOW, "TZ=UTC", NULL};
static const struct pty_options terminal = {.env = environment, .columns = 120, .rows = 32};
static char store[300];

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double given(const char *name, double otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtod(text, NULL) : otherwise;
}

static int set_up(void **state)
{
    home_make(state);
    snprintf(store, sizeof store, "%s", at_home("store.db"));
    home_run((const char *const[]){MICROSCOPE, "generate", "--creators", "1200", "--seed", "7",
                                   "--store", store, NULL},
             0);
    for (int i = 0; i < PICKS; i++) {
        char sql[160];
        snprintf(sql, sizeof sql,
                 "INSERT INTO creator(platform, handle, followers, likes, fee, currency)"
                 " VALUES('instagram', 'pick.0%d', %d, 500, 20000, 'EUR')",
                 i, 20000 + i);
        sql_run(store, sql);
    }
    return 0;
}

/* ---- the user ---- */

struct user {
    struct pty *pty;
    struct random *random;
    bool ticked[PICKS], planned[PICKS];
    unsigned budget, steps;
};

static void press(struct user *user, const char *keys)
{
    pty_send(user->pty, keys);
    pty_settle(user->pty);
}

static void give_up(struct user *user, const char *why)
{
    fprintf(stderr, "%s:\n%s", why, pty_screen(user->pty));
    fail_msg("%s", why);
}

static void expect_no_error(struct user *user)
{
    static const char *const troubles[] = {"cannot", "failed", "is gone", "locked", "not kept"};
    for (size_t i = 0; i < COUNT_OF(troubles); i++)
        if (pty_shows(user->pty, troubles[i]))
            give_up(user, troubles[i]);
}

/* Is the cursor on this creator? */
static bool is_at(struct user *user, const char *handle)
{
    for (int row = 3; row < pty_rows(user->pty); row++) {
        const char *line = strstr(pty_row(user->pty, row), "\xe2\x94\x82\xe2\x96\xb8");
        if (line && strstr(line, handle))
            return true;
    }
    return false;
}

static void find(struct user *user, int pick)
{
    char keys[32], handle[16];
    snprintf(handle, sizeof handle, "pick.0%d", pick);
    snprintf(keys, sizeof keys, "/%s\r", handle);
    press(user, "X");
    press(user, keys);
    if (!is_at(user, handle))
        give_up(user, "the cursor is elsewhere");
}

/* Sometimes a step is taken back, and sometimes made again. Returns whether it stands. */
static bool think_again(struct user *user)
{
    if (random_below(user->random, 3) > 0)
        return true;
    press(user, "u");
    if (random_below(user->random, 2) > 0)
        return false;
    press(user, "U");
    return true;
}

static void tick(struct user *user)
{
    int pick = (int)random_below(user->random, PICKS);
    find(user, pick);
    press(user, " ");
    if (think_again(user))
        user->ticked[pick] = !user->ticked[pick];
}

/* From the detail: in the list it would be about all who are ticked. */
static void plan(struct user *user)
{
    int pick = (int)random_below(user->random, PICKS);
    find(user, pick);
    press(user, "\r");
    press(user, "a");
    if (think_again(user))
        user->planned[pick] = !user->planned[pick];
    press(user, "\033");
}

static void budget(struct user *user)
{
    char keys[32];
    unsigned before = user->budget, wanted = 1000 + (unsigned)random_below(user->random, 90000);
    snprintf(keys, sizeof keys, "b%u", wanted == before ? wanted + 1 : wanted);
    press(user, keys);
    press(user, "\r");
    if (think_again(user))
        user->budget = (unsigned)strtoul(keys + 1, NULL, 10);
}

static void filter(struct user *user)
{
    static const char *const filters[] = {"ffollowers>50000\r\033", "ffee:known\r\033",
                                          "fer>=2%\r\033"};
    press(user, filters[random_below(user->random, COUNT_OF(filters))]);
    press(user, "jj");
    press(user, "X");
}

static void order(struct user *user)
{
    static const char *const orders[] = {"s", "ss", "r", "S\033[B\r"};
    press(user, orders[random_below(user->random, COUNT_OF(orders))]);
}

static void look_around(struct user *user)
{
    static const char *const keys[] = {"jjj", "\033[6~", "\033[5~", "G", "g", "pg\033", "\r\033"};
    press(user, keys[random_below(user->random, COUNT_OF(keys))]);
}

static void act(struct user *user)
{
    static void (*const acts[])(struct user * user) = {
        tick, tick, plan, plan, budget, budget, filter, order, look_around, look_around};
    acts[random_below(user->random, COUNT_OF(acts))](user);
    user->steps++;
    expect_no_error(user);
}

static void expect_own(const struct user *user)
{
    for (int i = 0; i < PICKS; i++) {
        char sql[160];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM tick WHERE key='pick.0%d'", i);
        bool ticked = sql_number(store, sql) > 0;
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM plan WHERE key='pick.0%d' AND scenario='default'"
                 " AND coalesce(deliverables, 1) > 0",
                 i);
        bool planned = sql_number(store, sql) > 0;
        if (ticked != user->ticked[i] || planned != user->planned[i])
            fail_msg("pick.0%d: ticked %d, not %d; planned %d, not %d", i, ticked, user->ticked[i],
                     planned, user->planned[i]);
    }
    if (user->budget)
        assert_int_equal(sql_number(store, "SELECT value FROM knob WHERE key='budget'"),
                         user->budget);
}

/* ---- all at once ---- */

/* Until the explorer has seen the last of what others wrote. */
static void catch_up(struct user *user)
{
    sql_run(store, "INSERT INTO creator(platform, handle, followers)"
                   " VALUES('x', 'the.last.one', 987654321)");
    double until = seconds() + 60;
    press(user, "X");
    while (!pty_shows(user->pty, "988M")) {
        press(user, "r/the.last.one\r");
        if (seconds() > until)
            give_up(user, "the last one does not come");
    }
    press(user, "Xrg");
}

static void nothing_is_lost(void **state)
{
    (void)state;
    struct random random;
    double seed = given("MICROSCOPE_TEST_SEED", 20261123);
    random_init(&random, (uint64_t)seed);
    print_message("seed %.0f\n", seed);
    const char *const argv[] = {MICROSCOPE, store, NULL};
    struct user user = {.pty = home_open(terminal, argv), .random = &random};
    pty_wait_text(user.pty, "1,210 of");
    struct others *others =
        others_start(store, NOW); /* second: a terminal would hold their pipes */
    pty_settle(user.pty);
    double until = seconds() + given("MICROSCOPE_TEST_SECONDS", 8);
    while (seconds() < until) {
        others_go_on(others, &random);
        act(&user);
    }
    others_end(others);
    others_tell(others);
    print_message("%u steps of the user\n", user.steps);
    catch_up(&user);
    expect_no_error(&user);
    expect_fresh_start(user.pty, terminal, argv);
    pty_close(user.pty);
    expect_own(&user);
    others_free(others);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_lost, set_up, home_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
