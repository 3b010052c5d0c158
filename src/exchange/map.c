#include "map_internal.h"

#include <string.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/currency.h"

static bool map_wrong(const struct doc_node *node, const char *wanted, struct err *err)
{
    return err_at(err, node->line, node->column, "'%.*s' is no %s", (int)node->value.length,
                  node->value.length > 0 ? node->value.at : "", wanted);
}

static bool map_columns(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    (void)plan;
    if (node->kind != DOC_MAP)
        return err_at(err, node->line, node->column, "'columns' has to be a map");
    for (const struct doc_node *entry = node->first; entry != NULL; entry = entry->next) {
        struct meaning meaning;
        bool scaled;
        enum import_scale scale;
        if (!import_map_meaning(entry, &meaning, &scaled, &scale, err))
            return false;
    }
    return true;
}

static bool map_platform(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    return platform_from_word(node->value, &plan->platform) || map_wrong(node, "platform", err);
}

static bool map_date(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    return date_parse(node->value, &plan->date) || map_wrong(node, "date", err);
}

static bool map_encoding(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    static const struct {
        const char *word;
        enum import_encoding encoding;
    } words[] = {{"utf-8", ENCODING_UTF8},
                 {"utf-16le", ENCODING_UTF16_LE},
                 {"utf-16be", ENCODING_UTF16_BE},
                 {"windows-1252", ENCODING_WINDOWS_1252},
                 {"latin-1", ENCODING_WINDOWS_1252}};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_equal_ascii_case(node->value, text_of(words[i].word))) {
            plan->encoding = words[i].encoding;
            return true;
        }
    return map_wrong(node, "encoding (utf-8, utf-16le, utf-16be, windows-1252)", err);
}

static bool map_separator(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    bool tab = text_is(node->value, "tab") || text_is(node->value, "\\t");
    if (!tab && (node->value.length != 1 || memchr(",;|\t", *node->value.at, 4) == NULL))
        return map_wrong(node, "separator (, ; | tab)", err);
    plan->separator = tab ? '\t' : *node->value.at;
    return true;
}

static bool map_header(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    double line;
    if (!doc_number(node, &line, err))
        return false;
    if (!(line >= 1 && line <= 1e6) || line != (double)(size_t)line)
        return map_wrong(node, "line number", err);
    plan->header_line = (size_t)line;
    return true;
}

static bool map_numbers(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    static const struct number_style german = {'.', ','};
    bool is_german = text_is(node->value, "german");
    if (!is_german && !text_is(node->value, "english"))
        return map_wrong(node, "way to write numbers (english, german)", err);
    plan->numbers = is_german ? german : number_style_english;
    return true;
}

static bool map_currency(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    plan->currency = currency_from_code(node->value);
    return plan->currency != CURRENCY_NONE || map_wrong(node, "currency code", err);
}

static bool map_er_basis(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    return er_basis_from_word(node->value, &plan->er_basis) ||
           map_wrong(node, "basis of a rate (followers, views, reach)", err);
}

const struct import_map_key import_map_keys[] = {
    {"columns", "below it a line HEADER: KEY for each column of the file that was not understood. "
                "KEY is one of `microscope columns`, or link (of the profile), date (the row is "
                "of), engagements_per_post, ignore. Rates may say their unit: er percent, er "
                "fraction"},
    {"platform", "of all rows: instagram"},
    {"date", "the day the data is of: 2026-11-16"},
    {"encoding", "utf-8, utf-16le, utf-16be, windows-1252"},
    {"separator", "between cells: , ; | tab"},
    {"header", "number of the line with the headers: 3"},
    {"numbers", "english (1,234.5) or german (1.234,5)"},
    {"currency", "of fees that name none: EUR"},
    {"er_basis", "what rates are of: followers, views, reach"},
};
const char import_map_example[] = "numbers: german\n"
                                  "columns:\n"
                                  "  Wer: handle\n"
                                  "  Interaktion: er percent\n";
const size_t import_map_key_count = COUNT_OF(import_map_keys);

/* In the order of import_map_keys. */
static bool (*const map_readers[])(const struct doc_node *node, struct import_plan *plan,
                                   struct err *err) = {map_columns,  map_platform,  map_date,
                                                       map_encoding, map_separator, map_header,
                                                       map_numbers,  map_currency,  map_er_basis};
_Static_assert(COUNT_OF(map_readers) == COUNT_OF(import_map_keys), "a reader for each key");

static bool map_entry(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    for (size_t i = 0; i < import_map_key_count; i++)
        if (text_is(node->key, import_map_keys[i].key))
            return map_readers[i](node, plan, err);
    const char *near =
        nearest_word(node->key, import_map_keys, import_map_key_count, sizeof import_map_keys[0]);
    return err_at(err, node->key_line, node->key_column, "'%.*s' is no key of a mapping file%s%s%s",
                  (int)node->key.length, node->key.at, near != NULL ? ", did you mean '" : "",
                  near != NULL ? near : "", near != NULL ? "'?" : "");
}

bool import_map_apply(const struct doc *map, struct import_plan *plan, struct err *err)
{
    if (map == NULL || map->root == NULL)
        return true;
    if (map->root->kind != DOC_MAP)
        return err_at(err, map->root->line, map->root->column, "a map was expected");
    for (const struct doc_node *node = map->root->first; node != NULL; node = node->next)
        if (!map_entry(node, plan, err))
            return false;
    return true;
}

static const struct doc_node *map_columns_of(const struct doc *map)
{
    if (map == NULL || map->root == NULL || map->root->kind != DOC_MAP)
        return NULL;
    const struct doc_node *node = doc_find(map->root, "columns");
    return node != NULL ? node->first : NULL;
}

static bool same_header(struct text a, struct text b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    header_plain(&x, a);
    header_plain(&y, b);
    bool same = text_equal(text_trim(a), text_trim(b)) ||
                (x.length > 0 && text_equal(buf_text(&x), buf_text(&y)));
    buf_release(&x);
    buf_release(&y);
    return same;
}

const struct doc_node *import_map_find(const struct doc *map, struct text header)
{
    const struct doc_node *entry = map_columns_of(map);
    for (; entry != NULL; entry = entry->next)
        if (same_header(entry->key, header))
            return entry;
    return NULL;
}

static bool map_use(struct text word, struct meaning *out)
{
    static const struct {
        const char *word;
        enum import_use use;
    } words[] = {{"ignore", USE_IGNORED},
                 {"date", USE_DATE},
                 {"link", USE_LINK},
                 {"engagements_per_post", USE_ENGAGEMENTS}};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (text_is(word, words[i].word)) {
            out->use = words[i].use;
            return true;
        }
    out->use = USE_COLUMN;
    return column_from_key(word, &out->column) && column_imported(out->column);
}

bool import_map_meaning(const struct doc_node *node, struct meaning *out, bool *scaled,
                        enum import_scale *scale, struct err *err)
{
    struct text rest = node->kind == DOC_SCALAR ? node->value : TEXT(""), word, unit = {0};
    *out = (struct meaning){
        .known = true, .named = PLATFORM_COUNT, .rank = 100, .why = "your map says so"};
    *scaled = false;
    *scale = SCALE_AS_IS;
    if (!text_next(&rest, ' ', &word) || !map_use(word, out)) {
        const char *near = column_nearest(node->value);
        return err_at(err, node->line, node->column,
                      "'%.*s' is no column that can be imported%s%s%s", (int)node->value.length,
                      node->value.length > 0 ? node->value.at : "",
                      near != NULL ? ", did you mean '" : "", near != NULL ? near : "",
                      near != NULL ? "'?" : "");
    }
    if (!text_next(&rest, ' ', &unit))
        return true;
    *scaled = true;
    *scale = text_is(unit, "percent") ? SCALE_PERCENT : SCALE_AS_IS;
    return text_is(unit, "percent") || text_is(unit, "fraction") ||
           map_wrong(node, "column with unit percent or fraction", err);
}

bool import_map_complete(const struct doc *map, const struct import_plan *plan, struct err *err)
{
    for (const struct doc_node *entry = map_columns_of(map); entry != NULL; entry = entry->next) {
        bool there = false;
        for (size_t i = 0; i < plan->column_count && !there; i++)
            there = same_header(entry->key, plan->columns[i].name);
        if (!there)
            return err_at(err, entry->key_line, entry->key_column, "the list has no column '%.*s'",
                          (int)entry->key.length, entry->key.at);
    }
    return true;
}
