#include "app/line.h"

#include "app/key.h"
#include "base/utf8.h"
#include "base/vec.h"

void line_release(struct line *line)
{
    if (line)
        buf_release(&line->text);
}

void line_set(struct line *line, struct text text)
{
    buf_clear(&line->text);
    line->caret = 0;
    line_insert(line, text);
}

void line_insert(struct line *line, struct text text)
{
    struct buf clean = BUF_INIT;
    utf8_repair(&clean, text);
    for (size_t i = 0; i < clean.length; i++) {
        if (clean.at[i] == '\r' && i + 1 < clean.length && clean.at[i + 1] == '\n')
            buf_remove(&clean, i, 1); /* an end of line is one blank */
        if ((unsigned char)clean.at[i] < ' ' || clean.at[i] == 127)
            clean.at[i] = ' ';
    }
    buf_insert(&line->text, line->caret, buf_text(&clean));
    line->caret += clean.length;
    buf_release(&clean);
}

static void line_left(struct line *line)
{
    line->caret = utf8_previous(buf_text(&line->text), line->caret);
}

static void line_right(struct line *line)
{
    line->caret = utf8_next(buf_text(&line->text), line->caret);
}

static void line_home(struct line *line)
{
    line->caret = 0;
}

static void line_end(struct line *line)
{
    line->caret = line->text.length;
}

static void line_delete(struct line *line)
{
    size_t end = utf8_next(buf_text(&line->text), line->caret);
    buf_remove(&line->text, line->caret, end - line->caret);
}

static void line_backspace(struct line *line)
{
    if (line->caret == 0)
        return;
    line_left(line);
    line_delete(line);
}

static void line_kill_right(struct line *line)
{
    buf_cut(&line->text, line->caret);
}

static void line_kill_left(struct line *line)
{
    buf_remove(&line->text, 0, line->caret);
    line->caret = 0;
}

static void line_kill_word(struct line *line)
{
    size_t from = line->caret;
    while (from > 0 && line->text.at[from - 1] == ' ')
        from--;
    while (from > 0 && line->text.at[from - 1] != ' ')
        from--;
    buf_remove(&line->text, from, line->caret - from);
    line->caret = from;
}

static const struct {
    uint32_t key;
    void (*run)(struct line *line);
} line_keys[] = {
    {K_LEFT, line_left},
    {K_RIGHT, line_right},
    {K_HOME, line_home},
    {K_CTRL('A'), line_home},
    {K_END, line_end},
    {K_CTRL('E'), line_end},
    {K_DELETE, line_delete},
    {K_BACKSPACE, line_backspace},
    {K_CTRL('K'), line_kill_right},
    {K_CTRL('U'), line_kill_left},
    {K_CTRL('W'), line_kill_word},
};

bool line_key(struct line *line, uint32_t key)
{
    for (size_t i = 0; i < COUNT_OF(line_keys); i++) {
        if (line_keys[i].key == key) {
            line_keys[i].run(line);
            return true;
        }
    }
    if (key < ' ' || key >= K_FIRST_NAMED)
        return false;
    struct buf typed = BUF_INIT;
    buf_add_utf8(&typed, key);
    line_insert(line, buf_text(&typed));
    buf_release(&typed);
    return true;
}
