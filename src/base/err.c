#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Formats aside first: the arguments may well be the old message. */
static void write_message(struct err *err, const char *format, va_list arguments)
{
    char message[sizeof err->message];
    vsnprintf(message, sizeof message, format, arguments);
    memcpy(err->message, message, strlen(message) + 1);
}

bool err_set(struct err *err, const char *format, ...)
{
    if (!err)
        return false;
    va_list arguments;
    va_start(arguments, format);
    write_message(err, format, arguments);
    va_end(arguments);
    err->line = err->column = 0;
    return false;
}

bool err_at(struct err *err, size_t line, size_t column, const char *format, ...)
{
    if (!err)
        return false;
    va_list arguments;
    va_start(arguments, format);
    write_message(err, format, arguments);
    va_end(arguments);
    err->line = line;
    err->column = column;
    return false;
}

bool err_before(struct err *err, const char *format, ...)
{
    if (!err)
        return false;
    char was[sizeof err->message];
    memcpy(was, err->message, sizeof was);
    va_list arguments;
    va_start(arguments, format);
    write_message(err, format, arguments);
    va_end(arguments);
    size_t length = strlen(err->message);
    snprintf(err->message + length, sizeof err->message - length, ": %s", was);
    return false;
}
