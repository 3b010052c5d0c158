#include "support.h"

#include <stdio.h>

#include "store/view.h"

static void note(void *self, const struct store_view *view)
{
    buf_addf(self, "%.*s=%.*s", (int)view->name.length, view->name.at, (int)view->filter.length,
             view->filter.at);
    buf_addf(self, "%s|", text_known(view->sort) ? "!" : "");
}

static const char *all(struct store *store)
{
    static char seen[200];
    struct buf out = BUF_INIT;
    assert_true(store_views(store, note, &out, NULL));
    snprintf(seen, sizeof seen, "%s", buf_string(&out));
    buf_release(&out);
    return seen;
}

static void put(struct store *store, const char *name, const char *filter, size_t place)
{
    const struct store_view view = {text_of(name), text_of(filter), {0}, {0}, {0}};
    assert_true(store_view_put(store, &view, place, NULL));
}

static void views_keep_their_places(void **state)
{
    struct store *store = open_for(in_folder(state, "a.db"), STORE_WRITE);
    assert_string_equal(all(store), "");
    put(store, "b", "x", 0);
    put(store, "c", "y", 1);
    put(store, "a", "z", 0);
    assert_string_equal(all(store), "a=z|b=x|c=y|");
    put(store, "d", "", 2);
    assert_string_equal(all(store), "a=z|b=x|d=|c=y|");
    put(store, "b", "new", 9);
    assert_string_equal(all(store), "a=z|b=new|d=|c=y|");
    assert_true(store_view_drop(store, TEXT("b"), NULL));
    put(store, "b", "back", 1);
    assert_string_equal(all(store), "a=z|b=back|d=|c=y|");
    store_close(store);
    store = open_for(in_folder(state, "a.db"), STORE_READ);
    assert_string_equal(all(store), "a=z|b=back|d=|c=y|");
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(views_keep_their_places, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
