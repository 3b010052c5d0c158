#ifndef MICROSCOPE_CATALOG_PARSER_INTERNAL_H
#define MICROSCOPE_CATALOG_PARSER_INTERNAL_H

#include "catalog/filter.h"

/* A filter line being read: terms in filter_parse.c, their values in filter_value.c. */

struct parser {
    struct text text;
    size_t at;
    const struct filter_context *context;
    struct err *err;
};

size_t parser_column(const struct parser *parser, size_t at); /* of a byte, as a person counts */
bool parser_unknown_key(struct parser *parser, size_t at, struct text key); /* false, explained */

/* Adds one value, which stands at byte `at`. The term knows its kind, key, column and op. */
bool parser_add_value(struct parser *parser, struct filter_term *term, struct text text, size_t at);

#endif
