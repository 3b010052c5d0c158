#include "app/key.h"

#include "base/doc.h"
#include "base/utf8.h"
#include "base/vec.h"

static const struct {
    const char *name;
    uint32_t key;
} key_names[] = {
    {"Tab", K_TAB},
    {"Enter", K_ENTER},
    {"Esc", K_ESCAPE},
    {"Space", K_SPACE},
    {"Backspace", K_BACKSPACE},
    {"Up", K_UP},
    {"Down", K_DOWN},
    {"Left", K_LEFT},
    {"Right", K_RIGHT},
    {"Home", K_HOME},
    {"End", K_END},
    {"PgUp", K_PAGE_UP},
    {"PgDn", K_PAGE_DOWN},
    {"Insert", K_INSERT},
    {"Delete", K_DELETE},
    {"Shift-Tab", K_BACK_TAB},
    {"F1", K_F1},
    {"F2", K_F1 + 1},
    {"F3", K_F1 + 2},
    {"F4", K_F1 + 3},
    {"F5", K_F1 + 4},
    {"F6", K_F1 + 5},
    {"F7", K_F1 + 6},
    {"F8", K_F1 + 7},
    {"F9", K_F1 + 8},
    {"F10", K_F1 + 9},
    {"F11", K_F1 + 10},
    {"F12", K_F12},
};

void key_label(uint32_t key, struct buf *out)
{
    for (size_t i = 0; i < COUNT_OF(key_names); i++) {
        if (key_names[i].key == key) {
            buf_add_string(out, key_names[i].name);
            return;
        }
    }
    if (key < ' ')
        buf_addf(out, "Ctrl-%c", (char)(key + '@'));
    else
        buf_add_utf8(out, key);
}

/* What ends like Ctrl-F was meant so. */
static bool refuse(struct text name, struct err *err)
{
    const char *nearest = nearest_word(name, key_names, COUNT_OF(key_names), sizeof key_names[0]);
    char last = name.length > 2 ? name.at[name.length - 1] : '\0';
    bool dash = last && name.at[name.length - 2] == '-';
    char upper = last >= 'a' && last <= 'z' ? (char)(last - 'a' + 'A') : last;
    char control[] = {'C', 't', 'r', 'l', '-', upper, '\0'};
    if (dash && upper >= 'A' && upper <= 'Z')
        nearest = control;
    return err_set(err, "unknown key '%.*s'%s%s%s", (int)text_part(name, 0, 60).length,
                   name.length ? name.at : "",
                   nearest ? ": did you mean '" : "; microscope commands shows how they are called",
                   nearest ? nearest : "", nearest ? "'?" : "");
}

bool key_read(struct text name, uint32_t *key, struct err *err)
{
    for (size_t i = 0; i < COUNT_OF(key_names); i++) {
        if (text_equal_ascii_case(name, text_of(key_names[i].name))) {
            *key = key_names[i].key;
            return true;
        }
    }
    if (name.length == 6 && text_equal_ascii_case(text_part(name, 0, 5), TEXT("Ctrl-"))) {
        char letter = (char)(name.at[5] & ~0x20);
        *key = letter == 'H' ? K_BACKSPACE : (uint32_t)K_CTRL(letter); /* terminals send the same */
        return (letter >= 'A' && letter <= 'Z') || refuse(name, err);
    }
    *key = 0;
    size_t used = utf8_decode(name, key);
    bool sign = used == name.length && used && *key > ' ' && *key != K_BACKSPACE &&
                !(*key >= 0x80 && *key < 0xA0);
    return sign || refuse(name, err);
}
