#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

static const char good[] = "handle,platform,followers,avg_likes,avg_comments,fee,currency\n"
                           "@ana,instagram,12.5k,400,20,150,EUR\n"
                           "ben,tiktok,\"1,200\",80,4,,\n"
                           "carla,instagram,2.1M,30000,400,9000,USD\n";
static const char with_rejects[] = "handle,platform,followers\n"
                                   "ana,instagram,1000\n"
                                   ",instagram,2000\n"
                                   "ben,instagram,lots\n"
                                   "ana,instagram,1001\n";

static const char *store(void)
{
    return at_home("import.db");
}

static int no_store(void **state)
{
    (void)state;
    unlink(store());
    unlink(at_home("import.db-wal"));
    unlink(at_home("import.db-shm"));
    return 0;
}

static void the_same_file_twice_changes_nothing(void **state)
{
    (void)state;
    static const char all[] = "SELECT * FROM creator ORDER BY id";
    write_file(at_home("good.csv"), good);
    struct ran ran = run(NULL, "import", at_home("good.csv"), "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_int_equal(ran.out_length, 0);
    assert_says(ran.err, "3 new, 0 changed, 0 as they were");
    assert_says(ran.err, "read      handle, platform, followers");
    assert_null(strstr(ran.err, "-> followers")); /* the table of columns is a dry run's */
    ran_release(&ran);
    char *before = sql_text(store(), all);
    ran = run(NULL, "--store", store(), "import", at_home("good.csv"), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "0 new, 0 changed, 3 as they were");
    ran_release(&ran);
    char *after = sql_text(store(), all);
    assert_string_equal(before, after);
    assert_true(sql_number(store(), "SELECT followers FROM creator WHERE handle='ana'") == 12500);
    assert_true(sql_number(store(), "SELECT fee FROM creator WHERE handle='carla'") == 900000);
    assert_true(sql_number(store(), "SELECT count(*) FROM creator WHERE fee IS NULL") == 1);
    free(before);
    free(after);
}

/* Medians come with the data, so that all readers show the same. */
static void an_import_makes_the_medians(void **state)
{
    (void)state;
    run_expect(0, good, "import", "-", "--store", store(), NULL);
    assert_true(sql_number(store(), "SELECT sum(n) FROM peer WHERE basis='followers'") == 2);
}

static void rejected_rows_are_told_and_the_rest_is_kept(void **state)
{
    (void)state;
    struct ran ran = run(with_rejects, "import", "-", "--store", store(), NULL);
    assert_int_equal(ran.status, 3);
    assert_says(ran.err, "line 3: rejected: no handle");
    assert_says(ran.err, "line 4: unknown:");
    assert_says(ran.err, "'lots'");
    assert_says(ran.err, "first on line 2");
    assert_says(ran.err, "4 rows, 2 creators; 1 row rejected, 1 row repeats a creator");
    assert_true(sql_number(store(), "SELECT followers FROM creator WHERE handle='ana'") == 1001);
    ran_release(&ran);
}

/* Of two lists each can go again; what the other says stays. */
static void an_import_can_be_taken_back(void **state)
{
    (void)state;
    static const char all[] = "SELECT handle, name, followers, fee FROM creator ORDER BY handle";
    static const char more[] = "handle,platform,followers,name\nana,instagram,13000,Ana\n"
                               "dora,tiktok,500,Dora\n,tiktok,1,\n";
    write_file(at_home("good.csv"), good);
    write_file(at_home("more.csv"), more);
    run_expect(0, NULL, "import", at_home("good.csv"), "--store", store(), NULL);
    char *before = sql_text(store(), all);
    run_expect(3, NULL, "import", at_home("more.csv"), "--store", store(), NULL);
    run_expect(3, NULL, "import", at_home("more.csv"), "--store", store(), "--dry-run", NULL);
    struct ran ran = run(NULL, "list", "import:last", "--store", store(), "--columns", "handle",
                         "--sort", "handle", "--format", "csv", NULL);
    /* a bit an id, eight to a byte, the lowest first */
    char *had = sql_text(store(), "SELECT handle FROM creator, batch_rows WHERE batch = 2 AND"
                                  " chunk = 0 AND (instr('0123456789ABCDEF', substr(hex(had),"
                                  " id / 8 * 2 + iif(id % 8 < 4, 2, 1), 1)) - 1)"
                                  " >> (id % 4) & 1 ORDER BY handle");
    assert_string_equal(had, "ana\ndora\n");
    assert_string_equal(ran.out, "handle\nana\ndora\n");
    free(had);
    ran_release(&ran);
    ran = run(NULL, "list", "import:5", "--store", store(), NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "there is no import '5'; there are 1, 2, and last");
    ran_release(&ran);
    ran = run(NULL, "imports", "--store", store(), "--format", "json", NULL);
    json_error_t why;
    json_t *list = json_loads(ran.out, 0, &why), *newest = json_array_get(list, 0);
    assert_int_equal(json_array_size(list), 2);
    assert_int_equal(json_integer_value(json_object_get(newest, "import")), 2);
    assert_string_equal(json_string_value(json_object_get(newest, "file")), at_home("more.csv"));
    assert_int_equal(json_integer_value(json_object_get(newest, "read")), 3);
    assert_int_equal(json_integer_value(json_object_get(newest, "added")), 1);
    assert_int_equal(json_integer_value(json_object_get(newest, "changed")), 1);
    assert_int_equal(json_integer_value(json_object_get(newest, "rejected")), 1);
    assert_true(json_is_null(json_object_get(newest, "taken_back_at")));
    json_decref(list);
    ran_release(&ran);
    ran = run(NULL, "imports", "take-back", "last", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.err, "import 2 taken back: 1 gone that came with it, 1 as they were "
                                 "before\n");
    ran_release(&ran);
    char *after = sql_text(store(), all);
    assert_string_equal(after, before);
    ran = run(NULL, "imports", "take-back", "2", "--store", store(), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "import 2 was taken back before");
    ran_release(&ran);
    ran = run(NULL, "imports", "take-back", "two", "--store", store(), NULL);
    assert_says(ran.err, "'two' is no import");
    ran_release(&ran);
    run_expect(0, NULL, "imports", "take-back", "1", "--store", store(), NULL);
    assert_true(sql_number(store(), "SELECT count(*) FROM creator") == 0);
    free(before);
    free(after);
}

/* Until there is an exchange rate such fees are of no use. */
static void fees_without_a_rate_are_told(void **state)
{
    static const char foreign[] = "platform,handle,followers,fee,currency\n"
                                  "instagram,ana,1000,100,USD\n"
                                  "instagram,ben,2000,200,EUR\n"
                                  "instagram,eve,2000,,PLN\n"
                                  "instagram,ida,3000,300,CHF\n"
                                  "instagram,zoe,3000,30,USD\n";
    (void)state;
    struct ran ran = run(foreign, "import", "-", "--store", store(), NULL);
    assert_says(ran.err, "3 fees are in CHF, USD: unknown until you set the exchange rate, as "
                         "rate.CHF, rate.USD\n");
    ran_release(&ran);
    sql_run(store(), "INSERT INTO knob VALUES('default', 'rate.USD', '0.9 2026-11-23')");
    ran = run(foreign, "import", "-", "--store", store(), NULL);
    assert_says(ran.err, "1 fee is in CHF: unknown until");
    ran_release(&ran);
    ran = run(good, "import", "-", "--store", store(), NULL);
    assert_null(strstr(ran.err, "exchange rate"));
    ran_release(&ran);
}

static json_t *at_key(const json_t *object, const char *key)
{
    json_t *found = json_object_get(object, key);
    if (found == NULL)
        fail_msg("the report has no '%s'", key);
    return found;
}

static void a_report_counts(void **state)
{
    static const char list[] = "platform,handle,followers,er,tier_label\n"
                               "instagram,ana,10.4M,4.31%,mega\n"
                               "instagram,ben,1300,0.043,macro\n"
                               "instagram,,5,,\n"
                               "instagram,eve,\"2,500,000\",,nano\n"
                               "instagram,BEN,1300,0.05,\n"
                               "instagram,eve,2500000,,nano\n";
    static const struct {
        const char *key;
        int count;
    } counts[] = {{"rows", 6},      {"rejected", 1}, {"creators", 3},      {"repeats", 2},
                  {"identical", 1}, {"added", 1},    {"changed", 1},       {"unchanged", 1},
                  {"cells", 0},     {"emitted", 4},  {"tiers_disagree", 3}};
    json_error_t why;
    (void)state;
    run_expect(0,
               "platform,handle,followers,er\ninstagram,ana,10400000,4.31%\n"
               "instagram,ben,1300,4.3%\n",
               "import", "-", "--store", store(), "--date", "2026-11-01", NULL);
    struct ran ran = run(list, "import", "-", "--store", store(), "--date", "2026-11-01",
                         "--report", at_home("report.json"), NULL);
    assert_int_equal(ran.status, 3);
    assert_says(
        ran.err,
        "  line 3: another tier: by its followers it is micro; column 5 'tier_label': 'macro'\n");
    assert_says(ran.err, "  'followers' mixes units: 1 rounded (line 2: '10.4M'), 4 bare (line 3: "
                         "'1300')\n");
    assert_says(ran.err, "3 tier labels disagree with the followers");
    ran_release(&ran);
    json_t *report = json_load_file(at_home("report.json"), 0, &why);
    json_t *file = json_array_get(at_key(report, "files"), 0), *problems = at_key(file, "problems");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (json_integer_value(at_key(at_key(file, "result"), counts[i].key)) != counts[i].count)
            fail_msg("%s is %d", counts[i].key,
                     (int)json_integer_value(at_key(at_key(file, "result"), counts[i].key)));
    assert_int_equal(json_array_size(at_key(file, "mixed_units")), 2);
    assert_int_equal(json_array_size(problems), 6);
    json_t *repeat = json_array_get(problems, 3);
    assert_string_equal(json_string_value(at_key(repeat, "trouble")), "repeat");
    assert_int_equal(json_integer_value(at_key(repeat, "line")), 6);
    assert_int_equal(json_integer_value(at_key(repeat, "first_line")), 3);
    json_decref(report);
}

static void a_report_has_every_problem(void **state)
{
    (void)state;
    json_error_t why;
    run_expect(3, with_rejects, "import", "-", "--store", store(), "--report",
               at_home("report.json"), NULL);
    json_t *report = json_load_file(at_home("report.json"), 0, &why);
    assert_non_null(report);
    json_t *file = json_array_get(json_object_get(report, "files"), 0);
    assert_int_equal(json_array_size(json_object_get(file, "problems")), 3);
    json_t *first = json_array_get(json_object_get(file, "problems"), 0);
    assert_int_equal(json_integer_value(json_object_get(first, "line")), 3);
    json_decref(report);
    assert_false(there(at_home("report.json.part")));
    struct ran ran = run(good, "import", "-", "--store", store(), "--report",
                         at_home("nowhere/report.json"), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "nowhere/report.json");
    ran_release(&ran);
}

static void mend(const char *path, const char *from, const char *to)
{
    char *file = read_file(path, NULL), *at = strstr(file, from);
    assert_non_null(at);
    char *mended = malloc(strlen(file) + strlen(to) + 1);
    sprintf(mended, "%.*s%s%s", (int)(at - file), file, to, at + strlen(from));
    write_file(path, mended);
    free(mended);
    free(file);
}

/* They are kept as they are in the file, and once they are mended they are read as all of it was:
 * what 1.000 means, no row of the rejects could tell. */
static void rejects_are_mended_and_imported(void **state)
{
    static const char list[] = "Handle;Follower;ER;Name\n"
                               "ana;12.500;4,31 %;Ana\n"
                               ";1.000;2,50 %;=Ben\n"
                               "carla;3.000;1,00 %;Carla;of Berlin\n";
    static const char all[] = "SELECT * FROM creator WHERE handle='ana'";
    (void)state;
    write_file(at_home("instagram.csv"), list);
    unlink(at_home("rejects.csv"));
    struct ran ran = run(NULL, "import", at_home("instagram.csv"), "--store", store(), "--rejects",
                         at_home("rejects.csv"), "--date", "2026-11-01", NULL);
    assert_int_equal(ran.status, 3);
    assert_says(ran.err, "1 new, 0 changed, 0 as they were\n2 rejected rows are in '");
    assert_says(ran.err, "rejects.csv': mend them there and import that file\n");
    ran_release(&ran);
    char *before = sql_text(store(), all), *file = read_file(at_home("rejects.csv"), NULL);
    assert_says(file, ";Handle;Follower;ER;Name\n");
    assert_says(file, "\n3;\"Handle\";\"\";\"no handle\";;;1.000;2,50 %;'=Ben\n");
    assert_says(file, "\n4;\"\";\"carla\";\"more cells than headers\";;carla;3.000;1,00 %;Carla;of "
                      "Berlin\n");
    free(file);
    mend(at_home("rejects.csv"), ";;;1.000", ";;ben;1.000");
    mend(at_home("rejects.csv"), "Carla;of Berlin", "\"Carla;of Berlin\"");
    ran = run(NULL, "import", at_home("rejects.csv"), "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "2 new, 0 changed, 0 as they were\n");
    assert_null(strstr(ran.err, "reject_")); /* its own columns are no news */
    ran_release(&ran);
    char *after = sql_text(store(), all);
    assert_string_equal(before, after);
    assert_true(sql_number(store(), "SELECT count(*) FROM creator") == 3);
    assert_true(sql_number(store(), "SELECT count(*) FROM creator WHERE handle='ben' AND "
                                    "platform='instagram' AND followers=1000 AND er=0.025 AND "
                                    "name='=Ben' AND audience_at=1793491200") == 1);
    assert_true(sql_number(store(), "SELECT count(*) FROM creator WHERE handle='carla' AND "
                                    "followers=3000 AND name='Carla;of Berlin'") == 1);
    free(before);
    free(after);
}

static void rejects_replace_nothing(void **state)
{
    (void)state;
    write_file(at_home("rejects.csv"), "mine\n");
    struct ran ran = run(with_rejects, "import", "-", "--store", store(), "--rejects",
                         at_home("rejects.csv"), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "rejects.csv' is there already: --force replaces it");
    assert_false(there(store())); /* told before anything was read */
    ran_release(&ran);
    run_expect(3, with_rejects, "import", "-", "--store", store(), "--rejects",
               at_home("rejects.csv"), "--force", NULL);
    char *file = read_file(at_home("rejects.csv"), NULL);
    assert_says(file, "\n3,\"handle\",\"\",\"no handle\",,,instagram,2000\n");
    free(file);
    unlink(at_home("rejects.csv"));
    ran = run(good, "import", "-", "--store", store(), "--rejects", at_home("rejects.csv"), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "nothing was rejected: '");
    assert_false(there(at_home("rejects.csv")));
    ran_release(&ran);
    ran = run(NULL, "import", at_home("a.csv"), at_home("b.csv"), "--rejects",
              at_home("rejects.csv"), NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "--rejects is for one file");
    ran_release(&ran);
    run_expect(1, NULL, "import", at_home("nobody.csv"), "--store", store(), "--rejects",
               at_home("rejects.csv"), NULL);
    assert_false(there(at_home("rejects.csv")));
}

/* What was found out goes into a file, which then leaves nothing to guess. */
static void a_plan_is_written_as_a_map(void **state)
{
    (void)state;
    static const char points[] = "Wer,Follower,Views avg.\n@ana,1.500,2.004\n@ben,48.200,900\n";
    char list[4096], map[4096];
    snprintf(list, sizeof list, "%s", at_home("instagram.csv"));
    snprintf(map, sizeof map, "%s", at_home("map.yaml"));
    unlink(map);
    write_file(list, points);
    struct ran ran =
        run(NULL, "import", list, "--dry-run", "--write-map", map, "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "numbers   1.500 means 1,500 ? (no value has 1 or 2 places");
    assert_says(ran.err, "are guesses, marked ?");
    ran_release(&ran);
    assert_true(there(map));
    ran = run(NULL, "import", list, "--dry-run", "--write-map", map, "--store", store(), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "map.yaml");
    ran_release(&ran);
    ran = run(NULL, "import", list, "--map", map, "--date", "2026-05-01", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_null(strstr(ran.err, "guess"));
    ran_release(&ran);
    assert_true(sql_number(store(), "SELECT sum(followers) FROM creator") == 49700);
    assert_true(sql_number(store(), "SELECT sum(views) FROM creator") == 2904);
    run_expect(2, NULL, "import", list, list, "--write-map", map, "--store", store(), NULL);
}

static void what_lies_in_the_future_is_told(void **state)
{
    (void)state;
    struct ran ran = run("handle,platform,followers,collected_at\nana,instagram,12,2999-01-01\n",
                         "import", "-", "--store", store(), NULL);
    assert_says(ran.err, "its date lies in the future");
    ran_release(&ran);
    assert_true(sql_number(store(), "SELECT count(*) FROM creator WHERE audience_at > 4e9") == 0);
    ran = run(good, "import", "-", "--date", "2999-01-01", "--store", store(), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "lies in the future");
    ran_release(&ran);
}

static void a_dry_run_changes_nothing(void **state)
{
    (void)state;
    struct ran ran = run(good, "import", "-", "--dry-run", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "3 creators");
    assert_says(ran.err, "nothing was changed");
    assert_says(ran.err, "-> followers");
    assert_false(there(store()));
    ran_release(&ran);
    run_expect(3, with_rejects, "import", "-", "--store", store(), NULL);
    ran = run(good, "import", "-", "--dry-run", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "2 new, 1 changed, 0 as they were"); /* a ben of another platform */
    assert_true(sql_number(store(), "SELECT count(*) FROM creator") == 2);
    assert_true(sql_number(store(), "SELECT followers FROM creator WHERE handle='ana'") == 1001);
    ran_release(&ran);
}

static void progress_is_json_on_standard_output(void **state)
{
    (void)state;
    json_error_t why;
    struct ran ran =
        run(with_rejects, "import", "-", "--progress", "json", "--store", store(), NULL);
    assert_int_equal(ran.status, 3);
    char *last = NULL;
    for (char *line = strtok(ran.out, "\n"); line; line = strtok(NULL, "\n")) {
        json_t *told = json_loads(line, 0, &why);
        assert_non_null(told);
        json_decref(told);
        last = line;
    }
    assert_non_null(last);
    json_t *told = json_loads(last, 0, &why);
    assert_string_equal(json_string_value(json_object_get(told, "state")), "done");
    assert_int_equal(json_integer_value(json_object_get(told, "rejected")), 1);
    assert_int_equal(json_integer_value(json_object_get(told, "added")), 2);
    json_decref(told);
    ran_release(&ran);
    run_expect(2, good, "import", "-", "--progress", "xml", "--store", store(), NULL);
}

static void what_cannot_be_read_is_named(void **state)
{
    (void)state;
    write_file(at_home("good.csv"), good);
    struct ran ran =
        run(NULL, "import", at_home("missing.csv"), at_home("good.csv"), "--store", store(), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "missing.csv");
    assert_true(sql_number(store(), "SELECT count(*) FROM creator") == 3);
    ran_release(&ran);
    ran = run("", "import", "-", "--store", store(), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "standard input");
    ran_release(&ran);
    ran = run("handle,followers\nana,5\n", "import", "-", "--store", store(), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "--platform");
    ran_release(&ran);
    run_expect(0, "handle,followers\nana,5\n", "import", "-", "--platform", "yt", "--store",
               store(), NULL);
    ran = run(good, "import", "-", "--store", at_home("good.csv"), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "good.csv");
    ran_release(&ran);
}

/* Nothing is read, and nothing told but that, where the store cannot be. */
static void a_store_that_cannot_be_comes_first(void **state)
{
    (void)state;
    write_file(at_home("good.csv"), good);
    struct ran ran = run(NULL, "import", at_home("good.csv"), at_home("good.csv"), "--store",
                         at_home("nowhere/x.db"), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "nowhere/x.db");
    assert_null(strstr(ran.err, "handle"));
    char *line = strchr(ran.err, '\n');
    assert_true(line && line[1] == '\0'); /* once, not for each file */
    ran_release(&ran);
    ran = run(NULL, "list", "--store", at_home("good.csv"), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "is a list of creators, not a store: microscope import '");
    ran_release(&ran);
    run_expect(1, NULL, "generate", "--creators", "1", "--store", at_home("good.csv"), NULL);
}

static void a_mapping_file_names_what_is_not_understood(void **state)
{
    (void)state;
    write_file(at_home("de.csv"), "Wer;Plattform;Abonnenten;Herzen\n"
                                  "lea;Instagram;48.200;1.234\n");
    struct ran ran = run(NULL, "import", at_home("de.csv"), "--store", store(), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "there are Wer, Plattform, Abonnenten, Herzen");
    assert_says(ran.err, "\"Wer\": handle");
    ran_release(&ran);
    write_file(at_home("map.yaml"), "columns:\n  \"Wer\": handle\n  Herzen: likes\n");
    ran = run(NULL, "import", at_home("de.csv"), "--map", at_home("map.yaml"), "--store", store(),
              NULL);
    assert_int_equal(ran.status, 0);
    ran_release(&ran);
    char *row = sql_text(store(), "SELECT platform, handle, followers FROM creator");
    assert_says(row, "|lea|48200");
    free(row);
}

static void wrong_options_suggest(void **state)
{
    (void)state;
    struct ran ran = run(good, "import", "-", "--platform", "instagran", NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "did you mean 'instagram'?");
    ran_release(&ran);
    run_expect(2, good, "import", "-", "--date", "yesterday", NULL);
    run_expect(2, NULL, "import", NULL);
    ran = run(good, "import", "-", "--sort", "roi", NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "--sort");
    ran_release(&ran);
    write_file(at_home("map.yaml"), "columns:\n  handle: handle\n plat: x\n");
    ran = run(good, "import", "-", "--map", at_home("map.yaml"), NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "map.yaml:3:");
    ran_release(&ran);
}

/* The default store's folder is made, for its owner only. */
static void the_default_store_is_made(void **state)
{
    (void)state;
    run_expect(0, good, "import", "-", NULL);
    assert_true(there(at_home("data/microscope/microscope.db")));
    assert_true(
        sql_number(at_home("data/microscope/microscope.db"), "SELECT count(*) FROM creator") == 3);
}

/* A few megabytes, so that the reading has begun before everything is there. */
static void write_rows(int to, int from, int count)
{
    char line[128];
    for (int i = from; i < from + count; i++) {
        int length =
            snprintf(line, sizeof line, "somebody.with.a.long.handle.%d,tiktok,%d\n", i, 1000 + i);
        if (write(to, line, (size_t)length) != length)
            return; /* it has gone: that is what is waited for */
    }
}

static void cancel(int number)
{
    const char *const words[] = {"microscope", "import",  "-",     "--progress",
                                 "json",       "--store", store(), NULL};
    char byte;
    struct running running = start(words);
    static const char header[] = "handle,platform,followers\n";
    assert_int_equal(write(running.to, header, sizeof header - 1), sizeof header - 1);
    write_rows(running.to, 0, 120000);
    assert_int_equal(read(running.from, &byte, 1), 1); /* it is in the middle of the rows */
    kill(running.pid, number);
    write_rows(running.to, 120000, 60000);
    assert_int_equal(finish(&running), 128 + number);
    char *err = read_file(at_home("stderr"), NULL);
    assert_says(err, "cancelled: nothing of 'standard input' was kept");
    free(err);
    assert_true(sql_number(store(), "SELECT count(*) FROM creator") == 0);
    run_expect(0, good, "import", "-", "--store", store(), NULL);
}

static void cancelling_leaves_no_trace(void **state)
{
    cancel(SIGTERM);
    no_store(state);
    cancel(SIGINT);
}

#define TEST(name) cmocka_unit_test_setup(name, no_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_file_twice_changes_nothing),
        TEST(an_import_makes_the_medians),
        TEST(rejected_rows_are_told_and_the_rest_is_kept),
        TEST(an_import_can_be_taken_back),
        TEST(fees_without_a_rate_are_told),
        TEST(a_report_has_every_problem),
        TEST(a_report_counts),
        TEST(rejects_are_mended_and_imported),
        TEST(rejects_replace_nothing),
        TEST(a_plan_is_written_as_a_map),
        TEST(what_lies_in_the_future_is_told),
        TEST(a_dry_run_changes_nothing),
        TEST(progress_is_json_on_standard_output),
        TEST(what_cannot_be_read_is_named),
        TEST(a_store_that_cannot_be_comes_first),
        TEST(a_mapping_file_names_what_is_not_understood),
        TEST(wrong_options_suggest),
        TEST(the_default_store_is_made),
        TEST(cancelling_leaves_no_trace),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
