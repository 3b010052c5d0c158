#ifndef TESTS_PLAIN_SAMPLE_H
#define TESTS_PLAIN_SAMPLE_H

#include "catalog/catalog.h"
#include "plain_forecast.h"

/* A creator of the sample data for the plain forecast: all of its fees are in EUR. */
struct plain_creator plain_of_sample(const struct catalog *catalog, uint32_t row);

#endif
