#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "term_info_internal.h"
#include "term_internal.h"

/* Terminals that came before the modes and questions of xterm. */
static const char *const plain_terminals[] = {
    "linux", "vt", "ansi", "cons", "cygwin", "pcansi", "sun", "wsvt", "mach", "hurd", "bsdos",
};

/* Their fonts lack most signs but those of ASCII, and those of a console rules and blocks too. */
static const char *const ascii_terminals[] = {"vt"}, *const consoles[] = {"linux"};

/* Names that only terminals of today have; all of them understand what xterm does. */
static const char *const modern_words[] = {
    "256color", "direct", "kitty",  "alacritty", "foot",    "ghostty", "wezterm", "contour",
    "xterm",    "tmux",   "screen", "iterm",     "konsole", "vte",     "rio",
};

static bool starts_with_any(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(name, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static bool refuse(struct err *err, const char *what, const char *term)
{
    static const char instead[] =
        "list, compare, import and the other commands work without: see microscope --help";
    if (term)
        return err_set(err, "the explorer needs a terminal %s (TERM is '%s'); %s", what, term,
                       instead);
    return err_set(err, "the explorer needs a terminal%s; %s", what, instead);
}

static const char *stand_in(const char *term)
{
    for (size_t i = 0; i < COUNT_OF(modern_words); i++)
        if (strstr(term, modern_words[i]))
            return "xterm-256color";
    return "vt100";
}

static bool choose(char *name, size_t size, struct term_facts *facts, struct err *err)
{
    const char *term = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return refuse(err, " as input and output", NULL);
    if (!term || !*term)
        return refuse(err, " that is named by TERM", NULL);
    enum term_info found = term_info_look(term);
    if (found == TERM_INFO_USELESS || strcmp(term, "dumb") == 0 || strlen(term) >= size)
        return refuse(err, "that can place the cursor", term);
    snprintf(name, size, "%s", found == TERM_INFO_USEFUL ? term : stand_in(term));
    if (found == TERM_INFO_USEFUL)
        return true;
    if (term_info_look(name) != TERM_INFO_USEFUL)
        return refuse(err, "with a description in terminfo", term);
    snprintf(facts->notice, sizeof facts->notice,
             "no description of terminal '%.60s' here: taken as %s", term, name);
    return true;
}

bool term_choose(char *name, size_t size, struct term_facts *facts, struct err *err)
{
    term_info_widen();
    bool ok = choose(name, size, facts, err);
    if (ok)
        term_info_direct(name, size);
    else
        term_info_narrow();
    return ok;
}

static const struct {
    const char *capability;
    uint32_t key;
} described_keys[] = {
    {"kcuu1", K_UP},     {"kcud1", K_DOWN},   {"kcub1", K_LEFT},    {"kcuf1", K_RIGHT},
    {"khome", K_HOME},   {"kend", K_END},     {"kpp", K_PAGE_UP},   {"knp", K_PAGE_DOWN},
    {"kich1", K_INSERT}, {"kdch1", K_DELETE}, {"kcbt", K_BACK_TAB}, {"kbs", K_BACKSPACE},
    {"kf1", K_F1},       {"kf2", K_F1 + 1},   {"kf3", K_F1 + 2},    {"kf4", K_F1 + 3},
    {"kf5", K_F1 + 4},   {"kf6", K_F1 + 5},   {"kf7", K_F1 + 6},    {"kf8", K_F1 + 7},
    {"kf9", K_F1 + 8},   {"kf10", K_F1 + 9},  {"kf11", K_F1 + 10},  {"kf12", K_F1 + 11},
    {"kent", K_ENTER},
};

/* Appends a string of the terminal without the padding "$<5/>" that only tputs() understands. */
static void add_unpadded(char *out, size_t size, const char *from)
{
    size_t length = strlen(out);
    while (from && *from && length + 1 < size) {
        const char *end = from[0] == '$' && from[1] == '<' ? strchr(from, '>') : NULL;
        if (end)
            from = end + 1;
        else
            out[length++] = *from++;
    }
    out[length] = '\0';
}

static void describe_ways(struct term *term)
{
    static const char *const out[] = {"rmkx", "sgr0", "op", "cnorm", "rmcup"};
    static const char *const in[] = {"smcup", "smkx"};
    bool alternate = term_info_string("rmcup") != NULL;
    add_unpadded(term->leave, sizeof term->leave, term->modes_off);
    for (size_t i = 0; i < COUNT_OF(out); i++)
        add_unpadded(term->leave, sizeof term->leave, term_info_string(out[i]));
    /* Without an alternate screen what follows would stand in the picture. */
    add_unpadded(term->leave, sizeof term->leave, alternate ? "\r" : "\r\n");
    for (size_t i = 0; i < COUNT_OF(in); i++)
        add_unpadded(term->enter, sizeof term->enter, term_info_string(in[i]));
    add_unpadded(term->hide_cursor, sizeof term->hide_cursor, term_info_string("civis"));
}

static const struct glyph_set *choose_glyphs(const struct term *term, const char *name)
{
    if (term->options.ascii || term->options.ambiguous_wide || !term->utf8 ||
        starts_with_any(name, ascii_terminals, COUNT_OF(ascii_terminals)))
        return &glyphs_ascii;
    if (starts_with_any(name, consoles, COUNT_OF(consoles)))
        return &glyphs_console;
    return term->options.blocks ? &glyphs_blocks : &glyphs_unicode;
}

#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

/* Presses, drags, numbers of any size. Then paste and focus. The mouse may be asked for later: it is
 * always given back. */
static void describe_modes(struct term *term)
{
    snprintf(term->modes_on, sizeof term->modes_on, "%s\033[?2004h\033[?1004h",
             term->options.mouse ? MOUSE_ON : "");
    snprintf(term->modes_off, sizeof term->modes_off, "\033[?1004l\033[?2004l%s", MOUSE_OFF);
}

const char *term_choose_mouse(struct term *term, bool on)
{
    if (!term->modern || on == term->options.mouse)
        return "";
    term->options.mouse = on;
    describe_modes(term);
    return on ? MOUSE_ON : MOUSE_OFF;
}

void term_describe(struct term *term, const char *name)
{
    term->modern = !starts_with_any(name, plain_terminals, COUNT_OF(plain_terminals));
    term->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    term->facts.glyphs = choose_glyphs(term, name);
    if (term->modern)
        describe_modes(term);
    describe_ways(term);
    for (size_t i = 0; i < COUNT_OF(described_keys); i++)
        input_name(&term->input, term_info_string(described_keys[i].capability),
                   described_keys[i].key);
}

void term_rescue(const struct term *term)
{
    struct signals_rescue rescue = {.terminal = STDOUT_FILENO,
                                    .found = term->found,
                                    .stderr_saved = term->log.saved,
                                    .log = term->log.file,
                                    .reset_length = strlen(term->leave)};
    memcpy(rescue.reset, term->leave, rescue.reset_length);
    signals_set_rescue(&rescue);
}
