#ifndef MICROSCOPE_RUNTIME_IMPORT_FORM_H
#define MICROSCOPE_RUNTIME_IMPORT_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "app/form.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/doc.h"
#include "base/err.h"
#include "exchange/import.h"
#include "runtime/import_job.h"

/* A file that the user looks at before it is imported: how it is understood, what he says otherwise, and
 * a folder of our own for what the child that reads it is given and gives back. Zeroed is closed. */
struct import_form {
    bool open;
    bool blind;      /* no plain file: it can be read once only */
    struct buf path; /* ready to be opened */
    struct buf folder;
    struct import_plan plan;
    struct doc map;   /* what the user says */
    struct doc stood; /* what was guessed and let stand, of the last file with these columns */
    uint64_t headers; /* which columns the file has */
    struct
        import_asked { /* what was a question, so that it stays where it is when it is answered */
        struct import_question {
            enum import_topic topic;
            size_t column;
        } * items;
        size_t count, capacity;
    } asked;
    struct import_asked said; /* what was answered since it is open */
    bool remembered;          /* there are answers for an earlier file */
    struct buf map_path, report_path, rejects_path;
};

/* Reads the beginning of the file. `answers` are those of earlier files, as import_form_remember() made
 * them; may be empty. False: it is closed. */
bool import_form_open(struct import_form *form, struct text path, struct text answers,
                      struct err *err);
/* Understands the file anew, with this decision of its plan as `word` says. False: it cannot be so, and
 * nothing has changed. */
bool import_form_answer(struct import_form *form, size_t decision, struct text word,
                        struct err *err);
void import_form_close(struct import_form *form);
/* The file is in the store: nothing more is to be answered, but what was left out of it can be kept until
 * the next one is opened. */
void import_form_end(struct import_form *form);
/* Keeps the rows that were left out as a file in `folder` (its name ends in /, or is empty), under a name
 * after that of the list that nobody has yet; `path` is where. */
bool import_form_keep_rejects(const struct import_form *form, struct text folder, struct buf *path,
                              struct err *err);

/* Is it one of those that were asked? */
bool import_form_asks(const struct import_form *form, const struct import_decision *decision);

/* Is it a guess that needs another look? Not where the same one was let stand before. */
bool import_form_doubts(const struct import_form *form, const struct import_decision *decision);

/* Why it is so, to the one who looks at the form: what stands in its map was said by him. */
struct text import_form_why(const struct import_form *form, const struct import_decision *decision,
                            struct text why);

/* As it stands on the screen; the texts live in `arena`, or as long as the plan does. */
void import_form_show(const struct import_form *form, struct arena *arena, struct form_plan *out);

/* What a child is to be given: the whole plan as a mapping file. The report is to be read at its end. */
bool import_form_request(struct import_form *form, bool dry, struct import_request *out,
                         struct err *err);

/* `before` with what the user said of files with these columns, which holds for the next, and with what
 * was guessed and let stand, which is no question where it is guessed again; the latest come first, and
 * only some are kept. Days are not among them: each file has its own. Nothing
 * where nothing had to be said. */
void import_form_remember(const struct import_form *form, struct text before, struct buf *out);

/* What the report at `path` says could not be used, and how often; texts live in `arena`. Where there are
 * very many, the first of each kind. */
void import_lost_read(const char *path, struct arena *arena, struct form_figures *out);

#endif
