#include "runtime/clock.h"

#include <math.h>
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

double clock_of_day(void)
{
    time_t now = (time_t)clock_now();
    struct tm local;
    if (!localtime_r(&now, &local))
        return fmod((double)now, DATE_DAY);
    return local.tm_hour * 3600.0 + local.tm_min * 60.0 + local.tm_sec;
}
