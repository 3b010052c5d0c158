#include "filter_oracle.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DAY 86400.0

static void must(sqlite3 *db, int result)
{
    if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW) {
        fprintf(stderr, "oracle: %s\n", sqlite3_errmsg(db));
        abort();
    }
}

/* ---- the table ---- */

/* Folding has tests of its own in base. */
static void fold(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct text text = text_of((const char *)sqlite3_value_text(values[0]));
    struct buf folded = BUF_INIT;

    (void)count;
    if (!text_known(text))
        return;
    utf8_fold(&folded, text);
    sqlite3_result_text(context, buf_string(&folded), -1, SQLITE_TRANSIENT);
    buf_release(&folded);
}

static void bind(sqlite3_stmt *insert, int place, struct sheet *sheet, enum column column,
                 uint32_t row)
{
    struct buf buf = BUF_INIT;
    struct text text = {0};
    double number = NAN;

    if (column_is_text(column))
        text = sheet_text(sheet, column, row, &buf);
    else
        number = sheet_number(sheet, column, row);
    if (text.length)
        sqlite3_bind_text(insert, place, text.at, (int)text.length, SQLITE_TRANSIENT);
    else if (isfinite(number))
        sqlite3_bind_double(insert, place, number);
    else
        sqlite3_bind_null(insert, place);
    buf_release(&buf);
}

static void insert_row(struct filter_oracle *oracle, sqlite3_stmt *insert, uint32_t row)
{
    const struct catalog *catalog = oracle->sheet->catalog;
    double fee = catalog_number(catalog, COL_FEE, row);
    struct text origin = catalog_text(catalog, COL_FEE_ORIGIN, row);
    struct text key = catalog_key(catalog, row);
    int place = 1;

    sqlite3_reset(insert);
    sqlite3_bind_int64(insert, place++, row);
    sqlite3_bind_text(insert, place++, key.at, (int)key.length, SQLITE_TRANSIENT);
    sqlite3_bind_int(insert, place++, !isnan(fee) && !text_is(origin, "estimated"));
    for (int column = 0; column < COLUMN_COUNT; column++)
        bind(insert, place++, oracle->sheet, (enum column)column, row);
    must(oracle->db, sqlite3_step(insert));
}

static const char *const derived_tables =
    "create table p(row integer primary key, t0, t1, t2, t3, t4);"
    "create table member(row, topic, word);"
    "create index member_row on member(row, topic);"
    "with recursive piece(row, topic, word, rest) as ("
    " select row, 'niche', null, niche || '|' from c where niche is not null"
    " union all select row, 'tag', null, tag || '|' from c where tag is not null"
    " union all select row, topic, substr(rest, 1, instr(rest, '|') - 1),"
    "  substr(rest, instr(rest, '|') + 1) from piece where rest <> '')"
    "insert into member select row, topic, word from piece where word is not null;";

static void fill(struct filter_oracle *oracle)
{
    struct buf create = BUF_INIT, values = BUF_INIT;
    sqlite3_stmt *insert;

    buf_add_string(&create, "create table c(row integer primary key, key text, fee_given");
    buf_add_string(&values, "insert into c values(?, ?, ?");
    for (int column = 0; column < COLUMN_COUNT; column++) {
        buf_addf(&create, ", \"%s\"", columns[column].key);
        buf_add_string(&values, ", ?");
    }
    buf_add_string(&create, ")");
    buf_add_string(&values, ")");
    must(oracle->db, sqlite3_exec(oracle->db, buf_string(&create), NULL, NULL, NULL));
    must(oracle->db, sqlite3_exec(oracle->db, "begin", NULL, NULL, NULL));
    must(oracle->db, sqlite3_prepare_v2(oracle->db, buf_string(&values), -1, &insert, NULL));
    for (uint32_t row = 0; row < oracle->sheet->catalog->count; row++)
        if (catalog_live(oracle->sheet->catalog, row))
            insert_row(oracle, insert, row);
    sqlite3_finalize(insert);
    must(oracle->db, sqlite3_exec(oracle->db, derived_tables, NULL, NULL, NULL));
    must(oracle->db, sqlite3_exec(oracle->db, "commit", NULL, NULL, NULL));
    buf_release(&create);
    buf_release(&values);
}

void oracle_init(struct filter_oracle *oracle, struct sheet *sheet, uint64_t seed)
{
    *oracle = (struct filter_oracle){.sheet = sheet};
    random_init(&oracle->random, seed);
    if (sqlite3_open(":memory:", &oracle->db) != SQLITE_OK)
        abort();
    must(oracle->db,
         sqlite3_create_function(oracle->db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                 fold, NULL, NULL));
    fill(oracle);
}

static void clear_terms(struct filter_oracle *oracle)
{
    for (size_t i = 0; i < ORACLE_TERMS; i++) {
        buf_release(&oracle->terms[i].words);
        buf_release(&oracle->terms[i].sql);
    }
    oracle->count = 0;
}

void oracle_release(struct filter_oracle *oracle)
{
    clear_terms(oracle);
    buf_release(&oracle->line);
    buf_release(&oracle->order);
    buf_release(&oracle->order_sql);
    sqlite3_close(oracle->db);
    *oracle = (struct filter_oracle){0};
}

/* ---- dice ---- */

static size_t below(struct filter_oracle *oracle, size_t bound)
{
    return (size_t)random_below(&oracle->random, bound);
}

static bool chance(struct filter_oracle *oracle, unsigned percent)
{
    return below(oracle, 100) < percent;
}

static enum column pick(struct filter_oracle *oracle, const enum column *from, size_t count)
{
    return from[below(oracle, count)];
}

static enum column pick_figure(struct filter_oracle *oracle)
{
    enum column column;

    do
        column = (enum column)below(oracle, COLUMN_COUNT);
    while (column_is_text(column) || columns[column].unit == UNIT_TIME ||
           columns[column].unit == UNIT_FLAG);
    return column;
}

/* A number somebody has, as typed in one of several ways. */
static void add_number(struct filter_oracle *oracle, enum column column, struct buf *words,
                       double *value)
{
    enum unit unit = columns[column].unit;
    char text[64];

    *value = NAN;
    for (int tries = 0; tries < 20 && !isfinite(*value); tries++)
        *value = sheet_number(oracle->sheet, column,
                              (uint32_t)below(oracle, oracle->sheet->catalog->count));
    if (!isfinite(*value))
        *value = 0;
    snprintf(text, sizeof text, "%.17g", *value);
    if ((unit == UNIT_SHARE || unit == UNIT_ROI) && (fabs(*value) > 1 || chance(oracle, 50))) {
        snprintf(text, sizeof text, "%.2fe-2", *value * 100);
        buf_addf(words, "%.*s%%", (int)strlen(text) - 3, text);
        *value = strtod(text, NULL);
        return;
    }
    if (fabs(*value) > 1500 && chance(oracle, 50)) {
        snprintf(text, sizeof text, "%.1fe3", *value / 1000);
        buf_addf(words, "%.*sk", (int)strlen(text) - 2, text);
        *value = strtod(text, NULL);
        return;
    }
    if (strchr(text, 'e'))
        snprintf(text, sizeof text, "%.12f", *value);
    buf_add_string(words, text);
    *value = strtod(text, NULL);
}

static const char *const comparisons[] = {"<", "<=", ">", ">="};

static void add_comparison(struct filter_oracle *oracle, struct oracle_term *term)
{
    enum column column = pick_figure(oracle);
    const char *sign = comparisons[below(oracle, COUNT(comparisons))];
    double value;

    buf_addf(&term->words, "%s%s", columns[column].key, sign);
    add_number(oracle, column, &term->words, &value);
    buf_addf(&term->sql, "coalesce(\"%s\" %s %.17g, 0)", columns[column].key, sign, value);
}

/* A value or a range; either end may be missing. */
static void add_interval(struct filter_oracle *oracle, enum column column, struct oracle_term *term)
{
    const char *key = columns[column].key;
    struct buf low_words = BUF_INIT, high_words = BUF_INIT;
    double low, high;
    unsigned open = (unsigned)below(oracle, 4);

    add_number(oracle, column, &low_words, &low);
    add_number(oracle, column, &high_words, &high);
    if (chance(oracle, 30)) {
        buf_add_text(&term->words, buf_text(&low_words));
        buf_addf(&term->sql, "\"%s\" = %.17g", key, low);
    } else if (open == 0) {
        buf_addf(&term->words, "%s..", buf_string(&low_words));
        buf_addf(&term->sql, "\"%s\" >= %.17g", key, low);
    } else if (open == 1) {
        buf_addf(&term->words, "..%s", buf_string(&high_words));
        buf_addf(&term->sql, "\"%s\" <= %.17g", key, high);
    } else {
        bool turn = low > high;
        buf_addf(&term->words, "%s..%s", buf_string(turn ? &high_words : &low_words),
                 buf_string(turn ? &low_words : &high_words));
        buf_addf(&term->sql, "\"%s\" between %.17g and %.17g", key, fmin(low, high),
                 fmax(low, high));
    }
    buf_release(&low_words);
    buf_release(&high_words);
}

static void add_intervals(struct filter_oracle *oracle, struct oracle_term *term)
{
    enum column column = pick_figure(oracle);
    size_t count = 1 + below(oracle, 3), opposite = below(oracle, 4) == 0;

    buf_addf(&term->words, "%s%s", columns[column].key,
             opposite             ? "!="
             : chance(oracle, 50) ? ":"
                                  : "=");
    buf_addf(&term->sql, "coalesce(%s(", opposite ? "not " : "");
    for (size_t i = 0; i < count; i++) {
        if (i) {
            buf_add_string(&term->words, ",");
            buf_add_string(&term->sql, " or ");
        }
        add_interval(oracle, column, term);
    }
    buf_add_string(&term->sql, "), 0)");
}

/* The same word as people may write it. Spelling that does not count is thrown in. */
static void add_spelled(struct filter_oracle *oracle, struct text word, struct buf *words)
{
    bool ascii = true, upper = chance(oracle, 20);

    for (size_t i = 0; i < word.length; i++)
        ascii = ascii && (unsigned char)word.at[i] > ' ' && (unsigned char)word.at[i] < 0x80 &&
                !strchr("\",\\-", word.at[i]);
    if (!ascii || (chance(oracle, 20) && word.length > 3)) {
        buf_add_char(words, '"');
        for (size_t i = 0; i < word.length; i++) {
            if (ascii && i == 2)
                buf_add_char(words, ' ');
            if (strchr("\"\\", word.at[i]))
                buf_add_char(words, '\\');
            buf_add_char(words, word.at[i]);
        }
        buf_add_char(words, '"');
        return;
    }
    for (size_t i = 0; i < word.length; i++) {
        char c = word.at[i];
        buf_add_char(words, upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
}

/* SQL: does the text count as this word? */
static void add_same(struct buf *sql, const char *what, struct text word)
{
    char *quoted = sqlite3_mprintf("%.*Q", (int)word.length, word.at);

    buf_addf(sql,
             "replace(replace(replace(fold(%s),' ',''),'-',''),'_','') ="
             " replace(replace(replace(fold(%s),' ',''),'-',''),'_','')",
             what, quoted);
    sqlite3_free(quoted);
}

static const enum column word_columns[] = {
    COL_TIER,  COL_NICHE, COL_PLATFORM, COL_COUNTRY,  COL_LANGUAGE, COL_TAG,
    COL_NICHE, COL_TIER,  COL_ER_BASIS, COL_CURRENCY, COL_FORMAT,   COL_FEE_ORIGIN};

static bool is_set(enum column column)
{
    return columns[column].unit == UNIT_SET;
}

static bool has_selection(const struct filter_oracle *oracle, enum column column)
{
    for (size_t i = 0; i < oracle->count; i++)
        if (oracle->terms[i].selects == column)
            return true;
    return false;
}

static struct text any_value(struct filter_oracle *oracle, enum column column)
{
    size_t count = sheet_value_count(oracle->sheet, column);
    struct text word = {0};

    for (int tries = 0; count && tries < 50 && !word.length; tries++)
        word = sheet_value(oracle->sheet, column, (uint32_t)below(oracle, count));
    return word;
}

static void add_words(struct filter_oracle *oracle, struct oracle_term *term)
{
    enum column column = pick(oracle, word_columns, COUNT(word_columns));
    const char *key = columns[column].key;
    size_t count = 1 + below(oracle, 3), sign = below(oracle, 4);
    bool opposite = sign == 1, first = true;

    buf_addf(&term->words, "%s%s", key, opposite ? "!=" : sign == 2 ? "=" : ":");
    buf_addf(&term->sql, "coalesce(\"%s\" is not null and %s", key, opposite ? "not " : "");
    if (is_set(column))
        buf_addf(&term->sql,
                 "exists(select 1 from member m where m.row = c.row and topic = '%s' and (", key);
    else
        buf_add_string(&term->sql, "((");
    for (size_t i = 0; i < count; i++) {
        struct text word = any_value(oracle, column);
        if (!word.length)
            word = TEXT("nothing");
        buf_add_string(&term->words, first ? "" : ",");
        buf_add_string(&term->sql, first ? "" : " or ");
        add_spelled(oracle, word, &term->words);
        add_same(&term->sql, is_set(column) ? "word" : key, word);
        first = false;
    }
    buf_add_string(&term->sql, ")), 0)");
    if (sign != 1 && sign != 2 && columns[column].facet && term->words.at[0] != '-' &&
        !has_selection(oracle, column))
        term->selects = column;
}

/* A piece of somebody's text. */
static struct text any_piece(struct filter_oracle *oracle, enum column column, char piece[8])
{
    for (int tries = 0; tries < 20; tries++) {
        uint32_t row = (uint32_t)below(oracle, oracle->sheet->catalog->count);
        struct text text = catalog_text(oracle->sheet->catalog, column, row);
        size_t from, length = 2 + below(oracle, 3);
        bool plain = text.length > length;
        if (!plain)
            continue;
        from = below(oracle, text.length - length);
        for (size_t i = 0; i < length; i++) {
            char c = text.at[from + i];
            plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
            piece[i] = c;
        }
        if (plain)
            return (struct text){piece, length};
    }
    return TEXT("an");
}

static void add_contains(struct buf *sql, enum column column, struct text piece)
{
    buf_addf(sql, "instr(fold(\"%s\"), fold('%.*s')) > 0", columns[column].key, (int)piece.length,
             piece.at);
}

static void add_search(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const enum column searched[] = {COL_HANDLE, COL_NAME, COL_BIO};
    char bytes[8];
    struct text piece = any_piece(oracle, pick(oracle, searched, COUNT(searched)), bytes);

    buf_addf(&term->words, chance(oracle, 50) ? "\"%.*s\"" : "%.*s", (int)piece.length, piece.at);
    for (size_t i = 0; i < COUNT(searched); i++) {
        buf_add_string(&term->sql, i ? " or coalesce(" : "(coalesce(");
        add_contains(&term->sql, searched[i], piece);
        buf_add_string(&term->sql, ", 0)");
    }
    buf_add_string(&term->sql, ")");
}

static void add_text(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const enum column texts[] = {COL_HANDLE, COL_NAME, COL_PERSON, COL_BIO, COL_URL};
    enum column column = pick(oracle, texts, COUNT(texts));
    char bytes[8];
    struct text piece = any_piece(oracle, column, bytes);

    buf_addf(&term->words, "%s:%.*s", columns[column].key, (int)piece.length, piece.at);
    buf_add_string(&term->sql, "coalesce(");
    add_contains(&term->sql, column, piece);
    buf_add_string(&term->sql, ", 0)");
}

static void add_has(struct filter_oracle *oracle, struct oracle_term *term)
{
    size_t count = 1 + below(oracle, 2);

    buf_add_string(&term->words, "has:");
    buf_add_string(&term->sql, "(");
    for (size_t i = 0; i < count; i++) {
        const char *key = columns[below(oracle, COLUMN_COUNT)].key;
        buf_addf(&term->words, "%s%s", i ? "," : "", key);
        buf_addf(&term->sql, "%s\"%s\" is not null", i ? " or " : "", key);
    }
    buf_add_string(&term->sql, ")");
}

static void add_age(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const enum column times[] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT};
    static const char *const signs[] = {"<", "<=", ">", ">=", ":"};
    static const struct {
        const char *word;
        int days;
    } spans[] = {{"3d", 3}, {"7d", 7}, {"2w", 14}, {"1mo", 30}, {"3mo", 90}, {"1y", 365}};
    const char *key = columns[pick(oracle, times, COUNT(times))].key;
    const char *sign = signs[below(oracle, COUNT(signs))];
    size_t span = below(oracle, COUNT(spans));

    buf_addf(&term->words, "%s%s%s", key, sign, spans[span].word);
    buf_addf(&term->sql, "coalesce(%.17g - \"%s\" %s %.17g, 0)", oracle->sheet->now, key,
             *sign == ':' ? "<=" : sign, spans[span].days * DAY);
}

static void add_flag(struct filter_oracle *oracle, struct oracle_term *term)
{
    static const struct {
        const char *words, *sql;
    } flags[] = {
        {"is:ticked", "ticked = 1"}, {"in:plan", "plan = 1"},
        {"plan:yes", "plan = 1"},    {"fee:known", "(fee is not null and fee_given)"},
        {"is:ticked", "ticked = 1"},
    };
    size_t flag = below(oracle, COUNT(flags) + 1);

    if (flag < COUNT(flags)) {
        buf_add_string(&term->words, flags[flag].words);
        buf_add_string(&term->sql, flags[flag].sql);
        return;
    }
    buf_add_string(&term->words, "is:stale");
    buf_addf(&term->sql,
             "(coalesce(%.17g - audience_at > 7 * 86400, 0) or"
             " coalesce(%.17g - engagement_at > 14 * 86400, 0))",
             oracle->sheet->now, oracle->sheet->now);
}

static void (*const kinds[])(struct filter_oracle *oracle, struct oracle_term *term) = {
    add_comparison, add_comparison, add_intervals, add_words, add_words, add_words,
    add_words,      add_search,     add_text,      add_has,   add_age,   add_flag};

static void add_term(struct filter_oracle *oracle)
{
    struct oracle_term *term = &oracle->terms[oracle->count];
    bool negative = chance(oracle, 25);

    *term = (struct oracle_term){.selects = COLUMN_COUNT};
    if (negative) {
        buf_add_char(&term->words, '-');
        buf_add_string(&term->sql, "not (");
    }
    kinds[below(oracle, COUNT(kinds))](oracle, term);
    if (negative)
        buf_add_char(&term->sql, ')');
    oracle->count++;
}

static void add_order(struct filter_oracle *oracle)
{
    size_t count = 1 + below(oracle, 3);

    for (size_t i = 0; i < count; i++) {
        enum column column = (enum column)below(oracle, COLUMN_COUNT);
        const char *key = columns[column].key, *way = chance(oracle, 50) ? "-" : "";
        const char *down = *way ? " desc" : "";
        buf_addf(&oracle->order, "%s%s%s", i ? "," : "", way, key);
        buf_addf(&oracle->order_sql, "\"%s\" is null, ", key);
        if (column == COL_TIER) {
            buf_add_string(&oracle->order_sql, "case tier");
            for (int band = 0; band < oracle->sheet->preset->count; band++)
                buf_addf(&oracle->order_sql, " when '%s' then %d",
                         oracle->sheet->preset->bands[band].word, band);
            buf_addf(&oracle->order_sql, " end%s, ", down);
        } else if (column_is_text(column)) {
            buf_addf(&oracle->order_sql, "fold(\"%s\")%s, \"%s\"%s, ", key, down, key, down);
        } else {
            buf_addf(&oracle->order_sql, "\"%s\"%s, ", key, down);
        }
    }
    buf_add_string(&oracle->order_sql, "key, platform, c.row");
}

void oracle_next(struct filter_oracle *oracle)
{
    size_t count = below(oracle, ORACLE_TERMS + 1);

    clear_terms(oracle);
    buf_clear(&oracle->line);
    buf_clear(&oracle->order);
    buf_clear(&oracle->order_sql);
    while (oracle->count < count) {
        add_term(oracle);
        buf_addf(&oracle->line, "%s%s", oracle->count > 1 ? " " : "",
                 buf_string(&oracle->terms[oracle->count - 1].words));
    }
    add_order(oracle);
}

/* ---- the verdict ---- */

#define ALL_TERMS ((size_t)-1)

/* Table p: what each term says about each row. */
static void judge_terms(const struct filter_oracle *oracle)
{
    struct buf sql = BUF_INIT;

    buf_add_string(&sql, "delete from p; insert into p select row");
    for (size_t i = 0; i < ORACLE_TERMS; i++)
        buf_addf(&sql, ", %s",
                 i < oracle->count ? buf_string((struct buf *)&oracle->terms[i].sql) : "1");
    buf_add_string(&sql, " from c");
    must(oracle->db, sqlite3_exec(oracle->db, buf_string(&sql), NULL, NULL, NULL));
    buf_release(&sql);
}

/* "from c", joined with what the terms say, only rows that all terms but one let pass. */
static void add_from(const struct filter_oracle *oracle, size_t without, struct buf *sql)
{
    buf_add_string(sql, " from p join c on c.row = p.row");
    for (size_t i = 0; i < oracle->count; i++)
        if (i != without)
            buf_addf(sql, " and t%zu", i);
}

static sqlite3_stmt *ask(const struct filter_oracle *oracle, struct buf *sql)
{
    sqlite3_stmt *statement = NULL;

    must(oracle->db, sqlite3_prepare_v2(oracle->db, buf_string(sql), -1, &statement, NULL));
    buf_release(sql);
    return statement;
}

static bool rows_agree(const struct filter_oracle *oracle, const struct rowset *rows,
                       struct buf *why)
{
    struct buf sql = BUF_INIT;
    sqlite3_stmt *statement;
    uint32_t *whole = mem_alloc((rows->count + 1) * sizeof *whole);
    size_t place = 0;
    bool same = true;

    rowset_all(rows, whole);
    buf_add_string(&sql, "select c.row");
    add_from(oracle, ALL_TERMS, &sql);
    buf_addf(&sql, " order by %s", buf_string((struct buf *)&oracle->order_sql));
    statement = ask(oracle, &sql);
    while (same && sqlite3_step(statement) == SQLITE_ROW) {
        uint32_t expected = (uint32_t)sqlite3_column_int64(statement, 0);
        same =
            place < rows->count && rowset_at(rows, place) == expected && whole[place] == expected;
        if (!same)
            buf_addf(why, "place %zu of %zu: SQL has row %u, the query %d", place, rows->count,
                     expected, place < rows->count ? (int)rowset_at(rows, place) : -1);
        place++;
    }
    sqlite3_finalize(statement);
    free(whole);
    if (same && place != rows->count) {
        buf_addf(why, "%zu rows, SQL has %zu", rows->count, place);
        return false;
    }
    return same;
}

static size_t selection_of(const struct filter_oracle *oracle, enum column group)
{
    for (size_t i = 0; i < oracle->count; i++)
        if (oracle->terms[i].selects == group)
            return i;
    return ALL_TERMS;
}

static const struct facet_value *find_value(const struct facet *facet, struct text word)
{
    for (size_t i = 0; i < facet->count; i++)
        if (text_equal(facet->values[i].word, word))
            return &facet->values[i];
    return NULL;
}

static bool facet_agrees(const struct filter_oracle *oracle, const struct facet *facet,
                         struct buf *why)
{
    const char *key = columns[facet->column].key;
    struct buf sql = BUF_INIT;
    sqlite3_stmt *statement;
    size_t sum = 0, ours = 0;
    bool same = true;

    buf_addf(&sql, "select %s, count(*)", is_set(facet->column) ? "word" : key);
    add_from(oracle, selection_of(oracle, facet->column), &sql);
    if (is_set(facet->column))
        buf_addf(&sql, " join member m on m.row = c.row and topic = '%s'", key);
    buf_addf(&sql, " where \"%s\" is not null group by 1", key);
    statement = ask(oracle, &sql);
    while (same && sqlite3_step(statement) == SQLITE_ROW) {
        struct text word = text_of((const char *)sqlite3_column_text(statement, 0));
        size_t count = (size_t)sqlite3_column_int64(statement, 1);
        const struct facet_value *value = find_value(facet, word);
        same = value && value->count == count;
        sum += count;
        if (!same)
            buf_addf(why, "facet %s: SQL counts %zu of '%.*s', the query %d", key, count,
                     (int)word.length, word.at, value ? (int)value->count : -1);
    }
    sqlite3_finalize(statement);
    for (size_t i = 0; i < facet->count; i++)
        ours += facet->values[i].count;
    if (same && ours != sum)
        buf_addf(why, "facet %s: sum %zu, SQL %zu", key, ours, sum);
    return same && ours == sum;
}

static bool lifts_agree(const struct filter_oracle *oracle, const struct query_result *result,
                        struct buf *why)
{
    for (size_t i = 0; i < oracle->count; i++) {
        struct buf sql = BUF_INIT;
        sqlite3_stmt *statement;
        size_t count;

        buf_add_string(&sql, "select count(*)");
        add_from(oracle, i, &sql);
        statement = ask(oracle, &sql);
        sqlite3_step(statement);
        count = (size_t)sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        if (count - result->rows.count != result->lifts[i]) {
            buf_addf(why, "without '%s' %zu more, SQL %zu",
                     buf_string((struct buf *)&oracle->terms[i].words), result->lifts[i],
                     count - result->rows.count);
            return false;
        }
    }
    return true;
}

static bool compare(const struct filter_oracle *oracle, const struct query *query, struct buf *why)
{
    struct query_result result = {0};
    bool same;

    judge_terms(oracle);
    query_finish(query, oracle->sheet, &result);
    same = rows_agree(oracle, &result.rows, why) && lifts_agree(oracle, &result, why);
    for (size_t i = 0; same && i < result.facet_count; i++)
        same = facet_agrees(oracle, &result.facets[i], why);
    for (size_t i = 0; same && i < 20 && i < result.rows.total; i++) {
        bool passes = rowset_has(&result.rows, (uint32_t)i);
        same = query_passes(&query->filter, oracle->sheet, (uint32_t)i) == passes;
        if (!same)
            buf_addf(why, "row %zu alone is %s", i, passes ? "refused" : "let through");
    }
    query_result_release(&result);
    return same;
}

/* The canonical text reads back as the same. */
static bool reads_back(const struct filter_oracle *oracle, const struct filter *filter,
                       struct buf *why)
{
    struct filter_context context = {.sheet = oracle->sheet};
    struct filter again;
    struct buf text = BUF_INIT;
    struct err err = {0};
    bool same;

    filter_init(&again);
    filter_print(filter, &text);
    same = filter_parse(buf_text(&text), &context, &again, &err) && filter_equal(filter, &again);
    for (size_t i = 0; same && i < filter->count; i++)
        for (size_t j = 0; same && j < filter->items[i].value_count; j++) {
            const struct filter_value *a = &filter->items[i].values[j];
            const struct filter_value *b = &again.items[i].values[j];
            same = a->code == b->code && a->age == b->age && (a->low == b->low || isnan(a->low)) &&
                   (a->high == b->high || isnan(a->high));
        }
    if (!same)
        buf_addf(why, "printed as '%s' it reads as something else: %s", buf_string(&text),
                 err.message);
    buf_release(&text);
    filter_release(&again);
    return same;
}

bool oracle_agrees(struct filter_oracle *oracle, struct buf *why)
{
    struct filter_context context = {.sheet = oracle->sheet};
    struct query query;
    struct err err = {0};
    bool same;

    query_init(&query);
    same = filter_parse(buf_text(&oracle->line), &context, &query.filter, &err) &&
           query_parse_order(buf_text(&oracle->order), &query, &err);
    if (!same)
        buf_addf(why, "%s at %zu", err.message, err.column);
    same = same && compare(oracle, &query, why) && reads_back(oracle, &query.filter, why);
    query_release(&query);
    return same;
}
