#ifndef MICROSCOPE_BASE_ERR_H
#define MICROSCOPE_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

/* What went wrong in the world outside. A function that can fail returns bool and takes a
 * `struct err *` last; the struct is written only when it returns false. Passing NULL is allowed
 * where the reason does not matter.
 *
 * Wording: lower case, what first, the subject in single quotes, no full stop:
 * "cannot open 'deals.db': file is not a database". The message may hold bytes from outside: pass
 * it through text_safe() before a person sees it. */
struct err {
    char message[512];
    size_t line;   /* 1-based place in the input; 0: no place */
    size_t column; /* 1-based, counted in code points; 0: whole line */
};

/* Sets the message and clears the place. Returns false, so that `return err_set(…)` reads well. */
bool err_set(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same with a place in an input. */
bool err_at(struct err *err, size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Puts "format: " before the message that is there, keeping its place. Returns false. */
bool err_before(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
