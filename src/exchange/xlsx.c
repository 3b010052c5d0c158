#include "xlsx_internal.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"

/* ---- Failures ---- */

static void fail(struct xlsx *xlsx, const char *why)
{
    if (!xlsx->failed)
        err_set(xlsx->err, "cannot write the workbook: %s", why);
    xlsx->failed = true;
}

static void check(struct xlsx *xlsx, lxw_error error)
{
    if (error != LXW_NO_ERROR)
        fail(xlsx, lxw_strerror(error));
}

/* ---- The file ---- */

/* The library writes to a file by name only: one of our own, which nobody else can read. */
static bool make_file(struct xlsx *xlsx)
{
    const char *folder = getenv("TMPDIR");
    buf_addf(&xlsx->path, "%s/microscope-XXXXXX", folder && folder[0] ? folder : "/tmp");
    int fd = mkstemp(xlsx->path.at);
    if (fd < 0) {
        err_set(xlsx->err, "cannot make a file in '%s': %s", folder ? folder : "/tmp",
                strerror(errno));
        buf_clear(&xlsx->path);
        return false;
    }
    close(fd);
    return true;
}

static void say_when(struct xlsx *xlsx)
{
    struct buf title = BUF_INIT, safe = BUF_INIT;
    lxw_doc_properties about = {.created = 0};
    if (xlsx->handover) {
        handover_title(xlsx->handover, &title);
        about.created = (time_t)xlsx->handover->at;
    }
    text_safe(&safe, title.length > 0 ? text_part(buf_text(&title), 0, 200) : TEXT("microscope"));
    buf_string(&safe);
    about.title = safe.at;
    check(xlsx, workbook_set_properties(xlsx->book, &about));
    buf_release(&title);
    buf_release(&safe);
}

bool xlsx_open(struct xlsx *xlsx, const struct handover *handover, struct err *err)
{
    *xlsx = (struct xlsx){.handover = handover, .err = err};
    if (!make_file(xlsx)) {
        xlsx->failed = true;
        return false;
    }
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = getenv("TMPDIR")};
    xlsx->book = workbook_new_opt(buf_string(&xlsx->path), &options);
    if (!xlsx->book)
        fail(xlsx, "no room for temporary files");
    else
        say_when(xlsx);
    return !xlsx->failed;
}

static bool copy(struct xlsx *xlsx, struct writer_out out)
{
    char bytes[1 << 15];
    FILE *file = fopen(buf_string(&xlsx->path), "rb");
    size_t got = 1;
    bool ok = file != NULL;
    while (ok && (got = fread(bytes, 1, sizeof bytes, file)) > 0)
        ok = out.write(out.self, (struct text){bytes, got}, xlsx->err);
    if (!file || ferror(file))
        ok = err_set(xlsx->err, "cannot read '%s': %s", buf_string(&xlsx->path), strerror(errno));
    if (file)
        fclose(file);
    return ok;
}

/* What did not get into the files of the sheets the library does not notice. */
static void check_sheets(struct xlsx *xlsx)
{
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, xlsx->book->worksheets, list_pointers)
    if (sheet->optimize_tmpfile &&
        (fflush(sheet->optimize_tmpfile) != 0 || ferror(sheet->optimize_tmpfile)))
        fail(xlsx, "no room for temporary files");
}

/* From so many rows on it takes longer than somebody who cancels waits. */
#define CHILD_FROM 20000
#define LOOK_AFTER 20000000 /* nanoseconds */

static bool wait_for(struct xlsx *xlsx, pid_t child, int *status)
{
    const struct timespec pause = {.tv_nsec = LOOK_AFTER};
    pid_t done;
    while ((done = waitpid(child, status, WNOHANG)) == 0 || (done < 0 && errno == EINTR)) {
        if (!xlsx->handover->goes_on(xlsx->handover->self)) {
            kill(child, SIGKILL);
            while (waitpid(child, status, 0) < 0 && errno == EINTR)
                continue;
            return false;
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

static void forget_book(struct xlsx *xlsx)
{
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, xlsx->book->worksheets, list_pointers)
    if (sheet->optimize_tmpfile)
        fclose(sheet->optimize_tmpfile);
    lxw_workbook_free(xlsx->book);
}

/* The library puts the file together in one go that cannot be stopped: where that takes long a child does
 * it. What is in memory is not copied by that, and the files of the sheets are the same. */
static void put_together(struct xlsx *xlsx)
{
    const struct handover *handover = xlsx->handover;
    bool large = handover && handover->goes_on && handover->list &&
                 handover->list->rows >= CHILD_FROM && !xlsx->failed;
    int status = 0;
    pid_t child = large ? fork() : -1;
    if (child == 0)
        _exit((int)workbook_close(xlsx->book));
    if (child < 0) {
        check(xlsx, workbook_close(xlsx->book));
        return;
    }
    if (!wait_for(xlsx, child, &status))
        xlsx->failed = true;
    else if (!WIFEXITED(status))
        fail(xlsx, "what puts it together was ended");
    else
        check(xlsx, (lxw_error)WEXITSTATUS(status));
    forget_book(xlsx);
}

bool xlsx_close(struct xlsx *xlsx, struct writer_out out)
{
    if (xlsx->book) {
        check_sheets(xlsx);
        put_together(xlsx);
    }
    bool ok = !xlsx->failed && copy(xlsx, out);
    if (xlsx->path.length > 0)
        unlink(buf_string(&xlsx->path));
    buf_release(&xlsx->path);
    buf_release(&xlsx->text);
    return ok;
}

/* ---- Sheets ---- */

void xlsx_sheet_open(struct xlsx_sheet *sheet, struct xlsx *xlsx, const char *name, size_t count)
{
    *sheet = (struct xlsx_sheet){.xlsx = xlsx, .columns = count};
    sheet->widths = mem_zero(count + 1, sizeof *sheet->widths);
    sheet->sheet = xlsx->failed ? NULL : workbook_add_worksheet(xlsx->book, name);
    if (!sheet->sheet)
        fail(xlsx, "no room for temporary files");
    else
        worksheet_set_landscape(sheet->sheet);
}

#define WIDTH_LEAST 7.0
#define WIDTH_MOST 44.0

void xlsx_sheet_close(struct xlsx_sheet *sheet)
{
    for (size_t i = 0; sheet->sheet && i < sheet->columns; i++) {
        double width = fmin(fmax(sheet->widths[i] + 2, WIDTH_LEAST), WIDTH_MOST);
        check(sheet->xlsx,
              worksheet_set_column(sheet->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL));
    }
    if (sheet->sheet)
        worksheet_fit_to_pages(sheet->sheet, 1, 0);
    free(sheet->widths);
    sheet->widths = NULL;
}

static void widen(struct xlsx_sheet *sheet, lxw_col_t column, double width)
{
    if (column < sheet->columns)
        sheet->widths[column] = fmax(sheet->widths[column], width);
}

/* ---- Formats ---- */

static const char *const number_formats[UNIT_COUNT_OF] = {
    [UNIT_COUNT] = "#,##0",
    [UNIT_AVERAGE] = "#,##0",
    [UNIT_SHARE] = "0.00%",
    [UNIT_RATIO] = "0.00\"x\"",
    [UNIT_ROI] = "+0%;-0%;0%",
    [UNIT_GROWTH] = "+0.00%;-0.00%;0.00%",
    [UNIT_MONEY] = "#,##0",
    [UNIT_PROFIT] = "+#,##0;-#,##0;0",
    [UNIT_UNIT_COST] = "#,##0.00",
    [UNIT_ESTIMATE] = "#,##0.0",
    [UNIT_SCORE] = "0",
    [UNIT_DAYS] = "0\" d\"",
    [UNIT_TIME] = "yyyy-mm-dd",
    [UNIT_FLAG] = "0",
};

static const char marks[XLSX_MARKS] = {0, '~', '>', '='};

/* "~" before each part of "+0%;-0%;0%". */
static void marked(struct buf *out, const char *format, char mark)
{
    struct text rest = text_of(format), part;
    for (bool first = true; text_next(&rest, ';', &part); first = false) {
        buf_add_string(out, first ? "" : ";");
        if (mark)
            buf_addf(out, "\"%c\"", mark);
        buf_add_text(out, part);
    }
}

static const struct look {
    bool bold, italic, wrap, border;
    double size;
    lxw_color_t color, background;
} looks[XLSX_LOOKS] = {
    [XLSX_INPUT] = {.color = 0x1D5FAE, .background = 0xFFF8E1},
    [XLSX_HEAD] =
        {.bold = true, .wrap = true, .border = true, .color = 0x59626F, .background = 0xF1F3F5},
    [XLSX_TITLE] = {.bold = true, .size = 16, .color = 0x123A73},
    [XLSX_NOTE] = {.color = 0x59626F},
    [XLSX_SUM] = {.bold = true, .border = true},
    [XLSX_BEST] = {.bold = true, .color = 0x0B6B3A, .background = 0xE5F3EA},
};

static lxw_format *make_format(struct xlsx *xlsx, enum xlsx_look look, size_t unit, char mark)
{
    lxw_format *format = workbook_add_format(xlsx->book);
    struct buf numbers = BUF_INIT;
    if (looks[look].bold)
        format_set_bold(format);
    if (looks[look].wrap)
        format_set_text_wrap(format);
    if (looks[look].size > 0)
        format_set_font_size(format, looks[look].size);
    if (looks[look].color)
        format_set_font_color(format, looks[look].color);
    else if (mark == '~')
        format_set_font_color(format, 0x5F3DB0);
    if (looks[look].background) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_bg_color(format, looks[look].background);
    }
    if (looks[look].border && look == XLSX_SUM)
        format_set_top(format, LXW_BORDER_THIN);
    else if (looks[look].border)
        format_set_bottom(format, LXW_BORDER_THIN);
    if (unit < UNIT_COUNT_OF && number_formats[unit]) {
        marked(&numbers, number_formats[unit], mark);
        format_set_num_format(format, buf_string(&numbers));
    }
    if (look == XLSX_HEAD && unit < UNIT_COUNT_OF)
        format_set_align(format, LXW_ALIGN_RIGHT);
    buf_release(&numbers);
    return format;
}

static lxw_format *format_of(struct xlsx *xlsx, enum xlsx_look look, size_t unit, char mark)
{
    size_t which = 0;
    for (size_t i = 1; i < XLSX_MARKS; i++)
        which = marks[i] == mark ? i : which;
    lxw_format **format = &xlsx->formats[look][unit][which];
    if (!*format)
        *format = make_format(xlsx, look, unit, marks[which]);
    return *format;
}

/* ---- Cells ---- */

static bool is_escape(struct text text)
{
    bool is = text.length >= 7 && text.at[0] == '_' && text.at[1] == 'x' && text.at[6] == '_';
    for (size_t i = 2; is && i < 6; i++)
        is = isxdigit((unsigned char)text.at[i]);
    return is;
}

/* What a cell holds at most, in characters. */
#define TEXT_MOST ((size_t)32767)

/* Whole characters only; "_x0041_" is how sheets write an A, so it is written so itself; what is too
 * long for a cell ends in a sign that it does. */
static const char *cell_text(struct xlsx *xlsx, struct text text, size_t *length)
{
    struct buf repaired = BUF_INIT;
    size_t count = 0, step;
    uint32_t code;
    buf_clear(&xlsx->text);
    utf8_repair(&repaired, text);
    struct text rest = buf_text(&repaired);
    for (; (step = utf8_decode(rest, &code)) > 0; rest = text_part(rest, step, rest.length)) {
        count += 1 + (code > 0xffff);
        if (count > TEXT_MOST - 8 && rest.length > step) {
            buf_add_utf8(&xlsx->text, 0xBB);
            break;
        }
        if (is_escape(rest)) {
            buf_add_string(&xlsx->text, "_x005F");
            count += 6;
        }
        bool forbidden = code == 0 || code == 0xfffe || code == 0xffff;
        buf_add_utf8(&xlsx->text, forbidden ? 0xfffd : code);
    }
    *length = count;
    buf_release(&repaired);
    return buf_string(&xlsx->text);
}

static void put_text(struct xlsx_sheet *sheet, lxw_col_t column, struct text text,
                     enum xlsx_look look, size_t unit)
{
    size_t length = 0;
    if (sheet->xlsx->failed || !text_known(text) || text.length == 0)
        return;
    lxw_format *format = format_of(sheet->xlsx, look, unit, 0);
    const char *string = cell_text(sheet->xlsx, text, &length);
    check(sheet->xlsx, worksheet_write_string(sheet->sheet, sheet->row, column, string, format));
    if (look != XLSX_TITLE && look != XLSX_NOTE)
        widen(sheet, column, look == XLSX_HEAD ? fmin((double)length, 14) : (double)length);
}

void xlsx_text(struct xlsx_sheet *sheet, lxw_col_t column, struct text text, enum xlsx_look look)
{
    put_text(sheet, column, text, look, UNIT_COUNT_OF);
}

void xlsx_string(struct xlsx_sheet *sheet, lxw_col_t column, const char *text, enum xlsx_look look)
{
    xlsx_text(sheet, column, text_of(text), look);
}

void xlsx_head(struct xlsx_sheet *sheet, lxw_col_t column, const char *text, enum unit unit)
{
    bool words = unit == UNIT_TEXT || unit == UNIT_WORD || unit == UNIT_SET || unit == UNIT_FLAG;
    put_text(sheet, column, text_of(text), XLSX_HEAD, words ? UNIT_COUNT_OF : unit);
}

/* Days since 1900, as sheets count them; those before it are no date there. */
static double sheet_value(enum unit unit, double value)
{
    return unit == UNIT_TIME ? value / 86400 + 25569 : value;
}

/* Digits, their grouping and some room. */
static double number_width(enum unit unit, double value)
{
    double digits = fabs(value) < 10 ? 1 : floor(log10(fabs(value))) + 1;
    if (unit == UNIT_TIME)
        return 10;
    return fmin(digits + floor(digits / 3) + 4, 24);
}

void xlsx_number(struct xlsx_sheet *sheet, lxw_col_t column, enum unit unit, double value,
                 char mark, enum xlsx_look look)
{
    if (sheet->xlsx->failed)
        return;
    lxw_format *format = format_of(sheet->xlsx, look, unit, mark);
    if (!number_known(value))
        check(sheet->xlsx, worksheet_write_blank(sheet->sheet, sheet->row, column, format));
    else
        check(sheet->xlsx, worksheet_write_number(sheet->sheet, sheet->row, column,
                                                  sheet_value(unit, value), format));
    if (number_known(value))
        widen(sheet, column, number_width(unit, value));
}

void xlsx_formula(struct xlsx_sheet *sheet, lxw_col_t column, enum unit unit, double value,
                  char mark, enum xlsx_look look, const char *formula)
{
    if (sheet->xlsx->failed)
        return;
    lxw_format *format = format_of(sheet->xlsx, look, unit, mark);
    lxw_row_t row = sheet->row;
    check(sheet->xlsx,
          number_known(value)
              ? worksheet_write_formula_num(sheet->sheet, row, column, formula, format, value)
              : worksheet_write_formula_str(sheet->sheet, row, column, formula, format, ""));
    widen(sheet, column, number_known(value) ? number_width(unit, value) : 1);
}

void xlsx_note(struct xlsx_sheet *sheet, const char *text)
{
    xlsx_string(sheet, 0, text, XLSX_NOTE);
    sheet->row++;
}
