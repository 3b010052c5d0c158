/* Any bytes, read as a number in each style: what is read is written, and reads back. */
#include <math.h>

#include "base/number.h"
#include "fuzz.h"

static void reads_back(double value, struct number_style style)
{
    struct buf out = {0};
    struct number_seen again;
    number_exact(&out, value);
    promise(number_parse(buf_text(&out), number_style_plain, &again), "the exact form is read");
    promise(again.value == value, "the exact form reads back");
    buf_clear(&out);
    number_fixed(&out, value, 2, style);
    promise(number_parse(buf_text(&out), style, &again), "the fixed form is read");
    promise(fabs(again.value - value) <= 0.0051 + fabs(value) * 1e-14, "the fixed form is near");
    buf_clear(&out);
    number_short(&out, value, style);
    promise(number_parse(buf_text(&out), style, &again), "the short form is read");
    promise(fabs(again.value - value) <= 0.51 + fabs(value) * 0.0051, "the short form is near");
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct number_style styles[] = {{0, '.'}, {',', '.'}, {'.', ','}, {' ', ','}};
    struct text text = {(const char *)data, size};
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        struct number_seen seen;
        bool read = number_parse(text, styles[i], &seen);
        promise(number_known(seen.value) == (read && !seen.unknown), "a value, or none");
        promise(number_known(seen.value) || isnan(seen.value), "no value is NaN");
        /* Beyond, there are more digits than the reader takes. */
        if (number_known(seen.value) && fabs(seen.value) < 1e60)
            reads_back(seen.value, styles[i]);
    }
    return 0;
}
