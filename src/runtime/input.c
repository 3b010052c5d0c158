#include "runtime/input.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"

enum { ESC = 27, MOST_PARAMETERS = 256, MOST_STRING = 1 << 16 };

/* What the front of the waiting bytes turned out to be. */
struct step {
    size_t used; /* 0: more bytes are needed */
    bool event;  /* else they are swallowed */
};

static const struct step more = {0, false};

static struct step swallow(size_t used)
{
    return (struct step){used, false};
}

static struct step key(struct input_event *event, size_t used, uint32_t code)
{
    *event = (struct input_event){.kind = INPUT_KEY, .key = code};
    return (struct step){used, true};
}

struct named {
    unsigned code; /* final byte or first parameter */
    uint32_t key;
};

static const struct named csi_keys[] = {
    {'A', K_UP},  {'B', K_DOWN},     {'C', K_RIGHT}, {'D', K_LEFT},   {'H', K_HOME},
    {'F', K_END}, {'Z', K_BACK_TAB}, {'P', K_F1},    {'Q', K_F1 + 1}, {'S', K_F1 + 3},
};

/* ESC [ number ~ */
static const struct named tilde_keys[] = {
    {1, K_HOME},      {2, K_INSERT},  {3, K_DELETE},  {4, K_END},      {5, K_PAGE_UP},
    {6, K_PAGE_DOWN}, {7, K_HOME},    {8, K_END},     {11, K_F1},      {12, K_F1 + 1},
    {13, K_F1 + 2},   {14, K_F1 + 3}, {15, K_F1 + 4}, {17, K_F1 + 5},  {18, K_F1 + 6},
    {19, K_F1 + 7},   {20, K_F1 + 8}, {21, K_F1 + 9}, {23, K_F1 + 10}, {24, K_F1 + 11},
};

/* ESC O letter: cursor, function and keypad keys in application mode. */
static const struct named ss3_keys[] = {
    {'A', K_UP},    {'B', K_DOWN},   {'C', K_RIGHT},  {'D', K_LEFT},   {'H', K_HOME},  {'F', K_END},
    {'P', K_F1},    {'Q', K_F1 + 1}, {'R', K_F1 + 2}, {'S', K_F1 + 3}, {'M', K_ENTER}, {'I', K_TAB},
    {' ', K_SPACE}, {'X', '='},      {'j', '*'},      {'k', '+'},      {'l', ','},     {'m', '-'},
    {'n', '.'},     {'o', '/'},      {'p', '0'},      {'q', '1'},      {'r', '2'},     {'s', '3'},
    {'t', '4'},     {'u', '5'},      {'v', '6'},      {'w', '7'},      {'x', '8'},     {'y', '9'},
};

/* ESC [ [ letter: the Linux console. */
static const struct named console_keys[] = {
    {'A', K_F1}, {'B', K_F1 + 1}, {'C', K_F1 + 2}, {'D', K_F1 + 3}, {'E', K_F1 + 4},
};

static struct step named_key(struct input_event *event, size_t used, const struct named *keys,
                             size_t count, unsigned code)
{
    for (size_t i = 0; i < count; i++)
        if (keys[i].code == code)
            return key(event, used, keys[i].key);
    return swallow(used);
}

void input_init(struct input *input)
{
    *input = (struct input){.escape_seconds = INPUT_ESCAPE_SECONDS};
}

void input_release(struct input *input)
{
    if (!input)
        return;
    buf_release(&input->waiting);
    buf_release(&input->paste);
    buf_release(&input->paste_out);
}

void input_name(struct input *input, const char *bytes, uint32_t code)
{
    size_t length = bytes ? strlen(bytes) : 0;
    struct input_sequence *own = &input->own[input->own_count];
    if (length < 2 || length >= sizeof own->bytes || bytes[0] != ESC ||
        input->own_count == COUNT_OF(input->own))
        return;
    memcpy(own->bytes, bytes, length + 1);
    own->key = code;
    input->own_count++;
}

void input_feed(struct input *input, struct text bytes, double now)
{
    if (!bytes.length)
        return;
    buf_add_text(&input->waiting, bytes);
    input->last_byte = now;
}

/* The numbers between '[' and the final byte; a missing one is 0. */
struct parameters {
    unsigned values[3];
    size_t count;
};

static struct parameters parameters_of(struct text text)
{
    struct parameters p = {.count = text.length > 0};
    for (size_t i = 0; i < text.length && p.count <= COUNT_OF(p.values); i++)
        if (text.at[i] == ';')
            p.count++;
        else if (text.at[i] >= '0' && text.at[i] <= '9' && p.values[p.count - 1] < 100000)
            p.values[p.count - 1] = p.values[p.count - 1] * 10 + (unsigned)(text.at[i] - '0');
    return p;
}

static void count_click(struct input *input, double now, struct input_event *event)
{
    bool again = input->has_click && input->click_column == event->column &&
                 input->click_row == event->row && event->button == 1 &&
                 now - input->click_time <= INPUT_DOUBLE_SECONDS;
    /* A third press begins anew. */
    input->has_click = !again && event->button == 1;
    input->click_column = event->column;
    input->click_row = event->row;
    input->click_time = now;
    if (again)
        event->mouse = INPUT_DOUBLE;
}

static struct step mouse(struct input *input, double now, struct text report, bool release,
                         size_t used, struct input_event *event)
{
    enum { MOTION = 32, WHEEL = 64, OTHER_BUTTONS = 128, NO_BUTTON = 3 };
    struct parameters p = parameters_of(report);
    unsigned code = p.values[0], button = code & 3;
    if (p.count != 3 || !p.values[1] || !p.values[2] || code & OTHER_BUTTONS)
        return swallow(used);
    *event = (struct input_event){
        .kind = INPUT_MOUSE, .column = (int)p.values[1] - 1, .row = (int)p.values[2] - 1};
    if (code & WHEEL) {
        if (button > 1 || release)
            return swallow(used);
        event->mouse = button ? INPUT_WHEEL_DOWN : INPUT_WHEEL_UP;
        return (struct step){used, true};
    }
    if (button == NO_BUTTON)
        return swallow(used);
    event->button = (int)button + 1;
    event->mouse = release ? INPUT_RELEASE : code & MOTION ? INPUT_DRAG : INPUT_PRESS;
    if (event->mouse == INPUT_PRESS)
        count_click(input, now, event);
    return (struct step){used, true};
}

static struct step start_paste(struct input *input, size_t used)
{
    input->pasting = true;
    buf_clear(&input->paste);
    return swallow(used);
}

static struct step answer_cursor(struct parameters p, size_t used, struct input_event *event)
{
    if (p.count != 2 || !p.values[0] || !p.values[1])
        return p.count ? swallow(used) : key(event, used, K_F1 + 2);
    *event = (struct input_event){
        .kind = INPUT_CURSOR, .row = (int)p.values[0] - 1, .column = (int)p.values[1] - 1};
    return (struct step){used, true};
}

/* A whole control sequence: `body` lies between "ESC [" and its final byte. */
static struct step csi(struct input *input, double now, struct text body, char final, size_t used,
                       struct input_event *event)
{
    enum { PASTE_START = 200 };
    bool is_private = body.length && body.at[0] >= '<' && body.at[0] <= '?';
    if (is_private) {
        if (body.at[0] == '<' && (final == 'M' || final == 'm'))
            return mouse(input, now, text_part(body, 1, body.length), final == 'm', used, event);
        return swallow(used);
    }
    struct parameters p = parameters_of(body);
    if (final == '~')
        return p.values[0] == PASTE_START
                   ? start_paste(input, used)
                   : named_key(event, used, tilde_keys, COUNT_OF(tilde_keys), p.values[0]);
    if (final == 'R')
        return answer_cursor(p, used, event);
    if ((final == 'I' || final == 'O') && !body.length) {
        *event = (struct input_event){.kind = INPUT_FOCUS, .focused = final == 'I'};
        return (struct step){used, true};
    }
    return named_key(event, used, csi_keys, COUNT_OF(csi_keys), (unsigned char) final);
}

static struct step read_csi(struct input *input, double now, struct text text,
                            struct input_event *event)
{
    enum { START = 2, OLD_MOUSE = 6 };
    if (text.length > START && text.at[START] == '[')
        return text.length == START + 1
                   ? more
                   : named_key(event, START + 2, console_keys, COUNT_OF(console_keys),
                               (unsigned char)text.at[START + 1]);
    size_t end = START;
    while (end < text.length && end <= MOST_PARAMETERS && text.at[end] >= ' ' &&
           text.at[end] <= '?')
        end++;
    if (end > MOST_PARAMETERS)
        return swallow(end);
    if (end == text.length)
        return more;
    if (text.at[end] < '@' || text.at[end] > '~')
        return swallow(end);                 /* broken off by something else */
    if (text.at[end] == 'M' && end == START) /* the report of terminals from before SGR */
        return text.length < OLD_MOUSE ? more : swallow(OLD_MOUSE);
    return csi(input, now, text_part(text, START, end - START), text.at[end], end + 1, event);
}

static bool hex(struct text text, unsigned *value)
{
    static const char digits[] = "0123456789abcdef";
    *value = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *at = text.at[i] ? strchr(digits, text.at[i] | 0x20) : NULL;
        if (!at || i == 4)
            return false;
        *value = *value << 4 | (unsigned)(at - digits);
    }
    return text.length > 0;
}

/* "11;rgb:ffff/ffff/ffff", with one to four digits a part. */
static bool answer_background(struct text body, uint32_t *colour)
{
    size_t at;
    struct text part;
    if (!text_starts(body, "11;rgb") || !text_find(body, TEXT(":"), &at))
        return false;
    struct text rest = text_part(body, at + 1, body.length);
    *colour = 0;
    for (int i = 0; i < 3; i++) {
        unsigned value;
        if (!text_next(&rest, '/', &part) || !hex(part, &value))
            return false;
        unsigned most = (1u << 4 * part.length) - 1;
        *colour = *colour << 8 | (value * 255 + most / 2) / most;
    }
    return true;
}

/* OSC, DCS and their kin: until BEL or ESC \. */
static struct step read_string(struct text text, struct input_event *event)
{
    enum { START = 2, BEL = 7 };
    size_t end = START;
    while (end < text.length && end <= MOST_STRING && text.at[end] != BEL && text.at[end] != ESC)
        end++;
    if (end > MOST_STRING)
        return swallow(end);
    if (end == text.length || (text.at[end] == ESC && end + 1 == text.length))
        return more;
    if (text.at[end] == ESC && text.at[end + 1] != '\\')
        return swallow(end);
    size_t used = end + (text.at[end] == ESC ? 2 : 1);
    uint32_t colour;
    if (text.at[1] != ']' || !answer_background(text_part(text, START, end - START), &colour))
        return swallow(used);
    *event = (struct input_event){.kind = INPUT_BACKGROUND, .background = colour};
    return (struct step){used, true};
}

static struct step read_ss3(struct text text, struct input_event *event)
{
    size_t end = 2;
    while (end < text.length && end <= MOST_PARAMETERS && text.at[end] >= '0' &&
           text.at[end] <= '9')
        end++; /* modifiers of old terminals */
    if (end == text.length)
        return more;
    return named_key(event, end + 1, ss3_keys, COUNT_OF(ss3_keys), (unsigned char)text.at[end]);
}

static struct step read_escape(struct input *input, double now, struct text text,
                               struct input_event *event)
{
    if (text.length == 1)
        return more;
    for (size_t i = 0; i < input->own_count; i++)
        if (text_starts(text, input->own[i].bytes))
            return key(event, strlen(input->own[i].bytes), input->own[i].key);
    if (text.at[1] == '[')
        return read_csi(input, now, text, event);
    if (text.at[1] == 'O')
        return read_ss3(text, event);
    if (strchr("]P_^X", text.at[1]) && text.at[1])
        return read_string(text, event);
    /* Escape and a key that came at once: a slow line, or Alt. */
    return key(event, 1, K_ESCAPE);
}

static struct step read_control(struct text text, struct input_event *event)
{
    enum { CTRL_H = 8, LAST_LETTER = 26 };
    unsigned code = (unsigned char)text.at[0];
    if (code == CTRL_H)
        return key(event, 1, K_BACKSPACE);
    return code && code <= LAST_LETTER ? key(event, 1, code) : swallow(1);
}

static struct step read_character(struct text text, struct input_event *event)
{
    enum { FIRST_PRINTABLE = 0xA0 };
    unsigned char lead = (unsigned char)text.at[0];
    size_t needed = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    size_t have = 1;
    while (have < needed && have < text.length && ((unsigned char)text.at[have] & 0xC0) == 0x80)
        have++;
    if (lead >= 0xC2 && lead <= 0xF4 && have < needed && have == text.length)
        return more;
    uint32_t code;
    size_t used = utf8_decode(text, &code);
    bool broken = code == 0xFFFD && used == 1;
    if (broken || (code >= 0x80 && code < FIRST_PRINTABLE))
        return swallow(used);
    return key(event, used, code);
}

/* Nothing more came: what is there has to do. */
static struct step give_up(struct text text, struct input_event *event)
{
    /* Escape alone, or with a letter that could have begun a sequence: Alt, or two keys. */
    if (text.at[0] == ESC && text.length <= 2)
        return key(event, 1, K_ESCAPE);
    return swallow(text.length);
}

static double patience(const struct input *input)
{
    bool lone = input->waiting.length == 1 && input->waiting.at[0] == ESC;
    return lone ? input->escape_seconds : INPUT_CUT_SECONDS;
}

/* As one line of text: line ends and controls are blanks, none at the end. */
static void finish_paste(struct input *input, struct input_event *event)
{
    struct buf plain = BUF_INIT;
    struct text text = buf_text(&input->paste);
    while (text.length && strchr("\r\n", text.at[text.length - 1]))
        text.length--;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '\n' && i && text.at[i - 1] == '\r')
            continue;
        buf_add_char(&plain, c < ' ' || c == 0x7F ? ' ' : (char)c);
    }
    buf_clear(&input->paste_out);
    text_safe(&input->paste_out, buf_text(&plain));
    buf_release(&plain);
    buf_clear(&input->paste);
    input->pasting = false;
    *event = (struct input_event){.kind = INPUT_PASTE, .paste = buf_text(&input->paste_out)};
}

static void keep_pasted(struct input *input, size_t length)
{
    size_t room = INPUT_PASTE_LIMIT - input->paste.length;
    buf_add(&input->paste, input->waiting.at, length < room ? length : room);
    buf_remove(&input->waiting, 0, length);
}

/* True when the paste is complete. */
static bool read_paste(struct input *input, double now, struct input_event *event)
{
    static const char end[] = "\033[201~";
    enum { END = sizeof end - 1 };
    size_t at;
    if (text_find(buf_text(&input->waiting), TEXT("\033[201~"), &at)) {
        keep_pasted(input, at);
        buf_remove(&input->waiting, 0, END);
        finish_paste(input, event);
        return true;
    }
    /* The end may have come in part. */
    size_t tail = input->waiting.length < END - 1 ? input->waiting.length : END - 1;
    while (tail && memcmp(input->waiting.at + input->waiting.length - tail, end, tail) != 0)
        tail--;
    if (input->waiting.length > tail)
        keep_pasted(input, input->waiting.length - tail);
    if (now - input->last_byte < INPUT_PASTE_SECONDS)
        return false;
    if (tail)
        buf_clear(&input->waiting);
    finish_paste(input, event);
    return true;
}

bool input_next(struct input *input, double now, struct input_event *event)
{
    while (input->pasting || input->waiting.length) {
        if (input->pasting)
            return read_paste(input, now, event);
        struct text text = buf_text(&input->waiting);
        unsigned char front = (unsigned char)text.at[0];
        struct step step = front == ESC  ? read_escape(input, now, text, event)
                           : front < ' ' ? read_control(text, event)
                                         : read_character(text, event);
        if (!step.used && now - input->last_byte >= patience(input))
            step = give_up(text, event);
        if (!step.used)
            return false;
        buf_remove(&input->waiting, 0, step.used);
        if (step.event)
            return true;
    }
    return false;
}

double input_deadline(const struct input *input)
{
    if (input->pasting)
        return input->last_byte + INPUT_PASTE_SECONDS;
    return input->waiting.length ? input->last_byte + patience(input) : INFINITY;
}
