/* The imports of a store: filters by one, the list of them, where an import leaves the user, and
 * taking one back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "explorer.h"

static const struct batch_told imports[] = {
    {.id = 4,
     .at = EXPLORER_NOW,
     .file = {"b.csv", 5},
     .added = 2,
     .changed = 1,
     .taken_back_at = NAN},
    {.id = 3, .at = 1, .file = {"x.csv", 5}, .added = 2, .taken_back_at = 5},
    {.id = 2, .at = 1, .file = {"a.csv", 5}, .added = 9, .taken_back_at = NAN}};

/* The runtime: which there are, and whom one had. */
static void tell(struct explorer *e, const struct batch_told *list, size_t count)
{
    explorer_send(
        e, &(struct message){.kind = MESSAGE_BATCHES, .batches = list, .batch_count = count});
}

static void answer(struct explorer *e, int64_t first, int64_t second)
{
    struct id_set ids = {0};
    const struct effect *asked = explorer_effect(e, EFFECT_BATCH, 0);
    assert_non_null(asked);
    id_set_add(&ids, first);
    id_set_add(&ids, second);
    explorer_send(e, &(struct message){.kind = MESSAGE_BATCH, .id = asked->id, .batch_ids = &ids});
    id_set_release(&ids);
}

static void start(struct explorer *e)
{
    explorer_init(e);
    tell(e, imports, 3);
    explorer_forget(e);
}

static void test_a_filter_asks_once_whom_an_import_had(void **state)
{
    (void)state;
    struct explorer e;
    start(&e);
    explorer_go(&e, "emil.food");
    explorer_filter(&e, "import:last");
    assert_int_equal(explorer_effects(&e, EFFECT_BATCH), 1);
    assert_int_equal(explorer_effect(&e, EFFECT_BATCH, 0)->id, 4);
    answer(&e, 5, 9);
    assert_string_equal(explorer_cursor(&e), "emil.food"); /* nobody was lost meanwhile */
    assert_int_equal(e.model.result.rows.count, 2);
    explorer_forget(&e);
    explorer_key(&e, '<');
    assert_int_equal(e.model.result.rows.count, 12);
    explorer_filter(&e, "-import:4");
    assert_int_equal(explorer_effects(&e, EFFECT_BATCH), 0); /* it is known */
    assert_int_equal(e.model.result.rows.count, 10);
    explorer_release(&e);
}

static void test_what_is_not_there_is_told(void **state)
{
    (void)state;
    struct explorer e;
    start(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "import:3");
    explorer_key(&e, K_ENTER);
    assert_non_null(
        strstr(e.model.line_error.message, "import '3' was taken back; there are 2, 4"));
    assert_int_equal(explorer_effects(&e, EFFECT_BATCH), 0);
    explorer_release(&e);
}

/* What others import shows under import:last when the user asks for it, not before. */
static void test_an_import_of_others_moves_nothing(void **state)
{
    static const struct batch_told more[] = {
        {.id = 5, .at = 2, .file = {"c.csv", 5}, .taken_back_at = NAN},
        {.id = 4, .at = EXPLORER_NOW, .file = {"b.csv", 5}, .taken_back_at = NAN}};
    (void)state;
    struct explorer e;
    start(&e);
    explorer_filter(&e, "import:last");
    answer(&e, 5, 9);
    explorer_forget(&e);
    explorer_send(&e, &(struct message){.kind = MESSAGE_CHANGING});
    tell(&e, more, 2);
    answer(&e, 1, 2);
    assert_string_equal(explorer_cursor(&e), "emil.food");
    assert_int_equal(e.model.result.rows.count, 2);
    assert_int_equal(e.model.calm.gone, 2);
    assert_int_equal(e.model.pending, 2);
    explorer_key(&e, 'r');
    assert_int_equal(e.model.result.rows.count, 2);
    assert_non_null(strstr(explorer_list_text(&e), "ada.skin"));
    assert_null(strstr(explorer_list_text(&e), "emil.food"));
    explorer_release(&e);
}

/* ---- after an import ---- */

static const struct form_line line = {.part = FORM_DECIDED, .title = {"Encoding", 8}};
static const struct form_plan plan = {.file = {"b.csv", 5}, .lines = &line, .line_count = 1};

static void import(struct explorer *e, uint64_t added)
{
    struct form_figures figures = {.known = true, .share = NAN, .added = added, .unchanged = 1};
    explorer_send(e, &(struct message){.kind = MESSAGE_FORM, .form = &plan});
    explorer_key(e, K_ENTER);
    tell(e, imports, 3);
    explorer_send(e, &(struct message){.kind = MESSAGE_FIGURES, .figures = &figures});
}

static void end_import(struct explorer *e)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_JOB, .text = TEXT("b.csv")});
}

static void test_an_import_is_shown_when_it_is_here(void **state)
{
    (void)state;
    struct explorer e;
    start(&e);
    explorer_filter(&e, "niche:beauty");
    import(&e, 2);
    end_import(&e);
    assert_string_equal(explorer_filter_text(&e), "niche:beauty"); /* its rows are still to come */
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADED, .again = true});
    answer(&e, 5, 9);
    assert_string_equal(explorer_filter_text(&e), "import:last");
    assert_int_equal(e.model.result.rows.count, 2);
    explorer_key(&e, '<');
    assert_string_equal(explorer_filter_text(&e), "niche:beauty");
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADED, .again = true});
    assert_string_equal(explorer_filter_text(&e), "niche:beauty"); /* once */
    explorer_release(&e);
}

static void test_one_that_changes_nothing_is_shown_at_once(void **state)
{
    (void)state;
    struct explorer e;
    start(&e);
    import(&e, 0);
    end_import(&e);
    assert_string_equal(explorer_filter_text(&e), "import:last");
    explorer_release(&e);
}

static void test_who_went_on_is_left_there(void **state)
{
    (void)state;
    struct explorer e;
    start(&e);
    import(&e, 2);
    explorer_key(&e, 'p');
    end_import(&e);
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADED, .again = true});
    assert_int_equal(e.model.place, PLACE_PLAN);
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_release(&e);
}

/* ---- the list ---- */

static void open_imports(struct explorer *e)
{
    explorer_key(e, ':');
    explorer_type(e, "imports");
    explorer_key(e, K_ENTER);
    assert_int_equal(model_context(&e->model), CONTEXT_IMPORTS);
}

static void test_one_of_the_list_is_shown(void **state)
{
    (void)state;
    struct explorer e;
    start(&e);
    explorer_key(&e, 'p');
    open_imports(&e);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.place, PLACE_PLAN); /* where it was opened */
    open_imports(&e);
    explorer_key(&e, 'j');
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.place, PLACE_IMPORTS);
    assert_non_null(strstr(e.model.notice, "import 3 was taken back"));
    explorer_key(&e, 'G');
    explorer_key(&e, K_ENTER);
    answer(&e, 1, 2);
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    assert_string_equal(explorer_filter_text(&e), "import:2");
    assert_int_equal(e.model.result.rows.count, 2);
    explorer_release(&e);
}

static void test_taking_back_asks_first(void **state)
{
    (void)state;
    struct explorer e;
    start(&e);
    open_imports(&e);
    explorer_key(&e, '-');
    assert_string_equal(e.model.notice,
                        "take import 4 back? 2 go, 1 becomes what it was: - again does it");
    explorer_key(&e, 'j');
    explorer_key(&e, 'k');
    explorer_key(&e, '-'); /* other keys between: it asks again */
    assert_int_equal(explorer_effects(&e, EFFECT_TAKE_BACK), 0);
    explorer_key(&e, '-');
    assert_int_equal(explorer_effects(&e, EFFECT_TAKE_BACK), 1);
    assert_int_equal(explorer_effect(&e, EFFECT_TAKE_BACK, 0)->id, 4);
    explorer_key(&e, 'j');
    explorer_key(&e, '-');
    assert_string_equal(e.model.notice, "import 3 was taken back already");
    explorer_send(&e, &(struct message){.kind = MESSAGE_JOB,
                                        .text = TEXT("import 4"),
                                        .job = {.running = true, .takes_back = true}});
    explorer_key(&e, 'G');
    explorer_key(&e, '-');
    assert_string_equal(e.model.notice, "taking back import 4 still runs");
    e.model.read_only = true;
    explorer_key(&e, '-');
    assert_string_equal(e.model.notice, "this store can only be read");
    assert_int_equal(explorer_effects(&e, EFFECT_TAKE_BACK), 1);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_filter_asks_once_whom_an_import_had),
        cmocka_unit_test(test_what_is_not_there_is_told),
        cmocka_unit_test(test_an_import_of_others_moves_nothing),
        cmocka_unit_test(test_an_import_is_shown_when_it_is_here),
        cmocka_unit_test(test_one_that_changes_nothing_is_shown_at_once),
        cmocka_unit_test(test_who_went_on_is_left_there),
        cmocka_unit_test(test_one_of_the_list_is_shown),
        cmocka_unit_test(test_taking_back_asks_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
