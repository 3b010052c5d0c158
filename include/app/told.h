#ifndef MICROSCOPE_APP_TOLD_H
#define MICROSCOPE_APP_TOLD_H

#include <stdbool.h>
#include <stddef.h>

/* What the status line has told in this session: a message that gave way to the next one is not lost. */

#define TOLD_MOST ((size_t)200)   /* the oldest goes */
#define NOTICE_MOST ((size_t)256) /* bytes of a message, its end included */

struct told_message {
    double day;             /* when: seconds of the local day; NaN: nobody knows */
    bool alarm;             /* it tells of a failure */
    unsigned times;         /* one after the other */
    char text[NOTICE_MOST]; /* UTF-8, not made safe */
};

struct told {
    struct told_message *items;
    size_t count, capacity;
    size_t oldest; /* where the next one goes, once there is no more room */
};
void told_release(struct told *told);

/* What was told last already only counts once more. */
void told_add(struct told *told, const char *text, bool alarm, double day);
/* The newest is 0; NULL: there are not so many. */
const struct told_message *told_at(const struct told *told, size_t nth);

#endif
