/* `meson install` into an empty place: everything is where it belongs, and the program finds its own
 * there from any directory. Arguments: meson, the build folder, the prefix. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "support/pty.h"

struct place {
    const char *meson, *build, *prefix;
    char root[64];
};

/* The exit status of a command of the shell. */
static int run(const char *command)
{
    int status = system(command);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int set_up(void **state)
{
    struct place *place = *state;
    snprintf(place->root, sizeof place->root, "/tmp/microscope-install-XXXXXX");
    if (mkdtemp(place->root) == NULL)
        return -1;
    char command[1024];
    snprintf(command, sizeof command, "'%s' install -C '%s' --no-rebuild --quiet --destdir '%s'",
             place->meson, place->build, place->root);
    return run(command);
}

static int tear_down(void **state)
{
    const struct place *place = *state;
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'", place->root);
    return run(command);
}

static void everything_is_in_its_place(void **state)
{
    static const struct {
        const char *path;
        mode_t mode;
    } files[] = {
        {"bin/microscope", 0755},
        {"share/man/man1/microscope.1", 0644},
        {"share/microscope/themes/dark.yaml", 0644},
        {"share/microscope/themes/light.yaml", 0644},
        {"share/microscope/themes/contrast.yaml", 0644},
        {"share/microscope/themes/deutan.yaml", 0644},
        {"share/microscope/themes/deutan-light.yaml", 0644},
        {"share/microscope/themes/mono.yaml", 0644},
        {"share/microscope/themes/terminal.yaml", 0644},
        {"share/microscope/sample-data/creators.jsonl", 0644},
        {"share/doc/microscope/LICENSE", 0644},
        {"share/bash-completion/completions/microscope", 0644},
        {"share/zsh/site-functions/_microscope", 0644},
        {"share/fish/vendor_completions.d/microscope.fish", 0644},
    };
    const struct place *place = *state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s%s/%s", place->root, place->prefix, files[i].path);
        struct stat found;
        if (stat(path, &found) != 0 || found.st_size == 0)
            fail_msg("%s is missing or empty", path);
        if ((found.st_mode & 0777) != files[i].mode)
            fail_msg("%s has mode %o", path, (unsigned)found.st_mode & 0777);
    }
}

static void only_what_belongs_is_installed(void **state)
{
    const struct place *place = *state;
    char command[512];
    snprintf(command, sizeof command,
             "cd '%s%s' && test -z \"$(find . -type f | grep -Ev "
             "'^./(bin/microscope|share/(man|doc|microscope|bash-completion|zsh|fish)/.*)$' | tee "
             "/dev/stderr)\"",
             place->root, place->prefix);
    assert_int_equal(run(command), 0);
}

static void the_manual_can_be_read(void **state)
{
    const struct place *place = *state;
    char command[512];
    snprintf(command, sizeof command,
             "grep -q '^\\.TH \"microscope\" \"1\"' '%s%s/share/man/man1/microscope.1'",
             place->root, place->prefix);
    assert_int_equal(run(command), 0);
}

/* Without the theme's file there would be no such background: built in is only the look without
 * colours. */
static void its_themes_are_found_from_anywhere(void **state)
{
    static const struct {
        const char *name;
        uint32_t on; /* exactly: the description of the terminal is found too */
    } themes[] = {{"light", 0xFBFBF8}, {"dark", 0x14181F}};
    const struct place *place = *state;
    char program[256], store[128], home[128];
    snprintf(program, sizeof program, "%s%s/bin/microscope", place->root, place->prefix);
    snprintf(store, sizeof store, "%s/store.db", place->root);
    snprintf(home, sizeof home, "HOME=%s", place->root);
    for (size_t i = 0; i < sizeof themes / sizeof themes[0]; i++) {
        const char *const argv[] = {program, "--store", store, "--theme", themes[i].name, NULL};
        const char *const env[] = {home,
                                   "XDG_DATA_HOME",
                                   "XDG_CONFIG_HOME",
                                   "XDG_DATA_DIRS",
                                   "COLORTERM=truecolor",
                                   "NO_COLOR",
                                   NULL};
        struct pty *pty = pty_open(&(struct pty_options){.env = env, .directory = "/"}, argv);
        pty_settle(pty);
        assert_int_equal(pty_cell(pty, 0, pty_rows(pty) / 2).on_rgb, themes[i].on);
        pty_send(pty, "q");
        assert_int_equal(pty_wait_exit(pty), 0);
        pty_check_restored(pty);
        pty_close(pty);
    }
}

int main(int count, char **words)
{
    if (count != 4) {
        fprintf(stderr, "usage: %s MESON BUILD PREFIX\n", words[0]);
        return 2;
    }
    struct place place = {.meson = words[1], .build = words[2], .prefix = words[3]};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(everything_is_in_its_place, &place),
        cmocka_unit_test_prestate(only_what_belongs_is_installed, &place),
        cmocka_unit_test_prestate(the_manual_can_be_read, &place),
        cmocka_unit_test_prestate(its_themes_are_found_from_anywhere, &place),
    };
    void *state = &place;
    if (set_up(&state) != 0)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return tear_down(&state) != 0 || failed != 0;
}
