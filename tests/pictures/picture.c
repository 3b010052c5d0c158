#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>

#include <cmocka.h>

#include "drawing.h"

/* A picture of the real program in a terminal, as SVG:
 *
 *     picture OUT.svg COLUMNSxROWS [KEY …] -- PROGRAM [ARGUMENT …] */

static struct order order;

static void take(void **state)
{
    struct buf svg = BUF_INIT;
    (void)state;
    struct pty *pty = order_open(&order);
    for (int i = 0; i < order.key_count; i++)
        press(pty, order.keys[i]);
    uint32_t ground = ground_of(pty);
    draw_begin(&svg, order.columns, order.rows, ground);
    for (int row = 0; row < order.rows; row++)
        draw_row(pty, &svg, order.columns, row, ground);
    draw_end(&svg, order.out);
    pty_close(pty);
    buf_release(&svg);
}

int main(int argc, char **argv)
{
    if (!order_read(&order, argc, argv))
        return 2;
    const struct CMUnitTest pictures[] = {cmocka_unit_test(take)};
    return cmocka_run_group_tests_name(order.out, pictures, NULL, NULL);
}
