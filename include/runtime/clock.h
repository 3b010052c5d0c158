#ifndef MICROSCOPE_RUNTIME_CLOCK_H
#define MICROSCOPE_RUNTIME_CLOCK_H

/* Seconds since 1970-01-01T00:00:00Z. Where the environment has MICROSCOPE_NOW, a date as base/date.h
 * reads it, that moment stands still: pictures and tests show the same ages for ever. */
double clock_now(void);

/* The same moment on the wall: seconds since midnight, in the zone of the user. */
double clock_of_day(void);

#endif
