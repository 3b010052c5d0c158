#ifndef MICROSCOPE_RUNTIME_TERM_INFO_INTERNAL_H
#define MICROSCOPE_RUNTIME_TERM_INFO_INTERNAL_H

#include <stddef.h>

/* The data base of terminals. Apart from the rest because <term.h> claims `struct term` and words
 * like `columns` for itself. */

/* Whether a terminal has a description, and one that lets the cursor be placed. */
enum term_info { TERM_INFO_UNKNOWN, TERM_INFO_USELESS, TERM_INFO_USEFUL };
enum term_info term_info_look(const char *name);

/* Finds the program's own descriptions too, behind those of the system, until the other is called. */
void term_info_widen(void);
void term_info_narrow(void);
/* The description with direct colours of a terminal that says by COLORTERM that it has them, into `name`;
 * left as it is where there is none. */
void term_info_direct(char *name, size_t size);

/* A string of the terminal in use (after newterm()); NULL where it has none. */
const char *term_info_string(const char *capability);
/* Of a terminal with direct colours: how many numbers stand for the terminal's own colours. */
int term_info_named_colours(void);

#endif
