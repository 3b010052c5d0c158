#ifndef MICROSCOPE_UI_THEME_H
#define MICROSCOPE_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/doc.h"
#include "base/err.h"
#include "ui/role.h"

/* A theme is data: for each role a colour as true colour and as index of the 256, and attributes. */
#define THEME_NO_COLOUR UINT32_MAX

struct colour {
    uint32_t rgb;   /* 0xRRGGBB or THEME_NO_COLOUR: the terminal's default */
    uint16_t index; /* of the 256 colours; UINT16_MAX: none */
};

enum theme_attribute { THEME_BOLD = 1, THEME_REVERSE = 2, THEME_UNDERLINE = 4 };

struct theme_style {
    struct colour on, fore; /* `on`: background, where the role has one */
    unsigned attributes;    /* enum theme_attribute */
    unsigned mono;          /* the same where there are no colours */
};

struct theme {
    char name[32];
    char title[64];
    bool light;
    struct theme_style styles[ROLE_COUNT];
};

/* Reads a theme file already parsed. Every role must be there, unknown keys and wrong colours are
 * errors with line and column and the nearest known name. */
bool theme_read(const struct doc *doc, struct theme *out, struct err *err);
/* The built-in look for terminals without colours, and what remains when no file can be read. */
void theme_mono(struct theme *out);

/* How a role looks on the surface of another. Surfaces that call out (cell, tab, chip, field, match,
 * changed, alert) bring their own text colour, since no other was chosen to be read on them; plain
 * text takes that of its surface. `mono` of both add up. */
struct theme_style theme_look(const struct theme *theme, enum role role, enum role surface);

/* WCAG 2 contrast of two colours, 1 … 21. */
double colour_contrast(uint32_t rgb_a, uint32_t rgb_b);
/* The true colour of one of the 256 (xterm's table, indexes 16-255). */
uint32_t colour_of_index(uint16_t index);

#endif
