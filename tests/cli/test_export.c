#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"

#define FACTS                                                                                      \
    "platform,handle,name,person,country,language,email,url,bio,niche,tag,followers,following,"    \
    "posts,credibility,audience_market,likes,comments,shares,saves,views,reach_post,sample,"       \
    "\"window\",er,er_basis,last_post_at,posts_30d,sponsored_share,fee,fee_origin,currency,"       \
    "fee_by_format,audience_at,engagement_at,fee_at"

static const char *store(void)
{
    return at_home("sample.db");
}

static int make_sample(void **state)
{
    home_make(state);
    run_expect(0, NULL, "import", SAMPLE, "--store", store(), NULL);
    return 0;
}

static void the_same(const char *a, const char *b)
{
    size_t a_length = 0, b_length = 0;
    char *a_bytes = read_file(a, &a_length), *b_bytes = read_file(b, &b_length);
    assert_non_null(a_bytes);
    assert_non_null(b_bytes);
    assert_int_equal(a_length, b_length);
    assert_memory_equal(a_bytes, b_bytes, a_length);
    free(a_bytes);
    free(b_bytes);
}

/* What has been begun for `name` beside it, or is there. */
static unsigned left_of(const char *name)
{
    unsigned count = 0;
    DIR *folder = opendir(at_home(""));
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += strncmp(entry->d_name, name, strlen(name)) == 0;
    closedir(folder);
    return count;
}

static unsigned lines_of(const char *bytes)
{
    unsigned count = 0;
    for (; (bytes = strchr(bytes, '\n')); bytes++)
        count++;
    return count;
}

/* Out, into an empty store, and out again: the same bytes, and the same facts by SQL. */
static void an_import_reads_it_back(void **state)
{
    (void)state;
    static const char *const formats[] = {"csv", "tsv", "json", "jsonl"};
    char *facts = sql_text(store(), "SELECT " FACTS " FROM creator ORDER BY platform,handle");
    assert_true(strlen(facts) > 100000);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        char name[32];
        snprintf(name, sizeof name, "first.%s", formats[i]);
        const char *first = at_home(name);
        snprintf(name, sizeof name, "second.%s", formats[i]);
        const char *second = at_home(name);
        snprintf(name, sizeof name, "%s.db", formats[i]);
        const char *other = at_home(name);
        run_expect(0, NULL, "export", first, "--store", store(), NULL);
        run_expect(0, NULL, "import", first, "--store", other, NULL);
        run_expect(0, NULL, "export", second, "--store", other, NULL);
        the_same(first, second);
        char *again = sql_text(other, "SELECT " FACTS " FROM creator ORDER BY platform,handle");
        assert_string_equal(facts, again);
        free(again);
    }
    free(facts);
}

static void the_file_is_of_its_owner_only(void **state)
{
    (void)state;
    const char *path = at_home("owner.csv");
    struct stat about;
    struct ran ran = run(NULL, "export", path, "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.out, "");
    assert_says(ran.err, "1200 creators are in '");
    ran_release(&ran);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(left_of("owner.csv"), 1);
}

static void refused(int status, const char *says, const char *path, const char *more)
{
    struct ran ran = run(NULL, "export", path, "--store", store(), more, NULL);
    if (ran.status != status || ran.out_length)
        fail_msg("%s: status %d: %s", path, ran.status, ran.err);
    assert_says(ran.err, says);
    ran_release(&ran);
}

static void only_force_replaces_a_file(void **state)
{
    (void)state;
    const char *path = at_home("kept.csv");
    write_file(path, "precious");
    refused(1, "--force replaces it", path, NULL);
    refused(1, "--force replaces it", path, "niche:beauty");
    char *bytes = read_file(path, NULL);
    assert_string_equal(bytes, "precious");
    free(bytes);
    assert_int_equal(left_of("kept.csv"), 1);
    run_expect(0, NULL, "export", path, "--force", "--store", store(), NULL);
    bytes = read_file(path, NULL);
    assert_int_equal(lines_of(bytes), 1201);
    free(bytes);
    assert_int_equal(left_of("kept.csv"), 1);
    /* A link is replaced, not followed; not even one that leads nowhere is overlooked. */
    const char *target = at_home("target.csv"), *link = at_home("link.csv");
    assert_int_equal(symlink(target, link), 0);
    refused(1, "--force replaces it", link, NULL);
    run_expect(0, NULL, "export", link, "--force", "--store", store(), NULL);
    assert_false(there(target));
    assert_true(there(link));
}

static void what_cannot_be_written_is_told(void **state)
{
    (void)state;
    refused(1, "nowhere/out.csv': No such file", at_home("nowhere/out.csv"), NULL);
    refused(1, "is the store itself", store(), "--format=csv");
    refused(2, "unknown format 'ods'; there are: table, csv", at_home("out.ods"), NULL);
    refused(2, "does not tell a format", "niche:beauty", NULL);
    refused(2, "needs --format", "-", NULL);
    refused(2, "unknown column 'followrs': did you mean 'followers'?", at_home("out.csv"),
            "--columns=followrs");
    refused(2, "knows json only", at_home("out.csv"), "--progress=xml");
    refused(2, "nihce", at_home("out.csv"), "nihce:beauty");
    assert_int_equal(left_of("out."), 0);
    if (geteuid() != 0) {
        const char *folder = at_home("locked");
        assert_int_equal(mkdir(folder, 0500), 0);
        refused(1, "Permission denied", at_home("locked/out.csv"), NULL);
    }
    if (there("/dev/full")) {
        struct ran ran =
            run(NULL, "export", "/dev/full", "--format", "csv", "--store", store(), NULL);
        assert_int_equal(ran.status, 1);
        assert_says(ran.err, "No space left");
        ran_release(&ran);
    }
}

static void standard_output_is_a_dash(void **state)
{
    (void)state;
    const char *path = at_home("dash.tsv");
    run_expect(0, NULL, "export", path, "--store", store(), NULL);
    struct ran ran = run(NULL, "export", "-", "--format", "tsv", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.err, "");
    char *bytes = read_file(path, NULL);
    assert_string_equal(ran.out, bytes);
    free(bytes);
    ran_release(&ran);
    ran = run(NULL, "export", "-", "--format=csv", "--progress=json", "--store", store(), NULL);
    assert_int_equal(ran.status, 2);
    ran_release(&ran);
}

/* A filter by way of the catalogue gives the rows of the stream that pass, to the byte. */
static void a_filter_chooses_rows(void **state)
{
    (void)state;
    const char *all = at_home("all.csv"), *every = at_home("every.csv");
    run_expect(0, NULL, "export", all, "--store", store(), NULL);
    run_expect(0, NULL, "export", every, "has:handle", "--store", store(), NULL);
    the_same(all, every);
    struct ran ran = run(NULL, "export", "-", "platform:tiktok", "niche:beauty", "--format=csv",
                         "--columns=handle,fee,currency,er", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    double expected = sql_number(store(), "SELECT count(*) FROM creator WHERE platform='tiktok' "
                                          "AND '|'||niche||'|' LIKE '%|beauty|%'");
    assert_true(expected > 5);
    assert_int_equal(lines_of(ran.out), (unsigned)expected + 1);
    assert_int_equal(strncmp(ran.out, "handle,fee,currency,er\n", 23), 0);
    ran_release(&ran);
}

static void columns_may_be_computed(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "export", "-", "--columns", "handle,followers", "--format=csv",
                         "--store", store(), NULL);
    char *expected = sql_text(store(), "SELECT handle||','||followers FROM creator ORDER BY id");
    assert_int_equal(ran.status, 0);
    assert_int_equal(strncmp(ran.out, "handle,followers\n", 17), 0);
    assert_string_equal(ran.out + 17, expected);
    free(expected);
    ran_release(&ran);
    struct ran listed = run(NULL, "list", "--sort", "followers", "--columns", "handle,roi,tier",
                            "--format=csv", "--store", store(), NULL);
    ran = run(NULL, "export", "-", "--columns", "handle,roi,tier", "--format=csv", "--store",
              store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_int_equal(ran.out_length, listed.out_length);
    assert_int_equal(lines_of(ran.out), 1201);
    char line[200];
    for (const char *at = ran.out; *at; at = strchr(at, '\n') + 1) {
        snprintf(line, sizeof line, "%.*s\n", (int)strcspn(at, "\n"), at);
        assert_says(listed.out, line);
    }
    ran_release(&listed);
    ran_release(&ran);
}

static void formulas_are_made_harmless(void **state)
{
    (void)state;
    const char *risky = at_home("risky.db");
    run_expect(0, "platform,handle,name,bio\nx,mallory,\"=cmd|' /C calc'!A0\",\"a\nb\"\n", "import",
               "-", "--store", risky, NULL);
    struct ran ran = run(NULL, "export", "-", "--format=csv", "--store", risky, NULL);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.out, "platform,handle,name,bio\n"
                                 "x,mallory,'=cmd|' /C calc'!A0,\"a\nb\"\n");
    ran_release(&ran);
}

/* The program waits with its first line of progress while standard output is full. */
static void an_interrupted_one_leaves_nothing(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGINT};
    for (size_t i = 0; i < 2; i++) {
        const char *path = at_home("cut.csv");
        const char *const words[] = {"microscope", "export",  path,    "--progress",
                                     "json",       "--store", store(), NULL};
        struct running running = start_full(words);
        for (int turns = 0; left_of("cut.csv") == 0; turns++) {
            assert_true(turns < 30000);
            poll(NULL, 0, 1);
        }
        assert_int_equal(kill(running.pid, signals[i]), 0);
        char bytes[4096], last[4096] = "";
        size_t length = 0;
        for (ssize_t got; (got = read(running.from, bytes, sizeof bytes)) > 0;)
            for (ssize_t k = 0; k < got; k++)
                if (bytes[k] && length + 1 < sizeof last)
                    last[length++] = bytes[k];
        assert_says(last, "\"state\": \"cancelled\"");
        assert_int_equal(finish(&running), 128 + signals[i]);
        assert_int_equal(left_of("cut.csv"), 0);
    }
}

/* What was cut off must not look whole. */
static void an_interrupted_pipe_is_cut_off(void **state)
{
    (void)state;
    const char *const words[] = {"microscope", "export",  "-",     "--format",
                                 "json",       "--store", store(), NULL};
    struct running running = start(words);
    char bytes[4096];
    size_t length = 0;
    ssize_t got = read(running.from, bytes, 1);
    assert_int_equal(got, 1);
    assert_int_equal(kill(running.pid, SIGTERM), 0);
    char last = 0, before_last = 0;
    while ((got = read(running.from, bytes, sizeof bytes)) > 0) {
        length += (size_t)got;
        before_last = got > 1 ? bytes[got - 2] : last;
        last = bytes[got - 1];
    }
    assert_false(before_last == ']' && last == '\n');
    assert_int_equal(finish(&running), 128 + SIGTERM);
    struct ran ran = run(NULL, "export", "-", "--format=json", "--store", store(), NULL);
    assert_true(length + 1 < ran.out_length - 2);
    ran_release(&ran);
}

static void progress_is_told_as_json_lines(void **state)
{
    (void)state;
    struct ran ran =
        run(NULL, "export", at_home("told.csv"), "--progress", "json", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_int_equal(strncmp(ran.out, "{\"state\": \"writing\"", 19), 0);
    assert_says(ran.out, "{\"state\": \"done\"");
    assert_says(ran.out, "\"rows\": 1200, \"total\": 1200}");
    ran_release(&ran);
}

/* A file for programs holds one table; a document all there is, or what is asked for. */
static void parts_are_chosen(void **state)
{
    (void)state;
    refused(2, "unknown part 'lst': did you mean 'list'?", at_home("parts.csv"), "--parts=lst");
    refused(2, "a csv file holds one part", at_home("parts.csv"), "--parts=list,plan");
    refused(2, "a csv file holds one part", at_home("parts.csv"), "--parts=assumptions");
    refused(1, "nobody to compare", at_home("parts.csv"), "--parts=comparison");
    refused(1, "takes 2 to 8 creators", at_home("parts.html"), "--compare=glow.by.mina");
    refused(1, "no creator 'nobody.here'", at_home("parts.html"),
            "--compare=nobody.here,glow.by.mina");
    run_expect(0, NULL, "plan", "add", "glow.by.mina", "marwell.haul", "--store", store(), NULL);
    struct ran ran =
        run(NULL, "export", "-", "--format=csv", "--parts=plan", "--store", store(), NULL);
    struct ran plan = run(NULL, "plan", "--format=csv", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_int_equal(lines_of(ran.out), 3);
    assert_string_equal(ran.out, plan.out);
    ran_release(&plan);
    ran_release(&ran);
    ran = run(NULL, "export", "-", "--format=jsonl", "--parts=comparison",
              "--compare=glow.by.mina,marwell.haul", "--store", store(), NULL);
    plan = run(NULL, "compare", "glow.by.mina", "marwell.haul", "--format=jsonl", "--store",
               store(), NULL);
    assert_string_equal(ran.out, plan.out);
    ran_release(&plan);
    ran_release(&ran);
    ran = run(NULL, "export", "-", "--format=html", "--parts=plan,assumptions", "--title=One & two",
              "--budget=4321", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "<h1>One &amp; two</h1>");
    assert_says(ran.out, "4,321 EUR");
    assert_says(ran.out, "id=\"assumptions\"");
    assert_null(strstr(ran.out, "id=\"list\""));
    ran_release(&ran);
    run_expect(0, NULL, "plan", "drop", "glow.by.mina", "marwell.haul", "--store", store(), NULL);
}

/* The order of the screen, to the byte what `list` says. */
static void an_order_is_kept(void **state)
{
    (void)state;
    struct ran ran =
        run(NULL, "export", "-", "niche:beauty", "--sort=-followers,handle",
            "--columns=handle,followers,roi", "--format=csv", "--store", store(), NULL);
    struct ran listed =
        run(NULL, "list", "niche:beauty", "--sort=-followers,handle",
            "--columns=handle,followers,roi", "--format=csv", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_true(lines_of(ran.out) > 50);
    assert_string_equal(ran.out, listed.out);
    ran_release(&listed);
    ran_release(&ran);
    refused(2, "folowers", at_home("order.csv"), "--sort=folowers");
}

static void an_empty_store_gives_an_empty_list(void **state)
{
    (void)state;
    const char *empty = at_home("empty.db");
    run_expect(0, "platform,handle\n", "import", "-", "--store", empty, NULL);
    struct ran ran = run(NULL, "export", "-", "--format=csv", "--store", empty, NULL);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.out, "platform,handle\n");
    ran_release(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_reads_it_back),
        cmocka_unit_test(the_file_is_of_its_owner_only),
        cmocka_unit_test(only_force_replaces_a_file),
        cmocka_unit_test(what_cannot_be_written_is_told),
        cmocka_unit_test(standard_output_is_a_dash),
        cmocka_unit_test(a_filter_chooses_rows),
        cmocka_unit_test(columns_may_be_computed),
        cmocka_unit_test(formulas_are_made_harmless),
        cmocka_unit_test(an_interrupted_one_leaves_nothing),
        cmocka_unit_test(an_interrupted_pipe_is_cut_off),
        cmocka_unit_test(progress_is_told_as_json_lines),
        cmocka_unit_test(parts_are_chosen),
        cmocka_unit_test(an_order_is_kept),
        cmocka_unit_test(an_empty_store_gives_an_empty_list),
    };
    return cmocka_run_group_tests(tests, make_sample, home_remove);
}
