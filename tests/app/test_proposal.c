#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "explorer.h"

/* Filling the budget: the form, the proposal, and what is taken over. */

static const struct fill_report *report(const struct explorer *e)
{
    return e->model.proposal.report;
}

static void down(struct explorer *e, int times)
{
    while (times-- > 0)
        explorer_key(e, K_DOWN);
}

/* So that there is something to gain. */
static void open_form(struct explorer *e)
{
    struct err err;
    explorer_init(e);
    assert_true(
        scenario_set(&e->model.scenario, parameter_at(offsetof(struct scenario, aov)), 200, &err));
    explorer_key(e, 'A');
    assert_int_equal(model_context(&e->model), CONTEXT_FILL);
    assert_int_equal(report(e)->result.state, ALLOCATION_PROVEN);
}

static double planned_cost(struct explorer *e)
{
    return e->model.scenario.budget - sheet_money_left(&e->sheet);
}

static void test_enter_takes_all_as_one_step(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    size_t changes = report(&e)->change_count;
    double cost = report(&e)->after.cost, profit = report(&e)->after.profit;
    assert_true(changes >= 3 && profit > 0 && cost <= 10000);
    explorer_forget(&e);
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_int_equal(e.catalog.planned_count, changes);
    assert_true(fabs(planned_cost(&e) - cost) < 1e-6);
    assert_non_null(undo_next(&e.model.undo));
    assert_true(strstr(undo_next(&e.model.undo)->label, "fill the budget"));
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_key(&e, 'U');
    assert_int_equal(e.catalog.planned_count, changes);
    explorer_release(&e);
}

static void test_esc_leaves_all_as_it_was(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    explorer_forget(&e);
    explorer_type(&e, "2000");
    down(&e, 2);
    explorer_key(&e, K_SPACE);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_int_equal(e.catalog.planned_count, 0);
    assert_true(e.model.scenario.budget == 10000);
    assert_null(undo_next(&e.model.undo));
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 0);
    explorer_release(&e);
}

static void test_what_is_typed_is_followed_at_once(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    double before = report(&e)->after.profit;
    explorer_type(&e, "1k");
    assert_true(e.model.proposal.wish.budget == 1000);
    assert_true(report(&e)->after.cost <= 1000 && report(&e)->after.profit < before);
    down(&e, 1);
    explorer_type(&e, "1");
    for (size_t i = 0; i < report(&e)->change_count; i++)
        assert_int_equal(report(&e)->changes[i].after, 1);
    down(&e, 2);
    explorer_key(&e, 'n');
    assert_false(e.model.proposal.wish.estimated);
    down(&e, 1);
    explorer_type(&e, "none of niche:beauty");
    assert_int_equal(e.model.proposal.wish.rule_count, 1);
    assert_true(report(&e)->change_count > 0);
    for (size_t i = 0; i < report(&e)->change_count; i++)
        assert_false(
            text_starts(catalog_text(&e.catalog, COL_NICHE, report(&e)->changes[i].row), "beauty"));
    explorer_key(&e, K_CTRL('U')); /* emptied, it is no rule */
    explorer_key(&e, K_UP);
    assert_int_equal(e.model.proposal.wish.rule_count, 0);
    explorer_release(&e);
}

static void test_a_mistake_keeps_the_form(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    explorer_type(&e, "lots");
    assert_true(e.model.line_error.message[0]);
    explorer_key(&e, K_ENTER);
    down(&e, 1);
    assert_int_equal(model_context(&e.model), CONTEXT_FILL);
    assert_int_equal(e.model.proposal.cursor, 0);
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "3000");
    assert_false(e.model.line_error.message[0]);
    down(&e, 4);
    explorer_type(&e, "at least 40 niche:beauty");
    assert_int_equal(report(&e)->result.state, ALLOCATION_IMPOSSIBLE);
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_FILL);
    assert_true(strstr(e.model.notice, "no proposal"));
    explorer_key(&e, K_CTRL('C'));
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_release(&e);
}

static void test_space_strikes_one_out_and_lets_him_in_again(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    double best = report(&e)->after.profit;
    down(&e, 5);
    assert_int_equal(e.model.proposal.lines.items[e.model.proposal.cursor].part, PROPOSAL_CHANGE);
    uint32_t row = report(&e)->changes[0].row;
    explorer_key(&e, K_SPACE);
    assert_true(report(&e)->after.profit < best);
    for (size_t i = 0; i < report(&e)->change_count; i++)
        assert_true(report(&e)->changes[i].row != row);
    const struct proposal *proposal = &e.model.proposal;
    assert_int_equal(proposal->lines.items[proposal->cursor].part, PROPOSAL_LEFT_OUT);
    assert_int_equal(proposal->lines.items[proposal->cursor].row, row);
    explorer_key(&e, K_SPACE);
    assert_true(report(&e)->after.profit == best);
    explorer_release(&e);
}

static void test_the_plan_is_kept_unless_it_may_change(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "finn");
    explorer_key(&e, 'a');
    explorer_key(&e, 'A');
    assert_int_equal(report(&e)->before.creators, 1);
    for (size_t i = 0; i < report(&e)->change_count; i++)
        assert_true(report(&e)->changes[i].after >= report(&e)->changes[i].before);
    double kept = report(&e)->after.profit;
    down(&e, 2);
    explorer_key(&e, K_SPACE);
    assert_true(report(&e)->after.profit > kept); /* he loses money */
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_planned(&e, "finn.trip"), 0);
    explorer_key(&e, 'u');
    assert_int_equal(explorer_planned(&e, "finn.trip"), 1);
    explorer_release(&e);
}

/* What was taken is what stands there next time. */
static void test_the_wish_stays_for_the_session(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    explorer_type(&e, "500");
    down(&e, 4);
    explorer_type(&e, "at most 1 niche:beauty");
    explorer_key(&e, K_ENTER);
    explorer_filter(&e, "niche:beauty");
    explorer_key(&e, 'A');
    assert_int_equal(e.model.proposal.wish.rule_count, 1);
    assert_true(e.model.proposal.wish.budget == 10000); /* that is what there is to spend */
    explorer_key(&e, K_ESCAPE);
    explorer_release(&e);
}

static void test_esc_brings_back_what_stood_there(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    down(&e, 4);
    explorer_type(&e, "at most 2 niche:beauty");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'u');
    for (int way = 0; way < 2; way++) { /* Esc, Ctrl-C */
        explorer_key(&e, 'A');
        assert_int_equal(e.model.proposal.wish.rule_count, 1);
        explorer_type(&e, "500");
        down(&e, 1);
        explorer_type(&e, "1");
        down(&e, 1);
        explorer_key(&e, K_SPACE);
        down(&e, 1);
        explorer_key(&e, K_SPACE);
        down(&e, 1);
        explorer_key(&e, K_CTRL('U'));
        explorer_type(&e, "none of niche:food");
        down(&e, 1);
        explorer_type(&e, "at most 1 tier:nano");
        down(&e, 1);
        explorer_key(&e, K_SPACE); /* strikes one out */
        assert_int_equal(e.model.proposal.wish.rule_count, 2);
        explorer_key(&e, way ? K_CTRL('C') : K_ESCAPE);
        const struct fill_wish *wish = &e.model.proposal.wish;
        assert_int_equal(wish->rule_count, 1);
        assert_int_equal(wish->rules[0].rule.count, 2);
        assert_int_equal(wish->most, (unsigned)e.model.scenario.fill_cap);
        assert_true(wish->keep && wish->estimated);
        assert_int_equal(bits_total(&wish->excluded), 0);
    }
    explorer_release(&e);
}

static const char *told(const struct explorer *e, enum proposal_part part, size_t index, bool means)
{
    static char room[256];
    struct buf text = BUF_INIT;
    struct proposal_line line = {.part = part, .index = index, .row = CATALOG_NONE};
    if (means)
        proposal_means(&e->model, &line, false, &text);
    else
        proposal_help(&e->model, &line, &text);
    snprintf(room, sizeof room, "%s", buf_string(&text));
    buf_release(&text);
    return room;
}

/* How many more there are to choose from, before one says yes or no. */
static void test_the_form_says_what_estimates_add(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    size_t estimated = 0;
    for (uint32_t row = 0; row < e.catalog.count; row++) {
        struct figures figures;
        sheet_figures(&e.sheet, row, &figures);
        estimated += (figures.marks & MARK_FEE_ESTIMATED) && number_known(figures.cost) &&
                     number_known(figures.profit);
    }
    char expected[80];
    assert_true(estimated > 0);
    snprintf(expected, sizeof expected, "%zu more to choose from: no fee of theirs is known",
             estimated);
    assert_string_equal(told(&e, PROPOSAL_ESTIMATED, 0, true), expected);
    down(&e, 3);
    explorer_key(&e, 'n');
    snprintf(expected, sizeof expected, "%zu left out: no fee of theirs is known", estimated);
    assert_string_equal(told(&e, PROPOSAL_ESTIMATED, 0, true), expected);
    explorer_release(&e);
}

static void test_the_form_says_how_a_rule_is_understood(void **state)
{
    (void)state;
    struct explorer e;
    open_form(&e);
    down(&e, 4);
    assert_true(strstr(told(&e, PROPOSAL_RULE, 0, false), "at most 3 niche:beauty"));
    explorer_type(&e, "max 3 a niche");
    assert_true(strstr(e.model.line_error.message, "each niche takes a rule of its own"));
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "max 1 creators of beauty");
    assert_string_equal(e.model.line_error.message, "");
    assert_true(strstr(told(&e, PROPOSAL_RULE, 0, false),
                       "Understood: at most 1 creator of niche:beauty; "));
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "no tiktok");
    assert_true(
        strstr(told(&e, PROPOSAL_RULE, 0, false), "Understood: no creator of platform:tiktok; "));
    explorer_release(&e);
}

/* What a next post is said to bring is what it brings once it is in the plan. */
static void test_the_next_best_posts_keep_their_word(void **state)
{
    (void)state;
    struct explorer e;
    struct err err;
    explorer_init(&e);
    assert_true(
        scenario_set(&e.model.scenario, parameter_at(offsetof(struct scenario, aov)), 200, &err));
    explorer_go(&e, "bea");
    explorer_key(&e, 'a');
    explorer_key(&e, 'p');
    const struct plan_next *next = &e.model.plan.next;
    bool further = false;
    for (int round = 0; round < 4; round++) {
        assert_int_equal(next->count, PLAN_NEXT_MOST);
        for (size_t i = 1; i < next->count; i++)
            assert_true(next->shown[i].profit / next->shown[i].cost <=
                        next->shown[i - 1].profit / next->shown[i - 1].cost);
        struct next_post post = next->shown[0];
        double before = e.model.plan.totals.profit.value;
        further = further || post.posts > 1;
        catalog_plan(&e.catalog, post.row, post.posts);
        explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW});
        assert_true(fabs(e.model.plan.totals.profit.value - before - post.profit) < 1e-6);
        assert_true(next->shown[0].row != post.row || next->shown[0].posts == post.posts + 1);
    }
    assert_true(further);
    explorer_release(&e);
}

/* ---- others write ---- */

#define MANY 30000

static void put_one(struct explorer *e, int64_t id, double fee)
{
    struct record_sink sink = catalog_sink(&e->catalog);
    struct record record;
    char handle[40];
    snprintf(handle, sizeof handle, "somebody%lld", (long long)id);
    record_clear(&record);
    record.id = id;
    record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
    record_set_text(&record, COL_HANDLE, text_of(handle));
    record_set_number(&record, COL_FOLLOWERS, 2000 + (double)(id * 7919 % 90000));
    record_set_number(&record, COL_LIKES, 100 + (double)(id * 31 % 4000));
    record_set_number(&record, COL_FEE, fee);
    assert_true(sink.put(sink.self, &record, NULL));
}

static void others_write(struct explorer *e, size_t nth)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_CHANGING});
    put_one(e, 1000 + (int64_t)(nth * 37 % MANY), 20 + (double)(nth % 300));
    explorer_send(e, &(struct message){.kind = MESSAGE_CHANGED, .seconds = (double)nth});
}

/* A long search ends though others write all the time; what it found stands and is told to be of
 * before, and whoever edits the form gets one of now. */
static void test_others_do_not_keep_it_from_its_end(void **state)
{
    (void)state;
    struct explorer e;
    struct buf words = BUF_INIT;
    size_t writes = 0;
    explorer_init(&e);
    for (int64_t i = 0; i < MANY; i++)
        put_one(&e, 1000 + i, 20 + (double)(i * 13 % 400));
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW});
    explorer_key(&e, 'A');
    assert_true(e.model.proposal.running);
    while (e.model.proposal.running && writes < 20000) {
        if (writes < 40 || writes % 50 == 0)
            others_write(&e, writes);
        writes++;
        explorer_send(&e, &(struct message){.kind = MESSAGE_WORK});
    }
    assert_false(e.model.proposal.running);
    assert_true(report(&e)->result.any && report(&e)->change_count > 0);
    proposal_judge(&e.model, &words);
    assert_non_null(strstr(buf_string(&words), "figures came since"));
    double profit = report(&e)->after.profit;
    others_write(&e, writes);
    assert_true(report(&e)->after.profit == profit);
    explorer_type(&e, "2000");
    buf_clear(&words);
    proposal_judge(&e.model, &words);
    assert_null(strstr(buf_string(&words), "figures came since"));
    buf_release(&words);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_others_do_not_keep_it_from_its_end),
        cmocka_unit_test(test_enter_takes_all_as_one_step),
        cmocka_unit_test(test_esc_leaves_all_as_it_was),
        cmocka_unit_test(test_what_is_typed_is_followed_at_once),
        cmocka_unit_test(test_a_mistake_keeps_the_form),
        cmocka_unit_test(test_space_strikes_one_out_and_lets_him_in_again),
        cmocka_unit_test(test_the_plan_is_kept_unless_it_may_change),
        cmocka_unit_test(test_the_wish_stays_for_the_session),
        cmocka_unit_test(test_esc_brings_back_what_stood_there),
        cmocka_unit_test(test_the_form_says_what_estimates_add),
        cmocka_unit_test(test_the_form_says_how_a_rule_is_understood),
        cmocka_unit_test(test_the_next_best_posts_keep_their_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
