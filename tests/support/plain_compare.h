#ifndef TESTS_PLAIN_COMPARE_H
#define TESTS_PLAIN_COMPARE_H

#include "domain/forecast.h"
#include "plain_forecast.h"

/* Plain creators as the columns that the program reads, every fact a binary64. */
struct plain_world {
    struct facts facts;
    uint8_t *platform;
    double *numbers;
};
void plain_world_init(struct plain_world *world, const struct plain_creator *creators,
                      size_t count);
void plain_world_release(struct plain_world *world);

/* Equal to 1e-9, both unknown, or both never. `scale`: what the figure is a difference of. */
bool plain_equal(double a, double b, double scale);

/* Compares every figure; prints each that differs, with both values and `who`. True: all agree. */
bool plain_agrees(const char *who, const struct plain_figures *plain,
                  const struct figures *figures);

#endif
