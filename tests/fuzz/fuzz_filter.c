/* Any bytes as filter words and as a rule of the filling: refused with a reason and a place in the text, or
 * something that prints as what reads back as equal. */
#include "base/utf8.h"
#include "catalog/fill.h"
#include "catalog/filter.h"
#include "fuzz.h"

/* Code points; of bytes that are no text each may count for one. */
static size_t points(struct text text)
{
    bool valid = utf8_valid(text);
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += !valid || (text.at[i] & 0xC0) != 0x80;
    return count;
}

static void expect_told(const struct err *err, struct text text)
{
    promise(err->message[0] != '\0', "a refusal says why");
    promise(err->column >= 1 && (size_t)err->column <= points(text) + 1,
            "its place is in the text, or right after it");
}

static void filter_one(struct text text, const struct filter_context *context)
{
    struct filter filter, again;
    struct buf printed = BUF_INIT, label = BUF_INIT;
    struct err err = {.message = ""};
    filter_init(&filter);
    filter_init(&again);
    if (filter_parse(text, context, &filter, &err)) {
        promise(filter.count <= FILTER_TERMS, "no more terms than there is room for");
        filter_print(&filter, &printed);
        promise(filter_parse(buf_text(&printed), context, &again, &err), "what is printed is read");
        promise(filter_equal(&filter, &again), "as an equal filter");
        for (size_t i = 0; i < filter.count; i++)
            filter_label(&filter.items[i], &label);
    } else {
        promise(filter.count == 0, "a refusal leaves the filter as it was");
        expect_told(&err, text);
    }
    filter_release(&filter);
    filter_release(&again);
    buf_release(&printed);
    buf_release(&label);
}

static void rule_one(struct text text, const struct filter_context *context)
{
    struct fill_rule rule = {.filter.count = 0}, again = {.filter.count = 0};
    struct buf printed = BUF_INIT, twice = BUF_INIT;
    struct err err = {.message = ""};
    if (fill_rule_parse(text, context, &rule, &err)) {
        fill_rule_print(&rule, &printed);
        promise(fill_rule_parse(buf_text(&printed), context, &again, &err), "a rule reads back");
        fill_rule_print(&again, &twice);
        promise(text_equal(buf_text(&printed), buf_text(&twice)), "as the same rule");
    } else {
        expect_told(&err, text);
    }
    fill_rule_release(&rule);
    fill_rule_release(&again);
    buf_release(&printed);
    buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text text = {(const char *)data, size};
    const struct filter_context context = {NULL, false};
    filter_one(text, &context);
    rule_one(text, &context);
    return 0;
}
