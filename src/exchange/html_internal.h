#ifndef MICROSCOPE_EXCHANGE_HTML_INTERNAL_H
#define MICROSCOPE_EXCHANGE_HTML_INTERNAL_H

#include "exchange/handover.h"

/* A page on its way out. A failed write is kept; what follows it goes nowhere. */
struct html {
    const struct handover *handover;
    struct number_style style;
    struct writer_out to;
    struct buf out;
    struct buf cell;
    bool failed;
    struct err *err;
};

extern const char *const html_style[]; /* one after the other; ended by NULL */

void html_raw(struct html *html, const char *markup); /* of our own */
void html_rawf(struct html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Made safe, then escaped: it can end no element and no attribute. */
void html_text(struct html *html, struct text text);
void html_string(struct html *html, const char *text);
/* As people read it, behind its mark. */
void html_figure(struct html *html, enum unit unit, double value, char mark);
void html_money(struct html *html, double value); /* whole, with the currency behind it */
void html_count(struct html *html, size_t count, const char *one, const char *many);
void html_open_section(struct html *html, const char *id, const char *title);
void html_close_section(struct html *html);
void html_who(struct html *html, const struct handover_who *who); /* handle, platform below */
/* A bar from 0 of `share` -1 … 1 of its room; nothing where unknown. */
void html_bar(struct html *html, double share, bool estimated);
/* Sends what waits, once it is worth it. */
void html_flow(struct html *html);

void html_plan(struct html *html, const struct handover_plan *plan);
void html_channels(struct html *html, const struct handover_plan *plan);
void html_comparison(struct html *html, const struct handover_comparison *comparison);
void html_assumptions(struct html *html);

bool html_document(const struct handover *handover, const struct writer_options *options,
                   struct writer_out out, struct err *err);

#endif
