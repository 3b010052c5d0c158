#include "rejects_internal.h"

#include <jansson.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "exchange/yaml.h"
#include "plan_internal.h"
#include "writer_internal.h"

/* ---- what such a file is made of ---- */

static const char *const said[] = {"reject_line", "reject_column", "reject_value", "reject_reason"};
static const char element_key[] = "reject_element", map_key[] = "reject_map";

bool rejects_own(struct text name)
{
    for (size_t i = 0; i < COUNT_OF(said); i++)
        if (text_is(name, said[i]))
            return true;
    return text_is(name, element_key) || text_starts(name, map_key);
}

size_t rejects_lead(const struct text *names, size_t count)
{
    size_t lead = 0;
    while (lead < count && rejects_own(text_trim(names[lead])))
        lead++;
    return lead;
}

bool rejects_begin(struct text bytes, char *separator)
{
    static const char *const fronts[] = {"reject_line", "\"reject_line\"", "{\"reject_line\":"};
    if (text_starts(bytes, "\xEF\xBB\xBF"))
        bytes = text_part(bytes, 3, bytes.length);
    *separator = '\0';
    for (size_t i = 0; i < COUNT_OF(fronts); i++) {
        size_t length = strlen(fronts[i]);
        if (!text_starts(bytes, fronts[i]) || bytes.length <= length)
            continue;
        *separator = bytes.at[0] == '{' ? '\0' : bytes.at[length];
        return *separator == '\0' || memchr(",;|\t", *separator, 4) != NULL;
    }
    return false;
}

void import_rejects_init(struct import_rejects *rejects, struct writer_out out)
{
    *rejects = (struct import_rejects){.out = out};
}

static void send(struct import_rejects *rejects, struct buf *line)
{
    if (!rejects->failed && !rejects->out.write(rejects->out.self, buf_text(line), &rejects->err))
        rejects->failed = true;
    buf_release(line);
}

/* ---- what was decided, as a mapping file in one line ---- */

static bool is_simple(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z', digit = c >= '0' && c <= '9';
        bool inside = i > 0 && i + 1 < text.length && memchr(" _.-", c, 4) != NULL;
        if (!letter && !digit && !inside)
            return false;
    }
    return text.length > 0;
}

static void add_scalar(struct buf *out, struct text text)
{
    if (is_simple(text))
        buf_add_text(out, text);
    else
        json_quote(out, text);
}

static void add_map(struct buf *out, const struct doc_node *map)
{
    buf_add_char(out, '{');
    for (const struct doc_node *node = map->first; node != NULL; node = node->next) {
        buf_add_string(out, node == map->first ? "" : ", ");
        add_scalar(out, node->key);
        buf_add_string(out, ": ");
        if (node->kind == DOC_MAP)
            add_map(out, node);
        else
            add_scalar(out, node->value);
    }
    buf_add_char(out, '}');
}

static void add_plan(struct buf *out, const struct import_plan *plan)
{
    struct doc map;
    import_plan_map(plan, &map);
    struct buf day = BUF_INIT;
    if (number_known(plan->date) && !plan->date_said) {
        date_iso(&day, plan->date);
        import_map_set(&map, TEXT("date"), buf_text(&day));
    }
    add_map(out, map.root);
    buf_release(&day);
    doc_release(&map);
}

/* Of what is broken the value is the whole, which stands beside it. */
static struct text value_of(const struct import_problem *problem)
{
    bool whole = problem->broken && text_known(problem->raw);
    return whole ? (struct text){0} : problem->value;
}

/* ---- CSV ---- */

/* A spreadsheet takes what begins with these for a formula; figures are none. */
static bool is_formula(struct text cell)
{
    struct number_seen seen;
    return cell.length > 0 && memchr("=+-@\t\r", cell.at[0], 6) != NULL &&
           !(number_parse(cell, number_style_english, &seen) && !seen.trailing);
}

static void add_cell(struct buf *out, struct text text)
{
    struct buf cell = BUF_INIT;
    text = text_known(text) ? text : TEXT("");
    if (is_formula(text))
        buf_add_char(&cell, '\'');
    utf8_repair(&cell, text);
    csv_quote(out, buf_text(&cell));
    buf_release(&cell);
}

/* Where the cells of a row begin and end, as far as a row that may be broken lets one tell. */
struct cells {
    struct text row;
    char separator;
    size_t at; /* of what follows */
};

/* The next cell with its quotes; what separates it from the next is left out. */
static bool next_cell(struct cells *it, struct text *cell)
{
    size_t from = it->at, at = from;
    bool quoted = false;
    if (from > it->row.length)
        return false;
    while (at < it->row.length && it->row.at[at] == ' ')
        at++;
    quoted = at < it->row.length && it->row.at[at] == '"';
    for (at += quoted; at < it->row.length; at++) {
        char c = it->row.at[at];
        if (quoted && c == '"')
            quoted = at + 1 < it->row.length && it->row.at[at + 1] == '"' && ++at;
        else if (!quoted && c == it->separator)
            break;
    }
    *cell = text_part(it->row, from, at - from);
    it->at = at + 1;
    return true;
}

/* The cell as it is, made harmless. */
static void add_as_it_is(struct buf *out, struct text cell)
{
    size_t from = 0;
    while (from < cell.length && cell.at[from] == ' ')
        from++;
    from += from < cell.length && cell.at[from] == '"';
    struct text inside = text_part(cell, from, cell.length - from);
    if (from > 0 && inside.length > 0 && inside.at[inside.length - 1] == '"')
        inside.length--;
    buf_add_text(out, text_part(cell, 0, from));
    if (is_formula(inside))
        buf_add_char(out, '\'');
    buf_add_text(out, text_part(cell, from, cell.length - from));
}

/* Without its first `skip` cells. */
static void add_row(struct buf *out, struct text raw, char separator, size_t skip)
{
    struct buf row = BUF_INIT;
    utf8_repair(&row, raw);
    struct cells it = {.row = buf_text(&row), .separator = separator};
    struct text cell;
    for (size_t i = 0; next_cell(&it, &cell); i++) {
        if (i < skip)
            continue;
        if (i > skip)
            buf_add_char(out, separator);
        add_as_it_is(out, cell);
    }
    buf_release(&row);
}

static void add_header(struct buf *out, const struct import_plan *plan)
{
    struct buf map = BUF_INIT;
    size_t skip = plan->lead;
    for (size_t i = 0; i < COUNT_OF(said); i++)
        buf_addf(out, "%s%c", said[i], plan->separator);
    buf_addf(&map, "%s: ", map_key);
    add_plan(&map, plan);
    csv_quote(out, buf_text(&map));
    buf_add_char(out, plan->separator);
    buf_release(&map);
    for (size_t i = skip; i < plan->column_count; i++) {
        struct text name = plan->columns[i].name;
        if (i > skip)
            buf_add_char(out, plan->separator);
        if (name.length > 0 && (is_formula(name) || memchr(name.at, '"', name.length) != NULL ||
                                memchr(name.at, plan->separator, name.length) != NULL ||
                                memchr(name.at, '\n', name.length) != NULL ||
                                memchr(name.at, '\r', name.length) != NULL))
            add_cell(out, name);
        else
            buf_add_text(out, name);
    }
    buf_add_char(out, '\n');
}

static void put_csv(struct import_rejects *rejects, const struct import_plan *plan,
                    const struct import_problem *problem)
{
    struct buf out = BUF_INIT;
    if (rejects->rows == 0)
        add_header(&out, plan);
    buf_addf(&out, "%zu%c", problem->line, plan->separator);
    add_cell(&out, problem->header);
    buf_add_char(&out, plan->separator);
    add_cell(&out, value_of(problem));
    buf_add_char(&out, plan->separator);
    add_cell(&out, text_of(problem->reason));
    buf_add_char(&out, plan->separator);
    buf_add_char(&out, plan->separator); /* below the map */
    if (text_known(problem->raw))
        add_row(&out, problem->raw, plan->separator, plan->lead);
    buf_add_char(&out, '\n');
    send(rejects, &out);
}

/* ---- JSON ---- */

static void add_member(struct buf *out, const char *key, struct text value)
{
    buf_addf(out, ", \"%s\": ", key);
    if (text_known(value))
        json_quote(out, value);
    else
        buf_add_string(out, "null");
}

/* The end of the string or word that begins here. */
static size_t value_end(struct text raw, size_t at)
{
    if (at < raw.length && raw.at[at] == '"') {
        for (at++; at < raw.length && raw.at[at] != '"'; at++)
            at += raw.at[at] == '\\';
        return at + 1;
    }
    while (at < raw.length && raw.at[at] != ',' && raw.at[at] != '}')
        at++;
    return at;
}

/* The members of an object, from the first that says nothing of an earlier reject. Between values
 * there are no blanks, as elements are kept. */
static struct text members_of(struct text raw)
{
    size_t at = 1;
    while (at < raw.length && raw.at[at] == '"') {
        size_t key = value_end(raw, at), end = value_end(raw, key + 1);
        if (key >= raw.length || !rejects_own(text_part(raw, at + 1, key - at - 2)))
            break;
        at = end + (end < raw.length && raw.at[end] == ',');
    }
    return at < raw.length ? text_part(raw, at, raw.length - at) : TEXT("}");
}

static void put_json(struct import_rejects *rejects, const struct import_plan *plan,
                     const struct import_problem *problem)
{
    struct buf out = BUF_INIT, map = BUF_INIT;
    buf_addf(&out, "{\"reject_line\": %zu", problem->line);
    add_member(&out, "reject_column", problem->header);
    add_member(&out, "reject_value", value_of(problem));
    add_member(&out, "reject_reason", text_of(problem->reason));
    if (rejects->rows == 0) {
        add_plan(&map, plan);
        add_member(&out, map_key, buf_text(&map));
        buf_release(&map);
    }
    if (problem->broken || !text_known(problem->raw)) {
        add_member(&out, element_key, problem->raw);
        buf_add_char(&out, '}');
    } else {
        struct text members = members_of(problem->raw);
        buf_add_string(&out, text_is(members, "}") ? "" : ", ");
        buf_add_text(&out, members);
    }
    buf_add_char(&out, '\n');
    send(rejects, &out);
}

void import_rejects_put(struct import_rejects *rejects, const struct import_plan *plan,
                        const struct import_problem *problem)
{
    if (problem->trouble != TROUBLE_REJECT)
        return;
    if (plan->header_line > 0)
        put_csv(rejects, plan, problem);
    else
        put_json(rejects, plan, problem);
    rejects->rows++;
}

/* ---- the map, read again ---- */

static struct text map_of_csv(struct text sample, char separator, struct arena *arena)
{
    struct cells it = {.row = sample, .separator = separator};
    struct text cell;
    for (size_t i = 0; i <= COUNT_OF(said) && next_cell(&it, &cell); i++) {
        size_t at = cell.length > 0 && cell.at[0] == '"';
        if (!text_starts(text_part(cell, at, cell.length), map_key))
            continue;
        struct buf plain = BUF_INIT;
        at += sizeof map_key - 1;
        for (size_t k = at + (at < cell.length && cell.at[at] == ':'); k < cell.length; k++)
            if (cell.at[k] != '"' || (k + 1 < cell.length && cell.at[k + 1] == '"' && ++k))
                buf_add_char(&plain, cell.at[k]);
        struct text map = arena_text(arena, buf_text(&plain));
        buf_release(&plain);
        return map;
    }
    return (struct text){0};
}

static struct text map_of_json(struct text sample, struct arena *arena)
{
    json_t *first = json_loadb(sample.at, sample.length, JSON_DISABLE_EOF_CHECK, NULL);
    const char *map = json_string_value(json_object_get(first, map_key));
    struct text out = map != NULL ? arena_text(arena, text_of(map)) : (struct text){0};
    json_decref(first);
    return out;
}

bool rejects_map(struct text sample, struct doc *out, struct err *err)
{
    char separator;
    struct arena arena = {0};
    bool ok = true;
    *out = (struct doc){.root = NULL};
    if (rejects_begin(sample, &separator)) {
        struct text map =
            separator != '\0' ? map_of_csv(sample, separator, &arena) : map_of_json(sample, &arena);
        ok = map.length == 0 || yaml_read(map, out, err) || err_before(err, "%s", map_key);
    }
    arena_release(&arena);
    return ok;
}

bool import_rejects_end(struct import_rejects *rejects, struct err *err)
{
    if (rejects->failed && err != NULL)
        *err = rejects->err;
    return !rejects->failed;
}
