#include "runtime/clock.h"

#include <stdlib.h>
#include <time.h>

#include "base/date.h"

double clock_now(void)
{
    double fixed;
    if (date_parse(text_of(getenv("MICROSCOPE_NOW")), &fixed))
        return fixed;
    return (double)time(NULL);
}
