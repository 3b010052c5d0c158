#ifndef TESTS_RANDOM_CREATORS_H
#define TESTS_RANDOM_CREATORS_H

#include "base/random.h"
#include "plain_compare.h"

/* Creators and assumptions of every kind: unknown, zero, extreme, and mostly ordinary. */
void random_creator(struct random *random, struct plain_creator *creator);
/* What the user plans with one: a format, a fee, both or neither. */
void random_planned(struct random *random, struct plain_creator *creator);
void random_scenario(struct random *random, struct scenario *scenario);

/* The same assumptions for the plain forecast of one format. */
struct plain_scenario plain_scenario_of(const struct scenario *scenario, enum format format,
                                        double money_left);
/* … and of the format that a creator is planned for. */
enum format planned_format(const struct plain_creator *creator);
struct plain_scenario plain_scenario_for(const struct scenario *scenario,
                                         const struct plain_creator *creator, double money_left);

#endif
