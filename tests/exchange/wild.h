#ifndef MICROSCOPE_TESTS_WILD_H
#define MICROSCOPE_TESTS_WILD_H

#include "exchange/import.h"

/* What each file of fixtures/wild has to become; the files are written by hand after lists as people
 * publish them, everybody in them is invented. What is not said is 0, UTF-8, or nothing. */
struct wild {
    int point;        /* 1 encodings 2 line ends 3 separators 4 preamble 5 counts 6 rates 7 missing
                       * 8 handles 9 headers 10 duplicates 11 text 12 topics 13 countries 14 prices
                       * 15 other files 16 JSON 17 labels 18 snapshots */
    const char *file; /* in fixtures/wild */
    const char *refused; /* words of the refusal; NULL: it is read */
    enum import_encoding encoding;
    char separator;
    size_t header;
    uint64_t rows, creators, rejected, repeats, identical, unknown, warnings, tiers;
    double followers; /* of all records */
    size_t guesses;
    const char *records, *problems; /* see imported.h */
};
extern const struct wild wild[];
extern const size_t wild_count;

#endif
