/* Settings of the file, seen on the screen of the real explorer. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "support/home_pty.h"
#include "support/sql.h"

static const char *store;

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int set_up(void **state)
{
    if (home_make(state) != 0)
        return -1;
    store = "store.db";
    write_text(at_home("list.csv"), "platform,handle,followers,er,fee,currency,niche\n"
                                    "instagram,anna,30000,0.04,1250.5,EUR,beauty\n"
                                    "instagram,berta,12000,0.05,300,EUR,beauty\n"
                                    "instagram,carla,250000,0.02,2000,EUR,beauty\n");
    home_run((const char *const[]){MICROSCOPE, "import", "list.csv", "--store", store, NULL}, 0);
    return 0;
}

static struct pty *open_with(const char *settings)
{
    static const char *const env[] = {"COLORTERM=truecolor", NULL};
    write_text(at_home("settings.yaml"), settings);
    const char *const argv[] = {MICROSCOPE, "--store", store, "--config", "settings.yaml", NULL};
    struct pty *pty = home_open((struct pty_options){.columns = 120, .rows = 24, .env = env}, argv);
    pty_wait_text(pty, "berta");
    pty_settle(pty);
    return pty;
}

static void leave(struct pty *pty)
{
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
}

/* Later sessions start with the view that this one left. */
static int forget(void **state)
{
    (void)state;
    remove(at_home("store.db"));
    remove(at_home("store.db-wal"));
    remove(at_home("store.db-shm"));
    home_run((const char *const[]){MICROSCOPE, "import", "list.csv", "--store", store, NULL}, 0);
    return 0;
}

static void the_terminal_is_used_as_settled(void **state)
{
    (void)state;
    struct pty *pty = open_with("theme: light\n");
    struct pty_cell light = pty_cell(pty, 0, 12);
    assert_true(light.on_rgb >> 16 > 0x80); /* a light background */
    assert_int_not_equal(pty_modes(pty).mouse, 0);
    leave(pty);
    pty = open_with("theme: dark\nmouse: no\n");
    assert_true(pty_cell(pty, 0, 12).on_rgb >> 16 < 0x80);
    assert_int_equal(pty_modes(pty).mouse, 0);
    leave(pty);
    pty = open_with("colours: no\n");
    for (int row = 0; row < pty_rows(pty); row++)
        assert_true(pty_cell(pty, 0, row).default_on && pty_cell(pty, 0, row).default_fore);
    leave(pty);
    pty = open_with("ascii: yes\n");
    for (const char *c = pty_screen(pty); *c; c++)
        assert_true((unsigned char)*c < 0x80);
    leave(pty);
}

static void the_list_looks_as_settled(void **state)
{
    (void)state;
    struct pty *pty =
        open_with("columns: [saves, followers, er, fee]\nsort: -followers\ndecimal: comma\n");
    const char *heading = pty_row(pty, 2);
    assert_non_null(strstr(heading, "Saves"));
    assert_null(strstr(heading, "Profit"));
    assert_true(pty_shows(pty, "4,00%"));
    assert_false(pty_shows(pty, "4.00%"));
    assert_true(pty_shows(pty, "1.251"));
    const char *screen = pty_screen(pty);
    assert_true(strstr(screen, "carla") < strstr(screen, "anna"));
    assert_true(strstr(screen, "anna") < strstr(screen, "berta"));
    /* typed with the same signs */
    pty_send(pty, "b1.500,50\r");
    pty_settle(pty);
    assert_true(pty_shows(pty, "1.501") || pty_shows(pty, "1.500"));
    leave(pty);
}

static void reasons_have_the_same_signs(void **state)
{
    (void)state;
    struct pty *pty = open_with("decimal: comma\n");
    pty_send(pty, "i");
    pty_settle(pty);
    assert_true(pty_shows(pty, "Why ROI"));
    assert_true(pty_shows(pty, "to the power 0,5"));
    pty_send(pty, "q");
    leave(pty);
}

static void tiers_are_those_of_the_settings(void **state)
{
    (void)state;
    struct pty *pty = open_with("tiers: hypeauditor\n");
    pty_send(pty, "t");
    pty_settle(pty);
    assert_true(pty_shows(pty, "mid"));
    pty_send(pty, "q");
    leave(pty);
    pty = open_with("");
    pty_send(pty, "t");
    pty_settle(pty);
    assert_false(pty_shows(pty, "mid "));
    pty_send(pty, "q");
    leave(pty);
}

static void own_keys_work_and_are_shown(void **state)
{
    (void)state;
    struct pty *pty =
        open_with("keys:\n  tiers: [F6, K]\n  menu: Ctrl-T\n  back: Q\n  filter: B\n");
    const char *map = pty_row(pty, 0);
    assert_non_null(strstr(map, "F6 Tiers"));
    assert_non_null(strstr(map, "c Compare"));
    const char *footer = pty_row(pty, pty_rows(pty) - 1);
    assert_non_null(strstr(footer, "B filter"));
    assert_non_null(strstr(footer, "? help  Ctrl-T menu"));
    pty_send(pty, "tm"); /* nothing any more */
    pty_settle(pty);
    assert_non_null(strstr(pty_row(pty, 0), "F6 Tiers"));
    pty_send(pty, "\033[17~");
    pty_settle(pty);
    assert_null(strstr(pty_row(pty, 0), "F6 Tiers")); /* it is open */
    pty_send(pty, "Q");
    pty_settle(pty);
    assert_non_null(strstr(pty_row(pty, 0), "F6 Tiers"));
    pty_send(pty, "\024Tiers");
    pty_settle(pty);
    assert_true(pty_shows(pty, "F6"));
    pty_send(pty, "\033");
    pty_settle(pty);
    pty_send(pty, "\033");
    pty_settle(pty);
    assert_true(pty_shows(pty, "Q quits"));
    pty_send(pty, "Q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
    /* what cannot be is told before the screen is touched */
    write_text(at_home("settings.yaml"), "keys:\n  compare: x\n");
    home_run((const char *const[]){MICROSCOPE, "--store", store, "--config", "settings.yaml", NULL},
             2);
}

static void settings_are_read_again_when_they_are_written(void **state)
{
    (void)state;
    struct pty *pty = open_with("theme: dark\n");
    assert_true(pty_shows(pty, "4.00%"));
    write_text(at_home("settings.yaml"), "theme: light\ndecimal: comma\nmouse: no\n"
                                         "columns: [saves, er, fee]\nkeys:\n  tiers: F6\n");
    pty_wait_text(pty, "the settings are read again");
    assert_true(pty_shows(pty, "4,00%"));
    assert_true(pty_shows(pty, "Saves"));
    assert_null(strstr(pty_row(pty, 2), "Profit"));
    assert_true(pty_shows(pty, "F6 Tiers"));
    assert_true(pty_cell(pty, 0, 12).on_rgb >> 16 > 0x80);
    assert_int_equal(pty_modes(pty).mouse, 0);
    /* what is wrong is told, and all stays */
    write_text(at_home("settings.yaml"), "mouse: yes\nkeys:\n  tiers: x\n");
    pty_wait_text(pty, "settings.yaml:3:10: 'x' would be both 'tiers' and 'hand-over'");
    assert_true(pty_shows(pty, "F6 Tiers"));
    assert_true(pty_shows(pty, "4,00%"));
    assert_int_equal(pty_modes(pty).mouse, 0);
    pty_send(pty, "\033[17~");
    pty_settle(pty);
    assert_false(pty_shows(pty, "F6 Tiers"));
    pty_send(pty, "q");
    pty_settle(pty);
    write_text(at_home("settings.yaml"), "");
    pty_wait_text(pty, "the settings are read again");
    assert_true(pty_shows(pty, "t Tiers"));
    assert_int_not_equal(pty_modes(pty).mouse, 0);
    leave(pty);
}

#define HOUSE "tier_presets:\n  house:\n    small: 0\n    large: 20k\n"

/* The choice stays the store's, whether the file knows the tiers or not. */
static void own_tiers_can_be_chosen_and_come_and_go(void **state)
{
    (void)state;
    struct pty *pty = open_with("theme: dark\n");
    write_text(at_home("settings.yaml"), HOUSE);
    pty_wait_text(pty, "the settings are read again");
    pty_send(pty, "te");
    pty_wait_text(pty, "2 tiers, small");
    pty_send(pty, "house\r");
    pty_wait_text(pty, "tiers as house draws them (yours, settings.yaml:2)");
    assert_true(pty_shows(pty, "large"));
    assert_true(pty_shows(pty, "20k up"));
    pty_send(pty, "q");
    pty_wait_text(pty, "preset house");
    write_text(at_home("settings.yaml"), "tier_presets:\n  house:\n    tiny: 0\n    vast: 20k\n");
    pty_wait_text(pty, "vast");
    assert_true(pty_shows(pty, "tiny"));
    assert_false(pty_shows(pty, "small"));
    write_text(at_home("settings.yaml"), "tiers: later\n");
    pty_wait_text(pty, "preset later");
    leave(pty);
    pty = open_with(HOUSE);
    pty_wait_text(pty, "preset house");
    pty_send(pty, "u");
    pty_wait_text(pty, "preset textbook");
    pty_send(pty, "U");
    pty_wait_text(pty, "preset house");
    leave(pty);
}

static void benchmarks_follow_the_file(void **state)
{
    (void)state;
    struct pty *pty = open_with("sort: er_index\ncolumns: [er, er_index]\n");
    pty_wait_text(pty, "2.47x"); /* 4% against 1.62% */
    write_text(at_home("settings.yaml"), "sort: er_index\ncolumns: [er, er_index]\n"
                                         "benchmarks:\n"
                                         "  instagram: {er: 8%, source: our campaigns 2025}\n");
    pty_wait_text(pty, "0.50x");
    pty_send(pty, "i");
    pty_wait_text(pty, "= our campaigns 2025, settings.yaml:4");
    pty_send(pty, "q");
    leave(pty);
}

static void few_follows_the_file(void **state)
{
    (void)state;
    struct pty *pty = open_with("");
    pty_wait_text(pty, "median fee few");
    write_text(at_home("settings.yaml"), "few: 3\n");
    pty_wait_text(pty, "the settings are read again");
    pty_send(pty, "j");
    pty_wait_text(pty, "median fee 1,251");
    pty_send(pty, "t");
    pty_wait_text(pty, "few: under 3.");
    pty_send(pty, "i");
    pty_wait_text(pty, "Few stands where under 3 are");
    pty_send(pty, "q");
    pty_send(pty, "q");
    leave(pty);
}

static void figures_grow_stale_as_settled(void **state)
{
    (void)state;
    sql_run(at_home("store.db"), "update creator set audience_at = audience_at - 20 * 86400, "
                                 "engagement_at = engagement_at - 20 * 86400 "
                                 "where handle = 'anna'");
    struct pty *pty = open_with("theme: dark\n");
    pty_wait_text(pty, "20d");
    pty_send(pty, "fis:stale\r\033");
    pty_settle(pty);
    assert_true(pty_shows(pty, "anna"));
    assert_false(pty_shows(pty, "berta"));
    /* nobody is stale any more */
    write_text(at_home("settings.yaml"), "fresh_audience: 30\nfresh_engagement: 30\n");
    pty_wait_text(pty, "the settings are read again");
    pty_settle(pty);
    assert_false(pty_shows(pty, "20d"));
    pty_send(pty, "X");
    pty_wait_text(pty, "berta");
    write_text(at_home("settings.yaml"), "fresh_audience: 30\nfresh_engagement: 19.5\n");
    pty_wait_text(pty, "20d");
    leave(pty);
}

static void keys_that_quit_ask_as_settled(void **state)
{
    (void)state;
    struct pty *pty = open_with("");
    pty_send(pty, "\003");
    pty_settle(pty);
    assert_true(pty_shows(pty, "Ctrl-C again quits"));
    leave(pty);
    pty = open_with("confirm: no\n");
    pty_send(pty, "\032");
    pty_wait_stop(pty);
    pty_continue(pty);
    pty_settle(pty);
    pty_send(pty, "\003");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
}

static void what_is_wrong_is_told_before_anything_is_shown(void **state)
{
    (void)state;
    write_text(at_home("settings.yaml"), "theme: dark\nmuose: no\n");
    const char *const argv[] = {MICROSCOPE, "--store", store, "--config", "settings.yaml", NULL};
    struct pty *pty = home_open((struct pty_options){.columns = 120}, argv);
    assert_int_equal(pty_wait_exit(pty), 2);
    assert_true(
        pty_shows(pty, "settings.yaml:2:1: unknown setting 'muose': did you mean 'mouse'?"));
    assert_false(pty_modes(pty).alternate);
    pty_close(pty);
}

#define FRESH(test) cmocka_unit_test_setup(test, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(the_terminal_is_used_as_settled),
        FRESH(the_list_looks_as_settled),
        FRESH(reasons_have_the_same_signs),
        FRESH(tiers_are_those_of_the_settings),
        FRESH(own_keys_work_and_are_shown),
        FRESH(settings_are_read_again_when_they_are_written),
        FRESH(own_tiers_can_be_chosen_and_come_and_go),
        FRESH(benchmarks_follow_the_file),
        FRESH(few_follows_the_file),
        FRESH(figures_grow_stale_as_settled),
        FRESH(keys_that_quit_ask_as_settled),
        FRESH(what_is_wrong_is_told_before_anything_is_shown),
    };
    return cmocka_run_group_tests(tests, set_up, home_remove);
}
