#ifndef MICROSCOPE_EXCHANGE_REJECTS_H
#define MICROSCOPE_EXCHANGE_REJECTS_H

#include "exchange/import.h"
#include "exchange/writer.h"

/* The rows of a file that could not be used, as a file to be mended and imported again
 * (`--rejects R.csv`), written as they come up, so that a million of them take no memory.
 *
 * CSV: the file's header and each rejected row as it stands there, in UTF-8 and with the file's own
 * separator; in front of them the columns
 *
 *     reject_line, reject_column (its header), reject_value, reject_reason
 *
 * and one, "reject_map: {…}", whose header is the whole plan as a mapping file and whose cells are
 * empty: a mended row then means what it would have meant in its file, where a few rows alone might
 * be read otherwise. They stand in front because a rejected row may have any number of cells. A cell
 * that a spreadsheet would run as a formula gets an apostrophe, which the import takes off again.
 *
 * JSON: the elements as JSON Lines with such members in front, the first of them with reject_map;
 * what is no object stands as text in reject_element.
 *
 * The import plans with the map (a map of the user's goes before it) and passes by the others without
 * a word. */
struct import_rejects {
    struct writer_out out;
    uint64_t rows;
    struct err err; /* of the first write that failed */
    bool failed;
};

void import_rejects_init(struct import_rejects *rejects, struct writer_out out);
/* Of a run with listener.rows; what is no TROUBLE_REJECT is passed by. */
void import_rejects_put(struct import_rejects *rejects, const struct import_plan *plan,
                        const struct import_problem *problem);
/* False: something could not be written. */
bool import_rejects_end(struct import_rejects *rejects, struct err *err);

#endif
