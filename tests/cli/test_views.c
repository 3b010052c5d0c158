#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* Views by name on the command line. */

static const char creators[] = "handle,platform,followers,avg_likes,avg_comments,fee,currency\n"
                               "ana,instagram,30000,600,0,100,EUR\n"
                               "ben,instagram,30000,900,0,300,EUR\n"
                               "cem,tiktok,900000,9000,0,900,EUR\n";

static const char *store(void)
{
    return at_home("views.db");
}

static int import_creators(void **state)
{
    home_make(state);
    run_expect(0, creators, "import", "-", "--store", store(), NULL);
    return 0;
}

#define DO(...) run_expect(0, NULL, __VA_ARGS__, "--store", store(), NULL)

#define REFUSED(code, says, input, ...)                                                            \
    do {                                                                                           \
        struct ran ran_ = run(input, __VA_ARGS__, "--store", store(), NULL);                       \
        if (ran_.status != (code))                                                                 \
            fail_msg("status %d: %s", ran_.status, ran_.err);                                      \
        assert_says(ran_.err, says);                                                               \
        ran_release(&ran_);                                                                        \
    } while (0)

static void expect(const char *out, const char *const words[])
{
    struct ran ran = run(NULL, words[0], words[1], words[2], words[3], words[4], words[5],
                         "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.out, out);
    ran_release(&ran);
}

static void what_is_saved_is_used(void **state)
{
    (void)state;
    DO("views", "save", "Small fee", "fee<500", "--sort", "fee", "--columns", "platform,fee:9");
    expect("platform\thandle\tfee\ninstagram\tben\t300\ninstagram\tana\t100\n",
           (const char *const[]){"list", "--view", "SMALL FEE", "--format", "tsv", "--sort=-fee"});
    REFUSED(1, "--force replaces it", NULL, "views", "save", "small fee", "fee<200");
    DO("views", "save", "small fee", "fee<200", "--force");
    expect("handle\nana\n", (const char *const[]){"list", "--view=Small fee", "--format=tsv",
                                                  "--columns", "handle", "fee<500"});
    REFUSED(1, "did you mean 'Small fee'", NULL, "list", "--view", "Smal fee");
    REFUSED(2, "there is no view 'Smal fee': did you mean 'Small fee'?", NULL, "--view",
            "Smal fee");
    REFUSED(1, "built in", NULL, "views", "save", "rising", "fee<200");
    REFUSED(2, "unknown", NULL, "views", "save", "x", "feee<200");
}

static void a_file_goes_round(void **state)
{
    (void)state;
    DO("views", "save", "One", "tier:micro", "fee<500", "--columns", "platform,er:9,|,roi",
       "--force");
    struct ran before = run(NULL, "views", "export", "one", "--store", store(), NULL);
    assert_int_equal(before.status, 0);
    REFUSED(1, "there is a view 'One' already", before.out, "views", "import", "-");
    DO("views", "rename", "One", "Other");
    DO("views", "delete", "OTHER");
    REFUSED(1, "no view 'Other'", NULL, "views", "show", "Other");
    run_expect(0, before.out, "views", "import", "-", "--force", "--store", store(), NULL);
    struct ran after = run(NULL, "views", "export", "one", "--store", store(), NULL);
    assert_string_equal(after.out, before.out);
    assert_says(after.out, "frozen: er");
    ran_release(&before);
    ran_release(&after);
}

static void mistakes_are_pointed_at(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *says;
    } wrong[] = {
        {"views:\n- name: a\n  filtr: er>=3%\n",
         ":3:3: unknown key 'filtr': did you mean 'filter'?"},
        {"views:\n- name: a\n  filter: folowers>3 er>=3%\n", ":3:11: "},
        {"views:\n- name: a\n  filter: er>=3% folowers>3\n", ":3:18: "},
        {"views:\n- name: a\n  columns: [platform, rois]\n", ":3:23: unknown column 'rois'"},
        {"views:\n- name: a\n  columns: [roi]\n  frozen: er\n", ":4:11: "},
        {"views:\n- name: a\n  columns: [roi]\n  widths: {roi: 99}\n", ":4:17: "},
        {"views:\n- filter: er>=3%\n", ":2:3: a view needs a name"},
        {"views:\n- name: a\n- name: A\n", ":3:9: 'A' is there twice"},
        {"view:\n- name: a\n", "'views' is missing"},
        {"views:\n- name: Rising\n", ":2:9: 'Rising' is built in"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        REFUSED(1, wrong[i].says, wrong[i].yaml, "views", "import", "-");
    REFUSED(1, "no view 'a'", NULL, "views", "show", "a");
}

static void others_take_it_too(void **state)
{
    (void)state;
    DO("views", "save", "Few", "platform:instagram", "--sort", "handle", "--force");
    struct ran ran =
        run(NULL, "compare", "--view", "few", "--format", "tsv", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "ana");
    assert_says(ran.out, "ben");
    assert_null(strstr(ran.out, "cem"));
    ran_release(&ran);
    REFUSED(2, "two to eight", NULL, "compare", "ana", "--view", "few");
    ran = run(NULL, "export", "-", "--format", "csv", "--view", "few", "--columns", "handle",
              "--store", store(), NULL);
    assert_string_equal(ran.out, "handle\nana\nben\n");
    ran_release(&ran);
    DO("tiers", "--view", "few");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_saved_is_used),
        cmocka_unit_test(a_file_goes_round),
        cmocka_unit_test(mistakes_are_pointed_at),
        cmocka_unit_test(others_take_it_too),
    };
    return cmocka_run_group_tests(tests, import_creators, home_remove);
}
