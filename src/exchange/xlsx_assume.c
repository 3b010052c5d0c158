#include "domain/knob.h"
#include "xlsx_internal.h"

/* What all of it rests on. Numbers are the recipient's to change; those that the sheet Plan is made
 * of come first. */

/* What moves ranges and media values only, or says what was chosen, moves no sum of the plan. */
static bool is_live(const struct knob *knob)
{
    static const char *const never[] = {"spread_", "own_", "value_", "deliverables", "fill"};
    struct text key = text_of(knob->key);
    bool live = knob->kind == KNOB_NUMBER || knob->kind == KNOB_RATE;
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        live = live && !text_starts(key, never[i]);
    return live;
}

static void name_cell(struct xlsx_sheet *sheet, const char *key)
{
    char where[64];
    if (sheet->xlsx->failed)
        return;
    snprintf(where, sizeof where, "=Assumptions!$B$%u", (unsigned)sheet->row + 1);
    if (workbook_define_name(sheet->xlsx->book, key, where) != LXW_NO_ERROR)
        sheet->xlsx->failed = !err_set(sheet->xlsx->err, "cannot name '%s'", key);
}

static void value_cell(struct xlsx_sheet *sheet, lxw_col_t column, const struct knob *knob,
                       double value, enum xlsx_look look)
{
    if (knob->unit == UNIT_FLAG)
        xlsx_string(sheet, column, value != 0 ? "on" : "off", look);
    else
        xlsx_number(sheet, column, knob->unit, value, 0, look);
}

static void knob_row(struct xlsx_sheet *sheet, const struct knob *knob, bool live)
{
    const struct scenario *scenario = sheet->xlsx->handover->scenario;
    bool own = scenario_own(scenario, text_of(knob->key));
    struct buf text = BUF_INIT;
    xlsx_string(sheet, 0, knob->title, XLSX_PLAIN);
    if (knob->kind == KNOB_NUMBER || knob->kind == KNOB_RATE) {
        value_cell(sheet, 1, knob, scenario_knob_number(scenario, text_of(knob->key)),
                   live ? XLSX_INPUT : XLSX_PLAIN);
        if (knob->kind == KNOB_NUMBER && number_known(knob->standard))
            value_cell(sheet, 2, knob, knob->standard, XLSX_NOTE);
        name_cell(sheet, knob->key);
    } else {
        scenario_knob_get(scenario, text_of(knob->key), &text);
        xlsx_text(sheet, 1, buf_text(&text), XLSX_PLAIN);
    }
    xlsx_string(sheet, 3, own ? "set by the user" : knob->source, XLSX_NOTE);
    xlsx_string(sheet, 4, knob->help, XLSX_NOTE);
    xlsx_string(sheet, 5, knob->key, XLSX_NOTE);
    sheet->row++;
    buf_release(&text);
}

static void knob_rows(struct xlsx_sheet *sheet, bool live, const char *title)
{
    struct knob knob;
    size_t at = 0;
    sheet->row++;
    xlsx_string(sheet, 0, title, XLSX_SUM);
    sheet->row++;
    while (knob_next(&at, sheet->xlsx->handover->scenario, &knob))
        if (!knob.group && is_live(&knob) == live)
            knob_row(sheet, &knob, live);
}

void xlsx_assumptions(struct xlsx *xlsx)
{
    static const char *const titles[] = {"Assumption", "Value",      "Default",
                                         "Source",     "What it is", "Key"};
    static const double widths[] = {26, 14, 12, 40, 40, 22};
    struct xlsx_sheet sheet;
    xlsx_sheet_open(&sheet, xlsx, "Assumptions", 6);
    for (size_t i = 0; i < 6; i++) {
        xlsx_string(&sheet, (lxw_col_t)i, titles[i], XLSX_HEAD);
        sheet.widths[i] = widths[i];
    }
    if (sheet.sheet)
        worksheet_freeze_panes(sheet.sheet, 1, 1);
    knob_rows(&sheet, true,
              xlsx->handover->plan ? "Change these: the sheet Plan follows"
                                   : "What the figures rest on");
    knob_rows(&sheet, false, "As they were when this was made; no sum of this file follows them");
    xlsx_sheet_close(&sheet);
}
