/* Any bytes, typed for a figure of any unit: a finite figure that shows and reads back, or a fault within
 * the text. */
#include <math.h>

#include "domain/typed.h"
#include "fuzz.h"

static void reads_back(double value, enum unit unit, struct number_style style)
{
    struct buf shown = {0};
    struct typed again;
    typed_show(&shown, unit, value, style);
    promise(typed_read(buf_text(&shown), unit, style, NAN, &again, NULL), "what is shown is read");
    promise(fabs(again.value - value) <= fabs(value) * 1e-9, "what is shown reads back");
    buf_release(&shown);
}

static void read_one(struct text text, enum unit unit, struct number_style style, double present)
{
    struct typed typed;
    struct err err = {.message = ""};
    if (!typed_read(text, unit, style, present, &typed, &err)) {
        promise(typed.fault <= text.length, "the fault is in the text");
        promise(err.message[0] != '\0', "a fault is told");
        promise(isnan(typed.value), "no figure is NaN");
        return;
    }
    promise(number_known(typed.value), "a figure is finite");
    bool shown = typed.value == 0 ||
                 (typed.value > 1e-6 && typed.value < 1e12); /* a - in front is no value */
    if (shown && unit != UNIT_FLAG)
        reads_back(typed.value, unit, style);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct number_style styles[] = {{0, '.'}, {',', '.'}, {'.', ','}};
    static const enum unit units[] = {UNIT_COUNT, UNIT_SHARE,     UNIT_RATIO,
                                      UNIT_MONEY, UNIT_UNIT_COST, UNIT_FLAG};
    struct text text = {(const char *)data, size};
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++)
        for (size_t k = 0; k < sizeof units / sizeof units[0]; k++) {
            read_one(text, units[k], styles[i], NAN);
            read_one(text, units[k], styles[i], 480);
        }
    return 0;
}
