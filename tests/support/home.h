#ifndef MICROSCOPE_TESTS_SUPPORT_HOME_H
#define MICROSCOPE_TESTS_SUPPORT_HOME_H

/* A folder of the test's own, which the program under test takes for its home: nothing of the one who
 * runs the test is read or written. One at a time. */

int home_make(void **state); /* a setup and a teardown for cmocka */
int home_remove(void **state);
const char *home_folder(void);
/* A path in it; good until the 16th call after. */
const char *at_home(const char *name);

#endif
