#include "app/key.h"

#include "base/vec.h"

static const struct {
    uint32_t key;
    const char *name;
} key_names[] = {
    {K_TAB, "Tab"},
    {K_ENTER, "Enter"},
    {K_ESCAPE, "Esc"},
    {K_SPACE, "Space"},
    {K_BACKSPACE, "Backspace"},
    {K_UP, "Up"},
    {K_DOWN, "Down"},
    {K_LEFT, "Left"},
    {K_RIGHT, "Right"},
    {K_HOME, "Home"},
    {K_END, "End"},
    {K_PAGE_UP, "PgUp"},
    {K_PAGE_DOWN, "PgDn"},
    {K_INSERT, "Insert"},
    {K_DELETE, "Delete"},
    {K_BACK_TAB, "Shift-Tab"},
};

void key_label(uint32_t key, struct buf *out)
{
    for (size_t i = 0; i < COUNT_OF(key_names); i++) {
        if (key_names[i].key == key) {
            buf_add_string(out, key_names[i].name);
            return;
        }
    }
    if (key >= K_F1 && key <= K_F12)
        buf_addf(out, "F%u", key - K_F1 + 1);
    else if (key < ' ')
        buf_addf(out, "Ctrl-%c", (char)(key + '@'));
    else
        buf_add_utf8(out, key);
}
