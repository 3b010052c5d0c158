#include "html_internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "writer_internal.h"

/* One page that needs nothing else: no script, no picture, no font of elsewhere. */

#define GATHER ((size_t)1 << 16)

/* ---- Markup ---- */

static void send(struct html *html)
{
    html->failed = html->failed || !html->to.write(html->to.self, buf_text(&html->out), html->err);
    buf_clear(&html->out);
}

void html_flow(struct html *html)
{
    if (html->out.length >= GATHER)
        send(html);
}

void html_raw(struct html *html, const char *markup)
{
    buf_add_string(&html->out, markup);
}

void html_rawf(struct html *html, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buf_addv(&html->out, format, arguments);
    va_end(arguments);
}

void html_text(struct html *html, struct text text)
{
    static const char *const escapes[128] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
    buf_clear(&html->cell);
    text_safe(&html->cell, text);
    for (size_t i = 0; i < html->cell.length; i++) {
        unsigned char c = (unsigned char)html->cell.at[i];
        if (c < 128 && escapes[c])
            buf_add_string(&html->out, escapes[c]);
        else
            buf_add_char(&html->out, (char)c);
    }
}

void html_string(struct html *html, const char *text)
{
    html_text(html, text_of(text));
}

/* ---- Figures ---- */

void html_figure(struct html *html, enum unit unit, double value, char mark)
{
    bool shown = mark != 0 && mark != ' ' && number_known(value);
    if (shown && mark == '~')
        html_raw(html, "<span class=\"est\">~");
    else if (shown)
        html_text(html, (struct text){&mark, 1});
    buf_clear(&html->cell);
    if (unit == UNIT_TIME && number_known(value))
        date_iso(&html->cell, value);
    else
        show_number(&html->cell, unit, value, false, html->style);
    buf_add_text(&html->out, buf_text(&html->cell));
    if (shown && mark == '~')
        html_raw(html, "</span>");
}

void html_money(struct html *html, double value)
{
    html_figure(html, UNIT_MONEY, value, 0);
    html_rawf(html, " %s", currencies[html->handover->scenario->currency].code);
}

void html_count(struct html *html, size_t count, const char *one, const char *many)
{
    number_fixed(&html->out, (double)count, 0, html->style);
    html_rawf(html, " %s", count == 1 ? one : many);
}

void html_bar(struct html *html, double share, bool estimated)
{
    double length = fmin(fabs(share), 1) * 100;
    if (!number_known(share))
        return;
    html_raw(html, "<svg class=\"bar\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" "
                   "aria-hidden=\"true\"><rect class=\"room\" width=\"100\" height=\"6\"/>");
    if (share < 0)
        html_rawf(html, "<path class=\"loss\" d=\"M0 3H%.1f\"/>", length);
    else
        html_rawf(html, "<rect class=\"%s\" width=\"%.1f\" height=\"6\"/>",
                  estimated ? "guess" : "fill", length);
    html_raw(html, "</svg>");
}

void html_who(struct html *html, const struct handover_who *who)
{
    html_raw(html, "<span class=\"who\">");
    html_text(html, who->handle);
    html_rawf(html, "<small>%s", platforms[who->platform].word);
    if (text_known(who->name) && who->name.length > 0) {
        html_raw(html, ", ");
        html_text(html, who->name);
    }
    html_raw(html, "</small></span>");
}

void html_open_section(struct html *html, const char *id, const char *title)
{
    html_rawf(html, "<section id=\"%s\">\n<h2>%s</h2>\n", id, title);
}

void html_close_section(struct html *html)
{
    html_raw(html, "</section>\n");
    html_flow(html);
}

/* ---- The page ---- */

static void begin_page(struct html *html, struct text title)
{
    html_raw(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n"
                   "<meta name=\"generator\" content=\"microscope\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'\">\n<title>");
    html_text(html, title);
    html_raw(html, "</title>\n<style>\n");
    for (size_t i = 0; html_style[i]; i++)
        html_raw(html, html_style[i]);
    html_raw(html, "</style>\n</head>\n<body>\n<main>\n");
}

static void end_page(struct html *html)
{
    html_raw(html, "</main>\n</body>\n</html>\n");
    send(html);
}

/* ---- A table of any columns ---- */

static bool is_figure(const struct writer_column *column)
{
    return column->right || !writer_is_text(column);
}

static void open_table(struct html *html, const struct writer_column *layout, size_t count)
{
    html_raw(html, "<div class=\"scroll\" tabindex=\"0\"><table class=\"side\">\n<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        if (layout[i].json)
            continue;
        html_rawf(html, "<th scope=\"col\"%s>", is_figure(&layout[i]) ? " class=\"n\"" : "");
        html_string(html, layout[i].title);
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></thead>\n<tbody>\n");
}

static void table_text(struct html *html, const struct writer_column *column, struct text text)
{
    struct text word;
    if (!text_known(text) || text.length == 0)
        html_raw(html, "-");
    else if (column->unit != UNIT_SET)
        html_text(html, text);
    else
        for (bool first = true; text_next(&text, '|', &word); first = false) {
            html_raw(html, first ? "" : ", ");
            html_text(html, word);
        }
}

static void table_row(struct html *html, const struct writer_column *layout, size_t count,
                      const struct writer_cell *cells)
{
    bool first = true;
    html_raw(html, "<tr>");
    for (size_t i = 0; i < count; i++) {
        if (layout[i].json)
            continue;
        const char *element = first ? "th" : "td";
        html_rawf(html, "<%s%s class=\"%s\">", element, first ? " scope=\"row\"" : "",
                  is_figure(&layout[i]) ? "n" : "t");
        if (writer_is_text(&layout[i]))
            table_text(html, &layout[i], cells[i].text);
        else
            html_figure(html, layout[i].unit, cells[i].number, cells[i].mark);
        html_rawf(html, "</%s>", element);
        first = false;
    }
    html_raw(html, "</tr>\n");
    html_flow(html);
}

static void close_table(struct html *html)
{
    html_raw(html, "</tbody></table></div>\n");
}

/* ---- The list of a document ---- */

static void say_list(struct html *html, const struct handover_list *list)
{
    html_raw(html, "<p class=\"note\">");
    number_fixed(&html->out, (double)list->rows, 0, html->style);
    html_raw(html, " of ");
    html_count(html, list->total, "creator", "creators");
    if (text_known(list->filter) && list->filter.length > 0) {
        html_raw(html, ", filter: ");
        html_text(html, list->filter);
    }
    if (text_known(list->order) && list->order.length > 0) {
        html_raw(html, "; by ");
        html_text(html, list->order);
    }
    html_rawf(html, "; money in %s.", currencies[html->handover->scenario->currency].code);
    if (list->estimated > 0 && html->handover->estimates) {
        html_raw(html, " <span class=\"est\">~</span> rests on a fee that is our estimate: ");
        html_count(html, list->estimated, "of them", "of them");
        html_raw(html, ".");
    }
    html_raw(html, "</p>\n");
}

static bool show_list(struct html *html, const struct handover_list *list)
{
    struct writer_cell *cells = mem_zero(list->column_count + 1, sizeof *cells);
    bool ok = true;
    html_open_section(html, "list", "Creators");
    say_list(html, list);
    open_table(html, list->columns, list->column_count);
    for (size_t place = 0; place < list->rows && ok && !html->failed; place++) {
        ok = list->row(list->self, place, cells, html->err);
        if (ok)
            table_row(html, list->columns, list->column_count, cells);
    }
    close_table(html);
    html_close_section(html);
    free(cells);
    return ok;
}

/* ---- Documents ---- */

/* A browser takes all of a page into memory, and shows none of one that is much larger. */
#define ROWS_MOST ((size_t)100000)

static bool list_fits(const struct handover_list *list, struct err *err)
{
    return list->rows <= ROWS_MOST ||
           err_set(
               err,
               "%zu creators are more than the %zu that a browser shows on a page: filter them, "
               "or write csv or xlsx",
               list->rows, ROWS_MOST);
}

static void show_header(struct html *html, struct text title)
{
    html_raw(html, "<header>\n<h1>");
    html_text(html, title);
    html_raw(html, "</h1>\n<p class=\"sub\">");
    date_day_year(&html->out, html->handover->at);
    html_raw(html, ", scenario ");
    html_string(html, html->handover->scenario->name);
    html_rawf(html, ", money in %s</p>\n</header>\n",
              currencies[html->handover->scenario->currency].code);
}

static void show_footer(struct html *html)
{
    html_raw(html,
             "<footer><p><span class=\"est\">~</span> rests on an estimated fee, &gt; at least, "
             "= the user's own figure, - unknown. ROI is profit for each unit of money spent: "
             "+34% means 134 back for each 100.</p>\n<p>Made with microscope, ");
    date_iso(&html->out, html->handover->at);
    html_raw(html, ".</p></footer>\n");
}

bool html_document(const struct handover *handover, const struct writer_options *options,
                   struct writer_out out, struct err *err)
{
    struct html html = {.handover = handover, .style = options->style, .to = out, .err = err};
    struct buf title = BUF_INIT;
    bool ok = true;
    if (handover->list && !list_fits(handover->list, err))
        return false;
    handover_title(handover, &title);
    begin_page(&html, buf_text(&title));
    show_header(&html, buf_text(&title));
    if (handover->plan) {
        html_plan(&html, handover->plan);
        html_channels(&html, handover->plan);
    }
    if (handover->comparison)
        html_comparison(&html, handover->comparison);
    if (handover->list)
        ok = show_list(&html, handover->list);
    if (handover->assumptions)
        html_assumptions(&html);
    show_footer(&html);
    if (ok)
        end_page(&html);
    ok = ok && !html.failed;
    buf_release(&title);
    buf_release(&html.out);
    buf_release(&html.cell);
    return ok;
}

/* ---- One table, by the writer ---- */

static struct html of_writer(struct writer *writer, struct err *err)
{
    struct html html = {.style = writer->options.style, .to = writer->out, .err = err};
    html.out = writer->line;
    html.cell = writer->cell;
    return html;
}

static bool to_writer(struct writer *writer, struct html *html, struct err *err)
{
    writer->line = html->out;
    writer->cell = html->cell;
    return !html->failed && writer_flush(writer, err);
}

bool writer_html_begin(struct writer *writer, struct err *err)
{
    struct html html = of_writer(writer, err);
    begin_page(&html, TEXT("microscope"));
    open_table(&html, writer->columns, writer->count);
    return to_writer(writer, &html, err);
}

bool writer_html_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    struct html html = of_writer(writer, err);
    table_row(&html, writer->columns, writer->count, cells);
    return to_writer(writer, &html, err);
}

bool writer_html_end(struct writer *writer, struct err *err)
{
    struct html html = of_writer(writer, err);
    close_table(&html);
    html_raw(&html, "</main>\n</body>\n</html>\n");
    return to_writer(writer, &html, err);
}
