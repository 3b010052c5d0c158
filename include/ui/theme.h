#ifndef MICROSCOPE_UI_THEME_H
#define MICROSCOPE_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/doc.h"
#include "base/err.h"
#include "ui/role.h"

/* A theme is data: for each role a colour and attributes. A colour is a true one with its stand-in of
 * the 256, or one of the terminal's own sixteen, or the terminal's default. */
#define THEME_NO_COLOUR UINT32_MAX
#define THEME_DEFAULT UINT16_MAX

struct colour {
    uint32_t rgb;   /* 0xRRGGBB, or THEME_NO_COLOUR: the terminal's own */
    uint16_t index; /* of the 256 from 16 on; of the terminal's own 0-15, or THEME_DEFAULT */
    uint16_t plain; /* of the terminal's own, where it has only eight: 0-7 or THEME_DEFAULT */
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
    bool light; /* where it paints its ground */
    struct theme_style styles[ROLE_COUNT];
};

/* Reads a theme file already parsed. Every role must be there, unknown keys and wrong colours are
 * errors with line and column and the nearest known name. */
bool theme_read(const struct doc *doc, struct theme *out, struct err *err);
/* The built-in look for terminals without colours, and what remains when no file can be read. */
void theme_mono(struct theme *out);
/* How many colours a terminal must have for it: 256, 8 or 0. */
int theme_colours(const struct theme *theme);
/* False: the ground is the terminal's, light or dark. */
bool theme_has_ground(const struct theme *theme);

/* How a role looks on the surface of another. Surfaces that call out (cell, tab, chip, field, match,
 * changed, alert) bring their own text colour, since no other was chosen to be read on them; plain
 * text takes that of its surface. `mono` of both add up. */
struct theme_style theme_look(const struct theme *theme, enum role role, enum role surface);

/* WCAG 2 contrast of two colours, 1 … 21. */
double colour_contrast(uint32_t rgb_a, uint32_t rgb_b);
/* The true colour of one of the 256 (xterm's table, indexes 16-255). */
uint32_t colour_of_index(uint16_t index);

#endif
