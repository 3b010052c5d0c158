#include "runtime/loop.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <time.h>

double loop_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Rounded up: waking a moment early would mean waking twice. */
static int milliseconds_until(double deadline)
{
    if (isinf(deadline) && deadline > 0)
        return -1;
    double left = ceil((deadline - loop_now()) * 1e3);
    return left <= 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

size_t loop_wait(struct loop_source *sources, size_t count, double deadline)
{
    enum { MOST = 12 };
    assert(count <= MOST && !isnan(deadline));
    struct pollfd polled[MOST];
    for (size_t i = 0; i < count; i++) {
        polled[i] = (struct pollfd){.fd = sources[i].fd, .events = POLLIN};
        sources[i].ready = false;
    }
    for (;;) {
        int found = poll(polled, count, milliseconds_until(deadline));
        if (found > 0)
            break;
        /* A signal shows on its own source; what interrupted is no reason to return. */
        if (found == 0 || errno != EINTR)
            return 0;
    }
    size_t ready = 0;
    for (size_t i = 0; i < count; i++) {
        sources[i].ready = polled[i].revents != 0;
        ready += sources[i].ready;
    }
    return ready;
}
