#ifndef TESTS_RANDOM_CREATORS_H
#define TESTS_RANDOM_CREATORS_H

#include "base/random.h"
#include "plain_compare.h"

/* Creators and assumptions of every kind: unknown, zero, extreme, and mostly ordinary. */
void random_creator(struct random *random, struct plain_creator *creator);
void random_scenario(struct random *random, struct scenario *scenario);

/* The same assumptions for the plain forecast of one format. */
struct plain_scenario plain_scenario_of(const struct scenario *scenario, enum format format,
                                        double money_left);

#endif
