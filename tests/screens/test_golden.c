#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "support/screen.h"

/* Golden screens: NAME.keys is a script, NAME.screen what stands on the screen at its end. To see
 * what a change does to all of them: UPDATE_GOLDEN=1 meson test golden, then look at the diff. A
 * script that says `#! empty` in its first line starts with an empty store. */

static const char *folder;

static bool read_file(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char bytes[4096];
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buf_add(out, bytes, got);
    fclose(file);
    return true;
}

static void write_file(const char *path, struct text text)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(text.at, 1, text.length, file) != text.length || fclose(file) != 0)
        fail_msg("cannot write '%s': %s", path, strerror(errno));
}

static void path_of(struct buf *out, const char *name, const char *ending)
{
    buf_clear(out);
    buf_addf(out, "%s/cases/%s%s", folder, name, ending);
}

/* Lines that differ, the expected one above the one that is there. */
static void print_difference(struct text expected, struct text actual)
{
    struct text line_expected, line_actual;
    for (size_t number = 1;; number++) {
        bool more_expected = text_next(&expected, '\n', &line_expected);
        bool more_actual = text_next(&actual, '\n', &line_actual);
        if (!more_expected && !more_actual)
            return;
        if (!more_expected)
            line_expected = (struct text){"", 0};
        if (!more_actual)
            line_actual = (struct text){"", 0};
        if (!text_equal(line_expected, line_actual))
            fprintf(stderr, "%4zu expected |%.*s|\n     but is   |%.*s|\n", number,
                    (int)line_expected.length, line_expected.at, (int)line_actual.length,
                    line_actual.at);
    }
}

static void check(const char *name, struct text actual)
{
    struct buf path = BUF_INIT, expected = BUF_INIT;
    path_of(&path, name, ".screen");
    const char *rewrite = getenv("UPDATE_GOLDEN");
    if (rewrite && *rewrite)
        write_file(buf_string(&path), actual);
    bool known = read_file(buf_string(&path), &expected);
    bool same = known && text_equal(buf_text(&expected), actual);
    if (!same) {
        fprintf(stderr, "%s: the screen is another\n", name);
        print_difference(buf_text(&expected), actual);
    }
    buf_release(&path);
    buf_release(&expected);
    assert_true(same);
}

static void test_case(void **state)
{
    const char *name = *state;
    struct buf path = BUF_INIT, script = BUF_INIT, actual = BUF_INIT, creators = BUF_INIT;
    struct err err = {.message = ""};
    struct screen screen;
    path_of(&path, name, ".keys");
    assert_true(read_file(buf_string(&path), &script));
    buf_addf(&creators, "%s/creators.jsonl", folder);
    bool empty = text_starts(buf_text(&script), "#! empty\n");
    screen_init(&screen, empty ? NULL : buf_string(&creators), 80, 24);
    if (!screen_run(&screen, buf_text(&script), &err))
        fail_msg("%s: %s", name, err.message);
    screen_print(&screen, &actual);
    check(name, buf_text(&actual));
    screen_release(&screen);
    buf_release(&path);
    buf_release(&script);
    buf_release(&actual);
    buf_release(&creators);
}

/* Tests and their names are made from the files: both live as long as the program. */
static int by_name(const void *a, const void *b)
{
    const struct CMUnitTest *x = a, *y = b;
    return strcmp(x->name, y->name);
}

struct tests {
    struct CMUnitTest *items;
    size_t count, capacity;
};

static void find_cases(struct tests *tests)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/cases", folder);
    DIR *dir = opendir(buf_string(&path));
    buf_release(&path);
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct text file = text_of(entry->d_name);
        if (file.length < 6 || !text_is(text_part(file, file.length - 5, 5), ".keys"))
            continue;
        struct buf name = BUF_INIT;
        buf_add_text(&name, text_part(file, 0, file.length - 5));
        char *kept = buf_take(&name);
        VEC_PUSH(tests, ((struct CMUnitTest){kept, test_case, NULL, NULL, kept}));
    }
    closedir(dir);
    qsort(tests->items, tests->count, sizeof *tests->items, by_name);
}

int main(int argc, char **argv)
{
    struct tests tests = {0};
    if (argc < 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    folder = argv[1];
    find_cases(&tests);
    if (tests.count == 0) {
        fprintf(stderr, "no cases in '%s'\n", folder);
        return 1;
    }
    int failed = _cmocka_run_group_tests("golden screens", tests.items, tests.count, NULL, NULL);
    for (size_t i = 0; i < tests.count; i++)
        free(tests.items[i].initial_state);
    free(tests.items);
    return failed;
}
