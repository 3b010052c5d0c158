/* Any bytes as text from outside: the first two choose cells and side. What comes out is valid,
 * settled, and exactly as wide as asked for. */
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "fuzz.h"

static int cells_of(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_CN
               ? -1
               : utf8proc_charwidth((utf8proc_int32_t)c);
}

static const struct width_table widths = {cells_of};

static void check_fit(struct text text, size_t cells, enum fit_side side)
{
    struct buf fitted = {0}, again = {0};
    text_fit(&fitted, text, cells, side, '>', &widths);
    promise(utf8_valid(buf_text(&fitted)), "fitted text is valid");
    promise(text_width(buf_text(&fitted), &widths) == cells, "fitted text has its width");
    promise(fitted.length <= cells * 16, "fitted text is bounded");
    promise(!text_safe(&again, buf_text(&fitted)), "fitted text is safe");
    promise(text_equal(buf_text(&fitted), buf_text(&again)), "safe text stays as it is");
    buf_release(&fitted);
    buf_release(&again);
}

static void check_fold(struct text text)
{
    struct buf once = {0}, twice = {0};
    utf8_fold(&once, text);
    utf8_fold(&twice, buf_text(&once));
    promise(utf8_valid(buf_text(&once)), "folded text is valid");
    promise(text_equal(buf_text(&once), buf_text(&twice)), "folded text stays as it is");
    buf_release(&once);
    buf_release(&twice);
}

static void check_steps(struct text text)
{
    for (size_t at = 0, next; at < text.length; at = next) {
        next = utf8_next(text, at);
        promise(next > at && next <= text.length, "a step goes on");
        if (next < 64)
            promise(utf8_previous(text, next) == at, "a step back undoes it");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct text text = {(const char *)data + 2, size - 2};
    struct buf repaired = {0};
    utf8_repair(&repaired, text);
    promise(utf8_valid(buf_text(&repaired)), "repaired text is valid");
    if (utf8_valid(text))
        promise(
            text_equal(buf_text(&repaired), (struct text){repaired.at ? text.at : "", text.length}),
            "valid text needs no repair");
    buf_release(&repaired);
    check_fit(text, data[0], data[1] % 2 ? FIT_LEFT : FIT_RIGHT);
    check_fold(text);
    check_steps(text);
    return 0;
}
