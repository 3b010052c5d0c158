#ifndef MICROSCOPE_TESTS_SCREEN_FORM_INTERNAL_H
#define MICROSCOPE_TESTS_SCREEN_FORM_INTERNAL_H

struct screen;

/* Steps that say what the runtime would of a file that is to be imported. Parts stand between |.
 *
 *   form FILE | ABOUT | MISSING       begins one; ABOUT may be `blind`
 *   ask SIGN | TITLE | SHOWN | NOTE | CHOICE, CHOICE
 *                                     ? a guess, ! open, - answered, = settled by the file
 *   column HEADER | BECOMES | EXAMPLE | NOTE | CHOICE, CHOICE
 *                                     a note after ! is a doubt, after t one on somebody's tiers
 *   note WORDS                        worth a look
 *   show form                         … to the model
 *   lost rejected 88 no handle        what it cannot use, and more of which only the number is known
 *   more lost 120
 *   figures 300 rows 287 new 9 changed 0 as-before 14 tiers
 *                                     what it brings; without the counts: it is still looked at
 *
 * And of the imports that the store keeps, the newest first:
 *
 *   batch 7 | creators.csv | 300 rows 287 new 9 changed 0 as-before 4 lost | DAYS | DAYS
 *                                     how long ago; and how long ago it was taken back
 *   show imports                      … to the model
 *
 * And of the lists on this computer, for an empty store:
 *
 *   list NAME | FOLDER | HOURS | ROWS  how long ago; ROWS may be `book`, `?` or `wait`
 *   show lists                        … to the model
 */
void step_form(struct screen *screen, const char *rest);
void step_ask(struct screen *screen, const char *rest);
void step_column(struct screen *screen, const char *rest);
void step_note(struct screen *screen, const char *rest);
void step_show_form(struct screen *screen, const char *rest);
void step_lost(struct screen *screen, const char *rest);
void step_more_lost(struct screen *screen, const char *rest);
void step_figures(struct screen *screen, const char *rest);
void step_batch(struct screen *screen, const char *rest);
void step_imports(struct screen *screen, const char *rest);
void step_list(struct screen *screen, const char *rest);
void step_lists(struct screen *screen, const char *rest);

#endif
