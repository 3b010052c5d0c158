#ifndef MICROSCOPE_EXCHANGE_XLSX_INTERNAL_H
#define MICROSCOPE_EXCHANGE_XLSX_INTERNAL_H

#include <xlsxwriter.h>

#include "exchange/handover.h"

/* A workbook on its way out, row by row into files of its own: memory stays flat. The first failure
 * is kept. */

enum xlsx_look {
    XLSX_PLAIN,
    XLSX_INPUT, /* the recipient's to change */
    XLSX_HEAD,
    XLSX_TITLE,
    XLSX_NOTE,
    XLSX_SUM,
    XLSX_BEST,
    XLSX_LOOKS
};
enum { XLSX_MARKS = 4 }; /* none ~ > = */

struct xlsx {
    const struct handover *handover; /* NULL: one table */
    lxw_workbook *book;
    lxw_format *formats[XLSX_LOOKS][UNIT_COUNT_OF + 1][XLSX_MARKS]; /* made when first used */
    struct buf path;                                                /* while it grows */
    struct buf text;
    bool failed;
    struct err *err;
};

/* A sheet, written from above to below. */
struct xlsx_sheet {
    struct xlsx *xlsx;
    lxw_worksheet *sheet;
    lxw_row_t row;
    double *widths; /* in characters, by column */
    size_t columns;
};

bool xlsx_open(struct xlsx *xlsx, const struct handover *handover, struct err *err);
/* Puts all of it into `out`, if nothing failed; releases in either case. */
bool xlsx_close(struct xlsx *xlsx, struct writer_out out);

void xlsx_sheet_open(struct xlsx_sheet *sheet, struct xlsx *xlsx, const char *name, size_t count);
void xlsx_sheet_close(struct xlsx_sheet *sheet); /* sets widths */

/* Cells of the present row. Text is text, whatever it looks like; unknown figures are empty. */
void xlsx_text(struct xlsx_sheet *sheet, lxw_col_t column, struct text text, enum xlsx_look look);
void xlsx_string(struct xlsx_sheet *sheet, lxw_col_t column, const char *text, enum xlsx_look look);
/* Above figures it stands on the right, as they do. */
void xlsx_head(struct xlsx_sheet *sheet, lxw_col_t column, const char *text, enum unit unit);
void xlsx_number(struct xlsx_sheet *sheet, lxw_col_t column, enum unit unit, double value,
                 char mark, enum xlsx_look look);
/* With the value it has now; an unknown one is the empty text, as the formula itself says it. */
void xlsx_formula(struct xlsx_sheet *sheet, lxw_col_t column, enum unit unit, double value,
                  char mark, enum xlsx_look look, const char *formula);
void xlsx_note(struct xlsx_sheet *sheet, const char *text); /* over all columns; a row of its own */

/* A table of creators. */
bool xlsx_list_fits(const struct writer_column *layout, size_t count, size_t rows, struct err *err);
void xlsx_list_begin(struct xlsx_sheet *sheet, const struct writer_column *layout, size_t count);
void xlsx_list_row(struct xlsx_sheet *sheet, const struct writer_column *layout, size_t count,
                   const struct writer_cell *cells);
void xlsx_list_end(struct xlsx_sheet *sheet, const struct writer_column *layout, size_t count);

void xlsx_plan(struct xlsx *xlsx, const struct handover_plan *plan);
void xlsx_comparison(struct xlsx *xlsx, const struct handover_comparison *comparison);
/* Every number has a name, its key: formulas are read by them. */
void xlsx_assumptions(struct xlsx *xlsx);

bool xlsx_document(const struct handover *handover, const struct writer_options *options,
                   struct writer_out out, struct err *err);

#endif
