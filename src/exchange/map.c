#include "map_internal.h"

#include <string.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "feed_internal.h"

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
        struct column_words words;
        if (!import_map_meaning(entry, &words, err))
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
    plan->date_said = date_parse(node->value, &plan->date);
    return plan->date_said || map_wrong(node, "date", err);
}

const char *const import_encoding_keys[ENCODING_COUNT] = {
    [ENCODING_UTF8] = "utf-8",
    [ENCODING_UTF8_BOM] = "utf-8",
    [ENCODING_UTF16_LE] = "utf-16le",
    [ENCODING_UTF16_BE] = "utf-16be",
    [ENCODING_WINDOWS_1252] = "windows-1252",
    [ENCODING_WINDOWS_1251] = "windows-1251",
    [ENCODING_NAMED] = "",
};

struct text import_map_encoding(const struct import_plan *plan)
{
    return plan->encoding == ENCODING_NAMED ? plan->encoding_name
                                            : text_of(import_encoding_keys[plan->encoding]);
}

static bool map_encoding(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    bool latin = text_equal_ascii_case(node->value, TEXT("latin-1"));
    for (int i = 0; i < ENCODING_NAMED; i++)
        if (text_equal_ascii_case(node->value, text_of(import_encoding_keys[i])) ||
            (latin && i == ENCODING_WINDOWS_1252)) {
            plan->encoding = (enum import_encoding)i;
            return true;
        }
    plan->encoding_name = arena_text(&plan->arena, node->value);
    if (node->value.length == 0 || !encoding_known(plan->encoding_name.at))
        return map_wrong(node, "encoding (utf-8, windows-1252, or another that `iconv -l` lists)",
                         err);
    plan->encoding = ENCODING_NAMED;
    return true;
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

static bool map_list(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    if (node->kind != DOC_SCALAR || (node->value.length == 0 && !node->quoted))
        return map_wrong(node, "place of a list, as data.items", err);
    plan->wrapper = arena_text(&plan->arena, node->value);
    return true;
}

static const struct {
    const char *word;
    struct number_style style;
} number_words[] = {{"english", {',', '.'}}, {"german", {'.', ','}}};

static bool numbers_from_word(struct text word, struct number_style *style)
{
    for (size_t i = 0; i < COUNT_OF(number_words); i++)
        if (text_is(word, number_words[i].word)) {
            *style = number_words[i].style;
            return true;
        }
    return false;
}

const char *import_map_numbers(struct number_style style)
{
    return number_words[style.decimal == ','].word;
}

static bool map_numbers(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    plan->numbers_said = numbers_from_word(node->value, &plan->numbers);
    return plan->numbers_said || map_wrong(node, "way to write numbers (english, german)", err);
}

static bool map_dates(const struct doc_node *node, struct import_plan *plan, struct err *err)
{
    for (int i = DATE_DAY_MONTH; i <= DATE_MONTH_DAY; i++)
        if (text_is(node->value, import_dates_words[i])) {
            plan->dates = (enum date_order)i;
            plan->dates_said = true;
        }
    return plan->dates_said || map_wrong(node, "order of dates (day-month, month-day)", err);
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
    {"columns",
     "below it a line HEADER: KEY for each column of the file that was not understood. "
     "HEADER may be \"#3\": the third column. KEY is one of `microscope columns`, or "
     "link (of the profile), date (the row is of), engagements_per_post, hidden, "
     "tier_label, ignore. Rates may say their unit: er percent, er fraction; figures how "
     "they are written: likes german; fees their currency and format: fee EUR story; "
     "\"fee 2\" is of the format that \"fee_format 2\" names; \"niche capitals\" "
     "takes MusicArt for two words"},
    {"platform", "of all rows: instagram"},
    {"date", "the day the data is of: 2026-11-16"},
    {"encoding", "utf-8, utf-16le, utf-16be, windows-1252 (latin-1 too), windows-1251, or any that "
                 "`iconv -l` lists: windows-1253 of Greek, windows-1255 of Hebrew, windows-1256 of "
                 "Arabic, windows-874 of Thai"},
    {"separator", "between cells: , ; | tab"},
    {"header", "number of the line with the headers: 3"},
    {"list", "keys in front of the list in a JSON object: data.items"},
    {"numbers", "english (1,234.5) or german (1.234,5)"},
    {"dates", "whether 05/06/2026 begins with the day or the month: day-month, month-day"},
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
                                   struct err *err) = {
    map_columns, map_platform, map_date,  map_encoding, map_separator, map_header,
    map_list,    map_numbers,  map_dates, map_currency, map_er_basis};
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

/* "#3" */
static bool is_place(struct text key, size_t *place)
{
    double value;
    if (key.length < 2 || key.length > 5 || *key.at != '#' ||
        !number_parse_bare(text_part(key, 1, key.length), '.', &value))
        return false;
    *place = (size_t)value;
    return value >= 1 && value == (double)*place;
}

/* What is said of the place beats what is said of the header as written, and that what is said of one
 * that reads the same. */
static int match_of(const struct doc_node *entry, struct text header, size_t place)
{
    size_t said;
    if (place > 0 && is_place(entry->key, &said) && said == place)
        return 3;
    if (text_equal(entry->key, text_trim(header)))
        return 2;
    return same_header(entry->key, header);
}

size_t import_map_place(const struct import_plan *plan, size_t at)
{
    return at < plan->lead ? 0 : at + 1 - plan->lead;
}

const struct doc_node *import_map_find(const struct doc *map, struct text header, size_t place)
{
    const struct doc_node *found = NULL;
    int best = 0;
    for (const struct doc_node *entry = map_columns_of(map); entry != NULL; entry = entry->next) {
        int match = match_of(entry, header, place);
        if (match <= best)
            continue;
        best = match;
        found = entry;
    }
    return found;
}

static const struct {
    const char *word;
    enum import_use use;
    enum column column;
} use_words[] = {{"ignore", USE_IGNORED, 0},
                 {"date", USE_DATE, 0},
                 {"link", USE_LINK, COL_URL},
                 {"engagements_per_post", USE_ENGAGEMENTS, COL_ER},
                 {"hidden", USE_HIDDEN, COL_FOLLOWERS},
                 {"tier_label", USE_TIER_LABEL, COL_TIER},
                 {"snapshots", USE_SNAPSHOTS, 0},
                 {"fee_format", USE_FEE_FORMAT, COL_FEE},
                 {"post_list", USE_POSTS, 0}};

static bool map_use(struct text word, struct meaning *out)
{
    for (size_t i = 0; i < COUNT_OF(use_words); i++)
        if (text_is(word, use_words[i].word)) {
            out->use = use_words[i].use;
            out->column = use_words[i].column;
            return true;
        }
    out->use = USE_COLUMN;
    return column_from_key(word, &out->column) && column_imported(out->column);
}

static bool word_of_scale(struct text word, struct column_words *out)
{
    bool percent = text_is(word, "percent");
    if (!percent && !text_is(word, "fraction"))
        return false;
    out->scaled = true;
    out->scale = percent ? SCALE_PERCENT : SCALE_AS_IS;
    return true;
}

static bool word_of_numbers(struct text word, struct column_words *out)
{
    bool known = numbers_from_word(word, &out->numbers);
    out->styled = out->styled || known;
    return known;
}

static bool word_of_group(struct text word, struct column_words *out)
{
    double value;
    bool fee = out->meaning.column == COL_FEE;
    if (!fee || !number_parse_bare(word, '.', &value) || !(value >= 1 && value <= 1000))
        return false;
    out->meaning.group = (unsigned)value;
    return true;
}

static bool word_of_currency(struct text word, struct column_words *out)
{
    unsigned currency = currency_from_code(word);
    if (out->meaning.column != COL_FEE || currency == CURRENCY_NONE)
        return false;
    out->meaning.currency = currency;
    return true;
}

static bool word_of_format(struct text word, struct column_words *out)
{
    for (size_t i = FORMAT_NONE + 1; i < FORMAT_COUNT; i++)
        if (out->meaning.column == COL_FEE && text_is(word, formats[i].word)) {
            out->meaning.format = text_of(formats[i].word);
            return true;
        }
    return false;
}

static bool word_of_capitals(struct text word, struct column_words *out)
{
    bool capitals = text_is(word, "capitals") && out->meaning.use == USE_COLUMN &&
                    columns[out->meaning.column].unit == UNIT_SET;
    out->meaning.capitals = out->meaning.capitals || capitals;
    return capitals;
}

static bool (*const word_readers[])(struct text word, struct column_words *out) = {
    word_of_scale,    word_of_numbers, word_of_group,
    word_of_currency, word_of_format,  word_of_capitals};

static bool word_is_known(struct text word, struct column_words *out)
{
    for (size_t i = 0; i < COUNT_OF(word_readers); i++)
        if (word_readers[i](word, out))
            return true;
    return false;
}

bool import_map_meaning(const struct doc_node *node, struct column_words *out, struct err *err)
{
    struct text rest = node->kind == DOC_SCALAR ? node->value : TEXT(""), word;
    *out = (struct column_words){
        .meaning = {
            .known = true, .named = PLATFORM_COUNT, .rank = 100, .why = "your map says so"}};
    if (!text_next(&rest, ' ', &word) || !map_use(word, &out->meaning)) {
        const char *near = column_nearest(node->value);
        return err_at(err, node->line, node->column,
                      "'%.*s' is no column that can be imported%s%s%s", (int)node->value.length,
                      node->value.length > 0 ? node->value.at : "",
                      near != NULL ? ", did you mean '" : "", near != NULL ? near : "",
                      near != NULL ? "'?" : "");
    }
    while (text_next(&rest, ' ', &word))
        if (word.length > 0 && !word_is_known(word, out))
            return map_wrong(node,
                             "column with words we know (percent, fraction, english, german; of "
                             "fees a currency, a format, a number; of niches capitals)",
                             err);
    return true;
}

static const char *word_of_use(const struct import_column *column)
{
    for (size_t i = 0; i < COUNT_OF(use_words); i++)
        if (use_words[i].use == column->use)
            return use_words[i].word;
    return columns[column->column].key;
}

static void fee_words(const struct import_column *column, struct buf *out)
{
    if (column->group > 0)
        buf_addf(out, " %u", column->group);
    if (column->use == USE_FEE_FORMAT)
        return;
    if (column->currency != CURRENCY_NONE)
        buf_addf(out, " %s", currencies[column->currency].code);
    if (text_known(column->format)) {
        buf_add_char(out, ' ');
        buf_add_text(out, column->format);
    }
}

void import_map_words(const struct import_column *column, struct buf *out)
{
    enum unit unit = columns[column->column].unit;
    bool value = column->use == USE_COLUMN, fee = value && column->column == COL_FEE;
    buf_add_string(out, word_of_use(column));
    if (value && (unit == UNIT_SHARE || column->column == COL_VIEW_RATE))
        buf_add_string(out, column->scale == SCALE_PERCENT ? " percent" : " fraction");
    if (fee || column->use == USE_FEE_FORMAT)
        fee_words(column, out);
    if (value && unit == UNIT_SET && column->capitals)
        buf_add_string(out, " capitals");
}

bool import_map_complete(const struct doc *map, const struct import_plan *plan, struct err *err)
{
    for (const struct doc_node *entry = map_columns_of(map); entry != NULL; entry = entry->next) {
        bool there = false;
        for (size_t i = 0; i < plan->column_count && !there; i++)
            there = match_of(entry, plan->columns[i].name, import_map_place(plan, i)) > 0;
        if (!there)
            return err_at(err, entry->key_line, entry->key_column, "the list has no column '%.*s'",
                          (int)entry->key.length, entry->key.at);
    }
    return true;
}
