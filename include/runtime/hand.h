#ifndef MICROSCOPE_RUNTIME_HAND_H
#define MICROSCOPE_RUNTIME_HAND_H

#include "app/model.h"
#include "catalog/score.h"
#include "exchange/writer.h"
#include "runtime/dossier.h"

/* What the explorer hands over, made of what the model holds at that moment, and nothing else: rows in
 * the order in which they stand, columns in the order in which they stand, figures as they are. */
struct handing {
    const struct model *model;
    enum hand_what what;
    enum hand_whom whom;
    bool (*step)(void *self, size_t done); /* of a list; false: stop. NULL: nobody is asked */
    void *step_self;
    struct comparison *all;
    struct score score; /* of it */
    struct dossier dossier;
};

/* Reads what the store has to tell (of a comparison: the past). False: it cannot be read. */
bool handing_begin(struct handing *handing, const struct model *model, enum hand_what what,
                   enum hand_whom whom, struct store *store, struct err *err);
void handing_release(struct handing *handing);
/* Writes it; wants no store. */
bool handing_write(struct handing *handing, struct writer_out out, struct err *err);

/* How figures are written for whom. */
struct writer_options handing_options(const struct model *model, enum hand_whom whom);

#endif
