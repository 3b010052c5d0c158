#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "rows_internal.h"

/* A small scanner cuts one element after the other out of the stream, each is then read by jansson.
 * Memory stays flat, and one bad element is one reject. Bare numbers are put into quotes on the way:
 * they arrive as they were written, never through a double (handles can be ids of 19 digits). */

#define JSON_DEPTH 64
#define JSON_START 200
static const char json_too_many[] = "more than 4096 values";

#define JSON_FLAT 4 /* objects in objects that become paths; deeper ones stay as JSON */

struct json_cut {
    struct buf text;   /* the element, numbers quoted */
    struct buf start;  /* how it starts, as written but for blanks, … */
    size_t most;       /* … as far as this */
    size_t line;       /* where it starts */
    const char *fault; /* NULL: whole */
    bool ended;        /* the input ended inside */
};

struct json_reader {
    struct feed *feed;
    struct json_place place;
    struct names *paths;
    const struct row_taker *taker;
    struct json_cut cut;
    struct buf path;
    bool any;            /* any list of objects is wanted */
    size_t values, late; /* of the element: all, and those without a column */
    struct {
        struct text *items;
        size_t count, capacity;
    } cells;
    struct {
        char **items; /* JSON of lists, freed after the row */
        size_t count, capacity;
    } made;
    struct err *err;
};

static int json_blank(struct feed *feed)
{
    int c;
    while ((c = feed_peek(feed)) == ' ' || c == '\t' || c == '\n' || c == '\r')
        feed_next(feed);
    return c;
}

/* One byte into the cut, unless that has become too long. */
static void json_keep(struct json_cut *cut, int c)
{
    if (cut->fault != NULL)
        return;
    if (cut->text.length >= IMPORT_CELL_MOST)
        cut->fault = "longer than 1 MiB";
    else
        buf_add_char(&cut->text, (char)c);
}

static int json_take(struct feed *feed, struct json_cut *cut)
{
    int c = feed_next(feed);
    if (c != FEED_END && cut->start.length < cut->most)
        buf_add_char(&cut->start, (char)c);
    return c;
}

static void json_cut_string(struct feed *feed, struct json_cut *cut)
{
    json_keep(cut, json_take(feed, cut));
    int c;
    while ((c = json_take(feed, cut)) != FEED_END) {
        json_keep(cut, c);
        if (c == '"')
            return;
        if (c == '\\' && (c = json_take(feed, cut)) != FEED_END)
            json_keep(cut, c);
    }
    cut->ended = true;
}

static bool json_word_byte(int c)
{
    return c != FEED_END && (isalnum(c) || c == '-' || c == '+' || c == '.');
}

static size_t json_digits(const char *at)
{
    size_t n = 0;
    while (at[n] >= '0' && at[n] <= '9')
        n++;
    return n;
}

/* The grammar of RFC 8259: no leading zero, digits on both sides of the point. */
static bool json_number_written(const char *at)
{
    if (*at == '-')
        at++;
    size_t whole = json_digits(at);
    if (whole == 0 || (whole > 1 && *at == '0'))
        return false;
    at += whole;
    if (*at == '.') {
        size_t part = json_digits(++at);
        if (part == 0)
            return false;
        at += part;
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        if (*at == '+' || *at == '-')
            at++;
        size_t part = json_digits(at);
        if (part == 0)
            return false;
        at += part;
    }
    return *at == '\0';
}

/* "1.500": as text it could be 1,500; as a number it is not. It gets the sign CELL_OF_JSON. */
static bool json_number_doubtful(const char *at)
{
    at += *at == '-';
    size_t whole = json_digits(at);
    return whole <= 3 && at[whole] == '.' && json_digits(at + whole + 1) == 3 &&
           at[whole + 4] == '\0';
}

static void json_cut_word(struct feed *feed, struct json_cut *cut)
{
    char word[400];
    size_t length = 0;
    bool fits = true;
    while (json_word_byte(feed_peek(feed))) {
        int c = json_take(feed, cut);
        fits = fits && length < sizeof word - 1;
        if (fits)
            word[length++] = (char)c;
    }
    word[length] = '\0';
    bool number = fits && json_number_written(word);
    if (number)
        json_keep(cut, '"');
    if (number && json_number_doubtful(word)) {
        json_keep(cut, '\\');
        json_keep(cut, 't');
    }
    for (size_t i = 0; i < length; i++)
        json_keep(cut, word[i]);
    if (number)
        json_keep(cut, '"');
    if (!fits && cut->fault == NULL)
        cut->fault = "a number or word that never ends";
}

/* Cuts the value that starts here. Nesting is only counted, so no depth costs anything. */
static void json_cut_value(struct feed *feed, struct json_cut *cut)
{
    buf_clear(&cut->text);
    buf_clear(&cut->start);
    cut->fault = NULL;
    cut->ended = false;
    cut->line = feed->line;
    size_t depth = 0;
    do {
        int c = json_blank(feed);
        if (c == FEED_END) {
            cut->ended = true;
        } else if (c == '"') {
            json_cut_string(feed, cut);
        } else if (json_word_byte(c)) {
            json_cut_word(feed, cut);
        } else {
            depth += c == '{' || c == '[';
            if (depth > JSON_DEPTH && cut->fault == NULL)
                cut->fault = "nested deeper than 64";
            depth -= (c == '}' || c == ']') && depth > 0;
            json_keep(cut, json_take(feed, cut));
        }
    } while (depth > 0 && !cut->ended);
    if (cut->ended)
        cut->fault = "cut off: the file ends inside";
}

/* The element as it was written, where that was asked for. */
static struct text json_raw(const struct json_reader *reader)
{
    struct text start = buf_text(&reader->cut.start);
    return reader->taker->raw && start.length < IMPORT_CELL_MOST ? start : (struct text){0};
}

static bool json_broken(struct json_reader *reader, size_t line, const char *reason)
{
    struct text value = text_part(buf_text(&reader->cut.start), 0, JSON_START);
    return reader->taker->broken(reader->taker->self, line, value, json_raw(reader), reason,
                                 reader->err);
}

static void json_cell(struct json_reader *reader, struct text value)
{
    uint32_t code = names_add(reader->paths, buf_text(&reader->path));
    while (reader->cells.count <= code) {
        struct text none = {0};
        VEC_PUSH(&reader->cells, none);
    }
    reader->cells.items[code] = value;
}

static void json_cell_dumped(struct json_reader *reader, const json_t *value)
{
    char *made = json_dumps(value, JSON_COMPACT);
    if (made == NULL)
        return;
    VEC_PUSH(&reader->made, made);
    json_cell(reader, text_of(made));
}

/* Objects become paths; lists, and what is to stay together, stay JSON. */
static void json_flatten(struct json_reader *reader, json_t *value, size_t depth)
{
    if (json_is_string(value)) {
        json_cell(reader, (struct text){json_string_value(value), json_string_length(value)});
    } else if (json_is_null(value)) {
        json_cell(reader, TEXT(""));
    } else if (json_is_boolean(value)) {
        json_cell(reader, json_is_true(value) ? TEXT("true") : TEXT("false"));
    } else if (json_is_object(value) && depth < JSON_FLAT &&
               !text_is(buf_text(&reader->path), "snapshots")) {
        const char *key;
        json_t *member;
        size_t length = reader->path.length;
        json_object_foreach(value, key, member)
        {
            if (length > 0)
                buf_add_char(&reader->path, '.');
            buf_add_string(&reader->path, key);
            reader->values += !json_is_object(member);
            if (reader->paths->count < IMPORT_COLUMNS_MOST || json_is_object(member) ||
                names_find(reader->paths, buf_text(&reader->path)) != NAMES_NONE)
                json_flatten(reader, member, depth + 1);
            else
                reader->late++;
            buf_cut(&reader->path, length);
        }
    } else {
        json_cell_dumped(reader, value);
    }
}

/* `raw` is the element. */
static bool json_row(struct json_reader *reader, json_t *element, struct text raw)
{
    reader->cells.count = 0;
    buf_clear(&reader->path);
    reader->values = reader->late = 0;
    json_flatten(reader, element, 0);
    struct row row = {reader->cut.line, reader->cells.items, reader->cells.count, reader->late,
                      raw};
    bool ok = reader->values > IMPORT_COLUMNS_MOST
                  ? json_broken(reader, reader->cut.line, json_too_many)
                  : reader->taker->row(reader->taker->self, &row, reader->err);
    for (size_t i = 0; i < reader->made.count; i++)
        free(reader->made.items[i]);
    reader->made.count = 0;
    return ok;
}

static bool json_one(struct json_reader *reader, json_t *element, struct text raw)
{
    return json_is_object(element) ? json_row(reader, element, raw)
                                   : json_broken(reader, reader->cut.line, "not an object");
}

/* One of a list inside of an element: its numbers stand in quotes, which says the same to us. */
static bool json_one_of(struct json_reader *reader, json_t *element)
{
    char *raw = reader->taker->raw ? json_dumps(element, JSON_COMPACT) : NULL;
    bool ok = json_one(reader, element, text_of(raw));
    free(raw);
    return ok;
}

/* An element that wraps a list of its own: an answer of an interface among others. */
static bool json_inner(struct json_reader *reader, const json_t *element)
{
    const json_t *list = json_object_get(element, reader->place.inner.at);
    size_t i;
    json_t *one;
    bool ok = true;
    if (!json_is_array(list))
        return json_broken(reader, reader->cut.line, "no list in it");
    json_array_foreach(list, i, one)
    {
        ok = ok && json_one_of(reader, one);
    }
    return ok;
}

static bool json_element(struct json_reader *reader)
{
    struct json_cut *cut = &reader->cut;
    json_cut_value(reader->feed, cut);
    if (cut->fault != NULL)
        return json_broken(reader, cut->line, cut->fault);
    json_error_t trouble;
    json_t *element =
        json_loadb(buf_string(&cut->text), cut->text.length,
                   JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &trouble);
    if (element == NULL)
        return json_broken(reader, cut->line, trouble.text);
    bool ok = text_known(reader->place.inner) ? json_inner(reader, element)
                                              : json_one(reader, element, json_raw(reader));
    json_decref(element);
    return ok;
}

static bool json_stray(struct json_reader *reader, const char *stops)
{
    size_t line = reader->feed->line;
    buf_clear(&reader->cut.start);
    int c;
    while ((c = feed_peek(reader->feed)) != FEED_END && memchr(stops, c, strlen(stops)) == NULL) {
        json_take(reader->feed, &reader->cut);
    }
    return json_broken(reader, line, "unexpected text between elements");
}

/* After the '['. */
static bool json_list(struct json_reader *reader)
{
    for (;;) {
        int c = json_blank(reader->feed);
        if (c == FEED_END && reader->cut.ended)
            return true; /* told already */
        if (c == FEED_END) {
            buf_clear(&reader->cut.start);
            return json_broken(reader, reader->feed->line, "cut off: the list does not end");
        }
        if (c == ']')
            return true;
        bool ok = true;
        if (c == ',')
            feed_next(reader->feed);
        else if (c == '{' || c == '[' || c == '"' || json_word_byte(c))
            ok = json_element(reader);
        else
            ok = json_stray(reader, ",]{[");
        if (!ok)
            return false;
    }
}

static bool json_lines(struct json_reader *reader)
{
    for (;;) {
        int c = json_blank(reader->feed);
        if (c == FEED_END)
            return true;
        if (!(c == '{' ? json_element(reader) : json_stray(reader, "\n")))
            return false;
    }
}

/* The rest of a list, after its '['. */
static void json_skip_list(struct json_reader *reader)
{
    int c;
    while ((c = json_blank(reader->feed)) != ']' && c != FEED_END) {
        if (c == ',')
            feed_next(reader->feed);
        else
            json_cut_value(reader->feed, &reader->cut);
    }
    feed_next(reader->feed);
}

/* Is the list that begins here the one? Without a wanted path: the first that holds objects. */
static bool json_is_wanted(struct json_reader *reader)
{
    if (!reader->any)
        return text_equal(buf_text(&reader->path), reader->place.wrapper);
    feed_next(reader->feed);
    return json_blank(reader->feed) == '{';
}

/* Walks objects until the path so far is the wanted one and a list begins there. */
static bool json_find(struct json_reader *reader, size_t depth, bool *found)
{
    struct feed *feed = reader->feed;
    struct json_cut *cut = &reader->cut;
    size_t length = reader->path.length;
    feed_next(feed);
    for (;;) {
        int c = json_blank(feed);
        if (c == ',') {
            feed_next(feed);
            continue;
        }
        if (c != '"')
            break;
        json_cut_value(feed, cut);
        json_t *key = json_loadb(buf_string(&cut->text), cut->text.length, JSON_DECODE_ANY, NULL);
        if (key == NULL || cut->ended || json_blank(feed) != ':') {
            json_decref(key);
            return false;
        }
        feed_next(feed);
        if (length > 0)
            buf_add_char(&reader->path, '.');
        buf_add_string(&reader->path, json_string_value(key));
        json_decref(key);
        c = json_blank(feed);
        *found = c == '[' && json_is_wanted(reader);
        if (*found)
            return true;
        if (reader->any && c == '[') {
            json_skip_list(reader);
        } else if (c == '{' && depth < JSON_FLAT) {
            if (!json_find(reader, depth + 1, found) || *found)
                return *found;
        } else {
            json_cut_value(feed, cut);
        }
        buf_cut(&reader->path, length);
    }
    if (json_blank(feed) == '}')
        feed_next(feed);
    return true;
}

static bool json_read(struct json_reader *reader)
{
    if (reader->place.lines)
        return json_lines(reader);
    bool found = true;
    if (text_known(reader->place.wrapper)) {
        found = false;
        if (json_blank(reader->feed) == '{')
            json_find(reader, 0, &found);
    }
    if (!found || json_blank(reader->feed) != '[')
        return err_at(reader->err, reader->feed->line, 0, "a list of objects was expected");
    feed_next(reader->feed);
    return json_list(reader);
}

bool json_rows(struct feed *feed, struct json_place place, struct names *paths,
               const struct row_taker *taker, struct err *err)
{
    struct json_reader reader = {
        .feed = feed, .place = place, .paths = paths, .taker = taker, .err = err};
    reader.cut.most = taker->raw ? IMPORT_CELL_MOST : JSON_START;
    bool ok = json_read(&reader);
    if (feed->failed) {
        if (err != NULL)
            *err = feed->err;
        ok = false;
    }
    buf_release(&reader.cut.text);
    buf_release(&reader.cut.start);
    buf_release(&reader.path);
    free(reader.cells.items);
    free(reader.made.items);
    return ok;
}

/* Not where a second object follows the first: those are lines. */
bool json_wrapper(struct feed *feed, struct buf *path)
{
    struct json_reader reader = {.feed = feed, .any = true, .cut = {.most = JSON_START}};
    bool found = false;
    if (json_blank(feed) == '{')
        json_find(&reader, 0, &found);
    if (found)
        buf_add_text(path, buf_text(&reader.path));
    buf_release(&reader.cut.text);
    buf_release(&reader.cut.start);
    buf_release(&reader.path);
    return found;
}
