#include "runtime/width.h"

#include <wchar.h>

static int library_width(uint32_t code_point)
{
    return wcwidth((wchar_t)code_point);
}

const struct width_table *runtime_width_table(void)
{
    static const struct width_table table = {library_width};
    return &table;
}
