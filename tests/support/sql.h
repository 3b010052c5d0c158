#ifndef MICROSCOPE_TESTS_SUPPORT_SQL_H
#define MICROSCOPE_TESTS_SUPPORT_SQL_H

/* What a store holds, asked by SQL and not by the program. A lock is waited for; whatever else goes
 * wrong fails the test. */

void sql_run(const char *store, const char *sql); /* as any other program would write */
/* The first value: as a number, or as text, "" where there is none; good until the 4th call after. */
double sql_number(const char *store, const char *sql);
const char *sql_value(const char *store, const char *sql);
char *sql_text(const char *store, const char *sql); /* all values, rows by newline, cells by | */

#endif
