#ifndef MICROSCOPE_APP_SAID_H
#define MICROSCOPE_APP_SAID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/command.h"
#include "base/buf.h"

struct model;

/* Lines of words instead of keys, for those who hear the program: "beauty", "order roi", "compare 1 2 3",
 * "why 2 roi", the name of any command, or its key. MESSAGE_SAY brings a line, and what it asks for is
 * done as if keys had been pressed, with the same steps of undo. `answer` is what is then to be told of
 * the model, once all work that it caused is done; MESSAGE_TELL comes right before it is told. */

enum said_answer {
    ANSWER_NONE, /* nothing beside the notice */
    ANSWER_OPENING,
    ANSWER_DONE,  /* the step of undo that was made */
    ANSWER_MONEY, /* the same, and what it did to the plan */
    ANSWER_COUNT, /* how many are shown now, by which filters */
    ANSWER_LIST,
    ANSWER_CURSOR, /* the creator under the cursor, in one line */
    ANSWER_CREATOR,
    ANSWER_WHY,
    ANSWER_COMPARE,
    ANSWER_PLAN,
    ANSWER_PLANS,
    ANSWER_TIERS,
    ANSWER_CHANGES,
    ANSWER_WHERE,
    ANSWER_PAGE, /* what lies on top, as it stands there */
    ANSWER_HELP, /* on said.about, or all of it */
    ANSWER_VALUES, /* one can filter by; of the column said.about, or of each group the most frequent */
    ANSWER_COLUMNS,
    ANSWER_VIEWS,
    ANSWER_ASSUMPTIONS,
    ANSWER_MESSAGES,
    ANSWER_CHOICES,  /* what may have been meant */
    ANSWER_QUESTION, /* a prompt, a form or choices are open: the next line is the answer */
    ANSWER_FIRST,    /* there are no creators: what one can begin with */
    ANSWERS
};

/* What a word does; false: see what is said of it. */
struct saying;
typedef bool said_does(struct saying *it);

/* A word that a line can begin with. */
struct said_word {
    const char *word; /* may hold blanks: "save view" */
    const char *form; /* what follows it: "COLUMN, then another"; NULL: nothing */
    const char *help; /* a few words, for help */
    enum command_group group;
    said_does *does;
};
extern const struct said_word said_words[];
extern const size_t said_word_count;

/* What an unclear word may have meant. */
#define SAID_CHOICES 8
struct said_choice {
    const struct command *command; /* NULL: `word` */
    const struct said_word *word;
};

#define SAID_PAGE 10 /* creators that a list tells at once */

struct said {
    enum said_answer answer;
    bool failed;       /* the line could not be done: `words` says why, and there is no answer */
    struct buf words;  /* of ours; what stands in them from outside is made safe */
    struct buf about;  /* what help or values are wanted of; empty: of all */
    size_t from, many; /* ANSWER_LIST: places of the list, as far as it goes … */
    size_t told;       /* … and so many of them were */
    bool lists;        /* the numbers are those of the list */
    struct {
        int64_t *items; /* ids: number n is items[n - 1] */
        size_t count, capacity;
    } numbered;
    int64_t
        creator; /* whom the answer is about, and the next line, where it names nobody; 0: nobody */
    struct said_choice choices[SAID_CHOICES];
    size_t choice_count;
};
void said_release(struct said *said);

/* The creator that a line without a name is about: row, or CATALOG_NONE. */
uint32_t said_row(const struct model *model);
/* His number among those told last; 0: he was not. */
size_t said_number(const struct model *model, int64_t id);
/* What is asked where ANSWER_QUESTION is: "Budget EUR", with what stands there now. */
void said_question(const struct model *model, struct buf *out);
/* Lines that the open question gives to choose from, numbered from 1: returns how many. */
size_t said_options(const struct model *model);
struct text said_option(const struct model *model, size_t at);

#endif
