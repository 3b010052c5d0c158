/* A file that is looked at before it is imported: what stands in the form, what an answer changes, and
 * what is remembered of it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/import_form.h"

static char folder[64], list[80];

static void write_list(const char *text)
{
    FILE *file = fopen(list, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/form-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(list, sizeof list, "%s/list.csv", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(list);
    return rmdir(folder);
}

static const char doubtful[] =
    "Username;Followers;Eng. Rate;Likes;Tier\ndora;56.000;4 %;1.500;micro\n"
    "emil;78.000;2 %;2.500;macro\n";

static const struct form_line *line_of(const struct form_plan *plan, const char *title)
{
    for (size_t i = 0; i < plan->line_count; i++)
        if (text_is(plan->lines[i].title, title))
            return &plan->lines[i];
    fail_msg("there is no line '%s'", title);
    return NULL;
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static void answer(struct import_form *form, const char *title, const char *word)
{
    struct arena arena = {0};
    struct form_plan plan;
    struct err err;
    import_form_show(form, &arena, &plan);
    const struct form_line *line = line_of(&plan, title);
    size_t decision = line->decision;
    if (!import_form_answer(form, decision, text_of(word), &err))
        fail_msg("%s", err.message);
    arena_release(&arena);
}

static void test_questions_come_first_and_stay_there(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct arena arena = {0};
    struct form_plan plan;
    struct err err;
    write_list(doubtful);
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    import_form_show(&form, &arena, &plan);
    assert_true(text_is(plan.file, "list.csv"));
    assert_true(text_is(plan.missing, "platform"));
    assert_true(text_is(plan.about, "5 columns, UTF-8, separated by ;"));
    assert_true(text_is(plan.lines[0].title, "Platform"));
    assert_true(plan.lines[0].open);
    assert_true(text_is(plan.lines[1].title, "56.000 means"));
    assert_true(text_is(plan.lines[1].shown, "56,000"));
    assert_true(line_of(&plan, "Tier")->left_out);
    assert_true(line_of(&plan, "Tier")->tiers);
    assert_true(text_is(line_of(&plan, "Eng. Rate")->shown, "er"));
    size_t guesses = plan.guesses;
    arena_release(&arena);
    answer(&form, "Platform", "tiktok");
    import_form_show(&form, &arena, &plan);
    assert_false(text_known(plan.missing));
    assert_true(text_is(plan.lines[0].title, "Platform"));
    assert_true(text_is(plan.lines[0].shown, "tiktok"));
    assert_false(plan.lines[0].guess);
    assert_int_equal(plan.guesses, guesses - 1);
    arena_release(&arena);
    import_form_close(&form);
}

static void test_an_answer_that_cannot_be_changes_nothing(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct err err;
    write_list(doubtful);
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    answer(&form, "Platform", "tiktok");
    struct arena arena = {0};
    struct form_plan plan;
    import_form_show(&form, &arena, &plan);
    size_t day = line_of(&plan, "Figures of")->decision;
    arena_release(&arena);
    assert_false(import_form_answer(&form, day, TEXT("some day"), &err));
    assert_true(strlen(err.message) > 0);
    assert_int_equal(form.plan.platform, PLATFORM_TIKTOK);
    answer(&form, "Followers", "ignore"); /* what was answered before still holds */
    assert_int_equal(form.plan.platform, PLATFORM_TIKTOK);
    import_form_close(&form);
}

static void test_its_folder_goes_with_it(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct import_request request;
    struct err err;
    char map[256], left[256];
    write_list(doubtful);
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    answer(&form, "Platform", "tiktok");
    assert_true(import_form_request(&form, true, &request, &err));
    assert_true(request.dry);
    snprintf(map, sizeof map, "%s", request.map);
    snprintf(left, sizeof left, "%s.abc", request.report);
    assert_true(is_there(map));
    fclose(fopen(left, "w")); /* of a child that was killed */
    import_form_close(&form);
    assert_false(is_there(map));
    *strrchr(map, '/') = '\0';
    assert_false(is_there(map));
}

static void test_answers_hold_for_the_same_columns_only(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct buf answers = BUF_INIT;
    struct err err;
    write_list(doubtful);
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    answer(&form, "Platform", "tiktok");
    answer(&form, "Figures of", "2026-08-03");
    answer(&form, "Likes", "comments");
    import_form_remember(&form, TEXT("# 0123456789abcdef\nplatform: x\n"), &answers);
    assert_non_null(strstr(buf_string(&answers), "platform: x"));
    assert_true(import_form_open(&form, text_of(list), buf_text(&answers), &err));
    assert_true(form.remembered);
    assert_int_equal(form.plan.platform, PLATFORM_TIKTOK);
    assert_false(form.plan.date_said); /* each file has a day of its own */
    assert_int_equal(form.plan.columns[3].column, COL_COMMENTS);
    write_list("Username;Followers;Eng. Rate;Views\ndora;56.000;4,31 %;1.500\n");
    assert_true(import_form_open(&form, text_of(list), buf_text(&answers), &err));
    assert_false(form.remembered);
    assert_int_equal(form.plan.platform, PLATFORM_COUNT);
    import_form_close(&form);
    buf_release(&answers);
}

/* What was a guess, and was imported like that, is none for the next file with these columns. */
static void test_a_guess_that_stood_is_an_answer(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct arena arena = {0};
    struct form_plan plan;
    struct buf answers = BUF_INIT;
    struct err err;
    write_list("Username,Platform,Followers\ndora,tiktok,56000\n");
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    import_form_remember(&form, TEXT(""), &answers);
    assert_int_equal(answers.length, 0); /* nothing had to be guessed but the day */
    write_list(doubtful);
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    answer(&form, "Platform", "tiktok");
    import_form_show(&form, &arena, &plan);
    assert_true(line_of(&plan, "56.000 means")->guess);
    size_t guesses = plan.guesses;
    arena_release(&arena);
    import_form_remember(&form, TEXT(""), &answers);
    assert_true(import_form_open(&form, text_of(list), buf_text(&answers), &err));
    import_form_show(&form, &arena, &plan);
    const struct form_line *line = line_of(&plan, "56.000 means");
    assert_int_equal(line->part, FORM_QUESTION); /* in sight */
    assert_false(line->guess);
    assert_true(text_is(line->shown, "56,000"));
    assert_true(text_is(line->note, "as last time"));
    assert_true(text_is(line_of(&plan, "Platform")->note, "as last time"));
    assert_true(line_of(&plan, "Figures of")->guess); /* each file has a day of its own */
    assert_int_equal(plan.guesses, 1);
    assert_true(guesses > 1);
    arena_release(&arena);
    answer(&form, "56.000 means", "english");
    import_form_show(&form, &arena, &plan);
    assert_true(text_is(line_of(&plan, "56.000 means")->note, "you say so"));
    assert_true(text_is(line_of(&plan, "Platform")->note, "as last time"));
    arena_release(&arena);
    import_form_close(&form);
    buf_release(&answers);
}

/* It is asked again where the next file gives another reason to guess. */
static void test_a_guess_that_stood_is_no_answer_to_another(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct arena arena = {0};
    struct form_plan plan;
    struct buf answers = BUF_INIT;
    struct err err;
    write_list("Username,Link,Followers\ndora,https://www.instagram.com/dora,56000\n");
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    assert_true(form.plan.platform_guess);
    import_form_remember(&form, TEXT(""), &answers);
    assert_true(import_form_open(&form, text_of(list), buf_text(&answers), &err));
    import_form_show(&form, &arena, &plan);
    assert_true(text_is(line_of(&plan, "Platform")->note, "as last time"));
    arena_release(&arena);
    write_list("Username,Link,Followers\ndora,https://www.tiktok.com/@dora,56000\n");
    assert_true(import_form_open(&form, text_of(list), buf_text(&answers), &err));
    import_form_show(&form, &arena, &plan);
    assert_int_equal(form.plan.platform, PLATFORM_TIKTOK);
    assert_true(line_of(&plan, "Platform")->guess);
    arena_release(&arena);
    import_form_close(&form);
    buf_release(&answers);
}

/* Values that are not there are counted, and what the plan has to say besides is told. */
static void test_what_is_empty_and_what_is_to_be_noted(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct arena arena = {0};
    struct form_plan plan;
    struct err err;
    write_list("an export\nUsername,Platform,Followers,Bio,Name\ndora,tiktok,56000,,Dora\n"
               "emil,tiktok,n/a,,Emil\nfred,tiktok,,,Fred\n");
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    import_form_show(&form, &arena, &plan);
    assert_true(text_is(line_of(&plan, "Followers")->note, "2 empty"));
    assert_true(text_is(line_of(&plan, "Bio")->note, "all empty"));
    assert_false(text_known(line_of(&plan, "Name")->note) &&
                 line_of(&plan, "Name")->note.length > 0);
    size_t notes = 0;
    for (size_t i = 0; i < plan.line_count; i++) {
        if (plan.lines[i].part != FORM_NOTE)
            continue;
        assert_true(text_starts(plan.lines[i].note, "the header is on line 2"));
        notes++;
    }
    assert_int_equal(notes, 1);
    arena_release(&arena);
    import_form_close(&form);
}

static void test_few_answers_are_kept_and_the_latest(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct buf answers = BUF_INIT, before = BUF_INIT;
    struct err err;
    for (int i = 0; i < 60; i++) {
        char text[80];
        snprintf(text, sizeof text, "Username,Followers,own %d\nanna,1200,x\n", i);
        write_list(text);
        assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
        answer(&form, "Platform", "youtube");
        buf_clear(&before);
        buf_add_text(&before, buf_text(&answers));
        import_form_remember(&form, buf_text(&before), &answers);
    }
    size_t count = 0;
    for (struct text rest = buf_text(&answers), line; text_next(&rest, '\n', &line);)
        count += text_starts(line, "# ");
    assert_int_equal(count, 47); /* there may be two of each file */
    assert_true(import_form_open(&form, text_of(list), buf_text(&answers), &err));
    assert_true(form.remembered);
    write_list("Username,Followers,own 0\nanna,1200,x\n");
    assert_true(import_form_open(&form, text_of(list), buf_text(&answers), &err));
    assert_false(form.remembered);
    import_form_close(&form);
    buf_release(&answers);
    buf_release(&before);
}

/* It would block, and what was read of it would be gone. */
static void test_a_pipe_is_not_touched(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct import_request request;
    struct err err;
    assert_int_equal(mkfifo(list, 0600), 0);
    assert_true(import_form_open(&form, text_of(list), TEXT(""), &err));
    assert_true(form.blind);
    assert_true(import_form_request(&form, false, &request, &err));
    assert_null(request.map);
    import_form_close(&form);
}

static void test_what_cannot_be_read_opens_nothing(void **state)
{
    (void)state;
    struct import_form form = {.open = false};
    struct err err;
    assert_false(import_form_open(&form, TEXT("/nowhere/list.csv"), TEXT(""), &err));
    assert_non_null(strstr(err.message, "/nowhere/list.csv"));
    assert_false(form.open);
    assert_int_equal(form.folder.length, 0);
    write_list("");
}

/* Of each kind the first, and how many there are of it. */
static void test_what_was_lost_is_read_from_the_report(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct form_figures figures = {.rows = 0};
    FILE *file = fopen(list, "w");
    fputs("{\"files\": [\n{\"file\": \"a.csv\", \"plan\": {\"notes\": []},\n\"problems\": [", file);
    for (int i = 0; i < 700; i++)
        fprintf(file,
                "%s\n  {\"trouble\": \"unknown\", \"line\": %d, \"column\": 2, \"header\":"
                " \"Likes\", \"value\": \"a \\\"b\\\"\", \"reason\": \"not a number\"}",
                i ? "," : "", i + 2);
    fputs(",\n  {\"trouble\": \"rejected\", \"line\": 900, \"header\": null, \"value\": null,"
          " \"reason\": \"no handle\"},\n  {\"trouble\": \"repeat\", \"line\": 901, \"header\":"
          " null, \"value\": null, \"first_line\": 5, \"reason\": \"the same again\"}],\n"
          "\"result\": {\"done\": true, \"rows\": 901, \"rejected\": 1, \"repeats\": 1,"
          " \"cells\": 700, \"warnings\": 0, \"tiers_disagree\": 14, \"failure\": null}}\n]}\n",
          file);
    fclose(file);
    import_lost_read(list, &arena, &figures);
    assert_int_equal(figures.troubles[FORM_REJECTED], 1);
    assert_int_equal(figures.troubles[FORM_UNKNOWN], 700);
    assert_int_equal(figures.tiers_disagree, 14);
    assert_int_equal(figures.problem_count, 502);
    assert_int_equal(figures.problems[0].line, 900); /* what is unusable comes first */
    assert_true(text_is(figures.problems[0].what, "no handle"));
    assert_true(text_is(figures.problems[1].what, "Likes \"a \"b\"\": not a number"));
    assert_true(text_is(figures.problems[501].what, "the same again, first on line 5"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_questions_come_first_and_stay_there, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_an_answer_that_cannot_be_changes_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_its_folder_goes_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_answers_hold_for_the_same_columns_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_guess_that_stood_is_an_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_guess_that_stood_is_no_answer_to_another, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_empty_and_what_is_to_be_noted, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_few_answers_are_kept_and_the_latest, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_pipe_is_not_touched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_read_opens_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_lost_is_read_from_the_report, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
